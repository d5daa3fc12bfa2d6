package session

import (
	"context"

	"lede/annotate"
	"lede/annotate/duplicates"
)

// CarryStep makes annotations of one article in copies of it, as one change and one step
// of undo. Write may be called on any goroutine; all else belongs to the session's.
type CarryStep struct {
	store  annotate.Store
	change annotate.Change
	spans  int
	done   annotate.Change
}

// Carry begins to make what was proposed and not skipped. It is for the annotator whose
// work is on screen, and refused where that cannot be changed.
func (s *Session) Carry(from annotate.Article, carried []*duplicates.Carried) (*CarryStep, error) {
	if err := s.refuseReadOnly(); err != nil {
		return nil, err
	}
	s.commits.flush() // the store must answer with what is on screen
	c, spans, err := duplicates.Change(s.edit, from, carried)
	if err != nil {
		return nil, err
	}
	s.own[c.ID] = true // Poll may see it before WroteCarry
	return &CarryStep{store: s.store, change: c, spans: spans}, nil
}

// Spans is how many spans are made.
func (c *CarryStep) Spans() int { return c.spans }

// Change is what was made, after Write.
func (c *CarryStep) Change() annotate.Change { return c.done }

// Write writes the change in one transaction.
func (c *CarryStep) Write(ctx context.Context) error {
	var err error
	c.done, err = c.store.Apply(ctx, c.change)
	return err
}

// WroteCarry shows what Write has written.
func (s *Session) WroteCarry(ctx context.Context, c *CarryStep) error { return s.wrote(ctx, c.done) }
