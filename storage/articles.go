package storage

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/text"
)

// Article finds a live article and its text.
func (s *store) Article(ctx context.Context, i id) (annotate.Article, *text.Text, error) {
	var a annotate.Article
	var body string
	err := s.reader.QueryRowContext(ctx, "SELECT "+articles.fields()+`, x.text
		FROM live_article t JOIN text x ON x.hash = t.text_hash WHERE t.id = ?`, string(i)).Scan(append(articleTargets(&a), &body)...)
	if errors.Is(err, sql.ErrNoRows) {
		return a, nil, annotate.ErrNotFound
	}
	if err != nil {
		return a, nil, explain("read article of", s.shown, err)
	}
	return a, text.New(body), nil
}

// Find lists live articles with a ref or, when ref is "", with a text hash.
func (s *store) Find(ctx context.Context, ref, textHash string) ([]annotate.Article, error) {
	where, arg := "t.ref = ?", ref
	if ref == "" {
		where, arg = "t.text_hash = ?", textHash
	}
	rows, err := s.reader.QueryContext(ctx, "SELECT "+articles.fields()+" FROM live_article t WHERE "+where+" ORDER BY t.ord, t.id", arg)
	if err != nil {
		return nil, explain("read articles of", s.shown, err)
	}
	found, err := collect(rows, func(row scanner) (a annotate.Article, err error) { return a, row.Scan(articleTargets(&a)...) })
	return found, explain("read articles of", s.shown, err)
}

// listing is the part of a query about the article list that Articles and Count
// share: FROM and WHERE, with their arguments.
type listing struct {
	from, where []string
	args        []any
}

func (l *listing) and(condition string, args ...any) {
	l.where = append(l.where, condition)
	l.args = append(l.args, args...)
}

// named asks for a word in what an article is called.
func (l *listing) named(word string) {
	v := annotate.FilterValue{Text: word, Before: true, After: true}
	l.meets(joined("OR", []condition{fits("t.title", v), fits("t.source", v), fits("t.ref", v)}))
}

func (l *listing) meets(c condition) { l.and(c.sql, c.args...) }

func (l *listing) String() string {
	return " FROM " + strings.Join(l.from, " ") + " WHERE " + strings.Join(l.where, " AND ")
}

// imported is the condition that the import of a row of table t, if it came by one, is
// live. The others, of which there are hardly ever any, are looked up once for all
// rows.
func imported(t string) string {
	return "(" + t + ".import IS NULL OR " + t + ".import NOT IN (SELECT i.id FROM import i WHERE i.state <> 'live'))"
}

// listArticles begins a listing: articles as t, the annotator's set as s.
func listArticles(ctx context.Context, db queries, q annotate.ArticleQuery) (*listing, error) {
	l := &listing{
		from: []string{`article t LEFT JOIN annotation_set s ON s.article = t.id AND s.annotator = ?
			AND ` + imported("s")},
		args: []any{string(q.Annotator)},
	}
	if q.Presence != "" || !q.Filter.Asks(annotate.FilterIn) {
		l.and("t.presence = ?", string(cmp.Or(q.Presence, annotate.Live)))
	}
	l.and(imported("t"))
	if q.Filter != nil {
		index, err := lookIntoIndex(ctx, db, q.Filter)
		if err != nil {
			return nil, err
		}
		l.meets(filters{q.Annotator, index}.condition(q.Filter))
		if index.err != nil {
			return nil, index.err
		}
	}
	if len(q.Articles) > 0 {
		raw, _ := compact(q.Articles) // strings: always JSON
		l.and("t.id IN (SELECT value FROM json_each(?))", string(raw))
	}
	for _, w := range q.Names {
		if w != "" {
			l.named(w)
		}
	}
	return l, nil
}

// Articles pages through the article list.
func (s *store) Articles(ctx context.Context, q annotate.ArticleQuery) ([]annotate.ArticleRow, error) {
	rows, err := s.articleRows(ctx, q)
	return rows, explain("list articles of", s.shown, err)
}

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

// beyond asks for articles that stand past a place. That they do not stand before it by
// the first column is said again alone: an index of an expression is used only then.
func (l *listing) beyond(columns []string, compare string, at []any) {
	l.and("("+strings.Join(columns, ", ")+") "+compare+" (?"+strings.Repeat(", ?", len(columns)-1)+")", at...)
	l.and(columns[0]+" "+compare+"= ?", at[0])
}

// scanPlace reads the columns of a place.
func scanPlace(row *sql.Row, columns []string) ([]any, error) {
	at := make([]any, len(columns))
	targets := make([]any, len(columns))
	for i := range at {
		targets[i] = &at[i]
	}
	err := row.Scan(targets...)
	return at, err
}

func (s *store) articleRows(ctx context.Context, q annotate.ArticleQuery) ([]annotate.ArticleRow, error) {
	l, err := listArticles(ctx, s.reader, q)
	if err != nil {
		return nil, err
	}
	columns := placeOf(q)
	backwards := (q.Before != "") != q.Descending
	for _, neighbour := range []struct {
		article id
		after   bool
	}{{q.After, true}, {q.Before, false}} {
		if neighbour.article == "" {
			continue
		}
		at, err := scanPlace(s.reader.QueryRowContext(ctx, "SELECT "+strings.Join(columns, ", ")+" FROM "+l.from[0]+
			" WHERE t.id = ? AND "+imported("t"), string(q.Annotator), string(neighbour.article)), columns)
		if errors.Is(err, sql.ErrNoRows) {
			return nil, annotate.ErrNotFound
		}
		if err != nil {
			return nil, err
		}
		l.beyond(columns, map[bool]string{true: ">", false: "<"}[neighbour.after != q.Descending], at)
	}
	query, args := l.page(q, columns, backwards)
	rows, err := s.reader.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	found, err := collect(rows, func(row scanner) (r annotate.ArticleRow, err error) {
		return r, row.Scan(append(articleTargets(&r.Article), as(&r.Status), &r.Flag, &r.Spans)...)
	})
	if q.Before != "" {
		slices.Reverse(found)
	}
	return found, err
}

// page is the query for the rows of a listing, with its arguments. A page is found by
// the indexes alone, and only its rows are read whole.
func (l *listing) page(q annotate.ArticleQuery, columns []string, backwards bool) (string, []any) {
	direction := ""
	if backwards {
		direction = " DESC"
	}
	order := func(columns []string) string { return " ORDER BY " + strings.Join(columns, direction+", ") + direction }
	row := "SELECT " + articles.fields() + ", coalesce(s.status, 'new'), coalesce(s.flag, ''), coalesce(s.spans, 0)"
	if q.Limit <= 0 {
		return row + l.String() + order(columns) + " LIMIT -1 OFFSET ?", append(l.args, max(q.Offset, 0))
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
	inner += found.String() + order(columns) + " LIMIT ? OFFSET ?"
	return row + " FROM (" + inner + ") o CROSS JOIN " + strings.Replace(l.from[0], "article t", "article t ON t.id = o.found", 1) + order(places),
		append(slices.Clip(found.args), q.Limit, max(q.Offset, 0), string(q.Annotator))
}

// Count counts what a query finds.
func (s *store) Count(ctx context.Context, q annotate.ArticleQuery) (annotate.ArticleCount, error) {
	count := annotate.ArticleCount{Status: map[annotate.Status]int{}}
	l, err := listArticles(ctx, s.reader, q)
	if err != nil {
		return count, explain("count articles of", s.shown, err)
	}
	rows, err := s.reader.QueryContext(ctx, "SELECT coalesce(s.status, 'new'), count(*), sum(coalesce(s.flag, '') <> '')"+
		l.String()+" GROUP BY 1", l.args...)
	if err != nil {
		return count, explain("count articles of", s.shown, err)
	}
	_, err = collect(rows, func(row scanner) (none struct{}, err error) {
		var status annotate.Status
		var n, flagged int
		if err := row.Scan(as(&status), &n, &flagged); err != nil {
			return none, err
		}
		count.Status[status] += n
		count.Total += n
		count.Flagged += flagged
		return none, nil
	})
	return count, explain("count articles of", s.shown, err)
}
