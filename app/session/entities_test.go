package session_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/edit"
	"lede/annotate/entity"
	"lede/annotate/text"
	"lede/app/session"
)

// registry is a session that has read its entities.
func registry(t *testing.T) *bench {
	t.Helper()
	b := start(t, newStore(t), "ana")
	b.read()
	return b
}

func (b *bench) read() {
	b.t.Helper()
	r := b.ReadEntities()
	b.must(r.Read(context.Background()))
	b.TakeEntities(r)
}

// mark labels words of the open article and returns the span.
func (b *bench) mark(label annotate.ID, words string) annotate.ID {
	b.t.Helper()
	b.tag(label, words)
	return b.Chosen()
}

// write carries a step out.
func (b *bench) write(step *session.EntityStep, err error) {
	b.t.Helper()
	b.must(err)
	b.must(step.Write(context.Background(), nil))
	b.must(b.Poll(context.Background())) // comes before the window has heard of it
	b.WroteEntities(step)
	b.settle()
}

// pointing lists the spans of all articles that point at something: the words,
// then the name.
func (b *bench) pointing() string {
	b.t.Helper()
	var lines []string
	all, err := b.store.Entities(context.Background())
	b.must(err)
	for _, e := range all {
		found, err := b.store.Mentions(context.Background(), annotate.MentionQuery{Entity: e.ID})
		b.must(err)
		for _, m := range found {
			lines = append(lines, m.Words+" → "+e.Name)
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "; ")
}

func TestLinkingSpans(t *testing.T) {
	b := registry(t)
	b.open("a0")
	ilse := b.mark(actor, "Ilse")
	port := b.mark(actor, "port")
	id, err := b.LinkNewEntity([]annotate.ID{ilse}, "", "  Ilse \n Brandvik ")
	b.must(err)
	b.settle()
	if e, ok := b.Entity(id); !ok || e.Name != "Ilse Brandvik" || e.Kind != "actor" || b.Entities().Uses(id) != 1 {
		t.Fatalf("the entity is %+v", e)
	}
	b.must(b.LinkEntity([]annotate.ID{port, ilse}, id))
	b.settle()
	if got := b.pointing(); got != "Ilse → Ilse Brandvik; port → Ilse Brandvik" {
		t.Errorf("points: %s", got)
	}
	step, _ := b.NextUndo()
	if step.Title != "Link “port” to “Ilse Brandvik”" {
		t.Errorf("the step is called %q", step.Title)
	}
	b.must(b.UnlinkEntity([]annotate.ID{ilse, port}))
	b.settle()
	for _, want := range []string{"Ilse → Ilse Brandvik; port → Ilse Brandvik", "Ilse → Ilse Brandvik", ""} {
		b.must(b.Undo(context.Background()))
		b.settle()
		if got := b.pointing(); got != want {
			t.Errorf("after undo: %s, want %s", got, want)
		}
	}
	if _, there := b.Entity(id); there {
		t.Error("undoing the making of the entity leaves it in the index")
	}
	b.must(b.Redo(context.Background()))
	b.settle()
	if b.Entities().Uses(id) != 1 || b.Doc().Article.ID != "a0" || b.Chosen() != ilse {
		t.Errorf("redo: %d uses, chosen %s", b.Entities().Uses(id), b.Chosen())
	}
}

func TestGuessesAndSame(t *testing.T) {
	b := registry(t)
	b.open("a0")
	ilse := b.mark(actor, "Ilse Brandvik")
	e, err := b.LinkNewEntity([]annotate.ID{ilse}, "", "Ilse Brandvik")
	b.must(err)
	surname := b.mark(actor, "Brandvik")
	nobody := b.mark(actor, "Nobody")
	if got := b.Guesses(surname, 5); len(got) != 1 || got[0].Entity.ID != e || got[0].Reason != entity.PartOfName || got[0].Here {
		t.Errorf("for the surname it guesses %+v", got)
	}
	if got := b.Guesses(nobody, 5); len(got) != 1 || got[0].Entity.ID != e || !got[0].Here {
		t.Errorf("for a noun it guesses %+v", got)
	}
	if got := b.Guesses(ilse, 5); len(got) != 1 || got[0].Reason != entity.SameName {
		t.Errorf("for the name itself it guesses %+v", got)
	}
	closed := b.mark(actor, "closed")
	if got := b.Same(closed); len(got) != 0 {
		t.Errorf("the same as %q: %v", "closed", got)
	}
	b.open("a1")
	if got := b.Guesses(b.mark(actor, "Workers"), 5); len(got) != 1 || !got[0].Lately || got[0].ByWords() {
		t.Errorf("in another article it guesses %+v", got)
	}
	if got := b.Guesses(b.mark(event, "walked"), 5); len(got) != 0 {
		t.Errorf("for an event it guesses %+v", got)
	}
}

func TestLinkSame(t *testing.T) {
	b := registry(t)
	b.open("a0")
	first := b.mark(actor, "e") // the letter, in several places
	body := b.Doc().Text
	var others []annotate.ID
	for i, r := range body.String() {
		if at := body.RuneOf(i); (r == 'e' || r == 'E') && i > strings.Index(body.String(), "e") {
			b.Select(text.Range{Start: at, End: at + 1})
			_, err := b.Label(actor)
			b.must(err)
			others = append(others, b.Chosen())
		}
	}
	if len(others) < 3 || !slices.Equal(b.Same(first), others) {
		t.Fatalf("the same are %v, want %v", b.Same(first), others)
	}
	_, err := b.LinkNewEntity([]annotate.ID{first}, "", "E")
	b.must(err)
	n, err := b.LinkSame(first)
	if err != nil || n != len(others) || len(b.Same(first)) != 0 {
		t.Errorf("linked %d of %d: %v", n, len(others), err)
	}
	b.settle()
	b.must(b.Undo(context.Background()))
	if len(b.Same(first)) != len(others) {
		t.Error("one undo does not take all back")
	}
}

func TestMergeSplitDelete(t *testing.T) {
	b := registry(t)
	var ids []annotate.ID
	for _, m := range []struct{ article, words, name string }{
		{"a0", "Ilse Brandvik", "Ilse Brandvik"}, {"a1", "Workers", "I. Brandvik"}, {"a2", "article", ""},
	} {
		b.open(annotate.ID(m.article))
		span := b.mark(actor, m.words)
		if m.name == "" {
			b.must(b.LinkEntity([]annotate.ID{span}, ids[1]))
			continue
		}
		id, err := b.LinkNewEntity([]annotate.ID{span}, "", m.name)
		b.must(err)
		ids = append(ids, id)
	}
	second, _ := b.Entity(ids[1])
	second.Attributes = annotate.Values{"country": json.RawMessage(`"NOR"`)}
	b.must(b.ChangeEntity(second))
	b.settle()
	first, _ := b.Entity(ids[0])
	after, clashes := edit.United(first, second)
	if len(clashes) != 0 || after.Attributes.String("country") != "NOR" || !slices.Equal(after.Aliases, []string{"I. Brandvik"}) {
		t.Fatalf("united they are %+v, %v", after, clashes)
	}
	before := b.dump()
	b.write(b.MergeEntities(after, ids[1:]))
	merged := "Ilse Brandvik → Ilse Brandvik; Workers → Ilse Brandvik; article → Ilse Brandvik"
	if got := b.pointing(); got != merged || b.Entities().Len() != 1 {
		t.Errorf("merged: %s", got)
	}
	if span := b.Doc().Spans()[0]; span.Entity != ids[0] {
		t.Error("the open article still shows the old entity")
	}
	b.must(b.Undo(context.Background()))
	b.settle()
	if got := b.dump(); got != before {
		t.Errorf("after undo:\n%s\nwant:\n%s", got, before)
	}
	b.must(b.Redo(context.Background()))
	b.settle()
	found, err := b.store.Mentions(context.Background(), annotate.MentionQuery{Entity: ids[0]})
	b.must(err)
	b.write(b.SplitEntity(ids[0], "The workers", []annotate.Span{found[1].Span}))
	if got := b.pointing(); got != "Ilse Brandvik → Ilse Brandvik; Workers → The workers; article → Ilse Brandvik" {
		t.Errorf("split: %s", got)
	}
	b.write(b.DeleteEntity(ids[0]))
	if got := b.pointing(); got != "Workers → The workers" || b.Entities().Len() != 1 {
		t.Errorf("deleted: %s", got)
	}
	if len(b.Doc().Spans()) != 1 || b.Doc().Spans()[0].Entity != "" {
		t.Errorf("the spans of the deleted entity: %+v", b.Doc().Spans())
	}
}

func TestClashesAreTold(t *testing.T) {
	value := func(s string) annotate.Values {
		return annotate.Values{"country": annotate.StringValue(s), s: json.RawMessage("1")}
	}
	after, clashes := edit.United(annotate.Entity{ID: "1", Name: "A", Aliases: []string{"B"}, Attributes: value("NOR")},
		annotate.Entity{ID: "2", Name: "B", Attributes: value("SWE")}, annotate.Entity{ID: "3", Name: "A", Aliases: []string{"C"}, Attributes: value("NOR")},
		annotate.Entity{ID: "4", Name: "D", Attributes: value("DNK")})
	if got := fmt.Sprintf("%s", clashes); got != `[{country ["NOR" "SWE" "DNK"]}]` {
		t.Errorf("clashes: %s", got)
	}
	if after.Attributes.String("country") != "NOR" || after.Attributes.String("DNK") != "1" || !slices.Equal(after.Aliases, []string{"B", "C", "D"}) {
		t.Errorf("united: %+v", after)
	}
}

// dump is all the project holds but its history.
func (b *bench) dump() string {
	b.t.Helper()
	lines, err := annotest.Dump(context.Background(), b.store)
	b.must(err)
	return strings.Join(slices.DeleteFunc(lines, func(s string) bool { return strings.HasPrefix(s, "change") || strings.HasPrefix(s, "position") }), "\n")
}

// TestEntityStepsComeBack does random things to entities; then every undo and redo
// must lead to the state that was there, and the index must agree with the store.
func TestEntityStepsComeBack(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		b := registry(t)
		for _, id := range []annotate.ID{"a0", "a1", "a2"} {
			b.open(id)
			b.mark(actor, []string{"Ilse", "Workers", "article"}[id[1]-'0'])
			b.mark(event, []string{"port", "walked", "third"}[id[1]-'0'])
		}
		b.settle()
		first, _ := b.NextUndo()
		states := []string{b.state(r)}
		for range rapid.IntRange(1, 8).Draw(r, "steps") {
			was, err := b.store.Position(context.Background())
			b.must(err)
			b.step(r)
			b.settle()
			now, err := b.store.Position(context.Background())
			b.must(err)
			if now > was {
				states = append(states, b.state(r))
			}
		}
		i := len(states) - 1
		for now, ok := b.NextUndo(); ok && now != first; now, ok = b.NextUndo() {
			b.must(b.Undo(context.Background()))
			b.settle()
			if i--; i < 0 || b.state(r) != states[i] {
				r.Fatalf("after undoing %q:\n%s", now.Title, b.state(r))
			}
		}
		for range len(states) - 1 {
			b.must(b.Redo(context.Background()))
			b.settle()
			if i++; b.state(r) != states[i] {
				r.Fatalf("after redo %d:\n%s", i, b.state(r))
			}
		}
	})
}

// state is who points where, after a look whether the index knows as well.
func (b *bench) state(r *rapid.T) string {
	ctx := context.Background()
	all, err := b.store.Entities(ctx)
	b.must(err)
	uses, err := b.store.EntityUses(ctx)
	b.must(err)
	var lines []string
	for _, e := range all {
		known, ok := b.Entity(e.ID)
		if !ok || !annotate.SameRecord(known, e) || b.Entities().Uses(e.ID) != uses[e.ID] {
			r.Fatalf("the index has %+v (%v), %d uses; the store %+v, %d", known, ok, b.Entities().Uses(e.ID), e, uses[e.ID])
		}
		lines = append(lines, fmt.Sprintf("%s %s %s %q %s", e.ID, e.Kind, e.Name, e.Aliases, e.Attributes))
	}
	if b.Entities().Len() != len(all) {
		r.Fatalf("the index has %d entities, the store %d", b.Entities().Len(), len(all))
	}
	return strings.Join(append(lines, b.pointing()), "\n")
}

// step does something to entities, by chance.
func (b *bench) step(r *rapid.T) {
	b.open(rapid.SampledFrom([]annotate.ID{"a0", "a1", "a2"}).Draw(r, "article"))
	span := rapid.SampledFrom(b.Doc().Spans()).Draw(r, "span").ID
	var ids []annotate.ID
	for _, m := range b.Entities().Search(entity.Query{ByName: true}) {
		ids = append(ids, m.Entity.ID)
	}
	name := rapid.SampledFrom([]string{"Ilse", "Brandvik", "Port", "北京"}).Draw(r, "name")
	if len(ids) == 0 {
		_, err := b.LinkNewEntity([]annotate.ID{span}, "", name)
		b.must(err)
		return
	}
	id := rapid.SampledFrom(ids).Draw(r, "entity")
	e, _ := b.Entity(id)
	switch rapid.IntRange(0, 7).Draw(r, "step") {
	case 0:
		_, err := b.LinkNewEntity([]annotate.ID{span}, "", name)
		b.must(err)
	case 1:
		b.must(b.LinkEntity([]annotate.ID{span}, id))
	case 2:
		b.must(b.UnlinkEntity([]annotate.ID{span}))
	case 3:
		e.Name = name
		e.Aliases = append(slices.Clone(e.Aliases), name)
		b.must(b.ChangeEntity(e))
	case 4:
		e.Attributes = e.Attributes.With("country", annotate.StringValue(name))
		b.must(b.ChangeEntity(e))
	case 5:
		other := rapid.SampledFrom(ids).Draw(r, "other")
		if other == id {
			return
		}
		gone, _ := b.Entity(other)
		after, _ := edit.United(e, gone)
		b.write(b.MergeEntities(after, []annotate.ID{other}))
	case 6:
		found, err := b.store.Mentions(context.Background(), annotate.MentionQuery{Entity: id})
		b.must(err)
		var some []annotate.Span
		for _, m := range found[:len(found)/2] {
			some = append(some, m.Span)
		}
		b.write(b.SplitEntity(id, name, some))
	case 7:
		b.write(b.DeleteEntity(id))
	}
}

// TestEntityListIsOneStep takes a list in, takes it back and brings it again, as the
// entity page does.
func TestEntityListIsOneStep(t *testing.T) {
	ctx := context.Background()
	b := registry(t)
	list, err := entity.ReadList(strings.NewReader("name,kind\nVarno,place\nPort,place\nVarno,actor\n"), "list.csv")
	b.must(err)
	plan, err := session.TakeEntityList(ctx, b.store, list, "", annotest.NewEnvAt(annotest.Start, 99))
	b.must(err)
	if step, _ := b.NextUndo(); step.About == session.AboutEntities || plan.Added != 3 {
		t.Fatalf("before: %+v", plan)
	}
	b.write(b.EntityListStep(list, plan))
	for range 2 {
		if step, _ := b.NextUndo(); step.About != session.AboutEntities || step.Title != "Take in the entities of list.csv" || b.Entities().Len() != 3 {
			t.Errorf("the next step is %+v with %d entities", step, b.Entities().Len())
		}
		b.must(b.Undo(ctx))
		if step, _ := b.NextRedo(); step.About != session.AboutEntities || step.Title != "Take in the entities of list.csv" || b.Entities().Len() != 0 {
			t.Errorf("the next step to bring back is %+v with %d entities", step, b.Entities().Len())
		}
		b.must(b.Redo(ctx))
	}
	b.open("a0")
	b.tag(actor, "Ilse")
	if step, _ := b.NextUndo(); step.About != session.AboutArticles {
		t.Error("the step of a span passes for one of entities")
	}
}
