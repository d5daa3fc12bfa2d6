package storage

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
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

// listed are articles t, each with the set s of an annotator.
var listed = "article t LEFT JOIN annotation_set s ON s.article = t.id AND s.annotator = ? AND " + imported("s")

// listArticles begins a listing: articles as t, the annotator's set as s.
func listArticles(ctx context.Context, db queries, q annotate.ArticleQuery) (*listing, error) {
	index, err := lookIntoIndex(ctx, db, q.Filter)
	if err != nil {
		return nil, err
	}
	return listIndexed(q, index)
}

// listIndexed is listArticles with what the index knows of the filter's words; without, the
// filter is left out.
func listIndexed(q annotate.ArticleQuery, index *wordIndex) (*listing, error) {
	l := &listing{from: []string{listed}, args: []any{string(q.Annotator)}}
	if q.Presence != "" || !q.Filter.Asks(annotate.FilterIn) {
		l.and("t.presence = ?", string(cmp.Or(q.Presence, annotate.Live)))
	}
	l.and(imported("t"))
	if index != nil {
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

// Count counts what a query finds.
func (s *store) Count(ctx context.Context, q annotate.ArticleQuery) (annotate.ArticleCount, error) {
	count := annotate.ArticleCount{Status: map[annotate.Status]int{}}
	p, err := pagingOf(ctx, s.reader, q)
	if err != nil {
		return count, explain("count articles of", s.shown, err)
	}
	l, err := listArticles(ctx, s.reader, q)
	if err != nil {
		return count, explain("count articles of", s.shown, err)
	}
	p.bound(l)
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
