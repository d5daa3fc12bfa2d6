package storage

import (
	"context"
	"database/sql"
	"errors"

	"lede/annotate"
)

// lookup answers annotate.Validate from within a transaction. It keeps what does
// not depend on the records being validated one by one; the first failure of the
// database is in err.
type lookup struct {
	ctx     context.Context
	q       queries
	err     error
	lengths map[id]int // of articles, in the bin or not; -1 for none
	live    map[id]bool
	sets    map[id]id // article of a set; "" for none
	there   map[key]bool
}

type key struct {
	kind kind
	id   id
}

func newLookup(ctx context.Context, q queries) *lookup {
	return &lookup{ctx: ctx, q: q, lengths: map[id]int{}, live: map[id]bool{}, sets: map[id]id{}, there: map[key]bool{}}
}

// one reads one row; false for none.
func (l *lookup) one(query string, args []any, dest ...any) bool {
	if l.err != nil {
		return false
	}
	err := l.q.QueryRowContext(l.ctx, query, args...).Scan(dest...)
	if errors.Is(err, sql.ErrNoRows) {
		return false
	}
	l.err = err
	return err == nil
}

func (l *lookup) ArticleLength(article id) (int, bool) {
	length, ok := l.lengths[article]
	if !ok {
		var live bool
		if !l.one("SELECT length, presence = 'live' FROM shown_article WHERE id = ?", []any{string(article)}, &length, &live) {
			length = -1
		}
		l.lengths[article], l.live[article] = length, live
	}
	return length, length >= 0
}

func (l *lookup) Exists(k kind, i id) bool {
	if k == annotate.KindArticle {
		_, ok := l.ArticleLength(i)
		return ok && l.live[i]
	}
	layout := layouts[k]
	if layout == nil {
		return false
	}
	there, ok := l.there[key{k, i}]
	if !ok {
		var one int
		there = l.one("SELECT 1 FROM "+layout.table+" t WHERE t.id = ? AND "+layout.shown, []any{string(i)}, &one)
		l.there[key{k, i}] = there
	}
	return there
}

func (l *lookup) SetArticle(set id) (id, bool) {
	article, ok := l.sets[set]
	if !ok {
		l.one("SELECT article FROM shown_set WHERE id = ?", []any{string(set)}, as(&article))
		l.sets[set] = article
	}
	return article, article != ""
}

func (l *lookup) SpanSet(span id) (set id, ok bool) {
	ok = l.one("SELECT p.set_id FROM span p JOIN shown_set s ON s.id = p.set_id WHERE p.id = ?", []any{string(span)}, as(&set))
	return set, ok
}

// referrers are the queries for a record that points at another, by the kind of
// the one pointed at.
var referrers = map[kind][]struct {
	kind  kind
	query string
}{
	annotate.KindLabel: {
		{annotate.KindSpan, "SELECT p.id FROM span p JOIN shown_set s ON s.id = p.set_id WHERE p.label = ? LIMIT 1"},
	},
	annotate.KindEntity: {
		{annotate.KindSpan, "SELECT p.id FROM span p JOIN shown_set s ON s.id = p.set_id WHERE p.entity = ? LIMIT 1"},
	},
	annotate.KindRelationType: {
		{annotate.KindRelation, "SELECT r.id FROM relation r JOIN shown_set s ON s.id = r.set_id WHERE r.type = ? LIMIT 1"},
	},
	annotate.KindAnnotator: {
		{annotate.KindSet, "SELECT s.id FROM shown_set s WHERE s.annotator = ? LIMIT 1"},
	},
	annotate.KindSet: {
		{annotate.KindSpan, "SELECT p.id FROM span p WHERE p.set_id = ? LIMIT 1"},
		{annotate.KindRelation, "SELECT r.id FROM relation r WHERE r.set_id = ? LIMIT 1"},
	},
	annotate.KindSpan: {
		{annotate.KindRelation, "SELECT r.id FROM relation r WHERE r.from_span = ? LIMIT 1"},
		{annotate.KindRelation, "SELECT r.id FROM relation r WHERE r.to_span = ? LIMIT 1"},
	},
}

func (l *lookup) Referrers(k kind, i id) (kind, id, bool) {
	for _, r := range referrers[k] {
		var by id
		if l.one(r.query, []any{string(i)}, as(&by)) {
			return r.kind, by, true
		}
	}
	return "", "", false
}
