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

// Imports lists the imports that were committed, by id.
func (s *store) Imports(ctx context.Context) ([]annotate.Import, error) {
	all, err := list[annotate.Import](ctx, s.reader, &imports)
	slices.SortFunc(all, func(a, b annotate.Import) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return all, explain("read", s.shown, err)
}

// keptState is the state of the import that brought a row, 'live' for none.
const keptState = "coalesce((SELECT i.state FROM import i WHERE i.id = %.import), 'live')"

func stateOf(table string) string { return strings.ReplaceAll(keptState, "%", table) }

// unseenArticles finds the articles of which something is kept that Documents does
// not show; hidden says that this is so of all of the article.
var (
	hidden         = "(a.presence <> 'live' OR " + stateOf("a") + " = 'undone')"
	unseenArticles = "WHERE " + stateOf("a") + " <> 'staged' AND (" + hidden + ` OR a.state_extra IS NOT NULL
		OR EXISTS (SELECT 1 FROM annotation_set o WHERE o.article = a.id AND ` + stateOf("o") + " = 'undone'))"
	unseenSets = " AND " + stateOf("s") + " <> 'staged' AND (" + hidden + " OR " + stateOf("s") + " = 'undone')"
)

// Unseen streams what Documents does not show, from one read transaction.
func (s *store) Unseen(ctx context.Context) iter.Seq2[*annotate.Kept, error] {
	return stream(ctx, s, "read articles of", func(ctx context.Context, tx *sql.Tx, yield func(*annotate.Kept) error) (err error) {
		r := &documentReader{labels: map[id]string{}}
		every, err := list[annotate.Label](ctx, tx, &labels)
		if err != nil {
			return err
		}
		for _, l := range every {
			r.labels[l.ID] = l.Name
		}
		const order = " ORDER BY a.ord, a.id"
		kept, err := openCursor(ctx, tx, scanKept, "SELECT "+of(&articles, "a")+", a.presence, coalesce(a.state_extra, ''), CASE WHEN "+hidden+
			" THEN x.text END FROM article a CROSS JOIN text x ON x.hash = a.text_hash "+unseenArticles+order, nil)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, kept.close()) }()
		r.sets, err = openCursor(ctx, tx, scanSet, "SELECT "+of(&sets, "s")+", "+pack("span", packedSpan)+", "+pack("relation", packedRelation)+
			" FROM article a CROSS JOIN annotation_set s ON s.article = a.id "+unseenArticles+unseenSets+order, nil)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, r.sets.close()) }()
		for kept.next() {
			k := kept.item
			if err := r.keptSets(&k); err != nil {
				return err
			}
			if err := yield(&k); err != nil {
				return err
			}
		}
		return kept.err
	})
}

func scanKept(row scanner, k *annotate.Kept) error {
	var body sql.NullString
	k.State = annotate.ArticleState{}
	if err := row.Scan(append(articleTargets(&k.Article), as(&k.State.Presence), into(&k.State.Extra), &body)...); err != nil {
		return err
	}
	if k.State.ID = k.Article.ID; body.Valid {
		k.Text = text.New(body.String)
	}
	return nil
}

// keptSets takes the sets of the article at which the reader is.
func (r *documentReader) keptSets(k *annotate.Kept) error {
	d := annotate.Document{}
	for r.sets.next() {
		if r.sets.item.Set.Article != k.Article.ID {
			r.sets.hold()
			break
		}
		d.Sets = append(d.Sets, r.sets.item)
	}
	r.sort(&d)
	k.Sets = d.Sets
	slices.SortFunc(k.Sets, func(a, b annotate.SetData) int {
		return cmp.Or(strings.Compare(string(a.Set.Annotator), string(b.Set.Annotator)), strings.Compare(string(a.Set.ID), string(b.Set.ID)))
	})
	return r.sets.err
}

// positioned is an op with the position of its change.
type positioned struct {
	position int64
	op       annotate.Op
}

// Changes streams the history from one read transaction, its changes and their ops
// side by side.
func (s *store) Changes(ctx context.Context) iter.Seq2[annotate.Change, error] {
	return stream(ctx, s, "read history of", func(ctx context.Context, tx *sql.Tx, yield func(annotate.Change) error) (err error) {
		changes, err := openCursor(ctx, tx, func(row scanner, c *annotate.Change) (err error) {
			*c, err = scanChange(row)
			return err
		}, "SELECT "+changeColumns+" FROM change c ORDER BY c.position", nil)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, changes.close()) }()
		ops, err := openCursor(ctx, tx, func(row scanner, p *positioned) (err error) {
			p.position, p.op, err = scanOp(row)
			return err
		}, "SELECT o.position, o.kind, o.record, o.codec, o.before, o.after FROM op o ORDER BY o.position, o.n", nil)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, ops.close()) }()
		for changes.next() {
			c := changes.item
			for ops.next() {
				if ops.item.position != c.Position {
					ops.hold()
					break
				}
				c.Ops = append(c.Ops, ops.item.op)
			}
			if err := ops.err; err != nil {
				return err
			}
			if err := yield(c); err != nil {
				return err
			}
		}
		return changes.err
	})
}

// errStopped ends a stream that nobody listens to any more.
var errStopped = errors.New("nobody listens")

// stream hands out what read yields within one read transaction. A context that
// ends would close the queries under the reader's feet; it is looked at between
// items.
func stream[T any](ctx context.Context, s *store, op string, read func(ctx context.Context, tx *sql.Tx, yield func(T) error) error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		steady := context.WithoutCancel(ctx)
		err := s.view(steady, func(tx *sql.Tx) error {
			return read(steady, tx, func(item T) error {
				if err := ctx.Err(); err != nil {
					return err
				}
				if !yield(item, nil) {
					return errStopped
				}
				return nil
			})
		})
		if err != nil && !errors.Is(err, errStopped) {
			var none T
			yield(none, explain(op, s.shown, err))
		}
	}
}
