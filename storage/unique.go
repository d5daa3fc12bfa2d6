package storage

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"lede/annotate"
)

// checkUnique refuses a record if another one in use has its name.
func checkUnique(ctx context.Context, q queries, r record) error {
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
