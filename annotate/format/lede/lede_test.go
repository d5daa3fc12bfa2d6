package lede_test

import (
	"archive/zip"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/format"
	"lede/annotate/format/formattest"
	_ "lede/annotate/format/jsonl"
	_ "lede/annotate/format/lede"
)

var ctx = context.Background()

func TestConform(t *testing.T) {
	whole := map[formattest.Kind]formattest.Grade{}
	for _, k := range []formattest.Kind{
		formattest.Articles, formattest.Refs, formattest.Facts, formattest.Status, formattest.Flags, formattest.SetNotes, formattest.Reasons, formattest.Fields, formattest.Spans, formattest.Relations, formattest.Attributes, formattest.Entities, formattest.Notes, formattest.Origins, formattest.IDs, formattest.Accepted,
	} {
		whole[k] = formattest.Whole
	}
	formattest.Conform(t, "lede", formattest.Case{Names: true, Holds: whole})
}

func TestGolden(t *testing.T) {
	formattest.Golden(t, "lede", formattest.Case{}, "testdata/golden")
}

func FuzzRead(f *testing.F) { formattest.Fuzz(f, "lede", "PK\x03\x04") }

// stored puts a drawn project into a store, articles by import, as they come to be.
func stored(t *rapid.T) annotate.Store {
	env := annotest.NewEnvAt(annotest.Start, 9)
	p := annotest.Projects(env.NewID, 4).Draw(t, "project")
	store, err := annotest.NewMemoryProjects(annotest.NewEnv()).Create(ctx, "x", "test", p.Records())
	if err != nil {
		t.Fatal(err)
	}
	im, err := store.BeginImport(ctx, annotate.Import{ID: env.NewID(), State: annotate.ImportStaged})
	if err != nil {
		t.Fatal(err)
	}
	if err := im.Add(ctx, p.Articles); err != nil {
		t.Fatal(err)
	}
	if _, err := im.Commit(ctx, annotate.Change{ID: env.NewID(), Actor: "test", Cause: annotate.CauseImport}); err != nil {
		t.Fatal(err)
	}
	return store
}

type tester interface {
	Helper()
	Fatal(...any)
}

// records are all of a project, as JSON, but for which import brought them.
func records(t tester, store annotate.Store) []string {
	t.Helper()
	var lines []string
	add := func(r annotate.Record) {
		raw, err := annotate.EncodeRecord(r)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(r.RecordKind())+" "+string(raw))
	}
	s, err := store.Schema(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range s.Labels {
		add(x)
	}
	for _, x := range s.Attributes {
		add(x)
	}
	for _, x := range s.RelationTypes {
		add(x)
	}
	for _, x := range s.Rules {
		add(x)
	}
	people, err := store.Annotators(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range people {
		add(x)
	}
	entities, err := store.Entities(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range entities {
		add(x)
	}
	order := int64(0)
	for d, err := range store.Documents(ctx, annotate.DocumentQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		order++
		a := d.Article
		a.Import, a.Order = "", order
		add(a)
		lines = append(lines, d.Text.String())
		for _, set := range d.Sets {
			set.Set.Import = ""
			add(set.Set)
			for _, x := range set.Spans {
				add(x)
			}
			for _, x := range set.Relations {
				add(x)
			}
		}
	}
	return lines
}

func options() format.ImportOptions {
	return format.ImportOptions{Actor: "x", Env: annotest.NewEnvAt(annotest.Start, 77)}
}

// TestSameProject: all records come back, byte by byte, with their ids, also those that
// only a later version knows; reading the file twice changes nothing.
func TestSameProject(t *testing.T) {
	out := filepath.Join(t.TempDir(), "p.lede.zip")
	rapid.Check(t, func(t *rapid.T) {
		store := stored(t)
		m, err := format.Export(ctx, store, format.ExportOptions{Format: "lede", Out: out, Force: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range m.Losses {
			if l.Kind != "history" {
				t.Fatalf("%+v", l)
			}
		}
		second := annotest.NewMemory(annotest.NewEnvAt(annotest.Start, 5))
		r, err := format.Import(ctx, second, []string{out}, options())
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Notes) > 0 && r.Notes[0].Kind != "empty" {
			t.Fatalf("%+v", r.Notes)
		}
		if diff := annotest.Diff(records(t, store), records(t, second)); diff != "" {
			t.Fatal(diff)
		}
		r, err = format.Import(ctx, second, []string{out}, options())
		if err != nil || r.Change != "" || r.Unchanged != m.In.Articles {
			t.Fatalf("the second reading changed something: %+v %v", r, err)
		}
	})
}

// TestMerge: a project that has the label, one of the annotators and an article keeps
// its own, and gets the rest.
func TestMerge(t *testing.T) {
	env := annotest.NewEnvAt(annotest.Start, 20)
	mine := annotate.Label{ID: env.NewID(), Name: "actor", Title: "Mine", Color: "#111111", Hotkey: "1", Order: 3}
	ana := annotate.Annotator{ID: env.NewID(), Name: "Ana", Kind: annotate.Human}
	store, err := annotest.NewMemoryProjects(env).Create(ctx, "x", "test", []annotate.Record{mine, ana})
	if err != nil {
		t.Fatal(err)
	}
	theirs := annotest.NewMemory(annotest.NewEnvAt(annotest.Start, 21))
	lines := func(into annotate.Store, o format.ImportOptions, content string) {
		t.Helper()
		path := filepath.Join(t.TempDir(), "a.jsonl")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := format.Import(ctx, into, []string{path}, o); err != nil {
			t.Fatal(err)
		}
	}
	const text = `{"id":"1","text":"Anna met Ben.","annotator":"ana","spans":[{"id":"s1","label":"actor","start":0,"end":4}]}` + "\n"
	lines(store, options(), text)
	o := options()
	o.Env = annotest.NewEnvAt(annotest.Start, 78)
	lines(theirs, o, text+`{"id":"1","text":"Anna met Ben.","annotator":"ben","spans":[{"id":"s2","label":"event","start":5,"end":8,"entity":{"id":"e","kind":"event","name":"meeting"}}]}`+"\n"+`{"id":"2","text":"More."}`)
	out := filepath.Join(t.TempDir(), "p.lede.zip")
	if _, err := format.Export(ctx, theirs, format.ExportOptions{Format: "lede", Out: out}); err != nil {
		t.Fatal(err)
	}
	o.Env = annotest.NewEnvAt(annotest.Start, 79)
	r, err := format.Import(ctx, store, []string{out}, o)
	if err != nil {
		t.Fatal(err)
	}
	if r.Merged != 1 || r.Added.Articles != 1 || r.Added.Spans != 1 || strings.Join(r.Created.Labels, " ") != "event" || strings.Join(r.Created.Annotators, " ") != "ben" ||
		strings.Join(r.Created.Entities, " ") != "meeting" {
		t.Errorf("%+v", r)
	}
	all := strings.Join(records(t, store), "\n")
	for _, want := range []string{`"title":"Mine"`, `"id":"s2"`, `"id":"e"`, `"name":"ben"`, `"name":"Ana"`} {
		if strings.Count(all, want) != 1 {
			t.Errorf("%s is there %d times in\n%s", want, strings.Count(all, want), all)
		}
	}
	if problems, err := store.Check(ctx); err != nil || len(problems) > 0 {
		t.Errorf("%v %v", problems, err)
	}
}

// TestRefusals: what does not fit together is told with its place, and leaves nothing.
func TestRefusals(t *testing.T) {
	const (
		head = `{"format":"lede project","version":1,"codec":1,"labels":[{"id":"l","name":"actor"}],"attributes":[],"relation_types":[{"id":"t","name":"to"}],"rules":[],"annotators":[{"id":"p","name":"ana","kind":"human"}]}`
		hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" // of abc
		set  = `{"set":{"id":"s","annotator":"p","status":"done"},"spans":[{"id":"1","label":"l","fragments":[[0,2]],"origin":"manual"}],"relations":[{"id":"r","type":"t","from":"1","to":"1"}]}`
	)
	article := func(sets string) string {
		return `{"article":{"id":"a","ref":"x","text_hash":"` + hash + `","published_iso":"2026"},"text":"abc","sets":[` + sets + `]}`
	}
	for _, c := range []struct{ project, entities, articles, want string }{
		{head, "", article(set), ""},
		{`{"format":"other"}`, "", "", "does not say that this is a Lede project"},
		{strings.Replace(head, `"version":1`, `"version":2`, 1), "", "", "of version 2.1"},
		{strings.Replace(head, `"rules":[]`, `"rules":{}`, 1), "", "", `"rules" is no list`},
		{strings.Replace(head, `"name":"actor"`, `"name":7`, 1), "", "", "a record is not what it should be"},
		{strings.Replace(head, `"name":"actor"`, `"name":""`, 1), "", "", "is empty or has a line break"},
		{strings.Replace(head, `{"id":"l","name":"actor"}`, `{"id":"l","name":"actor"},{"id":"m","name":"actor"}`, 1), "", "", "two labels are called"},
		{strings.Replace(head, `{"id":"l",`, `{"id":"t",`, 1), "", "", "no id of its own"},
		{strings.Replace(head, `"id":"t",`, `"id":"t","from":["zz"],`, 1), "", "", "stands for nothing"},
		{strings.Replace(head, `"name":"ana"`, `"name":"All"`, 1), "", "", "cannot be the name of an annotator"},
		{strings.Replace(head, `"rules":[]`, `"rules":[null]`, 1), "", "", "is missing"},
		{head, `{"id":"e","name":"x","kind":"k"}` + "\n" + `{"id":"e","name":"y","kind":"k"}`, "", "no id of its own"},
		{head, "{", "", "entities.jsonl:1"},
		{head, "", article(strings.Replace(set, `"label":"l"`, `"label":"q"`, 1)), "articles.jsonl:1: a span has a label"},
		{head, "", article(strings.Replace(set, `"type":"t"`, `"type":"q"`, 1)), "a relation has a type"},
		{head, "", article(strings.Replace(set, `"annotator":"p"`, `"annotator":"q"`, 1)), "an annotator (\"q\")"},
		{head, "", article(strings.Replace(set, `"label":"l"`, `"label":"l","entity":"q"`, 1)), "points at an entity"},
		{head, "", article(strings.Replace(set, `[0,2]`, `[0,9]`, 1)), "outside the text"},
		{head, "", article(strings.Replace(set, `"to":"1"`, `"to":"2"`, 1)), "no span of its annotation set"},
		{head, "", strings.Replace(article(set), `"abc"`, `"abd"`, 1), "whose hash stands beside it"},
		{head, "", strings.Replace(article(set), `"abc"`, `"a\rc"`, 1), "carriage return"},
		{head, "", strings.Replace(article(set), `"2026"`, `"yesterday"`, 1), "no date"},
		{head, "", strings.Replace(article(set), `"ref":"x",`, ``, 1), "no ref"},
	} {
		path := filepath.Join(t.TempDir(), "p.zip")
		zipFile(t, path, map[string]string{"project.json": c.project, "entities.jsonl": c.entities, "articles.jsonl": c.articles})
		store := annotest.NewMemory(annotest.NewEnv())
		_, err := format.Import(ctx, store, []string{path}, options())
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%v, want %q\n%s\n%s\n%s", err, c.want, c.project, c.entities, c.articles)
		}
		if lines := records(t, store); err != nil && len(lines) > 0 {
			t.Errorf("%v left %q", err, lines)
		}
	}
	path := filepath.Join(t.TempDir(), "p.zip")
	zipFile(t, path, map[string]string{"project.json": head})
	o := options()
	o.Format = "lede"
	if _, err := format.Import(ctx, annotest.NewMemory(annotest.NewEnv()), []string{path}, o); err == nil || !strings.Contains(err.Error(), "holds no entities.jsonl") {
		t.Error(err)
	}
}

func zipFile(t *testing.T, path string, files map[string]string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := zip.NewWriter(f)
	for name, content := range files {
		out, err := w.Create(name)
		if err == nil {
			_, err = out.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}
