package session

import (
	"context"
	"maps"
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
	counted bool // count is of this filter, if perhaps from before the last change
	pages   map[int][]annotate.ArticleRow
	old     map[int][]annotate.ArticleRow // from before the list was read anew: shown where pages has nothing yet
	turn    int                           // counts filters and changes: what was read before is out of date
	fresh   int                           // the turn of the first page that is here
	anew    bool                          // what is here is of another filter or order
	stood   stood
}

// stood is where the open article stood before work on it moved it in an order that follows
// the work: the next one is the one that was below it then.
type stood struct {
	article      annotate.ID
	above, below neighbours
}

// neighbours are articles to one side of another, the nearest first.
type neighbours struct {
	articles []annotate.ID
	end      bool // no more follow
}

// pageRows is how many rows are read at once.
const pageRows = 100

// Filter narrows the list to what meets a filter, nil for all; Reload follows.
func (l *List) Filter(f *annotate.Filter) {
	l.filter = f
	l.turn++
	l.anew, l.stood = true, stood{}
	l.session.tell(ListChanged{})
}

// Sort puts the list in another order; Reload follows.
func (l *List) Sort(by annotate.ArticleSort, descending bool) {
	l.sort, l.descending = by, descending
	l.turn++
	l.anew, l.stood = true, stood{}
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
	l.renew(0)
	l.count, l.counted = count, true
	return nil
}

// renew makes room for pages that are read anew. What was there still shows where nothing was
// read yet, unless it is of another filter, or the rows have moved.
func (l *List) renew(shift int) {
	was := l.pages
	l.pages, l.fresh = map[int][]annotate.ArticleRow{}, l.turn
	switch {
	case l.anew || shift != 0:
		l.old, l.counted = nil, l.counted && !l.anew
	case l.old == nil:
		l.old = was
	default:
		maps.Copy(l.old, was)
	}
	l.anew = false
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
	for _, pages := range []map[int][]annotate.ArticleRow{l.pages, l.old} {
		for number := range pages {
			i := slices.IndexFunc(l.page(number), func(r annotate.ArticleRow) bool { return r.Article.ID == article })
			if i >= 0 {
				return number*pageRows + i
			}
		}
	}
	return -1
}

// page is what is known of a page: as it was read last.
func (l *List) page(number int) []annotate.ArticleRow {
	if page, read := l.pages[number]; read {
		return page
	}
	return l.old[number]
}

// stands notes where an article stands that is about to be worked on.
func (l *List) stands(article annotate.ID) {
	if moving(l.sort) && article != l.stood.article {
		l.stood = stood{article, l.beside(article, -1), l.beside(article, 1)}
	}
}

// around are the articles beside the open one as the list shows them, or showed them before
// work on it moved it. In an order that work does not move, the store knows better.
func (l *List) around(article annotate.ID, back bool) neighbours {
	switch {
	case !moving(l.sort) || l.anew:
		return neighbours{}
	case l.stood.article != article && back:
		return l.beside(article, -1)
	case l.stood.article != article:
		return l.beside(article, 1)
	case back:
		return l.stood.above
	}
	return l.stood.below
}

// beside walks from an article over rows that were read, by 1 or -1.
func (l *List) beside(article annotate.ID, by int) (n neighbours) {
	i := l.Index(article)
	if i < 0 || l.anew {
		return n
	}
	for i += by; len(n.articles) < pageRows; i += by {
		if n.end = i < 0 || l.counted && i >= l.Len(); n.end {
			break
		}
		row, ok := l.Peek(i)
		if !ok {
			break
		}
		n.articles = append(n.articles, row.Article.ID)
	}
	return n
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
	row := &l.page(i / pageRows)[i%pageRows]
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
