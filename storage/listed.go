package storage

import (
	"context"

	"lede/annotate"
)

// listedSince is the version of the file from which annotation_set.spans and
// article.edited are there: what the article list is sorted by, and cannot count anew
// for each of a hundred thousand articles.
const listedSince = 5

// countSpans keeps the numbers of spans of the sets in which ops made or removed any.
func countSpans(ctx context.Context, tx queries, ops []annotate.Op) error {
	touched := map[id]bool{}
	for _, op := range ops {
		for _, r := range []record{op.Before, op.After} {
			if span, ok := r.(annotate.Span); ok {
				touched[span.Set] = true
			}
		}
	}
	for set := range touched {
		if _, err := tx.ExecContext(ctx, "UPDATE annotation_set SET spans = (SELECT count(*) FROM span p WHERE p.set_id = ?1) WHERE id = ?1", string(set)); err != nil {
			return err
		}
	}
	return nil
}

// markEdited notes the newest change of the articles that it is about.
func markEdited(ctx context.Context, tx queries, position int64, places []place) error {
	marked := map[id]bool{"": true}
	for _, p := range places {
		if marked[p.article] {
			continue
		}
		marked[p.article] = true
		if _, err := tx.ExecContext(ctx, "UPDATE article SET edited = ? WHERE id = ?", position, string(p.article)); err != nil {
			return err
		}
	}
	return nil
}

// markAllEdited does so for a history that was brought as a whole.
func markAllEdited(ctx context.Context, tx queries) error {
	_, err := tx.ExecContext(ctx, `UPDATE article SET edited = e.position
		FROM (SELECT o.article AS id, max(o.position) AS position FROM op o WHERE o.article IS NOT NULL GROUP BY o.article) e
		WHERE e.id = article.id`)
	return err
}

// listed checks both columns. A change may be gone from the history while the article
// still knows of it, but none is newer than what the article knows.
func (c *checker) listed() error {
	if c.version < listedSince {
		return nil
	}
	for _, wrong := range []struct{ query, what string }{
		{
			"SELECT count(*) FROM annotation_set s WHERE s.spans <> (SELECT count(*) FROM span p WHERE p.set_id = s.id)",
			"The list counts the spans of %d annotation sets wrongly: the column “spans” is not their number.",
		},
		{
			`SELECT count(*) FROM article a WHERE a.edited > (SELECT coalesce(max(position), 0) FROM change)
				OR a.edited < (SELECT max(o.position) FROM op o WHERE o.article = a.id)`,
			"The list sorts %d articles wrongly by their last change: the column “edited” is not its position.",
		},
	} {
		err := c.each(wrong.query, func(row scanner) error {
			var n int
			err := row.Scan(&n)
			if n > 0 {
				c.add("list", wrong.what, n)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
