package session

import (
	"context"

	"lede/annotate"
)

// Reading reads the list for the filter as it was when it was begun. Its methods
// may be called on any goroutine: in a large project counting takes longer than a
// hand should wait. What was read becomes the list's with Take.
type Reading struct {
	store annotate.Store
	query annotate.ArticleQuery
	turn  int
}

// Read is what a Reading found: a page of rows, or the counts.
type Read struct {
	turn  int
	page  int
	rows  []annotate.ArticleRow
	count *annotate.ArticleCount
}

// Reading begins to read the list anew. What is there stays until Take.
func (l *List) Reading() *Reading {
	l.turn++
	return l.More()
}

// More begins to read more of the list that is there.
func (l *List) More() *Reading {
	l.session.commits.flush() // the store must answer with what is on screen
	return &Reading{l.session.store, l.query(), l.turn}
}

// Rows reads the page of a row.
func (r *Reading) Rows(ctx context.Context, row int) (*Read, error) {
	q := r.query
	page := row / pageRows
	q.Offset, q.Limit = page*pageRows, pageRows
	rows, err := r.store.Articles(ctx, q)
	if err != nil {
		return nil, err
	}
	return &Read{turn: r.turn, page: page, rows: rows}, nil
}

// Count counts the articles that pass the filter.
func (r *Reading) Count(ctx context.Context) (*Read, error) {
	count, err := r.store.Count(ctx, r.query)
	if err != nil {
		return nil, err
	}
	return &Read{turn: r.turn, count: &count}, nil
}

// CountAll counts all articles, whatever the filter.
func (r *Reading) CountAll(ctx context.Context) (annotate.ArticleCount, error) {
	return r.store.Count(ctx, annotate.ArticleQuery{Annotator: r.query.Annotator})
}

// IDs reads which articles stand in rows, from one on; limit 0 = to the end.
func (r *Reading) IDs(ctx context.Context, from, limit int) ([]annotate.ID, error) {
	q := r.query
	q.Offset, q.Limit = from, limit
	return r.ids(ctx, q)
}

// Among reads which of some articles the list has.
func (r *Reading) Among(ctx context.Context, ids []annotate.ID) ([]annotate.ID, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	q := r.query
	q.Articles = ids
	return r.ids(ctx, q)
}

func (r *Reading) ids(ctx context.Context, q annotate.ArticleQuery) ([]annotate.ID, error) {
	rows, err := r.store.Articles(ctx, q)
	ids := make([]annotate.ID, len(rows))
	for i, row := range rows {
		ids[i] = row.Article.ID
	}
	return ids, err
}

// Facets lists what can be asked for.
func (r *Reading) Facets(ctx context.Context) (*annotate.Facets, error) { return r.store.Facets(ctx) }

// Take makes what was read the list's. It is false when the filter or an article
// has changed meanwhile: it has to be read again. The first page takes the place
// of all pages; until the count follows, its rows are all there are.
func (l *List) Take(r *Read) bool {
	if r.turn != l.turn {
		return false
	}
	switch {
	case r.count != nil:
		l.count, l.counted = *r.count, true
	case r.page == 0 && l.fresh != l.turn:
		l.pages = map[int][]annotate.ArticleRow{0: r.rows}
		l.counted, l.fresh = false, l.turn
	default:
		l.pages[r.page] = r.rows
	}
	return true
}

// Current says whether the rows are those of the filter as it is now.
func (l *List) Current() bool { return l.fresh == l.turn }

// Peek is row i if it was read already.
func (l *List) Peek(i int) (annotate.ArticleRow, bool) {
	page := l.pages[i/pageRows]
	if i%pageRows >= len(page) {
		return annotate.ArticleRow{}, false
	}
	return page[i%pageRows], true
}
