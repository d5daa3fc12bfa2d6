package token_test

import (
	"strings"
	"testing"

	"lede/annotate/format"
	"lede/annotate/format/token"
	"lede/annotate/text"
)

// marked makes a span: its id, its label and its fragments.
func marked(id, label string, at ...int) format.Span {
	s := format.Span{ID: id, Label: label}
	for i := 0; i < len(at); i += 2 {
		s.Fragments = append(s.Fragments, text.Range{Start: at[i], End: at[i+1]})
	}
	return s
}

func ids(spans []format.Span) string {
	var all []string
	for _, s := range spans {
		all = append(all, s.ID)
	}
	return strings.Join(all, " ")
}

// TestUnwritten: what a fragment of a split span stands for is in the file.
func TestUnwritten(t *testing.T) {
	for name, c := range map[string]struct {
		spans                 []format.Span
		kept, left, unwritten string
	}{
		"a longer one": {[]format.Span{marked("a", "x", 0, 2), marked("b", "x", 1, 2)}, "a", "b", "b"},
		"its fragments": {
			[]format.Span{marked("a", "x", 0, 1), marked("b", "x", 2, 3), marked("c", "x", 0, 1, 2, 3)},
			"c", "a b", "",
		},
		"one of two":     {[]format.Span{marked("a", "x", 0, 1), marked("b", "x", 0, 1), marked("c", "x", 0, 1, 2, 3)}, "c", "a b", "b"},
		"another label":  {[]format.Span{marked("a", "y", 0, 1), marked("c", "x", 0, 1, 2, 3)}, "c", "a", "a"},
		"another place":  {[]format.Span{marked("a", "x", 0, 1), marked("c", "x", 0, 2, 3, 4)}, "c", "a", "a"},
		"split, as well": {[]format.Span{marked("a", "x", 0, 1, 2, 3), marked("c", "x", 0, 1, 2, 4)}, "c", "a", "a"},
	} {
		kept, left := token.Longest(c.spans)
		if ids(kept) != c.kept || ids(left) != c.left || ids(token.Unwritten(kept, left)) != c.unwritten {
			t.Errorf("%s: kept %q, left %q, not written %q", name, ids(kept), ids(left), ids(token.Unwritten(kept, left)))
		}
	}
}
