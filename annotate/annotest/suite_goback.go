package annotest

import (
	"testing"

	"lede/annotate"
)

func testGoBack(t testing.TB, open func(testing.TB) Harness) {
	w := newWorld(t, open)
	w.imports(w.annotated("a", "some text"))
	then := w.dump()
	backup, keep := w.Other(), w.Other()
	w.must(w.Backup(ctx, backup))
	w.imports(w.annotated("b", "more text"))
	w.apply(annotate.Create(annotate.Rule{ID: w.newID(), Name: "later"}))
	now, replica := w.dump(), w.last().Replica

	w.fails(w.back(w.Path, backup, keep), annotate.ErrBusy) // its window is open
	w.must(w.Store.Close())
	w.fails(w.back(w.Path, w.Path, keep), annotate.ErrInvalid)
	w.fails(w.back(w.Path, w.Other(), keep), annotate.ErrNotFound)
	w.fails(w.back(w.Path, backup, backup), annotate.ErrExists)
	w.look(w.Path, now)

	w.must(w.back(w.Path, backup, keep))
	w.look(backup, then)
	w.look(keep, now)
	s, err := w.Projects.Open(ctx, w.Path, annotate.ModeWindow)
	w.must(err)
	w.Store = s
	w.unchanged(then)
	c := w.apply(annotate.Create(annotate.Rule{ID: w.newID(), Name: "instead"}))
	if c.Replica == replica {
		w.Fatal("changes after a restore are of the replica whose numbers others have")
	}
	w.clean()
	w.must(w.Store.Close())
	again := w.Other()
	w.must(w.back(w.Path, keep, again)) // and back
	w.look(w.Path, now)

	gone := w.Other() // where there is no project any more
	w.must(w.back(gone, backup, w.Other()))
	w.look(gone, then)
	w.look(backup, then)
}

// look expects what a project at a path holds.
func (w *world) look(path string, want []string) {
	w.Helper()
	s, err := w.Projects.Open(ctx, path, annotate.ModeRead)
	w.must(err)
	before := w.Store
	w.Store = s
	w.unchanged(want)
	w.clean()
	w.must(s.Close())
	w.Store = before
}

// back restores a project from a backup.
func (w *world) back(project, backup, keep string) error {
	return w.Projects.Restore(ctx, annotate.Restoring{Project: project, Backup: backup, Keep: keep})
}
