package storage

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"

	"lede/annotate"
)

// inRow replaces something in the row of a span, after its id, by something as long.
func (w *wreckedProject) inRow(t testing.TB, span id, old, now string) []byte {
	t.Helper()
	raw := bytes.Clone(w.raw)
	from := (w.lies["span"][span][0] - 1) * w.size
	row := bytes.Index(raw[from:from+w.size], []byte(span))
	if row < 0 {
		t.Fatalf("span %s is not on its page", span)
	}
	at := bytes.Index(raw[from+row:from+w.size], []byte(old))
	if at < 0 || len(old) != len(now) {
		t.Fatalf("%q is not in the row of span %s, or not as long as %q", old, span, now)
	}
	copy(raw[from+row+at:], now)
	return raw
}

// rich is the first article with many spans.
func (w *wreckedProject) rich(t testing.TB) annotate.Document {
	t.Helper()
	for _, i := range slices.Sorted(maps.Keys(w.dump)) {
		if d := w.dump[i]; len(d.Sets[0].Spans) > 5 {
			return d
		}
	}
	t.Fatal("no article has many spans")
	return annotate.Document{}
}

// TestSalvageTakenIDs: a row whose id became another's is told apart from it, and both come
// back.
func TestSalvageTakenIDs(t *testing.T) {
	w := newWrecked(t, 60)
	spans := slices.Clone(w.rich(t).Sets[0].Spans)
	slices.SortFunc(spans, func(a, b annotate.Span) int { return strings.Compare(string(a.ID), string(b.ID)) })
	first, second := spans[1].ID, spans[2].ID
	for _, raw := range [][]byte{
		w.inRow(t, first, string(first), string(second)), w.inRow(t, second, string(second), string(first)),
	} {
		if report := w.salvaged(t, raw, nil); len(report.Lost) > 1 {
			t.Errorf("%+v", report.Lost)
		}
	}
}

// TestSalvageDoubtedLabels: where the file names two labels of a span, that is told.
func TestSalvageDoubtedLabels(t *testing.T) {
	w := newWrecked(t, 60)
	d := w.rich(t)
	spans := d.Sets[0].Spans
	other := spans[slices.IndexFunc(spans, func(s annotate.Span) bool { return s.Label != spans[0].Label })].Label
	raw := w.inRow(t, spans[0].ID, string(spans[0].Label), string(other))
	spans[0].Label = other // nobody can know
	report := w.salvaged(t, raw, nil)
	if !slices.ContainsFunc(report.Lost, func(p annotate.Problem) bool {
		return strings.Contains(p.Where, d.Article.Title) && strings.HasPrefix(p.What, "The label of the span at ")
	}) {
		t.Errorf("it is not told: %+v", report.Lost)
	}
}
