package storage

import (
	"context"
	"database/sql"
	"errors"

	"lede/annotate"
)

// checkSwitch checks what making an import live, or undoing it, means for what
// it brought.
func checkSwitch(ctx context.Context, q queries, before, after annotate.Import, im *importer) error {
	switch {
	case after.State == annotate.ImportUndone && before.State == annotate.ImportLive:
		return checkWorkedOn(ctx, q, after.ID)
	case after.State != annotate.ImportLive || before.State == annotate.ImportLive:
		return nil
	case im != nil && im.info.ID == after.ID:
		return im.checkUsed(ctx, q)
	}
	return checkRevived(ctx, q, after)
}

// checkWorkedOn refuses to undo an import while a later change that is in force
// touched an article or annotation set that it brought, or a later import added
// sets to such an article.
func checkWorkedOn(ctx context.Context, q queries, imp id) error {
	var stands annotate.ConflictError
	err := q.QueryRowContext(ctx, `
		SELECT o.kind, o.record FROM op o JOIN change c ON c.position = o.position
		WHERE o.position > (SELECT min(position) FROM op WHERE kind = 'import' AND record = ?1)
			AND c.undoes IS NULL AND c.redoes IS NULL
			AND (o.import = ?1 OR EXISTS (SELECT 1 FROM article a WHERE a.id = o.article AND a.import = ?1))
			AND NOT coalesce((SELECT u.undoes IS NOT NULL FROM change u
				WHERE u.undoes = c.id OR u.redoes = c.id ORDER BY u.position DESC LIMIT 1), 0)
		LIMIT 1`, string(imp)).Scan(as(&stands.Kind), as(&stands.ID))
	if errors.Is(err, sql.ErrNoRows) {
		stands.Kind = annotate.KindImport
		err = q.QueryRowContext(ctx, `
			SELECT s.import FROM article a JOIN annotation_set s ON s.article = a.id JOIN import i ON i.id = s.import
			WHERE a.import = ?1 AND s.import <> ?1 AND i.state = 'live' LIMIT 1`, string(imp)).Scan(as(&stands.ID))
	}
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return &stands
}

// revived are the reasons for which what an import brought cannot come back: a
// query each, for the import's id.
var revived = []struct{ why, query string }{
	{"an article of the same ref is there now", `
		SELECT 1 FROM article a JOIN live_article o ON o.ref = a.ref AND o.id <> a.id WHERE a.import = ?1`},
	{"an annotator has an annotation set of the same article by now", `
		SELECT 1 FROM annotation_set s JOIN shown_set o ON o.article = s.article AND o.annotator = s.annotator AND o.id <> s.id
		WHERE s.import = ?1`},
	{"an article to which it added annotations was deleted", `
		SELECT 1 FROM annotation_set s WHERE s.import = ?1 AND NOT EXISTS (SELECT 1 FROM live_article a WHERE a.id = s.article)`},
	{"an annotator whose annotations it brought was deleted", `
		SELECT 1 FROM annotation_set s JOIN annotator n ON n.id = s.annotator WHERE s.import = ?1 AND n.state <> 'live'`},
	{"a label that it uses was deleted", `
		SELECT 1 FROM annotation_set s JOIN span p ON p.set_id = s.id JOIN label l ON l.id = p.label
		WHERE s.import = ?1 AND l.state <> 'live'`},
	{"an entity to which it links was deleted", `
		SELECT 1 FROM annotation_set s JOIN span p ON p.set_id = s.id JOIN entity e ON e.id = p.entity
		WHERE s.import = ?1 AND e.state <> 'live'`},
	{"a relation type that it uses was deleted", `
		SELECT 1 FROM annotation_set s JOIN relation r ON r.set_id = s.id JOIN relation_type t ON t.id = r.type
		WHERE s.import = ?1 AND t.state <> 'live'`},
}

// checkRevived refuses to bring an undone import back if what it refers to is
// gone or its place is taken.
func checkRevived(ctx context.Context, q queries, imp annotate.Import) error {
	for _, r := range revived {
		if err := taken(ctx, q, imp, r.why, r.query, string(imp.ID)); err != nil {
			return err
		}
	}
	return nil
}
