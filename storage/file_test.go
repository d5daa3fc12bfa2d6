package storage

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lede/annotate"
)

// TestSettings reads every setting back from connections of both pools: the
// driver ignores what it does not know.
func TestSettings(t *testing.T) {
	p := newProject(t, filepath.Join(t.TempDir(), "p.lede"))
	for _, pool := range []struct {
		name   string
		db     *sql.DB
		access access
	}{{"writer", p.writer, p.writeAccess()}, {"reader", p.reader.(*sql.DB), p.readAccess()}, {"watch", p.watch, p.readAccess()}} {
		for _, want := range append(settings(pool.access), [3]string{"journal_mode", "", "wal"}) {
			var got string
			if err := pool.db.QueryRow("PRAGMA " + want[0]).Scan(&got); err != nil || got != want[2] {
				t.Errorf("%s: %s is %q, want %q (%v)", pool.name, want[0], got, want[2], err)
			}
		}
	}
	var synchronous int
	p.must(p.writer.QueryRow("PRAGMA synchronous").Scan(&synchronous))
	if synchronous != 3 {
		t.Errorf("synchronous is %d, want 3 (EXTRA)", synchronous)
	}
	if _, err := p.reader.ExecContext(ctx, "DELETE FROM span"); err == nil {
		t.Error("a reader can write")
	}
	// An immediate transaction keeps a second writer out before it writes.
	tx, err := p.writer.Begin()
	p.must(err)
	defer func() { _ = tx.Rollback() }()
	a := p.writeAccess()
	a.wait = 0
	second := connect(p.path, a, 1)
	defer second.Close()
	if _, err := second.Begin(); !busy(err) {
		t.Errorf("transactions of writers are not immediate: %v", err)
	}
}

func TestAtRest(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.lede")
	p := newProject(t, path)
	p.annotated("a", "some text")
	second, err := p.projects.Open(ctx, path, annotate.ModeWrite)
	p.must(err)
	third, err := p.projects.Open(ctx, path, annotate.ModeRead)
	p.must(err)
	p.must(p.Close())
	p.must(p.Close())
	_, err = second.Apply(ctx, p.rule())
	p.must(err)
	p.must(second.Close())
	p.must(third.Close()) // a reader is the last
	onlyFile(t, path)
	raw, err := os.ReadFile(path)
	p.must(err)
	if string(raw[68:72]) != "LEDE" {
		t.Errorf("the application id is %q", raw[68:72])
	}
	// Opening for reading, and again, changes nothing.
	third, err = p.projects.Open(ctx, path, annotate.ModeRead)
	p.must(err)
	if _, err := third.Stats(ctx); err != nil {
		t.Fatal(err)
	}
	p.must(third.Close())
	again, err := os.ReadFile(path)
	p.must(err)
	if !bytes.Equal(raw, again) {
		t.Error("reading changed the file")
	}
}

// told expects an error with a sentence for people.
func told(t testing.TB, err, kind error) {
	t.Helper()
	var e *annotate.Error
	if !errors.As(err, &e) || !errors.Is(err, kind) {
		t.Fatalf("want %q as a sentence, got %v", kind, err)
	}
	if e.Op == "" || e.Subject == "" || !strings.HasSuffix(e.Detail, ".") || (e.Hint != "" && !strings.HasSuffix(e.Hint, ".")) {
		t.Errorf("not what a person needs: %+v", e)
	}
	t.Log(err)
}

func TestWrongFiles(t *testing.T) {
	dir := t.TempDir()
	good := filepath.Join(dir, "good.lede")
	p := newProject(t, good)
	for i := range 40 {
		p.annotated(fmt.Sprint("ref ", i), strings.Repeat(fmt.Sprint("some text ", i), 200))
	}
	p.must(p.Close())
	raw, err := os.ReadFile(good)
	p.must(err)
	newer := bytes.Clone(raw)
	newer[63] = 99 // the last byte of user_version
	foreign := bytes.Clone(raw)
	copy(foreign[68:72], "ABCD")
	smashed := bytes.Clone(raw)
	for i := 100; i < 4096; i++ {
		smashed[i] ^= 0x5a
	}
	for name, c := range map[string]struct {
		raw  []byte
		kind error
	}{
		"photo.lede":     {append([]byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00"), bytes.Repeat([]byte{7, 99}, 4000)...), annotate.ErrForeign},
		"text.lede":      {[]byte("Dear all,\n"), annotate.ErrForeign},
		"empty.lede":     {nil, annotate.ErrForeign},
		"other.lede":     {foreign, annotate.ErrForeign},
		"newer.lede":     {newer, annotate.ErrNewer},
		"half.lede":      {raw[:len(raw)/2/4096*4096], annotate.ErrDamaged},
		"odd.lede":       {raw[:len(raw)-1000], annotate.ErrDamaged},
		"begin.lede":     {raw[:50], annotate.ErrDamaged},
		"page.lede":      {raw[:4096], annotate.ErrDamaged},
		"scrambled.lede": {smashed, annotate.ErrDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(dir, name)
			p.must(os.WriteFile(path, c.raw, 0o644))
			for _, mode := range []annotate.Mode{annotate.ModeRead, annotate.ModeWrite, annotate.ModeWindow} {
				s, err := p.projects.Open(ctx, path, mode)
				if err == nil {
					_ = s.Close()
				}
				told(t, err, c.kind)
			}
			after, err := os.ReadFile(path)
			if err != nil || !bytes.Equal(after, c.raw) {
				t.Errorf("the file was changed: %v", err)
			}
			if exists(path + windowLock) {
				t.Error("the lock stays")
			}
		})
	}
}

func TestWrongPlaces(t *testing.T) {
	dir := t.TempDir()
	there := filepath.Join(dir, "there.lede")
	p := newProject(t, there)
	_, err := p.projects.Open(ctx, dir, annotate.ModeRead)
	told(t, err, annotate.ErrForeign)
	_, err = p.projects.Open(ctx, filepath.Join(dir, "none.lede"), annotate.ModeRead)
	told(t, err, annotate.ErrNotFound)
	_, err = p.projects.Create(ctx, filepath.Join(dir, "no folder", "x.lede"), "ana", nil)
	told(t, err, annotate.ErrNotFound)
	_, err = p.projects.Create(ctx, there, "ana", nil)
	told(t, err, annotate.ErrExists)
}

// TestDamage smashes pages in the middle of a file: Check finds it, and reading
// says so.
func TestDamage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.lede")
	p := newProject(t, path)
	for i := range 40 {
		p.annotated(fmt.Sprint("ref ", i), strings.Repeat(fmt.Sprint("some text ", i), 400))
	}
	p.must(p.Close())
	raw, err := os.ReadFile(path)
	p.must(err)
	for i := len(raw) / 2; i < len(raw)*3/4; i++ {
		raw[i] = 0x5a
	}
	p.must(os.WriteFile(path, raw, 0o644))
	s, err := p.projects.Open(ctx, path, annotate.ModeRead)
	p.must(err)
	defer s.Close()
	problems, err := s.Check(ctx)
	p.must(err)
	if len(problems) == 0 {
		t.Error("Check finds nothing")
	}
	var failed error
	for _, err := range s.Documents(ctx, annotate.DocumentQuery{}) {
		failed = errors.Join(failed, err)
	}
	told(t, failed, annotate.ErrDamaged)
}

func TestBusy(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.lede")
	p := newProject(t, path)
	other := connect(path, p.writeAccess(), 1)
	defer other.Close()
	tx, err := other.Begin()
	p.must(err)
	defer func() { _ = tx.Rollback() }()
	if _, err := p.writer.Exec("PRAGMA busy_timeout=20"); err != nil {
		t.Fatal(err)
	}
	_, err = p.Apply(ctx, p.rule())
	told(t, err, annotate.ErrBusy)
	p.must(tx.Rollback())
	_, err = p.Apply(ctx, p.rule())
	p.must(err)
}

func TestSecondWindow(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.lede")
	p := newProject(t, path)
	second, err := p.projects.Open(ctx, path, annotate.ModeWindow)
	p.must(err)
	defer second.Close()
	if why := second.Info().Why; !strings.Contains(why, fmt.Sprintf("process %d", os.Getpid())) {
		t.Errorf("it does not say who: %q", why)
	}
	_, err = second.Apply(ctx, p.rule())
	told(t, err, annotate.ErrReadOnly)
}

// TestStale leaves what a killed program leaves: lock files that nobody holds
// and staged rows.
func TestStale(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.lede")
	p := newProject(t, path)
	im, err := p.BeginImport(ctx, annotate.Import{ID: "crashed"})
	p.must(err)
	label := annotate.Label{ID: "staged", Name: "staged"}
	p.must(im.Define(ctx, []annotate.Op{annotate.Create(label)}))
	p.must(im.Add(ctx, []annotate.ImportArticle{{Text: "text"}}))
	// A second one opens while the import runs: it must leave it alone.
	second, err := p.projects.Open(ctx, path, annotate.ModeWrite)
	p.must(err)
	p.must(im.Add(ctx, []annotate.ImportArticle{{Text: "more text"}}))
	p.must(second.Close())
	p.must(p.Close()) // releases the lock as a crash does
	p.must(os.WriteFile(path+windowLock, []byte("ghost on nowhere (process 1)\n"), 0o644))
	p.must(os.WriteFile(path+importLock, []byte("ghost\n"), 0o644))
	s, err := p.projects.Open(ctx, path, annotate.ModeWindow)
	p.must(err)
	if info := s.Info(); info.ReadOnly {
		t.Errorf("a stale lock keeps out: %s", info.Why)
	}
	for _, table := range []string{"article", "text", "import", "label WHERE state = 'staged'"} {
		var n int
		p.must(s.(*store).reader.QueryRowContext(ctx, "SELECT count(*) FROM "+table).Scan(&n))
		if n != 0 {
			t.Errorf("%d leftovers in %s", n, table)
		}
	}
	problems, err := s.Check(ctx)
	if err != nil || len(problems) > 0 {
		t.Errorf("%v %+v", err, problems)
	}
	p.must(s.Close())
	onlyFile(t, path)
}

// TestCheckFinds plants faults with SQL behind the back of the store.
func TestCheckFinds(t *testing.T) {
	for name, fault := range map[string]struct{ damage, says string }{
		"text":       {"UPDATE text SET text = text || '!'", "hash differs"},
		"length":     {"UPDATE article SET length = length + 1", "characters"},
		"bounds":     {`UPDATE span SET fragments = '[[0,99]]', "end" = 99`, "outside"},
		"columns":    {"UPDATE span SET start = 1", "fragments"},
		"orphan":     {"DELETE FROM annotator", "not there"},
		"lost span":  {"DELETE FROM span", "It brought"},
		"extra span": {`INSERT INTO span SELECT 'x', set_id, label, start, "end", fragments, attributes, entity, origin, note, extra, words, accepted FROM span`, "It brought"},
		"label":      {"UPDATE label SET title = 'other'", "history left it"},
		"unmade":     {"INSERT INTO rule VALUES ('x', 'x', '', '', NULL)", "No change"},
		"op":         {"DELETE FROM op WHERE position = 1 AND n = 0", "missing"},
		"change":     {"DELETE FROM op WHERE position = 2; DELETE FROM change WHERE position = 2", "missing"},
		"leftover":   {"INSERT INTO import VALUES ('x', 'staged', '', '', 0, 0, 0, NULL)", "not finished"},
	} {
		t.Run(name, func(t *testing.T) {
			p := newProject(t, filepath.Join(t.TempDir(), "p.lede"))
			p.annotated("a", "some text")
			if _, err := p.Apply(ctx, p.rule()); err != nil {
				t.Fatal(err)
			}
			raw, err := sql.Open("sqlite3", p.path) // no foreign keys
			p.must(err)
			defer raw.Close()
			if _, err := raw.Exec(fault.damage); err != nil {
				t.Fatal(err)
			}
			problems, err := p.Check(ctx)
			p.must(err)
			if !strings.Contains(fmt.Sprint(problems), fault.says) {
				t.Errorf("want %q in %+v", fault.says, problems)
			}
		})
	}
}

func TestCopyIsAnotherReplica(t *testing.T) {
	dir := t.TempDir()
	p := newProject(t, filepath.Join(dir, "p.lede"))
	first, err := p.Apply(ctx, p.rule())
	p.must(err)
	p.must(p.Close())
	raw, err := os.ReadFile(p.path)
	p.must(err)
	p.must(os.WriteFile(filepath.Join(dir, "copy.lede"), raw, 0o644))
	apply := func(path, install string) annotate.Change {
		t.Helper()
		s, err := New(Options{InstallID: install}).Open(ctx, path, annotate.ModeWrite)
		p.must(err)
		defer s.Close()
		r := annotate.Rule{ID: annotate.NewID(), Name: "r"}
		c, err := s.Apply(ctx, annotate.Change{Actor: "ana", Title: "Rule", Ops: []annotate.Op{annotate.Create(r)}})
		p.must(err)
		if c.Replica != s.Info().Replica {
			t.Errorf("Info says replica %s, the change %s", s.Info().Replica, c.Replica)
		}
		return c
	}
	same := apply(p.path, "test")
	if same.Replica != first.Replica || same.Seq != first.Seq+1 {
		t.Errorf("the same file is another replica: %+v", same)
	}
	copied := apply(filepath.Join(dir, "copy.lede"), "test")
	elsewhere := apply(p.path, "another installation")
	if copied.Replica == first.Replica || copied.Seq != 1 || elsewhere.Replica == first.Replica || elsewhere.Clock <= same.Clock {
		t.Errorf("copies are not replicas of their own: %+v %+v", copied, elsewhere)
	}
}

// TestDamagedWithin: what a window reads first is read before anything is written, so that a
// project which is damaged there does not open, and stays what it is to the byte.
func TestDamagedWithin(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.lede")
	p := newProject(t, path)
	p.annotated("a", "some text")
	roots := map[string]int64{}
	for _, name := range []string{"label", "attribute", "rule", "annotator", "change", "import", "replica_place", "article", "text", "op"} {
		var page int64
		p.must(p.reader.QueryRowContext(ctx, "SELECT rootpage FROM sqlite_schema WHERE name = ?", name).Scan(&page))
		roots[name] = page
	}
	p.must(p.Close())
	whole, err := os.ReadFile(path)
	p.must(err)
	for name, page := range roots {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "p.lede")
			raw := bytes.Clone(whole)
			for i := (page - 1) * 4096; i < page*4096; i++ {
				raw[i] ^= 0x5a
			}
			p.must(os.WriteFile(path, raw, 0o644))
			s, err := p.projects.Open(ctx, path, annotate.ModeWindow)
			if err == nil {
				p.must(s.Close())
			}
			if name == "text" || name == "op" { // all else can still be read
				p.must(err)
				return
			}
			told(t, err, annotate.ErrDamaged)
			if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, raw) {
				t.Errorf("the file was changed: %v", err)
			}
			onlyFile(t, path)
		})
	}
}
