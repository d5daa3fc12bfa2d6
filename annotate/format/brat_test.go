package format_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/format"
)

// spansOf lists spans as "annotator: label [ranges] text {attributes} ent note".
func spansOf(t testing.TB, store annotate.Store) []string {
	t.Helper()
	schema, err := store.Schema(ctx)
	if err != nil {
		t.Fatal(err)
	}
	entities, err := store.Entities(ctx)
	if err != nil {
		t.Fatal(err)
	}
	called := map[annotate.ID]string{}
	for _, e := range entities {
		called[e.ID] = e.Kind + "/" + e.Name
	}
	var list []string
	for _, d := range documents(t, store) {
		for _, set := range d.Sets {
			names := map[annotate.ID]string{}
			for _, s := range set.Spans {
				l, _ := schema.Label(s.Label)
				names[s.ID] = d.Text.Quote(s.Fragments)
				line := fmt.Sprintf("%s %s: %s %v %s", d.Article.Ref, set.Annotator.Name, l.Name, s.Fragments, names[s.ID])
				for _, a := range []string{"Negated", "mood", "list"} {
					if v, ok := s.Attributes[a]; ok {
						line += " " + a + "=" + string(v)
					}
				}
				if s.Entity != "" {
					line += " @" + called[s.Entity]
				}
				if s.Note != "" {
					line += " #" + s.Note
				}
				list = append(list, line)
			}
			for _, r := range set.Relations {
				rt, _ := schema.RelationType(r.Type)
				list = append(list, fmt.Sprintf("%s: %s -> %s", rt.Name, names[r.From], names[r.To]))
			}
		}
	}
	slices.Sort(list)
	return list
}

func same(t *testing.T, got []string, want ...string) {
	t.Helper()
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestBratLines: events, repeated roles, Equiv, booleans, values, references,
// notes, lines out of order, texts with BOM and CRLF, missing reference texts.
func TestBratLines(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "d/one.txt", "\uFEFFAnna said\r\n😀 no to Bob and her.")
	write(t, dir, "d/one.ann", strings.Join([]string{
		"R1\tabout Arg1:E1 Arg2:T3", "T1\tPerson 1 5\tAnna", "T2\tSaying 6 10\tsaid", "T3\tPerson 20 23", "T4\tThing 12 16;20 23\t😀 no Bob", "T5\tPerson 28 31\ther",
		"E1\tSaying:T2 Source:T1 Theme:T3 Theme2:T4", "A1\tNegated E1", "M1\tmood T1 glad", "A2\tlist T1 a", "A3\tlist T1 b",
		"N1\tReference T3 Wikipedia:42\tBob", "#1\tAnnotatorNotes T1\tfirst\tnote", "#2\tAnnotatorNotes T1\tsecond", "*\tEquiv T1 T5", "",
	}, "\r\n"))
	write(t, dir, "d/empty.txt", "Nothing.")
	write(t, dir, "d/empty.ann", "")
	write(t, dir, "annotation.conf", "[entities]\nPerson\n")
	store := newStore(t)
	r := mustImport(t, store, importOptions(1), dir)
	if r.Sources[0].Format != "brat" || r.Added.Articles != 2 || r.Added.Sets != 1 || r.Sources[0].Offsets != "code points" {
		t.Errorf("%+v", r)
	}
	same(t, spansOf(t, store),
		`d/one me: Person [{0 4}] Anna mood="glad" list=["a","b"] @Person/Anna #first	note`+"\nsecond",
		`d/one me: Saying [{5 9}] said Negated=true`,
		`d/one me: Person [{18 21}] Bob @Person/Bob`,
		`d/one me: Thing [{10 14} {18 21}] 😀 no Bob`,
		`d/one me: Person [{26 29}] her @Person/Anna`,
		"about: said -> Bob", "Source: said -> Anna", "Theme: said -> Bob", "Theme: said -> 😀 no Bob")
}

func TestBratAnnotators(t *testing.T) {
	dir := t.TempDir()
	for _, who := range []string{"ana", "ben"} {
		write(t, dir, who+"/x.txt", "Anna left.")
		write(t, dir, who+"/x.ann", "T1\tPerson 0 4\tAnna\n")
	}
	write(t, dir, "ben/y.txt", "Bob.")
	write(t, dir, "ben/y.ann", "T1\tPerson 0 3\tBob\n")
	store := newStore(t)
	mustImport(t, store, importOptions(1), dir)
	same(t, spansOf(t, store), "x ana: Person [{0 4}] Anna", "x ben: Person [{0 4}] Anna", "y ben: Person [{0 3}] Bob")

	// Folders that share nothing are folders.
	write(t, dir, "carl/z.txt", "Carl.")
	write(t, dir, "carl/z.ann", "T1\tPerson 0 4\tCarl\n")
	store = newStore(t)
	mustImport(t, store, importOptions(1), dir)
	if got := spansOf(t, store); !strings.HasPrefix(got[0], "ana/x me") || !strings.HasPrefix(got[len(got)-1], "carl/z me") {
		t.Errorf("%q", got)
	}
	o := importOptions(2)
	o.Options = map[string]string{"annotators": "folders"}
	store = newStore(t)
	mustImport(t, store, o, dir)
	if got := spansOf(t, store); !slices.Contains(got, "z carl: Person [{0 4}] Carl") {
		t.Errorf("%q", got)
	}

	// PolNeAR: NAME_annotator.ann, the text in the folder text.
	dir = t.TempDir()
	write(t, dir, "text/a_b.txt", "Anna left.")
	write(t, dir, "attributions/a_b_5fec.ann", "T1\tPerson 0 4\tAnna\n")
	store = newStore(t)
	mustImport(t, store, importOptions(1), dir)
	same(t, spansOf(t, store), "text/a_b 5fec: Person [{0 4}] Anna")
}

func TestBratOneFile(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.txt", "Anna")
	write(t, dir, "b.txt", "Bob")
	write(t, dir, "b.ann", "T1\tP 0 3\tBob\n")
	store := newStore(t)
	mustImport(t, store, importOptions(1), write(t, dir, "a.ann", "T1\tP 0 4\tAnna\n"))
	same(t, spansOf(t, store), "a me: P [{0 4}] Anna")
}

func TestBratRefusals(t *testing.T) {
	for ann, say := range map[string][]string{
		"T1 Person 0 4 Anna\n":                        {"x.ann:1", "tab"},
		"T1\tPerson 0\tAnna\n":                        {"x.ann:1", "START END"},
		"T1\tPerson 0 x\tAnna\n":                      {"x.ann:1", "whole numbers"},
		"T1\tPerson 0 4\tAnna\nT1\tPerson 0 4\tAnna":  {"x.ann:2", "twice"},
		"T1\tPerson 0 99\tAnna\n":                     {"x.ann:1", "outside", "10 characters"},
		"T1\tPerson 0 4\tBert\n":                      {"x.ann:1", `"Anna"`, `"Bert"`},
		"T1\tPerson 0 4\tAnna\nR1\tr Arg1:T1\n":       {"x.ann:2", "two ends"},
		"T1\tPerson 0 4\tAnna\nR1\tr Arg1:T1 Arg2:T9": {"x.ann:2", `"T9"`},
		"E1\tSay:T9\n":                                {"x.ann:1", "T9"},
		"A1\tneg T9\n":                                {"x.ann:1", "T9"},
		"Z1\tneg T9\n":                                {"x.ann:1", "Z1"},
		"T1\tPerson 0 4\tAnna\n#1\tLedeAttributes T1\t{\"a\":\"\\ud800\"}\n": {"x.ann:2", "surrogate"},
		"T1\tPerson 0 4\tA\xff\n": {"x.ann:1", "UTF-8"},
	} {
		dir := t.TempDir()
		write(t, dir, "x.txt", "Anna left.")
		write(t, dir, "x.ann", ann)
		store := newStore(t)
		_, err := format.Import(ctx, store, []string{dir}, importOptions(1))
		wantError(t, err, say...)
		if len(documents(t, store)) != 0 {
			t.Errorf("%q left something", ann)
		}
	}
	dir := t.TempDir()
	write(t, dir, "x.txt", "Anna left.")
	write(t, dir, "x.ann", "")
	write(t, dir, "y.ann", "T1\tPerson 0 4\tAnna\n")
	_, err := format.Import(ctx, newStore(t), []string{dir}, importOptions(1))
	wantError(t, err, "y.ann", "y.txt")
}

// TestBratFiles: what a folder looks like, and the shown attributes.
func TestBratFiles(t *testing.T) {
	store := newStore(t)
	env := importOptions(7).Env
	mustImport(t, store, importOptions(1), write(t, t.TempDir(), "a.jsonl",
		`{"id":"x y/1","text":"One\nTwo\u2028Three four.","annotator":"ana","status":"done","spans":[`+
			`{"id":"1","label":"my label","start":0,"end":13,"attributes":{"mood":"glad","neg":true,"free":"a b","mood2":"x"},"note":"two\nlines","entity":{"id":"E 1","kind":"p","name":"n"}},`+
			`{"id":"2","label":"my_label","start":4,"end":7,"attributes":{"neg":false,"mood":"sad"},"entity":{"id":"E2","kind":"","name":"Two"}}],`+
			`"relations":[{"id":"r","type":"part of","from":"2","to":"1","attributes":{"why":1}}]}`))
	attribute := func(name string, kind annotate.AttributeType, choices ...string) annotate.Record {
		a := annotate.Attribute{ID: env.NewID(), Scope: annotate.SpanScope, Name: name, Title: name, Type: kind}
		for _, c := range choices {
			a.Choices = append(a.Choices, annotate.Choice{Name: c})
		}
		return a
	}
	c := annotate.Change{ID: env.NewID(), Actor: "x", Cause: annotate.CauseManual, Title: "Attributes", Ops: []annotate.Op{
		annotate.Create(attribute("mood", annotate.OneOf, "glad", "sad", "not so")), annotate.Create(attribute("neg", annotate.BooleanValue)), annotate.Create(attribute("free", annotate.TextValue)),
	}}
	if _, err := store.Apply(ctx, c); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "out")
	m, err := format.Export(ctx, store, format.ExportOptions{Format: "brat", Out: out, Version: "1"})
	if err != nil {
		t.Fatal(err)
	}
	files := tree(t, out)
	if got, want := files["x y/1.ann"], "T1\tmy_label_2 0 3;4 7;8 13\tOne Two Three\nT2\tmy_label 4 7\tTwo\n"+
		"R1\tpart_of Arg1:T2 Arg2:T1\nA1\tmood T1 glad\nA2\tneg T1\nA3\tmood T2 sad\nN1\tReference T2 Lede:E2\tTwo\n"+
		"#1\tLedeAttributes T1\t{\"free\":\"a b\",\"mood2\":\"x\"}\n#2\tLedeEntity T1\t{\"id\":\"E 1\",\"kind\":\"p\",\"name\":\"n\"}\n"+
		"#3\tAnnotatorNotes T1\ttwo lines\n#4\tLedeNote T1\t{\"note\":\"two\\nlines\"}\n#5\tLedeAttributes T2\t{\"neg\":false}\n"+
		"#6\tLedeEntity T2\t{\"id\":\"E2\",\"kind\":\"\",\"name\":\"Two\"}\n#7\tLedeAttributes R1\t{\"why\":1}\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if files["x y/1.txt"] != "One\nTwo\u2028Three four." {
		t.Errorf("%q", files["x y/1.txt"])
	}
	conf := "[entities]\nmy_label_2\nmy_label\n\n[relations]\npart_of\tArg1:<ANY>, Arg2:<ANY>\nEquiv\tArg1:<ANY>, Arg2:<ANY>, <REL-TYPE>:symmetric-transitive\n<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>\n\n[events]\n\n[attributes]\nmood\tArg:<ANY>, Value:glad|sad\nneg\tArg:<ANY>\n"
	if files["annotation.conf"] != conf {
		t.Errorf("%s", files["annotation.conf"])
	}
	if m.Names["label my label"] != "my_label_2" || m.Names["relation part of"] != "part_of" || note(m.Losses, "entities") != 0 || note(m.Losses, "notes") != 0 {
		t.Errorf("%+v", m)
	}
	second := newStore(t)
	mustImport(t, second, importOptions(2), out)
	if got, want := shapeOf(t, second), shapeOf(t, store); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got\n%v\nwant\n%v", got, want)
	}
}
