package format

import (
	"context"

	"lede/annotate"
	"lede/annotate/format/internal/tamper"
)

// run is one export on its way.
type run struct {
	store  annotate.Store
	o      ExportOptions
	format *Format
	choice choice
	pick   *picker
	mask   *masker
	names  names
	job    *Job
	plan   *Plan
	left   notes
	split  *splitting // nil if the data is not split
	done   int        // articles, for the progress
	total  int
	whole  *Whole       // nil if only a part goes out
	close  func() error // of the moment that is seen; nil if there is none
}

// MakePlan works out what an export would write, lose and leave out. It writes
// nothing.
func MakePlan(ctx context.Context, store annotate.Store, o ExportOptions) (*Plan, error) {
	r, err := begin(ctx, store, o)
	if err != nil {
		return nil, err
	}
	defer r.end()
	passes, err := r.passes(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range passes {
		if err := r.stream(ctx, p, func(*Article) error { return nil }); err != nil {
			return nil, err
		}
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
		return nil, usage("format %s cannot be written without the text.", "Formats that can: %s.", f.Name, join(standoff()))
	}
	s, err := settings(o.Options, f.Name, ForExport, f.Options, ExportOptionsOfAll)
	if err != nil {
		return nil, err
	}
	if err := checkChoices(f, o); err != nil {
		return nil, err
	}
	if f.AsFile != nil && f.AsFile(o.Out, s) && (o.Split == nil || !f.Splits) {
		one := *f
		one.Folder = false
		f = &one
	}
	r := &run{store: store, o: o, format: f}
	if goesWhole(f, o, s) {
		if err := r.freeze(ctx); err != nil {
			r.end()
			return nil, err
		}
	}
	var people []annotate.Annotator
	r.choice, people, err = choose(ctx, r.store, f, &o, s)
	if err == nil {
		err = r.prepare(ctx, people, s)
	}
	if err != nil {
		r.end()
		return nil, err
	}
	return r, nil
}

// standoff are the names of the formats that can be written without the text.
func standoff() (list []string) {
	for _, f := range All() {
		if f.Writes() && f.Standoff {
			list = append(list, f.Name)
		}
	}
	return list
}

// prepare makes the job and the plan.
func (r *run) prepare(ctx context.Context, people []annotate.Annotator, s Settings) error {
	store, f, o := r.store, r.format, r.o
	schema, err := store.Schema(ctx)
	if err != nil {
		return err
	}
	entities, err := store.Entities(ctx)
	if err != nil {
		return err
	}
	count, err := store.Count(ctx, annotate.ArticleQuery{})
	if err != nil {
		return err
	}
	r.total = count.Total
	if len(o.Articles) > 0 {
		r.total = len(o.Articles)
	}
	if kept := count.Total - len(o.Articles); o.Filter != "" && kept > 0 {
		r.left.add("filter", "articles that do not pass the filter "+o.Filter, kept, "")
	}
	binned, err := store.Count(ctx, annotate.ArticleQuery{Presence: annotate.Deleted})
	if err != nil {
		return err
	}
	position, err := store.Position(ctx)
	if err != nil {
		return err
	}
	r.names = namesOf(schema, entities)
	if r.pick, err = newPicker(schema, &o); err != nil {
		return err
	}
	if r.mask, err = newMasker(schema, people, &o); err != nil {
		return err
	}
	people = r.mask.people(&r.choice, people)
	r.job = &Job{
		Schema: r.pick.schema(schema), Entities: r.mask.entities(entities), People: people, Changes: position, Binned: binned.Total, Whole: r.whole, Annotators: r.choice.names,
		Settings: s, Out: o.Out, NoText: o.NoText, Folder: f.Folder, Total: r.total, Names: map[string]string{}, losses: notes{byKey: map[[2]string]*Note{}},
	}
	if r.job.Annotators == nil {
		for _, p := range people {
			r.job.Annotators = append(r.job.Annotators, p.Name)
		}
	}
	r.plan = &Plan{
		Format: f.Name, Annotators: r.job.Annotators, Statuses: r.choice.statuses, SchemaVersion: schema.Version,
		OffsetUnit: string(f.offsetsOf(s, o.NoText)), AsOf: momentOf(store.Info()), Filter: o.Filter, Labels: o.Labels, Map: o.Map, Anonymised: r.mask.report,
	}
	return nil
}

// pass is one reading of the articles that go into one target: all of them, or those
// of one part of a split.
type pass struct {
	job      *Job
	part     string        // "" = all
	articles []annotate.ID // none = all
	empty    bool          // no article at all
	counted  bool          // what is left out was told before
}

// passes prepares the job, once for each part that is written on its own.
func (r *run) passes(ctx context.Context) ([]*pass, error) {
	p := &pass{job: r.job, articles: r.o.Articles}
	if r.o.Split != nil {
		if err := r.divide(ctx); err != nil {
			return nil, err
		}
		if !r.format.Splits {
			return r.partPasses(), nil
		}
		p.counted, p.articles, p.empty = true, r.split.all, len(r.split.all) == 0
		for _, part := range r.split.parts {
			r.job.Splits = append(r.job.Splits, part.Name)
		}
		r.job.Folder = true
	}
	if r.format.FitProject != nil {
		r.format.FitProject(r.job)
	}
	return []*pass{p}, nil
}

// chosen is an article with the annotation sets that go out, and those that it had;
// nil if it does not go out. What was told before is not told again.
func (r *run) chosen(doc *annotate.Document, again bool) (a *Article, had []Set, left *notes) {
	a, left = r.names.article(doc), &r.left
	r.mask.annotators(a)
	if again {
		left = &notes{}
	} else {
		r.plan.In.add(a)
	}
	had = a.Sets
	if !r.choice.apply(a, left) {
		return nil, nil, left
	}
	return a, had, left
}

// stream hands every article of a pass that goes out, fitted, to use.
func (r *run) stream(ctx context.Context, p *pass, use func(*Article) error) error {
	if r.format.SchemaAlone || p.empty {
		return nil
	}
	for doc, err := range r.store.Documents(ctx, annotate.DocumentQuery{Articles: p.articles}) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		if a, had, left := r.chosen(doc, p.counted); a != nil {
			if err := r.mask.words(ctx, a, had); err != nil {
				return err
			}
			r.mask.records(a)
			r.pick.apply(a, left)
			a.Split = r.split.partOf(doc.Article.ID)
			if r.format.Fit != nil {
				a = r.format.Fit(a, p.job)
			}
			if a != nil {
				r.plan.Out.add(a)
				r.split.count(a)
				if err := use(a); err != nil {
					return err
				}
			}
		}
		r.done++
		if r.o.Progress != nil {
			r.o.Progress(Progress{Done: r.done, Total: r.total, Phase: Writing})
		}
	}
	return nil
}

func (r *run) finish() *Plan {
	r.mask.tell(r.job)
	r.plan.Losses, r.plan.LeftOut = r.job.losses.list(), r.left.list()
	r.plan.Split = r.split.report()
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
	defer r.end()
	t, err := newTarget(r.format, o, r.store.Info().Path)
	if err != nil {
		return nil, err
	}
	defer t.abandon()
	passes, err := r.passes(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range passes {
		if err := r.export(ctx, t, p); err != nil {
			return nil, err
		}
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

// export writes what one pass reads, and reads it back.
func (r *run) export(ctx context.Context, t *target, p *pass) error {
	want, err := newExpectations()
	if err != nil {
		return err
	}
	defer want.close()
	var out Target = t
	open := t.open
	if p.part != "" {
		sub := &subTarget{t: t, part: p.part, folder: r.format.Folder, extension: r.format.Extension(r.o.Options)}
		out, open = sub, sub.open
	}
	if err := r.write(ctx, out, p, want); err != nil {
		return err
	}
	return r.readBack(tamper.Open(ctx, open), p, want)
}

func (r *run) write(ctx context.Context, t Target, p *pass, want *Expectations) error {
	w, err := r.format.Write(t, p.job)
	if err != nil {
		return err
	}
	err = r.stream(ctx, p, func(a *Article) error {
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

func (r *run) readBack(open OpenFunc, p *pass, want *Expectations) error {
	if r.format.ReadBack == nil {
		return nil
	}
	if r.o.Progress != nil {
		r.o.Progress(Progress{Done: r.done, Total: r.total, Phase: Checking})
	}
	if err := want.rewind(); err != nil {
		return err
	}
	return r.format.ReadBack(open, want, p.job)
}

func (r *run) manifest(t *target) *Manifest {
	m := &Manifest{Program: "lede " + r.o.Version, Plan: *r.plan, Options: r.job.Settings, NoText: r.o.NoText, Names: r.job.Names}
	if r.o.Split != nil {
		m.Seed = &r.o.Split.Seed
	}
	m.Files, m.SHA256 = t.sums()
	return m
}
