package widgets

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Menu is a list of things to do over the window. Fyne's own has the interface's
// font only and draws text of two directions out of order; this one shows any
// article's words. Arrow keys, Enter, Esc and first letters work it, and the mouse.
type Menu struct {
	widget.BaseWidget
	canvas fyne.Canvas
	panels []*menuPanel // the list, and the one that an item of it opened
	shown  bool
}

// ShowMenu opens a menu with its upper left corner at a place of the canvas, or
// where there is room for it. Without items it opens none.
func ShowMenu(menu *fyne.Menu, c fyne.Canvas, at fyne.Position) *Menu {
	return showMenu(menu, c, func(fyne.Size) fyne.Position { return at }, 0)
}

// ShowMenuBelow opens a menu below an object, at least as wide as it.
func ShowMenuBelow(menu *fyne.Menu, c fyne.Canvas, o fyne.CanvasObject) *Menu {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o).AddXY(0, o.Size().Height+4)
	return showMenu(menu, c, func(fyne.Size) fyne.Position { return at }, o.Size().Width)
}

// ShowMenuAbove opens a menu above an object.
func ShowMenuAbove(menu *fyne.Menu, c fyne.Canvas, o fyne.CanvasObject) *Menu {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
	return showMenu(menu, c, func(s fyne.Size) fyne.Position { return at.AddXY(0, -s.Height-2) }, 0)
}

// ShowMenuInMiddle opens a menu in the middle of the window, some way down.
func ShowMenuInMiddle(menu *fyne.Menu, c fyne.Canvas, y float32) *Menu {
	return showMenu(menu, c, func(s fyne.Size) fyne.Position { return fyne.NewPos((c.Size().Width-s.Width)/2, y) }, 0)
}

func showMenu(menu *fyne.Menu, c fyne.Canvas, place func(fyne.Size) fyne.Position, least float32) *Menu {
	if c == nil || len(menu.Items) == 0 {
		return nil
	}
	m := &Menu{canvas: c, shown: true}
	m.ExtendBaseWidget(m)
	p := newMenuPanel(menu.Items, least)
	p.move(place(p.size), c.Size())
	m.panels = []*menuPanel{p}
	c.Overlays().Add(m)
	m.Resize(c.Size())
	c.Focus(m)
	return m
}

// First makes the first item that can be used the active one, so that Enter alone takes
// it. It is for menus in which that does no harm.
func (m *Menu) First() {
	m.top().step(1)
	m.Refresh()
}

// Close takes the menu away.
func (m *Menu) Close() {
	if m.shown {
		m.shown = false
		m.canvas.Overlays().Remove(m)
	}
}

// Shown says whether the menu is there.
func (m *Menu) Shown() bool { return m.shown }

func (m *Menu) top() *menuPanel { return m.panels[len(m.panels)-1] }

// at is the panel and the item at a place; -1 for none.
func (m *Menu) at(p fyne.Position) (panel, item int) {
	for i := len(m.panels) - 1; i >= 0; i-- {
		if q := m.panels[i]; q.holds(p) {
			return i, q.itemAt(p.Y)
		}
	}
	return -1, -1
}

// point makes an item the active one and opens the menu that it leads to.
func (m *Menu) point(panel, item int) {
	p := m.panels[panel]
	if panel == len(m.panels)-1 && p.active == item {
		return
	}
	if len(m.panels) > panel+1 && p.active == item {
		return
	}
	m.panels = m.panels[:panel+1]
	p.active = item
	m.open(false)
	m.Refresh()
}

// open shows the menu that the active item of the last panel leads to.
func (m *Menu) open(byKey bool) bool {
	p := m.top()
	if !p.usable(p.active) || p.items[p.active].ChildMenu == nil {
		return false
	}
	child := newMenuPanel(p.items[p.active].ChildMenu.Items, 0)
	at := fyne.NewPos(p.pos.X+p.size.Width-2, p.pos.Y+p.tops[p.active]-p.scroll-menuEdge)
	if at.X+child.size.Width > m.canvas.Size().Width {
		at.X = p.pos.X - child.size.Width + 2
	}
	child.move(at, m.canvas.Size())
	if byKey {
		child.step(1)
	}
	m.panels = append(m.panels, child)
	return true
}

// take does what the active item is for.
func (m *Menu) take() {
	p := m.top()
	if !p.usable(p.active) || m.open(true) {
		m.Refresh()
		return
	}
	item := p.items[p.active]
	m.Close()
	if item.Action != nil {
		item.Action()
	}
}

// Tapped is for Fyne.
func (m *Menu) Tapped(e *fyne.PointEvent) {
	panel, item := m.at(e.Position)
	switch {
	case panel < 0:
		m.Close()
	case item >= 0:
		m.point(panel, item)
		if panel == len(m.panels)-1 {
			m.take()
		}
	}
}

// TappedSecondary is for Fyne.
func (m *Menu) TappedSecondary(e *fyne.PointEvent) {
	if panel, _ := m.at(e.Position); panel < 0 {
		m.Close()
	}
}

// MouseIn is for Fyne.
func (m *Menu) MouseIn(e *desktop.MouseEvent) { m.MouseMoved(e) }

// MouseMoved is for Fyne.
func (m *Menu) MouseMoved(e *desktop.MouseEvent) {
	if panel, item := m.at(e.Position); panel >= 0 && item >= 0 {
		m.point(panel, item)
	}
}

// MouseOut is for Fyne.
func (m *Menu) MouseOut() {}

// Scrolled is for Fyne: a long menu turns under the wheel.
func (m *Menu) Scrolled(e *fyne.ScrollEvent) {
	m.top().scrollBy(-e.Scrolled.DY)
	m.Refresh()
}

// FocusGained is for Fyne.
func (m *Menu) FocusGained() {}

// FocusLost is for Fyne.
func (m *Menu) FocusLost() {}

// TypedRune goes to the next item that begins with a letter.
func (m *Menu) TypedRune(r rune) {
	p := m.top()
	for k := 1; k <= len(p.items); k++ {
		i := (max(p.active, -1) + k) % len(p.items)
		first, _ := utf8.DecodeRuneInString(p.items[i].Label)
		if p.usable(i) && strings.EqualFold(string(first), string(r)) {
			p.show(i)
			m.Refresh()
			return
		}
	}
}

// TypedKey is for Fyne.
func (m *Menu) TypedKey(e *fyne.KeyEvent) {
	p := m.top()
	switch e.Name {
	case fyne.KeyDown:
		p.step(1)
	case fyne.KeyUp:
		p.step(-1)
	case fyne.KeyHome:
		p.active = -1
		p.step(1)
	case fyne.KeyEnd:
		p.active = -1
		p.step(-1)
	case fyne.KeyRight:
		m.open(true)
	case fyne.KeyLeft:
		if len(m.panels) > 1 {
			m.panels = m.panels[:len(m.panels)-1]
		}
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		m.take()
		return
	case fyne.KeyEscape:
		m.Close()
		return
	}
	m.Refresh()
}
