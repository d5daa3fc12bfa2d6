package annotest

import (
	"fmt"
	"strings"
	"testing"

	"lede/annotate"
)

// said tells how words were coded, as people would.
func (w *world) said(q annotate.CodedQuery) string {
	w.Helper()
	coded, err := w.Store.Coded(ctx, q)
	w.must(err)
	name := map[id]string{w.actor.ID: "actor", w.quote.ID: "quote", w.ana.ID: "ana", w.ben.ID: "ben"}
	var said []string
	for _, c := range coded.Counts {
		said = append(said, fmt.Sprintf("%d %s %s", c.N, name[c.Annotator], name[c.Label]))
	}
	for _, s := range coded.Spans {
		said = append(said, fmt.Sprintf("%s: %s[%s]%s", s.Title, s.Before, s.Words, s.After))
	}
	return strings.Join(said, "; ")
}

// testCoded asks for words through all that may happen to spans.
func testCoded(t testing.TB, open func(testing.TB) Harness) {
	w := newWorld(t, open)
	items := []annotate.ImportArticle{
		w.item("a", "😀 The Port\nAuthority said no."), w.item("b", "the port  authority, THE PORT AUTHORITY."), w.item("c", "ÉTÉ été"),
	}
	items[1].Article.Title = ""
	set := w.set(items[0].Article.ID, w.ana)
	items[0].Sets = []annotate.SetData{{Set: set, Annotator: w.ana, Spans: []annotate.Span{w.span(set.ID, w.actor, 2, 20)}}}
	w.imports(items...)
	ask := annotate.CodedQuery{Words: " The port authority ", Limit: 9}
	const first = "Title of a: 😀 [The Port\nAuthority] said no."
	same(w, "after an import", "1 ana actor; "+first, w.said(ask))

	bens := w.set(items[1].Article.ID, w.ben)
	one, two := w.span(bens.ID, w.quote, 0, 19), w.span(bens.ID, w.quote, 21, 39)
	one.ID, two.ID = w.newID(), w.newID()
	w.apply(annotate.Create(bens), annotate.Create(one))
	w.apply(annotate.Create(two))
	const third = "b: the port  authority, [THE PORT AUTHORITY]."
	const second = "b: [the port  authority], THE PORT AUTHORITY."
	same(w, "tagged", "2 ben quote; 1 ana actor; "+third+"; "+second+"; "+first, w.said(ask))
	same(w, "counts alone", "2 ben quote; 1 ana actor", w.said(annotate.CodedQuery{Words: ask.Words}))
	same(w, "but for one", "1 ben quote; 1 ana actor", w.said(annotate.CodedQuery{Words: ask.Words, Except: two.ID}))

	moved := two
	moved.Fragments = annotate.Fragments{{Start: 21, End: 24}, {Start: 30, End: 39}}
	w.apply(annotate.Update(two, moved))
	same(w, "moved away", "1 ben quote; 1 ana actor", w.said(annotate.CodedQuery{Words: ask.Words}))
	same(w, "two parts", "1 ben quote; b: the port  authority, [THE PORT AUTHORITY].", w.said(annotate.CodedQuery{Words: "the authority", Limit: 9}))
	relabelled := one
	relabelled.Label = w.actor.ID
	w.apply(annotate.Update(one, relabelled))
	same(w, "another label", "1 ben actor; 1 ana actor", w.said(annotate.CodedQuery{Words: ask.Words}))
	w.apply(annotate.Delete(relabelled))
	same(w, "deleted", "1 ana actor", w.said(annotate.CodedQuery{Words: ask.Words}))
	w.apply(annotate.Update(annotate.ArticleState{ID: items[0].Article.ID, Presence: annotate.Live},
		annotate.ArticleState{ID: items[0].Article.ID, Presence: annotate.Deleted}))
	same(w, "its article is in the bin", "", w.said(ask))

	for _, none := range []string{"", " ", "port", "the port authority,", strings.Repeat("x", 300)} {
		same(w, "not coded: "+none, "", w.said(annotate.CodedQuery{Words: none, Limit: 9}))
	}
	w.codedLater(items[2].Article.ID)
}

// codedLater adds a set to an article that is there by an import, which is undone.
func (w *world) codedLater(article id) {
	w.Helper()
	set := w.set(article, w.ben)
	known := annotate.ImportArticle{Known: true, Article: annotate.Article{ID: article}}
	known.Sets = []annotate.SetData{{Set: set, Annotator: w.ben, Spans: []annotate.Span{w.span(set.ID, w.quote, 0, 3)}}}
	im := w.begin()
	w.must(im.Add(ctx, []annotate.ImportArticle{known}))
	ask := annotate.CodedQuery{Words: "Été", Limit: 9}
	same(w, "staged", "", w.said(ask))
	c := w.commit(im)
	same(w, "a set imported for a known article", "1 ben quote; Title of c: [ÉTÉ] été", w.said(ask))
	undo := w.change()
	for _, op := range c.Ops {
		if live, ok := op.After.(annotate.Import); ok {
			undone := live
			undone.State = annotate.ImportUndone
			undo.Ops = append(undo.Ops, annotate.Update(live, undone))
		}
	}
	_, err := w.Apply(ctx, undo)
	w.must(err)
	same(w, "its import was undone", "", w.said(ask))
	w.clean()
}
