package session_test

import (
	"context"
	"slices"
	"testing"

	"lede/annotate"
	"lede/annotate/text"
	"lede/app/session"
)

// TestAStepOfAnotherDay asks before it takes back what touched many records, and reads
// and writes them only when it is told to: the window must not wait for that.
func TestAStepOfAnotherDay(t *testing.T) {
	ctx := context.Background()
	store := newStore(t)
	b := start(t, store, "ana")
	places := map[annotate.ID][]text.Range{}
	for _, id := range []annotate.ID{"a0", "a1", "a2"} {
		for i := range 12 {
			places[id] = append(places[id], text.Range{Start: i, End: i + 1})
		}
	}
	bulk, err := b.TagAll(annotate.Span{Label: event}, "letters", places)
	b.must(err)
	b.must(bulk.Write(ctx, nil))
	b.must(b.Wrote(ctx, bulk))
	b.settle()
	b.Close()

	again := start(t, store, "ana")
	again.open("a0")
	step, ok := again.NextUndo()
	if !ok || step.Asks == "" || step.About != session.AboutArticles {
		t.Fatalf("the step back is %+v", step)
	}
	r, err := again.Reverse(ctx, false)
	again.must(err)
	if r.Light() || len(again.Doc().Spans()) != 12 {
		t.Fatalf("it is done at once: %d spans are left", len(again.Doc().Spans()))
	}
	again.must(r.Write(ctx))
	again.must(again.Poll(ctx)) // comes before the window has heard of it
	again.must(again.Reversed(ctx, r, nil))
	if n := again.count(event); len(n) != 0 || len(again.Doc().Spans()) != 0 {
		t.Errorf("after undo: %v, %d on screen", n, len(again.Doc().Spans()))
	}
	back := slices.IndexFunc(again.events, func(e session.Event) bool {
		c, ok := e.(session.Changed)
		return ok && c.Origin == session.Reverted
	})
	if back < 0 {
		t.Error("nobody heard that it was taken back")
	}
	if step, ok := again.NextRedo(); !ok || step.Title != "Tag 36 × “letters” as Event" {
		t.Errorf("the step to bring back is %+v", step)
	}
}
