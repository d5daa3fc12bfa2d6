package edit

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"lede/annotate"
	"lede/annotate/text"
)

// Merged is what came of a merge.
type Merged struct {
	Span      annotate.ID
	Conflicts []string // names of attributes of which the first span's value was kept
}

// Merge makes one span of several with the same label: the first one in the text
// gets the fragments of all. Fragments that overlap, touch or have only blanks
// between them become one; with fill there is one fragment from the first start
// to the last end.
//
// Attributes, entity and note are those of the first span, and what it lacks of
// the others; notes are put below each other. Relations of the others become the
// first one's. A relation that would then be there twice, or go from the span to
// itself, is removed.
//
// A span that has the label and just these fragments already is merged with them:
// the same label is not twice on the same text.
func (e Editor) Merge(s *State, ids []annotate.ID, fill bool) (annotate.Change, Merged, error) {
	spans, err := e.mergeable(s, ids)
	if err != nil {
		return annotate.Change{}, Merged{}, err
	}
	fragments := together(s, spans, fill)
	if same, ok := s.Same(spans[0].Label, fragments); ok && !slices.ContainsFunc(spans, func(x annotate.Span) bool { return x.ID == same.ID }) {
		spans = append(spans, same)
		slices.SortFunc(spans, s.compare)
	}
	before := spans[0]
	kept, m := before, Merged{Span: before.ID}
	for _, span := range spans[1:] {
		m.Conflicts = append(m.Conflicts, Adopt(&kept, span)...)
	}
	kept.Fragments = fragments
	slices.Sort(m.Conflicts)
	m.Conflicts = slices.Compact(m.Conflicts)
	c := e.begin(s, fmt.Sprintf("Merge %d spans into %s", len(spans), e.quote(s, kept.Fragments)))
	c.Ops = repoint(s, spans)
	if !annotate.SameRecord(before, kept) {
		c.Ops = append(c.Ops, annotate.Update(before, kept))
	}
	for _, span := range spans[1:] {
		c.Ops = append(c.Ops, annotate.Delete(span))
	}
	return c, m, nil
}

// together are the fragments of all spans as one span has them.
func together(s *State, spans []annotate.Span, fill bool) annotate.Fragments {
	var ranges []text.Range
	for _, span := range spans {
		ranges = append(ranges, span.Fragments...)
	}
	all := bridged(s.Text, annotate.Normalize(ranges))
	if fill {
		return annotate.Fragments{all.Extent()}
	}
	return all
}

// mergeable are the spans in text order, if they can become one.
func (e Editor) mergeable(s *State, ids []annotate.ID) ([]annotate.Span, error) {
	var spans []annotate.Span
	for _, id := range ids {
		span, ok := s.Span(id)
		if !ok {
			return nil, annotate.ErrNotFound
		}
		if !slices.ContainsFunc(spans, func(x annotate.Span) bool { return x.ID == id }) {
			spans = append(spans, span)
		}
	}
	if len(spans) < 2 {
		return nil, annotate.ErrNothing
	}
	slices.SortFunc(spans, s.compare)
	for _, span := range spans[1:] {
		if span.Label != spans[0].Label {
			return nil, &annotate.Error{
				Kind: annotate.ErrInvalid, Op: "merge",
				Detail: fmt.Sprintf("The spans have different labels: %s and %s.", e.labelTitle(s, spans[0].Label), e.labelTitle(s, span.Label)),
				Hint:   "Give them one label first.",
			}
		}
	}
	return spans, nil
}

// Adopt gives a span what another one has and it lacks, and names the attributes
// in which they differ.
func Adopt(kept *annotate.Span, other annotate.Span) (conflicts []string) {
	for name, value := range other.Attributes {
		now, has := kept.Attributes[name]
		switch {
		case !has:
			kept.Attributes = kept.Attributes.With(name, value)
		case string(now) != string(value):
			conflicts = append(conflicts, name)
		}
	}
	if kept.Entity == "" {
		kept.Entity = other.Entity
	} else if other.Entity != "" && other.Entity != kept.Entity {
		conflicts = append(conflicts, "entity")
	}
	if other.Note != "" && !slices.Contains(strings.Split(kept.Note, "\n"), other.Note) {
		kept.Note = strings.TrimPrefix(kept.Note+"\n"+other.Note, "\n")
	}
	return conflicts
}

// bridged joins fragments with only blanks between them.
func bridged(t *text.Text, f annotate.Fragments) annotate.Fragments {
	out := f[:1:1]
	for _, r := range f[1:] {
		last := &out[len(out)-1]
		gap := text.Range{Start: last.End, End: r.Start}
		if gap.Len() <= 16 && strings.TrimFunc(t.Slice(gap), unicode.IsSpace) == "" {
			last.End = r.End
			continue
		}
		out = append(out, r)
	}
	return out
}

// repoint moves the relations of all spans to the first one.
func repoint(s *State, spans []annotate.Span) []annotate.Op {
	merged := map[annotate.ID]bool{}
	for _, span := range spans {
		merged[span.ID] = true
	}
	end := func(id annotate.ID) annotate.ID {
		if merged[id] {
			return spans[0].ID
		}
		return id
	}
	type edge struct{ kind, from, to annotate.ID }
	there, seen := map[edge]bool{}, map[annotate.ID]bool{}
	var gone, moved []annotate.Op
	for _, span := range spans {
		for _, r := range s.RelationsOf(span.ID) {
			if seen[r.ID] {
				continue
			}
			seen[r.ID] = true
			after := r
			after.From, after.To = end(r.From), end(r.To)
			key := edge{r.Type, after.From, after.To}
			switch {
			case there[key] || after.From == after.To && r.From != r.To:
				gone = append(gone, annotate.Delete(r))
			case !annotate.SameRecord(after, r):
				moved = append(moved, annotate.Update(r, after))
			}
			there[key] = true
		}
	}
	return append(gone, moved...)
}

// Split cuts a span in two at an offset. The first keeps id, note and relations;
// attributes and entity are on both. It returns the id of the second.
func (e Editor) Split(s *State, id annotate.ID, at int) (annotate.Change, annotate.ID, error) {
	before, ok := s.Span(id)
	if !ok {
		return annotate.Change{}, "", annotate.ErrNotFound
	}
	var left, right []text.Range
	for _, r := range before.Fragments {
		left = append(left, s.Text.Trim(text.Range{Start: r.Start, End: min(r.End, at)}))
		right = append(right, s.Text.Trim(text.Range{Start: max(r.Start, at), End: r.End}))
	}
	first, second := before, before
	first.Fragments, second.Fragments = annotate.Normalize(left), annotate.Normalize(right)
	if len(first.Fragments) == 0 || len(second.Fragments) == 0 {
		return annotate.Change{}, "", &annotate.Error{
			Kind: annotate.ErrInvalid, Op: "split", Subject: e.quote(s, before.Fragments),
			Detail: "The caret must be inside the span, with some of its text on either side.",
			Hint:   "Click where it is to be cut, then split.",
		}
	}
	second.ID, second.Note = e.Env.NewID(), ""
	c := e.begin(s, fmt.Sprintf("Split %s", e.quote(s, before.Fragments)))
	c.Ops = []annotate.Op{annotate.Update(before, first), annotate.Create(second)}
	return c, second.ID, nil
}

// Convert gives spans another label. Where a span with that label is on the same
// fragments already, both stay as they are; already counts these.
func (e Editor) Convert(s *State, ids []annotate.ID, label annotate.ID) (c annotate.Change, already int, err error) {
	var move []annotate.ID
	made := map[string]bool{}
	for _, id := range ids {
		span, ok := s.Span(id)
		if !ok {
			return annotate.Change{}, 0, annotate.ErrNotFound
		}
		place := fmt.Sprint(span.Fragments)
		switch _, same := s.Same(label, span.Fragments); {
		case span.Label == label:
		case same || made[place]:
			already++
		default:
			made[place] = true
			move = append(move, id)
		}
	}
	c, err = e.Retag(s, move, label)
	return c, already, err
}
