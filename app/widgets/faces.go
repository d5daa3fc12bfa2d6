package widgets

import (
	"sync"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"lede/app/textview/layout"
	"lede/app/theme"
	"lede/assets/fonts"
)

// Face is one of the four faces of the interface.
type Face int

// The faces.
const (
	Sans Face = iota
	SansBold
	Serif
	SerifBold
)

// typesetter shapes the text of all widgets. It belongs to the main goroutine.
type typesetter struct {
	shaper    layout.Shaper
	chains    [4]*layout.Chain
	resources map[*layout.Face]fyne.Resource
	known     map[shaped]*layout.Block
}

// shaped is what a block depends on. Panels are built anew often, with the same
// words.
type shaped struct {
	text    string
	face    Face
	size    float32
	width   float32
	forward bool
}

// mostKnown is how many blocks are kept; then all are forgotten.
const mostKnown = 4096

func (t *typesetter) block(k shaped) *layout.Block {
	if b := t.known[k]; b != nil {
		return b
	}
	style := layout.Style{Chain: t.chains[k.face], Size: k.size, Width: k.width}
	if k.forward {
		style.Direction = layout.LeftToRight
	}
	if len(t.known) >= mostKnown {
		clear(t.known)
	}
	b := t.shaper.Layout(k.text, style)
	t.known[k] = b
	return b
}

var (
	lookup layout.Lookup = layout.SystemFonts()
	setter               = sync.OnceValue(newTypesetter)
)

func newTypesetter() *typesetter {
	t := &typesetter{resources: map[*layout.Face]fyne.Resource{}, known: map[shaped]*layout.Block{}}
	l := layout.NewLibrary(func(r rune) (layout.Font, bool) { return lookup(r) })
	load := func(r fyne.Resource) *layout.Face {
		f, err := l.Load(layout.Font{Name: r.Name(), Data: r.Content()})
		if err != nil {
			panic("bundled font: " + err.Error()) // a broken build
		}
		t.resources[f] = r
		return f
	}
	for i, r := range []fyne.Resource{theme.Sans, theme.SansBold, theme.Serif, theme.SerifBold} {
		t.chains[i] = l.NewChain(load(r))
	}
	l.AddFallback(load(theme.Sans))
	for _, f := range []fonts.Font{fonts.Arabic(), fonts.Hebrew()} {
		l.AddFallback(load(fyne.NewStaticResource(f.Name, f.Data)))
	}
	if e := fynetheme.DefaultEmojiFont(); e != nil {
		emoji := load(e)
		l.SetEmoji(emoji)
		l.AddFallback(emoji)
	}
	l.AddFallback(load(fynetheme.DefaultSymbolFont()))
	return t
}

// resource is the one Fyne resource of a face.
func (t *typesetter) resource(f *layout.Face) fyne.Resource {
	r := t.resources[f]
	if r == nil {
		r = fyne.NewStaticResource(f.Name(), f.Data())
		t.resources[f] = r
	}
	return r
}

// UseBundledFontsOnly keeps the fonts of this machine out, so that tests draw
// the same everywhere.
func UseBundledFontsOnly() {
	lookup = func(rune) (layout.Font, bool) { return layout.Font{}, false }
}
