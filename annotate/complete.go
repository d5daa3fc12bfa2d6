package annotate

import (
	"slices"
	"unicode/utf8"

	"lede/annotate/text"
)

// Complete is the article of an item that is not Known with what an import may
// leave out: its id, its ref, its place in the project's order, the hash and the
// length of its text. It refuses a hash or a length of another text.
func (i ImportArticle) Complete(imp ID, order int64, newID func() ID) (Article, error) {
	a := i.Article
	if a.ID == "" {
		a.ID = newID()
	}
	if a.Ref == "" {
		a.Ref = string(a.ID)
	}
	hash, length := text.SHA256(i.Text), utf8.RuneCountInString(i.Text)
	if (a.TextHash != "" && a.TextHash != hash) || (a.Length != 0 && a.Length != length) {
		return a, &InvalidError{Kind: KindArticle, ID: a.ID, Reason: "its hash or length is not that of its text"}
	}
	a.TextHash, a.Length, a.Import = hash, length, imp
	if a.Order == 0 {
		a.Order = order
	}
	return a, nil
}

// Complete is the annotation set of an imported article with what an import may
// leave out: ids, the annotator, the status and where the spans come from. What
// it is called on stays as it is.
func (d SetData) Complete(article, imp ID, newID func() ID) SetData {
	set := &d.Set
	set.Article, set.Import = article, imp
	if set.ID == "" {
		set.ID = newID()
	}
	if set.Annotator == "" {
		set.Annotator = d.Annotator.ID
	}
	if set.Status == "" {
		set.Status = New
	}
	d.Spans, d.Relations = slices.Clone(d.Spans), slices.Clone(d.Relations)
	for i := range d.Spans {
		sp := &d.Spans[i]
		sp.Set = set.ID
		if sp.ID == "" {
			sp.ID = newID()
		}
		if sp.Origin == "" {
			sp.Origin = OriginImport
		}
	}
	for i := range d.Relations {
		r := &d.Relations[i]
		r.Set = set.ID
		if r.ID == "" {
			r.ID = newID()
		}
	}
	return d
}
