package labelstudio_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/format"
	_ "lede/annotate/format/jsonl"
)

var update = flag.Bool("update", false, "write the golden files anew")

var ctx = context.Background()

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

// told is what a project holds, a line a set.
func told(t *testing.T, store annotate.Store) string {
	t.Helper()
	schema, err := store.Schema(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	values := func(v annotate.Values) {
		var names []string
		for name := range v {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			fmt.Fprintf(&b, " %s:%s", name, v[name])
		}
	}
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
				values(x.Attributes)
				if x.Note != "" {
					b.WriteString(" #" + x.Note)
				}
			}
			for _, r := range s.Relations {
				rt, _ := schema.RelationType(r.Type)
				b.WriteString(" (" + at[r.From] + " " + rt.Name + " " + at[r.To] + ")")
			}
			values(s.Set.Fields)
			b.WriteString("\n")
		}
	}
	return b.String()
}

// region is a result with a label.
func region(id, label string, start, end int, text string) string {
	return fmt.Sprintf(`{"id":%q,"from_name":"l","to_name":"t","type":"labels","value":{"start":%d,"end":%d,"text":%q,"labels":[%q]}}`, id, start, end, text, label)
}

func entry(results ...string) string { return `{"result":[` + strings.Join(results, ",") + `]}` }

func TestTasksOfLabelStudio(t *testing.T) {
	ana := region("a", "PER", 0, 3, "Ana")
	for name, c := range map[string]struct{ content, want string }{
		"completions":     {`[{"id":1,"data":{"text":"Ana met Ben."},"completions":[` + entry(ana) + `]}]`, "me: PER=Ana\n"},
		"predictions":     {`[{"data":{"text":"Ana"},"predictions":[{"model_version":"v2","result":[` + ana + `]}]}]`, "v2: PER=Ana\n"},
		"nothing found":   {`[{"data":{"text":"Ana"},"annotations":[{"completed_by":{"id":5},"result":[]}]}]`, "user-5:\n"},
		"ground truth":    {`[{"data":{"text":"Ana"},"annotations":[{"completed_by":1,"ground_truth":true,"result":[` + ana + `]}]}]`, "gold: PER=Ana\n"},
		"UTF-16 of 2020":  {`[{"data":{"text":"👍 Ana"},"annotations":[` + entry(region("a", "PER", 3, 6, "Ana")) + `]}]`, "me: PER=Ana\n"},
		"newline copied":  {`[{"data":{"text":"a\nb"},"annotations":[` + entry(`{"id":"c","from_name":"l","to_name":"t","type":"labels","value":{"start":0,"end":3,"text":"a\\nb","labels":["X"]}}`) + `]}]`, "me: X=a\nb\n"},
		"two labels":      {`[{"data":{"text":"Ana"},"annotations":[` + entry(`{"id":"a","from_name":"l","to_name":"t","type":"labels","value":{"start":0,"end":3,"labels":["A","B"]}}`) + `]}]`, "me: A=Ana B=Ana\n"},
		"answers":         {`[{"data":{"text":"Ana"},"annotations":[` + entry(`{"id":"a","from_name":"mood","to_name":"t","type":"choices","value":{"start":0,"end":3,"choices":["good"]}}`, ana, `{"id":"a","from_name":"n","to_name":"t","type":"number","value":{"number":2}}`, `{"id":"q","from_name":"topic","to_name":"t","type":"choices","value":{"choices":["x","y"]}}`, `{"id":"q2","from_name":"tree","to_name":"t","type":"taxonomy","value":{"taxonomy":[["a","b"],["c"]]}}`, `{"id":"q3","from_name":"sum","to_name":"t","type":"textarea","value":{"text":["in short"]}}`, `{"id":"q4","from_name":"stars","to_name":"t","type":"rating","value":{"rating":4}}`) + `]}]`, "me: PER=Ana mood:\"good\" n:2 stars:4 sum:\"in short\" topic:[\"x\",\"y\"] tree:[\"a/b\",\"c\"]\n"},
		"both directions": {`[{"data":{"text":"Ana Ben"},"annotations":[` + entry(ana, region("b", "PER", 4, 7, "Ben"), `{"type":"relation","from_id":"a","to_id":"b","direction":"bi"}`, `{"type":"relation","from_id":"a","to_id":"b","direction":"left","labels":["of"]}`) + `]}]`, "me: PER=Ana PER=Ben (PER=Ana relation PER=Ben) (PER=Ben relation PER=Ana) (PER=Ben of PER=Ana)\n"},
		"split":           {`[{"data":{"text":"Ana Ben"},"annotations":[` + entry(ana, region("a#2", "PER", 4, 7, "Ben")) + `]}]`, "me: PER=Ana Ben\n"},
		"parts of others": {`[{"data":{"text":"Ana Ben"},"annotations":[` + entry(ana, region("a#2", "ORG", 4, 7, "Ben")) + `]}]`, "me: PER=Ana ORG=Ben\n"},
		"meta":            {`[{"data":{"text":"Ana"},"annotations":[` + entry(strings.Replace(ana, `"value"`, `"meta":{"text":["hm"],"more":1},"value"`, 1)) + `]}]`, "me: PER=Ana meta:{\"more\":1} #hm\n"},
		"JSON-MIN":        {`[{"id":1,"text":"Ana","label":[{"start":0,"end":3,"text":"Ana","labels":["PER"]}],"mood":{"choices":["a","b"]},"annotator":1,"annotation_id":2}]`, "user-1: PER=Ana mood:[\"a\",\"b\"]\n"},
	} {
		path := put(t, t.TempDir(), "x.json", c.content)
		f, err := format.DetectFormat(format.Source{Path: path, Name: "x.json", Rel: "x.json"})
		if err != nil || f.Name != "labelstudio" {
			t.Errorf("%s is not told by its content: %v", name, err)
			continue
		}
		store, _, err := load(t, path, nil)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := told(t, store); got != c.want {
			t.Errorf("%s:\n%q, want\n%q", name, got, c.want)
		}
	}
}

func TestWhatIsLeftOutIsTold(t *testing.T) {
	path := put(t, t.TempDir(), "x.json", `[{"data":{"text":"Ana"},"drafts":[{}],"annotations":[{"was_cancelled":true,"result":[]},`+
		entry(`{"id":"h","from_name":"l","to_name":"t","type":"hypertextlabels","value":{"start":"/p[1]/text()[1]","end":"/p[1]/text()[1]","startOffset":0,"endOffset":3,"hypertextlabels":["X"]}}`,
			`{"id":"p","from_name":"b","to_name":"i","type":"rectanglelabels","value":{"x":1,"y":1,"width":2,"height":2,"rectanglelabels":["X"]}}`,
			`{"id":"u","from_name":"l","to_name":"t","type":"labels","value":{"start":0,"end":1,"labels":[]}}`,
			`{"type":"relation","from_id":"u","to_id":"p","direction":"right"}`, `{"id":"z","from_name":"c","to_name":"t","type":"choices","value":{"start":0,"end":1,"choices":["x"]}}`)+
		`],"predictions":[{"score":0.5,"result":[]}]},{"data":{"image":"x.png"},"annotations":[]}]`)
	_, r, err := load(t, path, nil)
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for _, n := range r.Notes {
		kinds = append(kinds, n.Kind)
	}
	for _, want := range []string{"drafts", "cancelled", "hypertext", "regions", "unlabelled", "relations", "results", "scores", "no_text"} {
		if !slices.Contains(kinds, want) {
			t.Errorf("%s is not told: %q", want, kinds)
		}
	}
}

func TestRefusals(t *testing.T) {
	for content, want := range map[string]string{
		`[{"data":{"image":"x"},"annotations":[]}]`:                                                             `no task has a text. Say which key of the data holds it with --opt text-column=KEY.`,
		`[{"data":{"text":"Ana"},"annotations":[` + entry(region("a", "PER", 0, 3, "Ben")) + `]}]`:              `span 0–3 (PER) reads "Ana" in the text, but the file says "Ben"`,
		`[{"data":{"text":"Ana"},"annotations":[` + entry(region("a", "PER", 0, 9, "Ana")) + `]}]`:              `is outside the text`,
		`[{"data":{"text":"Ana"},"annotations":3}]`:                                                             `"annotations" must be a list`,
		`[{"data":{"text":"Ana"},"annotations":[` + entry(`{"id":"a","from_name":"x","type":"labels"}`) + `]}]`: `a region has no value`,
		`[{"data":{"text":"Ana"},"annotations":[{"was_cancelled":"yes","result":[]}]}]`:                         `"was_cancelled" must be true or false`,
	} {
		store, _, err := load(t, put(t, t.TempDir(), "x.json", content), nil)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", content, err, want)
		}
		if n, err := store.Count(ctx, annotate.ArticleQuery{}); err != nil || n.Total > 0 {
			t.Errorf("%s left something", content)
		}
	}
}

func TestConfiguration(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "tasks.json", `[{"data":{"title":"x","body":"Ana","other":"Ben"},"annotations":[`+entry(
		region("a", "PER", 0, 3, "Ana"), `{"id":"b","from_name":"l2","to_name":"t2","type":"labels","value":{"start":0,"end":3,"text":"Ben","labels":["PER"]}}`,
		`{"id":"q","from_name":"m","to_name":"t","type":"choices","value":{"choices":["one"]}}`)+`]}]`)
	put(t, dir, "label_config.xml", `<View><!-- two texts --><Labels name="l" toName="t"><Label value="Person" alias="PER" background="#00ff00" hotkey="1"/></Labels>
<Text name="t" value="$body"/><Text name="t2" value="$other"/>
<Choices name="m" toName="t" choice="multiple"><Choice value="one"/><Choice value="two"/></Choices>
<Taxonomy name="tree" toName="t" perRegion="true"><Choice value="a"><Choice value="b"/></Choice></Taxonomy>
<Rating name="stars" toName="t" perRegion="true"/></View>`)
	store, r, err := load(t, dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := told(t, store); got != "me: PER=Ana m:[\"one\"]\n" {
		t.Errorf("%q", got)
	}
	if !slices.Equal(r.Created.Attributes, []string{"m", "stars", "tree"}) {
		t.Errorf("%+v", r.Created)
	}
	s, err := store.Schema(ctx)
	if err != nil {
		t.Fatal(err)
	}
	per, _ := s.LabelNamed("PER")
	if per.Color != "#00ff00" || per.Title != "Person" || per.Hotkey != "1" {
		t.Errorf("%+v", per)
	}
	for _, a := range s.Attributes {
		got := fmt.Sprint(a.Name, a.Scope, a.Type, a.Choices)
		if want := map[string]string{"m": "mdocumentmany_of[{one  map[]} {two  map[]}]", "stars": "starsspannumber[]", "tree": "treespanmany_of[{a  map[]} {a/b  map[]}]"}[a.Name]; got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	put(t, dir, "label_config.xml", `<View><Text name="t" value="$body"/>`)
	if _, _, err := load(t, dir, nil); err == nil || !strings.Contains(err.Error(), "label_config.xml") {
		t.Errorf("a broken configuration: %v", err)
	}
}

const project = `{"id":"a/1","title":"Título","text":"“We win” 👍, said Ana.\nBen – no.","meta":{"n":1.50},"annotator":"ana","status":"done","note":"why?","fields":{"genre":"news"},"spans":[{"id":"q","label":"quote","start":0,"end":8,"note":"sure?"},{"id":"s","label":"actor","fragments":[[17,20],[22,25]],"attributes":{"role":"x"},"entity":{"id":"e","kind":"person","name":"Ana"}},{"id":"t","label":"my label","start":17,"end":20}],"relations":[{"id":"r","type":"speaker","from":"q","to":"s"}]}
{"id":"a/2","text":"Nothing here.","annotator":"ana","status":"done","spans":[],"relations":[]}
`

func TestGoldenFiles(t *testing.T) {
	store, _, err := load(t, put(t, t.TempDir(), "project.jsonl", project), nil)
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "out")
	m, err := format.Export(ctx, store, format.ExportOptions{Format: "labelstudio", Out: out, Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range m.Files {
		got, err := os.ReadFile(filepath.Join(out, f.Name))
		if err != nil {
			t.Fatal(err)
		}
		golden := filepath.Join("testdata", f.Name)
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
