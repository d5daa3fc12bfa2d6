package cas_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lede/annotate/annotest"
	"lede/annotate/format"
)

var update = flag.Bool("update", false, "write the golden files anew")

const golden = `{"id":"news/1","title":"Talks & \"terms\"","source":"Reuters","url":"https://example.org/1?a=1&b=2","published":"2026-03-04","language":"en","text":"😀 Angela Merkel, “yes”, said\n\tthe chancellor [she] * a_b ->\\t; end. قال الرئيس 𠮷野家。","annotator":"ana","status":"done","flag":"why?","note":"two\nlines","fields":{"genre":"news","relevance":true,"score":0.50},"meta":{"page":3},
"spans":[{"id":"a","label":"my label/ä","start":2,"end":15,"attributes":{"type":"a b","sure":true,"count":-2.50,"free text":"x|y[1]_*\n\\"},"entity":{"id":"Q567","kind":"PER","name":"Angela Merkel"},"note":"one\ttab"},{"id":"b","label":"quote","fragments":[[17,22],[30,46]]},{"id":"c","label":"actor","start":2,"end":8},{"id":"d","label":"actor","start":2,"end":8},{"id":"e","label":"event","start":24,"end":31},{"id":"f","label":"行为者","start":80,"end":81}],
"relations":[{"id":"r","type":"part of","from":"c","to":"a","attributes":{"why":"cause"},"note":"so"},{"id":"s","type":"speaker","from":"b","to":"d"}]}
{"id":"news/2","text":"Nothing to see.","annotator":"ana","status":"done"}
`

// What Lede writes today is what the readers named in testdata/README.md accepted.
func TestGoldenFiles(t *testing.T) {
	in := filepath.Join(files(t, map[string]string{"a.jsonl": strings.ReplaceAll(golden, ",\n", ",")}), "a.jsonl")
	store := annotest.NewMemory(annotest.NewEnv())
	if _, err := format.Import(ctx, store, []string{in}, format.ImportOptions{Actor: "x", Env: annotest.NewEnvAt(annotest.Start, 1)}); err != nil {
		t.Fatal(err)
	}
	for name, list := range map[string][]string{
		"cas-json":    {"news/1.json", "news/2.json", "TypeSystem.xml", "layers.xml"},
		"cas-xmi":     {"news/1.xmi", "news/2.xmi", "TypeSystem.xml", "layers.xml"},
		"webanno-tsv": {"news/1.tsv", "news/2.tsv", "TypeSystem.xml", "layers.xml"},
	} {
		out := filepath.Join(t.TempDir(), name)
		if _, err := format.Export(ctx, store, format.ExportOptions{Format: name, Out: out}); err != nil {
			t.Fatal(err)
		}
		for _, f := range list {
			raw, err := os.ReadFile(filepath.Join(out, f))
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join("testdata", name, f)
			if *update {
				if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, raw, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want, err := os.ReadFile(path); err != nil || string(raw) != string(want) {
				t.Errorf("%s is not what it was (%v): if it should not be, run the readers of testdata/README.md and write it anew with -update", path, err)
			}
		}
	}
}
