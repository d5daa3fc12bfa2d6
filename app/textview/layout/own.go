package layout

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/go-text/typesetting/font"
)

// ownFont is the font file that the person named for what no bundled font has. It
// may be large: it is read when a text needs it.
type ownFont struct {
	path string
	read bool
	face *Face
	err  error
}

// SetOwn names the font file of the person; "" for none. What was laid out before
// does not change: lay it out again.
func (l *Library) SetOwn(path string) {
	l.own = ownFont{path: path}
	clear(l.missing)
	for _, c := range l.chains {
		clear(c.known)
	}
}

// Own is the face of the file that SetOwn named, nil if none was. The error, if it
// cannot be used, is a sentence.
func (l *Library) Own() (*Face, error) {
	o := &l.own
	if !o.read && o.path != "" {
		o.read = true
		var f Font
		if f, o.err = readFontFile(o.path); o.err == nil {
			o.face, o.err = l.Load(f)
		}
	}
	return o.face, o.err
}

// CheckOwn is why the file that SetOwn named cannot be used, now or when the program
// starts the next time, as a sentence; nil if it can, or none was named. It reads the
// file if no text needed it so far.
func (l *Library) CheckOwn() error {
	if _, err := l.Own(); err != nil || l.own.path == "" {
		return err
	}
	if _, err := os.Stat(l.own.path); err != nil {
		return fontFileError(l.own.path, err)
	}
	return nil
}

// readFontFile reads a font that a person named: the first face of a collection.
// Its errors are sentences.
func readFontFile(path string) (Font, error) {
	f, err := readFont(path, 0)
	if err != nil {
		return Font{}, fontFileError(path, err)
	}
	face, err := font.ParseTTF(bytes.NewReader(f.Data))
	if err != nil {
		return Font{}, fontFileError(path, err)
	}
	if !draws(face) {
		return Font{}, fmt.Errorf("%s has no outlines of letters. Choose another font", filepath.Base(path))
	}
	return f, nil
}

// draws tells a font that has a glyph for some character and its outline.
func draws(face *font.Face) bool {
	for it := face.Cmap.Iter(); it.Next(); {
		if _, g := it.Char(); g != 0 {
			switch face.GlyphData(g).(type) {
			case font.GlyphOutline, font.GlyphSVG:
				return true
			}
		}
	}
	return false
}

// fontFileError says what is wrong with a font file, and what can be done.
func fontFileError(path string, err error) error {
	name := filepath.Base(path)
	var io *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("the font file %s is not there any more. Choose another one", path)
	case errors.As(err, &io):
		return fmt.Errorf("the font file %s cannot be read: %w", path, io.Err)
	}
	return fmt.Errorf("%s is not a font that can be used here. Choose a TrueType or OpenType file: .ttf, .otf or .ttc", name)
}
