package inspector

import (
	"slices"

	"fyne.io/fyne/v2"

	"lede/app/widgets"
)

// controlsIn are what can have the keyboard in an object, in the order of Tab.
func controlsIn(o fyne.CanvasObject) []fyne.Focusable {
	if o == nil || !o.Visible() {
		return nil
	}
	switch o := o.(type) {
	case *widgets.Surface:
		if o.Disabled() {
			return controlsIn(o.Content)
		}
		return []fyne.Focusable{o}
	case *widgets.Field:
		if !o.Disabled() {
			return []fyne.Focusable{o}
		}
	case *fyne.Container:
		var all []fyne.Focusable
		for _, part := range o.Objects {
			all = append(all, controlsIn(part)...)
		}
		return all
	}
	return nil
}

func (p *Panel) controls() []fyne.Focusable {
	return append(controlsIn(p.tabs.Container), controlsIn(p.body)...)
}

// place is where the keyboard is among the controls, -1 if it is elsewhere.
func (p *Panel) place() int {
	if p.o.Canvas.Focused() == nil {
		return -1
	}
	return slices.Index(p.controls(), p.o.Canvas.Focused())
}

// put gives the keyboard to the control at a place, or to the last one.
func (p *Panel) put(place int) {
	if all := p.controls(); place >= 0 && len(all) > 0 {
		p.focus(all[min(place, len(all)-1)])
	}
}

// after ends what a control did. Whoever pressed it by a key goes on in the panel;
// the hand at the pointer goes on in the text.
func (p *Panel) after() {
	if !widgets.ByKey {
		p.o.Focus()
		return
	}
	place := p.place()
	if place < 0 {
		place = p.last // a menu is in front
	}
	p.show()
	p.put(place)
}

// FocusFirst puts the keyboard into the panel: at the first control of the tab, or
// at the tabs if it has none.
func (p *Panel) FocusFirst() {
	if inside := controlsIn(p.body); len(inside) > 0 {
		p.focus(inside[0])
		return
	}
	p.put(0)
}

// HasFocus says whether the keyboard is in the panel.
func (p *Panel) HasFocus() bool { return p.place() >= 0 }

// Focused hears that something got the keyboard: if it is a control of the panel,
// it is brought into sight.
func (p *Panel) Focused(o fyne.CanvasObject) {
	f, ok := o.(fyne.Focusable)
	if !ok {
		return
	}
	place := slices.Index(p.controls(), f)
	if place < 0 {
		return
	}
	p.last = place
	if slices.Index(controlsIn(p.body), f) < 0 {
		return // the tabs do not scroll
	}
	const room = 8
	y := p.placeOf(o).Y - p.scrollPlace().Y
	switch below := y + o.Size().Height + room - p.scroll.Size().Height; {
	case y < room:
		p.scroll.Offset.Y = max(0, p.scroll.Offset.Y+y-room)
	case below > 0:
		p.scroll.Offset.Y += below
	default:
		return
	}
	p.scroll.Refresh()
}

// reveal brings a field into sight with room for a list below it, as far as there is
// something to scroll.
func (p *Panel) reveal(o fyne.CanvasObject) {
	const list = 300
	view := p.scroll.Size().Height
	y := p.placeOf(o).Y - p.scrollPlace().Y
	furthest := max(0, p.scroll.Content.MinSize().Height-view)
	if by := y + o.Size().Height + list - view; by > 0 {
		p.scroll.Offset.Y = min(furthest, p.scroll.Offset.Y+min(by, max(0, y-8)))
		p.scroll.Refresh()
	}
}

func (p *Panel) scrollPlace() fyne.Position {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(p.scroll)
}

// placeOf is where an object of the panel stands on the canvas. The driver knows only
// what was painted already, and what is shown anew was not.
func (p *Panel) placeOf(o fyne.CanvasObject) fyne.Position {
	at, _ := placeIn(p.scroll.Content, o)
	return p.scrollPlace().Add(at).Subtract(p.scroll.Offset)
}

// placeIn is where an object stands in one that holds it.
func placeIn(root, o fyne.CanvasObject) (fyne.Position, bool) {
	if root == o {
		return fyne.Position{}, true
	}
	if c, ok := root.(*fyne.Container); ok {
		for _, part := range c.Objects {
			if at, found := placeIn(part, o); found {
				return part.Position().Add(at), true
			}
		}
	}
	return fyne.Position{}, false
}
