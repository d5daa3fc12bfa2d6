package session_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"lede/annotate"
	"lede/annotate/text"
	"lede/app/session"
)

func (b *bench) count(label annotate.ID) map[annotate.ID]int {
	b.t.Helper()
	n := map[annotate.ID]int{}
	for doc, err := range b.store.Documents(context.Background(), annotate.DocumentQuery{}) {
		if err != nil {
			b.t.Fatal(err)
		}
		for _, set := range doc.Sets {
			for _, span := range set.Spans {
				if span.Label == label {
					n[doc.Article.ID]++
				}
			}
		}
	}
	return n
}

// TestTagAllIsOneStep labels places of all articles as one change of a newcomer,
// undone and redone as one.
func TestTagAllIsOneStep(t *testing.T) {
	ctx := context.Background()
	b := start(t, newStore(t), "ben")
	if err := b.Open(ctx, "a1"); err != nil {
		t.Fatal(err)
	}
	like := annotate.Span{Label: event, Attributes: annotate.Values{"kind": json.RawMessage(`"x"`)}, Entity: ""}
	bulk, err := b.TagAll(like, "the word", map[annotate.ID][]text.Range{
		"a0": {{Start: 0, End: 4}, {Start: 5, End: 12}}, "a1": {{Start: 7, End: 14}}, "a2": {{Start: 0, End: 5}},
	})
	if err != nil {
		t.Fatal(err)
	}
	told := 0
	if err := bulk.Write(ctx, func(done, total int) { told = done*10 + total }); err != nil {
		t.Fatal(err)
	}
	if err := b.Poll(ctx); err != nil { // comes before the window has heard of it
		t.Fatal(err)
	}
	if err := b.Wrote(ctx, bulk); err != nil {
		t.Fatal(err)
	}
	if n := b.count(event); n["a0"] != 2 || n["a1"] != 1 || n["a2"] != 1 || told != 33 || bulk.Spans() != 4 {
		t.Errorf("spans %v, progress %d", n, told)
	}
	spans := b.Doc().Spans()
	if len(spans) != 1 || spans[0].Origin != annotate.OriginRule || spans[0].Attributes.String("kind") != "x" {
		t.Errorf("on screen: %+v", spans)
	}
	step, ok := b.NextUndo()
	if !ok || step.Title != "Tag 4 × “the word” as Event" {
		t.Errorf("the next undo is %+v", step)
	}
	history, err := b.store.History(ctx, annotate.HistoryQuery{Newest: true, Limit: 1})
	if err != nil || history[0].Cause != annotate.CauseRule || history[0].Actor != "ben" {
		t.Errorf("history: %+v, %v", history, err)
	}
	if err := b.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	if n := b.count(event); len(n) != 0 || len(b.Doc().Spans()) != 0 {
		t.Errorf("after undo: %v", n)
	}
	if err := b.Redo(ctx); err != nil {
		t.Fatal(err)
	}
	if n := b.count(event); len(n) != 3 || len(b.Doc().Spans()) != 1 {
		t.Errorf("after redo: %v", n)
	}
}

// TestTagAllLeavesWhatIsThere makes no second span, keeps done sets done, and
// nothing when it is given up.
func TestTagAllLeavesWhatIsThere(t *testing.T) {
	ctx := context.Background()
	b := start(t, newStore(t), "ana")
	if err := b.Open(ctx, "a0"); err != nil {
		t.Fatal(err)
	}
	b.Select(text.Range{Start: 0, End: 4})
	if _, err := b.Label(actor); err != nil {
		t.Fatal(err)
	}
	if err := b.SetStatus(annotate.Done, ""); err != nil {
		t.Fatal(err)
	}
	places := map[annotate.ID][]text.Range{"a0": {{Start: 0, End: 4}, {Start: 5, End: 12}}}
	bulk, err := b.TagAll(annotate.Span{Label: actor}, "x", places)
	if err != nil {
		t.Fatal(err)
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if err := bulk.Write(gone, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("given up: %v", err)
	}
	if n := b.count(actor); n["a0"] != 1 {
		t.Errorf("after giving up: %v", n)
	}
	if bulk, err = b.TagAll(annotate.Span{Label: actor}, "x", places); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(bulk.Write(ctx, nil), b.Wrote(ctx, bulk)); err != nil {
		t.Fatal(err)
	}
	if n := b.count(actor); n["a0"] != 2 || b.Doc().Status() != annotate.Done {
		t.Errorf("spans %v, status %s", n, b.Doc().Status())
	}
	if bulk, err = b.TagAll(annotate.Span{Label: actor}, "x", places); err != nil {
		t.Fatal(err)
	}
	if err := bulk.Write(ctx, nil); !errors.Is(err, annotate.ErrNothing) {
		t.Errorf("the same again: %v", err)
	}
	if !slices.ContainsFunc(b.events, func(e session.Event) bool { _, ok := e.(session.SavedChanged); return ok }) {
		t.Error("nobody heard that it is saved")
	}
}
