package webannotsv_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/format"
	_ "lede/annotate/format/webannotsv"
)

// read lists what is read of a file: the text, spans, relations, chains and what was
// left out.
func read(t *testing.T, content string, schema *annotate.Schema) ([]string, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.tsv")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := format.Lookup("webanno-tsv")
	if err != nil {
		t.Fatal(err)
	}
	s := format.Settings{"label": "auto", "layers": "auto", "annotators": "auto"}
	var lines []string
	for a, err := range f.Read(context.Background(), format.Source{Path: path, Name: "a.tsv", Rel: "a.tsv", Schema: schema}, s) {
		if err != nil {
			return lines, err
		}
		lines = append(lines, fmt.Sprintf("%s %q", a.Ref, a.Text))
		called := map[string]string{}
		for _, x := range a.Sets[0].Spans {
			called[x.ID] = fmt.Sprintf("%s%v", x.Label, x.Fragments)
			lines = append(lines, called[x.ID]+values(x.Attributes))
		}
		for _, r := range a.Sets[0].Relations {
			lines = append(lines, fmt.Sprintf("%s: %s -> %s%s", r.Type, called[r.From], called[r.To], values(r.Attributes)))
		}
		for _, same := range a.Sets[0].Same {
			lines = append(lines, "same "+called[same[0]]+" "+called[same[1]])
		}
		for _, n := range a.LeftOutNotes() {
			lines = append(lines, fmt.Sprintf("left %d %s", n.Count, n.Kind))
		}
	}
	return lines, nil
}

func values(v annotate.Values) string {
	s := ""
	for _, k := range slices.Sorted(maps.Keys(v)) {
		s += " " + k + "=" + string(v[k])
	}
	return s
}

func want(t *testing.T, got []string, lines ...string) {
	t.Helper()
	if !slices.Equal(got, lines) {
		t.Errorf("read\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(lines, "\n  "))
	}
}

const head = "#FORMAT=WebAnno TSV 3.3\n"

// Stacked spans, parts of tokens, a span over a sentence's end, escapes, relations
// with ids, padding between sentences, a line break and a tab inside one.
func TestSpansAndRelations(t *testing.T) {
	_, err := read(t, head+`#T_SP=custom.Event|value|mood
#T_SP=custom.Bare|
#T_RL=custom.Rel|kind|BT_custom.Event


#Sentence.id=s1
#Text=😀 Plays\tit
#Text=there.
1-1	0-2	😀	_	_	*	_	_	
1-2	3-8	Plays	a\|b[1]|*[2]	x\_y[1]|*[2]	_	_	_	
1-2.1	3-7	Play	c	\*	*[3]	_	_	
1-2.2	7-8	s	_	_	*[3]	because	1-2[1_0]	
1-2.2.9	0-0		_	_	_	_	_	
1-3	9-11	it	a\|b[1]	x\_y[1]	_	_	_	
1-4	12-17	there	_	_	*[4]	_	_	
1-5	17-18	.	_	_	_	_	_	

#Text=Next .
2-1	20-24	Next	d\->e	_	*[4]	why|*	1-2[2_0]|2-1	
2-2	25-26	.	_	_	_	_	_	
`, nil)
	if err == nil {
		t.Fatal("a row outside its sentence was taken")
	}
	got, err := read(t, head+`#T_SP=custom.Event|value|mood
#T_SP=custom.Bare|
#T_RL=custom.Rel|kind|BT_custom.Event


#Sentence.id=s1
#Text=😀 Plays\tit
#Text=there.
1-1	0-2	😀	_	_	*	_	_	
1-2	3-8	Plays	a\|b[1]|*[2]	x\_y[1]|*[2]	_	_	_	
1-2.1	3-7	Play	c	\*	*[3]	_	_	
1-2.2	7-8	s	f	*	*[3]	because	1-2[1_0]	
1-3	9-11	it	a\|b[1]	x\_y[1]	_	_	_	
1-4	12-17	there	_	_	*[4]	_	_	
1-5	17-18	.	_	_	_	_	_	

#Text=Next .
2-1	20-24	Next	d\->e	_	*[4]	why|*	1-2[2_0]|2-1	
2-2	25-26	.	_	_	_	_	_	
`, nil)
	if err != nil {
		t.Fatal(err)
	}
	want(t, got,
		`a "😀 Plays\tit\nthere.\n Next ."`,
		"Bare[{0 2}]",
		`a|b[{3 11}] mood="x_y"`,
		"Event[{3 8}]",
		`c[{3 7}] mood="*"`,
		"Bare[{3 8}]",
		"f[{7 8}]",
		"Bare[{12 24}]",
		"d->e[{20 24}]",
		"because: a|b[{3 11}] -> f[{7 8}]",
		"why: Event[{3 8}] -> d->e[{20 24}]",
		"Rel: d->e[{20 24}] -> d->e[{20 24}]",
		"left 9 layers",
	)
}

func TestSlotsAndChains(t *testing.T) {
	got, err := read(t, head+`#T_SP=custom.Frame|FE|ROLE_custom.Frame:roles_custom.RolesLink|custom.Lu
#T_SP=custom.Lu|lu
#T_SP=custom.Any|ROLE_custom.Any:to_custom.AnyLink|uima.tcas.Annotation
#T_CH=custom.CorefLink|referenceRelation|referenceType


#Text=Bob sold the clock
1-1	0-3	Bob	_	_	_	bob	who	1-3[4]	coref->1-1	nam[1]	
1-2	4-8	sold	deal	seller;goods;*	1-1;1-3[4];*	_	_	_	_	_	
1-3	9-12	the	_	_	_	clock[4]	_	_	*->1-2	*[1]	
1-4	13-18	clock	_	_	_	clock[4]	_	*	*->1-2	*[1]	
`, nil)
	if err != nil {
		t.Fatal(err)
	}
	want(t, got,
		`a "Bob sold the clock"`,
		"bob[{0 3}]",
		"Any[{0 3}]",
		`Coref[{0 3}] referenceRelation="coref" referenceType="nam"`,
		"deal[{4 8}]",
		"clock[{9 18}]",
		"Coref[{9 18}]",
		"Any[{13 18}]",
		"who: Any[{0 3}] -> clock[{9 18}]",
		"seller: deal[{4 8}] -> bob[{0 3}]",
		"goods: deal[{4 8}] -> clock[{9 18}]",
		"same Coref[{0 3}] Coref[{9 18}]",
		"left 5 layers",
		"left 1 slots",
	)
}

// Values become what the project's schema says; offsets in code points are taken as a
// whole, and told.
func TestTypesAndUnits(t *testing.T) {
	schema := &annotate.Schema{Attributes: []annotate.Attribute{
		{Scope: annotate.SpanScope, Name: "n", Type: annotate.NumberValue},
		{Scope: annotate.SpanScope, Name: "b", Type: annotate.BooleanValue},
		{Scope: annotate.SpanScope, Name: "l", Type: annotate.ManyOf},
		{Scope: annotate.SpanScope, Name: "odd", Type: annotate.NumberValue},
	}}
	got, err := read(t, head+"#T_SP=custom.E|label|n|b|l|odd\n\n\n#Text=😀 a\n1-1\t0-1\t😀\t_\t_\t_\t_\t_\n1-2\t2-3\ta\tx\t0.10\ttrue\t\\[\"p\"\\]\tmany\n", schema)
	if err != nil {
		t.Fatal(err)
	}
	want(t, got, `a "😀 a"`, `x[{3 4}] b=true l=["p"] n=0.10 odd="many"`, "left 3 layers", "left 1 offsets")
}

func TestRefusals(t *testing.T) {
	row := head + "#T_SP=a.B|v\n#T_RL=a.R|v|BT_a.B\n\n\n#Text=ab\n"
	for _, c := range []struct{ content, says string }{
		{"", "the file is empty"},
		{"a\tb\n", "a.tsv:1: the first line is not #FORMAT"},
		{"#FORMAT=WebAnno TSV 4.0\n", `"WebAnno TSV 4.0" is no version`},
		{" # a.B | v\n#id=1\n", "WebAnno TSV 1 or 2"},
		{"#id=1\n", "WebAnno TSV 1 or 2"},
		{head + "#T_SP=|v\n", "a layer has no name"},
		{head + "#T_SP=a.B|ROLE_x|y\n", "says no feature"},
		{row + "1-1\t0-2\tab\n", "a.tsv:7: the row has 3 columns; the header declares 6"},
		{row + "1-1\t0:2\tab\t_\t_\t_\n", "is no place in the text"},
		{row + "1-1\t2-0\tab\t_\t_\t_\n", "is no place in the text"},
		{head + "\n1-1\t0-2\tab\n", "belongs to no sentence"},
		{row + "1-1\t0-2\tab\t_\t_\t_\n1-1\t0-2\tab\t_\t_\t_\n", "1-1 is there twice"},
		{row + "1-1\t0-3\tabc\t_\t_\t_\n", "outside the text of its sentence"},
		{row + "1-1\t0-2\tcd\t_\t_\t_\n", `reads "cd" there and "ab"`},
		{row + "1-1\t0-2\tab\tx\tr\t7-7\n", `points at "7-7", which is no row`},
		{row + "1-1\t0-2\tab\tx\tr\t1-1[9_0]\n", "points at the annotation [9]"},
		{row + "1-1\t0-2\tab\t_\tr\t1-1\n", "annotation of B in row 1-1, which is not there"},
		{head + "#T_CH=a.CLink|referenceRelation\n\n\n#Text=ab\n1-1\t0-2\tab\tx\n", "names no place in a chain"},
		{head + "\n#Text=ab\n1-1\t99999999999-999999999999\tab\n", "far behind"},
	} {
		_, err := read(t, c.content, nil)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%q: %v, want one that says %q", c.content, err, c.says)
		}
	}
}
