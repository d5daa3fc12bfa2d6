package welcome

import (
	"fmt"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

// Options is what the screen needs.
type Options struct {
	Version string
	Recent  []Recent
	Now     time.Time

	NewKey, OpenKey, SheetKey, PaletteKey string // shortcuts as people see them

	Sample, New, Open func()
	OpenPath, Forget  func(path string)
}

// Recent is a project that was open.
type Recent struct {
	Path, Title string
	When        time.Time
}

// Progress is how far a project is, found out after the screen is shown.
type Progress struct {
	Done, Total int
	Missing     bool
}

// Screen is the welcome screen.
type Screen struct {
	Object fyne.CanvasObject
	o      Options
	First  fyne.Focusable // where the keyboard begins
	facts  map[string]*widgets.Words
	rows   *fyne.Container
}

// column is the width of each of the two columns.
const column float32 = 422

// New makes the screen.
func New(o Options) *Screen {
	s := &Screen{o: o, facts: map[string]*widgets.Words{}}
	left := widgets.NewColumn(10,
		newWordmark(),
		widgets.NewPadded(widgets.Pad{Bottom: 24}, s.motto()),
		s.card(widgets.IconPlay, "Try the sample project", "Five short articles, ready to tag. Nothing to set up.", "", o.Sample, true),
		s.card(widgets.IconPlus, "New project", "News, names, protest, ACLED, ACE … or your own codebook", o.NewKey, o.New, false),
		s.card(widgets.IconOpen, "Open or import", ".lede projects · text files, folders, tables, JSON lines, brat …", o.OpenKey, o.Open, false),
	)
	right := widgets.NewColumn(0, s.recent(), widgets.NewSpace(0, 20), newDrop())
	foot := widgets.NewLine(fmt.Sprintf("%s shortcuts · %s every command · version %s", o.SheetKey, o.PaletteKey, o.Version), 12, theme.Dim)
	page := container.New(columns{}, left, right, foot)
	s.Object = container.NewStack(widgets.NewFill(theme.Page), page)
	return s
}

// columns lays the two columns out in the middle, the second below the line of
// the first's name, and the foot at the bottom. In a narrow window the first
// stands alone.
type columns struct{}

// MinSize is for Fyne.
func (columns) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(column+48, 480) }

// Layout is for Fyne.
func (columns) Layout(o []fyne.CanvasObject, s fyne.Size) {
	const gap float32 = 56
	width := 2*column + gap
	x := (s.Width - width) / 2
	two := s.Width >= width+48
	if !two {
		x = (s.Width - column) / 2
	}
	top := max(24, min(92, (s.Height-o[0].MinSize().Height)/2-24))
	o[0].Move(fyne.NewPos(x, top))
	o[0].Resize(fyne.NewSize(column, o[0].MinSize().Height))
	if two {
		o[1].Move(fyne.NewPos(x+column+gap, top+36))
	} else {
		o[1].Move(fyne.NewPos(x, top+o[0].MinSize().Height+24))
	}
	o[1].Resize(fyne.NewSize(column, o[1].MinSize().Height))
	m := o[2].MinSize()
	o[2].Move(fyne.NewPos((s.Width-m.Width)/2, s.Height-m.Height-20))
	o[2].Resize(m)
}

func (s *Screen) motto() fyne.CanvasObject {
	w := widgets.NewParagraph("Mark up articles by pointing at them. Everything stays on this computer.", 16, column, theme.Dim)
	w.Face, w.Spread = widgets.Serif, 26
	return w
}

func (s *Screen) card(icon widgets.IconName, title, text, key string, tapped func(), first bool) fyne.CanvasObject {
	const tileSide, keyWidth float32 = 34, 64
	tile := widgets.NewFill(theme.Tint)
	tile.Radius, tile.Least = theme.SmallRadius, fyne.NewSquareSize(tileSide)
	picture := container.NewStack(tile, container.NewCenter(widgets.NewIcon(icon, 18, theme.Accent)))
	room := column - 28 - tileSide - 28
	if key != "" {
		room -= keyWidth
	}
	words := widgets.NewParagraph(text, 12, room, theme.Dim)
	words.Spread = 20
	texts := widgets.NewColumn(1, widgets.NewElastic(title, 14, theme.Text), words)
	line := []fyne.CanvasObject{picture, widgets.NewPadded(widgets.Pad{Left: 14, Right: 14}, texts)}
	if key != "" {
		line = append(line, widgets.NewLine(key, 11, theme.Dim))
	}
	card := widgets.NewCard(widgets.NewStretch(0, 1, line...), tapped)
	if first {
		card.Stroke = theme.Accent
		s.First = card
	}
	return card
}

func (s *Screen) recent() fyne.CanvasObject {
	s.rows = widgets.NewColumn(0)
	for _, r := range s.o.Recent {
		s.rows.Add(s.row(r))
	}
	if len(s.o.Recent) == 0 {
		return widgets.NewColumn(12, widgets.NewHead("Recent"),
			widgets.NewLine("Projects that you open are listed here.", theme.TextSize, theme.Dim))
	}
	return widgets.NewColumn(10, widgets.NewHead("Recent"), s.rows)
}

func (s *Screen) row(r Recent) fyne.CanvasObject {
	facts := widgets.NewLine(s.when(r), theme.SmallSize-0.5, theme.Dim)
	facts.Right = true
	s.facts[r.Path] = facts
	head := widgets.NewStretch(12, 0, widgets.NewElastic(r.Title, theme.TextSize, theme.Text), facts)
	path := widgets.NewElastic(sheet.Short(r.Path), theme.SmallSize-0.5, theme.Dim)
	row := widgets.NewSurface(widgets.NewColumn(3, head, path), func() { s.o.OpenPath(r.Path) })
	row.Pad, row.Radius = widgets.Even(12, 10), theme.Radius
	row.OnSecondary = func(at fyne.Position) {
		item := fyne.NewMenuItem("Remove from this list", func() { s.o.Forget(r.Path) })
		if c := fyne.CurrentApp().Driver().CanvasForObject(row); c != nil {
			widgets.ShowMenu(fyne.NewMenu("", item), c, at)
		}
	}
	return row
}

// Tell shows how far a project is.
func (s *Screen) Tell(path string, p Progress) {
	facts := s.facts[path]
	if facts == nil {
		return
	}
	words := ""
	switch {
	case p.Missing:
		words = "not found"
		if dir := filepath.Dir(path); dir != "" {
			words = "not there now"
		}
	case p.Total == 0:
		words = "empty"
	case p.Done == p.Total:
		words = "done"
	default:
		words = fmt.Sprintf("%s of %s done", sheet.Number(p.Done), sheet.Number(p.Total))
	}
	for _, r := range s.o.Recent {
		if r.Path == path {
			words += " · " + s.when(r)
		}
	}
	facts.SetText(words)
	s.rows.Refresh()
}

// when says when a project was open, as people do.
func (s *Screen) when(r Recent) string {
	day := func(t time.Time) time.Time {
		return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	}
	then, now := r.When.Local(), s.o.Now.Local()
	switch days := int(day(now).Sub(day(then)).Hours() / 24); {
	case days <= 0:
		return "today"
	case days == 1:
		return "yesterday"
	case then.Year() == now.Year():
		return then.Format("2 Jan")
	}
	return then.Format("2 Jan 2006")
}

// wordmark is the name of the program, half of it marked as a quote.
type wordmark struct{ widget.BaseWidget }

func newWordmark() *wordmark {
	w := &wordmark{}
	w.ExtendBaseWidget(w)
	return w
}

// CreateRenderer is for Fyne.
func (w *wordmark) CreateRenderer() fyne.WidgetRenderer {
	r := &wordmarkRenderer{}
	for _, t := range []string{"Le", "de"} {
		words := widgets.NewLine(t, 40, theme.Text)
		words.Face = widgets.SerifBold
		r.words = append(r.words, words)
	}
	r.fill, r.upper, r.lower = &canvas.Rectangle{}, &canvas.Rectangle{}, &canvas.Rectangle{}
	r.colour()
	return r
}

type wordmarkRenderer struct {
	words              []*widgets.Words
	fill, upper, lower *canvas.Rectangle
}

const markHeight float32 = 60

// Destroy is for Fyne.
func (r *wordmarkRenderer) Destroy() {}

// MinSize is for Fyne.
func (r *wordmarkRenderer) MinSize() fyne.Size { return fyne.NewSize(120, markHeight) }

// Objects is for Fyne.
func (r *wordmarkRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.fill, r.upper, r.lower, r.words[0], r.words[1]}
}

// Layout is for Fyne.
func (r *wordmarkRenderer) Layout(fyne.Size) {
	first, second := r.words[0].MinSize(), r.words[1].MinSize()
	top := (markHeight-first.Height)/2 - 2
	r.words[0].Move(fyne.NewPos(0, top))
	r.words[0].Resize(first)
	r.words[1].Move(fyne.NewPos(first.Width, top))
	r.words[1].Resize(second)
	bar := func(o *canvas.Rectangle, y, h float32) {
		o.Move(fyne.NewPos(first.Width, y))
		o.Resize(fyne.NewSize(second.Width, h))
	}
	bar(r.fill, 0, 55)
	bar(r.upper, 55, 2)
	bar(r.lower, 58, 2)
}

// Refresh is for Fyne.
func (r *wordmarkRenderer) Refresh() {
	r.colour()
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

func (r *wordmarkRenderer) colour() {
	quote := theme.LabelColor("#00805d", "#3fd0a4")
	r.fill.FillColor = theme.Fade(quote, 0.15)
	r.upper.FillColor, r.lower.FillColor = quote, quote
}
