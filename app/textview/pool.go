package textview

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// depth orders what is drawn, from the back.
type depth int

const (
	atPage depth = iota
	atSelection
	atFill
	atOutline
	atLine
	atText
	atChip
	atArc
	atPill
	atPillText
	atCaret
	atBar
	atTool
	atToolHover
	atToolText
	depths
)

// pool hands out canvas objects that were used in the frame before: Fyne keeps
// caches by object, and a new one for every word of every step would be felt.
type pool struct {
	rects  []*canvas.Rectangle
	texts  []*canvas.Text
	curves []*canvas.BezierCurve
	lines  []*canvas.Line

	nRects, nTexts, nCurves, nLines int
	order                           [depths][]fyne.CanvasObject
	objects                         []fyne.CanvasObject
	scale                           float32
}

func (p *pool) begin(scale float32) {
	p.nRects, p.nTexts, p.nCurves, p.nLines = 0, 0, 0, 0
	p.scale = scale
	for i := range p.order {
		p.order[i] = p.order[i][:0]
	}
}

// end collects the objects from back to front. A new slice each time: Fyne may
// still be walking the old one.
func (p *pool) end() {
	n := 0
	for _, o := range p.order {
		n += len(o)
	}
	p.objects = make([]fyne.CanvasObject, 0, n)
	for _, o := range p.order {
		p.objects = append(p.objects, o...)
	}
}

// snap moves a coordinate to the canvas' pixels: neighbours then meet without a
// seam.
func (p *pool) snap(x float32) float32 {
	return float32(math.Round(float64(x*p.scale))) / p.scale
}

// whole is a thickness of whole pixels, at least one: lines of one kind must
// not differ by where they fall.
func (p *pool) whole(x float32) float32 { return max(p.snap(x), 1/p.scale) }

// rect is a filled rectangle with both edges on pixels.
func (p *pool) rect(d depth, c color.Color, x0, y0, x1, y1 float32) *canvas.Rectangle {
	if p.nRects == len(p.rects) {
		p.rects = append(p.rects, &canvas.Rectangle{})
	}
	r := p.rects[p.nRects]
	p.nRects++
	r.FillColor, r.StrokeColor, r.StrokeWidth, r.CornerRadius = c, nil, 0, 0
	r.Shadow = canvas.Shadow{}
	x0, y0, x1, y1 = p.snap(x0), p.snap(y0), p.snap(x1), p.snap(y1)
	r.Move(fyne.NewPos(x0, y0))
	r.Resize(fyne.NewSize(max(x1-x0, 1/p.scale), max(y1-y0, 1/p.scale)))
	p.order[d] = append(p.order[d], r)
	return r
}

// text draws s with its left edge at x and its baseline on a pixel.
func (p *pool) text(d depth, s string, c color.Color, size float32, font fyne.Resource, x, baseline, ascent, w, h float32) {
	if p.nTexts == len(p.texts) {
		p.texts = append(p.texts, &canvas.Text{})
	}
	t := p.texts[p.nTexts]
	p.nTexts++
	t.Text, t.Color, t.TextSize, t.FontSource = s, c, size, font
	// Fyne rounds the ascent up to a pixel; undone here, so that words of
	// different fonts stand on one line.
	up := float32(math.Ceil(float64(ascent*p.scale))) / p.scale
	t.Move(fyne.NewPos(x, p.snap(baseline)-up))
	// The painter leaves out what its size says is out of sight, and centres a
	// text that is higher than its font.
	t.Resize(fyne.NewSize(w, h))
	p.order[d] = append(p.order[d], t)
}

// curve is a cubic Bézier curve through view coordinates.
func (p *pool) curve(c color.Color, width float32, from, c1, c2, to fyne.Position) {
	if p.nCurves == len(p.curves) {
		p.curves = append(p.curves, &canvas.BezierCurve{ControlPoints: make([]fyne.Position, 2)})
	}
	b := p.curves[p.nCurves]
	p.nCurves++
	x0, x1 := min(from.X, c1.X, c2.X, to.X), max(from.X, c1.X, c2.X, to.X)
	y0, y1 := min(from.Y, c1.Y, c2.Y, to.Y), max(from.Y, c1.Y, c2.Y, to.Y)
	at := fyne.NewPos(x0, y0)
	b.StartPoint, b.EndPoint = from.Subtract(at), to.Subtract(at)
	b.ControlPoints = []fyne.Position{c1.Subtract(at), c2.Subtract(at)}
	b.StrokeColor, b.StrokeWidth = c, width
	b.Move(at)
	b.Resize(fyne.NewSize(x1-x0+1, y1-y0+1))
	p.order[atArc] = append(p.order[atArc], b)
}

// line is a straight line of an arc.
func (p *pool) line(c color.Color, width float32, from, to fyne.Position) {
	p.stroke(atArc, c, width, from, to)
}

// stroke is a straight line.
func (p *pool) stroke(d depth, c color.Color, width float32, from, to fyne.Position) {
	if p.nLines == len(p.lines) {
		p.lines = append(p.lines, &canvas.Line{})
	}
	l := p.lines[p.nLines]
	p.nLines++
	l.StrokeColor, l.StrokeWidth = c, width
	l.Position1, l.Position2 = from, to
	p.order[d] = append(p.order[d], l)
}
