package annotest

import (
	"fmt"

	"pgregory.net/rapid"

	"lede/annotate"
)

// importing brings articles, with a label of their own and with further sets for
// articles that are there, and commits or aborts.
func (m *machine) importing(r *rapid.T) {
	p := m.current(r)
	var defined []annotate.Op
	if rapid.Bool().Draw(r, "define") {
		label := annotate.Label{ID: m.newID(), Name: fmt.Sprintf("import-%d", rapid.IntRange(0, 3).Draw(r, "label")), Order: 50}
		by := annotate.Annotator{ID: m.newID(), Name: fmt.Sprintf("coder %d", rapid.IntRange(0, 3).Draw(r, "coder")), Kind: annotate.Human}
		defined = []annotate.Op{annotate.Create(label), annotate.Create(by)}
		p.Labels, p.Annotators = append(p.Labels, label), append(p.Annotators, by)
	}
	if len(p.Labels) == 0 || len(p.RelationTypes) == 0 {
		p.Annotators = nil // nothing to annotate with
	}
	var items []annotate.ImportArticle
	for range rapid.IntRange(0, 2).Draw(r, "articles") {
		items = append(items, p.Article(m.newID, fmt.Sprintf("ref-%d", rapid.IntRange(0, 12).Draw(r, "ref"))).Draw(r, "article"))
	}
	for _, d := range m.documents(r) {
		if len(p.Annotators) > 0 && rapid.IntRange(0, 3).Draw(r, "add to") == 0 {
			by := rapid.SampledFrom(p.Annotators).Draw(r, "annotator")
			items = append(items, annotate.ImportArticle{
				Known: true, Article: annotate.Article{ID: d.Article.ID},
				Sets: []annotate.SetData{p.Set(m.newID, by, d.Article.Length).Draw(r, "set")},
			})
		}
	}
	m.bring(r, items, defined, rapid.IntRange(0, 4).Draw(r, "commit") > 0)
}

// bring runs one import in both stores, each item in a batch of its own, and
// compares them while it is staged.
func (m *machine) bring(r *rapid.T, items []annotate.ImportArticle, defined []annotate.Op, commit bool) {
	info := annotate.Import{ID: m.newID(), Format: "random", Source: "machine"}
	a, errA := m.model.BeginImport(ctx, info)
	b, errB := m.real.BeginImport(ctx, info)
	m.agree(r, "begin import", errA, errB)
	if errA != nil {
		return
	}
	m.agree(r, "define", a.Define(ctx, defined), b.Define(ctx, defined))
	for _, item := range items {
		m.agree(r, "add "+item.Article.Ref, a.Add(ctx, []annotate.ImportArticle{item}), b.Add(ctx, []annotate.ImportArticle{item}))
	}
	m.compare(r)
	if commit {
		c := m.change("import")
		c.Cause = annotate.CauseImport
		_, errA = a.Commit(ctx, c)
		_, errB = b.Commit(ctx, c)
		m.agree(r, "commit import", errA, errB)
	}
	m.agree(r, "abort import", a.Abort(ctx), b.Abort(ctx))
}
