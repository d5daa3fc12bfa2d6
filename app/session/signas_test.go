package session_test

import (
	"context"
	"slices"
	"testing"

	"lede/annotate"
)

// importer is who imports the articles of newStore.
const importer = "ana"

func (b *bench) names() (names []string) {
	b.t.Helper()
	people, err := b.store.Annotators(context.Background())
	b.must(err)
	for _, a := range people {
		names = append(names, a.Name)
	}
	return names
}

func TestSignAs(t *testing.T) {
	ctx := context.Background()
	b := start(t, newStore(t), "root")
	b.open("a0")
	b.tag(actor, "Ilse Brandvik")
	for _, name := range []string{"ana", "Ana"} {
		b.must(b.SignAs(ctx, " "+name, importer))
		b.settle()
		if b.Annotator().Name != name || len(b.Doc().Spans()) != 1 || !slices.Equal(b.names(), []string{name}) {
			t.Errorf("as %s: %v, %v", b.Annotator().Name, b.Doc().Spans(), b.names())
		}
	}
	b.must(b.Undo(ctx))
	b.must(b.Undo(ctx))
	b.settle()
	if !slices.Equal(b.names(), []string{"root"}) {
		t.Errorf("annotators after undo: %v", b.names())
	}
}

func TestSignAsWhileAnotherIsShown(t *testing.T) {
	ctx := context.Background()
	b := start(t, newStore(t), "ben")
	b.open("a0")
	b.tag(actor, "Ilse Brandvik")
	b.must(b.Annotate(ctx, "root"))
	b.tag(actor, "Ilse Brandvik")
	b.must(b.Show(ctx, "ben"))
	b.must(b.SignAs(ctx, "ana", importer))
	b.settle()
	if b.Shown().Name != "ana" || !slices.Equal(b.names(), []string{"ana", "ben"}) {
		t.Errorf("%s is shown of %v", b.Shown().Name, b.names())
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
// already, and where some of them may have come from somebody else.
func TestSignAsLeavesOthersAlone(t *testing.T) {
	ctx := context.Background()
	b := start(t, newStore(t), "ben")
	b.open("a0")
	b.tag(actor, "Ilse Brandvik")
	b.must(b.Annotate(ctx, "root"))
	b.tag(actor, "Ilse Brandvik")
	b.must(b.SignAs(ctx, "Ben", importer))
	if !slices.Equal(b.names(), []string{"ben", "root"}) {
		t.Errorf("annotators %v", b.names())
	}
	for _, c := range []struct {
		store    annotate.Store
		importer string
	}{{elsewhere{newStore(t)}, importer}, {newStore(t), "lede"}} {
		b := start(t, c.store, "root")
		b.open("a0")
		b.tag(actor, "Ilse Brandvik")
		b.must(b.SignAs(ctx, "ana", c.importer))
		if !slices.Equal(b.names(), []string{"root"}) {
			t.Errorf("annotators %v", b.names())
		}
	}
}
