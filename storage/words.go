package storage

import (
	"context"
	"database/sql"
	"errors"
	"hash/fnv"
	"slices"

	"lede/annotate"
	"lede/annotate/text"
)

// The column span.words finds the spans of given words. It holds a hash, so that
// its index stays small and no text stands in the file twice; of 63 bits two texts
// hardly ever share one.

// wordsHash is the hash of words in the column; nil for none.
func wordsHash(words string) any {
	key := annotate.WordsKey(words)
	if key == "" {
		return nil
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(key)) // a hash cannot fail
	return int64(h.Sum64() >> 1)
}

// wordsOf is what the column of a span holds. The text is asked for only where the
// span is short enough.
func wordsOf(f annotate.Fragments, read func() (*text.Text, error)) (any, error) {
	length := 0
	for _, r := range f {
		length += r.Len()
	}
	if length > annotate.MostWords {
		return nil, nil
	}
	t, err := read()
	if err != nil {
		return nil, err
	}
	return wordsHash(t.Quote(f)), nil
}

// textOf reads the text that the spans of a set are on, the last one only once.
type textOf struct {
	ctx  context.Context
	q    queries
	set  id
	text *text.Text
}

func (t *textOf) read(set id) (*text.Text, error) {
	if t.text != nil && t.set == set {
		return t.text, nil
	}
	var body string
	err := t.q.QueryRowContext(t.ctx, `SELECT x.text FROM annotation_set s JOIN article a ON a.id = s.article
		JOIN text x ON x.hash = a.text_hash WHERE s.id = ?`, string(set)).Scan(&body)
	if err != nil {
		return nil, err
	}
	t.set, t.text = set, text.New(body)
	return t.text, nil
}

// indexWords fills the column for the spans that ops made or moved.
func indexWords(ctx context.Context, tx queries, ops []annotate.Op) error {
	texts := textOf{ctx: ctx, q: tx}
	for _, op := range ops {
		span, ok := op.After.(annotate.Span)
		before, was := op.Before.(annotate.Span)
		if !ok || was && before.Set == span.Set && slices.Equal(before.Fragments, span.Fragments) {
			continue
		}
		words, err := wordsOf(span.Fragments, func() (*text.Text, error) { return texts.read(span.Set) })
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE span SET words = ? WHERE id = ?", words, string(span.ID)); err != nil {
			return err
		}
	}
	return nil
}

// fillWords fills the column for all spans of a file, which had none before.
func fillWords(ctx context.Context, tx *sql.Tx) (err error) {
	sets, err := tx.QueryContext(ctx, "SELECT id FROM annotation_set")
	if err != nil {
		return err
	}
	all, err := collect(sets, func(row scanner) (set id, err error) { return set, row.Scan(as(&set)) })
	if err != nil {
		return err
	}
	put, err := tx.PrepareContext(ctx, "UPDATE span SET words = ? WHERE id = ?")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, put.Close()) }()
	texts := textOf{ctx: ctx, q: tx}
	for _, set := range all {
		if err := fillSet(ctx, tx, put, &texts, set); err != nil {
			return err
		}
	}
	return nil
}

func fillSet(ctx context.Context, tx *sql.Tx, put *sql.Stmt, texts *textOf, set id) error {
	rows, err := tx.QueryContext(ctx, "SELECT id, fragments FROM span WHERE set_id = ?", string(set))
	if err != nil {
		return err
	}
	spans, err := collect(rows, func(row scanner) (s annotate.Span, err error) {
		return s, row.Scan(as(&s.ID), fragments{&s.Fragments})
	})
	if err != nil {
		return err
	}
	for _, s := range spans {
		words, err := wordsOf(s.Fragments, func() (*text.Text, error) { return texts.read(set) })
		if err != nil {
			return err
		}
		if _, err := put.ExecContext(ctx, words, string(s.ID)); err != nil {
			return err
		}
	}
	return nil
}

// words checks the column of every span that lies on a text.
func (c *checker) words() error {
	if c.version < wordsSince {
		return nil
	}
	texts := textOf{ctx: c.ctx, q: c.q}
	wrong := 0
	err := c.each(`SELECT p.set_id, p.fragments, p.words FROM annotation_set s JOIN article a ON a.id = s.article
		JOIN text x ON x.hash = a.text_hash CROSS JOIN span p ON p.set_id = s.id ORDER BY s.rowid`, func(row scanner) error {
		var span annotate.Span
		var has sql.NullInt64
		if err := row.Scan(as(&span.Set), fragments{&span.Fragments}, &has); err != nil {
			return nil // records has told of it
		}
		words, err := wordsOf(span.Fragments, func() (*text.Text, error) { return texts.read(span.Set) })
		if want, ok := words.(int64); ok != has.Valid || want != has.Int64 {
			wrong++
		}
		return err
	})
	if wrong > 0 {
		c.add("span", "“Coded before” does not find %d spans by their words: the column “words” is not that of their text.", wrong)
	}
	return err
}
