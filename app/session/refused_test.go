package session_test

import (
	"context"
	"strings"
	"testing"

	"lede/annotate"
	"lede/app/session"
)

// flaky refuses every change that has the given word in its title.
type flaky struct {
	annotate.Store
	word string
}

func (f *flaky) Apply(ctx context.Context, c annotate.Change) (annotate.Change, error) {
	if f.word != "" && strings.Contains(c.Title, f.word) {
		return annotate.Change{}, &annotate.Error{Kind: annotate.ErrFull, Detail: "The disk is full."}
	}
	return f.Store.Apply(ctx, c)
}

func TestARefusedChangeIsTakenBackOutWithWhatBuiltOnIt(t *testing.T) {
	store := &flaky{Store: newStore(t)}
	b := start(t, store, "ana")
	b.open("a0")
	b.tag(actor, "Ilse Brandvik")
	b.settle()
	store.word = "as Event"
	b.tag(event, "goes back")
	id := b.Chosen()
	b.must(b.SetSpanNote(id, "built on what is refused"))
	b.tag(actor, "port")
	b.settle()
	if got, want := stored(t, store, "a0"), "ana l-actor Ilse Brandvik; ana l-actor port"; got != want {
		t.Errorf("stored %s, want %s", got, want)
	}
	if len(b.Doc().Spans()) != 2 {
		t.Errorf("on screen: %v", b.Doc().Spans())
	}
	if row, _, _ := b.List().Row(context.Background(), 0); row.Spans != 2 {
		t.Errorf("the list says %d spans", row.Spans)
	}
	if step, _ := b.NextUndo(); step.Title != "Tag “port” as Actor" {
		t.Errorf("next undo %+v", step)
	}
	told := 0
	for _, e := range b.events {
		if r, ok := e.(session.Refused); ok {
			told++
			if !strings.Contains(r.Err.Error(), "as Event") {
				t.Errorf("it says %s", r.Err)
			}
		}
	}
	if told != 1 || b.Unsaved() != 2 {
		t.Errorf("told %d times, %d to be tried again", told, b.Unsaved())
	}
	b.must(b.TryAgain())
	b.settle()
	if b.Unsaved() != 2 {
		t.Errorf("the disk is still full, and %d can be tried again", b.Unsaved())
	}
	store.word = ""
	b.must(b.TryAgain())
	b.settle()
	span, _ := b.Doc().Span(id)
	if got, want := stored(t, store, "a0"), "ana l-actor Ilse Brandvik; ana l-event goes back; ana l-actor port"; got != want || span.Note == "" || b.Unsaved() != 0 {
		t.Errorf("stored %s, want %s; %+v, %d to be tried again", got, want, span, b.Unsaved())
	}
}

// Somebody who went on without what could not be saved does not find it again later.
func TestRefusedChangesAreForgotten(t *testing.T) {
	store := &flaky{Store: newStore(t), word: "as Event"}
	b := start(t, store, "ana")
	b.open("a0")
	b.tag(event, "goes back")
	b.settle()
	if b.Unsaved() != 1 {
		t.Fatalf("%d can be tried again", b.Unsaved())
	}
	b.tag(actor, "port")
	b.settle()
	if b.Unsaved() != 0 {
		t.Errorf("%d can be tried again", b.Unsaved())
	}
}
