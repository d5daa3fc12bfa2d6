package storage

import (
	"context"
	"database/sql"
	"sync/atomic"
)

// SQLite takes the log into the file within the commit that makes it long, so
// that one tag in a hundred would wait for two more syncs. A writer has it done
// beside the commits instead; only if that falls far behind does SQLite do it
// itself.
const (
	pagesBehind  = 8000 // 32 MB of log
	writesBehind = 100
	batchWrites  = 25 // a batch of an import counts for so many writes
)

// checkpointer takes the log of a project into its file in the background.
type checkpointer struct {
	db     *sql.DB
	writes atomic.Int64
	nudge  chan struct{}
	ended  chan struct{}
}

func startCheckpointer(path string, a access) *checkpointer {
	c := &checkpointer{db: connect(path, a, 1), nudge: make(chan struct{}, 1), ended: make(chan struct{})}
	go func() { // it ends with the store, so there is nothing earlier to end it
		defer close(c.ended)
		for range c.nudge {
			// What stands in the way now, a long read, is gone the next time.
			_, _ = c.db.ExecContext(context.Background(), "PRAGMA wal_checkpoint(PASSIVE)")
		}
	}()
	return c
}

// wrote counts commits of about the given number of changes.
func (c *checkpointer) wrote(changes int64) {
	if c == nil || c.writes.Add(changes) < writesBehind {
		return
	}
	c.writes.Store(0)
	select {
	case c.nudge <- struct{}{}:
	default: // one is on its way
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
