package annotest

import (
	"context"
	"flag"
	"iter"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"

	"lede/annotate"
)

func TestMain(m *testing.M) {
	flag.Parse()
	// Planted faults make the random case fail on purpose: no files about it.
	if err := flag.Set("rapid.nofailfile", "true"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// recorder is a testing.TB whose failures are only noted.
type recorder struct {
	testing.TB
	failed   bool
	said     []string
	cleanups []func()
}

func (r *recorder) Helper()                        {}
func (r *recorder) Log(args ...any)                {}
func (r *recorder) Logf(format string, _ ...any)   { r.said = append(r.said, format) }
func (r *recorder) Fail()                          { r.failed = true }
func (r *recorder) Failed() bool                   { return r.failed }
func (r *recorder) FailNow()                       { r.failed = true; runtime.Goexit() }
func (r *recorder) Error(...any)                   { r.Fail() }
func (r *recorder) Errorf(format string, _ ...any) { r.said = append(r.said, format); r.Fail() }
func (r *recorder) Fatal(...any)                   { r.FailNow() }
func (r *recorder) Fatalf(format string, _ ...any) { r.said = append(r.said, format); r.FailNow() }
func (r *recorder) Cleanup(f func())               { r.cleanups = append(r.cleanups, f) }

// red runs every case but the random one, and that too if all others pass, and
// names those that fail.
func red(t testing.TB, open func(testing.TB) Harness) []string {
	var failed []string
	for _, c := range suite {
		if c.name == "Random" && len(failed) > 0 {
			continue
		}
		r := &recorder{TB: t}
		done := make(chan struct{})
		go func() {
			defer close(done)
			defer func() {
				for _, f := range slices.Backward(r.cleanups) {
					f()
				}
			}()
			defer func() {
				if p := recover(); p != nil {
					r.failed = true
				}
			}()
			c.run(r, open)
		}()
		<-done
		if r.failed {
			failed = append(failed, c.name)
		}
	}
	return failed
}

// faulty makes harnesses of the fake with a hook set wrong, or with every store
// in a wrapper.
func faulty(set func(*hooks), wrap func(annotate.Store) annotate.Store) func(testing.TB) Harness {
	return func(t testing.TB) Harness {
		h := inMemory(t)
		projects := h.Projects.(*MemoryProjects)
		if set != nil {
			set(&projects.hooks)
		}
		if wrap != nil {
			h.Projects = wrapped{projects, wrap}
		}
		return h
	}
}

type wrapped struct {
	annotate.Projects
	wrap func(annotate.Store) annotate.Store
}

func (w wrapped) Create(ctx context.Context, path, actor string, records []annotate.Record) (annotate.Store, error) {
	s, err := w.Projects.Create(ctx, path, actor, records)
	if err != nil {
		return nil, err
	}
	return w.wrap(s), nil
}

func (w wrapped) Open(ctx context.Context, path string, mode annotate.Mode) (annotate.Store, error) {
	s, err := w.Projects.Open(ctx, path, mode)
	if err != nil {
		return nil, err
	}
	return w.wrap(s), nil
}

// onDocuments alters every document that is read.
type onDocuments struct {
	annotate.Store
	alter func(*annotate.Document)
}

func (s onDocuments) Document(ctx context.Context, i id) (*annotate.Document, error) {
	d, err := s.Store.Document(ctx, i)
	if err == nil {
		s.alter(d)
	}
	return d, err
}

func (s onDocuments) Documents(ctx context.Context, q annotate.DocumentQuery) iter.Seq2[*annotate.Document, error] {
	return func(yield func(*annotate.Document, error) bool) {
		for d, err := range s.Store.Documents(ctx, q) {
			if err == nil {
				s.alter(d)
			}
			if !yield(d, err) {
				return
			}
		}
	}
}

// onApply alters every change before it is applied; the caller is told of the
// one that it gave.
type onApply struct {
	annotate.Store
	alter func([]annotate.Op) []annotate.Op
}

func (s onApply) Apply(ctx context.Context, c annotate.Change) (annotate.Change, error) {
	altered := c
	altered.Ops = s.alter(slices.Clone(c.Ops))
	done, err := s.Store.Apply(ctx, altered)
	done.Ops = c.Ops
	return done, err
}

// onHistory alters every change that is read or returned.
type onHistory struct {
	annotate.Store
	alter func(*annotate.Change)
}

func (s onHistory) Apply(ctx context.Context, c annotate.Change) (annotate.Change, error) {
	c, err := s.Store.Apply(ctx, c)
	s.alter(&c)
	return c, err
}

func (s onHistory) History(ctx context.Context, q annotate.HistoryQuery) ([]annotate.Change, error) {
	all, err := s.Store.History(ctx, q)
	for i := range all {
		s.alter(&all[i])
	}
	return all, err
}

// torn reads every document as it is when it is asked for, not as all were when
// the reading began.
type torn struct{ annotate.Store }

func (s torn) Documents(ctx context.Context, q annotate.DocumentQuery) iter.Seq2[*annotate.Document, error] {
	return func(yield func(*annotate.Document, error) bool) {
		for d, err := range s.Store.Documents(ctx, q) {
			if err == nil && len(q.Annotators) == 0 {
				d, err = s.Document(ctx, d.Article.ID)
			}
			if !yield(d, err) {
				return
			}
		}
	}
}

func eachSpan(alter func(d *annotate.Document, sp *annotate.Span)) func(annotate.Store) annotate.Store {
	return func(s annotate.Store) annotate.Store {
		return onDocuments{s, func(d *annotate.Document) {
			for i := range d.Sets {
				d.Sets[i].Spans = slices.Clone(d.Sets[i].Spans)
				for j := range d.Sets[i].Spans {
					alter(d, &d.Sets[i].Spans[j])
				}
			}
		}}
	}
}

// faults are stores that are wrong in one way.
var faults = []struct {
	name string
	set  func(*hooks)
	wrap func(annotate.Store) annotate.Store
}{
	{name: "fragments off by one", wrap: eachSpan(func(_ *annotate.Document, sp *annotate.Span) {
		sp.Fragments = slices.Clone(sp.Fragments)
		sp.Fragments[len(sp.Fragments)-1].End++
	})},
	{name: "offsets in UTF-16", wrap: eachSpan(func(d *annotate.Document, sp *annotate.Span) {
		sp.Fragments = slices.Clone(sp.Fragments)
		for i := range sp.Fragments {
			sp.Fragments[i].Start, sp.Fragments[i].End = d.Text.UTF16Of(sp.Fragments[i].Start), d.Text.UTF16Of(sp.Fragments[i].End)
		}
	})},
	{name: "only the first fragment kept", wrap: eachSpan(func(_ *annotate.Document, sp *annotate.Span) {
		sp.Fragments = sp.Fragments[:1]
	})},
	{name: "unknown fields dropped", wrap: eachSpan(func(_ *annotate.Document, sp *annotate.Span) { sp.Extra = nil })},
	{name: "spans in the wrong order", wrap: func(s annotate.Store) annotate.Store {
		return onDocuments{s, func(d *annotate.Document) {
			for i := range d.Sets {
				d.Sets[i].Spans = slices.Clone(d.Sets[i].Spans)
				slices.Reverse(d.Sets[i].Spans)
			}
		}}
	}},
	{name: "last op lost", wrap: func(s annotate.Store) annotate.Store {
		return onApply{s, func(ops []annotate.Op) []annotate.Op { return ops[:max(min(1, len(ops)), len(ops)-1)] }}
	}},
	{name: "ops in the wrong order", wrap: func(s annotate.Store) annotate.Store {
		return onApply{s, func(ops []annotate.Op) []annotate.Op { slices.Reverse(ops); return ops }}
	}},
	{name: "undo not remembered", wrap: func(s annotate.Store) annotate.Store {
		return onHistory{s, func(c *annotate.Change) { c.Undoes = "" }}
	}},
	{name: "clock goes back", wrap: func(s annotate.Store) annotate.Store {
		return onHistory{s, func(c *annotate.Change) { c.Clock = -c.Clock }}
	}},
	{name: "documents of several moments", wrap: func(s annotate.Store) annotate.Store { return torn{s} }},
	{name: "structure not checked", set: func(h *hooks) {
		h.validate = func([]annotate.Op, annotate.Lookup) error { return nil }
	}},
	{name: "references not checked", set: func(h *hooks) {
		h.validate = func(ops []annotate.Op, look annotate.Lookup) error {
			return annotate.Validate(ops, everythingThere{look})
		}
	}},
	{name: "before not checked", set: func(h *hooks) { h.same = func(_, _ record) bool { return true } }},
	{name: "names used twice", set: func(h *hooks) { h.unique = false }},
	{name: "half a change stays", set: func(h *hooks) { h.rollback = false }},
	{name: "staged articles seen", set: func(h *hooks) {
		h.shows = func(s annotate.ImportState) bool { return s != annotate.ImportUndone }
	}},
	{name: "undone import seen", set: func(h *hooks) {
		h.shows = func(s annotate.ImportState) bool { return s != annotate.ImportStaged }
	}},
	{name: "import undone over later work", set: func(h *hooks) { h.touched = false }},
}

// everythingThere is a missing foreign key: whatever is referred to exists.
type everythingThere struct{ annotate.Lookup }

func (everythingThere) Exists(kind, id) bool { return true }

func (everythingThere) Referrers(kind, id) (kind, id, bool) { return "", "", false }

// TestPlantedFaults shows that the suite would notice.
func TestPlantedFaults(t *testing.T) {
	shrink := flag.Lookup("rapid.shrinktime").Value.String()
	if err := flag.Set("rapid.shrinktime", "1ms"); err != nil { // red is enough here
		t.Fatal(err)
	}
	defer func() { _ = flag.Set("rapid.shrinktime", shrink) }()
	if failed := red(t, faulty(nil, nil)); len(failed) > 0 {
		t.Fatalf("the sound fake fails %v", failed)
	}
	for _, f := range faults {
		t.Run(strings.ReplaceAll(f.name, " ", "_"), func(t *testing.T) {
			failed := red(t, faulty(f.set, f.wrap))
			if len(failed) == 0 {
				t.Fatal("the suite is green")
			}
			t.Logf("red: %s", strings.Join(failed, " "))
		})
	}
}
