package format

import (
	"cmp"
	"context"

	"lede/annotate"
)

// run is one export on its way.
type run struct {
	store  annotate.Store
	o      ExportOptions
	format *Format
	choice choice
	names  names
	job    *Job
	plan   *Plan
	left   notes
	total  int
}

// MakePlan works out what an export would write, lose and leave out. It writes
// nothing.
func MakePlan(ctx context.Context, store annotate.Store, o ExportOptions) (*Plan, error) {
	r, err := begin(ctx, store, o)
	if err != nil {
		return nil, err
	}
	if err := r.stream(ctx, func(*Article) error { return nil }); err != nil {
		return nil, err
	}
	return r.finish(), nil
}

func begin(ctx context.Context, store annotate.Store, o ExportOptions) (*run, error) {
	f, err := Lookup(o.Format)
	if err != nil {
		return nil, err
	}
	if !f.Writes() {
		return nil, usage("format %s is only read.", "lede formats lists what is written.", f.Name)
	}
	if o.NoText && !f.Standoff {
		return nil, usage("format %s cannot be written without the text.", "", f.Name)
	}
	s, err := settings(o.Options, f.Name, ForExport, f.Options, ExportOptionsOfAll)
	if err != nil {
		return nil, err
	}
	if f.AsFile != nil && f.AsFile(o.Out, s) {
		one := *f
		one.Folder = false
		f = &one
	}
	r := &run{store: store, o: o, format: f}
	var people []annotate.Annotator
	if r.choice, people, err = choose(ctx, store, f, &o, s); err != nil {
		return nil, err
	}
	schema, err := store.Schema(ctx)
	if err != nil {
		return nil, err
	}
	entities, err := store.Entities(ctx)
	if err != nil {
		return nil, err
	}
	count, err := store.Count(ctx, annotate.ArticleQuery{})
	if err != nil {
		return nil, err
	}
	r.total = count.Total
	if len(o.Articles) > 0 {
		r.total = len(o.Articles)
	}
	position, err := store.Position(ctx)
	if err != nil {
		return nil, err
	}
	r.names = namesOf(schema, entities)
	r.job = &Job{Schema: schema, Entities: entities, People: people, Changes: position, Annotators: r.choice.names, Settings: s, Out: o.Out, NoText: o.NoText, Folder: f.Folder, Total: r.total, Names: map[string]string{}}
	if r.job.Annotators == nil {
		for _, p := range people {
			r.job.Annotators = append(r.job.Annotators, p.Name)
		}
	}
	r.plan = &Plan{Format: f.Name, Annotators: r.job.Annotators, Statuses: r.choice.statuses, SchemaVersion: schema.Version, OffsetUnit: string(cmp.Or(f.Offsets, CodePoints))}
	if f.FitProject != nil {
		f.FitProject(r.job)
	}
	return r, nil
}

// stream hands every article that goes out, fitted, to use.
func (r *run) stream(ctx context.Context, use func(*Article) error) error {
	if r.format.SchemaAlone {
		return nil
	}
	done := 0
	for doc, err := range r.store.Documents(ctx, annotate.DocumentQuery{Articles: r.o.Articles}) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		a := r.names.article(doc)
		r.plan.In.add(a)
		if r.choice.apply(a, &r.left) {
			if r.format.Fit != nil {
				a = r.format.Fit(a, r.job)
			}
			if a != nil {
				r.plan.Out.add(a)
				if err := use(a); err != nil {
					return err
				}
			}
		}
		done++
		if r.o.Progress != nil {
			r.o.Progress(Progress{Done: done, Total: r.total, Phase: Writing})
		}
	}
	return nil
}

func (r *run) finish() *Plan {
	r.plan.Losses, r.plan.LeftOut = r.job.losses.list(), r.left.list()
	if r.plan.Annotators == nil {
		r.plan.Annotators = []string{}
	}
	if r.plan.Statuses == nil {
		r.plan.Statuses = []annotate.Status{}
	}
	return r.plan
}

// Export writes articles and annotations. What it writes gets its name only when
// all is written, read back and found right; until then, and after an error or
// a cancelled ctx, there is nothing at Out. It returns the manifest.
func Export(ctx context.Context, store annotate.Store, o ExportOptions) (*Manifest, error) {
	r, err := begin(ctx, store, o)
	if err != nil {
		return nil, err
	}
	t, err := newTarget(r.format, o, r.store.Info().Path)
	if err != nil {
		return nil, err
	}
	defer t.abandon()
	want, err := newExpectations()
	if err != nil {
		return nil, err
	}
	defer want.close()
	if err := r.write(ctx, t, want); err != nil {
		return nil, err
	}
	if err := r.readBack(t, want); err != nil {
		return nil, err
	}
	plan := r.finish()
	if o.OnPlan != nil {
		if err := o.OnPlan(plan); err != nil {
			return nil, err
		}
	}
	m := r.manifest(t)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return m, t.keep(m)
}

func (r *run) write(ctx context.Context, t *target, want *Expectations) error {
	w, err := r.format.Write(t, r.job)
	if err != nil {
		return err
	}
	err = r.stream(ctx, func(a *Article) error {
		if err := want.add(a); err != nil {
			return err
		}
		return w.Write(a)
	})
	if closing := w.Close(); err == nil {
		err = closing
	}
	return err
}

func (r *run) readBack(t *target, want *Expectations) error {
	if r.format.ReadBack == nil {
		return nil
	}
	if r.o.Progress != nil {
		r.o.Progress(Progress{Done: r.total, Total: r.total, Phase: Checking})
	}
	if err := want.rewind(); err != nil {
		return err
	}
	return r.format.ReadBack(t.open, want, r.job)
}

func (r *run) manifest(t *target) *Manifest {
	m := &Manifest{Program: "lede " + r.o.Version, Plan: *r.plan, Options: r.job.Settings, NoText: r.o.NoText, Names: r.job.Names}
	m.Files, m.SHA256 = t.sums()
	return m
}
