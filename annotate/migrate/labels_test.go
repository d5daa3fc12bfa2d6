package migrate_test

import (
	"slices"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/migrate"
)

// example brings an article with something for every step.
func (p *project) example(ref string) id {
	p.Helper()
	at := func(s string) string { return ref + s }
	ada := p.word(at("p1"), "person", 0, vals("kind", `"mayor"`, "rank", `"first"`))
	ada.Entity = "ada"
	return p.brings(ref, vals("genre", `"satire"`), []annotate.Span{
		ada, p.word(at("p2"), "person", 1, vals("kind", `"police"`)), p.word(at("b1"), "body", 2, vals("kind", `"union"`)),
		p.word(at("e1"), "event", 3, vals("type", `"STRIKE"`, "mode", `"wild"`, "topics", `["wages","peace"]`, "size", `"1200"`)),
		p.word(at("e2"), "event", 4, vals("type", `"MARCH"`, "topics", `["food"]`, "size", `"some"`)),
		p.word(at("q1"), "quote", 5, nil),
	}, p.link(at("r1"), "speaker", at("q1"), at("p1"), vals("sure", "true")), p.link(at("r2"), "says", at("q1"), at("p1"), nil),
		p.link(at("r3"), "agent", at("e1"), at("p1"), nil))
}

func (p *project) labels() string {
	var names []string
	for _, l := range p.schema().Labels {
		names = append(names, l.Name)
	}
	return strings.Join(names, " ")
}

func names(p *project, ids []id) string {
	var all []string
	for _, i := range ids {
		l, _ := p.schema().Label(i)
		all = append(all, l.Name)
	}
	return strings.Join(all, " ")
}

func TestMergeLabels(t *testing.T) {
	p := newProject(t)
	a := p.brings("a", nil, []annotate.Span{
		p.word("s1", "person", 0, vals("kind", `"mayor"`)),
		p.word("s2", "body", 0, vals("kind", `"police"`, "size", `"9"`)),
		p.word("s3", "body", 1, nil), p.word("s4", "quote", 2, nil),
	}, p.link("r1", "speaker", "s4", "s2", nil), p.link("r2", "speaker", "s4", "s1", nil), p.link("r3", "speaker", "s4", "s3", nil),
		p.link("r4", "speaker", "s1", "s2", nil))
	plan := p.does(migrate.MergeLabels{From: []id{p.label("body")}, Into: p.label("person")})
	p.is(a, `s1 person {"kind":"mayor","size":"9"}; s3 person null; s4 quote null; s4-speaker>s1; s4-speaker>s3`)
	want := migrate.Touched{Articles: 1, Sets: 1, Spans: 3, Relations: 3, DeletedSpans: 1, DeletedRelations: 2}
	if plan.Touched != want {
		t.Errorf("touched %+v, want %+v", plan.Touched, want)
	}
}

func TestRenameLabelIsOneRow(t *testing.T) {
	p := newProject(t)
	p.example("a")
	plan := p.does(migrate.RenameLabel{Label: p.label("person"), Name: "human_being"})
	if len(plan.Ops) != 2 || plan.Ops[0].Kind != annotate.KindLabel || plan.Ops[1].Kind != annotate.KindRule || plan.Touched != (migrate.Touched{}) || plan.Title != "Rename label “person” to “human_being”" {
		t.Errorf("plan is %+v", plan)
	}
	if l, _ := p.schema().LabelNamed("human_being"); l.Title != "Human being" {
		t.Errorf("its title is %q", l.Title)
	}
	// Two labels may change names with each other, and no two have one name.
	p.does(migrate.RenameLabel{Label: p.label("quote"), Name: "event"}, migrate.RenameLabel{Label: p.label("event"), Name: "quote"})
	refused(t, p, annotate.ErrInvalid, "Two labels for the same things would be called “quote”. Merge the two", migrate.RenameLabel{Label: p.label("event"), Name: "quote"})
	refused(t, p, annotate.ErrInvalid, "A label has no name", migrate.RenameLabel{Label: p.label("event")})
	refused(t, p, annotate.ErrNotFound, "no such label any more", migrate.RenameLabel{Label: "gone", Name: "x"})
}

// What the schema says of the labels is merged with them.
func TestMergeLabelsMergesTheSchema(t *testing.T) {
	p := newProject(t)
	p.does(migrate.MergeLabels{From: []id{p.label("person"), p.label("event")}, Into: p.label("body")})
	if got := p.labels(); got != "body quote" {
		t.Errorf("labels are %s", got)
	}
	if l, _ := p.schema().LabelNamed("body"); l.Parent != "" || l.Entity != "actor" {
		t.Errorf("body is %+v", l)
	}
	for _, name := range []string{"speaker", "says", "agent"} {
		r, _ := p.schema().RelationTypeNamed(name)
		if names(p, r.To) != "body" {
			t.Errorf("%s leads to %s", name, names(p, r.To))
		}
	}
	if got := names(p, p.attribute("rank").Labels) + names(p, p.attribute("type").Labels); got != "bodybody" {
		t.Errorf("attributes are of %s", got)
	}
	var rules []string
	for _, r := range p.schema().Rules {
		rules = append(rules, r.Name)
	}
	if strings.Join(rules, " ") != "inside max_words needs_attribute needs_relation" {
		t.Errorf("rules are %v", rules)
	}
	refused(t, p, annotate.ErrInvalid, "into itself", migrate.MergeLabels{From: []id{p.label("body")}, Into: p.label("body")})
}

// Two attributes of one name become one when their labels do.
func TestMergeLabelsWithAttributesOfOneName(t *testing.T) {
	p := newProject(t)
	quote := p.label("quote")
	kind := annotate.Attribute{
		Scope: annotate.SpanScope, Labels: []id{quote}, Name: "kind", Title: "Kind", Type: annotate.OneOf,
		Choices: []annotate.Choice{{Name: "statement"}, {Name: "mayor"}},
	}
	p.does(migrate.Put{Record: kind})
	a := p.brings("a", nil, []annotate.Span{p.word("q", "quote", 0, vals("kind", `"statement"`))})
	p.does(migrate.MergeLabels{From: []id{quote}, Into: p.label("body")})
	p.is(a, `q body {"kind":"statement"}`)
	var choices []string
	for _, c := range p.attribute("kind").Choices {
		choices = append(choices, c.Name)
	}
	if strings.Join(choices, " ") != "union police mayor statement" || names(p, p.attribute("kind").Labels) != "person body" {
		t.Errorf("choices are %v", choices)
	}
}

func TestDeleteLabel(t *testing.T) {
	p := newProject(t)
	a := p.example("a")
	plan := p.does(migrate.DeleteLabel{Label: p.label("person")})
	p.is(a, `ab1 body {"kind":"union"}; ae1 event {"mode":"wild","size":"1200","topics":["wages","peace"],"type":"STRIKE"}; `+
		`ae2 event {"size":"some","topics":["food"],"type":"MARCH"}; aq1 quote null; {"genre":"satire"}`)
	want := migrate.Touched{Articles: 1, Sets: 1, Spans: 2, Relations: 3, DeletedSpans: 2, DeletedRelations: 3}
	if plan.Touched != want {
		t.Errorf("touched %+v, want %+v", plan.Touched, want)
	}
	said := strings.Join(plan.Sentences, " ")
	for _, part := range []string{
		"Label “person” is deleted with its 2 spans in 1 article and 3 relations at them.",
		"What was for it alone goes as well: relation “says”, relation “agent”, rule “max_words 3”, attribute “rank”, attribute “country”.",
	} {
		if !strings.Contains(said, part) {
			t.Errorf("%q lacks %q", said, part)
		}
	}
	if l, _ := p.schema().LabelNamed("body"); l.Parent != "" {
		t.Error("body is below what is gone")
	}
	if r, _ := p.schema().RelationTypeNamed("speaker"); names(p, r.To) != "body" {
		t.Errorf("speaker leads to %s", names(p, r.To))
	}
	p.attribute("sure") // its other type is there
}

// A relation type that led to a deleted label alone stays if others use it.
func TestDeleteLabelKeepsTypesInUse(t *testing.T) {
	p := newProject(t)
	a := p.brings("a", nil, []annotate.Span{p.word("e", "event", 0, nil), p.word("b", "body", 1, nil)}, p.link("r", "agent", "e", "b", nil))
	p.does(migrate.DeleteLabel{Label: p.label("person")})
	p.is(a, "e event null; b body null; e-agent>b")
	if r, ok := p.schema().RelationTypeNamed("agent"); !ok || len(r.To) != 0 {
		t.Errorf("agent is %+v", r)
	}
}

func TestDeleteLabelToAnother(t *testing.T) {
	p := newProject(t)
	a := p.example("a")
	plan := p.does(migrate.DeleteLabel{Label: p.label("body"), To: p.label("person")})
	if got := p.said(a); !strings.Contains(got, `ab1 person {"kind":"union"}`) || plan.Touched.DeletedSpans != 0 || plan.Touched.Spans != 1 {
		t.Errorf("%s %+v", got, plan.Touched)
	}
	refused(t, p, annotate.ErrInvalid, "cannot stay with it", migrate.DeleteLabel{Label: p.label("person"), To: p.label("person")})
}

func TestSplitLabelByValue(t *testing.T) {
	p := newProject(t)
	a := p.example("a")
	plan := p.does(migrate.SplitLabel{Label: p.label("person"), Attribute: "kind", Clear: true, Parts: []migrate.Part{
		{Values: []string{"police", "army"}, Label: annotate.Label{Name: "officer"}},
		{Values: []string{"mayor"}, Label: annotate.Label{ID: p.label("body")}},
	}})
	if got := p.said(a); !strings.HasPrefix(got, `ap1 body {"rank":"first"}; ap2 officer null; ab1 body {"kind":"union"};`) {
		t.Error(got)
	}
	if plan.Touched.Spans != 2 || plan.Touched.DeletedValues != 2 {
		t.Errorf("touched %+v", plan.Touched)
	}
	officer, _ := p.schema().LabelNamed("officer")
	if officer.Title != "Officer" || officer.Entity != "actor" || officer.Color == "" || officer.Hotkey != "" {
		t.Errorf("the new label is %+v", officer)
	}
	if got := names(p, p.attribute("rank").Labels); got != "person officer" {
		t.Errorf("rank is of %s", got)
	}
	if r, _ := p.schema().RelationTypeNamed("says"); names(p, r.To) != "person officer" {
		t.Errorf("says leads to %s", names(p, r.To))
	}
	if !slices.ContainsFunc(p.schema().Rules, func(r annotate.Rule) bool { return r.Label == officer.ID && r.Value == "3" }) {
		t.Error("the rule is not for the new label")
	}
}

func TestSplitLabelByWords(t *testing.T) {
	p := newProject(t)
	a := p.example("a")
	plan := p.does(migrate.SplitLabel{Label: p.label("person"), Parts: []migrate.Part{
		{Words: "^br", Label: annotate.Label{Name: "officer", Hotkey: "o"}}, {Words: "(?i)ECHO", Label: annotate.Label{Name: "nobody"}},
	}})
	if got := p.said(a); !strings.HasPrefix(got, `ap1 person {"kind":"mayor","rank":"first"}; ap2 officer {"kind":"police"};`) {
		t.Error(got)
	}
	if got := strings.Join(plan.Sentences, " "); got != "Label “person” is split: 1 span in 1 article. 1 span gets the label “officer”. 0 spans get the label “nobody”. 1 span stays “person”." {
		t.Error(got)
	}
	refused(t, p, annotate.ErrInvalid, "no regular expression", migrate.SplitLabel{Label: p.label("person"), Parts: []migrate.Part{{Words: "(", Label: annotate.Label{Name: "x"}}}})
	refused(t, p, annotate.ErrInvalid, "not split without parts", migrate.SplitLabel{Label: p.label("person")})
	refused(t, p, annotate.ErrInvalid, "has no name", migrate.SplitLabel{Label: p.label("person"), Parts: []migrate.Part{{Words: "x"}}})
}

// Spans of articles in the bin change too, or these could not come back.
func TestWhatIsInTheBinChanges(t *testing.T) {
	p := newProject(t)
	a, b := p.example("a"), p.example("b")
	bin := annotate.Update(annotate.ArticleState{ID: b, Presence: annotate.Live}, annotate.ArticleState{ID: b, Presence: annotate.Deleted})
	_, err := p.Apply(ctx, annotate.Change{ID: p.env.NewID(), Actor: "ana", Ops: []annotate.Op{bin}})
	p.must(err)
	plan := p.does(migrate.MergeLabels{From: []id{p.label("body")}, Into: p.label("person")}, migrate.DeleteLabel{Label: p.label("event")},
		migrate.DeleteAttribute{Attribute: p.attribute("genre").ID})
	if plan.Touched.Articles != 1 || plan.Touched.InBin != 1 || plan.Touched.DeletedSpans != 2 {
		t.Errorf("touched %+v", plan.Touched)
	}
	if last := plan.Sentences[len(plan.Sentences)-1]; last != "1 article in the bin changes with the others." {
		t.Error(last)
	}
	_, err = p.Apply(ctx, annotate.Change{ID: p.env.NewID(), Actor: "ana", Ops: []annotate.Op{bin.Inverse()}})
	p.must(err)
	if got, want := strings.ReplaceAll(p.said(b), "b", "a"), strings.ReplaceAll(p.said(a), "b", "a"); got != want {
		t.Errorf("what was in the bin is\n%s\nwant\n%s", got, want)
	}
}

// Rules name labels, relations, attributes and values as these are called now.
func TestRulesFollow(t *testing.T) {
	p := newProject(t)
	p.does(migrate.RenameLabel{Label: p.label("person"), Name: "human"}, migrate.RenameAttribute{Attribute: p.attribute("kind").ID, Name: "role"},
		migrate.RenameValue{Attribute: p.attribute("kind").ID, From: "union", To: "labour"},
		migrate.SplitLabel{Label: p.label("person"), Parts: []migrate.Part{{Words: "x", Label: annotate.Label{Name: "officer"}}}})
	if got := p.rule("inside"); got != "human,officer where role=labour" {
		t.Errorf("the rule is %q", got)
	}
	plan := p.does(migrate.DeleteValue{Attribute: p.attribute("role").ID, Value: "labour"})
	if last := plan.Sentences[len(plan.Sentences)-1]; last != "Rule “inside human,officer where role=labour” goes as well: what it is about is gone." || p.rule("inside") != "(none)" {
		t.Errorf("%s %q", last, p.rule("inside"))
	}
}

// An attribute of one name for other labels has rules of its own.
func TestRulesOfAnotherAttribute(t *testing.T) {
	p := newProject(t)
	quote := p.label("quote")
	p.does(migrate.Put{Record: annotate.Attribute{Scope: annotate.SpanScope, Labels: []id{quote}, Name: "kind", Type: annotate.TextValue}},
		migrate.Put{Record: annotate.Rule{Name: "needs_attribute", Label: quote, Value: "kind"}})
	p.does(migrate.RenameAttribute{Attribute: p.attribute("kind").ID, Name: "role"})
	of := ""
	for _, a := range p.schema().Attributes {
		if a.Name == "role" {
			of += names(p, a.Labels)
		}
	}
	for _, r := range p.schema().Rules {
		if r.Name == "needs_attribute" && r.Label == quote {
			of += " " + r.Value
		}
	}
	if of != "person body kind" && of != "quote role" {
		t.Errorf("renamed is %s", of)
	}
}
