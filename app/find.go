package app

import (
	"lede/annotate"
	"lede/annotate/find"
	"lede/annotate/text"
	"lede/app/commands"
	"lede/app/screens/finder"
	"lede/app/screens/sheet"
)

// bindFind binds what looks for words.
func (s *shell) bindFind() {
	s.on(commands.Find, s.in(func(w *workspace) { w.finder.Open() }), s.article)
	s.on(commands.FindNext, s.in(func(w *workspace) { w.finder.Step(false) }), s.article)
	s.on(commands.FindPrevious, s.in(func(w *workspace) { w.finder.Step(true) }), s.article)
	s.on(commands.SpanLabelAll, s.in((*workspace).labelAll), func() bool {
		return s.editable() && (s.work.session.Chosen() != "" || !s.work.session.Selection().Empty())
	})
	s.on(commands.SearchProject, s.in((*workspace).searchProject), s.project)
	finding := func() bool { return s.article() && s.work.finder.Shown() }
	s.on(commands.FindWord, s.in(func(w *workspace) { w.finder.ToggleWord() }), finding)
	s.on(commands.FindCase, s.in(func(w *workspace) { w.finder.ToggleCase() }), finding)
	s.on(commands.FindRegexp, s.in(func(w *workspace) { w.finder.ToggleRegexp() }), finding)
}

// newFinder makes the bar that finds words in the article.
func (w *workspace) newFinder() *finder.Bar {
	s := w.shell
	return finder.NewBar(finder.BarOptions{
		Session: w.session, Canvas: s.win.Canvas(), Dispatch: s.dispatch, Mods: s.mods, Hint: s.table.Hint,
		Caret:    func() int { return w.reader.View.Caret() },
		Show:     func(hits []text.Range) { w.reader.ShowHits(hits) },
		Here:     func(at text.Range) { w.reader.ShowHere(at) },
		Reveal:   func(at text.Range) { w.reader.View.Reveal(at) },
		Resized:  func() { w.reader.Object.Refresh() },
		Focus:    func() { w.reader.Focus() },
		LabelAll: w.labelFound,
		Counted:  func(words string) { s.probe.say("found", "name", words) },
	})
}

// labelAll labels every other place with the words of the selection, or of the
// chosen span.
func (w *workspace) labelAll() {
	s := w.session
	doc := s.Doc()
	q := find.Query{Case: true}
	like, except := annotate.Span{Label: s.LastLabel()}, text.Range{}
	if at := s.Selection(); !at.Empty() {
		q.Text, q.Word = doc.Text.Slice(at), wholeWords(doc.Text, at)
	} else if span, ok := doc.Span(s.Chosen()); ok {
		q.Text, like = doc.Text.Quote(span.Fragments), span
		q.Word = wholeWords(doc.Text, span.Fragments.Extent())
		if len(span.Fragments) == 1 {
			except = span.Fragments[0]
		}
	}
	w.openAll(q, like, except)
}

// labelFound labels every place of what the find bar looks for.
func (w *workspace) labelFound(q find.Query) {
	if w.shell.editable() {
		w.openAll(q, annotate.Span{Label: w.session.LastLabel()}, text.Range{})
	}
}

func (w *workspace) openAll(q find.Query, like annotate.Span, except text.Range) {
	if w.unlabelled() {
		return
	}
	s := w.shell
	w.inspector.Commit()
	w.all = finder.OpenAll(finder.AllOptions{
		Session: w.session, Canvas: s.win.Canvas(), Dispatch: s.dispatch, Later: s.later, Tell: s.tell,
		Go: w.lookInto, Focus: w.reader.Focus, Query: q, Like: like, Except: except,
		Listed: func(places, ticked int) { s.probe.say("listed", "places", places, "ticked", ticked) },
		Done: func(spans int) {
			s.probe.say("labelled", "spans", spans)
			s.notice(notice{brief: true, title: "Labelled " + sheet.Count(spans, "place", "places") + ". One undo takes them back."})
		},
	})
}

// lookInto shows a place of an article behind a sheet.
func (w *workspace) lookInto(article annotate.ID, at text.Range) {
	w.openArticle(article)
	w.session.Select(at)
	v := w.reader.View
	const above = 120 // code points: a line or two before the place
	if place, seen := v.LocateXY(at.Start); !seen || place.Y > v.Size().Height/3 {
		v.ScrollTo(max(v.Text().Paragraph(at.Start).Start, at.Start-above))
	}
}

// wholeWords says whether a range begins and ends where words do.
func wholeWords(t *text.Text, r text.Range) bool {
	return t.Word(r.Start).Start == r.Start && t.Word(r.End-1).End == r.End
}
