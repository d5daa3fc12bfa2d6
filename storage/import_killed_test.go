package storage

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/format"
	_ "lede/annotate/format/jsonl"
)

// importInParts imports the file beside the project. Every look at the clock takes a second.
func importInParts(path string, news func(format.Progress)) (*format.ImportReport, error) {
	s, err := New(Options{}).Open(ctx, path, annotate.ModeWrite)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	now := time.Now()
	env := annotate.Env{NewID: annotate.NewID, Now: func() time.Time {
		now = now.Add(time.Second)
		return now
	}}
	return format.Import(ctx, s, []string{filepath.Join(filepath.Dir(path), "a.jsonl")}, format.ImportOptions{Actor: "ana", Annotator: "ana", Env: env, InParts: true, Progress: news})
}

func init() {
	children["import"] = func() error {
		_, err := importInParts(testPath(), func(p format.Progress) { fmt.Println(p.Done) })
		return err
	}
}

// TestImportThatWasKilled kills an import in parts again and again: each time the project is
// sound, has what was kept and nothing half, and in the end it is that of one import.
func TestImportThatWasKilled(t *testing.T) {
	dir := t.TempDir()
	p := newProject(t, filepath.Join(dir, "p.lede"))
	p.must(p.Close())
	const n = 1500
	var lines strings.Builder
	for i := range n {
		fmt.Fprintf(&lines, `{"id":"a%d","text":"Text %d of Ana.","spans":[{"label":"actor","start":0,"end":4},{"label":"l%d","start":5,"end":6}]}`+"\n", i, i, i%50)
	}
	p.must(os.WriteFile(filepath.Join(dir, "a.jsonl"), []byte(lines.String()), 0o600))
	t.Setenv("LEDE_TEST_PATH", p.path)
	last := 0
	for _, at := range []int{1, 100, 333, 334, 800, 1400, 2 * n} {
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), childTask+"=import")
		out, err := child.StdoutPipe()
		p.must(err)
		p.must(child.Start())
		for news := bufio.NewScanner(out); news.Scan(); {
			if news.Text() == fmt.Sprint(at) {
				p.must(child.Process.Kill())
			}
		}
		_ = child.Wait() // it was killed
		have := sound(t, p.path)
		if have < last || have > at || at > 300 && have < at/2 {
			t.Errorf("%d articles after %d, when it was killed at %d", have, last, at)
		}
		last = have
	}
	if last != n {
		t.Errorf("in the end there are %d articles", last)
	}
	r, err := importInParts(p.path, nil)
	if err != nil || r.Added.Articles != 0 || r.Unchanged != n {
		t.Errorf("once more: %+v, %v", r, err)
	}
}

// sound expects a project without problems in which each article is the next line of the
// import, with its spans, and says how many there are.
func sound(t *testing.T, path string) (articles int) {
	t.Helper()
	s, err := New(Options{Env: annotest.NewEnv(), InstallID: "test"}).Open(ctx, path, annotate.ModeWrite)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for doc, err := range s.Documents(ctx, annotate.DocumentQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		if want := fmt.Sprintf("Text %d of Ana.", articles); doc.Text.String() != want || len(doc.Sets) != 1 || len(doc.Sets[0].Spans) != 2 {
			t.Fatalf("article %d is %q with %d sets", articles, doc.Text, len(doc.Sets))
		}
		articles++
	}
	if bad, err := s.Check(ctx); err != nil || len(bad) > 0 {
		t.Fatalf("%d articles: %v, %v", articles, bad, err)
	}
	return articles
}
