package storage

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"lede/annotate"
)

// locate finds for each op on a span or relation the article and the import of its
// annotation set: by the set, or by what the history says of one that is gone.
func (r *restorer) locate(ctx context.Context) error {
	for _, query := range []string{
		`UPDATE op SET article = s.article, import = s.import FROM annotation_set s
			WHERE op.kind IN ('span', 'relation') AND s.id = coalesce(op.after, op.before) ->> 'set'`,
		`UPDATE op SET article = o.said ->> 'article', import = o.said ->> 'import'
			FROM (SELECT record, coalesce(after, before) AS said FROM op WHERE kind = 'annotation_set') o
			WHERE op.kind IN ('span', 'relation') AND op.article IS NULL AND o.record = coalesce(op.after, op.before) ->> 'set'`,
	} {
		if _, err := r.tx.ExecContext(ctx, query); err != nil {
			return err
		}
	}
	return nil
}

// verify holds what was brought against all that a project must be: what Check asks
// of it, but for what was seen when each article came.
func (r *restorer) verify(ctx context.Context) error {
	c := &checker{ctx: ctx, version: r.store.version, q: r.tx}
	for _, step := range []func() error{c.foreignKeys, c.schemaRecords, c.unique, c.listed, c.imported, c.alive, c.history} {
		if err := step(); err != nil {
			return err
		}
		if len(c.problems) > 0 {
			return broken(c.problems)
		}
	}
	return nil
}

// broken is the error of a project that does not add up.
func broken(problems []annotate.Problem) error {
	p := problems[0]
	more := ""
	if n := len(problems) - 1; n > 0 {
		more = fmt.Sprintf(" There are %d more such problems.", n)
	}
	return &annotate.Error{
		Kind: annotate.ErrInvalid, Detail: "the records and the history do not add up: " + p.Where + ": " + p.What + more,
	}
}

// schemaRecords validates what no article is the owner of.
func (c *checker) schemaRecords() error {
	look := newLookup(c.ctx, c.q)
	for _, k := range annotate.Kinds {
		l := layouts[k]
		if bulk(k) || k == annotate.KindImport {
			continue
		}
		err := c.each("SELECT "+l.fields()+" FROM "+l.table+" t WHERE "+l.shown, func(row scanner) error {
			x, err := l.scan(row)
			if err != nil {
				return err
			}
			if err := annotate.Validate([]annotate.Op{annotate.Create(x)}, look); err != nil {
				c.add(fmt.Sprintf("%s %s", k, x.RecordID()), "%s.", err)
			}
			return look.err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// unique finds names that two records in use have.
func (c *checker) unique() error {
	names := map[string]bool{}
	people, err := list[annotate.Annotator](c.ctx, c.q, &annotators)
	for _, p := range people {
		folded := strings.ToLower(strings.ToUpper(p.Name))
		if names[folded] {
			c.add("annotator "+string(p.ID), "Another annotator is called %q, too.", p.Name)
		}
		names[folded] = true
	}
	for _, twice := range []struct{ where, query string }{
		{"label", "SELECT name FROM label WHERE state = 'live' GROUP BY name HAVING count(*) > 1"},
		{"relation type", "SELECT name FROM relation_type WHERE state = 'live' GROUP BY name HAVING count(*) > 1"},
		{"article", "SELECT ref FROM live_article GROUP BY ref HAVING count(*) > 1"},
		{"annotation set", "SELECT min(id) FROM shown_set GROUP BY article, annotator HAVING count(*) > 1"},
	} {
		err = errors.Join(err, c.each(twice.query, func(row scanner) error {
			var name string
			err := row.Scan(&name)
			c.add(twice.where+" "+name, "It is there twice.")
			return err
		}))
	}
	return err
}

// imported finds articles that no import brought, or that no change put where they
// are.
func (c *checker) imported() error {
	compacted, err := baseline(c.ctx, c.q)
	if err != nil {
		return err
	}
	for _, odd := range []struct{ query, what string }{
		{"SELECT ref FROM article WHERE import IS NULL", "No import brought it."},
		{`SELECT ref FROM article a WHERE presence <> 'live' AND NOT EXISTS
			(SELECT 1 FROM op o WHERE o.record = a.id AND o.kind = 'article_state')`, "No change put it into the bin."},
	}[:untold(compacted)] {
		err := c.each(odd.query, func(row scanner) error {
			var ref string
			err := row.Scan(&ref)
			c.add("article "+ref, "%s", odd.what)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// untold is how many of two things a history must tell: what was done before a
// compaction it does not.
func untold(compacted *annotate.Replaced) int {
	if compacted != nil {
		return 1
	}
	return 2
}

// alive finds annotations that point at what was deleted, in the bin or not.
func (c *checker) alive() error {
	for _, dead := range []struct{ kind, query string }{
		{"annotator", "SELECT s.id FROM shown_set s JOIN annotator x ON x.id = s.annotator"},
		{"label", "SELECT p.id FROM shown_set s JOIN span p ON p.set_id = s.id JOIN label x ON x.id = p.label"},
		{"entity", "SELECT p.id FROM shown_set s JOIN span p ON p.set_id = s.id JOIN entity x ON x.id = p.entity"},
		{"relation type", "SELECT r.id FROM shown_set s JOIN relation r ON r.set_id = s.id JOIN relation_type x ON x.id = r.type"},
	} {
		err := c.each(dead.query+" WHERE x.state <> 'live' LIMIT 1", func(row scanner) error {
			var by string
			err := row.Scan(&by)
			c.add(by, "Its %s is not there.", dead.kind)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
