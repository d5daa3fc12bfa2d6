package format_test

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/format"
	"lede/annotate/schema"
	"lede/assets/schemas"
)

// codedNews are two reports of one invented strike, coded by the news schema: an event
// with two actors, triggers in two parts, a planned one, a denied one, one without an
// actor, one in general, a CAMEO code; quotes that are split, of two speakers, of
// nobody.
const codedNews = `{"id":"varno/1","title":"Dockers; \"out\"","source":"Varno Tribune","url":"https://example.org/1","author":"M. Tolland","published":"4 March 2026","language":"en","text":"“We will,” said Ana Müller 😀, “win.” Dockers and crane drivers walked out of the port on Monday, and agreed with the union to cooperate.\nThe ministry will send doctors to Varno. It did not arrest anyone. Strikes cost jobs. It is said that a truce holds.","meta":{"pages":3},"annotator":"ana","status":"done","note":"good","fields":{"relevance":"relevant","contexts":["economic"]},"spans":[
{"id":"q1","label":"quote","fragments":[[0,10],[30,36]],"attributes":{"form":"direct","kind":"statement"}},
{"id":"c1","label":"cue","start":11,"end":15},
{"id":"a1","label":"actor","start":16,"end":26,"attributes":{"sector":["LAB"]},"entity":{"id":"E1","kind":"actor","name":"Ana Müller"}},
{"id":"a2","label":"actor","start":37,"end":44,"attributes":{"mention":"nominal"},"entity":{"id":"E2","kind":"actor","name":"Dockers; Varno"}},
{"id":"a3","label":"actor","start":49,"end":62},
{"id":"e1","label":"event","start":63,"end":73,"attributes":{"type":"PROTEST","mode":"strike","context":["economic","legal"],"factuality":"actual","size":4000,"arrested":3},"entity":{"id":"V1","kind":"event","name":"Varno dock strike"},"note":"see the map; page 2"},
{"id":"p1","label":"place","start":77,"end":85,"entity":{"id":"P1","kind":"place","name":"Varno port"}},
{"id":"t1","label":"time","start":89,"end":95,"attributes":{"value":"2026-03-02"}},
{"id":"e2","label":"event","fragments":[[101,107],[123,135]],"attributes":{"type":"AGREE"}},
{"id":"a4","label":"actor","start":113,"end":122},
{"id":"a5","label":"actor","start":137,"end":149,"entity":{"id":"E3","kind":"actor","name":"Ministry of Health"}},
{"id":"e3","label":"event","start":155,"end":167,"attributes":{"type":"AID","factuality":"future"}},
{"id":"p2","label":"place","start":171,"end":176},
{"id":"e4","label":"event","start":189,"end":195,"attributes":{"type":"173","factuality":"negated"}},
{"id":"e5","label":"event","start":204,"end":211,"attributes":{"type":"PROTEST","generic":true}},
{"id":"q2","label":"quote","start":239,"end":252,"attributes":{"form":"indirect"}},
{"id":"e6","label":"event","start":241,"end":246,"attributes":{"type":"RETREAT","mode":"ceasefire"}},
{"id":"s1","label":"source_phrase","start":16,"end":28}],"relations":[
{"id":"r1","type":"speaker","from":"q1","to":"a1"},{"id":"r2","type":"cue","from":"q1","to":"c1"},
{"id":"r3","type":"actor","from":"e1","to":"a2"},{"id":"r4","type":"actor","from":"e1","to":"a3"},{"id":"r5","type":"place","from":"e1","to":"p1"},{"id":"r6","type":"time","from":"e1","to":"t1"},
{"id":"r7","type":"actor","from":"e2","to":"a2"},{"id":"r8","type":"actor","from":"e2","to":"a3"},{"id":"r9","type":"recipient","from":"e2","to":"a4"},
{"id":"r10","type":"actor","from":"e3","to":"a5"},{"id":"r11","type":"place","from":"e3","to":"p2"},
{"id":"r12","type":"actor","from":"e4","to":"a5"},{"id":"r13","type":"about","from":"q2","to":"e6"},{"id":"r14","type":"speaker","from":"q1","to":"a3"}]}
{"id":"courier","source":"Halden Courier","published":"2026-03","text":"The strike at Quay 9 goes on, police detained 3.","annotator":"ana","status":"done","spans":[
{"id":"f1","label":"event","start":4,"end":10,"attributes":{"type":"PROTEST","mode":"strike"},"entity":{"id":"V1","kind":"event","name":"Varno dock strike"}},
{"id":"f2","label":"place","start":14,"end":20},
{"id":"f3","label":"actor","start":30,"end":36,"attributes":{"sector":["COP","GOV","SPY"],"country":"VRN"}},
{"id":"f4","label":"event","start":37,"end":45,"attributes":{"type":"COERCE","mode":"arrest","arrested":3}}],"relations":[
{"id":"s1r","type":"place","from":"f1","to":"f2"},{"id":"s2r","type":"actor","from":"f4","to":"f3"}]}
{"id":"courier","source":"Halden Courier","published":"2026-03","text":"The strike at Quay 9 goes on, police detained 3.","annotator":"Ben","status":"done","spans":[
{"id":"g1","label":"event","start":4,"end":10,"attributes":{"type":"PROTEST"},"entity":{"id":"V1","kind":"event","name":"Varno dock strike"}}]}
{"id":"empty","text":"Nothing happened.","annotator":"ana","status":"done"}
`

// codedStore is a project with the news schema and those reports.
func codedStore(t testing.TB) annotate.Store {
	t.Helper()
	env := annotest.NewEnvAt(annotest.Start, 8)
	store := annotest.NewMemory(env)
	apply := func(ops []annotate.Op) {
		t.Helper()
		if _, err := store.Apply(ctx, annotate.Change{ID: env.NewID(), Actor: "tester", Cause: annotate.CauseManual, Title: "set up", Ops: ops}); err != nil {
			t.Fatal(err)
		}
	}
	raw, _ := schemas.Read("news")
	news, err := schema.Parse("news", raw)
	if err != nil {
		t.Fatal(err)
	}
	apply(news.Diff(&annotate.Schema{}, env).Ops)
	lines := strings.ReplaceAll(strings.ReplaceAll(codedNews, "\n{\"id\":\"courier\"", "\x00{\"id\":\"courier\""), "\n{\"id\":\"empty\"", "\x00{\"id\":\"empty\"")
	lines = strings.ReplaceAll(strings.ReplaceAll(lines, "\n", ""), "\x00", "\n") + "\n"
	mustImport(t, store, importOptions(9), write(t, t.TempDir(), "coded.jsonl", lines))
	describe := map[string]string{
		"E1": `{"country":"VRN","wikidata":"Q42"}`,
		"E2": `{"sector":["LAB","SOC"],"country":"VRN"}`,
		"E3": `{"sector":["GOV","MED"],"kind":"organization"}`,
		"P1": `{"country":"VRN","lat":59.50,"lon":-10.25,"admin1":"Northern","geonames":"123"}`,
		"V1": `{"start_date":"2026-03-01","form":"strike","issue":"wages; hours","size":5000,"wikidata":"Q7"}`,
	}
	entities, err := store.Entities(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var ops []annotate.Op
	for _, e := range entities {
		for id, attributes := range describe {
			if !strings.HasPrefix(e.Name, map[string]string{"E1": "Ana", "E2": "Dockers", "E3": "Ministry", "P1": "Varno port", "V1": "Varno dock"}[id]) {
				continue
			}
			after := e
			if err := json.Unmarshal([]byte(attributes), &after.Attributes); err != nil {
				t.Fatal(err)
			}
			ops = append(ops, annotate.Update(e, after))
		}
	}
	apply(ops)
	return store
}

// golden compares an export with its file in testdata/domain. Look at the difference,
// then run go test ./annotate/format -run Domain -update
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", "domain", name)
	if *updateHTML {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil || string(want) != got {
		t.Errorf("%s is another one now (%v): run with -update and look at the difference", path, err)
	}
}

// TestDomainExports: the bytes of the exports for coded news.
func TestDomainExports(t *testing.T) {
	store := codedStore(t)
	for _, c := range []struct {
		name string
		o    format.ExportOptions
	}{
		{"events.csv", format.ExportOptions{Format: "events", Annotator: "all"}},
		{"events-notext.csv", format.ExportOptions{Format: "events", Annotator: "ana", NoText: true}},
		{"events-by-event.csv", format.ExportOptions{Format: "events", Annotator: "all", Options: map[string]string{"unit": "event", "bom": "yes"}}},
		{"quotes.csv", format.ExportOptions{Format: "quotes", Annotator: "ana"}},
		{"plover.jsonl", format.ExportOptions{Format: "plover", Annotator: "all", Options: map[string]string{"text": "sentence"}}},
		{"plover-notext.jsonl", format.ExportOptions{Format: "plover", Annotator: "ana", NoText: true, Options: map[string]string{"future": "keep"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, m := exportString(t, store, c.o)
			golden(t, c.name, got)
			raw, err := m.JSON()
			if err != nil {
				t.Fatal(err)
			}
			golden(t, c.name+".manifest.json", string(raw))
			if again, _ := exportString(t, store, c.o); again != got {
				t.Error("the same project and options give other bytes")
			}
		})
	}
}

// domainOptions lets the labels and relations of generated articles count.
var domainOptions = map[string]map[string]string{
	"events": {"event": "event,my label,über/Ä", "actor": "actor,part of", "recipient": "speaker", "place": "part of"},
	"quotes": {"quote": "quote,actor,my_label", "speaker": "speaker,part of", "cue": "actor", "about": "speaker,actor"},
	"plover": {"event": "event,my label,quote,actor", "actor": "actor,part of,speaker", "recipient": "part of", "place": "actor"},
}

// TestDomainHoldsAnything: whatever a project holds, the export reads back as it should
// (or it fails), the plan before is that of the manifest, and nothing vanishes without
// a word: each span is in the files or among the losses.
func TestDomainHoldsAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		articles := genArticles(t)
		for _, a := range articles {
			for i := range a.Sets {
				for k := range a.Sets[i].Spans {
					s := &a.Sets[i].Spans[k]
					if kind := rapid.SampledFrom([]string{"", "PROTEST", "AID", "0813", "01", "other"}).Draw(t, "type"); kind != "" {
						s.Attributes = s.Attributes.With("type", annotate.StringValue(kind))
					}
				}
			}
		}
		store := storeWith(t, articles, 1)
		name := rapid.SampledFrom([]string{"events", "quotes", "plover"}).Draw(t, "format")
		options := maps.Clone(domainOptions[name])
		if name == "events" {
			options["unit"] = rapid.SampledFrom([]string{"mention", "event"}).Draw(t, "unit")
		}
		o := format.ExportOptions{Format: name, Annotator: "all", Statuses: annotate.Statuses, Options: options, NoText: rapid.Bool().Draw(t, "no text")}
		plan, err := format.MakePlan(ctx, store, o)
		if err != nil {
			t.Fatalf("plan: %v", err)
		}
		got, m := exportString(t, store, o)
		if again, _ := exportString(t, store, o); again != got {
			t.Fatalf("other bytes the second time")
		}
		if !reflect.DeepEqual(plan.Losses, m.Losses) || plan.Out != m.Out {
			t.Fatalf("planned %+v, done %+v", plan.Losses, m.Losses)
		}
		if lost := note(m.Losses, "spans") + note(m.Losses, "no_entity") + note(m.Losses, "no_actor") + note(m.Losses, "no_date") +
			note(m.Losses, "no_type") + note(m.Losses, "generic"); len(m.LeftOut) == 0 && m.In.Spans-m.Out.Spans > lost {
			t.Fatalf("%d spans of %d went out, %d were told lost: %+v", m.Out.Spans, m.In.Spans, lost, m.Losses)
		}
		if o.NoText {
			requireNoQuotes(t, documents(t, store), got)
		}
	})
}

// requireNoQuotes looks for the words of spans in an export without the texts. Words that
// a fact, an attribute or a note has as well may be there.
func requireNoQuotes(t *rapid.T, list []*annotate.Document, got string) {
	t.Helper()
	var facts []string
	for _, d := range list {
		facts = append(facts, d.Article.Title, d.Article.Source, d.Article.URL, d.Article.Author, string(mustJSON(d.Article.Meta)))
		for _, s := range d.Sets {
			facts = append(facts, string(mustJSON(s.Set.Fields)), s.Set.Note)
			for _, x := range s.Spans {
				facts = append(facts, string(mustJSON(x.Attributes)), x.Note)
			}
		}
	}
	known := strings.Join(facts, "\n")
	for _, d := range list {
		for _, s := range d.Sets {
			for _, x := range s.Spans {
				if q := d.Text.Quote(x.Fragments); len(q) > 12 && strings.Contains(got, q) && !strings.Contains(known, q) {
					t.Fatalf("without the text, %q is quoted", q)
				}
			}
		}
	}
}

func mustJSON(v any) []byte {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return raw
}

// TestDomainReadBackFindsFaults: a table that is not what it should be is not kept.
func TestDomainReadBackFindsFaults(t *testing.T) {
	store := codedStore(t)
	for i, c := range []struct{ name, unit, from, to string }{
		{"events", "mention", "walked out", "walked on"},
		{"events", "mention", "37-44", "37-45"},
		{"events", "mention", "mention_id", "mention"},
		{"events", "mention", "courier,,Halden Courier,2026-03,Ben", "courier,,Halden Courier,2026-03,ana"},
		{"events", "mention", "Quay 9", "Quay 8"},
		{"events", "event", "walked out;strike", "walked out;strikes"},
		{"events", "event", ",2,e1;f1,", ",3,e1;f1,"},
		{"events", "event", "varno/1;courier,", "varno/1,"},
		{"quotes", "", "a truce holds", "a truce helds"},
		{"quotes", "", "said,11-15", "said,12-15"},
		{"plover", "", "crane drivers", "crane riders"},
		{"plover", "", `"quad_code":1`, `"quad_code":2`},
		{"plover", "", `"event":["PROTEST"]`, `"event":["protest"]`},
		{"plover", "", `"id":"f4"`, `"id":""`},
		{"plover", "", `[[171,176]]`, `[[171,177]]`},
	} {
		f, err := format.Lookup(c.name)
		if err != nil {
			t.Fatal(err)
		}
		o := format.ExportOptions{Format: c.name, Annotator: "all"}
		if c.unit != "" {
			o.Options = map[string]string{"unit": c.unit}
		}
		good, _ := exportString(t, store, o)
		if !strings.Contains(good, c.from) {
			t.Errorf("%s has no %q", c.name, c.from)
			continue
		}
		spoilt := *f
		spoilt.Name = fmt.Sprintf("%s-wrong-%d", c.name, i)
		spoilt.Write = func(out format.Target, job *format.Job) (format.Writer, error) {
			return f.Write(&spoiler{out, c.from, c.to}, job)
		}
		format.Register(&spoilt)
		o.Format, o.Stdout = spoilt.Name, io.Discard
		if _, err = format.Export(ctx, store, o); err == nil {
			t.Errorf("%s: %q as %q was not found", c.name, c.from, c.to)
			continue
		}
		wantError(t, err, "read back")
	}
}

// TestCodebook: the bytes of the codebook, in both ways.
func TestCodebook(t *testing.T) {
	store := codedStore(t)
	for name, options := range map[string]map[string]string{
		"codebook.md": nil, "codebook.html": {"as": "html", "title": "Codebook <of> the strike"},
	} {
		got, m := exportString(t, store, format.ExportOptions{Format: "codebook", Options: options})
		golden(t, name, got)
		if again, _ := exportString(t, store, format.ExportOptions{Format: "codebook", Options: options}); again != got {
			t.Errorf("%s: the same project gives other bytes", name)
		}
		if m.Out.Articles != 0 || len(m.Losses) != 0 {
			t.Errorf("%s: %+v", name, m.Plan)
		}
	}
	dir := t.TempDir()
	for name, start := range map[string]string{"a.md": "# Codebook\n", "b.HTML": "<!DOCTYPE html>", "c": "# Codebook\n"} {
		out := filepath.Join(dir, name)
		if _, err := format.Export(ctx, store, format.ExportOptions{Format: "codebook", Out: out}); err != nil {
			t.Fatal(err)
		}
		if raw, err := os.ReadFile(out); err != nil || !strings.HasPrefix(string(raw), start) {
			t.Errorf("%s begins with %.20q, %v", name, raw, err)
		}
	}
	f, err := format.Lookup("codebook")
	if err != nil {
		t.Fatal(err)
	}
	for as, want := range map[string]string{"auto": ".md", "markdown": ".md", "html": ".html"} {
		if got := f.Extension(map[string]string{"as": as}); got != want {
			t.Errorf("as=%s is offered as %s", as, got)
		}
	}
}

// TestCodebookReadBackFindsFaults: a codebook that lacks something is not kept.
func TestCodebookReadBackFindsFaults(t *testing.T) {
	store := codedStore(t)
	for i, c := range [][3]string{
		{"markdown", "### Quote `quote`", "### Quote quote"},
		{"markdown", "`third-party`", "third-party"},
		{"markdown", "One unbroken stretch", "One stretch"},
		{"html", "<code>recipient</code>", "recipient"},
		{"html", "Someone who acts", "Someone who lies"},
		{"html", "walked out", "walked on"},
	} {
		f, err := format.Lookup("codebook")
		if err != nil {
			t.Fatal(err)
		}
		spoilt := *f
		spoilt.Name = fmt.Sprintf("codebook-wrong-%d", i)
		spoilt.Write = func(out format.Target, job *format.Job) (format.Writer, error) {
			return f.Write(&spoiler{out, c[1], c[2]}, job)
		}
		format.Register(&spoilt)
		o := format.ExportOptions{Format: spoilt.Name, Stdout: io.Discard, Options: map[string]string{"as": c[0]}}
		good, _ := exportString(t, store, format.ExportOptions{Format: "codebook", Options: o.Options})
		if _, err = format.Export(ctx, store, o); (err != nil) != strings.Contains(good, c[1]) {
			t.Errorf("%q as %q: %v", c[1], c[2], err)
		}
	}
}

// TestCodebookHoldsAnything: whatever people write into a schema, the codebook is one
// text that says it, and no part of it swallows another or becomes a tag.
func TestCodebookHoldsAnything(t *testing.T) {
	markup := []string{
		"word", "*a*", "**b", "_c_", "`d", "```\n", "~~~\n", "# head\n", "### `deep`\n", "- item\n", "1. one\n", "> quote\n", "<b>", "</b>", "<!-- ", "<script>",
		"\n\n", "\n", "    code\n", "[x](javascript:alert(1))", "[r]: http://x\n", "[r]", "![p](http://x/y.png)", "&amp;", "&", "|", "---\n", "===\n", "\\", "é", "北京", "<", "\t",
	}
	rapid.Check(t, func(t *rapid.T) {
		some := func(what string) string {
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom(markup), 0, 8).Draw(t, what), rapid.SampledFrom([]string{" ", ""}).Draw(t, "glue"))
		}
		named := func(what string, i int) string {
			return strings.ReplaceAll(some(what), "\n", "") + fmt.Sprint(i)
		}
		f := &schema.File{}
		for i := range rapid.IntRange(0, 3).Draw(t, "labels") {
			f.Labels = append(f.Labels, schema.Label{
				Name: named("label", i), Title: some("title"), Description: some("description"), Guideline: some("guideline"), Entity: rapid.SampledFrom([]string{"", "actor"}).Draw(t, "entity"),
			})
		}
		for i := range rapid.IntRange(0, 2).Draw(t, "attributes") {
			f.Attributes = append(f.Attributes, schema.Attribute{
				Name: named("attribute", i), Scope: rapid.SampledFrom([]annotate.Scope{"span", "entity", "document"}).Draw(t, "scope"), Type: annotate.OneOf,
				Description: some("about"), Choices: []schema.Choice{{Name: named("choice", 0), Title: some("title of")}, {Name: named("choice", 1)}},
			})
		}
		for i := range rapid.IntRange(0, 2).Draw(t, "relations") {
			r := schema.Relation{Name: named("relation", i), Description: some("what")}
			if len(f.Labels) > 0 && rapid.Bool().Draw(t, "from") {
				r.From = []string{f.Labels[0].Name}
			}
			f.Relations = append(f.Relations, r)
		}
		env := annotest.NewEnv()
		store := annotest.NewMemory(env)
		if ops := f.Diff(&annotate.Schema{}, env).Ops; len(ops) > 0 {
			if _, err := store.Apply(ctx, annotate.Change{ID: env.NewID(), Actor: "tester", Cause: annotate.CauseManual, Title: "set up", Ops: ops}); err != nil {
				t.Fatalf("%v", err)
			}
		}
		exportString(t, store, format.ExportOptions{Format: "codebook", Options: map[string]string{"title": some("heading")}})
		got, _ := exportString(t, store, format.ExportOptions{Format: "codebook", Options: map[string]string{"as": "html"}})
		root, err := html.Parse(strings.NewReader(got))
		if err != nil {
			t.Fatalf("%v", err)
		}
		nodes(root, func(n *html.Node) {
			if n.Type == html.ElementNode && (n.Data == "script" || n.Data == "b") {
				t.Fatalf("what is in the schema became a <%s>", n.Data)
			}
			for _, a := range n.Attr {
				if a.Key == "href" && strings.HasPrefix(a.Val, "javascript") {
					t.Fatalf("a link runs something")
				}
			}
		})
	})
}
