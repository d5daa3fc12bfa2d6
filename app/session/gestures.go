package session

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/filter"
	"lede/annotate/text"
)

// Selection is the selected text; it is empty when nothing is selected.
func (s *Session) Selection() text.Range { return s.selection }

// Chosen is the chosen span, "" for none.
func (s *Session) Chosen() annotate.ID { return s.chosen }

// Armed is the label that every selection gets, "" for none.
func (s *Session) Armed() annotate.ID { return s.armed }

// LastLabel is the label given last, "" before the first.
func (s *Session) LastLabel() annotate.ID { return s.lastLabel }

// Granularity is what selections snap to.
func (s *Session) Granularity() text.Granularity { return s.granularity }

// SetGranularity changes what selections snap to.
func (s *Session) SetGranularity(g text.Granularity) {
	s.granularity = g
	s.tell(SelectionChanged{})
}

// Select makes r the text selection; an empty range lets it go.
func (s *Session) Select(r text.Range) {
	if s.selection == r {
		return
	}
	s.selection, s.relation = r, ""
	s.tell(SelectionChanged{})
}

// SelectBeside makes r the text selection while id is, or is again, the chosen
// span: what is selected can then be added to it.
func (s *Session) SelectBeside(id annotate.ID, r text.Range) {
	if _, ok := s.span(id); !ok {
		s.Select(r)
		return
	}
	s.choose(id)
	s.selection = r
	s.tell(SelectionChanged{})
}

// Choose makes a span the chosen one, "" none.
func (s *Session) Choose(id annotate.ID) {
	if s.chosen == id && s.relation == "" && len(s.choice.more) == 0 && s.selection.Empty() {
		return
	}
	s.choose(id)
	s.tell(SelectionChanged{})
}

// choose makes a span the one that everything is about, without telling.
func (s *Session) choose(id annotate.ID) {
	s.chosen, s.relation, s.selection, s.choice.more = id, "", text.Range{}, nil
}

// ChooseNext walks the spans in text order and around the ends.
func (s *Session) ChooseNext(back bool) {
	if s.doc == nil || len(s.doc.Spans()) == 0 {
		return
	}
	spans := s.doc.Spans()
	i := slices.IndexFunc(spans, func(span annotate.Span) bool { return span.ID == s.chosen })
	switch {
	case i < 0 && back:
		i = len(spans) - 1
	case i < 0:
		i = 0
	case back:
		i = (i + len(spans) - 1) % len(spans)
	default:
		i = (i + 1) % len(spans)
	}
	s.Choose(spans[i].ID)
}

// Arm makes every later selection get a label; the armed label again, or "",
// ends it.
func (s *Session) Arm(label annotate.ID) {
	if s.armed == label {
		label = ""
	}
	s.armed = label
	s.tell(SelectionChanged{})
}

// Label gives a label: to the selected text if there is a selection, else to the
// chosen spans. It reports whether there was anything to label. The new or
// relabelled span is the chosen one afterwards.
func (s *Session) Label(label annotate.ID) (bool, error) {
	if s.doc == nil {
		return false, nil
	}
	if !s.selection.Empty() {
		return true, s.tag(label, s.selection)
	}
	if s.chosen == "" {
		return false, nil
	}
	s.lastLabel = label
	c, already, err := s.edit.Convert(s.doc, s.ChosenAll(), label)
	if already > 0 && errors.Is(err, annotate.ErrNothing) {
		err = ErrAlready
	}
	s.dress(&c)
	return true, s.gesture(c, err)
}

// ErrAlready says that a span was not given a label because another one with that
// label is on the same text.
var ErrAlready = errors.New("another span with this label is on the same text")

func (s *Session) tag(label annotate.ID, ranges ...text.Range) error {
	for i, r := range ranges {
		ranges[i] = s.doc.Text.Trim(r)
	}
	if len(annotate.Normalize(ranges)) == 0 {
		return nil
	}
	if err := s.refuseReadOnly(); err != nil {
		return err
	}
	create := s.ensureAnnotator()
	c, id, err := s.edit.Tag(s.doc, label, ranges, annotate.OriginManual)
	s.dress(&c)
	c.Ops = append(create, c.Ops...)
	s.lastLabel = label
	if err := s.apply(c, err); err != nil {
		return err
	}
	s.choose(id)
	s.tell(SelectionChanged{})
	return nil
}

// Delete removes the chosen relation; without one, the chosen spans and their
// relations.
func (s *Session) Delete() error {
	if s.relation != "" {
		return s.Unlink(s.relation)
	}
	if s.chosen == "" {
		return nil
	}
	c, err := s.edit.Delete(s.doc, s.ChosenAll())
	return s.gesture(c, err)
}

// SetFragment moves one fragment of a span.
func (s *Session) SetFragment(id annotate.ID, index int, r text.Range) error {
	span, ok := s.span(id)
	if !ok || index < 0 || index >= len(span.Fragments) {
		return annotate.ErrNotFound
	}
	moved := slices.Clone([]text.Range(span.Fragments))
	moved[index] = s.doc.Text.Trim(r)
	if moved[index].Empty() {
		return nil
	}
	c, err := s.edit.SetFragments(s.doc, id, moved)
	return s.gesture(c, err)
}

// MoveEnd moves an end of the chosen span by one word or punctuation mark, or one
// character when by is Character: its start or its last end, outward or inward.
func (s *Session) MoveEnd(start, outward bool, by text.Granularity) error {
	span, ok := s.span(s.chosen)
	if !ok {
		return nil
	}
	index := 0
	if !start {
		index = len(span.Fragments) - 1
	}
	r := s.moved(span.Fragments[index], start, outward, by)
	return s.SetFragment(span.ID, index, r)
}

func (s *Session) moved(r text.Range, start, outward bool, by text.Granularity) text.Range {
	t := s.doc.Text
	// A quotation mark is a step of its own: it is what most often is missing.
	back := func(o int) int { return t.Word(max(o-1, 0)).Start }
	forward := func(o int) int { return t.Word(min(o, max(t.Len()-1, 0))).End }
	if by == text.Character {
		back, forward = t.PrevGrapheme, t.NextGrapheme
	}
	step := forward
	if start == outward {
		step = back
	}
	// Blanks are no step of their own: go on until the trimmed range is another.
	for next := r; ; {
		from := next
		if start {
			next.Start = step(next.Start)
		} else {
			next.End = step(next.End)
		}
		if next == from || next.Empty() {
			return r
		}
		if trimmed := t.Trim(next); !trimmed.Empty() && trimmed != r {
			return trimmed
		}
	}
}

// AddFragment adds text to the chosen span: r, or the selection when r is empty.
func (s *Session) AddFragment(r text.Range) error {
	if r.Empty() {
		r = s.selection
	}
	if s.chosen == "" || r.Empty() {
		return nil
	}
	c, err := s.edit.AddFragment(s.doc, s.chosen, s.doc.Text.Trim(r))
	if err := s.gesture(c, err); err != nil {
		return err
	}
	s.selection = text.Range{}
	s.tell(SelectionChanged{})
	return nil
}

// RemoveFragment takes one fragment from a span that has several.
func (s *Session) RemoveFragment(id annotate.ID, index int) error {
	c, err := s.edit.RemoveFragment(s.doc, id, index)
	return s.gesture(c, err)
}

// SetSpanNote writes a note on a span.
func (s *Session) SetSpanNote(id annotate.ID, note string) error {
	c, err := s.edit.SetSpanNote(s.doc, id, note)
	return s.gesture(c, err)
}

// Link relates the span from to the span to.
func (s *Session) Link(relationType, from, to annotate.ID) error {
	c, _, err := s.edit.Link(s.doc, relationType, from, to)
	return s.gesture(c, err)
}

// Unlink removes a relation.
func (s *Session) Unlink(relation annotate.ID) error {
	c, err := s.edit.Unlink(s.doc, relation)
	return s.gesture(c, err)
}

// SetStatus says how far the annotator is with the open article.
func (s *Session) SetStatus(status annotate.Status, reason string) error {
	return s.ofSet(func() (annotate.Change, error) { return s.edit.SetStatus(s.doc, status, reason) })
}

// SetFlag puts a question to the lead on the open article; "" takes it back.
func (s *Session) SetFlag(flag string) error {
	return s.ofSet(func() (annotate.Change, error) { return s.edit.SetFlag(s.doc, flag) })
}

// SetNote writes the note on the open article.
func (s *Session) SetNote(note string) error {
	return s.ofSet(func() (annotate.Change, error) { return s.edit.SetNote(s.doc, note) })
}

// SetField sets a document field of the open article; nil removes it.
func (s *Session) SetField(name string, value json.RawMessage) error {
	return s.ofSet(func() (annotate.Change, error) { return s.edit.SetField(s.doc, name, value) })
}

// DoneAndNext marks the open article as done and opens the next one of the list;
// without a filter on the status, the next one that is neither done nor skipped,
// from the top again after the end. It reports whether there was a next one.
func (s *Session) DoneAndNext(ctx context.Context) (bool, error) {
	if s.doc == nil {
		return false, nil
	}
	// The next article is found first: a filter on the status may drop this one.
	next, err := s.nextToDo(ctx)
	if err != nil {
		return false, err
	}
	if err := s.SetStatus(annotate.Done, ""); err != nil {
		return false, err
	}
	if s.list.filter.Asks(annotate.FilterStatus) {
		s.tell(ListChanged{})
	}
	if next == "" {
		return false, nil
	}
	return true, s.Open(ctx, next)
}

// nextToDo is the article that follows when the open one is done, "" if none does.
func (s *Session) nextToDo(ctx context.Context) (annotate.ID, error) {
	s.commits.flush()
	q := s.list.query()
	around := filter.Top(q.Filter, annotate.FilterStatus) == nil
	if around {
		q.Filter = filter.All(q.Filter, filter.Term(annotate.FilterStatus, string(annotate.New), string(annotate.InProgress)))
	}
	next, err := s.following(ctx, q, false)
	if err != nil || next != "" || !around {
		return next, err
	}
	q.Limit = 2 // the open one may be the first
	rows, err := s.store.Articles(ctx, q)
	if err != nil {
		return "", err
	}
	for _, r := range rows {
		if r.Article.ID != s.doc.Article.ID {
			return r.Article.ID, nil
		}
	}
	return "", nil
}

func (s *Session) span(id annotate.ID) (annotate.Span, bool) {
	if s.doc == nil {
		return annotate.Span{}, false
	}
	return s.doc.Span(id)
}

// gesture applies a change that package edit built for the open article.
func (s *Session) gesture(c annotate.Change, err error) error {
	if err := s.refuseReadOnly(); err != nil {
		return err
	}
	return s.apply(c, err)
}

// ofSet applies a change that may be the first thing the annotator says.
func (s *Session) ofSet(build func() (annotate.Change, error)) error {
	if s.doc == nil {
		return nil
	}
	if err := s.refuseReadOnly(); err != nil {
		return err
	}
	create := s.ensureAnnotator()
	c, err := build()
	c.Ops = append(create, c.Ops...)
	return s.apply(c, err)
}

func (s *Session) refuseReadOnly() error {
	if why := s.ReadOnly(); why != "" {
		return &annotate.Error{Kind: annotate.ErrReadOnly, Detail: why}
	}
	return nil
}

// ensureAnnotator returns the op that makes the annotator, if this is the first
// thing that annotator does in the project.
func (s *Session) ensureAnnotator() []annotate.Op {
	if s.annotator.ID != "" {
		return nil
	}
	made := s.annotator
	made.ID = s.edit.Env.NewID()
	s.doc.Annotator = made // the ops that follow name it
	return []annotate.Op{annotate.Create(made)}
}

// applyPeople keeps the list of annotators in step with a change.
func (s *Session) applyPeople(c annotate.Change) {
	changed := false
	for _, op := range c.Ops {
		if op.Kind != annotate.KindAnnotator {
			continue
		}
		changed = true
		s.people = slices.DeleteFunc(slices.Clone(s.people), func(a annotate.Annotator) bool { return a.ID == op.ID })
		if op.After != nil {
			s.people = append(s.people, op.After.(annotate.Annotator))
		}
	}
	if !changed {
		return
	}
	slices.SortFunc(s.people, func(a, b annotate.Annotator) int {
		if a.Name < b.Name {
			return -1
		}
		return 1
	})
	s.refreshPeople()
	s.tell(AnnotatorChanged{})
}

// refreshPeople finds the annotator and the one on screen again, by name, after
// the list of annotators changed.
func (s *Session) refreshPeople() {
	shown := s.shown.Name
	s.setAnnotator(s.annotator.Name)
	for _, a := range s.people {
		if strings.EqualFold(a.Name, shown) {
			s.shown = a
		}
	}
}
