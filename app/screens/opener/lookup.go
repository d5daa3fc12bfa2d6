package opener

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"lede/annotate"
	"lede/app/screens/articles"
)

// Row is an article that was found. Number is its place in the project from 1, if
// it was found by that.
type Row struct {
	annotate.ArticleRow
	Number int
}

// Lookup finds articles by what is typed. Find may be called on any goroutine.
type Lookup struct {
	Store     annotate.Store
	Annotator annotate.ID
	Here      annotate.ID   // is not among the recent ones
	Recent    []annotate.ID // the latest first
}

const (
	most  = 60  // rows that are shown
	among = 400 // rows among which the best are looked for
)

// Find lists the articles for what was typed, best first: for nothing the recent
// ones and then the first of the project; for a number that article; for an id
// the one that has it; then those with the words in title, source or id.
func (l Lookup) Find(ctx context.Context, typed string) ([]Row, error) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return l.recent(ctx)
	}
	var found []Row
	for _, find := range []func(context.Context, string) ([]Row, error){l.number, l.ref, l.names} {
		rows, err := find(ctx, typed)
		if err != nil {
			return nil, err
		}
		found = add(found, rows)
	}
	return found, nil
}

// add appends the rows that are not there yet.
func add(found, more []Row) []Row {
	for _, r := range more {
		if !slices.ContainsFunc(found, func(f Row) bool { return f.Article.ID == r.Article.ID }) {
			found = append(found, r)
		}
	}
	return found[:min(len(found), most)]
}

func (l Lookup) rows(ctx context.Context, q annotate.ArticleQuery) ([]Row, error) {
	q.Annotator = l.Annotator
	read, err := l.Store.Articles(ctx, q)
	rows := make([]Row, len(read))
	for i, r := range read {
		rows[i].ArticleRow = r
	}
	return rows, err
}

func (l Lookup) recent(ctx context.Context) ([]Row, error) {
	var found []Row
	if len(l.Recent) > 0 {
		rows, err := l.rows(ctx, annotate.ArticleQuery{Articles: l.Recent})
		if err != nil {
			return nil, err
		}
		rank := func(r Row) int { return slices.Index(l.Recent, r.Article.ID) }
		slices.SortFunc(rows, func(a, b Row) int { return rank(a) - rank(b) })
		found = rows
	}
	first, err := l.rows(ctx, annotate.ArticleQuery{Limit: most})
	return slices.DeleteFunc(add(found, first), func(r Row) bool { return r.Article.ID == l.Here }), err
}

// number finds "#12" or "12": the twelfth article of the project.
func (l Lookup) number(ctx context.Context, typed string) ([]Row, error) {
	n, err := strconv.Atoi(strings.TrimPrefix(typed, "#"))
	if err != nil || n < 1 {
		return nil, nil //nolint:nilerr // it is no number
	}
	rows, err := l.rows(ctx, annotate.ArticleQuery{Offset: n - 1, Limit: 1})
	for i := range rows {
		rows[i].Number = n
	}
	return rows, err
}

func (l Lookup) ref(ctx context.Context, typed string) ([]Row, error) {
	found, err := l.Store.Find(ctx, typed, "")
	if err != nil || len(found) == 0 {
		return nil, err
	}
	var ids []annotate.ID
	for _, a := range found {
		ids = append(ids, a.ID)
	}
	return l.rows(ctx, annotate.ArticleQuery{Articles: ids})
}

// names finds articles with every word typed in title, source or id. Those whose
// title reads as typed come first.
func (l Lookup) names(ctx context.Context, typed string) ([]Row, error) {
	if strings.HasPrefix(typed, "#") && len(typed) > 1 {
		typed = typed[1:]
	}
	rows, err := l.rows(ctx, annotate.ArticleQuery{Names: strings.Fields(typed), Limit: among})
	if err != nil {
		return nil, err
	}
	lower := strings.ToLower(typed)
	slices.SortStableFunc(rows, func(a, b Row) int { return cmp.Compare(distance(a, lower), distance(b, lower)) })
	return rows, nil
}

// distance says how far an article's title or id is from what was typed, 0 for
// one that is just that.
func distance(r Row, typed string) int {
	title, ref := strings.ToLower(articles.TitleOf(r.Article)), strings.ToLower(r.Article.Ref)
	switch {
	case title == typed || ref == typed:
		return 0
	case strings.HasPrefix(title, typed) || strings.HasPrefix(ref, typed):
		return 1
	case strings.Contains(title, " "+typed):
		return 2
	case strings.Contains(title, typed) || strings.Contains(ref, typed):
		return 3
	}
	return 4
}
