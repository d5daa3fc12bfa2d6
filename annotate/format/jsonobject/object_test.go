package jsonobject_test

import (
	"slices"
	"strings"
	"testing"

	"lede/annotate/format"
	"lede/annotate/format/jsonobject"
)

var place = format.Place{File: "x.jsonl", Line: 7}

func parse(t *testing.T, line string) *jsonobject.Object {
	t.Helper()
	o, err := jsonobject.ParseLine(line, place, "See the page.")
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestValuesAreTakenByType(t *testing.T) {
	o := parse(t, `{"s":"a\u00e9","n":12,"b":true,"f":1.50,"null":null,"list":[1, "x"],"texts":["p","q"],"o":{"k": [1, 2]},"n":13}`)
	if got := o.Text("s"); got != "aé" {
		t.Errorf("text %q", got)
	}
	if n, ok := o.Int("n"); n != 13 || !ok {
		t.Errorf("of a key that is there twice the last should count: %d %v", n, ok)
	}
	if !o.Bool("b") || o.Bool("nothing") {
		t.Error("booleans")
	}
	if got := o.Text("f"); got != "1.50" {
		t.Errorf("numbers stay as written: %q", got)
	}
	if _, ok := o.Take("null"); ok || o.Has("null") {
		t.Error("null is no value, and taken")
	}
	if got := o.Texts("list"); got != nil || !o.Has("list") {
		t.Errorf("a list of other things stays: %q", got)
	}
	if got := slices.Collect(o.List("list")); !slices.Equal(got, []string{"1", `"x"`}) {
		t.Errorf("list %q", got)
	}
	if got := o.Texts("texts"); !slices.Equal(got, []string{"p", "q"}) || o.Has("texts") {
		t.Errorf("texts %q", got)
	}
	if raw, ok := o.Peek("o"); !ok || raw != `{"k": [1, 2]}` || !o.Has("o") {
		t.Errorf("peek %q", raw)
	}
	if got := o.Values("o"); string(got["k"]) != "[1,2]" {
		t.Errorf("values %q", got)
	}
	if o.Err() != nil {
		t.Error(o.Err())
	}
	if got := o.Keys(); !slices.Equal(got, []string{"b", "f", "list", "n", "n", "null", "o", "s", "texts"}) {
		t.Errorf("keys %q", got)
	}
}

func TestWhatNobodyTookIsLeft(t *testing.T) {
	o := parse(t, `{"id":"1","a":1,"b":{"x" : 2},"c":null}`)
	o.Text("id")
	rest := o.Rest(o.Put(nil, "a", "5"))
	if len(rest) != 3 || string(rest["a"]) != "5" || string(rest["b"]) != `{"x":2}` || string(rest["c"]) != "null" {
		t.Errorf("%q", rest)
	}
}

func TestFaultsAreTold(t *testing.T) {
	for line, want := range map[string]string{
		`[1]`:                   "x.jsonl:7: it is no JSON object: [1]. See the page.",
		`{"a":`:                 "it is no JSON: unexpected end",
		`{"a":"\ud800"}`:        "half of a surrogate pair",
		strings.Repeat("9", 50): "it is no JSON object: " + strings.Repeat("9", 40) + "…",
	} {
		if _, err := jsonobject.ParseLine(line, place, "See the page."); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", line, err, want)
		}
	}
	for key, take := range map[string]func(*jsonobject.Object, string){
		`"s" must be a text`:                              func(o *jsonobject.Object, _ string) { o.Text("s") },
		`"f" must be a whole number, not 1.5`:             func(o *jsonobject.Object, _ string) { o.Int("f") },
		`"f" must be true or false, not 1.5`:              func(o *jsonobject.Object, _ string) { o.Bool("f") },
		`"f" must be a list`:                              func(o *jsonobject.Object, _ string) { o.List("f") },
		`"f" must be an object`:                           func(o *jsonobject.Object, _ string) { o.Values("f") },
		`x.jsonl:7: it is no JSON object: 1.5. See the p`: func(o *jsonobject.Object, _ string) { o.Adopt(o.Inner("1.5")) },
	} {
		o := parse(t, `{"s":[],"f":1.5}`)
		take(o, key)
		o.Fail("only the first counts")
		if o.Err() == nil || !strings.Contains(o.Err().Error(), key) {
			t.Errorf("%v, want %s", o.Err(), key)
		}
	}
}
