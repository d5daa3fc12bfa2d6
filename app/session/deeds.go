package session

import (
	"context"

	"lede/annotate"
	"lede/annotate/edit"
)

// DeedStep does something to many articles as one change and one step of undo. Write
// may be called on any goroutine; all else belongs to the session's.
type DeedStep struct {
	store  annotate.Store
	edit   edit.Editor
	deed   edit.Deed
	ids    []annotate.ID
	change annotate.ID
	create []annotate.Op // the annotator, if it is the first work
	done   annotate.Change
}

// Deed begins to do something to articles. It is refused where nothing can be changed.
func (s *Session) Deed(deed edit.Deed, ids []annotate.ID) (*DeedStep, error) {
	if err := s.refuseReadOnly(); err != nil {
		return nil, err
	}
	s.commits.flush() // the store must answer with what is on screen
	d := &DeedStep{store: s.store, edit: s.edit, deed: deed, ids: ids, change: s.edit.Env.NewID()}
	s.own[d.change] = true // Poll may see it before WroteDeed
	return d, nil
}

// Mark begins to say how far the annotator is with articles.
func (s *Session) Mark(status annotate.Status, reason string, ids []annotate.ID) (*DeedStep, error) {
	by := s.annotator
	var create []annotate.Op
	if by.ID == "" {
		by.ID = s.edit.Env.NewID()
		create = []annotate.Op{annotate.Create(by)}
	}
	d, err := s.Deed(s.edit.MarkArticles(s.schema, by, status, reason), ids)
	if err == nil {
		d.create = create
	}
	return d, err
}

// Write makes the change and writes it in one transaction. It can be given up, by ctx,
// until the writing itself begins; nothing is half done.
func (d *DeedStep) Write(ctx context.Context, progress func(done, total int)) error {
	c, _, err := d.edit.Do(ctx, d.store, d.deed, d.ids, progress)
	if err != nil {
		return err
	}
	c.ID, c.Ops = d.change, append(d.create, c.Ops...)
	d.done, err = d.store.Apply(ctx, c)
	return err
}

// Change is what was done, after Write.
func (d *DeedStep) Change() annotate.Change { return d.done }

// WroteDeed shows what Write has written.
func (s *Session) WroteDeed(ctx context.Context, d *DeedStep) error { return s.wrote(ctx, d.done) }
