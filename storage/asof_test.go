package storage

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/filter"
)

// inTemp gives a test a folder of its own for temporary files.
func inTemp(t testing.TB) string {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Setenv("TMP", dir)
	return dir
}

// left lists the folders of past projects.
func left(t testing.TB, temp string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(temp, pastFolder+"*"))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestAsOfLeavesNothing looks for what stays on the disk of a project as it was.
func TestAsOfLeavesNothing(t *testing.T) {
	temp := inTemp(t)
	p := newProject(t, filepath.Join(t.TempDir(), "p.lede"))
	p.annotated("a", "some text")
	then, err := p.AsOf(ctx, 1, nil)
	p.must(err)
	folders := left(t, temp)
	if len(folders) != 1 {
		t.Fatalf("it lies in %v", folders)
	}
	if info, err := os.Stat(folders[0]); err != nil || info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
		t.Fatalf("others may look into it: %v %v", info.Mode(), err)
	}
	aged := func(folder string) { p.must(os.Chtimes(folder, time.Now(), time.Now().Add(-time.Hour))) }
	aged(folders[0])
	killed := filepath.Join(temp, pastFolder+"killed")
	p.must(os.Mkdir(killed, 0o700))
	p.must(os.WriteFile(filepath.Join(killed, "past.lede"), []byte("text"), 0o600))
	aged(killed)
	sweepPasts()
	if got := left(t, temp); len(got) != 1 || got[0] != folders[0] {
		t.Fatalf("of what nobody looks at and what somebody does, %v is left", got)
	}
	if _, err := then.Stats(ctx); err != nil {
		t.Fatal(err)
	}
	p.must(then.Close())
	p.must(then.Close()) // twice is once

	ended, cancel := context.WithCancel(ctx)
	steps := 0
	_, err = p.AsOf(ended, 1, func(done, total int) {
		if steps++; done > total {
			t.Errorf("%d of %d", done, total)
		}
		cancel()
	})
	if !errors.Is(err, context.Canceled) || steps == 0 {
		t.Fatalf("cancelled after %d steps: %v", steps, err)
	}
	if _, err := p.AsOf(ctx, 99, nil); !errors.Is(err, annotate.ErrNotFound) {
		t.Fatal(err)
	}
	if got := left(t, temp); len(got) > 0 {
		t.Fatalf("%v is left", got)
	}
}

// TestAsOfWithoutRoom says that there is no folder for temporary files.
func TestAsOfWithoutRoom(t *testing.T) {
	p := newProject(t, filepath.Join(t.TempDir(), "p.lede"))
	nowhere := filepath.Join(t.TempDir(), "gone")
	t.Setenv("TMPDIR", nowhere)
	t.Setenv("TMP", nowhere)
	_, err := p.AsOf(ctx, 1, nil)
	if !errors.Is(err, annotate.ErrForbidden) || !strings.Contains(err.Error(), "the folder for temporary files ("+nowhere) {
		t.Fatal(err)
	}
}

// TestAsOfAstray refuses a history that does not lead back, and says so.
func TestAsOfAstray(t *testing.T) {
	temp := inTemp(t)
	p := newProject(t, filepath.Join(t.TempDir(), "p.lede"))
	_, err := p.Apply(ctx, p.rule())
	p.must(err)
	_, err = p.Apply(ctx, p.rule())
	p.must(err)
	_, err = p.writer.ExecContext(ctx, "UPDATE rule SET name = 'by other hands' WHERE rowid = 1")
	p.must(err)
	then, err := p.AsOf(ctx, 2, nil) // the change that is not what it says stays
	p.must(err)
	p.must(then.Close())
	_, err = p.AsOf(ctx, 1, nil)
	if !errors.Is(err, annotate.ErrDamaged) || !strings.Contains(err.Error(), "change 2 is not what") {
		t.Fatal(err)
	}
	if got := left(t, temp); len(got) > 0 {
		t.Fatalf("%v is left", got)
	}
}

// TestAsOfOtherVersions looks back in files of earlier versions, which stay as they are,
// and of a later one, which is refused.
func TestAsOfOtherVersions(t *testing.T) {
	inTemp(t)
	projects := New(Options{Env: annotest.NewEnv(), InstallID: "test"})
	for version := 1; version <= len(migrations()); version++ {
		raw, err := os.ReadFile(fmt.Sprintf("testdata/v%d.lede", version))
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "p.lede")
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := projects.Open(ctx, path, annotate.ModeRead)
		if err != nil {
			t.Fatal(err)
		}
		all, err := s.Past(ctx, annotate.PastQuery{}) // of a compacted history only what is left
		if err != nil || len(all) == 0 {
			t.Fatal(all, err)
		}
		for _, position := range all {
			then, err := s.AsOf(ctx, position, nil)
			if err != nil {
				t.Fatalf("version %d as of %d: %v", version, position, err)
			}
			if problems, err := then.Check(ctx); err != nil || len(problems) > 0 {
				t.Fatalf("version %d as of %d: %v %v", version, position, problems, err)
			}
			_ = then.Close()
		}
		_ = s.Close()
		if now, err := os.ReadFile(path); err != nil || string(now) != string(raw) {
			t.Fatalf("version %d was altered: %v", version, err)
		}
	}
	s, err := projects.Open(ctx, newerFile(t, len(migrations())), annotate.ModeRead)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.AsOf(ctx, 1, nil); !errors.Is(err, annotate.ErrNewer) {
		t.Fatal(err)
	}
}

// BenchmarkAsOf looks back over 20,000 changes of 10,000 articles, and to before all of
// them came, in processor time.
func BenchmarkAsOf(b *testing.B) {
	p := many(b, 10_000)
	b.Setenv("TMPDIR", b.TempDir())
	p.must(p.writer.Close())
	p.writer = connect(p.path, access{synchronous: "OFF", wait: patience}, 1) // of no interest here
	rows, err := p.Articles(ctx, annotate.ArticleQuery{})
	p.must(err)
	const changes = 20_000
	for i := range changes / 2 {
		d, err := p.Document(ctx, rows[i%len(rows)].Article.ID)
		p.must(err)
		set := d.Sets[0]
		span := annotate.Span{ID: p.newID(), Set: set.Set.ID, Label: p.actor.ID, Fragments: annotate.Fragments{{Start: 3, End: 9}}, Origin: annotate.OriginManual}
		_, err = p.Apply(ctx, annotate.Change{ID: p.newID(), Actor: "ana", Title: "Tag", Article: d.Article.ID, Ops: []annotate.Op{annotate.Create(span)}})
		p.must(err)
		done := set.Set
		done.Status, done.Note = annotate.Skipped, fmt.Sprint(i)
		_, err = p.Apply(ctx, annotate.Change{ID: p.newID(), Actor: "ana", Title: "Skip", Article: d.Article.ID, Ops: []annotate.Op{annotate.Update(set.Set, done)}})
		p.must(err)
	}
	last, err := p.Position(ctx)
	p.must(err)
	for name, position := range map[string]int64{"one": last - 1, "half": last - changes/2, "all": last - changes, "before": 1} {
		b.Run(name, func(b *testing.B) {
			var times []time.Duration
			for b.Loop() {
				began := worked()
				then, err := p.AsOf(ctx, position, nil)
				times = append(times, worked()-began)
				p.must(err)
				p.must(then.Close())
			}
			under(b, name, times, 5*time.Second)
		})
	}
}

// TestAsOfSearch finds what articles said then, and leaves the index of those alone that
// say the same.
func TestAsOfSearch(t *testing.T) {
	inTemp(t)
	p := newProject(t, filepath.Join(t.TempDir(), "p.lede"))
	p.annotated("a", "some text")
	p.annotated("b", "other text")
	position, err := p.Position(ctx)
	p.must(err)
	for ref, alter := range map[string]func(*annotate.Article){
		"a": func(x *annotate.Article) { x.Title = "Renamed" },
		"b": func(x *annotate.Article) { x.Author = "Ada" },
	} {
		found, err := p.Find(ctx, ref, "")
		p.must(err)
		changed := found[0]
		alter(&changed)
		_, err = p.Apply(ctx, annotate.Change{ID: p.newID(), Actor: "ana", Title: "Facts", Ops: []annotate.Op{annotate.Update(found[0], changed)}})
		p.must(err)
	}
	for indexed := false; !indexed; time.Sleep(5 * time.Millisecond) {
		p.must(p.reader.QueryRowContext(ctx, "SELECT NOT EXISTS (SELECT 1 FROM article t WHERE "+unindexed+")").Scan(&indexed))
	}
	then, err := p.AsOf(ctx, position, nil)
	p.must(err)
	defer then.Close()
	for words, want := range map[string]int{"renamed": 0, "a": 1, "b": 1, "text": 2} {
		f, err := filter.Parse(words)
		p.must(err)
		found, err := then.Search(ctx, annotate.SearchQuery{ArticleQuery: annotate.ArticleQuery{Filter: f}})
		p.must(err)
		if len(found) != want {
			t.Errorf("%q is in %d articles", words, len(found))
		}
	}
	var scanned string
	p.must(then.(*store).reader.QueryRowContext(ctx, "SELECT group_concat(t.ref) FROM article t WHERE "+unindexed).Scan(&scanned))
	if scanned != "a" {
		t.Errorf("%q, not only a, is looked through", scanned)
	}
}
