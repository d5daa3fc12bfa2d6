package markdown

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
	"gopkg.in/yaml.v3"

	"lede/annotate/format"
)

// facts are the keys of a front matter with their values as JSON knows them.
type facts map[string]any

// names are the keys under which site generators and archives keep each fact.
var names = []struct {
	fact string
	keys []string
}{
	{"title", []string{"title", "headline"}},
	{"id", []string{"id", "ref"}},
	{"author", []string{"author", "authors", "byline"}},
	{"published", []string{"published", "date", "pubdate", "publishdate", "published_at", "created"}},
	{"url", []string{"url", "link", "canonical", "canonical_url", "original_url", "source_url"}},
	{"source", []string{"source", "publisher", "publication", "site"}},
	{"language", []string{"language", "lang", "locale"}},
}

// parse reads a front matter; ok is false if it is none.
func parse(head, kind string) (f facts, ok bool) {
	if kind == "TOML" {
		var v map[string]any
		if _, err := toml.Decode(head, &v); err != nil {
			return nil, false
		}
		return facts(v), true
	}
	var doc yaml.Node
	if yaml.Unmarshal([]byte(head), &doc) != nil {
		return nil, false
	}
	if len(doc.Content) == 0 {
		return facts{}, true // an empty head
	}
	y := yamlReader{left: 10_000}
	v, sound := y.value(doc.Content[0], 0)
	f, isMap := v.(map[string]any)
	return f, isMap && sound
}

// yamlReader turns nodes into values, at most left of them: aliases multiply.
type yamlReader struct{ left int }

func (y *yamlReader) value(n *yaml.Node, depth int) (any, bool) {
	if y.left--; y.left < 0 || depth > 50 {
		return nil, false
	}
	switch n.Kind {
	case yaml.AliasNode:
		return y.value(n.Alias, depth+1)
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			v, ok := y.value(n.Content[i+1], depth+1)
			if !ok {
				return nil, false
			}
			m[n.Content[i].Value] = v
		}
		return m, true
	case yaml.SequenceNode:
		list := []any{}
		for _, c := range n.Content {
			v, ok := y.value(c, depth+1)
			if !ok {
				return nil, false
			}
			list = append(list, v)
		}
		return list, true
	default: // scalars follow
	}
	switch n.ShortTag() {
	case "!!null":
		return nil, true
	case "!!bool":
		return strings.EqualFold(n.Value, "true"), true
	case "!!int", "!!float":
		if json.Valid([]byte(n.Value)) {
			return json.Number(n.Value), true // as it is written
		}
	}
	return n.Value, true // dates too stay as they are written
}

// give makes the keys facts of the article; those that are none go into its meta.
func (f facts) give(a *format.Article) {
	for _, n := range names {
		for _, key := range n.keys {
			given := f.key(key)
			if text := words(f[given]); given != "" && text != "" {
				set(a, n.fact, text)
				delete(f, given)
				break
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(f)) {
		if f[key] == nil {
			continue
		}
		if raw, err := json.Marshal(plain(f[key])); err == nil {
			if canonical, err := format.CanonicalJSON(raw); err == nil {
				a.PutMeta(key, canonical)
			}
		}
	}
}

// key is the key as it is spelled in the file, whatever its case.
func (f facts) key(name string) string {
	for _, k := range slices.Sorted(maps.Keys(f)) {
		if strings.EqualFold(k, name) {
			return k
		}
	}
	return ""
}

func set(a *format.Article, fact, text string) {
	switch fact {
	case "title":
		a.Title = text
	case "id":
		a.Ref, a.RefFromName = text, false
	case "author":
		a.Author = text
	case "published":
		a.Published = text
	case "url":
		a.URL = text
	case "source":
		a.Publisher = text
	case "language":
		a.Language = text
	}
}

// words is a value as a text; a list of texts and of things with names is joined.
func words(v any) string {
	switch v := plain(v).(type) {
	case string:
		return strings.TrimSpace(v)
	case json.Number:
		return v.String()
	case int64:
		raw, _ := json.Marshal(v) // a number always is JSON
		return string(raw)
	case []any:
		var list []string
		for _, one := range v {
			if s := words(one); s != "" {
				list = append(list, s)
			}
		}
		return strings.Join(list, ", ")
	case map[string]any:
		return words(v["name"])
	}
	return ""
}

// plain turns the dates of TOML into texts.
func plain(v any) any {
	switch v := v.(type) {
	case time.Time:
		switch v.Location().String() { // the library's way to tell what was written
		case "date-local":
			return v.Format("2006-01-02")
		case "datetime-local":
			return v.Format("2006-01-02T15:04:05")
		case "time-local":
			return v.Format("15:04:05")
		}
		return v.Format(time.RFC3339)
	case []any:
		list := make([]any, len(v))
		for i, one := range v {
			list[i] = plain(one)
		}
		return list
	case []map[string]any:
		list := make([]any, len(v))
		for i, one := range v {
			list[i] = plain(one)
		}
		return list
	case map[string]any:
		m := make(map[string]any, len(v))
		for k, one := range v {
			m[k] = plain(one)
		}
		return m
	}
	return v
}
