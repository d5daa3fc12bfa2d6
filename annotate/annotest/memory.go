package annotest

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"lede/annotate"
)

// MemoryProjects is an annotate.Projects without files: a path is only a name.
// It is safe for use by several goroutines.
type MemoryProjects struct {
	env   annotate.Env
	hooks hooks

	mu    sync.Mutex
	files map[string]*memory
}

// NewMemoryProjects returns projects in memory.
func NewMemoryProjects(env annotate.Env) *MemoryProjects {
	return &MemoryProjects{env: env, hooks: soundHooks(), files: map[string]*memory{}}
}

// NewMemory returns a new project in memory with nothing in it, open for a
// window.
func NewMemory(env annotate.Env) annotate.Store {
	s, err := NewMemoryProjects(env).Create(context.Background(), "memory.lede", "test", nil)
	if err != nil {
		panic(err) // nothing in it can be refused
	}
	return s
}

// Create makes a project and opens it for a window.
func (p *MemoryProjects) Create(ctx context.Context, path, actor string, records []annotate.Record) (annotate.Store, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.files[path] != nil {
		return nil, &annotate.Error{Kind: annotate.ErrExists, Op: "create project", Subject: path, Detail: "there is a project already."}
	}
	m := &memory{env: p.env, hooks: p.hooks, projects: p, replica: p.env.NewID(), state: newState(p.hooks)}
	c := annotate.Change{ID: p.env.NewID(), Actor: actor, Cause: annotate.CauseCreate, Title: "Create project"}
	for _, r := range records {
		c.Ops = append(c.Ops, annotate.Create(r))
	}
	if _, err := m.apply(c); err != nil {
		return nil, err
	}
	p.files[path] = m
	return m.open(path, annotate.ModeWindow), nil
}

// Open opens a project that Create or Backup made.
func (p *MemoryProjects) Open(ctx context.Context, path string, mode annotate.Mode) (annotate.Store, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	m := p.files[path]
	if m == nil {
		return nil, &annotate.Error{Kind: annotate.ErrNotFound, Op: "open project", Subject: path, Detail: "there is no such project."}
	}
	return m.open(path, mode), nil
}

// memory is one project; its handles share it.
type memory struct {
	env      annotate.Env
	hooks    hooks
	projects *MemoryProjects
	replica  annotate.ID

	mu        sync.RWMutex
	state     *state
	windows   int
	importing *importer
	restoring bool
}

func (m *memory) open(path string, mode annotate.Mode) *handle {
	m.mu.Lock()
	defer m.mu.Unlock()
	h := &handle{memory: m, path: path, mode: mode, readOnly: mode == annotate.ModeRead}
	if mode == annotate.ModeRead {
		h.why = "It was opened for reading."
	}
	if mode == annotate.ModeWindow {
		if m.windows > 0 {
			h.readOnly, h.why = true, "Another window has it open."
		} else {
			m.windows++
			h.window = true
		}
	}
	return h
}

// handle is a project opened once: an annotate.Store.
type handle struct {
	*memory
	path     string
	why      string
	asOf     *annotate.Change
	mode     annotate.Mode
	readOnly bool
	window   bool
	closed   bool
}

func (h *handle) Info() annotate.Info {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return annotate.Info{
		Path: h.path, Replica: h.replica, FileVersion: 1, SchemaVersion: h.state.schemaVersion(),
		ReadOnly: h.readOnly, Why: h.why, AsOf: h.asOf,
	}
}

func (h *handle) Close() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.window && !h.closed {
		h.windows--
	}
	h.closed = true
	return nil
}

func (h *handle) writable(op string) error {
	if !h.readOnly {
		return nil
	}
	return &annotate.Error{Kind: annotate.ErrReadOnly, Op: op, Subject: h.path, Detail: "the project is open for reading only.", Hint: h.why}
}

func (h *handle) Apply(ctx context.Context, c annotate.Change) (annotate.Change, error) {
	if err := ctx.Err(); err != nil {
		return c, err
	}
	if err := h.writable("save"); err != nil {
		return c, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(c.Ops) == 0 {
		return c, annotate.ErrNothing
	}
	return h.apply(c)
}

// TakeOver is for a window that opened while another one had the project.
func (h *handle) TakeOver(context.Context) (bool, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.readOnly || h.closed || h.mode != annotate.ModeWindow || h.windows > 0 {
		return false, nil
	}
	h.windows++
	h.window, h.readOnly, h.why = true, false, ""
	return true, nil
}

// Place is nothing in particular: there is no file.
func (p *MemoryProjects) Place(string) annotate.Place { return annotate.Place{} }

// Backup keeps a copy of the project under another path.
func (h *handle) Backup(ctx context.Context, path string) error {
	h.projects.mu.Lock()
	defer h.projects.mu.Unlock()
	if h.projects.files[path] != nil {
		return &annotate.Error{Kind: annotate.ErrExists, Op: "back up", Subject: path, Detail: "there is a file already."}
	}
	h.mu.RLock()
	defer h.mu.RUnlock()
	h.projects.files[path] = &memory{
		env: h.env, hooks: h.hooks, projects: h.projects, replica: h.env.NewID(), state: h.state.clone(),
	}
	return nil
}

// Check validates every record again and folds the history.
func (h *handle) Check(ctx context.Context) ([]annotate.Problem, error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	var problems []annotate.Problem
	for _, kind := range annotate.Kinds {
		if kind == annotate.KindArticle || kind == annotate.KindArticleState || kind == annotate.KindImport {
			continue
		}
		for id := range h.state.records[kind] {
			r := h.state.current(kind, id)
			if r == nil {
				continue
			}
			if a, ok := h.state.articleOf(r); ok && h.state.presence(a) != annotate.Live {
				continue
			}
			if err := annotate.Validate([]annotate.Op{annotate.Create(r)}, h.state); err != nil {
				problems = append(problems, annotate.Problem{Where: fmt.Sprintf("%s %s", kind, id), What: err.Error()})
			}
		}
	}
	type key struct {
		kind annotate.Kind
		id   annotate.ID
	}
	last := map[key]annotate.Record{}
	for _, c := range h.state.changes {
		for _, op := range c.Ops {
			last[key{op.Kind, op.ID}] = op.After
		}
	}
	for k, r := range last {
		if !annotate.SameRecord(h.state.stored(k.kind, k.id), r) {
			problems = append(problems, annotate.Problem{
				Where: fmt.Sprintf("%s %s", k.kind, k.id), What: "The history does not add up to it.",
			})
		}
	}
	slices.SortFunc(problems, func(a, b annotate.Problem) int { return compareStrings(a.Where, b.Where) })
	return problems, nil
}
