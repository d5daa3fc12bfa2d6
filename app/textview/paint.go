package textview

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"lede/annotate/text"
	"lede/app/textview/layout"
)

// painter is the renderer: it makes canvas objects of what shows.
type painter struct {
	pool
	v     *View
	page  *canvas.Rectangle
	lines []layout.PlacedLine // that show
	spots []mark              // places that a click chooses, lists or leads by
	top   float64             // scroll offset of this frame

	// Room that is used again in every frame: a line may have thousands of items.
	list  []shown
	on    []*shown
	chips []chip

	places map[int][]anchor // of items, by slot, as asked for in this frame
	cans   map[int]bool     // possible ends of a new link, likewise
}

// CreateRenderer is part of the widget contract.
func (v *View) CreateRenderer() fyne.WidgetRenderer {
	p := &painter{v: v, page: &canvas.Rectangle{}}
	v.paint = p
	p.build()
	return p
}

// Destroy is part of the renderer contract.
func (p *painter) Destroy() {}

// Layout is part of the renderer contract; the view lays out in Resize.
func (p *painter) Layout(fyne.Size) {}

// MinSize is part of the renderer contract.
func (p *painter) MinSize() fyne.Size { return p.v.MinSize() }

// Objects are what to draw, from the back.
func (p *painter) Objects() []fyne.CanvasObject { return p.objects }

// Refresh draws the view again.
func (p *painter) Refresh() {
	p.build()
	p.mark()
}

// mark makes Fyne draw a frame. It is told of one leaf only: refreshing the
// widget would walk and free everything beneath it.
func (p *painter) mark() { canvas.Refresh(p.page) }

// build makes the objects of the frame.
func (p *painter) build() {
	v := p.v
	if app := fyne.CurrentApp(); app != nil {
		if c := app.Driver().CanvasForObject(v); c != nil && c.Scale() > 0 {
			v.scale = c.Scale()
		}
	}
	p.begin(v.scale)
	p.places, p.cans = map[int][]anchor{}, map[int]bool{}
	v.links.chips, v.links.ties, v.links.port = v.links.chips[:0], v.links.ties[:0], box{}
	size := v.Size()
	p.page.FillColor = v.opts.Style.Page
	p.page.Resize(size)
	p.order[atPage] = append(p.order[atPage], p.page)
	if size.Width > 0 && size.Height > 0 {
		p.lines = v.flow.Visible()
		p.top = math.Round(v.flow.Top()*float64(p.scale)) / float64(p.scale) // everything moves by whole pixels
		p.drawHeader()
		p.drawSelection()
		p.drawItems()
		p.drawText()
		p.drawNothing()
		p.drawNumbers()
		p.drawCaret()
		p.drawScrollBar()
		p.drawToolbar()
		p.drawTip()
		p.drawArmed()
	}
	p.end()
}

// y is the place of a column height in the view.
func (p *painter) y(h float64) float32 { return float32(h - p.top) }

// segments calls f with the stretches that [from, to) takes on a line, without
// the blanks that hang over its end.
func (p *painter) segments(l layout.PlacedLine, r text.Range, f func(x0, x1 float32)) {
	to := min(r.End-l.Base, l.Line.Trim)
	if from := r.Start - l.Base; from < to {
		l.Block.Segments(l.Line, from, to, func(x0, x1 float32) { f(p.v.colX+x0, p.v.colX+x1) })
	}
}

// runs draws a line of a block.
func (p *painter) runs(d depth, b *layout.Block, l *layout.Line, c color.Color, size, x, baseline float32) {
	for i := range l.Runs {
		r := &l.Runs[i]
		font := p.v.opts.Faces.resource(r.Face)
		for _, piece := range b.Pieces(r) {
			p.text(d, piece.Text, c, size, font, x+piece.X, baseline, r.Ascent, piece.W, r.Height)
		}
	}
}

// label draws a small text on one line.
func (p *painter) label(d depth, b *layout.Block, c color.Color, size, x, baseline float32) {
	for i := range b.Lines[0].Runs {
		r := &b.Lines[0].Runs[i]
		if piece := b.Whole(r); piece.Text != "" {
			p.text(d, piece.Text, c, size, p.v.opts.Faces.resource(r.Face), x+piece.X, baseline, r.Ascent, piece.W, r.Height)
		}
	}
}

// baseline is where the text of a line stands, below the line's top.
func (p *painter) baseline(b *layout.Block) float32 {
	v := p.v
	return v.fillTop() + (v.fillDepth()-b.Height)/2 + b.Ascent
}

func (p *painter) drawText() {
	v := p.v
	size := v.flow.Metrics().Size
	for _, l := range p.lines {
		p.runs(atText, l.Block, l.Line, v.opts.Style.Text, size, v.colX, p.y(l.Y)+p.baseline(l.Block))
	}
}

// fillOf is the top and bottom of the text box of a line.
func (p *painter) fillOf(l layout.PlacedLine) (y0, y1 float32) {
	y0 = p.y(l.Y) + p.v.fillTop()
	if l.H < p.v.flow.Metrics().Line { // a blank paragraph
		y0 = p.y(l.Y)
		return y0, y0 + float32(l.H)
	}
	return y0, y0 + p.v.fillDepth()
}

func (p *painter) drawSelection() {
	v := p.v
	if v.sel.Empty() {
		return
	}
	for _, l := range p.lines {
		y0, y1 := p.fillOf(l)
		p.segments(l, v.sel, func(x0, x1 float32) {
			p.rect(atSelection, v.opts.Style.Selection, x0, y0, x1, y1)
		})
	}
}

func (p *painter) drawCaret() {
	v := p.v
	if !v.focused || v.nothing != "" {
		return
	}
	for _, l := range p.lines {
		if !l.Holds(v.caret.at, v.caret.up) {
			continue
		}
		y0, y1 := p.fillOf(l)
		x := v.colX + l.Block.CaretAt(l.Line, v.caret.at-l.Base, v.caret.up)
		w := max(1, v.px(2))
		p.rect(atCaret, v.opts.Style.Accent, x-w/2, y0, x+w/2, y1)
		return
	}
}

// smallKey names a laid out text of the header, a chip or a tool.
type smallKey struct {
	text  string
	chain *layout.Chain
	size  float32
	width float32
	dir   layout.Direction
}

// lay lays out a small text; width 0 keeps it on one line. Results are kept
// until a measure changes.
func (v *View) lay(s string, chain *layout.Chain, size, width float32) *layout.Block {
	return v.layAs(s, chain, size, width, layout.Auto)
}

func (v *View) layAs(s string, chain *layout.Chain, size, width float32, d layout.Direction) *layout.Block {
	k := smallKey{s, chain, size, width, d}
	b := v.small[k]
	if b == nil {
		if len(v.small) > 2000 {
			clear(v.small)
		}
		b = v.shaper.Layout(s, layout.Style{Chain: chain, Size: size, Width: width, Direction: d})
		v.small[k] = b
	}
	return b
}

// width of a text on one line.
func width(b *layout.Block) float32 { return b.Lines[0].Width }

func (v *View) titleBlock() *layout.Block {
	return v.lay(v.title, v.opts.Faces.title, v.size(v.opts.Style.TitleSize), v.colW)
}

// headHeight is the room of title and facts.
func (v *View) headHeight() float32 {
	s := v.opts.Style
	h := s.Top
	if v.title != "" {
		h += float32(len(v.titleBlock().Lines)) * s.TitleLine
	}
	if v.facts != "" {
		h += float32(len(v.factsBlock().Lines)) * s.FactsLine
	}
	if v.title != "" || v.facts != "" {
		h += s.HeadGap
	}
	return float32(int(v.px(h)))
}

func (p *painter) drawHeader() {
	v, s := p.v, p.v.opts.Style
	if p.top >= float64(v.headHeight()) {
		return
	}
	y := p.y(float64(v.px(s.Top)))
	if v.title != "" {
		y = p.drawBlock(v.titleBlock(), s.Text, s.TitleSize, s.TitleLine, y)
	}
	if v.facts != "" {
		p.drawBlock(v.factsBlock(), s.Dim, s.FactsSize, s.FactsLine, y)
	}
}

// drawBlock draws words of the view's own in the column, from y on, on the side where
// the header begins. It returns where they end.
func (p *painter) drawBlock(b *layout.Block, c color.Color, size, line, y float32) float32 {
	v := p.v
	for i := range b.Lines {
		l := &b.Lines[i]
		x := v.colX
		if v.headRTL() && !b.RTL {
			x += v.colW - l.X - l.Width
		}
		p.runs(atText, b, l, c, v.size(size), x, y+(v.px(line)-b.Height)/2+b.Ascent)
		y += v.px(line)
	}
	return y
}

// drawNothing says that there is no text, where it would begin.
func (p *painter) drawNothing() {
	if v, s := p.v, p.v.opts.Style; v.nothing != "" {
		p.drawBlock(v.nothingBlock(), s.Dim, s.FactsSize, s.FactsLine, p.y(float64(v.headHeight())))
	}
}

func (p *painter) drawArmed() {
	v := p.v
	if v.armed != "" && v.links.aim == nil {
		l := v.label(v.armed)
		p.banner(v.opts.Words.Armed(l.Title, v.armed), l.Color)
	}
}
