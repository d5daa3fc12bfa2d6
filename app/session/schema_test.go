package session_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/migrate"
	"lede/app/session"
)

// A change of the schema is previewed, done as one step, shown, and taken back.
func TestSchemaChange(t *testing.T) {
	ctx := context.Background()
	b := start(t, newStore(t), "ana")
	b.open("a0")
	b.tag(actor, "Ilse Brandvik")
	b.tag(event, "said")
	b.Arm(actor)
	c, plan, err := b.PreviewSchema(ctx, migrate.MergeLabels{From: []annotate.ID{actor}, Into: event})
	b.must(err)
	if plan.Touched.Spans != 1 || plan.Touched.Articles != 1 || !strings.HasPrefix(plan.Sentences[0], "1 span of “actor”") {
		t.Fatalf("the preview is %+v", plan)
	}
	if got := stored(t, b.store, "a0"); got != "ana l-actor Ilse Brandvik; ana l-event said" {
		t.Fatalf("a preview changed something: %s", got)
	}
	b.events = nil
	b.must(b.ApplySchema(ctx, c))
	const merged = "ana l-event Ilse Brandvik; ana l-event said"
	if got := stored(t, b.store, "a0"); got != merged {
		t.Fatalf("the store has %s", got)
	}
	if _, there := b.Schema().Label(actor); there || b.Armed() != "" || b.Doc().Spans()[0].Label != event {
		t.Error("the screen shows what is gone")
	}
	told := false
	for _, e := range b.events {
		_, schema := e.(session.SchemaChanged)
		told = told || schema
	}
	if next, ok := b.NextUndo(); !told || !ok || next.Title != "Merge label “actor” into “event”" || next.Asks == "" {
		t.Errorf("undo would be %+v", next)
	}
	b.must(b.Undo(ctx))
	if got := stored(t, b.store, "a0"); got != "ana l-actor Ilse Brandvik; ana l-event said" {
		t.Errorf("undone the store has %s", got)
	}
	b.must(b.Redo(ctx))
	if got := stored(t, b.store, "a0"); got != merged {
		t.Errorf("redone the store has %s", got)
	}
}

// What was previewed is done, or nothing.
func TestSchemaChangeAfterThePreview(t *testing.T) {
	ctx := context.Background()
	b := start(t, newStore(t), "ana")
	b.open("a0")
	b.tag(actor, "Ilse Brandvik")
	c, _, err := b.PreviewSchema(ctx, migrate.DeleteLabel{Label: actor})
	b.must(err)
	b.tag(actor, "port")
	b.settle()
	if err := b.ApplySchema(ctx, c); !errors.Is(err, annotate.ErrConflict) || !strings.Contains(err.Error(), "Look at the preview again") {
		t.Fatalf("it was done: %v", err)
	}
	plan, err := c.Preview(ctx, nil)
	b.must(err)
	if plan.Touched.DeletedSpans != 2 {
		t.Errorf("touched %+v", plan.Touched)
	}
	b.must(b.ApplySchema(ctx, c))
	if got := stored(t, b.store, "a0"); got != "" {
		t.Errorf("the store has %s", got)
	}
	if _, _, err := b.PreviewSchema(ctx, migrate.DeleteLabel{Label: actor}); !errors.Is(err, annotate.ErrNotFound) {
		t.Errorf("a label that is gone is deleted: %v", err)
	}
	nothing, err := b.ChangeSchema()
	b.must(err)
	if err := nothing.Write(ctx); !errors.Is(err, annotate.ErrNothing) {
		t.Errorf("nothing was written: %v", err)
	}
}

func TestSchemaChangeOfAReadOnlyProject(t *testing.T) {
	store := newStore(t)
	second := start(t, readOnly{store}, "ben")
	if _, err := second.ChangeSchema(migrate.DeleteLabel{Label: actor}); !errors.Is(err, annotate.ErrReadOnly) {
		t.Errorf("it is changed: %v", err)
	}
}

// readOnly is a store that somebody else holds.
type readOnly struct{ annotate.Store }

func (r readOnly) Info() annotate.Info {
	info := r.Store.Info()
	info.ReadOnly, info.Why = true, "Another window has it open."
	return info
}
