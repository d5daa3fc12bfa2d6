package rules

import (
	"reflect"
	"slices"

	"lede/annotate"
)

// Renames says what the things that rules name are called from now on; "" means
// that there is no such thing any more. Names that are not in it stay.
type Renames struct {
	Labels     map[string]string
	Relations  map[string]string
	Attributes map[string]string
	Values     map[string]map[string]string // by the old name of the attribute
}

// Rewrite is the rule under other names. It is not ok if nothing is left that the
// rule could be about, or if a rule cannot name it: a name with a comma, say. A rule
// that cannot be read stays as it is.
func Rewrite(r annotate.Rule, n Renames) (rewritten annotate.Rule, ok bool) {
	v, err := Parse(r.Name, r.Value)
	if err != nil {
		return r, true
	}
	kind, _ := find(List, r.Name)
	names := map[Shape]map[string]string{Labels: n.Labels, Relations: n.Relations, Attribute: n.Attributes, Pair: n.Attributes}[kind.Shape]
	before := len(v.Values)
	if len(v.Names) > 0 {
		v.Values = rename(v.Values, n.Values[v.Names[0]])
	}
	v.Names = rename(v.Names, names)
	if len(v.Names) < kind.least || before > 0 && len(v.Values) == 0 {
		return r, false
	}
	where := v.Where
	v.Where = nil
	for _, c := range where {
		values := rename(c.Values, n.Values[c.Attribute])
		attribute := rename([]string{c.Attribute}, n.Attributes)
		if len(attribute) == 0 || len(c.Values) > 0 && len(values) == 0 {
			return r, false // the condition can never hold again
		}
		v.Where = append(v.Where, Condition{attribute[0], values})
	}
	r.Value = v.String(kind)
	if again, err := Parse(r.Name, r.Value); err != nil || !reflect.DeepEqual(again, v) {
		return r, false
	}
	return r, true
}

// rename gives names their new ones, each once, and leaves out those that are gone.
func rename(names []string, to map[string]string) []string {
	var renamed []string
	for _, name := range names {
		if now, changed := to[name]; changed {
			name = now
		}
		if name != "" && !slices.Contains(renamed, name) {
			renamed = append(renamed, name)
		}
	}
	return renamed
}
