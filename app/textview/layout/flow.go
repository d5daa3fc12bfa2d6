package layout

import (
	"math"
	"sort"

	"lede/annotate/text"
)

// Metrics are the measures of a column of text.
type Metrics struct {
	Chain  *Chain
	Size   float32 // of the font
	Width  float32 // of the column
	Line   int     // height of a line
	Gap    int     // between paragraphs
	Blank  int     // height of a paragraph without anything to see
	Head   float64 // room above the text
	Tail   float64 // room below it
	Height float32 // of the viewport
}

// keep is how many laid out blocks are held at least.
const keep = 256

// Flow is a text in a column behind a viewport. Heights of blocks that were
// never seen are estimates; when one above the viewport becomes exact, the
// scroll offset goes along, so that what is on the screen stays where it is.
type Flow struct {
	metrics Metrics
	blocks  *blocks
	heights *fenwick
	shaper  Shaper
	laid    map[int]*placed
	top     float64
	place   place
	missing map[rune]bool // characters that no face has, seen so far

	// Extra is how much higher the line with the code points [from, to) is than the
	// others; nil = not at all. Reroom says that it may be another now.
	Extra func(from, to int) int
	turn  int // counts calls of Reroom
}

// place is what stood at the top before measures changed. It holds until somebody
// scrolls, so that going through many measures and back moves nothing.
type place struct {
	set  bool
	o    int     // the first code point that showed
	part float64 // of its line, scrolled out
}

// placed is a block with its first code point.
type placed struct {
	*Block
	start int
	tops  []int // of the lines below the block's own, and where the last one ends
	turn  int   // in which tops were found
}

// NewFlow makes a flow of an empty text.
func NewFlow(m Metrics) *Flow {
	f := &Flow{metrics: m}
	f.SetText(text.New(""))
	return f
}

// SetText shows another text from its start.
func (f *Flow) SetText(t *text.Text) {
	f.blocks, f.missing = divide(t), nil
	f.top, f.place = 0, place{}
	f.estimate()
}

// Text is the text that is shown.
func (f *Flow) Text() *text.Text { return f.blocks.text }

// Metrics are the measures in use.
func (f *Flow) Metrics() Metrics { return f.metrics }

// SetMetrics changes measures and keeps the first character that shows.
func (f *Flow) SetMetrics(m Metrics) {
	old := f.metrics
	if m == old {
		return
	}
	relayout := m.Chain != old.Chain || m.Size != old.Size || m.Width != old.Width ||
		m.Line != old.Line || m.Gap != old.Gap || m.Blank != old.Blank
	if !relayout {
		if f.top >= old.Head {
			f.top += m.Head - old.Head
		}
		f.metrics = m
		f.clamp()
		return
	}
	if f.top < old.Head && !f.place.set {
		f.metrics = m
		f.estimate()
		f.top = min(f.top, m.Head)
		f.clamp()
		return
	}
	if !f.place.set {
		f.place.set = true
		f.place.o, f.place.part = f.TopOffset()
	}
	f.metrics = m
	f.estimate()
	f.bring(f.place.o, -f.place.part*float64(f.LineOf(f.place.o, false).H))
}

// estimate forgets all layout and guesses the height of every block.
func (f *Flow) estimate() {
	f.laid = map[int]*placed{}
	m, t := f.metrics, f.blocks.text
	em := 0.5 // average advance of a character, by how many bytes one takes
	perByte := 1.0
	if t.Len() > 0 {
		perByte = float64(t.Len()) / float64(t.Bytes())
	}
	if perByte < 0.42 {
		em = 1
	}
	perLine := max(1, float64(m.Width)/(float64(m.Size)*em*perByte))
	heights := make([]int, f.blocks.count())
	for i := range heights {
		n := f.blocks.end(i) - f.blocks.starts[i]
		lines := int(math.Ceil(float64(n) / perLine))
		if n <= 64 && f.blocks.empty(i) {
			lines = 0
		}
		heights[i] = f.heightOf(i, lines)
	}
	f.heights = newFenwick(heights)
}

// heightOf is the height of block i with that many lines, 0 for an empty one.
func (f *Flow) heightOf(i, lines int) int {
	if lines == 0 {
		return f.metrics.Blank
	}
	h := lines * f.metrics.Line
	if i+1 < f.blocks.count() && !f.blocks.joins[i+1] {
		h += f.metrics.Gap
	}
	return h
}

// block lays out block i and makes its height exact.
func (f *Flow) block(i int) *placed {
	if p := f.laid[i]; p != nil {
		f.reroom(i, p)
		return p
	}
	if len(f.laid) > 2*keep {
		f.forget(i)
	}
	b := f.blocks
	from, to := b.starts[i], b.end(i)
	p := &placed{
		Block: f.shaper.Layout(b.s[from:to], Style{
			Chain: f.metrics.Chain, Size: f.metrics.Size, Width: f.metrics.Width, Direction: b.direction(i),
		}), start: b.text.RuneOf(from), turn: f.turn,
	}
	f.laid[i] = p
	f.miss(p.Block)
	p.tops = f.tops(i, p)
	above := f.metrics.Head + float64(f.heights.sum(i))
	if d := f.heights.set(i, f.exact(i, p)); above < f.top {
		f.top += float64(d)
	}
	return p
}

// forget drops layouts that are far from block i. Their heights stay exact.
func (f *Flow) forget(i int) {
	at, _ := f.heights.find(int(f.top - f.metrics.Head))
	for k := range f.laid {
		if (k < i-keep/2 || k > i+keep/2) && (k < at-keep/2 || k > at+keep/2) {
			delete(f.laid, k)
		}
	}
}

// Total is the height of everything, in part an estimate.
func (f *Flow) Total() float64 {
	return f.metrics.Head + float64(f.heights.sum(f.blocks.count())) + f.metrics.Tail
}

// Top is how far the viewport is scrolled down.
func (f *Flow) Top() float64 { return f.top }

// ScrollTo moves the viewport; it stays within the content.
func (f *Flow) ScrollTo(y float64) {
	f.top, f.place = y, place{}
	f.settle()
}

// ScrollBy moves the viewport down by dy.
func (f *Flow) ScrollBy(dy float64) { f.ScrollTo(f.top + dy) }

func (f *Flow) clamp() {
	f.top = max(0, min(f.top, f.Total()-float64(f.metrics.Height)))
}

// settle makes the blocks in the viewport exact. Each may move the offset, so it
// repeats until nothing does.
func (f *Flow) settle() {
	for range 64 {
		f.clamp()
		before := f.top
		end := before + float64(f.metrics.Height)
		i, _ := f.heights.find(int(max(0, f.top-f.metrics.Head)))
		for ; i < f.blocks.count() && f.top == before; i++ {
			if f.metrics.Head+float64(f.heights.sum(i)) > end {
				break
			}
			f.block(i)
		}
		f.clamp()
		if f.top == before {
			return
		}
	}
}

// PlacedLine is a line of the text with its place in the whole column.
type PlacedLine struct {
	Block *Block
	Line  *Line
	Base  int     // code point of the text at which the block starts
	Y     float64 // top of the line
	H     int     // its height
	Last  bool    // the last line of its block
}

// Start is the first code point of the line.
func (p PlacedLine) Start() int { return p.Base + p.Line.Start }

// End is the code point behind the line and the blanks that hang over its end.
func (p PlacedLine) End() int { return p.Base + p.Line.End }

// Holds tells whether a caret at o stands on the line.
func (p PlacedLine) Holds(o int, upstream bool) bool {
	i := o - p.Base
	if i < p.Line.Start || i > p.Line.End || i > p.Block.Len() {
		return false
	}
	return &p.Block.Lines[p.Block.LineOf(i, upstream)] == p.Line
}

// Visible returns the lines that touch the viewport, from the top.
func (f *Flow) Visible() []PlacedLine {
	f.settle()
	var out []PlacedLine
	end := f.top + float64(f.metrics.Height)
	i, _ := f.heights.find(int(max(0, f.top-f.metrics.Head)))
	for ; i < f.blocks.count(); i++ {
		y := f.metrics.Head + float64(f.heights.sum(i))
		if y >= end {
			break
		}
		p := f.block(i)
		for k := range p.Lines {
			l := f.line(i, p, k)
			if l.Y+float64(l.H) > f.top && l.Y < end {
				out = append(out, l)
			}
		}
	}
	return out
}

// line places line k of block i.
func (f *Flow) line(i int, p *placed, k int) PlacedLine {
	y := f.metrics.Head + float64(f.heights.sum(i)+p.tops[k])
	return PlacedLine{p.Block, &p.Lines[k], p.start, y, p.tops[k+1] - p.tops[k], k == len(p.Lines)-1}
}

// LineAt is the line at height y of the column; above and below the text the
// first and last one.
func (f *Flow) LineAt(y float64) PlacedLine {
	for {
		h := int(math.Floor(max(0, y-f.metrics.Head)))
		i, _ := f.heights.find(h)
		top := f.top
		p := f.block(i)
		if f.top != top { // a block above became exact
			y += f.top - top
			continue
		}
		j, rest := f.heights.find(h)
		if j != i {
			continue
		}
		k := sort.Search(len(p.Lines)-1, func(k int) bool { return p.tops[k+1] > rest })
		return f.line(i, p, k)
	}
}

// LineOf is the line on which a caret at code point o stands.
func (f *Flow) LineOf(o int, upstream bool) PlacedLine {
	o = max(0, min(o, f.blocks.text.Len()))
	i := f.blocks.at(f.blocks.text.ByteOf(o))
	if upstream && i > 0 && f.blocks.joins[i] && f.block(i).start == o {
		i--
	}
	p := f.block(i)
	return f.line(i, p, p.LineOf(min(o-p.start, p.Len()), upstream))
}

// Hit is the caret position nearest to a point of the column.
func (f *Flow) Hit(x float32, y float64) (o int, upstream bool) {
	l := f.LineAt(y)
	o, upstream = l.Block.Hit(l.Line, x)
	if l.Last && o == l.Line.End { // there is no next line in the block to confuse it with
		upstream = upstream && f.joinsAfter(l)
	}
	return l.Base + o, upstream
}

// joinsAfter tells whether the paragraph of a block's last line goes on.
func (f *Flow) joinsAfter(l PlacedLine) bool {
	i := f.blocks.at(f.blocks.text.ByteOf(l.Base))
	return i+1 < f.blocks.count() && f.blocks.joins[i+1]
}

// Under is the grapheme at a point of the column, and false beside the text.
func (f *Flow) Under(x float32, y float64) (text.Range, bool) {
	l := f.LineAt(y)
	if y < l.Y || y >= l.Y+float64(l.H) {
		return text.Range{}, false
	}
	from, to, _, _, _, ok := l.Block.Cell(l.Line, x)
	if !ok || from >= l.Line.Trim {
		return text.Range{}, false
	}
	return text.Range{Start: l.Base + from, End: l.Base + to}, true
}

// Locate is where a caret at code point o stands in the column: its x and the
// top of its line.
func (f *Flow) Locate(o int, upstream bool) (x float32, y float64) {
	l := f.LineOf(o, upstream)
	return l.Block.CaretAt(l.Line, o-l.Base, upstream), l.Y
}

// TopOffset is the first code point of the first line that shows, and the part
// of that line (0 to 1) that is scrolled out.
func (f *Flow) TopOffset() (o int, part float64) {
	f.settle()
	if f.top < f.metrics.Head {
		return 0, 0
	}
	l := f.LineAt(f.top)
	if f.top >= l.Y+float64(l.H) { // in the gap between two paragraphs
		if next, ok := f.Step(l.Start(), false, 1); ok {
			return next.Start(), 0
		}
	}
	if o = l.Start(); l.H > 0 { // before anything was measured lines have no height
		part = max(0, min(1, (f.top-l.Y)/float64(l.H)))
	}
	if f.place.set && f.place.o >= l.Start() && f.place.o < l.End() {
		o = f.place.o // it was a line's start before measures changed
	}
	return o, part
}

// ScrollToOffset puts the line of code point o at that many units below the
// viewport's top. Blocks that come into sight on the way may move it: it is put
// there again until they no longer do.
func (f *Flow) ScrollToOffset(o int, below float64) {
	f.place = place{}
	f.bring(o, below)
}

func (f *Flow) bring(o int, below float64) {
	for range 8 {
		f.top = f.LineOf(o, false).Y - below
		f.settle()
		if got := f.LineOf(o, false).Y - f.top; math.Abs(got-below) < 0.5 {
			return
		}
	}
}

// Step is the line before (-1) or after (+1) the one on which a caret at o
// stands, and false at the ends of the text.
func (f *Flow) Step(o int, upstream bool, by int) (PlacedLine, bool) {
	l := f.LineOf(o, upstream)
	i := f.blocks.at(f.blocks.text.ByteOf(l.Base))
	p := f.block(i)
	k := p.LineOf(l.Line.Start, false) + by
	for k < 0 || k >= len(p.Lines) {
		i += by
		if i < 0 || i >= f.blocks.count() {
			return l, false
		}
		p = f.block(i)
		k = 0
		if by < 0 {
			k = len(p.Lines) - 1
		}
	}
	return f.line(i, p, k), true
}

// RTL tells whether the paragraph of code point o runs from right to left.
func (f *Flow) RTL(o int) bool { return f.LineOf(o, false).Block.RTL }

// X is the left edge of the line's text.
func (p PlacedLine) X() float32 { return p.Line.X }
