package session_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"lede/annotate"
	"lede/app/session"
)

// onDisk are the spans of the open article as a session that starts now shows them.
func (b *bench) onDisk(who string) []string {
	b.t.Helper()
	fresh := start(b.t, b.store, who)
	fresh.open(b.Doc().Article.ID)
	return fresh.spans()
}

// TestOwnChangesStayOnTopOfOthers changes what another program wrote before Poll
// has read that: the older change must not be shown again over the newer one.
func TestOwnChangesStayOnTopOfOthers(t *testing.T) {
	ctx := context.Background()
	store := newStore(t)
	other := start(t, store, "ana") // the command line, say
	other.open("a0")
	span := other.label("Ilse", actor)
	other.settle()
	gestures := map[string]func(b *bench){
		"label": func(b *bench) {
			b.Choose(span)
			_, err := b.Label(event)
			b.must(err)
		},
		"convert everywhere": func(b *bench) {
			c := b.Conversion(actor, event)
			b.must(c.Read(ctx, func(int) {}))
			b.must(c.Write(ctx))
			b.must(b.Poll(ctx)) // comes before the window has heard of it
			b.must(b.Converted(ctx, c))
		},
		"delete": func(b *bench) {
			b.Choose(span)
			b.must(b.Delete())
		},
	}
	for name, gesture := range gestures {
		window := start(t, store, "ana")
		window.open("a1")
		other.must(other.Poll(ctx))
		other.Choose(span)
		other.must(other.SetSpanNote(span, name))
		other.settle()
		window.open("a0")
		gesture(window)
		window.settle()
		window.must(window.Poll(ctx))
		if got, want := window.spans(), window.onDisk("ana"); !slices.Equal(got, want) {
			t.Errorf("%s: on screen %q, on disk %q", name, got, want)
		}
		var steps []string
		for step, ok := window.NextUndo(); ok && len(steps) < 2; step, ok = window.NextUndo() {
			steps = append(steps, step.Title)
			window.must(window.Undo(ctx))
			window.settle()
		}
		if len(steps) != 2 || steps[1] != "Note on “Ilse”" {
			t.Errorf("%s: the steps are %q", name, steps)
		}
		if got := fmt.Sprint(window.spans(), window.Doc().Spans()[0].Note); got != "[actor: Ilse]" {
			t.Errorf("%s: undone, there is %s", name, got)
		}
	}
}

// TestBulkStepsAmongOthers writes steps over the project while another program
// writes: both are shown, and each is one step.
func TestBulkStepsAmongOthers(t *testing.T) {
	ctx := context.Background()
	store := newStore(t)
	window, other := start(t, store, "ana"), start(t, store, "ana")
	window.open("a0")
	other.open("a0")
	window.label("Nobody", actor)
	window.settle()
	other.must(other.Poll(ctx))
	c := window.Conversion(actor, event)
	window.must(c.Read(ctx, func(int) {}))
	other.label("port", actor)
	other.settle()
	window.must(c.Write(ctx))
	window.must(window.Converted(ctx, c))
	other.label("said", actor)
	other.settle()
	window.must(window.Poll(ctx))
	window.want("both", "actor: said", "event: Nobody", "actor: port")
	var steps []string
	for step, ok := window.NextUndo(); ok && len(steps) < 4; step, ok = window.NextUndo() {
		steps = append(steps, step.Title)
		window.must(window.Undo(ctx))
		window.settle()
	}
	want := []string{"Tag “said” as Actor", "Make 1 span Event", "Tag “port” as Actor", "Tag “Nobody” as Actor"}
	if !slices.Equal(steps, want) {
		t.Errorf("steps\n got %q\nwant %q", steps, want)
	}
	if got := annotate.ID(fmt.Sprint(window.spans())); got != "[]" {
		t.Errorf("left: %s", got)
	}
}

// TestLookingWhileWritingLosesNothing: what another program wrote appears although
// the only look at the file came between a change's being on disk and the session's
// knowing it.
func TestLookingWhileWritingLosesNothing(t *testing.T) {
	ctx := context.Background()
	store := newStore(t)
	ana, ben := start(t, store, "ana"), start(t, store, "ben")
	ana.open("a0")
	ben.open("a0")
	ben.tag(actor, "Ilse Brandvik")
	ben.settle()
	ana.tag(event, "goes back")
	ana.Flush()
	ana.must(ana.Poll(ctx)) // too early, and nobody looks again
	ana.settle()
	if !slices.ContainsFunc(ana.events, func(e session.Event) bool {
		c, changed := e.(session.Changed)
		return changed && c.Origin == session.Remote
	}) {
		t.Error("ben's change never appeared")
	}
	if len(ana.Annotators()) != 2 {
		t.Errorf("annotators %v", ana.Annotators())
	}
}
