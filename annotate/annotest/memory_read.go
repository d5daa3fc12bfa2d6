package annotest

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strings"

	"lede/annotate"
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
func (s *state) ordered(presence annotate.Presence) []annotate.Article {
	all := list(s, annotate.KindArticle, func(a, b annotate.Article) int { return cmp.Compare(a.Order, b.Order) })
	return slices.DeleteFunc(all, func(a annotate.Article) bool { return s.presence(a.ID) != presence })
}

func (h *handle) Articles(ctx context.Context, q annotate.ArticleQuery) ([]annotate.ArticleRow, error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	after, err := h.state.place(q.After)
	if err != nil {
		return nil, err
	}
	before, err := h.state.place(q.Before)
	if err != nil {
		return nil, err
	}
	rows := h.state.rows(q, func(a annotate.Article) bool {
		return (q.After == "" || comparePlaces(a, after) > 0) && (q.Before == "" || comparePlaces(a, before) < 0)
	})
	rows = slices.DeleteFunc(rows, func(r annotate.ArticleRow) bool {
		return len(q.Statuses) > 0 && !slices.Contains(q.Statuses, r.Status)
	})
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

func (s *state) place(i id) (annotate.Article, error) {
	if i == "" {
		return annotate.Article{}, nil
	}
	a, ok := s.current(annotate.KindArticle, i).(annotate.Article)
	if !ok {
		return a, annotate.ErrNotFound
	}
	return a, nil
}

func comparePlaces(a, b annotate.Article) int {
	return cmp.Or(cmp.Compare(a.Order, b.Order), compareStrings(a.ID, b.ID))
}

func (h *handle) Count(ctx context.Context, q annotate.ArticleQuery) (annotate.ArticleCount, error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	count := annotate.ArticleCount{Status: map[annotate.Status]int{}}
	all := func(annotate.Article) bool { return true }
	for _, r := range h.state.rows(q, all) {
		count.Total++
		count.Status[r.Status]++
		if r.Flag != "" {
			count.Flagged++
		}
	}
	q.Source = ""
	for _, r := range h.state.rows(q, all) {
		if r.Article.Source != "" && !slices.Contains(count.Sources, r.Article.Source) {
			count.Sources = append(count.Sources, r.Article.Source)
		}
	}
	slices.Sort(count.Sources)
	count.Sources = count.Sources[:min(len(count.Sources), 200)]
	return count, nil
}

// rows finds what a query asks for but for its statuses and its paging.
func (s *state) rows(q annotate.ArticleQuery, keep func(annotate.Article) bool) []annotate.ArticleRow {
	if q.Presence == "" {
		q.Presence = annotate.Live
	}
	var rows []annotate.ArticleRow
	for _, a := range s.ordered(q.Presence) {
		if (q.Source != "" && a.Source != q.Source) || !keep(a) || !s.has(a, q.Words) || !named(a, q.Names) ||
			(len(q.Articles) > 0 && !slices.Contains(q.Articles, a.ID)) {
			continue
		}
		row, value := annotate.ArticleRow{Article: a, Status: annotate.New}, ""
		for i := range s.sets[a.ID] {
			set := s.records[annotate.KindSet][i].(annotate.AnnotationSet)
			if set.Annotator == q.Annotator && s.setShown(i) {
				row.Status, row.Flag, row.Spans = set.Status, set.Flag, len(s.spans[i])
				value = set.Fields.String(q.Field)
			}
		}
		if q.Flagged && row.Flag == "" || q.Field != "" && value != q.Value {
			continue
		}
		rows = append(rows, row)
	}
	return rows
}

func (s *state) has(a annotate.Article, words []string) bool {
	for _, w := range words {
		w = strings.ToLower(w)
		in := func(text string) bool { return strings.Contains(strings.ToLower(text), w) }
		if !in(a.Title) && !in(a.Source) && !in(a.Ref) && !in(s.texts[a.TextHash].String()) {
			return false
		}
	}
	return true
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
	for _, a := range h.state.ordered(cmp.Or(q.Presence, annotate.Live)) {
		if len(q.Articles) == 0 || slices.Contains(q.Articles, a.ID) {
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
