package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/app/theme"
)

// Tabs is a strip of words, the chosen one underlined in the accent colour.
type Tabs struct {
	*fyne.Container
	OnChosen func(int)

	tabs   []*tab
	chosen int
}

type tab struct {
	*Surface
	words *Words
	line  *Fill
}

// TabHeight is the height of a strip of tabs.
const TabHeight float32 = 41

// NewTabs makes the strip; the first tab is chosen.
func NewTabs(gap float32, titles ...string) *Tabs {
	t := &Tabs{}
	var objects []fyne.CanvasObject
	for i, title := range titles {
		one := &tab{words: NewLine(title, theme.TextSize, theme.Dim), line: NewFill("")}
		one.line.Least = fyne.NewSize(0, 2)
		inside := NewFrame(nil, one.line, nil, nil, NewRow(0, one.words))
		one.Surface = NewSurface(inside, func() { t.tapped(i) })
		one.Still, one.Radius, one.Least = true, 0, fyne.NewSize(0, TabHeight)
		t.tabs = append(t.tabs, one)
		objects = append(objects, one.Surface)
	}
	t.Container = NewRow(gap, objects...)
	t.Choose(0)
	return t
}

func (t *Tabs) tapped(i int) {
	t.Choose(i)
	if t.OnChosen != nil {
		t.OnChosen(i)
	}
}

// Chosen is the number of the chosen tab.
func (t *Tabs) Chosen() int { return t.chosen }

// Choose makes a tab the chosen one, without telling OnChosen.
func (t *Tabs) Choose(i int) {
	t.chosen = i
	for k, one := range t.tabs {
		one.words.Color, one.line.Color = theme.Dim, ""
		if k == i {
			one.words.Color, one.line.Color = theme.Text, theme.Accent
		}
		one.Refresh()
	}
}

// SetTitle renames a tab; "" hides it.
func (t *Tabs) SetTitle(i int, title string) {
	one := t.tabs[i]
	if one.words.Text == title {
		return
	}
	one.words.Text = title
	if title == "" {
		one.Hide()
	} else {
		one.Show()
	}
	one.Refresh()
	t.Refresh()
}

// Segments is a switch of a few words of which one is chosen.
type Segments struct {
	*fyne.Container
	OnChosen func(int)
	parts    []*Surface
	words    []*Words
}

// NewSegments makes the switch.
func NewSegments(titles ...string) *Segments {
	g := &Segments{}
	var objects []fyne.CanvasObject
	for i, title := range titles {
		w := NewLine(title, theme.SmallSize+0.5, theme.Dim)
		s := NewSurface(w, func() {
			g.Choose(i)
			if g.OnChosen != nil {
				g.OnChosen(i)
			}
		})
		s.Pad, s.Radius = Even(9, 4), theme.SmallRadius
		g.parts, g.words, objects = append(g.parts, s), append(g.words, w), append(objects, s)
	}
	back := NewFill(theme.Hover)
	back.Radius = theme.Radius
	g.Container = container.NewStack(back, NewPadded(Even(2, 2), NewRow(2, objects...)))
	g.Choose(0)
	return g
}

// Choose makes a part the chosen one, without telling OnChosen.
func (g *Segments) Choose(chosen int) {
	for i, s := range g.parts {
		s.Color, s.Stroke, g.words[i].Color = "", "", theme.Dim
		if i == chosen {
			s.Color, s.Stroke, g.words[i].Color = theme.Raised, theme.Hairline, theme.Text
		}
		s.Refresh()
	}
}
