package doccano_test

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/format"
	_ "lede/annotate/format/jsonl"
)

var update = flag.Bool("update", false, "write the golden files anew")

var ctx = context.Background()

// load reads a file into a new project.
func load(t *testing.T, path string, options map[string]string) (annotate.Store, *format.ImportReport, error) {
	t.Helper()
	store := annotest.NewMemory(annotest.NewEnv())
	r, err := format.Import(ctx, store, []string{path}, format.ImportOptions{
		Actor: "tester", Annotator: "me", Env: annotest.NewEnvAt(annotest.Start, 1), Options: options,
	})
	return store, r, err
}

func put(t *testing.T, dir, name, content string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// told is what a project holds, a line a set: what doccano could have meant by it.
func told(t *testing.T, store annotate.Store) string {
	t.Helper()
	schema, err := store.Schema(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for d, err := range store.Documents(ctx, annotate.DocumentQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range d.Sets {
			b.WriteString(s.Annotator.Name + ":")
			at := map[annotate.ID]string{}
			for _, x := range s.Spans {
				l, _ := schema.Label(x.Label)
				at[x.ID] = l.Name + "=" + d.Text.Quote(x.Fragments)
				b.WriteString(" " + at[x.ID])
			}
			for _, r := range s.Relations {
				rt, _ := schema.RelationType(r.Type)
				b.WriteString(" " + at[r.From] + " " + rt.Name + " " + at[r.To])
			}
			for _, name := range []string{"class", "genre"} {
				if v := s.Set.Fields.String(name); v != "" {
					b.WriteString(" " + name + ":" + v)
				}
			}
			if s.Set.Note != "" {
				b.WriteString(" note:" + s.Set.Note)
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

func TestFilesOfDoccano(t *testing.T) {
	for name, c := range map[string]struct {
		content, want string
		options       map[string]string
	}{
		"spans as exported": {content: `{"id":1,"text":"Ana met 👍 Ben.","label":[[0,3,"PER"],[10,13,"PER"]],"Comments":["who?","Ben!"]}`, want: "me: PER=Ana PER=Ben note:who?\nBen!\n"},
		"version 1.1":       {content: `{"id":1,"text":"Ana","meta":{"k":1},"annotation_approver":null,"labels":[[0,3,"PER"]]}`, want: "me: PER=Ana\n"},
		"version 1.0 users": {content: `{"id":1,"text":"Ana","annotations":[{"id":1,"prob":0.0,"label":7,"start_offset":0,"end_offset":3,"user":1},{"label":7,"start_offset":1,"end_offset":3,"user":2}]}`, want: "user-1: 7=Ana\nuser-2: 7=na\n"},
		"version 1.0 class": {content: `{"id":1,"text":"Ana","annotations":[{"label":7,"user":1},{"label":8,"user":1}]}`, want: "user-1: class:[\"7\",\"8\"]\n"},
		"seq2seq of 1.0":    {content: `{"id":1,"text":"Ana","annotations":[{"text":"Anna","user":1}]}`, want: "user-1: class:Anna\n"},
		"relations": {
			content: `{"id":1,"text":"Ana met Ben.","relations":[{"id":9,"from_id":11,"to_id":10,"type":"met"}],"entities":[{"id":10,"label":"PER","start_offset":0,"end_offset":3},{"id":11,"label":"PER","start_offset":8,"end_offset":11}],"Comments":[{"id":3,"comment":"hm"}]}`,
			want:    "me: PER=Ana PER=Ben PER=Ben met PER=Ana note:hm\n",
		},
		"no ids":           {content: `{"text":"Ana","entities":[{"label":"PER","start_offset":0,"end_offset":3}],"relations":[]}`, want: "me: PER=Ana\n"},
		"slots":            {content: `{"text":"fly to Rome","entities":[[7,11,"City"]],"cats":["flight"]}`, want: "me: City=Rome class:flight\n"},
		"classes":          {content: `[{"text":"Ana","label":["genre=news"]},{"text":"Ben","label":"op-ed","Comments":[]}]`, want: "me: genre:news\nme: class:op-ed\n"},
		"a number":         {content: `{"text":"Ana","label":3,"Comments":[]}`, want: "me: class:3\n", options: map[string]string{"label-column": "label"}},
		"spread":           {content: "{\n\"text\": \"Ana\",\n\"label\": [\n[0, 3, \"PER\"]\n]\n}\n{\"text\":\"Ben\",\"label\":[]}\n", want: "me: PER=Ana\n"},
		"others' columns":  {content: `{"body":"Ana","tags":[[0,3,"PER"]]}`, want: "me: PER=Ana\n", options: map[string]string{"text-column": "body", "label-column": "tags"}},
		"UTF-16":           {content: `{"text":"👍 Ana","label":[[3,6,"PER"]]}`, want: "me: PER=Ana\n", options: map[string]string{"offsets": "utf-16"}},
		"UTF-16, found":    {content: `{"text":"👍👍 Ana","label":[[5,8,"PER"]]}`, want: "me: PER=Ana\n"},
		"CRLF counts as 2": {content: `{"text":"a\r\nAna","label":[[3,6,"PER"]]}`, want: "me: PER=Ana\n"},
		"no set":           {content: `{"text":"Ana","label":[]}` + "\n" + `{"text":"Ben","label":[[0,3,"PER"]]}`, want: "me: PER=Ben\n"},
	} {
		path := put(t, t.TempDir(), "all.jsonl", c.content)
		o := map[string]string{}
		for k, v := range c.options {
			o[k] = v
		}
		store := annotest.NewMemory(annotest.NewEnv())
		_, err := format.Import(ctx, store, []string{path}, format.ImportOptions{Actor: "tester", Annotator: "me", Env: annotest.NewEnvAt(annotest.Start, 1), Options: o, Format: "doccano"})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := told(t, store); got != c.want {
			t.Errorf("%s:\n%q, want\n%q", name, got, c.want)
		}
		f, err := format.DetectFormat(format.Source{Path: path, Name: "all.jsonl", Rel: "all.jsonl"})
		if c.options == nil && (err != nil || f.Name != "doccano") {
			t.Errorf("%s is not told by its content: %v %v", name, f, err)
		}
	}
}

func TestWhatDoccanoDropsIsTold(t *testing.T) {
	path := put(t, t.TempDir(), "x.jsonl", `{"text":"Ana","entities":[{"id":1,"label":"","start_offset":0,"end_offset":3},{"id":2,"label":"PER","start_offset":2,"end_offset":2},{"id":3,"label":"PER","start_offset":0,"end_offset":3}],"relations":[{"from_id":2,"to_id":3,"type":"x"},{"from_id":3,"to_id":3,"type":"x"}]}`+
		"\n"+`{"label":[[0,3,"PER"]]}`+"\n")
	store, r, err := load(t, path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := told(t, store); got != "me: PER=Ana PER=Ana x PER=Ana\n" {
		t.Errorf("%q", got)
	}
	want := map[string]int{"bad_spans": 2, "bad_relations": 1, "no_text": 1}
	for _, n := range r.Notes {
		if c, ok := want[n.Kind]; ok && c != n.Count {
			t.Errorf("%+v, want %d", n, c)
		}
		delete(want, n.Kind)
	}
	if len(want) > 0 {
		t.Errorf("not told: %v in %+v", want, r.Notes)
	}
}

func TestRefusals(t *testing.T) {
	for content, want := range map[string]string{
		`{"text":3,"label":[[0,1,"a"]]}`:                         `x.jsonl:1: "text" must be a text.`,
		`{"text":"Ana","label":[[0,1,"a"],[0,1]]}`:               `a span must be [start, end, label], not [0,1]`,
		`{"text":"Ana","label":[[0,1,"a"],[0,1.5,"b"]]}`:         `with whole numbers, not [0,1.5,"b"]`,
		`{"text":"Ana","label":[[0,9,"a"]]}`:                     `span 0–9 (a) is outside the text, which has 3 characters`,
		`{"entities":[{"start_offset":0,"end_offset":1}]}`:       `no line has a text under "text". Say which key holds the text with --opt text-column=KEY.`,
		`{"text":"A","entities":[{"label":"a","end_offset":1}]}`: `a span (a) has no start_offset and end_offset`,
		`[{"text":"A","label":[[0,1,"a"]]}`:                      `never ends`,
	} {
		path := put(t, t.TempDir(), "x.jsonl", content)
		store := annotest.NewMemory(annotest.NewEnv())
		_, err := format.Import(ctx, store, []string{path}, format.ImportOptions{Actor: "tester", Annotator: "me", Env: annotest.NewEnvAt(annotest.Start, 1), Format: "doccano"})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", content, err, want)
		}
	}
}

// Each member of a project has a file with the same texts; label types stand beside.
func TestFolderOfMembers(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "ana.jsonl", `{"id":1,"text":"Ana","label":[[0,3,"PER"]]}`+"\n")
	put(t, dir, "ben.jsonl", `{"id":1,"text":"Ana","label":[[0,2,"ORG"]]}`+"\n")
	put(t, dir, "label_config.json", `[{"id":44,"text":"PER","prefixKey":null,"suffixKey":"p","backgroundColor":"#FF0000","textColor":"#ffffff"},{"id":45,"text":"LOC","prefix_key":"ctrl","suffix_key":"l","background_color":"#00FF00"},{"id":46,"text":"knows","task_type":"Relation"}]`)
	store, _, err := load(t, dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := told(t, store); got != "ana: PER=Ana\nben: ORG=An\n" {
		t.Errorf("%q", got)
	}
	s, err := store.Schema(ctx)
	if err != nil {
		t.Fatal(err)
	}
	per, _ := s.LabelNamed("PER")
	loc, ok := s.LabelNamed("LOC")
	if per.Color != "#ff0000" || per.Hotkey != "p" || !ok || loc.Color != "#00ff00" || loc.Hotkey == "l" {
		t.Errorf("%+v %+v", per, loc)
	}
	if _, ok := s.RelationTypeNamed("knows"); !ok {
		t.Error("the relation type is not there")
	}
	// An old export names labels by their ids there.
	put(t, dir, "old.jsonl", `{"id":1,"text":"Ben","annotations":[{"label":44,"start_offset":0,"end_offset":3,"user":1}]}`+"\n")
	if store, _, err = load(t, dir, map[string]string{"annotators": "none"}); err != nil {
		t.Fatal(err)
	}
	if got := told(t, store); got != "me: PER=Ana\nuser-1: PER=Ben\n" {
		t.Errorf("%q", got)
	}
}

// project is what the golden files are made of.
const project = `{"id":"a/1","title":"Título","url":"https://x.org","published":"2026-03-04","text":"“We win” 👍, said Ana.\nBen – no.","meta":{"n":1.50},"annotator":"ana","status":"done","fields":{"genre":"news","relevant":true},"spans":[{"id":"q","label":"quote","start":0,"end":8},{"id":"s","label":"actor","fragments":[[17,20],[22,25]]},{"id":"t","label":"my label","start":17,"end":20}],"relations":[{"id":"r","type":"speaker","from":"q","to":"s"}]}
{"id":"a/2","text":"Nothing here.","annotator":"ana","status":"done","spans":[],"relations":[]}
`

func TestGoldenFiles(t *testing.T) {
	store, _, err := load(t, put(t, t.TempDir(), "project.jsonl", project), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, layout := range []string{"spans", "relations", "classes", "intent"} {
		out := filepath.Join(t.TempDir(), "out")
		m, err := format.Export(ctx, store, format.ExportOptions{Format: "doccano", Out: out, Options: map[string]string{"layout": layout}, Version: "test"})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range m.Files {
			got, err := os.ReadFile(filepath.Join(out, f.Name))
			if err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", layout+"."+f.Name)
			if *update {
				if err := os.MkdirAll("testdata", 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(golden, got, 0o644); err != nil { // for others to read
					t.Fatal(err)
				}
			}
			if want, err := os.ReadFile(golden); err != nil || string(want) != string(got) {
				t.Errorf("%s: %v\n%s", golden, err, got)
			}
		}
	}
}
