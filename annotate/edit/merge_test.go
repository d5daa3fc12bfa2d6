package edit_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lede/annotate"
	"lede/annotate/edit"
	"lede/annotate/text"
)

// desk is a state with what is needed to fill it.
type desk struct {
	t *testing.T
	*edit.State
	e edit.Editor
}

func newDesk(t *testing.T) *desk { return &desk{t, newState(), newEditor()} }

func (d *desk) do(c annotate.Change, err error) annotate.Change {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
	d.Apply(c)
	return c
}

// tag labels phrases of the article as one span.
func (d *desk) tag(label annotate.ID, phrases ...string) annotate.ID {
	d.t.Helper()
	var ranges []text.Range
	for _, p := range phrases {
		i := strings.Index(article, p)
		if i < 0 {
			d.t.Fatalf("no %q in the article", p)
		}
		o := utf8.RuneCountInString(article[:i])
		ranges = append(ranges, text.Range{Start: o, End: o + utf8.RuneCountInString(p)})
	}
	c, id, err := d.e.Tag(d.State, label, ranges, annotate.OriginManual)
	d.do(c, err)
	return id
}

func (d *desk) words(id annotate.ID) []string {
	span, _ := d.Span(id)
	var words []string
	for _, r := range span.Fragments {
		words = append(words, d.Text.Slice(r))
	}
	return words
}

func TestMergeMakesOneSpanOfSeveral(t *testing.T) {
	d := newDesk(t)
	last := d.tag("actor", "closed")
	first := d.tag("actor", "Ilse")
	middle := d.tag("actor", "Brandvik")
	event := d.tag("event", "goes back")
	d.do(d.e.SetAttribute(d.State, []annotate.ID{first}, "kind", annotate.StringValue("person")))
	d.do(d.e.SetAttribute(d.State, []annotate.ID{middle, last}, "kind", annotate.StringValue("place")))
	d.do(d.e.SetAttribute(d.State, []annotate.ID{last}, "country", annotate.StringValue("NOR")))
	d.do(d.e.SetSpanNote(d.State, middle, "who?"))
	for _, ends := range [][2]annotate.ID{{event, first}, {event, middle}, {middle, event}, {first, last}} {
		c, _, err := d.e.Link(d.State, "speaker", ends[0], ends[1])
		d.do(c, err)
	}
	before := snapshot(d.State)
	c, m, err := d.e.Merge(d.State, []annotate.ID{last, first, middle, first}, false)
	d.do(c, err)
	if m.Span != first || !slices.Equal(m.Conflicts, []string{"kind"}) {
		t.Errorf("merged into %s, conflicts %q", m.Span, m.Conflicts)
	}
	if got := d.words(first); !slices.Equal(got, []string{"Ilse Brandvik", "closed"}) {
		t.Errorf("fragments %q: only blanks lie between the first two", got)
	}
	span, _ := d.Span(first)
	if span.Attributes.String("kind") != "person" || span.Attributes.String("country") != "NOR" || span.Note != "who?" {
		t.Errorf("span %+v", span)
	}
	// event→first once, first→event; the one within the merged span is gone.
	if got := d.RelationsOf(first); len(got) != 2 || len(d.Spans()) != 2 {
		t.Errorf("%d relations, %d spans: %s", len(got), len(d.Spans()), snapshot(d.State))
	}
	d.Apply(d.e.Undo(c))
	if diff := cmp.Diff(before, snapshot(d.State)); diff != "" {
		t.Errorf("undo (-before +after):\n%s", diff)
	}
}

func TestMergeWithTheTextBetween(t *testing.T) {
	d := newDesk(t)
	a, b := d.tag("quote", "Nobody"), d.tag("quote", "back")
	c, m, err := d.e.Merge(d.State, []annotate.ID{b, a}, true)
	d.do(c, err)
	if got := d.words(m.Span); !slices.Equal(got, []string{"Nobody goes back"}) || m.Span != a {
		t.Errorf("merged %q", got)
	}
}

func TestMergeTakesInWhatIsThereAlready(t *testing.T) {
	d := newDesk(t)
	first, second := d.tag("actor", "Ilse"), d.tag("actor", "Brandvik")
	whole := d.tag("actor", "Ilse Brandvik")
	event := d.tag("event", "Ilse Brandvik")
	d.do(d.e.SetSpanNote(d.State, whole, "the minister"))
	c, _, err := d.e.Link(d.State, "speaker", whole, event)
	d.do(c, err)
	before := snapshot(d.State)
	c, m, err := d.e.Merge(d.State, []annotate.ID{first, second}, false)
	d.do(c, err)
	kept, _ := d.Span(m.Span)
	if len(d.Spans()) != 2 || !slices.Equal(d.words(m.Span), []string{"Ilse Brandvik"}) || kept.Note != "the minister" {
		t.Errorf("left are %v", snapshot(d.State))
	}
	if r := d.RelationsOf(m.Span); len(r) != 1 || r[0].From != m.Span {
		t.Errorf("its relation became %v", r)
	}
	d.Apply(d.e.Undo(c))
	if diff := cmp.Diff(before, snapshot(d.State)); diff != "" {
		t.Errorf("undo (-before +after):\n%s", diff)
	}
}

func TestMergeRefuses(t *testing.T) {
	d := newDesk(t)
	a, e := d.tag("actor", "Ilse"), d.tag("event", "goes")
	if _, _, err := d.e.Merge(d.State, []annotate.ID{a, e}, false); !errors.Is(err, annotate.ErrInvalid) || !strings.Contains(err.Error(), "Actor and Event") {
		t.Errorf("two labels: %v", err)
	}
	if _, _, err := d.e.Merge(d.State, []annotate.ID{a, a}, false); !errors.Is(err, annotate.ErrNothing) {
		t.Errorf("one span: %v", err)
	}
	if _, _, err := d.e.Merge(d.State, []annotate.ID{a, "gone"}, false); !errors.Is(err, annotate.ErrNotFound) {
		t.Errorf("a span that is not there: %v", err)
	}
}

func TestSplit(t *testing.T) {
	d := newDesk(t)
	id := d.tag("quote", "“Nobody goes back.”", "نقابة الموانئ رفضت")
	event := d.tag("event", "closed")
	d.do(d.e.SetAttribute(d.State, []annotate.ID{id}, "form", annotate.StringValue("direct")))
	d.do(d.e.SetSpanNote(d.State, id, "check"))
	c, _, err := d.e.Link(d.State, "speaker", id, event)
	d.do(c, err)
	before := snapshot(d.State)
	at := utf8.RuneCountInString(article[:strings.Index(article, "رفضت")])
	c, second, err := d.e.Split(d.State, id, at)
	d.do(c, err)
	if a, b := d.words(id), d.words(second); !slices.Equal(a, []string{"“Nobody goes back.”", "نقابة الموانئ"}) || !slices.Equal(b, []string{"رفضت"}) {
		t.Errorf("split into %q and %q", a, b)
	}
	made, _ := d.Span(second)
	if made.Attributes.String("form") != "direct" || made.Note != "" || len(d.RelationsOf(id)) != 1 || len(d.RelationsOf(second)) != 0 {
		t.Errorf("second %+v", made)
	}
	d.Apply(d.e.Undo(c))
	if diff := cmp.Diff(before, snapshot(d.State)); diff != "" {
		t.Errorf("undo (-before +after):\n%s", diff)
	}
	for _, at := range []int{0, 20, 5000, at + 4} { // outside, at its start, at its end
		if _, _, err := d.e.Split(d.State, id, at); !errors.Is(err, annotate.ErrInvalid) {
			t.Errorf("split at %d: %v", at, err)
		}
	}
}

func TestConvertLeavesWhatIsThere(t *testing.T) {
	d := newDesk(t)
	a, b := d.tag("actor", "Ilse"), d.tag("actor", "back")
	d.tag("event", "back")
	c, already, err := d.e.Convert(d.State, []annotate.ID{a, b}, "event")
	d.do(c, err)
	now, _ := d.Span(a)
	still, _ := d.Span(b)
	if already != 1 || now.Label != "event" || still.Label != "actor" {
		t.Errorf("already %d, %s, %s", already, now.Label, still.Label)
	}
	if _, _, err := d.e.Convert(d.State, []annotate.ID{a}, "event"); !errors.Is(err, annotate.ErrNothing) {
		t.Errorf("again: %v", err)
	}
}

// Whatever was merged, split and converted: a change leaves a sound state, no text
// is lost or won, and its undo restores everything.
func TestReshapingIsUndone(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s, e := newState(), newEditor()
		for range rapid.IntRange(2, 25).Draw(rt, "gestures") {
			if c, err := gesture(rt, s, e); err == nil {
				s.Apply(c)
			}
		}
		var ids []annotate.ID
		for _, span := range s.Spans() {
			ids = append(ids, span.ID)
		}
		if len(ids) == 0 {
			return
		}
		some := rapid.SliceOfNDistinct(rapid.SampledFrom(ids), 1, len(ids), rapid.ID).Draw(rt, "some")
		before := snapshot(s)
		covered := cover(s)
		var c annotate.Change
		var err error
		fill := rapid.Bool().Draw(rt, "fill")
		kind := rapid.SampledFrom([]string{"merge", "split", "convert"}).Draw(rt, "kind")
		switch kind {
		case "merge":
			c, _, err = e.Merge(s, some, fill)
		case "split":
			c, _, err = e.Split(s, some[0], rapid.IntRange(0, s.Text.Len()).Draw(rt, "at"))
		default:
			c, _, err = e.Convert(s, some, rapid.SampledFrom([]annotate.ID{"actor", "event", "quote"}).Draw(rt, "label"))
		}
		if err != nil {
			if snapshot(s) != before {
				rt.Fatal("a refused change altered the state")
			}
			return
		}
		s.Apply(c)
		for _, span := range s.Spans() {
			if !slices.Equal(span.Fragments, annotate.Normalize(span.Fragments)) || len(span.Fragments) == 0 {
				rt.Fatalf("%s: fragments %v", kind, span.Fragments)
			}
			for _, r := range s.RelationsOf(span.ID) {
				_, from := s.Span(r.From)
				_, to := s.Span(r.To)
				if !from || !to {
					rt.Fatalf("%s: relation %+v hangs in the air", kind, r)
				}
			}
		}
		if now := cover(s); !(kind == "merge" && fill) && now != covered {
			rt.Fatalf("%s: what is marked went from\n%s to\n%s", kind, covered, now)
		}
		s.Apply(e.Undo(c))
		if diff := cmp.Diff(before, snapshot(s)); diff != "" {
			rt.Fatalf("undo of %s (-before +after):\n%s", kind, diff)
		}
	})
}

// cover is which characters that are no blanks are marked.
func cover(s *edit.State) string {
	marked := make([]bool, s.Text.Len())
	for _, span := range s.Spans() {
		for _, r := range span.Fragments {
			for o := r.Start; o < r.End; o++ {
				marked[o] = true
			}
		}
	}
	var b strings.Builder
	for o, m := range marked {
		if r := s.Text.RuneAt(o); m && r != ' ' {
			fmt.Fprintf(&b, "%d%c ", o, r)
		}
	}
	return b.String()
}
