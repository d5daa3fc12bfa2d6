package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"lede/annotate"
	"lede/annotate/filter"
)

// filterFlag says which articles a command is about.
type filterFlag struct{ typed string }

func (f *filterFlag) add(cmd *cobra.Command, usage string) {
	cmd.Flags().StringVar(&f.typed, "filter", "", usage+`, as 'source:reuters published:2026-03 -tag:round1 "peace talks"' (docs/filters.md); @name is a filter that was saved in the window`)
}

// expanded is what a saved filter says, if its name is given as @name.
func (a *app) expanded(typed string) (string, error) {
	name, saved := strings.CutPrefix(strings.TrimSpace(typed), "@")
	if !saved {
		return typed, nil
	}
	if f, ok := a.Settings.Filter(name); ok {
		return f.Query, nil
	}
	e := &annotate.Error{Kind: annotate.ErrNotFound, Op: "filter", Subject: typed, Detail: "there is no saved filter of this name.", Hint: "None are saved: the pin beside the search field of the window saves one."}
	var names []string
	for _, f := range a.Settings.Filters() {
		names = append(names, "@"+f.Name)
	}
	if len(names) > 0 {
		e.Hint = "There is " + strings.Join(names, ", ") + "."
	}
	return "", e
}

// read reads the filter and holds it against the project; nil for all articles. "me" is
// who does it.
func (f *filterFlag) read(ctx context.Context, a *app, store annotate.Store) (*annotate.Filter, error) {
	typed, err := a.expanded(f.typed)
	if err != nil {
		return nil, err
	}
	f.typed = typed // what the report of an export and the frame of a sample say
	parsed, err := filter.Parse(typed)
	if err != nil || parsed == nil {
		return nil, err
	}
	parsed = filter.Named(parsed, a.actor())
	schema, err := store.Schema(ctx)
	if err != nil {
		return nil, err
	}
	people, err := store.Annotators(ctx)
	if err != nil {
		return nil, err
	}
	return parsed, filter.Check(parsed, schema, people)
}

// articles are the ids of those that pass, in project order. None at all is refused:
// nobody asks for nothing.
func (f *filterFlag) articles(ctx context.Context, a *app, store annotate.Store) ([]annotate.ID, error) {
	parsed, err := f.read(ctx, a, store)
	if err != nil {
		return nil, err
	}
	rows, err := store.Articles(ctx, annotate.ArticleQuery{Filter: parsed})
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, &annotate.Error{
			Kind: annotate.ErrNotFound, Op: "filter", Subject: f.typed, Detail: "no article passes.",
			Hint: "Leave terms away one by one to see which of them is too narrow.",
		}
	}
	ids := make([]annotate.ID, len(rows))
	for i, r := range rows {
		ids[i] = r.Article.ID
	}
	return ids, nil
}
