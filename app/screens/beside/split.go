package beside

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"lede/app/theme"
)

// The least widths of the text alone, and of two texts and what is between them.
const (
	leastOne float32 = 320
	leastTwo float32 = 760
	grip     float32 = 7
)

// Split puts a pane beside the main text, with a line between that can be dragged.
type Split struct {
	Object *fyne.Container

	main, pane fyne.CanvasObject
	line       *divider
	share      float32 // of the main text
}

// NewSplit makes the split, the pane hidden.
func NewSplit(main, pane fyne.CanvasObject) *Split {
	s := &Split{main: main, pane: pane, share: 0.5}
	s.line = &divider{drag: s.drag}
	s.line.ExtendBaseWidget(s.line)
	s.Object = &fyne.Container{Layout: s, Objects: []fyne.CanvasObject{main, pane, s.line}}
	s.Open(false)
	return s
}

// Open shows or hides the pane.
func (s *Split) Open(on bool) {
	if on {
		s.pane.Show()
		s.line.Show()
	} else {
		s.pane.Hide()
		s.line.Hide()
	}
	s.Object.Refresh()
}

// IsOpen says whether the pane shows.
func (s *Split) IsOpen() bool { return s.pane.Visible() }

// MinSize is for Fyne: with less width other panels give way.
func (s *Split) MinSize([]fyne.CanvasObject) fyne.Size {
	if s.IsOpen() {
		return fyne.NewSize(leastTwo, 320)
	}
	return fyne.NewSize(leastOne, 320)
}

// Layout is for Fyne.
func (s *Split) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	main := size.Width
	if s.IsOpen() {
		const least = leastOne - 80 // in a window too narrow for both
		main = max(min(least, size.Width/2), min(size.Width*s.share, size.Width-min(least, size.Width/2)))
		s.line.Move(fyne.NewPos(main-grip/2, 0))
		s.line.Resize(fyne.NewSize(grip, size.Height))
		s.pane.Move(fyne.NewPos(main, 0))
		s.pane.Resize(fyne.NewSize(size.Width-main, size.Height))
	}
	s.main.Move(fyne.Position{})
	s.main.Resize(fyne.NewSize(main, size.Height))
}

// drag moves the line.
func (s *Split) drag(dx float32) {
	if w := s.Object.Size().Width; w > 0 {
		s.share = max(0.2, min(s.share+dx/w, 0.8))
		s.Layout(nil, s.Object.Size())
		canvas.Refresh(s.Object)
	}
}

// divider is the hairline between the texts, with room to take hold of it.
type divider struct {
	widget.BaseWidget
	drag func(dx float32)
	held bool
}

// Dragged is for Fyne.
func (d *divider) Dragged(e *fyne.DragEvent) {
	d.light(true)
	d.drag(e.Dragged.DX)
}

// DragEnd is for Fyne.
func (d *divider) DragEnd() { d.light(false) }

// MouseIn is for Fyne.
func (d *divider) MouseIn(*desktop.MouseEvent) { d.light(true) }

// MouseMoved is for Fyne.
func (d *divider) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (d *divider) MouseOut() { d.light(false) }

func (d *divider) light(on bool) {
	if d.held != on {
		d.held = on
		d.Refresh()
	}
}

// Cursor is for Fyne.
func (d *divider) Cursor() desktop.Cursor { return desktop.HResizeCursor }

// CreateRenderer is for Fyne.
func (d *divider) CreateRenderer() fyne.WidgetRenderer {
	r := &dividerRenderer{d: d, line: &canvas.Rectangle{}}
	r.colour()
	return r
}

type dividerRenderer struct {
	d    *divider
	line *canvas.Rectangle
}

func (r *dividerRenderer) Destroy()                     {}
func (r *dividerRenderer) MinSize() fyne.Size           { return fyne.NewSize(grip, 20) }
func (r *dividerRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.line} }

func (r *dividerRenderer) Layout(s fyne.Size) {
	r.line.Move(fyne.NewPos((grip-1)/2, 0))
	r.line.Resize(fyne.NewSize(1, s.Height))
}

func (r *dividerRenderer) Refresh() {
	r.colour()
	canvas.Refresh(r.d)
}

func (r *dividerRenderer) colour() {
	r.line.FillColor = theme.Color(theme.Hairline)
	if r.d.held {
		r.line.FillColor = theme.Color(theme.Accent)
	}
}
