package cli

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/spf13/cobra"

	"lede/annotate"
	"lede/annotate/filter"
	"lede/annotate/text"
)

// searchFlags are the flags of lede search.
type searchFlags struct {
	filter            filterFlag
	annotations, json bool
	limit             int
}

func (a *app) searchCommand() *cobra.Command {
	var f searchFlags
	cmd := &cobra.Command{
		Use:   "search PROJECT QUERY",
		Short: "Search texts or annotations",
		Long: `Search lists, in project order, the articles that a query finds, and the places
in them where its words stand; with --annotations, spans with the words around them.
The query is a filter (docs/search.md): words, "phrases", beginnings*, OR, -without,
parentheses, and terms as source:reuters or label:quote. With --annotations all that
it says is said of one span: its words stand on the span, in its label, its
attributes, its note or its entity.

Each article, place or span is one line: line breaks, tabs and control characters in
ids, titles and labels are written as blanks. --json has them as they are.

A query that begins with a minus stands after --.`,
		Example: "  lede search strike.lede '\"peace talks\" OR strik*'\n" +
			"  lede search strike.lede --annotations 'label:quote minister' --json",
		Args:              takes(2, 2, "a project and a query"),
		ValidArgsFunction: onlyProject,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.search(cmd, args[0], args[1], f)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.annotations, "annotations", false, "list spans, not articles")
	flags.IntVar(&f.limit, "limit", 0, "list at most so many articles or spans; 0 = all")
	f.filter.add(cmd, "list only what passes this filter, too")
	a.readsAsOf(cmd, "search")
	flags.BoolVar(&f.json, "json", false, "write one JSON object a line for each article or span")
	return cmd
}

func (a *app) search(cmd *cobra.Command, project, query string, f searchFlags) error {
	if f.limit < 0 {
		return misuse(cmd, "--limit is how many are listed, or 0 for all")
	}
	ctx := cmd.Context()
	return a.with(ctx, project, annotate.ModeRead, func(store annotate.Store) error {
		looked := filterFlag{query}
		asked, err := looked.read(ctx, a, store)
		if err != nil {
			return err
		}
		if asked == nil {
			return misuse(cmd, "the query says nothing")
		}
		only, err := f.filter.read(ctx, a, store)
		if err != nil {
			return err
		}
		now, err := store.Snapshot(ctx) // pages of one moment
		if err != nil {
			return err
		}
		defer now.Close()
		if f.annotations {
			return a.searchSpans(ctx, now, asked, only, f)
		}
		return a.searchTexts(ctx, now, asked, only, f)
	})
}

// searchPage is how many articles or spans are read at once.
const searchPage = 500

// foundArticle and foundSpan are what --json writes. Places are code points.
type foundArticle struct {
	ID        annotate.ID  `json:"id"`
	Ref       string       `json:"ref"`
	Title     string       `json:"title,omitempty"`
	Source    string       `json:"source,omitempty"`
	Published string       `json:"published,omitempty"`
	Places    []foundPlace `json:"places"`
}

type foundPlace struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Words string `json:"words"`
	Text  string `json:"text"` // around it
}

type foundSpan struct {
	ID        annotate.ID `json:"id"`
	Article   annotate.ID `json:"article"`
	Ref       string      `json:"ref"`
	Annotator string      `json:"annotator"`
	Label     string      `json:"label"`
	Start     int         `json:"start"`
	End       int         `json:"end"`
	Before    string      `json:"before"`
	Words     string      `json:"words"`
	After     string      `json:"after"`
	Note      string      `json:"note,omitempty"`
}

// line writes one object.
func (a *app) line(v any) error {
	enc := json.NewEncoder(a.Stdout)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

func (a *app) searchTexts(ctx context.Context, store annotate.Store, asked, only *annotate.Filter, f searchFlags) error {
	q := annotate.SearchQuery{ArticleQuery: annotate.ArticleQuery{Filter: filter.All(asked, only), Limit: searchPage}}
	n, places := 0, 0
	for f.limit == 0 || n < f.limit {
		if f.limit > 0 {
			q.Limit = min(searchPage, f.limit-n)
		}
		page, err := store.Search(ctx, q)
		if err != nil {
			return err
		}
		for _, found := range page {
			n++
			places += found.Places
			if err := a.writeFound(found, f.json); err != nil {
				return err
			}
		}
		if len(page) < q.Limit {
			break
		}
		q.After = page[len(page)-1].Article.ID
	}
	a.note("%s in %s.", plural(places, "place"), plural(n, "article"))
	return nil
}

func (a *app) writeFound(found annotate.Found, asJSON bool) error {
	article := found.Article
	if asJSON {
		o := foundArticle{article.ID, article.Ref, article.Title, article.Source, article.Published, []foundPlace{}}
		for _, s := range found.Snippets {
			runes := []rune(s.Text)
			for _, m := range s.Marks {
				words := string(runes[m.Start-s.At.Start : min(m.End-s.At.Start, len(runes))])
				o.Places = append(o.Places, foundPlace{m.Start, m.End, words, s.Text})
			}
		}
		return a.line(o)
	}
	facts := []string{article.Ref}
	for _, fact := range []string{article.Title, article.Source, article.Published} {
		if fact != "" {
			facts = append(facts, fact)
		}
	}
	if err := a.say("%s", strings.Join(facts, " · ")); err != nil {
		return err
	}
	for _, s := range found.Snippets {
		if err := a.say("%8d  %s", s.Marks[0].Start, bracketed(s.Text, s.At.Start, s.Marks)); err != nil {
			return err
		}
	}
	return nil
}

// bracketed is a stretch of text with brackets around places in it.
func bracketed(s string, start int, marks []text.Range) string {
	runes, at := []rune(s), 0
	var b strings.Builder
	for _, m := range marks {
		from, to := m.Start-start, min(m.End-start, len(runes))
		b.WriteString(string(runes[at:from]) + "[" + string(runes[from:to]) + "]")
		at = to
	}
	b.WriteString(string(runes[at:]))
	return b.String()
}

func (a *app) searchSpans(ctx context.Context, store annotate.Store, asked, only *annotate.Filter, f searchFlags) error {
	schema, err := store.Schema(ctx)
	if err != nil {
		return err
	}
	q := annotate.SpanQuery{Filter: filter.All(asked, only), Limit: searchPage}
	n := 0
	for f.limit == 0 || n < f.limit {
		if f.limit > 0 {
			q.Limit = min(searchPage, f.limit-n)
		}
		page, err := store.SearchSpans(ctx, q)
		if err != nil {
			return err
		}
		for _, m := range page {
			n++
			label, _ := schema.Label(m.Span.Label)
			if err := a.writeSpan(m, label.Name, f.json); err != nil {
				return err
			}
		}
		if len(page) < q.Limit {
			break
		}
		last := page[len(page)-1]
		q.After = &last
	}
	a.note("%s.", plural(n, "annotation"))
	return nil
}

func (a *app) writeSpan(m annotate.Mention, label string, asJSON bool) error {
	at := m.Span.Fragments.Extent()
	if asJSON {
		return a.line(foundSpan{
			m.Span.ID, m.Article.ID, m.Article.Ref, m.Annotator.Name, label, at.Start, at.End, m.Before, m.Words, m.After, m.Span.Note,
		})
	}
	return a.say("%s\t%d\t%s\t%s\t%s", m.Article.Ref, at.Start, label, m.Annotator.Name, m.Before+"["+m.Words+"]"+m.After)
}
