package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"lede/annotate"
)

const opPurge = "purge"

// purging are articles that are to be removed for good.
type purging struct {
	tx    *sql.Tx
	ids   string // as a list in JSON
	shown string // the project, as it was asked for
	found map[id]*counts
}

// amongIDs is the condition that a column names one of the articles.
func amongIDs(column string) string { return column + " IN (SELECT value FROM json_each(?1))" }

// PlanPurge says what Purge removes.
func (s *store) PlanPurge(ctx context.Context, articles []annotate.ID) (plan annotate.Purge, err error) {
	err = s.view(ctx, func(tx *sql.Tx) error {
		p := purging{tx: tx, shown: s.shown, ids: inJSON(articles)}
		plan, err = p.plan(ctx)
		return err
	})
	return plan, explain(opPurge, s.shown, err)
}

func (p *purging) plan(ctx context.Context) (plan annotate.Purge, err error) {
	var asked int
	const ofSets = " t JOIN annotation_set s ON s.id = t.set_id WHERE "
	for _, n := range []struct {
		query string
		into  *int
	}{
		{"SELECT count(DISTINCT value) FROM json_each(?1)", &asked},
		{"SELECT count(*) FROM shown_article a WHERE a.presence = 'deleted' AND " + amongIDs("a.id"), &plan.Articles},
		{"SELECT count(*) FROM span" + ofSets + amongIDs("s.article"), &plan.Spans},
		{"SELECT count(*) FROM relation" + ofSets + amongIDs("s.article"), &plan.Relations},
		{"SELECT count(DISTINCT o.position) FROM op o WHERE " + amongIDs("o.article"), &plan.Changes},
		{"SELECT count(*) FROM article a WHERE " + amongIDs("a.id") + " AND EXISTS (SELECT 1 FROM article b WHERE b.text_hash = a.text_hash AND NOT (" +
			amongIDs("b.id") + "))", &plan.Shared},
	} {
		if err := p.tx.QueryRowContext(ctx, n.query, p.ids).Scan(n.into); err != nil {
			return plan, err
		}
	}
	switch {
	case asked == 0:
		return plan, annotate.ErrNothing
	case asked != plan.Articles:
		return plan, annotate.NotInBin(p.shown, asked-plan.Articles)
	}
	return plan, nil
}

// Purge removes articles for good.
func (s *store) Purge(ctx context.Context, actor string, articles []annotate.ID) (done annotate.Change, err error) {
	if err := s.refuseReadOnly(opPurge); err != nil {
		return done, err
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		p := purging{tx: tx, shown: s.shown, ids: inJSON(articles), found: map[id]*counts{}}
		plan, err := p.plan(ctx)
		if err != nil {
			return err
		}
		if err := p.count(ctx, s.version); err != nil {
			return err
		}
		for _, step := range []func(context.Context) error{p.history, p.imports, p.records} {
			if err := step(ctx); err != nil {
				return err
			}
		}
		if err := clearIndex(ctx, tx); err != nil {
			return err
		}
		done, err = s.record(ctx, tx, annotate.Change{
			ID: s.projects.opt.Env.NewID(), Actor: actor, Cause: annotate.CausePurge, Title: annotate.PurgeTitle(plan.Articles),
		})
		return err
	})
	if err == nil {
		s.checkpoints.wrote(writesBehind)
		s.indexing.wake()
	}
	return done, explain(opPurge, s.shown, err)
}

// count finds out what of the articles and of what lies in them each import brought: it
// will say that it brought so much less.
func (p *purging) count(ctx context.Context, version int) error {
	f := &fold{checker: &checker{ctx: ctx, version: version, q: p.tx}, began: map[id]annotate.Import{}, found: p.found}
	for _, of := range []struct {
		kind  kind
		query string
	}{
		{annotate.KindImport, "SELECT t.id, 0 FROM import t WHERE ?1 <> ''"},
		{annotate.KindArticle, "SELECT t.import, count(*) FROM article t WHERE t.import IS NOT NULL AND " + amongIDs("t.id") + " GROUP BY t.import"},
		{annotate.KindSet, "SELECT t.import, count(*) FROM annotation_set t WHERE t.import IS NOT NULL AND " + amongIDs("t.article") + " GROUP BY t.import"},
		{annotate.KindSpan, `SELECT t.import, count(*) FROM span p JOIN annotation_set t ON t.id = p.set_id
			WHERE t.import IS NOT NULL AND ` + amongIDs("t.article") + " GROUP BY t.import"},
	} {
		if err := f.counted(of.kind, of.query, p.ids); err != nil {
			return err
		}
	}
	return f.ops("FROM op o WHERE "+amongIDs("o.article"), p.ids)
}

// history takes the ops of the articles out of the changes, and the words out of their
// titles.
func (p *purging) history(ctx context.Context) error {
	_, err := p.tx.ExecContext(ctx, `UPDATE change SET title = ?2, article = ?3,
		purged = purged + (SELECT count(*) FROM op o WHERE o.position = change.position AND `+amongIDs("o.article")+`)
		WHERE `+amongIDs("article")+" OR position IN (SELECT o.position FROM op o WHERE "+amongIDs("o.article")+")", p.ids, annotate.PurgedTitle, "")
	if err != nil {
		return err
	}
	for _, statement := range []string{
		"DELETE FROM op WHERE " + amongIDs("article"),
		// What is left of a change is numbered anew, by way of numbers that nothing has.
		`UPDATE op SET n = -r.k FROM (SELECT o.position, o.n, row_number() OVER (PARTITION BY o.position ORDER BY o.n) AS k
			FROM op o JOIN change c ON c.position = o.position WHERE c.purged > 0 AND ?1 <> '') r
			WHERE op.position = r.position AND op.n = r.n`,
		"UPDATE op SET n = -n - 1 WHERE n < 0 AND ?1 <> ''",
	} {
		if _, err := p.tx.ExecContext(ctx, statement, p.ids); err != nil {
			return err
		}
	}
	return nil
}

// imports has each import say that it brought so much less.
func (p *purging) imports(ctx context.Context) error {
	for imp, n := range p.found {
		if imp == "" || *n == (counts{}) {
			continue
		}
		const less = "max(0, %s - ?)"
		_, err := p.tx.ExecContext(ctx, fmt.Sprintf("UPDATE import SET articles = "+less+", sets = "+less+", spans = "+less+" WHERE id = ?", "articles", "sets", "spans"),
			n.articles, n.sets, n.spans, string(imp))
		if err == nil {
			err = p.retell(ctx, imp, n)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// retell does so in the history of an import.
func (p *purging) retell(ctx context.Context, imp id, n *counts) error {
	rows, err := p.tx.QueryContext(ctx, `SELECT o.position, o.n, o.kind, o.record, o.codec, o.before, o.after FROM op o
		WHERE o.record = ? AND o.kind = 'import'`, string(imp))
	if err != nil {
		return err
	}
	type numbered struct {
		position, n int64
		op          annotate.Op
	}
	ops, err := collect(rows, func(row scanner) (x numbered, err error) {
		x.position, x.op, err = scanOp(second{row, &x.n})
		return x, err
	})
	if err != nil {
		return err
	}
	for _, x := range ops {
		for _, side := range []*record{&x.op.Before, &x.op.After} {
			if said, ok := (*side).(annotate.Import); ok {
				said.Articles, said.Sets, said.Spans = max(0, said.Articles-n.articles), max(0, said.Sets-n.sets), max(0, said.Spans-n.spans)
				*side = said
			}
		}
		e, err := encodeOps([]annotate.Op{x.op})
		if err != nil {
			return err
		}
		if _, err := p.tx.ExecContext(ctx, "UPDATE op SET codec = ?, before = ?, after = ? WHERE position = ? AND n = ?",
			annotate.CodecVersion, e[0].before, e[0].after, x.position, x.n); err != nil {
			return err
		}
	}
	return nil
}

// second reads a column after the first one that a scan asks for.
type second struct {
	scanner
	into any
}

// Scan implements scanner.
func (s second) Scan(dest ...any) error {
	return s.scanner.Scan(append([]any{dest[0], s.into}, dest[1:]...)...)
}

// records removes the articles with all that lies in them, and the texts that no other
// article has.
func (p *purging) records(ctx context.Context) error {
	rows, err := p.tx.QueryContext(ctx, "SELECT DISTINCT text_hash FROM article WHERE "+amongIDs("id"), p.ids)
	if err != nil {
		return err
	}
	hashes, err := collect(rows, func(row scanner) (hash string, err error) { return hash, row.Scan(&hash) })
	if err != nil {
		return err
	}
	const ofSets = " WHERE set_id IN (SELECT s.id FROM annotation_set s WHERE "
	for _, statement := range []string{
		"DELETE FROM relation" + ofSets + amongIDs("s.article") + ")",
		"DELETE FROM span" + ofSets + amongIDs("s.article") + ")",
		"DELETE FROM annotation_set WHERE " + amongIDs("article"),
		"DELETE FROM article WHERE " + amongIDs("id"),
	} {
		if _, err := p.tx.ExecContext(ctx, statement, p.ids); err != nil {
			return err
		}
	}
	_, err = p.tx.ExecContext(ctx, "DELETE FROM text WHERE "+amongIDs("hash")+" AND NOT EXISTS (SELECT 1 FROM article a WHERE a.text_hash = text.hash)", inJSON(hashes))
	if err != nil {
		return err
	}
	var left int
	err = p.tx.QueryRowContext(ctx, "SELECT count(*) FROM op o WHERE "+amongIDs("o.article"), p.ids).Scan(&left)
	if err == nil && left > 0 {
		err = errors.New("the history still speaks of the articles")
	}
	return err
}
