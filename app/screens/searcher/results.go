package searcher

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/annotate/text"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

const (
	page     = 100 // articles or spans that are read at once
	ahead    = 60  // how many rows before the end the next page is asked for
	snippets = 3   // of each article, until more are asked for
)

// row is the head of an article (place -1), a place in it, or the line that offers the
// others (place = more).
type row struct{ item, place int }

const more = 1 << 30

// results are what was found so far. Spans are items of their own; the head of their
// article goes before the first.
type results struct {
	p     *Page
	work  sheet.Work // reads pages
	count sheet.Work // counts

	filter *annotate.Filter
	found  []annotate.Found
	spans  []annotate.Mention
	rows   []row
	whole  bool // all have been read
	total  int  // -1 until it is known
	people map[annotate.ID]bool
}

func newResults(p *Page) *results {
	r := &results{p: p, total: -1}
	r.work.Dispatch, r.count.Dispatch = p.o.Dispatch, p.o.Dispatch
	return r
}

func (r *results) stop() {
	r.work.Stop()
	r.count.Stop()
}

func (r *results) clear() {
	r.stop()
	r.filter, r.found, r.spans, r.rows, r.whole, r.total, r.people = nil, nil, nil, nil, true, -1, map[annotate.ID]bool{}
}

// look reads the first page, as far as a row, and counts all beside it.
func (r *results) look(f *annotate.Filter, at int) {
	r.stop()
	r.filter, r.total = f, -1
	r.p.o.Session.Flush() // the store must answer with what is on screen
	r.p.say("Searching…", theme.Dim)
	r.read(true, max(page, at+page/2))
	store, me, inSpans := r.p.o.Session.Store(), r.p.o.Session.Annotator().ID, r.p.o.State.Spans
	sheet.Start(&r.count, func(ctx context.Context, _ func(sheet.Progress)) (int, error) {
		if inSpans {
			return store.CountSpans(ctx, annotate.SpanQuery{Filter: f, Me: me})
		}
		n, err := store.Count(ctx, annotate.ArticleQuery{Filter: f, Annotator: me})
		return n.Total, err
	}, func(sheet.Progress) {}, func(n int, err error) {
		if err == nil { // an error is that of the search, too, which tells it
			r.total = n
			r.say()
		}
	})
}

// one is a page of either kind.
type one struct {
	found []annotate.Found
	spans []annotate.Mention
}

// read reads the next page; anew, the first in the place of what is there.
func (r *results) read(anew bool, limit int) {
	store, me := r.p.o.Session.Store(), r.p.o.Session.Annotator().ID
	texts := annotate.SearchQuery{ArticleQuery: annotate.ArticleQuery{Filter: r.filter, Annotator: me, Limit: limit}, Snippets: snippets}
	spans := annotate.SpanQuery{Filter: r.filter, Me: me, Limit: limit}
	inSpans := r.p.o.State.Spans
	if n := len(r.found); !anew && n > 0 {
		texts.After = r.found[n-1].Article.ID
	}
	if n := len(r.spans); !anew && n > 0 {
		last := r.spans[n-1]
		spans.After = &last
	}
	sheet.Start(&r.work, func(ctx context.Context, _ func(sheet.Progress)) (o one, err error) {
		if inSpans {
			o.spans, err = store.SearchSpans(ctx, spans)
		} else {
			o.found, err = store.Search(ctx, texts)
		}
		return o, err
	}, func(sheet.Progress) {}, func(o one, err error) {
		if err != nil {
			r.clear()
			r.p.say(sentence(err), theme.Warning)
			r.p.put(nil)
			return
		}
		if anew {
			r.found, r.spans, r.people = nil, nil, map[annotate.ID]bool{}
			r.p.list.Top()
		}
		r.found, r.spans = append(r.found, o.found...), append(r.spans, o.spans...)
		r.whole = len(o.found)+len(o.spans) < limit
		r.show()
	})
}

// show makes rows of what was found.
func (r *results) show() {
	r.rows = r.rows[:0]
	for i, f := range r.found {
		r.rows = append(r.rows, row{i, -1})
		for k := range f.Snippets {
			r.rows = append(r.rows, row{i, k})
		}
		shown := 0
		for _, s := range f.Snippets {
			shown += len(s.Marks)
		}
		if shown < f.Places {
			r.rows = append(r.rows, row{i, more})
		}
	}
	for i, m := range r.spans {
		if i == 0 || m.Article.ID != r.spans[i-1].Article.ID {
			r.rows = append(r.rows, row{i, -1})
		}
		r.rows = append(r.rows, row{i, 0})
		r.people[m.Annotator.ID] = true
	}
	r.say()
	if len(r.rows) == 0 {
		r.p.put(nothing(r.p.o.State.Spans))
		return
	}
	r.p.put(nil)
	r.p.list.go1(r.p.o.State.At)
}

// nothing says that nothing was found, and what might be.
func nothing(inSpans bool) fyne.CanvasObject {
	words := "No article has that. Words are whole words: put a * behind a word to find others that begin so, as in strik*."
	if inSpans {
		words = "No annotation has that. What is looked for stands on a span or in its label, its attributes, its note or its entity; put a * behind a word to find others that begin so."
	}
	return widgets.NewPadded(widgets.Pad{Top: 60}, container.NewCenter(widgets.NewParagraph(words, theme.TextSize, 420, theme.Dim)))
}

// say says how many there are, as far as that is known.
func (r *results) say() {
	shown, one, several := len(r.found), "article", "articles"
	if r.p.o.State.Spans {
		shown, one, several = len(r.spans), "annotation", "annotations"
	}
	words := ""
	switch {
	case r.total >= 0:
		words = sheet.Count(r.total, one, several)
	case r.whole:
		words = sheet.Count(shown, one, several)
	case shown > 0:
		words = "More than " + sheet.Count(shown, one, several) + "; counting…"
	default:
		return
	}
	r.p.say(words, theme.Dim)
	if r.p.o.Listed != nil && r.total >= 0 && len(r.rows)+r.total > 0 && !r.work.Busy() {
		r.p.o.Listed(len(r.rows), r.total)
	}
}

// near asks for the next page when the end of the rows comes near.
func (r *results) near(i int) {
	if !r.whole && !r.work.Busy() && r.filter != nil && i > len(r.rows)-ahead {
		r.read(false, page)
	}
}

// all shows every place in an article.
func (r *results) all(item int) {
	store, me, f := r.p.o.Session.Store(), r.p.o.Session.Annotator().ID, r.found[item]
	q := annotate.SearchQuery{ArticleQuery: annotate.ArticleQuery{Filter: r.filter, Annotator: me, Articles: []annotate.ID{f.Article.ID}}}
	sheet.Start(&r.work, func(ctx context.Context, _ func(sheet.Progress)) ([]annotate.Found, error) {
		return store.Search(ctx, q)
	}, func(sheet.Progress) {}, func(whole []annotate.Found, err error) {
		switch {
		case err != nil:
			r.p.say(sentence(err), theme.Warning)
		case len(whole) == 1 && item < len(r.found):
			r.found[item] = whole[0]
			r.show()
		}
	})
}

// article is the article of a row.
func (r *results) article(at row) annotate.Article {
	if r.p.o.State.Spans {
		return r.spans[at.item].Article
	}
	return r.found[at.item].Article
}

// flat is a text on one line, of as many code points.
func flat(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, s)
}

// visit opens a row's place.
func (r *results) visit(i int) {
	if i < 0 || i >= len(r.rows) {
		return
	}
	at := r.rows[i]
	if at.place == more {
		r.all(at.item)
		return
	}
	article, span, place := r.article(at).ID, annotate.ID(""), text.Range{}
	switch {
	case r.p.o.State.Spans:
		m := r.spans[at.item]
		span, place = m.Span.ID, m.Span.Fragments[0]
	case at.place >= 0:
		place = r.found[at.item].Snippets[at.place].Marks[0]
	case len(r.found[at.item].Snippets) > 0:
		place = r.found[at.item].Snippets[0].Marks[0]
	}
	r.p.Sheet.Close()
	r.p.o.Go(article, span, place)
}
