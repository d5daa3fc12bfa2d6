package backups

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"time"

	"lede/annotate"
)

// Keeper is the projects of this computer, which keep snapshots of themselves when they
// are opened through it to be written. It is safe for use by several goroutines.
type Keeper struct {
	annotate.Projects
	o Options

	mu     sync.Mutex
	failed func(error)
	told   map[string]bool // by project, while its snapshots fail
}

// Options is what a Keeper needs.
type Options struct {
	Projects annotate.Projects
	Policy   func() Policy // as it is chosen now
	Now      func() time.Time
}

// NewKeeper makes one.
func NewKeeper(o Options) *Keeper {
	return &Keeper{Projects: o.Projects, o: o, told: map[string]bool{}}
}

// Policy is as it is chosen now.
func (k *Keeper) Policy() Policy { return k.o.Policy() }

// OnFailed calls f, on any goroutine, when a project got no snapshot: once, until it
// gets one again.
func (k *Keeper) OnFailed(f func(error)) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.failed = f
}

// Open opens a project. One that may be written keeps snapshots of itself until it is
// closed; in a window that is by the clock, too.
func (k *Keeper) Open(ctx context.Context, path string, mode annotate.Mode) (annotate.Store, error) {
	s, err := k.Projects.Open(ctx, path, mode)
	if err != nil || mode == annotate.ModeRead {
		return s, err
	}
	kept := &kept{Store: s, keeper: k, path: path, last: k.o.Now()}
	kept.begin(mode == annotate.ModeWindow)
	return kept, nil
}

// List lists what a project can go back to, newest first.
func (k *Keeper) List(ctx context.Context, project string) ([]Backup, error) {
	return List(ctx, k.Projects, k.o.Policy(), project)
}

// Take makes a snapshot of a project by hand, whether it is open or not, and says where
// it is. It is made even if nothing changed.
func (k *Keeper) Take(ctx context.Context, project string) (path string, err error) {
	p := k.o.Policy()
	folder, err := p.prepare(project)
	if err != nil {
		return "", told(project, err)
	}
	err = reading(ctx, k.Projects, project, func(s annotate.Store) (err error) {
		path, err = copyTo(ctx, s, folder, project, ByHand, k.o.Now())
		return err
	})
	return path, err
}

// copyTo copies a project into a folder under a free name.
func copyTo(ctx context.Context, s annotate.Store, folder, project string, why Reason, now time.Time) (path string, err error) {
	for range 3 { // another program may take the name meanwhile
		path = nameFor(folder, project, why, now)
		if err = s.Backup(ctx, path); !errors.Is(err, annotate.ErrExists) {
			break
		}
	}
	return path, err
}

// GoBack makes a project what a backup is and says where the present was kept: among
// its snapshots or, if that cannot be, beside it; "" if there was nothing any more.
// anyway replaces even what does not look like a project.
func (k *Keeper) GoBack(ctx context.Context, project, backup string, anyway bool) (keep string, err error) {
	folder, err := k.o.Policy().prepare(project)
	if err != nil {
		folder = filepath.Dir(project)
	}
	_, gone := os.Lstat(project)
	keep = nameFor(folder, project, Restore, k.o.Now())
	if err := k.Restore(ctx, annotate.Restoring{Project: project, Backup: backup, Keep: keep, Anyway: anyway}); err != nil {
		return "", err
	}
	if gone != nil {
		return "", nil
	}
	return keep, nil
}

// thin removes the snapshots of a project that need not stay. The newest must be one
// that can be read. The one that was just made stays even if, by a clock that was set back,
// it is older than all others.
func (k *Keeper) thin(ctx context.Context, project, made string) error {
	p := k.o.Policy()
	all, err := p.Snapshots(project)
	if err != nil || len(all) == 0 {
		return err
	}
	if _, err := newestIn(ctx, k.Projects, all[0].Path); err != nil {
		return nil //nolint:nilerr // as long as the newest is of no use, the others stay
	}
	for _, b := range p.Superfluous(all, k.o.Now().Location()) {
		if b.Path == made {
			continue
		}
		for _, suffix := range []string{"", "-wal", "-journal"} { // a damaged project is kept with its log
			if e := os.Remove(b.Path + suffix); e != nil && !os.IsNotExist(e) {
				err = errors.Join(err, e)
			}
		}
	}
	return err
}

// newestIn is the newest change in the project at a path.
func newestIn(ctx context.Context, projects annotate.Projects, path string) (c annotate.Change, err error) {
	err = reading(ctx, projects, path, func(s annotate.Store) (err error) {
		c, err = newest(ctx, s)
		return err
	})
	return c, err
}

// report tells that a project got no snapshot, or remembers that it got one.
func (k *Keeper) report(project string, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if err == nil {
		delete(k.told, project)
		return
	}
	if k.failed != nil && !k.told[project] {
		k.told[project] = true
		k.failed(told(project, err))
	}
}

// told is an error for a person.
func told(project string, err error) error {
	if err == nil {
		return nil
	}
	e := annotate.Error{
		Op: "keep a snapshot of", Subject: filepath.Base(project), Detail: "the folder of snapshots cannot be used (" + err.Error() + ").",
		Hint: "Work goes on, and what you do is saved in the project. Preferences say where snapshots are kept.", Err: err,
	}
	var known *annotate.Error
	if errors.As(err, &known) {
		e.Kind, e.Detail = known.Kind, known.Detail
		switch {
		case errors.Is(e.Kind, annotate.ErrFull): // what is done in the project is saved
			e.Detail = "the disk on which snapshots are kept is full."
		case errors.Is(e.Kind, annotate.ErrDamaged): // not the folder, but the project is what to look after
			e.Hint = "Go back to a backup of it, or salvage what can be read of it into a new project (lede check --repair)."
		}
	}
	return &e
}
