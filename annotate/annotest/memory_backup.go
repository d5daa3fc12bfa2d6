package annotest

import (
	"context"

	"lede/annotate"
)

// Restore makes a project what a backup is, as another replica.
func (p *MemoryProjects) Restore(_ context.Context, r annotate.Restoring) error {
	const op = "restore"
	p.mu.Lock()
	defer p.mu.Unlock()
	m, from := p.files[r.Project], p.files[r.Backup]
	switch {
	case from == nil:
		return &annotate.Error{Kind: annotate.ErrNotFound, Op: op, Subject: r.Backup, Detail: "there is no such project."}
	case m == from:
		return &annotate.Error{Kind: annotate.ErrInvalid, Op: op, Subject: r.Backup, Detail: "this is the project itself."}
	case p.files[r.Keep] != nil:
		return &annotate.Error{Kind: annotate.ErrExists, Op: op, Subject: r.Keep, Detail: "there is a file already."}
	}
	if m == nil { // it was there once
		from.mu.RLock()
		defer from.mu.RUnlock()
		p.files[r.Project] = &memory{env: p.env, hooks: p.hooks, projects: p, replica: p.env.NewID(), state: from.state.clone()}
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.windows > 0 {
		return &annotate.Error{Kind: annotate.ErrBusy, Op: op, Subject: r.Project, Detail: "a window has it open."}
	}
	p.files[r.Keep] = &memory{env: p.env, hooks: p.hooks, projects: p, replica: p.env.NewID(), state: m.state}
	from.mu.RLock()
	defer from.mu.RUnlock()
	m.state, m.replica = from.state.clone(), p.env.NewID()
	return nil
}
