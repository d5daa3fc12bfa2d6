package session

import (
	"cmp"
	"slices"

	"lede/annotate"
	"lede/annotate/text"
)

// choice is what there is to the chosen span beside its id.
type choice struct {
	more  []annotate.ID // chosen as well; what is no longer there is passed over
	place int           // where it was chosen, code points: among spans on top of one another, which
}

// ChosenAll lists the chosen spans in text order: none, the chosen one, or several.
func (s *Session) ChosenAll() []annotate.ID {
	if s.doc == nil || s.chosen == "" {
		return nil
	}
	var spans []annotate.Span
	for _, id := range append([]annotate.ID{s.chosen}, s.choice.more...) {
		if span, ok := s.doc.Span(id); ok {
			spans = append(spans, span)
		}
	}
	slices.SortStableFunc(spans, s.doc.Compare)
	ids := make([]annotate.ID, len(spans))
	for i, span := range spans {
		ids[i] = span.ID
	}
	return slices.Compact(ids)
}

// ChooseMore adds a span to the chosen ones, or takes it out again.
func (s *Session) ChooseMore(id annotate.ID) {
	if _, ok := s.span(id); !ok {
		return
	}
	all := s.ChosenAll()
	if i := slices.Index(all, id); i >= 0 {
		all = slices.Delete(all, i, i+1)
	} else {
		all = append(all, id)
	}
	s.chooseAll(all)
}

// chooseAll chooses spans; the one that was chosen first stays the first.
func (s *Session) chooseAll(ids []annotate.ID) {
	first := s.chosen
	if !slices.Contains(ids, first) {
		first = ""
		if len(ids) > 0 {
			first = ids[0]
		}
	}
	s.choose(first)
	s.choice.more = slices.DeleteFunc(slices.Clone(ids), func(id annotate.ID) bool { return id == first })
	s.tell(SelectionChanged{})
}

// ChooseUpTo adds the spans between the chosen one and id, in text order, that
// have the label of id; both ends are among them.
func (s *Session) ChooseUpTo(id annotate.ID) {
	target, ok := s.span(id)
	from, chosen := s.span(s.chosen)
	if !ok || !chosen {
		s.Choose(id)
		return
	}
	low, high := from, target
	if s.doc.Compare(low, high) > 0 {
		low, high = high, low
	}
	ids := s.ChosenAll()
	for _, span := range s.doc.Spans() {
		if span.Label == target.Label && s.doc.Compare(low, span) <= 0 && s.doc.Compare(span, high) <= 0 && !slices.Contains(ids, span.ID) {
			ids = append(ids, span.ID)
		}
	}
	s.chooseAll(ids)
}

// ChooseNextToo adds the span that follows the last chosen one in the text; with
// alike, the next one that has its label. It reports whether there was one.
func (s *Session) ChooseNextToo(alike bool) bool {
	all := s.ChosenAll()
	if len(all) == 0 {
		s.ChooseNext(false)
		return s.chosen != ""
	}
	last, _ := s.doc.Span(all[len(all)-1])
	for _, span := range s.doc.Spans() {
		if s.doc.Compare(span, last) > 0 && (!alike || span.Label == last.Label) {
			s.chooseAll(append(all, span.ID))
			return true
		}
	}
	return false
}

// ChooseAlike chooses all spans with the label of the chosen one.
func (s *Session) ChooseAlike() {
	chosen, ok := s.span(s.chosen)
	if !ok {
		return
	}
	var ids []annotate.ID
	for _, span := range s.doc.Spans() {
		if span.Label == chosen.Label {
			ids = append(ids, span.ID)
		}
	}
	s.chooseAll(ids)
}

// Point says where in the text the hand is, in code points: of spans on top of
// one another, it decides which lie inside and around.
func (s *Session) Point(o int) { s.choice.place = o }

// Here lists the spans over the place of the chosen one, or over the caret if none
// is chosen, the innermost first, and says which of them is chosen; -1 for none.
func (s *Session) Here() (ids []annotate.ID, chosen int) {
	if s.doc == nil {
		return nil, -1
	}
	o := s.choice.place
	if span, ok := s.doc.Span(s.chosen); ok && !s.Covers(o) {
		// The caret stands behind the letter that was clicked, or somewhere else.
		if slices.ContainsFunc(span.Fragments, func(r text.Range) bool { return r.End == o }) {
			o--
		} else {
			o = span.Fragments.Start()
		}
	}
	spans := s.doc.At(o)
	slices.SortStableFunc(spans, func(a, b annotate.Span) int {
		return cmp.Or(sizeAt(a, o)-sizeAt(b, o), cmp.Compare(a.ID, b.ID))
	})
	for _, span := range spans {
		ids = append(ids, span.ID)
	}
	return ids, slices.Index(ids, s.chosen)
}

// sizeAt is the length of the fragment of a span at an offset.
func sizeAt(span annotate.Span, o int) int {
	for _, r := range span.Fragments {
		if r.Contains(o) {
			return r.Len()
		}
	}
	return 0
}

// Covers says whether the chosen span lies over an offset.
func (s *Session) Covers(o int) bool {
	span, ok := s.span(s.chosen)
	return ok && slices.ContainsFunc(span.Fragments, func(r text.Range) bool { return r.Contains(o) })
}

// ChooseAround chooses the next span around the chosen one, or the innermost one
// at the caret if none is chosen. It reports whether there was one.
func (s *Session) ChooseAround() bool {
	ids, at := s.Here()
	if at+1 >= len(ids) {
		return false
	}
	s.Choose(ids[at+1])
	return true
}

// ChooseInside chooses the next span inside the chosen one: the one at the caret,
// or else the first in the text. It reports whether there was one.
func (s *Session) ChooseInside() bool {
	ids, at := s.Here()
	switch {
	case at > 0:
		s.Choose(ids[at-1])
		return true
	case at < 0 && len(ids) > 0:
		s.Choose(ids[0])
		return true
	}
	outer, ok := s.span(s.chosen)
	if !ok {
		return false
	}
	for _, span := range s.doc.Spans() { // the larger one comes first
		if span.ID != outer.ID && span.Fragments.Start() >= outer.Fragments.Start() && within(span.Fragments, outer.Fragments) &&
			!within(outer.Fragments, span.Fragments) {
			s.choice.place = span.Fragments.Start()
			s.Choose(span.ID)
			return true
		}
	}
	return false
}

// within says whether every fragment of a lies in one of b.
func within(a, b annotate.Fragments) bool {
	for _, r := range a {
		if !slices.ContainsFunc(b, func(q text.Range) bool { return q.Start <= r.Start && r.End <= q.End }) {
			return false
		}
	}
	return true
}
