package huggingface_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/format"
	"lede/annotate/format/parquetfile"
)

var ctx = context.Background()

// dataset writes a file of a dataset, and a card beside it.
func dataset(t *testing.T, columns []parquetfile.Column, meta string, rows ...[]any) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "data"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "README.md"), []byte("---\nlicense: mit\n---\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(filepath.Join(dir, "data", "train-00000-of-00001.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	var pairs [][2]string
	if meta != "" {
		pairs = [][2]string{{"huggingface", meta}}
	}
	w := parquetfile.NewWriter(f, "x", "snappy", columns, pairs...)
	for _, r := range rows {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// take imports and returns the spans as "label:text" and the texts.
func take(t *testing.T, dir string) (string, error) {
	t.Helper()
	s := annotest.NewMemory(annotest.NewEnv())
	o := format.ImportOptions{Actor: "tester", Annotator: "me", Env: annotest.NewEnvAt(annotest.Start, 2)}
	if _, err := format.Import(ctx, s, []string{dir}, o); err != nil {
		return "", err
	}
	schema, err := s.Schema(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for d, err := range s.Documents(ctx, annotate.DocumentQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		line := d.Text.String()
		for _, set := range d.Sets {
			for _, x := range set.Spans {
				l, _ := schema.Label(x.Label)
				line += fmt.Sprintf("|%s:%s", l.Name, d.Text.Quote(x.Fragments))
			}
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n"), nil
}

var tokenColumns = []parquetfile.Column{{Name: "id"}, {Name: "tokens", List: true}, {Name: "ner_tags", Type: parquetfile.Int64, List: true}}

func TestTaggedTokensOfOthers(t *testing.T) {
	names := `{"info":{"features":{"id":{"dtype":"string","_type":"Value"},"ner_tags":{"feature":{"names":["O","B-PER","I-PER","B-LOC"],"_type":"ClassLabel"},"_type":"Sequence"}}}}`
	row := []any{"0", []any{"Ana", "Ruiz", "😀", "in", "Varno", "Oslo"}, []any{int64(1), int64(2), int64(0), int64(0), int64(3), int64(3)}}
	got, err := take(t, dataset(t, tokenColumns, names, row, []any{"1", []any{}, []any{}}))
	if want := "Ana Ruiz 😀 in Varno Oslo|PER:Ana Ruiz|LOC:Varno|LOC:Oslo\n"; err != nil || got != want {
		t.Errorf("%q %v, want %q", got, err, want)
	}
	words := []parquetfile.Column{{Name: "tokens", List: true}, {Name: "labels", List: true}}
	got, err = take(t, dataset(t, words, "", []any{[]any{"a", "b", "c", "d"}, []any{"I-X", "I-X", "S-X", "Y"}}))
	if want := "a b c d|X:a b|X:c|Y:d"; err != nil || got != want {
		t.Errorf("%q %v, want %q", got, err, want)
	}
}

func TestSpansOfOthers(t *testing.T) {
	columns := []parquetfile.Column{{Name: "doc_id"}, {Name: "text"}, {Name: "entities", List: true, Fields: []parquetfile.Column{
		{Name: "start_offset", Type: parquetfile.Int64}, {Name: "end_offset", Type: parquetfile.Int64}, {Name: "label"},
	}}}
	got, err := take(t, dataset(t, columns, "", []any{"a", "😀 Ana", []any{[]any{int64(2), int64(5), "PER"}}}, []any{"b", "None", nil}))
	if want := "😀 Ana|PER:Ana\nNone"; err != nil || got != want {
		t.Errorf("%q %v, want %q", got, err, want)
	}
}

func TestRefusals(t *testing.T) {
	for want, dir := range map[string]string{
		"train-00000-of-00001.parquet:1: the tag 7 has no name: the file says of 0 classes": dataset(t, tokenColumns, "", []any{"0", []any{"a"}, []any{int64(7)}}),
		"train-00000-of-00001.parquet:1: 2 tokens have 1 tags":                              dataset(t, tokenColumns, "", []any{"0", []any{"a", "b"}, []any{int64(0)}}),
		"its columns are x: there is no text with spans":                                    dataset(t, []parquetfile.Column{{Name: "x"}}, "", []any{"y"}),
	} {
		if _, err := take(t, dir); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v\nwant %s", err, want)
		}
	}
}
