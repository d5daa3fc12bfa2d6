package migrate_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/edit"
	"lede/annotate/migrate"
	"lede/annotate/schema"
)

var ctx = context.Background()

type id = annotate.ID

// project is a small project under test.
type project struct {
	*testing.T
	annotate.Store
	env annotate.Env
}

const codebook = `
labels:
  - {name: person, entity: actor}
  - {name: body, entity: actor, parent: person}
  - {name: event, entity: event}
  - quote
relations:
  - {name: speaker, from: [quote], to: [person, body]}
  - {name: says, from: [quote], to: [person]}
  - {name: agent, from: [event], to: [person]}
attributes:
  - {name: kind, scope: span, labels: [person, body], type: one_of, choices: [union, police, mayor], default: union}
  - {name: rank, scope: span, labels: [person], type: text, when: {kind: [mayor, police]}}
  - {name: type, scope: span, labels: [event], type: one_of, choices: [STRIKE, MARCH]}
  - {name: mode, scope: span, labels: [event], type: one_of, choices: [{name: wild, when: {type: [STRIKE]}}, calm]}
  - {name: topics, scope: span, labels: [event], type: many_of, choices: [wages, peace, food]}
  - {name: size, scope: span, labels: [event], type: text}
  - {name: sure, scope: relation, labels: [speaker, says], type: boolean}
  - {name: country, scope: entity, labels: [person], type: text}
  - {name: genre, scope: document, type: one_of, choices: [news, opinion, satire]}
rules:
  - {name: max_words, label: event, value: "3"}
  - {name: max_words, label: person, value: "3"}
  - {name: needs_relation, label: quote, value: speaker}
  - {name: needs_attribute, label: event, value: "type=STRIKE,MARCH"}
  - {name: inside, label: body, value: "person where kind=union"}
`

// body has a word for each span: p0 p1 … at known places.
const body = "alpha bravo charlie delta echo foxtrot golf hotel india juliet"

func newProject(t *testing.T) *project {
	t.Helper()
	env := annotest.NewEnvAt(annotest.Start, 5)
	f, err := schema.Parse("codebook", []byte(codebook))
	if err != nil {
		t.Fatal(err)
	}
	records := append(f.Records(env), annotate.Annotator{ID: "ana", Name: "ana", Kind: annotate.Human}, annotate.Annotator{ID: "ben", Name: "ben", Kind: annotate.Human},
		annotate.Entity{ID: "ada", Kind: "actor", Name: "Ada", Attributes: vals("country", `"UK"`)},
		annotate.Entity{ID: "varno", Kind: "place", Name: "Varno", Attributes: vals("country", `"VA"`)})
	s, err := annotest.NewMemoryProjects(env).Create(ctx, "p", "ana", records)
	if err != nil {
		t.Fatal(err)
	}
	return &project{t, s, env}
}

func vals(pairs ...string) annotate.Values {
	v := annotate.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v[pairs[i]] = json.RawMessage(pairs[i+1])
	}
	return v
}

func (p *project) must(err error) {
	p.Helper()
	if err != nil {
		p.Fatal(err)
	}
}

func (p *project) schema() *annotate.Schema {
	p.Helper()
	s, err := p.Schema(ctx)
	p.must(err)
	return s
}

func (p *project) label(name string) id {
	p.Helper()
	l, ok := p.schema().LabelNamed(name)
	if !ok {
		p.Fatalf("no label %s", name)
	}
	return l.ID
}

func (p *project) relation(name string) id {
	p.Helper()
	t, ok := p.schema().RelationTypeNamed(name)
	if !ok {
		p.Fatalf("no relation %s", name)
	}
	return t.ID
}

func (p *project) attribute(name string) annotate.Attribute {
	p.Helper()
	for _, a := range p.schema().Attributes {
		if a.Name == name {
			return a
		}
	}
	p.Fatalf("no attribute %s", name)
	return annotate.Attribute{}
}

// word is a span on the n-th word of body.
func (p *project) word(spanID, label string, n int, attributes annotate.Values) annotate.Span {
	p.Helper()
	words := strings.Fields(body)
	start := len(strings.Join(words[:n], " "))
	if n > 0 {
		start++
	}
	return annotate.Span{
		ID: id(spanID), Label: p.label(label), Origin: annotate.OriginManual, Attributes: attributes,
		Fragments: annotate.Fragments{{Start: start, End: start + len(words[n])}},
	}
}

func (p *project) link(linkID, kind, from, to string, attributes annotate.Values) annotate.Relation {
	return annotate.Relation{ID: id(linkID), Type: p.relation(kind), From: id(from), To: id(to), Attributes: attributes}
}

// brings imports one article with one set of ana's.
func (p *project) brings(ref string, fields annotate.Values, spans []annotate.Span, relations ...annotate.Relation) id {
	p.Helper()
	article := p.env.NewID()
	item := annotate.ImportArticle{
		Article: annotate.Article{ID: article, Ref: ref, Intake: 1}, Text: body,
		Sets: []annotate.SetData{{
			Set:       annotate.AnnotationSet{ID: id("set-" + ref), Annotator: "ana", Status: annotate.Done, Fields: fields},
			Annotator: annotate.Annotator{ID: "ana", Name: "ana", Kind: annotate.Human}, Spans: spans, Relations: relations,
		}},
	}
	im, err := p.BeginImport(ctx, annotate.Import{ID: p.env.NewID(), Format: "test", Source: ref})
	p.must(err)
	p.must(im.Add(ctx, []annotate.ImportArticle{item}))
	_, err = im.Commit(ctx, annotate.Change{ID: p.env.NewID(), Actor: "ana", Cause: annotate.CauseImport, Title: "Import"})
	p.must(err)
	return article
}

func (p *project) dump() []string {
	p.Helper()
	lines, err := annotest.Dump(ctx, p.Store)
	p.must(err)
	return slices.DeleteFunc(lines, func(l string) bool {
		return strings.HasPrefix(l, "change ") || strings.HasPrefix(l, "position ") || strings.HasPrefix(l, "schema version ")
	})
}

func (p *project) clean() {
	p.Helper()
	problems, err := p.Check(ctx)
	p.must(err)
	if len(problems) > 0 {
		p.Fatalf("check: %+v", problems)
	}
}

// does plans and applies steps, takes them back and does them again: nothing is lost.
func (p *project) does(steps ...migrate.Step) *migrate.Plan {
	p.Helper()
	before := p.dump()
	plan, err := migrate.Make(ctx, p.Store, migrate.Options{Env: p.env}, steps...)
	p.must(err)
	for _, s := range plan.Sentences {
		p.Log(s)
		if !strings.HasSuffix(s, ".") || strings.Contains(s, "%!") {
			p.Errorf("no sentence: %q", s)
		}
	}
	c, err := p.Apply(ctx, plan.Change(p.env, "ana"))
	p.must(err)
	after := p.dump()
	p.clean()
	p.readsAgain()
	e := edit.Editor{Env: p.env, Actor: "ana"}
	_, err = p.Apply(ctx, e.Undo(c))
	p.must(err)
	if diff := annotest.Diff(before, p.dump()); diff != "" {
		p.Fatalf("undone, the project differs: %s", diff)
	}
	p.clean()
	_, err = p.Apply(ctx, e.Redo(c))
	p.must(err)
	if diff := annotest.Diff(after, p.dump()); diff != "" {
		p.Fatalf("redone, the project differs: %s", diff)
	}
	p.clean()
	return plan
}

// readsAgain writes the schema as a file, which must be one.
func (p *project) readsAgain() {
	p.Helper()
	raw, err := schema.Of(p.schema()).Write()
	p.must(err)
	if _, err := schema.Parse("after", raw); err != nil {
		p.Fatalf("the schema is no schema file any more: %v\n%s", err, raw)
	}
}

// spans tells what is on an article, as people would.
func (p *project) said(article id) string {
	p.Helper()
	d, err := p.Document(ctx, article)
	p.must(err)
	s := p.schema()
	var said []string
	for _, set := range d.Sets {
		for _, sp := range set.Spans {
			l, _ := s.Label(sp.Label)
			raw, _ := json.Marshal(sp.Attributes)
			said = append(said, fmt.Sprintf("%s %s %s", sp.ID, l.Name, raw))
		}
		for _, r := range set.Relations {
			t, _ := s.RelationType(r.Type)
			said = append(said, fmt.Sprintf("%s-%s>%s", r.From, t.Name, r.To))
		}
		if len(set.Set.Fields) > 0 {
			raw, _ := json.Marshal(set.Set.Fields)
			said = append(said, string(raw))
		}
	}
	return strings.Join(said, "; ")
}

func (p *project) is(article id, want string) {
	p.Helper()
	if got := p.said(article); got != want {
		p.Errorf("the article is\n%s\nwant\n%s", got, want)
	}
}

func refused(t *testing.T, p *project, kind error, says string, steps ...migrate.Step) {
	t.Helper()
	_, err := migrate.Make(ctx, p.Store, migrate.Options{Env: p.env}, steps...)
	if !errors.Is(err, kind) || !strings.Contains(err.Error(), says) {
		t.Errorf("got %v, want %q", err, says)
	}
}
