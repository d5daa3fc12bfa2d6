package session

import (
	"context"

	"lede/annotate"
	"lede/annotate/edit"
)

// NextSchemaUndo and NextSchemaRedo say what ReverseSchema would take back and bring
// back; ok is false if the newest step has nothing to do with the schema, or is not
// known to have (see SchemaSteps).
func (s *Session) NextSchemaUndo() (Step, bool) { return s.topOfSchema(s.stacks.Undo) }

// NextSchemaRedo says what ReverseSchema would bring back.
func (s *Session) NextSchemaRedo() (Step, bool) { return s.topOfSchema(s.stacks.Redo) }

func (s *Session) topOfSchema(stack []annotate.ID) (Step, bool) {
	if len(stack) == 0 {
		return Step{}, false
	}
	c := s.headers[stack[len(stack)-1]]
	touches := c.TouchesSchema()
	if len(c.Ops) == 0 {
		touches = s.ofSchema[c.ID]
	}
	if !touches || c.Cause == annotate.CauseImport {
		return Step{}, false
	}
	return Step{Title: c.Title}, true
}

// SchemaSteps finds out whether the steps that could be undone and redone next are
// of the schema, where the session does not know it because they were made before it
// began. Read may be called on any goroutine.
type SchemaSteps struct {
	store annotate.Store
	ids   []annotate.ID
	is    map[annotate.ID]bool
}

// SchemaSteps begins to find out.
func (s *Session) SchemaSteps() *SchemaSteps {
	r := &SchemaSteps{store: s.store, is: map[annotate.ID]bool{}}
	for _, stack := range [][]annotate.ID{s.stacks.Undo, s.stacks.Redo} {
		if n := len(stack); n > 0 && len(s.headers[stack[n-1]].Ops) == 0 {
			if _, known := s.ofSchema[stack[n-1]]; !known {
				r.ids = append(r.ids, stack[n-1])
			}
		}
	}
	return r
}

// Read looks into the history.
func (r *SchemaSteps) Read(ctx context.Context) error {
	if len(r.ids) == 0 {
		return nil
	}
	found, err := r.store.History(ctx, annotate.HistoryQuery{IDs: r.ids})
	for _, c := range found {
		r.is[c.ID] = c.TouchesSchema()
	}
	return err
}

// TakeSchemaSteps remembers what Read found.
func (s *Session) TakeSchemaSteps(r *SchemaSteps) {
	for id, is := range r.is {
		s.ofSchema[id] = is
	}
}

// Reversal is a step of the schema that is taken back, or brought back. Write may be
// called on any goroutine; all else belongs to the session's.
type Reversal struct {
	store  annotate.Store
	edit   edit.Editor
	redo   bool
	target annotate.Change
	id     annotate.ID // of the change that it becomes
	change annotate.Change
}

// ReverseSchema begins to take the newest step back (or, with redo, to bring the
// newest undone one back) if it changed the schema; nil if it did not.
func (s *Session) ReverseSchema(redo bool) (*Reversal, error) {
	stack := s.stacks.Undo
	if redo {
		stack = s.stacks.Redo
	}
	if _, ok := s.topOfSchema(stack); !ok {
		return nil, nil
	}
	if why := s.SchemaReadOnly(); why != "" {
		return nil, &annotate.Error{Kind: annotate.ErrReadOnly, Detail: why}
	}
	s.commits.flush()
	r := &Reversal{store: s.store, edit: s.edit, redo: redo, target: s.headers[stack[len(stack)-1]], id: s.edit.Env.NewID()}
	s.own[r.id] = true // Poll may see it before Reversed
	return r, nil
}

// Light says whether the step touches the schema alone, so that Reversed does all of
// it at once and Write has nothing to do.
func (r *Reversal) Light() bool { return ofSchemaAlone(r.target) }

// Write writes the step in one transaction, unless it is light.
func (r *Reversal) Write(ctx context.Context) error {
	if r.Light() {
		return nil
	}
	if len(r.target.Ops) == 0 {
		found, err := r.store.History(ctx, annotate.HistoryQuery{IDs: []annotate.ID{r.target.ID}})
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return annotate.ErrNotFound
		}
		r.target = found[0]
	}
	change, err := r.store.Apply(ctx, r.build())
	r.change = change
	return err
}

func (r *Reversal) build() annotate.Change {
	again := r.edit.Undo
	if r.redo {
		again = r.edit.Redo
	}
	c := again(r.target)
	c.ID = r.id
	return c
}

// Reversed shows what Write has written; err is what it said.
func (s *Session) Reversed(ctx context.Context, r *Reversal, err error) error {
	if r.Light() && r.change.ID == "" {
		return s.put(r.build(), nil)
	}
	if err != nil {
		delete(s.own, r.id)
		return s.explainConflict(ctx, r.build(), err)
	}
	s.reached(r.change)
	s.headers[r.change.ID] = r.change
	s.stacks.Fold(r.change, s.edit.Actor)
	return s.reload(ctx, r.change, Reverted)
}
