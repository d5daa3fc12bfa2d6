package session

import (
	"context"
	"slices"

	"lede/annotate"
)

// Reading reads the list for the filter as it was when it was begun. Its methods
// may be called on any goroutine: in a large project counting takes longer than a
// hand should wait. What was read becomes the list's with Take.
type Reading struct {
	store annotate.Store
	query annotate.ArticleQuery
	turn  int
	shift int // how many rows further down stands what was on screen
}

// Read is what a Reading found: pages of rows, or the counts.
type Read struct {
	turn  int
	page  int // the first
	pages int
	rows  []annotate.ArticleRow
	count *annotate.ArticleCount
	shift int
}

// Shift is by how many rows what is on screen moves down when this is taken.
func (r *Read) Shift() int { return r.shift }

// Reading begins to read the list anew. What is there stays until Take.
func (l *List) Reading() *Reading {
	l.turn++
	return l.More()
}

// More begins to read more of the list that is there.
func (l *List) More() *Reading {
	l.session.commits.flush() // the store must answer with what is on screen
	return &Reading{store: l.session.store, query: l.query(), turn: l.turn}
}

// Rows reads the pages of rows, from the first to the last.
func (r *Reading) Rows(ctx context.Context, first, last int) (*Read, error) {
	q := r.query
	page := max(first, 0) / pageRows
	pages := max(last, first, 0)/pageRows - page + 1
	q.Offset, q.Limit = page*pageRows, pages*pageRows
	rows, err := r.store.Articles(ctx, q)
	if err != nil {
		return nil, err
	}
	return &Read{turn: r.turn, page: page, pages: pages, rows: rows, shift: r.shift}, nil
}

// Place counts what stands before an article of the list: its row.
func (r *Reading) Place(ctx context.Context, article annotate.ID) (int, error) {
	q := r.query
	q.Before = article
	count, err := r.store.Count(ctx, q)
	return count.Total, err
}

// Around reads the row of an article and rows around it; nil if the list does not have it.
func (r *Reading) Around(ctx context.Context, article annotate.ID, margin int) (*Read, error) {
	has, err := r.Among(ctx, []annotate.ID{article})
	if err != nil || len(has) == 0 {
		return nil, err
	}
	at, err := r.Place(ctx, article)
	if err != nil {
		return nil, err
	}
	return r.Rows(ctx, at-margin, at+margin)
}

// Stay finds where what is on screen stands now: articles that were in rows, from one on.
// Articles may have come or gone above, and one that was edited may have moved in an order by
// that: what most of the first, the middle and the last one did counts. The rows read then
// know how far that is.
func (r *Reading) Stay(ctx context.Context, row int, articles []annotate.ID) (first int, err error) {
	has, err := r.Among(ctx, articles)
	if err != nil || len(has) == 0 {
		return row, err
	}
	var left []int // of articles, those that the list still has
	for i, a := range articles {
		if slices.Contains(has, a) {
			left = append(left, i)
		}
	}
	asked := []int{left[0]}
	if moving(r.query.Sort) {
		asked = append(asked, left[len(left)/2], left[len(left)-1])
	}
	var shifts []int
	for _, i := range asked {
		at, err := r.Place(ctx, articles[i])
		if err != nil {
			return row, err
		}
		shifts = append(shifts, at-row-i)
	}
	slices.Sort(shifts)
	r.shift = shifts[len(shifts)/2]
	return row + r.shift, nil
}

// moving says whether annotating an article moves it in an order.
func moving(by annotate.ArticleSort) bool {
	return by == annotate.SortEdited || by == annotate.SortStatus || by == annotate.SortSpans
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
// has changed meanwhile: it has to be read again. The first pages take the place
// of all; until the count follows, the old one counts, or, for another filter, the
// rows of the first page are all there are.
func (l *List) Take(r *Read) bool {
	if r.turn != l.turn {
		return false
	}
	if r.count != nil {
		l.count, l.counted = *r.count, true
		return true
	}
	if l.fresh != l.turn {
		if l.anew && r.page != 0 {
			return true // of a place of the list that is about to go
		}
		l.renew(r.shift)
	}
	for i := range r.pages {
		rows := r.rows[min(i*pageRows, len(r.rows)):]
		l.pages[r.page+i] = slices.Clone(rows[:min(pageRows, len(rows))])
	}
	if end := r.page*pageRows + len(r.rows); len(r.rows) < r.pages*pageRows && (len(r.rows) > 0 || end == 0) {
		l.count.Total = end // before it is counted
	}
	return true
}

// Unread says whether the page of a row has yet to be read as it is now.
func (l *List) Unread(i int) bool {
	_, read := l.pages[i/pageRows]
	return !read
}

// Anew says whether the list is about to be another one: of another filter, or in
// another order.
func (l *List) Anew() bool { return l.anew }

// Counted says whether Len is the number of all rows.
func (l *List) Counted() bool { return l.counted && l.Current() }

// Current says whether the rows are those of the filter as it is now.
func (l *List) Current() bool { return l.fresh == l.turn }

// Peek is row i if it was read already.
func (l *List) Peek(i int) (annotate.ArticleRow, bool) {
	page := l.page(i / pageRows)
	if i%pageRows >= len(page) {
		return annotate.ArticleRow{}, false
	}
	return page[i%pageRows], true
}
