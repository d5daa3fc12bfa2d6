package session_test

import (
	"context"
	"testing"

	"lede/annotate"
)

func TestSignAs(t *testing.T) {
	ctx := context.Background()
	b := start(t, newStore(t), "root")
	b.open("a0")
	b.tag(actor, "Ilse Brandvik")
	b.must(b.SignAs(ctx, "ana"))
	b.settle()
	if b.Annotator().Name != "ana" || len(b.Doc().Spans()) != 1 {
		t.Errorf("as %s: %v", b.Annotator().Name, b.Doc().Spans())
	}
	if people, err := b.store.Annotators(ctx); err != nil || len(people) != 1 || people[0].Name != "ana" {
		t.Errorf("annotators %v, %v", people, err)
	}
	b.must(b.Undo(ctx))
	b.settle()
	if people, err := b.store.Annotators(ctx); err != nil || len(people) != 1 || people[0].Name != "root" {
		t.Errorf("annotators after undo %v, %v", people, err)
	}
}

// elsewhere is a project that has come from somebody else.
type elsewhere struct{ annotate.Store }

func (e elsewhere) Info() annotate.Info {
	info := e.Store.Info()
	info.Replica = "this copy"
	return info
}

// TestSignAsLeavesOthersAlone: annotations keep their name where the new one is somebody's
// already, and where another copy of the project had a part in it.
func TestSignAsLeavesOthersAlone(t *testing.T) {
	ctx := context.Background()
	b := start(t, newStore(t), "ben")
	b.open("a0")
	b.tag(actor, "Ilse Brandvik")
	b.must(b.Annotate(ctx, "root"))
	b.tag(actor, "Ilse Brandvik")
	b.must(b.SignAs(ctx, "Ben"))
	if people := b.Annotators(); len(people) != 2 {
		t.Errorf("annotators %v", people)
	}
	b = start(t, elsewhere{newStore(t)}, "root")
	b.open("a0")
	b.tag(actor, "Ilse Brandvik")
	b.must(b.SignAs(ctx, "ana"))
	if people := b.Annotators(); len(people) != 1 || people[0].Name != "root" {
		t.Errorf("annotators %v", people)
	}
}
