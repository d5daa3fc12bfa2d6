package layout

import (
	"bytes"
	"os"
	"path/filepath"

	"github.com/go-text/typesetting/font"
)

// fontsBeside is the folder of font files that a package puts beside the program, for
// scripts that its system may lack and that are too large to be part of the program.
const fontsBeside = "fonts"

// besideFonts finds fonts in a folder of files. A file is read when a text needs it.
type besideFonts struct {
	folder string
	listed bool
	files  []*besideFont
}

// besideFont is one file; face is nil where it is no font.
type besideFont struct {
	path string
	read bool
	face *font.Face
	font Font
}

// programFonts are those in the folder beside the program.
func programFonts() *besideFonts {
	program, err := os.Executable()
	if err == nil {
		program, err = filepath.EvalSymlinks(program)
	}
	if err != nil {
		return &besideFonts{listed: true} // where the program is, is not known: no fonts
	}
	return &besideFonts{folder: filepath.Join(filepath.Dir(program), fontsBeside)}
}

func (b *besideFonts) find(r rune) (Font, bool) {
	if !b.listed {
		b.listed = true
		for _, pattern := range []string{"*.ttf", "*.otf", "*.ttc"} {
			paths, _ := filepath.Glob(filepath.Join(b.folder, pattern)) // fails for a bad pattern only
			for _, path := range paths {
				b.files = append(b.files, &besideFont{path: path})
			}
		}
	}
	for _, f := range b.files {
		if f.has(r) {
			return f.font, true
		}
	}
	return Font{}, false
}

// has says whether the font has a glyph for r.
func (f *besideFont) has(r rune) bool {
	if !f.read {
		f.read = true
		if data, err := readFont(f.path, 0); err == nil {
			if face, err := font.ParseTTF(bytes.NewReader(data.Data)); err == nil {
				f.font, f.face = data, face
			}
		}
	}
	if f.face == nil {
		return false
	}
	_, ok := f.face.NominalGlyph(r)
	return ok
}
