package session_test

import (
	"context"
	"slices"
	"testing"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/app/session"
)

// ruled is a session on a store in which events have at most two words.
func ruled(t *testing.T) *bench {
	t.Helper()
	store := newStore(t)
	spaces++
	env := annotest.NewEnvAt(annotest.Start, spaces)
	_, err := store.Apply(context.Background(), annotate.Change{
		ID: env.NewID(), Actor: "lead", Cause: annotate.CauseManual, Title: "Rule",
		Ops: []annotate.Op{annotate.Create(annotate.Rule{ID: env.NewID(), Name: "max_words", Label: event, Value: "2"})},
	})
	if err != nil {
		t.Fatal(err)
	}
	return start(t, store, "ana")
}

// check checks as the window does, and says whether the warnings are others now.
func (b *bench) check() bool {
	b.t.Helper()
	c := b.BeginCheck()
	c.Run()
	before := len(b.events)
	b.TakeCheck(c)
	return slices.Contains(b.events[before:], session.Event(session.WarningsChanged{}))
}

// tagged makes a span of three words an event.
func tagged(b *bench) annotate.ID {
	b.t.Helper()
	b.tag(event, "Nobody goes back")
	return b.Chosen()
}

func TestWarningsFollowChanges(t *testing.T) {
	b := ruled(t)
	if b.BeginCheck() != nil {
		t.Error("something to check without an article")
	}
	b.open("a0")
	if b.Checked() || !b.check() || !b.Checked() || len(b.Warnings()) > 0 { // told once that there are none
		t.Error("warnings without a span")
	}
	id := tagged(b)
	if !b.check() || len(b.Warnings()) != 1 || len(b.WarningsOf(id)) != 1 || b.WarningsOf(id)[0].Rule != "max_words" || b.WarningsOf("") != nil {
		t.Fatalf("warnings: %+v", b.Warnings())
	}
	if b.check() {
		t.Error("told of the same warnings again")
	}
	b.must(b.Undo(context.Background()))
	if !b.check() || len(b.Warnings()) != 0 {
		t.Errorf("after the undo: %+v", b.Warnings())
	}
	b.must(b.Redo(context.Background()))
	b.check()
	b.open("a1")
	if len(b.Warnings()) != 0 {
		t.Errorf("warnings of the other article: %+v", b.Warnings())
	}
	b.settle()
}

func TestAcceptingIsAStep(t *testing.T) {
	b := ruled(t)
	b.open("a0")
	id := tagged(b)
	b.check()
	b.must(b.Accept(b.Warnings()[0], true))
	if !b.Warnings()[0].Accepted { // before anything was checked again
		t.Error("it does not show at once")
	}
	if b.check() {
		t.Error("the check says something else")
	}
	if span, _ := b.Doc().Span(id); !slices.Equal(span.Accepted, []string{"max_words"}) {
		t.Errorf("the span has %v", span.Accepted)
	}
	b.settle()
	step, _ := b.NextUndo()
	if step.Title != "Accept “It has 3 words; Event has at most 2.”" {
		t.Errorf("the step is called %q", step.Title)
	}
	b.must(b.Undo(context.Background()))
	b.check()
	if b.Warnings()[0].Accepted {
		t.Error("accepted after the undo")
	}
	b.settle()
	b.must(b.Show(context.Background(), "ana"))
	other := start(t, b.store, "bo")
	other.open("a0")
	b.must(other.Show(context.Background(), "ana"))
	other.check()
	if err := other.Accept(other.Warnings()[0], true); err == nil {
		t.Error("accepted in somebody else's work")
	}
}

func TestOldChecksAreDropped(t *testing.T) {
	b := ruled(t)
	b.open("a0")
	tagged(b)
	old := b.BeginCheck()
	old.Run()
	b.must(b.Delete())
	b.check()
	b.TakeCheck(old)
	if len(b.Warnings()) != 0 {
		t.Errorf("an old check counts: %+v", b.Warnings())
	}
	b.must(b.Undo(context.Background()))
	old = b.BeginCheck()
	old.Run()
	b.open("a1")
	b.TakeCheck(old)
	if len(b.Warnings()) != 0 {
		t.Errorf("a check of another article counts: %+v", b.Warnings())
	}
	b.settle()
}
