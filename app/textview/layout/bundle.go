package layout

import (
	"fmt"

	"lede/assets/fonts"
)

// Bundle is a library with the fonts that come with the program, and the chains
// of its four faces.
type Bundle struct {
	*Library
	Sans, SansBold, Serif, SerifBold *Chain
}

// NewBundle makes a library of the bundled fonts. The four faces are read at once,
// those of other scripts when a text needs them. lookup finds fonts of the system;
// nil uses the bundled ones only.
func NewBundle(lookup Lookup) *Bundle {
	l := NewLibrary(lookup)
	chain := func(f fonts.Font) *Chain {
		face, err := l.Load(Font{f.Name, f.Data})
		if err != nil {
			panic(fmt.Sprintf("bundled font: %v", err)) // a broken build
		}
		return l.NewChain(face)
	}
	b := &Bundle{l, chain(fonts.Sans()), chain(fonts.SansBold()), chain(fonts.Serif()), chain(fonts.SerifBold())}
	sans := fonts.Sans()
	l.AddFallback(Font{sans.Name, sans.Data}, func(rune) bool { return true })
	for _, s := range fonts.Scripts() {
		l.AddFallback(Font{s.Font.Name, s.Data}, s.Covers)
	}
	return b
}
