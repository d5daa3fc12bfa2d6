package storage

import (
	"context"
	"database/sql"
	"sync/atomic"
	"time"

	"lede/annotate"
)

// SQLite takes the log into the file within the commit that makes it long, so
// that one tag in a hundred would wait for two more syncs. A writer has it done
// beside the commits instead; only if that falls far behind does SQLite do it
// itself.
//
// Once nothing was written for a while, the log is taken in as well: whoever then moves or
// copies the file alone, after a power cut too, has all of it.
const (
	pagesBehind  = 8000 // 32 MB of log
	writesBehind = 100
	batchWrites  = 25 // a batch of an import counts for so many writes
	quiet        = 2 * time.Second
)

// checkpointer takes the log of a project into its file in the background.
type checkpointer struct {
	db     *sql.DB
	may    func() bool // whether the log may be taken in now
	writes atomic.Int64
	nudge  chan struct{}
	ended  chan struct{}
}

func startCheckpointer(path string, a access, may func() bool) *checkpointer {
	c := &checkpointer{db: connect(path, a, 1), may: may, nudge: make(chan struct{}, 1), ended: make(chan struct{})}
	go c.run() // it ends with the store, so there is nothing earlier to end it
	return c
}

func (c *checkpointer) run() {
	defer annotate.Guard()
	defer close(c.ended)
	idle := time.NewTimer(quiet)
	defer idle.Stop()
	for {
		select {
		case _, open := <-c.nudge:
			if !open {
				return
			}
			idle.Reset(quiet)
			if c.writes.Load() < writesBehind {
				continue
			}
		case <-idle.C:
		}
		c.writes.Store(0)
		if !c.may() {
			continue
		}
		// What stands in the way now, a long read, is gone the next time.
		_, _ = c.db.ExecContext(context.Background(), "PRAGMA wal_checkpoint(PASSIVE)")
	}
}

// wrote counts commits of about the given number of changes.
func (c *checkpointer) wrote(changes int64) {
	if c == nil {
		return
	}
	c.writes.Add(changes)
	select {
	case c.nudge <- struct{}{}:
	default: // it is told already
	}
}

// stop waits until nothing is being written.
func (c *checkpointer) stop() error {
	if c == nil {
		return nil
	}
	close(c.nudge)
	<-c.ended
	return c.db.Close()
}
