package storage

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/annotest"
)

// inFile says whether the words stand anywhere in the file of a project or its log.
func inFile(t *testing.T, path, words string) bool {
	t.Helper()
	for _, suffix := range []string{"", "-wal", "-journal"} {
		raw, err := os.ReadFile(path + suffix)
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		if bytes.Contains(bytes.ToLower(raw), []byte(words)) {
			return true
		}
	}
	return false
}

// TestNothingIsLeft purges an article and gives up a history: no byte of either is left in
// the file, while others have it open.
func TestNothingIsLeft(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.lede")
	p := newProject(t, path)
	item := p.annotated("ref-1", strings.Repeat("Ada said xyzzytext loudly. ", 2000))
	d, err := p.Document(ctx, item.Article.ID)
	p.must(err)
	other := p.annotated("other", "Another text stays.")
	article := d.Article
	titled := article
	titled.Title, titled.Source = "xyzzytitle", "xyzzysource"
	span := d.Sets[0].Spans[0]
	noted := span
	noted.Note = "xyzzynote"
	bin := annotate.Update(annotate.ArticleState{ID: article.ID, Presence: annotate.Live}, annotate.ArticleState{ID: article.ID, Presence: annotate.Deleted})
	for _, op := range []annotate.Op{annotate.Update(article, titled), annotate.Update(span, noted), bin} {
		_, err := p.Apply(ctx, annotate.Change{ID: p.newID(), Actor: "ana", Title: "Tag “xyzzyquote”", Article: article.ID, Ops: []annotate.Op{op}})
		p.must(err)
	}
	p.indexedFully()
	second, err := New(Options{Env: annotest.NewEnv(), InstallID: "two"}).Open(ctx, path, annotate.ModeWindow)
	p.must(err)
	defer second.Close()
	if !inFile(t, path, "xyzzytext") || !inFile(t, path, "xyzzynote") {
		t.Fatal("the file does not hold what it should: this test looks at nothing")
	}
	_, err = p.Purge(ctx, "ana", []annotate.ID{article.ID})
	p.must(err)
	p.indexedFully()
	before, err := p.Room(ctx)
	p.must(err)
	told := int64(0)
	p.must(p.Shrink(ctx, func(done, total int64) {
		if done < told || done > total {
			t.Errorf("%d of %d after %d", done, total, told)
		}
		told = done
	}))
	after, err := p.Room(ctx)
	p.must(err)
	if told == 0 || after.Size >= before.Size || after.Size != after.After {
		t.Errorf("shrunk from %+v to %+v, told of %d", before, after, told)
	}
	if inFile(t, path, "xyzzy") {
		t.Error("the file holds something of a purged article")
	}
	if _, _, err := second.Article(ctx, other.Article.ID); err != nil {
		t.Error(err)
	}
	position, err := p.Position(ctx)
	p.must(err)
	if seen, err := second.Position(ctx); err != nil || seen != position {
		t.Errorf("the second window is at %d, not at %d: %v", seen, position, err)
	}
	if _, err := second.Compact(ctx, "ben", 1, nil); !errors.Is(err, annotate.ErrReadOnly) {
		t.Errorf("a window that only reads compacts: %v", err)
	}
	if err := second.Shrink(ctx, nil); !errors.Is(err, annotate.ErrReadOnly) {
		t.Errorf("a window that only reads shrinks: %v", err)
	}
	p.clean()
	p.must(p.Close())
	if took, err := second.TakeOver(ctx); err != nil || !took {
		t.Fatalf("taken over: %v %v", took, err)
	}
	if _, err := second.Apply(ctx, annotate.Change{ID: p.newID(), Actor: "ben", Ops: []annotate.Op{annotate.Create(annotate.Rule{ID: p.newID(), Name: "later"})}}); err != nil {
		t.Error(err)
	}
	p.must(second.Close())
	if inFile(t, path, "xyzzy") {
		t.Error("the closed file holds something of a purged article")
	}
	onlyFile(t, path)
}

// TestShrinkStops gives a shrinking up at every step: the project stays as it was.
func TestShrinkStops(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.lede")
	p := newProject(t, path)
	for i := range 24 {
		p.annotated(strings.Repeat("r", i+1), strings.Repeat("some words of a text ", 12000+i))
	}
	want, err := annotest.Dump(ctx, p.store)
	p.must(err)
	steps := 0
	for at := 1; ; at++ {
		stopped, stop := context.WithCancel(ctx)
		n := 0
		err := p.Shrink(stopped, func(done, total int64) {
			if n++; n == at && done < total {
				stop()
			}
		})
		stop()
		if err == nil {
			break
		}
		if steps++; !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
	}
	if steps == 0 {
		t.Error("it was never given up")
	}
	got, err := annotest.Dump(ctx, p.store)
	p.must(err)
	if diff := annotest.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	p.clean()
	p.must(p.Close())
	onlyFile(t, path)
}

// TestShrinkWaits has another program write while the file is shrunk: what it wrote is
// there.
func TestShrinkWaits(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.lede")
	p := newProject(t, path)
	p.annotated("a", strings.Repeat("some words of a text ", 60000))
	other, err := New(Options{Env: annotest.NewEnv(), InstallID: "two"}).Open(ctx, path, annotate.ModeWrite)
	p.must(err)
	written := make(chan error)
	go func() {
		var err error
		for range 30 {
			_, e := other.Apply(ctx, annotate.Change{ID: annotate.NewID(), Actor: "ben", Ops: []annotate.Op{annotate.Create(annotate.Rule{ID: annotate.NewID(), Name: "r"})}})
			err = errors.Join(err, e)
		}
		written <- err
	}()
	for range 5 {
		if err := p.Shrink(ctx, nil); err != nil && !errors.Is(err, annotate.ErrBusy) {
			t.Fatal(err)
		}
	}
	p.must(<-written)
	p.must(other.Close())
	schema, err := p.Schema(ctx)
	p.must(err)
	if len(schema.Rules) != 30 {
		t.Errorf("%d of 30 rules are there", len(schema.Rules))
	}
	p.clean()
}

// clean expects that the project adds up.
func (p *project) clean() {
	p.Helper()
	problems, err := p.Check(ctx)
	if err != nil || len(problems) > 0 {
		p.Fatalf("check: %v %+v", err, problems)
	}
}
