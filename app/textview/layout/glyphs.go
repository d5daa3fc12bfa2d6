package layout

import (
	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/shaping"
)

// Glyph is one shape of a face, with its place in a line.
type Glyph struct {
	ID   uint32
	X    float32 // of its origin, from the column's left edge
	Y    float32 // of its origin, above the baseline
	Text string  // what it stands for; "" in the rest of a cluster of several
}

// Glyphs are the shapes of a run, for what draws outlines and not texts. The run
// is shaped once more: a Block keeps no glyphs, because the window needs none.
func (s *Shaper) Glyphs(b *Block, r *Run, size float32) []Glyph {
	dir := di.DirectionLTR
	if r.RTL() {
		dir = di.DirectionRTL
	}
	script := b.itemsOf(r.Start)[0].script
	out := s.harfbuzz.Shape(shaping.Input{
		Text: b.runes, RunStart: r.Start, RunEnd: r.End, Direction: dir,
		Face: r.Face.face, Size: fixedSize(size), Script: script, Language: languageOf(script),
	})
	var list []Glyph
	for g := out.Glyphs; len(g) > 0; {
		n := 1
		for n < len(g) && g[n].TextIndex() == g[0].TextIndex() {
			n++
		}
		list = append(list, b.cluster(r, g[:n])...)
		g = g[n:]
	}
	return list
}

// cluster places the glyphs that stand for the same characters. Blanks have none.
func (b *Block) cluster(r *Run, g []shaping.Glyph) []Glyph {
	from := g[0].TextIndex()
	to := min(from+g[0].RunesCount(), r.End)
	seen := false
	for _, c := range b.runes[from:to] {
		seen = seen || !blank(c) && !indifferent(c)
	}
	if !seen {
		return nil
	}
	x := min(b.edge(r, from), b.edge(r, to))
	list := make([]Glyph, 0, len(g))
	for i := range g {
		one := Glyph{ID: uint32(g[i].GlyphID), X: x + float32(g[i].XOffset)/64, Y: float32(g[i].YOffset) / 64}
		if i == 0 {
			one.Text = string(b.runes[from:to])
		}
		list = append(list, one)
		x += float32(g[i].Advance) / 64
	}
	return list
}

// Glyph is the form of a glyph, in units of which the em has that many.
func (f *Face) Glyph(id uint32) (data font.GlyphData, em float32) {
	return f.face.GlyphData(font.GID(id)), float32(f.face.Upem())
}

// Font is the parsed font, for what draws glyphs that are pictures.
func (f *Face) Font() *font.Face { return f.face }
