package formattest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/format"
)

// Conform runs the suite on a format.
func Conform(t T, name string, c Case) {
	t.Helper()
	f, err := format.Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	s := &suite{t: t, f: f, c: &c, dir: t.TempDir()}
	if f.Writes() {
		s.trip(t, Nasty())
		s.nothing()
		rapid.Check(t, func(r *rapid.T) {
			draw := Drawn
			if c.Articles != nil {
				draw = c.Articles
			}
			s.trip(r, draw(r))
		})
		s.faults()
		if !f.SchemaAlone {
			s.splits()
		}
	}
	if f.Reads() && f.Writes() && f.Standoff {
		s.withoutText()
	}
	if c.written {
		return
	}
	if f.Reads() {
		s.hostile()
	}
	s.cancelled()
}

type suite struct {
	t   T
	f   *format.Format
	c   *Case
	dir string
	n   int // files and folders made
}

// tester is what rapid.T and testing.T have in common.
type tester interface {
	Helper()
	Fatalf(string, ...any)
	Logf(string, ...any)
}

// path is a new place for a file or folder of the format.
func (s *suite) path() string {
	s.n++
	dir := filepath.Join(s.dir, fmt.Sprint(s.n))
	if err := os.Mkdir(dir, 0o700); err != nil {
		s.t.Fatal(err)
	}
	return filepath.Join(dir, "out"+s.f.Extension(s.c.Options))
}

// project is a new project with the suite's schema and the articles.
func project(t tester, articles []*format.Article) annotate.Store {
	t.Helper()
	env := annotest.NewEnv()
	store, err := annotest.NewMemoryProjects(env).Create(context.Background(), "x.lede", "test", Schema(env))
	if err != nil {
		t.Fatalf("project: %v", err)
	}
	seq := func(yield func(*format.Article, error) bool) {
		for _, a := range articles {
			if !yield(a, nil) {
				return
			}
		}
	}
	if _, err := format.ImportArticles(context.Background(), store, "generated", seq, importOptions(1, "")); err != nil {
		t.Fatalf("the generated project: %v", err)
	}
	return store
}

// empty is a new project with nothing in it.
func empty() annotate.Store { return annotest.NewMemory(annotest.NewEnv()) }

func importOptions(space int, annotator string) format.ImportOptions {
	return format.ImportOptions{Actor: "tester", Annotator: annotator, Env: annotest.NewEnvAt(annotest.Start, space)}
}

// exportOptions are the same for every export of a project: everything, or all of
// one annotator's where the format holds no more.
func (s *suite) exportOptions(t tester, store annotate.Store, out string) format.ExportOptions {
	o := format.ExportOptions{Format: s.f.Name, Out: out, Options: s.c.Options, Version: "test", Statuses: annotate.Statuses}
	if s.f.Several && !s.c.Nobody {
		if s.f.Training {
			o.Annotator = annotate.AllName
		}
		return o
	}
	stats, err := store.Stats(context.Background())
	if err != nil {
		t.Fatalf("stats: %v", err)
	}
	people, err := store.Annotators(context.Background())
	if err != nil {
		t.Fatalf("annotators: %v", err)
	}
	for _, p := range people { // also those whose work has no span
		if o.Annotator == "" || stats.Annotators[p.Name] > stats.Annotators[o.Annotator] {
			o.Annotator = p.Name
		}
	}
	if o.Annotator == "" {
		o.Annotator = person(t, store) // nobody has a span
	}
	return o
}

func (s *suite) export(t tester, store annotate.Store, o format.ExportOptions) *format.Manifest {
	t.Helper()
	m, err := format.Export(context.Background(), store, o)
	if err != nil {
		t.Fatalf("export: %v", err)
	}
	return m
}

func (s *suite) importInto(t tester, store annotate.Store, path string, space int, o format.ExportOptions) *format.ImportReport {
	t.Helper()
	paths := []string{path}
	if o.Split != nil && s.f.Folder && !s.f.Splits {
		paths = nil // each part is a folder as the format makes them
		for _, p := range o.Split.Parts {
			if info, err := os.Stat(filepath.Join(path, p.Name)); err == nil && info.IsDir() {
				paths = append(paths, filepath.Join(path, p.Name))
			}
		}
		if len(paths) == 0 {
			paths = []string{path}
		}
	}
	in := importOptions(space, o.Annotator)
	if in.Annotator == "" || in.Annotator == annotate.AllName {
		in.Annotator = "me"
	}
	in.Format, in.Options = s.f.Name, s.c.Import
	r, err := format.Import(context.Background(), store, paths, in)
	if err != nil {
		t.Fatalf("import of what was exported: %v\n%s", err, s.show(path))
	}
	return r
}

// trip goes round once, and once more: what came back must stay.
func (s *suite) trip(t tester, articles []*format.Article) {
	t.Helper()
	defer s.clear()
	store := project(t, articles)
	out := s.path()
	o := s.exportOptions(t, store, out)
	m := s.export(t, store, o)
	s.sameTwice(t, store, o)
	if !s.f.Reads() {
		return
	}
	second := empty()
	s.importInto(t, second, out, 2, o)
	source, back := s.source(t, store, m), s.view(t, &viewer{}, second)
	s.compare(t, source, back, m, out)

	again := o
	again.Out = s.path()
	if s.c.Nobody { // whose sets were empty may not have come back
		again.Annotator = person(t, second)
	}
	m = s.export(t, second, again)
	third := empty()
	s.importInto(t, third, again.Out, 3, again)
	before, after := s.source(t, second, m), s.view(t, &viewer{}, third)
	for _, kind := range kinds {
		if s.c.Holds[kind] == None && kind != Articles {
			continue
		}
		lost, found := missing(before, after, kind, true), missing(after, before, kind, true)
		if lost.all+found.all > 0 {
			t.Fatalf("going round a second time loses or makes %s: %q are gone, %q are new\n%s", kind, lost.examples, found.examples, s.show(again.Out))
		}
	}
}

// nothing exports a project without articles. Its reader may say that nothing is there.
func (s *suite) nothing() {
	s.t.Helper()
	defer s.clear()
	store := project(s.t, nil)
	o := s.exportOptions(s.t, store, s.path())
	s.export(s.t, store, o)
	s.sameTwice(s.t, store, o)
	if s.f.Reads() {
		_ = s.read(o.Out, "an export of no articles")
	}
}

// person is whose work a project holds, "" for nobody's.
func person(t tester, store annotate.Store) string {
	people, err := store.Annotators(context.Background())
	if err != nil {
		t.Fatalf("annotators: %v", err)
	}
	if len(people) == 0 {
		return ""
	}
	return people[0].Name
}

// source is the project as an export sees it: the sets of those whose work goes out.
func (s *suite) source(t tester, store annotate.Store, m *format.Manifest) view {
	t.Helper()
	w := &viewer{}
	if !s.c.Names {
		w.names = m.Names
	}
	if len(m.Annotators) > 0 {
		w.people = m.Annotators
	}
	v := s.view(t, w, store)
	told := 0
	for _, n := range m.LeftOut {
		told += n.Count
	}
	if told != w.left {
		t.Fatalf("%d annotation sets of others were left out, and %d were told: %+v", w.left, told, m.LeftOut)
	}
	return v
}

func (s *suite) view(t tester, w *viewer, store annotate.Store) view {
	t.Helper()
	w.c, w.v, w.known = s.c, view{}, map[annotate.ID]annotate.Entity{}
	var err error
	if w.schema, err = store.Schema(context.Background()); err != nil {
		t.Fatalf("schema: %v", err)
	}
	entities, err := store.Entities(context.Background())
	if err != nil {
		t.Fatalf("entities: %v", err)
	}
	for _, e := range entities {
		w.known[e.ID] = e
	}
	for d, err := range store.Documents(context.Background(), annotate.DocumentQuery{}) {
		if err != nil {
			t.Fatalf("documents: %v", err)
		}
		w.article(d)
	}
	return w.v
}

// compare holds what came back, and what was told as lost, against the source.
func (s *suite) compare(t tester, source, back view, m *format.Manifest, out string) {
	t.Helper()
	told, notes := map[Kind]int{}, map[Kind][]format.Note{}
	for _, l := range m.Losses {
		kind, known := losses[l.Kind]
		if k, own := s.c.Lost[l.Kind]; own {
			kind, known = k, true
		}
		if !known {
			t.Fatalf("the loss report tells of %q, of which the suite knows not what it counts: say so in Case.Lost", l.Kind)
		}
		told[kind] += l.Count
		notes[kind] = append(notes[kind], l)
	}
	for _, kind := range kinds {
		held := s.c.Holds[kind] != None || kind == Articles
		lost, found := missing(source, back, kind, held), missing(back, source, kind, true)
		fail := func(what string) {
			t.Helper()
			t.Fatalf("%s: %s\nlost %d (%d of them of things that came back), as %s\nnew %d, as %s\ntold %d: %+v\n%s", kind, what,
				lost.all, lost.sure, strings.Join(lost.examples, "\n  "), found.all, strings.Join(found.examples, "\n  "), told[kind], notes[kind], s.show(out))
		}
		switch {
		case kind == Refs:
			if s.c.Holds[kind] == Whole && lost.sure > 0 {
				fail("refs must come back")
			}
			continue
		case s.c.Holds[kind] == Whole && lost.sure > 0:
			fail("the format says that it holds all of them")
		case told[kind] < lost.sure:
			fail("something was lost and not told")
		case kind != Spans && told[kind] > lost.all, slices.ContainsFunc(notes[kind], func(n format.Note) bool { return n.Count > lost.all }):
			fail("something was told as lost and came back")
		}
		for group := range found.groups {
			if held && !lost.groups[group] {
				fail("something came back that was not there")
			}
		}
	}
}

// sameTwice exports anew and compares bytes, those of the manifest too.
func (s *suite) sameTwice(t tester, store annotate.Store, o format.ExportOptions) {
	t.Helper()
	first := o.Out
	o.Out = filepath.Join(filepath.Dir(s.path()), filepath.Base(first))
	s.export(t, store, o)
	a, b := files(t, filepath.Dir(first)), files(t, filepath.Dir(o.Out))
	if len(a) != len(b) {
		t.Fatalf("%d files at the first export, %d at the second", len(a), len(b))
	}
	for name := range a {
		if !bytes.Equal(a[name], b[name]) {
			t.Fatalf("the second export of the same project has other bytes in %s", name)
		}
	}
}

// files are the files at or below a path: relative name → content.
func files(t tester, path string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	err := filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(p)
		rel, _ := filepath.Rel(path, p)
		all[filepath.ToSlash(rel)] = raw
		return err
	})
	if err != nil {
		t.Fatalf("files: %v", err)
	}
	return all
}

// show is what was written, for messages.
func (s *suite) show(path string) string {
	var b strings.Builder
	all := files(s.t, path)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if !format.IsManifest(filepath.Base(name)) && b.Len() < 4000 {
			fmt.Fprintf(&b, "--- %s\n%.2000q\n", name, all[name])
		}
	}
	return b.String()
}

// clear removes what a trip wrote.
func (s *suite) clear() {
	for ; s.n > 0; s.n-- {
		_ = os.RemoveAll(filepath.Join(s.dir, fmt.Sprint(s.n)))
	}
}

// sentence reports whether an error is one for people.
func sentence(err error) bool {
	var told *annotate.Error
	var usage *format.UsageError
	return errors.As(err, &told) || errors.As(err, &usage)
}
