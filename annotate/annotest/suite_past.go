package annotest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate"
)

// testPast finds changes by all that can be asked for.
func testPast(t testing.TB, open func(testing.TB) Harness) {
	w := newWorld(t, open)
	a, b := w.item("a", "some text"), w.item("b", "more text")
	imported := w.imports(a, b)
	set := w.set(a.Article.ID, w.ana)
	span := w.span(set.ID, w.actor, 0, 4)
	change := func(actor, title string, article id, ops ...annotate.Op) annotate.Change {
		c := w.change(ops...)
		c.Actor, c.Title, c.Article = actor, title, article
		c, err := w.Apply(ctx, c)
		w.must(err)
		return c
	}
	tag := change("ana", "Tag “Šome” as Actor", a.Article.ID, annotate.Create(set), annotate.Create(span))
	done := set
	done.Status = annotate.Done
	mark := change("ben", "Mark as done", a.Article.ID, annotate.Update(set, done))
	schema := change("ben", "Rule", "", annotate.Create(annotate.Rule{ID: w.newID(), Name: "r"}))
	entity := change("ana", "New entity", "", annotate.Create(annotate.Entity{ID: w.newID(), Kind: "person", Name: "E"}))
	undo := w.undo(mark)
	undo.Article = a.Article.ID
	undo, err := w.Apply(ctx, undo)
	w.must(err)

	all, err := w.Past(ctx, annotate.PastQuery{})
	w.must(err)
	same(w, "all", fmt.Sprint([]int64{7, 6, 5, 4, 3, 2, 1}), fmt.Sprint(all))
	for _, c := range []struct {
		q    annotate.PastQuery
		want []annotate.Change
	}{
		{annotate.PastQuery{Actor: "ben"}, []annotate.Change{schema, mark}},
		{annotate.PastQuery{Article: a.Article.ID}, []annotate.Change{undo, mark, tag}},
		{annotate.PastQuery{Article: b.Article.ID}, nil},
		{annotate.PastQuery{Topic: annotate.TopicAnnotations}, []annotate.Change{tag}},
		{annotate.PastQuery{Topic: annotate.TopicArticles}, []annotate.Change{undo, mark}},
		{annotate.PastQuery{Topic: annotate.TopicImports}, []annotate.Change{imported}},
		{annotate.PastQuery{Topic: annotate.TopicEntities, Actor: "ana", From: entity.At()}, []annotate.Change{entity}},
		{annotate.PastQuery{Topic: annotate.TopicSchema, From: imported.At()}, []annotate.Change{schema}},
		{annotate.PastQuery{From: entity.At()}, []annotate.Change{undo, entity}},
		{annotate.PastQuery{From: mark.At(), Until: schema.At()}, []annotate.Change{schema, mark}},
		{annotate.PastQuery{Words: []string{"TAGGED", "šOME"}}, []annotate.Change{tag}},
		{annotate.PastQuery{Words: []string{"title of a", "took back"}}, []annotate.Change{undo}},
		{annotate.PastQuery{Words: []string{"%"}}, nil},
	} {
		found, err := w.Past(ctx, c.q)
		w.must(err)
		want := []int64{}
		for _, change := range c.want {
			want = append(want, change.Position)
		}
		same(w, fmt.Sprintf("%+v", c.q), fmt.Sprint(want), fmt.Sprint(append([]int64{}, found...)))
	}
	rows, err := w.PastRows(ctx, []int64{mark.Position, 99, tag.Position, schema.Position})
	w.must(err)
	same(w, "rows", 3, len(rows))
	same(w, "undone", fmt.Sprint(true, false, false), fmt.Sprint(rows[0].Undone, rows[1].Undone, rows[2].Undone))
	same(w, "where", "Title of a|Title of a|", rows[0].Where+"|"+rows[1].Where+"|"+rows[2].Where)
	same(w, "records", fmt.Sprint(1, 2, 1), fmt.Sprint(rows[0].Touches, rows[1].Touches, rows[2].Touches))
	same(w, "articles", fmt.Sprint(1, 1, 0), fmt.Sprint(rows[0].Articles, rows[1].Articles, rows[2].Articles))
	same(w, "ops", 0, len(rows[1].Ops))
	actors, err := w.Actors(ctx)
	w.must(err)
	same(w, "actors", "[ana ben]", fmt.Sprint(actors))
}

// testDependents says what stands in the way of undoing old changes.
func testDependents(t testing.TB, open func(testing.TB) Harness) {
	w := newWorld(t, open)
	a := w.item("a", "some text")
	imported := w.imports(a)
	label := annotate.Label{ID: w.newID(), Name: "late"}
	made := w.apply(annotate.Create(label))
	set := w.set(a.Article.ID, w.ana)
	one, two := w.span(set.ID, w.actor, 0, 4), w.span(set.ID, label, 5, 9)
	first := w.apply(annotate.Create(set), annotate.Create(one))
	second := w.apply(annotate.Create(two))
	rel := annotate.Relation{ID: w.newID(), Set: set.ID, Type: w.speaker.ID, From: one.ID, To: two.ID}
	link := w.apply(annotate.Create(rel))
	other := w.apply(annotate.Create(annotate.Rule{ID: w.newID(), Name: "alone"}))
	expect := func(of annotate.Change, want ...annotate.Change) {
		w.Helper()
		rows, err := w.Dependents(ctx, of.ID, 10)
		w.must(err)
		var got []annotate.Change
		for _, r := range rows {
			got = append(got, r.Change)
		}
		same(w, "what depends on "+string(of.ID), ids(want), ids(got))
	}
	expect(imported, link, second, first)
	expect(made, second)
	expect(first, link, second)
	expect(second, link)
	expect(link)
	expect(other)
	undo, err := w.Apply(ctx, w.undo(link))
	w.must(err)
	expect(second)
	expect(undo)
	redo := w.redo(link)
	_, err = w.Apply(ctx, redo)
	w.must(err)
	expect(second, link)
	expect(link) // it is in force since it was brought back
	rows, err := w.Dependents(ctx, first.ID, 1)
	w.must(err)
	same(w, "at most", 1, len(rows))
	_, err = w.Dependents(ctx, "none", 1)
	w.fails(err, annotate.ErrNotFound)
	gone := w.apply(annotate.Delete(rel), annotate.Delete(two))
	ended := w.apply(annotate.Delete(label))
	expect(gone, ended) // it cannot come back without its label
	w.clean()
}

// testTakeBack undoes one old change of random projects: if nothing depends on it, the
// project is then what it would be had the change never been made; else nothing
// changes.
func testTakeBack(t testing.TB, open func(testing.TB) Harness) {
	const most = 12 // projects: each is replayed
	checkSome(t, open, most, func(r *rapid.T, m *machine) {
		r.Repeat(map[string]func(*rapid.T){
			"annotate": m.annotate, "annotateB": m.annotate, "schema": m.schema, "facts": m.facts, "undo": m.undo, "redo": m.redo,
		})
		m.takeBack(r)
		m.check(r)
	})
}

// takeBack chooses one change in force and undoes it in both projects.
func (m *machine) takeBack(r *rapid.T) {
	all := slices.DeleteFunc(m.done(r, false), func(c annotate.Change) bool {
		return c.Cause == annotate.CauseImport || len(effective(c)) == 0
	})
	if len(all) == 0 {
		return
	}
	c := rapid.SampledFrom(all).Draw(r, "old change")
	want, err := m.model.Dependents(ctx, c.ID, 100)
	if err != nil {
		r.Fatal(err)
	}
	got, err := m.real.Dependents(ctx, c.ID, 100)
	if err != nil {
		r.Fatal(err)
	}
	if w, g := positions(want), positions(got); w != g {
		r.Fatalf("%d: the fake says that %s depend on it, the store %s", c.Position, w, g)
	}
	before := shown(r, m.real)
	never, impossible := m.without(r, c)
	err = annotate.ErrConflict
	if len(got) == 0 {
		undo := m.change("undo "+c.Title, inverse(effective(c))...)
		undo.Cause, undo.Undoes = annotate.CauseUndo, c.ID
		_, err = m.real.Apply(ctx, undo)
	}
	switch now := shown(r, m.real); {
	case err != nil && class(err) != class(annotate.ErrConflict) && class(err) != class(annotate.ErrInvalid):
		r.Fatal(err)
	case err != nil:
		if diff := Diff(before, now); diff != "" {
			r.Fatalf("the undo of %d was refused (%v), and something changed: %s", c.Position, err, diff)
		}
		// The structure may refuse what the others do not need: work in an article that lies
		// in the bin now, or an article put there under work that was done in it.
		if impossible == nil && !unbins(c) && class(err) != class(annotate.ErrInvalid) {
			r.Fatalf("change %d need not have been made for the others, and cannot be undone: %v %s", c.Position, err, positions(got))
		}
	case class(impossible) == class(annotate.ErrConflict):
		r.Fatalf("change %d was undone, and the others could not have been made without it", c.Position)
	case impossible != nil: // one needed a name that it made free, and has given it up since
	default:
		if diff := Diff(never, now); diff != "" {
			r.Fatalf("without change %d it would be otherwise: %s", c.Position, diff)
		}
	}
}

// effective are the ops that alter something: no intent makes others, the machine does.
func effective(c annotate.Change) []annotate.Op {
	return slices.DeleteFunc(slices.Clone(c.Ops), func(op annotate.Op) bool { return annotate.SameRecord(op.Before, op.After) })
}

// unbins says whether a change took articles out of the bin.
func unbins(c annotate.Change) bool {
	return slices.ContainsFunc(c.Ops, func(op annotate.Op) bool {
		after, ok := op.After.(annotate.ArticleState)
		return ok && after.Presence == annotate.Live
	})
}

func positions(rows []annotate.PastRow) string {
	var all []int64
	for _, r := range rows {
		all = append(all, r.Position)
	}
	return fmt.Sprint(all)
}

// without makes all changes once more, but for one with its undos and redos, and says
// what shows then, or why it was impossible. Changes that were undone in the end may
// be impossible without it; they are left out, too.
func (m *machine) without(r *rapid.T, c annotate.Change) (lines []string, impossible error) {
	s, err := NewMemoryProjects(NewEnvAt(Start, 8)).Create(ctx, "without", "ana", m.project.Records())
	if err != nil {
		r.Fatal(err)
	}
	m.bringAgain(r, s)
	undone, out := map[id]bool{}, map[id]bool{c.ID: true}
	var all []annotate.Change
	for change, err := range m.model.Changes(ctx) {
		if err != nil {
			r.Fatal(err)
		}
		undone[change.Undoes], undone[change.Redoes] = true, false
		all = append(all, change)
	}
	for _, change := range all {
		if change.Cause == annotate.CauseCreate || change.Cause == annotate.CauseImport || out[change.ID] || out[change.Undoes] || out[change.Redoes] {
			continue
		}
		switch _, err := s.Apply(ctx, change); {
		case err == nil:
		case !errors.Is(err, annotate.ErrConflict) && !errors.Is(err, annotate.ErrInvalid):
			r.Fatal(err)
		case change.Undoes == "" && undone[cmp.Or(change.Redoes, change.ID)]:
			out[cmp.Or(change.Redoes, change.ID)] = true
		default:
			return nil, err
		}
	}
	return shown(r, s), nil
}

// bringAgain brings the articles with which the machine began into another project.
func (m *machine) bringAgain(r *rapid.T, s annotate.Store) {
	imports, err := m.model.Imports(ctx)
	if err != nil {
		r.Fatal(err)
	}
	im, err := s.BeginImport(ctx, imports[0])
	if err != nil {
		r.Fatal(err)
	}
	for _, a := range m.project.Articles {
		if err := im.Add(ctx, []annotate.ImportArticle{a}); err != nil {
			r.Fatal(err)
		}
	}
	c := m.change("import")
	c.Cause = annotate.CauseImport
	if _, err := im.Commit(ctx, c); err != nil {
		r.Fatal(err)
	}
}

// shown is what a project shows, but for its history and what the history alone says.
func shown(r *rapid.T, s annotate.Store) []string {
	d := &dumper{ctx: context.Background(), s: s}
	for _, step := range []func() error{d.people, d.articles, d.documents, d.stats} {
		if err := step(); err != nil {
			r.Fatal(err)
		}
	}
	schema, err := s.Schema(ctx)
	if err != nil {
		r.Fatal(err)
	}
	p := &Project{Labels: schema.Labels, Attributes: schema.Attributes, RelationTypes: schema.RelationTypes, Rules: schema.Rules}
	for _, x := range p.Records() {
		d.add("%s", d.record(x))
	}
	return d.lines
}
