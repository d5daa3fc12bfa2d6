package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lede/annotate"
	"lede/app/figure"
)

// renderSource finds the article and whose spans are drawn ("" for nobody's).
func (a *app) renderSource(ctx context.Context, store annotate.Store, named string, f renderFlags) (figure.Source, string, error) {
	var src figure.Source
	id, err := findArticle(ctx, store, named)
	if err != nil {
		return src, "", err
	}
	doc, err := store.Document(ctx, id)
	if err != nil {
		return src, "", err
	}
	if src.Schema, err = store.Schema(ctx); err != nil {
		return src, "", err
	}
	src.Article, src.Text = doc.Article, doc.Text
	set, err := a.chooseSet(doc, f.annotator)
	if err != nil || set == nil {
		return src, "", err
	}
	src.Spans, src.Relations = set.Spans, set.Relations
	if err := keepLabels(&src, f.labels); err != nil {
		return src, "", err
	}
	return src, set.Annotator.Name, nil
}

// chooseSet is the set of the named annotator; else the only one, else that of
// whoever is at work here. nil if nobody touched the article.
func (a *app) chooseSet(doc *annotate.Document, named string) (*annotate.SetData, error) {
	var names []string
	find := func(name string) *annotate.SetData {
		for i := range doc.Sets {
			if strings.EqualFold(doc.Sets[i].Annotator.Name, name) {
				return &doc.Sets[i]
			}
		}
		return nil
	}
	for i := range doc.Sets {
		names = append(names, doc.Sets[i].Annotator.Name)
	}
	slices.Sort(names)
	fail := func(detail string) error {
		return &annotate.Error{Kind: annotate.ErrNotFound, Op: "render", Subject: doc.Article.Ref, Detail: detail, Hint: "Choose one with --annotator: " + strings.Join(names, ", ") + "."}
	}
	switch {
	case named != "" && len(names) == 0:
		return nil, &annotate.Error{Kind: annotate.ErrNotFound, Op: "render", Subject: doc.Article.Ref, Detail: "nobody has annotated this article yet."}
	case named != "":
		if set := find(named); set != nil {
			return set, nil
		}
		return nil, fail(fmt.Sprintf("%q has not annotated this article.", named))
	case len(names) == 0:
		return nil, nil
	case len(names) == 1:
		return &doc.Sets[0], nil
	}
	if set := find(a.Settings.Annotator("", a.actorFlag)); set != nil {
		return set, nil
	}
	return nil, fail("several people have annotated this article.")
}

// keepLabels leaves out spans of other labels, if any are named.
func keepLabels(src *figure.Source, names []string) error {
	if len(names) == 0 {
		return nil
	}
	wanted := map[annotate.ID]bool{}
	for _, n := range names {
		l, ok := src.Schema.LabelNamed(n)
		if !ok {
			var all []string
			for _, l := range src.Schema.Labels {
				all = append(all, l.Name)
			}
			return &annotate.Error{
				Kind: annotate.ErrNotFound, Op: "render", Subject: src.Article.Ref, Detail: fmt.Sprintf("the schema has no label %q.", n), Hint: "Labels: " + strings.Join(all, ", ") + ".",
			}
		}
		wanted[l.ID] = true
	}
	src.Spans = slices.DeleteFunc(slices.Clone(src.Spans), func(s annotate.Span) bool { return !wanted[s.Label] })
	return nil
}

// findArticle finds an article by ref or id, by #number in project order, or by
// the beginning of its title, whatever the case.
func findArticle(ctx context.Context, store annotate.Store, named string) (annotate.ID, error) {
	fail := func(detail, hint string) error {
		return &annotate.Error{Kind: annotate.ErrNotFound, Op: "render", Subject: store.Info().Path, Detail: detail, Hint: hint}
	}
	found, err := store.Find(ctx, named, "")
	if err != nil && !errors.Is(err, annotate.ErrNotFound) {
		return "", err
	}
	if named != "" && len(found) > 0 {
		return found[0].ID, nil
	}
	if number, ok := strings.CutPrefix(named, "#"); ok {
		if n, err := strconv.Atoi(number); err == nil && n > 0 {
			rows, err := store.Articles(ctx, annotate.ArticleQuery{Offset: n - 1, Limit: 1})
			if err != nil {
				return "", err
			}
			if len(rows) == 0 {
				return "", fail(fmt.Sprintf("there is no article %s.", named), "“lede stats PROJECT” says how many there are.")
			}
			return rows[0].Article.ID, nil
		}
	}
	if _, _, err := store.Article(ctx, annotate.ID(named)); err == nil {
		return annotate.ID(named), nil
	}
	return byTitle(ctx, store, named, fail)
}

func byTitle(ctx context.Context, store annotate.Store, named string, fail func(detail, hint string) error) (annotate.ID, error) {
	const page = 1000
	var hits []annotate.Article
	for offset := 0; named != ""; offset += page {
		rows, err := store.Articles(ctx, annotate.ArticleQuery{Offset: offset, Limit: page})
		if err != nil {
			return "", err
		}
		for _, r := range rows {
			if t := r.Article.Title; len(t) >= len(named) && strings.HasPrefix(strings.ToLower(t), strings.ToLower(named)) {
				hits = append(hits, r.Article)
			}
		}
		if len(rows) < page {
			break
		}
	}
	const ways = "An article is named by its id, as #3 for the third one, or by the beginning of its title."
	switch len(hits) {
	case 0:
		return "", fail(fmt.Sprintf("there is no article %q.", named), ways)
	case 1:
		return hits[0].ID, nil
	}
	var list []string
	for _, a := range hits[:min(5, len(hits))] {
		list = append(list, fmt.Sprintf("%s (%s)", a.Ref, a.Title))
	}
	return "", fail(fmt.Sprintf("%d articles have a title that begins with %q.", len(hits), named), "Name one by its id: "+strings.Join(list, ", ")+".")
}
