package session

import (
	"context"

	"lede/annotate"
	"lede/annotate/edit"
	"lede/annotate/migrate"
)

// SchemaChange is a change of the schema, and of what is annotated by it, from its
// preview to its being there. Preview and Write may be called on any goroutine; all
// else belongs to the session's.
type SchemaChange struct {
	store annotate.Store
	edit  edit.Editor
	steps []migrate.Step
	plan  *migrate.Plan
	id    annotate.ID
	done  annotate.Change
}

// ChangeSchema begins to do steps to the schema. It is refused where the project
// cannot be changed, whoever's annotations are on screen.
func (s *Session) ChangeSchema(steps ...migrate.Step) (*SchemaChange, error) {
	if why := s.SchemaReadOnly(); why != "" {
		return nil, &annotate.Error{Kind: annotate.ErrReadOnly, Detail: why}
	}
	s.commits.flush() // the store must answer with what is on screen
	c := &SchemaChange{store: s.store, edit: s.edit, steps: steps, id: s.edit.Env.NewID()}
	s.own[c.id] = true // Poll may see it before WroteSchema
	return c, nil
}

// Preview says what the steps would do. It reads the project once and can be given
// up by ctx; progress hears how many articles were read and may be nil.
func (c *SchemaChange) Preview(ctx context.Context, progress func(articles int)) (*migrate.Plan, error) {
	plan, err := migrate.Make(ctx, c.store, migrate.Options{Env: c.edit.Env, Progress: progress}, c.steps...)
	if err == nil {
		c.plan = plan
	}
	return plan, err
}

// Write writes what was previewed, in one transaction and as one step of undo. If
// the project has changed since, nothing is written: what was shown would not be
// what is done.
func (c *SchemaChange) Write(ctx context.Context) error {
	if c.plan == nil || c.plan.Empty() {
		return annotate.ErrNothing
	}
	position, err := c.store.Position(ctx)
	if err != nil {
		return err
	}
	if position != c.plan.Position {
		return &annotate.Error{
			Kind: annotate.ErrConflict, Op: "change the schema",
			Detail: "The project has changed since the preview.", Hint: "Look at the preview again.",
		}
	}
	change := c.plan.Change(c.edit.Env, c.edit.Actor)
	change.ID = c.id
	c.done, err = c.store.Apply(ctx, change)
	return err
}

// WroteSchema shows what Write has written.
func (s *Session) WroteSchema(ctx context.Context, c *SchemaChange) error {
	done := c.done
	s.reached(done)
	s.headers[done.ID] = done
	s.foldOnce(done)
	if err := s.reload(ctx, done, Local); err != nil {
		return err
	}
	s.tell(SavedChanged{Pending: s.commits.pending, Saved: done.ID})
	return nil
}

// PreviewSchema says what steps would do to the project, at once.
func (s *Session) PreviewSchema(ctx context.Context, steps ...migrate.Step) (*SchemaChange, *migrate.Plan, error) {
	c, err := s.ChangeSchema(steps...)
	if err != nil {
		return nil, nil, err
	}
	plan, err := c.Preview(ctx, nil)
	return c, plan, err
}

// ApplySchema writes what was previewed and shows it, at once.
func (s *Session) ApplySchema(ctx context.Context, c *SchemaChange) error {
	if err := c.Write(ctx); err != nil {
		return err
	}
	return s.WroteSchema(ctx, c)
}
