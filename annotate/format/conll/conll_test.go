package conll_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/format"
	_ "lede/annotate/format/all"
)

var ctx = context.Background()

type tester interface {
	Helper()
	Fatalf(string, ...any)
}

func store() annotate.Store { return annotest.NewMemory(annotest.NewEnv()) }

func take(t tester, s annotate.Store, options map[string]string, path string) (*format.ImportReport, error) {
	t.Helper()
	return format.Import(ctx, s, []string{path}, format.ImportOptions{
		Format: "conll", Actor: "t", Annotator: "me", Env: annotest.NewEnvAt(annotest.Start, 7), Options: options,
	})
}

func file(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// filled is a store with articles in Lede's own lines.
func filled(t testing.TB, lines string) annotate.Store {
	t.Helper()
	s := store()
	_, err := format.Import(ctx, s, []string{file(t, "in.jsonl", lines)}, format.ImportOptions{Format: "jsonl", Actor: "t", Env: annotest.NewEnvAt(annotest.Start, 3)})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func export(t tester, s annotate.Store, options map[string]string) (string, *format.Manifest) {
	t.Helper()
	var out strings.Builder
	m, err := format.Export(ctx, s, format.ExportOptions{Format: "conll", Stdout: &out, Options: options, Version: "test"})
	if err != nil {
		t.Fatalf("export: %v", err)
	}
	return out.String(), m
}

// said is what is in a store: texts, and the spans of each article as label:text.
func said(t tester, s annotate.Store) string {
	t.Helper()
	schema, err := s.Schema(ctx)
	if err != nil {
		t.Fatalf("%v", err)
	}
	var all strings.Builder
	for d, err := range s.Documents(ctx, annotate.DocumentQuery{}) {
		if err != nil {
			t.Fatalf("%v", err)
		}
		fmt.Fprintf(&all, "%q", d.Text.String())
		for _, set := range d.Sets {
			var spans []string
			for _, x := range set.Spans {
				l, _ := schema.Label(x.Label)
				spans = append(spans, fmt.Sprintf("%s:%s", l.Name, d.Text.Quote(x.Fragments)))
			}
			slices.Sort(spans)
			fmt.Fprintf(&all, " %s%q", set.Annotator.Name, spans)
		}
		all.WriteString("\n")
	}
	return all.String()
}

const news = `{"id":"n 1","text":"“We will,” said Ana Müller, EU.\nSo she said.","annotator":"ana","status":"done","spans":[
{"id":"q","label":"quote","start":0,"end":10},{"id":"a","label":"act or","start":16,"end":26},{"id":"f","label":"first","start":16,"end":19},{"id":"e","label":"act or","start":28,"end":30},{"id":"g","label":"act or","start":30,"end":31}]}
{"id":"n2","text":"Nothing.","annotator":"ana","status":"done"}
`

func TestVariants(t *testing.T) {
	s := filled(t, strings.ReplaceAll(news, "\"spans\":[\n", "\"spans\":["))
	for name, c := range map[string]struct {
		options map[string]string
		want    string
	}{
		"iob1":  {map[string]string{"scheme": "iob1", "docstart": "no"}, "Ana I-act_or|Müller I-act_or|, O|EU I-act_or|. B-act_or||So O"},
		"bioes": {map[string]string{"scheme": "bioes"}, "-DOCSTART- O||“ B-quote|We I-quote|will I-quote|, I-quote|” E-quote|said O|Ana B-act_or|Müller E-act_or|, O|EU S-act_or|. S-act_or||So O"},
		"bilou": {map[string]string{"scheme": "bilou"}, "” L-quote|said O|Ana B-act_or|Müller L-act_or|, O|EU U-act_or|. U-act_or||"},
		"2003":  {map[string]string{"columns": "2003", "separator": "space"}, "-DOCSTART- -X- -X- O||“ -X- O B-quote|We -X- O I-quote|"},
		"ref":   {map[string]string{"docstart": "ref"}, "-DOCSTART-(n%201) O||"},
		"columns": {
			map[string]string{"overlaps": "columns"},
			"-DOCSTART- O O O||“ B-quote O O|We I-quote O O|will I-quote O O|, I-quote O O|” I-quote O O|said O O O|Ana O B-act_or B-first|Müller O I-act_or O|, O O O|EU O B-act_or O|. O B-act_or O||So O O O|",
		},
		"plus": {
			map[string]string{"columns": "plus", "overlaps": "columns"},
			"# global.columns = ID FORM MISC NER:quote NER:act_or NER:first|# newdoc id = n%201|1 “ SpaceAfter=No B-quote O O|2 We _ I-quote O O|",
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, _ := export(t, s, c.options)
			flat := strings.NewReplacer("\n", "|", "\t", " ").Replace(got)
			if !strings.Contains(flat, c.want) {
				t.Errorf("got\n%s\nwant\n%s", flat, c.want)
			}
			if strings.Contains(got, " ") && c.options["separator"] != "space" && c.options["columns"] != "plus" {
				t.Errorf("a blank in %q", got)
			}
			back := store()
			if _, err := take(t, back, nil, file(t, "back.conll", got)); err != nil {
				t.Fatal(err)
			}
			first := " first:Ana"
			if c.options["overlaps"] == "" {
				first = ""
			}
			spans := strings.Fields("act_or:. act_or:Ana_Müller act_or:EU" + first)
			for i := range spans {
				spans[i] = strings.Replace(spans[i], "Ana_", "Ana ", 1)
			}
			text, quote := "“ We will , ” said Ana Müller , EU .\nSo she said .", "quote:“ We will , ”"
			if c.options["columns"] == "plus" {
				text, quote = "“We will,” said Ana Müller, EU.\nSo she said.", "quote:“We will,”"
			}
			want := fmt.Sprintf("%q me%q\n", text, append(spans, quote))
			got = said(t, back)
			if c.options["docstart"] != "no" && !strings.HasPrefix(got, want) || c.options["docstart"] == "no" && !strings.Contains(got, strings.TrimSuffix(strings.SplitN(want, "me", 2)[1], "\n")) {
				t.Errorf("back\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestOneFileALabel(t *testing.T) {
	s := filled(t, strings.ReplaceAll(news, "\"spans\":[\n", "\"spans\":["))
	out := filepath.Join(t.TempDir(), "out")
	m, err := format.Export(ctx, s, format.ExportOptions{Format: "conll", Out: out, Options: map[string]string{"overlaps": "files", "docstart": "ref"}, Version: "1"})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range m.Files {
		names = append(names, f.Name)
	}
	if !slices.Equal(names, []string{"act_or.conll", "first.conll", "quote.conll"}) {
		t.Error(names)
	}
	back := store()
	report, err := format.Import(ctx, back, []string{out}, format.ImportOptions{Actor: "t", Env: annotest.NewEnvAt(annotest.Start, 7)})
	if err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf("%q ana%q\n%q ana[]\n", "“ We will , ” said Ana Müller , EU .\nSo she said .", []string{"act or:.", "act or:Ana Müller", "act or:EU", "first:Ana", "quote:“ We will , ”"}, "Nothing .")
	if got := said(t, back); got != want || report.Read.Articles != 2 {
		t.Errorf("%+v\n%s\nwant\n%s", report.Read, got, want)
	}
	if err := os.WriteFile(filepath.Join(out, "first.conll"), []byte("-DOCSTART-(n%201)\tO\n\nOther\tO\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err = take(t, store(), nil, out); err == nil || !strings.Contains(err.Error(), "another text") {
		t.Error(err)
	}
}

func TestReading(t *testing.T) {
	for name, c := range map[string]struct {
		in      string
		options map[string]string
		want    string
		notes   string
	}{
		"2003 as distributed": {
			in:    "-DOCSTART- -X- -X- O\n\nEU NNP I-NP I-ORG\nUN NNP I-NP B-ORG\nrejects VBZ I-VP O\n\nPeter NNP I-NP I-PER\n\n-DOCSTART- -X- -X- O\n\nx NN O O\n",
			want:  `"EU UN rejects\nPeter" me["ORG:EU" "ORG:UN" "PER:Peter"]` + "\n" + `"x" me[]` + "\n",
			notes: "columns",
		},
		"windows": {in: "\uFEFFA\tB-X\r\nb\tI-X\r\n\r\n\r\nc\tO\r\n", want: `"A b\nc" me["X:A b"]` + "\n"},
		"no end":  {in: "A B-X\nb I-Y-Z\n", options: map[string]string{"lenient": "yes"}, want: `"A b" me["X:A" "Y-Z:b"]` + "\n", notes: "tags"},
		"aida":    {in: "-DOCSTART- (1 EU)\nEU\tB-X\n\n-DOCSTART- (2 Rare)\nRare\tO\n", want: `"EU" me["X:EU"]` + "\n" + `"Rare" me[]` + "\n"},
		"bilou":   {in: "a\tB-X\nb\tL-X\nc\tU-X\nd\tO\n", want: `"a b c d" me["X:a b" "X:c"]` + "\n"},
		"bioes":   {in: "a\tB-X\nb\tI-X\nb\tE-X\nc\tS-X\n\n", want: `"a b b c" me["X:a b b" "X:c"]` + "\n"},
		"swapped": {in: "B-X\ta\nI-X\tb\nO\tc\n", want: `"a b c" me["X:a b"]` + "\n"},
		"nested":  {in: "a\tB-X\tB-Y\nb\tI-X\tO\n", want: `"a b" me["X:a b" "Y:a"]` + "\n"},
		"second":  {in: "a\tB-X\tB-Y\nb\tI-X\tO\n", options: map[string]string{"tag-column": "3"}, want: `"a b" me["Y:a"]` + "\n", notes: "columns"},
		"each":    {in: "a\tB-X\n\nb\tO\n", options: map[string]string{"documents": "sentence"}, want: `"a" me["X:a"]` + "\n" + `"b" me[]` + "\n"},
		"plus": {
			in:    "# global.columns = ID FORM UPOS MISC NER\n# newdoc id = d1\n# text = don't go\n1-2\tdon't\t_\t_\t_\n1\tdo\tV\tSpaceAfter=No\tB-X\n2\tn't\tA\t_\t_\n3\tgo\tV\t_\tO\n",
			want:  `"don't go" me["X:do"]` + "\n",
			notes: "columns comments multiword",
		},
		"comments": {in: "# a: \"b\"\nx\tB-X\n#\tO\n", options: map[string]string{"comments": "keep"}, want: `"x #" me["X:x"]` + "\n"},
		"blanks":   {in: "New York\tB-X\n\u2028\tI-X\n", want: `"New York \u2028" me["X:New York \u2028"]` + "\n"},
	} {
		t.Run(name, func(t *testing.T) {
			s := store()
			r, err := take(t, s, c.options, file(t, "a.conll", c.in))
			if err != nil {
				t.Fatal(err)
			}
			if got := said(t, s); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			var notes []string
			for _, n := range r.Notes {
				if n.Kind != "labels" {
					notes = append(notes, n.Kind)
				}
			}
			if got := strings.Join(notes, " "); got != c.notes {
				t.Errorf("notes %q, want %q", got, c.notes)
			}
		})
	}
}

func TestRefsAndComments(t *testing.T) {
	s := store()
	if _, err := take(t, s, map[string]string{"comments": "keep"}, file(t, "a.conll", "-DOCSTART-(n%201)\tO\n\n# a: \"b\"\nx\tO\n\n#begin document (bc/x); part 000\ny\tO\n#end document\n")); err != nil {
		t.Fatal(err)
	}
	var got []string
	for d, err := range s.Documents(ctx, annotate.DocumentQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, d.Article.Ref, string(d.Article.Meta["comments"]))
	}
	if want := []string{"n 1", `["a: \"b\""]`, "(bc/x); part 000", ""}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	s = store()
	if _, err := take(t, s, nil, file(t, "alone.conll", "x\tO\n")); err != nil {
		t.Fatal(err)
	}
	for d, err := range s.Documents(ctx, annotate.DocumentQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		if d.Article.Ref != "alone" {
			t.Error(d.Article.Ref)
		}
	}
}

func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		in      string
		options map[string]string
		say     []string
	}{
		{"a\tO\tB-X\nb\tO\tI-X\n\nc\tO\tO\nd\tO\tI-X\n", nil, []string{"a.conll:5", "column 3", `"I-X" follows "O"`, "IOB2", "lenient=yes"}},
		{"a\tB-X\nb\tI-Y\n", nil, []string{"a.conll:2", "column 2", `"I-Y" follows "B-X"`}},
		{"a\tB-X\n\nb\tI-X\n", nil, []string{"a.conll:3", "the start of the sentence"}},
		{"a\tB-X\nb\tO\nc\tS-X\n", nil, []string{"a.conll:2", `"O" follows "B-X"`, "BIOES"}},
		{"a\tS-X\nb\tB-X\n", nil, []string{"a.conll:2", "sentence ends", "open"}},
		{"a\tB-X\n", map[string]string{"scheme": "iob1"}, []string{"a.conll:1", "IOB1"}},
		{"a\tO\nb\tO\tO\n", nil, []string{"a.conll:2", "3 columns"}},
		{"alone\n", nil, []string{"a.conll:1", "one column"}},
		{"a\tb\nc\td\n", nil, []string{"a.conll:1", `"b" is no tag`, "tag-column"}},
		{"\tO\n", nil, []string{"a.conll:1", "empty"}},
		{"a\tO\n", map[string]string{"tag-column": "3"}, []string{"tag-column=3", "of the 2"}},
		{"a\tO\n", map[string]string{"tag-column": "1"}, []string{"cannot be told apart"}},
		{"a\tO\n", map[string]string{"text-column": "x"}, []string{"text-column=x"}},
		{strings.Repeat("a ", 2000) + "\n", nil, []string{"2000 columns"}},
		{"a\tO\n\xff\tO\n", nil, []string{"a.conll:2", "not UTF-8"}},
	} {
		s := store()
		_, err := take(t, s, c.options, file(t, "a.conll", c.in))
		var told *annotate.Error
		if !errors.As(err, &told) {
			t.Errorf("%q: %v", c.in, err)
			continue
		}
		for _, p := range c.say {
			if !strings.Contains(err.Error(), p) {
				t.Errorf("%q: %q does not say %q", c.in, err, p)
			}
		}
		if said(t, s) != "" {
			t.Errorf("%q left something", c.in)
		}
	}
	folder := t.TempDir()
	if _, err := take(t, store(), nil, folder); err == nil || !strings.Contains(err.Error(), "no file that can be read") {
		t.Error(err)
	}
}

var words = []string{"The", "minister", "U.S.", "“We", "win”", ",", "\n", "\n\n", "é", "e\u0301", "👍🏽", "קרא", "\u200f", "北京", "𠮷", "\u2028", "\u0085", "\t", "\u00a0", "-DOCSTART-", "#", "# x", "a_b"}

// TestEntitiesComeBack: whatever scheme, columns and tokenizer, the spans come back
// with their texts, white space aside; what is lost is counted.
func TestEntitiesComeBack(t *testing.T) {
	base := t.TempDir()
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		lines := ""
		for i := range rapid.IntRange(1, 3).Draw(t, "articles") {
			s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 15).Draw(t, "text"), rapid.SampledFrom([]string{" ", ""}).Draw(t, "glue"))
			length := len([]rune(s))
			var spans []string
			for range rapid.IntRange(0, 5).Draw(t, "spans") {
				from, to := rapid.IntRange(0, length-1).Draw(t, "from"), rapid.IntRange(1, length).Draw(t, "to")
				if from < to {
					label := rapid.SampledFrom([]string{"x", "x y", "a/b", "b-c", "O"}).Draw(t, "label")
					spans = append(spans, fmt.Sprintf(`{"label":%q,"start":%d,"end":%d}`, label, from, to))
				}
			}
			lines += fmt.Sprintf(`{"id":"n%d","text":%s,"annotator":"me","status":"done","spans":[%s]}`+"\n", i, format.AppendString(nil, s), strings.Join(spans, ","))
		}
		in := filepath.Join(base, fmt.Sprint(n, ".jsonl"))
		if err := os.WriteFile(in, []byte(lines), 0o600); err != nil {
			t.Fatalf("%v", err)
		}
		first := store()
		if _, err := format.Import(ctx, first, []string{in}, format.ImportOptions{Format: "jsonl", Actor: "t", Env: annotest.NewEnvAt(annotest.Start, 3), OnDuplicate: format.Keep}); err != nil {
			t.Fatalf("%v", err)
		}
		pick := func(key string, values ...string) (string, string) {
			return key, rapid.SampledFrom(values).Draw(t, key)
		}
		options := map[string]string{}
		for _, o := range [][]string{
			{"scheme", "iob1", "iob2", "bioes", "bilou"},
			{"columns", "2002", "2003", "plus"},
			{"separator", "tab", "space"},
			{"docstart", "yes", "ref"},
			{"overlaps", "longest", "columns", "files"},
			{"tokenizer", "words", "whitespace", "english"},
			{"unit", "sentence", "article", "paragraph"},
		} {
			k, v := pick(o[0], o[1:]...)
			options[k] = v
		}
		out := filepath.Join(base, fmt.Sprint(n, ".conll"))
		m, err := format.Export(ctx, first, format.ExportOptions{Format: "conll", Out: out, Options: options, Version: "1"})
		if err != nil {
			t.Fatalf("export %v: %v", options, err)
		}
		second := store()
		if _, err := format.Import(ctx, second, []string{out}, format.ImportOptions{Format: "conll", Actor: "t", Annotator: "me", Env: annotest.NewEnvAt(annotest.Start, 7), OnDuplicate: format.Keep}); err != nil {
			t.Fatalf("import %v: %v", options, err)
		}
		kept := 0
		want := quotes(t, first)
		for i, list := range quotes(t, second) {
			kept += len(list)
			for _, q := range list {
				if !slices.Contains(want[i], q) {
					t.Fatalf("%v: %q is not among %q", options, q, want[i])
				}
			}
		}
		if kept != m.Out.Spans {
			t.Fatalf("%v: %d spans came back of %d", options, kept, m.Out.Spans)
		}
		lost := 0
		for _, l := range m.Losses {
			if l.Kind == "overlaps" || l.What == "spans of nothing but blanks, left out" {
				lost += l.Count
			}
		}
		if kept+lost != m.In.Spans {
			t.Fatalf("%v: %d in, %d kept, %d told as lost", options, m.In.Spans, kept, lost)
		}
	})
}

// quotes are the spans of each article without white space.
func quotes(t tester, s annotate.Store) map[int][]string {
	schema, err := s.Schema(ctx)
	if err != nil {
		t.Fatalf("%v", err)
	}
	all := map[int][]string{}
	i := 0
	for d, err := range s.Documents(ctx, annotate.DocumentQuery{}) {
		if err != nil {
			t.Fatalf("%v", err)
		}
		for _, set := range d.Sets {
			for _, x := range set.Spans {
				l, _ := schema.Label(x.Label)
				q := strings.Join(strings.FieldsFunc(d.Text.Quote(x.Fragments), func(r rune) bool {
					return r == ' ' || r == '\n' || r == '\t' || r == '\u2028' || r == '\u0085' || r == '\u00a0'
				}), "")
				all[i] = append(all[i], l.Name+":"+q)
			}
		}
		i++
	}
	return all
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"-DOCSTART- -X- -X- O\n\nEU NNP I-NP I-ORG\nrejects VBZ I-VP O\n", "a\tB-X\nb\tI-X\n\nc\tS-Y\n", "# global.columns = ID FORM MISC NER\n# newdoc id = %41\n1\ta\tSpaceAfter=No\tB-X\n",
		"\uFEFFx O\r\n#\tO\n", "#begin document (a)\n", "-DOCSTART-(%ff%00)\tO\n", "a\tB-X\tU-Y\tO\n",
	} {
		f.Add([]byte(s), false)
	}
	f.Fuzz(func(t *testing.T, raw []byte, lenient bool) {
		path := filepath.Join(t.TempDir(), "a.conll")
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		s := store()
		options := map[string]string{}
		if lenient {
			options["lenient"] = "yes"
		}
		if _, err := take(t, s, options, path); err != nil {
			var told *annotate.Error
			if !errors.As(err, &told) {
				t.Fatalf("no sentence: %v", err)
			}
			return
		}
		if problems, err := s.Check(ctx); err != nil || len(problems) > 0 {
			t.Fatal(problems, err)
		}
		if _, err := format.Export(ctx, s, format.ExportOptions{Format: "conll", Stdout: io.Discard, Statuses: annotate.Statuses}); err != nil {
			t.Fatal(err)
		}
	})
}
