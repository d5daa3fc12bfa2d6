package storage

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"lede/annotate"
)

// wordsSince is the version of the file from which span.words is there.
const wordsSince = 2

// Coded tells how words were labelled before. The index on span.words leads to the
// spans, the latest first.
func (s *store) Coded(ctx context.Context, q annotate.CodedQuery) (*annotate.Coded, error) {
	coded := &annotate.Coded{}
	hash := wordsHash(q.Words)
	if hash == nil || s.version < wordsSince {
		return coded, nil
	}
	err := s.view(ctx, func(tx *sql.Tx) error {
		spans, hashes, err := codedSpans(ctx, tx, hash, q.Except)
		if err != nil {
			return err
		}
		coded.More = len(spans) > annotate.MostCoded
		spans = spans[:min(len(spans), annotate.MostCoded)]
		coded.Counts = countCoded(spans)
		coded.Spans = spans[:min(len(spans), q.Limit)]
		for i := range coded.Spans {
			if err := readAround(ctx, tx, hashes[i], &coded.Spans[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, explain("look up what was labelled in", s.shown, err)
	}
	return coded, nil
}

// codedSpans finds the spans, one more than are counted, and the hashes of their
// texts.
func codedSpans(ctx context.Context, tx *sql.Tx, words any, except id) ([]annotate.CodedSpan, []string, error) {
	rows, err := tx.QueryContext(ctx, `SELECT p.id, p.label, s.annotator, a.id, coalesce(nullif(a.title, ''), a.ref), p.fragments, a.text_hash
		FROM span p CROSS JOIN shown_set s ON s.id = p.set_id CROSS JOIN live_article a ON a.id = s.article
		WHERE p.words = ? AND p.id <> ? ORDER BY p.rowid DESC LIMIT ?`, words, string(except), annotate.MostCoded+1)
	if err != nil {
		return nil, nil, err
	}
	var hashes []string
	spans, err := collect(rows, func(row scanner) (c annotate.CodedSpan, err error) {
		var hash string
		err = row.Scan(as(&c.Span), as(&c.Label), as(&c.Annotator), as(&c.Article), &c.Title, fragments{&c.Fragments}, &hash)
		hashes = append(hashes, hash)
		return c, err
	})
	return spans, hashes, err
}

// readAround reads a span's words and a little of the text around them.
func readAround(ctx context.Context, tx *sql.Tx, hash string, c *annotate.CodedSpan) error {
	cut, err := readCut(ctx, tx, hash, c.Fragments.Extent(), annotate.CodedAround)
	c.Before, c.Words, c.After = cut[0], cut[1], cut[2]
	return err
}

func countCoded(spans []annotate.CodedSpan) []annotate.CodedCount {
	type by struct{ annotator, label id }
	at := map[by]int{}
	var counts []annotate.CodedCount
	for _, s := range spans {
		key := by{s.Annotator, s.Label}
		i, known := at[key]
		if !known {
			i = len(counts)
			at[key] = i
			counts = append(counts, annotate.CodedCount{Annotator: s.Annotator, Label: s.Label})
		}
		counts[i].N++
	}
	slices.SortStableFunc(counts, func(a, b annotate.CodedCount) int { return cmp.Compare(b.N, a.N) })
	return counts
}
