package gliner_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/format"
	"lede/annotate/format/formattest"
	_ "lede/annotate/format/gliner"
	_ "lede/annotate/format/jsonl"
)

func TestConforms(t *testing.T) {
	for name, options := range map[string]map[string]string{
		"article": {"unit": "article"}, "lines": {"layout": "lines", "unit": "article", "tokenizer": "words"},
	} {
		t.Run(name, func(t *testing.T) {
			formattest.Conform(t, "gliner", formattest.Case{
				Options: options, Names: true, Nobody: true, Plain: true, Text: formattest.Blanks,
				Holds: map[formattest.Kind]formattest.Grade{formattest.Articles: formattest.Part, formattest.Spans: formattest.Part, formattest.Relations: formattest.Part, formattest.Refs: formattest.Whole},
				Lost:  map[string]formattest.Kind{"long_spans": "", "long_records": "", "same_extent": ""},
			})
		})
	}
}

func take(t testing.TB, name, content string) (annotate.Store, *format.ImportReport, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	s := annotest.NewMemory(annotest.NewEnv())
	kind := ""
	if strings.HasPrefix(name, "told") {
		kind = "gliner"
	}
	r, err := format.Import(context.Background(), s, []string{path}, format.ImportOptions{Format: kind, Actor: "t", Annotator: "me", Env: annotest.NewEnvAt(annotest.Start, 7)})
	return s, r, err
}

const article = `{"id":"n/1","text":"Ana-Lena Müller said: “We will win the long war that began in the year before last year.”\n\nShe left.","annotator":"ana","status":"done","spans":[` +
	`{"id":"a","label":"actor","start":0,"end":15},{"id":"p","label":"person","start":0,"end":15},{"id":"q","label":"quote","start":22,"end":89},{"id":"s","label":"actor","start":91,"end":94}],` +
	`"relations":[{"id":"1","type":"speaker","from":"q","to":"a"},{"id":"2","type":"same","from":"s","to":"a"}]}` + "\n"

func TestWriting(t *testing.T) {
	s, _, err := take(t, "in.jsonl", article)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	m, err := format.Export(context.Background(), s, format.ExportOptions{Format: "gliner", Stdout: &out, Version: "1", Options: map[string]string{"max-words": "20"}})
	if err != nil {
		t.Fatal(err)
	}
	want := `[
{"tokenized_text":["Ana-Lena","Müller","said",":","“","We","will","win","the","long","war","that","began","in","the","year","before","last","year",".","”"],` +
		`"ner":[[0,1,"actor"],[0,1,"person"],[4,20,"quote"]],"relations":[[2,0,"speaker"]],"meta":{"id":"n/1","start":0,"end":89,"length":100}},
{"tokenized_text":["She","left","."],"ner":[[0,0,"actor"]],"meta":{"id":"n/1","start":91,"end":100,"length":100}}
]
`
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
	told := map[string]int{}
	for _, l := range m.Losses {
		told[l.Kind] = l.Count
	}
	if told["relations"] != 1 || told["long_spans"] != 1 || told["long_records"] != 1 || told["same_extent"] != 1 {
		t.Errorf("%+v", m.Losses)
	}
	_, err = format.Export(context.Background(), s, format.ExportOptions{Format: "gliner", Stdout: &out, Options: map[string]string{"max-width": "x"}})
	var usage *format.UsageError
	if !errors.As(err, &usage) {
		t.Error(err)
	}
}

// TestReading: files as GLiNER's documentation shows them.
func TestReading(t *testing.T) {
	for name, content := range map[string]string{
		"list.json":  `[{"tokenized_text":["Barack","Obama","was","born","."],"ner":[[0,1,"person"],[3,3,"event"]],"relations":[[0,1,"of"]],"label":["x"]}]`,
		"line.jsonl": `{"tokenized_text":["Barack","Obama","was","born","."],"ner":[[0,1,"person"],[3,3,"event"]],"relations":[[0,1,"of"]],"label":["x"]}` + "\n",
	} {
		s, r, err := take(t, name, content)
		if err != nil {
			t.Fatal(err)
		}
		schema, err := s.Schema(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for d, err := range s.Documents(context.Background(), annotate.DocumentQuery{}) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, d.Text.String(), string(d.Article.Meta["label"]))
			for _, x := range d.Sets[0].Spans {
				l, _ := schema.Label(x.Label)
				got = append(got, l.Name+":"+d.Text.Quote(x.Fragments))
			}
		}
		if want := []string{"Barack Obama was born .", `["x"]`, "person:Barack Obama", "event:born"}; !slices.Equal(got, want) || r.Read.Relations != 1 {
			t.Errorf("%q %+v", got, r.Read)
		}
	}
}

func TestRefusals(t *testing.T) {
	for content, say := range map[string]string{
		`[{"tokenized_text":["a"],"ner":[[0,1,"x"]]}]`:                              "goes beyond the 1",
		`[{"tokenized_text":["a","b"],"ner":[[1,0,"x"]]}]`:                          "reversed",
		`[{"tokenized_text":[""],"ner":[[0,0,"x"]]}]`:                               "empty",
		`[{"tokenized_text":["a"],"ner":[[0,"x"]]}]`:                                "first word, last word, label",
		`[{"tokenized_text":["a"],"ner":[[0,0.5,"x"]]}]`:                            "goes beyond",
		`[{"tokenized_text":["a",1],"ner":[]}]`:                                     "is no text",
		`[{"tokenized_text":["a"],"ner":[[0,0,"x"]],"relations":[[0,1,"r"]]}]`:      "goes beyond the 1",
		`[{"tokenized_text":["a"],"ner":[]},{"ner":[],"x":"tokenized_text"}]`:       `no "tokenized_text"`,
		`[{"tokenized_text":["a"],"ner":[]}` + "\n" + `{"tokenized_text":[],"ner"`:  "comma",
		`[{"tokenized_text":["a"],"ner":[[99999999999999999999,0,"x"]]}]`:           "goes beyond",
		`{"tokenized_text":["a\u0000"],"ner":[]}`:                                   "U+0000",
		fmt.Sprintf(`{"tokenized_text":%s,"ner":[]}`, strings.Repeat("[", 100_000)): "nested",
	} {
		s, _, err := take(t, "told-a.json", content)
		var told *annotate.Error
		if !errors.As(err, &told) || !strings.Contains(err.Error(), say) || !strings.Contains(err.Error(), "a.json:") {
			t.Errorf("%.60q: %v", content, err)
		}
		if n, _ := s.Count(context.Background(), annotate.ArticleQuery{}); n.Total != 0 {
			t.Errorf("%.60q left something", content)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		`[{"tokenized_text":["Barack","Obama"],"ner":[[0,1,"person"],[1,1,"x"]],"relations":[[0,1,"of"]]}]`,
		`{"tokenized_text":["\ufeffa",""],"ner":[[0,0,"p"]],"meta":{"id":"x","start":0,"end":1,"length":2}}`, `{"tokenized_text":[],"ner":[]}` + "\n" + `{"tokenized_text":["a\nb"],"ner":[]}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		path := filepath.Join(t.TempDir(), "a.json")
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		s := annotest.NewMemory(annotest.NewEnv())
		o := format.ImportOptions{Format: "gliner", Actor: "t", Annotator: "me", Env: annotest.NewEnvAt(annotest.Start, 7)}
		if _, err := format.Import(context.Background(), s, []string{path}, o); err != nil {
			var told *annotate.Error
			if !errors.As(err, &told) {
				t.Fatalf("no sentence: %v", err)
			}
			return
		}
		if problems, err := s.Check(context.Background()); err != nil || len(problems) > 0 {
			t.Fatal(problems, err)
		}
		out := filepath.Join(t.TempDir(), "out.json")
		if _, err := format.Export(context.Background(), s, format.ExportOptions{Format: "gliner", Out: out, Statuses: annotate.Statuses}); err != nil {
			t.Fatal(err)
		}
		if _, err := format.Import(context.Background(), annotest.NewMemory(annotest.NewEnv()), []string{out}, o); err != nil {
			t.Fatal(err)
		}
	})
}
