package parquet_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	pq "github.com/parquet-go/parquet-go"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/format"
)

// row is a table as other programs write them.
type row struct {
	ID    int64                `parquet:"id"`
	Body  *string              `parquet:"body,optional"`
	Date  int32                `parquet:"date,date"`
	Seen  int64                `parquet:"seen,timestamp(millisecond)"`
	Score float64              `parquet:"score"`
	Good  bool                 `parquet:"good"`
	Tags  []string             `parquet:"tags,list"`
	Old   []string             `parquet:"old"`
	Who   struct{ A, B int32 } `parquet:"who"`
	Map   map[string]int32     `parquet:"map"`
	Image []byte               `parquet:"image"`
}

func file(t *testing.T, rows []row) string {
	t.Helper()
	var b bytes.Buffer
	w := pq.NewGenericWriter[row](&b)
	if _, err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "a.parquet")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func take(t *testing.T, path string) (string, *format.ImportReport, error) {
	t.Helper()
	s := annotest.NewMemory(annotest.NewEnv())
	r, err := format.Import(context.Background(), s, []string{path}, format.ImportOptions{Actor: "tester", Env: annotest.NewEnvAt(annotest.Start, 2)})
	if err != nil {
		return "", r, err
	}
	var lines []string
	for d, err := range s.Documents(context.Background(), annotate.DocumentQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		meta, _ := json.Marshal(d.Article.Meta)
		lines = append(lines, fmt.Sprintf("%s|%s|%s|%s", d.Article.Ref, d.Article.Published, d.Text.String(), meta))
	}
	return strings.Join(lines, "\n"), r, nil
}

func TestTablesOfOthers(t *testing.T) {
	text, second := "The port 😀\nclosed.", "Two."
	got, r, err := take(t, file(t, []row{
		{ID: 7, Body: &text, Date: 20516, Seen: 1772649000000, Score: 0.5, Good: true, Tags: []string{"a", "b;c"}, Old: []string{"x"}, Who: struct{ A, B int32 }{1, 2}, Map: map[string]int32{"k": 3}, Image: []byte{0xff, 0xd8}},
		{ID: 8, Body: &second, Score: math.NaN(), Image: []byte{}},
	}))
	want := `7|2026-03-04|The port 😀` + "\nclosed." + `|{"good":true,"map":[{"key":"k","value":3}],"old":["x"],"score":0.5,"seen":"2026-03-04T18:30:00","tags":["a","b;c"],"who":{"A":1,"B":2}}` + "\n" +
		`8|1970-01-01|Two.|{"good":false,"map":[],"old":[],"seen":"1970-01-01","tags":[],"who":{"A":0,"B":0}}`
	if err != nil || got != want {
		t.Errorf("%v\n%s\nwant\n%s", err, got, want)
	}
	if err == nil && (len(r.Notes) != 1 || r.Notes[0].Kind != "cells" || r.Notes[0].Count != 1) {
		t.Errorf("notes %+v", r.Notes)
	}
}

func TestRefusals(t *testing.T) {
	path := file(t, []row{{ID: 1}})
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{"empty": nil, "text": []byte("PAR1 hello PAR1"), "cut": raw[:len(raw)-20], "head": raw[:100]} {
		bad := filepath.Join(t.TempDir(), "a.parquet")
		if err := os.WriteFile(bad, content, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, err := take(t, bad); err == nil || !strings.Contains(err.Error(), "a.parquet: it cannot be read as Parquet") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
