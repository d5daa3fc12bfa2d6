package session

import (
	"context"
	"slices"

	"lede/annotate"
	"lede/annotate/filter"
)

// List is the article list as the window shows it: the articles that pass a
// filter, read page by page. Rows that were not read yet cost one query for
// their page, whatever the number of articles.
type List struct {
	session    *Session
	filter     *annotate.Filter
	sort       annotate.ArticleSort
	descending bool

	count   annotate.ArticleCount
	counted bool // count is of the pages that are here
	pages   map[int][]annotate.ArticleRow
	turn    int // counts filters and changes: what was read before is out of date
	fresh   int // the turn of the first page that is here
}

// pageRows is how many rows are read at once.
const pageRows = 100

// Filter narrows the list to what meets a filter, nil for all; Reload follows.
func (l *List) Filter(f *annotate.Filter) {
	l.filter = f
	l.turn++
	l.session.tell(ListChanged{})
}

// Sort puts the list in another order; Reload follows.
func (l *List) Sort(by annotate.ArticleSort, descending bool) {
	l.sort, l.descending = by, descending
	l.turn++
	l.session.tell(ListChanged{})
}

// Passing is the filter that is set; nil for none.
func (l *List) Passing() *annotate.Filter { return l.filter }

// Sorted is the order that is set.
func (l *List) Sorted() (by annotate.ArticleSort, descending bool) { return l.sort, l.descending }

// Filtered says whether any filter is set.
func (l *List) Filtered() bool { return l.filter != nil }

// query asks for the list. Who has not begun yet has a name and no id: me is the name.
func (l *List) query() annotate.ArticleQuery {
	shown := l.session.shown
	return annotate.ArticleQuery{
		Annotator: shown.ID, Filter: filter.Named(l.filter, shown.Name), Sort: l.sort, Descending: l.descending,
	}
}

// Reload counts anew and forgets every row.
func (l *List) Reload(ctx context.Context) error {
	l.session.commits.flush()
	count, err := l.session.store.Count(ctx, l.query())
	if err != nil {
		return err
	}
	l.turn++
	l.count, l.counted, l.fresh = count, true, l.turn
	l.pages = map[int][]annotate.ArticleRow{}
	return nil
}

// Count is what the last Reload counted.
func (l *List) Count() annotate.ArticleCount { return l.count }

// Len is the number of rows.
func (l *List) Len() int {
	if !l.counted {
		return len(l.pages[0])
	}
	return l.count.Total
}

// Row reads row i, from 0. ok is false past the end.
func (l *List) Row(ctx context.Context, i int) (row annotate.ArticleRow, ok bool, err error) {
	page, seen := l.pages[i/pageRows]
	if !seen {
		q := l.query()
		q.Offset, q.Limit = i/pageRows*pageRows, pageRows
		if page, err = l.session.store.Articles(ctx, q); err != nil {
			return row, false, err
		}
		if l.pages == nil {
			l.pages = map[int][]annotate.ArticleRow{}
		}
		l.pages[i/pageRows] = page
	}
	if i%pageRows >= len(page) {
		return row, false, nil
	}
	return page[i%pageRows], true, nil
}

// Index finds the row of an article among the pages that were read, -1 if it is
// on none of them.
func (l *List) Index(article annotate.ID) int {
	for number, page := range l.pages {
		if i := slices.IndexFunc(page, func(r annotate.ArticleRow) bool { return r.Article.ID == article }); i >= 0 {
			return number*pageRows + i
		}
	}
	return -1
}

// apply keeps the rows that were read in step with a change, so that the list
// need not be read anew for every span.
func (l *List) apply(c annotate.Change, shown annotate.ID) {
	l.turn++
	l.fresh++
	i := l.Index(c.Article)
	if i < 0 {
		return
	}
	row := &l.pages[i/pageRows][i%pageRows]
	for _, op := range c.Ops {
		switch r := latest(op).(type) {
		case annotate.Article:
			if r.ID == row.Article.ID {
				row.Article = r
			}
		case annotate.Span:
			if op.Before == nil {
				row.Spans++
			}
			if op.After == nil {
				row.Spans--
			}
		case annotate.AnnotationSet:
			if r.Annotator != shown {
				continue
			}
			status, flag := annotate.New, ""
			if op.After != nil {
				status, flag = r.Status, r.Flag
			}
			l.moveStatus(row, status, flag)
		}
	}
}

func (l *List) moveStatus(row *annotate.ArticleRow, status annotate.Status, flag string) {
	if l.count.Status == nil {
		l.count.Status = map[annotate.Status]int{}
	}
	l.count.Status[row.Status]--
	l.count.Status[status]++
	if (row.Flag != "") != (flag != "") {
		if flag != "" {
			l.count.Flagged++
		} else {
			l.count.Flagged--
		}
	}
	row.Status, row.Flag = status, flag
}

func latest(op annotate.Op) annotate.Record {
	if op.After != nil {
		return op.After
	}
	return op.Before
}
