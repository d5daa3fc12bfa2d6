package storage

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"sync"

	"github.com/mattn/go-sqlite3"

	"lede/annotate"
)

const opRestore = "restore"

// restorer fills a project in one transaction, so that nothing of it shows and
// nothing of it stays unless all of it is right. It implements annotate.Restorer.
type restorer struct {
	store *store
	lock  *fileLock
	tx    *sql.Tx
	into  *inserts

	mu     sync.Mutex
	seq    annotate.Sequence
	schema int // version, so far
	done   bool
}

// BeginRestore begins to fill a project in which nothing was done.
func (s *store) BeginRestore(ctx context.Context) (annotate.Restorer, error) {
	if err := s.refuseReadOnly(opRestore); err != nil {
		return nil, err
	}
	lock, err := s.takeImportLock()
	if err != nil {
		return nil, explain(opRestore, s.shown, err)
	}
	if err = s.removeStaged(ctx); err == nil {
		r := &restorer{store: s, lock: lock}
		s.writing.Lock() // until Commit or Abort
		if err = r.begin(context.WithoutCancel(ctx)); err == nil {
			return r, nil
		}
		r.end()
		return nil, explain(opRestore, s.shown, err)
	}
	lock.release()
	return nil, explain(opRestore, s.shown, err)
}

func (r *restorer) begin(ctx context.Context) (err error) {
	if err := r.store.useLog(ctx, patience); err != nil {
		return err
	}
	if r.tx, err = r.store.writer.BeginTx(ctx, nil); err != nil {
		return err
	}
	position, _, err := newestChange(ctx, r.tx)
	if err != nil {
		return err
	}
	if position > 1 {
		return &annotate.Error{
			Kind: annotate.ErrExists, Op: opRestore, Subject: r.store.shown, Detail: "something was done in the project already.",
			Hint: "Make a new project for it.",
		}
	}
	for _, table := range []string{"op", "change", "label", "attribute", "relation_type", "rule", "entity", "annotator"} {
		if _, err := r.tx.ExecContext(ctx, "DELETE FROM "+table); err != nil {
			return err
		}
	}
	r.into, err = prepareInserts(ctx, r.tx)
	r.seq.Known = func(change id) (known bool, err error) {
		err = r.tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM change WHERE id = ?)", string(change)).Scan(&known)
		return known, err
	}
	return err
}

// do runs one step, unless the restore is over.
func (r *restorer) do(ctx context.Context, step func(ctx context.Context) error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.done {
		return errDone
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return explain(opRestore, r.store.shown, constraint(step(context.WithoutCancel(ctx))))
}

// constraint tells of a record that the file cannot hold as of a record, not as of
// a failure.
func constraint(err error) error {
	var sq sqlite3.Error
	var conflict *annotate.ConflictError
	switch {
	case errors.As(err, &conflict):
		return &annotate.InvalidError{Kind: conflict.Kind, ID: conflict.ID, Reason: "it is there twice"}
	case errors.As(err, &sq) && sq.Code == sqlite3.ErrConstraint:
		return &annotate.Error{Kind: annotate.ErrInvalid, Detail: "a record is not what it should be: " + sq.Error() + ".", Err: err}
	}
	return err
}

// Records brings records of which no article is the owner.
func (r *restorer) Records(ctx context.Context, records []annotate.Record) error {
	return r.do(ctx, func(ctx context.Context) error {
		for _, x := range records {
			if imp, ok := x.(annotate.Import); ok && imp.State != annotate.ImportLive && imp.State != annotate.ImportUndone {
				return refused(x, "state %q is none in which an import can be kept", imp.State)
			}
			if bulk(x.RecordKind()) || x.RecordID() == "" {
				return refused(x, "it cannot stand by itself")
			}
			if err := layouts[x.RecordKind()].create(ctx, r.tx, x); err != nil {
				return err
			}
		}
		return nil
	})
}

// Articles brings articles and what lies in them.
func (r *restorer) Articles(ctx context.Context, batch []annotate.Kept) error {
	return r.do(ctx, func(ctx context.Context) error {
		for i := range batch {
			if err := r.article(ctx, &batch[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

func (r *restorer) article(ctx context.Context, k *annotate.Kept) error {
	if err := k.Validate(); err != nil {
		return err
	}
	item := stagedArticle{known: k.Text == nil, article: k.Article, sets: k.Sets}
	if k.Text != nil {
		item.text = k.Text.String()
	} else {
		now, err := articles.scan(r.tx.QueryRowContext(ctx, "SELECT "+articles.fields()+" FROM article t WHERE t.id = ?", string(k.Article.ID)))
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if !annotate.SameRecord(now, k.Article) {
			return refused(k.Article, "its text is not there, or it says otherwise elsewhere")
		}
	}
	if err := r.into.add(ctx, item); err != nil {
		return err
	}
	if k.State.Presence == annotate.Live && len(k.State.Extra) == 0 {
		return nil // as it is from the start
	}
	return articleStates.update(ctx, r.tx, nil, k.State)
}

// History brings changes.
func (r *restorer) History(ctx context.Context, changes []annotate.Change) error {
	return r.do(ctx, func(ctx context.Context) error {
		for _, c := range changes {
			c, err := r.seq.Next(c)
			if err == nil {
				err = r.change(ctx, c)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func (r *restorer) change(ctx context.Context, c annotate.Change) error {
	ops, err := encodeOps(c.Ops)
	if err != nil {
		return err
	}
	switch {
	case c.Replaced != nil:
		r.schema = c.Replaced.Schema
		for _, e := range c.Replaced.Replicas {
			if err := knowReplica(ctx, r.tx, e.Replica); err != nil {
				return err
			}
		}
	case c.TouchesSchema():
		r.schema++
	}
	if err := knowReplica(ctx, r.tx, c.Replica); err != nil {
		return err
	}
	if err := insertChange(ctx, r.tx, c, r.schema); err != nil {
		return err
	}
	places := make([]place, len(ops))
	for i, op := range c.Ops {
		switch x := latest(op).(type) {
		case annotate.Article, annotate.ArticleState:
			places[i].article = op.ID
		case annotate.AnnotationSet:
			places[i] = place{x.Article, x.Import}
		default: // of spans and relations locate finds it
		}
		if err := r.bury(ctx, op); err != nil {
			return err
		}
	}
	return recordOps(ctx, r.tx, c.Position, ops, places)
}

// knowReplica notes that changes were made in another copy of the project, of which
// nothing else is known.
func knowReplica(ctx context.Context, tx queries, replica id) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO replica (id, installation, file) VALUES (?, '', '') ON CONFLICT (id) DO NOTHING", string(replica))
	return err
}

func latest(op annotate.Op) record {
	if op.After != nil {
		return op.After
	}
	return op.Before
}

// bury keeps the row of a record that was deleted and may come back: unseen rows
// may still point at it.
func (r *restorer) bury(ctx context.Context, op annotate.Op) error {
	l := layouts[op.Kind]
	if op.After != nil || !l.soft {
		return nil
	}
	values, err := l.values(op.Before)
	if err != nil {
		return err
	}
	set := make([]string, len(l.columns))
	for i, c := range l.columns {
		set[i] = c + " = excluded." + c
	}
	_, err = r.tx.ExecContext(ctx, l.insert("state")+" ON CONFLICT (id) DO UPDATE SET "+strings.Join(set, ", ")+" WHERE state = 'deleted'",
		append(values, "deleted")...)
	return err
}

// Commit makes all of it the project, if it adds up.
func (r *restorer) Commit(ctx context.Context) error {
	err := r.do(ctx, func(ctx context.Context) error {
		if r.seq.Position() == 0 {
			return &annotate.Error{Kind: annotate.ErrInvalid, Detail: "it has no history."}
		}
		if err := r.locate(ctx); err != nil {
			return err
		}
		if err := markAllEdited(ctx, r.tx); err != nil {
			return err
		}
		if err := r.verify(ctx); err != nil {
			return err
		}
		err := r.tx.Commit()
		if err != nil {
			r.store.disown(ctx)
		}
		return err
	})
	if err == nil {
		r.store.checkpoints.wrote(writesBehind)
		r.store.indexing.wake()
		r.mu.Lock()
		defer r.mu.Unlock()
		r.end()
	}
	return err
}

// Abort takes everything back.
func (r *restorer) Abort(context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.done {
		r.end()
	}
	return nil
}

// end lets go of the project. A transaction that is not committed leaves nothing.
func (r *restorer) end() {
	r.done = true
	if r.into != nil {
		r.into.close()
	}
	if r.tx != nil {
		_ = r.tx.Rollback()
	}
	r.store.writing.Unlock()
	r.lock.release()
}
