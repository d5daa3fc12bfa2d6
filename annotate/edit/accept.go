package edit

import (
	"slices"

	"lede/annotate"
	"lede/annotate/rules"
)

// Accept says that a warning is no problem in its place, or takes that back. It is
// kept with what the warning is about: the relation, the span or the annotation set.
func (e Editor) Accept(s *State, w rules.Warning, accepted bool) (annotate.Change, error) {
	title := "Accept “" + w.Text + "”"
	if !accepted {
		title = "Warn again: “" + w.Text + "”"
	}
	var before, after annotate.Record
	switch {
	case w.Relation != "":
		r, ok := s.Relation(w.Relation)
		if !ok {
			return annotate.Change{}, annotate.ErrNotFound
		}
		before, r.Accepted = r, listed(r.Accepted, w.Key(), accepted)
		after = r
	case w.Span != "":
		span, ok := s.Span(w.Span)
		if !ok {
			return annotate.Change{}, annotate.ErrNotFound
		}
		before, span.Accepted = span, listed(span.Accepted, w.Key(), accepted)
		after = span
	case s.Set.ID == "":
		return annotate.Change{}, annotate.ErrNotFound
	default:
		set := s.Set
		set.Accepted = listed(set.Accepted, w.Key(), accepted)
		before, after = s.Set, set
	}
	if annotate.SameRecord(before, after) {
		return annotate.Change{}, annotate.ErrNothing
	}
	c := e.begin(s, title)
	c.Ops = append(c.Ops, annotate.Update(before, after))
	return c, nil
}

// listed is a sorted list with a key put in or taken out; nil if none is left.
func listed(keys []string, key string, in bool) []string {
	keys = slices.DeleteFunc(slices.Clone(keys), func(k string) bool { return k == key })
	if in {
		keys = append(keys, key)
		slices.Sort(keys)
	}
	if len(keys) == 0 {
		return nil
	}
	return keys
}

// Data is a copy of what the annotator says of the article, which stays as it is
// while the state goes on: spans in text order, relations in no order.
func (s *State) Data() annotate.SetData {
	data := annotate.SetData{Set: s.Set, Annotator: s.Annotator, Spans: slices.Clone(s.spans)}
	data.Relations = make([]annotate.Relation, 0, len(s.relations))
	for _, r := range s.relations {
		data.Relations = append(data.Relations, r)
	}
	return data
}
