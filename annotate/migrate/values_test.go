package migrate_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/migrate"
)

// choices lists the choices of an attribute with their conditions.
func (p *project) choices(attribute string) string {
	p.Helper()
	var all []string
	for _, c := range p.attribute(attribute).Choices {
		said := c.Name
		if len(c.When) > 0 {
			said += fmt.Sprint(c.When)
		}
		all = append(all, said)
	}
	return strings.Join(all, " ")
}

func (p *project) rule(name string) string {
	for _, r := range p.schema().Rules {
		if r.Name == name {
			return r.Value
		}
	}
	return "(none)"
}

func TestRenameValue(t *testing.T) {
	p := newProject(t)
	a := p.example("a")
	plan := p.does(
		migrate.RenameValue{Attribute: p.attribute("type").ID, From: "STRIKE", To: "WALKOUT"},
		migrate.RenameValue{Attribute: p.attribute("topics").ID, From: "wages", To: "pay"},
		migrate.RenameValue{Attribute: p.attribute("kind").ID, From: "union", To: "labour"},
		migrate.RenameValue{Attribute: p.attribute("genre").ID, From: "satire", To: "humour"},
	)
	if got := p.said(a); !strings.Contains(got, `ae1 event {"mode":"wild","size":"1200","topics":["pay","peace"],"type":"WALKOUT"}`) ||
		!strings.Contains(got, `{"kind":"labour"}`) || !strings.Contains(got, `{"genre":"humour"}`) {
		t.Error(got)
	}
	if got := p.choices("mode"); got != "wildmap[type:[WALKOUT]] calm" {
		t.Errorf("modes are %s", got)
	}
	if string(p.attribute("kind").Default) != `"labour"` || p.rule("needs_attribute") != "type=WALKOUT,MARCH" {
		t.Errorf("default %s, rule %s", p.attribute("kind").Default, p.rule("needs_attribute"))
	}
	if plan.Touched.Values != 4 || plan.Touched.DeletedValues != 0 || plan.Touched.Spans != 2 || plan.Title != "Change the schema (4 steps)" {
		t.Errorf("%s touches %+v", plan.Title, plan.Touched)
	}
	refused(t, p, annotate.ErrInvalid, "has a value “MARCH” already", migrate.RenameValue{Attribute: p.attribute("type").ID, From: "WALKOUT", To: "MARCH"})
	refused(t, p, annotate.ErrNotFound, "has no value “RIOT”", migrate.RenameValue{Attribute: p.attribute("type").ID, From: "RIOT", To: "X"})
	refused(t, p, annotate.ErrInvalid, "A value has no name", migrate.RenameValue{Attribute: p.attribute("type").ID, From: "MARCH"})
}

func TestMergeValues(t *testing.T) {
	p := newProject(t)
	a := p.example("a")
	p.does(migrate.MergeValues{Attribute: p.attribute("topics").ID, From: []string{"wages", "food"}, Into: "peace"},
		migrate.MergeValues{Attribute: p.attribute("type").ID, From: []string{"STRIKE"}, Into: "MARCH"},
		migrate.MergeValues{Attribute: p.attribute("kind").ID, From: []string{"mayor"}, Into: "police"})
	if got := p.said(a); !strings.Contains(got, `"topics":["peace"],"type":"MARCH"`) || strings.Contains(got, "food") {
		t.Error(got)
	}
	if p.choices("topics") != "peace" || p.choices("mode") != "wildmap[type:[MARCH]] calm" || p.rule("needs_attribute") != "type=MARCH" {
		t.Errorf("choices are %s; %s; %s", p.choices("topics"), p.choices("mode"), p.rule("needs_attribute"))
	}
	if w := p.attribute("rank").When; len(w["kind"]) != 1 {
		t.Errorf("the condition is %v", w)
	}
	refused(t, p, annotate.ErrInvalid, "into itself", migrate.MergeValues{Attribute: p.attribute("kind").ID, From: []string{"police"}, Into: "police"})
}

func TestDeleteValue(t *testing.T) {
	p := newProject(t)
	a := p.example("a")
	plan := p.does(migrate.DeleteValue{Attribute: p.attribute("topics").ID, Value: "food"},
		migrate.DeleteValue{Attribute: p.attribute("type").ID, Value: "STRIKE"},
		migrate.DeleteValue{Attribute: p.attribute("genre").ID, Value: "satire", To: "opinion"},
		migrate.DeleteValue{Attribute: p.attribute("kind").ID, Value: "union"})
	if got := p.said(a); !strings.Contains(got, `ae1 event {"mode":"wild","size":"1200","topics":["wages","peace"]}; ae2 event {"size":"some","type":"MARCH"};`) ||
		!strings.Contains(got, `{"genre":"opinion"}`) || !strings.Contains(got, "ab1 body null") {
		t.Error(got)
	}
	if plan.Touched.Values != 4 || plan.Touched.DeletedValues != 3 {
		t.Errorf("touched %+v", plan.Touched)
	}
	if p.choices("mode") != "wild calm" || len(p.attribute("kind").Default) != 0 || p.rule("needs_attribute") != "type=MARCH" {
		t.Errorf("modes are %s", p.choices("mode"))
	}
	refused(t, p, annotate.ErrInvalid, "the only value", migrate.DeleteValue{Attribute: p.attribute("type").ID, Value: "MARCH"})
}

func TestRenameAttribute(t *testing.T) {
	p := newProject(t)
	a := p.example("a")
	p.does(migrate.RenameAttribute{Attribute: p.attribute("kind").ID, Name: "role"}, migrate.RenameAttribute{Attribute: p.attribute("type").ID, Name: "form"},
		migrate.RenameAttribute{Attribute: p.attribute("sure").ID, Name: "certain"}, migrate.RenameAttribute{Attribute: p.attribute("genre").ID, Name: "sort"},
		migrate.RenameAttribute{Attribute: p.attribute("country").ID, Name: "state"})
	if got := p.said(a); !strings.Contains(got, `ap1 person {"rank":"first","role":"mayor"}`) || !strings.Contains(got, `"form":"STRIKE"`) || !strings.Contains(got, `{"sort":"satire"}`) {
		t.Error(got)
	}
	d, err := p.Document(ctx, a)
	p.must(err)
	if r := d.Sets[0].Relations[0]; string(r.Attributes["certain"]) != "true" {
		t.Errorf("the relation has %v", r.Attributes)
	}
	entities, err := p.Entities(ctx)
	p.must(err)
	if string(entities[0].Attributes["state"]) != `"UK"` || string(entities[1].Attributes["country"]) != `"VA"` {
		t.Errorf("entities are %+v: the attribute is of actors", entities)
	}
	if p.choices("mode") != "wildmap[form:[STRIKE]] calm" || p.rule("needs_attribute") != "form=STRIKE,MARCH" || p.attribute("rank").When["role"] == nil {
		t.Errorf("modes are %s, rule %s", p.choices("mode"), p.rule("needs_attribute"))
	}
	refused(t, p, annotate.ErrInvalid, "Two attributes for the same things", migrate.RenameAttribute{Attribute: p.attribute("mode").ID, Name: "form"})
	// Persons have no mode: the name is free for them.
	p.does(migrate.RenameAttribute{Attribute: p.attribute("rank").ID, Name: "mode"})
}

func TestDeleteAttribute(t *testing.T) {
	p := newProject(t)
	a := p.example("a")
	plan := p.does(migrate.DeleteAttribute{Attribute: p.attribute("type").ID}, migrate.DeleteAttribute{Attribute: p.attribute("topics").ID, KeepValues: true},
		migrate.DeleteAttribute{Attribute: p.attribute("genre").ID}, migrate.DeleteAttribute{Attribute: p.attribute("sure").ID},
		migrate.DeleteAttribute{Attribute: p.attribute("country").ID})
	if got := p.said(a); !strings.Contains(got, `ae2 event {"size":"some","topics":["food"]};`) || strings.Contains(got, "genre") {
		t.Error(got)
	}
	want := migrate.Touched{Articles: 1, Sets: 1, Spans: 2, Relations: 1, Entities: 1, Values: 5, DeletedValues: 5}
	if plan.Touched != want {
		t.Errorf("touched %+v, want %+v", plan.Touched, want)
	}
	if p.choices("mode") != "wild calm" || p.rule("needs_attribute") != "(none)" {
		t.Errorf("modes are %s, the rule %s", p.choices("mode"), p.rule("needs_attribute"))
	}
}

func TestRetypeAttribute(t *testing.T) {
	p := newProject(t)
	a := p.example("a")
	plan := p.does(migrate.RetypeAttribute{Attribute: p.attribute("size").ID, Type: annotate.NumberValue})
	if got := p.said(a); !strings.Contains(got, `"size":1200,`) || !strings.Contains(got, `"size":"some"`) {
		t.Error(got)
	}
	if got := strings.Join(plan.Sentences, " "); got != "Attribute “size” becomes a number: 1 value converted. 1 value cannot be converted and stays as it is." {
		t.Error(got)
	}
	plan = p.does(migrate.RetypeAttribute{Attribute: p.attribute("size").ID, Type: annotate.BooleanValue, Drop: true})
	if got := p.said(a); strings.Contains(got, "size") || plan.Touched.DeletedValues != 2 {
		t.Errorf("%s %+v", got, plan.Touched)
	}
}

// A text becomes a list of what was written, and a list becomes a text.
func TestRetypeToChoicesOfValues(t *testing.T) {
	p := newProject(t)
	a := p.example("a")
	p.example("b")
	p.does(migrate.RetypeAttribute{Attribute: p.attribute("rank").ID, Type: annotate.ManyOf}, migrate.RetypeAttribute{Attribute: p.attribute("topics").ID, Type: annotate.TextValue},
		migrate.RetypeAttribute{Attribute: p.attribute("size").ID, Type: annotate.OneOf})
	if got := p.said(a); !strings.Contains(got, `"rank":["first"]`) || !strings.Contains(got, `"topics":"wages, peace"`) {
		t.Error(got)
	}
	if p.choices("rank") != "first" || p.choices("size") != "1200 some" || p.choices("topics") != "" {
		t.Errorf("choices are %s; %s", p.choices("rank"), p.choices("size"))
	}
	p.does(migrate.RetypeAttribute{
		Attribute: p.attribute("topics").ID, Type: annotate.ManyOf,
		Choices: []annotate.Choice{{Name: "WAGES"}, {Name: "peace"}, {Name: "x", Title: "Food"}},
	})
	if got := p.said(a); !strings.Contains(got, `"topics":["WAGES","peace"]`) || !strings.Contains(got, `"topics":["x"]`) {
		t.Error(got)
	}
	var many []annotate.Span
	for i := range migrate.MostChoices + 1 {
		s := p.word(fmt.Sprintf("m%03d", i), "event", 0, vals("size", fmt.Sprint(i)))
		many = append(many, s)
	}
	p.brings("c", nil, many)
	p.does(migrate.RetypeAttribute{Attribute: p.attribute("size").ID, Type: annotate.TextValue})
	refused(t, p, annotate.ErrInvalid, "203 different values, too many", migrate.RetypeAttribute{Attribute: p.attribute("size").ID, Type: annotate.OneOf})
}

func TestConversions(t *testing.T) {
	for _, c := range []struct {
		to       annotate.AttributeType
		from, is string // "" = cannot be
	}{
		{annotate.NumberValue, `" +12 "`, "12"},
		{annotate.NumberValue, `"1,200"`, ""},
		{annotate.NumberValue, `["3"]`, "3"},
		{annotate.NumberValue, "true", ""},
		{annotate.NumberValue, `1.50`, "1.50"},
		{annotate.TextValue, "1.50", `"1.50"`},
		{annotate.TextValue, "true", `"true"`},
		{annotate.TextValue, `["a","b"]`, `"a, b"`},
		{annotate.BooleanValue, `"Yes"`, "true"},
		{annotate.BooleanValue, "0", "false"},
		{annotate.BooleanValue, `"maybe"`, ""},
		{annotate.DateValue, `"2026-03"`, `"2026-03"`},
		{annotate.DateValue, "2026", `"2026"`},
		{annotate.DateValue, `"4 March"`, ""},
		{annotate.DateValue, `"2026-02-30"`, ""},
		{annotate.OneOf, `"A"`, `"a"`},
		{annotate.OneOf, `"Bee"`, `"b"`},
		{annotate.OneOf, `["a"]`, `"a"`},
		{annotate.OneOf, `["a","b"]`, ""},
		{annotate.OneOf, `"c"`, ""},
		{annotate.ManyOf, `"a"`, `["a"]`},
		{annotate.ManyOf, `"a, BEE"`, `["a","b"]`},
		{annotate.ManyOf, `["a","c"]`, ""},
		{annotate.ManyOf, `null`, ""},
		{annotate.TextValue, "null", ""},
	} {
		p := newProject(t)
		a := p.brings("a", nil, []annotate.Span{p.word("e", "event", 0, vals("size", c.from))})
		p.does(migrate.RetypeAttribute{Attribute: p.attribute("size").ID, Type: c.to, Drop: true, Choices: []annotate.Choice{{Name: "a"}, {Name: "b", Title: "Bee"}}})
		want := "e event null"
		if c.is != "" {
			raw, _ := json.Marshal(vals("size", c.is))
			want = "e event " + string(raw)
		}
		if got := p.said(a); got != want {
			t.Errorf("%s as %s is %s, want %s", c.from, c.to, got, want)
		}
	}
}

func TestRelationTypes(t *testing.T) {
	p := newProject(t)
	a := p.example("a")
	plan := p.does(migrate.RenameRelation{Type: p.relation("speaker"), Name: "voice"})
	if len(plan.Ops) != 2 || p.rule("needs_relation") != "voice" {
		t.Errorf("%d ops, rule %s", len(plan.Ops), p.rule("needs_relation"))
	}
	plan = p.does(migrate.MergeRelations{From: []id{p.relation("voice"), p.relation("agent")}, Into: p.relation("says")})
	if got := p.said(a); !strings.Contains(got, "ae1-says>ap1") || strings.Count(got, "aq1-says>ap1") != 1 {
		t.Error(got)
	}
	if plan.Touched.Relations != 3 || plan.Touched.DeletedRelations != 1 || p.rule("needs_relation") != "says" {
		t.Errorf("touched %+v", plan.Touched)
	}
	if s, _ := p.schema().RelationTypeNamed("says"); names(p, s.From) != "quote event" || names(p, s.To) != "person body" {
		t.Errorf("says leads from %s to %s", names(p, s.From), names(p, s.To))
	}
	if got := p.attribute("sure").Labels; !slices.Equal(got, []id{p.relation("says")}) {
		t.Errorf("sure is of %v", got)
	}
	p.does(migrate.Put{Record: annotate.RelationType{Name: "link", Title: "Link"}}, migrate.DeleteRule{Rule: p.schema().Rules[0].ID})
	p.does(migrate.DeleteRelation{Type: p.relation("says"), To: p.relation("link")})
	plan = p.does(migrate.DeleteRelation{Type: p.relation("link")})
	if got := p.said(a); strings.Contains(got, ">") || plan.Touched.DeletedRelations != 2 {
		t.Errorf("%s %+v", got, plan.Touched)
	}
	if got := strings.Join(plan.Sentences, " "); got != "Relation “link” is deleted with its 2 relations in 1 article; attribute “sure” goes as well. Rule “needs_relation link” goes as well: what it is about is gone." {
		t.Error(got)
	}
}

func TestRenameKind(t *testing.T) {
	p := newProject(t)
	p.does(migrate.RenameKind{From: "actor", To: "party"})
	entities, err := p.Entities(ctx)
	p.must(err)
	if got := p.schema().EntityKinds(); !slices.Equal(got, []string{"party", "event"}) || entities[0].Kind != "party" || entities[1].Kind != "place" {
		t.Errorf("kinds are %v, entities %+v", got, entities)
	}
}

// Steps see what those before them did.
func TestStepsInARow(t *testing.T) {
	p := newProject(t)
	a := p.example("a")
	p.does(migrate.RenameAttribute{Attribute: p.attribute("kind").ID, Name: "role"}, migrate.RenameValue{Attribute: p.attribute("kind").ID, From: "mayor", To: "head"},
		migrate.SplitLabel{Label: p.label("person"), Attribute: "role", Parts: []migrate.Part{{Values: []string{"head"}, Label: annotate.Label{Name: "boss"}}}},
		migrate.DeleteLabel{Label: p.label("person"), To: p.label("body")})
	if got := p.said(a); !strings.HasPrefix(got, `ap1 boss {"rank":"first","role":"head"}; ap2 body {"role":"police"}; ab1 body {"role":"union"}`) {
		t.Error(got)
	}
}
