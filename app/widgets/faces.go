package widgets

import (
	"sync"

	"lede/app/textview/layout"
	"lede/app/textview/typeface"
)

// Face is one of the four faces of the interface.
type Face = typeface.Face

// The faces.
const (
	Sans      = typeface.Sans
	SansBold  = typeface.SansBold
	Serif     = typeface.Serif
	SerifBold = typeface.SerifBold
)

// typesetter shapes the text of all widgets. It belongs to the main goroutine.
type typesetter struct {
	*typeface.Set
	shaper  layout.Shaper
	known   map[shaped]*layout.Block
	version int // of the fonts that these were laid out with
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
	if t.version != t.Version() {
		t.version = t.Version()
		clear(t.known)
	}
	if b := t.known[k]; b != nil {
		return b
	}
	style := layout.Style{Chain: t.Chain(k.face), Size: k.size, Width: k.width}
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

var setter = sync.OnceValue(func() *typesetter {
	return &typesetter{Set: typeface.Shared(), known: map[shaped]*layout.Block{}}
})

// UseBundledFontsOnly keeps the fonts of this machine out, so that tests draw
// the same everywhere.
func UseBundledFontsOnly() { typeface.BundledOnly() }
