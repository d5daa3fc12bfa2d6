package storage

import (
	"context"
	"database/sql"

	"lede/annotate"
	"lede/annotate/filter"
	"lede/annotate/text"
)

// Search pages through articles, with the places of the filter's words. Only the texts
// of the articles of the page are read.
func (s *store) Search(ctx context.Context, q annotate.SearchQuery) ([]annotate.Found, error) {
	rows, err := s.articleRows(ctx, q.ArticleQuery)
	if err != nil {
		return nil, explain("search", s.shown, err)
	}
	words := filter.Highlights(q.Filter)
	var all []annotate.Found
	for _, row := range rows {
		var body string
		if err := s.reader.QueryRowContext(ctx, "SELECT text FROM text WHERE hash = ?", row.Article.TextHash).Scan(&body); err != nil {
			return nil, explain("search", s.shown, err)
		}
		all = append(all, filter.Found(row, text.New(body), words, q.Snippets))
	}
	return all, nil
}

// SearchSpans pages through spans, in project order.
func (s *store) SearchSpans(ctx context.Context, q annotate.SpanQuery) ([]annotate.Mention, error) {
	var found []annotate.Mention
	err := s.view(ctx, func(tx *sql.Tx) error {
		l, err := listSpans(ctx, tx, q)
		if err != nil {
			return err
		}
		if m := q.After; m != nil {
			l.afterMention(m)
		}
		if found, err = l.mentions(ctx, tx, q.Limit); err != nil {
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
		return nil, explain("search the annotations of", s.shown, err)
	}
	return found, nil
}

// CountSpans counts the spans that SearchSpans finds.
func (s *store) CountSpans(ctx context.Context, q annotate.SpanQuery) (n int, err error) {
	err = s.view(ctx, func(tx *sql.Tx) error {
		l, err := listSpans(ctx, tx, q)
		if err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, "SELECT count(*)"+l.String(), l.args...).Scan(&n)
	})
	return n, explain("search the annotations of", s.shown, err)
}

// listSpans begins a listing of spans p of sets w by annotators n in articles t, which
// are walked through in their order: the first page is there before the last article
// was looked at.
func listSpans(ctx context.Context, tx *sql.Tx, q annotate.SpanQuery) (*listing, error) {
	l := &listing{from: []string{`article t CROSS JOIN annotation_set w ON w.article = t.id
		CROSS JOIN span p ON p.set_id = w.id CROSS JOIN annotator n ON n.id = w.annotator`}}
	if !q.Filter.Asks(annotate.FilterIn) {
		l.and("t.presence = ?", string(annotate.Live))
	}
	l.and(imported("t"))
	l.and(imported("w"))
	if q.Filter == nil {
		return l, nil
	}
	index, err := lookIntoIndex(ctx, tx, q.Filter)
	if err == nil {
		l.meets(filters{q.Me, index}.ofSpan(q.Filter))
		err = index.err
	}
	return l, err
}

func (l *listing) afterMention(m *annotate.Mention) {
	l.and("(t.ord, t.id) >= (?, ?)", m.Article.Order, string(m.Article.ID)) // the index leads there
	l.and(`(t.ord, t.id, n.name, p.start, -p."end", p.id) > (?, ?, ?, ?, ?, ?)`, m.Article.Order, string(m.Article.ID), m.Annotator.Name,
		m.Span.Fragments.Start(), -m.Span.Fragments.End(), string(m.Span.ID))
}

func (l *listing) mentions(ctx context.Context, tx *sql.Tx, limit int) ([]annotate.Mention, error) {
	if limit <= 0 {
		limit = -1
	}
	rows, err := tx.QueryContext(ctx, "SELECT "+articles.fields()+", "+of(&annotators, "n")+", "+of(&spans, "p")+l.String()+
		` ORDER BY t.ord, t.id, n.name, p.start, p."end" DESC, p.id LIMIT ?`, append(l.args, limit)...)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (m annotate.Mention, err error) {
		targets := append(articleTargets(&m.Article), annotatorTargets(&m.Annotator)...)
		return m, row.Scan(append(targets, spanTargets(&m.Span)...)...)
	})
}

// ofSpan makes SQL of a filter on spans p of sets w in articles t, as filter.MatchSpan.
func (c filters) ofSpan(f *annotate.Filter) condition {
	switch f.Op {
	case annotate.FilterNot:
		of := c.ofSpan(f.Of[0])
		return cond("NOT "+of.sql, of.args...)
	case annotate.FilterAnd, annotate.FilterOr:
		var all []condition
		for _, part := range f.Of {
			all = append(all, c.ofSpan(part))
		}
		return joined(map[annotate.FilterOp]string{annotate.FilterAnd: "AND", annotate.FilterOr: "OR"}[f.Op], all)
	default: // a term
	}
	var anyOf []condition
	for _, v := range f.Values {
		anyOf = append(anyOf, c.spanTerm(f, v))
	}
	found := joined("OR", anyOf)
	if f.By == nil {
		return found
	}
	return joined("AND", []condition{c.by(f.By), found})
}

func (c filters) spanTerm(f *annotate.Filter, v annotate.FilterValue) condition {
	switch f.Key {
	case annotate.FilterWords:
		return c.spanWords(v)
	case annotate.FilterAnnotator:
		return c.by([]annotate.FilterValue{v})
	case annotate.FilterLabel:
		name := fits("l.name", v)
		return cond("(p.label IN (SELECT l.id FROM label l WHERE "+name.sql+"))", name.args...)
	case annotate.FilterEntity:
		name := fits("e.name", v)
		return cond("(p.entity IS NOT NULL AND p.entity IN (SELECT e.id FROM entity e WHERE "+name.sql+"))", name.args...)
	case annotate.FilterAttr:
		return value("p.attributes", f.Name, v)
	case annotate.FilterNote:
		return fits("p.note", partly(v))
	case annotate.FilterRelation:
		name := fits("y.name", v)
		return cond(`EXISTS (SELECT 1 FROM relation r WHERE r.set_id = w.id AND (r.from_span = p.id OR r.to_span = p.id)
			AND r.type IN (SELECT y.id FROM relation_type y WHERE `+name.sql+"))", name.args...)
	default: // of its set or of its article
	}
	if did := c.did(f, v); did != nil {
		of := did("w")
		return cond("("+of.sql+")", of.args...)
	}
	return c.fact(f, v)
}

// spanWords is the condition that words stand on a span or in what is said of it. The
// text is looked at only where the index says that it has them.
func (c filters) spanWords(v annotate.FilterValue) condition {
	these := []any{v.Text, v.Before, v.After}
	in := c.index.words(v)
	return joined("OR", []condition{
		cond("p.label IN (SELECT l.id FROM label l WHERE lede_words(?, ?, ?, l.name, l.title, '', ''))", these...),
		cond("p.entity IS NOT NULL AND p.entity IN (SELECT e.id FROM entity e WHERE lede_words(?, ?, ?, e.name, '', '', ''))", these...),
		cond("p.note <> '' AND lede_words(?, ?, ?, p.note, '', '', '')", these...),
		cond("p.attributes IS NOT NULL AND lede_said(?, ?, ?, p.attributes)", these...),
		cond("("+in.sql+") AND lede_touches(?, ?, ?, t.text_hash, (SELECT x.text FROM text x WHERE x.hash = t.text_hash), p.fragments)",
			append(in.args[:len(in.args):len(in.args)], these...)...),
	})
}
