package roles_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate"
	"lede/annotate/format/roles"
	"lede/annotate/text"
)

func TestCellsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.StringOf(rapid.SampledFrom([]rune(`ab;\é, "`))), 2, 5).Draw(t, "values")
		if got := roles.Split(roles.Join(values)); !slices.Equal(got, values) {
			t.Fatalf("%q became %q and then %q", values, roles.Join(values), got)
		}
	})
	for cell, want := range map[string][]string{"": nil, "a": {"a"}, `a\;b`: {"a;b"}, "a;": {"a", ""}, ";": {"", ""}} {
		if got := roles.Split(cell); !slices.Equal(got, want) {
			t.Errorf("%q is %q, not %q", cell, got, want)
		}
	}
}

func TestPlace(t *testing.T) {
	if got := roles.Place([]text.Range{{Start: 0, End: 10}, {Start: 30, End: 36}}); got != "0-10+30-36" {
		t.Error(got)
	}
}

// TestNamesTakeKindsAlong: a label that is a kind of a named one counts too.
func TestNamesTakeKindsAlong(t *testing.T) {
	s := &annotate.Schema{Labels: []annotate.Label{
		{ID: "3", Name: "riot", Parent: "2"}, {ID: "1", Name: "event"}, {ID: "2", Name: "protest", Parent: "1"}, {ID: "4", Name: "actor"},
	}}
	got := roles.Parse(" event , none,").Labels(s)
	slices.Sort(got)
	if !slices.Equal(got, []string{"event", "none", "protest", "riot"}) {
		t.Error(got)
	}
}

func TestValuesBecomeCells(t *testing.T) {
	v := annotate.Values{"one": []byte(`"a;b"`), "many": []byte(`["a;b","c"]`), "n": []byte("1.50"), "yes": []byte("true"), "no": nil}
	for name, want := range map[string]string{"one": "a;b", "many": `a\;b;c`, "n": "1.50", "yes": "true", "absent": ""} {
		if got := roles.Value(v, name); got != want {
			t.Errorf("%s is %q, not %q", name, got, want)
		}
	}
	if got := (roles.Names{"absent", "n", "one"}).Text(v); got != "1.50" {
		t.Errorf("the first that is there is %q", got)
	}
}
