package features

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
)

// Features are values by name, compact JSON.
type Features = annotate.Values

// Names that are Lede's own.
const (
	Prefix   = "lede."
	escaped  = Prefix + "own."
	Ref      = Prefix + "ref"
	ID       = Prefix + "id"
	Note     = Prefix + "note"
	Origin   = Prefix + "origin"
	EntityOf = Prefix + "entity"
	Accepted = Prefix + "accepted"
	Sets     = Prefix + "sets"
)

// Names says which names a format uses itself, beside those that begin with "lede.".
type Names []string

// Escape is the name under which a value called name is kept.
func (n Names) Escape(name string) string {
	if strings.HasPrefix(name, Prefix) || slices.Contains(n, name) {
		return escaped + name
	}
	return name
}

// Unescape is Escape backwards.
func Unescape(name string) string { return strings.TrimPrefix(name, escaped) }

func word(s string) json.RawMessage { return format.AppendString(nil, s) }

// put adds a text that is not empty.
func put(f Features, name, value string) {
	if value != "" {
		f[name] = word(value)
	}
}

// take removes a text; anything else of that name stays where it is.
func take(f Features, name string) string {
	var s string
	if raw, ok := f[name]; !ok || json.Unmarshal(raw, &s) != nil || raw[0] != '"' {
		return ""
	}
	delete(f, name)
	return s
}

// list is texts as a JSON list.
func list(words []string) json.RawMessage {
	b := []byte{'['}
	for i, w := range words {
		if i > 0 {
			b = append(b, ',')
		}
		b = format.AppendString(b, w)
	}
	return append(b, ']')
}

func putList(f Features, name string, words []string) {
	if len(words) > 0 {
		f[name] = list(words)
	}
}

func takeList(f Features, name string) []string {
	var words []string
	if raw, ok := f[name]; !ok || raw[0] != '[' || json.Unmarshal(raw, &words) != nil {
		return nil
	}
	delete(f, name)
	return words
}

// facts are the texts that are known of an article, by the names that files use.
func facts(a *format.Article) []struct {
	name  string
	value *string
} {
	return []struct {
		name  string
		value *string
	}{
		{"title", &a.Title},
		{"source", &a.Publisher},
		{"url", &a.URL},
		{"author", &a.Author},
		{"published", &a.Published},
		{"language", &a.Language},
	}
}

// factNames are the names of facts: other facts that are called so are escaped.
var factNames = Names{"title", "source", "url", "author", "published", "language"}

// OfArticle are the facts of an article, without its ref.
func OfArticle(a *format.Article) Features {
	f := Features{}
	for _, x := range facts(a) {
		put(f, x.name, *x.value)
	}
	for name, raw := range a.Meta {
		f[factNames.Escape(name)] = raw
	}
	return f
}

// ToArticle is OfArticle backwards; f is used up. What is no text where one is due
// becomes another fact.
func ToArticle(a *format.Article, f Features) {
	for _, x := range facts(a) {
		*x.value = take(f, x.name)
	}
	a.Meta = own(f)
}

// own are the values that are somebody's own, under their names.
func own(f Features) annotate.Values {
	if len(f) == 0 {
		return nil
	}
	v := annotate.Values{}
	for _, name := range slices.Sorted(maps.Keys(f)) {
		v[Unescape(name)] = f[name]
	}
	return v
}

// OfSpan is what a span has beside its label and place; names are those that the
// format uses itself.
func OfSpan(s *format.Span, names Names) Features {
	f := Features{}
	for name, raw := range s.Attributes {
		f[names.Escape(name)] = raw
	}
	put(f, ID, s.ID)
	put(f, Note, s.Note)
	put(f, Origin, s.Origin)
	putList(f, Accepted, s.Accepted)
	if e := s.Entity; e != nil {
		f[EntityOf] = object("id", word(e.ID), "kind", word(e.Kind), "name", word(e.Name))
	}
	return f
}

// object is a JSON object of names and values in turn.
func object(pairs ...any) json.RawMessage {
	b := []byte{'{'}
	for i := 0; i < len(pairs); i += 2 {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(format.AppendString(b, pairs[i].(string)), ':')
		b = append(b, pairs[i+1].(json.RawMessage)...)
	}
	return append(b, '}')
}

// ToSpan is OfSpan backwards; f is used up.
func ToSpan(s *format.Span, f Features) {
	s.ID, s.Note, s.Origin = take(f, ID), take(f, Note), take(f, Origin)
	s.Accepted = takeList(f, Accepted)
	var e struct{ ID, Kind, Name *string }
	if raw, ok := f[EntityOf]; ok && json.Unmarshal(raw, &e) == nil && e.ID != nil && e.Kind != nil && e.Name != nil {
		s.Entity = &format.Entity{ID: *e.ID, Kind: *e.Kind, Name: *e.Name}
		delete(f, EntityOf)
	}
	s.Attributes = own(f)
}

// OfRelation is what a relation has beside its type and ends.
func OfRelation(r *format.Relation, names Names) Features {
	f := Features{}
	for name, raw := range r.Attributes {
		f[names.Escape(name)] = raw
	}
	put(f, ID, r.ID)
	put(f, Note, r.Note)
	putList(f, Accepted, r.Accepted)
	return f
}

// ToRelation is OfRelation backwards; f is used up.
func ToRelation(r *format.Relation, f Features) {
	r.ID, r.Note = take(f, ID), take(f, Note)
	r.Accepted = takeList(f, Accepted)
	r.Attributes = own(f)
}

// OfSets is what annotators say of the article as a whole: an object of their
// names, each with status, flag, note, reason and fields. Nil: nobody says anything.
func OfSets(sets []format.Set) json.RawMessage {
	var pairs []any
	for i := range sets {
		s := &sets[i]
		f := Features{}
		put(f, "status", string(s.Status))
		put(f, "flag", s.Flag)
		put(f, "note", s.Note)
		put(f, "reason", s.Reason)
		putList(f, "accepted", s.Accepted)
		if len(s.Fields) > 0 {
			f["fields"] = JSON(s.Fields)
		}
		if s.Annotator != "" || !s.Blank() {
			pairs = append(pairs, s.Annotator, JSON(f))
		}
	}
	if pairs == nil {
		return nil
	}
	return object(pairs...)
}

// ToSets is OfSets backwards: it adds to the sets of the annotators named, or makes
// them at the given place. What is no such object is refused.
func ToSets(sets []format.Set, raw json.RawMessage, at format.Place) ([]format.Set, error) {
	var said map[string]struct {
		Status, Flag, Note, Reason string
		Accepted                   []string
		Fields                     annotate.Values
	}
	if err := json.Unmarshal(raw, &said); err != nil {
		return nil, format.Refuse(at, "It is an object of annotators, each with status, note, fields and the like.", "%q does not say what annotators say of the article", Sets)
	}
	for _, who := range slices.Sorted(maps.Keys(said)) {
		i := slices.IndexFunc(sets, func(s format.Set) bool { return s.Annotator == who })
		if i < 0 {
			i = len(sets)
			sets = append(sets, format.Set{Place: at, Annotator: who})
		}
		x, s := said[who], &sets[i]
		s.Status, s.Flag, s.Note, s.Reason = annotate.Status(x.Status), x.Flag, x.Note, x.Reason
		s.Accepted = x.Accepted
		if len(x.Fields) > 0 {
			s.Fields = canonical(x.Fields)
		}
	}
	return sets, nil
}

// JSON is values as an object, sorted by name, each in its one spelling.
func JSON(f Features) json.RawMessage {
	var pairs []any
	for _, name := range slices.Sorted(maps.Keys(f)) {
		raw, err := format.CanonicalJSON(f[name])
		if err != nil {
			raw = json.RawMessage("null") // cannot be: the Store holds JSON only
		}
		pairs = append(pairs, name, raw)
	}
	return object(pairs...)
}

// Parse is the values of a JSON object that is known to be valid; nil and null are
// none. ok is false if it is something else.
func Parse(raw string) (f Features, ok bool) {
	f = Features{}
	if raw == "" || raw == "null" {
		return f, true
	}
	if raw[0] != '{' {
		return f, false
	}
	for name, value := range format.JSONFields(raw) {
		f[name] = json.RawMessage(value)
	}
	return canonical(f), true
}

func canonical(f Features) Features {
	for name, raw := range f {
		if c, err := format.CanonicalJSON(raw); err == nil {
			f[name] = c
		}
	}
	return f
}
