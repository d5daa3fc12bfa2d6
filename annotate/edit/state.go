package edit

import (
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/text"
)

// State is one annotator's view of one article: the base on which intents
// become changes. It is kept up to date by Apply and is not safe for concurrent
// use.
type State struct {
	Article   annotate.Article
	Text      *text.Text
	Schema    *annotate.Schema
	Annotator annotate.Annotator
	Set       annotate.AnnotationSet // its ID is "" while the annotator has said nothing

	spans     []annotate.Span                // by start, then longest first, then label, then id
	byID      map[annotate.ID]*annotate.Span // none is changed: large values in a map cost an allocation each
	relations map[annotate.ID]annotate.Relation
	linked    map[annotate.ID][]annotate.ID // relations by span
}

// NewState makes the state of an annotator who may or may not have a set.
func NewState(doc *annotate.Document, schema *annotate.Schema, annotator annotate.Annotator) *State {
	s := &State{
		Article: doc.Article, Text: doc.Text, Schema: schema, Annotator: annotator,
		byID:      map[annotate.ID]*annotate.Span{},
		relations: map[annotate.ID]annotate.Relation{},
		linked:    map[annotate.ID][]annotate.ID{},
	}
	for _, data := range doc.Sets {
		if data.Set.Annotator != annotator.ID {
			continue
		}
		s.Set = data.Set
		s.spans = slices.Clone(data.Spans)
		slices.SortFunc(s.spans, s.compare)
		s.byID = make(map[annotate.ID]*annotate.Span, len(data.Spans))
		for i := range data.Spans {
			s.byID[data.Spans[i].ID] = &data.Spans[i]
		}
		for _, r := range data.Relations {
			s.putRelation(r)
		}
	}
	return s
}

// Status is the set's status, New when there is no set.
func (s *State) Status() annotate.Status {
	if s.Set.ID == "" {
		return annotate.New
	}
	return s.Set.Status
}

// Spans lists the spans in text order. The slice must not be changed.
func (s *State) Spans() []annotate.Span { return s.spans }

// Span finds a span by id.
func (s *State) Span(id annotate.ID) (annotate.Span, bool) {
	if span, ok := s.byID[id]; ok {
		return *span, true
	}
	return annotate.Span{}, false
}

// Relation finds a relation by id.
func (s *State) Relation(id annotate.ID) (annotate.Relation, bool) {
	r, ok := s.relations[id]
	return r, ok
}

// RelationsOf lists the relations that start or end at a span, by id.
func (s *State) RelationsOf(span annotate.ID) []annotate.Relation {
	var found []annotate.Relation
	for _, id := range s.linked[span] {
		found = append(found, s.relations[id])
	}
	slices.SortFunc(found, func(a, b annotate.Relation) int {
		if a.ID < b.ID {
			return -1
		}
		return 1
	})
	return found
}

// Relations counts the relations of the set.
func (s *State) Relations() int { return len(s.relations) }

// At lists the spans with a fragment around a position (or ending there),
// innermost first.
func (s *State) At(offset int) []annotate.Span {
	var found []annotate.Span
	for _, span := range s.spans {
		if span.Fragments.Start() > offset {
			break
		}
		for _, f := range span.Fragments {
			if f.Start <= offset && offset < f.End {
				found = append(found, span)
				break
			}
		}
	}
	slices.SortStableFunc(found, func(a, b annotate.Span) int { return a.Fragments.Extent().Len() - b.Fragments.Extent().Len() })
	return found
}

// Same finds a span with the same label on the same fragments.
func (s *State) Same(label annotate.ID, fragments annotate.Fragments) (annotate.Span, bool) {
	i, _ := slices.BinarySearchFunc(s.spans, fragments.Start(), func(span annotate.Span, start int) int {
		return span.Fragments.Start() - start
	})
	for ; i < len(s.spans) && s.spans[i].Fragments.Start() == fragments.Start(); i++ {
		if s.spans[i].Label == label && slices.Equal(s.spans[i].Fragments, fragments) {
			return s.spans[i], true
		}
	}
	return annotate.Span{}, false
}

// Compare orders spans as Spans lists them.
func (s *State) Compare(a, b annotate.Span) int { return s.compare(a, b) }

// Apply folds a change into the state. Ops on other articles, sets or the schema
// are passed over. It reports whether anything here changed.
func (s *State) Apply(c annotate.Change) bool {
	touched := false
	for _, op := range c.Ops {
		touched = s.applyOp(op) || touched
	}
	return touched
}

func (s *State) applyOp(op annotate.Op) bool {
	switch r := first(op).(type) {
	case annotate.Article:
		if r.ID != s.Article.ID || op.After == nil {
			return false
		}
		s.Article = op.After.(annotate.Article)
	case annotate.Annotator:
		return s.applyAnnotator(op, r)
	case annotate.AnnotationSet:
		return s.applySet(op, r)
	case annotate.Span:
		if r.Set != s.Set.ID {
			return false
		}
		s.removeSpan(op.ID)
		if op.After != nil {
			s.putSpan(op.After.(annotate.Span))
		}
	case annotate.Relation:
		if r.Set != s.Set.ID {
			return false
		}
		s.removeRelation(op.ID)
		if op.After != nil {
			s.putRelation(op.After.(annotate.Relation))
		}
	default:
		return false
	}
	return true
}

// applyAnnotator follows the annotator's own making, which the first change of a
// newcomer holds before everything else, and its undoing, which comes last.
func (s *State) applyAnnotator(op annotate.Op, r annotate.Annotator) bool {
	switch {
	case op.After != nil && strings.EqualFold(r.Name, s.Annotator.Name):
		s.Annotator = r
	case op.After == nil && r.ID == s.Annotator.ID:
		s.Annotator.ID = ""
	default:
		return false
	}
	return true
}

func (s *State) applySet(op annotate.Op, r annotate.AnnotationSet) bool {
	if r.Article != s.Article.ID || r.Annotator != s.Annotator.ID {
		return false
	}
	if op.After == nil {
		s.Set = annotate.AnnotationSet{}
		return true
	}
	s.Set = op.After.(annotate.AnnotationSet)
	return true
}

func first(op annotate.Op) annotate.Record {
	if op.After != nil {
		return op.After
	}
	return op.Before
}

func (s *State) compare(a, b annotate.Span) int {
	return annotate.CompareSpans(a, b, func(id annotate.ID) string { return string(id) })
}

func (s *State) putSpan(span annotate.Span) {
	i, _ := slices.BinarySearchFunc(s.spans, span, s.compare)
	s.spans = slices.Insert(s.spans, i, span)
	s.byID[span.ID] = &span
}

func (s *State) removeSpan(id annotate.ID) {
	old, ok := s.byID[id]
	if !ok {
		return
	}
	if i, found := slices.BinarySearchFunc(s.spans, *old, s.compare); found {
		s.spans = slices.Delete(s.spans, i, i+1)
	}
	delete(s.byID, id)
}

func (s *State) putRelation(r annotate.Relation) {
	s.relations[r.ID] = r
	s.linked[r.From] = append(s.linked[r.From], r.ID)
	if r.To != r.From {
		s.linked[r.To] = append(s.linked[r.To], r.ID)
	}
}

func (s *State) removeRelation(id annotate.ID) {
	r, ok := s.relations[id]
	if !ok {
		return
	}
	for _, end := range []annotate.ID{r.From, r.To} {
		s.linked[end] = slices.DeleteFunc(s.linked[end], func(x annotate.ID) bool { return x == id })
		if len(s.linked[end]) == 0 {
			delete(s.linked, end)
		}
	}
	delete(s.relations, id)
}
