package session_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/app/session"
)

// asking is a store whose schema asks for the country of actors and the factuality of
// events.
func asking(t *testing.T) annotate.Store {
	t.Helper()
	store := newStore(t)
	env := annotest.NewEnv()
	_, err := store.Apply(context.Background(), annotate.Change{ID: env.NewID() + "-schema", Actor: "ana", Cause: annotate.CauseManual, Title: "Schema", Ops: []annotate.Op{
		annotate.Create(annotate.Attribute{ID: "a-country", Scope: annotate.SpanScope, Labels: []annotate.ID{actor}, Name: "country", Title: "Country", Type: annotate.TextValue}),
		annotate.Create(annotate.Attribute{
			ID: "a-fact", Scope: annotate.SpanScope, Labels: []annotate.ID{event}, Name: "factuality", Title: "Factuality",
			Type: annotate.OneOf, Choices: []annotate.Choice{{Name: "actual"}, {Name: "future"}}, Default: json.RawMessage(`"actual"`),
		}),
		annotate.Create(annotate.Attribute{ID: "a-wire", Scope: annotate.DocumentScope, Name: "wire", Title: "Wire", Type: annotate.TextValue}),
	}})
	if err != nil {
		t.Fatal(err)
	}
	return store
}

func (b *bench) set(name, value string) {
	b.t.Helper()
	b.must(b.AlterAttribute(b.ChosenAll(), name, func(annotate.Values) json.RawMessage { return annotate.StringValue(value) }))
}

// values says what the chosen spans have.
func (b *bench) values() string {
	var all []string
	for _, id := range b.ChosenAll() {
		span, _ := b.Doc().Span(id)
		raw, err := json.Marshal(span.Attributes)
		b.must(err)
		all = append(all, string(raw))
	}
	return fmt.Sprint(all)
}

func (b *bench) has(what, want string) {
	b.t.Helper()
	if got := b.values(); got != want {
		b.t.Errorf("%s: %s, want %s", what, got, want)
	}
}

func TestDefaultsAndKeptValuesAreGivenOnTagging(t *testing.T) {
	store := asking(t)
	b := start(t, store, "ana")
	b.open("a0")
	b.tag(event, "Nobody")
	b.has("a default", `[{"factuality":"actual"}]`)
	b.Keep(event, "factuality", annotate.StringValue("future"))
	if _, told := b.events[len(b.events)-1].(session.KeptChanged); !told {
		t.Errorf("the window heard %T", b.events[len(b.events)-1])
	}
	b.tag(event, "closed")
	b.has("kept", `[{"factuality":"future"}]`)
	if did, err := b.Label(actor); !did || err != nil {
		t.Fatal(did, err)
	}
	b.has("a kept value is the person's, and stays", `[{"factuality":"future"}]`)
	b.Keep(event, "factuality", nil)
	if len(b.AllKept()) > 0 {
		t.Errorf("still kept: %v", b.AllKept())
	}
	b.tag(event, "goes")
	b.has("let go", `[{"factuality":"actual"}]`)
	b.must(b.Undo(context.Background()))
	b.must(b.Redo(context.Background()))
	b.settle()
	again := start(t, store, "ana")
	again.open("a0")
	spans := again.Doc().Spans()
	if v := spans[1].Attributes.String("factuality"); len(spans) != 3 || v != "actual" {
		t.Errorf("on disk %d spans, the second is %q", len(spans), v)
	}
}

func TestSeveralSpansAreOneStepOfUndo(t *testing.T) {
	b := start(t, asking(t), "ana")
	b.open("a0")
	b.tag(actor, "Ilse")
	b.set("country", "NOR")
	b.tag(actor, "Brandvik")
	b.ChooseAlike()
	b.set("country", "SWE")
	b.has("both", `[{"country":"SWE"} {"country":"SWE"}]`)
	b.must(b.Undo(context.Background()))
	b.ChooseAlike()
	b.has("one step back", `[{"country":"NOR"} null]`)
}

func TestSameAsBefore(t *testing.T) {
	b := start(t, asking(t), "ana")
	b.open("a0")
	same := func(wantWords string, wantFound bool) {
		t.Helper()
		words, found, err := b.CopyAttributes()
		if words != wantWords || found != wantFound || err != nil {
			t.Errorf("%q %v %v", words, found, err)
		}
	}
	same("", false)
	b.tag(actor, "Ilse")
	same("", false)
	b.set("country", "NOR")
	b.tag(actor, "Brandvik")
	b.tag(actor, "port")
	same("Ilse", true) // the one between has nothing
	b.has("from the nearest that has any", `[{"country":"NOR"}]`)
	b.must(b.Undo(context.Background()))
	b.has("undone", `[null]`)
	b.ChooseAlike()
	same("", true) // all are chosen: as the one filled in last
	b.has("in one step", `[{"country":"NOR"} {"country":"NOR"} {"country":"NOR"}]`)
	b.open("a1")
	b.tag(actor, "Workers")
	same("", true)
	b.has("from another article", `[{"country":"NOR"}]`)
	b.tag(event, "walked")
	same("", false)
}

func TestRecentValues(t *testing.T) {
	store := asking(t)
	b := start(t, store, "ana")
	country := b.Schema().AttributesOf(annotate.SpanScope, actor)[0]
	b.open("a0")
	b.tag(actor, "Ilse")
	for _, v := range []string{"NOR", "SWE", "NOR"} {
		b.set("country", v)
	}
	b.must(b.SetField("wire", annotate.StringValue("EPA")))
	b.settle()
	if got := b.Recent(country); !slices.Equal(got, []string{"NOR", "SWE"}) {
		t.Errorf("recent in the session: %q", got)
	}
	again := start(t, store, "ben")
	again.open("a1")
	again.tag(actor, "Workers")
	again.set("country", "DNK")
	if got := again.Recent(country); !slices.Equal(got, []string{"DNK", "NOR", "SWE"}) {
		t.Errorf("recent in the project: %q", got)
	}
	wire := annotate.Attribute{ID: "a-wire"}
	if got := again.Recent(wire); !slices.Equal(got, []string{"EPA"}) {
		t.Errorf("recent of a document field: %q", got)
	}
}
