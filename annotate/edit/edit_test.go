package edit_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lede/annotate"
	"lede/annotate/edit"
	"lede/annotate/text"
)

const article = "Ilse Brandvik said: “Nobody goes back.” 👩‍👩‍👧 港口谈判破裂 — نقابة الموانئ رفضت العرض. The port is closed."

func newEditor() edit.Editor {
	n := 0
	return edit.Editor{Actor: "ana", Env: annotate.Env{
		Now: func() time.Time { return time.UnixMilli(0) },
		NewID: func() annotate.ID {
			n++
			return annotate.ID(fmt.Sprintf("id%04d", n))
		},
	}}
}

func newState() *edit.State {
	schema := &annotate.Schema{
		Labels: []annotate.Label{
			{ID: "actor", Name: "actor", Title: "Actor"},
			{ID: "event", Name: "event", Title: "Event"},
			{ID: "quote", Name: "quote", Title: "Quote"},
		},
		RelationTypes: []annotate.RelationType{{ID: "speaker", Name: "speaker", Title: "speaker"}},
	}
	doc := &annotate.Document{Article: annotate.Article{ID: "a1", Ref: "a1"}, Text: text.New(article)}
	return edit.NewState(doc, schema, annotate.Annotator{ID: "ana", Name: "ana", Kind: annotate.Human})
}

// snapshot is everything a state holds, for comparing.
func snapshot(s *edit.State) string {
	out := fmt.Sprintf("%+v\n", s.Set)
	for _, span := range s.Spans() {
		raw, err := annotate.EncodeRecord(span)
		out += string(raw) + fmt.Sprint(err) + "\n"
		for _, r := range s.RelationsOf(span.ID) {
			raw, err := annotate.EncodeRecord(r)
			out += "  " + string(raw) + fmt.Sprint(err) + "\n"
		}
	}
	return out
}

func TestTagStartsTheSetAndSaysSo(t *testing.T) {
	s, e := newState(), newEditor()
	c, id, err := e.Tag(s, "actor", []text.Range{{Start: 0, End: 13}}, annotate.OriginManual)
	if err != nil {
		t.Fatal(err)
	}
	s.Apply(c)
	if s.Status() != annotate.InProgress {
		t.Errorf("status = %s, want in_progress", s.Status())
	}
	if want := "Tag “Ilse Brandvik” as Actor"; c.Title != want {
		t.Errorf("title = %q, want %q", c.Title, want)
	}
	span, ok := s.Span(id)
	if !ok || s.Text.Quote(span.Fragments) != "Ilse Brandvik" {
		t.Errorf("span = %+v", span)
	}
}

func TestSameLabelOnSameFragmentsIsNothing(t *testing.T) {
	s, e := newState(), newEditor()
	c, id, _ := e.Tag(s, "actor", []text.Range{{Start: 0, End: 13}}, annotate.OriginManual)
	s.Apply(c)
	_, again, err := e.Tag(s, "actor", []text.Range{{Start: 4, End: 13}, {Start: 0, End: 4}}, annotate.OriginManual)
	if !errors.Is(err, annotate.ErrNothing) || again != id {
		t.Errorf("got %v, %s; want ErrNothing and the span that is there (%s)", err, again, id)
	}
	if _, _, err := e.Tag(s, "event", []text.Range{{Start: 0, End: 13}}, annotate.OriginManual); err != nil {
		t.Errorf("another label on the same fragments: %v", err)
	}
}

func TestDeletingASpanDeletesItsRelations(t *testing.T) {
	s, e := newState(), newEditor()
	var ids []annotate.ID
	for _, r := range []text.Range{{Start: 0, End: 13}, {Start: 20, End: 39}} {
		c, id, err := e.Tag(s, "actor", []text.Range{r}, annotate.OriginManual)
		if err != nil {
			t.Fatal(err)
		}
		s.Apply(c)
		ids = append(ids, id)
	}
	c, _, err := e.Link(s, "speaker", ids[1], ids[0])
	if err != nil {
		t.Fatal(err)
	}
	s.Apply(c)
	before := snapshot(s)
	deleted, err := e.Delete(s, ids[:1])
	if err != nil {
		t.Fatal(err)
	}
	s.Apply(deleted)
	if s.Relations() != 0 || len(s.Spans()) != 1 || len(s.RelationsOf(ids[1])) != 0 {
		t.Errorf("left: %s", snapshot(s))
	}
	if deleted.Ops[0].Kind != annotate.KindRelation {
		t.Error("the relation must go before its span")
	}
	s.Apply(e.Undo(deleted))
	if diff := cmp.Diff(before, snapshot(s)); diff != "" {
		t.Errorf("undo (-before +after):\n%s", diff)
	}
}

func TestEditingADoneSetLeavesItDone(t *testing.T) {
	s, e := newState(), newEditor()
	c, err := e.SetStatus(s, annotate.Done, "")
	if err != nil {
		t.Fatal(err)
	}
	s.Apply(c)
	c, _, err = e.Tag(s, "actor", []text.Range{{Start: 0, End: 4}}, annotate.OriginManual)
	if err != nil {
		t.Fatal(err)
	}
	s.Apply(c)
	if s.Status() != annotate.Done {
		t.Errorf("status = %s, want done", s.Status())
	}
}

// TestEveryGestureCanBeUndone does random gestures, then undoes all of them and
// redoes all of them: every state on the way must be the one it was.
func TestEveryGestureCanBeUndone(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s, e := newState(), newEditor()
		var stacks edit.Stacks
		states, done := []string{snapshot(s)}, map[annotate.ID]annotate.Change{}
		for range rapid.IntRange(1, 30).Draw(rt, "gestures") {
			c, err := gesture(rt, s, e)
			if errors.Is(err, annotate.ErrNothing) {
				continue
			}
			if err != nil {
				rt.Fatal(err)
			}
			s.Apply(c)
			stacks.Fold(c, "ana")
			done[c.ID] = c
			states = append(states, snapshot(s))
		}
		for i := len(states) - 2; i >= 0; i-- {
			c := e.Undo(done[stacks.Undo[len(stacks.Undo)-1]])
			s.Apply(c)
			stacks.Fold(c, "ana")
			if got := snapshot(s); got != states[i] {
				rt.Fatalf("after undo %d:\n%s", i, cmp.Diff(states[i], got))
			}
		}
		for i := 1; i < len(states); i++ {
			c := e.Redo(done[stacks.Redo[len(stacks.Redo)-1]])
			s.Apply(c)
			stacks.Fold(c, "ana")
			if got := snapshot(s); got != states[i] {
				rt.Fatalf("after redo %d:\n%s", i, cmp.Diff(states[i], got))
			}
		}
	})
}

func gesture(rt *rapid.T, s *edit.State, e edit.Editor) (annotate.Change, error) {
	length := s.Text.Len()
	start := rapid.IntRange(0, length-1).Draw(rt, "start")
	r := text.Range{Start: start, End: rapid.IntRange(start+1, length).Draw(rt, "end")}
	label := rapid.SampledFrom([]annotate.ID{"actor", "event", "quote"}).Draw(rt, "label")
	var ids []annotate.ID
	for _, span := range s.Spans() {
		ids = append(ids, span.ID)
	}
	if len(ids) == 0 || rapid.IntRange(0, 2).Draw(rt, "tag") == 0 {
		c, _, err := e.Tag(s, label, []text.Range{r}, annotate.OriginManual)
		return c, err
	}
	id := rapid.SampledFrom(ids).Draw(rt, "span")
	switch rapid.IntRange(0, 8).Draw(rt, "gesture") {
	case 0:
		return e.Retag(s, []annotate.ID{id}, label)
	case 1:
		return e.SetFragments(s, id, []text.Range{r})
	case 2:
		return e.AddFragment(s, id, r)
	case 3:
		return e.RemoveFragment(s, id, 0)
	case 4:
		return e.SetSpanNote(s, id, rapid.String().Draw(rt, "note"))
	case 5:
		return e.SetAttribute(s, ids, "kind", annotate.StringValue("person"))
	case 6:
		return e.Delete(s, []annotate.ID{id})
	case 7:
		return e.SetStatus(s, rapid.SampledFrom(annotate.Statuses).Draw(rt, "status"), "off topic")
	default:
		c, _, err := e.Link(s, "speaker", id, rapid.SampledFrom(ids).Draw(rt, "to"))
		return c, err
	}
}

func TestStacksAreOnePerActor(t *testing.T) {
	history := []annotate.Change{
		{ID: "1", Actor: "ana"},
		{ID: "2", Actor: "ben"},
		{ID: "3", Actor: "ana"},
		{ID: "4", Actor: "ana", Undoes: "3"},
		{ID: "5", Actor: "ben"}, // clears only ben's redo stack
	}
	var ana, ben edit.Stacks
	for _, c := range history {
		ana.Fold(c, "ana")
		ben.Fold(c, "ben")
	}
	if !slices.Equal(ana.Undo, []annotate.ID{"1"}) || !slices.Equal(ana.Redo, []annotate.ID{"3"}) {
		t.Errorf("ana: %+v", ana)
	}
	if !slices.Equal(ben.Undo, []annotate.ID{"2", "5"}) || len(ben.Redo) != 0 {
		t.Errorf("ben: %+v", ben)
	}
	ana.Fold(annotate.Change{ID: "6", Actor: "ana", Redoes: "3"}, "ana")
	ana.Fold(annotate.Change{ID: "7", Actor: "ana"}, "ana")
	if !slices.Equal(ana.Undo, []annotate.ID{"1", "3", "7"}) || len(ana.Redo) != 0 {
		t.Errorf("ana after redo and a new change: %+v", ana)
	}
}
