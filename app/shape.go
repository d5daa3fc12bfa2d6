package app

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/annotate/text"
	"lede/app/commands"
	"lede/app/screens/converter"
	"lede/app/screens/picker"
	"lede/app/screens/reader"
)

// bindShape says what the commands do that reshape spans.
func (s *shell) bindShape() {
	some := func() bool { return s.article() && len(s.work.session.Doc().Spans()) > 0 }
	quotable := func() bool {
		return s.editable() && (!s.work.session.Selection().Empty() || s.work.session.Chosen() != "")
	}
	move := func(start, outward bool) func() {
		return s.in(func(w *workspace) { w.moveEnd(start, outward, text.Character) })
	}
	s.on(commands.SpanStartOutChar, move(true, true), s.chosen)
	s.on(commands.SpanStartInChar, move(true, false), s.chosen)
	s.on(commands.SpanEndOutChar, move(false, true), s.chosen)
	s.on(commands.SpanEndInChar, move(false, false), s.chosen)
	s.on(commands.SpanInside, s.in((*workspace).chooseInside), some)
	s.on(commands.SpanAround, s.in((*workspace).chooseAround), some)
	s.on(commands.SpanList, s.in((*workspace).listHere), some)
	s.on(commands.SpanNextPart, s.in((*workspace).nextFragment), some)
	s.on(commands.SpanQuote, s.in((*workspace).tagQuoted), quotable)
	s.on(commands.SpanMerge, s.in(func(w *workspace) { w.merge(false) }), s.chosen)
	s.on(commands.SpanMergeBetween, s.in(func(w *workspace) { w.merge(true) }), s.chosen)
	s.on(commands.SpanSplit, s.in(func(w *workspace) { w.split(w.reader.View.Caret()) }), func() bool { return some() && s.editable() })
	s.on(commands.SpanConvert, s.in((*workspace).convertLabels), func() bool { return s.editable() && len(s.work.session.Schema().Labels) > 1 })
	s.on(commands.SpanNextToo, s.in(func(w *workspace) { w.nextToo(false) }), some)
	s.on(commands.SpanNextAlikeToo, s.in(func(w *workspace) { w.nextToo(true) }), some)
	s.on(commands.SpanAlike, s.in(func(w *workspace) { w.session.ChooseAlike() }), func() bool { return some() && s.work.session.Chosen() != "" })
}

// hint says in passing what a gesture needs; other errors are told as such.
func (w *workspace) hint(title string, err error) {
	var e *annotate.Error
	if errors.Is(err, annotate.ErrInvalid) && errors.As(err, &e) {
		w.shell.notice(notice{brief: true, title: title, text: strings.TrimSpace(e.Detail + " " + e.Hint)})
		w.shell.probe.say("hint", "title", title, "text", e.Detail)
		return
	}
	w.shell.tell(err)
}

func (w *workspace) moveEnd(start, outward bool, by text.Granularity) {
	w.shell.tell(w.session.MoveEnd(start, outward, by))
	w.reader.Reveal()
}

func (w *workspace) chooseInside() {
	w.session.Point(w.reader.View.Caret())
	if !w.session.ChooseInside() {
		w.shell.notice(notice{brief: true, title: "Nothing lies inside this span"})
		return
	}
	w.reader.Reveal()
}

func (w *workspace) chooseAround() {
	w.session.Point(w.reader.View.Caret())
	if !w.session.ChooseAround() {
		w.shell.notice(notice{brief: true, title: "Nothing lies around this span"})
		return
	}
	w.reader.Reveal()
}

func (w *workspace) nextToo(alike bool) {
	if !w.session.ChooseNextToo(alike) {
		w.shell.notice(notice{brief: true, title: "No further span follows"})
	}
}

// listHere lists the spans over the chosen one, or at the caret.
func (w *workspace) listHere() {
	w.session.Point(w.reader.View.Caret())
	ids, _ := w.session.Here()
	w.listSpans(ids, w.atSelection())
}

// listAt lists spans at a place of the window.
func (w *workspace) listAt(names []string, pos fyne.Position) {
	var ids []annotate.ID
	for _, name := range names {
		ids = append(ids, annotate.ID(name))
	}
	w.listSpans(ids, &pos)
}

// listSpans shows spans to choose one from, the innermost first.
func (w *workspace) listSpans(ids []annotate.ID, at *fyne.Position) {
	doc, schema := w.session.Doc(), w.session.Schema()
	if len(ids) == 0 {
		w.shell.notice(notice{brief: true, title: "No span is here"})
		return
	}
	o := picker.Options{
		Canvas: w.shell.win.Canvas(), At: at, Hint: fmt.Sprintf("%d spans here, the innermost first", len(ids)),
		None: "No span here is called that.", Width: 420, Rows: 12, Gone: w.reader.Focus,
		Pick: func(id string) {
			w.session.Choose(annotate.ID(id))
			w.reader.Reveal()
			w.reader.Focus()
		},
	}
	if len(ids) == 1 {
		o.Hint = "The span here"
	}
	for _, id := range ids {
		if span, ok := doc.Span(id); ok {
			l, _ := schema.Label(span.Label)
			o.Labels = append(o.Labels, picker.Label{
				ID: string(id), Title: reader.LabelTitle(l) + " · " + text.Brief(doc.Text.Quote(span.Fragments), 42), Mark: reader.MarkOf(l),
			})
		}
	}
	picker.Open(o)
}

// nextFragment puts the caret on the part of the chosen span that follows the one
// at the caret, around the end, and shows it.
func (w *workspace) nextFragment() {
	span, ok := w.session.Doc().Span(w.session.Chosen())
	if !ok {
		w.remark("Go to the next part", chooseFirst)
		return
	}
	v := w.reader.View
	at := slices.IndexFunc(span.Fragments, func(r text.Range) bool { return r.Start <= v.Caret() && v.Caret() <= r.End })
	next := span.Fragments[(at+1)%len(span.Fragments)]
	v.SetCaret(next.Start)
	v.Reveal(next)
}

// tagQuoted gives the label of quotations to what is quoted in the selection.
func (w *workspace) tagQuoted() {
	if w.unlabelled() {
		return
	}
	s := w.session
	give := func(label annotate.ID) {
		w.hint("No quotation marks here", s.TagQuoted(label))
		w.reader.Focus()
	}
	label := s.QuoteLabel()
	if label != "" || s.Selection().Empty() || len(s.Quoted()) == 0 {
		give(label)
		return
	}
	o := w.labelOptions("Tag the quoted parts as…")
	o.Pick = func(id string) { give(annotate.ID(id)) }
	picker.Open(o)
}

func (w *workspace) merge(fill bool) {
	merged, err := w.session.Merge(fill)
	w.hint("Nothing to merge", err)
	if err == nil && len(merged.Conflicts) > 0 {
		w.shell.notice(notice{
			brief: true, title: "Merged into one span",
			text: fmt.Sprintf("The spans differed in %s: the first one’s value was kept.", strings.Join(merged.Conflicts, ", ")),
		})
	}
}

func (w *workspace) split(at int) {
	w.hint("Nothing to split here", w.session.Split(at))
}

func (w *workspace) convertLabels() {
	s := w.shell
	converter.Open(converter.Options{
		Session: w.session, Canvas: s.win.Canvas(), Dispatch: s.dispatch, Tell: s.tell, Closed: s.focusText,
		Done: func(words string) {
			s.notice(notice{brief: true, title: words})
			s.probe.say("converted", "text", words)
		},
	})
}

// pointAt chooses the innermost span at a place that was clicked for a menu,
// unless the chosen one or the selection is there.
func (w *workspace) pointAt(offset int) {
	s := w.session
	s.Point(offset)
	if s.Doc() == nil || !s.Selection().Empty() || s.Covers(offset) {
		return
	}
	if span := s.Doc().At(offset); len(span) > 0 {
		s.Choose(span[0].ID)
	}
}
