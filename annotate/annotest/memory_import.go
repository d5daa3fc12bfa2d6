package annotest

import (
	"context"
	"errors"
	"slices"

	"lede/annotate"
	"lede/annotate/text"
)

// MaxBatch is how many articles one Add may bring.
const MaxBatch = 1000

func (h *handle) BeginImport(ctx context.Context, info annotate.Import) (annotate.Importer, error) {
	if err := h.writable("import"); err != nil {
		return nil, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.importing != nil || h.restoring {
		return nil, &annotate.Error{
			Kind: annotate.ErrBusy, Op: "import", Subject: h.path, Detail: "another import is running.", Hint: "Wait until it is done.",
		}
	}
	if info.ID == "" {
		info.ID = h.env.NewID()
	}
	if h.state.stored(annotate.KindImport, info.ID) != nil {
		return nil, &annotate.ConflictError{Kind: annotate.KindImport, ID: info.ID}
	}
	info.State, info.Articles, info.Sets, info.Spans = annotate.ImportStaged, 0, 0, 0
	h.state.put(info)
	h.state.order = 0 // an order that was undone since is not remembered
	for _, r := range h.state.records[annotate.KindArticle] {
		h.state.order = max(h.state.order, r.(annotate.Article).Order)
	}
	h.importing = &importer{memory: h.memory, info: info, before: h.state.order, staged: map[kind]map[id]record{}}
	return h.importing, nil
}

// importer keeps what it stages in the state itself, under an import that is
// not shown.
type importer struct {
	*memory
	info       annotate.Import
	defined    []annotate.Op
	staged     map[kind]map[id]record // what defined creates
	rows       []record
	before     int64
	committing bool
	done       bool
}

var errDone = errors.New("this import is over")

func (im *importer) Define(ctx context.Context, ops []annotate.Op) error {
	im.mu.Lock()
	defer im.mu.Unlock()
	if im.done {
		return errDone
	}
	ops, err := cloneOps(ops)
	if err != nil {
		return err
	}
	for _, op := range ops {
		if im.hooks.same(im.state.current(op.Kind, op.ID), op.Before) || im.staged[op.Kind][op.ID] != nil {
			continue
		}
		return &annotate.ConflictError{Kind: op.Kind, ID: op.ID}
	}
	for _, op := range ops {
		if im.staged[op.Kind] == nil {
			im.staged[op.Kind] = map[id]record{}
		}
		if op.After != nil {
			im.staged[op.Kind][op.ID] = op.After
		}
	}
	im.defined = append(im.defined, ops...)
	return nil
}

func (im *importer) Add(ctx context.Context, batch []annotate.ImportArticle) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	im.mu.Lock()
	defer im.mu.Unlock()
	if im.done {
		return errDone
	}
	if len(batch) > MaxBatch {
		return &annotate.InvalidError{Kind: annotate.KindImport, ID: im.info.ID, Reason: "a batch has more than 1,000 articles"}
	}
	order, from, info := im.state.order, len(im.rows), im.info
	for _, item := range batch {
		if err := im.add(item); err != nil {
			im.drop(from)
			im.state.order, im.info = order, info
			return err
		}
	}
	return nil
}

// drop removes the staged rows from the given one on.
func (im *importer) drop(from int) {
	for _, r := range im.rows[from:] {
		im.state.remove(r.RecordKind(), r.RecordID())
	}
	im.rows = im.rows[:from]
}

func (im *importer) add(item annotate.ImportArticle) error {
	a, err := im.article(item)
	if err != nil {
		return err
	}
	for i := range item.Sets {
		data := item.Sets[i].Complete(a.ID, im.info.ID, im.env.NewID)
		ops := []annotate.Op{annotate.Create(data.Set)}
		for _, sp := range data.Spans {
			ops = append(ops, annotate.Create(sp))
		}
		for _, r := range data.Relations {
			ops = append(ops, annotate.Create(r))
		}
		ops, err := cloneOps(ops)
		if err != nil {
			return err
		}
		for _, op := range ops {
			if err := im.stage(op.After); err != nil {
				return err
			}
		}
		if err := im.hooks.validate(ops, &importLook{importer: im, article: a}); err != nil {
			return err
		}
		for other := range im.state.sets[a.ID] {
			set := im.state.stored(annotate.KindSet, other).(annotate.AnnotationSet)
			if other != data.Set.ID && set.Annotator == data.Set.Annotator && (set.Import == im.info.ID || im.state.setShown(other)) {
				return refused(data.Set, "its annotator has an annotation set of the article already")
			}
		}
		im.info.Sets++
		im.info.Spans += len(data.Spans)
	}
	return nil
}

// article stages the article of an item, or finds the known one.
func (im *importer) article(item annotate.ImportArticle) (annotate.Article, error) {
	if item.Known {
		a := item.Article
		known, ok := im.state.stored(annotate.KindArticle, a.ID).(annotate.Article)
		if !ok || !im.state.live(a.ID) {
			return a, refused(a, "the article is not there")
		}
		return known, nil
	}
	a, err := item.Complete(im.info.ID, im.state.order+1, im.env.NewID)
	if err != nil {
		return a, err
	}
	ops, err := cloneOps([]annotate.Op{annotate.Create(a)})
	if err != nil {
		return a, err
	}
	if err := im.stage(ops[0].After); err != nil {
		return a, err
	}
	if err := im.stage(annotate.ArticleState{ID: a.ID, Presence: annotate.Live}); err != nil {
		return a, err
	}
	im.state.order = max(im.state.order, a.Order)
	if im.state.texts[a.TextHash] == nil {
		im.state.texts[a.TextHash] = text.New(item.Text)
	}
	im.info.Articles++
	return a, nil
}

func (im *importer) stage(r record) error {
	if im.state.stored(r.RecordKind(), r.RecordID()) != nil {
		return &annotate.ConflictError{Kind: r.RecordKind(), ID: r.RecordID()}
	}
	im.state.put(r)
	im.rows = append(im.rows, r)
	return nil
}

func (im *importer) Commit(ctx context.Context, c annotate.Change) (annotate.Change, error) {
	if err := ctx.Err(); err != nil {
		return c, err
	}
	im.mu.Lock()
	defer im.mu.Unlock()
	if im.done {
		return c, errDone
	}
	im.committing = true
	defer func() { im.committing = false }()
	info := im.info
	info.State = annotate.ImportLive
	c.Ops = slices.Concat(im.defined, c.Ops, []annotate.Op{annotate.Create(info)})
	done, err := im.apply(c)
	if err != nil {
		return c, err
	}
	im.done, im.importing = true, nil
	return done, nil
}

func (im *importer) Abort(ctx context.Context) error {
	im.mu.Lock()
	defer im.mu.Unlock()
	if im.done {
		return nil
	}
	im.drop(0)
	im.state.remove(annotate.KindImport, im.info.ID)
	im.state.order = im.before
	im.done, im.memory.importing = true, nil
	return nil
}

// importLook is what a staged article sees: the project and what the import
// defined, and of the articles itself only.
type importLook struct {
	*importer
	article annotate.Article
}

func (l *importLook) ArticleLength(i id) (int, bool) { return l.article.Length, i == l.article.ID }

func (l *importLook) Exists(k kind, i id) bool {
	return k == annotate.KindArticle && i == l.article.ID || l.staged[k][i] != nil || l.state.Exists(k, i)
}

func (l *importLook) SetArticle(set id) (id, bool) { return l.state.setArticle(set) }

func (l *importLook) SpanSet(span id) (id, bool) {
	r, ok := l.state.stored(annotate.KindSpan, span).(annotate.Span)
	return r.Set, ok
}

func (l *importLook) Referrers(kind, id) (kind, id, bool) { return "", "", false }
