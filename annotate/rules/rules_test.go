package rules_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/rules"
	"lede/annotate/schema"
	"lede/annotate/text"
)

// codebook is the schema of the tests, but for its rules.
const codebook = `
labels:
  - {name: actor, title: Actor}
  - {name: event, title: Event}
  - {name: quote, title: Quote}
  - {name: cue, title: Cue}
relations:
  - {name: speaker, title: Speaker, from: [quote], to: [actor]}
  - {name: cue, title: Cue, from: [quote], to: [cue], min: 1, max: 1}
  - {name: agent, title: Agent, from: [event], to: [actor]}
  - {name: recipient, title: Recipient, from: [event], to: [actor]}
attributes:
  - {name: type, title: Type, scope: span, labels: [event], type: one_of, required: true, choices: [AID, PROTEST, {name: TALK, title: Talks}]}
  - {name: mode, title: Mode, scope: span, labels: [event], type: one_of, choices: [{name: riot, title: Riot, when: {type: [PROTEST]}}]}
  - {name: dead, title: Dead, scope: span, labels: [event], type: number}
  - {name: generic, title: Generic, scope: span, labels: [event], type: boolean}
  - {name: from, title: From, scope: span, labels: [event], type: date}
  - {name: to, title: To, scope: span, labels: [event], type: date}
  - {name: context, title: Context, scope: span, labels: [event], type: many_of, choices: [war, peace]}
  - {name: form, title: Form, scope: span, labels: [quote], type: one_of, choices: [direct, indirect]}
  - {name: sure, title: Sure, scope: relation, labels: [speaker], type: one_of, choices: ["yes", "no"], required: true}
  - {name: genre, title: Genre, scope: document, type: one_of, choices: [news, opinion], required: true}
  - {name: country, title: Country, scope: entity, type: text, required: true}
`

// noise are checks that most tests say nothing of.
const noise = "  - {name: off, value: relation_min}\n  - {name: off, value: required}\n"

func schemaOf(t testing.TB, lines string) *annotate.Schema {
	t.Helper()
	if lines != "" {
		lines = "rules:\n" + lines
	}
	f, err := schema.Parse("test.yaml", []byte(codebook+lines))
	if err != nil {
		t.Fatal(err)
	}
	s := &annotate.Schema{}
	for _, r := range f.Records(counter()) {
		switch r := r.(type) {
		case annotate.Label:
			if r.Name == "actor" {
				r.Entity = "actor"
			}
			s.Labels = append(s.Labels, r)
		case annotate.Attribute:
			s.Attributes = append(s.Attributes, r)
		case annotate.RelationType:
			s.RelationTypes = append(s.RelationTypes, r)
		case annotate.Rule:
			s.Rules = append(s.Rules, r)
		}
	}
	return s
}

func counter() annotate.Env {
	n := 0
	return annotate.Env{NewID: func() annotate.ID { n++; return annotate.ID(fmt.Sprintf("id%03d", n)) }}
}

// doc is the text with what an annotator says of it.
type doc struct {
	t      testing.TB
	schema *annotate.Schema
	text   *text.Text
	data   annotate.SetData
}

func newDoc(t testing.TB, s *annotate.Schema) *doc {
	return &doc{t: t, schema: s, text: text.New(news), data: annotate.SetData{Set: annotate.AnnotationSet{
		ID: "set", Status: annotate.InProgress, Fields: annotate.Values{"genre": annotate.StringValue("news")},
	}}}
}

// span marks words, each a fragment, with a label; attributes are name, JSON, ….
func (d *doc) span(label string, words []string, attributes ...string) annotate.ID {
	d.t.Helper()
	l, ok := d.schema.LabelNamed(label)
	if !ok {
		d.t.Fatalf("no label %q", label)
	}
	var at []text.Range
	from := 0
	for _, w := range words {
		b := strings.Index(d.text.String()[from:], w)
		if b < 0 {
			d.t.Fatalf("no %q in the text", w)
		}
		at = append(at, text.Range{Start: d.text.RuneOf(from + b), End: d.text.RuneOf(from + b + len(w))})
		from += b + len(w)
	}
	s := annotate.Span{ID: annotate.ID(fmt.Sprintf("span%02d", len(d.data.Spans))), Set: "set", Label: l.ID, Fragments: annotate.Normalize(at)}
	for i := 0; i < len(attributes); i += 2 {
		s.Attributes = s.Attributes.With(attributes[i], json.RawMessage(attributes[i+1]))
	}
	d.data.Spans = append(d.data.Spans, s)
	slices.SortStableFunc(d.data.Spans, func(a, b annotate.Span) int {
		return annotate.CompareSpans(a, b, func(id annotate.ID) string { return string(id) })
	})
	return s.ID
}

func (d *doc) link(kind string, from, to annotate.ID, attributes ...string) {
	d.t.Helper()
	t, ok := d.schema.RelationTypeNamed(kind)
	if !ok {
		d.t.Fatalf("no relation %q", kind)
	}
	r := annotate.Relation{ID: annotate.ID(fmt.Sprintf("rel%02d", len(d.data.Relations))), Set: "set", Type: t.ID, From: from, To: to}
	for i := 0; i < len(attributes); i += 2 {
		r.Attributes = r.Attributes.With(attributes[i], json.RawMessage(attributes[i+1]))
	}
	d.data.Relations = append(d.data.Relations, r)
}

// told are the warnings as “rule "words": sentence”.
func (d *doc) told() []string {
	d.t.Helper()
	checker := rules.Compile(d.schema).WithEntities(func(id annotate.ID) (annotate.Entity, bool) {
		return annotate.Entity{ID: id, Kind: string(id), Name: "Name of " + string(id)}, id != "unknown"
	})
	if faults := checker.Faults(); len(faults) > 0 {
		d.t.Fatalf("faults: %v", faults)
	}
	var lines []string
	for _, w := range checker.Check(d.text, d.data) {
		lines = append(lines, fmt.Sprintf("%s %q: %s", w.Rule, d.text.Slice(w.Range), w.Text))
		if kind, ok := rules.KindOf(w.Rule); !ok || kind.Title == "" || w.Severity == "" || !strings.HasSuffix(w.Text, ".") || w.Hint == "" {
			d.t.Errorf("incomplete: %+v", w)
		}
	}
	return lines
}

// words is a list of one part.
func words(s ...string) []string { return s }

func expect(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

const news = "“We will stay,” said Ilse Brandvik of the union , “until Monday.”\nThe police of Varno arrested ten workers, U.N. observers said."

// TestRules has a hit and a miss of every rule.
func TestRules(t *testing.T) {
	for _, c := range []struct {
		rule string // as in a schema file
		make func(d *doc)
		want []string // none = nothing to warn about
	}{
		{
			"{name: max_words, label: event, value: 2}", func(d *doc) { d.span("event", words("police of Varno")) },
			words(`max_words "police of Varno": It has 3 words; Event has at most 2.`),
		},
		{"{name: max_words, label: event, value: 2}", func(d *doc) { d.span("event", words("Varno arrested")); d.span("actor", words("The police of Varno")) }, nil},
		{
			"{name: max_words, label: event, value: 2}", func(d *doc) { d.span("event", words("arrested", "ten workers")) },
			words(`max_words "arrested ten workers": It has 3 words; Event has at most 2.`),
		},
		{
			"{name: min_words, label: actor, value: 2}", func(d *doc) { d.span("actor", words("Ilse")) },
			words(`min_words "Ilse": It has 1 word; Actor has at least 2.`),
		},
		{"{name: min_words, label: actor, value: 2}", func(d *doc) { d.span("actor", words("Ilse Brandvik")) }, nil},
		{
			"{name: one_fragment, label: cue}", func(d *doc) { d.span("cue", words("said", "of")) },
			words(`one_fragment "said Ilse Brandvik of": It is in 2 parts; Cue is one unbroken stretch.`),
		},
		{"{name: one_fragment, label: cue}", func(d *doc) { d.span("cue", words("said")); d.span("quote", words("We", "until")) }, nil},
		{
			"{name: one_paragraph}", func(d *doc) { d.span("event", words("Monday.”\nThe")) },
			words(`one_paragraph "Monday.”\nThe": It runs over a line break.`),
		},
		{"{name: one_paragraph}", func(d *doc) { d.span("event", words("Monday.”", "The")) }, nil},
		{
			"{name: whole_words}", func(d *doc) { d.span("actor", words("orker")) },
			words(`whole_words "orker": It begins or ends inside a word.`),
		},
		{"{name: whole_words}", func(d *doc) { d.span("actor", words("workers")); d.span("actor", words("U.N.")) }, nil},
		{
			"{name: no_outer_blank}", func(d *doc) { d.span("actor", words("police ")) },
			words(`no_outer_blank "police ": It begins or ends with a blank.`),
		},
		{"{name: no_outer_blank}", func(d *doc) { d.span("actor", words("police of")) }, nil},
		{
			"{name: no_outer_punctuation}", func(d *doc) { d.span("actor", words("ten workers,")) },
			words(`no_outer_punctuation ",": It begins or ends with “,”.`),
		},
		{
			"{name: no_outer_punctuation}", func(d *doc) { d.span("actor", words("observers said.")) },
			words(`no_outer_punctuation ".": It begins or ends with “.”.`),
		},
		{"{name: no_outer_punctuation}", func(d *doc) { d.span("actor", words("U.N.")); d.span("quote", words("until Monday.”")) }, nil},
		{
			"{name: balanced_quotes, label: quote}", func(d *doc) { d.span("quote", words("“We will stay,")) },
			words(`balanced_quotes "“": The quotation mark “ has no partner in it.`),
		},
		{"{name: balanced_quotes, label: quote}", func(d *doc) { d.span("quote", words("“We will stay,”", "“until Monday.”")) }, nil},
		{
			"{name: has_quotes, label: quote, value: where form=direct}", func(d *doc) { d.span("quote", words("We will"), "form", `"direct"`) },
			words(`has_quotes "We will": It has no quotation marks, though Form is Direct.`),
		},
		{"{name: has_quotes, label: quote, value: where form=direct}", func(d *doc) { d.span("quote", words("We will"), "form", `"indirect"`); d.span("quote", words("We")) }, nil},
		{"{name: has_quotes, label: quote}", func(d *doc) { d.span("quote", words("“We will stay,”")) }, nil},
		{
			"{name: no_quotes, label: quote, value: where form}", func(d *doc) { d.span("quote", words("“We will stay,”"), "form", `"indirect"`) },
			words(`no_quotes "“We will stay,”": It is in quotation marks, though Form is given.`),
		},
		{"{name: no_quotes, label: quote}", func(d *doc) { d.span("quote", words("“We will stay,” said")) }, nil},
		{
			"{name: inside, label: cue, value: quote}", func(d *doc) { d.span("cue", words("said")) },
			words(`inside "said": It does not lie in Quote.`),
		},
		{"{name: inside, label: cue, value: quote}", func(d *doc) { d.span("cue", words("will", "until")); d.span("quote", words("will", "until Monday")) }, nil},
		{
			"{name: apart, label: cue, value: quote}", func(d *doc) { d.span("cue", words("stay,” said")); d.span("quote", words("We will stay")) },
			words(`apart "stay,” said": It shares text with Quote “We will stay”.`),
		},
		{
			"{name: apart, label: cue, value: quote}", func(d *doc) { d.span("cue", words("We will")); d.span("quote", words("will stay")) },
			words(`apart "We will": It shares text with Quote “will stay”.`),
		},
		{"{name: apart, label: cue, value: quote}", func(d *doc) { d.span("cue", words("said")); d.span("quote", words("“We will stay,”", "“until")) }, nil},
		{
			"{name: needs_attribute, label: event, value: mode}", func(d *doc) { d.span("event", words("arrested")) },
			words(`needs_attribute "arrested": Mode is missing.`),
		},
		{
			"{name: needs_attribute, label: event, value: type=AID where dead}", func(d *doc) { d.span("event", words("arrested"), "type", `"TALK"`, "dead", "1") },
			words(`needs_attribute "arrested": Type is Talks; it should be AID, though Dead is given.`),
		},
		{
			"{name: needs_attribute, label: event, value: \"type=AID,TALK where dead=1\"}", func(d *doc) { d.span("event", words("arrested"), "dead", "1") },
			words(`needs_attribute "arrested": Type is missing; it should be AID or Talks, though Dead is 1.`),
		},
		{"{name: needs_attribute, label: event, value: type=AID}", func(d *doc) { d.span("event", words("arrested"), "type", `"AID"`) }, nil},
		{
			"{name: ordered, label: event, value: \"from,to\"}", func(d *doc) { d.span("event", words("arrested"), "from", `"2026-03-04"`, "to", `"2026-02"`) },
			words(`ordered "arrested": From (2026-03-04) is after To (2026-02).`),
		},
		{"{name: ordered, label: event, value: \"from,to\"}", func(d *doc) { d.span("event", words("arrested"), "from", `"2026-03-04"`, "to", `"2026-03"`) }, nil},
		{
			"{name: needs_entity, label: actor}", func(d *doc) { d.span("actor", words("Ilse")) },
			words(`needs_entity "Ilse": It does not say which entity it stands for.`),
		},
		{"{name: needs_entity, label: actor}", func(d *doc) { d.span("actor", words("Ilse")); d.data.Spans[0].Entity = "actor" }, nil},
	} {
		d := newDoc(t, schemaOf(t, noise+"  - "+c.rule+"\n"))
		c.make(d)
		t.Run(c.rule, func(t *testing.T) { expect(t, d.told(), c.want...) })
	}
}

func TestOverlap(t *testing.T) {
	for _, c := range []struct {
		rule string
		make func(d *doc)
		want []string
	}{
		{
			"{name: overlap, value: none}", func(d *doc) { d.span("actor", words("police of Varno")); d.span("event", words("Varno arrested")) },
			words(`overlap "Varno arrested": It overlaps Actor “police of Varno”.`),
		},
		{"{name: overlap, value: none, label: actor}", func(d *doc) { d.span("actor", words("police of Varno")); d.span("event", words("Varno arrested")) }, nil},
		{
			"{name: overlap, value: none, label: actor}", func(d *doc) { d.span("actor", words("police of Varno")); d.span("actor", words("Varno")) },
			words(`overlap "Varno": It overlaps Actor “police of Varno”.`),
		},
		{"{name: overlap, value: none}", func(d *doc) { d.span("quote", words("will", "until")); d.span("actor", words("Ilse")) }, nil},
		{"{name: overlap, value: nest}", func(d *doc) { d.span("actor", words("police of Varno")); d.span("event", words("Varno")) }, nil},
		{
			"{name: overlap, value: nest}", func(d *doc) { d.span("actor", words("police of Varno")); d.span("event", words("Varno arrested")) },
			words(`overlap "Varno arrested": It crosses Actor “police of Varno”.`),
		},
		{"{name: overlap, value: nest}", func(d *doc) { // the outer one hides the one that crosses
			d.span("quote", words("The police of Varno arrested ten workers"))
			d.span("actor", words("police of Varno"))
			d.span("event", words("Varno arrested"))
		}, words(`overlap "Varno arrested": It crosses Actor “police of Varno”.`)},
		{"{name: overlap, value: any}", func(d *doc) { d.span("actor", words("police of Varno")); d.span("event", words("Varno arrested")) }, nil},
		{
			"{name: no_same_nesting}", func(d *doc) { d.span("actor", words("police of Varno")); d.span("actor", words("Varno")) },
			words(`no_same_nesting "Varno": It lies in Actor “police of Varno”.`),
		},
		{"{name: no_same_nesting}", func(d *doc) {
			d.span("actor", words("police of Varno"))
			d.span("event", words("Varno"))
			d.span("actor", words("Varno arrested"))
		}, nil},
		{"{name: no_same_nesting, label: quote}", func(d *doc) { d.span("actor", words("police of Varno")); d.span("actor", words("Varno")) }, nil},
	} {
		d := newDoc(t, schemaOf(t, noise+"  - "+c.rule+"\n"))
		c.make(d)
		t.Run(c.rule, func(t *testing.T) { expect(t, d.told(), c.want...) })
	}
}

func TestRelationRules(t *testing.T) {
	for _, c := range []struct {
		rule string
		make func(d *doc)
		want []string
	}{
		{
			"{name: needs_relation, label: quote, value: speaker}", func(d *doc) { d.span("quote", words("We")) },
			words(`needs_relation "We": Speaker is missing.`),
		},
		{"{name: needs_relation, label: quote, value: \"speaker,cue\"}", func(d *doc) { d.link("cue", d.span("quote", words("We")), d.span("cue", words("said"))) }, nil},
		{
			"{name: needs_relation, label: event, value: \"recipient where type=AID,PROTEST\"}", func(d *doc) { d.span("event", words("arrested"), "type", `"AID"`) },
			words(`needs_relation "arrested": Recipient is missing, though Type is AID.`),
		},
		{"{name: needs_relation, label: event, value: \"recipient where type=AID,PROTEST\"}", func(d *doc) { d.span("event", words("arrested"), "type", `"TALK"`) }, nil},
		{
			"{name: needs_incoming, label: cue, value: cue}", func(d *doc) { d.span("cue", words("said")) },
			words(`needs_incoming "said": Nothing leads to it as Cue.`),
		},
		{"{name: needs_incoming, label: cue, value: cue}", func(d *doc) { d.link("cue", d.span("quote", words("We")), d.span("cue", words("said"))) }, nil},
		{
			"{name: ends_apart, value: cue}", func(d *doc) { d.link("cue", d.span("quote", words("stay,” said")), d.span("cue", words("said"))) },
			words(`ends_apart "stay,” said": Cue “said” shares text with it.`),
		},
		{"{name: ends_apart, value: cue}", func(d *doc) { d.link("cue", d.span("quote", words("stay", "until")), d.span("cue", words("said"))) }, nil},
		{"{name: different_ends, value: \"agent,recipient\"}", func(d *doc) {
			e, a := d.span("event", words("arrested"), "type", `"AID"`), d.span("actor", words("police"))
			d.link("agent", e, a)
			d.link("recipient", e, a)
		}, words(`different_ends "arrested": “police” is both its Agent and its Recipient.`)},
		{"{name: different_ends, value: \"agent,recipient\"}", func(d *doc) {
			e := d.span("event", words("arrested"))
			d.link("agent", e, d.span("actor", words("police")))
			d.link("recipient", e, d.span("actor", words("workers")))
		}, nil},
	} {
		d := newDoc(t, schemaOf(t, noise+"  - "+c.rule+"\n"))
		c.make(d)
		t.Run(c.rule, func(t *testing.T) { expect(t, d.told(), c.want...) })
	}
}

// TestChecks has a hit and a miss of everything that follows from the model.
func TestChecks(t *testing.T) {
	good := func(d *doc) {
		e := d.span("event", words("arrested"), "type", `"PROTEST"`, "mode", `"riot"`, "dead", "3", "generic", "true", "from", `"2026-03"`, "to", "2027", "context", `["war","peace"]`)
		q, a := d.span("quote", words("We"), "form", `"direct"`), d.span("actor", words("Ilse"))
		d.data.Spans[1].Entity = "actor"
		d.link("speaker", q, a, "sure", `"yes"`)
		d.link("cue", q, d.span("cue", words("said")))
		d.link("agent", e, a)
	}
	expect(t, func() []string { d := newDoc(t, schemaOf(t, "")); good(d); return d.told() }())
	for name, c := range map[string]struct {
		make func(d *doc)
		want []string
	}{
		"required":            {func(d *doc) { d.span("event", words("arrested")) }, words(`required "arrested": Type is missing.`)},
		"required, empty":     {func(d *doc) { d.span("event", words("arrested"), "type", `""`) }, words(`required "arrested": Type is missing.`)},
		"field":               {func(d *doc) { d.data.Set.Fields = nil }, words(`required "": Genre is missing.`)},
		"field, nothing said": {func(d *doc) { d.data.Set = annotate.AnnotationSet{} }, nil},
		"field, skipped":      {func(d *doc) { d.data.Set.Fields, d.data.Set.Status = nil, annotate.Skipped }, nil},
		"field, wrong":        {func(d *doc) { d.data.Set.Fields = annotate.Values{"genre": json.RawMessage(`"x"`)} }, words(`choice "": Genre is “x”, which is not in its list.`)},
		"choice":              {func(d *doc) { d.span("event", words("arrested"), "type", `"HELP"`) }, words(`choice "arrested": Type is “HELP”, which is not in its list.`)},
		"many of":             {func(d *doc) { d.span("event", words("arrested"), "type", `"AID"`, "context", `["war","x"]`) }, words(`choice "arrested": Context is “x”, which is not in its list.`)},
		"when, without":       {func(d *doc) { d.span("event", words("arrested"), "mode", `"riot"`) }, words(`required "arrested": Type is missing.`, `when "arrested": Mode is Riot, but Type is missing.`)},
		"when, with another":  {func(d *doc) { d.span("event", words("arrested"), "type", `"TALK"`, "mode", `"riot"`) }, words(`when "arrested": Mode is Riot, but Type is Talks.`)},
		"number":              {func(d *doc) { d.span("event", words("arrested"), "type", `"AID"`, "dead", `"many"`) }, words(`value_type "arrested": Dead is “many”, which is not a number.`)},
		"number as text":      {func(d *doc) { d.span("event", words("arrested"), "type", `"AID"`, "dead", `"12"`) }, nil},
		"boolean":             {func(d *doc) { d.span("event", words("arrested"), "type", `"AID"`, "generic", `"yes"`) }, words(`value_type "arrested": Generic is “yes”, which is not true or false.`)},
		"list":                {func(d *doc) { d.span("event", words("arrested"), "type", `"AID"`, "dead", `[1,2]`) }, words(`value_type "arrested": Dead is “1”, which is not a single value.`)},
		"two of one":          {func(d *doc) { d.span("event", words("arrested"), "type", `["AID","TALK"]`) }, words(`value_type "arrested": Type has 2 values; it takes one.`)},
		"date":                {func(d *doc) { d.span("event", words("arrested"), "type", `"AID"`, "from", `"2026-02-30"`) }, words(`date "arrested": From is “2026-02-30”, which is no date.`)},
		"relation_min":        {func(d *doc) { d.span("quote", words("We")) }, words(`relation_min "We": Cue is missing.`)},
		"relation_max": {func(d *doc) {
			q := d.span("quote", words("We"))
			d.link("cue", q, d.span("cue", words("said")))
			d.link("cue", q, d.span("cue", words("observers said")))
		}, words(`relation_max "We": Cue: there should be at most 1, and there are 2.`)},
		"relation_ends, from": {
			func(d *doc) { d.link("agent", d.span("actor", words("Ilse")), d.span("actor", words("workers"))) },
			words(`relation_ends "Ilse": Agent leads from Actor; the schema has Event there.`),
		},
		"relation_ends, to": {func(d *doc) {
			d.link("agent", d.span("event", words("arrested"), "type", `"AID"`), d.span("cue", words("said")))
		}, words(`relation_ends "arrested": Agent leads to Cue “said”; the schema has Actor there.`)},
		"relation attribute": {func(d *doc) {
			q := d.span("quote", words("We"))
			d.link("cue", q, d.span("cue", words("said")))
			d.link("speaker", q, d.span("actor", words("Ilse")))
		}, words(`required "We": Speaker: Sure is missing.`)},
		"self_relation": {
			func(d *doc) { e := d.span("event", words("arrested"), "type", `"AID"`); d.link("agent", e, e) },
			words(`relation_ends "arrested": Agent leads to Event “arrested”; the schema has Actor there.`, `self_relation "arrested": Agent leads from the span to itself.`),
		},
		"duplicate": {
			func(d *doc) { d.span("actor", words("Ilse")); d.span("actor", words("Ilse")) },
			words(`duplicate "Ilse": There is another Actor on just this text.`),
		},
		"duplicate, parts": {func(d *doc) {
			d.span("actor", words("Ilse", "union", "workers"))
			d.span("actor", words("Ilse", "Varno", "workers"))
		}, nil},
		"duplicate relation": {func(d *doc) {
			e, a := d.span("event", words("arrested"), "type", `"AID"`), d.span("actor", words("Ilse"))
			d.link("agent", e, a)
			d.link("agent", e, a)
		}, words(`duplicate "arrested": Agent leads to the same span twice.`)},
		"entity_kind": {
			func(d *doc) { d.span("actor", words("Ilse")); d.data.Spans[0].Entity = "place" },
			words(`entity_kind "Ilse": It stands for “Name of place”, which is of the kind “place”; Actor stands for “actor”.`),
		},
		"entity unknown": {func(d *doc) { d.span("actor", words("Ilse")); d.data.Spans[0].Entity = "unknown" }, nil},
	} {
		d := newDoc(t, schemaOf(t, ""))
		c.make(d)
		t.Run(name, func(t *testing.T) { expect(t, d.told(), c.want...) })
	}
}

func TestOff(t *testing.T) {
	told := func(rule string) []string {
		d := newDoc(t, schemaOf(t, rule))
		d.span("event", words("arrested"))
		d.span("quote", words("We"))
		return d.told()
	}
	expect(t, told(""), `relation_min "We": Cue is missing.`, `required "arrested": Type is missing.`)
	expect(t, told("  - {name: off, value: required, label: event}\n"), `relation_min "We": Cue is missing.`)
	expect(t, told("  - {name: off, value: required, label: quote}\n"), `relation_min "We": Cue is missing.`, `required "arrested": Type is missing.`)
	expect(t, told("  - {name: off, value: required}\n  - {name: off, value: relation_min}\n"))
}

func TestEntity(t *testing.T) {
	c := rules.Compile(schemaOf(t, ""))
	if w := c.Entity(annotate.Entity{ID: "e", Kind: "actor", Name: "Ilse"}); len(w) != 1 || w[0].Text != "Country is missing." || w[0].Entity != "e" {
		t.Errorf("without a country: %+v", w)
	}
	if w := c.Entity(annotate.Entity{ID: "e", Kind: "actor", Attributes: annotate.Values{"country": annotate.StringValue("NOR")}}); len(w) != 0 {
		t.Errorf("with a country: %+v", w)
	}
}

func TestAccepted(t *testing.T) {
	d := newDoc(t, schemaOf(t, "  - {name: max_words, label: event, value: \"1\"}\n"))
	d.data.Set.Fields = nil
	e := d.span("event", words("arrested ten"), "type", `"AID"`)
	d.link("agent", e, d.span("cue", words("said")))
	find := func() (open []string) {
		for _, w := range rules.Unaccepted(rules.Compile(d.schema).Check(d.text, d.data)) {
			open = append(open, w.Key())
		}
		return open
	}
	expect(t, find(), "max_words", "relation_ends:agent", "required:genre")
	d.data.Spans[1].Accepted = []string{"max_words"} // the cue stands before it
	expect(t, find(), "relation_ends:agent", "required:genre")
	d.data.Relations[0].Accepted = []string{"relation_ends:agent"}
	expect(t, find(), "required:genre")
	d.data.Set.Accepted = []string{"required:genre"}
	expect(t, find())
}

func TestFaults(t *testing.T) {
	s := schemaOf(t, "")
	s.Rules = []annotate.Rule{{Name: "max_word", Value: "3"}, {Name: "apart", Value: "nobody"}, {Name: "max_words", Label: "gone", Value: "3"}, {Name: "no_outer_blank"}}
	expect(
		t, rules.Compile(s).Faults(), `there is no rule "max_word"; do you mean "max_words"?`,
		`rule "apart" names the label "nobody", which is not there`, `rule "max_words" is for a label that is not there`,
	)
}
