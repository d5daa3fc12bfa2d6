package migrate_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/edit"
	"lede/annotate/migrate"
)

// TestRandom does random steps to random projects, takes them back and does them
// again: nothing is lost, the counts are right and the project is sound.
func TestRandom(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		env := annotest.NewEnvAt(annotest.Start, 6)
		drawn := annotest.Projects(env.NewID, 3).Draw(r, "project")
		drawn.Attributes = append(drawn.Attributes,
			annotate.Attribute{
				ID: env.NewID(), Scope: annotate.SpanScope, Labels: []id{drawn.Labels[0].ID}, Name: "round", Type: annotate.ManyOf,
				Choices: []annotate.Choice{{Name: "a"}, {Name: "b"}, {Name: "direct"}},
			},
			annotate.Attribute{ID: env.NewID(), Scope: annotate.DocumentScope, Name: "relevant", Type: annotate.TextValue},
			annotate.Attribute{ID: env.NewID(), Scope: annotate.RelationScope, Name: "cue", Type: annotate.NumberValue},
			annotate.Attribute{ID: env.NewID(), Scope: annotate.EntityScope, Name: "cue", Type: annotate.BooleanValue})
		drawn.Rules = append(drawn.Rules, annotate.Rule{ID: env.NewID(), Name: "needs_attribute", Label: drawn.Labels[0].ID, Value: "cue=direct,indirect"},
			annotate.Rule{ID: env.NewID(), Name: "needs_relation", Value: "speaker,actor where round=a,b and cue"},
			annotate.Rule{ID: env.NewID(), Name: "inside", Value: drawn.Labels[0].Name})
		p := &machine{env: env}
		store, err := annotest.NewMemoryProjects(env).Create(ctx, "p", "ana", drawn.Records())
		p.must(r, err)
		p.Store = store
		im, err := p.BeginImport(ctx, annotate.Import{ID: env.NewID(), Format: "random"})
		p.must(r, err)
		p.must(r, im.Add(ctx, drawn.Articles))
		_, err = im.Commit(ctx, annotate.Change{ID: env.NewID(), Actor: "ana", Cause: annotate.CauseImport})
		p.must(r, err)
		for range rapid.IntRange(1, 4).Draw(r, "changes") {
			p.step(r)
		}
	})
}

type machine struct {
	annotate.Store
	env annotate.Env
}

func (m *machine) must(r *rapid.T, err error) {
	r.Helper()
	if err != nil {
		r.Fatal(err)
	}
}

// step plans and applies some steps, with an undo and a redo.
func (m *machine) step(r *rapid.T) {
	schema, err := m.Schema(ctx)
	m.must(r, err)
	var steps []migrate.Step
	for range rapid.IntRange(1, 3).Draw(r, "steps") {
		if s := drawStep(r, schema); s != nil {
			if _, err := migrate.After(schema, m.env, append(slices.Clone(steps), s)...); err == nil {
				steps = append(steps, s)
			} else if !errors.Is(err, annotate.ErrInvalid) && !errors.Is(err, annotate.ErrNotFound) && !errors.Is(err, annotate.ErrNothing) {
				r.Fatal(err)
			}
		}
	}
	plan, err := migrate.Make(ctx, m.Store, migrate.Options{Env: m.env}, steps...)
	m.must(r, err)
	r.Logf("%q", plan.Sentences)
	if plan.Empty() {
		return
	}
	before, spans, relations := m.contents(r)
	c, err := m.Apply(ctx, plan.Change(m.env, "ana"))
	m.must(r, err)
	after, spansNow, relationsNow := m.contents(r)
	if spans-spansNow != plan.Touched.DeletedSpans || relations-relationsNow != plan.Touched.DeletedRelations {
		r.Fatalf("%d spans and %d relations became %d and %d; touched %+v", spans, relations, spansNow, relationsNow, plan.Touched)
	}
	e := edit.Editor{Env: m.env, Actor: "ana"}
	_, err = m.Apply(ctx, e.Undo(c))
	m.must(r, err)
	if undone, _, _ := m.contents(r); undone != before {
		r.Fatalf("undone it is\n%s\nwant\n%s", undone, before)
	}
	_, err = m.Apply(ctx, e.Redo(c))
	m.must(r, err)
	if redone, _, _ := m.contents(r); redone != after {
		r.Fatalf("redone it is\n%s\nwant\n%s", redone, after)
	}
	problems, err := m.Check(ctx)
	if err != nil || len(problems) > 0 {
		r.Fatalf("%v %+v", err, problems)
	}
}

// contents is all but the history.
func (m *machine) contents(r *rapid.T) (said string, spans, relations int) {
	lines, err := annotest.Dump(ctx, m.Store)
	m.must(r, err)
	for _, l := range lines {
		if len(l) < 7 || l[:7] != "change " && l[:7] != "positio" && l[:7] != "schema " {
			said += l + "\n"
		}
	}
	stats, err := m.Stats(ctx)
	m.must(r, err)
	return said, stats.Spans, stats.Relations
}

// drawStep draws a step, not always one that can be done.
func drawStep(r *rapid.T, s *annotate.Schema) migrate.Step {
	if len(s.Labels) == 0 || len(s.RelationTypes) == 0 || len(s.Attributes) == 0 {
		return nil
	}
	label := func() id { return rapid.SampledFrom(s.Labels).Draw(r, "label").ID }
	kind := func() id { return rapid.SampledFrom(s.RelationTypes).Draw(r, "type").ID }
	attribute := rapid.SampledFrom(s.Attributes).Draw(r, "attribute")
	value := func() string {
		return rapid.SampledFrom([]string{"direct", "indirect", "a", "b", "c"}).Draw(r, "value")
	}
	name := rapid.SampledFrom([]string{"cue", "actor", "n1", "n2", "relevant", "a b"}).Draw(r, "name")
	or := func(i id) id { return rapid.SampledFrom([]id{"", i}).Draw(r, "to") }
	one := rapid.SampledFrom([]annotate.AttributeType{annotate.TextValue, annotate.NumberValue, annotate.OneOf, annotate.ManyOf, annotate.BooleanValue, annotate.DateValue}).Draw(r, "attribute type")
	all := []func() migrate.Step{
		func() migrate.Step { return migrate.RenameLabel{Label: label(), Name: name} },
		func() migrate.Step { return migrate.MergeLabels{From: []id{label()}, Into: label()} },
		func() migrate.Step { return migrate.DeleteLabel{Label: label(), To: or(label())} },
		func() migrate.Step {
			return migrate.SplitLabel{Label: label(), Attribute: "cue", Clear: rapid.Bool().Draw(r, "clear"), Parts: []migrate.Part{
				{Values: []string{"direct", "a"}, Label: annotate.Label{Name: name}}, {Values: []string{"b", "true"}, Label: annotate.Label{ID: label()}},
			}}
		},
		func() migrate.Step {
			return migrate.SplitLabel{Label: label(), Parts: []migrate.Part{{Words: "[aeiou]$", Label: annotate.Label{Name: name}}}}
		},
		func() migrate.Step { return migrate.RenameAttribute{Attribute: attribute.ID, Name: name} },
		func() migrate.Step {
			return migrate.DeleteAttribute{Attribute: attribute.ID, KeepValues: rapid.Bool().Draw(r, "keep")}
		},
		func() migrate.Step {
			return migrate.RetypeAttribute{Attribute: attribute.ID, Type: one, Drop: rapid.Bool().Draw(r, "drop")}
		},
		func() migrate.Step { return migrate.RenameValue{Attribute: attribute.ID, From: value(), To: value()} },
		func() migrate.Step {
			return migrate.MergeValues{Attribute: attribute.ID, From: []string{value()}, Into: value()}
		},
		func() migrate.Step {
			return migrate.DeleteValue{Attribute: attribute.ID, Value: value(), To: string(or(id(value())))}
		},
		func() migrate.Step { return migrate.RenameRelation{Type: kind(), Name: name} },
		func() migrate.Step { return migrate.MergeRelations{From: []id{kind()}, Into: kind()} },
		func() migrate.Step { return migrate.DeleteRelation{Type: kind(), To: or(kind())} },
		func() migrate.Step { return migrate.RenameKind{From: "person", To: name} },
		func() migrate.Step {
			return migrate.Put{Record: annotate.Label{Name: name, Color: "#000000", Guideline: "new"}}
		},
	}
	return rapid.SampledFrom(all).Draw(r, "step")()
}

// A value that is no longer of the JSON it was is a bug of mapped; this holds all
// forms that the drawn values have.
func TestValuesStayJSON(t *testing.T) {
	for _, raw := range []string{`"direct"`, `["a","direct"]`, `{"k":["direct"]}`, `[["direct"],"a"]`, `null`, `1.50`, `"<b>&\u2028 😀"`} {
		p := newProject(t)
		a := p.brings("a", nil, []annotate.Span{p.word("e", "event", 0, vals("type", raw))})
		p.does(migrate.Put{Record: with(p.attribute("type"), "direct")}, migrate.DeleteValue{Attribute: p.attribute("type").ID, Value: "STRIKE"})
		p.does(migrate.RenameValue{Attribute: p.attribute("type").ID, From: "direct", To: "<x>"})
		d, err := p.Document(ctx, a)
		p.must(err)
		if got := d.Sets[0].Spans[0].Attributes["type"]; !json.Valid(got) {
			t.Errorf("%s became %s", raw, got)
		}
	}
}

func with(a annotate.Attribute, name string) annotate.Attribute {
	a.Choices = append(slices.Clone(a.Choices), annotate.Choice{Name: name, Title: fmt.Sprint("Title of ", name)})
	return a
}
