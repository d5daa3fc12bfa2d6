package session

import (
	"context"
	"sync"

	"lede/annotate"
	"lede/app/crash"
)

// committer writes changes in order, in the background.
type committer struct {
	queue   chan annotate.Change
	idle    sync.WaitGroup // changes that are neither on disk nor refused
	ended   chan struct{}
	pending int // as the session's goroutine knows it
}

func newCommitter(store annotate.Store, done func(annotate.Change, error)) *committer {
	const room = 4096 // gestures; a full queue makes the hand wait for the disk
	c := &committer{queue: make(chan annotate.Change, room), ended: make(chan struct{})}
	go func() {
		defer crash.Guard()
		defer close(c.ended)
		for change := range c.queue {
			written, err := store.Apply(context.Background(), change)
			if err != nil {
				written = change
			}
			c.idle.Done()
			done(written, err)
		}
	}()
	return c
}

func (c *committer) put(change annotate.Change) {
	c.pending++
	c.idle.Add(1)
	c.queue <- change
}

func (c *committer) flush() { c.idle.Wait() }

func (c *committer) close() {
	close(c.queue)
	c.idle.Wait()
	<-c.ended
}
