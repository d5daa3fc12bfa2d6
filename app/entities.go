package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/entity"
	"lede/annotate/text"
	"lede/app/commands"
	"lede/app/screens/entities"
	"lede/app/screens/reader"
	"lede/app/screens/sheet"
	"lede/app/session"
	"lede/app/widgets"
)

// bindEntities binds the commands of entities.
func (s *shell) bindEntities() {
	s.on(commands.SpanEntity, s.in((*workspace).pickEntity), s.chosen)
	linked := func() bool {
		if !s.chosen() {
			return false
		}
		span, ok := s.work.session.Doc().Span(s.work.session.Chosen())
		return ok && span.Entity != ""
	}
	s.on(commands.SpanLinkSame, s.in((*workspace).linkSame), linked)
	s.on(commands.SpanUnlink, s.in(func(w *workspace) { s.tell(w.session.UnlinkEntity(w.session.ChosenAll())) }), linked)
	s.on(commands.EntityList, s.in(func(w *workspace) { w.showEntities("") }), s.project)
}

// readEntities reads the entities in the background.
func (w *workspace) readEntities() {
	r := w.session.ReadEntities()
	w.shell.aside(func() {
		err := r.Read(context.Background())
		w.shell.dispatch(func() {
			if w.shell.work != w {
				return
			}
			if err != nil {
				w.unread(err)
				return
			}
			w.session.TakeEntities(r)
		})
	})
}

// entitiesChanged shows other entities where they are shown.
func (w *workspace) entitiesChanged(e session.EntitiesChanged) {
	if e.Stale {
		w.readEntities()
	}
	w.inspector.Changed()
	if w.entities != nil {
		w.entities.Changed()
	}
	if ask := w.askEntities; ask != nil {
		w.askEntities = nil
		ask()
	}
	w.shell.probe.say("entities", "count", w.session.Entities().Len())
}

// linkSame links the spans that are likely to be the same as the chosen one.
func (w *workspace) linkSame() {
	n, err := w.session.LinkSame(w.session.Chosen())
	w.shell.tell(err)
	if err == nil && n == 0 {
		w.remark("There are no others", "No other span of this article has the same label and the same words, and points elsewhere.")
	}
}

// mostGuesses is how many entities are proposed without typing.
const mostGuesses = 7

// entityLine is a line of the picker, and what it does.
type entityLine struct {
	sheet.Found
	do func() error
}

// pickEntity asks whom the chosen spans stand for.
func (w *workspace) pickEntity() {
	ids := w.session.ChosenAll()
	span, ok := w.session.Doc().Span(w.session.Chosen())
	if !ok {
		return
	}
	schema := w.session.Schema()
	if l, _ := schema.Label(span.Label); l.Entity == "" && span.Entity == "" && len(schema.EntityKinds()) > 0 {
		w.remark("No entity is offered", fmt.Sprintf("In the schema, spans with the label “%s” stand for no actor, event or place. Project, Schema… can change that.", w.labelTitle(span)))
		return
	}
	w.inspector.Commit()
	var lines []entityLine
	sheet.Find(sheet.FinderOptions{
		Canvas: w.shell.win.Canvas(), At: w.atSelection(), Width: 460, Rows: 10, Gone: w.reader.Focus,
		Hint: "Whom or what “" + text.Brief(w.excerpt(ids[0]), 24) + "” means", None: "Reading the entities…",
		Search: func(f *sheet.Finder, typed string) {
			if w.session.Entities() == nil {
				w.askEntities = func() { f.Field.OnChanged(f.Field.Text) }
				return
			}
			lines = w.entityLines(ids, strings.Join(strings.Fields(typed), " "))
			found := make([]sheet.Found, len(lines))
			for i, l := range lines {
				found[i] = l.Found
			}
			f.Show(found)
		},
		Pick: func(i int) {
			w.shell.tell(lines[i].do())
			w.reader.Focus()
		},
	})
}

// entityLines are what the picker offers for what was typed. What Enter would take
// stands first: an entity that the words mean, or, where there is none, a new one.
func (w *workspace) entityLines(ids []annotate.ID, typed string) []entityLine {
	span, ok := w.session.Doc().Span(ids[0])
	if !ok {
		return nil
	}
	kind := w.session.EntityKind(span.Label)
	create := w.newLines(span, ids, typed)
	if typed != "" {
		return append(w.searchLines(ids, span, entity.Query{Text: typed, Prefer: kind, Limit: 40}), create...)
	}
	lines := w.sameLines(span, ids)
	words, others := w.guessLines(ids, span)
	lines = append(lines, words...)
	if len(words)+len(others) == 0 {
		others = w.searchLines(ids, span, entity.Query{Kind: kind, Limit: mostGuesses})
	}
	switch {
	case span.Entity != "":
		return slices.Concat(lines, others, []entityLine{w.unlinkLine(span, ids)}, create)
	case len(words) == 0 && !entity.RefersBack(w.session.Doc().Text.Quote(span.Fragments)):
		return slices.Concat(lines, create, others)
	}
	return slices.Concat(lines, others, create)
}

// sameLines offers to link the others that are the same as a linked span.
func (w *workspace) sameLines(span annotate.Span, ids []annotate.ID) []entityLine {
	e, ok := w.session.Entity(span.Entity)
	if !ok || len(ids) > 1 {
		return nil
	}
	n := len(w.session.Same(span.ID))
	if n == 0 {
		return nil
	}
	return []entityLine{{
		Found: sheet.Found{Title: fmt.Sprintf("Link %d more “%s” to %s", n, text.Brief(w.excerpt(span.ID), 24), e.Name), Key: "in this article", Mark: w.kindMark(e.Kind)},
		do:    func() error { _, err := w.session.LinkSame(span.ID); return err },
	}}
}

// guessLines are the likely ones: by the words of the span, and others.
func (w *workspace) guessLines(ids []annotate.ID, span annotate.Span) (words, others []entityLine) {
	for _, g := range w.session.Guesses(span.ID, mostGuesses) {
		if g.Entity.ID == span.Entity {
			continue
		}
		also := ""
		if g.Alias != "" {
			also = entities.Also(g.Alias)
		}
		line := w.linkLine(ids, g.Entity, widgets.Facts(g.Said(), also, w.kindWords(g.Entity.Kind, span)))
		if g.ByWords() {
			words = append(words, line)
		} else {
			others = append(others, line)
		}
	}
	return words, others
}

// searchLines are those that are called so.
func (w *workspace) searchLines(ids []annotate.ID, span annotate.Span, q entity.Query) []entityLine {
	var lines []entityLine
	for _, m := range w.session.Entities().Search(q) {
		also := ""
		if m.Alias != "" {
			also = entities.Also(m.Alias)
		}
		if m.Entity.ID != span.Entity || q.Text != "" {
			lines = append(lines, w.linkLine(ids, m.Entity, widgets.Facts(also, w.kindWords(m.Entity.Kind, span), usesWords(m.Uses))))
		}
	}
	return lines
}

func (w *workspace) linkLine(ids []annotate.ID, e annotate.Entity, facts string) entityLine {
	return entityLine{
		Found: sheet.Found{Title: e.Name, Key: facts, Mark: w.kindMark(e.Kind)},
		do:    func() error { return w.session.LinkEntity(ids, e.ID) },
	}
}

func (w *workspace) unlinkLine(span annotate.Span, ids []annotate.ID) entityLine {
	e, _ := w.session.Entity(span.Entity)
	return entityLine{
		Found: sheet.Found{Title: "Unlink from " + e.Name},
		do:    func() error { return w.session.UnlinkEntity(ids) },
	}
}

// newLines offer to make an entity: with the name that was typed, else with that of
// the span. Where the label stands for none, its kind is asked for.
func (w *workspace) newLines(span annotate.Span, ids []annotate.ID, typed string) []entityLine {
	name := typed
	if name == "" {
		name = entity.NameOf([]string{w.session.Doc().Text.Quote(span.Fragments)})
	}
	kinds := []string{w.session.EntityKind(span.Label)}
	schema := w.session.Schema()
	if l, _ := schema.Label(span.Label); l.Entity == "" && len(schema.EntityKinds()) > 0 {
		kinds = schema.EntityKinds()
	}
	var lines []entityLine
	for _, kind := range kinds {
		lines = append(lines, entityLine{
			Found: sheet.Found{Title: fmt.Sprintf("New %s “%s”", kind, text.Brief(name, 48)), Mark: w.kindMark(kind)},
			do:    func() error { _, err := w.session.LinkNewEntity(ids, kind, name); return err },
		})
	}
	return lines
}

// kindWords names a kind if it is not that of the span.
func (w *workspace) kindWords(kind string, span annotate.Span) string {
	if kind == w.session.EntityKind(span.Label) {
		return ""
	}
	return kind
}

func usesWords(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d×", n)
}

// kindMark is the mark of the first label that stands for a kind.
func (w *workspace) kindMark(kind string) *widgets.Mark {
	l, ok := w.session.Schema().LabelOfKind(kind)
	if !ok {
		return nil
	}
	mark := reader.MarkOf(l)
	return &mark
}

// showEntities opens the entity page, at an entity if one is named.
func (w *workspace) showEntities(at annotate.ID) {
	s := w.shell
	w.inspector.Commit()
	if w.entities != nil { // it is open
		w.entities.Show(at)
		return
	}
	if doc := w.session.Doc(); doc != nil && at == "" {
		if span, ok := doc.Span(w.session.Chosen()); ok {
			at = span.Entity
		}
	}
	w.entities = entities.Open(entities.Options{
		Session: w.session, Window: s.win, Env: s.o.Env, At: at, Folder: s.place(),
		Soon: s.dispatch, Dispatch: s.dispatch,
		Go: func(m annotate.Mention) { w.jumpTo(m.Article.ID, m.Span.ID, m.Span.Fragments[0]) },
		OnClose: func() {
			w.entities = nil
			s.focusText()
		},
		Listed: func(entity annotate.ID, mentions int) { s.probe.say("entity", "id", entity, "mentions", mentions) },
	})
	s.probe.say("entity list")
}

// inEntities does commands while the entity page is in front.
func (s *shell) inEntities(id string) bool {
	if s.work == nil || s.work.entities == nil || s.win.Canvas().Overlays().Top() != s.work.entities.Sheet {
		return false
	}
	switch id {
	case commands.EditUndo:
		s.work.entities.Undo()
	case commands.EditRedo:
		s.work.entities.Redo()
	case commands.EntityList:
		s.work.entities.Close()
	default:
		return false
	}
	return true
}
