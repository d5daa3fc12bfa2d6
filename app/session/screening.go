package session

import (
	"context"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/edit"
	"lede/annotate/filter"
)

// Relevance is the document field in which screening says whether an article belongs
// to the study. An article that is NotRelevant is skipped.
const (
	Relevance   = "relevance"
	Relevant    = "relevant"
	NotRelevant = "not_relevant"
	Unsure      = "unsure"
)

// Screened says how far the articles of the list are screened, whatever their status.
type Screened struct {
	Total int
	By    map[string]int // by value of the field
}

// Done is how many articles have a value.
func (s Screened) Done() int {
	n := 0
	for _, v := range s.By {
		n += v
	}
	return n
}

// screenStep is a decision that ScreenBack takes back.
type screenStep struct {
	article annotate.ID
	change  annotate.ID // "" if it was the same as before
}

// ScreeningField is the field of the schema in which screening writes; without
// choices it is not there.
func (s *Session) ScreeningField() (annotate.Attribute, bool) {
	for _, a := range s.schema.Attributes {
		if a.Scope == annotate.DocumentScope && a.Name == Relevance && a.Type == annotate.OneOf && len(a.Choices) > 0 {
			return a, true
		}
	}
	return annotate.Attribute{}, false
}

// AddScreeningField adds the field to the schema, as one step.
func (s *Session) AddScreeningField() error {
	for _, a := range s.schema.Attributes {
		if a.Scope == annotate.DocumentScope && a.Name == Relevance {
			return &annotate.Error{
				Kind: annotate.ErrInvalid, Detail: "The schema has a field “relevance” that is no choice of one value.",
				Hint: "Rename it, or make it a choice of relevant, not_relevant and unsure.",
			}
		}
	}
	return s.EditSchema("Add the field “Relevance”", annotate.Attribute{
		ID: s.Env().NewID(), Scope: annotate.DocumentScope, Name: Relevance, Title: "Relevance", Type: annotate.OneOf,
		Description: "Whether the article belongs to the study.", Order: edit.NextOrder(s.schema, annotate.KindAttribute),
		Choices: []annotate.Choice{{Name: Relevant, Title: "Relevant"}, {Name: NotRelevant, Title: "Not relevant"}, {Name: Unsure, Title: "Unsure"}},
	})
}

// Screen gives the open article a value of the field and opens the next article of
// the list that has none, from the top again after the end. It reports whether there
// was a next one.
func (s *Session) Screen(ctx context.Context, choice annotate.Choice) (bool, error) {
	if s.doc == nil {
		return false, nil
	}
	// The next article is found first: a filter on the status may drop this one.
	next, err := s.nextUnscreened(ctx)
	if err != nil {
		return false, err
	}
	reason := ""
	if choice.Name == NotRelevant {
		reason = strings.ToLower(choice.Called())
	}
	step := screenStep{article: s.doc.Article.ID}
	before := len(s.stacks.Undo)
	err = s.ofSet(func() (annotate.Change, error) {
		return s.edit.Screen(s.doc, Relevance, choice.Name, choice.Called(), reason)
	})
	if err != nil {
		return false, err
	}
	if n := len(s.stacks.Undo); n > before {
		step.change = s.stacks.Undo[n-1]
	}
	s.screened = append(s.screened, step)
	if s.list.filter.Asks(annotate.FilterStatus) {
		s.tell(ListChanged{})
	}
	if next == "" {
		return false, nil
	}
	return true, s.Open(ctx, next)
}

// ScreenBack takes the last decision of this session back and shows its article. If
// something else was done since, the decision stays until there is another one. It
// reports whether there was any.
func (s *Session) ScreenBack(ctx context.Context) (bool, error) {
	for n := len(s.screened); n > 0; n = len(s.screened) {
		step := s.screened[n-1]
		s.screened = s.screened[:n-1]
		undo := s.stacks.Undo
		switch {
		case step.change != "" && !slices.Contains(undo, step.change):
			continue // taken back already
		case step.change != "" && undo[len(undo)-1] == step.change:
			return true, s.Undo(ctx)
		case s.doc != nil && s.doc.Article.ID == step.article:
			continue
		}
		return true, s.Open(ctx, step.article)
	}
	return false, nil
}

// OpenUnscreened opens the next article without a value of the field, if the open one
// has one. It reports whether an article without one is open now.
func (s *Session) OpenUnscreened(ctx context.Context) (bool, error) {
	if s.doc != nil && s.doc.Set.Fields.String(Relevance) == "" {
		return true, nil
	}
	next, err := s.nextUnscreened(ctx)
	if err != nil || next == "" {
		return false, err
	}
	return true, s.Open(ctx, next)
}

// nextUnscreened is the next article of the list without a value of the field, "" if
// there is none.
func (s *Session) nextUnscreened(ctx context.Context) (annotate.ID, error) {
	s.commits.flush()
	q := s.list.query()
	q.Filter = filter.All(q.Filter, filter.Not(filter.Has(annotate.FilterField, Relevance)))
	q.Limit = 2 // the open one may be the first
	open := annotate.ID("")
	if s.doc != nil {
		open = s.doc.Article.ID
	}
	for _, q.After = range []annotate.ID{open, ""} {
		rows, err := s.store.Articles(ctx, q)
		if err != nil {
			return "", err
		}
		for _, r := range rows {
			if r.Article.ID != open {
				return r.Article.ID, nil
			}
		}
	}
	return "", nil
}

// CountScreened makes a function that counts, on any goroutine, how far the articles
// of the list are screened.
func (s *Session) CountScreened() func(context.Context) (Screened, error) {
	s.commits.flush()
	field, _ := s.ScreeningField()
	store, q := s.store, s.list.query()
	q.Filter = filter.With(q.Filter, annotate.FilterStatus, nil)
	return func(ctx context.Context) (Screened, error) {
		all, err := store.Count(ctx, q)
		if err != nil {
			return Screened{}, err
		}
		done := Screened{Total: all.Total, By: map[string]int{}}
		for _, c := range field.Choices {
			chosen := filter.Term(annotate.FilterField, c.Name)
			chosen.Name = Relevance
			of := q
			of.Filter = filter.All(q.Filter, chosen)
			n, err := store.Count(ctx, of)
			if err != nil {
				return Screened{}, err
			}
			done.By[c.Name] = n.Total
		}
		return done, nil
	}
}
