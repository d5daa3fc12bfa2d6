package entity

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate"
)

func someEntities() []annotate.Entity {
	return []annotate.Entity{
		{ID: "1", Kind: "actor", Name: "Ilse Brandvik", Aliases: []string{"The Iron Mayor"}},
		{ID: "2", Kind: "actor", Name: "Tomas Brandt"},
		{ID: "3", Kind: "actor", Name: "World Health Organization", Aliases: []string{"WHO", "OMS"}},
		{ID: "4", Kind: "place", Name: "Varno"},
		{ID: "5", Kind: "place", Name: "São Tomé"},
		{ID: "6", Kind: "event", Name: "Varno port strike"},
		{ID: "7", Kind: "actor", Name: "José Pérez"},
		{ID: "8", Kind: "place", Name: "北京大学"},
		{ID: "9", Kind: "actor", Name: "U.N. Security Council"},
		{ID: "10", Kind: "actor", Name: "Brandvik Shipping"},
		{ID: "11", Kind: "place", Name: "Łódź"},
		{ID: "12", Kind: "actor", Name: "نقابة عمال الموانئ"},
		{ID: "13", Kind: "actor", Name: "Dockers’ Union of Varno"},
	}
}

func TestKeys(t *testing.T) {
	k := newKeyer()
	for name, want := range map[string]string{
		"PEREZ, José":        "perez jose",
		"Łódź":               "lodz",
		"U.N. Council":       "un council",
		"J.F. Kennedy":       "jf kennedy",
		"St. John":           "st john",
		"Brandvik’s":         "brandvik",
		"the dockers’ union": "the dockers union",
		"O'Brien":            "o brien",
		"Straße":             "strasse",
		"نِقَابَةُ":          "نقابة",
		"が":                  "が",
		"हिन्दी":             "हिन्दी",
		"…":                  "",
		"G-20 (2026)":        "g 20 2026",
	} {
		want = k.folder.Fold(want)
		if got := k.key(name); got != want {
			t.Errorf("the key of %q is %q, want %q", name, got, want)
		}
	}
}

// named writes a list of matches down.
func named(found []Match) string {
	var all []string
	for _, m := range found {
		line := m.Entity.Name
		if m.Alias != "" {
			line += " (" + m.Alias + ")"
		}
		if m.Near {
			line += "?"
		}
		all = append(all, line)
	}
	return strings.Join(all, "; ")
}

func TestTypeAhead(t *testing.T) {
	x := NewIndex(someEntities(), map[annotate.ID]int{"10": 5, "4": 2})
	for _, c := range []struct {
		q    Query
		want string
	}{
		{Query{Text: "varno"}, "Varno; Varno port strike; Dockers’ Union of Varno"},
		{Query{Text: "bran", Limit: 3}, "Brandvik Shipping; Ilse Brandvik; Tomas Brandt"},
		{Query{Text: "il bra"}, "Ilse Brandvik"},
		{Query{Text: "who"}, "World Health Organization (WHO)"},
		{Query{Text: "iron"}, "Ilse Brandvik (The Iron Mayor)"},
		{Query{Text: "perez"}, "José Pérez"},
		{Query{Text: "lodz"}, "Łódź"},
		{Query{Text: "大学"}, "北京大学"},
		{Query{Text: "الموانئ"}, "نقابة عمال الموانئ"},
		{Query{Text: "duv"}, "Dockers’ Union of Varno"},
		{Query{Text: "brnadvik"}, "Brandvik Shipping?; Ilse Brandvik?"},
		{Query{Text: "varno", Kind: "event"}, "Varno port strike"},
		{Query{Text: "bran", Kind: "place"}, ""},
		{Query{Text: "xyzzy"}, ""},
		{Query{Text: "—"}, ""},
		{Query{Kind: "place", Limit: 2}, "Varno; Łódź"},
		{Query{Kind: "place", ByName: true}, "Łódź; São Tomé; Varno; 北京大学"},
	} {
		if got := named(x.Search(c.q)); got != c.want {
			t.Errorf("%+v finds %s, want %s", c.q, got, c.want)
		}
	}
}

func drawText(t *rapid.T) string {
	word := rapid.StringMatching(`[abAé]{1,3}|abcdefgh?i?|abdcefg|北京?|[ab]\.b\.`)
	return strings.Join(rapid.SliceOfN(word, 0, 3).Draw(t, "words"), rapid.SampledFrom([]string{" ", "-"}).Draw(t, "between"))
}

func drawEntity(t *rapid.T, id annotate.ID) annotate.Entity {
	e := annotate.Entity{ID: id, Kind: rapid.SampledFrom([]string{"actor", "place"}).Draw(t, "kind"), Name: drawText(t)}
	for range rapid.IntRange(0, 2).Draw(t, "aliases") {
		e.Aliases = append(e.Aliases, drawText(t))
	}
	return e
}

// drawChange changes a project, and says how as a change.
func drawChange(t *rapid.T, project map[annotate.ID]annotate.Entity, uses map[annotate.ID]int) annotate.Change {
	var c annotate.Change
	n := rapid.SampledFrom([]int{1, 2, 3, 250}).Draw(t, "ops")
	for i := range n {
		id := annotate.ID(fmt.Sprint("e", rapid.IntRange(0, 15).Draw(t, "which")))
		old, there := project[id]
		switch {
		case there && i%3 == 1 && uses[id] == 0:
			c.Ops = append(c.Ops, annotate.Delete(old))
			delete(project, id)
		case there && i%3 == 2:
			c.Ops = append(c.Ops, annotate.Create(annotate.Span{ID: "s", Entity: id}))
			uses[id]++
		default:
			e := drawEntity(t, id)
			op := annotate.Create(e)
			if there {
				op = annotate.Update(old, e)
			}
			c.Ops = append(c.Ops, op)
			project[id] = e
		}
	}
	return c
}

// TestWordsAlike holds the walk through the sorted words against comparing each.
func TestWordsAlike(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfDistinct(rapid.StringMatching(`[abcé]{1,9}`), func(s string) string { return s }).Draw(t, "words")
		slices.Sort(words)
		x := &Index{}
		for _, w := range words {
			x.term(w)
		}
		word := rapid.StringMatching(`[abcé]{4,9}`).Draw(t, "word")
		most := slips(word)
		for _, begins := range []bool{false, true} {
			var got, want []string
			for _, a := range x.alike(word, most, begins) {
				got = append(got, a.text)
			}
			l := newLadder(word)
			for _, w := range words {
				d := osa([]rune(word), []rune(w))
				for i := 0; begins && i < len([]rune(w)); i++ {
					d = min(d, osa([]rune(word), []rune(w)[:i]))
				}
				if d <= most {
					want = append(want, w)
				}
				if by := l.distance(w, most, begins); by != min(d, most+1) {
					t.Fatalf("the distance of %q and %q is %d, want %d", word, w, by, d)
				}
			}
			if !slices.Equal(got, want) {
				t.Fatalf("like %q (begins: %v) are %q, want %q, of %q", word, begins, got, want, words)
			}
		}
	})
}

// osa is the distance between two words by its definition.
func osa(a, b []rune) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		for j := range d[i] {
			switch {
			case i == 0 || j == 0:
				d[i][j] = i + j
				continue
			case a[i-1] == b[j-1]:
				d[i][j] = d[i-1][j-1]
			default:
				d[i][j] = 1 + min(d[i-1][j-1], d[i-1][j], d[i][j-1])
			}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], 1+d[i-2][j-2])
			}
		}
	}
	return d[len(a)][len(b)]
}
