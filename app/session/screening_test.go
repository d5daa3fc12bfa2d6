package session_test

import (
	"context"
	"fmt"
	"testing"

	"lede/annotate"
	"lede/app/session"
)

// screened is what the store has of an article's screening: the field, the status and
// its reason.
func (b *bench) screenedAs(article annotate.ID) string {
	b.t.Helper()
	b.settle()
	doc, err := b.store.Document(context.Background(), article)
	b.must(err)
	if len(doc.Sets) == 0 {
		return ""
	}
	set := doc.Sets[0].Set
	return fmt.Sprintf("%s %s %s", set.Fields.String(session.Relevance), set.Status, set.Reason)
}

// screening is a bench on a project whose schema has the field.
func screening(t *testing.T) *bench {
	b := start(t, newStore(t), "ana")
	b.must(b.AddScreeningField())
	b.open("a0")
	return b
}

func (b *bench) screen(value string) bool {
	b.t.Helper()
	field, _ := b.ScreeningField()
	for _, c := range field.Choices {
		if c.Name == value {
			more, err := b.Screen(context.Background(), c)
			b.must(err)
			return more
		}
	}
	b.t.Fatalf("no choice %s", value)
	return false
}

func (b *bench) counted() string {
	b.t.Helper()
	b.settle()
	c, err := b.CountScreened()(context.Background())
	b.must(err)
	return fmt.Sprintf("%d of %d: %d %d %d", c.Done(), c.Total, c.By[session.Relevant], c.By[session.NotRelevant], c.By[session.Unsure])
}

func TestScreening(t *testing.T) {
	ctx := context.Background()
	b := screening(t)
	if !b.screen(session.NotRelevant) || b.Doc().Article.ID != "a1" {
		t.Fatalf("%s is open", b.Doc().Article.ID)
	}
	if got := b.screenedAs("a0"); got != "not_relevant skipped not relevant" {
		t.Errorf("the first is %q", got)
	}
	b.screen(session.Relevant)
	if got := b.screenedAs("a1"); got != "relevant new " {
		t.Errorf("the second is %q", got)
	}
	if b.screen(session.Unsure) {
		t.Error("there is no further article")
	}
	if got := b.counted(); got != "3 of 3: 1 1 1" {
		t.Errorf("counted %s", got)
	}
	for _, want := range []string{"a2", "a1", "a0"} { // back, one by one
		if was, err := b.ScreenBack(ctx); !was || err != nil || b.Doc().Article.ID != annotate.ID(want) {
			t.Fatalf("%v %v: %s is open, not %s", was, err, b.Doc().Article.ID, want)
		}
	}
	if got := b.screenedAs("a0") + b.screenedAs("a1"); got != "" {
		t.Errorf("after going back they are %q", got)
	}
	if was, _ := b.ScreenBack(ctx); was {
		t.Error("there was nothing to go back to")
	}
}

func TestScreeningGoesRoundAndPassesOver(t *testing.T) {
	b := screening(t)
	b.screen(session.Relevant)
	b.open("a2")
	b.screen(session.Relevant) // the second one is left, before it
	if b.Doc().Article.ID != "a1" {
		t.Errorf("%s is open", b.Doc().Article.ID)
	}
	b.open("a2")
	if ok, err := b.OpenUnscreened(context.Background()); !ok || err != nil || b.Doc().Article.ID != "a1" {
		t.Errorf("%s is open (%v)", b.Doc().Article.ID, err)
	}
}

func TestScreeningFollowsTheFilter(t *testing.T) {
	b := screening(t)
	b.filter("Article status:new")
	b.must(b.List().Reload(context.Background()))
	b.open("a1")
	b.tag(actor, "Workers") // in progress: no longer in the list
	b.open("a0")
	b.screen(session.NotRelevant)
	if b.Doc().Article.ID != "a2" {
		t.Errorf("%s is open, which the list does not have", b.Doc().Article.ID)
	}
	if got := b.counted(); got != "1 of 3: 0 1 0" {
		t.Errorf("counted %s", got)
	}
	b.filter("third")
	if got := b.counted(); got != "0 of 1: 0 0 0" {
		t.Errorf("counted %s", got)
	}
}

func TestScreeningAgain(t *testing.T) {
	b := screening(t)
	b.tag(event, "said")
	b.screen(session.NotRelevant)
	b.open("a0")
	b.screen(session.Relevant) // after all
	if got := b.screenedAs("a0"); got != "relevant in_progress " {
		t.Errorf("it is %q", got)
	}
	b.open("a0")
	b.must(b.SetStatus(annotate.Skipped, "a duplicate"))
	b.screen(session.NotRelevant)
	if got := b.screenedAs("a0"); got != "not_relevant skipped a duplicate" {
		t.Errorf("it is %q", got)
	}
}

func TestScreenBackKeepsWhatCameLater(t *testing.T) {
	b := screening(t)
	b.screen(session.Relevant)
	b.tag(actor, "Workers")
	if was, err := b.ScreenBack(context.Background()); !was || err != nil || b.Doc().Article.ID != "a0" {
		t.Fatalf("%v %v: %s is open", was, err, b.Doc().Article.ID)
	}
	if got := b.screenedAs("a0"); got != "relevant new " {
		t.Errorf("the decision is %q: the tag came later", got)
	}
	b.screen(session.Unsure)
	if got := b.screenedAs("a0"); got != "unsure new " {
		t.Errorf("the new decision is %q", got)
	}
}

func TestScreeningField(t *testing.T) {
	ctx := context.Background()
	b := start(t, newStore(t), "ana")
	if _, has := b.ScreeningField(); has {
		t.Fatal("the schema has the field")
	}
	b.must(b.AddScreeningField())
	field, has := b.ScreeningField()
	if !has || len(field.Choices) != 3 {
		t.Fatalf("the field is %+v", field)
	}
	if err := b.AddScreeningField(); err == nil {
		t.Error("it was added twice")
	}
	b.must(b.Undo(ctx))
	if _, has := b.ScreeningField(); has {
		t.Error("undo leaves the field")
	}
}
