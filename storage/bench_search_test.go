package storage

import (
	"fmt"
	"testing"
	"time"

	"lede/annotate"
	"lede/annotate/filter"
)

// index waits until the search index is made.
func (l *large) index() *work {
	var made time.Duration
	return &work{name: "search index, in the background", do: func(b *testing.B) time.Duration {
		b.Helper()
		began := worked()
		(&project{TB: b, store: l.store}).indexedWithin(3 * time.Hour)
		if made == 0 { // a second time there is nothing to do
			made = worked() - began
		}
		return made
	}}
}

// searches are the works of searching: the first 50 articles with their places, as the
// window asks for them, for words that are in every text, in some, in hardly any and
// in none; and spans in context.
func (l *large) searches() []*work {
	var works []*work
	for _, s := range []struct{ name, typed string }{
		{"a common word", "strike"},
		{"two common words", "strike said"},
		{"a phrase", `"called off the strike"`},
		{"a beginning", "harb*"},
		{"a word of one text", fmt.Sprintf("ref-%d", l.n/2)},
		{"a word of no text", "zeppelin"},
	} {
		q := annotate.SearchQuery{ArticleQuery: l.query(), Snippets: 3}
		q.Limit = 50
		var err error
		q.Filter, err = filter.Parse(s.typed)
		l.must(err)
		works = append(works, &work{name: "search " + s.name, bound: 50 * time.Millisecond, do: timing(func() error {
			_, err := l.Search(ctx, q)
			return err
		})}, &work{name: "count " + s.name, do: timing(func() error {
			_, err := l.Count(ctx, q.ArticleQuery)
			return err
		})})
	}
	for _, typed := range []string{"strike", "zeppelin"} {
		q := annotate.SpanQuery{Limit: 50}
		var err error
		q.Filter, err = filter.Parse(typed)
		l.must(err)
		works = append(works, &work{name: "search annotations for " + typed, do: timing(func() error {
			_, err := l.SearchSpans(ctx, q)
			return err
		})})
	}
	return works
}
