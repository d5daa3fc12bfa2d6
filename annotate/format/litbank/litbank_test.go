package litbank_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lede/annotate/format"
	"lede/annotate/format/formattest"
	_ "lede/annotate/format/litbank"
)

// layers are made up in LitBank's layout: a text in all its layers, and one that has
// columns alone.
var layers = map[string]string{
	"entities/tsv/7_fish_brat.tsv":   "Old\tB-PER\tO\tO\t\nAnn\tI-PER\tB-PER\tO\t\nswam\tO\tO\tO\t\n\nNo\tO\tO\tO\t\n!\tO\tO\tO\t\n",
	"events/tsv/7_fish_brat.tsv":     "Old\tO\nAnn\tO\nswam\tEVENT\n\nNo\tO\n!\tO\n",
	"coref/tsv/7_fish_brat.ann":      "MENTION\tT1\t0\t0\t0\t1\tOld Ann\tPER\tPROP\nMENTION\tT2\t1\t0\t1\t0\tNo\tPER\tPRON\nCOREF\tT1\tOld_Ann-3\nCOREF\tT2\tOld_Ann-3\nCOP\tT1\tT2\nCOP\tT1\tT9\nCOREF\tT8\tX-1\n",
	"coref/tsv/7_fish_brat.txt":      "Old Ann swam\nNo !\n",
	"coref/conll/7_fish_brat.conll":  "#begin document (7_fish_brat); part 0\n7\t0\t0\tOld\t_\t(9)\n7\t0\t1\tAnn\t_\t_\n7\t0\t2\tswam\t_\t_\n\n7\t0\t0\tNo\t_\t_\n7\t0\t1\t!\t_\t_\n#end document\n",
	"quotations/tsv/7_fish_brat.ann": "QUOTE\tQ1\t1\t0\t1\t1\tNo !\nATTRIB\tQ1\tOld_Ann-3\n",
	"quotations/tsv/7_fish_brat.txt": "Old Ann swam\nNo !\n",
	"quotations/README.md":           "read me",
	"coref/brat/7_fish_brat.ann":     "T1\tPER 0 3\tOld",
	"coref/conll/8_b_brat.conll":     "#begin document (8_b_brat); part 0\n8\t0\t0\tA\t_\t(1|(2)\n8\t0\t1\tb\t_\t1)\n#end document\n",
	"entities/tsv/8_b_brat.tsv":      "Another\tB-PER\tO\t\ntext\tO\tO\t\n",
}

func TestConform(t *testing.T) {
	formattest.Conform(t, "litbank", formattest.Case{Sample: layers})
}

func TestFolderIsKnown(t *testing.T) {
	f, err := format.Lookup("litbank")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		files []string
		want  bool
	}{
		{[]string{"entities/tsv/7_fish_brat.tsv", "events/tsv/7_fish_brat.tsv"}, true},
		{[]string{"litbank/coref/tsv/7_fish_brat.ann", "litbank/quotations/tsv/7_fish_brat.ann"}, true},
		{[]string{"coref/brat/7_fish_brat.ann", "coref/brat/7_fish_brat.txt"}, false},
		{[]string{"events/a.txt", "entities/b.txt"}, false},
	} {
		if got := f.Detect(format.Sample{Dir: true, Files: c.files}) > 0; got != c.want {
			t.Errorf("%v: %v, want %v", c.files, got, c.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	var b strings.Builder
	for _, name := range []string{"entities/tsv/7_fish_brat.tsv", "coref/tsv/7_fish_brat.ann", "coref/tsv/7_fish_brat.txt", "coref/conll/8_b_brat.conll"} {
		fmt.Fprintf(&b, "-- %s --\n%s", name, layers[name])
	}
	formattest.Fuzz(f, "litbank", b.String())
}

// read reads a folder, or the file in it that is named.
func read(t *testing.T, files map[string]string, one string) ([]*format.Article, error) {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	f, err := format.Lookup("litbank")
	if err != nil {
		t.Fatal(err)
	}
	src := format.Source{Path: dir, Name: "lb", Dir: true}
	if one != "" {
		src = format.Source{Path: filepath.Join(dir, one), Name: one, Rel: one}
	}
	var list []*format.Article
	for a, err := range f.Read(context.Background(), src, nil) {
		if err != nil {
			return list, err
		}
		list = append(list, a)
	}
	return list, nil
}

func show(a *format.Article) string {
	var got []string
	for _, s := range a.Sets[0].Spans {
		e := ""
		if s.Entity != nil {
			e = s.Entity.ID + "=" + s.Entity.Name
		}
		got = append(got, fmt.Sprintf("%s %q %s %s", s.Label, a.Index().Quote(s.Fragments), e, s.Attributes))
	}
	for _, r := range a.Sets[0].Relations {
		got = append(got, fmt.Sprintf("%s %s %s", r.Type, r.From, r.To))
	}
	return strings.Join(got, "\n")
}

func TestLayersOfATextAreOneArticle(t *testing.T) {
	list, err := read(t, layers, "")
	if err != nil || len(list) != 2 {
		t.Fatal(list, err)
	}
	want := `PER "Old Ann" 7_fish:Old_Ann-3=Old Ann map[mention:"PROP"]
PER "No" 7_fish:Old_Ann-3=Old Ann map[mention:"PRON"]
quote "No !"  map[speaker:"Old_Ann-3"]
PER "Ann"  map[]
EVENT "swam"  map[]
COP MENTIONT1 MENTIONT2`
	a := list[0]
	if got := show(a); a.Ref != "7_fish" || a.Text != "Old Ann swam\nNo !" || got != want || len(a.LeftOutNotes()) != 2 {
		t.Errorf("%s %q %+v\n%s", a.Ref, a.Text, a.LeftOutNotes(), got)
	}
	// The second layer of the other text is about other words.
	b := list[1]
	if got := show(b); got != `PER "Another"  map[]` || len(b.LeftOutNotes()) != 1 || b.LeftOutNotes()[0].Kind != "layers" {
		t.Errorf("%s\n%+v", got, b.LeftOutNotes())
	}
}

func TestChains(t *testing.T) {
	list, err := read(t, map[string]string{"8_b.conll": layers["coref/conll/8_b_brat.conll"]}, "8_b.conll")
	if err != nil || show(list[0]) != "mention \"A\" 8_b:2=2 map[]\nmention \"A b\" 8_b:1=1 map[]" {
		t.Errorf("%v %v", list, err)
	}
}

func TestRefusals(t *testing.T) {
	const txt = "Old Ann swam\nNo !\n"
	for _, c := range []struct{ name, content, want string }{
		{"a.ann", "MENTION\tT1\t0\t0\t0\t9\tx\tPER\tPROP", "no word 9 of sentence 0"},
		{"a.ann", "MENTION\tT1\t7\t0\t7\t0\tx\tPER\tPROP", "no word 0 of sentence 7"},
		{"a.ann", "MENTION\tT1\t0\tx\t0\t1\tx\tPER\tPROP", "no word x"},
		{"a.ann", "QUOTE\tT1\t1\t0\t0\t1\tx", "ends before it begins"},
		{"a.ann", "QUOTE\tT1\t0\t0\t0\t1\tx\nQUOTE\tT1\t0\t0\t0\t1\tx", "there twice"},
		{"a.ann", "T1\tPER 0 3\tOld", "a line of LitBank is"},
		{"b.ann", "QUOTE\tT1\t0\t0\t0\t1\tx", "there is no b.txt"},
		{"a.tsv", "Old\tX-PER", `the tag "X-PER"`},
		{"a.tsv", "Old\tB-", `the tag "B-"`},
		{"a.tsv", "Old", "1 columns here, too few"},
		{"a.tsv", "\n\n", "there are no words"},
		{"a.conll", "8\t0\t0\tA\t_\t1)", "has not begun"},
		{"a.conll", "8\t0\t0\tA\t_\t(1", "never ends"},
		{"a.conll", "8\t0\t0\tA\t_\t1", `the chain "1"`},
	} {
		_, err := read(t, map[string]string{"a.txt": txt, c.name: c.content}, c.name)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), c.name) {
			t.Errorf("%q: %v, want %q", c.content, err, c.want)
		}
	}
	if _, err := read(t, map[string]string{"a.txt": txt}, ""); err == nil || !strings.Contains(err.Error(), "no layer") {
		t.Errorf("%v", err)
	}
}
