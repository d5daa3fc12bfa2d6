package edit

import (
	"context"

	"lede/annotate"
	"lede/annotate/language"
)

// DetectLanguages gives those articles a language that have none, where it can be told
// for sure.
func DetectLanguages() Deed {
	return Deed{"Detect the language of %s", func(ctx context.Context, store annotate.Store, ids []annotate.ID, add func(annotate.Op)) error {
		rows, err := store.Articles(ctx, annotate.ArticleQuery{Articles: ids})
		if err != nil {
			return err
		}
		var untold []annotate.Article
		var texts []string
		for _, row := range rows {
			if row.Article.Language != "" {
				continue
			}
			_, text, err := store.Article(ctx, row.Article.ID)
			if err != nil {
				return err
			}
			untold, texts = append(untold, row.Article), append(texts, text.String())
		}
		for i, code := range language.DetectAll(texts) {
			if after := untold[i]; code != "" {
				language.Mark(&after, code)
				add(annotate.Update(untold[i], after))
			}
		}
		return ctx.Err()
	}}
}
