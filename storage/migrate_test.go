//go:build !race

// What is here takes minutes under the race detector and starts no goroutine of its
// own: TestMigrate and the conformance suite are what that watches.

package storage

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/edit"
	steps "lede/annotate/migrate"
	"lede/annotate/schema"
)

const bigCodebook = `
labels: [{name: person, entity: actor}, {name: body, entity: actor}, event, quote]
relations: [{name: speaker, from: [quote], to: [person, body]}, {name: says, from: [quote]}]
attributes:
  - {name: kind, scope: span, labels: [person, body], type: one_of, choices: [union, police, mayor]}
  - {name: topics, scope: span, labels: [event], type: many_of, choices: [wages, peace]}
  - {name: size, scope: span, labels: [event], type: text}
  - {name: sure, scope: relation, type: one_of, choices: ["yes", "no"]}
  - {name: genre, scope: document, type: one_of, choices: [news, opinion]}
`

// bigProject has 10,000 spans in 100 articles, 2,500 relations between them, and
// values of every scope.
func bigProject(t *testing.T) (annotate.Store, annotate.Env) {
	env := annotest.NewEnvAt(annotest.Start, 3)
	f, err := schema.Parse("big", []byte(bigCodebook))
	if err != nil {
		t.Fatal(err)
	}
	ana := annotate.Annotator{ID: "ana", Name: "ana", Kind: annotate.Human}
	records := append(f.Records(env), ana, annotate.Entity{ID: "ada", Kind: "actor", Name: "Ada"})
	s, err := New(Options{Env: env, InstallID: "big", synchronous: "OFF"}).Create(ctx, filepath.Join(t.TempDir(), "big.lede"), "ana", records)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	now, err := s.Schema(ctx)
	if err != nil {
		t.Fatal(err)
	}
	im, err := s.BeginImport(ctx, annotate.Import{ID: env.NewID(), Format: "big"})
	if err == nil {
		var items []annotate.ImportArticle
		for i := range 100 {
			items = append(items, bigArticle(now, env, i, ana))
		}
		err = im.Add(ctx, items)
	}
	if err == nil {
		_, err = im.Commit(ctx, annotate.Change{ID: env.NewID(), Actor: "ana", Cause: annotate.CauseImport, Title: "Import"})
	}
	if err != nil {
		t.Fatal(err)
	}
	return s, env
}

func bigArticle(s *annotate.Schema, env annotate.Env, n int, ana annotate.Annotator) annotate.ImportArticle {
	body := strings.Repeat("alpha bravo charlie delta ", 50)
	set := annotate.AnnotationSet{ID: env.NewID(), Annotator: ana.ID, Status: annotate.Done, Fields: annotate.Values{"genre": json.RawMessage(`"opinion"`)}}
	data := annotate.SetData{Set: set, Annotator: ana}
	kinds := []string{`"union"`, `"police"`, `"mayor"`}
	for i := range 100 {
		span := annotate.Span{ID: env.NewID(), Label: s.Labels[i%4].ID, Origin: annotate.OriginManual, Fragments: annotate.Fragments{{Start: 6 * i, End: 6*i + 5}}}
		switch i % 4 {
		case 0:
			span.Attributes, span.Entity = annotate.Values{"kind": json.RawMessage(kinds[i%3])}, "ada"
		case 1: // on the words of the person before it
			span.Fragments = data.Spans[i-1].Fragments
			span.Attributes = annotate.Values{"kind": json.RawMessage(kinds[(i+n)%3])}
		case 2:
			span.Attributes = annotate.Values{"topics": json.RawMessage(`["wages","peace"]`), "size": json.RawMessage(fmt.Sprintf(`"%d"`, i))}
		}
		data.Spans = append(data.Spans, span)
		if i%4 == 3 {
			data.Relations = append(data.Relations, annotate.Relation{
				ID: env.NewID(), Type: s.RelationTypes[i/4%2].ID, From: span.ID, To: data.Spans[i-3].ID,
				Attributes: annotate.Values{"sure": json.RawMessage(`"yes"`)},
			})
		}
	}
	return annotate.ImportArticle{Article: annotate.Article{ID: env.NewID(), Ref: fmt.Sprint(n), Intake: 1}, Text: body, Sets: []annotate.SetData{data}}
}

// fingerprint is a hash of all that a project holds but for its history.
func fingerprint(t *testing.T, s annotate.Store) (hash string) {
	t.Helper()
	h := sha256.New()
	put := func(r annotate.Record) {
		raw, err := annotate.EncodeRecord(r)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = h.Write(append(raw, '\n'))
	}
	now, err := s.Schema(ctx)
	if err != nil {
		t.Fatal(err)
	}
	p := annotest.Project{Labels: now.Labels, Attributes: now.Attributes, RelationTypes: now.RelationTypes, Rules: now.Rules}
	if p.Entities, err = s.Entities(ctx); err != nil {
		t.Fatal(err)
	}
	for _, r := range p.Records() {
		put(r)
	}
	for d, err := range s.Documents(ctx, annotate.DocumentQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		for _, set := range d.Sets {
			put(set.Set)
			for _, sp := range set.Spans {
				put(sp)
			}
			for _, r := range set.Relations {
				put(r)
			}
		}
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

// TestMigrateTenThousandSpans does every kind of change of a schema to a project
// with 10,000 spans: previewed, applied, undone, redone, nothing lost.
func TestMigrateTenThousandSpans(t *testing.T) {
	if testing.Short() {
		t.Skip("it writes some 150,000 records")
	}
	s, env := bigProject(t)
	start := fingerprint(t, s)
	now, err := s.Schema(ctx)
	if err != nil {
		t.Fatal(err)
	}
	label := func(name string) id { l, _ := now.LabelNamed(name); return l.ID }
	relation := func(name string) id { r, _ := now.RelationTypeNamed(name); return r.ID }
	attribute := map[string]id{}
	for _, a := range now.Attributes {
		attribute[a.Name] = a.ID
	}
	for _, c := range []struct {
		step steps.Step
		want steps.Touched
	}{
		{steps.RenameLabel{Label: label("person"), Name: "human"}, steps.Touched{}},
		{steps.MergeLabels{From: []id{label("body")}, Into: label("person")}, steps.Touched{Spans: 2500, DeletedSpans: 2500}},
		{steps.MergeLabels{From: []id{label("quote")}, Into: label("event")}, steps.Touched{Spans: 2500}},
		{
			steps.SplitLabel{Label: label("person"), Attribute: "kind", Clear: true, Parts: []steps.Part{{Values: []string{"police"}, Label: annotate.Label{Name: "officer"}}, {Values: []string{"mayor"}, Label: annotate.Label{Name: "mayor"}}}},
			steps.Touched{Spans: 1600, Values: 1600, DeletedValues: 1600},
		},
		{steps.SplitLabel{Label: label("event"), Parts: []steps.Part{{Words: "^[c-z]", Label: annotate.Label{Name: "late"}}}}, steps.Touched{Spans: 1400}},
		{steps.RetypeAttribute{Attribute: attribute["size"], Type: annotate.NumberValue}, steps.Touched{Spans: 2500, Values: 2500}},
		{steps.DeleteLabel{Label: label("person")}, steps.Touched{Spans: 2500, Relations: 2500, DeletedSpans: 2500, DeletedRelations: 2500}},
		{steps.DeleteLabel{Label: label("quote"), To: label("event")}, steps.Touched{Spans: 2500}},
		{steps.RenameValue{Attribute: attribute["topics"], From: "wages", To: "pay"}, steps.Touched{Spans: 2500, Values: 2500}},
		{steps.MergeValues{Attribute: attribute["topics"], From: []string{"wages"}, Into: "peace"}, steps.Touched{Spans: 2500, Values: 2500}},
		{steps.DeleteValue{Attribute: attribute["kind"], Value: "police"}, steps.Touched{Spans: 1634, Values: 1634, DeletedValues: 1634}},
		{steps.RenameAttribute{Attribute: attribute["kind"], Name: "role"}, steps.Touched{Spans: 5000, Values: 5000, DeletedValues: 5000}},
		{steps.DeleteAttribute{Attribute: attribute["sure"]}, steps.Touched{Relations: 2500, Values: 2500, DeletedValues: 2500}},
		{steps.DeleteAttribute{Attribute: attribute["genre"]}, steps.Touched{Values: 100, DeletedValues: 100}},
		{steps.RenameRelation{Type: relation("says"), Name: "states"}, steps.Touched{}},
		{steps.MergeRelations{From: []id{relation("says")}, Into: relation("speaker")}, steps.Touched{Relations: 1200}},
		{steps.DeleteRelation{Type: relation("speaker")}, steps.Touched{Relations: 1300, DeletedRelations: 1300}},
		{steps.RenameKind{From: "actor", To: "party"}, steps.Touched{Entities: 1}},
	} {
		thereAndBack(t, s, env, start, c.step, c.want)
	}
	if fingerprint(t, s) != start {
		t.Error("in the end the project is another one")
	}
	problems, err := s.Check(ctx)
	if err != nil || len(problems) > 0 {
		t.Fatalf("%v %+v", err, problems)
	}
}

// thereAndBack does a step, takes it back, does it again, and takes it back.
func thereAndBack(t *testing.T, s annotate.Store, env annotate.Env, before string, step steps.Step, want steps.Touched) {
	t.Helper()
	began := time.Now()
	plan, err := steps.Make(context.Background(), s, steps.Options{Env: env}, step)
	if err != nil {
		t.Fatal(err)
	}
	planned := time.Since(began)
	if want.Spans+want.Relations+want.Values > 0 {
		want.Articles, want.Sets = 100, 100
	}
	if plan.Touched != want {
		t.Errorf("%s touches %+v, want %+v", plan.Title, plan.Touched, want)
	}
	began = time.Now()
	c, err := s.Apply(ctx, plan.Change(env, "ana"))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%s: preview %v, apply %v (%d ops)", plan.Title, planned, time.Since(began), len(plan.Ops))
	e := edit.Editor{Env: env, Actor: "ana"}
	after, undo := fingerprint(t, s), e.Undo(c)
	if after == before {
		t.Errorf("%s does nothing", plan.Title)
	}
	for i, again := range []annotate.Change{undo, e.Redo(c), e.Undo(c)} {
		if _, err := s.Apply(ctx, again); err != nil {
			t.Fatal(err)
		}
		if want := []string{before, after}; i < 2 && fingerprint(t, s) != want[i] {
			t.Errorf("%s: the project differs", again.Title)
		}
	}
}
