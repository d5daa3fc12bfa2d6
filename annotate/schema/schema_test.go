package schema_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"lede/annotate"
	"lede/annotate/schema"
	"lede/assets/schemas"
)

func testEnv() annotate.Env {
	n := 0
	return annotate.Env{
		Now:   func() time.Time { return time.Unix(0, 0) },
		NewID: func() annotate.ID { n++; return annotate.ID(fmt.Sprintf("id%d", n)) },
	}
}

// project is the schema that records make up.
func project(records []annotate.Record) *annotate.Schema {
	s := &annotate.Schema{}
	for _, r := range records {
		switch r := r.(type) {
		case annotate.Label:
			s.Labels = append(s.Labels, r)
		case annotate.Attribute:
			s.Attributes = append(s.Attributes, r)
		case annotate.RelationType:
			s.RelationTypes = append(s.RelationTypes, r)
		case annotate.Rule:
			s.Rules = append(s.Rules, r)
		}
	}
	slices.SortFunc(s.Labels, func(a, b annotate.Label) int { return a.Order - b.Order })
	return s
}

// apply does ops to a schema, as a Store does.
func apply(s *annotate.Schema, ops []annotate.Op) *annotate.Schema {
	var records []annotate.Record
	collect := func(r annotate.Record) {
		for _, op := range ops {
			if op.ID == r.RecordID() {
				if op.After != nil {
					records = append(records, op.After)
				}
				return
			}
		}
		records = append(records, r)
	}
	for _, l := range s.Labels {
		collect(l)
	}
	for _, a := range s.Attributes {
		collect(a)
	}
	for _, t := range s.RelationTypes {
		collect(t)
	}
	for _, r := range s.Rules {
		collect(r)
	}
	for _, op := range ops {
		if op.Before == nil {
			records = append(records, op.After)
		}
	}
	sorted := project(records)
	slices.SortFunc(sorted.Attributes, func(a, b annotate.Attribute) int { return a.Order - b.Order })
	slices.SortFunc(sorted.RelationTypes, func(a, b annotate.RelationType) int { return a.Order - b.Order })
	return sorted
}

func parse(t *testing.T, text string) *schema.File {
	t.Helper()
	f, err := schema.Parse("s.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestShippedSchemas(t *testing.T) {
	for _, name := range schemas.Names() {
		raw, _ := schemas.Read(name)
		f, err := schema.Parse(name+".yaml", raw)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name != name {
			t.Errorf("schema %s calls itself %q", name, f.Name)
		}
		for _, l := range f.Labels {
			if l.Color == "" || l.ColorDark == "" || l.Pattern == "" || l.Hotkey == "" || l.Guideline == "" || l.Description == "" {
				t.Errorf("%s: label %s lacks a look, a key or a guideline", name, l.Name)
			}
		}
		s := project(f.Records(testEnv()))
		if d := f.Diff(s, testEnv()); len(d.Ops) != 0 {
			t.Errorf("%s: a project made from it differs from it: %+v", name, d.Ops)
		}
	}
}

func TestNewsSchemaIsTheOneOfTheDesign(t *testing.T) {
	raw, _ := schemas.Read("news")
	f, err := schema.Parse("news.yaml", raw)
	if err != nil {
		t.Fatal(err)
	}
	var labels []string
	for _, l := range f.Labels {
		labels = append(labels, l.Hotkey+" "+l.Name+" "+string(l.Pattern))
	}
	want := []string{
		"1 actor solid", "2 event dashed", "3 quote double", "4 cue dotted", "5 place solid", "6 time double", "7 source_phrase dashed",
	}
	if diff := cmp.Diff(want, labels); diff != "" {
		t.Error(diff)
	}
	s := project(f.Records(testEnv()))
	quote, _ := s.LabelNamed("quote")
	actor, _ := s.LabelNamed("actor")
	var between []string
	for _, r := range s.RelationTypesBetween(quote.ID, actor.ID) {
		between = append(between, r.Name)
	}
	if diff := cmp.Diff([]string{"speaker", "addressee", "about"}, between); diff != "" {
		t.Error(diff)
	}
	for _, a := range f.Attributes {
		if n := len(a.Choices); a.Name == "type" && n != 17 || a.Name == "sector" && n != 25 || a.Name == "context" && n != 37 {
			t.Errorf("%s has %d choices", a.Name, n)
		}
	}
}

func TestParseRefusesWithLineAndReason(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"empty", "", "s.yaml: it is empty"},
		{"no yaml", "labels:\n  - name: [", "s.yaml:2: this is not YAML"},
		{"tab", "labels:\n\t- actor", "s.yaml:2: this is not YAML"},
		{"not UTF-8", "labels: [\xff]", "s.yaml: it is not UTF-8"},
		{"a list", "- actor", "s.yaml:1: a schema must be fields"},
		{"unknown field", "labels:\n  - name: a\n    colour: x", `s.yaml:3: a label has no field "colour"; it may have name, title, color`},
		{"field twice", "labels:\n  - name: a\n    name: b", `s.yaml:3: a label has the field "name" twice`},
		{"second document", "labels: []\n---\nlabels: []", "a second begins"},
		{"no name", "labels:\n  - title: A", "s.yaml:2: a label has no name"},
		{"label twice", "labels: [a]\nrelations: []\n", ""},
		{"same label", "labels:\n  - a\n  - b\n  - a", `s.yaml:4: the label "a" is there twice`},
		{"unquoted colour", "labels:\n  - name: a\n    color: #0072b2", "s.yaml:3: color is empty; YAML takes # for a comment"},
		{"bad colour", "labels:\n  - {name: a, color: blue}", `the colour "blue" is not like #0072b2`},
		{"bad pattern", "labels:\n  - {name: a, pattern: wavy}", `pattern is "wavy"; it must be one of solid, dashed, double, dotted`},
		{"bad key", "labels:\n  - {name: a, hotkey: F1}", `the hotkey "F1" is neither a digit nor a letter`},
		{"same key", "labels:\n  - {name: a, hotkey: x}\n  - {name: b, hotkey: X}", `s.yaml:3: label "b": the hotkey "X" is that of label "a" already`},
		{"unknown parent", "labels:\n  - {name: a, parent: z}", `its parent "z" is not in this file`},
		{"circle", "labels:\n  - {name: a, parent: b}\n  - {name: b, parent: a}", `label "a" is its own ancestor`},
		{"relation to nowhere", "labels: [a]\nrelations:\n  - {name: r, from: [a], to: [z]}", `s.yaml:3: relation "r" names the label "z"`},
		{"max below min", "labels: [a]\nrelations:\n  - {name: r, min: 2, max: 1}", "max is 1 and min 2"},
		{"relation key", "relations:\n  - {name: r, hotkey: a}", `s.yaml:2: relation "r": the hotkey "a" is not one of 1 to 9`},
		{
			"same relation key", "labels: [a]\nrelations:\n  - {name: r, from: a, hotkey: 1}\n  - {name: q, hotkey: 1}",
			`s.yaml:4: relation "q": the hotkey "1" is that of relation "r" already`,
		},
		{"relation keys apart", "labels: [a, b]\nrelations:\n  - {name: r, from: a, hotkey: 1}\n  - {name: q, from: b, hotkey: 1}", ""},
		{"no number", "attributes:\n  - name: x\n    scope: span\n    default: few\n    type: number", `s.yaml:4: attribute "x": the default few is no number`},
		{"no truth", "attributes:\n  - {name: x, scope: span, type: boolean, default: yes}", "it must be true or false"},
		{"no date", "attributes:\n  - {name: x, scope: span, type: date, default: 4 March}", "date like 2026, 2026-03 or 2026-03-04"},
		{"no choice", "attributes:\n  - {name: x, scope: span, type: one_of, choices: [a], default: b}", "the default b is no choice of it"},
		{"no choices of it", "attributes:\n  - {name: x, scope: span, type: many_of, choices: [a], default: [a, b]}", "the default a, b is no list of its choices"},
		{"two texts", "attributes:\n  - {name: x, scope: span, type: text, default: [a, b]}", "the default a, b is no single text"},
		{"empty default", "attributes:\n  - {name: x, scope: span, type: text, default: }", "default is empty"},
		{
			"attribute when", "attributes:\n  - {name: x, scope: span, type: text, when: {y: b}}",
			`attribute "x": there is no other attribute "y" to depend on`,
		},
		{
			"attribute when without value", "attributes:\n  - {name: y, scope: span, type: one_of, choices: [c]}\n" +
				"  - {name: x, scope: span, type: text, when: {y: [b]}}", `attribute "x": "b" is no choice of "y"`,
		},
		{"when of a list", "attributes:\n  - {name: x, scope: span, type: text, when: [y]}", "when must name attributes with their values"},
		{"negative", "labels: [a]\nrelations:\n  - {name: r, min: -1}", `min is "-1"; it must be a number from 0`},
		{"no scope", "attributes:\n  - {name: x, type: text}", `attribute "x" needs a scope and a type`},
		{"no choices", "attributes:\n  - {name: x, scope: span, type: one_of}", "go together"},
		{"needless choices", "attributes:\n  - {name: x, scope: span, type: text, choices: [a]}", "go together"},
		{"choice twice", "attributes:\n  - {name: x, scope: span, type: one_of, choices: [a, a]}", `the choice "a" is there twice`},
		{"document with labels", "labels: [a]\nattributes:\n  - {name: x, scope: document, labels: [a], type: text}", "documents, which have no labels"},
		{"label for relation", "labels: [a]\nattributes:\n  - {name: x, scope: relation, labels: [a], type: text}", `names the relation "a"`},
		{
			"attribute twice", "labels: [a]\nattributes:\n  - {name: x, scope: span, type: text}\n  - {name: x, scope: span, labels: [a], type: text}",
			`s.yaml:4: the attribute "x" is there twice for the same thing`,
		},
		{
			"when without attribute", "attributes:\n  - {name: x, scope: span, type: one_of, choices: [{name: a, when: {y: [b]}}]}",
			`there is no other attribute "y" to depend on`,
		},
		{
			"when without value", "attributes:\n  - {name: y, scope: span, type: one_of, choices: [c]}\n" +
				"  - {name: x, scope: span, type: one_of, choices: [{name: a, when: {y: [b]}}]}", `"b" is no choice of "y"`,
		},
		{"rule for nothing", "rules:\n  - {name: max_words, label: z}", `rule "max_words" is for the label "z"`},
		{"required maybe", "attributes:\n  - {name: x, scope: span, type: text, required: maybe}", "it must be true or false"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := schema.Parse("s.yaml", []byte(tt.text))
			if tt.want == "" {
				if err != nil {
					t.Fatalf("refused: %v", err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), tt.want) || !errors.Is(err, annotate.ErrInvalid) {
				t.Errorf("got  %v\nwant …%s…", err, tt.want)
			}
		})
	}
}

func TestShortFormsAndDefaults(t *testing.T) {
	f := parse(t, "labels: [PER, source_phrase, 1, yes]\nrelations: [says]\n")
	s := project(f.Records(testEnv()))
	var got []string
	for _, l := range s.Labels {
		got = append(got, l.Name+"|"+l.Title)
		if l.Color == "" || l.ColorDark == "" || l.Pattern == "" {
			t.Errorf("label %s has no look: %+v", l.Name, l)
		}
	}
	if diff := cmp.Diff([]string{"PER|PER", "source_phrase|Source phrase", "1|1", "yes|Yes"}, got); diff != "" {
		t.Error(diff)
	}
	if s.Labels[0].Color == s.Labels[1].Color {
		t.Error("two labels in a row have one colour")
	}
}

func TestDiffMatchesByName(t *testing.T) {
	env := testEnv()
	before := project(parse(t, `
labels:
  - {name: a, color: "#111111", hotkey: "1"}
  - {name: b, parent: c}
  - c
relations:
  - {name: r, from: [a], to: [b]}
attributes:
  - {name: kind, scope: span, labels: [a], type: text}
  - {name: kind, scope: span, labels: [b], type: number}
rules:
  - {name: max_words, label: b, value: "3"}
`).Records(env))
	a, _ := before.LabelNamed("a")
	wanted := parse(t, `
labels:
  - {name: a, color: "#222222", hotkey: "2"}
  - {name: d}
relations:
  - {name: r, from: [a], to: [d]}
attributes:
  - {name: kind, scope: span, labels: [a], type: text}
`)
	d := wanted.Diff(before, env)
	if diff := cmp.Diff([]string{"label d"}, items(d.Added)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"label a", "relation_type r"}, items(d.Changed)); diff != "" {
		t.Error(diff)
	}
	// b hangs below c, so it goes first.
	if diff := cmp.Diff([]string{"rule max_words", "attribute kind", "label b", "label c"}, items(d.Removed)); diff != "" {
		t.Error(diff)
	}
	after := apply(before, d.Ops)
	if now, _ := after.LabelNamed("a"); now.ID != a.ID || now.Color != "#222222" || now.ColorDark != "" {
		t.Errorf("label a became %+v", now)
	}
	if again := wanted.Diff(after, env); len(again.Ops) != 0 {
		t.Errorf("a second apply would change something: %+v", again.Ops)
	}
}

func items(list []schema.Item) []string {
	var all []string
	for _, i := range list {
		all = append(all, string(i.Kind)+" "+i.Name)
	}
	return all
}

// Attributes of one name are told apart by their labels, in whatever order.
func TestDiffTellsAttributesOfOneNameApart(t *testing.T) {
	env := testEnv()
	const kinds = "labels: [a, b]\nattributes:\n  - {name: kind, scope: span, labels: [%s], type: text}\n  - {name: kind, scope: span, labels: [%s], type: text}\n"
	now := project(parse(t, fmt.Sprintf(kinds, "a", "b")).Records(env))
	d := parse(t, fmt.Sprintf(kinds, "b", "a")).Diff(now, env)
	for _, op := range d.Ops {
		before, after := op.Before.(annotate.Attribute), op.After.(annotate.Attribute)
		if !slices.Equal(before.Labels, after.Labels) {
			t.Errorf("attribute %s of %v became that of %v", op.ID, before.Labels, after.Labels)
		}
	}
	if len(d.Ops) != 2 || len(d.Changed) != 2 {
		t.Errorf("%d ops, want 2 that change the order", len(d.Ops))
	}
}

func TestUnknownFieldsOfRecordsStay(t *testing.T) {
	env := testEnv()
	now := project(parse(t, "labels: [a]").Records(env))
	now.Labels[0].Extra = annotate.Extra{"shape": []byte(`"round"`)}
	d := parse(t, "labels: [{name: a, title: Ay}]").Diff(now, env)
	if len(d.Ops) != 1 || string(d.Ops[0].After.(annotate.Label).Extra["shape"]) != `"round"` {
		t.Errorf("ops are %+v", d.Ops)
	}
}

func TestTheExampleOfTheDocsIsASchema(t *testing.T) {
	page, err := os.ReadFile("../../docs/schema.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(page), "```yaml\n")
	example, _, found := strings.Cut(rest, "```")
	if !found {
		t.Fatal("docs/schema.md has no example")
	}
	f, err := schema.Parse("docs/schema.md", []byte(example))
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Labels) != 3 || len(f.Relations) != 1 || len(f.Attributes) != 4 || len(f.Rules) != 1 {
		t.Errorf("the example reads as %+v", f)
	}
}

// Write and Parse are inverse, and Of and Records are, for any schema.
func TestWriteAndParseAreInverse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := drawFile(t)
		raw, err := f.Write()
		if err != nil {
			t.Fatal(err)
		}
		back, err := schema.Parse("s.yaml", raw)
		if err != nil {
			t.Fatalf("%v\n%s", err, raw)
		}
		if diff := cmp.Diff(f, back, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%s\n%s", diff, raw)
		}
		env := testEnv()
		s := project(back.Records(env))
		if d := back.Diff(s, env); len(d.Ops) != 0 {
			t.Fatalf("differs from a project of its own: %+v", d.Ops)
		}
		ofProject, err := schema.Of(s).Write()
		if err != nil {
			t.Fatal(err)
		}
		again, err := schema.Parse("p.yaml", ofProject)
		if err != nil {
			t.Fatalf("%v\n%s", err, ofProject)
		}
		if d := again.Diff(s, env); len(d.Ops) != 0 {
			t.Fatalf("the schema of a project, applied to it, changes it: %+v\n%s", d.Ops, ofProject)
		}
	})
}

func drawFile(t *rapid.T) *schema.File {
	free := rapid.OneOf(
		rapid.SampledFrom([]string{"", "yes", "null", "~", "1e3", "0x10", "2026-03-04", "a: b", "- x", "#no", " blanks ", "’“", "北京", "two\nlines\n", "'", `"`, "&a", "*b", "!t", "%", "@", "`", "|", ">", "=", "<<", "[x]", "{y}", "?"}),
		rapid.String(),
	).Filter(func(s string) bool { return !strings.ContainsAny(s, "\x00") })
	name := free.Filter(func(s string) bool { return s != "" && !strings.ContainsAny(s, "\n\r") })
	names := rapid.SliceOfNDistinct(name, 1, 5, rapid.ID[string]).Draw(t, "names")
	some := rapid.Custom(func(t *rapid.T) []string {
		return rapid.SliceOfNDistinct(rapid.SampledFrom(names), 0, 2, rapid.ID[string]).Draw(t, "some")
	})
	f := &schema.File{Name: free.Draw(t, "schema"), Description: free.Draw(t, "about")}
	for i, n := range names {
		l := schema.Label{
			Name: n, Title: free.Draw(t, "title"), Guideline: free.Draw(t, "guideline"),
			Color:   rapid.SampledFrom([]string{"", "#0072b2", "#000000"}).Draw(t, "color"),
			Pattern: rapid.SampledFrom([]annotate.Pattern{"", annotate.Double}).Draw(t, "pattern"),
			Hotkey:  []string{"", "1", "0", "a", "é", ""}[i],
			Entity:  rapid.OneOf(rapid.Just(""), name).Draw(t, "entity"),
		}
		if i > 0 {
			l.Parent = rapid.SampledFrom(append([]string{""}, names[:i]...)).Draw(t, "parent")
		}
		f.Labels = append(f.Labels, l)
	}
	for _, n := range rapid.SliceOfNDistinct(name, 0, 3, rapid.ID[string]).Draw(t, "relations") {
		f.Relations = append(f.Relations, schema.Relation{Name: n, Description: free.Draw(t, "about"), Hotkey: []string{"", "9", "1"}[len(f.Relations)], From: some.Draw(t, "from"), To: some.Draw(t, "to"), Max: rapid.IntRange(0, 3).Draw(t, "max")})
	}
	for _, n := range rapid.SliceOfNDistinct(name, 0, 3, rapid.ID[string]).Draw(t, "attributes") {
		a := schema.Attribute{Name: n, Scope: annotate.SpanScope, Labels: some.Draw(t, "labels"), Type: annotate.OneOf, Required: rapid.Bool().Draw(t, "required")}
		for _, c := range rapid.SliceOfNDistinct(name, 1, 3, rapid.ID[string]).Draw(t, "choices") {
			a.Choices = append(a.Choices, schema.Choice{Name: c, Title: free.Draw(t, "title")})
		}
		a.Description = free.Draw(t, "about")
		drawDefault(t, &a, free)
		if len(f.Attributes) > 0 && len(a.Labels) == 0 {
			other := f.Attributes[0]
			a.When = annotate.When{other.Name: {"x"}}
			if len(other.Choices) > 0 {
				a.When = annotate.When{other.Name: {other.Choices[0].Name}}
			}
			if len(a.Choices) > 0 {
				a.Choices[0].When = a.When
			}
		}
		f.Attributes = append(f.Attributes, a)
	}
	return f
}

// drawDefault gives an attribute another type, and a default that fits it.
func drawDefault(t *rapid.T, a *schema.Attribute, free *rapid.Generator[string]) {
	plain := func(kind annotate.AttributeType, values ...string) {
		a.Type, a.Choices = kind, nil
		a.Default = json.RawMessage(rapid.SampledFrom(values).Draw(t, "default"))
	}
	switch rapid.IntRange(0, 6).Draw(t, "type") {
	case 0:
		plain(annotate.TextValue, "")
		a.Default = annotate.StringValue(free.Draw(t, "default"))
	case 1:
		plain(annotate.NumberValue, "0", "-1.50", "1e3", "12e-7", "9007199254740993")
	case 2:
		plain(annotate.BooleanValue, "true", "false")
	case 3:
		plain(annotate.DateValue, `"2026"`, `"2026-03"`, `"2026-03-04"`)
	case 4:
		a.Default = annotate.StringValue(a.Choices[0].Name)
	case 5:
		a.Type = annotate.ManyOf
		a.Default = append(append(json.RawMessage("["), annotate.StringValue(a.Choices[0].Name)...), ']')
	}
}

func FuzzParse(f *testing.F) {
	for _, name := range schemas.Names() {
		raw, _ := schemas.Read(name)
		f.Add(raw)
	}
	f.Add([]byte("labels: &a [*a]"))
	f.Add([]byte("a: &a [x]\nlabels: [*a, *a]"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		file, err := schema.Parse("f.yaml", raw)
		if err != nil {
			return
		}
		written, err := file.Write()
		if err != nil {
			t.Fatalf("%v\n%q", err, raw)
		}
		if _, err := schema.Parse("g.yaml", written); err != nil {
			t.Fatalf("%v\n%q\n%s", err, raw, written)
		}
	})
}
