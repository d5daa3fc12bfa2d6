package storage

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"lede/annotate"
	"lede/annotate/filter"
)

// TestPagesOfFrequentWords looks for words that so many articles have that a page is looked
// for among the next articles first. Page after page, in any order and from both ends, it is the same
// as all at once.
func TestPagesOfFrequentWords(t *testing.T) {
	p := newProject(t, filepath.Join(t.TempDir(), "p.lede"))
	random := rand.New(rand.NewPCG(1, 2))
	const n = 4500
	var items []annotate.ImportArticle
	for i := range n {
		body := "strike"
		if random.IntN(5) > 0 {
			body += " called off"
		}
		if i > n-60 {
			body += " late" // and nobody before
		}
		date := fmt.Sprintf("20%02d-03-01", random.IntN(20))
		items = append(items, annotate.ImportArticle{
			Article: annotate.Article{ID: p.newID(), Ref: fmt.Sprint("a", i), Title: fmt.Sprint("t", random.IntN(n)), PublishedISO: date, Published: date, Intake: 1},
			Text:    body + fmt.Sprint(" ", i),
		})
	}
	im, err := p.BeginImport(ctx, annotate.Import{ID: p.newID(), Format: "text", Source: "s"})
	p.must(err)
	for some := range slices.Chunk(items, 1000) {
		p.must(im.Add(ctx, some))
	}
	_, err = im.Commit(ctx, annotate.Change{ID: p.newID(), Actor: "ana", Cause: annotate.CauseImport, Title: "Import"})
	p.must(err)
	p.indexedFully()

	for _, typed := range []string{"strike", `"called off"`, `strike -"called off"`, `strike late`, `"called off" -title:t1`} {
		for _, by := range []annotate.ArticleSort{annotate.SortOrder, annotate.SortDate, annotate.SortTitle} {
			for _, descending := range []bool{false, true} {
				q := annotate.ArticleQuery{Annotator: p.ana.ID, Sort: by, Descending: descending}
				q.Filter, err = filter.Parse(typed)
				p.must(err)
				all := p.refs(q)
				q.Limit = 700
				q.After = ""
				var pages []string
				for {
					rows, err := p.Articles(ctx, q)
					p.must(err)
					for _, r := range rows {
						pages = append(pages, r.Article.Ref)
					}
					if len(rows) < q.Limit {
						break
					}
					q.After = rows[len(rows)-1].Article.ID
				}
				if !slices.Equal(pages, all) {
					t.Errorf("%s by %q, descending %v: %d articles by pages, %d at once, or another order", typed, by, descending, len(pages), len(all))
				}
				q.After, q.Limit = "", 1
				q.Offset = len(all) - 1
				rows, err := p.Articles(ctx, q)
				p.must(err)
				q.Before, q.Offset, q.Limit = rows[0].Article.ID, 0, 50
				if before, want := p.refs(q), all[max(0, len(all)-51):len(all)-1]; !slices.Equal(before, want) {
					t.Errorf("%s by %q, descending %v, before the last: %v, not %v", typed, by, descending, before, want)
				}
			}
		}
	}
}

// refs are those of the articles that a query finds.
func (p *project) refs(q annotate.ArticleQuery) (refs []string) {
	p.Helper()
	rows, err := p.Articles(ctx, q)
	p.must(err)
	for _, r := range rows {
		refs = append(refs, r.Article.Ref)
	}
	return refs
}
