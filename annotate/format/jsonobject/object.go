package jsonobject

import (
	"encoding/json"
	"iter"
	"slices"
	"strconv"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
)

// Object is a JSON object being read. Of a key that is there twice the last value
// counts, as everywhere; null is as good as no value.
type Object struct {
	at   format.Place
	hint string // what its errors advise
	keys []field
	err  error
}

type field struct {
	key, raw string
	taken    bool
}

// ParseLine reads an object that is a line of its own, or an item of a list, and
// checks that it is JSON without faults. hint is what errors advise, a sentence.
func ParseLine(line string, at format.Place, hint string) (*Object, error) {
	if i, what := format.CheckJSON(line); i >= 0 {
		return nil, format.Refuse(at, "Mend the file.", "byte %d of the line: %s", i, what)
	}
	if !json.Valid([]byte(line)) {
		var v any
		return nil, format.Refuse(at, hint, "it is no JSON: %s", json.Unmarshal([]byte(line), &v))
	}
	o := Parse(line, at, hint)
	return o, o.err
}

// Parse looks at an object inside JSON that was found valid. What is none has an
// error and no keys.
func Parse(raw string, at format.Place, hint string) *Object {
	o := &Object{at: at, hint: hint}
	raw = strings.TrimSpace(raw)
	if raw == "" || raw[0] != '{' {
		o.Fail("it is no JSON object: %s", Brief(raw))
		return o
	}
	o.keys = make([]field, 0, 16)
	for k, v := range format.JSONFields(raw) {
		o.keys = append(o.keys, field{key: k, raw: v})
	}
	return o
}

// Inner looks at an object inside this one: its errors are told at the same place.
func (o *Object) Inner(raw string) *Object { return Parse(raw, o.at, o.hint) }

// At is where the object stands.
func (o *Object) At() format.Place { return o.at }

// Err is the first thing that was wrong, nil if nothing was.
func (o *Object) Err() error { return o.err }

// Fail notes what is wrong; only the first counts.
func (o *Object) Fail(detail string, args ...any) { o.FailHint(o.hint, detail, args...) }

// FailHint is Fail with an advice of its own.
func (o *Object) FailHint(hint, detail string, args ...any) {
	if o.err == nil {
		o.err = format.Refuse(o.at, hint, detail, args...)
	}
}

// Adopt makes the error of an inner object this one's.
func (o *Object) Adopt(inner *Object) {
	if o.err == nil {
		o.err = inner.err
	}
}

// Has reports whether a key is there, be it null, and not taken yet.
func (o *Object) Has(key string) bool {
	return slices.ContainsFunc(o.keys, func(f field) bool { return f.key == key && !f.taken })
}

// Keys are all keys of the object, taken or not, sorted.
func (o *Object) Keys() []string {
	list := make([]string, len(o.keys))
	for i, f := range o.keys {
		list[i] = f.key
	}
	slices.Sort(list)
	return list
}

// Peek is the raw value of a key that stays where it is; null is none.
func (o *Object) Peek(key string) (raw string, ok bool) {
	for _, f := range o.keys {
		if f.key == key && !f.taken {
			raw = f.raw
		}
	}
	return raw, raw != "" && raw != "null"
}

// Take takes the raw value of a key; null is none.
func (o *Object) Take(key string) (raw string, ok bool) {
	raw, ok = o.Peek(key)
	for i := range o.keys {
		if o.keys[i].key == key {
			o.keys[i].taken = true
		}
	}
	return raw, ok
}

// Text takes a string; numbers and booleans are taken as they are written.
func (o *Object) Text(key string) string {
	raw, ok := o.Take(key)
	if !ok {
		return ""
	}
	switch raw[0] {
	case '"':
		return format.JSONString(raw)
	case '{', '[':
		o.Fail("%q must be a text", key)
		return ""
	}
	return raw
}

// Int takes a whole number.
func (o *Object) Int(key string) (n int, ok bool) {
	raw, ok := o.Take(key)
	if !ok {
		return 0, false
	}
	n, err := strconv.Atoi(raw)
	if err != nil {
		o.Fail("%q must be a whole number, not %s", key, Brief(raw))
	}
	return n, true
}

// Bool takes true or false.
func (o *Object) Bool(key string) bool {
	raw, ok := o.Take(key)
	if ok && raw != "true" && raw != "false" {
		o.Fail("%q must be true or false, not %s", key, Brief(raw))
	}
	return raw == "true"
}

// List takes a list and yields its raw values.
func (o *Object) List(key string) iter.Seq[string] {
	raw, ok := o.Take(key)
	if ok && raw[0] != '[' {
		o.Fail("%q must be a list", key)
		ok = false
	}
	if !ok {
		return func(func(string) bool) {}
	}
	return format.JSONElements(raw)
}

// Texts takes a list of strings. Anything else of that name is somebody else's and
// stays.
func (o *Object) Texts(key string) []string {
	var list []string
	if raw, ok := o.Peek(key); !ok || raw[0] != '[' || json.Unmarshal([]byte(raw), &list) != nil {
		return nil
	}
	o.Take(key)
	return list
}

// Values takes an object as values by name.
func (o *Object) Values(key string) annotate.Values {
	raw, ok := o.Take(key)
	if !ok {
		return nil
	}
	if raw[0] != '{' {
		o.Fail("%q must be an object", key)
		return nil
	}
	var v annotate.Values
	for k, value := range format.JSONFields(raw) {
		v = o.Put(v, k, value)
	}
	return v
}

// Put adds a raw value to v, which may be nil, in the form in which values are
// stored.
func (o *Object) Put(v annotate.Values, key, raw string) annotate.Values {
	c, err := format.CanonicalJSON(json.RawMessage(raw))
	if err != nil {
		o.Fail("%q: %s", key, err)
		return v
	}
	if v == nil {
		v = annotate.Values{}
	}
	v[key] = c
	return v
}

// Rest takes the keys that nobody took into v, which may be nil; names that v has
// already stay as they are there.
func (o *Object) Rest(v annotate.Values) annotate.Values {
	known := make(map[string]bool, len(v))
	for k := range v {
		known[k] = true
	}
	for i := range o.keys {
		if f := &o.keys[i]; !f.taken && !known[f.key] {
			f.taken = true
			v = o.Put(v, f.key, f.raw)
		}
	}
	return v
}

// Brief is the beginning of a raw value, for a message.
func Brief(raw string) string {
	if r := []rune(raw); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return raw
}
