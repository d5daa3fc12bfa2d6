package annotest

import (
	"testing"

	"lede/annotate"
)

// testTakeOver lets a second window take a project over when the first is closed.
func testTakeOver(t testing.TB, open func(testing.TB) Harness) {
	w := newWorld(t, open)
	a := w.item("a", "some text")
	w.imports(a)
	second, err := w.Projects.Open(ctx, w.Path, annotate.ModeWindow)
	w.must(err)
	t.Cleanup(func() { _ = second.Close() })
	reader, err := w.Projects.Open(ctx, w.Path, annotate.ModeRead)
	w.must(err)
	t.Cleanup(func() { _ = reader.Close() })
	takes := func(s annotate.Store, want bool) {
		w.Helper()
		got, err := s.TakeOver(ctx)
		w.must(err)
		same(w, "takes over", want, got)
	}
	takes(second, false) // the first is still there
	takes(w.Store, false)
	same(w, "read-only", true, second.Info().ReadOnly)
	_, err = second.Apply(ctx, w.change(annotate.Create(annotate.Rule{ID: w.newID(), Name: "early"})))
	w.fails(err, annotate.ErrReadOnly)
	last := w.apply(annotate.Create(annotate.Rule{ID: w.newID(), Name: "last of the first"}))
	w.must(w.Store.Close())
	takes(reader, false)
	takes(second, true)
	takes(second, false)
	w.Store = second
	same(w, "read-only", false, w.Info().ReadOnly)
	same(w, "why", "", w.Info().Why)
	position, err := w.Position(ctx)
	w.must(err)
	same(w, "position", last.Position, position)
	w.apply(annotate.Create(annotate.Rule{ID: w.newID(), Name: "first of the second"}))
	w.imports(w.item("b", "more text"))
	third, err := w.Projects.Open(ctx, w.Path, annotate.ModeWindow)
	w.must(err)
	takes(third, false)
	w.must(third.Close())
	w.clean()
	w.reopen(annotate.ModeWindow)
	same(w, "read-only after it is closed", false, w.Info().ReadOnly)
	w.must(w.Store.Close())
	if taken, err := w.TakeOver(ctx); taken || err != nil {
		w.Fatalf("a project that is closed is taken over: %v %v", taken, err)
	}
}
