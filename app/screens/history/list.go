package history

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/app/screens/sheet"
	"lede/app/widgets"
)

// most is how many rows are kept before all are forgotten.
const most = 5000

// place is where a position stands among others, which go down.
func place(positions []int64, position int64) (int, bool) {
	return slices.BinarySearchFunc(positions, position, func(p, want int64) int { return int(want - p) })
}

// row is the change of a row, as it was read last; if that is not since the list was
// found, it is read again soon. False says that it was never read.
func (p *Panel) row(i int) (annotate.PastRow, bool) {
	if i < 0 || i >= len(p.positions) {
		return annotate.PastRow{}, false
	}
	position := p.positions[i]
	if !p.fresh[position] {
		p.want(position)
	}
	r, read := p.rows[position]
	return r, read
}

// want reads a row, with all others that are wanted at about the same time.
func (p *Panel) want(position int64) {
	const together = 15 * time.Millisecond
	if p.wanted[position] || p.reading[position] {
		return
	}
	p.wanted[position] = true
	if len(p.wanted) > 1 {
		return // it goes along
	}
	p.o.Later(together, p.read)
}

func (p *Panel) read() {
	if len(p.wanted) == 0 {
		return
	}
	wanted := make([]int64, 0, len(p.wanted))
	for position := range p.wanted {
		wanted = append(wanted, position)
	}
	p.wanted, p.reading = map[int64]bool{}, p.wanted
	found, store := p.found, p.o.Session.Store()
	p.o.Aside(func() {
		rows, err := store.PastRows(context.Background(), wanted)
		p.o.Dispatch(func() {
			if p.reading = nil; found != p.found || !p.Shown() {
				return // other changes are listed by now
			}
			if err != nil {
				p.o.Tell(err)
				return
			}
			if len(p.rows) > most {
				p.rows, p.fresh = map[int64]annotate.PastRow{}, map[int64]bool{}
			}
			for _, r := range rows {
				p.rows[r.Position], p.fresh[r.Position] = r, true
			}
			p.follow()
			p.list.Refresh()
		})
	})
}

// step goes through the list with the keys.
func (p *Panel) step(by int) { p.stand(max(0, min(p.current+by, len(p.positions)-1))) }

// stand makes a row the present one.
func (p *Panel) stand(i int) {
	p.current, p.stood = i, 0
	if i >= 0 && i < len(p.positions) {
		p.stood = p.positions[i]
	}
	p.list.ScrollTo(i)
	p.follow()
	p.list.Refresh()
}

// visit goes to where the change of a row was made.
func (p *Panel) visit(i int) {
	p.stand(i)
	if c, ok := p.row(i); ok {
		p.o.Go(c)
	}
}

func (p *Panel) typedKey(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyDelete, fyne.KeyBackspace:
		p.takeBack()
		return true
	case fyne.KeyV:
		p.LookBack()
		return true
	default:
		return false
	}
}

// takeBack takes the present change back, or brings it back if it was.
func (p *Panel) takeBack() {
	if c, ok := p.row(p.current); ok && c.CanUndo() {
		p.o.TakeBack(c, c.Undone)
	}
}

// LookBack asks for the project as it was right after the present change.
func (p *Panel) LookBack() {
	if c, ok := p.row(p.current); ok {
		p.o.LookBack(c)
	}
}

// menu offers what can be done about a change.
func (p *Panel) menu(i int, at fyne.Position) {
	p.Focus()
	p.stand(i)
	c, ok := p.row(i)
	if !ok {
		return
	}
	items := []*fyne.MenuItem{
		fyne.NewMenuItem("Go to where it was made", func() { p.visit(i) }),
		fyne.NewMenuItem("View the project as it was then", p.LookBack),
	}
	if p.undo.Visible() {
		items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(p.verb.Text, func() { p.o.TakeBack(c, c.Undone) }))
	}
	widgets.ShowMenu(fyne.NewMenu("", items...), p.o.Canvas, at)
}

// follow brings what is around the list up to date.
func (p *Panel) follow() {
	p.article.Set("This article", p.here)
	p.whole.Set("Whole project", !p.here)
	p.who.Text = "Everybody"
	if p.query.Actor != "" {
		p.who.Text = p.query.Actor
	}
	p.about.Text, p.since.Text = topicTitle(p.query.Topic), times[p.when].title
	p.words.Text = sheet.Count(len(p.positions), "change", "changes")
	c, ok := p.row(p.current)
	readOnly := p.o.Session.Store().Info().ReadOnly
	p.verb.Text = "Undo this change"
	if c.Undone {
		p.verb.Text = "Bring it back"
	}
	show(p.undo, ok && c.CanUndo() && !readOnly)
	show(p.then, ok)
	p.empty.Text = p.nothing()
	for _, o := range []fyne.CanvasObject{p.who, p.about, p.since, p.words, p.verb, p.empty, p.foot} {
		o.Refresh()
	}
	for _, picker := range p.pickers {
		picker.Refresh()
	}
}

// nothing is what stands in a list without changes.
func (p *Panel) nothing() string {
	switch {
	case len(p.positions) > 0:
		return ""
	case p.work.Busy():
		return "Looking…"
	case p.here && p.o.Session.Doc() == nil:
		return "No article is open."
	case p.asked():
		return "No change is like that."
	default:
		return ""
	}
}

func show(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}

// Says is the sentence at the foot.
func (p *Panel) Says() string { return p.words.Text }

// List is the list, for those who type into it.
func (p *Panel) List() fyne.Focusable { return p.list }

// GoTo goes to a change in the list, which lists the whole history then if it did not
// have it, and to where it was made.
func (p *Panel) GoTo(c annotate.PastRow) {
	p.stood = c.Position
	p.rows[c.Position] = c
	if at, listed := place(p.positions, c.Position); listed {
		p.Focus()
		p.visit(at)
		return
	}
	p.query, p.when, p.here = annotate.PastQuery{}, 0, false
	p.search.Put("")
	p.find()
	p.Focus()
	p.o.Go(c)
}
