package storage

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"lede/annotate"
)

// sameName says whether a record has the name, or the place, that it had before: then
// nothing can have taken it.
func sameName(before, after record) bool {
	switch a := after.(type) {
	case annotate.Article:
		b, ok := before.(annotate.Article)
		return ok && a.Ref == b.Ref
	case annotate.ArticleState:
		b, ok := before.(annotate.ArticleState)
		return ok && (a.Presence == b.Presence || a.Presence != annotate.Live)
	case annotate.AnnotationSet:
		b, ok := before.(annotate.AnnotationSet)
		return ok && a.Article == b.Article && a.Annotator == b.Annotator
	}
	return false
}

// checkUnique refuses a record if another one in use has its name; before is what it
// was, nil for a new one.
func checkUnique(ctx context.Context, q queries, before, r record) error {
	if sameName(before, r) {
		return nil
	}
	switch r := r.(type) {
	case annotate.Label:
		return taken(ctx, q, r, "there is a label "+r.Name+" already",
			"SELECT 1 FROM label WHERE name = ? AND id <> ? AND state = 'live'", r.Name, r.ID)
	case annotate.RelationType:
		return taken(ctx, q, r, "there is a relation type "+r.Name+" already",
			"SELECT 1 FROM relation_type WHERE name = ? AND id <> ? AND state = 'live'", r.Name, r.ID)
	case annotate.Annotator:
		return checkAnnotator(ctx, q, r)
	case annotate.Article:
		return checkRef(ctx, q, r, r.ID)
	case annotate.ArticleState:
		return checkRef(ctx, q, r, r.ID)
	case annotate.AnnotationSet:
		return taken(ctx, q, r, "its annotator has an annotation set of the article already",
			`SELECT 1 FROM annotation_set s WHERE s.article = ? AND s.annotator = ? AND s.id <> ?
				AND EXISTS (SELECT 1 FROM shown_set o WHERE o.id = s.id) AND EXISTS (SELECT 1 FROM shown_set o WHERE o.id = ?)`,
			r.Article, r.Annotator, r.ID, r.ID)
	}
	return nil
}

// taken refuses r for the given reason if the query finds anything.
func taken(ctx context.Context, q queries, r record, reason, query string, args ...any) error {
	var one int
	err := q.QueryRowContext(ctx, query+" LIMIT 1", args...).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return refused(r, "%s", reason)
}

func checkRef(ctx context.Context, q queries, r record, article id) error {
	return taken(ctx, q, r, "there is an article of this ref already",
		`SELECT 1 FROM live_article a JOIN live_article o ON o.ref = a.ref AND o.id <> a.id WHERE a.id = ?`, article)
}

// checkAnnotator compares names whatever their case, in every script.
func checkAnnotator(ctx context.Context, q queries, a annotate.Annotator) error {
	others, err := list[annotate.Annotator](ctx, q, &annotators)
	if err != nil {
		return err
	}
	for _, o := range others {
		if o.ID != a.ID && strings.EqualFold(o.Name, a.Name) {
			return refused(a, "there is an annotator %q already", o.Name)
		}
	}
	return nil
}
