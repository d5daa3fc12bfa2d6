package edit_test

import (
	"encoding/json"
	"testing"

	"lede/annotate"
	"lede/annotate/edit"
	"lede/annotate/text"
)

// formSchema asks of an event for its type, a mode that hangs on it, and whether it
// happened; of an actor for its kind.
func formSchema() *annotate.Schema {
	s := newState().Schema
	s.Attributes = []annotate.Attribute{
		{ID: "type", Scope: annotate.SpanScope, Labels: []annotate.ID{"event"}, Name: "type", Title: "Type", Type: annotate.OneOf, Choices: []annotate.Choice{{Name: "PROTEST"}, {Name: "AID"}}},
		{ID: "mode", Scope: annotate.SpanScope, Labels: []annotate.ID{"event"}, Name: "mode", Type: annotate.OneOf, Default: json.RawMessage(`"strike"`), Choices: []annotate.Choice{
			{Name: "strike", When: annotate.When{"type": {"PROTEST"}}},
		}},
		{ID: "fact", Scope: annotate.SpanScope, Labels: []annotate.ID{"event"}, Name: "factuality", Type: annotate.OneOf, Default: json.RawMessage(`"actual"`), Choices: []annotate.Choice{{Name: "actual"}, {Name: "future"}}},
		{ID: "kind", Scope: annotate.SpanScope, Labels: []annotate.ID{"actor"}, Name: "kind", Type: annotate.TextValue},
	}
	return s
}

func said(v annotate.Values) string {
	raw, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(raw)
}

func TestGiven(t *testing.T) {
	schema := formSchema()
	value := annotate.StringValue
	for name, c := range map[string]struct {
		label     annotate.ID
		kept, has annotate.Values
		want      string
	}{
		"the default, and none that does not apply": {"event", nil, nil, `{"factuality":"actual"}`},
		"what is kept goes before the default":      {"event", annotate.Values{"factuality": value("future")}, nil, `{"factuality":"future"}`},
		"what is there goes before all":             {"event", annotate.Values{"type": value("AID")}, annotate.Values{"type": value("PROTEST")}, `{"factuality":"actual","mode":"strike","type":"PROTEST"}`},
		"a kept value lets a default apply":         {"event", annotate.Values{"type": value("PROTEST")}, nil, `{"factuality":"actual","mode":"strike","type":"PROTEST"}`},
		"a kept value that is no longer offered":    {"event", annotate.Values{"type": value("gone")}, nil, `{"factuality":"actual"}`},
		"another label":                             {"actor", nil, nil, `null`},
	} {
		if got := said(edit.Given(schema, c.label, c.kept, c.has)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestDressGivesWithTheLabelAndTakesItsDefaultsBack(t *testing.T) {
	s, e := newState(), newEditor()
	s.Schema = formSchema()
	kept := func(label annotate.ID) annotate.Values {
		if label == "actor" {
			return annotate.Values{"kind": annotate.StringValue("person")}
		}
		return nil
	}
	c, id, err := e.Tag(s, "event", []text.Range{{Start: 0, End: 4}}, annotate.OriginManual)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		label annotate.ID
		want  string
	}{{"event", `{"factuality":"actual"}`}, {"actor", `{"kind":"person"}`}, {"event", `{"factuality":"actual","kind":"person"}`}} {
		if span, ok := s.Span(id); ok && span.Label != step.label {
			if c, err = e.Retag(s, []annotate.ID{id}, step.label); err != nil {
				t.Fatal(err)
			}
		}
		edit.Dress(&c, s.Schema, kept)
		s.Apply(c)
		if span, _ := s.Span(id); said(span.Attributes) != step.want {
			t.Errorf("as %s it has %s, want %s", step.label, said(span.Attributes), step.want)
		}
	}
	// What the person set is not a default of the label any more.
	c, err = e.SetAttribute(s, []annotate.ID{id}, "factuality", annotate.StringValue("future"))
	if err != nil || c.Title != "Set factuality of “Ilse”" {
		t.Errorf("%q %v", c.Title, err)
	}
	s.Apply(c)
	if c, err = e.Retag(s, []annotate.ID{id}, "quote"); err != nil {
		t.Fatal(err)
	}
	edit.Dress(&c, s.Schema, kept)
	s.Apply(c)
	if span, _ := s.Span(id); said(span.Attributes) != `{"factuality":"future","kind":"person"}` {
		t.Errorf("as a quote it has %s", said(span.Attributes))
	}
}

func TestOneStepForSeveralSpans(t *testing.T) {
	s, e := newState(), newEditor()
	s.Schema = formSchema()
	var ids []annotate.ID
	for i := range 3 {
		c, id, err := e.Tag(s, "event", []text.Range{{Start: i * 5, End: i*5 + 3}}, annotate.OriginManual)
		if err != nil {
			t.Fatal(err)
		}
		s.Apply(c)
		ids = append(ids, id)
	}
	before := snapshot(s)
	c, err := e.AlterAttribute(s, ids, "type", func(v annotate.Values) json.RawMessage { return annotate.StringValue("AID") })
	if err != nil || c.Title != "Set Type of 3 spans" || len(c.Ops) != 3 {
		t.Errorf("%+v %v", c, err)
	}
	s.Apply(c)
	d, err := e.CopyAttributes(s, ids[1:], annotate.Values{"type": annotate.StringValue("PROTEST"), "mode": annotate.StringValue("strike")})
	if err != nil || d.Title != "Copy attributes to 2 spans" {
		t.Errorf("%q %v", d.Title, err)
	}
	s.Apply(d)
	for i, want := range []string{`{"type":"AID"}`, `{"mode":"strike","type":"PROTEST"}`, `{"mode":"strike","type":"PROTEST"}`} {
		if span, _ := s.Span(ids[i]); said(span.Attributes) != want {
			t.Errorf("span %d has %s, want %s", i, said(span.Attributes), want)
		}
	}
	s.Apply(e.Undo(d))
	s.Apply(e.Undo(c))
	if snapshot(s) != before {
		t.Error("two steps back are not where it was")
	}
}
