package migrate_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/migrate"
	"lede/annotate/schema"
)

// TestToFileKeepsOrRemoves applies a file that lacks a label, an attribute and a
// value of another one, both ways.
func TestToFileKeepsOrRemoves(t *testing.T) {
	parse := func(yaml string) *schema.File {
		f, err := schema.Parse("test", []byte(yaml))
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	before := parse(`
labels: [{name: a, hotkey: "1"}, {name: b, hotkey: "2"}]
attributes:
  - {name: kind, scope: span, type: one_of, choices: [x, y, z]}
  - {name: old, scope: span, type: text}
`)
	after := parse(`
labels: [{name: b, hotkey: "1"}, {name: c}]
attributes:
  - {name: kind, scope: span, type: one_of, choices: [y, w]}
`)
	ctx, env := context.Background(), annotest.NewEnv()
	store, err := annotest.NewMemoryProjects(env).Create(ctx, "p.lede", "ana", before.Records(env))
	if err != nil {
		t.Fatal(err)
	}
	now, err := store.Schema(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for keep, want := range map[bool]string{
		false: "b 1, c | kind y w | label a, value kind/x, value kind/z, attribute old",
		true:  "a, b 1, c | kind y w x z; old | ",
	} {
		var steps []migrate.Step
		var lacks []string
		for _, s := range migrate.ToFile(now, after, env, keep) {
			steps = append(steps, s.Step)
			if s.Lacks != "" {
				lacks = append(lacks, s.Lacks)
			}
		}
		plan, err := migrate.Make(ctx, store, migrate.Options{Env: env}, steps...)
		if err != nil {
			t.Fatal(err)
		}
		var labels, attributes []string
		for _, l := range plan.Schema.Labels {
			labels = append(labels, strings.TrimSpace(l.Name+" "+l.Hotkey))
		}
		for _, a := range plan.Schema.Attributes {
			words := []string{a.Name}
			for _, c := range a.Choices {
				words = append(words, c.Name)
			}
			attributes = append(attributes, strings.Join(words, " "))
		}
		slices.Sort(labels)
		slices.Sort(attributes)
		slices.SortFunc(lacks, func(a, b string) int { return strings.Index(want, a) - strings.Index(want, b) })
		got := strings.Join(labels, ", ") + " | " + strings.Join(attributes, "; ") + " | " + strings.Join(lacks, ", ")
		if got != want {
			t.Errorf("keep %v: %s, want %s", keep, got, want)
		}
	}
}

// TestToTheSameFileIsNothing: a schema is that of its own file already.
func TestToTheSameFileIsNothing(t *testing.T) {
	f, err := schema.Parse("test", []byte("labels: [a, b]\nattributes: [{name: k, scope: document, type: many_of, choices: [x]}]\n"))
	if err != nil {
		t.Fatal(err)
	}
	env := annotest.NewEnv()
	now := &annotate.Schema{}
	for _, r := range f.Records(env) {
		switch r := r.(type) {
		case annotate.Label:
			now.Labels = append(now.Labels, r)
		case annotate.Attribute:
			now.Attributes = append(now.Attributes, r)
		}
	}
	if steps := migrate.ToFile(now, f, env, false); len(steps) > 0 {
		t.Errorf("%d steps: %+v", len(steps), steps)
	}
}
