package annotest

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate"
)

// testRandom drives the store under test and the fake side by side with random
// changes, good and bad, undo, redo, imports and reopening, and compares them
// after every step.
func testRandom(t testing.TB, open func(testing.TB) Harness) {
	rapid.Check(t, func(r *rapid.T) {
		m := newMachine(r, open(t))
		defer m.close()
		r.Repeat(map[string]func(*rapid.T){
			"":           m.compare,
			"annotate":   m.annotate,
			"annotateB":  m.annotate,
			"schema":     m.schema,
			"facts":      m.facts,
			"filters":    m.filters,
			"broken":     m.broken,
			"undo":       m.undo,
			"redo":       m.redo,
			"import":     m.importing,
			"importUndo": m.undoImport,
			"reopen":     m.reopen,
			"compact":    m.compact,
			"purge":      m.purge,
		})
		m.check(r)
	})
}

// checkSome checks a property of random projects that takes too long for as many as
// rapid asks for: of the first ones, and of all that lead to a smaller counterexample.
func checkSome(t testing.TB, open func(testing.TB) Harness, most int, property func(*rapid.T, *machine)) {
	tried, failed := 0, false
	rapid.Check(t, func(r *rapid.T) {
		if tried++; tried > most && !failed {
			return
		}
		defer func() { failed = failed || r.Failed() }()
		m := newMachine(r, open(t))
		defer m.close()
		property(r, m)
	})
}

type machine struct {
	Harness
	model, real annotate.Store
	newID       func() id
	project     *Project
}

func newMachine(r *rapid.T, h Harness) *machine {
	newID := NewEnvAt(Start, 9).NewID
	m := &machine{Harness: h, newID: newID, project: Projects(newID, 3).Draw(r, "project")}
	var err error
	if m.real, err = h.Projects.Create(ctx, h.Path, "ana", m.project.Records()); err != nil {
		r.Fatal(err)
	}
	if m.model, err = NewMemoryProjects(NewEnvAt(Start, 8)).Create(ctx, "model", "ana", m.project.Records()); err != nil {
		r.Fatal(err)
	}
	m.bring(r, m.project.Articles, nil, true)
	return m
}

func (m *machine) close() {
	if m.real != nil {
		_ = m.real.Close()
	}
}

// class is what kind of failure an error is.
func class(err error) string {
	for _, kind := range []error{
		annotate.ErrConflict, annotate.ErrInvalid, annotate.ErrExists, annotate.ErrNothing, annotate.ErrBusy, annotate.ErrNotFound,
	} {
		if errors.Is(err, kind) {
			return kind.Error()
		}
	}
	if err != nil {
		return "another failure: " + err.Error()
	}
	return "done"
}

func (m *machine) agree(r *rapid.T, what string, want, got error) {
	if class(want) != class(got) {
		r.Fatalf("%s: the fake says %v, the store %v", what, want, got)
	}
}

// apply applies a change to both.
func (m *machine) apply(r *rapid.T, c annotate.Change) {
	want, errWant := m.model.Apply(ctx, c)
	got, errGot := m.real.Apply(ctx, c)
	m.agree(r, c.Title, errWant, errGot)
	if errWant == nil && (want.Position != got.Position || want.Seq != got.Seq) {
		r.Fatalf("%s: position %d and number %d, want %d and %d", c.Title, got.Position, got.Seq, want.Position, want.Seq)
	}
}

func (m *machine) change(title string, ops ...annotate.Op) annotate.Change {
	return annotate.Change{ID: m.newID(), Actor: "ana", Cause: annotate.CauseManual, Title: title, Ops: ops}
}

// compare is the invariant: both show the same.
func (m *machine) compare(r *rapid.T) {
	want, err := Dump(ctx, m.model)
	if err != nil {
		r.Fatal(err)
	}
	got, err := Dump(ctx, m.real)
	if err != nil {
		r.Fatal(err)
	}
	if diff := Diff(want, got); diff != "" {
		r.Fatalf("the store differs from the fake: %s", diff)
	}
	m.compareMentions(r)
	var last annotate.Clock
	changes, err := m.real.History(ctx, annotate.HistoryQuery{WithoutOps: true})
	if err != nil {
		r.Fatal(err)
	}
	for _, c := range changes {
		if c.Clock <= last {
			r.Fatalf("the clock goes back with change %d", c.Position)
		}
		last = c.Clock
	}
}

func (m *machine) check(r *rapid.T) {
	problems, err := m.real.Check(ctx)
	if err != nil || len(problems) > 0 {
		r.Fatalf("check: %v %+v", err, problems)
	}
}

func (m *machine) reopen(r *rapid.T) {
	err := m.real.Close()
	if err != nil {
		r.Fatal(err)
	}
	mode := rapid.SampledFrom([]annotate.Mode{annotate.ModeWrite, annotate.ModeWindow}).Draw(r, "mode")
	if m.real, err = m.Projects.Open(ctx, m.Path, mode); err != nil {
		r.Fatal(err)
	}
}

// documents are those of the fake, as a basis for changes.
func (m *machine) documents(r *rapid.T) []*annotate.Document {
	var all []*annotate.Document
	for d, err := range m.model.Documents(ctx, annotate.DocumentQuery{}) {
		if err != nil {
			r.Fatal(err)
		}
		all = append(all, d)
	}
	return all
}

// current is the schema and the people as they are now.
func (m *machine) current(r *rapid.T) *Project {
	schema, err := m.model.Schema(ctx)
	annotators, err2 := m.model.Annotators(ctx)
	entities, err3 := m.model.Entities(ctx)
	if err := errors.Join(err, err2, err3); err != nil {
		r.Fatal(err)
	}
	return &Project{
		Labels: schema.Labels, RelationTypes: schema.RelationTypes, Attributes: schema.Attributes, Rules: schema.Rules,
		Annotators: annotators, Entities: entities,
	}
}

// annotate works on one article: a new set or span, a changed or deleted one.
func (m *machine) annotate(r *rapid.T) {
	documents, p := m.documents(r), m.current(r)
	if len(documents) == 0 || len(p.Labels) == 0 || len(p.Annotators) == 0 || len(p.RelationTypes) == 0 {
		return
	}
	d := rapid.SampledFrom(documents).Draw(r, "document")
	if len(d.Sets) == 0 || rapid.IntRange(0, 5).Draw(r, "new set") == 0 {
		data := p.Set(m.newID, rapid.SampledFrom(p.Annotators).Draw(r, "annotator"), d.Article.Length).Draw(r, "set")
		m.apply(r, m.change("new set", createSet(data, d.Article.ID)...))
		return
	}
	set := rapid.SampledFrom(d.Sets).Draw(r, "set")
	if d.Article.Length == 0 || len(set.Spans) == 0 || rapid.IntRange(0, 2).Draw(r, "what") == 0 {
		m.annotateSet(r, p, d, set)
		return
	}
	span := rapid.SampledFrom(set.Spans).Draw(r, "span")
	changed := span
	switch rapid.IntRange(0, 4).Draw(r, "how") {
	case 0:
		changed.Fragments = Fragments(d.Article.Length).Draw(r, "fragments")
	case 1:
		changed.Label = rapid.SampledFrom(p.Labels).Draw(r, "label").ID
	case 2:
		changed.Note, changed.Extra = Note().Draw(r, "note"), Extra().Draw(r, "extra")
	case 3:
		relation := p.Relation(m.newID, set.Spans).Draw(r, "relation")
		relation.Set = set.Set.ID
		m.apply(r, m.change("link", annotate.Create(relation)))
		return
	default:
		var ops []annotate.Op
		for _, rel := range set.Relations {
			if rel.From == span.ID || rel.To == span.ID {
				ops = append(ops, annotate.Delete(rel))
			}
		}
		m.apply(r, m.change("delete span", append(ops, annotate.Delete(span))...))
		return
	}
	m.apply(r, m.change("change span", annotate.Update(span, changed)))
}

func createSet(data annotate.SetData, article id) []annotate.Op {
	data.Set.Article = article
	ops := []annotate.Op{annotate.Create(data.Set)}
	for _, s := range data.Spans {
		s.Set = data.Set.ID
		ops = append(ops, annotate.Create(s))
	}
	for _, rel := range data.Relations {
		rel.Set = data.Set.ID
		ops = append(ops, annotate.Create(rel))
	}
	return ops
}

func (m *machine) annotateSet(r *rapid.T, p *Project, d *annotate.Document, set annotate.SetData) {
	changed := set.Set
	changed.Status = rapid.SampledFrom(annotate.Statuses).Draw(r, "status")
	changed.Flag, changed.Fields = Note().Draw(r, "flag"), Values().Draw(r, "fields")
	ops := []annotate.Op{annotate.Update(set.Set, changed)}
	if d.Article.Length > 0 {
		span := p.Span(m.newID, d.Article.Length, set.Spans).Draw(r, "span")
		span.Set = set.Set.ID
		ops = append(ops, annotate.Create(span))
	}
	if rapid.IntRange(0, 9).Draw(r, "delete set") == 0 {
		ops = inverse(createSet(set, d.Article.ID))
	}
	m.apply(r, m.change("change set", ops...))
}

// schema makes, changes or deletes a record of the schema or a person, whoever
// uses it.
func (m *machine) schema(r *rapid.T) {
	records := m.current(r).Records()
	name := fmt.Sprintf("n%d", rapid.IntRange(0, 9).Draw(r, "name"))
	fresh := []annotate.Record{
		annotate.Label{ID: m.newID(), Name: name, Order: len(records), Entity: EntityKind().Draw(r, "entity kind"), Extra: Extra().Draw(r, "extra")},
		annotate.RelationType{ID: m.newID(), Name: name, Min: 1, Hotkey: "2", Description: Note().Draw(r, "description")},
		annotate.Annotator{ID: m.newID(), Name: name, Kind: annotate.Model},
		annotate.Entity{ID: m.newID(), Kind: "place", Name: name, Aliases: Aliases().Draw(r, "aliases"), Attributes: Values().Draw(r, "values")},
		annotate.Rule{ID: m.newID(), Name: name},
		annotate.Attribute{ID: m.newID(), Name: name, Required: true, Default: rapid.SampledFrom(defaults).Draw(r, "default")},
	}
	made := rapid.SampledFrom(fresh).Draw(r, "record")
	op := annotate.Create(made)
	if len(records) > 0 && rapid.Bool().Draw(r, "old") {
		old := rapid.SampledFrom(records).Draw(r, "old record")
		op = annotate.Delete(old)
		if rapid.Bool().Draw(r, "rename") {
			op = annotate.Update(old, renamed(old, name))
		}
	}
	m.apply(r, m.change("schema", op))
}

func renamed(r annotate.Record, name string) annotate.Record {
	switch r := r.(type) {
	case annotate.Label:
		r.Name = name
		return r
	case annotate.RelationType:
		r.Name = name
		return r
	case annotate.Annotator:
		r.Name = name
		return r
	case annotate.Entity:
		r.Name = name
		return r
	case annotate.Rule:
		r.Name = name
		return r
	case annotate.Attribute:
		r.Name = name
		return r
	}
	return r
}

// facts changes facts of an article, puts it into the bin or takes it out.
func (m *machine) facts(r *rapid.T) {
	presence := rapid.SampledFrom([]annotate.Presence{annotate.Live, annotate.Deleted}).Draw(r, "presence")
	rows, err := m.model.Articles(ctx, annotate.ArticleQuery{Presence: presence})
	if err != nil {
		r.Fatal(err)
	}
	if len(rows) == 0 {
		return
	}
	a := rapid.SampledFrom(rows).Draw(r, "article").Article
	changed := a
	changed.Ref, changed.Title = fmt.Sprintf("ref-%d", rapid.IntRange(0, 4).Draw(r, "ref")), Note().Draw(r, "title")
	changed.Meta, changed.Order = Values().Draw(r, "meta"), a.Order+int64(rapid.IntRange(0, 2).Draw(r, "order"))
	op := annotate.Update(a, changed)
	if rapid.Bool().Draw(r, "bin") {
		other := annotate.Live
		if presence == annotate.Live {
			other = annotate.Deleted
		}
		op = annotate.Update(annotate.ArticleState{ID: a.ID, Presence: presence}, annotate.ArticleState{ID: a.ID, Presence: other})
	}
	m.apply(r, m.change("facts", op))
}

// broken makes a change that is wrong in one place.
func (m *machine) broken(r *rapid.T) {
	for _, d := range m.documents(r) {
		for _, set := range d.Sets {
			if len(set.Spans) == 0 {
				continue
			}
			span := set.Spans[0]
			bad := span
			switch rapid.IntRange(0, 4).Draw(r, "fault") {
			case 0:
				bad.Fragments = append(slices.Clone(span.Fragments), span.Fragments[0])
			case 1:
				bad.Fragments = annotate.Fragments{{Start: 0, End: d.Article.Length + 1}}
			case 2:
				bad.Label = m.newID()
			case 3:
				span.Note += "stale"
			default:
				bad.ID = m.newID()
			}
			m.apply(r, m.change("broken", annotate.Update(set.Set, set.Set), annotate.Update(span, bad)))
			return
		}
	}
}

// done lists changes that can be undone, or those that were.
func (m *machine) done(r *rapid.T, undone bool) []annotate.Change {
	all, err := m.model.History(ctx, annotate.HistoryQuery{StackedOnly: true})
	if err != nil {
		r.Fatal(err)
	}
	taken := map[id]bool{}
	for _, c := range all {
		taken[c.Undoes], taken[c.Redoes] = true, false
	}
	return slices.DeleteFunc(all, func(c annotate.Change) bool {
		return !c.CanUndo() || taken[c.ID] != undone
	})
}

// undo takes back one of the newest changes.
func (m *machine) undo(r *rapid.T) {
	all := m.done(r, false)
	if len(all) == 0 {
		return
	}
	c := rapid.SampledFrom(all[max(0, len(all)-3):]).Draw(r, "change")
	undo := m.change("undo "+c.Title, inverse(c.Ops)...)
	undo.Cause, undo.Undoes = annotate.CauseUndo, c.ID
	m.apply(r, undo)
}

func (m *machine) redo(r *rapid.T) {
	all := m.done(r, true)
	if len(all) == 0 {
		return
	}
	c := rapid.SampledFrom(all).Draw(r, "change")
	redo := m.change("redo "+c.Title, again(c.Ops)...)
	redo.Cause, redo.Redoes = annotate.CauseRedo, c.ID
	m.apply(r, redo)
}

// undoImport undoes an import, whatever was done with it since.
func (m *machine) undoImport(r *rapid.T) {
	all := slices.DeleteFunc(m.done(r, false), func(c annotate.Change) bool { return c.Cause != annotate.CauseImport })
	if len(all) == 0 {
		return
	}
	c := rapid.SampledFrom(all).Draw(r, "import")
	undo := m.change("undo import", inverse(c.Ops)...)
	undo.Cause, undo.Undoes = annotate.CauseUndo, c.ID
	m.apply(r, undo)
}
