package annotest

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate"
)

// testAsOfTidied looks back in histories from which something was taken: to where they
// begin it shows what was there, without what was purged since; further back is refused.
func testAsOfTidied(t testing.TB, open func(testing.TB) Harness) {
	const most = 6 // projects
	checkSome(t, open, most, func(r *rapid.T, m *machine) {
		was := map[int64][]string{}
		r.Repeat(map[string]func(*rapid.T){
			"": func(r *rapid.T) {
				position, err := m.real.Position(ctx)
				if err != nil {
					r.Fatal(err)
				}
				was[position] = shown(r, m.real)
			},
			"annotate": m.annotate, "annotateB": m.annotate, "schema": m.schema, "facts": m.facts, "undo": m.undo, "redo": m.redo,
			"import": m.importing, "importUndo": m.undoImport, "compact": m.compact,
			"purge": func(r *rapid.T) {
				before, _ := m.real.Position(ctx)
				if m.purge(r); after(r, m.real) > before {
					clear(was) // what was there is there no more
				}
			},
		})
		all, err := m.real.History(ctx, annotate.HistoryQuery{WithoutOps: true})
		if err != nil {
			r.Fatal(err)
		}
		for range 4 {
			m.asOfTidied(r, rapid.SampledFrom(all).Draw(r, "change").Position, was)
		}
		if first := all[0].Position; first > 1 {
			if _, err := m.real.AsOf(ctx, first-1, nil); !errors.Is(err, annotate.ErrNotFound) {
				r.Fatalf("as of %d, which was given up: %v", first-1, err)
			}
		}
	})
}

func after(r *rapid.T, s annotate.Store) int64 {
	position, err := s.Position(ctx)
	if err != nil {
		r.Fatal(err)
	}
	return position
}

func (m *machine) asOfTidied(r *rapid.T, position int64, was map[int64][]string) {
	then, err := m.real.AsOf(ctx, position, nil)
	if err != nil {
		r.Fatal(err)
	}
	defer then.Close()
	if want := was[position]; want != nil {
		if diff := Diff(want, shown(r, then)); diff != "" {
			r.Fatalf("as of %d it is not what it was: %s", position, diff)
		}
	}
	if problems, err := then.Check(ctx); err != nil || len(problems) > 0 {
		r.Fatalf("as of %d: check: %v %+v", position, err, problems)
	}
}
