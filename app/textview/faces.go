package textview

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"lede/app/textview/layout"
	"lede/assets/fonts"
)

// Faces are the fonts of all views of a process. Make one and keep it: Fyne
// caches what it reads and draws by the identity of a font's resource.
type Faces struct {
	library   *layout.Library
	resources map[*layout.Face]fyne.Resource
	serif     *layout.Chain // article text
	sans      *layout.Chain // article text, on demand, and facts
	title     *layout.Chain
	bold      *layout.Chain // chips
}

// BundledFaces uses only the fonts that come with the program: what tests need.
func BundledFaces() *Faces { return newFaces(nil) }

// SystemFaces also uses fonts of the machine, for scripts that the program
// brings none for. They are looked up and read when a text needs them.
func SystemFaces() *Faces { return newFaces(layout.SystemFonts()) }

func newFaces(lookup layout.Lookup) *Faces {
	l := layout.NewLibrary(lookup)
	load := func(f fonts.Font) *layout.Face { return mustLoad(l, f.Name, f.Data) }
	serif, serifBold := load(fonts.Serif()), load(fonts.SerifBold())
	sans, sansBold := load(fonts.Sans()), load(fonts.SansBold())
	l.AddFallback(sans)
	l.AddFallback(load(fonts.Arabic()))
	l.AddFallback(load(fonts.Hebrew()))
	if emoji := theme.DefaultEmojiFont(); emoji != nil {
		f := mustLoad(l, emoji.Name(), emoji.Content())
		l.SetEmoji(f)
		l.AddFallback(f)
	}
	symbols := theme.DefaultSymbolFont()
	l.AddFallback(mustLoad(l, symbols.Name(), symbols.Content()))
	return &Faces{
		library: l, resources: map[*layout.Face]fyne.Resource{},
		serif: l.NewChain(serif), sans: l.NewChain(sans),
		title: l.NewChain(serifBold), bold: l.NewChain(sansBold),
	}
}

// mustLoad loads a font that is part of the program: failing is a broken build.
func mustLoad(l *layout.Library, name string, data []byte) *layout.Face {
	f, err := l.Load(layout.Font{Name: name, Data: data})
	if err != nil {
		panic(fmt.Sprintf("bundled font: %v", err))
	}
	return f
}

// Missing lists the characters that no font could show so far, so that the
// window can say so.
func (f *Faces) Missing() []rune { return f.library.Missing() }

// resource is the one resource of a face.
func (f *Faces) resource(face *layout.Face) fyne.Resource {
	r := f.resources[face]
	if r == nil {
		r = fyne.NewStaticResource(face.Name(), face.Data())
		f.resources[face] = r
	}
	return r
}
