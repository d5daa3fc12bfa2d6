package storage

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"lede/annotate"
	"lede/annotate/text"
)

// turn is how long a batch may hold the database before others get their turn.
const turn = 50 * time.Millisecond

// stagedArticle is an ImportArticle with everything filled in.
type stagedArticle struct {
	known   bool
	article annotate.Article
	text    string
	sets    []annotate.SetData
}

// Add stages a batch. It is checked as a whole before anything is written.
func (im *importer) Add(ctx context.Context, batch []annotate.ImportArticle) error {
	im.mu.Lock()
	defer im.mu.Unlock()
	if im.done {
		return errDone
	}
	if len(batch) > maxBatch {
		return refused(im.info, "a batch has more than %d articles", maxBatch)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx) // a batch is short
	order, info := im.order, im.info
	ready, err := im.prepare(ctx, batch)
	if err == nil {
		err = im.stage(ctx, ready)
	}
	if err != nil {
		im.order, im.info = order, info
		return explain("import into", im.store.shown, err)
	}
	return nil
}

// prepare fills in and checks a batch.
func (im *importer) prepare(ctx context.Context, batch []annotate.ImportArticle) ([]stagedArticle, error) {
	look := &importLook{ctx: ctx, im: im}
	ready := make([]stagedArticle, len(batch))
	for i, item := range batch {
		a, err := im.article(ctx, item)
		if err != nil {
			return nil, err
		}
		ready[i] = stagedArticle{known: item.Known, article: a, text: item.Text}
		look.article, look.sets, look.spans = a, map[id]bool{}, map[id]id{}
		seen := map[id]bool{}
		for _, data := range item.Sets {
			data = data.Complete(a.ID, im.info.ID, im.store.projects.opt.Env.NewID)
			if seen[data.Set.Annotator] {
				return nil, refused(data.Set, "its annotator has an annotation set of the article already")
			}
			seen[data.Set.Annotator] = true
			if err := im.checkSet(look, data); err != nil {
				return nil, err
			}
			ready[i].sets = append(ready[i].sets, data)
			im.info.Sets++
			im.info.Spans += len(data.Spans)
		}
		if item.Known {
			if err := im.checkKnown(ctx, ready[i]); err != nil {
				return nil, err
			}
		}
	}
	return ready, nil
}

// article completes the article of an item, or finds the known one.
func (im *importer) article(ctx context.Context, item annotate.ImportArticle) (annotate.Article, error) {
	if item.Known {
		im.known = true
		a := item.Article
		r, err := articles.current(ctx, im.store.reader, a.ID)
		if err != nil {
			return a, err
		}
		look := newLookup(ctx, im.store.reader)
		if r == nil || !look.Exists(annotate.KindArticle, a.ID) {
			return a, errors.Join(look.err, refused(a, "the article is not there"))
		}
		return r.(annotate.Article), nil
	}
	a, err := item.Complete(im.info.ID, im.order+1, im.store.projects.opt.Env.NewID)
	if err != nil {
		return a, err
	}
	im.order = max(im.order, a.Order)
	im.info.Articles++
	return a, nil
}

// checkSet validates a set and all that is in it.
func (im *importer) checkSet(look *importLook, data annotate.SetData) error {
	look.sets[data.Set.ID] = true
	ops := make([]annotate.Op, 0, 1+len(data.Spans)+len(data.Relations))
	ops = append(ops, annotate.Create(data.Set))
	for _, sp := range data.Spans {
		if _, twice := look.spans[sp.ID]; twice {
			return &annotate.ConflictError{Kind: annotate.KindSpan, ID: sp.ID}
		}
		look.spans[sp.ID] = data.Set.ID
		ops = append(ops, annotate.Create(sp))
	}
	for _, r := range data.Relations {
		ops = append(ops, annotate.Create(r))
	}
	err := annotate.Validate(ops, look)
	if look.err != nil {
		return look.err
	}
	return err
}

// checkKnown refuses a second set of an annotator for an article that is there.
func (im *importer) checkKnown(ctx context.Context, item stagedArticle) error {
	for _, data := range item.sets {
		err := taken(ctx, im.store.reader, data.Set, "its annotator has an annotation set of the article already",
			`SELECT 1 FROM annotation_set s WHERE s.article = ?1 AND s.annotator = ?2
				AND (s.import = ?3 OR EXISTS (SELECT 1 FROM shown_set o WHERE o.id = s.id))`,
			string(data.Set.Article), string(data.Set.Annotator), string(im.info.ID))
		if err != nil {
			return err
		}
	}
	return nil
}

// stage writes prepared articles. When its turn is over it commits and goes on
// in another transaction; if it fails then, it removes what it had written.
func (im *importer) stage(ctx context.Context, ready []stagedArticle) error {
	s := im.store
	for from := 0; from < len(ready); {
		n := 0
		s.writing.Lock()
		err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
			into, err := prepareInserts(ctx, tx)
			if err != nil {
				return err
			}
			defer into.close()
			for began := time.Now(); from+n < len(ready) && (n == 0 || time.Since(began) < turn); n++ {
				if err := into.add(ctx, ready[from+n]); err != nil {
					return err
				}
			}
			return nil
		})
		s.checkpoints.wrote(batchWrites)
		s.writing.Unlock()
		if err != nil {
			return errors.Join(err, im.unstage(ctx, ready[:from]))
		}
		from += n
	}
	return nil
}

func (im *importer) unstage(ctx context.Context, written []stagedArticle) error {
	if len(written) == 0 {
		return nil
	}
	var sets, articles []id
	for _, item := range written {
		if !item.known {
			articles = append(articles, item.article.ID)
		}
		for _, data := range item.sets {
			sets = append(sets, data.Set.ID)
		}
	}
	im.store.writing.Lock()
	defer im.store.writing.Unlock()
	return im.store.write(ctx, func(ctx context.Context, tx *sql.Tx) error { return removeRows(ctx, tx, sets, articles) })
}

// inserts are the prepared statements of a batch.
type inserts struct {
	tx                                 queries
	text, article, set, span, relation *sql.Stmt
}

func prepareInserts(ctx context.Context, tx *sql.Tx) (*inserts, error) {
	i := inserts{tx: tx}
	for _, p := range []struct {
		stmt  **sql.Stmt
		query string
	}{
		{&i.text, "INSERT INTO text (hash, text) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING"},
		{&i.article, articles.insert()},
		{&i.set, sets.insert("spans")},
		{&i.span, spans.insert("words")},
		{&i.relation, relations.insert()},
	} {
		var err error
		*p.stmt, err = tx.PrepareContext(ctx, p.query) //nolint:sqlclosecheck // inserts.close closes them
		if err != nil {
			i.close()
			return nil, err
		}
	}
	return &i, nil
}

func (i *inserts) close() {
	for _, stmt := range []*sql.Stmt{i.text, i.article, i.set, i.span, i.relation} {
		if stmt != nil {
			_ = stmt.Close()
		}
	}
}

func (i *inserts) add(ctx context.Context, item stagedArticle) error {
	if !item.known {
		if _, err := i.text.ExecContext(ctx, item.article.TextHash, item.text); err != nil {
			return err
		}
		if err := insertRecord(ctx, i.article, &articles, item.article); err != nil {
			return err
		}
	}
	body, err := i.textOf(ctx, item)
	if err != nil {
		return err
	}
	for _, data := range item.sets {
		if err := insertRecord(ctx, i.set, &sets, data.Set, len(data.Spans)); err != nil {
			return err
		}
		for _, sp := range data.Spans {
			words, err := wordsOf(sp.Fragments, func() (*text.Text, error) { return body, nil })
			if err == nil {
				err = insertRecord(ctx, i.span, &spans, sp, words)
			}
			if err != nil {
				return err
			}
		}
		for _, r := range data.Relations {
			if err := insertRecord(ctx, i.relation, &relations, r); err != nil {
				return err
			}
		}
	}
	return nil
}

// textOf is the text of an article with spans, nil for one without.
func (i *inserts) textOf(ctx context.Context, item stagedArticle) (*text.Text, error) {
	if !slices.ContainsFunc(item.sets, func(data annotate.SetData) bool { return len(data.Spans) > 0 }) {
		return nil, nil
	}
	body := item.text
	if item.known {
		if err := i.tx.QueryRowContext(ctx, "SELECT text FROM text WHERE hash = ?", item.article.TextHash).Scan(&body); err != nil {
			return nil, err
		}
	}
	return text.New(body), nil
}

// insertRecord adds a record's row, with the values of further columns.
func insertRecord(ctx context.Context, stmt *sql.Stmt, l *layout, r record, more ...any) error {
	values, err := l.values(r)
	if err != nil {
		return err
	}
	if _, err = stmt.ExecContext(ctx, append(values, more...)...); alreadyThere(err) {
		return &annotate.ConflictError{Kind: r.RecordKind(), ID: r.RecordID()}
	}
	return err
}

// importLook is what a staged article sees: the schema, annotators and entities
// of the project and of the import, and of articles itself alone.
type importLook struct {
	ctx     context.Context
	im      *importer
	article annotate.Article
	sets    map[id]bool
	spans   map[id]id
	err     error
}

func (l *importLook) ArticleLength(i id) (int, bool) { return l.article.Length, i == l.article.ID }

func (l *importLook) Exists(k kind, i id) bool {
	if k == annotate.KindArticle && i == l.article.ID {
		return true
	}
	at := key{k, i}
	if !l.im.used[at] {
		if l.im.staged[at] == nil && !l.seen(at) {
			return false
		}
		l.im.used[at] = true
	}
	return true
}

func (l *importLook) seen(at key) bool {
	look := newLookup(l.ctx, l.im.store.reader)
	there := look.Exists(at.kind, at.id)
	if l.err == nil {
		l.err = look.err
	}
	return there
}

func (l *importLook) SetArticle(set id) (id, bool) { return l.article.ID, l.sets[set] }

func (l *importLook) SpanSet(span id) (set id, ok bool) {
	set, ok = l.spans[span]
	return set, ok
}

func (l *importLook) Referrers(kind, id) (kind, id, bool) { return "", "", false }
