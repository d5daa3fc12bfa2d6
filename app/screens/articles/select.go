package articles

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"lede/annotate"
	"lede/app/theme"
	"lede/app/widgets"
)

// Several articles can be selected, beside the open one: Ctrl+click and Shift+click,
// Shift with the arrow keys, Ctrl+A. What is done then is done to all of them, and they
// stay selected for what is done next. An article that leaves the list falls out; it is
// selected again if it comes back, by an undo, before anything else was selected.

// selection is what is selected.
type selection struct {
	ids         map[annotate.ID]bool
	out         map[annotate.ID]bool // fell out
	anchor, far int                  // the ends of the last range, rows
	bar         *fyne.Container
	count       *widgets.Words
	actions     *widgets.Surface
}

func (p *Panel) makeSelection() {
	s := &p.selected
	s.ids, s.out, s.anchor = map[annotate.ID]bool{}, map[annotate.ID]bool{}, -1
	s.count = widgets.NewElastic("", theme.TextSize, theme.Text)
	s.actions = widgets.NewBorderedButton("Actions ▾", p.ShowActions)
	none := widgets.NewLink("Clear", p.ClearSelection)
	s.bar = widgets.NewStretch(8, 0, s.count, none, s.actions)
	s.bar.Hide()
}

// ShowActions opens the menu of what can be done to the selected articles, if any are.
func (p *Panel) ShowActions() {
	if len(p.selected.ids) == 0 {
		return
	}
	s := &p.selected
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(s.actions)
	p.o.Bulk(p.Selected(), at.AddXY(0, s.actions.Size().Height+4))
}

// Selected are the selected articles; none when there is only the open one.
func (p *Panel) Selected() []annotate.ID {
	return slices.Sorted(maps.Keys(p.selected.ids))
}

// ClearSelection selects nothing.
func (p *Panel) ClearSelection() { p.choose(nil) }

// choose selects articles in the place of those that were.
func (p *Panel) choose(ids []annotate.ID) {
	p.selected.ids, p.selected.out = map[annotate.ID]bool{}, map[annotate.ID]bool{}
	for _, id := range ids {
		p.selected.ids[id] = true
	}
	p.refreshSelection()
}

// everSelected are the articles whose place in the list decides whether they are selected.
func (p *Panel) everSelected() []annotate.ID {
	return append(p.Selected(), slices.Collect(maps.Keys(p.selected.out))...)
}

// keepSelected takes in which of the articles that were asked about the list has. What
// was selected or cleared meanwhile stays so.
func (p *Panel) keepSelected(asked, has []annotate.ID) {
	s := &p.selected
	in, moved := map[annotate.ID]bool{}, false
	for _, id := range has {
		in[id] = true
	}
	for _, id := range asked {
		from, to := s.ids, s.out
		if in[id] {
			from, to = to, from
		}
		if from[id] {
			delete(from, id)
			to[id], moved = true, true
		}
	}
	if moved {
		s.anchor = -1 // its row is another article's now
		p.refreshSelection()
	}
}

func (p *Panel) refreshSelection() {
	n := len(p.selected.ids)
	p.selected.count.SetText(fmt.Sprintf("%s selected", number(n)))
	if n > 0 != p.selected.bar.Visible() {
		show(p.selected.bar, n > 0)
		p.Object.Refresh()
	}
	p.selected.bar.Refresh()
	p.rows.Refresh()
}

func modifiers() fyne.KeyModifier {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()
	}
	return 0
}

// tapped opens an article, or selects it when a modifier is held.
func (p *Panel) tapped(i int, id annotate.ID, mods fyne.KeyModifier) {
	switch {
	case mods&fyne.KeyModifierShift != 0:
		p.selectTo(i)
	case mods&fyne.KeyModifierShortcutDefault != 0:
		p.toggle(i, id)
	default:
		p.ClearSelection()
		p.selected.anchor = -1
		p.o.Open(id)
		p.o.Done()
		return
	}
	p.focus(p.rows)
}

// toggle selects an article or takes it out. The open one counts as the first.
func (p *Panel) toggle(i int, id annotate.ID) {
	s := &p.selected
	if doc := p.o.Session.Doc(); len(s.ids) == 0 && doc != nil && s.anchor < 0 {
		s.ids[doc.Article.ID] = true
	}
	if s.ids[id] {
		delete(s.ids, id)
	} else {
		s.ids[id] = true
	}
	s.out = map[annotate.ID]bool{}
	s.anchor, s.far = i, i
	p.refreshSelection()
}

// selectTo selects from where the last selection began, or the open article, to a row.
func (p *Panel) selectTo(row int) {
	s := &p.selected
	if s.anchor < 0 {
		s.anchor = 0
		if at, ok := p.current(); ok {
			s.anchor = at
		}
	}
	s.far = max(0, min(row, p.o.Session.List().Len()-1))
	p.rows.ScrollTo(s.far)
	from, to := min(s.anchor, s.far), max(s.anchor, s.far)
	p.selectRows(from, to-from+1)
}

// SelectAll selects all articles that the list has.
func (p *Panel) SelectAll() {
	p.selected.anchor, p.selected.far = 0, max(0, p.o.Session.List().Len()-1)
	p.selectRows(0, 0)
}

// selectRows selects rows, reading those that were not yet; limit 0 = to the end.
func (p *Panel) selectRows(from, limit int) {
	p.choosing++
	turn := p.choosing
	reading := p.o.Session.List().More()
	p.aside(func() {
		ids, err := reading.IDs(context.Background(), from, limit)
		p.o.Dispatch(func() {
			if turn == p.choosing && !p.failed(err) {
				p.choose(ids)
			}
		})
	})
}

// selectKey hears keys in the list: Shift with arrow keys selects, Esc gives up what is
// selected.
func (p *Panel) selectKey(e *fyne.KeyEvent) bool {
	if e.Name == fyne.KeyEscape && len(p.selected.ids) > 0 {
		p.ClearSelection()
		return true
	}
	steps := map[fyne.KeyName]int{fyne.KeyUp: -1, fyne.KeyDown: 1, fyne.KeyPageUp: -8, fyne.KeyPageDown: 8}[e.Name]
	if steps == 0 || modifiers()&fyne.KeyModifierShift == 0 {
		return false
	}
	s := &p.selected
	if s.anchor < 0 {
		s.far = 0
		if at, ok := p.current(); ok {
			s.far = at
		}
	}
	p.selectTo(s.far + steps)
	return true
}
