package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"

	"lede/annotate"
)

// Apply writes one change durably.
func (s *store) Apply(ctx context.Context, c annotate.Change) (annotate.Change, error) {
	const op = "save"
	if err := s.refuseReadOnly(op); err != nil {
		return c, err
	}
	if len(c.Ops) == 0 {
		return c, annotate.ErrNothing
	}
	done, err := s.commit(ctx, c, nil)
	if err != nil {
		return c, explain(op, s.shown, err)
	}
	return done, nil
}

// commit writes a change, and makes the import live that it ends, if any.
func (s *store) commit(ctx context.Context, c annotate.Change, im *importer) (annotate.Change, error) {
	if c.ID == "" {
		c.ID = s.projects.opt.Env.NewID()
	}
	ops, err := encodeOps(c.Ops)
	if err != nil {
		return c, err
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	done := c
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := checkNew(ctx, tx, c.ID); err != nil {
			return err
		}
		places, err := locateOps(ctx, tx, c.Ops)
		if err != nil {
			return err
		}
		if err := s.writeOps(ctx, tx, c.Ops, im); err != nil {
			return err
		}
		if err := s.checkOps(ctx, tx, c.Ops, im); err != nil {
			return err
		}
		if err := errors.Join(indexWords(ctx, tx, c.Ops), s.indexArticles(ctx, tx, c.Ops)); err != nil {
			return err
		}
		if err := countSpans(ctx, tx, c.Ops); err != nil {
			return err
		}
		known := c
		if err := forgetUnknown(ctx, tx, &known); err != nil {
			return err
		}
		if done, err = s.record(ctx, tx, known); err != nil {
			return err
		}
		if err := markEdited(ctx, tx, done.Position, places); err != nil {
			return err
		}
		return recordOps(ctx, tx, done.Position, ops, places)
	})
	if err == nil && slices.ContainsFunc(c.Ops, func(op annotate.Op) bool { return op.Kind == annotate.KindArticle || op.Kind == annotate.KindImport }) {
		s.indexing.wake()
	}
	return done, err
}

// encodedOp is a row of the history. Records go into it first, so that what
// cannot be written as JSON is refused before anything happens.
type encodedOp struct {
	op            annotate.Op
	before, after any
}

func encodeOps(ops []annotate.Op) ([]encodedOp, error) {
	encoded := make([]encodedOp, len(ops))
	for i, op := range ops {
		if layouts[op.Kind] == nil {
			return nil, &annotate.InvalidError{Kind: op.Kind, ID: op.ID, Reason: "there is no such kind of record"}
		}
		encoded[i].op = op
		for _, side := range []struct {
			r    record
			into *any
		}{{op.Before, &encoded[i].before}, {op.After, &encoded[i].after}} {
			if side.r == nil {
				continue
			}
			raw, err := annotate.EncodeRecord(side.r)
			if err == nil && !json.Valid(raw) {
				err = errors.New("an unknown field is no JSON")
			}
			if err != nil {
				return nil, &annotate.InvalidError{Kind: op.Kind, ID: op.ID, Reason: err.Error()}
			}
			*side.into = string(raw)
		}
	}
	return encoded, nil
}

// writeOps carries the ops out, each against the record as the ones before it
// left it.
func (s *store) writeOps(ctx context.Context, tx queries, ops []annotate.Op, im *importer) error {
	committing := id("")
	if im != nil {
		committing = im.info.ID
	}
	for _, op := range ops {
		now, err := layouts[op.Kind].current(ctx, tx, op.ID)
		if err != nil {
			return err
		}
		if !annotate.SameRecord(now, op.Before) {
			return &annotate.ConflictError{Kind: op.Kind, ID: op.ID}
		}
		if err := carryOut(ctx, tx, op, committing); err != nil {
			return err
		}
	}
	return nil
}

// checkOps refuses a change for what it leaves behind.
func (s *store) checkOps(ctx context.Context, tx queries, ops []annotate.Op, im *importer) error {
	look := newLookup(ctx, tx)
	if err := errors.Join(annotate.Validate(ops, look), look.err); err != nil {
		if look.err != nil {
			return look.err
		}
		return err
	}
	for _, op := range ops {
		after, ok := op.After.(annotate.Import)
		if !ok {
			continue
		}
		before, _ := op.Before.(annotate.Import)
		if err := checkSwitch(ctx, tx, before, after, im); err != nil {
			return err
		}
	}
	for _, op := range ops {
		if op.After == nil {
			continue
		}
		if err := checkUnique(ctx, tx, op.Before, op.After); err != nil {
			return err
		}
	}
	return nil
}

// record writes the row of the change itself and fills in what it says.
func (s *store) record(ctx context.Context, tx queries, c annotate.Change) (annotate.Change, error) {
	var clock annotate.Clock
	var schema int
	err := tx.QueryRowContext(ctx, `SELECT
		coalesce((SELECT max(position) FROM change), 0), coalesce((SELECT max(clock) FROM change), 0),
		coalesce((SELECT schema_version FROM change ORDER BY position DESC LIMIT 1), 0),
		coalesce((SELECT max(seq) FROM change WHERE replica = ?), 0)`, string(s.replica)).Scan(&c.Position, &clock, &schema, &c.Seq)
	if err != nil {
		return c, err
	}
	if c.Seq == 0 {
		before, err := baseline(ctx, tx)
		if err != nil {
			return c, err
		}
		c.Seq = before.End(s.replica).Seq // its changes may all have been given up
		if _, err := tx.ExecContext(ctx, "INSERT INTO replica (id, installation, file) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING",
			string(s.replica), s.projects.opt.InstallID, s.place); err != nil {
			return c, err
		}
	}
	c.Position++
	c.Seq++
	c.Replica, c.Clock = s.replica, clock.Tick(s.projects.opt.Env.Now())
	if c.TouchesSchema() {
		schema++
	}
	return c, insertChange(ctx, tx, c, schema)
}

// insertChange writes the row of a change; schema is the version after it.
func insertChange(ctx context.Context, tx queries, c annotate.Change, schema int) error {
	var replaced any
	if c.Replaced != nil {
		raw, err := compact(c.Replaced)
		if err != nil {
			return err
		}
		replaced = string(raw)
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO change
		(position, id, replica, seq, clock, actor, cause, title, article, undoes, redoes, schema_version, replaced, purged)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		c.Position, string(c.ID), string(c.Replica), c.Seq, int64(c.Clock), c.Actor, string(c.Cause), c.Title, string(c.Article),
		none(c.Undoes), none(c.Redoes), schema, replaced, c.Purged)
	return err
}

// checkNew refuses to save a change twice.
func checkNew(ctx context.Context, q queries, change id) error {
	var one int
	err := q.QueryRowContext(ctx, "SELECT 1 FROM change WHERE id = ?", string(change)).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err == nil {
		err = &annotate.Error{Kind: annotate.ErrExists, Op: "save", Subject: string(change), Detail: "this change was saved already."}
	}
	return err
}

// forgetUnknown takes out of a change what it undoes or redoes if another program gave
// that up after it was read: it stays as what it does.
func forgetUnknown(ctx context.Context, q queries, c *annotate.Change) error {
	for _, refers := range []*id{&c.Undoes, &c.Redoes} {
		if *refers == "" {
			continue
		}
		var one int
		err := q.QueryRowContext(ctx, "SELECT 1 FROM change WHERE id = ? AND replaced IS NULL", string(*refers)).Scan(&one)
		if errors.Is(err, sql.ErrNoRows) {
			*refers, err = "", nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// recordOps writes the ops of a change into the history.
func recordOps(ctx context.Context, tx queries, position int64, ops []encodedOp, places []place) error {
	for n, e := range ops {
		_, err := tx.ExecContext(ctx, `INSERT INTO op (position, n, kind, record, codec, before, after, article, import)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			position, n, string(e.op.Kind), string(e.op.ID), annotate.CodecVersion, e.before, e.after,
			none(places[n].article), none(places[n].imp))
		if err != nil {
			return err
		}
	}
	return nil
}

// place says which article an op is about, and which import brought the
// annotation set that it is about.
type place struct{ article, imp id }

// locateOps finds the places of ops, before they are carried out.
func locateOps(ctx context.Context, tx queries, ops []annotate.Op) ([]place, error) {
	known := map[id]place{} // by set
	for _, op := range ops {
		for _, r := range []record{op.Before, op.After} {
			if set, ok := r.(annotate.AnnotationSet); ok {
				known[op.ID] = place{set.Article, set.Import}
			}
		}
	}
	find := func(set id) (place, error) {
		if p, ok := known[set]; ok {
			return p, nil
		}
		var p place
		err := tx.QueryRowContext(ctx, "SELECT article, coalesce(import, '') FROM annotation_set WHERE id = ?",
			string(set)).Scan(as(&p.article), as(&p.imp))
		if errors.Is(err, sql.ErrNoRows) {
			err = nil // Validate will say so
		}
		known[set] = p
		return p, err
	}
	places := make([]place, len(ops))
	for i, op := range ops {
		r := op.After
		if r == nil {
			r = op.Before
		}
		var err error
		switch r := r.(type) {
		case annotate.Article, annotate.ArticleState:
			places[i].article = op.ID
		case annotate.AnnotationSet:
			places[i] = place{r.Article, r.Import}
		case annotate.Span:
			places[i], err = find(r.Set)
		case annotate.Relation:
			places[i], err = find(r.Set)
		}
		if err != nil {
			return nil, err
		}
	}
	return places, nil
}
