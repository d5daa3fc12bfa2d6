package annotest

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/filter"
	"lede/annotate/text"
)

func list[T record](s *state, k kind, compare func(a, b T) int) []T {
	var found []T
	for i := range s.records[k] {
		if r := s.current(k, i); r != nil {
			found = append(found, r.(T))
		}
	}
	slices.SortFunc(found, func(a, b T) int {
		return cmp.Or(compare(a, b), compareStrings(a.RecordID(), b.RecordID()))
	})
	return found
}

func (h *handle) Schema(ctx context.Context) (*annotate.Schema, error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	s := h.state
	return &annotate.Schema{
		Version: s.schemaVersion(),
		Labels: list(s, annotate.KindLabel, func(a, b annotate.Label) int {
			return cmp.Or(a.Order-b.Order, strings.Compare(a.Name, b.Name))
		}),
		Attributes: list(s, annotate.KindAttribute, func(a, b annotate.Attribute) int {
			return cmp.Or(a.Order-b.Order, strings.Compare(a.Name, b.Name))
		}),
		RelationTypes: list(s, annotate.KindRelationType, func(a, b annotate.RelationType) int {
			return cmp.Or(a.Order-b.Order, strings.Compare(a.Name, b.Name))
		}),
		Rules: list(s, annotate.KindRule, func(a, b annotate.Rule) int { return strings.Compare(a.Name, b.Name) }),
	}, nil
}

func (h *handle) Annotators(ctx context.Context) ([]annotate.Annotator, error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return list(h.state, annotate.KindAnnotator, func(a, b annotate.Annotator) int {
		return strings.Compare(a.Name, b.Name)
	}), nil
}

func (h *handle) Entities(ctx context.Context) ([]annotate.Entity, error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return list(h.state, annotate.KindEntity, func(a, b annotate.Entity) int {
		return strings.Compare(a.Name, b.Name)
	}), nil
}

// ordered lists the articles that are shown, in project order.
func (s *state) ordered(in ...annotate.Presence) []annotate.Article {
	all := list(s, annotate.KindArticle, func(a, b annotate.Article) int { return cmp.Compare(a.Order, b.Order) })
	return slices.DeleteFunc(all, func(a annotate.Article) bool { return !slices.Contains(in, s.presence(a.ID)) })
}

func (h *handle) Articles(ctx context.Context, q annotate.ArticleQuery) ([]annotate.ArticleRow, error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	rows, order, err := h.state.between(q)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(rows, order)
	if q.Before != "" {
		slices.Reverse(rows)
	}
	rows = rows[min(q.Offset, len(rows)):]
	if q.Limit > 0 {
		rows = rows[:min(q.Limit, len(rows))]
	}
	if q.Before != "" {
		slices.Reverse(rows)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	return rows, nil
}

// between finds what a query asks for past After and up to Before, and its order.
func (s *state) between(q annotate.ArticleQuery) (rows []annotate.ArticleRow, order func(a, b annotate.ArticleRow) int, err error) {
	order = func(a, b annotate.ArticleRow) int {
		c := s.compare(q.Sort, a, b)
		if q.Descending {
			return -c
		}
		return c
	}
	after, err := s.place(q.After)
	if err != nil {
		return nil, nil, err
	}
	before, err := s.place(q.Before)
	if err != nil {
		return nil, nil, err
	}
	after, before = s.row(after.Article, q.Annotator), s.row(before.Article, q.Annotator)
	return slices.DeleteFunc(s.rows(q), func(r annotate.ArticleRow) bool {
		return q.After != "" && order(r, after) <= 0 || q.Before != "" && order(r, before) >= 0
	}), order, nil
}

// compare compares rows by what they are sorted by, then by their place in the project.
func (s *state) compare(by annotate.ArticleSort, a, b annotate.ArticleRow) int {
	c := 0
	switch by {
	case annotate.SortDate:
		c = strings.Compare(a.Article.PublishedISO, b.Article.PublishedISO)
	case annotate.SortTitle:
		name := func(a annotate.Article) string { return asciiLower(cmp.Or(a.Title, a.Ref)) }
		c = strings.Compare(name(a.Article), name(b.Article))
	case annotate.SortStatus:
		c = slices.Index(annotate.Statuses, a.Status) - slices.Index(annotate.Statuses, b.Status)
	case annotate.SortSpans:
		c = a.Spans - b.Spans
	case annotate.SortEdited:
		c = s.edited(a.Article.ID) - s.edited(b.Article.ID)
	default: // project order decides
	}
	return cmp.Or(c, cmp.Compare(a.Article.Order, b.Article.Order), compareStrings(a.Article.ID, b.Article.ID))
}

func asciiLower(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// edited is the position of the newest change that is about an article; 0 for none.
func (s *state) edited(article id) int {
	for i := len(s.changes) - 1; i >= 0; i-- {
		if slices.Contains(s.changes[i].articles, article) {
			return int(s.changes[i].Position)
		}
	}
	return s.touched[article]
}

// place finds the article of a query's After or Before.
func (s *state) place(i id) (r annotate.ArticleRow, err error) {
	if i == "" {
		return r, nil
	}
	a, ok := s.current(annotate.KindArticle, i).(annotate.Article)
	if !ok {
		return r, annotate.ErrNotFound
	}
	r.Article = a
	return r, nil
}

func (h *handle) Count(ctx context.Context, q annotate.ArticleQuery) (annotate.ArticleCount, error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	count := annotate.ArticleCount{Status: map[annotate.Status]int{}}
	rows, _, err := h.state.between(q)
	if err != nil {
		return count, err
	}
	for _, r := range rows {
		count.Total++
		count.Status[r.Status]++
		if r.Flag != "" {
			count.Flagged++
		}
	}
	return count, nil
}

// rows finds what a query asks for but for its order and its paging.
func (s *state) rows(q annotate.ArticleQuery) []annotate.ArticleRow {
	var rows []annotate.ArticleRow
	for _, a := range s.ordered(s.asked(q.Presence, q.Filter)...) {
		if named(a, q.Names) && (len(q.Articles) == 0 || slices.Contains(q.Articles, a.ID)) && s.meets(a, q.Filter, q.Annotator) {
			rows = append(rows, s.row(a, q.Annotator))
		}
	}
	return rows
}

// asked is where articles may be: where the query says, else where its filter says,
// else not in the bin.
func (s *state) asked(presence annotate.Presence, f *annotate.Filter) []annotate.Presence {
	if presence == "" && f.Asks(annotate.FilterIn) {
		return []annotate.Presence{annotate.Live, annotate.Deleted}
	}
	return []annotate.Presence{cmp.Or(presence, annotate.Live)}
}

func (s *state) row(a annotate.Article, annotator id) annotate.ArticleRow {
	row := annotate.ArticleRow{Article: a, Status: annotate.New}
	for i := range s.sets[a.ID] {
		set := s.records[annotate.KindSet][i].(annotate.AnnotationSet)
		if set.Annotator == annotator && s.setShown(i) {
			row.Status, row.Flag, row.Spans = set.Status, set.Flag, len(s.spans[i])
		}
	}
	return row
}

// meets tells whether an article meets a filter of an annotator.
func (s *state) meets(a annotate.Article, f *annotate.Filter, annotator id) bool {
	return f == nil || filter.Match(f, s.subject(a, annotator))
}

func (s *state) subject(a annotate.Article, annotator id) filter.Subject {
	me := annotate.Annotator{ID: annotator}
	if known, ok := s.records[annotate.KindAnnotator][annotator].(annotate.Annotator); ok {
		me = known
	}
	return filter.Subject{
		Doc: s.document(a.ID, nil), Presence: s.presence(a.ID), Me: me,
		Names: func(i id) string {
			for _, k := range []kind{annotate.KindLabel, annotate.KindRelationType, annotate.KindEntity} {
				if r, ok := s.records[k][i]; ok {
					return annotate.NameOf(r)
				}
			}
			return ""
		},
		Titles: func(i id) string {
			l, _ := s.records[annotate.KindLabel][i].(annotate.Label)
			return l.Title
		},
	}
}

func named(a annotate.Article, words []string) bool {
	for _, w := range words {
		w = strings.ToLower(w)
		in := func(text string) bool { return strings.Contains(strings.ToLower(text), w) }
		if !in(a.Title) && !in(a.Source) && !in(a.Ref) {
			return false
		}
	}
	return true
}

func (h *handle) Article(ctx context.Context, i id) (annotate.Article, *text.Text, error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	if !h.state.live(i) {
		return annotate.Article{}, nil, annotate.ErrNotFound
	}
	a := h.state.records[annotate.KindArticle][i].(annotate.Article)
	return a, h.state.texts[a.TextHash], nil
}

func (h *handle) Find(ctx context.Context, ref, textHash string) ([]annotate.Article, error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	var found []annotate.Article
	for _, a := range h.state.ordered(annotate.Live) {
		if (ref != "" && a.Ref == ref) || (ref == "" && a.TextHash == textHash) {
			found = append(found, a)
		}
	}
	return found, nil
}

func (h *handle) Document(ctx context.Context, i id) (*annotate.Document, error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	if !h.state.live(i) {
		return nil, annotate.ErrNotFound
	}
	return h.state.document(i, nil), nil
}

// document puts a document together, with the sets of the given annotators or,
// for none, of all.
func (s *state) document(i id, annotators []id) *annotate.Document {
	a := s.records[annotate.KindArticle][i].(annotate.Article)
	d := &annotate.Document{Article: a, Text: s.texts[a.TextHash]}
	name := func(label id) string {
		l, _ := s.records[annotate.KindLabel][label].(annotate.Label)
		return l.Name
	}
	for set := range s.sets[i] {
		r := s.records[annotate.KindSet][set].(annotate.AnnotationSet)
		if !s.setShown(set) || (len(annotators) > 0 && !slices.Contains(annotators, r.Annotator)) {
			continue
		}
		by, _ := s.records[annotate.KindAnnotator][r.Annotator].(annotate.Annotator)
		data := annotate.SetData{Set: r, Annotator: by}
		for span := range s.spans[set] {
			data.Spans = append(data.Spans, s.records[annotate.KindSpan][span].(annotate.Span))
		}
		slices.SortFunc(data.Spans, func(a, b annotate.Span) int { return annotate.CompareSpans(a, b, name) })
		for rel := range s.relations[set] {
			data.Relations = append(data.Relations, s.records[annotate.KindRelation][rel].(annotate.Relation))
		}
		slices.SortFunc(data.Relations, func(a, b annotate.Relation) int { return compareStrings(a.ID, b.ID) })
		d.Sets = append(d.Sets, data)
	}
	slices.SortFunc(d.Sets, func(a, b annotate.SetData) int {
		return cmp.Or(strings.Compare(a.Annotator.Name, b.Annotator.Name), compareStrings(a.Set.ID, b.Set.ID))
	})
	return d
}

func (h *handle) Documents(ctx context.Context, q annotate.DocumentQuery) iter.Seq2[*annotate.Document, error] {
	return func(yield func(*annotate.Document, error) bool) {
		documents := h.snapshot(q)
		for _, d := range documents {
			if err := ctx.Err(); err != nil {
				yield(nil, err)
				return
			}
			if !yield(d, nil) {
				return
			}
		}
	}
}

// snapshot puts together the documents of a query as they are now.
func (h *handle) snapshot(q annotate.DocumentQuery) (documents []*annotate.Document) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	for _, a := range h.state.ordered(h.state.asked(q.Presence, q.Filter)...) {
		if (len(q.Articles) == 0 || slices.Contains(q.Articles, a.ID)) && h.state.meets(a, q.Filter, q.Me) {
			documents = append(documents, h.state.document(a.ID, q.Annotators))
		}
	}
	return documents
}

func (h *handle) Stats(ctx context.Context) (*annotate.Stats, error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	s := h.state
	stats := &annotate.Stats{Labels: map[string]int{}, Status: map[annotate.Status]int{}, Annotators: map[string]int{}}
	for _, r := range s.records[annotate.KindLabel] {
		stats.Labels[r.(annotate.Label).Name] = 0
	}
	for _, a := range s.ordered(annotate.Live) {
		stats.Articles++
		d := s.document(a.ID, nil)
		if len(d.Sets) == 0 {
			stats.Status[annotate.New]++
		}
		for _, set := range d.Sets {
			stats.Status[set.Set.Status]++
			stats.Spans += len(set.Spans)
			stats.Relations += len(set.Relations)
			for _, sp := range set.Spans {
				l, _ := s.records[annotate.KindLabel][sp.Label].(annotate.Label)
				stats.Labels[l.Name]++
				stats.Annotators[set.Annotator.Name]++
			}
		}
	}
	return stats, nil
}
