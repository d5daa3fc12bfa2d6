package format_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"lede/annotate"
	"lede/annotate/format"
)

// fuzzImport reads files that anybody could have made. Whatever they hold, the
// reader must not crash; what is refused must leave nothing and say where; what
// is taken must be sound and come back from an export.
func fuzzImport(t *testing.T, o format.ImportOptions, files map[string][]byte, path string) {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	store := newStore(t)
	_, err := format.Import(ctx, store, []string{filepath.Join(dir, path)}, o)
	if err != nil {
		var told *annotate.Error
		var usage *format.UsageError
		if !errors.As(err, &told) && !errors.As(err, &usage) {
			t.Fatalf("the error is no sentence for people: %v", err)
		}
		if len(documents(t, store)) > 0 {
			t.Fatalf("a refused import left something: %v", err)
		}
		return
	}
	if problems, err := store.Check(ctx); err != nil || len(problems) > 0 {
		t.Fatalf("check: %v %v", problems, err)
	}
	for _, d := range documents(t, store) {
		if s := d.Text.String(); !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\r") {
			t.Fatalf("stored text %q", s)
		}
	}
	first, _ := exportString(t, store, format.ExportOptions{Format: "jsonl"})
	second := newStore(t)
	back := importOptions(2)
	back.Format = "jsonl"
	mustImport(t, second, back, write(t, dir, "back.jsonl", first))
	if again, _ := exportString(t, second, format.ExportOptions{Format: "jsonl"}); again != first {
		t.Fatalf("first\n%s\nagain\n%s", first, again)
	}
	for _, f := range []string{"brat", "conll"} {
		o := format.ExportOptions{Format: f, Out: filepath.Join(dir, "out."+f), Statuses: annotate.Statuses, Annotator: "all"}
		var who *format.AnnotatorError
		if _, err := format.Export(ctx, store, o); err != nil && !errors.As(err, &who) {
			t.Fatalf("export %s: %v", f, err)
		}
	}
}

func FuzzJSONL(f *testing.F) {
	f.Add([]byte(strings.ReplaceAll(corpus, "\n", "")))
	f.Add([]byte(`{"text":"a\r\nb😀","spans":[{"label":"x","start":5,"end":6,"text":"😀","entity":{"id":"1","kind":"k","name":"n"},"x":[1.50,{"a":1e3}]}]}` + "\n" + bensWork))
	f.Add([]byte(`{"id":1,"body":"x","date":"03/04/2026","meta":{"\u2028":"\ud83d\ude00"}}`))
	f.Add([]byte("\xff\xfe{\x00}\x00"))
	f.Add([]byte(`{"id":"a","text":"x","annotator":"A","note":"1"}` + "\n" + `{"id":"a","text":"x","annotator":"a","note":"2"}`))
	f.Add([]byte(`{"sha256":"` + strings.Repeat("0", 64) + `","length":3,"spans":[{"label":"x","start":0,"end":3}],"annotator":"a"}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		o := importOptions(1)
		o.Format = "jsonl"
		fuzzImport(t, o, map[string][]byte{"a.jsonl": raw}, "a.jsonl")
	})
}

func FuzzBrat(f *testing.F) {
	f.Add([]byte("\uFEFFAnna said\r\n😀 no"), []byte("T1\tP 1 5\tAnna\nT2\tS 6 10;12 13\tsaid 😀\nE1\tS:T2 A:T1 B2:T1\nA1\tneg E1\n#1\tAnnotatorNotes T1\tx\n*\tEquiv T1 T2\n"))
	f.Add([]byte("a\nb\u2028c"), []byte("T1\tP 0 1;2 3;4 5\ta b c\nR1\tr Arg1:T1 Arg2:T1\nN1\tReference T1 x:1\tn\n#1\tLedeAttributes R1\t{\"a\":1.50}\n"))
	f.Add([]byte("abc"), []byte("T1\tP 0 1\nM1\tx T1 y\nA2\tx T1 z\n"))
	f.Fuzz(func(t *testing.T, txt, ann []byte) {
		o := importOptions(1)
		o.Format = "brat"
		fuzzImport(t, o, map[string][]byte{"a.txt": txt, "a.ann": ann}, ".")
	})
}

func FuzzTable(f *testing.F) {
	f.Add([]byte("id,text,date\n1,\"a \"\"b\"\"\r\nc\",2026-03\n"), "csv", "")
	f.Add([]byte("id;body\n1;x\n1;y\n"), "csv", "body")
	f.Add([]byte("text\tx\na\t\"b\n"), "tsv", "text")
	f.Add([]byte("\xef\xbb\xbf\"text\"\r\n\"\"\r\n"), "csv", "")
	f.Fuzz(func(t *testing.T, raw []byte, name, column string) {
		if name != "csv" && name != "tsv" {
			return
		}
		o := importOptions(1)
		o.Format = name
		if column != "" {
			o.Options = map[string]string{"text-column": column}
		}
		fuzzImport(t, o, map[string][]byte{"a." + name: raw}, "a."+name)
	})
}

func FuzzText(f *testing.F) {
	f.Add([]byte("\xef\xbb\xbfa\r\nb\rc\n"), "auto", true)
	f.Add([]byte("caf\xe9"), "windows-1252", false)
	f.Add([]byte("\xff\xfea\x00"), "auto", true)
	f.Fuzz(func(t *testing.T, raw []byte, encoding string, lines bool) {
		o := importOptions(1)
		o.Format, o.Encoding = "text", encoding
		if lines {
			o.Options = map[string]string{"lines": "yes"}
		}
		fuzzImport(t, o, map[string][]byte{"a.txt": raw}, "a.txt")
	})
}

// FuzzDetect: looking at a file must never crash, whatever its ending.
func FuzzDetect(f *testing.F) {
	for _, s := range []string{corpus, "a,b\n1,2\n", "EU\tB-X\n", `[{"data":1}]`, "\x00\x01", "<html>"} {
		for _, ext := range []string{".txt", ".jsonl", ".csv", ".bin", ""} {
			f.Add([]byte(s), ext)
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte, ext string) {
		if strings.ContainsAny(ext, "/\x00") || len(ext) > 20 || !utf8.ValidString(ext) {
			return
		}
		path := filepath.Join(t.TempDir(), "a"+ext)
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		if found, err := format.DetectFormat(format.Source{Path: path, Name: path, Rel: "a" + ext}); (found == nil) == (err == nil) {
			t.Fatalf("%v %v", found, err)
		}
	})
}
