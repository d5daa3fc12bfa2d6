package session_test

import (
	"context"
	"slices"
	"testing"

	"lede/annotate"
	"lede/annotate/migrate"
	"lede/app/session"
)

func (b *bench) recolour(color string) {
	b.t.Helper()
	l, _ := b.Schema().Label(actor)
	l.Color = color
	if err := b.EditSchema("Recolour Actor", l); err != nil {
		b.t.Fatal(err)
	}
}

// reverse takes a step back, or brings it back, if it is one of the schema.
func (b *bench) reverse(redo bool) error {
	next := b.NextUndo
	if redo {
		next = b.NextRedo
	}
	step, ok := next()
	if !ok || step.About != session.AboutSchema {
		return nil
	}
	r, err := b.Reverse(context.Background(), step.ID, redo)
	if err != nil {
		return err
	}
	return b.Reversed(context.Background(), r, r.Write(context.Background()))
}

func (b *bench) color() string {
	l, _ := b.Schema().Label(actor)
	return l.Color
}

func TestSchemaEditsHoldAtOnceAndAreUndone(t *testing.T) {
	store := newStore(t)
	b := start(t, store, "ana")
	b.open("a0")
	version := b.Schema().Version
	b.recolour("#112233")
	if b.color() != "#112233" || b.Doc().Schema != b.Schema() || b.Schema().Version != version+1 {
		t.Error("the session and the article do not have the new schema at once")
	}
	if !slices.ContainsFunc(b.events, func(e session.Event) bool { _, ok := e.(session.SchemaChanged); return ok }) {
		t.Error("nobody heard of it")
	}
	b.settle()
	onDisk, err := store.Schema(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if l, _ := onDisk.Label(actor); l.Color != "#112233" || onDisk.Version != b.Schema().Version {
		t.Errorf("on disk the colour is %q and the version %d, here %d", l.Color, onDisk.Version, b.Schema().Version)
	}
	b.recolour("#445566")
	step, ok := b.NextUndo()
	if !ok || step.Title != "Recolour Actor" || step.About != session.AboutSchema {
		t.Fatalf("the next step back is %+v", step)
	}
	for _, want := range []string{"#112233", ""} {
		if err := b.reverse(false); err != nil {
			t.Fatal(err)
		}
		if b.color() != want {
			t.Errorf("after undo the colour is %q, want %q", b.color(), want)
		}
	}
	for _, want := range []string{"#112233", "#445566"} {
		if err := b.reverse(true); err != nil {
			t.Fatal(err)
		}
		if b.color() != want {
			t.Errorf("after redo the colour is %q, want %q", b.color(), want)
		}
	}
}

func TestTheSchemaUndoesNoSpans(t *testing.T) {
	b := start(t, newStore(t), "ana")
	b.open("a0")
	b.recolour("#112233")
	b.tag(actor, "Ilse")
	if step, _ := b.NextUndo(); step.About == session.AboutSchema {
		t.Fatalf("the schema would undo %+v", step)
	}
	if err := b.reverse(false); err != nil || len(b.Doc().Spans()) != 1 || b.color() != "#112233" {
		t.Errorf("%d spans, colour %q, %v", len(b.Doc().Spans()), b.color(), err)
	}
}

// Somebody else tagged with a label that is taken back: the store refuses, and the
// label is there again.
func TestUndoOfALabelInUseIsRefused(t *testing.T) {
	store := newStore(t)
	b := start(t, store, "ana")
	b.open("a0")
	added := annotate.Label{ID: b.Env().NewID(), Name: "thing", Title: "Thing", Order: 9}
	if err := b.EditSchema("Add label Thing", added); err != nil {
		t.Fatal(err)
	}
	b.settle()
	other := start(t, store, "bo")
	other.open("a1")
	other.tag(added.ID, "walked out")
	other.settle()
	if err := b.reverse(false); err != nil {
		t.Fatal(err)
	}
	b.settle()
	if _, ok := b.Schema().Label(added.ID); !ok {
		t.Error("the label is gone though it is in use")
	}
	if !slices.ContainsFunc(b.events, func(e session.Event) bool { _, ok := e.(session.Refused); return ok }) {
		t.Error("nobody was told why")
	}
}

func TestSchemaIsEditedWhileAnotherAnnotatorIsShown(t *testing.T) {
	store := newStore(t)
	other := start(t, store, "bo")
	other.open("a0")
	other.tag(actor, "Ilse")
	other.settle()
	b := start(t, store, "ana")
	b.open("a0")
	if err := b.Show(context.Background(), "bo"); err != nil {
		t.Fatal(err)
	}
	b.recolour("#112233")
	if b.color() != "#112233" {
		t.Error("the colour stayed")
	}
}

// A step of another day is known to be of the schema once it was looked for, and is
// taken back with what it did to spans.
func TestStepsOfTheSchemaFromBefore(t *testing.T) {
	ctx, store := context.Background(), newStore(t)
	b := start(t, store, "ana")
	b.open("a0")
	b.tag(actor, "Ilse")
	b.settle()
	c, plan, err := b.PreviewSchema(ctx, migrate.MergeLabels{From: []annotate.ID{actor}, Into: event})
	if err != nil || plan.Touched.Spans != 1 {
		t.Fatalf("%+v, %v", plan, err)
	}
	b.must(b.ApplySchema(ctx, c))
	b.Close()
	again := start(t, store, "ana")
	again.open("a0")
	if step, ok := again.NextUndo(); !ok || step.Title != plan.Title || step.About != session.AboutSchema || step.Asks == "" {
		t.Fatalf("the next step back is %+v", step)
	}
	again.must(again.reverse(false))
	if span := again.Doc().Spans()[0]; span.Label != actor {
		t.Errorf("the span is %s", span.Label)
	}
	again.must(again.reverse(true))
	if span := again.Doc().Spans()[0]; span.Label != event {
		t.Errorf("after redo the span is %s", span.Label)
	}
}
