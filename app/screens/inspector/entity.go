package inspector

import (
	"fmt"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/annotate/entity"
	"lede/app/commands"
	"lede/app/screens/reader"
	"lede/app/session"
	"lede/app/theme"
	"lede/app/widgets"
)

// mostProposed is how many entities the tab proposes; the picker has more.
const mostProposed = 3

// entityShown is what the tab says of whom a span stands for.
type entityShown struct {
	entity  annotate.Entity // ID "" = nobody yet
	uses    int
	guesses []session.Guess
	same    int  // spans that are likely to be the same and point elsewhere
	ok      bool // there is something to say: the label stands for an entity
}

// entityOf is what the tab says of whom a span stands for. It is looked up once for all
// that happens until something changes: the caret moves more often.
func (t *spanTab) entityOf(span annotate.Span) entityShown {
	if t.who.of != span.ID || t.who.due {
		t.who.of, t.who.due = span.ID, false
		t.who.shown = t.lookUp(span)
	}
	return t.who.shown
}

// who is what was looked up last.
type who struct {
	of    annotate.ID
	due   bool // something has changed since
	shown entityShown
}

// lookUp gathers what the tab says of whom a span stands for.
func (t *spanTab) lookUp(span annotate.Span) (shown entityShown) {
	s := t.p.o.Session
	label, _ := s.Schema().Label(span.Label)
	if s.Entities() == nil || span.Entity == "" && label.Entity == "" && len(s.Schema().EntityKinds()) > 0 {
		return shown
	}
	shown.ok = true
	if span.Entity != "" {
		shown.entity, _ = s.Entity(span.Entity)
		shown.uses = s.Entities().Uses(span.Entity)
		const few = 2000 // in longer articles counting waits until somebody asks
		if len(s.Doc().Spans()) <= few {
			shown.same = len(s.Same(span.ID))
		}
	} else if t.editable() {
		shown.guesses = s.Guesses(span.ID, mostProposed)
	}
	return shown
}

// state is what the section depends on.
func (e entityShown) state() string {
	said := fmt.Sprint(e.ok, e.entity.ID, e.entity.Name, e.entity.Kind, e.uses, e.same)
	for _, g := range e.guesses {
		said += string(g.Entity.ID) + g.Entity.Name + g.Said()
	}
	return said
}

// entity is the section that says whom a span stands for, nil if there is nothing to
// say.
func (t *spanTab) entity(span annotate.Span) fyne.CanvasObject {
	shown := t.entityOf(span)
	if !shown.ok || shown.entity.ID == "" && !t.editable() {
		return nil
	}
	head := []fyne.CanvasObject{widgets.NewHead("Entity")}
	if key := t.p.o.Key(commands.SpanEntity); key != "" && t.editable() {
		head = append(head, widgets.NewKeyCap(key))
	}
	rows := []fyne.CanvasObject{widgets.NewPadded(widgets.Pad{Bottom: 5}, widgets.NewStretch(6, 0, head...))}
	if shown.entity.ID != "" {
		rows = append(rows, t.linked(span, shown)...)
	} else {
		for _, g := range shown.guesses {
			rows = append(rows, t.guess(span, g))
		}
		rows = append(rows, t.chooseEntity(span, len(shown.guesses) > 0))
	}
	return widgets.NewColumn(1, rows...)
}

// linked is the entity, which leads to its page, and what can be done with it.
func (t *spanTab) linked(span annotate.Span, shown entityShown) []fyne.CanvasObject {
	s := t.p.o.Session
	inside := []fyne.CanvasObject{t.mark(shown.entity.Kind), widgets.NewElastic(shown.entity.Name, theme.TextSize, theme.Text)}
	if shown.uses > 1 {
		inside = append(inside, widgets.NewLine(fmt.Sprintf("%d×", shown.uses), theme.SmallSize, theme.Dim))
	}
	inside = append(inside, widgets.NewIcon(widgets.IconRight, 13, theme.Dim))
	page := widgets.NewSurface(widgets.NewStretch(8, 1, inside...), func() { t.p.o.Entity(shown.entity.ID) })
	page.Color, page.Stroke, page.Radius, page.Pad, page.Least = theme.Raised, theme.Hairline, theme.SmallRadius, widgets.Even(9, 4), fyne.NewSize(0, 28)
	line := []fyne.CanvasObject{page}
	if t.editable() {
		change := widgets.NewIconButton(widgets.IconDown, func() { t.p.o.Run(commands.SpanEntity) })
		unlink := widgets.NewIconButton(widgets.IconClose, func() {
			t.p.o.Tell(s.UnlinkEntity([]annotate.ID{span.ID}))
			t.p.after()
		})
		line = append(line, change, unlink)
	}
	rows := []fyne.CanvasObject{widgets.NewStretch(2, 0, line...)}
	if shown.same > 0 && t.editable() {
		title := fmt.Sprintf("Link %d more like this", shown.same)
		rows = append(rows, widgets.NewPadded(widgets.Pad{Top: 3}, t.lead(title, widgets.IconCheck, func() {
			_, err := s.LinkSame(span.ID)
			t.p.o.Tell(err)
			t.p.after()
		})))
	}
	return rows
}

// guess is an entity that is linked by one click.
func (t *spanTab) guess(span annotate.Span, g session.Guess) fyne.CanvasObject {
	row := widgets.NewSurface(widgets.NewStretch(8, 1, t.mark(g.Entity.Kind),
		widgets.NewElastic(g.Entity.Name, theme.TextSize, theme.Text), widgets.NewLine(g.Said(), theme.SmallSize, theme.Dim)), func() {
		t.p.o.Tell(t.p.o.Session.LinkEntity([]annotate.ID{span.ID}, g.Entity.ID))
		t.p.after()
	})
	row.Pad, row.Radius = widgets.Even(4, 4), 4
	return widgets.NewPadded(widgets.Pad{Left: -4}, row)
}

// chooseEntity offers a new entity with the words of the span, and the picker.
func (t *spanTab) chooseEntity(span annotate.Span, others bool) fyne.CanvasObject {
	s := t.p.o.Session
	name := entity.NameOf([]string{s.Doc().Text.Quote(span.Fragments)})
	title := "Find another…"
	if !others {
		title = "Find…"
	}
	find := t.lead(title, widgets.IconSearch, func() { t.p.o.Run(commands.SpanEntity) })
	if name == "" {
		return find
	}
	create := t.lead("New "+s.EntityKind(span.Label), widgets.IconPlus, func() {
		_, err := s.LinkNewEntity([]annotate.ID{span.ID}, "", name)
		t.p.o.Tell(err)
		t.p.after()
	})
	return widgets.NewRow(6, create, find)
}

// lead is a word in the accent colour with an icon.
func (t *spanTab) lead(title string, icon widgets.IconName, do func()) fyne.CanvasObject {
	s := widgets.NewSurface(widgets.NewRow(6, widgets.NewIcon(icon, 13, theme.Accent), widgets.NewLine(title, theme.TextSize, theme.Accent)), do)
	s.Pad, s.Radius = widgets.Pad{Left: 4, Top: 4, Right: 8, Bottom: 4}, 4
	return widgets.NewPadded(widgets.Pad{Left: -4}, widgets.NewRow(0, s))
}

// mark is the square of the label that stands for a kind.
func (t *spanTab) mark(kind string) fyne.CanvasObject {
	if l, ok := t.p.o.Session.Schema().LabelOfKind(kind); ok {
		return widgets.NewSwatch(reader.MarkOf(l))
	}
	return widgets.NewSpace(8, 8)
}
