package layout

import (
	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/segmenter"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// tabWidth is the width of a tab in blanks.
const tabWidth = 4

// Shaper lays out paragraphs. It keeps buffers and is not safe for concurrent use.
type Shaper struct {
	harfbuzz shaping.HarfbuzzShaper
	segments segmenter.Segmenter
}

// Style is how a paragraph is to be laid out.
type Style struct {
	Chain     *Chain
	Size      float32   // of the font
	Width     float32   // of the column; 0 never wraps
	Direction Direction // Auto: by the first strong character
}

// item is a stretch of text in one level, script and face.
type item struct {
	start, end int
	level      uint8
	script     language.Script
	face       *Face
}

// Layout shapes and wraps one paragraph. The text should hold no '\n'.
func (s *Shaper) Layout(text string, style Style) *Block {
	b := &Block{width: style.Width, runes: drawable(text)}
	if style.Direction == Auto {
		style.Direction, _ = DirectionOf(text)
	}
	b.RTL = style.Direction == RightToLeft
	n := len(b.runes)
	b.cum = make([]float32, n+1)
	b.grapheme = make([]bool, n+1)
	b.grapheme[n] = true
	main := metricsOf(style.Chain.Main(), style.Size)
	b.Ascent, b.Height = main.ascent, main.height
	if n == 0 {
		b.grapheme[0] = true
		b.Lines = []Line{b.emptyLine()}
		return b
	}
	s.segments.Init(b.runes)
	faces := s.facesOf(b, style.Chain)
	items := itemise(b.runes, levels(b.runes, style.Direction), faces)
	b.shaped = make([]shapedItem, len(items))
	for i, it := range items {
		b.shaped[i] = s.shape(b, it, style)
	}
	for i := range n {
		b.cum[i+1] += b.cum[i]
	}
	s.wrap(b)
	return b
}

// drawable are the characters of s, with those replaced that would break
// shaping or drawing: controls become blanks, every kind of line break the one
// that is no paragraph break. The count of characters stays.
func drawable(s string) []rune {
	out := make([]rune, 0, len(s))
	for _, r := range s {
		switch {
		case r == '\t' || r >= ' ' && r < 0x7F:
		case r == 0x85 || r == 0x2029 || r == '\v' || r == '\f':
			r = 0x2028
		case r < ' ' || r >= 0x7F && r < 0xA0:
			r = ' '
		}
		out = append(out, r)
	}
	return out
}

// facesOf resolves the face of every character and marks the graphemes.
func (s *Shaper) facesOf(b *Block, chain *Chain) []*Face {
	faces := make([]*Face, len(b.runes))
	var last *Face
	it := s.segments.GraphemeIterator()
	for it.Next() {
		g := it.Grapheme()
		b.grapheme[g.Offset] = true
		f := chain.resolve(g.Text, last)
		if f != nil && (len(g.Text) > 1 || g.Text[0] >= 0x80) {
			b.note(f, g.Offset, g.Text)
		}
		if f == nil {
			f = last // blanks stay in the face before them …
		}
		last = f
		for i := range g.Text {
			faces[g.Offset+i] = f
		}
	}
	next := chain.Main()
	for i := len(faces) - 1; i >= 0; i-- {
		if faces[i] == nil {
			faces[i] = next // … and leading ones in the face after them
		}
		next = faces[i]
	}
	return faces
}

// itemise cuts the text where level, script or face change.
func itemise(rs []rune, levels []uint8, faces []*Face) []item {
	var out []item
	cur := item{level: levels[0], face: faces[0], script: language.Common}
	for i, r := range rs {
		script := language.LookupScript(r)
		same := !script.Strong() || script == cur.script
		if levels[i] == cur.level && faces[i] == cur.face && (same || cur.script == language.Common) {
			if !same {
				cur.script = script
			}
			continue
		}
		cur.end = i
		out = append(out, cur)
		if !script.Strong() {
			script = cur.script // punctuation belongs to what it follows
		}
		cur = item{start: i, level: levels[i], face: faces[i], script: script}
	}
	cur.end = len(rs)
	return append(out, cur)
}

// metrics are the vertical measures of a face at a size.
type metrics struct{ ascent, height float32 }

// metricsOf measures a face the way Fyne does, so that drawn baselines agree.
func metricsOf(f *Face, size float32) metrics {
	e, ok := f.face.FontHExtents()
	if !ok {
		return metrics{size, size * 1.2}
	}
	scale := fixedSize(size)
	unit := float32(scale.Ceil()) / float32(f.face.Upem())
	asc, desc, gap := e.Ascender*unit, e.Descender*unit, e.LineGap*unit
	return metrics{asc, asc - desc + gap}
}

// fixedSize is the size as Fyne hands it to the shaper; another rounding would
// give other widths.
func fixedSize(size float32) fixed.Int26_6 { return fixed.Int26_6(float64(size) * 64) }

// shapedItem is an item and the vertical measures of its face.
type shapedItem struct {
	item
	metrics
}

// shape runs HarfBuzz on an item and adds the advance of each of its characters
// to b.cum (which holds single advances until all items are shaped).
func (s *Shaper) shape(b *Block, it item, style Style) shapedItem {
	dir := di.DirectionLTR
	if it.level%2 == 1 {
		dir = di.DirectionRTL
	}
	out := s.harfbuzz.Shape(shaping.Input{
		Text: b.runes, RunStart: it.start, RunEnd: it.end, Direction: dir,
		Face: it.face.face, Size: fixedSize(style.Size), Script: it.script, Language: languageOf(it.script),
	})
	g := out.Glyphs
	for i := 0; i < len(g); {
		cluster, advance, count := g[i].TextIndex(), fixed.Int26_6(0), g[i].RunesCount()
		for i < len(g) && g[i].TextIndex() == cluster {
			advance += g[i].Advance
			i++
		}
		b.spread(cluster, min(cluster+count, it.end), float32(advance)/64)
	}
	b.widenTabs(it, style.Size)
	return shapedItem{it, metrics{float32(out.LineBounds.Ascent) / 64, float32(out.LineBounds.LineThickness()) / 64}}
}

// languageOf is the language that Fyne's shaping assumes for a script; it
// chooses local letter forms.
func languageOf(s language.Script) language.Language {
	en, _ := language.NewLangID("en")
	if !en.UseScript(s) {
		if l := language.ScriptToLang[s]; l != 0 {
			return l.Language()
		}
	}
	return en.Language()
}

// spread divides the advance of a glyph cluster among its graphemes, so that a
// caret can stand inside a ligature.
func (b *Block) spread(from, to int, advance float32) {
	parts := 0
	for i := from; i < to; i++ {
		if b.grapheme[i] {
			parts++
		}
	}
	if parts == 0 {
		b.cum[from+1] += advance
		return
	}
	for i := from; i < to; i++ {
		if b.grapheme[i] {
			b.cum[i+1] += advance / float32(parts)
		}
	}
}

func (b *Block) widenTabs(it item, size float32) {
	for i := it.start; i < it.end; i++ {
		if b.runes[i] == '\t' {
			b.cum[i+1] = tabWidth * size * 0.27
		}
	}
}
