package schema_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lede/annotate"
	"lede/annotate/schema"
	"lede/assets/codes"
	"lede/assets/schemas"
)

func pack(t *testing.T, name string) *schema.File {
	t.Helper()
	raw, ok := schemas.Read(name)
	if !ok {
		t.Fatalf("there is no schema %s", name)
	}
	f, err := schema.Parse(name+".yaml", raw)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestPacksAreWhole: whoever begins with a pack finds everything said, and no two
// labels that look alike.
func TestPacksAreWhole(t *testing.T) {
	for _, name := range schemas.Names() {
		f := pack(t, name)
		if f.Title == "" || f.Description == "" {
			t.Errorf("%s has no title or description", name)
		}
		looks, keys := map[string]string{}, map[string]string{}
		for i, l := range f.Labels {
			look := l.Color + string(l.Pattern)
			if looks[look] != "" {
				t.Errorf("%s: %s and %s look alike", name, looks[look], l.Name)
			}
			if keys[l.Hotkey] != "" {
				t.Errorf("%s: %s and %s have the key %s", name, keys[l.Hotkey], l.Name, l.Hotkey)
			}
			if want := "1234567890"; i < len(want) && l.Hotkey != want[i:i+1] {
				t.Errorf("%s: label %d, %s, has the key %s", name, i+1, l.Name, l.Hotkey)
			}
			looks[look], keys[l.Hotkey] = l.Name, l.Name
		}
		for _, r := range f.Relations {
			if r.Description == "" || len(r.From) == 0 || len(r.To) == 0 {
				t.Errorf("%s: relation %s has no description, or is offered everywhere", name, r.Name)
			}
		}
		for _, a := range f.Attributes {
			if a.Description == "" {
				t.Errorf("%s: attribute %s has no description", name, a.Name)
			}
		}
	}
}

// choices are the names that an attribute offers, each with the value of the
// attribute by that it depends on.
func choices(t *testing.T, f *schema.File, scope annotate.Scope, name, by string) []string {
	t.Helper()
	var all []string
	for _, a := range f.Attributes {
		if a.Name != name || a.Scope != scope {
			continue
		}
		for _, c := range a.Choices {
			if by == "" {
				all = append(all, c.Name)
				continue
			}
			for _, v := range c.When[by] {
				all = append(all, v+" "+c.Name)
			}
		}
	}
	slices.Sort(all)
	return all
}

func codesOf(list []codes.Code, which string, of bool) []string {
	var all []string
	for _, c := range codes.Of(list, which) {
		if of {
			all = append(all, c.Of+" "+c.Code)
		} else {
			all = append(all, c.Code)
		}
	}
	slices.Sort(all)
	return all
}

// TestCodesOfPacks: the codes of a codebook are all there, and no others.
func TestCodesOfPacks(t *testing.T) {
	news, acled := pack(t, "news"), pack(t, "acled")
	types := append(codesOf(codes.Plover(), codes.Types, false), "other")
	for _, c := range []struct {
		what      string
		got, want []string
	}{
		{"types", choices(t, news, annotate.SpanScope, "type", ""), types},
		{"modes", choices(t, news, annotate.SpanScope, "mode", "type"), codesOf(codes.Plover(), codes.Modes, true)},
		{"contexts of events", choices(t, news, annotate.SpanScope, "context", ""), codesOf(codes.Plover(), codes.Contexts, false)},
		{"contexts of articles", choices(t, news, annotate.DocumentScope, "contexts", ""), codesOf(codes.Plover(), codes.Contexts, false)},
		{"sectors of mentions", choices(t, news, annotate.SpanScope, "sector", ""), codesOf(codes.Plover(), codes.Sectors, false)},
		{"sectors of actors", choices(t, news, annotate.EntityScope, "sector", ""), codesOf(codes.Plover(), codes.Sectors, false)},
		{"event types", choices(t, acled, annotate.SpanScope, "event_type", ""), codesOf(codes.ACLED(), codes.Types, false)},
		{"sub-event types", choices(t, acled, annotate.SpanScope, "sub_event_type", "event_type"), codesOf(codes.ACLED(), codes.SubTypes, true)},
		{"kinds of actors", choices(t, acled, annotate.SpanScope, "inter", ""), codesOf(codes.ACLED(), codes.Inter, false)},
		{"kinds of actors", choices(t, acled, annotate.EntityScope, "inter", ""), codesOf(codes.ACLED(), codes.Inter, false)},
		{"time precisions", choices(t, acled, annotate.SpanScope, "time_precision", ""), codesOf(codes.ACLED(), codes.TimeSpread, false)},
		{"place precisions", choices(t, acled, annotate.SpanScope, "geo_precision", ""), codesOf(codes.ACLED(), codes.GeoSpread, false)},
	} {
		slices.Sort(c.want)
		if len(c.got) == 0 || !slices.Equal(c.got, c.want) {
			t.Errorf("%s: %s", c.what, cmp.Diff(c.want, c.got))
		}
	}
}

// TestACE: 7 types of entity; 33 kinds of event in 8 families; roles begin at events.
func TestACE(t *testing.T) {
	f := pack(t, "ace")
	entities := 0
	for _, l := range f.Labels {
		if l.Entity == l.Name && l.Name != "event" {
			entities++
		}
	}
	if subtypes := choices(t, f, annotate.SpanScope, "subtype", "type"); entities != 7 || len(subtypes) != 33 ||
		len(choices(t, f, annotate.SpanScope, "type", "")) != 8 || len(f.Relations) != 28 {
		t.Errorf("%d types of entity, %d subtypes, %d roles", entities, len(subtypes), len(f.Relations))
	}
	for _, r := range f.Relations {
		if !slices.Equal(r.From, []string{"event"}) {
			t.Errorf("role %s begins at %v", r.Name, r.From)
		}
	}
}

// TestNewsRoles: the keys Ctrl+1 and on give the roles that are needed most.
func TestNewsRoles(t *testing.T) {
	s := project(pack(t, "news").Records(testEnv()))
	for label, want := range map[string][]string{
		"event": {"actor", "recipient", "place", "time"},
		"quote": {"speaker", "cue", "addressee", "about", "source_phrase"},
	} {
		l, _ := s.LabelNamed(label)
		var got []string
		for _, r := range s.RelationTypesFrom(l.ID) {
			got = append(got, r.Name)
		}
		if !slices.Equal(got, want) {
			t.Errorf("from %s lead %v, not %v", label, got, want)
		}
	}
	if kinds := s.EntityKinds(); !slices.Equal(kinds, []string{"actor", "event", "place"}) {
		t.Errorf("kinds of entity: %v", kinds)
	}
	for kind, want := range map[string][]string{
		"actor": {"kind", "country", "sector", "wikidata"},
		"place": {"country", "wikidata", "lat", "lon", "admin1", "admin2", "geonames"},
		"event": {"wikidata", "start_date", "end_date", "form", "issue", "size", "place"},
	} {
		var got []string
		for _, a := range s.EntityAttributes(kind) {
			got = append(got, a.Name)
		}
		if !slices.Equal(got, want) {
			t.Errorf("a %s has %v, not %v", kind, got, want)
		}
	}
}
