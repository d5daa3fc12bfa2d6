package storage

import (
	"context"
	"strings"

	"lede/annotate"
)

// dependents builds the query for the changes that depend on the one at :p, which is
// in force since :since. Each part finds positions of changes that stand in the way.
type dependents struct {
	parts []string
	args  []any
}

// altered are the ops of the change that do alter something.
const altered = "SELECT * FROM op WHERE position = :p AND before IS NOT after"

// gather chooses the parts that a change needs: most need only what its index finds at
// once.
func (d *dependents) gather(ctx context.Context, q queries, position int64) error {
	rows, err := q.QueryContext(ctx, "SELECT DISTINCT kind, before IS NULL, after IS NULL FROM op WHERE position = ?", position)
	if err != nil {
		return err
	}
	made, ended := map[kind]bool{}, false
	_, err = collect(rows, func(row scanner) (none struct{}, err error) {
		var k kind
		var creates, deletes bool
		err = row.Scan(as(&k), &creates, &deletes)
		made[k] = made[k] || creates
		ended = ended || !creates
		return none, err
	})
	// It touched the same record.
	d.part("SELECT l.position FROM (" + altered + ") o JOIN op l ON l.record = o.record AND l.kind = o.kind AND l.position > :since")
	if ended {
		d.part(endedSince)
	}
	d.part(binnedSince)
	if made[annotate.KindSet] || made[annotate.KindSpan] {
		d.part(refersTo("l.article IN (SELECT article FROM op WHERE position = :p)"))
	}
	if made[annotate.KindLabel] || made[annotate.KindEntity] || made[annotate.KindRelationType] || made[annotate.KindAnnotator] {
		d.part(refersTo("true"))
		d.part(importsOf("s.annotator IN made OR EXISTS (SELECT 1 FROM span p WHERE p.set_id = s.id AND (p.label IN made OR p.entity IN made))" +
			" OR EXISTS (SELECT 1 FROM relation r WHERE r.set_id = s.id AND r.type IN made)"))
	}
	if made[annotate.KindImport] {
		d.part(`SELECT l.position FROM op l WHERE l.position > :since AND (l.import IN made
			OR l.article IN (SELECT a.id FROM article a WHERE a.import IN made))`)
		d.part(importsOf("s.article IN (SELECT a.id FROM article a WHERE a.import IN made)"))
	}
	return err
}

func (d *dependents) part(query string) { d.parts = append(d.parts, query) }

// refersTo finds later ops whose record refers, or referred, to one that the change made.
func refersTo(where string) string {
	refers := func(fields ...string) string {
		var either []string
		for _, side := range []string{"l.before", "l.after"} {
			for _, f := range fields {
				either = append(either, side+" ->> '"+f+"' IN made")
			}
		}
		return "(" + strings.Join(either, " OR ") + ")"
	}
	return "SELECT l.position FROM op l WHERE l.position > :since AND " + where + ` AND CASE l.kind
		WHEN 'annotation_set' THEN ` + refers("annotator") + `
		WHEN 'span' THEN ` + refers("set", "label", "entity") + `
		WHEN 'relation' THEN ` + refers("set", "type", "from", "to") + ` ELSE false END`
}

// importsOf finds the changes of later imports that brought annotation sets of which
// something holds.
func importsOf(holds string) string {
	return `SELECT l.position FROM op l WHERE l.kind = 'import' AND l.before IS NULL AND l.position > :since
		AND l.record IN (SELECT s.import FROM annotation_set s WHERE s.import IS NOT NULL AND (` + holds + "))"
}

// endedSince finds later ops that ended a record to which one refers that comes back
// with the change's undo.
const endedSince = `SELECT l.position FROM (` + altered + ` AND before IS NOT NULL) o, json_each(json_array(
		o.before ->> 'set', o.before ->> 'label', o.before ->> 'entity', o.before ->> 'type', o.before ->> 'from', o.before ->> 'to',
		o.before ->> 'annotator')) ref
	JOIN op l ON l.record = ref.value AND l.after IS NULL AND l.position > :since`

// binnedSince finds what was begun in articles since the change took them out of the
// bin.
const binnedSince = `SELECT l.position FROM (` + altered + ` AND kind = 'article_state' AND after ->> 'presence' = 'live') o
	JOIN op l ON l.article = o.record AND l.position > :since AND l.kind IN ('annotation_set', 'span', 'relation')`

// query is the whole: of the changes that the parts find, those in force, once each.
// What is found of a redo stands for the change that it brought back.
func (d *dependents) query() string {
	return "WITH made AS MATERIALIZED (SELECT record FROM op WHERE position = :p AND before IS NULL), found AS (" +
		strings.Join(d.parts, "\n\t\tUNION ") + `)
		` + pastRows + `c.id <> (SELECT t.id FROM change t WHERE t.position = :p) AND NOT ` + undone + `
		AND c.position IN (SELECT coalesce(o.position, l.position) FROM found f JOIN change l ON l.position = f.position
			LEFT JOIN change o ON o.id = l.redoes WHERE l.undoes IS NULL)
		ORDER BY c.position DESC LIMIT :limit`
}
