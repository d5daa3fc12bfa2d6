package figure

import (
	"fmt"
	"image"
	"image/color"

	"github.com/go-text/typesetting/font"

	"lede/annotate/text"
	"lede/app/textview/layout"
	"lede/app/textview/look"
)

// Options is how a passage is drawn. Fonts and Style are needed.
type Options struct {
	Fonts *layout.Bundle
	Emoji Emoji      // nil: emoji are empty boxes
	Style look.Style // colours and measures: look.Light(), look.Dark(), with a look.Reading
	Sans  bool       // the face without serifs
	Width float32    // of the picture; 0: the style's column with its sides. A shorter text makes a narrower picture
	Chips bool       // labels above the spans
	Arcs  bool       // relations as arcs
	Head  bool       // title and facts above the text
}

// Emoji draws what a text says in a face whose glyphs are pictures, one em being
// that many pixels: on a square of emojiBox ems, the text's left end and baseline
// at emojiX and emojiY.
type Emoji func(s string, face *layout.Face, em int, x, y int, size image.Point) image.Image

// The place of an emoji in its picture, in ems.
const (
	emojiBox = 1.5
	emojiX   = 0.125
	emojiY   = 1.125
	emojiEm  = 128 // pixels
)

// Longest is how much text one picture holds, in code points.
const Longest = 100_000

// Least is the smallest width of a picture.
const Least = 160

// Draw places a passage. The error is a sentence.
func Draw(p Passage, o Options) (*Scene, error) {
	t := text.New(p.Text)
	if t.Len() > Longest {
		return nil, fmt.Errorf("a picture holds %d characters at most, and this passage has %d", Longest, t.Len())
	}
	if o.Width == 0 {
		o.Width = o.Style.Column + 2*o.Style.Side
	}
	if !(o.Width >= Least) { // nor what is not a number
		return nil, fmt.Errorf("a picture is at least %d wide, so that there is room for words", Least)
	}
	if o.Arcs && len(p.Links) > 0 { // unlike a window, a picture has room for them
		for _, x := range []*float32{&o.Style.FillTop, &o.Style.FillTopPlain, &o.Style.Line, &o.Style.LinePlain} {
			*x += arcRoom
		}
	}
	c := &composer{o: o, p: p, text: t, scene: &Scene{Page: solid(o.Style.Page), Title: p.Title, Words: p.Text}}
	c.shown, c.lanes = c.collect()
	c.place()
	if o.Head {
		c.heading()
	}
	c.spans()
	c.words()
	if o.Arcs {
		c.links()
	}
	c.scene.frame(c.column(), o.Style.Side)
	return c.scene, nil
}

// arcRoom is the room above a line for arcs.
const arcRoom = 26

func solid(c color.Color) color.NRGBA { return look.Faded(c, 1) }

// composer makes the scene of a passage.
type composer struct {
	o      Options
	p      Passage
	text   *text.Text
	scene  *Scene
	shaper layout.Shaper
	width  float32 // of the column
	lines  []layout.PlacedLine
	shown  []shown
	lanes  layout.Spans
	head   float32 // the height of the heading
}

// place wraps the text into lines. A text that leaves room at the side is wrapped
// again in a column as wide as it is, so that right to left text stands at its edge.
func (c *composer) place() {
	c.width = c.o.Width - 2*c.o.Style.Side
	c.lines = c.wrap(c.width)
	widest := float32(0)
	for _, l := range c.lines {
		widest = max(widest, l.Line.Width)
	}
	if c.o.Head {
		for _, h := range c.headings(c.width) {
			for _, l := range h.block.Lines {
				widest = max(widest, l.Width)
			}
		}
	}
	if narrow := float32(int(widest + 2)); narrow < c.width {
		c.width = narrow
		c.lines = c.wrap(narrow)
	}
}

func (c *composer) wrap(width float32) []layout.PlacedLine {
	s := &c.o.Style
	chain := c.o.Fonts.Serif
	if c.o.Sans {
		chain = c.o.Fonts.Sans
	}
	line := s.LinePlain
	if c.o.Chips {
		line = s.Line
	}
	f := layout.NewFlow(layout.Metrics{
		Chain: chain, Size: s.TextSize, Width: width, Line: int(line), Gap: int(s.ParagraphGap), Blank: int(s.BlankLine), Height: 1e9,
	})
	f.Extra = c.extra
	f.SetText(c.text)
	return f.Visible()
}

// extra is how much higher a line must be than others for its lanes to be seen. A
// picture draws them all: there is nobody to point at what is only counted.
func (c *composer) extra(from, to int) int {
	lanes := 0
	c.lanes.Visit(from, to, func(_ layout.Mark, lane int) { lanes = max(lanes, lane+1) })
	if lanes == 0 {
		return 0
	}
	s := &c.o.Style
	y, thick := c.laneAt(lanes - 1)
	free := s.LinePlain - s.FillDepthPlain // to the fill of the line that follows
	if c.o.Chips {
		free = s.Line - s.FillTop - s.FillDepth + 2.5
	}
	return max(0, int(y+thick-free+0.999))
}

func (c *composer) column() box {
	bottom := c.head
	if n := len(c.lines); n > 0 {
		l := c.lines[n-1]
		bottom = c.y(l) + float32(l.H)
	}
	return box{0, 0, c.width, bottom}
}

// y is the top of a line.
func (c *composer) y(l layout.PlacedLine) float32 { return c.head + float32(l.Y) }

// fill is the top and bottom of the text box of a line.
func (c *composer) fill(l layout.PlacedLine) (y0, y1 float32) {
	s := &c.o.Style
	top, high, line := s.FillTopPlain, s.FillDepthPlain, s.LinePlain
	if c.o.Chips {
		top, high, line = s.FillTop, s.FillDepth, s.Line
	}
	if l.H < int(line) { // a blank paragraph
		return c.y(l), c.y(l) + float32(l.H)
	}
	return c.y(l) + top, c.y(l) + top + high
}

// segments calls f with the stretches of x that [from, to) takes on a line,
// without the blanks that hang over its end.
func (c *composer) segments(l layout.PlacedLine, r text.Range, f func(x0, x1 float32)) {
	to := min(r.End-l.Base, l.Line.Trim)
	if from := r.Start - l.Base; from < to {
		l.Block.Segments(l.Line, from, to, f)
	}
}

// words draws the text.
func (c *composer) words() {
	for _, l := range c.lines {
		y0, y1 := c.fill(l)
		c.write(atText, l.Block, l.Line, c.o.Style.TextSize, solid(c.o.Style.Text), 0, (y0+y1-l.Block.Height)/2+l.Block.Ascent)
	}
}

// write draws a line of a block.
func (c *composer) write(d depth, b *layout.Block, l *layout.Line, size float32, ink color.NRGBA, x, baseline float32) {
	for i := range l.Runs {
		r := &l.Runs[i]
		run := letters{face: r.Face, size: size, color: ink, baseline: baseline, box: box{x + r.X, baseline - r.Ascent, x + r.X + r.W, baseline - r.Ascent + r.Height}}
		for _, g := range c.shaper.Glyphs(b, r, size) {
			c.glyph(d, &run, g, x)
		}
		if len(run.glyphs) > 0 {
			c.scene.add(d, run)
		}
	}
}

// glyph adds an outline to a run, or a picture to the scene.
func (c *composer) glyph(d depth, run *letters, g layout.Glyph, x float32) {
	data, em := run.face.Glyph(g.ID)
	if o, ok := data.(font.GlyphOutline); ok {
		if len(o.Segments) > 0 {
			run.glyphs = append(run.glyphs, letter{g.ID, x + g.X, g.Y, o.Segments, em})
		}
		return
	}
	if g.Text == "" {
		return // the picture of its cluster is drawn
	}
	at := box{x + g.X - emojiX*run.size, run.baseline - emojiY*run.size, 0, 0}
	at.x1, at.y1 = at.x0+emojiBox*run.size, at.y0+emojiBox*run.size
	var drawn image.Image
	if c.o.Emoji != nil {
		side := int(emojiBox * emojiEm)
		drawn = c.o.Emoji(g.Text, run.face, emojiEm, int(emojiX*emojiEm), int(emojiY*emojiEm), image.Pt(side, side))
	}
	if drawn == nil {
		c.scene.Undrawn = append(c.scene.Undrawn, g.Text)
		c.scene.add(d, rect{box: box{x + g.X + 2, run.baseline - 0.75*run.size, x + g.X + 0.75*run.size, run.baseline}, edge: run.color, radius: 2})
		return
	}
	c.scene.add(d, picture{at, drawn, g.Text})
}

// heading is a text above the passage.
type heading struct {
	block      *layout.Block
	size, line float32
	color      color.NRGBA
}

func (c *composer) headings(width float32) []heading {
	s := &c.o.Style
	var list []heading
	if c.p.Title != "" {
		list = append(list, heading{
			c.shaper.Layout(c.p.Title, layout.Style{Chain: c.o.Fonts.SerifBold, Size: s.TitleSize, Width: width}), s.TitleSize, s.TitleLine, solid(s.Text),
		})
	}
	if c.p.Facts != "" {
		list = append(list, heading{
			c.shaper.Layout(c.p.Facts, layout.Style{Chain: c.o.Fonts.Sans, Size: s.FactsSize, Width: width}), s.FactsSize, s.FactsLine, solid(s.Dim),
		})
	}
	return list
}

// heading draws title and facts.
func (c *composer) heading() {
	for _, h := range c.headings(c.width) {
		for i := range h.block.Lines {
			c.write(atText, h.block, &h.block.Lines[i], h.size, h.color, 0, c.head+(h.line-h.block.Height)/2+h.block.Ascent)
			c.head += h.line
		}
	}
	if c.head > 0 {
		c.head += c.o.Style.HeadGap
	}
}
