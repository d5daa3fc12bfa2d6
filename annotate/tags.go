package annotate

import (
	"encoding/json"
	"slices"
	"strings"
)

// Tags of an article and the names of those to whom it is assigned are facts of it,
// lists of texts under these keys of its Meta, so that every format that holds other
// facts holds them, too.
const (
	TagsKey     = "tags"
	AssignedKey = "assigned"
)

// Tags are the tags of the article, in the order in which they were given.
func (a Article) Tags() []string { return a.Meta.List(TagsKey) }

// Assigned are the names of the annotators to whom the article is assigned.
func (a Article) Assigned() []string { return a.Meta.List(AssignedKey) }

// Listed are the texts of a list as people type it, with commas between them, each once.
func Listed(typed string) (list []string) {
	for s := range strings.SplitSeq(typed, ",") {
		if s = strings.TrimSpace(s); s != "" && !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

// Meant puts a name in the place of “me” among those to whom articles are assigned, as
// a filter reads it: a fact that says “me” would be everybody's, and nobody would find it.
func Meant(names []string, me string) []string {
	names = slices.Clone(names)
	for i, name := range names {
		if strings.TrimSpace(name) == FilterMe {
			names[i] = me
		}
	}
	return names
}

// List is a list of texts; a text that stands alone is a list of one.
func (v Values) List(name string) []string {
	var list []string
	if raw := v[name]; len(raw) == 0 || json.Unmarshal(raw, &list) == nil {
		return list
	}
	if one := v.String(name); one != "" {
		return []string{one}
	}
	return nil
}

// WithList returns a copy in which name is a list of texts, each once and without
// blanks around it; an empty one removes it.
func (v Values) WithList(name string, list []string) Values {
	var clean []string
	for _, s := range list {
		if s = strings.TrimSpace(s); s != "" && !slices.Contains(clean, s) {
			clean = append(clean, s)
		}
	}
	if len(clean) == 0 {
		return v.With(name, nil)
	}
	raw, _ := marshal(clean) // texts always encode
	return v.With(name, raw)
}
