package roles

import (
	"slices"

	"lede/annotate"
	"lede/annotate/format"
)

// Set is an annotation set in which fillers are found.
type Set struct {
	Article *format.Article
	*format.Set
	spans map[string]int // by id: the place in Spans, which are in file order
	from  map[string][]int
}

// NewSet looks into a set.
func NewSet(a *format.Article, s *format.Set) *Set {
	x := &Set{Article: a, Set: s, spans: map[string]int{}, from: map[string][]int{}}
	for i := range s.Spans {
		x.spans[s.Spans[i].ID] = i
	}
	for i, r := range s.Relations {
		x.from[r.From] = append(x.from[r.From], i)
	}
	return x
}

// Hubs are the spans with one of the labels, in file order.
func (x *Set) Hubs(labels Names) []*format.Span {
	var hubs []*format.Span
	for i := range x.Spans {
		if labels.Has(x.Spans[i].Label) {
			hubs = append(hubs, &x.Spans[i])
		}
	}
	return hubs
}

// Fillers are the spans to which relations of these types lead from a span, in file
// order, each once; and the relations.
func (x *Set) Fillers(from *format.Span, types Names) ([]*format.Span, []*format.Relation) {
	var at []int
	var used []*format.Relation
	for _, i := range x.from[from.ID] {
		r := &x.Relations[i]
		to, ok := x.spans[r.To]
		if !ok || !types.Has(r.Type) {
			continue
		}
		at, used = append(at, to), append(used, r)
	}
	slices.Sort(at)
	var fillers []*format.Span
	for _, i := range slices.Compact(at) {
		fillers = append(fillers, &x.Spans[i])
	}
	return fillers, used
}

// Text is the text of a span.
func (x *Set) Text(s *format.Span) string { return x.Article.Index().Quote(s.Fragments) }

// Entities finds entities by id.
type Entities map[string]*annotate.Entity

// NewEntities are those of a job.
func NewEntities(job *format.Job) Entities {
	all := Entities{}
	for i := range job.Entities {
		all[string(job.Entities[i].ID)] = &job.Entities[i]
	}
	return all
}

// Of is the entity that a span stands for; nil if there is none.
func (e Entities) Of(s *format.Span) *annotate.Entity {
	if s.Entity == nil {
		return nil
	}
	return e[s.Entity.ID]
}

// Attribute is what a mention says itself or, where it is silent, its entity.
func (e Entities) Attribute(s *format.Span, n Names) (annotate.Values, string) {
	if name, ok := n.Of(s.Attributes); ok {
		return s.Attributes, name
	}
	if entity := e.Of(s); entity != nil {
		if name, ok := n.Of(entity.Attributes); ok {
			return entity.Attributes, name
		}
	}
	return nil, ""
}

// Text is that attribute as a cell.
func (e Entities) Text(s *format.Span, n Names) string {
	v, name := e.Attribute(s, n)
	return Value(v, name)
}
