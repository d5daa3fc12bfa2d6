package main_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/app/backups"
	"lede/storage"
)

// The tests of snapshots are here, and not beside their code in app, because they hold the
// Keeper against files: their rights, their places, a damaged one among them. Those only
// the real store makes.

var ctx = context.Background()

var start = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC) // a Monday

// world is a project whose Keeper has a clock that is set by hand.
type world struct {
	*testing.T
	*backups.Keeper
	policy backups.Policy
	dir    string
	path   string
	env    *annotate.Env

	mu     sync.Mutex
	now    time.Time
	failed []error
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{T: t, dir: t.TempDir(), now: start}
	env := annotest.NewEnvAt(start, 7)
	w.env = &env
	w.path = filepath.Join(w.dir, "strike.lede")
	w.policy = backups.Policy{Place: filepath.Join(w.dir, "kept"), Newest: 3, Apart: filepath.Join(w.dir, "apart")}
	w.Keeper = backups.NewKeeper(backups.Options{
		Projects: storage.New(storage.Options{Env: env, InstallID: "test"}),
		Policy:   func() backups.Policy { return w.policy },
		Now: func() time.Time {
			w.mu.Lock()
			defer w.mu.Unlock()
			return w.now
		},
	})
	w.OnFailed(func(err error) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.failed = append(w.failed, err)
	})
	w.make(w.path)
	return w
}

func (w *world) make(path string) {
	w.Helper()
	s, err := w.Create(ctx, path, "ana", nil)
	w.must(err)
	w.must(s.Close())
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// wait lets time pass.
func (w *world) wait(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

// change opens a project, applies changes and closes it: snapshots are there then.
func (w *world) change(path string, changes ...annotate.Change) {
	w.Helper()
	s, err := w.Open(ctx, path, annotate.ModeWrite)
	w.must(err)
	for _, c := range changes {
		_, err := s.Apply(ctx, c)
		w.must(err)
	}
	w.must(s.Close())
}

// rules is a change of n records.
func (w *world) rules(n int) annotate.Change {
	c := annotate.Change{ID: w.env.NewID(), Actor: "ana", Cause: annotate.CauseManual, Title: "Rules"}
	for i := range n {
		c.Ops = append(c.Ops, annotate.Create(annotate.Rule{ID: w.env.NewID(), Name: fmt.Sprint(i)}))
	}
	return c
}

// has expects the reasons of a project's snapshots, newest first.
func (w *world) has(path string, want ...backups.Reason) []backups.Backup {
	w.Helper()
	all, err := w.policy.Snapshots(path)
	w.must(err)
	var got []backups.Reason
	for _, b := range all {
		got = append(got, b.Why)
	}
	if !slices.Equal(got, want) {
		w.Fatalf("there are snapshots %q, want %q", got, want)
	}
	return all
}

func TestSnapshotsBeforeLargeChanges(t *testing.T) {
	w := newWorld(t)
	w.change(w.path, w.rules(150))
	w.has(w.path) // nothing was done in it before
	w.change(w.path, w.rules(1))
	w.has(w.path)
	w.wait(time.Minute)
	w.change(w.path, w.rules(150), w.rules(1))
	all := w.has(w.path, backups.Bulk)
	if facts, err := backups.Look(ctx, w.Keeper, all[0].Path); err != nil || facts.Last.Position != 3 {
		t.Errorf("it is the project of change %d, %v; want the moment before the third", facts.Last.Position, err)
	}
	if want := "strike 2026-03-02 08-01-00Z before bulk change.lede"; filepath.Base(all[0].Path) != want {
		t.Errorf("it is called %s", all[0].Path)
	}
	for path, want := range map[string]os.FileMode{all[0].Path: 0o600, filepath.Dir(all[0].Path): 0o700} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s is %v, want %v", path, info.Mode().Perm(), want)
		}
	}
	s, err := w.Open(ctx, w.path, annotate.ModeWrite)
	w.must(err)
	w.wait(time.Minute)
	im, err := s.BeginImport(ctx, annotate.Import{ID: w.env.NewID(), Format: "text"})
	w.must(err)
	w.must(im.Abort(ctx))
	im, err = s.BeginImport(ctx, annotate.Import{ID: w.env.NewID(), Format: "text"}) // nothing changed
	w.must(err)
	w.must(im.Abort(ctx))
	w.must(s.Close())
	w.has(w.path, backups.Import, backups.Bulk)
	if len(w.failed) > 0 {
		t.Error(w.failed)
	}
}

// TestSnapshotsOfTheSameName keeps projects of one name apart, and what is Lede's own
// out; with none wanted there are none.
func TestSnapshotsOfTheSameName(t *testing.T) {
	w := newWorld(t)
	other := filepath.Join(w.dir, "other", "strike.lede")
	apart := filepath.Join(w.dir, "apart", "strike.lede")
	for _, path := range []string{other, apart} {
		w.must(os.MkdirAll(filepath.Dir(path), 0o700))
		w.make(path)
		w.change(path, w.rules(1), w.rules(150))
	}
	w.has(other, backups.Bulk)
	w.has(w.path)
	w.has(apart)
	w.policy.Newest = 0
	w.change(w.path, w.rules(1), w.rules(150))
	w.has(w.path)
}

// TestThinnedAfterASnapshot takes the oldest away, but only when the newest can be read.
func TestThinnedAfterASnapshot(t *testing.T) {
	w := newWorld(t)
	w.change(w.path, w.rules(1))
	for range 6 {
		w.wait(time.Minute)
		w.change(w.path, w.rules(150))
	}
	all := w.has(w.path, backups.Bulk, backups.Bulk, backups.Bulk)
	if want := w.now; !all[0].At.Equal(want) {
		t.Errorf("the newest is of %v, want %v", all[0].At, want)
	}
	w.wait(time.Hour)
	junk := filepath.Join(filepath.Dir(all[0].Path), "strike 2027-01-01 00-00-00Z hourly.lede")
	w.must(os.WriteFile(junk, []byte("no project"), 0o600))
	w.change(w.path, w.rules(150))
	w.has(w.path, backups.Hourly, backups.Bulk, backups.Bulk, backups.Bulk, backups.Bulk)
}

// TestClockSetBack: a clock that goes wrong by years keeps no snapshot from being made, and
// the one of the present is not the one that is taken away as the oldest.
func TestClockSetBack(t *testing.T) {
	w := newWorld(t)
	w.change(w.path, w.rules(1))
	w.change(w.path, w.rules(150))
	made := w.has(w.path, backups.Bulk)[0].Path
	for range 30 { // more hours, days and weeks than stay
		w.wait(8 * 24 * time.Hour)
		w.must(os.Link(made, strings.Replace(made, start.Format("2006-01-02"), w.now.Format("2006-01-02"), 1)))
	}
	before, err := w.policy.Snapshots(w.path)
	w.must(err)
	for _, far := range []time.Duration{-20 * 365 * 24 * time.Hour, 40 * 365 * 24 * time.Hour, -20 * 365 * 24 * time.Hour} {
		w.wait(far)
		w.change(w.path, w.rules(150))
		all, err := w.policy.Snapshots(w.path)
		w.must(err)
		if !slices.ContainsFunc(all, func(b backups.Backup) bool { return b.At.Equal(w.now) }) {
			t.Errorf("there is no snapshot of %v", w.now)
		}
	}
	all, err := w.policy.Snapshots(w.path)
	w.must(err)
	for _, b := range before[:w.policy.Newest-1] { // one year ahead counts as newest, too
		if !slices.Contains(all, b) {
			t.Errorf("%s was taken away", b.Path)
		}
	}
}

// TestPlaceThatCannotBeUsed stops no work, and is told once until it can be used again.
func TestPlaceThatCannotBeUsed(t *testing.T) {
	w := newWorld(t)
	w.must(os.WriteFile(w.policy.Place, nil, 0o600))
	w.change(w.path, w.rules(1), w.rules(150), w.rules(150))
	w.change(w.path, w.rules(150))
	if len(w.failed) != 1 || !strings.Contains(w.failed[0].Error(), "Work goes on") {
		t.Fatalf("it was told: %v", w.failed)
	}
	w.must(os.Remove(w.policy.Place))
	w.change(w.path, w.rules(150))
	w.has(w.path, backups.Bulk)
	w.must(os.RemoveAll(w.policy.Place))
	w.must(os.WriteFile(w.policy.Place, nil, 0o600))
	w.change(w.path, w.rules(150))
	if len(w.failed) != 2 {
		t.Errorf("it was told %d times", len(w.failed))
	}
}

// TestGoBack restores a snapshot, keeps the present among the snapshots, and finds the
// snapshots of a project that was moved, and the copies beside it.
func TestGoBack(t *testing.T) {
	w := newWorld(t)
	w.change(w.path, w.rules(1), w.rules(150))
	then := w.has(w.path, backups.Bulk)[0]
	w.wait(time.Minute)
	keep, err := w.GoBack(ctx, w.path, then.Path, false)
	w.must(err)
	all := w.has(w.path, backups.Restore, backups.Bulk)
	if all[0].Path != keep {
		t.Errorf("the present is in %s, not %s", keep, all[0].Path)
	}
	if facts, err := backups.Look(ctx, w.Keeper, w.path); err != nil || facts.Last.Position != 2 {
		t.Errorf("the project is that of change %d, %v", facts.Last.Position, err)
	}
	w.wait(time.Minute)
	if _, err := w.GoBack(ctx, w.path, keep, false); err != nil { // and forth
		t.Fatal(err)
	}
	if facts, err := backups.Look(ctx, w.Keeper, w.path); err != nil || facts.Last.Position != 3 {
		t.Errorf("the project is that of change %d, %v", facts.Last.Position, err)
	}

	moved := filepath.Join(w.dir, "elsewhere.lede")
	w.must(os.Rename(w.path, moved))
	s, err := w.Open(ctx, moved, annotate.ModeRead)
	w.must(err)
	w.must(s.Backup(ctx, filepath.Join(w.dir, "copy [1].lede")))
	w.must(s.Close())
	w.make(filepath.Join(w.dir, "elsewhere 2.lede")) // another project
	found, err := w.List(ctx, moved)
	w.must(err)
	var why []backups.Reason
	for _, b := range found {
		why = append(why, b.Why)
	}
	slices.Sort(why)
	if want := []backups.Reason{backups.Bulk, backups.Restore, backups.Restore, backups.ByHand}; !slices.Equal(why, want) {
		t.Errorf("it can go back to %v, want %v", why, want)
	}
}

// TestByHand makes one even if nothing changed, under a name of its own; long names in
// any script are no hindrance.
func TestByHand(t *testing.T) {
	w := newWorld(t)
	for _, name := range []string{"strike", strings.Repeat("新聞🗞", 22), "a [b] *c? 2026-01-01 00-00-00Z hourly"} {
		path := filepath.Join(w.dir, name+".lede")
		if name != "strike" {
			w.make(path)
		}
		for range 2 {
			_, err := w.Take(ctx, path)
			w.must(err)
		}
		w.has(path, backups.ByHand, backups.ByHand)
	}
	if bytes, n := w.policy.Used(); n != 6 || bytes < 6*4096 {
		t.Errorf("%d snapshots take %d bytes", n, bytes)
	}
}
