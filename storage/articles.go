package storage

import (
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
	var forms []string
	var args []any
	for _, column := range []string{"t.title", "t.source", "t.ref"} {
		for _, pattern := range anyCase(word) {
			forms = append(forms, column+" GLOB ?")
			args = append(args, pattern)
		}
	}
	l.and("("+strings.Join(forms, " OR ")+")", args...)
}

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
func listArticles(q annotate.ArticleQuery) *listing {
	if q.Presence == "" {
		q.Presence = annotate.Live
	}
	l := &listing{
		from: []string{`article t LEFT JOIN annotation_set s ON s.article = t.id AND s.annotator = ?
			AND ` + imported("s")},
		args: []any{string(q.Annotator)},
	}
	l.and("t.presence = ?", string(q.Presence))
	l.and(imported("t"))
	if q.Source != "" {
		l.and("t.source = ?", q.Source)
	}
	if q.Flagged {
		l.and("coalesce(s.flag, '') <> ''")
	}
	if of := "(SELECT e.value FROM json_each(s.fields) e WHERE e.key = ?)"; q.Field != "" && q.Value == "" {
		l.and(of+" IS NULL", q.Field)
	} else if q.Field != "" {
		l.and(of+" = ?", q.Field, q.Value)
	}
	if len(q.Words) > 0 {
		l.from = append(l.from, "JOIN text x ON x.hash = t.text_hash")
	}
	for _, w := range q.Words {
		l.and("lede_has(?, t.title, t.source, t.ref, x.text)", strings.ToLower(w))
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
	return l
}

// Articles pages through the article list.
func (s *store) Articles(ctx context.Context, q annotate.ArticleQuery) ([]annotate.ArticleRow, error) {
	rows, err := s.articleRows(ctx, q)
	return rows, explain("list articles of", s.shown, err)
}

func (s *store) articleRows(ctx context.Context, q annotate.ArticleQuery) ([]annotate.ArticleRow, error) {
	l := listArticles(q)
	for _, neighbour := range []struct {
		article id
		compare string
	}{{q.After, ">"}, {q.Before, "<"}} {
		if neighbour.article == "" {
			continue
		}
		var ord int64
		err := s.reader.QueryRowContext(ctx, "SELECT ord FROM shown_article WHERE id = ?", string(neighbour.article)).Scan(&ord)
		if errors.Is(err, sql.ErrNoRows) {
			return nil, annotate.ErrNotFound
		}
		if err != nil {
			return nil, err
		}
		l.and("(t.ord, t.id) "+neighbour.compare+" (?, ?)", ord, string(neighbour.article))
	}
	offset := max(q.Offset, 0)
	if offset > 0 && q.Before == "" && ofArticles(q) {
		there, err := s.skip(ctx, l, offset)
		if err != nil || !there {
			return nil, err
		}
		offset = 0
	}
	if len(q.Statuses) > 0 {
		raw, err := compact(q.Statuses)
		if err != nil {
			return nil, err
		}
		l.and("coalesce(s.status, 'new') IN (SELECT value FROM json_each(?))", string(raw))
	}
	direction := ""
	if q.Before != "" {
		direction = " DESC" // the nearest first; turned round below
	}
	limit := q.Limit
	if limit <= 0 {
		limit = -1
	}
	query := "SELECT " + articles.fields() + `, coalesce(s.status, 'new'), coalesce(s.flag, ''),
		(SELECT count(*) FROM span p WHERE p.set_id = s.id)` + l.String() +
		fmt.Sprintf(" ORDER BY t.ord%s, t.id%s LIMIT ? OFFSET ?", direction, direction)
	rows, err := s.reader.QueryContext(ctx, query, append(l.args, limit, offset)...)
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

// Count counts what a query finds. One pass counts for every source, as the
// sources are a list to choose another one from.
func (s *store) Count(ctx context.Context, q annotate.ArticleQuery) (annotate.ArticleCount, error) {
	count := annotate.ArticleCount{Status: map[annotate.Status]int{}}
	every := q
	every.Source = ""
	l := listArticles(every)
	rows, err := s.reader.QueryContext(ctx, "SELECT t.source, coalesce(s.status, 'new'), count(*), sum(coalesce(s.flag, '') <> '')"+
		l.String()+" GROUP BY 1, 2", l.args...)
	if err != nil {
		return count, explain("count articles of", s.shown, err)
	}
	_, err = collect(rows, func(row scanner) (none struct{}, err error) {
		var source string
		var status annotate.Status
		var n, flagged int
		if err := row.Scan(&source, as(&status), &n, &flagged); err != nil {
			return none, err
		}
		if source != "" {
			count.Sources = append(count.Sources, source)
		}
		if q.Source == "" || q.Source == source {
			count.Status[status] += n
			count.Total += n
			count.Flagged += flagged
		}
		return none, nil
	})
	slices.Sort(count.Sources)
	count.Sources = slices.Compact(count.Sources)
	count.Sources = count.Sources[:min(len(count.Sources), 200)]
	return count, explain("count articles of", s.shown, err)
}
