package annotest

import (
	"context"

	"lede/annotate"
)

// Restore makes a project what a backup is, as another replica.
func (p *MemoryProjects) Restore(_ context.Context, path, backup, keep string) error {
	const op = "restore"
	p.mu.Lock()
	defer p.mu.Unlock()
	m, from := p.files[path], p.files[backup]
	switch {
	case m == nil || from == nil:
		return &annotate.Error{Kind: annotate.ErrNotFound, Op: op, Subject: path, Detail: "there is no such project."}
	case m == from:
		return &annotate.Error{Kind: annotate.ErrInvalid, Op: op, Subject: backup, Detail: "this is the project itself."}
	case p.files[keep] != nil:
		return &annotate.Error{Kind: annotate.ErrExists, Op: op, Subject: keep, Detail: "there is a file already."}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.windows > 0 {
		return &annotate.Error{Kind: annotate.ErrBusy, Op: op, Subject: path, Detail: "a window has it open."}
	}
	p.files[keep] = &memory{env: p.env, hooks: p.hooks, projects: p, replica: p.env.NewID(), state: m.state}
	from.mu.RLock()
	defer from.mu.RUnlock()
	m.state, m.replica = from.state.clone(), p.env.NewID()
	return nil
}
