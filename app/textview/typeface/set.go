package typeface

import (
	"sync"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"lede/app/textview/layout"
	"lede/app/theme"
)

// Face is one of the four faces of the program.
type Face int

// The faces.
const (
	Sans Face = iota
	SansBold
	Serif
	SerifBold
)

// Set is all fonts, parsed and as Fyne wants them. Make one and keep it.
type Set struct {
	library   *layout.Library
	chains    [4]*layout.Chain
	resources map[*layout.Face]fyne.Resource
	own       string // path of the person's font file
	version   int
}

// New makes fonts of their own: for tests. lookup finds those of the system; nil
// uses the bundled ones only.
func New(lookup layout.Lookup) *Set {
	b := layout.NewBundle(lookup)
	f := &Set{
		library: b.Library, resources: map[*layout.Face]fyne.Resource{},
		chains: [4]*layout.Chain{Sans: b.Sans, SansBold: b.SansBold, Serif: b.Serif, SerifBold: b.SerifBold},
	}
	for i, r := range []fyne.Resource{theme.Sans, theme.SansBold, theme.Serif, theme.SerifBold} {
		f.resources[f.chains[i].Main()] = r
	}
	if e := fynetheme.DefaultEmojiFont(); e != nil {
		f.library.SetEmoji(layout.Font{Name: e.Name(), Data: e.Content()})
	}
	s := fynetheme.DefaultSymbolFont()
	f.library.AddFallback(layout.Font{Name: s.Name(), Data: s.Content()}, layout.Symbol)
	return f
}

var (
	bundledOnly bool
	shared      = sync.OnceValue(func() *Set {
		if bundledOnly {
			return New(nil)
		}
		return New(layout.SystemFonts())
	})
)

// Shared are the fonts of the process.
func Shared() *Set { return shared() }

// BundledOnly keeps the fonts of this machine out of Shared, so that tests draw
// the same everywhere. It is to be called before the first text is shown.
func BundledOnly() { bundledOnly = true }

// Chain is the order of faces for a text in the given one.
func (f *Set) Chain(face Face) *layout.Chain { return f.chains[face] }

// Resource is the one resource of a face.
func (f *Set) Resource(face *layout.Face) fyne.Resource {
	r := f.resources[face]
	if r == nil {
		r = fyne.NewStaticResource(face.Name(), face.Data())
		f.resources[face] = r
	}
	return r
}

// Missing lists the characters that no font could show so far.
func (f *Set) Missing() []rune { return f.library.Missing() }

// Version changes when what was laid out before has to be laid out again.
func (f *Set) Version() int { return f.version }

// SetFile names the font file to be asked for what no bundled font has; "" asks
// none. It is read when a text needs it; FileError tells then whether it could be.
func (f *Set) SetFile(path string) {
	if path != f.own {
		f.own = path
		f.library.SetOwn(path)
		f.version++
	}
}

// UseFile is SetFile for a file that the person chose just now. Where it cannot be
// used, the fonts stay as they were and the error is a sentence.
func (f *Set) UseFile(path string) error {
	before := f.own
	f.SetFile(path)
	if _, err := f.library.Own(); err != nil {
		f.SetFile(before)
		return err
	}
	return nil
}

// CheckFile is why the font file cannot be used, as a sentence; nil if it can, or
// there is none. Other than FileError it reads the file though nothing needed it yet.
func (f *Set) CheckFile() error { return f.library.CheckOwn() }

// FileError is why the font file could not be read, as a sentence; nil if it was,
// or nothing needed it so far.
func (f *Set) FileError() error {
	if len(f.library.Missing()) == 0 {
		return nil
	}
	_, err := f.library.Own()
	return err
}
