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
	b.TryAgain()
	b.settle()
	if b.Unsaved() != 2 {
		t.Errorf("the disk is still full, and %d can be tried again", b.Unsaved())
	}
	store.word = ""
	b.TryAgain()
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

// pulledOut is a project whose drive can be taken away: nothing is read or written then.
type pulledOut struct {
	annotate.Store
	away bool
}

var errAway = &annotate.Error{Detail: "The drive was taken away."}

func (p *pulledOut) Apply(ctx context.Context, c annotate.Change) (annotate.Change, error) {
	if p.away {
		return annotate.Change{}, errAway
	}
	return p.Store.Apply(ctx, c)
}

func (p *pulledOut) Document(ctx context.Context, article annotate.ID) (*annotate.Document, error) {
	if p.away {
		return nil, errAway
	}
	return p.Store.Document(ctx, article)
}

// Where nothing can be read, a refused change goes from the screen all the same, its
// reason is told once, and it can be tried again.
func TestARefusedChangeIsTakenBackOutUnread(t *testing.T) {
	store := &pulledOut{Store: newStore(t)}
	b := start(t, store, "ana")
	b.open("a0")
	b.tag(actor, "Ilse Brandvik")
	b.settle()
	store.away = true
	b.tag(event, "goes back")
	b.must(b.SetSpanNote(b.Chosen(), "built on what is refused"))
	b.settle()
	shown := func(spans int, next string) {
		t.Helper()
		if len(b.Doc().Spans()) != spans {
			t.Errorf("on screen: %v", b.Doc().Spans())
		}
		if row, _, _ := b.List().Row(context.Background(), 0); row.Spans != spans {
			t.Errorf("the list says %d spans", row.Spans)
		}
		if step, _ := b.NextUndo(); step.Title != next {
			t.Errorf("next undo %+v", step)
		}
	}
	shown(1, "Tag “Ilse Brandvik” as Actor")
	for _, e := range b.events {
		if r, ok := e.(session.Refused); ok && !strings.Contains(r.Err.Error(), "save") {
			t.Errorf("it says %s", r.Err)
		}
	}
	if err := b.Undo(context.Background()); err == nil {
		t.Error("something was undone that cannot be read")
	}
	b.tag(actor, "port")
	b.settle()
	shown(1, "Tag “Ilse Brandvik” as Actor")
	store.away = false
	b.TryAgain()
	b.settle()
	shown(3, "Tag “port” as Actor")
	if got, want := stored(t, store, "a0"), "ana l-actor Ilse Brandvik; ana l-event goes back; ana l-actor port"; got != want || b.Unsaved() != 0 {
		t.Errorf("stored %s, want %s; %d to be tried again", got, want, b.Unsaved())
	}
}
