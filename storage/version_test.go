package storage

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate"
	"lede/annotate/annotest"
)

var makeVersion = flag.Bool("make-version", false, "make the file of the current version in testdata, which must not be there yet")

// makeSample makes a project with something of everything in it.
func makeSample(t *testing.T, path string) {
	newID := annotest.NewEnvAt(annotest.Start, 2).NewID
	drawn := annotest.Projects(newID, 8).Example(7)
	for len(drawn.Articles) < 4 {
		drawn.Articles = append(drawn.Articles, drawn.Article(newID, string(rune('a'+len(drawn.Articles)))).Example(len(drawn.Articles)))
	}
	s, err := New(Options{Env: annotest.NewEnv(), InstallID: "version"}).Create(ctx, path, "ana", drawn.Records())
	if err != nil {
		t.Fatal(err)
	}
	im, err := s.BeginImport(ctx, annotate.Import{ID: newID(), Format: "random", Source: "sample"})
	if err == nil {
		err = im.Add(ctx, drawn.Articles)
	}
	if err == nil {
		_, err = im.Commit(ctx, annotate.Change{ID: newID(), Actor: "ana", Cause: annotate.CauseImport, Title: "Import"})
	}
	if err != nil {
		t.Fatal(err)
	}
	renamed := drawn.Labels[0]
	renamed.Title = "Renamed"
	asked, typed := drawn.Attributes[0], drawn.RelationTypes[1]
	asked.Description, asked.When = "How it is said", annotate.When{"round": {"1", "2"}}
	typed.Description, typed.Hotkey = "Who acts", "9"
	for _, ops := range [][]annotate.Op{
		{annotate.Update(drawn.Labels[0], renamed), annotate.Update(drawn.Attributes[0], asked), annotate.Update(drawn.RelationTypes[1], typed)},
		{annotate.Update(annotate.ArticleState{ID: drawn.Articles[0].Article.ID, Presence: annotate.Live},
			annotate.ArticleState{ID: drawn.Articles[0].Article.ID, Presence: annotate.Deleted})},
	} {
		if _, err := s.Apply(ctx, annotate.Change{ID: newID(), Actor: "ana", Cause: annotate.CauseManual, Title: "Change", Ops: ops}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Compact(ctx, "ana", 2, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func dumpFile(t *testing.T, path string, mode annotate.Mode) string {
	t.Helper()
	s, err := New(Options{Env: annotest.NewEnv(), InstallID: "version"}).Open(ctx, path, mode)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	lines, err := annotest.Dump(ctx, s)
	if err != nil {
		t.Fatal(err)
	}
	if problems, err := s.Check(ctx); err != nil || len(problems) > 0 {
		t.Fatalf("%v %+v", err, problems)
	}
	mentionsAddUp(t, s)
	return strings.Join(lines, "\n") + "\n"
}

// mentionsAddUp counts mentions of entities in a file of any version.
func mentionsAddUp(t *testing.T, s annotate.Store) {
	t.Helper()
	want := map[id]int{}
	for d, err := range s.Documents(ctx, annotate.DocumentQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		for _, set := range d.Sets {
			for _, span := range set.Spans {
				if span.Entity != "" {
					want[span.Entity]++
				}
			}
		}
	}
	got, err := s.EntityUses(ctx)
	if err != nil || !maps.Equal(want, got) || len(want) == 0 {
		t.Fatalf("uses of entities: %v %v, want %v", got, err, want)
	}
	for entity, n := range want {
		if found, err := s.Mentions(ctx, annotate.MentionQuery{Entity: entity}); err != nil || len(found) != n {
			t.Fatalf("%d mentions, want %d: %v", len(found), n, err)
		}
	}
}

// TestOldVersions opens the real files of every version that was shipped, for
// reading as they are, for writing after they were brought up to date.
func TestOldVersions(t *testing.T) {
	current := len(migrations())
	name := func(version int) string { return filepath.Join("testdata", fmt.Sprintf("v%d", version)) }
	if *makeVersion {
		path := name(current) + ".lede"
		makeSample(t, path)
		if err := os.WriteFile(name(current)+".txt", []byte(dumpFile(t, path, annotate.ModeRead)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for version := 1; version <= current; version++ {
		want, err := os.ReadFile(name(version) + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		for _, mode := range []annotate.Mode{annotate.ModeRead, annotate.ModeWrite} {
			path := filepath.Join(t.TempDir(), "p.lede")
			raw, err := os.ReadFile(name(version) + ".lede")
			if err == nil {
				err = os.WriteFile(path, raw, 0o644)
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := annotest.Diff(strings.Split(string(want), "\n"), strings.Split(dumpFile(t, path, mode), "\n")); diff != "" {
				t.Errorf("version %d: %s", version, diff)
			}
			if backup := fmt.Sprintf("%s.v%d.lede", strings.TrimSuffix(path, ".lede"), version); mode == annotate.ModeWrite && version < current {
				if err := os.Remove(backup); err != nil {
					t.Errorf("version %d was not kept: %v", version, err)
				}
			}
			onlyFile(t, path)
		}
	}
}

// TestMigrate brings the file of version 1 to a made-up version after the newest.
func TestMigrate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.lede")
	raw, err := os.ReadFile("testdata/v1.lede")
	if err == nil {
		err = os.WriteFile(path, raw, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	before := dumpFile(t, path, annotate.ModeRead)
	s := &store{projects: New(Options{}), path: path}
	s.writer = connect(path, s.writeAccess(), 1)
	defer s.writer.Close()
	if err := s.backupVersion(ctx, 1); err != nil {
		t.Fatal(err)
	}
	steps := append(migrations(), migration{script: "CREATE TABLE two (x TEXT) STRICT"},
		migration{script: "INSERT INTO two VALUES ('three'); SELECT broken"})
	last := len(steps) - 1
	if err := migrate(ctx, s.writer, steps); err == nil {
		t.Fatal("a broken step is not noticed")
	}
	version := func() (v int) {
		if err := s.writer.QueryRow("PRAGMA user_version").Scan(&v); err != nil {
			t.Fatal(err)
		}
		return v
	}
	if v := version(); v != 1 {
		t.Fatalf("half a migration leaves version %d", v)
	}
	steps[last].script = "INSERT INTO two VALUES ('three')"
	if err := migrate(ctx, s.writer, steps); err != nil || version() != len(steps) {
		t.Fatalf("version %d: %v", version(), err)
	}
	if err := s.writer.Close(); err != nil {
		t.Fatal(err)
	}
	_, err = New(Options{}).Open(ctx, path, annotate.ModeRead)
	told(t, err, annotate.ErrNewer) // as this program knows no such version
	if backup := dumpFile(t, strings.TrimSuffix(path, ".lede")+".v1.lede", annotate.ModeRead); backup != before {
		t.Error("the backup differs")
	}
}

// TestForPeople reads what people read with any SQLite tool.
func TestForPeople(t *testing.T) {
	p := newProject(t, filepath.Join(t.TempDir(), "p.lede"))
	item := p.annotated("ref-1", "Ada 👩‍👩‍👧‍👦 قالت نعم. 北京")
	d, err := p.Document(ctx, item.Article.ID)
	p.must(err)
	set := d.Sets[0].Set
	for _, f := range []annotate.Fragments{
		{{Start: 12, End: 16}}, {{Start: 0, End: 3}, {Start: 22, End: 24}}, {{Start: 4, End: 11}},
	} {
		sp := annotate.Span{ID: p.newID(), Set: set.ID, Label: p.actor.ID, Fragments: f, Origin: annotate.OriginManual}
		_, err := p.Apply(ctx, annotate.Change{ID: p.newID(), Actor: "ana", Title: "Tag", Ops: []annotate.Op{annotate.Create(sp)}})
		p.must(err)
		var article, annotator, label, quote string
		var start, end int
		p.must(p.reader.QueryRowContext(ctx, `SELECT article, annotator, label, start, end, text FROM v_spans WHERE id = ?`, string(sp.ID)).
			Scan(&article, &annotator, &label, &start, &end, &quote))
		if article != "ref-1" || annotator != "ana" || label != "actor" || start != f.Start() || end != f.End() || quote != d.Text.Quote(f) {
			t.Errorf("%q %q %q %d–%d %q, want %v %q", article, annotator, label, start, end, quote, f, d.Text.Quote(f))
		}
	}
	for view, want := range map[string]int{"v_articles": 1, "v_sets": 1, "v_spans": 4, "v_relations": 0, "v_history": 5, "v_entities": 0} {
		var n int
		p.must(p.reader.QueryRowContext(ctx, "SELECT count(*) FROM "+view).Scan(&n))
		if n != want {
			t.Errorf("%s has %d rows, want %d", view, n, want)
		}
	}
}

// TestFragmentsColumn compares the fast reader of fragments with the codec.
func TestFragmentsColumn(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		want := annotest.Fragments(2000000000).Draw(r, "fragments")
		var got annotate.Fragments
		if err := (fragments{&got}).Scan(formatFragments(want)); err != nil || formatFragments(got) != formatFragments(want) {
			r.Fatalf("%v became %v: %v", want, got, err)
		}
	})
	for _, bad := range []string{"", "[]", "[[1,2]", "[[1,2]]x", "[[1,2],]", "[[,2]]", "[[1,2][3,4]]", "[1,2]", "[[-1,2]]", "[[1 ,2]]"} {
		if f, ok := parseFragments(bad); ok {
			t.Errorf("%q is read as %v", bad, f)
		}
	}
}
