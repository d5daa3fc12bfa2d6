package widgets

import (
	"image/color"
	"math"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"lede/app/textview/layout"
	"lede/app/theme"
)

// Words is text that is only read, in any script and direction.
type Words struct {
	widget.BaseWidget
	Text     string
	Face     Face
	TextSize float32
	Color    theme.Name
	Ink      color.Color // instead of Color, for label colours
	Lines    int         // at most, with an ellipsis; 0 = as many as needed
	Width    float32     // a Paragraph's width; a Line takes what it is given
	Spread   float32     // height of a line; 0 = by the face
	Elastic  bool        // a Line that may be narrower than its text
	Right    bool        // aligned right
	Tracked  bool        // letters set apart by half a pixel: section heads
	Forward  bool        // left to right whatever the first letter: lists of facts
}

// NewLine makes one line of text, as wide as it is.
func NewLine(s string, size float32, c theme.Name) *Words {
	w := &Words{Text: s, TextSize: size, Color: c, Lines: 1}
	w.ExtendBaseWidget(w)
	return w
}

// NewElastic makes one line of text that ends in an ellipsis where there is no
// room.
func NewElastic(s string, size float32, c theme.Name) *Words {
	w := NewLine(s, size, c)
	w.Elastic = true
	return w
}

// NewHead makes a section head.
func NewHead(s string) *Words {
	w := NewLine(s, theme.HeadSize, theme.Dim)
	w.Face, w.Tracked, w.Elastic = SansBold, true, true
	return w
}

// NewParagraph makes text that wraps at a width.
func NewParagraph(s string, size, width float32, c theme.Name) *Words {
	w := &Words{Text: s, TextSize: size, Color: c, Width: width}
	w.ExtendBaseWidget(w)
	return w
}

// NewBody makes a paragraph of body text, with room between the lines.
func NewBody(s string, width float32, c theme.Name) *Words {
	w := NewParagraph(s, theme.TextSize, width, c)
	w.Spread = 20
	return w
}

// SetText changes the text.
func (w *Words) SetText(s string) {
	if w.Text != s {
		w.Text = s
		w.Refresh()
	}
}

func (w *Words) shown() string {
	if w.Tracked {
		return strings.ToUpper(w.Text)
	}
	return w.Text
}

// flat is the text on one paragraph: what is shown here is quoted, not read.
func (w *Words) flat() string { return strings.Join(strings.Fields(w.shown()), " ") }

func (w *Words) block(width float32) *layout.Block { return w.blockOf(w.flat(), width) }

func (w *Words) blockOf(s string, width float32) *layout.Block {
	return setter().block(shaped{s, w.Face, w.TextSize, width, w.Forward})
}

func (w *Words) lineHeight(b *layout.Block) float32 {
	if w.Spread > 0 {
		return w.Spread
	}
	return b.Height
}

func (w *Words) tracking() float32 {
	if !w.Tracked {
		return 0
	}
	for _, r := range w.Text {
		if r >= 0x590 { // letters of other scripts join, or belong together
			return 0
		}
	}
	return 0.5
}

// CreateRenderer is for Fyne.
func (w *Words) CreateRenderer() fyne.WidgetRenderer {
	w.ExtendBaseWidget(w)
	return laidOut(&wordsRenderer{w: w}, w.Size())
}

type wordsRenderer struct {
	w     *Words
	texts []*canvas.Text
	objs  []fyne.CanvasObject
	width float32 // that objs were built for; negative when they are stale
	min   fyne.Size
	known bool // min is that of the text now
}

func (r *wordsRenderer) Destroy()                     {}
func (r *wordsRenderer) Objects() []fyne.CanvasObject { return r.objs }

func (r *wordsRenderer) MinSize() fyne.Size {
	if r.known {
		return r.min
	}
	w := r.w
	b := w.block(w.Width)
	n := len(b.Lines)
	if w.Lines > 0 {
		n = min(n, w.Lines)
	}
	r.known, r.min = true, fyne.NewSize(w.Width, float32(n)*w.lineHeight(b))
	switch {
	case w.Width > 0:
	case w.Elastic:
		r.min.Width = 2 * w.TextSize
	default:
		r.min.Width = ceil(b.Lines[0].Width + w.tracking()*float32(b.Len()))
	}
	return r.min
}

func (r *wordsRenderer) Layout(s fyne.Size) {
	if s.Width != r.width {
		r.build(s.Width)
	}
}

func (r *wordsRenderer) Refresh() {
	r.known = false
	r.build(r.w.Size().Width)
	canvas.Refresh(r.w)
}

// build lays the text out for a width and makes the objects that draw it.
func (r *wordsRenderer) build(width float32) {
	r.width = width
	w := r.w
	b := w.fit(width)
	used := 0
	height := w.lineHeight(b)
	for i := range b.Lines {
		l := &b.Lines[i]
		shift := float32(0)
		if w.Right {
			shift = width - l.Width - l.X
		}
		used = r.line(b, l, shift, float32(i)*height+(height-b.Height)/2, used)
	}
	r.objs = r.objs[:0]
	for _, t := range r.texts[:used] {
		r.objs = append(r.objs, t)
	}
}

func (r *wordsRenderer) line(b *layout.Block, l *layout.Line, x, y float32, used int) int {
	for i := range l.Runs {
		run := &l.Runs[i]
		top := y + b.Ascent - run.Ascent
		end := min(run.End, l.Trim)
		switch {
		case run.Start >= end:
		case r.w.tracking() > 0:
			for k := run.Start; k < end; k++ {
				r.put(used, b.Text(k, k+1), run.Face, x+b.CaretX(l, k)+r.w.tracking()*float32(k), top, 2*r.w.TextSize)
				used++
			}
		case run.Level == 0 && run.Face == setter().Chain(r.w.Face).Main():
			r.put(used, b.Text(run.Start, end), run.Face, x+run.X, top, run.W)
			used++
		default:
			for _, p := range b.Pieces(run) {
				r.put(used, p.Text, run.Face, x+p.X, top, p.W)
				used++
			}
		}
	}
	return used
}

func (r *wordsRenderer) put(i int, s string, face *layout.Face, x, y, width float32) {
	if i == len(r.texts) {
		r.texts = append(r.texts, &canvas.Text{})
	}
	t := r.texts[i]
	t.Text, t.TextSize, t.FontSource = s, r.w.TextSize, setter().Resource(face)
	if t.Color = r.w.Ink; r.w.Ink == nil {
		t.Color = theme.Color(r.w.Color)
	}
	// The true width, because Fyne leaves out what it thinks is outside; a height
	// below the face's own, because Fyne would centre the text in a greater one.
	place(t, x, y, ceil(width)+1, r.w.TextSize)
}

// fit lays the text out for a width, cut with an ellipsis where there are more
// lines than wanted.
func (w *Words) fit(width float32) *layout.Block {
	shown := []rune(w.flat())
	wrap := float32(0)
	if w.Lines != 1 {
		wrap = width
	}
	b := w.blockOf(string(shown), wrap)
	if w.Lines == 0 || len(b.Lines) < w.Lines {
		return b
	}
	last := &b.Lines[w.Lines-1]
	if len(b.Lines) == w.Lines && (last.Width <= width+0.5 || !w.Elastic) {
		return b
	}
	// The characters of the last line that leave room for the ellipsis.
	room := width - w.TextSize
	cut := last.Start
	for i := cut + 1; i <= last.Trim && b.Advance(last.Start, i) <= room; i++ {
		if b.Grapheme(i) {
			cut = i
		}
	}
	left := strings.TrimRight(string(shown[:cut]), " ,;:–—") + "…"
	return w.blockOf(left, wrap)
}

func ceil(f float32) float32 { return float32(math.Ceil(float64(f))) }

// Facts joins facts to a line that reads from left to right, whatever the script
// of each. Show it with Forward set.
func Facts(parts ...string) string {
	const mark = "\u200e" // keeps a number after an Arabic name where it belongs
	var said []string
	for _, p := range parts {
		if p != "" {
			said = append(said, p)
		}
	}
	return strings.Join(said, mark+" · ")
}
