package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"lede/annotate"
)

// sortKeys are what articles are sorted by, before their place in the project.
var sortKeys = map[annotate.ArticleSort]string{
	annotate.SortOrder:  "",
	annotate.SortDate:   "t.published_iso",
	annotate.SortTitle:  "(CASE t.title WHEN '' THEN t.ref ELSE t.title END) COLLATE NOCASE",
	annotate.SortStatus: "CASE coalesce(s.status, 'new') WHEN 'new' THEN 0 WHEN 'in_progress' THEN 1 WHEN 'done' THEN 2 ELSE 3 END",
	annotate.SortSpans:  "coalesce(s.spans, 0)",
	annotate.SortEdited: "t.edited",
}

// placeOf is what says where an article stands in a query's order: columns, and how
// they compare.
func placeOf(q annotate.ArticleQuery) []string {
	if key := sortKeys[q.Sort]; key != "" {
		return []string{key, "t.ord", "t.id"}
	}
	return []string{"t.ord", "t.id"}
}

// beyond asks for articles that stand past a place, or up to it. That they do not stand before it by
// the first column is said again alone: an index of an expression is used only then.
func (l *listing) beyond(columns []string, compare string, at []any) {
	l.and("("+strings.Join(columns, ", ")+") "+compare+" (?"+strings.Repeat(", ?", len(columns)-1)+")", at...)
	l.and(columns[0]+" "+compare[:1]+"= ?", at[0])
}

// scanPlace reads the columns of a place.
func scanPlace(row *sql.Row, columns int) ([]any, error) {
	at := make([]any, columns)
	targets := make([]any, columns)
	for i := range at {
		targets[i] = &at[i]
	}
	err := row.Scan(targets...)
	return at, err
}

// paging is a query for a page of the list, at one moment of the project.
type paging struct {
	db queries
	annotate.ArticleQuery
	columns   []string // of the place of an article
	backwards bool
	bounds    []bound
}

// bound is a place past which a page begins.
type bound struct {
	compare string
	at      []any
}

// pagingOf finds the place of the article next to which a page begins.
func pagingOf(ctx context.Context, db queries, q annotate.ArticleQuery) (*paging, error) {
	p := &paging{db: db, ArticleQuery: q, columns: placeOf(q), backwards: (q.Before != "") != q.Descending}
	for _, neighbour := range []struct {
		article id
		after   bool
	}{{q.After, true}, {q.Before, false}} {
		if neighbour.article == "" {
			continue
		}
		at, err := scanPlace(db.QueryRowContext(ctx, "SELECT "+strings.Join(p.columns, ", ")+" FROM "+listed+
			" WHERE t.id = ? AND "+imported("t"), string(q.Annotator), string(neighbour.article)), len(p.columns))
		if errors.Is(err, sql.ErrNoRows) {
			return nil, annotate.ErrNotFound
		}
		if err != nil {
			return nil, err
		}
		p.bounds = append(p.bounds, bound{map[bool]string{true: ">", false: "<"}[neighbour.after != q.Descending], at})
	}
	return p, nil
}

// list begins the listing of the page, without the filter if there is no index to ask.
func (p *paging) list(index *wordIndex) (*listing, error) {
	l, err := listIndexed(p.ArticleQuery, index)
	if err != nil {
		return nil, err
	}
	p.bound(l)
	return l, nil
}

// bound keeps a listing to what stands between the neighbours of the page.
func (p *paging) bound(l *listing) {
	for _, b := range p.bounds {
		l.beyond(p.columns, b.compare, b.at)
	}
}

func (s *store) articleRows(ctx context.Context, q annotate.ArticleQuery) (found []annotate.ArticleRow, err error) {
	err = s.view(ctx, func(tx *sql.Tx) error {
		p, err := pagingOf(ctx, tx, q)
		if err == nil {
			found, err = p.find(ctx)
		}
		return err
	})
	return found, err
}

// find reads the rows of the page.
func (p *paging) find(ctx context.Context) (found []annotate.ArticleRow, err error) {
	index, err := lookIntoIndex(ctx, p.db, p.Filter)
	if err != nil {
		return nil, err
	}
	l, err := p.list(index)
	if err != nil {
		return nil, err
	}
	if index != nil && index.frequent && p.Limit > 0 && p.Offset <= 0 && ofArticles(p.ArticleQuery) {
		if found, err := p.nearby(ctx, index); err != nil || found != nil {
			return found, err
		}
	}
	return p.rows(ctx, l)
}

// nearby looks for the page among the next articles of its order alone. Words that many
// articles have need not be found in all of them then. It is nil if these do not fill the page.
func (p *paging) nearby(ctx context.Context, index *wordIndex) ([]annotate.ArticleRow, error) {
	next, err := p.list(nil)
	if err != nil {
		return nil, err
	}
	next.from, next.args = []string{"article t"}, next.args[1:]
	for _, many := range []int{1000, 16_000} {
		in := *index
		var n int
		err := p.db.QueryRowContext(ctx, "SELECT coalesce(min(doc), 0), coalesce(max(doc), 0), count(*) FROM (SELECT t.doc AS doc"+next.String()+
			order(p.columns, p.backwards)+" LIMIT ?)", append(slices.Clip(next.args), many)...).Scan(&in.first, &in.last, &n)
		if err != nil || n < many {
			return nil, err // all of them are not too many to look at
		}
		end, err := scanPlace(p.db.QueryRowContext(ctx, "SELECT "+strings.Join(p.columns, ", ")+next.String()+
			order(p.columns, p.backwards)+" LIMIT 1 OFFSET ?", append(slices.Clip(next.args), many-1)...), len(p.columns))
		if err != nil {
			return nil, err
		}
		l, err := p.list(&in)
		if err != nil {
			return nil, err
		}
		l.beyond(p.columns, map[bool]string{true: ">=", false: "<="}[p.backwards], end)
		if found, err := p.rows(ctx, l); err != nil || len(found) == p.Limit {
			return found, err
		}
	}
	return nil, nil
}

// rows reads the rows of a listing on the page.
func (p *paging) rows(ctx context.Context, l *listing) ([]annotate.ArticleRow, error) {
	query, args := l.page(p.ArticleQuery, p.columns, p.backwards)
	rows, err := p.db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	found, err := collect(rows, func(row scanner) (r annotate.ArticleRow, err error) {
		return r, row.Scan(append(articleTargets(&r.Article), as(&r.Status), &r.Flag, &r.Spans)...)
	})
	if p.Before != "" {
		slices.Reverse(found)
	}
	return found, err
}

// order is the clause that sorts by columns.
func order(columns []string, backwards bool) string {
	direction := ""
	if backwards {
		direction = " DESC"
	}
	return " ORDER BY " + strings.Join(columns, direction+", ") + direction
}

// page is the query for the rows of a listing, with its arguments. A page is found by
// the indexes alone, and only its rows are read whole.
func (l *listing) page(q annotate.ArticleQuery, columns []string, backwards bool) (string, []any) {
	row := "SELECT " + articles.fields() + ", coalesce(s.status, 'new'), coalesce(s.flag, ''), coalesce(s.spans, 0)"
	if q.Limit <= 0 {
		return row + l.String() + order(columns, backwards) + " LIMIT -1 OFFSET ?", append(l.args, max(q.Offset, 0))
	}
	found, places := *l, []string{}
	if ofArticles(q) { // need not look for the set of each
		found.from, found.args = []string{"article t"}, l.args[1:]
	}
	inner := "SELECT t.id AS found"
	for i, c := range columns {
		places = append(places, fmt.Sprintf("o.place%d", i))
		inner += fmt.Sprintf(", %s AS place%d", c, i)
	}
	inner += found.String() + order(columns, backwards) + " LIMIT ? OFFSET ?"
	return row + " FROM (" + inner + ") o CROSS JOIN " + strings.Replace(l.from[0], "article t", "article t ON t.id = o.found", 1) + order(places, backwards),
		append(slices.Clip(found.args), q.Limit, max(q.Offset, 0), string(q.Annotator))
}
