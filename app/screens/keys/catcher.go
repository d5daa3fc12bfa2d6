package keys

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"lede/app/commands"
	"lede/app/theme"
	"lede/app/widgets"
)

// catcher has the focus while a new key is waited for. It takes the key when it
// goes up: until then Fyne sends more events of the same press, which would act on
// whatever has the focus by then.
type catcher struct {
	widget.BaseWidget
	system commands.System
	mods   func() fyne.KeyModifier
	caught func(commands.Shortcut)
	gone   func() // given up: Esc, or the focus went elsewhere

	words   *widgets.Words
	waiting bool
	down    fyne.KeyName
	got     commands.Shortcut
	have    bool
}

func newCatcher(system commands.System, mods func() fyne.KeyModifier) *catcher {
	c := &catcher{system: system, mods: mods, words: widgets.NewElastic("", theme.TextSize, theme.Accent)}
	c.ExtendBaseWidget(c)
	return c
}

// wait begins to wait; who calls it gives the catcher the focus.
func (c *catcher) wait(words string, caught func(commands.Shortcut), gone func()) {
	c.words.SetText(words)
	c.waiting, c.down, c.have = true, "", false
	c.caught, c.gone = caught, gone
}

func (c *catcher) end(do func()) {
	if c.waiting {
		c.waiting = false
		do()
	}
}

// KeyDown is for Fyne.
func (c *catcher) KeyDown(e *fyne.KeyEvent) {
	s, ok := commands.Pressed(e.Name, c.mods(), c.system)
	c.down = e.Name
	if ok {
		c.got, c.have = s, true
	}
}

// KeyUp is for Fyne.
func (c *catcher) KeyUp(e *fyne.KeyEvent) {
	if e.Name != c.down {
		return
	}
	switch {
	case c.have && c.got.Key == fyne.KeyEscape:
		c.end(c.gone)
	case c.have:
		got := c.got
		c.end(func() { c.caught(got) })
	}
}

// TypedRune is for Fyne.
func (c *catcher) TypedRune(r rune) {
	if s, ok := commands.Typed(r); ok && !c.have {
		c.got, c.have = s, true
	}
}

// TypedKey is for Fyne.
func (c *catcher) TypedKey(*fyne.KeyEvent) {}

// TypedShortcut is for Fyne.
func (c *catcher) TypedShortcut(fyne.Shortcut) {}

// AcceptsTab is for Fyne: Tab can be a key as well.
func (c *catcher) AcceptsTab() bool { return true }

// FocusGained is for Fyne.
func (c *catcher) FocusGained() {}

// FocusLost is for Fyne.
func (c *catcher) FocusLost() { c.end(c.gone) }

// Tapped is for Fyne: a click on it is no click elsewhere.
func (c *catcher) Tapped(*fyne.PointEvent) {}

// CreateRenderer is for Fyne.
func (c *catcher) CreateRenderer() fyne.WidgetRenderer {
	back := &canvas.Rectangle{CornerRadius: theme.SmallRadius, StrokeWidth: 1.5, StrokeColor: theme.Color(theme.Accent), FillColor: theme.Color(theme.Tint)}
	return widget.NewSimpleRenderer(container.NewStack(back, widgets.NewPadded(widgets.Even(10, 6), c.words)))
}

// heldNow are the modifiers that are held, from the driver.
func heldNow() fyne.KeyModifier {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()
	}
	return 0
}
