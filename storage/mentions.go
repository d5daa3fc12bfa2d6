package storage

import (
	"context"
	"database/sql"

	"lede/annotate"
	"lede/annotate/text"
)

// EntityUses counts the spans in live articles that point at each entity.
func (s *store) EntityUses(ctx context.Context) (map[id]int, error) {
	uses := map[id]int{}
	rows, err := s.reader.QueryContext(ctx, `SELECT p.entity, count(*) FROM span p
		WHERE p.entity IS NOT NULL AND p.set_id IN (SELECT s.id FROM live_article a JOIN shown_set s ON s.article = a.id)
		GROUP BY p.entity`)
	if err == nil {
		_, err = collect(rows, func(row scanner) (none struct{}, err error) {
			var entity id
			var n int
			err = row.Scan(as(&entity), &n)
			uses[entity] = n
			return none, err
		})
	}
	if err != nil {
		return nil, explain("count the entities of", s.shown, err)
	}
	return uses, nil
}

// Mentions pages through the spans that point at an entity. The index on
// span.entity leads to them.
func (s *store) Mentions(ctx context.Context, q annotate.MentionQuery) ([]annotate.Mention, error) {
	var found []annotate.Mention
	err := s.view(ctx, func(tx *sql.Tx) (err error) {
		if found, err = readMentions(ctx, tx, q); err != nil {
			return err
		}
		for i := range found {
			if err := readMentionAround(ctx, tx, &found[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, explain("read the mentions of an entity in", s.shown, err)
	}
	return found, nil
}

func readMentions(ctx context.Context, tx *sql.Tx, q annotate.MentionQuery) ([]annotate.Mention, error) {
	from := "live_article"
	if q.Bin {
		from = "shown_article"
	}
	query := "SELECT " + of(&articles, "a") + ", " + of(&annotators, "n") + ", " + of(&spans, "p") + `
		FROM span p CROSS JOIN shown_set s ON s.id = p.set_id CROSS JOIN ` + from + ` a ON a.id = s.article
			JOIN annotator n ON n.id = s.annotator
		WHERE p.entity = ?`
	args := []any{string(q.Entity)}
	if m := q.After; m != nil {
		query += ` AND (a.ord, a.id, n.name, p.start, -p."end", p.id) > (?, ?, ?, ?, ?, ?)`
		args = append(args, m.Article.Order, string(m.Article.ID), m.Annotator.Name,
			m.Span.Fragments.Start(), -m.Span.Fragments.End(), string(m.Span.ID))
	}
	limit := q.Limit
	if limit <= 0 {
		limit = -1
	}
	rows, err := tx.QueryContext(ctx, query+` ORDER BY a.ord, a.id, n.name, p.start, p."end" DESC, p.id LIMIT ?`, append(args, limit)...)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (m annotate.Mention, err error) {
		targets := append(articleTargets(&m.Article), annotatorTargets(&m.Annotator)...)
		return m, row.Scan(append(targets, spanTargets(&m.Span)...)...)
	})
}

// readMentionAround reads a mention's words and a little of the text around them.
func readMentionAround(ctx context.Context, tx *sql.Tx, m *annotate.Mention) error {
	at := m.Span.Fragments.Extent()
	cut, err := readCut(ctx, tx, m.Article.TextHash, at, annotate.MentionAround)
	m.Before, m.Words, m.After = cut[0], cut[1], cut[2]
	return err
}

// readCut reads a range of a text, in code points, and what stands up to so many
// code points before and after it.
func readCut(ctx context.Context, tx *sql.Tx, hash string, at text.Range, around int) (cut [3]string, err error) {
	from := max(0, at.Start-around)
	var raw string
	err = tx.QueryRowContext(ctx, "SELECT substr(text, ?, ?) FROM text WHERE hash = ?", from+1, at.End-from+around, hash).Scan(&raw)
	t := text.New(raw)
	cut[0] = t.Slice(text.Range{Start: 0, End: at.Start - from})
	cut[1] = t.Slice(text.Range{Start: at.Start - from, End: at.End - from})
	cut[2] = t.Slice(text.Range{Start: at.End - from, End: t.Len()})
	return cut, err
}
