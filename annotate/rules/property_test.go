package rules_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/rules"
	"lede/annotate/text"
	"lede/assets/schemas"
)

// everyRule has one of each rule.
const everyRule = `
  - {name: max_words, value: 2}
  - {name: min_words, value: 2}
  - {name: one_fragment}
  - {name: one_paragraph}
  - {name: whole_words}
  - {name: no_outer_blank}
  - {name: no_outer_punctuation}
  - {name: balanced_quotes}
  - {name: has_quotes, value: where form=direct}
  - {name: no_quotes}
  - {name: overlap, value: none}
  - {name: overlap, label: actor, value: nest}
  - {name: no_same_nesting}
  - {name: inside, value: "quote,actor"}
  - {name: apart, value: "event,actor"}
  - {name: needs_relation, value: speaker}
  - {name: needs_incoming, value: "agent,cue"}
  - {name: ends_apart, value: "speaker,agent"}
  - {name: different_ends, value: "agent,recipient,speaker"}
  - {name: needs_attribute, label: event, value: type=AID}
  - {name: ordered, label: event, value: "from,to"}
  - {name: needs_entity}
`

// drawn is anything that an annotator could have said of a text, and more.
func drawn(t *rapid.T, s *annotate.Schema) (*text.Text, annotate.SetData) {
	txt := text.New(annotest.Text().Draw(t, "text"))
	data := annotate.SetData{Set: annotate.AnnotationSet{ID: "set", Fields: annotest.Values().Draw(t, "fields")}}
	if txt.Len() == 0 {
		return txt, data
	}
	label := rapid.SampledFrom(append(labelIDs(s), "gone"))
	n := rapid.IntRange(0, 12).Draw(t, "spans")
	for i := range n {
		data.Spans = append(data.Spans, annotate.Span{
			ID: annotate.ID(fmt.Sprintf("s%02d", i)), Label: label.Draw(t, "label"),
			Fragments: annotest.Fragments(txt.Len()).Draw(t, "fragments"), Attributes: anyValues(t, s),
			Entity: rapid.SampledFrom([]annotate.ID{"", "actor", "place"}).Draw(t, "entity"),
		})
	}
	slices.SortStableFunc(data.Spans, func(a, b annotate.Span) int {
		return annotate.CompareSpans(a, b, func(id annotate.ID) string { return string(id) })
	})
	end := rapid.Map(rapid.IntRange(0, max(n, 1)), func(i int) annotate.ID { return annotate.ID(fmt.Sprintf("s%02d", i)) })
	for i := range rapid.IntRange(0, 8).Draw(t, "relations") {
		kind := s.RelationTypes[rapid.IntRange(0, len(s.RelationTypes)-1).Draw(t, "kind")].ID
		data.Relations = append(data.Relations, annotate.Relation{
			ID: annotate.ID(fmt.Sprintf("r%02d", i)), Type: kind, From: end.Draw(t, "from"), To: end.Draw(t, "to"), Attributes: anyValues(t, s),
		})
	}
	return txt, data
}

func labelIDs(s *annotate.Schema) []annotate.ID {
	var ids []annotate.ID
	for _, l := range s.Labels {
		ids = append(ids, l.ID)
	}
	return ids
}

func anyValues(t *rapid.T, s *annotate.Schema) annotate.Values {
	v := annotest.Values().Draw(t, "values")
	for range rapid.IntRange(0, 3).Draw(t, "known") {
		a := s.Attributes[rapid.IntRange(0, len(s.Attributes)-1).Draw(t, "attribute")]
		raw := rapid.SampledFrom([]string{`"AID"`, `"riot"`, `"direct"`, `"2026-03"`, `2026`, `["war","x"]`, `[]`, `null`, `{"a":1}`, `""`, `"x"`, `true`, `[["a"]]`}).Draw(t, "raw")
		v = v.With(a.Name, json.RawMessage(raw))
	}
	return v
}

// TestAnything checks what anybody could say of any text: it never fails, says the
// same twice, stays within the text, and names what is there.
func TestAnything(t *testing.T) {
	s := schemaOf(t, everyRule)
	c := rules.Compile(s).WithEntities(func(id annotate.ID) (annotate.Entity, bool) { return annotate.Entity{Kind: string(id)}, true })
	if len(c.Faults()) > 0 {
		t.Fatal(c.Faults())
	}
	rapid.Check(t, func(t *rapid.T) {
		txt, data := drawn(t, s)
		found := c.Check(txt, data)
		if again := c.Check(txt, data); !slices.Equal(found, again) {
			t.Fatalf("not the same twice:\n%+v\n%+v", found, again)
		}
		spans := map[annotate.ID]bool{}
		for _, span := range data.Spans {
			spans[span.ID] = true
		}
		last := 0
		for _, w := range found {
			if w.Span == "" {
				if !w.Range.Empty() || w.Field == "" {
					t.Fatalf("about nothing: %+v", w)
				}
				continue
			}
			if !spans[w.Span] || w.Range.Empty() || w.Range.Start < 0 || w.Range.End > txt.Len() || w.Text == "" {
				t.Fatalf("%+v in a text of %d", w, txt.Len())
			}
			at := slices.IndexFunc(data.Spans, func(s annotate.Span) bool { return s.ID == w.Span })
			if at < last {
				t.Fatalf("out of order: %+v", found)
			}
			last = at
		}
	})
}

// TestAreasOfAnything compares the sweeps with a look at every pair of parts.
func TestAreasOfAnything(t *testing.T) {
	for rule, pair := range map[string]func(a, b text.Range, alike bool) bool{
		"{name: overlap, value: none}": func(a, b text.Range, _ bool) bool { return a.Overlaps(b) },
		"{name: overlap, value: nest}": func(a, b text.Range, _ bool) bool { return a.Overlaps(b) && !holds(a, b) && !holds(b, a) },
		"{name: no_same_nesting}":      func(a, b text.Range, alike bool) bool { return alike && (holds(a, b) || holds(b, a)) },
	} {
		s := schemaOf(t, noise+"  - {name: off, value: duplicate}\n  - "+rule+"\n")
		c := rules.Compile(s)
		rapid.Check(t, func(t *rapid.T) {
			txt, data := drawn(t, s)
			data.Relations = nil
			for i := range data.Spans {
				data.Spans[i].Attributes = nil
			}
			data.Set.Fields = nil
			want := false
			for i, a := range data.Spans {
				for _, b := range data.Spans[:i] {
					if a.Label == b.Label && slices.Equal(a.Fragments, b.Fragments) {
						continue // twins count once
					}
					for _, x := range a.Fragments {
						for _, y := range b.Fragments {
							want = want || pair(x, y, a.Label == b.Label)
						}
					}
				}
			}
			if got := c.Check(txt, data); (len(got) > 0) != want {
				t.Fatalf("%s: %v, want %v", rule, got, want)
			}
		})
	}
	s := schemaOf(t, noise+"  - {name: inside, label: cue, value: quote}\n  - {name: apart, label: cue, value: quote}\n")
	c, quote, cue := rules.Compile(s), s.Labels[2].ID, s.Labels[3].ID
	rapid.Check(t, func(t *rapid.T) {
		txt, data := drawn(t, s)
		data.Relations = nil
		want := map[string]map[annotate.ID]bool{rules.Inside: {}, rules.Apart: {}}
		for i := range data.Spans {
			data.Spans[i].Attributes = nil
			a := data.Spans[i]
			if twin := slices.ContainsFunc(data.Spans[:i], func(b annotate.Span) bool { return a.Label == b.Label && slices.Equal(a.Fragments, b.Fragments) }); a.Label != cue || twin {
				continue
			}
			for _, x := range a.Fragments {
				in := false
				for _, b := range data.Spans {
					for _, y := range b.Fragments {
						in = in || b.Label == quote && holds(y, x)
						if b.Label == quote && x.Overlaps(y) {
							want[rules.Apart][a.ID] = true
						}
					}
				}
				if !in {
					want[rules.Inside][a.ID] = true
				}
			}
		}
		for name, spans := range want {
			got := 0
			for _, w := range c.Check(txt, data) {
				if w.Rule == name {
					got++
					if !spans[w.Span] {
						t.Fatalf("%s: %s is not among %v", name, w.Span, spans)
					}
				}
			}
			if got != len(spans) {
				t.Fatalf("%s: %d, want %v", name, got, spans)
			}
		}
	})
}

func holds(outer, inner text.Range) bool { return outer.Start <= inner.Start && inner.End <= outer.End }

func TestValuesReadBack(t *testing.T) {
	for _, c := range [][2]string{
		{"max_words", "3"},
		{"overlap", "nest"},
		{"off", "choice"},
		{"no_outer_blank", ""},
		{"has_quotes", "where form=direct,mixed and sure"},
		{"needs_relation", "a,b where type=AID"},
		{"needs_attribute", "mode=riot,strike where type"},
		{"ordered", "from,to"},
	} {
		v, err := rules.Parse(c[0], c[1])
		kind, _ := rules.KindOf(c[0])
		if got := v.String(kind); err != nil || got != c[1] {
			t.Errorf("%s: %q became %q, %v", c[0], c[1], got, err)
		}
	}
}

func TestRewrite(t *testing.T) {
	n := rules.Renames{
		Labels: map[string]string{"quote": "speech", "cue": ""}, Relations: map[string]string{"speaker": "source", "agent": "by", "recipient": "by"},
		Attributes: map[string]string{"mode": "how", "gone": ""}, Values: map[string]map[string]string{"type": {"AID": "HELP", "SANCTION": "", "PEACE": "war, peace"}},
	}
	for _, c := range []struct {
		name, value, want string
		ok                bool
	}{
		{"max_words", "3", "3", true},
		{"inside", "quote,cue", "speech", true},
		{"apart", "cue", "", false},
		{"needs_relation", "speaker where type=AID,SANCTION", "source where type=HELP", true},
		{"needs_relation", "speaker where type=SANCTION", "", false},
		{"different_ends", "agent,recipient", "", false},
		{"needs_attribute", "mode=riot where type=AID", "how=riot where type=HELP", true},
		{"needs_attribute", "gone", "", false},
		{"needs_attribute", "type=SANCTION", "", false},
		{"has_quotes", "where gone", "", false},
		{"unknown", "quote", "quote", true},
		{"needs_entity", "where type=PEACE", "", false},
	} {
		got, ok := rules.Rewrite(annotate.Rule{Name: c.name, Value: c.value}, n)
		if ok != c.ok || ok && got.Value != c.want {
			t.Errorf("%s %q: %q %v, want %q %v", c.name, c.value, got.Value, ok, c.want, c.ok)
		}
	}
}

// TestAllIsWrittenDown finds every rule and check in the documentation, and every
// rule in the schema that editors read.
func TestAllIsWrittenDown(t *testing.T) {
	page, err := os.ReadFile("../../docs/schema.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range slices.Concat(rules.List, rules.Checks) {
		if !strings.Contains(string(page), "`"+k.Name+"`") {
			t.Errorf("docs/schema.md does not have %s", k.Name)
		}
	}
	var file struct {
		Defs struct {
			Rule struct {
				Properties struct {
					Name struct{ Enum []string }
				}
			}
		} `json:"$defs"`
	}
	if err := json.Unmarshal(schemas.JSONSchema, &file); err != nil {
		t.Fatal(err)
	}
	if got := file.Defs.Rule.Properties.Name.Enum; !slices.Equal(got, rules.Names(rules.List)) {
		t.Errorf("lede-schema.json has %v", got)
	}
}
