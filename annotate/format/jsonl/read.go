package jsonl

import (
	"context"
	"encoding/json"
	"iter"
	"slices"
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
	keys map[string]json.RawMessage
	all  []string // the keys it came with
	err  error
}

func (o *object) fail(format_ string, args ...any) {
	if o.err == nil {
		o.err = format.Refuse(o.at, "docs/formats/jsonl.md has the keys.", format_, args...)
	}
}

func (o *object) take(key string) (json.RawMessage, bool) {
	raw, ok := o.keys[key]
	delete(o.keys, key)
	return raw, ok && string(raw) != "null"
}

// text takes a string; numbers and booleans are taken as they are written.
func (o *object) text(key string) string {
	raw, ok := o.take(key)
	if !ok {
		return ""
	}
	switch raw[0] {
	case '"':
		var s string
		if err := json.Unmarshal(raw, &s); err != nil {
			o.fail("%q: %s", key, err)
		}
		return s
	case '{', '[':
		o.fail("%q must be a text", key)
		return ""
	}
	return string(raw)
}

func (o *object) values(key string) annotate.Values {
	raw, ok := o.take(key)
	if !ok {
		return nil
	}
	var v annotate.Values
	if json.Unmarshal(raw, &v) != nil {
		o.fail("%q must be an object", key)
		return nil
	}
	return o.canonical(v)
}

func (o *object) canonical(v annotate.Values) annotate.Values {
	for k, raw := range v {
		c, err := format.CanonicalJSON(raw)
		if err != nil {
			o.fail("%q: %s", k, err)
			return nil
		}
		v[k] = c
	}
	if len(v) == 0 {
		return nil
	}
	return v
}

// rest puts the keys that nobody took among the values, so that nothing is lost.
func (o *object) rest(v annotate.Values) annotate.Values {
	left := annotate.Values{}
	for k, raw := range o.keys {
		if _, taken := v[k]; !taken {
			left[k] = raw
		}
	}
	if left = o.canonical(left); left == nil {
		return v
	}
	for k, raw := range v {
		left[k] = raw
	}
	return left
}

func (o *object) list(key string) []json.RawMessage {
	raw, ok := o.take(key)
	if !ok {
		return nil
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		o.fail("%q must be a list", key)
	}
	return list
}

func parse(raw string, at format.Place) *object {
	o := &object{at: at}
	if err := json.Unmarshal([]byte(raw), &o.keys); err != nil {
		o.keys = nil
		o.fail("it is no JSON object: %s", err)
	} else if o.keys == nil {
		o.fail("it is no JSON object but null")
	}
	for k := range o.keys {
		o.all = append(o.all, k)
	}
	slices.Sort(o.all)
	return o
}

func parseLine(line string, at format.Place, textKey string) (*format.Article, error) {
	if i, what := format.CheckJSON(line); i >= 0 {
		return nil, format.Refuse(at, "Mend the file.", "byte %d of the line: %s", i, what)
	}
	o := parse(line, at)
	if o.err != nil {
		return nil, o.err
	}
	a := &format.Article{Place: at, Ref: o.text("id"), Title: o.text("title"), Publisher: o.text("source"), URL: o.text("url"),
		Author: o.text("author"), Published: o.text("published"), Language: o.text("language")}
	if a.Published == "" {
		a.Published = o.text("date") // another name that people use
	}
	o.body(a, textKey)
	set := format.Set{Place: at, Annotator: o.text("annotator"), Status: annotate.Status(o.text("status")),
		Flag: o.text("flag"), Fields: o.values("fields"), Note: o.text("note")}
	for _, raw := range o.list("spans") {
		span, err := parseSpan(raw, at)
		if err != nil {
			return nil, err
		}
		set.Spans = append(set.Spans, span)
	}
	for _, raw := range o.list("relations") {
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
		raw, ok := o.keys[k]
		if !ok {
			continue
		}
		if len(raw) == 0 || raw[0] != '"' {
			o.fail("%q must be a text", k)
			return
		}
		a.Text = o.text(k)
		return
	}
	if hash, ok := o.keys["sha256"]; ok && textKey == "" {
		a.NoText, a.Hash = true, o.text("sha256")
		n, ok := o.take("length")
		if len(a.Hash) != 64 || !ok || json.Unmarshal(n, &a.Length) != nil || a.Length < 0 {
			o.fail("a line without a text needs a sha256 of 64 digits and a length, not %s and %s", hash, n)
		}
		return
	}
	if o.err == nil {
		o.err = format.Refuse(o.at, "Say which key holds it with --opt text-column=KEY.", "there is no text; it has the keys %s", strings.Join(o.all, ", "))
	}
}
