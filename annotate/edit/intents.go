package edit

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/text"
)

// Editor builds changes on behalf of an actor.
type Editor struct {
	Env   annotate.Env
	Actor string
}

// Tag puts a label on fragments (any ranges; they are normalized) and returns
// the new span's id. The same label on the same fragments is ErrNothing, with
// the id of the span that is there.
func (e Editor) Tag(s *State, label annotate.ID, ranges []text.Range, origin string) (annotate.Change, annotate.ID, error) {
	fragments := annotate.Normalize(ranges)
	if len(fragments) == 0 {
		return annotate.Change{}, "", annotate.ErrNothing
	}
	if same, ok := s.Same(label, fragments); ok {
		return annotate.Change{}, same.ID, annotate.ErrNothing
	}
	c := e.begin(s, fmt.Sprintf("Tag %s as %s", e.quote(s, fragments), e.labelTitle(s, label)))
	set := e.touchSet(s, &c)
	span := annotate.Span{ID: e.Env.NewID(), Set: set, Label: label, Fragments: fragments, Origin: origin}
	c.Ops = append(c.Ops, annotate.Create(span))
	return c, span.ID, nil
}

// Retag gives spans another label.
func (e Editor) Retag(s *State, ids []annotate.ID, label annotate.ID) (annotate.Change, error) {
	return e.updateSpans(s, ids, "Retag %s as "+escape(e.labelTitle(s, label)), func(span *annotate.Span) {
		span.Label, span.Accepted = label, nil // what was no problem was so for the other label
	})
}

// SetFragments moves a span to other ranges.
func (e Editor) SetFragments(s *State, id annotate.ID, ranges []text.Range) (annotate.Change, error) {
	return e.refragment(s, id, "Move the ends of %s", ranges)
}

// AddFragment adds a range to a span.
func (e Editor) AddFragment(s *State, id annotate.ID, r text.Range) (annotate.Change, error) {
	span, ok := s.Span(id)
	if !ok {
		return annotate.Change{}, annotate.ErrNotFound
	}
	return e.refragment(s, id, "Add a part to %s", append(slices.Clone([]text.Range(span.Fragments)), r))
}

// RemoveFragment takes one fragment from a span that has several.
func (e Editor) RemoveFragment(s *State, id annotate.ID, index int) (annotate.Change, error) {
	span, ok := s.Span(id)
	if !ok || index < 0 || index >= len(span.Fragments) {
		return annotate.Change{}, annotate.ErrNotFound
	}
	if len(span.Fragments) == 1 {
		return annotate.Change{}, annotate.ErrNothing
	}
	return e.refragment(s, id, "Remove a part of %s", slices.Delete(slices.Clone([]text.Range(span.Fragments)), index, index+1))
}

func (e Editor) refragment(s *State, id annotate.ID, title string, ranges []text.Range) (annotate.Change, error) {
	fragments := annotate.Normalize(ranges)
	if len(fragments) == 0 {
		return annotate.Change{}, annotate.ErrNothing
	}
	return e.updateSpans(s, []annotate.ID{id}, title, func(span *annotate.Span) { span.Fragments = fragments })
}

// SetSpanNote writes a span's note.
func (e Editor) SetSpanNote(s *State, id annotate.ID, note string) (annotate.Change, error) {
	return e.updateSpans(s, []annotate.ID{id}, "Note on %s", func(span *annotate.Span) { span.Note = note })
}

// SetAttribute sets one attribute of spans to a JSON value; nil removes it.
func (e Editor) SetAttribute(s *State, ids []annotate.ID, name string, value json.RawMessage) (annotate.Change, error) {
	return e.AlterAttribute(s, ids, name, func(annotate.Values) json.RawMessage { return value })
}

// Delete removes spans and, in the same step, the relations at them.
func (e Editor) Delete(s *State, ids []annotate.ID) (annotate.Change, error) {
	var spans []annotate.Span
	relations := map[annotate.ID]bool{}
	c := e.begin(s, "")
	for _, id := range ids {
		span, ok := s.Span(id)
		if !ok {
			return annotate.Change{}, annotate.ErrNotFound
		}
		spans = append(spans, span)
		for _, r := range s.RelationsOf(id) {
			if !relations[r.ID] {
				relations[r.ID] = true
				c.Ops = append(c.Ops, annotate.Delete(r))
			}
		}
	}
	if len(spans) == 0 {
		return annotate.Change{}, annotate.ErrNothing
	}
	for _, span := range spans {
		c.Ops = append(c.Ops, annotate.Delete(span))
	}
	c.Title = fmt.Sprintf("Delete %s", e.name(s, spans))
	return c, nil
}

// Link relates one span to another. The same type between the same spans is
// ErrNothing.
func (e Editor) Link(s *State, relationType, from, to annotate.ID) (annotate.Change, annotate.ID, error) {
	for _, end := range []annotate.ID{from, to} {
		if _, ok := s.Span(end); !ok {
			return annotate.Change{}, "", annotate.ErrNotFound
		}
	}
	if r, ok := s.findRelation(relationType, from, to); ok {
		return annotate.Change{}, r.ID, annotate.ErrNothing
	}
	t, _ := s.Schema.RelationType(relationType)
	c := e.begin(s, fmt.Sprintf("Link as %s", firstOf(t.Title, t.Name, string(relationType))))
	set := e.touchSet(s, &c)
	r := annotate.Relation{ID: e.Env.NewID(), Set: set, Type: relationType, From: from, To: to}
	c.Ops = append(c.Ops, annotate.Create(r))
	return c, r.ID, nil
}

// Unlink removes a relation.
func (e Editor) Unlink(s *State, id annotate.ID) (annotate.Change, error) {
	r, ok := s.Relation(id)
	if !ok {
		return annotate.Change{}, annotate.ErrNotFound
	}
	c := e.begin(s, "Remove a relation")
	c.Ops = append(c.Ops, annotate.Delete(r))
	return c, nil
}

// SetStatus says how far the annotator is. The reason is kept for Skipped only.
func (e Editor) SetStatus(s *State, status annotate.Status, reason string) (annotate.Change, error) {
	if status != annotate.Skipped {
		reason = ""
	}
	titles := map[annotate.Status]string{
		annotate.New: "Mark as new", annotate.InProgress: "Mark as in progress",
		annotate.Done: "Mark as done", annotate.Skipped: "Skip the article",
	}
	return e.updateSet(s, titles[status], func(set *annotate.AnnotationSet) { set.Status, set.Reason = status, reason })
}

// SetFlag asks the lead a question about the article; "" takes it back.
func (e Editor) SetFlag(s *State, flag string) (annotate.Change, error) {
	title := "Flag the article"
	if flag == "" {
		title = "Remove the flag"
	}
	return e.updateSet(s, title, func(set *annotate.AnnotationSet) { set.Flag = flag })
}

// SetNote writes the note on the article.
func (e Editor) SetNote(s *State, note string) (annotate.Change, error) {
	return e.updateSet(s, "Note on the article", func(set *annotate.AnnotationSet) { set.Note = note })
}

// SetField sets one document field to a JSON value; nil removes it.
func (e Editor) SetField(s *State, name string, value json.RawMessage) (annotate.Change, error) {
	return e.updateSet(s, "Set "+name, func(set *annotate.AnnotationSet) { set.Fields = set.Fields.With(name, value) })
}

// AddAnnotator makes a new annotator.
func (e Editor) AddAnnotator(name string, kind annotate.AnnotatorKind) (annotate.Change, annotate.Annotator) {
	a := annotate.Annotator{ID: e.Env.NewID(), Name: strings.TrimSpace(name), Kind: kind}
	return annotate.Change{
		ID: e.Env.NewID(), Actor: e.Actor, Cause: annotate.CauseManual,
		Title: "Add annotator " + a.Name, Ops: []annotate.Op{annotate.Create(a)},
	}, a
}

// RenameAnnotator gives an annotator another name, in all that was annotated under the old
// one.
func (e Editor) RenameAnnotator(a annotate.Annotator, name string) annotate.Change {
	now := a
	now.Name = strings.TrimSpace(name)
	return annotate.Change{
		ID: e.Env.NewID(), Actor: e.Actor, Cause: annotate.CauseManual,
		Title: fmt.Sprintf("Rename annotator “%s” to “%s”", a.Name, now.Name), Ops: []annotate.Op{annotate.Update(a, now)},
	}
}

func (e Editor) begin(s *State, title string) annotate.Change {
	return annotate.Change{
		ID: e.Env.NewID(), Actor: e.Actor, Cause: annotate.CauseManual,
		Title: title, Article: s.Article.ID,
	}
}

// touchSet makes the annotation set, or moves a new one to in progress, and
// returns its id.
func (e Editor) touchSet(s *State, c *annotate.Change) annotate.ID {
	if s.Set.ID == "" {
		set := annotate.AnnotationSet{
			ID: e.Env.NewID(), Article: s.Article.ID, Annotator: s.Annotator.ID, Status: annotate.InProgress,
		}
		c.Ops = append(c.Ops, annotate.Create(set))
		return set.ID
	}
	if s.Set.Status == annotate.New {
		started := s.Set
		started.Status = annotate.InProgress
		c.Ops = append(c.Ops, annotate.Update(s.Set, started))
	}
	return s.Set.ID
}

func (e Editor) updateSet(s *State, title string, alter func(*annotate.AnnotationSet)) (annotate.Change, error) {
	c := e.begin(s, title)
	if s.Set.ID == "" {
		set := annotate.AnnotationSet{
			ID: e.Env.NewID(), Article: s.Article.ID, Annotator: s.Annotator.ID, Status: annotate.New,
		}
		untouched := set
		alter(&set)
		if annotate.SameRecord(untouched, set) {
			return annotate.Change{}, annotate.ErrNothing
		}
		c.Ops = append(c.Ops, annotate.Create(set))
		return c, nil
	}
	after := s.Set
	alter(&after)
	if annotate.SameRecord(s.Set, after) {
		return annotate.Change{}, annotate.ErrNothing
	}
	c.Ops = append(c.Ops, annotate.Update(s.Set, after))
	return c, nil
}

// updateSpans alters spans; title has one %s for what they are called.
func (e Editor) updateSpans(s *State, ids []annotate.ID, title string, alter func(*annotate.Span)) (annotate.Change, error) {
	c := e.begin(s, "")
	var touched []annotate.Span
	for _, id := range ids {
		before, ok := s.Span(id)
		if !ok {
			return annotate.Change{}, annotate.ErrNotFound
		}
		after := before
		alter(&after)
		if annotate.SameRecord(before, after) {
			continue
		}
		touched = append(touched, before)
		c.Ops = append(c.Ops, annotate.Update(before, after))
	}
	if len(touched) == 0 {
		return annotate.Change{}, annotate.ErrNothing
	}
	c.Title = fmt.Sprintf(title, e.name(s, touched))
	return c, nil
}

func (e Editor) name(s *State, spans []annotate.Span) string {
	if len(spans) == 1 {
		return e.quote(s, spans[0].Fragments)
	}
	return fmt.Sprintf("%d spans", len(spans))
}

// quote is the text of fragments, short enough for a menu.
func (e Editor) quote(s *State, f annotate.Fragments) string { return short(s.Text.Quote(f)) }

// short puts words in quotation marks, cut where a menu has no room.
func short(words string) string {
	const most = 24
	words = text.Bare(strings.Join(strings.Fields(words), " "))
	if r := []rune(words); len(r) > most {
		words = strings.TrimSpace(string(r[:most])) + "…"
	}
	return "“" + words + "”"
}

func (e Editor) labelTitle(s *State, id annotate.ID) string {
	l, _ := s.Schema.Label(id)
	return firstOf(l.Title, l.Name, string(id))
}

func firstOf(names ...string) string {
	for _, n := range names {
		if n != "" {
			return n
		}
	}
	return ""
}

func escape(s string) string { return strings.ReplaceAll(s, "%", "%%") }
