package session_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/edit"
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
	r, err := again.Reverse(ctx, step.ID, false)
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

// deed tags articles, or moves them to the bin, as the command line does.
func (b *bench) deed(deed edit.Deed, ids ...annotate.ID) annotate.Change {
	b.t.Helper()
	b.must(b.Poll(context.Background()))
	d, err := b.Deed(deed, ids)
	b.must(err)
	b.must(d.Write(context.Background(), nil))
	b.must(b.WroteDeed(context.Background(), d))
	b.settle()
	return d.Change()
}

// TestOnlyTheNamedStepIsReversed: what happens while a question names a step must not
// make the answer one to another step. It is refused, and says why.
func TestOnlyTheNamedStepIsReversed(t *testing.T) {
	ctx := context.Background()
	all := []annotate.ID{"a0", "a1", "a2"}
	tag := func(name string) edit.Deed { return edit.TagArticles([]string{name}, nil) }
	for name, c := range map[string]struct {
		redo      bool
		before    func(window *bench) // the named step is the next one after it
		meanwhile func(other *bench)
		says      string
	}{
		"another step": {
			meanwhile: func(other *bench) { other.deed(tag("later"), "a1") },
			says:      "“Tag 3 articles as round1” is not the last step any more: “Tag 1 article as later” came after it. Nothing was undone.",
		},
		"undone already": {
			meanwhile: func(other *bench) { other.must(other.Undo(ctx)) },
			says:      "“Tag 3 articles as round1” is undone already.",
		},
		"purged": {
			before: func(window *bench) { window.deed(edit.BinArticles(), "a1", "a2") },
			meanwhile: func(other *bench) {
				_, err := other.store.Purge(ctx, "ana", all[1:])
				other.must(err)
			},
			says: "was purged since, so it cannot be undone",
		},
		"redone already": {
			redo:      true,
			before:    func(window *bench) { window.must(window.Undo(ctx)) },
			meanwhile: func(other *bench) { other.must(other.Redo(ctx)) },
			says:      "“Tag 3 articles as round1” is redone already.",
		},
		"nothing to redo": {
			redo:      true,
			before:    func(window *bench) { window.must(window.Undo(ctx)) },
			meanwhile: func(other *bench) { other.deed(tag("later"), "a1") },
			says:      "“Tag 1 article as later” was done in the meantime, so nothing can be redone.",
		},
		"another to redo": {
			redo:      true,
			before:    func(window *bench) { window.must(window.Undo(ctx)) },
			meanwhile: func(other *bench) { other.must(other.Undo(ctx)) },
			says:      "is not the next step to redo any more: “Tag 1 article as first” was undone after it. Nothing was redone.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			store := newStore(t)
			window, other := start(t, store, "ana"), start(t, store, "ana")
			window.open("a0")
			window.deed(tag("first"), "a0")
			window.deed(tag("round1"), all...)
			next := window.NextUndo
			if c.redo {
				next = window.NextRedo
			}
			if c.before != nil {
				c.before(window)
			}
			step, ok := next()
			if !ok {
				t.Fatal("there is nothing to ask about")
			}
			other.must(other.Poll(ctx))
			c.meanwhile(other)
			window.must(window.Poll(ctx))
			position, err := store.Position(ctx)
			window.must(err)
			r, err := window.Reverse(ctx, step.ID, c.redo)
			if r != nil || err == nil || !strings.Contains(err.Error(), c.says) || errors.Is(err, annotate.ErrNothing) {
				t.Errorf("the answer is %v, want %q", err, c.says)
			}
			if after, _ := store.Position(ctx); after != position {
				t.Error("something was written")
			}
		})
	}
}

// TestAPurgeWhileAStepIsWritten: what is left of a step that another program purged is
// not what was named, and is not taken back.
func TestAPurgeWhileAStepIsWritten(t *testing.T) {
	ctx := context.Background()
	store := newStore(t)
	b := start(t, store, "ana")
	bin := b.deed(edit.BinArticles(), "a0", "a1")
	b.Close()
	window := start(t, store, "ana")
	r, err := window.Reverse(ctx, bin.ID, false)
	window.must(err)
	_, err = store.Purge(ctx, "bo", []annotate.ID{"a1"})
	window.must(err)
	position, err := store.Position(ctx)
	window.must(err)
	err = window.Reversed(ctx, r, r.Write(ctx))
	if after, _ := store.Position(ctx); err == nil || after != position {
		t.Errorf("it was taken back: %v", err)
	}
}
