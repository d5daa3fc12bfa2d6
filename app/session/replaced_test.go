package session_test

import (
	"context"
	"testing"

	"lede/annotate"
	"lede/annotate/annotest"
)

// TestWholeProjectComesIn fills a new project, which a window has open, with another one:
// the window shows that, and goes on with its history.
func TestWholeProjectComesIn(t *testing.T) {
	ctx := context.Background()
	from := start(t, newStore(t), "ana")
	from.open("a0")
	from.label("Ilse", actor)
	from.settle()
	empty, err := annotest.NewMemoryProjects(annotest.NewEnvAt(annotest.Start, 70)).Create(ctx, "new.lede", "ana", []annotate.Record{
		annotate.Label{ID: "l-own", Name: "own", Hotkey: "1"},
	})
	if err != nil {
		t.Fatal(err)
	}
	window := start(t, empty, "ana")
	window.must(window.Poll(ctx))
	if got := len(window.Schema().Labels); got != 1 {
		t.Fatalf("%d labels", got)
	}
	window.must(annotest.HandOn(ctx, from.store, empty))
	window.must(window.Poll(ctx))
	if labels := window.Schema().Labels; len(labels) != 2 || labels[0].ID != actor {
		t.Fatalf("labels: %+v", labels)
	}
	if got, want := window.List().Len(), from.List().Len(); got != want || got == 0 {
		t.Fatalf("%d articles, want %d", got, want)
	}
	window.open("a0")
	if got, want := window.spans(), from.spans(); len(got) != 1 || got[0] != want[0] {
		t.Fatalf("spans: %q, want %q", got, want)
	}
	window.must(window.Undo(ctx))
	window.settle()
	if got := window.spans(); len(got) != 0 {
		t.Fatalf("after undo: %q", got)
	}
	window.label("Ilse", event)
	window.settle()
	window.must(window.Poll(ctx))
	if got := window.onDisk("ana"); len(got) != 1 {
		t.Fatalf("on disk: %q", got)
	}
}
