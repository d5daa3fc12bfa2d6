package format_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/format"
	"lede/annotate/split"
	"lede/annotate/text"
)

// splitProject holds n articles of ana, done, each story printed by two papers.
func splitProject(t testing.TB, n int) annotate.Store {
	t.Helper()
	var b strings.Builder
	for i := range n {
		words := fmt.Sprintf("Story%d ", i/2)
		for k := range 40 {
			words += fmt.Sprintf("w%d ", (i/2*7919+k*104729)%3571)
		}
		fmt.Fprintf(&b, `{"id":"a%02d","source":"paper %d","published":"2026-%02d-01","text":"Ana met Ben. %s %d","annotator":"ana","status":"done","meta":{"desk":"d%d"},"spans":[{"label":"actor","start":0,"end":3},{"label":"actor","start":8,"end":11},{"label":"event","start":4,"end":7}]}`+"\n",
			i, i%3, 1+i%12, words, i, i%4)
	}
	store := newStore(t)
	mustImport(t, store, importOptions(7), write(t, t.TempDir(), "in.jsonl", b.String()))
	return store
}

func parts(t testing.TB, s string) []split.Part {
	t.Helper()
	p, err := split.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// refsIn lists the ids of the articles in a jsonl file.
func refsIn(t testing.TB, content string) []string {
	t.Helper()
	var refs []string
	for line := range strings.Lines(content) {
		var a struct{ ID string }
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatal(err)
		}
		refs = append(refs, a.ID)
	}
	return refs
}

func TestSplitIsAFileForEachPart(t *testing.T) {
	store := splitProject(t, 40)
	dir := t.TempDir()
	o := format.ExportOptions{Format: "jsonl", Split: &format.SplitOptions{Parts: parts(t, "80/10/10"), Seed: 5, Threshold: split.Threshold}}
	plan, err := format.MakePlan(ctx, store, o)
	if err != nil {
		t.Fatal(err)
	}
	trees := map[string]map[string]string{}
	for _, name := range []string{"one", "two"} {
		o.Out = filepath.Join(dir, name)
		m, err := format.Export(ctx, store, o)
		if err != nil {
			t.Fatal(err)
		}
		trees[name] = tree(t, o.Out)
		if m.Seed == nil || *m.Seed != 5 || m.Split.Clusters != 20 || m.Split.Clustered != 40 || len(m.Files) != 3 {
			t.Errorf("the manifest says %+v, %v", m.Split, m.Files)
		}
		if m.In.Articles != 40 || m.Out.Articles != 40 || fmt.Sprint(plan.Split.Parts) != fmt.Sprint(m.Split.Parts) {
			t.Errorf("in %d, out %d; planned %+v, written %+v", m.In.Articles, m.Out.Articles, plan.Split.Parts, m.Split.Parts)
		}
	}
	if !maps.Equal(trees["one"], trees["two"]) {
		t.Error("the same export twice is not the same bytes")
	}
	files := trees["one"]
	if got := slices.Sorted(maps.Keys(files)); fmt.Sprint(got) != "[dev.jsonl manifest.json test.jsonl train.jsonl]" {
		t.Fatalf("the files are %v", got)
	}
	where := map[string]string{}
	for i, name := range []string{"train", "dev", "test"} {
		refs := refsIn(t, files[name+".jsonl"])
		if len(refs) != plan.Split.Parts[i].Articles {
			t.Errorf("%s holds %d articles, the plan says %d", name, len(refs), plan.Split.Parts[i].Articles)
		}
		for _, ref := range refs {
			where[ref] = name
		}
	}
	for i := 0; i < 40; i += 2 {
		if a, b := fmt.Sprintf("a%02d", i), fmt.Sprintf("a%02d", i+1); where[a] != where[b] || where[a] == "" {
			t.Errorf("the two prints of a story are in %q and %q", where[a], where[b])
		}
	}
	if n := plan.Split.Parts[0].Articles; n < 30 || n > 34 {
		t.Errorf("train has %d of 40", n)
	}
}

// TestSplitOfEveryFormat: each format that is written can be split, and its files are
// read back; the parts hold together what an export without a split holds.
func TestSplitOfEveryFormat(t *testing.T) {
	store := splitProject(t, 12)
	for _, f := range format.All() {
		if !f.Writes() || strings.Contains(f.Name, "-wrong-") { // what other tests register
			continue
		}
		o := format.ExportOptions{Format: f.Name, Split: &format.SplitOptions{Parts: parts(t, "50/25/25"), Threshold: split.Threshold}, Annotator: "ana"}
		o.Out = filepath.Join(t.TempDir(), "out")
		m, err := format.Export(ctx, store, o)
		if f.SchemaAlone {
			wantError(t, err, f.Name, "no articles")
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", f.Name, err)
			continue
		}
		o.Split = nil
		whole, err := format.MakePlan(ctx, store, o)
		if err != nil {
			t.Fatal(err)
		}
		sum := format.Counts{}
		for _, p := range m.Split.Parts {
			sum.Articles, sum.Spans = sum.Articles+p.Articles, sum.Spans+p.Spans
		}
		if m.Out != whole.Out || sum.Articles != whole.Out.Articles || sum.Spans != whole.Out.Spans {
			t.Errorf("%s: split %+v (parts %+v), whole %+v", f.Name, m.Out, sum, whole.Out)
		}
		if fmt.Sprint(amounts(m.Losses)) != fmt.Sprint(amounts(whole.Losses)) {
			t.Errorf("%s: split it loses %v, whole %v", f.Name, m.Losses, whole.Losses)
		}
		o.Split, o.Stdout, o.Out = &format.SplitOptions{Parts: parts(t, "50/50")}, &strings.Builder{}, ""
		_, err = format.Export(ctx, store, o)
		wantError(t, err, "standard output")
	}
}

func TestSplitByField(t *testing.T) {
	store := splitProject(t, 24)
	for by, of := range map[string]func(i int) string{
		"source": func(i int) string { return fmt.Sprint(i % 3) }, "published:month": func(i int) string { return fmt.Sprint(i % 12) },
		"desk": func(i int) string { return fmt.Sprint(i % 4) },
	} {
		dir := filepath.Join(t.TempDir(), "out")
		o := format.ExportOptions{Format: "jsonl", Out: dir, Split: &format.SplitOptions{Parts: parts(t, "50/50"), By: by}}
		if _, err := format.Export(ctx, store, o); err != nil {
			t.Fatal(err)
		}
		where := map[string]string{}
		files := tree(t, dir)
		for _, name := range []string{"train", "test"} {
			for _, ref := range refsIn(t, files[name+".jsonl"]) {
				var i int
				_, _ = fmt.Sscanf(ref, "a%d", &i)
				if old, seen := where[of(i)]; seen && old != name {
					t.Errorf("by %s, the group %s is in %s and %s", by, of(i), old, name)
				}
				where[of(i)] = name
			}
		}
	}
	_, err := format.MakePlan(ctx, store, format.ExportOptions{Format: "jsonl", Split: &format.SplitOptions{Parts: parts(t, "50/50"), By: "genre"}})
	wantError(t, err, "genre", "published:month")
}

// TestSplitIsStable: what lede split has written stays, when articles are added and
// whatever the seed; near-duplicates of old articles go where these are.
func TestSplitIsStable(t *testing.T) {
	store := splitProject(t, 20)
	o := format.SplitOptions{Parts: parts(t, "60/20/20"), Seed: 3, Threshold: split.Threshold}
	env := importOptions(9).Env
	stored := func() map[string]string {
		all := map[string]string{}
		for _, d := range documents(t, store) {
			all[d.Article.Ref] = d.Article.Meta.String(format.SplitKey)
		}
		return all
	}
	if _, id, err := format.SplitProject(ctx, store, o, false, true, "ana", env); err != nil || id != "" || stored()["a00"] != "" {
		t.Fatalf("a dry run wrote %q: %v", id, err)
	}
	plan, id, err := format.SplitProject(ctx, store, o, false, false, "ana", env)
	if err != nil || id == "" || plan.Stored != 0 {
		t.Fatalf("%+v %q %v", plan, id, err)
	}
	first := stored()
	more := splitProject(t, 40) // the first 20 are the same
	lines, _ := exportString(t, more, format.ExportOptions{Format: "jsonl"})
	lines = strings.ReplaceAll(lines, `"published":"2026-01-01"`, `"published":"2026-01-02"`)
	mustImport(t, store, importOptions(11), write(t, t.TempDir(), "more.jsonl", lines))
	o.Seed = 99
	if plan, _, err = format.SplitProject(ctx, store, o, false, false, "ana", env); err != nil || plan.Stored != 20 {
		t.Fatalf("%+v %v", plan, err)
	}
	second := stored()
	for ref, part := range first {
		if part == "" || second[ref] != part {
			t.Errorf("%s was in %q and is in %q", ref, part, second[ref])
		}
	}
	again, id, err := format.SplitProject(ctx, store, o, false, false, "ana", env)
	if err != nil || id != "" || again.Stored != 40 {
		t.Errorf("splitting once more changed something: %q, %v", id, err)
	}
	plan2, err := format.MakePlan(ctx, store, format.ExportOptions{Format: "jsonl", Split: &format.SplitOptions{}})
	if err != nil || len(plan2.Split.Parts) != 3 || plan2.Split.Parts[0].Name != "train" || plan2.Split.Parts[2].Name != "test" || plan2.Out.Articles != 40 {
		t.Errorf("the stored parts go out as %+v, %v", plan2.Split, err)
	}
	_, err = format.MakePlan(ctx, store, format.ExportOptions{Format: "jsonl", Split: &format.SplitOptions{Parts: parts(t, "a=1,b=1")}})
	wantError(t, err, "in the part", "--anew")
	o.Parts = parts(t, "a=1,b=1")
	if plan, _, err := format.SplitProject(ctx, store, o, true, false, "ana", env); err != nil || plan.Stored != 0 || stored()["a00"] == "train" {
		t.Errorf("anew: %+v %v", plan, err)
	}
}

func TestStoredSplitsNeedParts(t *testing.T) {
	store := splitProject(t, 4)
	_, err := format.MakePlan(ctx, store, format.ExportOptions{Format: "jsonl", Split: &format.SplitOptions{}})
	wantError(t, err, "not split", "80/10/10")
}

func TestLabelsAndMap(t *testing.T) {
	store := splitProject(t, 4)
	out, m := exportString(t, store, format.ExportOptions{Format: "conll", Labels: []string{"actor"}, Map: map[string]string{"actor": "PER"}})
	if strings.Contains(out, "event") || strings.Contains(out, "actor") || strings.Count(out, "B-PER") != 8 {
		t.Errorf("the file holds %s", out)
	}
	if note(m.LeftOut, "labels") != 4 || m.Out.Spans != 8 || m.Map["actor"] != "PER" || m.Labels[0] != "actor" {
		t.Errorf("the manifest says %+v", m.Plan)
	}
	out, _ = exportString(t, store, format.ExportOptions{Format: "jsonl", Map: map[string]string{"actor": "X", "event": "X"}})
	if strings.Count(out, `"label":"X"`) != 12 {
		t.Errorf("several to one: %s", out)
	}
	out, m = exportString(t, store, format.ExportOptions{Format: "jsonl", Map: map[string]string{"event": ""}})
	if strings.Contains(out, "event") || note(m.LeftOut, "labels") != 4 {
		t.Errorf("dropped: %s", out)
	}
	for _, o := range []format.ExportOptions{{Labels: []string{"aktor"}}, {Map: map[string]string{"aktor": "x"}}, {Mask: []string{"aktor"}}} {
		o.Format = "jsonl"
		_, err := format.MakePlan(ctx, store, o)
		wantError(t, err, `no label "aktor"`, "actor", "event")
	}
	dir := t.TempDir()
	if _, err := format.Export(ctx, store, format.ExportOptions{Format: "brat", Out: filepath.Join(dir, "b"), Map: map[string]string{"actor": "PER"}}); err != nil {
		t.Fatal(err)
	}
	if conf := tree(t, filepath.Join(dir, "b"))["annotation.conf"]; !strings.Contains(conf, "PER") || strings.Contains(conf, "actor") {
		t.Errorf("annotation.conf says %s", conf)
	}
}

func TestMapOnImport(t *testing.T) {
	in := write(t, t.TempDir(), "in.jsonl", `{"text":"Ana met Ben","annotator":"a","spans":[{"id":"1","label":"PER","start":0,"end":3},{"id":"2","label":"LOC","start":8,"end":11},{"id":"3","label":"X","start":4,"end":7}],`+
		`"relations":[{"type":"r","from":"1","to":"3"},{"type":"r","from":"1","to":"2"}]}`+"\n")
	store, o := newStore(t), importOptions(3)
	o.Map = map[string]string{"PER": "actor", "LOC": "actor", "X": "", "MISC": "y"}
	r := mustImport(t, store, o, in)
	if fmt.Sprint(r.Created.Labels) != "[actor]" || r.Added.Spans != 2 || r.Added.Relations != 1 || note(r.Notes, "map") != 3 {
		t.Errorf("the report is %+v", r)
	}
	for _, n := range r.Notes {
		if strings.Contains(n.What, "no span has") && fmt.Sprint(n.Examples) != "[MISC]" {
			t.Errorf("labels that were not found: %v", n.Examples)
		}
	}
}

func TestAnonymiseAnnotators(t *testing.T) {
	store := splitProject(t, 2)
	lines, _ := exportString(t, store, format.ExportOptions{Format: "jsonl"})
	mustImport(t, store, importOptions(8), write(t, t.TempDir(), "ben.jsonl", strings.ReplaceAll(strings.ReplaceAll(lines, `"ana"`, `"Ben Brod"`), `"status":"done"`, `"status":"skipped"`)))
	out, m := exportString(t, store, format.ExportOptions{Format: "jsonl", Anonymise: true, Statuses: []annotate.Status{annotate.Done}})
	raw, err := m.JSON()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{`"ana"`, "Ben Brod", "(ana)"} {
		if strings.Contains(out+string(raw), name) {
			t.Errorf("%s is named: %s %s", name, out, raw)
		}
	}
	if !strings.Contains(out, `"annotator":"annotator-1"`) || !m.Anonymised.Annotators || fmt.Sprint(m.Annotators) != "[annotator-1 annotator-2]" {
		t.Errorf("%+v: %s", m.Annotators, out)
	}
	out, m = exportString(t, store, format.ExportOptions{Format: "conll", Anonymise: true, Annotator: "Ben Brod", Statuses: []annotate.Status{annotate.Skipped}})
	if m.Out.Articles != 2 || m.Annotators[0] != "annotator-2" || !strings.Contains(out, "B-actor") {
		t.Errorf("one annotator: %+v", m.Plan)
	}
}

func TestMask(t *testing.T) {
	in := write(t, t.TempDir(), "in.jsonl", `{"id":"x","title":"Ana Lund resigns","text":"👩 Ana Lund met Ben. Ana Lund said: “Ben lies”, Ana.","annotator":"a","status":"done","note":"about Ana","spans":[`+
		`{"id":"1","label":"actor","start":2,"end":10},{"id":"2","label":"actor","start":15,"end":18},{"id":"3","label":"actor","start":20,"end":28},`+
		`{"id":"4","label":"quote","start":35,"end":45},{"id":"5","label":"cue","start":29,"end":33},{"id":"6","label":"odd","start":6,"end":14}]}`+"\n")
	store := newStore(t)
	mustImport(t, store, importOptions(2), in)
	out, m := exportString(t, store, format.ExportOptions{Format: "jsonl", Mask: []string{"actor"}})
	var a struct {
		Title, Text, Note string
		Spans             []struct{ Label, Text string }
	}
	if err := json.Unmarshal([]byte(out), &a); err != nil {
		t.Fatal(err)
	}
	if a.Title != "" || a.Note != "" || a.Text != "👩 [ACTOR-1] met [ACTOR-2]. [ACTOR-1] said: “Ben lies”, Ana." {
		t.Errorf("%+v", a)
	}
	if got := fmt.Sprint(a.Spans); got != "[{odd [ACTOR-1] met} {actor [ACTOR-1]} {actor [ACTOR-2]} {actor [ACTOR-1]} {cue said} {quote “Ben lies”}]" {
		t.Errorf("the spans are %s", got)
	}
	if m.Anonymised.Placeholders != 3 || note(m.Losses, "masked_ends") != 1 || note(m.Losses, "masked_left") != 1 || note(m.Losses, "masked_notes") != 1 || note(m.Losses, "masked_facts") != 1 {
		t.Errorf("the manifest says %+v %+v", m.Anonymised, m.Losses)
	}
	_, err := format.MakePlan(ctx, store, format.ExportOptions{Format: "jsonl", Mask: []string{"actor"}, NoText: true})
	wantError(t, err, "--no-text")
}

// TestMaskEverywhere: hidden words are hidden also where nobody marked them.
func TestMaskEverywhere(t *testing.T) {
	in := write(t, t.TempDir(), "in.jsonl", `{"id":"x","text":"👩 Ana Lund met Ben, not Benny. Ana\nLund’s friend Ben (שלום Ben) left; Ana stays. 北京 is a city, 北京人 not.","annotator":"a","status":"done","spans":[`+
		`{"id":"1","label":"actor","start":2,"end":10},{"id":"2","label":"actor","start":15,"end":18},{"id":"3","label":"actor","start":18,"end":19},`+
		`{"id":"4","label":"odd","start":42,"end":52},{"id":"5","label":"actor","start":81,"end":83},{"id":"6","label":"odd","start":53,"end":62}]}`+"\n"+
		`{"id":"y","text":"Ben is marked by nobody here."}`+"\n")
	store := newStore(t)
	mustImport(t, store, importOptions(2), in)
	out, m := exportString(t, store, format.ExportOptions{Format: "jsonl", Mask: []string{"actor"}, MaskEverywhere: true})
	var a struct {
		Text  string
		Spans []struct{ Label, Text string }
	}
	first, second, _ := strings.Cut(out, "\n")
	if err := json.Unmarshal([]byte(first), &a); err != nil {
		t.Fatal(err)
	}
	const want = "👩 [ACTOR-1] met [ACTOR-2][ACTOR-3] not Benny. [ACTOR-1]’s friend [ACTOR-2] (שלום [ACTOR-2]) left; Ana stays. [ACTOR-4] is a city, [ACTOR-4]人 not."
	if a.Text != want {
		t.Errorf("the text is\n%s, not\n%s", a.Text, want)
	}
	if !strings.Contains(second, "Ben is marked by nobody here.") {
		t.Errorf("the other article is %s", second)
	}
	for _, s := range a.Spans {
		if s.Label == "odd" && s.Text != "friend [ACTOR-2]" && s.Text != "(שלום [ACTOR-2]" {
			t.Errorf("a span reads %q", s.Text)
		}
	}
	if m.Anonymised.Placeholders != 8 || m.Anonymised.Unmarked != 4 || !m.Anonymised.Everywhere {
		t.Errorf("the manifest says %+v %+v", m.Anonymised, m.Losses)
	}
	_, err := format.MakePlan(ctx, store, format.ExportOptions{Format: "jsonl", MaskEverywhere: true})
	wantError(t, err, "--mask LABEL")
}

// TestMaskMovesEverySpan: whatever is hidden, a span without hidden words reads as
// before, and the hidden words stand nowhere where they were marked.
func TestMaskMovesEverySpan(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.jsonl")
	rapid.Check(t, func(t *rapid.T) {
		store := newStore(t)
		articles := genArticles(t)
		_, err := format.ImportArticles(ctx, store, "x", func(yield func(*format.Article, error) bool) {
			for _, a := range articles {
				if !yield(a, nil) {
					return
				}
			}
		}, importOptions(4))
		if err != nil {
			t.Fatal(err)
		}
		schema, _ := store.Schema(ctx)
		if _, ok := schema.LabelNamed("actor"); !ok {
			t.Skip("nothing to hide")
		}
		out, _ := exportString(t, store, format.ExportOptions{Format: "jsonl", Mask: []string{"actor"}})
		again := annotest.NewMemory(annotest.NewEnv())
		if err := os.WriteFile(path, []byte(out), 0o600); err != nil {
			t.Fatal(err)
		}
		mustImport(t, again, importOptions(6), path)
		byID := map[annotate.ID]string{}
		for _, d := range documents(t, again) {
			for _, s := range d.Sets {
				for _, x := range s.Spans {
					byID[x.ID] = d.Text.Quote(x.Fragments)
				}
			}
		}
		for _, d := range documents(t, store) {
			var hidden []text.Range
			for _, s := range d.Sets {
				for _, x := range s.Spans {
					if l, _ := schema.Label(x.Label); l.Name == "actor" {
						hidden = append(hidden, x.Fragments...)
					}
				}
			}
			for _, s := range d.Sets {
				for _, x := range s.Spans {
					apart := true
					for _, f := range x.Fragments {
						apart = apart && !slices.ContainsFunc(hidden, f.Overlaps)
					}
					got, there := byID[x.ID]
					if !there || apart && got != d.Text.Quote(x.Fragments) || !apart && !strings.Contains(got, "[ACTOR-") {
						t.Fatalf("%s: %q became %q", x.ID, d.Text.Quote(x.Fragments), got)
					}
				}
			}
		}
	})
}

// amounts are notes without their examples.
func amounts(notes []format.Note) (list []string) {
	for _, n := range notes {
		list = append(list, fmt.Sprint(n.Kind, n.What, n.Count))
	}
	return list
}

// TestManualAlone: with what a model marked its relations stay out, and that is told.
func TestManualAlone(t *testing.T) {
	in := write(t, t.TempDir(), "in.jsonl", `{"id":"x","text":"Ana met Ben.","annotator":"a","status":"done","spans":[{"id":"1","label":"actor","start":0,"end":3},`+
		`{"id":"2","label":"actor","start":8,"end":11,"origin":"model:m"}],"relations":[{"type":"met","from":"1","to":"2"}]}`+"\n")
	store := newStore(t)
	mustImport(t, store, importOptions(2), in)
	_, m := exportString(t, store, format.ExportOptions{Format: "jsonl", Options: map[string]string{"origin": "manual"}})
	if got := fmt.Sprint(amounts(m.LeftOut)); !strings.Contains(got, "relations of spans made by a model or a rule (--opt origin=manual)1") {
		t.Errorf("left out is %s", got)
	}
}

// TestPartsComeBack: an export in parts is a file, or a folder, for each; read together
// they say of each article which part it is of.
func TestPartsComeBack(t *testing.T) {
	in := write(t, t.TempDir(), "in.jsonl", strings.Join([]string{
		`{"id":"a","text":"Ana met Ben.","annotator":"a","status":"done","spans":[{"label":"actor","start":0,"end":3}]}`,
		`{"id":"b","text":"Cem left Rome.","annotator":"a","status":"done"}`, `{"id":"c","text":"Dana stays here.","annotator":"a","status":"done"}`,
	}, "\n"))
	for name, o := range map[string]map[string]string{"jsonl": nil, "html": nil, "brat": nil, "csv": {"article": "text", "empty": "yes"}, "xlsx": {"article": "text", "empty": "yes"}, "conll": nil} {
		store, out := newStore(t), filepath.Join(t.TempDir(), "out")
		mustImport(t, store, importOptions(2), in)
		parts := []split.Part{{Name: "train", Share: 1}, {Name: "fold two", Share: 1}}
		m, err := format.Export(ctx, store, format.ExportOptions{Format: name, Out: out, Options: o, Split: &format.SplitOptions{Parts: parts, Seed: 1}})
		if err != nil {
			t.Fatal(err)
		}
		again := annotest.NewMemory(annotest.NewEnv())
		of := importOptions(6)
		of.Format = name // other tests have formats of their own
		mustImport(t, again, of, out)
		got := map[string]int{}
		for _, d := range documents(t, again) {
			got[d.Article.Meta.String(format.SplitKey)]++
		}
		want := map[string]int{}
		for _, p := range m.Plan.Split.Parts {
			want[p.Name] = p.Articles
		}
		if name == "conll" { // its own rule: by the names train, dev and test
			want[""], want = want["fold two"], map[string]int{"train": want["train"], "": want["fold two"]}
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: articles of parts are %v, not %v", name, got, want)
		}
	}
}
