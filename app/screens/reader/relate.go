package reader

import (
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/edit"
	"lede/annotate/text"
)

// RelationTitle is what a relation type is called by itself.
func RelationTitle(t annotate.RelationType) string {
	if t.Title != "" {
		return t.Title
	}
	return t.Name
}

// RelationName is what a relation type is called where it stands beside a span:
// "speaker".
func RelationName(t annotate.RelationType) string {
	if t.Title != "" {
		return strings.ToLower(t.Title)
	}
	return t.Name
}

// Reversed is what a relation is called where it leads to the span in question:
// "speaker of".
func Reversed(name string) string { return name + " of" }

// listenLinks turns what is done to the view's links into calls of the session.
func (r *Reader) listenLinks() {
	s, v := r.o.Session, r.View
	v.OnChooseLink = func(id string) { s.ChooseRelation(annotate.ID(id)) }
	v.OnLink = func(from, to, kind string) { r.o.Relate(annotate.ID(from), annotate.ID(to), annotate.ID(kind)) }
	v.OnLinkContext = r.o.RelationContext
	v.OnPick = func(from, kind string, at text.Range, key string) bool {
		return r.o.Picked(annotate.ID(from), annotate.ID(kind), at, key)
	}
	v.OnAimEnd = func() {
		if r.asking {
			r.asking = false
			r.heads()
		}
	}
	v.CanStart = func(from string) bool {
		span, ok := s.Doc().Span(annotate.ID(from))
		return ok && s.ReadOnly() == "" && s.Doc().Relatable(span.Label, "")
	}
	v.CanLink = func(from, to, kind string) bool {
		return slices.ContainsFunc(s.Offers(annotate.ID(from), annotate.ID(to)), func(o edit.Offer) bool {
			return !o.Exists && (kind == "" || !o.Reversed && string(o.Type.ID) == kind)
		})
	}
}

// Relate looks for the other end of a relation from the chosen span, by hints of
// letters and by click; of one type, or with "" of any.
func (r *Reader) Relate(kind annotate.ID) {
	s := r.o.Session
	name := "Relation"
	if t, ok := s.Schema().RelationType(kind); ok {
		name = RelationTitle(t)
	}
	r.Focus()
	r.View.Relate(string(s.Chosen()), string(kind), name+": type the letters at the other span, or click it. Esc stops.")
}
