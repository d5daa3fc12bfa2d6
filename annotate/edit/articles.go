package edit

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"lede/annotate"
)

// Deed is something done to many articles as one change, and one step of undo.
type Deed struct {
	title string // with %s for how many articles
	ops   func(context.Context, annotate.Store, []annotate.ID, func(annotate.Op)) error
}

// deedPage is how many articles a deed reads at once.
const deedPage = 500

// TagArticles puts tags on articles and takes others off.
func TagArticles(add, remove []string) Deed {
	return alterList(annotate.TagsKey, add, remove, "Tag %s as ", "Take off tags of %s: ")
}

// AssignArticles gives articles to annotators, by name, and takes them from others.
func AssignArticles(add, remove []string) Deed {
	return alterList(annotate.AssignedKey, add, remove, "Assign %s to ", "Take %s from ")
}

func alterList(key string, add, remove []string, adding, removing string) Deed {
	title := adding + escape(strings.Join(add, ", "))
	if len(add) == 0 {
		title = removing + escape(strings.Join(remove, ", "))
	}
	return Facts(title, func(a *annotate.Article) {
		list := slices.DeleteFunc(a.Meta.List(key), func(s string) bool { return slices.Contains(remove, s) })
		a.Meta = a.Meta.WithList(key, append(list, add...))
	})
}

// Facts alters facts of articles; title is a format with a %s for how many there are.
func Facts(title string, alter func(*annotate.Article)) Deed {
	return Deed{title, ofRows(annotate.Live, func(a annotate.Article) (annotate.Op, bool) {
		after := a
		alter(&after)
		return annotate.Update(a, after), !annotate.SameRecord(a, after)
	})}
}

// BinArticles puts articles into the bin.
func BinArticles() Deed {
	return Deed{"Move %s to the bin", ofRows(annotate.Live, func(a annotate.Article) (annotate.Op, bool) {
		return annotate.Update(annotate.ArticleState{ID: a.ID, Presence: annotate.Live}, annotate.ArticleState{ID: a.ID, Presence: annotate.Deleted}), true
	})}
}

// RestoreArticles takes articles out of the bin.
func RestoreArticles() Deed {
	return Deed{"Restore %s from the bin", ofRows(annotate.Deleted, func(a annotate.Article) (annotate.Op, bool) {
		return annotate.Update(annotate.ArticleState{ID: a.ID, Presence: annotate.Deleted}, annotate.ArticleState{ID: a.ID, Presence: annotate.Live}), true
	})}
}

// ofRows makes an op of the facts of an article that is there or in the bin, or none.
func ofRows(presence annotate.Presence, op func(annotate.Article) (annotate.Op, bool)) func(context.Context, annotate.Store, []annotate.ID, func(annotate.Op)) error {
	return func(ctx context.Context, store annotate.Store, ids []annotate.ID, add func(annotate.Op)) error {
		rows, err := store.Articles(ctx, annotate.ArticleQuery{Articles: ids, Presence: presence})
		for _, row := range rows {
			if op, changes := op(row.Article); changes {
				add(op)
			}
		}
		return err
	}
}

// MarkArticles says how far the editor's annotator is with articles.
func (e Editor) MarkArticles(schema *annotate.Schema, by annotate.Annotator, status annotate.Status, reason string) Deed {
	title := map[annotate.Status]string{
		annotate.New: "Mark %s as new", annotate.InProgress: "Mark %s as in progress", annotate.Done: "Mark %s as done", annotate.Skipped: "Skip %s",
	}[status]
	return Deed{title, func(ctx context.Context, store annotate.Store, ids []annotate.ID, add func(annotate.Op)) error {
		for doc, err := range store.Documents(ctx, annotate.DocumentQuery{Annotators: []annotate.ID{by.ID}, Articles: ids}) {
			if err != nil {
				return err
			}
			c, err := e.SetStatus(NewState(doc, schema, by), status, reason)
			if err != nil && !errors.Is(err, annotate.ErrNothing) {
				return err
			}
			for _, op := range c.Ops {
				add(op)
			}
		}
		return nil
	}}
}

// Do makes the change for articles of which some may be gone. It tells how many it is
// about; none is ErrNothing. It may be called on any goroutine and be given up by ctx.
func (e Editor) Do(ctx context.Context, store annotate.Store, deed Deed, ids []annotate.ID, progress func(done, total int)) (annotate.Change, int, error) {
	c := annotate.Change{ID: e.Env.NewID(), Actor: e.Actor, Cause: annotate.CauseManual}
	done := 0
	for page := range slices.Chunk(ids, deedPage) {
		err := ctx.Err()
		if err == nil {
			err = deed.ops(ctx, store, page, func(op annotate.Op) { c.Ops = append(c.Ops, op) })
		}
		if err != nil {
			return c, 0, err
		}
		if done += len(page); progress != nil {
			progress(done, len(ids))
		}
	}
	n := len(c.Ops) // each article has one
	if n == 0 {
		return c, 0, annotate.ErrNothing
	}
	c.Title = fmt.Sprintf(deed.title, articles(n))
	if len(ids) == 1 {
		c.Article = ids[0]
	}
	return c, n, nil
}

func articles(n int) string {
	if n == 1 {
		return "1 article"
	}
	return fmt.Sprintf("%d articles", n)
}
