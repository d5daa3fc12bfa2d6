package brat_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/format"
	_ "lede/annotate/format/brat"
)

// imported reads a folder given as txtar, from below it if sub is not "".
func imported(t *testing.T, files, sub string) (annotate.Store, *format.ImportReport) {
	t.Helper()
	dir := t.TempDir()
	for _, f := range txtar.Parse([]byte(files)).Files {
		path := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	store := annotest.NewMemory(annotest.NewEnv())
	o := format.ImportOptions{Actor: "x", Annotator: "me", Format: "brat", Env: annotest.NewEnvAt(annotest.Start, 1)}
	r, err := format.Import(context.Background(), store, []string{filepath.Join(dir, sub)}, o)
	if err != nil {
		t.Fatal(err)
	}
	return store, r
}

const configured = `-- data/a.txt --
Anna binds Ben.
-- data/a.ann --
T1	Person 0 4	Anna
-- annotation.conf --
# types
[macros]
<NE>=Person|Org
[entities]
!Thing
	Person|human
	Org
		Party
Place
[relations]
works_for	Arg1:Person, Arg2:<NE>
near	Arg1:<ANY>, Arg2:Place
Equiv	Arg1:Person, Arg2:Person, <REL-TYPE>:symmetric-transitive
<OVERLAP>	Arg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>
[events]
Binding	Theme+:<ENTITY>, Site?:Place
----------
Meeting	Theme{2}:<EVENT>|Place
[attributes]
Negation	Arg:<EVENT>
Mood	Arg:Person, Value:glad|sad|glad
Sure	Arg:<RELATION>
[oddities]
what	is this
-- visual.conf --
[labels]
Person | Somebody | Pers
works_for | works for
[drawing]
SPAN_DEFAULT	fgColor:black, bgColor:lightgreen
Person	bgColor:#ffccaa
Org	bgColor:teal, borderColor:darken
`

func TestConfigurationBecomesSchema(t *testing.T) {
	store, r := imported(t, configured, "data")
	s, err := store.Schema(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	names := func(ids []annotate.ID) string {
		var list []string
		for _, id := range ids {
			l, _ := s.Label(id)
			list = append(list, l.Name)
		}
		return strings.Join(list, " ")
	}
	var got []string
	for _, l := range s.Labels {
		got = append(got, fmt.Sprintf("%s %q <%s", l.Name, l.Title, names([]annotate.ID{l.Parent})))
	}
	for _, x := range s.RelationTypes {
		got = append(got, fmt.Sprintf("%s %q: %s > %s", x.Name, x.Title, names(x.From), names(x.To)))
	}
	for _, a := range s.Attributes {
		got = append(got, fmt.Sprintf("%s %s %s: %s %v", a.Scope, a.Name, a.Type, names(a.Labels), a.Choices))
	}
	want := `Person "Somebody" <
Org "Org" <
Party "Party" <Org
Place "Place" <
Binding "Binding" <
Meeting "Meeting" <
works_for "works for": Person > Person Org
near "near":  > Place
Theme "Theme": Binding Meeting > Person Org Party Place Binding Meeting
Site "Site": Binding > Place
span Negation boolean: Binding Meeting []
span Mood one_of: Person [{glad  map[]} {sad  map[]}]
relation Sure boolean:  []`
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
	if person, _ := s.LabelNamed("Person"); person.Color != "#ffccaa" {
		t.Error(person.Color)
	}
	if org, _ := s.LabelNamed("Org"); org.Color != "#008080" {
		t.Error(org.Color)
	}
	if len(r.Notes) != 2 || r.Notes[0].Kind != "configuration" || r.Notes[0].Count != 1 {
		t.Errorf("%+v", r.Notes)
	}
}

// spans lists the spans and relations of the first article.
func spans(t *testing.T, store annotate.Store) string {
	t.Helper()
	s, err := store.Schema(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for d, err := range store.Documents(context.Background(), annotate.DocumentQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		for _, set := range d.Sets {
			lines = append(lines, set.Annotator.Name+" of "+d.Article.Ref)
			text := map[annotate.ID]string{}
			for i, x := range set.Spans {
				l, _ := s.Label(x.Label)
				text[x.ID] = fmt.Sprintf("%d %s %q %s", i, l.Name, d.Text.Quote(x.Fragments), x.Attributes)
				lines = append(lines, text[x.ID])
			}
			for _, x := range set.Relations {
				k, _ := s.RelationType(x.Type)
				lines = append(lines, k.Name+": "+text[x.From]+" > "+text[x.To])
			}
		}
	}
	return strings.Join(lines, "\n")
}

// TestEventsWithOneTrigger: each event keeps its own roles and attributes.
func TestEventsWithOneTrigger(t *testing.T) {
	store, r := imported(t, "-- a.txt --\nA and B bind.\n-- a.a1 --\nT1\tP 0 1\tA\nT2\tP 6 7\tB\n-- a.a2 --\nT3\tBinding 8 12\tbind\nE1\tBinding:T3 Theme:T1\n"+
		"E2\tBinding:T3 Theme:T2 Theme2:E1\nM1\tNegation E2\n*\tAlias T1 T2 E2\n", "")
	want := `me of a
0 P "A" map[]
1 P "B" map[]
2 Binding "bind" map[]
3 Binding "bind" map[Negation:true]
Alias: 0 P "A" map[] > 1 P "B" map[]
Alias: 1 P "B" map[] > 3 Binding "bind" map[Negation:true]
Theme: 2 Binding "bind" map[] > 0 P "A" map[]
Theme: 3 Binding "bind" map[Negation:true] > 1 P "B" map[]
Theme: 3 Binding "bind" map[Negation:true] > 2 Binding "bind" map[]`
	if got := spans(t, store); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if len(r.Notes) == 0 || r.Notes[0].Kind != "events" || r.Notes[0].Count != 1 {
		t.Errorf("%+v", r.Notes)
	}
}

// TestPolNeAR: several annotators' files beside one text, with PARC's attributions.
func TestPolNeAR(t *testing.T) {
	const ann = "T1\tSource 0 4\tAnna\nT2\tCue 5 9\tsaid\nT3\tAttribution 5 9\tsaid\nT4\tContent 10 12;14 16\tno is\nE1\tAttribution:T3 Source:T1 Cue:T2 Content:T4\n"
	files := "-- text/x_y.txt --\nAnna said no. is\n-- x_y_5fec.ann --\n" + ann + "-- x_y_0a1b.ann --\n-- deep/annotations/z_5fec.ann --\nT1\tCue 4 8\tsaid\n-- deep/text/z.txt --\nBen said.\n"
	store, _ := imported(t, files, "")
	want := `5fec of deep/text/z
0 Cue "said" map[]
0a1b of text/x_y
5fec of text/x_y
0 Source "Anna" map[]
1 Attribution "said" map[]
2 Cue "said" map[]
3 Content "no is" map[]`
	got := spans(t, store)
	roles := 0
	for _, line := range strings.Split(got, "\n") {
		if strings.Contains(line, ": 1 Attribution") {
			roles++
		}
	}
	if !strings.HasPrefix(got, want) || roles != 3 {
		t.Errorf("got\n%s\nwant\n%s\nand three roles", got, want)
	}
}

// TestPartsOfASplit: the folder of a split export is read as a whole, each article with
// its part, and the folders of annotators below the parts are what they are.
func TestPartsOfASplit(t *testing.T) {
	store, _ := imported(t, `-- manifest.json --
{"program":"lede 1","format":"brat","annotators":["ana","ben"],"names":{"label my label":"my_label"},"split":{"parts":[{"name":"train"},{"name":"test"}]}}
-- train/ana/x.txt --
Anna
-- train/ana/x.ann --
T1	my_label 0 4	Anna
-- test/ben/y.txt --
Ben
-- test/ben/y.ann --
T1	my_label 0 3	Ben
`, "")
	if got, want := spans(t, store), "ben of y\n0 my label \"Ben\" map[]\nana of x\n0 my label \"Anna\" map[]"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for d, err := range store.Documents(context.Background(), annotate.DocumentQuery{}) {
		if want := map[string]string{"x": "train", "y": "test"}[d.Article.Ref]; err != nil || d.Article.Meta.String("split") != want {
			t.Errorf("%v %v", d.Article, err)
		}
	}
}
