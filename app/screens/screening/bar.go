package screening

import (
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/app/session"
	"lede/app/theme"
	"lede/app/widgets"
)

// Options is what the bar needs.
type Options struct {
	Decide func(annotate.Choice)
	Back   func() // to the article before
	Leave  func()
	Add    func() // adds the field to the schema
	Key    string // that leaves, as people see it
}

// State is what the bar shows.
type State struct {
	Field  annotate.Attribute
	Has    bool   // the schema has the field
	Value  string // of the open article, "" for none
	Off    bool   // nothing can be decided
	Count  session.Screened
	Counts bool // Count is known
}

// Bar is the bar.
type Bar struct {
	Object *fyne.Container

	o        Options
	row      *fyne.Container
	now      State
	buttons  []*button
	progress *widgets.Progress
	done     *widgets.Words
	counts   map[string]*widgets.Words // by value
}

const height float32 = 48

// New makes the bar.
func New(o Options) *Bar {
	b := &Bar{o: o, row: container.New(sides{}), progress: widgets.NewProgress()}
	b.done = widgets.NewLine("", theme.SmallSize, theme.Text)
	row := widgets.NewAtLeast(fyne.NewSize(0, height), widgets.NewPadded(widgets.Pad{Left: 12, Right: 6}, b.row))
	b.Object = container.New(underlined{}, row, b.progress)
	return b
}

// Show brings the bar up to date. The buttons are made anew only when the field is
// another one, so that one under the pointer stays.
func (b *Bar) Show(s State) {
	made := len(b.row.Objects) > 0
	same := made && s.Has == b.now.Has && annotate.SameRecord(s.Field, b.now.Field)
	b.now = s
	if !same {
		b.make()
	}
	for _, x := range b.buttons {
		x.set(s)
	}
	known := s.Counts && s.Has
	b.done.Text = ""
	b.progress.Set(0)
	if known {
		b.done.Text = fmt.Sprintf("%d of %d", s.Count.Done(), s.Count.Total)
		b.progress.Set(float64(s.Count.Done()) / float64(max(s.Count.Total, 1)))
	}
	for value, words := range b.counts {
		words.Text = ""
		if known {
			words.Text = strconv.Itoa(s.Count.By[value])
		}
	}
	b.row.Refresh()
	b.Object.Refresh()
}

func (b *Bar) make() {
	leave := small(b.o.Key, "leave", b.o.Leave)
	b.buttons = nil
	if !b.now.Has {
		why := widgets.NewElastic("The schema has no field that says whether an article is relevant.", theme.TextSize, theme.Text)
		add := widgets.NewPrimaryButton("Add the field “Relevance”", b.o.Add)
		add.Pad = widgets.Even(12, 5)
		b.row.Objects = []fyne.CanvasObject{widgets.NewStretch(12, 0, why, add), leave}
		return
	}
	choices := widgets.NewRow(5)
	for i, c := range b.now.Field.Choices {
		x := newButton(c, i, func() { b.o.Decide(c) })
		b.buttons = append(b.buttons, x)
		choices.Add(x.Surface)
	}
	each := widgets.NewRow(10)
	b.counts = map[string]*widgets.Words{}
	for _, c := range b.now.Field.Choices {
		if sign := signOf(c); sign != nil {
			b.counts[c.Name] = widgets.NewLine("", theme.SmallSize, theme.Dim)
			each.Add(widgets.NewRow(3, sign, b.counts[c.Name]))
		}
	}
	b.row.Objects = []fyne.CanvasObject{choices, leave, small("⌫", "back", b.o.Back), b.done, each}
}

// signOf is the sign of a value that everybody uses, nil for others.
func signOf(c annotate.Choice) fyne.CanvasObject {
	switch c.Name {
	case session.Relevant:
		return widgets.NewIcon(widgets.IconCheck, 13, theme.Success)
	case session.NotRelevant:
		return widgets.NewIcon(widgets.IconClose, 12, theme.Danger)
	case session.Unsure:
		mark := widgets.NewLine("?", theme.TextSize, theme.Warning)
		mark.Face = widgets.SansBold
		return mark
	}
	return nil
}

// small is a word with its key that does something.
func small(key, title string, do func()) *widgets.Surface {
	words := []fyne.CanvasObject{widgets.NewLine(title, theme.SmallSize, theme.Accent)}
	if key != "" {
		words = append([]fyne.CanvasObject{widgets.NewKeyCap(key)}, words...)
	}
	s := widgets.NewSurface(widgets.NewRow(5, words...), do)
	s.Pad, s.Radius = widgets.Even(6, 4), 4
	return s
}

// button is a choice: its sign, its name, its key.
type button struct {
	*widgets.Surface
	choice annotate.Choice
}

func newButton(c annotate.Choice, place int, decide func()) *button {
	x := &button{choice: c}
	var inside []fyne.CanvasObject
	if sign := signOf(c); sign != nil {
		inside = append(inside, sign)
	}
	inside = append(inside, widgets.NewLine(c.Called(), theme.TextSize, theme.Text))
	if place < 9 {
		inside = append(inside, widgets.NewKeyCap(strconv.Itoa(place+1)))
	}
	x.Surface = widgets.NewSurface(widgets.NewRow(5.5, inside...), decide)
	x.Color, x.Stroke, x.Radius, x.Pad, x.Least = theme.Raised, theme.Hairline, theme.Radius, widgets.Even(7, 4), fyne.NewSize(0, 28)
	return x
}

func (x *button) set(s State) {
	x.Off = s.Off
	x.Color, x.Stroke = theme.Raised, theme.Hairline
	if s.Value == x.choice.Name {
		x.Color, x.Stroke = theme.Tint, theme.Accent
	}
	x.Refresh()
}

// underlined draws the second object along the lower edge of the first.
type underlined struct{}

// MinSize is for Fyne.
func (underlined) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

// Layout is for Fyne.
func (underlined) Layout(o []fyne.CanvasObject, s fyne.Size) {
	const thick = 2
	o[0].Resize(s)
	o[1].Resize(fyne.NewSize(s.Width, thick))
	o[1].Move(fyne.NewPos(0, s.Height-thick))
}

// sides puts the first object at the left and the second at the right. Before that
// stand the others, as many of them in their order as there is room for.
type sides struct{}

const sideGap = 8

// MinSize is for Fyne.
func (sides) MinSize(o []fyne.CanvasObject) fyne.Size {
	if len(o) == 0 {
		return fyne.Size{}
	}
	return fyne.NewSize(o[0].MinSize().Width+sideGap+o[1].MinSize().Width, o[0].MinSize().Height)
}

// Layout is for Fyne.
func (sides) Layout(o []fyne.CanvasObject, s fyne.Size) {
	if len(o) == 0 {
		return
	}
	put := func(o fyne.CanvasObject, x, width float32) {
		h := o.MinSize().Height
		o.Move(fyne.NewPos(x, (s.Height-h)/2))
		o.Resize(fyne.NewSize(width, h))
	}
	left, right := o[0].MinSize().Width, s.Width
	fits := true
	for i, x := range o[1:] {
		width := x.MinSize().Width
		if fits = fits && (i == 0 || left+sideGap <= right-width); !fits {
			x.Hide()
			continue
		}
		x.Show()
		put(x, right-width, width)
		right -= width + sideGap
	}
	put(o[0], 0, max(0, right))
}
