package jsonobject

import (
	"slices"

	"lede/annotate/format"
)

// FactNames are the keys of an article's facts, as the files of Lede call them.
var FactNames = []string{"title", "source", "url", "author", "published", "language"}

// Facts are the values for FactNames.
func Facts(a *format.Article) []string {
	return []string{a.Title, a.Publisher, a.URL, a.Author, a.Published, a.Language}
}

// TakeFacts takes the facts of an article by FactNames, and "date" for "published".
// Values that are no text stay where they are.
func (o *Object) TakeFacts(a *format.Article) {
	for i, to := range []*string{&a.Title, &a.Publisher, &a.URL, &a.Author, &a.Published, &a.Language} {
		o.fact(FactNames[i], to)
	}
	o.fact("date", &a.Published)
}

func (o *Object) fact(key string, to *string) {
	if raw, ok := o.Peek(key); *to == "" && (!ok || raw[0] == '"' || raw[0] >= '0' && raw[0] <= '9') {
		*to = o.Text(key)
	}
}

// Drop takes keys that are there and null: tools write them where they have nothing
// to say.
func (o *Object) Drop() {
	for i := range o.keys {
		if o.keys[i].raw == "null" {
			o.keys[i].taken = true
		}
	}
}

// Only reports whether all keys are among the given ones.
func (o *Object) Only(keys ...string) bool {
	return !slices.ContainsFunc(o.keys, func(f field) bool { return !slices.Contains(keys, f.key) })
}
