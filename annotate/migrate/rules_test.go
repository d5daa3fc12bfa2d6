package migrate_test

import (
	"testing"

	"lede/annotate"
	"lede/annotate/migrate"
)

// TestRulesNameThingsAsTheyAreCalled renames, merges and deletes what rules name in
// their values and conditions.
func TestRulesNameThingsAsTheyAreCalled(t *testing.T) {
	p := newProject(t)
	event := p.label("event")
	put := func(name string, label id, value string) migrate.Step {
		return migrate.Put{Record: annotate.Rule{Name: name, Label: label, Value: value}}
	}
	p.does(
		put("apart", event, "quote,body"),
		put("needs_incoming", event, "speaker,says where type=STRIKE"),
		put("ordered", event, "size,mode where mode"), put("min_words", "", "1 where kind=police,mayor"),
	)
	want := func(rules map[string]string) {
		t.Helper()
		for name, value := range rules {
			if got := p.rule(name); got != value {
				t.Errorf("%s is %q, want %q", name, got, value)
			}
		}
	}
	p.does(
		migrate.RenameLabel{Label: p.label("body"), Name: "organisation"},
		migrate.RenameRelation{Type: p.relation("says"), Name: "utters"},
		migrate.RenameAttribute{Attribute: p.attribute("mode").ID, Name: "manner"},
		migrate.RenameValue{Attribute: p.attribute("type").ID, From: "STRIKE", To: "WALKOUT"},
	)
	want(map[string]string{
		"apart": "quote,organisation", "needs_incoming": "speaker,utters where type=WALKOUT",
		"ordered": "size,manner where manner", "needs_attribute": "type=WALKOUT,MARCH",
	})
	p.does(
		migrate.MergeLabels{From: []id{p.label("organisation")}, Into: p.label("person")},
		migrate.DeleteRelation{Type: p.relation("utters")},
		migrate.DeleteValue{Attribute: p.attribute("kind").ID, Value: "police"},
	)
	want(map[string]string{"apart": "quote,person", "needs_incoming": "speaker where type=WALKOUT", "min_words": "1 where kind=mayor"})
	p.does(
		migrate.DeleteLabel{Label: p.label("person")},
		migrate.DeleteAttribute{Attribute: p.attribute("manner").ID},
		migrate.DeleteAttribute{Attribute: p.attribute("type").ID},
	)
	want(map[string]string{"apart": "quote", "min_words": "(none)", "ordered": "(none)", "needs_incoming": "(none)", "needs_attribute": "(none)"})
}

// TestRulesKeepToTheList leaves out values that a list does not have.
func TestRulesKeepToTheList(t *testing.T) {
	p := newProject(t)
	p.example("a") // its event has the size 1200
	p.does(migrate.Put{Record: annotate.Rule{Name: "max_words", Label: p.label("quote"), Value: "3"}},
		migrate.Put{Record: annotate.Rule{Name: "one_fragment", Label: p.label("event"), Value: "where size=1200,9"}})
	p.does(migrate.RetypeAttribute{Attribute: p.attribute("size").ID, Type: annotate.OneOf})
	if got := p.rule("one_fragment"); got != "where size=1200" {
		t.Errorf("of the values that are there: %q", got)
	}
	p.does(migrate.RetypeAttribute{Attribute: p.attribute("type").ID, Type: annotate.OneOf, Choices: []annotate.Choice{{Name: "MARCH"}, {Name: "SIT_IN"}}})
	if got := p.rule("needs_attribute"); got != "type=MARCH" {
		t.Errorf("of the choices that are given: %q", got)
	}
}
