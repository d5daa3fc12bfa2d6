package format

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/text"
)

// Whole is what a project keeps beside what a Writer is handed, all of one moment: for
// formats that lose nothing.
type Whole struct {
	Imports []annotate.Import
	Unseen  iter.Seq2[*annotate.Kept, error]
	Changes iter.Seq2[annotate.Change, error]
}

// goesWhole says whether an export is one of all that the project holds: then alone the
// history adds up to it.
func goesWhole(f *Format, o ExportOptions, s Settings) bool {
	everybody := o.Annotator == "" || strings.EqualFold(o.Annotator, annotate.AllName)
	everything := !slices.ContainsFunc(annotate.Statuses, func(x annotate.Status) bool { return len(o.Statuses) > 0 && !slices.Contains(o.Statuses, x) })
	return f.ReadWhole != nil && s["history"] != "no" && everybody && everything && s["origin"] != "manual" && o.Split == nil &&
		len(o.Articles)+len(o.Labels)+len(o.Map)+len(o.Mask) == 0 && !o.Anonymise && !o.NoText
}

// freeze lets a run see one moment of the project, and hands its job the whole of it.
func (r *run) freeze(ctx context.Context) error {
	now, err := r.store.Snapshot(ctx)
	if err != nil {
		return err
	}
	r.store, r.close = now, now.Close
	imports, err := now.Imports(ctx)
	r.whole = &Whole{Imports: imports, Unseen: now.Unseen(ctx), Changes: now.Changes(ctx)}
	return err
}

// end lets go of the moment.
func (r *run) end() {
	if r.close != nil {
		_ = r.close() // it was only read
	}
}

// Restored says what came back of a whole project beside its articles.
type Restored struct {
	Changes int `json:"changes"` // of the history
	Binned  int `json:"binned"`  // articles in the bin
}

// importWhole brings a whole project back, as it was, if the source is one and nothing
// was done yet in the project that is to hold it. Otherwise done is false.
func importWhole(ctx context.Context, store annotate.Store, jobs []*job, unread notes, o ImportOptions) (report *ImportReport, done bool, err error) {
	if len(jobs) != 1 || jobs[0].format == nil || jobs[0].format.ReadWhole == nil || jobs[0].settings["history"] == "no" || len(o.Map) > 0 {
		return nil, false, nil
	}
	if fresh, err := annotate.Untouched(ctx, store); err != nil || !fresh {
		return nil, false, err
	}
	j := jobs[0]
	w := &wholeImport{o: o, undone: map[annotate.ID]bool{}, report: &ImportReport{DryRun: o.DryRun, Restored: &Restored{}}}
	done, err = j.format.ReadWhole(ctx, j.src, func() (annotate.Restorer, error) { return w, w.begin(ctx, store) })
	if err == nil && done {
		err = w.Commit(ctx)
	}
	if err != nil || !done {
		_ = w.Abort(ctx) // what was not committed is not there
		if err != nil {
			err = NotWhole(Place{File: j.src.Name}, err)
		}
		return nil, done, err
	}
	w.report.Sources = []ImportedSource{{j.src.Name, j.name(), w.report.Added.Articles, string(CodePoints)}}
	w.report.Read = w.report.Added
	w.report.Notes = slices.Concat(unread.list(), w.notes.list())
	if o.DryRun {
		w.report.Change, w.report.FirstArticle = "", ""
	}
	return w.report, true, nil
}

// NotWhole is the error of something in a whole project, told with its place.
func NotWhole(at Place, err error) error {
	var told *annotate.Error
	var bad *annotate.InvalidError
	const hint = "The file was altered or damaged. Nothing was imported."
	switch {
	case errors.As(err, &told) && (!errors.Is(told.Kind, annotate.ErrInvalid) || told.Op == "import"):
		return err
	case errors.As(err, &told):
		what := strings.TrimSuffix(told.Detail, ".")
		if told.Subject != "" {
			what = told.Subject + ": " + what
		}
		return refuseFor(err, at, hint, "%s", what)
	case errors.As(err, &bad):
		return refuseFor(err, at, hint, "what it holds does not fit together: %s", bad)
	}
	return err
}

// StoredText refuses what no project holds as the text or the date of an article; the
// rest is the text as it is stored.
func StoredText(at Place, a annotate.Article, body string) (text.Intake, error) {
	if i := strings.IndexByte(body, '\r'); i >= 0 {
		return text.Intake{}, Refuse(at, "Mend the file.", "byte %d of the text is a carriage return, which no stored text holds", i)
	}
	// One BOM goes in the step, so that one that is part of the text stays.
	in, err := text.Normalize("\uFEFF" + body)
	if err != nil {
		return in, badText(at, err)
	}
	if iso, err := isoPrefix(a.PublishedISO, ""); err != nil || iso != a.PublishedISO {
		return in, Refuse(at, "Mend the file.", "the date %q of article %q is no date", a.PublishedISO, a.Ref)
	}
	return in, nil
}

// wholeImport counts what a Restorer is given. Without one, of a dry run, it only
// counts.
type wholeImport struct {
	o      ImportOptions
	into   annotate.Restorer
	report *ImportReport
	notes  notes
	own    []annotate.Record // that the project was made with
	undone map[annotate.ID]bool
}

func (w *wholeImport) begin(ctx context.Context, store annotate.Store) error {
	schema, err := store.Schema(ctx)
	if err != nil {
		return err
	}
	for _, l := range schema.Labels {
		w.own = append(w.own, l)
	}
	for _, a := range schema.Attributes {
		w.own = append(w.own, a)
	}
	for _, t := range schema.RelationTypes {
		w.own = append(w.own, t)
	}
	if !w.o.DryRun {
		w.into, err = store.BeginRestore(ctx)
	}
	return err
}

// Records implements annotate.Restorer.
func (w *wholeImport) Records(ctx context.Context, records []annotate.Record) error {
	c := &w.report.Created
	for _, r := range records {
		switch r := r.(type) {
		case annotate.Import:
			w.undone[r.ID] = r.State == annotate.ImportUndone
		case annotate.Label:
			c.Labels = append(c.Labels, annotate.NameOf(r))
		case annotate.RelationType:
			c.RelationTypes = append(c.RelationTypes, annotate.NameOf(r))
		case annotate.Attribute:
			c.Attributes = append(c.Attributes, annotate.NameOf(r))
		case annotate.Annotator:
			c.Annotators = append(c.Annotators, annotate.NameOf(r))
		case annotate.Entity:
			c.Entities = append(c.Entities, annotate.NameOf(r))
		}
		w.own = slices.DeleteFunc(w.own, func(own annotate.Record) bool {
			return own.RecordKind() == r.RecordKind() && annotate.NameOf(own) == annotate.NameOf(r)
		})
	}
	if w.into == nil {
		return nil
	}
	return w.into.Records(ctx, records)
}

// Articles implements annotate.Restorer.
func (w *wholeImport) Articles(ctx context.Context, batch []annotate.Kept) error {
	for _, k := range batch {
		switch {
		case k.State.Presence == annotate.Deleted:
			w.report.Restored.Binned++
			continue
		case k.Text == nil || w.undone[k.Article.Import]:
			continue // nobody sees it
		}
		if w.report.FirstArticle == "" {
			w.report.FirstArticle = k.Article.ID
		}
		w.report.Added.Articles++
		w.count(k.Sets)
	}
	if w.o.Progress != nil {
		w.o.Progress(Progress{Done: w.report.Added.Articles, Phase: Reading})
	}
	if w.into == nil {
		for i := range batch {
			if err := batch[i].Validate(); err != nil {
				return err
			}
		}
		return nil
	}
	return w.into.Articles(ctx, batch)
}

func (w *wholeImport) count(sets []annotate.SetData) {
	c := &w.report.Added
	c.Sets += len(sets)
	for _, d := range sets {
		c.Spans += len(d.Spans)
		c.Relations += len(d.Relations)
		for _, s := range d.Spans {
			c.Fragments += len(s.Fragments)
		}
	}
}

// History implements annotate.Restorer.
func (w *wholeImport) History(ctx context.Context, changes []annotate.Change) error {
	if w.report.Restored.Changes += len(changes); len(changes) > 0 {
		w.report.Change = changes[len(changes)-1].ID
	}
	if w.into == nil {
		return nil
	}
	return w.into.History(ctx, changes)
}

// Commit implements annotate.Restorer.
func (w *wholeImport) Commit(ctx context.Context) error {
	for _, own := range w.own {
		w.notes.add("gave_way", "labels, relation types and attributes that the new project was made with, and that gave way to those of the file", 1, annotate.NameOf(own))
	}
	if w.into == nil {
		return nil
	}
	if w.o.Progress != nil {
		w.o.Progress(Progress{Done: w.report.Added.Articles, Phase: Saving})
	}
	return w.into.Commit(ctx)
}

// Abort implements annotate.Restorer.
func (w *wholeImport) Abort(ctx context.Context) error {
	if w.into == nil {
		return nil
	}
	return w.into.Abort(context.WithoutCancel(ctx))
}
