package edit_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/edit"
	"lede/annotate/schema"
	"lede/assets/schemas"
)

// newsSchema is the schema that ships, as records.
func newsSchema(t *testing.T) *annotate.Schema {
	t.Helper()
	raw, ok := schemas.Read("news")
	if !ok {
		t.Fatal("there is no news schema")
	}
	f, err := schema.Parse("news", raw)
	if err != nil {
		t.Fatal(err)
	}
	s := &annotate.Schema{}
	var ops []annotate.Op
	for _, r := range f.Records(annotest.NewEnv()) {
		ops = append(ops, annotate.Create(r))
	}
	return s.After(annotate.Change{Ops: ops})
}

func editor() edit.Editor { return edit.Editor{Env: annotest.NewEnv(), Actor: "ana"} }

func named(t *testing.T, s *annotate.Schema, name string) annotate.Label {
	t.Helper()
	l, ok := s.LabelNamed(name)
	if !ok {
		t.Fatalf("there is no label %q", name)
	}
	return l
}

func names(s *annotate.Schema) string {
	var all []string
	for _, l := range s.Labels {
		all = append(all, l.Name)
	}
	return strings.Join(all, " ")
}

func TestEditSchemaTouchesWhatDiffersAlone(t *testing.T) {
	s, e := newsSchema(t), editor()
	actor, event := named(t, s, "actor"), named(t, s, "event")
	actor.Color = "#123456"
	c, err := e.EditSchema(s, "Recolour Actor", actor, event)
	if err != nil || len(c.Ops) != 1 || c.Title != "Recolour Actor" || !c.TouchesSchema() {
		t.Fatalf("%+v, %v", c, err)
	}
	after := s.After(c)
	if named(t, after, "actor").Color != "#123456" || named(t, s, "actor").Color == "#123456" {
		t.Error("the change is not in the schema after it alone")
	}
	if after.Version != s.Version+1 {
		t.Errorf("the version went from %d to %d", s.Version, after.Version)
	}
	back := after.After(e.Undo(c))
	if !annotate.SameRecord(named(t, back, "actor"), named(t, s, "actor")) {
		t.Error("undo did not give the colour back")
	}
	if _, err := e.EditSchema(s, "Nothing", event); !errors.Is(err, annotate.ErrNothing) {
		t.Errorf("no difference is %v", err)
	}
}

func TestArrange(t *testing.T) {
	s, e := newsSchema(t), editor()
	id := func(name string) annotate.ID { return named(t, s, name).ID }
	for want, order := range map[string][]annotate.ID{
		"event actor quote cue place time source_phrase": {id("event"), id("actor")},
		"actor time quote cue place event source_phrase": {id("time"), id("event")},
		"source_phrase actor event quote cue place time": {id("source_phrase"), id("actor"), id("event"), id("quote"), id("cue"), id("place"), id("time")},
	} {
		c, err := e.Arrange(s, "Reorder labels", annotate.KindLabel, order)
		if err != nil {
			t.Fatal(err)
		}
		if got := names(s.After(c)); got != want {
			t.Errorf("the order is %s, want %s", got, want)
		}
	}
	if _, err := e.Arrange(s, "As it is", annotate.KindLabel, []annotate.ID{id("actor"), id("time")}); !errors.Is(err, annotate.ErrNothing) {
		t.Errorf("the order as it is gives %v", err)
	}
}

// What EditSchema refuses with a sentence, and what it takes.
func TestEditSchemaRefuses(t *testing.T) {
	s, e := newsSchema(t), editor()
	label := func(alter func(*annotate.Label)) annotate.Record {
		l := named(t, s, "actor")
		alter(&l)
		return l
	}
	relation := func(alter func(*annotate.RelationType)) annotate.Record {
		r, _ := s.RelationTypeNamed("speaker")
		alter(&r)
		return r
	}
	kind := s.Attributes[slices.IndexFunc(s.Attributes, func(a annotate.Attribute) bool { return a.Name == "kind" })]
	attribute := func(alter func(*annotate.Attribute)) annotate.Record {
		a := kind
		a.Choices = slices.Clone(a.Choices)
		alter(&a)
		return a
	}
	for name, c := range map[string]struct {
		record annotate.Record
		want   string // in the sentence; "" = it is taken
	}{
		"a new title":             {label(func(l *annotate.Label) { l.Title = "Person" }), ""},
		"a new name":              {label(func(l *annotate.Label) { l.Name = "who" }), ""},
		"no name":                 {label(func(l *annotate.Label) { l.Name = " " }), "needs a name"},
		"a name with a line":      {label(func(l *annotate.Label) { l.Name = "a\nb" }), "one line"},
		"a name that is taken":    {label(func(l *annotate.Label) { l.Name = "event" }), `"event" already`},
		"a key that is taken":     {label(func(l *annotate.Label) { l.Hotkey = "2" }), "that of Event"},
		"a key of two letters":    {label(func(l *annotate.Label) { l.Hotkey = "ab" }), "a digit or a letter"},
		"a letter of any script":  {label(func(l *annotate.Label) { l.Hotkey = "ж" }), ""},
		"a colour by name":        {label(func(l *annotate.Label) { l.Color = "red" }), "#0072b2"},
		"its own parent":          {label(func(l *annotate.Label) { l.Parent = l.ID }), "a kind of itself"},
		"a parent that is gone":   {label(func(l *annotate.Label) { l.Parent = "nobody" }), "not there"},
		"a kind of entity":        {label(func(l *annotate.Label) { l.Entity = "person" }), ""},
		"at most below at least":  {relation(func(r *annotate.RelationType) { r.Min, r.Max = 3, 2 }), "cannot both hold"},
		"a negative number":       {relation(func(r *annotate.RelationType) { r.Min = -1 }), "below 0"},
		"a relation's name taken": {relation(func(r *annotate.RelationType) { r.Name = "cue" }), `"cue" already`},
		"a list without values":   {attribute(func(a *annotate.Attribute) { a.Choices = nil }), "at least one value"},
		"a text with values":      {attribute(func(a *annotate.Attribute) { a.Type = annotate.TextValue }), "Only lists"},
		"a value twice":           {attribute(func(a *annotate.Attribute) { a.Choices = append(a.Choices, a.Choices[0]) }), "there twice"},
		"a value without a name":  {attribute(func(a *annotate.Attribute) { a.Choices[0].Name = "" }), "needs a name"},
		"an attribute's name":     {attribute(func(a *annotate.Attribute) { a.Name = "country" }), "for the same things"},
	} {
		_, err := e.EditSchema(s, "Change it", c.record)
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%s is refused: %v", name, err)
		case c.want != "" && (!errors.Is(err, annotate.ErrInvalid) || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s gives %v, want a sentence with %q", name, err, c.want)
		}
	}
}

func TestParentsInACircleAreRefused(t *testing.T) {
	s, e := newsSchema(t), editor()
	actor, event := named(t, s, "actor"), named(t, s, "event")
	actor.Parent = event.ID
	c, err := e.EditSchema(s, "", actor)
	if err != nil {
		t.Fatal(err)
	}
	event.Parent = actor.ID
	if _, err := e.EditSchema(s.After(c), "", event); !errors.Is(err, annotate.ErrInvalid) {
		t.Errorf("a circle gives %v", err)
	}
}

// A schema that was edited can be written to a file and read from it.
func TestEditedSchemaIsAFile(t *testing.T) {
	s, e := newsSchema(t), editor()
	l := annotate.Label{ID: "new", Name: "new", Title: "New", Color: "#000000", Hotkey: "n", Entity: "thing", Order: edit.NextOrder(s, annotate.KindLabel)}
	a := annotate.Attribute{
		ID: "a", Scope: annotate.SpanScope, Labels: []annotate.ID{"new"}, Name: "n", Type: annotate.OneOf,
		Choices: []annotate.Choice{{Name: "x"}, {Name: "y"}}, Order: edit.NextOrder(s, annotate.KindAttribute),
	}
	c, err := e.EditSchema(s, "Add", l, a)
	if err != nil {
		t.Fatal(err)
	}
	after := s.After(c)
	if last := after.Labels[len(after.Labels)-1]; last.Name != "new" {
		t.Errorf("the last label is %s", last.Name)
	}
	raw, err := schema.Of(after).Write()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := schema.Parse("edited", raw); err != nil {
		t.Errorf("the file of it is refused: %v", err)
	}
}
