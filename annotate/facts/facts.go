package facts

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"lede/annotate"
)

// Key names a fact: one of the keys below, or the name of another one in Article.Meta.
type Key string

// The facts that every article can have.
const (
	Title     Key = "title"
	Source    Key = "source"
	Author    Key = "author"
	Published Key = "published"
	Language  Key = "language"
	URL       Key = "url"
	Tags      Key = annotate.TagsKey
	Assigned  Key = annotate.AssignedKey
)

// Keys lists them in the order in which they are shown.
var Keys = []Key{Title, Source, Author, Published, Language, URL, Tags, Assigned}

// others are other words for keys, as people and files have them.
var others = map[string]Key{
	"publisher": Source, "byline": Author, "date": Published, "lang": Language, "address": URL, "tag": Tags,
}

// Fact is a fact as a line of text.
type Fact struct {
	Key   Key
	Value string // "" for none; lists have commas
	Fixed bool   // it is made by the program, or more than a line can hold
}

// Named finds a key by its name: that of a fact that every article can have, whatever its
// case, or that of another one, also as “meta.desk”.
func Named(name string) (Key, error) {
	name = strings.TrimSpace(name)
	low := strings.ToLower(name)
	if slices.Contains(Keys, Key(low)) {
		return Key(low), nil
	}
	if key, ok := others[low]; ok {
		return key, nil
	}
	for _, fixed := range []string{"id", "ref", "text", "length"} {
		if low == fixed {
			return "", refuse(name, "it is what the article is known by, or follows from its text, and stays as it is.", "")
		}
	}
	key := strings.TrimPrefix(name, "meta.")
	switch {
	case low == "status" || low == "flag":
		return "", refuse(name, "it is part of an annotator's work, and no fact of the article.",
			"The menu Article of the window sets it; for a fact of your own that is called so write meta."+low+".")
	case key == "":
		return "", refuse(name, "a fact needs a name.", "Write a name, as in desk=politics.")
	case strings.ContainsFunc(key, control):
		return "", refuse(name, "the name of a fact has no line breaks and no control characters.", "")
	case made(key):
		return "", refuse(name, "facts that begin with “"+samplePrefix+"” say how a sample was drawn; only a sample makes them.", "Draw one with “lede sample”.")
	}
	return Key(key), nil
}

const samplePrefix = "sample:"

func made(key string) bool { return strings.HasPrefix(key, samplePrefix) }

// Of lists the facts of an article: first those that every article can have, also when
// it has none, then its others by name.
func Of(a annotate.Article) []Fact {
	var all []Fact
	for _, k := range Keys {
		all = append(all, Fact{Key: k, Value: Get(a, k)})
	}
	for _, name := range slices.Sorted(maps.Keys(a.Meta)) {
		if k := Key(name); !slices.Contains(Keys, k) {
			all = append(all, Fact{Key: k, Value: Get(a, k), Fixed: made(name) || nested(a.Meta[name])})
		}
	}
	return all
}

// Get is a fact as a line of text, "" for none.
func Get(a annotate.Article, k Key) string {
	if at := field(&a, k); at != nil {
		return *at
	}
	if list := a.Meta.List(string(k)); len(list) > 1 || k == Tags || k == Assigned || isList(a.Meta[string(k)]) && !nested(a.Meta[string(k)]) {
		return strings.Join(list, ", ")
	}
	return a.Meta.String(string(k))
}

// field is where the article itself has a fact; nil for one in its Meta.
func field(a *annotate.Article, k Key) *string {
	switch k {
	case Title:
		return &a.Title
	case Source:
		return &a.Source
	case Author:
		return &a.Author
	case Published:
		return &a.Published
	case Language:
		return &a.Language
	case URL:
		return &a.URL
	case Tags, Assigned:
	}
	return nil
}

func isList(raw json.RawMessage) bool { return len(raw) > 0 && raw[0] == '[' }

// nested says that a value is an object, or a list with more than texts in it.
func nested(raw json.RawMessage) bool {
	if len(raw) == 0 {
		return false
	}
	var list []string
	return raw[0] == '{' || isList(raw) && json.Unmarshal(raw, &list) != nil
}
