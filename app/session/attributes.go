package session

import (
	"context"
	"encoding/json"
	"slices"

	"lede/annotate"
	"lede/annotate/edit"
)

// values is what a session knows of attribute values beside the article's own.
type values struct {
	kept   map[annotate.ID]annotate.Values // by label: what its next spans get
	last   map[annotate.ID]annotate.Values // by label: those of the span that was filled in last
	recent map[annotate.ID][]string        // by attribute, the newest first
	read   bool                            // recent has what history knows
}

// KeptChanged: other values are kept for a label.
type KeptChanged struct{}

func (KeptChanged) event() {}

// AlterAttribute sets an attribute of spans to what alter makes of the values that
// each has, as one step; nil removes it.
func (s *Session) AlterAttribute(ids []annotate.ID, name string, alter func(annotate.Values) json.RawMessage) error {
	if s.doc == nil {
		return nil
	}
	c, err := s.edit.AlterAttribute(s.doc, ids, name, alter)
	return s.gesture(c, err)
}

// Kept are the values that the next spans with a label get. They must not be
// changed.
func (s *Session) Kept(label annotate.ID) annotate.Values { return s.values.kept[label] }

// AllKept are the kept values by label. They must not be changed.
func (s *Session) AllKept() map[annotate.ID]annotate.Values { return s.values.kept }

// SetKept takes up what was kept before.
func (s *Session) SetKept(kept map[annotate.ID]annotate.Values) { s.values.kept = kept }

// Keep gives a value to the next spans with a label, until it is let go: nil.
func (s *Session) Keep(label annotate.ID, name string, value json.RawMessage) {
	kept := map[annotate.ID]annotate.Values{}
	for id, v := range s.values.kept {
		kept[id] = v
	}
	if v := kept[label].With(name, value); v != nil {
		kept[label] = v
	} else {
		delete(kept, label)
	}
	s.values.kept = kept
	s.tell(KeptChanged{})
}

// dress gives the spans of a change what their labels give.
func (s *Session) dress(c *annotate.Change) { edit.Dress(c, s.schema, s.Kept) }

// Before are the values that the previous span with a span's label has: the nearest
// one before it in the text that has any and is not among others; without one, the
// span that was filled in last, in whatever article. words is the text of that span,
// "" if it is in another article. nil: there is none.
func (s *Session) Before(span annotate.Span, others []annotate.ID) (values annotate.Values, words string) {
	if s.doc == nil {
		return nil, ""
	}
	spans := s.doc.Spans()
	for i := len(spans) - 1; i >= 0; i-- {
		other := spans[i]
		if other.Label == span.Label && len(other.Attributes) > 0 && s.doc.Compare(other, span) < 0 && !slices.Contains(others, other.ID) {
			return other.Attributes, s.doc.Text.Quote(other.Fragments)
		}
	}
	return s.values.last[span.Label], ""
}

// CopyAttributes gives the chosen spans the values of the previous span with the
// label of the first of them, as one step. It reports whether there was one, and
// says its text.
func (s *Session) CopyAttributes() (words string, found bool, err error) {
	ids := s.ChosenAll()
	if len(ids) == 0 {
		return "", false, nil
	}
	first, _ := s.span(ids[0])
	values, words := s.Before(first, ids)
	if len(values) == 0 {
		return "", false, nil
	}
	alike := slices.DeleteFunc(ids, func(id annotate.ID) bool {
		span, _ := s.span(id)
		return span.Label != first.Label
	})
	c, err := s.edit.CopyAttributes(s.doc, alike, values)
	return words, true, s.gesture(c, err)
}

// mostRecent is how many values of an attribute are remembered.
const mostRecent = 30

// Recent lists the values of an attribute of spans or documents that were given
// last in the project, each once, the newest first: texts, numbers and dates, and
// the names of choices.
func (s *Session) Recent(a annotate.Attribute) []string {
	if !s.values.read {
		s.values.read = true
		s.readRecent()
	}
	return s.values.recent[a.ID]
}

// readRecent goes back through what was done last by hand. What cannot be read is
// not offered: nothing depends on it.
func (s *Session) readRecent() {
	const most = 400
	ctx := context.Background()
	headers, err := s.store.History(ctx, annotate.HistoryQuery{Newest: true, WithoutOps: true, StackedOnly: true, Limit: most})
	if err != nil {
		return
	}
	q := annotate.HistoryQuery{}
	for _, c := range headers {
		if c.Cause == annotate.CauseManual { // an import may be of any size
			q.IDs = append(q.IDs, c.ID)
		}
	}
	if len(q.IDs) == 0 {
		return
	}
	changes, err := s.store.History(ctx, q)
	if err != nil {
		return
	}
	now := s.values.recent
	s.values.recent = nil
	for _, c := range changes {
		s.remember(c)
	}
	for id, values := range now { // given since
		for _, v := range slices.Backward(values) {
			s.give(id, v)
		}
	}
}

// remember takes up the values that a change gives.
func (s *Session) remember(c annotate.Change) {
	const most = 200 // a bulk step says nothing of what one is at
	if c.Cause != annotate.CauseManual || len(c.Ops) > most {
		return
	}
	for _, op := range c.Ops {
		switch after := op.After.(type) {
		case annotate.Span:
			before, filled := op.Before.(annotate.Span)
			if s.rememberValues(annotate.SpanScope, after.Label, before.Attributes, after.Attributes) && filled {
				if s.values.last == nil {
					s.values.last = map[annotate.ID]annotate.Values{}
				}
				s.values.last[after.Label] = after.Attributes
			}
		case annotate.AnnotationSet:
			before, _ := op.Before.(annotate.AnnotationSet)
			s.rememberValues(annotate.DocumentScope, "", before.Fields, after.Fields)
		}
	}
}

// rememberValues reports whether there were other values before.
func (s *Session) rememberValues(scope annotate.Scope, label annotate.ID, before, after annotate.Values) bool {
	changed := false
	for _, a := range s.schema.AttributesOf(scope, label) {
		raw, ok := after[a.Name]
		if !ok || string(raw) == string(before[a.Name]) {
			continue
		}
		changed = true
		for _, v := range after.Strings(a.Name) {
			s.give(a.ID, v)
		}
	}
	return changed
}

// give puts a value first among those of an attribute.
func (s *Session) give(attribute annotate.ID, value string) {
	if s.values.recent == nil {
		s.values.recent = map[annotate.ID][]string{}
	}
	list := slices.DeleteFunc(slices.Clone(s.values.recent[attribute]), func(v string) bool { return v == value })
	list = slices.Insert(list, 0, value)
	s.values.recent[attribute] = list[:min(len(list), mostRecent)]
}
