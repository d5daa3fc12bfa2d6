package session_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate"
	"lede/annotate/text"
)

// at is the range of a phrase in the open article.
func (b *bench) at(phrase string) text.Range {
	b.t.Helper()
	t := b.Doc().Text
	i := strings.Index(t.String(), phrase)
	if i < 0 {
		b.t.Fatalf("no %q in %q", phrase, t)
	}
	return text.Range{Start: t.RuneOf(i), End: t.RuneOf(i + len(phrase))}
}

// spans are the quoted texts of all spans with their labels.
func (b *bench) spans() []string {
	var out []string
	for _, span := range b.Doc().Spans() {
		var parts []string
		for _, r := range span.Fragments {
			parts = append(parts, b.Doc().Text.Slice(r))
		}
		out = append(out, string(span.Label)[2:]+": "+strings.Join(parts, " + "))
	}
	return out
}

func (b *bench) want(what string, want ...string) {
	b.t.Helper()
	if got := b.spans(); !slices.Equal(got, want) {
		b.t.Errorf("%s\n got %q\nwant %q", what, got, want)
	}
}

func (b *bench) label(phrase string, label annotate.ID) annotate.ID {
	b.t.Helper()
	b.Select(b.at(phrase))
	_, err := b.Label(label)
	b.must(err)
	return b.Chosen()
}

func TestChoosingSeveral(t *testing.T) {
	b := start(t, newStore(t), "ana")
	b.open("a0")
	one, two := b.label("Ilse", actor), b.label("said", event)
	three, four := b.label("Nobody", actor), b.label("port", actor)
	b.Choose(one)
	if !b.ChooseNextToo(true) || !slices.Equal(b.ChosenAll(), []annotate.ID{one, three}) {
		t.Errorf("the next with the label: %v", b.ChosenAll())
	}
	if !b.ChooseNextToo(false) || b.ChooseNextToo(false) || !slices.Equal(b.ChosenAll(), []annotate.ID{one, three, four}) {
		t.Errorf("the next: %v", b.ChosenAll())
	}
	b.ChooseMore(three)
	b.ChooseMore(two)
	if !slices.Equal(b.ChosenAll(), []annotate.ID{one, two, four}) || b.Chosen() != one {
		t.Errorf("one out, one in: %v", b.ChosenAll())
	}
	b.ChooseMore(one)
	if b.Chosen() != two {
		t.Errorf("the chosen one is taken out: %v is chosen", b.Chosen())
	}
	b.Choose(one)
	if len(b.ChosenAll()) != 1 {
		t.Errorf("choosing one: %v", b.ChosenAll())
	}
	b.ChooseUpTo(four)
	if !slices.Equal(b.ChosenAll(), []annotate.ID{one, three, four}) {
		t.Errorf("up to: %v", b.ChosenAll())
	}
	b.Choose(four)
	b.ChooseAlike()
	if !slices.Equal(b.ChosenAll(), []annotate.ID{one, three, four}) {
		t.Errorf("alike: %v", b.ChosenAll())
	}
	_, err := b.Label(event)
	b.must(err)
	b.want("labelled", "event: Ilse", "event: said", "event: Nobody", "event: port")
	b.must(b.Delete())
	b.want("deleted", "event: said")
	b.must(b.Undo(context.Background()))
	b.must(b.Undo(context.Background()))
	b.want("undone", "actor: Ilse", "event: said", "actor: Nobody", "actor: port")
	b.settle()
}

func TestInsideAndAround(t *testing.T) {
	b := start(t, newStore(t), "ana")
	b.open("a0")
	all := b.label("Ilse Brandvik said: “Nobody goes back.”", event)
	quote := b.label("“Nobody goes back.”", event)
	nobody := b.label("Nobody", actor)
	same := b.label("Nobody", event)
	b.Choose("")
	b.Point(b.at("body").Start)
	if !b.ChooseInside() {
		t.Fatal("nothing under the caret")
	}
	var walked []annotate.ID
	for ok := true; ok; ok = b.ChooseAround() {
		walked = append(walked, b.Chosen())
	}
	inner := []annotate.ID{nobody, same}
	slices.Sort(inner)
	if !slices.Equal(walked, append(inner, quote, all)) {
		t.Errorf("outwards %v", walked)
	}
	if ids, at := b.Here(); len(ids) != 4 || at != 3 {
		t.Errorf("chosen is %d of %v", at, ids)
	}
	for b.ChooseInside() {
	}
	if b.Chosen() != inner[0] {
		t.Errorf("inwards to %v", b.Chosen())
	}
	// From a span whose place holds no other one, to the first inside.
	b.Point(0)
	b.Choose(all)
	if !b.ChooseInside() || b.Chosen() != quote {
		t.Errorf("inside of all is %v", b.Chosen())
	}
}

func TestMergingNeighbours(t *testing.T) {
	b := start(t, newStore(t), "ana")
	b.open("a1")
	b.label("Workers", actor)
	walked := b.label("walked", actor)
	family := b.label("👩‍👩‍👧", actor)
	b.label("谈判", event)
	b.Choose(family)
	_, err := b.Merge(false)
	b.must(err)
	b.want("with the next", "event: 谈判", "actor: Workers", "actor: 👩‍👩‍👧 walked")
	if b.Chosen() != family {
		t.Errorf("chosen %v", b.Chosen())
	}
	_, err = b.Merge(false)
	b.must(err)
	b.want("with the one before", "event: 谈判", "actor: Workers 👩‍👩‍👧 walked")
	if _, err = b.Merge(false); !errors.Is(err, annotate.ErrInvalid) {
		t.Errorf("nothing beside: %v", err)
	}
	b.must(b.Undo(context.Background()))
	b.must(b.Undo(context.Background()))
	if _, ok := b.Doc().Span(walked); !ok {
		t.Error("undo does not bring the merged span back")
	}
	b.settle()
}

func TestMergingWithTheTextBetween(t *testing.T) {
	b := start(t, newStore(t), "ana")
	b.open("a2")
	one, two := b.label("نقابة", actor), b.label("العرض", actor)
	b.Choose(one)
	b.ChooseMore(two)
	_, err := b.Merge(false)
	b.must(err)
	b.want("as fragments", "actor: نقابة + العرض")
	b.must(b.Undo(context.Background()))
	b.Choose(one)
	b.ChooseMore(two)
	_, err = b.Merge(true)
	b.must(err)
	b.want("whole", "actor: نقابة الموانئ رفضت العرض")
	b.settle()
}

func TestSplittingAtTheCaret(t *testing.T) {
	b := start(t, newStore(t), "ana")
	b.open("a0")
	b.label("Ilse Brandvik said", actor)
	b.must(b.Split(b.at("Brandvik").Start + 2)) // in the word: before it
	b.want("between words", "actor: Ilse", "actor: Brandvik said")
	if b.Doc().Text.Quote(mustSpan(b).Fragments) != "Brandvik said" {
		t.Errorf("chosen is %v", mustSpan(b))
	}
	b.Choose("")
	b.SetGranularity(text.Character)
	b.must(b.Split(b.at("vik").Start))
	b.want("between characters", "actor: Ilse", "actor: Brand", "actor: vik said")
	b.Choose("")
	if err := b.Split(b.at("port").Start); !errors.Is(err, annotate.ErrInvalid) {
		t.Errorf("where nothing is marked: %v", err)
	}
	if err := b.Split(b.at("Brand").Start); !errors.Is(err, annotate.ErrInvalid) {
		t.Errorf("at the start of a span: %v", err)
	}
	b.settle()
}

func mustSpan(b *bench) annotate.Span {
	span, ok := b.Doc().Span(b.Chosen())
	if !ok {
		b.t.Fatal("nothing is chosen")
	}
	return span
}

func TestTagOnlyWhatIsQuoted(t *testing.T) {
	b := start(t, newStore(t), "ana")
	b.open("a0")
	b.Select(b.at("Ilse Brandvik said: “Nobody goes back.” The port"))
	b.must(b.TagQuoted(event))
	b.want("the quoted part", "event: “Nobody goes back.”")
	b.label("Brandvik said: “Nobody goes back.” The", actor)
	b.must(b.TagQuoted(actor))
	b.want("the chosen span keeps its quoted part", "actor: “Nobody goes back.”", "event: “Nobody goes back.”")
	b.Select(b.at("The port is"))
	if err := b.TagQuoted(event); !errors.Is(err, annotate.ErrInvalid) || !strings.Contains(err.Error(), "no quotation marks") {
		t.Errorf("without marks: %v", err)
	}
	b.settle()
}

func TestConvertingInTheWholeProject(t *testing.T) {
	store := newStore(t)
	ben := start(t, store, "ben")
	ben.open("a0")
	ben.label("Nobody", actor)
	ben.settle()
	b := start(t, store, "ana")
	ctx := context.Background()
	b.open("a1")
	b.label("Workers", actor)
	b.open("a0")
	b.label("Ilse", actor)
	b.label("port", actor)
	b.label("port", event)
	none := func(int) {}
	count := b.Conversion(actor, "")
	b.must(count.Read(ctx, none))
	if count.Spans != 3 || count.Articles != 2 {
		t.Errorf("counted %d spans in %d articles", count.Spans, count.Articles)
	}
	c := b.Conversion(actor, event)
	seen := 0
	b.must(c.Read(ctx, func(n int) { seen = n }))
	if c.Changes() != 2 || c.Already != 1 || seen == 0 {
		t.Errorf("%d changes, %d already, %d articles seen", c.Changes(), c.Already, seen)
	}
	b.must(c.Write(ctx))
	b.must(b.Converted(ctx, c))
	b.want("here", "event: Ilse", "actor: port", "event: port")
	b.must(b.Open(ctx, "a1"))
	b.want("there", "event: Workers")
	b.must(ben.Poll(ctx))
	ben.want("the other annotator's", "actor: Nobody")
	if step, _ := b.NextUndo(); step.Title != "Make 2 spans Event" {
		t.Errorf("the step is called %q", step.Title)
	}
	b.must(b.Undo(ctx))
	b.want("undone", "actor: Workers")
	b.must(b.Open(ctx, "a0"))
	b.want("undone here", "actor: Ilse", "actor: port", "event: port")
	// Nobody has begun, and a context that ended.
	fresh := start(t, store, "cleo").Conversion(actor, event)
	b.must(fresh.Read(ctx, none))
	if fresh.Spans != 0 {
		t.Errorf("a newcomer has %d spans", fresh.Spans)
	}
	over, cancel := context.WithCancel(ctx)
	cancel()
	if err := b.Conversion(actor, event).Read(over, none); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// Whatever is done to many spans, undo takes back exactly, one step a gesture.
func TestGesturesOnSeveralAreUndone(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := start(t, newStore(t), "ana")
		b.open(annotate.ID(fmt.Sprintf("a%d", rapid.IntRange(0, 2).Draw(rt, "article"))))
		n := b.Doc().Text.Len()
		states := []string{fmt.Sprint(b.spans())}
		steps := []string{step(b)}
		for range rapid.IntRange(1, 12).Draw(rt, "gestures") {
			var ids []annotate.ID
			for _, span := range b.Doc().Spans() {
				ids = append(ids, span.ID)
			}
			o := rapid.IntRange(0, n-1).Draw(rt, "o")
			if len(ids) > 0 {
				b.Choose(rapid.SampledFrom(ids).Draw(rt, "span"))
				for range rapid.IntRange(0, 3).Draw(rt, "more") {
					b.ChooseMore(rapid.SampledFrom(ids).Draw(rt, "more span"))
				}
			}
			switch rapid.IntRange(0, 6).Draw(rt, "gesture") {
			case 0, 1, 2:
				b.Select(text.Range{Start: o, End: rapid.IntRange(o+1, n).Draw(rt, "end")})
				_, _ = b.Label(rapid.SampledFrom([]annotate.ID{actor, event}).Draw(rt, "label"))
			case 3:
				_, _ = b.Merge(rapid.Bool().Draw(rt, "fill"))
			case 4:
				_ = b.Split(o)
			case 5:
				_, _ = b.Convert(b.ChosenAll(), event)
			case 6:
				_ = b.Delete()
			}
			if now := step(b); now != steps[len(steps)-1] {
				states, steps = append(states, fmt.Sprint(b.spans())), append(steps, now)
			}
		}
		for i := len(states) - 2; i >= 0; i-- {
			if err := b.Undo(context.Background()); err != nil {
				rt.Fatal(err)
			}
			if got := fmt.Sprint(b.spans()); got != states[i] {
				rt.Fatalf("after undo %d\n got %s\nwant %s", i, got, states[i])
			}
		}
		b.settle()
		b.Close()
	})
}

// step names what undo would take back, apart from every other step.
func step(b *bench) string {
	next, _ := b.NextUndo()
	return next.Title + fmt.Sprint(b.spans())
}
