package sheet

import (
	"fyne.io/fyne/v2"

	"lede/app/theme"
	"lede/app/widgets"
)

// Choice is a field with a closed list of values. Space and a click open the
// list, the arrow keys go through it, Enter is the sheet's.
type Choice struct {
	widgets.Surface
	Titles    []string
	OnChanged func(int)

	chosen int
	words  *widgets.Words
	sheet  *Sheet
}

// NewChoice makes a field of the sheet with one value chosen.
func NewChoice(s *Sheet, titles []string, chosen int, changed func(int)) *Choice {
	c := &Choice{Titles: titles, OnChanged: changed, chosen: chosen, sheet: s}
	c.words = widgets.NewElastic("", theme.TextSize, theme.Text)
	c.Content = widgets.NewStretch(8, 0, c.words, widgets.NewIcon(widgets.IconDown, 14, theme.Dim))
	c.Color, c.Stroke, c.Radius, c.Pad = theme.Raised, theme.Hairline, theme.SmallRadius, widgets.Even(9, 4)
	c.Least = fyne.NewSize(80, 28)
	c.OnTapped = c.open
	c.ExtendBaseWidget(c)
	c.show()
	return c
}

// Chosen is the number of the chosen value, -1 if there is none.
func (c *Choice) Chosen() int { return c.chosen }

// Set offers other values and chooses one, without telling OnChanged.
func (c *Choice) Set(titles []string, chosen int) {
	c.Titles, c.chosen = titles, chosen
	c.show()
}

func (c *Choice) show() {
	c.words.Text = ""
	if c.chosen >= 0 && c.chosen < len(c.Titles) {
		c.words.Text = c.Titles[c.chosen]
	}
	c.words.Refresh()
	c.Refresh()
}

func (c *Choice) choose(i int) {
	if i < 0 || i >= len(c.Titles) || i == c.chosen {
		return
	}
	c.chosen = i
	c.show()
	if c.OnChanged != nil {
		c.OnChanged(i)
	}
}

func (c *Choice) open() {
	menu := fyne.NewMenu("")
	for i, title := range c.Titles {
		item := fyne.NewMenuItem(title, func() { c.choose(i) })
		item.Checked = i == c.chosen
		menu.Items = append(menu.Items, item)
	}
	widgets.ShowMenuBelow(menu, c.sheet.canvas, c)
}

// TypedKey is for Fyne.
func (c *Choice) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyUp:
		c.choose(c.chosen - 1)
	case fyne.KeyDown:
		c.choose(c.chosen + 1)
	case fyne.KeyHome:
		c.choose(0)
	case fyne.KeyEnd:
		c.choose(len(c.Titles) - 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		c.sheet.Done()
	default:
		c.Surface.TypedKey(e)
	}
}
