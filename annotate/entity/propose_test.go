package entity

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate"
)

var reasons = map[Reason]string{
	SameName: "name", SameWords: "words", Initials: "initials", PartOfName: "part", HoldsName: "holds",
	Spelling: "spelling", SharedWord: "shared",
}

func proposed(all []Proposal) string {
	var lines []string
	for _, p := range all {
		line := p.Entity.Name
		if p.Alias != "" {
			line = p.Alias + " = " + line
		}
		line += ": " + reasons[p.Reason]
		if p.Shared != "" {
			line += " " + p.Shared
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "; ")
}

func TestProposals(t *testing.T) {
	x := NewIndex(someEntities(), map[annotate.ID]int{"10": 5})
	for _, c := range []struct {
		words string
		q     Query
		want  string
	}{
		{"Ilse Brandvik", Query{}, "Ilse Brandvik: name; Brandvik Shipping: shared brandvik"},
		{"Brandvik", Query{}, "Brandvik Shipping: part; Ilse Brandvik: part"},
		{"BRANDVIK’S", Query{Limit: 1}, "Brandvik Shipping: part"},
		{"Mayor Ilse Brandvik", Query{Limit: 1}, "Ilse Brandvik: holds"},
		{"Mayor Brandvik", Query{Limit: 1}, "Brandvik Shipping: shared brandvik"},
		{"Brandvik, Ilse", Query{Limit: 1}, "Ilse Brandvik: words"},
		{"the Iron Mayor", Query{}, "The Iron Mayor = Ilse Brandvik: name"},
		{"the World Health Organisation", Query{}, "World Health Organization: spelling"},
		{"WHO", Query{}, "WHO = World Health Organization: name"},
		{"UNSC", Query{}, ""},
		{"DUV", Query{}, "Dockers’ Union of Varno: initials"},
		{"duv", Query{}, ""},
		{"who", Query{Prefer: "actor"}, "WHO = World Health Organization: name"},
		{"Ilsa Brandvig", Query{Limit: 1}, "Ilse Brandvik: spelling"},
		{"the dockers' union", Query{}, "Dockers’ Union of Varno: part"},
		{"Varno", Query{Prefer: "place", Limit: 1}, "Varno: name"},
		{"Tomas", Query{}, "Tomas Brandt: part"},
		{"Tomas Vik", Query{}, ""},
		{"北京大学校长", Query{}, "北京大学: holds"},
		{"大学", Query{}, "北京大学: part"},
		{"学", Query{}, ""},
		{"she", Query{}, ""},
		{"the", Query{}, ""},
		{"…", Query{}, ""},
	} {
		if got := proposed(x.Propose(c.words, c.q)); got != c.want {
			t.Errorf("for %q %+v it proposes %s, want %s", c.words, c.q, got, c.want)
		}
	}
}

// TestProposalsMissNothing: whom the comparison with every name finds likely
// enough, the index proposes.
func TestProposalsMissNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []annotate.Entity
		for i := range rapid.IntRange(0, 12).Draw(t, "entities") {
			all = append(all, drawEntity(t, annotate.ID(fmt.Sprint("e", i))))
		}
		x := NewIndex(all, nil)
		words := drawText(t)
		if rapid.Bool().Draw(t, "shout") {
			words = strings.ToUpper(words)
		}
		got := map[annotate.ID]float64{}
		for _, p := range x.Propose(words, Query{}) {
			got[p.Entity.ID] = p.Score
		}
		m := x.mention(words)
		want := map[annotate.ID]float64{}
		for i := range x.names {
			n := &x.names[i]
			e := x.slots[n.slot].entity
			if p, ok := m.compare(n, e); ok && len(m.words) > 0 && p.Score >= worthLeast {
				want[e.ID] = max(want[e.ID], p.Score)
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("%q among %v: got %v, want %v", words, all, got, want)
		}
	})
}
