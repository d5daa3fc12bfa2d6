package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"lede/app/theme"
)

// Pick is one of the options of Picks: words, the mark of a label before them, or
// a colour alone.
type Pick struct {
	Title string
	Mark  *Mark
	Color bool // the mark's colour, as a disc without words
	Line  bool // the mark's line, not its square, before the words
	On    bool
}

// Picks are options beside each other of which one or several are on. The keyboard
// stops at them once: arrow keys go from one to the next, Space and Enter pick it.
type Picks struct {
	widget.BaseWidget
	Options  []Pick
	Width    float32 // in which they wrap
	OnPicked func(i int)
	OnPoint  func(i int)             // the option under the pointer or the keyboard; -1 for none
	OnMoved  func(y, height float32) // the keyboard went to an option that lies there
	Off      bool                    // shown, and cannot be picked

	version int // of the options, which the renderer draws
	at      int // of the keyboard
	hovered int
	focused bool
	inside  []fyne.CanvasObject
	wide    []float32 // what is inside, where there is room
	places  []pickPlace
	height  float32
}

type pickPlace struct {
	at   fyne.Position
	size fyne.Size
}

const (
	pickHeight float32 = 26
	pickDisc   float32 = 26
	pickGap    float32 = 6
)

// NewPicks makes the options in a width.
func NewPicks(width float32, options []Pick, picked func(i int)) *Picks {
	p := &Picks{Options: options, Width: width, OnPicked: picked, hovered: -1}
	for i, o := range options {
		if o.On {
			p.at = i
			break
		}
	}
	p.Set(width, options)
	p.ExtendBaseWidget(p)
	return p
}

// Set offers other options in the place of those that were there. The keyboard stays
// where it is.
func (p *Picks) Set(width float32, options []Pick) {
	p.Options, p.Width, p.inside = options, width, nil
	p.wide = nil
	for i := range options {
		inside, wide := p.content(&p.Options[i])
		p.inside, p.wide = append(p.inside, inside), append(p.wide, wide)
	}
	p.at = max(0, min(p.at, len(options)-1))
	if p.hovered >= len(options) {
		p.hovered = -1
	}
	p.flow()
	p.version++
	p.Refresh()
}

// content is what stands in an option, and how wide it would like to be.
func (p *Picks) content(o *Pick) (inside fyne.CanvasObject, wide float32) {
	if o.Color {
		return nil, 0
	}
	color := theme.Dim
	if o.On {
		color = theme.Text
	}
	words := NewElastic(o.Title, 12, color)
	wide = NewLine(o.Title, 12, color).MinSize().Width
	mark := fyne.CanvasObject(nil)
	switch {
	case o.Mark != nil && o.Line:
		mark = NewPattern(*o.Mark)
	case o.Mark != nil:
		mark = NewSwatch(*o.Mark)
	default:
		return words, wide
	}
	const gap = 6
	return NewStretch(gap, 1, mark, words), wide + gap + mark.MinSize().Width
}

// flow gives every option its place.
func (p *Picks) flow() {
	p.places = p.places[:0]
	var x, y float32
	for i := range p.Options {
		size := fyne.NewSize(pickDisc, pickHeight)
		if p.inside[i] != nil {
			size.Width = min(p.wide[i]+21, p.Width)
		}
		if x > 0 && x+size.Width > p.Width {
			x, y = 0, y+pickHeight+pickGap
		}
		p.places = append(p.places, pickPlace{fyne.NewPos(x, y), size})
		x += size.Width + pickGap
	}
	p.height = y + pickHeight
}

func (p *Picks) optionAt(pos fyne.Position) int {
	for i, q := range p.places {
		if pos.X >= q.at.X && pos.Y >= q.at.Y && pos.X < q.at.X+q.size.Width && pos.Y < q.at.Y+q.size.Height {
			return i
		}
	}
	return -1
}

func (p *Picks) pick(i int) {
	if i >= 0 && i < len(p.Options) && !p.Off && p.OnPicked != nil {
		p.at = i
		p.OnPicked(i)
	}
}

func (p *Picks) point(i int) {
	if p.OnPoint != nil {
		p.OnPoint(i)
	}
}

// Tapped is for Fyne.
func (p *Picks) Tapped(e *fyne.PointEvent) { p.pick(p.optionAt(e.Position)) }

// MouseIn is for Fyne.
func (p *Picks) MouseIn(e *desktop.MouseEvent) { p.MouseMoved(e) }

// MouseMoved is for Fyne.
func (p *Picks) MouseMoved(e *desktop.MouseEvent) { p.hover(p.optionAt(e.Position)) }

// MouseOut is for Fyne.
func (p *Picks) MouseOut() { p.hover(-1) }

func (p *Picks) hover(i int) {
	if p.hovered != i {
		p.hovered = i
		p.point(i)
		p.Refresh()
	}
}

// Cursor is for Fyne.
func (p *Picks) Cursor() desktop.Cursor {
	if p.hovered < 0 || p.Off {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// FocusGained is for Fyne.
func (p *Picks) FocusGained() {
	p.focused = true
	p.point(p.at)
	p.Refresh()
	if OnFocus != nil {
		OnFocus(p)
	}
}

// FocusLost is for Fyne.
func (p *Picks) FocusLost() {
	p.focused = false
	p.point(-1)
	p.Refresh()
}

// At is the option at which the keyboard is.
func (p *Picks) At() int { return p.at }

// GoTo brings the keyboard to an option.
func (p *Picks) GoTo(i int) {
	p.at = max(0, min(i, len(p.Options)-1))
	if p.focused {
		p.point(p.at)
	}
	if p.OnMoved != nil && p.at < len(p.places) {
		p.OnMoved(p.places[p.at].at.Y, pickHeight)
	}
	p.Refresh()
}

// Disabled, Enable and Disable keep what cannot be picked out of the Tab order.
func (p *Picks) Disabled() bool { return p.Off || len(p.Options) == 0 }

// Enable is for Fyne.
func (p *Picks) Enable() { p.Off = false }

// Disable is for Fyne.
func (p *Picks) Disable() { p.Off = true }

// KeyDown is for Fyne.
func (p *Picks) KeyDown(e *fyne.KeyEvent) { down(e) }

// KeyUp is for Fyne.
func (p *Picks) KeyUp(e *fyne.KeyEvent) { up(e) }

// TypedRune is for Fyne.
func (p *Picks) TypedRune(rune) {}

// TypedKey is for Fyne.
func (p *Picks) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft, fyne.KeyUp:
		p.GoTo(p.at - 1)
	case fyne.KeyRight, fyne.KeyDown:
		p.GoTo(p.at + 1)
	case fyne.KeyHome:
		p.GoTo(0)
	case fyne.KeyEnd:
		p.GoTo(len(p.Options) - 1)
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		p.pick(p.at)
	default:
		leftover(e)
	}
}

// CreateRenderer is for Fyne.
func (p *Picks) CreateRenderer() fyne.WidgetRenderer {
	p.ExtendBaseWidget(p)
	r := &picksRenderer{p: p}
	r.build()
	r.colour()
	r.Layout(p.Size())
	return r
}

type picksRenderer struct {
	p       *Picks
	version int // that the objects are for
	backs   []*canvas.Rectangle
	discs   []*canvas.Circle
	objs    []fyne.CanvasObject
}

func (r *picksRenderer) Destroy()                     {}
func (r *picksRenderer) MinSize() fyne.Size           { return fyne.NewSize(0, r.p.height) }
func (r *picksRenderer) Objects() []fyne.CanvasObject { return r.objs }

func (r *picksRenderer) Layout(fyne.Size) {
	for i, q := range r.p.places {
		place(r.backs[i], q.at.X, q.at.Y, q.size.Width, q.size.Height)
		if disc := r.discs[i]; disc != nil {
			place(disc, q.at.X+4, q.at.Y+4, q.size.Width-8, q.size.Height-8)
			continue
		}
		o := r.p.inside[i]
		h := o.MinSize().Height
		place(o, q.at.X+10, q.at.Y+(q.size.Height-h)/2, q.size.Width-20, h)
	}
}

// build makes the objects of the options.
func (r *picksRenderer) build() {
	r.version, r.backs, r.discs, r.objs = r.p.version, nil, nil, nil
	for i := range r.p.Options {
		back := &canvas.Rectangle{CornerRadius: pickHeight / 2}
		r.backs, r.objs = append(r.backs, back), append(r.objs, back)
		if r.p.Options[i].Color {
			disc := &canvas.Circle{}
			r.discs, r.objs = append(r.discs, disc), append(r.objs, disc)
			continue
		}
		r.discs, r.objs = append(r.discs, nil), append(r.objs, r.p.inside[i])
	}
}

func (r *picksRenderer) Refresh() {
	if r.version != r.p.version {
		r.build()
		r.Layout(r.p.Size())
	}
	r.colour()
	canvas.Refresh(r.p)
}

func (r *picksRenderer) colour() {
	for i, o := range r.p.Options {
		b := r.backs[i]
		switch {
		case o.Color && o.On:
			paint(b, "", theme.Text, pickHeight/2)
			b.StrokeWidth = 1.5
		case o.Color:
			paint(b, "", "", pickHeight/2)
		case o.On:
			paint(b, theme.Tint, theme.Accent, pickHeight/2)
		default:
			paint(b, theme.Raised, theme.Hairline, pickHeight/2)
		}
		if i == r.p.hovered && !o.On && !r.p.Off {
			b.FillColor = theme.Color(theme.Hover)
		}
		if r.p.focused && i == r.p.at {
			b.StrokeColor, b.StrokeWidth = theme.Color(theme.Accent), 2
			if b.FillColor == nil {
				b.FillColor = glass(b.StrokeColor)
			}
		}
		if disc := r.discs[i]; disc != nil {
			disc.FillColor = o.Mark.Ink()
		}
	}
}
