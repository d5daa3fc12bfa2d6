package storage

import (
	"database/sql"
	"errors"

	"lede/annotate"
	"lede/storage/pages"
)

// A damaged row may look sound: one flipped bit makes another id of an id, and another
// label's of a label's. Where the indexes know better, they are asked.

// contest is a row that was refused for its id, which a row before it has.
type contest struct {
	table *wreck
	row   pages.Row
	other int64 // rowid of the one before
}

// contested remembers a row that was refused: its id may be the other one's by damage.
func (g *gatherer) contested(w *wreck, r pages.Row) error {
	w.refused++
	var other int64
	err := g.tx.QueryRowContext(g.ctx, "SELECT rowid FROM "+w.name+" WHERE "+w.columns[0].name+" = ?", r.Values[0]).Scan(&other)
	if errors.Is(err, sql.ErrNoRows) { // it was refused for something else
		return nil
	}
	if err == nil && !w.index {
		w.doubted.add(other)
		g.contests = append(g.contests, contest{w, r, other})
	}
	return err
}

// settle gives two rows that were found with one id their own, where the index of ids says
// of both whose they are and agrees with one of them.
func (g *gatherer) settle() error {
	for _, c := range g.contests {
		index, name := idIndex(c.table.name), c.table.columns[0].name
		var mine, others sql.NullString
		err := g.tx.QueryRowContext(g.ctx, "SELECT (SELECT a FROM hint WHERE ix = ? AND row = ?), (SELECT a FROM hint WHERE ix = ? AND row = ?)",
			index, c.row.ID, index, c.other).Scan(&mine, &others)
		if err != nil {
			return err
		}
		found, _ := c.row.Values[0].(string)
		switch {
		case !mine.Valid || !others.Valid || mine == others:
			continue
		case others.String == found:
			c.row.Values = append([]any{mine.String}, c.row.Values[1:]...)
		case mine.String == found:
			_, err = g.tx.ExecContext(g.ctx, "UPDATE OR IGNORE "+c.table.name+" SET "+name+" = ? WHERE rowid = ?", others.String, c.other)
		default:
			continue
		}
		c.table.refused--
		if err == nil {
			err = g.keep(c.table, c.row) // refused again, if that did not help
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// doubt is a span whose label the index calls otherwise than its row.
type doubt struct {
	row   int64
	label string // by the index
}

// doubtLabel holds the label of a span that was found against what the index says of it;
// labelOf reads the first.
func (g *gatherer) doubtLabel(labelOf *sql.Stmt, row int64, label any) error {
	var found string
	err := labelOf.QueryRowContext(g.ctx, row).Scan(&found)
	if by, ok := label.(string); ok && err == nil && by != found {
		g.doubts = append(g.doubts, doubt{row, by})
	}
	return err
}

// labels tells of the spans whose label is in doubt.
func (m *mender) labels() error {
	for _, d := range m.doubts {
		var a annotate.Article
		var start, end int
		var label string
		err := m.tx.QueryRowContext(m.ctx, `SELECT t.id, t.ref, t.title, s.start, s."end", coalesce(l.name, s.label) FROM span s
			JOIN annotation_set n ON n.id = s.set_id JOIN article t ON t.id = n.article LEFT JOIN label l ON l.id = s.label
			WHERE s.rowid = ?`, d.row).Scan(as(&a.ID), &a.Ref, &a.Title, &start, &end, &label)
		if errors.Is(err, sql.ErrNoRows) { // lost with its set, which is told
			continue
		}
		other := d.label
		if err == nil {
			err = m.tx.QueryRowContext(m.ctx, "SELECT name FROM label WHERE id = ?", d.label).Scan(&other)
		}
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		m.lose(articleName(a), "The label of the span at %d to %d is “%s” in one place of the file and “%s” in another. It has the first now: look at it.",
			start, end, label, other)
	}
	return nil
}
