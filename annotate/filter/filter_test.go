package filter

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"lede/annotate"
)

func TestParse(t *testing.T) {
	for typed, want := range map[string]string{
		"":                                      "",
		"  ":                                    "",
		"peace talks":                           "peace talks",
		`"peace talks" ky* -word`:               `"peace talks" ky* -word`,
		"a OR b c":                              "a OR b c",
		"(a OR b) AND c":                        "(a OR b) c",
		"NOT (a b)":                             "-(a b)",
		"((a))":                                 "a",
		"status:done,New":                       "status:done,new",
		"LABEL:quote language:ar":               "label:quote lang:ar",
		"source:\"Agence F\"*":                  `source:"Agence F"*`,
		"source:*":                              "source:*",
		`tag:""`:                                "tag:*",
		"title:*":                               "title:*",
		"attr.type:PROTEST":                     "attr.type:PROTEST",
		`attr."my type":a,"b, c"`:               `attr."my type":a,"b, c"`,
		"published:2026":                        "published:2026",
		"published:2026-03..2026-04":            "published:2026-03..2026-04",
		"published:..2026":                      "published:..2026",
		"spans:03.. spans:0":                    "spans:3.. spans:0",
		`U.S. bbc.co.uk 10:30 AT&T a-b "-"`:     `U.S. bbc.co.uk 10:30 AT&T a-b "-"`,
		`"OR" or "status:done" "say \"no\" \\"`: `"OR" or "status:done" "say \"no\" \\"`,
		"url:http://x.org/a?b=c":                "url:http://x.org/a?b=c",
		"--a":                                   "--a",
		"北京 إضراب":                              "北京 إضراب",
	} {
		f, err := Parse(typed)
		if err != nil {
			t.Errorf("%q: %v", typed, err)
			continue
		}
		if got := Format(f); got != want {
			t.Errorf("%q is written as %q, want %q", typed, got, want)
		}
	}
}

func TestParseSaysWhatIsWrongAndWhere(t *testing.T) {
	for typed, want := range map[string]string{
		"a labl:quote":   `filter, character 3: There is no filter “labl:”. Do you mean “label”?`,
		"http://x":       "filter, character 1: There is no filter “http:”.",
		"attr:x":         "A name belongs to it, as in attr.type:PROTEST.",
		"attr.:x":        "a name, a colon and a value",
		"attr.type":      "a name, a colon and a value",
		"status:finish":  "filter, character 8: “finish” is no value of “status:”. There are new, in_progress, done, skipped.",
		"flag:no*":       "“no*” is no value",
		"published:3/26": "“3/26” is no range for “published:”",
		"published:..":   "no range",
		"spans:-1":       "no range",
		// No article is of such a day: it must not pass for a filter that finds nothing.
		"published:2026-13":              "There is no 2026-13 in the calendar. Write published:2026-03..2026-04",
		"published:2026-02..2026-02-30":  "filter, character 11: There is no 2026-02-30 in the calendar.",
		"published:2026-00..":            "There is no 2026-00 in the calendar.",
		"-published:2026-01,..2026-1-01": "“..2026-1-01” is no range",
		"label:":                         "“label:” needs a value. As in label:quote.",
		"label:a, b":                     "“label:” needs a value.",
		`x "peace`:                       "filter, character 3: The quotation mark has no partner.",
		`""`:                             "no words to look for",
		"*":                              "no words to look for",
		"(a":                             "filter, character 1: The parenthesis is not closed.",
		"a)":                             "filter, character 2: The parenthesis was never opened.",
		"()":                             "nothing in the parentheses",
		"a OR":                           "one side of OR",
		"OR a":                           "one side of OR",
		"a OR OR b":                      "one side of OR",
		"AND a":                          "one side of AND",
		"a AND":                          "one side of AND",
		"NOT":                            "Nothing follows",
		"a -OR b":                        "Nothing follows",
		"-":                              `filter, character 1: Nothing follows the minus that must not be met. Write -word, without a blank between them; for the dash itself write "-".`,
		"- -":                            "filter, character 1: Nothing follows the minus",
		"strike - talks":                 "filter, character 8: Nothing follows the minus",
		"a --":                           "filter, character 4: Nothing follows the minus",
		"(a -)":                          "filter, character 4: Nothing follows that must not be met",
		strings.Repeat("(", 200) + "a" + strings.Repeat(")", 200): "too deeply nested",
	} {
		f, err := Parse(typed)
		if err == nil {
			t.Errorf("%q is read as %q", typed, Format(f))
			continue
		}
		var at *Error
		if !errors.As(err, &at) || !errors.Is(err, annotate.ErrInvalid) || at.At.End > len([]rune(typed)) {
			t.Errorf("%q: %#v", typed, err)
		}
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %q, want %q", typed, err, want)
		}
	}
}

// random makes expressions of every shape.
func random(t *rapid.T, depth int) *annotate.Filter {
	words := rapid.SampledFrom([]string{"a", "peace talks", "OR", "-x", "ky", `q"\`, "status:done", "北京", "U.S.", "(", "x,y", "1:2", "me", "attr.x"})
	if depth > 0 && rapid.IntRange(0, 2).Draw(t, "op") > 0 {
		op := rapid.SampledFrom([]annotate.FilterOp{annotate.FilterAnd, annotate.FilterOr, annotate.FilterNot}).Draw(t, "op")
		n := 1
		if op != annotate.FilterNot {
			n = rapid.IntRange(2, 3).Draw(t, "n")
		}
		f := &annotate.Filter{Op: op}
		for range n {
			f.Of = append(f.Of, random(t, depth-1))
		}
		return f
	}
	k := rapid.SampledFrom(append(Keys[:len(Keys):len(Keys)], Key{})).Draw(t, "key")
	f := &annotate.Filter{Key: k.Key}
	if k.Named {
		f.Name = words.Draw(t, "name")
	}
	n := 1
	if k.Key != annotate.FilterWords {
		n = rapid.IntRange(1, 3).Draw(t, "values")
	}
	for range n {
		v := annotate.FilterValue{}
		switch k.Shape {
		case Choice:
			v.Text = rapid.SampledFrom(k.Choices).Draw(t, "choice")
		case Dates:
			v.From = rapid.SampledFrom([]string{"", "2026", "2026-03"}).Draw(t, "from")
			v.To = rapid.SampledFrom([]string{"2026", "2026-03-04"}).Draw(t, "to")
		case Numbers:
			v.From, v.To = rapid.SampledFrom([]string{"", "0", "12"}).Draw(t, "from"), "13"
		default:
			v.Text = words.Draw(t, "text")
			v.After = rapid.Bool().Draw(t, "after")
			v.Before = rapid.Bool().Draw(t, "before") && (v.After || k.Key != annotate.FilterWords)
		}
		f.Values = append(f.Values, v)
	}
	return f
}

func TestWhatIsWrittenIsReadAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := random(t, 3)
		bind(want, nil)
		written := Format(want)
		got, err := Parse(written)
		if err != nil {
			t.Fatalf("%s: %v", written, err)
		}
		if d := cmp.Diff(want, got, cmpopts.IgnoreFields(annotate.Filter{}, "At")); d != "" {
			t.Fatalf("%s: %s", written, d)
		}
	})
}

func TestTermsSpeakOfTheAnnotatorBesideThem(t *testing.T) {
	f, err := Parse("annotator:ben (status:done OR flag:yes (annotator:ana -label:x)) source:a")
	if err != nil {
		t.Fatal(err)
	}
	by := map[annotate.FilterKey]string{}
	var walk func(*annotate.Filter)
	walk = func(f *annotate.Filter) {
		if f.Op == annotate.FilterTerm && len(f.By) > 0 {
			by[f.Key] = f.By[0].Text
		}
		for _, part := range f.Of {
			walk(part)
		}
	}
	walk(f)
	want := map[annotate.FilterKey]string{annotate.FilterStatus: "ben", annotate.FilterFlag: "ben", annotate.FilterLabel: "ana"}
	if d := cmp.Diff(want, by); d != "" {
		t.Error(d)
	}
}

func TestWith(t *testing.T) {
	for _, c := range []struct{ typed, want string }{
		{"", "status:done"},
		{"word", "word status:done"},
		{"status:new x", "status:done x"},
		{"a OR b", "(a OR b) status:done"},
		{"-status:new", "-status:new status:done"},
	} {
		f, err := Parse(c.typed)
		if err != nil {
			t.Fatal(err)
		}
		got := With(f, annotate.FilterStatus, Term(annotate.FilterStatus, "done"))
		if Format(got) != c.want {
			t.Errorf("%q with status:done is %q", c.typed, Format(got))
		}
		if got := Format(With(got, annotate.FilterStatus, nil)); strings.Contains(got, "status:done") {
			t.Errorf("%q without is %q", c.want, got)
		}
		if got := Top(got, annotate.FilterStatus); got == nil || got.Values[0].Text != "done" {
			t.Errorf("%q: top is %v", c.want, got)
		}
	}
}

func TestComplete(t *testing.T) {
	known := Known{
		Values: map[annotate.FilterKey][]string{annotate.FilterLabel: {"actor", "source_phrase", "event"}, annotate.FilterSource: {"AFP", "Agence F", "BBC"}},
		Names:  map[annotate.FilterKey]map[string][]string{annotate.FilterAttr: {"type": {"AID", "PROTEST"}, "my mode": nil}},
	}
	for _, c := range []struct{ typed, at, want string }{
		{"sta", "sta", "status:|"},
		{"x -lab", "lab", "label:|"},
		{"label:", "", "actor |source_phrase |event |"},
		{"label:actor,e", "e", "event |source_phrase |"},
		{"source:ag", "ag", `"Agence F" |`},
		{`source:"ag`, `"ag`, `"Agence F" |`},
		{"(status:d", "d", "done |skipped |"},
		{"attr.", "attr.", `attr."my mode":|attr.type:|`},
		{"attr.type:p", "p", "PROTEST |"},
		{`"sta`, "", ""},
		{`"a b" fl`, "fl", "flag:|"},
	} {
		got := Complete(c.typed, len([]rune(c.typed)), known)
		all := ""
		for _, x := range got.Candidates {
			all += x.Insert + "|"
		}
		if at := string([]rune(c.typed)[got.At.Start:got.At.End]); all != c.want || at != c.at {
			t.Errorf("%q: %q at %q, want %q at %q", c.typed, all, at, c.want, c.at)
		}
	}
}

func TestCheckNamesWhatIsNotThere(t *testing.T) {
	schema := &annotate.Schema{Labels: []annotate.Label{{Name: "quote"}}, RelationTypes: []annotate.RelationType{{Name: "speaker"}}}
	people := []annotate.Annotator{{Name: "ana"}}
	for typed, want := range map[string]string{
		"label:quote -label:QUOTE relation:speaker annotator:Ana,me": "",
		"label:quo* annotator:b*":                                    "",
		"a OR -label:quota":                                          "character 7: There is no label “quota”. Do you mean “quote”?",
		"relation:zzz":                                               "There is no relation “zzz”. There are speaker.",
		"annotator:ben":                                              "There is no annotator “ben”.",
	} {
		f, err := Parse(typed)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if err := Check(f, schema, people); err != nil {
			got = err.Error()
		}
		if (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", typed, got, want)
		}
	}
	f, _ := Parse("annotator:me,ben status:done -assigned:me me")
	if got := Format(Named(f, "ana")); got != "annotator:ana,ben status:done -assigned:ana me" {
		t.Errorf("named: %s", got)
	}
}
