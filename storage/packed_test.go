package storage

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lede/annotate"
)

// TestPackedSpans reads what SQLite writes of spans with every kind of field.
func TestPackedSpans(t *testing.T) {
	raw := `[["a","l","[[0,4]]",null,null,"manual","",null,null],` +
		`["b","l","[[1,2],[5,9]]","{\"type\":\"a \\\"b\\\"\"}","e","model:x","two\nlines, \"quoted\" \\ [[1","[\"max_words\"]","{\"later\":1}"],` +
		`["ع","l","[[7,8]]",null,null,"import","موعد 🗳",null,null]]`
	want := []annotate.Span{
		{ID: "a", Set: "s", Label: "l", Fragments: annotate.Fragments{{Start: 0, End: 4}}, Origin: "manual"},
		{
			ID: "b", Set: "s", Label: "l", Fragments: annotate.Fragments{{Start: 1, End: 2}, {Start: 5, End: 9}}, Entity: "e", Origin: "model:x",
			Attributes: annotate.Values{"type": []byte(`"a \"b\""`)}, Note: "two\nlines, \"quoted\" \\ [[1", Accepted: []string{"max_words"}, Extra: annotate.Extra{"later": []byte("1")},
		},
		{ID: "ع", Set: "s", Label: "l", Fragments: annotate.Fragments{{Start: 7, End: 8}}, Origin: "import", Note: "موعد 🗳"},
	}
	got, err := unpackSpans("s", raw)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got, err = unpackSpans("s", "[]"); len(got) != 0 || err != nil {
		t.Errorf("an empty set: %v, %v", got, err)
	}
	for end := range raw {
		if _, err := unpackSpans("s", raw[:end]); err == nil {
			t.Errorf("cut off after %d bytes, at %q, no error", end, raw[max(0, end-12):end])
		}
	}
	if _, err := unpackSpans("s", strings.Replace(raw, `"l"`, "7", 1)); err == nil {
		t.Error("a number for a label, no error")
	}
}

// TestFragmentsAreNotShared appends to the fragments of a span: the next one's stay.
func TestFragmentsAreNotShared(t *testing.T) {
	spans, err := unpackSpans("s", `[["a","l","[[0,4]]",null,null,"","",null,null],["b","l","[[7,8]]",null,null,"","",null,null]]`)
	if err != nil {
		t.Fatal(err)
	}
	_ = append(spans[0].Fragments, spans[0].Fragments[0])
	if got := spans[1].Fragments[0].Start; got != 7 {
		t.Errorf("the second span begins at %d", got)
	}
}
