package migrate_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"lede/annotate"
	"lede/annotate/edit"
	"lede/annotate/migrate"
)

// Every version of the schema can be rebuilt, whatever happened since.
func TestAt(t *testing.T) {
	p := newProject(t)
	var versions []*annotate.Schema
	note := func() { versions = append(versions, p.schema()) }
	applied := func(steps ...migrate.Step) annotate.Change {
		plan, err := migrate.Make(ctx, p.Store, migrate.Options{Env: p.env}, steps...)
		p.must(err)
		c, err := p.Apply(ctx, plan.Change(p.env, "ana"))
		p.must(err)
		note()
		return c
	}
	note()
	for i := range 250 { // more than a page of other changes
		_, err := p.Apply(ctx, annotate.Change{ID: p.env.NewID(), Actor: "ana", Ops: []annotate.Op{annotate.Create(annotate.Entity{ID: p.env.NewID(), Kind: "place", Name: string(rune('A' + i%26))})}})
		p.must(err)
	}
	p.example("a")
	applied(migrate.RenameLabel{Label: p.label("person"), Name: "human"})
	c := applied(migrate.MergeLabels{From: []id{p.label("body")}, Into: p.label("human")}, migrate.DeleteAttribute{Attribute: p.attribute("size").ID})
	_, err := p.Apply(ctx, edit.Editor{Env: p.env, Actor: "ana"}.Undo(c))
	p.must(err)
	note()
	applied(migrate.Put{Record: annotate.Label{Name: "weather"}}, migrate.DeleteRule{Rule: p.schema().Rules[0].ID}, migrate.DeleteRelation{Type: p.relation("says")})
	for i, want := range versions {
		got, err := migrate.At(ctx, p.Store, i+1)
		p.must(err)
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("version %d: %s", i+1, diff)
		}
	}
	for _, none := range []int{0, len(versions) + 1} {
		if _, err := migrate.At(ctx, p.Store, none); err == nil || err.Error() == "" {
			t.Errorf("there is a version %d", none)
		}
	}
}

// After tells the schema that Make leads to.
func TestAfter(t *testing.T) {
	p := newProject(t)
	p.example("a")
	steps := []migrate.Step{
		migrate.RenameLabel{Label: p.label("person"), Name: "human"},
		migrate.MergeLabels{From: []id{p.label("body")}, Into: p.label("person")},
		migrate.DeleteValue{Attribute: p.attribute("type").ID, Value: "STRIKE"},
	}
	before := p.schema()
	after, err := migrate.After(before, p.env, steps...)
	p.must(err)
	if diff := cmp.Diff(p.schema(), before); diff != "" {
		t.Errorf("the schema that was given has changed: %s", diff)
	}
	plan := p.does(steps...)
	if diff := cmp.Diff(plan.Schema, after, cmpopts.EquateEmpty(), cmpopts.IgnoreFields(annotate.Schema{}, "Version")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(plan.Schema, p.schema(), cmpopts.EquateEmpty(), cmpopts.IgnoreFields(annotate.Schema{}, "Version")); diff != "" {
		t.Error(diff)
	}
}
