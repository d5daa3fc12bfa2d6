package format_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate/format"
	"lede/annotate/format/formattest"
)

// TestJSONScan compares the scanner with encoding/json, in any layout.
func TestJSONScan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := formattest.JSON(t, 4)
		var indented bytes.Buffer
		if err := json.Indent(&indented, raw, "\r", " \t"); err != nil {
			t.Fatalf("%s: %v", raw, err)
		}
		for _, s := range []string{string(raw), indented.String()} {
			checkScan(t, s)
			if c, err := format.CanonicalJSON(json.RawMessage(s)); err != nil || string(c) != string(raw) {
				t.Fatalf("canonical %s of %s: %v", c, s, err)
			}
		}
	})
}

func checkScan(t *rapid.T, s string) {
	switch s[0] {
	case '{':
		want, got := map[string]json.RawMessage{}, map[string]json.RawMessage{}
		if err := json.Unmarshal([]byte(s), &want); err != nil {
			t.Fatal(err)
		}
		for k, v := range format.JSONFields(s) {
			got[k] = json.RawMessage(v)
			checkScan(t, v)
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("%q: %q, want %q", s, got, want)
		}
	case '[':
		var want []json.RawMessage
		if err := json.Unmarshal([]byte(s), &want); err != nil {
			t.Fatal(err)
		}
		i := 0
		for v := range format.JSONElements(s) {
			if i >= len(want) || string(want[i]) != v {
				t.Fatalf("%q: element %d is %q", s, i, v)
			}
			checkScan(t, v)
			i++
		}
		if i != len(want) {
			t.Fatalf("%q: %d elements, want %d", s, i, len(want))
		}
	case '"':
		var want string
		if err := json.Unmarshal([]byte(s), &want); err != nil || format.JSONString(s) != want {
			t.Fatalf("%q: %q, want %q", s, format.JSONString(s), want)
		}
	}
}

func TestCanonicalJSON(t *testing.T) {
	for in, want := range map[string]string{
		` { "b" : [ 1.50 , 1e3 ] , "a" : "\u00e9\/\u003c" } `: `{"b":[1.50,1e3],"a":"é/<"}`,
		"\"\u2028\"": `"\u2028"`, `"\u2029"`: `"\u2029"`, `"\t\u0001\b\f"`: `"\t\u0001\b\f"`, "{}": "{}", "[]": "[]", "[[],{}]": "[[],{}]", " -0.0 ": "-0.0",
		`{"a":{"b":{"c":[]}},"d":null}`: `{"a":{"b":{"c":[]}},"d":null}`,
	} {
		if got, err := format.CanonicalJSON(json.RawMessage(in)); err != nil || string(got) != want {
			t.Errorf("%s: %s %v, want %s", in, got, err, want)
		}
	}
}

func TestCheckJSON(t *testing.T) {
	for s, bad := range map[string]bool{
		`"\ud83d\ude00"`: false, `"\ud83d"`: true, `"\ude00"`: true, `"\ud83d\u0041"`: true, `"\\ud83d"`: false, `"\\\ud83d"`: true,
		`"\u0000"`: true, `"\\u0000"`: false, `"\u00e9\n\""`: false, `"\ud83d\ud83d\ude00"`: true,
	} {
		if at, what := format.CheckJSON(s); (at >= 0) != bad || (what != "") != bad {
			t.Errorf("%s: %d %s", s, at, what)
		}
	}
}
