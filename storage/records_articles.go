package storage

import (
	"context"

	"lede/annotate"
)

var imports = layout{
	table:   "import",
	columns: []string{"id", "state", "format", "source", "articles", "sets", "spans", "extra"},
	shown:   "t.state <> 'staged'",
	values: func(r record) ([]any, error) {
		i, e := r.(annotate.Import), encoded{r: r}
		return []any{i.ID, string(i.State), i.Format, i.Source, i.Articles, i.Sets, i.Spans, e.extra(i.Extra)}, e.err
	},
	scan: func(row scanner) (record, error) {
		var i annotate.Import
		err := row.Scan(as(&i.ID), as(&i.State), &i.Format, &i.Source, &i.Articles, &i.Sets, &i.Spans, into(&i.Extra))
		return i, err
	},
}

var articles = layout{
	table: "article",
	columns: []string{
		"id", "ref", "title", "source", "url", "author", "published", "published_iso", "language", "meta",
		"text_hash", "length", "intake", "ord", "import", "extra",
	},
	shown: shownArticle,
	values: func(r record) ([]any, error) {
		a, e := r.(annotate.Article), encoded{r: r}
		return []any{
			string(a.ID), a.Ref, a.Title, a.Source, a.URL, a.Author, a.Published, a.PublishedISO, a.Language, e.values(a.Meta),
			a.TextHash, a.Length, a.Intake, a.Order, none(a.Import), e.extra(a.Extra),
		}, e.err
	},
	scan: func(row scanner) (record, error) {
		var a annotate.Article
		err := row.Scan(articleTargets(&a)...)
		return a, err
	},
}

// articleTargets are where the columns of articles are read into.
func articleTargets(a *annotate.Article) []any {
	return []any{
		as(&a.ID), &a.Ref, &a.Title, &a.Source, &a.URL, &a.Author, &a.Published, &a.PublishedISO, &a.Language, into(&a.Meta),
		&a.TextHash, &a.Length, &a.Intake, &a.Order, as(&a.Import), into(&a.Extra),
	}
}

// articleStates lie in the rows of their articles.
var articleStates = layout{
	table:   "article",
	columns: []string{"id", "presence", "state_extra"},
	shown:   shownArticle,
	values: func(r record) ([]any, error) {
		a, e := r.(annotate.ArticleState), encoded{r: r}
		return []any{string(a.ID), string(a.Presence), e.extra(a.Extra)}, e.err
	},
	scan: func(row scanner) (record, error) {
		var a annotate.ArticleState
		err := row.Scan(as(&a.ID), as(&a.Presence), into(&a.Extra))
		return a, err
	},
}

// carryOut writes an op. Articles are neither created nor deleted by ops;
// Validate refuses those that try, so that nothing of them is written. committing
// is the import that is made live, if any.
func carryOut(ctx context.Context, q queries, op annotate.Op, committing id) error {
	r := op.After
	if r == nil {
		r = op.Before
	}
	if r == nil || r.RecordKind() != op.Kind || r.RecordID() != op.ID {
		return &annotate.InvalidError{Kind: op.Kind, ID: op.ID, Reason: "the op and its record differ"}
	}
	l := layouts[op.Kind]
	switch {
	case op.Before != nil && op.After != nil:
		return l.update(ctx, q, op.Before, op.After)
	case op.Kind == annotate.KindArticle || op.Kind == annotate.KindArticleState:
		return nil
	case op.ID == committing && op.Kind == annotate.KindImport:
		return l.update(ctx, q, nil, op.After) // its row was staged
	case op.After != nil:
		return l.create(ctx, q, op.After)
	case op.Kind == annotate.KindImport:
		return nil
	}
	return l.remove(ctx, q, op.ID)
}
