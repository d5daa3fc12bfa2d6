package app

import (
	"strings"

	"lede/annotate"
	"lede/annotate/filter"
	"lede/annotate/text"
	"lede/app/screens/searcher"
)

// searchProject opens the search of texts and annotations where it was left, or for the
// words that are selected.
func (w *workspace) searchProject() {
	s := w.shell
	if w.searching != nil && w.searching.Sheet.Shown() {
		w.searching.Focus()
		return
	}
	w.inspector.Commit()
	if at := w.session.Selection(); at.Len() > 0 && at.Len() <= mostSearched && at != w.shownPlace {
		words := strings.Join(strings.Fields(w.session.Doc().Text.Slice(at)), " ")
		w.searched.Typed, w.searched.At = filter.Format(filter.Term(annotate.FilterWords, words)), 0
	}
	w.searching = searcher.Open(searcher.Options{
		Session: w.session, Canvas: s.win.Canvas(), State: &w.searched, Dispatch: s.dispatch, Later: s.later,
		Go: w.goFound,
		OnClose: func() {
			w.searching = nil
			s.focusText()
		},
		Listed: func(rows, total int) { s.probe.say("searched", "rows", rows, "total", total) },
	})
}

// goFound shows a place that a search found.
func (w *workspace) goFound(article, span annotate.ID, at text.Range) {
	if at.Empty() {
		w.openArticle(article)
		w.reader.Focus()
		return
	}
	w.shownPlace = at
	w.jumpTo(article, span, at)
}

// mostSearched is how long a selection may be, in code points, to be looked for.
const mostSearched = 60
