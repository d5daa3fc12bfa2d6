package spacy_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vmihailenco/msgpack/v5"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/format"
	"lede/annotate/format/formattest"
	_ "lede/annotate/format/jsonl"
	_ "lede/annotate/format/spacy"
	"lede/annotate/split"
)

func TestConforms(t *testing.T) {
	holds := map[formattest.Kind]formattest.Grade{formattest.Spans: formattest.Part, formattest.Fields: formattest.Part, formattest.Refs: formattest.Whole}
	for _, spans := range []string{"both", "ents"} {
		t.Run(spans, func(t *testing.T) {
			formattest.Conform(t, "spacy", formattest.Case{
				Options: map[string]string{"spans": spans}, Holds: holds, Names: true, Nobody: true, Plain: true,
				Unpack: unpack, Pack: pack,
			})
		})
	}
}

// unpack and pack let the suite plant faults in a DocBin.
func unpack(raw []byte) (map[string]string, error) {
	if !bytes.HasPrefix(raw, []byte("x")) {
		return map[string]string{"": string(raw)}, nil
	}
	z, err := zlib.NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	all, err := io.ReadAll(z)
	return map[string]string{"z": string(all)}, err
}

func pack(files map[string]string) ([]byte, error) {
	if s, ok := files[""]; ok {
		return []byte(s), nil
	}
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, err := io.WriteString(z, files["z"])
	return b.Bytes(), errors.Join(err, z.Close())
}

// docBin is a DocBin as spaCy makes it.
type docBin map[string]any

func le(size int, values ...uint64) []byte {
	var b []byte
	for _, v := range values {
		for i := range size {
			b = append(b, byte(v>>(8*i)))
		}
	}
	return b
}

// Numbers that spaCy 3 gives to strings.
const (
	hello  = 15777305708150031551 // “Hello”
	world  = 1703489418272052182  // “world”
	person = 380                  // PERSON, reserved
)

func sample() docBin {
	return docBin{
		"version": "0.1", "attrs": []int{65, 73, 77, 78, 452}, "strings": []string{"", "Hello", "PERSON", "world", "Q42", "own"},
		"tokens":  le(8, hello, 0, 3, person, 0, world, 0, 1, person, 0, world, 0, 0, 0, 0),
		"spaces":  []byte{1, 0, 0},
		"lengths": le(4, 2, 1), "cats": []map[string]any{{"POS": 1.0, "NEG": 0.0}, {"POS": 0.25, "genre=news": true}},
		"flags": []map[string]bool{{"has_unknown_spaces": false}, {"has_unknown_spaces": true}}, "span_groups": [][]byte{{0x90}, {}},
	}
}

func (d docBin) file(t testing.TB) string {
	t.Helper()
	raw, err := msgpack.Marshal(map[string]any(d))
	if err != nil {
		t.Fatal(err)
	}
	return file(t, raw)
}

func file(t testing.TB, content []byte) string {
	t.Helper()
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	if _, err := z.Write(content); err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "train.spacy")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func take(path string, options map[string]string) (annotate.Store, *format.ImportReport, error) {
	s := annotest.NewMemory(annotest.NewEnv())
	r, err := format.Import(context.Background(), s, []string{path}, format.ImportOptions{Actor: "t", Annotator: "me", Env: annotest.NewEnvAt(annotest.Start, 7), Options: options})
	return s, r, err
}

func said(t testing.TB, s annotate.Store) string {
	t.Helper()
	schema, err := s.Schema(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for d, err := range s.Documents(context.Background(), annotate.DocumentQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%q", d.Text.String())
		for _, set := range d.Sets {
			for _, x := range set.Spans {
				l, _ := schema.Label(x.Label)
				fmt.Fprintf(&b, " %s:%q", l.Name, d.Text.Quote(x.Fragments))
			}
			for _, k := range []string{"class", "genre"} {
				if v, ok := set.Set.Fields[k]; ok {
					fmt.Fprintf(&b, " %s=%s", k, v)
				}
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestReading(t *testing.T) {
	d := sample()
	d["span_groups"] = [][]byte{groups(t, 0, 0, 2), {}}
	s, r, err := take(d.file(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	want := `"Hello world" PERSON:"Hello world" PERSON:"world" class="POS"` + "\n" + `"world" genre="news"` + "\n"
	if got := said(t, s); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	kinds := map[string]int{}
	for _, n := range r.Notes {
		kinds[n.Kind] += n.Count
	}
	if kinds["scores"] != 1 || kinds["missing"] != 1 || kinds["blanks"] != 1 {
		t.Errorf("%+v", r.Notes)
	}
	if s, _, err = take(d.file(t), map[string]string{"spans": "ents"}); err != nil || !strings.HasPrefix(said(t, s), `"Hello world" PERSON:"Hello world" class`) {
		t.Errorf("%v %s", err, said(t, s))
	}
}

// groups are the span groups of a document as spaCy 3.4 and later has them, with two
// spans PERSON: tokens [first, end), and the last token.
func groups(t testing.TB, id uint64, first, end byte) []byte {
	t.Helper()
	var spans [][]byte
	for _, p := range [][2]byte{{first, end}, {end - 1, end}} {
		b := bytes.Repeat([]byte{0}, 40)
		b[22], b[23], b[27], b[31] = person>>8, person&255, p[0], p[1]
		if id > 0 {
			b[16] = 1
		}
		spans = append(spans, b)
	}
	inner, err := msgpack.Marshal(map[string]any{"name": "sc", "attrs": map[string]any{"x": []int{1}}, "spans": spans})
	if err != nil {
		t.Fatal(err)
	}
	outer, err := msgpack.Marshal([][]byte{inner})
	if err != nil {
		t.Fatal(err)
	}
	return outer
}

func TestRefusals(t *testing.T) {
	for what, c := range map[string]struct {
		change func(d docBin)
		say    string
	}{
		"no tokens":     {func(d docBin) { delete(d, "tokens") }, `"tokens" is missing`},
		"attrs":         {func(d docBin) { d["attrs"] = []int{77, 65} }, "ORTH"},
		"string":        {func(d docBin) { d["strings"] = []string{"", "Hello"} }, "none of its strings"},
		"spaces":        {func(d docBin) { d["spaces"] = []byte{1} }, "flags for blanks"},
		"lengths":       {func(d docBin) { d["lengths"] = le(4, 2, 9) }, "9 tokens, and 1 are left"},
		"negative":      {func(d docBin) { d["lengths"] = le(4, 2, 0xffffffff) }, "-1 tokens"},
		"more":          {func(d docBin) { d["lengths"] = le(4, 2) }, "more tokens"},
		"odd":           {func(d docBin) { d["lengths"] = []byte{1} }, "whole numbers"},
		"cats":          {func(d docBin) { d["cats"] = []map[string]float64{{}} }, "share for each document"},
		"many attrs":    {func(d docBin) { d["attrs"] = make([]int, 200) }, "100 attributes"},
		"deep":          {func(d docBin) { d["x"] = deep(200) }, "nested"},
		"outside":       {func(d docBin) { d["span_groups"] = [][]byte{groups(t, 0, 0, 9), {}} }, "outside its document"},
		"unknown label": {func(d docBin) { d["span_groups"] = [][]byte{groups(t, 1, 0, 1), {}} }, "none of its strings"},
	} {
		d := sample()
		c.change(d)
		s, _, err := take(d.file(t), nil)
		var told *annotate.Error
		if !errors.As(err, &told) || !strings.Contains(err.Error(), c.say) || !strings.Contains(err.Error(), "train.spacy") {
			t.Errorf("%s: %v", what, err)
		}
		if said(t, s) != "" {
			t.Errorf("%s left something", what)
		}
	}
	if _, _, err := take(file(t, bytes.Repeat([]byte{0x91}, 3)), nil); err == nil {
		t.Error("a list is no DocBin")
	}
	bomb := append([]byte{0x81, 0xa1, 'x', 0xc6, 0x20, 0, 0, 0}, make([]byte, 0x10000000)...)
	if _, _, err := take(file(t, bomb), nil); err == nil || !strings.Contains(err.Error(), "unpacks to far more") {
		t.Errorf("bomb: %v", err)
	}
}

func deep(n int) any {
	var v any = 1
	for range n {
		v = []any{v}
	}
	return v
}

// TestSplits: a file for each part, which come back as they were.
func TestSplits(t *testing.T) {
	lines := ""
	for i := range 20 {
		lines += fmt.Sprintf(`{"id":"n%d","text":"Ana said %d.","annotator":"me","status":"done","spans":[{"label":"actor","start":0,"end":3}]}`+"\n", i, i)
	}
	path := filepath.Join(t.TempDir(), "in.jsonl")
	if err := os.WriteFile(path, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	s, _, err := take(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "out")
	parts := []split.Part{{Name: "train", Share: 0.8}, {Name: "dev", Share: 0.1}, {Name: "test", Share: 0.1}}
	m, err := format.Export(context.Background(), s, format.ExportOptions{Format: "spacy", Out: out, Split: &format.SplitOptions{Parts: parts}, Version: "1", Options: map[string]string{"unit": "sentence"}})
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Files) != 3 || m.Files[0].Name != "dev.spacy" {
		t.Errorf("%+v", m.Files)
	}
	back, r, err := take(out, nil)
	if err != nil || r.Read.Articles != 20 || strings.Count(said(t, back), `actor:"Ana"`) != 20 {
		t.Errorf("%v %+v\n%s", err, r, said(t, back))
	}
}

func FuzzRead(f *testing.F) {
	for _, d := range []docBin{sample(), {"attrs": []int{65}, "tokens": []byte{}, "spaces": []byte{}, "lengths": []byte{}, "strings": []string{}}} {
		raw, err := msgpack.Marshal(map[string]any(d))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	d := sample()
	d["span_groups"] = [][]byte{groups(f, 0, 0, 2), {}}
	d["user_data"] = [][]byte{{0x81, 0xa4, 'l', 'e', 'd', 'e', 0x81, 0xa2, 'i', 'd', 0xa1, 'x'}, nil}
	raw, err := msgpack.Marshal(map[string]any(d))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw)
	f.Fuzz(func(t *testing.T, raw []byte) {
		s, _, err := take(file(t, raw), nil)
		if err != nil {
			var told *annotate.Error
			if !errors.As(err, &told) {
				t.Fatalf("no sentence: %v", err)
			}
			return
		}
		if problems, err := s.Check(context.Background()); err != nil || len(problems) > 0 {
			t.Fatal(problems, err)
		}
		if _, err := format.Export(context.Background(), s, format.ExportOptions{Format: "spacy", Stdout: io.Discard, Statuses: annotate.Statuses}); err != nil {
			t.Fatal(err)
		}
	})
}

// TestFileOfSpaCy: a DocBin that spaCy itself wrote (testdata/README.md).
func TestFileOfSpaCy(t *testing.T) {
	s, _, err := take(filepath.Join("testdata", "by-spacy.spacy"), nil)
	if err != nil {
		t.Fatal(err)
	}
	want := `"Ana Müller 😀 said:\n“We can't  win,” in the U.S." PERSON:"Ana Müller" first name:"Ana" emoji:"😀" genre="news"` + "\n" + `"Nothing."` + "\n"
	got := strings.Split(said(t, s), "\n")
	if len(got) != 3 || !strings.HasPrefix(got[0], want[:40]) || got[1] != `"Nothing."` {
		t.Fatalf("%q", got)
	}
	for _, part := range strings.Fields(`PERSON:"Ana emoji:"😀" genre="news"`) {
		if !strings.Contains(got[0], part) {
			t.Errorf("%s is not in %s", part, got[0])
		}
	}
	if n := strings.Count(got[0], ":\""); n != 3 {
		t.Errorf("%d spans in %s", n, got[0])
	}
}
