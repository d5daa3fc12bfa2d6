package session_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate"
	"lede/app/session"
)

func at(article string, offset int) session.Place {
	return session.Place{Article: annotate.ID(article), Title: "Title " + article, Offset: offset}
}

func TestPlacesGoBackAndForward(t *testing.T) {
	var p session.Places
	if _, ok := p.Back(at("a", 0)); ok {
		t.Fatal("there is nothing to go back to yet")
	}
	p.Leave(at("a", 0))
	p.Leave(at("b", 5000))
	for _, step := range []struct {
		forward  bool
		now      session.Place
		want     string
		wantNone bool
	}{
		{false, at("c", 10), "b 5000", false},
		{false, at("b", 5000), "a 0", false},
		{false, at("a", 0), "", true},
		{true, at("a", 0), "b 5000", false},
		{true, at("b", 5100), "c 10", false}, // scrolled a little meanwhile
		{true, at("c", 10), "", true},
		{false, at("c", 10), "b 5100", false},
	} {
		peek, go1 := p.NextBack, p.Back
		if step.forward {
			peek, go1 = p.NextForward, p.Forward
		}
		seen, _ := peek(step.now)
		got, ok := go1(step.now)
		if ok == step.wantNone || got != seen {
			t.Fatalf("%+v: %+v %v, announced %+v", step, got, ok, seen)
		}
		if said := fmt.Sprintf("%s %d", got.Article, got.Offset); ok && said != step.want {
			t.Fatalf("%+v: went to %s", step, said)
		}
	}
}

func TestSmallMovesAreNoPlaces(t *testing.T) {
	var p session.Places
	p.Leave(at("a", 0))
	p.Leave(at("a", 100))
	p.Leave(at("a", 200)) // three are one: the last
	if to, ok := p.Back(at("b", 0)); !ok || to.Offset != 200 {
		t.Errorf("went to %+v", to)
	}
	if to, ok := p.Back(at("a", 250)); ok {
		t.Errorf("a place that is here already is not gone to: %+v", to)
	}
}

func TestAJumpEndsForward(t *testing.T) {
	var p session.Places
	p.Leave(at("a", 0))
	p.Back(at("b", 0))
	p.Leave(at("a", 0))
	if to, ok := p.Forward(at("c", 0)); ok {
		t.Errorf("forward leads to %+v after a jump elsewhere", to)
	}
}

func TestPlacesInALostArticleAreForgotten(t *testing.T) {
	var p session.Places
	p.Leave(at("a", 0))
	p.Leave(at("b", 0))
	p.Leave(at("b", 9000))
	p.Forget("b")
	if to, ok := p.Back(at("c", 0)); !ok || to.Article != "a" {
		t.Errorf("went to %+v", to)
	}
}

// However one goes about, forward undoes back.
func TestForwardUndoesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var p session.Places
		draw := func(name string) session.Place {
			return at(rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, name), 1000*rapid.IntRange(0, 5).Draw(t, name+" offset"))
		}
		now := draw("start")
		for range rapid.IntRange(0, 300).Draw(t, "jumps") {
			p.Leave(now)
			now = draw("to")
		}
		end := now
		var path []session.Place
		for {
			to, ok := p.Back(now)
			if !ok {
				break
			}
			if to.Article == now.Article && to.Offset == now.Offset {
				t.Fatalf("back led nowhere: %+v", to)
			}
			path, now = append(path, now), to
		}
		if len(path) > 200 {
			t.Fatalf("%d places are remembered", len(path))
		}
		for i := len(path) - 1; i >= 0; i-- {
			to, ok := p.Forward(now)
			if !ok || to != path[i] {
				t.Fatalf("forward led to %+v, want %+v", to, path[i])
			}
			now = to
		}
		if now != end {
			t.Fatalf("ended at %+v, want %+v", now, end)
		}
	})
}
