package format_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate/format"
	"lede/annotate/format/formattest"
)

// itemsOf writes a file at path and reads it.
func itemsOf(t tester, path, content string) ([]string, []int, error) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatalf("%v", err)
	}
	var raws []string
	var lines []int
	for item := range (format.Source{Path: path, Name: "in.json", Encoding: "auto"}).JSONItems() {
		if item.Err != nil {
			return raws, lines, item.Err
		}
		raws = append(raws, item.Raw)
		lines = append(lines, item.Place.Line)
	}
	return raws, lines, nil
}

// TestJSONItems reads what was written as a list, indented or not, and as lines.
func TestJSONItems(t *testing.T) {
	path := filepath.Join(t.TempDir(), "in.json")
	rapid.Check(t, func(t *rapid.T) {
		var values []json.RawMessage
		for range rapid.IntRange(0, 5).Draw(t, "items") {
			values = append(values, formattest.JSON(t, 3))
		}
		var lines []string
		for _, v := range values {
			lines = append(lines, string(v))
		}
		tight, _ := json.Marshal(values)
		loose, _ := json.MarshalIndent(values, "", "  ")
		if values == nil {
			tight, loose = []byte("[]"), []byte(" [ \n ] \n")
		}
		inputs := []string{string(tight), string(loose)}
		if len(values) > 0 && values[0][0] != '[' {
			inputs = append(inputs, strings.Join(lines, "\n"), strings.Join(lines, "\r\n\r\n")+"\n")
		}
		for _, in := range inputs {
			got, _, err := itemsOf(t, path, in)
			if err != nil || len(got) != len(values) {
				t.Fatalf("%q: %q, %v", in, got, err)
			}
			for i, raw := range got {
				var a, b any
				_ = json.Unmarshal([]byte(raw), &a)
				_ = json.Unmarshal(values[i], &b)
				x, _ := json.Marshal(a)
				y, _ := json.Marshal(b)
				if string(x) != string(y) {
					t.Fatalf("%q: item %d is %s, want %s", in, i, x, y)
				}
			}
		}
	})
}

func TestJSONItemsSayWhereTheyAre(t *testing.T) {
	path := filepath.Join(t.TempDir(), "in.json")
	_, lines, err := itemsOf(t, path, "[\n  {\"a\": \"x\\\"]\"},\n\n  {\"a\":\n 1}\n]\n")
	if err != nil || len(lines) != 2 || lines[0] != 2 || lines[1] != 4 {
		t.Errorf("%v, %v", lines, err)
	}
	for in, want := range map[string]string{
		"[{\"a\":1}\n":             "in.json:2: the list that begins the file never ends",
		"[{\"a\":1} {\"a\":2}]":    "there is no comma",
		"[{\"a\":1},]":             "a value was expected",
		"{\"a\":1}\n{\"a\":":       "in.json:2: the value that begins here is no JSON",
		"[1] 2":                    "the list has ended",
		"[\"\\ud800\"]":            "half of a surrogate pair",
		"{\"a\":\"\\u0000\"}":      "U+0000",
		strings.Repeat("[", 5000):  "nested more than 1000 deep",
		"}":                        "a value was expected",
		"{\"a\":1}\n\n\n{\"a\":x}": "in.json:4: ",
	} {
		if _, _, err := itemsOf(t, path, in); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v, want %q", in, err, want)
		}
	}
}
