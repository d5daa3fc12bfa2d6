package backups

import (
	"context"
	"errors"
	"os"
	"sync"
	"time"

	"lede/annotate"
	"lede/app/crash"
)

// kept is the store of a project that keeps snapshots of itself.
type kept struct {
	annotate.Store
	keeper *Keeper
	path   string

	stop    context.CancelFunc // of what is done by the clock
	clock   context.Context
	working sync.WaitGroup

	mu    sync.Mutex
	last  time.Time   // when one was begun, or found not to be needed
	begun time.Time   // when the last one was begun
	taken annotate.ID // the newest change in that
}

const (
	settled = 3 * time.Second // the window shows the project first
	look    = time.Minute
	often   = time.Hour
	// many is how many records a change is about that is worth a snapshot before it.
	many = 100
)

// begin starts what is done by the clock.
func (k *kept) begin(window bool) {
	k.clock, k.stop = context.WithCancel(context.Background())
	if window {
		k.working.Add(1)
		go k.watch()
	}
}

// watch makes a snapshot when the window has settled, and every hour in which the
// project was changed.
func (k *kept) watch() {
	defer crash.Guard()
	defer k.working.Done()
	select {
	case <-k.clock.Done():
		return
	case <-time.After(settled):
	}
	k.snapshot(k.clock, Opened)
	ticker := time.NewTicker(look)
	defer ticker.Stop()
	for {
		select {
		case <-k.clock.Done():
			return
		case <-ticker.C:
			k.hourly()
		}
	}
}

// hourly makes a snapshot if it is time for one.
func (k *kept) hourly() {
	k.mu.Lock()
	due := k.keeper.o.Now().Sub(k.last).Abs() >= often // a clock that was set back is no reason to wait
	k.mu.Unlock()
	if due {
		k.snapshot(k.clock, Hourly)
	}
}

// Apply keeps a snapshot of what is there before a change of much at once.
func (k *kept) Apply(ctx context.Context, c annotate.Change) (annotate.Change, error) {
	if why := reasonFor(c); why != "" {
		k.snapshot(ctx, why)
	}
	return k.Store.Apply(ctx, c)
}

// reasonFor is why a change is worth a snapshot, "" if it is not.
func reasonFor(c annotate.Change) Reason {
	switch {
	case c.Cause == annotate.CauseCreate:
		return ""
	case c.Cause == annotate.CauseMerge:
		return Merge
	case c.TouchesSchema() && reshapes(c):
		return Schema
	case len(c.Ops) >= many || c.Touches()[annotate.KindImport] > 0:
		return Bulk
	}
	return ""
}

// reshapes says whether a change takes something out of the schema, or changes it
// together with what was made by it.
func reshapes(c annotate.Change) bool {
	for _, op := range c.Ops {
		if op.Before != nil && op.After == nil || op.Kind == annotate.KindSpan || op.Kind == annotate.KindRelation {
			return true
		}
	}
	return false
}

// BeginImport keeps a snapshot of what is there before an import.
func (k *kept) BeginImport(ctx context.Context, info annotate.Import) (annotate.Importer, error) {
	k.snapshot(ctx, Import)
	return k.Store.BeginImport(ctx, info)
}

// Compact keeps a snapshot of what is there before changes are given up.
func (k *kept) Compact(ctx context.Context, actor string, through int64, news func(done, total int)) (annotate.Change, error) {
	k.snapshot(ctx, Compact)
	return k.Store.Compact(ctx, actor, through, news)
}

// Close waits for snapshots of what was before; those by the clock are given up.
func (k *kept) Close() error {
	k.stop()
	k.working.Wait()
	return k.Store.Close()
}

// snapshot takes hold of the project as it is now, and copies it beside what comes
// then. It tells if it cannot.
func (k *kept) snapshot(ctx context.Context, why Reason) {
	now, id, err := k.moment(ctx, why)
	if err != nil || now == nil {
		if err != nil && ctx.Err() == nil {
			k.keeper.report(k.path, err)
		}
		return
	}
	ctx = context.WithoutCancel(ctx) // what it is made before may be given up and have done something
	if !why.before() {
		ctx = k.clock
	}
	at := k.keeper.o.Now()
	k.working.Add(1)
	go func() {
		defer crash.Guard()
		defer k.working.Done()
		err := k.copy(ctx, now, why, at)
		if err != nil {
			k.mu.Lock()
			if k.taken == id {
				k.taken = ""
			}
			k.mu.Unlock()
		}
		if ctx.Err() == nil {
			k.keeper.report(k.path, err)
		}
	}()
}

func (k *kept) copy(ctx context.Context, now annotate.Store, why Reason, at time.Time) error {
	var made string
	folder, err := k.keeper.o.Policy().prepare(k.path)
	if err == nil {
		made, err = copyTo(ctx, now, folder, k.path, why, at)
	}
	if err = errors.Join(err, now.Close()); err != nil {
		return err
	}
	return k.keeper.thin(ctx, k.path, made)
}

// moment is the project as it is now and its newest change, nil if no snapshot is
// needed: none are wanted, nothing was done yet, nothing since the newest, or the
// newest is as many seconds old as the project has megabytes.
func (k *kept) moment(ctx context.Context, why Reason) (annotate.Store, annotate.ID, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	p := k.keeper.o.Policy()
	file, err := os.Stat(k.path)
	if p.none(k.path) || k.Info().ReadOnly || err != nil || !file.Mode().IsRegular() { // some have no file
		return nil, "", nil
	}
	now := k.keeper.o.Now()
	pause := time.Duration(file.Size()>>20) * time.Second
	if why.before() && now.Sub(k.begun).Abs() < pause { // a clock that was set back is no reason to go without
		return nil, "", nil
	}
	change, err := newest(ctx, k.Store)
	if err != nil {
		return nil, "", err
	}
	if change.Position <= 1 || change.ID == k.taken {
		k.last = now
		return nil, "", nil
	}
	if all, err := p.Snapshots(k.path); err == nil && len(all) > 0 {
		there, err := newestIn(ctx, k.keeper.Projects, all[0].Path) // one that cannot be read is none
		switch {
		case err != nil:
		case there.ID == change.ID:
			k.last, k.taken = now, change.ID
			return nil, "", nil
		case why.before() && now.Sub(all[0].At).Abs() < pause:
			return nil, "", nil
		}
	}
	s, err := k.Snapshot(ctx)
	if err != nil {
		return nil, "", err
	}
	k.last, k.begun, k.taken = now, now, change.ID
	return s, change.ID, nil
}
