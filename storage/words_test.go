package storage

import (
	"os"
	"path/filepath"
	"testing"

	"lede/annotate"
	"lede/annotate/annotest"
)

// wordsOfAll reads the column of every span, and whether one is empty that should
// not be is seen by filling it anew.
func wordsOfAll(t *testing.T, s *store) map[string]int64 {
	t.Helper()
	rows, err := s.reader.QueryContext(ctx, "SELECT id, coalesce(words, -1) FROM span")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]int64{}
	if _, err := collect(rows, func(row scanner) (none struct{}, err error) {
		var id string
		var words int64
		err = row.Scan(&id, &words)
		found[id] = words
		return none, err
	}); err != nil {
		t.Fatal(err)
	}
	return found
}

// TestOldSpansAreFound brings the file of version 1 up to date: its spans are found
// by their words afterwards, just as if they had been made now.
func TestOldSpansAreFound(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.lede")
	raw, err := os.ReadFile("testdata/v1.lede")
	if err == nil {
		err = os.WriteFile(path, raw, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	open := func(mode annotate.Mode) *store {
		s, err := New(Options{Env: annotest.NewEnv(), InstallID: "words"}).Open(ctx, path, mode)
		if err != nil {
			t.Fatal(err)
		}
		return s.(*store)
	}
	s := open(annotate.ModeRead)
	if coded, err := s.Coded(ctx, annotate.CodedQuery{Words: "the"}); err != nil || len(coded.Counts) > 0 {
		t.Errorf("an old file that may not be changed: %+v %v", coded, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(annotate.ModeWrite)
	defer s.Close()
	filled, asked := wordsOfAll(t, s), 0
	if len(filled) == 0 {
		t.Fatal("the old file has no spans")
	}
	for d, err := range s.Documents(ctx, annotate.DocumentQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		for _, data := range d.Sets {
			for _, span := range data.Spans {
				words := d.Text.Quote(span.Fragments)
				if want := wordsHash(words); want != nil && filled[string(span.ID)] != want {
					t.Errorf("“%s” has %d, want %d", words, filled[string(span.ID)], want)
				}
				coded, err := s.Coded(ctx, annotate.CodedQuery{Words: words})
				if annotate.WordsKey(words) != "" {
					asked++
					if err != nil || len(coded.Counts) == 0 {
						t.Errorf("“%s” was not found: %v", words, err)
					}
				}
			}
		}
	}
	if asked == 0 {
		t.Error("no span was asked for")
	}
}

// TestCheckKnowsWords finds a column that does not hold what the text says.
func TestCheckKnowsWords(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.lede")
	raw, err := os.ReadFile("testdata/v2.lede")
	if err == nil {
		err = os.WriteFile(path, raw, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	opened, err := New(Options{Env: annotest.NewEnv(), InstallID: "words"}).Open(ctx, path, annotate.ModeWrite)
	if err != nil {
		t.Fatal(err)
	}
	s := opened.(*store)
	defer s.Close()
	if problems, err := s.Check(ctx); err != nil || len(problems) > 0 {
		t.Fatalf("as it was: %v %v", problems, err)
	}
	if _, err := s.writer.Exec("UPDATE span SET words = coalesce(words, 0) + 1 WHERE rowid % 2 = 0; UPDATE span SET words = NULL WHERE rowid % 3 = 0"); err != nil {
		t.Fatal(err)
	}
	problems, err := s.Check(ctx)
	if err != nil || len(problems) != 1 || problems[0].Where != "span" {
		t.Errorf("spoilt: %v %v", problems, err)
	}
}
