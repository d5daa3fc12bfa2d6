package layout

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/fontscan"
	"github.com/go-text/typesetting/language"
)

// SystemFonts returns a Lookup over the fonts installed on this machine, and then
// those that lie beside the program. The index is read at the first question only; a
// font file is read when a text needs it, and once.
func SystemFonts() Lookup {
	s, b := &systemFonts{fonts: map[fontscan.Location]Font{}}, programFonts()
	return func(r rune) (Font, bool) {
		if f, ok := s.find(r); ok {
			return f, true
		}
		return b.find(r)
	}
}

type systemFonts struct {
	index  *fontscan.FontMap
	failed bool
	fonts  map[fontscan.Location]Font
}

type silent struct{}

func (silent) Printf(string, ...any) {}

func (s *systemFonts) find(r rune) (Font, bool) {
	if s.index == nil && !s.failed {
		s.index = fontscan.NewFontMap(silent{})
		s.failed = s.index.UseSystemFonts("") != nil
	}
	if s.failed {
		return Font{}, false
	}
	s.index.SetQuery(fontscan.Query{Families: []string{fontscan.SansSerif}})
	s.index.SetScript(language.LookupScript(r))
	face := s.index.ResolveFace(r)
	if face == nil {
		return Font{}, false
	}
	if _, ok := face.NominalGlyph(r); !ok {
		return Font{}, false
	}
	place := s.index.FontLocation(face.Font)
	if f, ok := s.fonts[place]; ok {
		return f, true
	}
	f, err := readFont(place.File, int(place.Index))
	if err != nil {
		return Font{}, false
	}
	s.fonts[place] = f
	return f, true
}

// readFont reads one face of a font file. What draws the text can only take a
// file with one face, so a face of a collection (.ttc) is written out as one.
func readFont(path string, index int) (Font, error) {
	data, err := readFile(path)
	if err != nil {
		return Font{}, fmt.Errorf("read font %s: %w", path, err)
	}
	if !bytes.HasPrefix(data, []byte("ttcf")) {
		return Font{path, data}, nil
	}
	single, err := faceOfCollection(data, index)
	if err != nil {
		return Font{}, fmt.Errorf("read face %d of %s: %w", index, path, err)
	}
	return Font{fmt.Sprintf("%s#%d", path, index), single}, nil
}

// largestFont is the size of the largest font file that is read, in bytes.
const largestFont = 256 << 20

// readFile reads a file that may be a font: no folder, no device, nothing huge.
func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() && !info.Mode().IsRegular() || info.Size() > largestFont {
		return nil, errors.New("it is no file of a font")
	}
	return os.ReadFile(path)
}

// faceOfCollection copies the tables of one face of a collection into a font
// file of its own.
func faceOfCollection(data []byte, index int) ([]byte, error) {
	loaders, err := opentype.NewLoaders(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	if index < 0 || index >= len(loaders) {
		return nil, fmt.Errorf("the collection has %d faces", len(loaders))
	}
	loader := loaders[index]
	var tables []opentype.Table
	for _, tag := range loader.Tables() {
		content, err := loader.RawTable(tag)
		if err != nil {
			return nil, err
		}
		tables = append(tables, opentype.Table{Content: content, Tag: tag})
	}
	slices.SortFunc(tables, func(a, b opentype.Table) int { return cmp.Compare(a.Tag, b.Tag) })
	out := opentype.WriteTTF(tables)
	if loader.Type == opentype.OpenType { // CFF outlines have their own magic
		copy(out, "OTTO")
	}
	return out, nil
}
