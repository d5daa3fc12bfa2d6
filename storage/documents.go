package storage

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"iter"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/text"
)

// Document is a live article with all its annotation sets.
func (s *store) Document(ctx context.Context, i id) (*annotate.Document, error) {
	for d, err := range s.Documents(ctx, annotate.DocumentQuery{Articles: []id{i}}) {
		return d, err
	}
	return nil, annotate.ErrNotFound
}

// Documents streams documents in project order from one read transaction. It
// reads articles and sets side by side, each with one query in the same order, so
// that neither queries nor memory grow with their number.
func (s *store) Documents(ctx context.Context, q annotate.DocumentQuery) iter.Seq2[*annotate.Document, error] {
	return func(yield func(*annotate.Document, error) bool) {
		stopped := false
		// A context that ends would close the queries under the reader's feet; it
		// is looked at between documents.
		steady := context.WithoutCancel(ctx)
		err := s.view(steady, func(tx *sql.Tx) error {
			r, err := newDocumentReader(steady, tx, q)
			if err != nil {
				return errors.Join(err, r.close())
			}
			for r.articles.next() {
				if err := ctx.Err(); err != nil {
					return errors.Join(err, r.close())
				}
				d, err := r.document()
				if err != nil {
					return errors.Join(err, r.close())
				}
				if !yield(d, nil) {
					stopped = true
					break
				}
			}
			return errors.Join(r.articles.err, r.close())
		})
		if err != nil && !stopped {
			yield(nil, explain("read articles of", s.shown, err))
		}
	}
}

// cursor walks through the rows of a query and can look at the next one.
type cursor[T any] struct {
	rows *sql.Rows
	scan func(scanner, *T) error
	item T
	held bool // item was looked at and not taken
	err  error
}

// next moves to the next row.
func (c *cursor[T]) next() bool {
	if c.held {
		c.held = false
		return true
	}
	if c.err != nil || !c.rows.Next() {
		c.err = errors.Join(c.err, c.rows.Err())
		return false
	}
	var item T
	c.err = c.scan(c.rows, &item)
	c.item = item
	return c.err == nil
}

// hold gives the row back, to be met again by next.
func (c *cursor[T]) hold() { c.held = true }

func (c *cursor[T]) close() error {
	if c == nil || c.rows == nil {
		return nil
	}
	return c.rows.Close()
}

type articleText struct {
	article annotate.Article
	text    string
}

type documentReader struct {
	labels     map[id]string
	annotators map[id]annotate.Annotator
	articles   *cursor[articleText]
	sets       *cursor[annotate.SetData]
}

// presentArticles and shownSets are the conditions of the views live_article (or
// of the bin) and shown_set, spelled out so that the order of the joins stays ours.
const (
	presentArticles = `coalesce((SELECT i.state FROM import i WHERE i.id = a.import), 'live') = 'live'`
	shownSets       = ` AND coalesce((SELECT i.state FROM import i WHERE i.id = s.import), 'live') = 'live'`
)

func newDocumentReader(ctx context.Context, tx queries, q annotate.DocumentQuery) (*documentReader, error) {
	r := &documentReader{labels: map[id]string{}, annotators: map[id]annotate.Annotator{}}
	everyLabel, err := list[annotate.Label](ctx, tx, &labels)
	if err != nil {
		return r, err
	}
	for _, l := range everyLabel {
		r.labels[l.ID] = l.Name
	}
	everyone, err := list[annotate.Annotator](ctx, tx, &annotators)
	if err != nil {
		return r, err
	}
	for _, a := range everyone {
		r.annotators[a.ID] = a
	}
	return r, r.open(ctx, tx, q)
}

// open starts the two queries.
func (r *documentReader) open(ctx context.Context, tx queries, q annotate.DocumentQuery) error {
	ofArticle, ofSet := "WHERE "+presentArticles, shownSets
	articleArgs, setArgs := []any(nil), []any(nil)
	if q.Presence != "" || !q.Filter.Asks(annotate.FilterIn) {
		ofArticle += " AND a.presence = ?"
		articleArgs = append(articleArgs, string(cmp.Or(q.Presence, annotate.Live)))
	}
	if q.Filter != nil {
		l, err := listArticles(ctx, tx, annotate.ArticleQuery{Annotator: q.Me, Filter: q.Filter, Presence: q.Presence})
		if err != nil {
			return err
		}
		ofArticle += " AND +a.id IN (SELECT t.id" + l.String() + ")"
		articleArgs = append(articleArgs, l.args...)
	}
	switch {
	case len(q.Articles) == 1: // nothing to sort: long texts would be copied
		ofArticle += " AND a.id = ?"
		articleArgs = append(articleArgs, string(q.Articles[0]))
	case len(q.Articles) > 0:
		raw, err := compact(q.Articles)
		if err != nil {
			return err
		}
		column := "a.id"
		if len(q.Articles) > 1000 {
			column = "+a.id" // walk in project order rather than sort what was found by id
		}
		ofArticle += " AND " + column + " IN (SELECT value FROM json_each(?))"
		articleArgs = append(articleArgs, string(raw))
	}
	if len(q.Annotators) > 0 {
		raw, err := compact(q.Annotators)
		if err != nil {
			return err
		}
		ofSet += " AND s.annotator IN (SELECT value FROM json_each(?))"
		setArgs = append(setArgs, string(raw))
	}
	bySet := slices.Concat(articleArgs, setArgs)
	const order = " ORDER BY a.ord, a.id"
	var errs [2]error
	r.articles, errs[0] = openCursor(ctx, tx, func(row scanner, a *articleText) error {
		return row.Scan(append(articleTargets(&a.article), &a.text)...)
	}, "SELECT "+of(&articles, "a")+", x.text FROM article a CROSS JOIN text x ON x.hash = a.text_hash "+ofArticle+order, articleArgs)
	r.sets, errs[1] = openCursor(ctx, tx, scanSet, "SELECT "+of(&sets, "s")+", "+pack("span", packedSpan)+", "+pack("relation", packedRelation)+
		" FROM article a CROSS JOIN annotation_set s ON s.article = a.id "+ofArticle+ofSet+order, bySet)
	return errors.Join(errs[:]...)
}

// scanSet reads a set with all that is in it.
func scanSet(row scanner, d *annotate.SetData) error {
	var spans, relations string
	if err := row.Scan(append(setTargets(&d.Set), &spans, &relations)...); err != nil {
		return err
	}
	var errs [2]error
	d.Spans, errs[0] = unpackSpans(d.Set.ID, spans)
	d.Relations, errs[1] = unpackRelations(d.Set.ID, relations)
	return errors.Join(errs[:]...)
}

// of lists the columns of a layout for a table of another name than t.
func of(l *layout, table string) string { return strings.ReplaceAll(l.fields(), "t.", table+".") }

func openCursor[T any](ctx context.Context, tx queries, scan func(scanner, *T) error, query string, args []any) (*cursor[T], error) {
	rows, err := tx.QueryContext(ctx, query, args...) //nolint:rowserrcheck // cursor.next checks it
	return &cursor[T]{rows: rows, scan: scan}, err
}

func (r *documentReader) close() error { return errors.Join(r.articles.close(), r.sets.close()) }

// document puts together the article at which the reader is.
func (r *documentReader) document() (*annotate.Document, error) {
	d := &annotate.Document{Article: r.articles.item.article, Text: text.New(r.articles.item.text)}
	for r.sets.next() {
		set := r.sets.item
		if set.Set.Article != d.Article.ID {
			r.sets.hold()
			break
		}
		set.Annotator = r.annotators[set.Set.Annotator]
		d.Sets = append(d.Sets, set)
	}
	if r.sets.err != nil {
		return nil, r.sets.err
	}
	r.sort(d)
	return d, nil
}

func (r *documentReader) sort(d *annotate.Document) {
	label := func(i id) string { return r.labels[i] }
	for i := range d.Sets {
		set := &d.Sets[i]
		slices.SortFunc(set.Spans, func(a, b annotate.Span) int { return annotate.CompareSpans(a, b, label) })
		slices.SortFunc(set.Relations, func(a, b annotate.Relation) int { return strings.Compare(string(a.ID), string(b.ID)) })
	}
	slices.SortFunc(d.Sets, func(a, b annotate.SetData) int {
		return cmp.Or(strings.Compare(a.Annotator.Name, b.Annotator.Name), strings.Compare(string(a.Set.ID), string(b.Set.ID)))
	})
}
