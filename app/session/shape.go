package session

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"lede/annotate"
	"lede/annotate/edit"
	"lede/annotate/text"
)

// Merge makes one span of the chosen ones; with only one chosen, of it and the
// next span with its label that overlaps or touches it. With fill the text between
// them belongs to it too. Nothing to merge is an error that says what to do.
func (s *Session) Merge(fill bool) (edit.Merged, error) {
	ids := s.ChosenAll()
	if len(ids) == 0 {
		return edit.Merged{}, nil
	}
	if len(ids) == 1 {
		beside, ok := s.beside(ids[0])
		if !ok {
			return edit.Merged{}, &annotate.Error{
				Kind: annotate.ErrInvalid, Op: "merge",
				Detail: "No other span with this label touches or overlaps the chosen one.",
				Hint:   "Choose several spans first: click on further ones with Ctrl held (Command on a Mac), or press Shift+M for the next with this label.",
			}
		}
		ids = append(ids, beside)
	}
	c, merged, err := s.edit.Merge(s.doc, ids, fill)
	if err := s.gesture(c, err); err != nil {
		return edit.Merged{}, err
	}
	s.Choose(merged.Span)
	return merged, nil
}

// beside finds the span with the same label that a span is merged with: the next
// one in the text that overlaps or touches it, else the one before.
func (s *Session) beside(id annotate.ID) (found annotate.ID, ok bool) {
	span, _ := s.doc.Span(id)
	for _, other := range s.doc.Spans() {
		if other.ID == id || other.Label != span.Label || !s.touch(span, other) {
			continue
		}
		if s.doc.Compare(other, span) > 0 {
			return other.ID, true
		}
		found = other.ID
	}
	return found, found != ""
}

// touch says whether two spans overlap, or have at most a few blanks between them.
func (s *Session) touch(a, b annotate.Span) bool {
	const most = 16
	for _, r := range a.Fragments {
		for _, q := range b.Fragments {
			gap := text.Range{Start: min(r.End, q.End), End: max(r.Start, q.Start)}
			if gap.Empty() || gap.Len() <= most && strings.TrimFunc(s.doc.Text.Slice(gap), unicode.IsSpace) == "" {
				return true
			}
		}
	}
	return false
}

// Split cuts the chosen span, or the innermost one there, at an offset. While
// selections snap to words it cuts between words, if that leaves something on both
// sides. The second span is the chosen one afterwards.
func (s *Session) Split(at int) error {
	if s.doc == nil {
		return nil
	}
	span, ok := s.span(s.chosen)
	if !ok {
		here := s.doc.At(at)
		if len(here) == 0 {
			return &annotate.Error{
				Kind: annotate.ErrInvalid, Op: "split",
				Detail: "No span is chosen, and none lies at the caret.",
				Hint:   "Click inside a span, where it is to be cut, then split.",
			}
		}
		span = here[0]
	}
	if s.granularity != text.Character {
		if border := s.wordBorder(at); divides(span, border) {
			at = border
		}
	}
	c, second, err := s.edit.Split(s.doc, span.ID, at)
	if err := s.gesture(c, err); err != nil {
		return err
	}
	s.choice.place = at
	s.Choose(second)
	return nil
}

// wordBorder is the end of a word that is nearest to an offset.
func (s *Session) wordBorder(at int) int {
	w := s.doc.Text.Word(at)
	if at-w.Start <= w.End-at {
		return w.Start
	}
	return w.End
}

// divides says whether there is something of a span on both sides of an offset.
func divides(span annotate.Span, at int) bool {
	return span.Fragments.Start() < at && at < span.Fragments.End()
}

// QuoteLabel is the label of quotations: the one that is called quote, else the
// label given last, "" if neither is.
func (s *Session) QuoteLabel() annotate.ID {
	for _, l := range s.schema.Labels {
		if strings.EqualFold(l.Name, "quote") || strings.EqualFold(l.Title, "quote") {
			return l.ID
		}
	}
	return s.lastLabel
}

// Quoted lists the parts of the selection, or of the chosen span, that are inside
// quotation marks, the marks included.
func (s *Session) Quoted() []text.Range {
	if s.doc == nil {
		return nil
	}
	if !s.selection.Empty() {
		return s.doc.Text.Quoted(s.selection)
	}
	span, ok := s.doc.Span(s.chosen)
	if !ok {
		return nil
	}
	return s.doc.Text.Quoted(span.Fragments.Extent())
}

// TagQuoted gives a label to what is inside quotation marks in the selection: one
// span with a fragment for each part. Without a selection, the chosen span keeps
// only its quoted parts.
func (s *Session) TagQuoted(label annotate.ID) error {
	if s.doc == nil || s.selection.Empty() && s.chosen == "" {
		return nil
	}
	if err := s.refuseReadOnly(); err != nil {
		return err
	}
	parts := s.Quoted()
	if len(parts) == 0 {
		where := "The selection holds"
		if s.selection.Empty() {
			where = "The chosen span holds"
		}
		return &annotate.Error{
			Kind: annotate.ErrInvalid, Op: "tag the quotation",
			Detail: where + " no quotation marks.", Hint: "Select from the first quotation mark to the last one.",
		}
	}
	if s.selection.Empty() {
		c, err := s.edit.SetFragments(s.doc, s.chosen, parts)
		return s.apply(c, err)
	}
	return s.tag(label, parts...)
}

// Convert gives the spans another label, as one step. It says how many were left
// because that label is on the same text already.
func (s *Session) Convert(ids []annotate.ID, label annotate.ID) (already int, err error) {
	if s.doc == nil {
		return 0, nil
	}
	c, already, err := s.edit.Convert(s.doc, ids, label)
	return already, s.gesture(c, err)
}

// Labelled lists the spans of the open article with a label.
func (s *Session) Labelled(label annotate.ID) []annotate.ID {
	var ids []annotate.ID
	if s.doc != nil {
		for _, span := range s.doc.Spans() {
			if span.Label == label {
				ids = append(ids, span.ID)
			}
		}
	}
	return ids
}

// Conversion is the change of a label on every span of the annotator in the whole
// project. It is made on the session's goroutine; its methods may be called on any
// other; Converted takes what was written back into the session.
type Conversion struct {
	From, To annotate.ID
	Spans    int // with the label From
	Articles int // that hold these
	Already  int // left: To is on the same text already

	store     annotate.Store
	schema    *annotate.Schema
	annotator annotate.Annotator
	edit      edit.Editor
	change    annotate.Change
}

// Conversion begins one; with To "" it only counts.
func (s *Session) Conversion(from, to annotate.ID) *Conversion {
	s.commits.flush()
	id := s.edit.Env.NewID()
	s.own[id] = true // Poll may see it before Converted
	return &Conversion{
		From: from, To: to, store: s.store, schema: s.schema, annotator: s.annotator, edit: s.edit,
		change: annotate.Change{ID: id, Actor: s.edit.Actor, Cause: annotate.CauseManual},
	}
}

// Read goes through the project, article by article, and tells how many it has
// seen. Memory grows with the spans that change, not with the project.
func (c *Conversion) Read(ctx context.Context, tell func(articles int)) error {
	if c.annotator.ID == "" {
		return nil // has not said anything yet
	}
	var ops []annotate.Op
	last, n := annotate.ID(""), 0
	for doc, err := range c.store.Documents(ctx, annotate.DocumentQuery{Annotators: []annotate.ID{c.annotator.ID}}) {
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		n++
		tell(n)
		state := edit.NewState(doc, c.schema, c.annotator)
		var ids []annotate.ID
		for _, span := range state.Spans() {
			if span.Label == c.From {
				ids = append(ids, span.ID)
			}
		}
		if len(ids) == 0 {
			continue
		}
		c.Spans += len(ids)
		c.Articles++
		last = doc.Article.ID
		if c.To == "" {
			continue
		}
		part, already, err := c.edit.Convert(state, ids, c.To)
		if err != nil && !errors.Is(err, annotate.ErrNothing) {
			return err
		}
		c.Already += already
		ops = append(ops, part.Ops...)
	}
	if len(ops) == 0 {
		return nil
	}
	c.change.Ops = ops
	c.change.Title = fmt.Sprintf("Make %d spans %s", len(ops), c.title(c.To))
	if len(ops) == 1 {
		c.change.Title = "Make 1 span " + c.title(c.To)
	}
	if c.Articles == 1 {
		c.change.Article = last
	}
	return nil
}

func (c *Conversion) title(label annotate.ID) string {
	l, _ := c.schema.Label(label)
	if l.Title != "" {
		return l.Title
	}
	return l.Name
}

// Changes is how many spans Write gives the other label.
func (c *Conversion) Changes() int { return len(c.change.Ops) }

// Write applies what was read as one durable change.
func (c *Conversion) Write(ctx context.Context) error {
	if len(c.change.Ops) == 0 {
		return nil
	}
	done, err := c.store.Apply(ctx, c.change)
	if err == nil {
		c.change = done
	}
	return err
}

// Converted takes a conversion that was written into the session: it can be undone,
// and the open article shows it.
func (s *Session) Converted(ctx context.Context, c *Conversion) error {
	if len(c.change.Ops) == 0 {
		return nil
	}
	s.reached(c.change)
	s.headers[c.change.ID] = c.change
	s.foldOnce(c.change)
	return s.reload(ctx, c.change, Local)
}
