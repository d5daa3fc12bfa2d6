package annotate_test

import (
	"encoding/json"
	"slices"
	"testing"

	"lede/annotate"
)

func values(pairs ...string) annotate.Values {
	v := annotate.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v[pairs[i]] = json.RawMessage(pairs[i+1])
	}
	return v
}

func TestHolds(t *testing.T) {
	for _, c := range []struct {
		when annotate.When
		v    annotate.Values
		want bool
	}{
		{nil, nil, true},
		{annotate.When{"type": {"PROTEST"}}, nil, false},
		{annotate.When{"type": {"PROTEST", "COERCE"}}, values("type", `"COERCE"`), true},
		{annotate.When{"type": {"PROTEST"}}, values("type", `"COERCE"`), false},
		{annotate.When{"type": {"PROTEST"}, "known": {"true"}}, values("type", `"PROTEST"`), false},
		{annotate.When{"type": {"PROTEST"}, "known": {"true"}}, values("type", `"PROTEST"`, "known", "true"), true},
		{annotate.When{"context": {"legal"}}, values("context", `["economic","legal"]`), true},
		{annotate.When{"context": {"legal"}}, values("context", `[]`), false},
		{annotate.When{"size": {"3"}}, values("size", "3"), true},
	} {
		if got := annotate.Holds(c.when, c.v); got != c.want {
			t.Errorf("%v with %s: %v", c.when, c.v, got)
		}
	}
}

func TestOffered(t *testing.T) {
	mode := annotate.Attribute{Name: "mode", Type: annotate.OneOf, When: annotate.When{"factuality": {"actual"}}, Choices: []annotate.Choice{
		{Name: "demo", When: annotate.When{"type": {"PROTEST"}}},
		{Name: "riot", When: annotate.When{"type": {"PROTEST"}}},
		{Name: "visit", When: annotate.When{"type": {"CONSULT"}}},
	}}
	offered := func(v annotate.Values) (names []string) {
		for _, c := range mode.Offered(v) {
			names = append(names, c.Name)
		}
		return names
	}
	protest := values("type", `"PROTEST"`, "factuality", `"actual"`)
	if got := offered(protest); !slices.Equal(got, []string{"demo", "riot"}) || !mode.Applies(protest) {
		t.Errorf("offered are %v", got)
	}
	if aid := values("type", `"AID"`, "factuality", `"actual"`); len(offered(aid)) != 0 || mode.Applies(aid) {
		t.Error("a type without modes is asked for one")
	}
	if planned := values("type", `"PROTEST"`, "factuality", `"future"`); mode.Applies(planned) {
		t.Error("its own condition does not count")
	}
	if note := (annotate.Attribute{Name: "note", Type: annotate.TextValue}); !note.Applies(nil) || note.Offered(nil) != nil {
		t.Error("an attribute without conditions does not apply")
	}
}

func TestEntityKinds(t *testing.T) {
	s := annotate.Schema{
		Labels: []annotate.Label{{ID: "a", Entity: "actor"}, {ID: "q"}, {ID: "p", Entity: "place"}, {ID: "s", Entity: "actor"}},
		Attributes: []annotate.Attribute{
			{ID: "1", Scope: annotate.EntityScope, Name: "wikidata"},
			{ID: "2", Scope: annotate.EntityScope, Name: "sector", Labels: []annotate.ID{"s"}},
			{ID: "3", Scope: annotate.EntityScope, Name: "geonames", Labels: []annotate.ID{"p", "q"}},
			{ID: "4", Scope: annotate.SpanScope, Name: "kind"},
		},
		RelationTypes: []annotate.RelationType{{ID: "r1", From: []annotate.ID{"a"}}, {ID: "r2"}, {ID: "r3", From: []annotate.ID{"q", "p"}}},
	}
	if got := s.EntityKinds(); !slices.Equal(got, []string{"actor", "place"}) {
		t.Errorf("kinds are %v", got)
	}
	for kind, want := range map[string]string{"actor": "12", "place": "13", "other": "1", "": "1"} {
		got := ""
		for _, a := range s.EntityAttributes(kind) {
			got += string(a.ID)
		}
		if got != want {
			t.Errorf("attributes of %q: %s, want %s", kind, got, want)
		}
	}
	got := ""
	for _, r := range s.RelationTypesFrom("q") {
		got += string(r.ID)
	}
	if got != "r2r3" {
		t.Errorf("types from q: %s", got)
	}
}
