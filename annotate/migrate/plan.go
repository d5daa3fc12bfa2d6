package migrate

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"lede/annotate"
)

// Step is one thing to do to a schema that is in use: the types Put, Rename…,
// Merge…, Split…, Delete… and Retype….
type Step interface {
	// compile does the step to the planner's schema, and says in e what it does to
	// what is annotated.
	compile(p *planner, e *effect) error
}

// Plan is what steps would do to a project, and how.
type Plan struct {
	Title     string // as the Edit menu names the change; may be set to something better
	Ops       []annotate.Op
	Touched   Touched
	Steps     []Done           // what each step does, in their order
	Sentences []string         // what happens, step by step, for people
	Schema    *annotate.Schema // as it would be
	Position  int64            // of the newest change that the plan knows
}

// Done is what one step does.
type Done struct {
	Title     string
	Sentences []string
	// Articles, Spans, Relations and so on that the step touches, each as the steps
	// before it left it. InBin counts whatever it touches in the bin.
	Touched Touched
}

// Touched counts what a plan changes or removes, but for what is in the bin.
type Touched struct {
	Articles, Sets   int // with anything that is touched
	Spans, Relations int
	Entities         int
	Values           int // of attributes, wherever they are, and document fields
	InBin            int // articles in the bin, which change with the others

	DeletedSpans, DeletedRelations, DeletedValues int // among them
}

// Empty tells that the plan does nothing.
func (p *Plan) Empty() bool { return len(p.Ops) == 0 }

// Change is the plan as one step of undo. The project must be at the plan's
// Position still, or the store may refuse it.
func (p *Plan) Change(env annotate.Env, actor string) annotate.Change {
	return annotate.Change{ID: env.NewID(), Actor: actor, Cause: annotate.CauseManual, Title: p.Title, Ops: p.Ops}
}

// Options are what Make may be given.
type Options struct {
	Env      annotate.Env
	Progress func(articles int) // how many were read so far; may be nil
}

// Make plans steps for a project. It reads all of it, once, and can be given up by
// ctx. Steps that cannot be done are an *annotate.Error that says why.
func Make(ctx context.Context, store annotate.Store, o Options, steps ...Step) (*Plan, error) {
	position, err := store.Position(ctx)
	if err != nil {
		return nil, err
	}
	schema, err := store.Schema(ctx)
	if err != nil {
		return nil, err
	}
	p, err := compile(schema, o.Env, steps)
	if err != nil {
		return nil, err
	}
	w := newWalk(p)
	if err := w.project(ctx, store, o.Progress); err != nil {
		return nil, err
	}
	for _, late := range p.late {
		late(w)
	}
	if p.refused != nil {
		return nil, p.refused
	}
	return p.plan(position, w), nil
}

// After is the schema as steps would leave it, as far as that can be said without
// the annotations: relation types of which none is left, and choices made of
// values, are not looked at.
func After(schema *annotate.Schema, env annotate.Env, steps ...Step) (*annotate.Schema, error) {
	p, err := compile(schema, env, steps)
	if err != nil {
		return nil, err
	}
	return p.schema, nil
}

func compile(schema *annotate.Schema, env annotate.Env, steps []Step) (*planner, error) {
	p := &planner{env: env, before: schema, schema: clone(schema), joins: map[id]*effect{}}
	for _, step := range steps {
		e := &effect{p: p, counting: true}
		if err := step.compile(p, e); err != nil {
			return nil, err
		}
		p.effects = append(p.effects, e)
	}
	return p, p.checkNames()
}

// plan puts together what was found.
func (p *planner) plan(position int64, w *walk) *Plan {
	changed, gone := p.schemaOps()
	plan := &Plan{Position: position, Schema: p.schema, Touched: w.touched, Ops: slices.Concat(changed, w.ops, gone)}
	for _, e := range p.effects {
		done := Done{Title: e.title, Sentences: e.sentences(), Touched: e.touched()}
		plan.Steps = append(plan.Steps, done)
		plan.Sentences = append(plan.Sentences, done.Sentences...)
	}
	if n := plan.Touched.InBin; n > 0 {
		plan.Sentences = append(plan.Sentences, fmt.Sprintf("%s in the bin %s with the others.", count(n, "article"), verb(n, "changes", "change")))
	}
	switch len(p.effects) {
	case 0:
	case 1:
		plan.Title = p.effects[0].title
	default:
		plan.Title = fmt.Sprintf("Change the schema (%s)", count(len(p.effects), "step"))
	}
	return plan
}

// count is a number of things: 1 span, 2 spans, 3 entities.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	if strings.HasSuffix(thing, "y") {
		return fmt.Sprintf("%d %sies", n, strings.TrimSuffix(thing, "y"))
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

func verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
