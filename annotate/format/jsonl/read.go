package jsonl

import (
	"context"
	"encoding/json"
	"iter"
	"slices"
	"strconv"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
)

// read yields one article for the lines of one id that follow each other.
func read(ctx context.Context, src format.Source, s format.Settings) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		var now *format.Article
		for n, line := range src.Lines() {
			if line.Err == nil {
				line.Err = ctx.Err()
			}
			if line.Err != nil {
				yield(nil, line.Err)
				return
			}
			if strings.TrimSpace(line.Text) == "" {
				continue
			}
			a, err := parseLine(line.Text, src.At(n), s["text-column"])
			if err != nil {
				yield(nil, err)
				return
			}
			if further(now, a) {
				now.Sets = append(now.Sets, a.Sets...)
				continue
			}
			if now != nil && !yield(now, nil) {
				return
			}
			now = a
		}
		if now != nil {
			yield(now, nil)
		}
	}
}

// further reports whether b is one more annotator's line of article a.
func further(a, b *format.Article) bool {
	if a == nil || a.Ref == "" || a.Ref != b.Ref || a.Text != b.Text || a.Hash != b.Hash || len(a.Sets) == 0 || len(b.Sets) == 0 {
		return false
	}
	return !slices.ContainsFunc(a.Sets, func(s format.Set) bool { return s.Annotator == b.Sets[0].Annotator })
}

// object is a JSON object being read: keys are taken out as they are understood.
type object struct {
	at   format.Place
	keys []field
	err  error
}

type field struct {
	key, raw string
	taken    bool
}

func (o *object) fail(detail string, args ...any) {
	if o.err == nil {
		o.err = format.Refuse(o.at, "docs/formats/jsonl.md has the keys.", detail, args...)
	}
}

// has reports whether a key is there and not taken yet.
func (o *object) has(key string) bool {
	return slices.ContainsFunc(o.keys, func(f field) bool { return f.key == key && !f.taken })
}

// take returns the raw value of a key; null is none. Of a key that is there
// twice the last counts, as everywhere.
func (o *object) take(key string) (raw string, ok bool) {
	for i := range o.keys {
		if f := &o.keys[i]; f.key == key && !f.taken {
			f.taken, raw = true, f.raw
		}
	}
	return raw, raw != "" && raw != "null"
}

// text takes a string; numbers and booleans are taken as they are written.
func (o *object) text(key string) string {
	raw, ok := o.take(key)
	if !ok {
		return ""
	}
	switch raw[0] {
	case '"':
		return format.JSONString(raw)
	case '{', '[':
		o.fail("%q must be a text", key)
		return ""
	}
	return raw
}

func (o *object) values(key string) annotate.Values {
	raw, ok := o.take(key)
	if !ok {
		return nil
	}
	if raw[0] != '{' {
		o.fail("%q must be an object", key)
		return nil
	}
	var v annotate.Values
	for k, value := range format.JSONFields(raw) {
		v = o.put(v, k, value)
	}
	return v
}

func (o *object) put(v annotate.Values, key, raw string) annotate.Values {
	c, err := format.CanonicalJSON(json.RawMessage(raw))
	if err != nil {
		o.fail("%q: %s", key, err)
		return v
	}
	if v == nil {
		v = annotate.Values{}
	}
	v[key] = c
	return v
}

// rest puts the keys that nobody took among the values, so that nothing is lost.
func (o *object) rest(v annotate.Values) annotate.Values {
	for _, f := range o.keys {
		if _, known := v[f.key]; !f.taken && !known {
			raw, _ := o.take(f.key)
			v = o.put(v, f.key, raw)
		}
	}
	return v
}

// accepted takes the warnings that are no problem: a list of texts. Anything else of
// that name is somebody else's and stays.
func (o *object) accepted() []string {
	for _, f := range o.keys {
		var keys []string
		if f.key == "accepted" && json.Unmarshal([]byte(f.raw), &keys) == nil {
			o.take(f.key)
			return keys
		}
	}
	return nil
}

func (o *object) list(key string) iter.Seq[string] {
	raw, ok := o.take(key)
	if ok && raw[0] != '[' {
		o.fail("%q must be a list", key)
		ok = false
	}
	if !ok {
		return func(func(string) bool) {}
	}
	return format.JSONElements(raw)
}

// parse looks at an object inside a line that was found valid.
func parse(raw string, at format.Place) *object {
	o := &object{at: at}
	raw = strings.TrimSpace(raw)
	if raw == "" || raw[0] != '{' {
		o.fail("it is no JSON object: %s", brief(raw))
		return o
	}
	o.keys = make([]field, 0, 16)
	for k, v := range format.JSONFields(raw) {
		o.keys = append(o.keys, field{key: k, raw: v})
	}
	return o
}

func brief(raw string) string {
	if r := []rune(raw); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return raw
}

func parseLine(line string, at format.Place, textKey string) (*format.Article, error) {
	if i, what := format.CheckJSON(line); i >= 0 {
		return nil, format.Refuse(at, "Mend the file.", "byte %d of the line: %s", i, what)
	}
	if !json.Valid([]byte(line)) {
		var v any
		return nil, format.Refuse(at, "docs/formats/jsonl.md has the keys.", "it is no JSON: %s", json.Unmarshal([]byte(line), &v))
	}
	o := parse(line, at)
	if o.err != nil {
		return nil, o.err
	}
	a := &format.Article{
		Place: at, Ref: o.text("id"), Title: o.text("title"), Publisher: o.text("source"), URL: o.text("url"),
		Author: o.text("author"), Published: o.text("published"), Language: o.text("language"),
	}
	if a.Published == "" {
		a.Published = o.text("date") // another name that people use
	}
	o.body(a, textKey)
	set := format.Set{
		Place: at, Annotator: o.text("annotator"), Status: annotate.Status(o.text("status")),
		Flag: o.text("flag"), Fields: o.values("fields"), Note: o.text("note"), Accepted: o.accepted(),
	}
	for raw := range o.list("spans") {
		span, err := parseSpan(raw, at)
		if err != nil {
			return nil, err
		}
		set.Spans = append(set.Spans, span)
	}
	for raw := range o.list("relations") {
		r, err := parseRelation(raw, at)
		if err != nil {
			return nil, err
		}
		set.Relations = append(set.Relations, r)
	}
	if !set.Blank() || set.Annotator != "" {
		a.Sets = []format.Set{set}
	}
	a.Meta = o.rest(o.values("meta"))
	return a, o.err
}

// body takes the text, or the hash that stands for it.
func (o *object) body(a *format.Article, textKey string) {
	keys := textKeys
	if textKey != "" {
		keys = []string{textKey}
	}
	for _, k := range keys {
		if !o.has(k) {
			continue
		}
		raw, _ := o.take(k)
		if raw[0] != '"' {
			o.fail("%q must be a text", k)
			return
		}
		a.Text = format.JSONString(raw)
		return
	}
	if o.has("sha256") && textKey == "" {
		o.hash(a)
		return
	}
	if o.err == nil {
		var have []string
		for _, f := range o.keys {
			have = append(have, f.key)
		}
		slices.Sort(have)
		o.err = format.Refuse(o.at, "Say which key holds it with --opt text-column=KEY.", "there is no text; it has the keys %s", strings.Join(have, ", "))
	}
}

// hash takes what stands for a text that may not be shared.
func (o *object) hash(a *format.Article) {
	a.NoText, a.Hash = true, o.text("sha256")
	raw, _ := o.take("length")
	n, err := strconv.Atoi(raw)
	if len(a.Hash) != 64 || err != nil || n < 0 {
		o.fail("a line without a text needs a sha256 of 64 digits and a length, not %q and %q", a.Hash, raw)
	}
	a.Length = n
}
