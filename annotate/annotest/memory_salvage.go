package annotest

import (
	"context"

	"lede/annotate"
)

// Salvage copies a project, which in memory is never damaged, and begins its history
// anew.
func (p *MemoryProjects) Salvage(ctx context.Context, path, into, actor string, _ func(done, total int)) (*annotate.Salvaged, error) {
	const op = "salvage"
	p.mu.Lock()
	m, taken := p.files[path], p.files[into] != nil
	p.mu.Unlock()
	switch {
	case m == nil:
		return nil, &annotate.Error{Kind: annotate.ErrNotFound, Op: op, Subject: path, Detail: "there is no such project."}
	case taken:
		return nil, &annotate.Error{Kind: annotate.ErrExists, Op: op, Subject: into, Detail: "there is a file already."}
	}
	m.mu.RLock()
	open := m.windows > 0
	m.mu.RUnlock()
	if open {
		return nil, &annotate.Error{Kind: annotate.ErrBusy, Op: op, Subject: path, Detail: "a window has it open."}
	}
	from := m.open(path, annotate.ModeRead)
	s, err := p.Create(ctx, into, actor, nil)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	r, err := s.BeginRestore(ctx)
	if err != nil {
		return nil, err
	}
	c := &carrier{from: from, into: r, report: &annotate.Salvaged{Path: into}, change: annotate.Change{
		ID: p.env.NewID(), Actor: actor, Cause: annotate.CauseCreate, Title: "Salvage " + path,
		Replica: s.Info().Replica, Seq: 1, Clock: annotate.Clock(0).Tick(p.env.Now()),
	}}
	c.imp = annotate.Import{ID: p.env.NewID(), State: annotate.ImportLive, Format: op, Source: path}
	if err := c.carry(ctx); err != nil {
		return nil, err
	}
	return c.report, r.Commit(ctx)
}

// carrier takes all that shows in a project over into another one.
type carrier struct {
	from   annotate.Store
	into   annotate.Restorer
	imp    annotate.Import
	change annotate.Change
	report *annotate.Salvaged
}

func (c *carrier) carry(ctx context.Context) error {
	for _, presence := range []annotate.Presence{annotate.Live, annotate.Deleted} {
		for d, err := range c.from.Documents(ctx, annotate.DocumentQuery{Presence: presence}) {
			if err != nil {
				return err
			}
			if err := c.document(ctx, d, presence); err != nil {
				return err
			}
		}
	}
	schema, err := c.from.Schema(ctx)
	if err != nil {
		return err
	}
	p := Project{Labels: schema.Labels, Attributes: schema.Attributes, RelationTypes: schema.RelationTypes, Rules: schema.Rules}
	if p.Annotators, err = c.from.Annotators(ctx); err != nil {
		return err
	}
	if p.Entities, err = c.from.Entities(ctx); err != nil {
		return err
	}
	records := append([]annotate.Record{c.imp}, p.Records()...)
	if err := c.into.Records(ctx, records); err != nil {
		return err
	}
	var ops []annotate.Op
	for _, r := range records {
		ops = append(ops, annotate.Create(r))
	}
	c.change.Ops = append(ops, c.change.Ops...)
	return c.into.History(ctx, []annotate.Change{c.change})
}

func (c *carrier) document(ctx context.Context, d *annotate.Document, presence annotate.Presence) error {
	k := annotate.Kept{Article: d.Article, State: annotate.ArticleState{ID: d.Article.ID, Presence: presence}, Text: d.Text}
	k.Article.Import = c.imp.ID
	c.imp.Articles++
	if presence == annotate.Live {
		c.report.Articles++
	} else {
		c.report.Binned++
		c.change.Ops = append(c.change.Ops, annotate.Update(annotate.ArticleState{ID: d.Article.ID, Presence: annotate.Live}, k.State))
	}
	for _, set := range d.Sets {
		set.Set.Import = c.imp.ID
		c.imp.Sets++
		c.imp.Spans += len(set.Spans)
		c.report.Spans += len(set.Spans)
		c.report.Relations += len(set.Relations)
		k.Sets = append(k.Sets, set)
	}
	return c.into.Articles(ctx, []annotate.Kept{k})
}
