package schema

import (
	"slices"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/app/widgets"
)

// item is a line of the list.
type item struct {
	id           annotate.ID
	title, below string
	facts        string // dim, on the right
	key          string
	mark         *widgets.Mark
	marks        []widgets.Mark // small squares on the right: the labels it is for
	depth        int
}

// outline is the list of an area. Arrow keys choose, Shift+arrow moves, Enter goes
// into the form, Insert and "+" add, Delete deletes, letters do the rest; a line can
// be dragged and has a menu.
type outline struct {
	widgets.Rows
	e     *Editor
	lines []item
	whole bool // nothing is filtered away

	dragged annotate.ID
	target  int // the line before which the dragged one would stand
}

func newOutline(e *Editor) *outline {
	l := &outline{e: e, target: -1}
	l.Height, l.Quiet = rowHeight, true
	l.Count = func() int { return len(l.lines) }
	l.Make = func() fyne.CanvasObject { return newLine(l) }
	l.Fill = func(i int, row fyne.CanvasObject) { row.(*line).show(i) }
	l.ExtendBaseWidget(l)
	return l
}

// show lists what was looked for: words of the title, of the line below, or the
// key.
func (l *outline) show(items []item, looked string) {
	looked = strings.ToLower(strings.TrimSpace(looked))
	l.lines, l.whole = nil, looked == ""
	for _, it := range items {
		if looked == "" || it.id == draftID || strings.EqualFold(it.key, looked) ||
			strings.Contains(strings.ToLower(it.title+"\n"+it.below), looked) {
			l.lines = append(l.lines, it)
		}
	}
}

// nearest is a record that is in the list: the wanted one, or the first.
func (l *outline) nearest(id annotate.ID) annotate.ID {
	if l.index(id) >= 0 {
		return id
	}
	if len(l.lines) == 0 {
		return ""
	}
	return l.lines[0].id
}

func (l *outline) index(id annotate.ID) int {
	return slices.IndexFunc(l.lines, func(it item) bool { return it.id == id && id != "" })
}

// at is the chosen line, -1 for none.
func (l *outline) at() int { return l.index(l.e.chosen[l.e.now]) }

func (l *outline) step(by int) {
	if len(l.lines) == 0 {
		return
	}
	to := max(0, min(l.at()+by, len(l.lines)-1))
	l.e.choose(l.lines[to].id)
	l.ScrollTo(to)
}

// move puts a line before another, counted as they stand; the number of lines is
// the end.
func (l *outline) move(id annotate.ID, to int) {
	from := l.index(id)
	if from < 0 || !l.movable() || to == from || to == from+1 {
		return
	}
	var ids []annotate.ID
	for _, it := range l.lines {
		ids = append(ids, it.id)
	}
	if to > from {
		to--
	}
	ids = slices.Delete(ids, from, from+1)
	ids = slices.Insert(ids, max(0, min(to, len(ids))), id)
	l.e.area().arrange(ids)
}

// movable says whether lines can be put in another order: all must be in sight,
// and the order must mean something.
func (l *outline) movable() bool {
	return l.whole && l.e.area().arranges() && l.index(draftID) < 0 && l.e.o.Session.SchemaReadOnly() == ""
}

// TypedKey is for Fyne.
func (l *outline) TypedKey(k *fyne.KeyEvent) {
	id := l.e.chosen[l.e.now]
	shift := l.e.o.Mods()&fyne.KeyModifierShift != 0
	switch {
	case shift && k.Name == fyne.KeyUp:
		l.move(id, l.at()-1)
	case shift && k.Name == fyne.KeyDown:
		l.move(id, l.at()+2)
	case k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter || k.Name == fyne.KeyRight:
		if l.e.form != nil {
			l.e.form.enter()
		}
	case k.Name == fyne.KeyInsert:
		l.e.startAdding()
	case (k.Name == fyne.KeyDelete || k.Name == fyne.KeyBackspace) && id != "":
		l.e.area().remove(id)
	default:
		l.Rows.OnStep = l.step
		l.Rows.TypedKey(k)
	}
}

// TypedRune is for Fyne. It is the last that is heard of a press, so that the "+" that
// adds is not typed into the field that has the keyboard then.
func (l *outline) TypedRune(r rune) {
	if r == '+' {
		l.e.startAdding()
		return
	}
	l.do(unicode.ToLower(r))
}

// drag is told where a line is dragged to: half the height of a line above the one
// it is to stand before.
func (l *outline) drag(id annotate.ID, to int) {
	if !l.movable() {
		return
	}
	to = max(0, min(to, len(l.lines)))
	if l.dragged != id || l.target != to {
		l.dragged, l.target = id, to
		l.ScrollTo(min(to, len(l.lines)-1))
		l.Refresh()
	}
}

// draggedOr is the line that is being dragged. The row widget under the pointer may
// show another one by now, because the list has scrolled.
func (l *outline) draggedOr(id annotate.ID) annotate.ID {
	if l.dragged != "" {
		return l.dragged
	}
	return id
}

func (l *outline) dropped() {
	id, to := l.dragged, l.target
	l.dragged, l.target = "", -1
	l.Refresh()
	if id != "" {
		l.move(id, to)
	}
}
