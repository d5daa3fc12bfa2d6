package edit_test

import (
	"errors"
	"slices"
	"testing"

	"lede/annotate"
	"lede/annotate/edit"
	"lede/annotate/text"
)

// related is a state with an actor, an event and two quotes, and relation types
// of every kind: from one label to another, between equals, and free ones.
func related(t *testing.T) (*edit.State, edit.Editor, map[string]annotate.ID) {
	t.Helper()
	s, e := newState(), newEditor()
	s.Schema.RelationTypes = []annotate.RelationType{
		{ID: "speaker", Name: "speaker", Title: "Speaker", From: []annotate.ID{"quote"}, To: []annotate.ID{"actor"}},
		{ID: "about", Name: "about", From: []annotate.ID{"quote"}, To: []annotate.ID{"event", "actor"}},
		{ID: "answers", Name: "answers", From: []annotate.ID{"quote"}, To: []annotate.ID{"quote"}},
	}
	ids := map[string]annotate.ID{}
	for name, at := range map[string]text.Range{"actor": {Start: 0, End: 4}, "quote": {Start: 5, End: 9}, "event": {Start: 10, End: 12}, "other": {Start: 20, End: 25}} {
		label := annotate.ID(name)
		if name == "other" {
			label = "quote"
		}
		c, id, err := e.Tag(s, label, []text.Range{at}, annotate.OriginManual)
		if err != nil {
			t.Fatal(err)
		}
		s.Apply(c)
		ids[name] = id
	}
	return s, e, ids
}

func link(t *testing.T, s *edit.State, e edit.Editor, kind, from, to annotate.ID) annotate.ID {
	t.Helper()
	c, id, err := e.Link(s, kind, from, to)
	if err != nil {
		t.Fatal(err)
	}
	s.Apply(c)
	return id
}

func TestOffersFollowTheSchema(t *testing.T) {
	s, e, ids := related(t)
	link(t, s, e, "speaker", ids["quote"], ids["actor"])
	for _, c := range []struct {
		from, to string
		want     []string
	}{
		{"quote", "actor", []string{"speaker exists", "about"}},
		{"actor", "quote", []string{"speaker reversed exists", "about reversed"}},
		{"actor", "other", []string{"speaker reversed", "about reversed"}},
		{"event", "quote", []string{"about reversed"}},
		{"quote", "other", []string{"answers"}}, // both ways fit: as it was asked for
		{"actor", "event", nil},
		{"quote", "quote", nil}, // the very same span
		{"quote", "none", nil},
	} {
		var got []string
		for _, o := range s.Offers(ids[c.from], ids[c.to]) {
			words := o.Type.Name
			if o.Reversed {
				words += " reversed"
			}
			if o.Exists {
				words += " exists"
			}
			got = append(got, words)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("from %s to %s it offers %q, want %q", c.from, c.to, got, c.want)
		}
	}
}

func TestRelatable(t *testing.T) {
	s, _, _ := related(t)
	s.Schema.RelationTypes = s.Schema.RelationTypes[:1]
	for _, c := range []struct {
		label, kind annotate.ID
		want        bool
	}{
		{"quote", "", true},
		{"actor", "", true},
		{"event", "", false},
		{"quote", "speaker", true},
		{"actor", "speaker", false}, // nobody asked for “speaker of”
	} {
		if got := s.Relatable(c.label, c.kind); got != c.want {
			t.Errorf("%s by %q: %v", c.label, c.kind, got)
		}
	}
}

func TestRetypeAndReverse(t *testing.T) {
	s, e, ids := related(t)
	id := link(t, s, e, "speaker", ids["quote"], ids["actor"])
	was := snapshot(s)
	c, err := e.Retype(s, id, "about")
	if err != nil {
		t.Fatal(err)
	}
	s.Apply(c)
	if r, _ := s.Relation(id); r.Type != "about" || r.From != ids["quote"] {
		t.Errorf("it became %+v", r)
	}
	s.Apply(e.Undo(c))
	if snapshot(s) != was {
		t.Error("undo did not give the type back")
	}
	if _, err := e.Retype(s, id, "speaker"); !errors.Is(err, annotate.ErrNothing) {
		t.Errorf("its own type again: %v", err)
	}
	link(t, s, e, "about", ids["quote"], ids["actor"])
	if _, err := e.Retype(s, id, "about"); !errors.Is(err, annotate.ErrNothing) {
		t.Errorf("a second relation of the same type: %v", err)
	}
	r, _ := s.Relation(id)
	if s.Reversible(r) {
		t.Error("an actor speaks of no quote")
	}
	id = link(t, s, e, "answers", ids["quote"], ids["other"])
	r, _ = s.Relation(id)
	if !s.Reversible(r) {
		t.Fatal("a quote may answer a quote either way")
	}
	if c, err = e.Reverse(s, id); err != nil {
		t.Fatal(err)
	}
	s.Apply(c)
	if r, _ := s.Relation(id); r.From != ids["other"] || r.To != ids["quote"] {
		t.Errorf("reversed: %+v", r)
	}
	if got := s.RelationsOf(ids["other"]); len(got) != 1 || got[0].ID != id {
		t.Errorf("the ends have lost it: %+v", got)
	}
	link(t, s, e, "answers", ids["quote"], ids["other"])
	r, _ = s.Relation(id)
	if s.Reversible(r) {
		t.Error("the other way is taken")
	}
	if _, err := e.Reverse(s, id); !errors.Is(err, annotate.ErrNothing) {
		t.Errorf("reversed onto another: %v", err)
	}
}

func TestTypesForARelation(t *testing.T) {
	s, e, ids := related(t)
	id := link(t, s, e, "answers", ids["quote"], ids["actor"]) // imported: no rule refuses it
	r, _ := s.Relation(id)
	var got []string
	for _, kind := range s.TypesFor(r) {
		got = append(got, kind.Name)
	}
	if !slices.Equal(got, []string{"speaker", "about", "answers"}) {
		t.Errorf("offers %q", got)
	}
}
