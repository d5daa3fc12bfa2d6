package edit

import (
	"context"

	"lede/annotate"
)

// AlterFacts alters facts of articles; the first that cannot be altered refuses all.
// title is a format with a %s for how many there are.
func AlterFacts(title string, alter func(annotate.Article) (annotate.Article, error)) Deed {
	return Deed{title, func(ctx context.Context, store annotate.Store, ids []annotate.ID, add func(annotate.Op)) error {
		rows, err := store.Articles(ctx, annotate.ArticleQuery{Articles: ids})
		if err != nil {
			return err
		}
		for _, row := range rows {
			after, err := alter(row.Article)
			if err != nil {
				return err
			}
			if !annotate.SameRecord(row.Article, after) {
				add(annotate.Update(row.Article, after))
			}
		}
		return nil
	}}
}

// SetFacts makes the facts of the article what they are in after.
func (e Editor) SetFacts(s *State, title string, after annotate.Article) (annotate.Change, error) {
	c := e.begin(s, title)
	if annotate.SameRecord(s.Article, after) {
		return annotate.Change{}, annotate.ErrNothing
	}
	c.Ops = append(c.Ops, annotate.Update(s.Article, after))
	return c, nil
}
