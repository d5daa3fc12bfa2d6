package jsonl

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strconv"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/jsonobject"
)

// read yields one article for the lines of one id that follow each other.
func read(ctx context.Context, src format.Source, s format.Settings) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		var now *format.Article
		columns, textKey := src.Columns.JSON(src.At(0)), cmp.Or(src.Columns.Of("text"), s["text-column"])
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
			a, err := parseLine(columns.Object(line.Text), src.At(n), textKey)
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
		if now != nil && !yield(now, nil) {
			return
		}
		if err := columns.End(); err != nil {
			yield(nil, err)
		}
	}
}

// columnLines is how many lines are looked at for their keys.
const columnLines = 50

// columnsOf lists the keys of the first lines.
func columnsOf(src format.Source, _ format.Settings) ([]string, error) {
	var names []string
	seen := 0
	for n, line := range src.Lines() {
		if line.Err != nil {
			return nil, line.Err
		}
		if strings.TrimSpace(line.Text) == "" {
			continue
		}
		o, err := jsonobject.ParseLine(line.Text, src.At(n), keys)
		if err != nil {
			return nil, err
		}
		for _, k := range o.Keys() {
			if !slices.Contains(names, k) {
				names = append(names, k)
			}
		}
		if seen++; seen == columnLines {
			break
		}
	}
	return names, nil
}

// further reports whether b is one more annotator's line of article a.
func further(a, b *format.Article) bool {
	if a == nil || a.Ref == "" || a.Ref != b.Ref || a.Text != b.Text || a.Hash != b.Hash || len(a.Sets) == 0 || len(b.Sets) == 0 {
		return false
	}
	return !slices.ContainsFunc(a.Sets, func(s format.Set) bool { return s.Annotator == b.Sets[0].Annotator })
}

// keys is where errors of lines send their reader.
const keys = "docs/formats/jsonl.md has the keys."

func parseLine(line string, at format.Place, textKey string) (*format.Article, error) {
	o, err := jsonobject.ParseLine(line, at, keys)
	if err != nil {
		return nil, err
	}
	a := &format.Article{
		Place: at, Ref: o.Text("id"), Title: o.Text("title"), Publisher: o.Text("source"), URL: o.Text("url"),
		Author: o.Text("author"), Published: o.Text("published"), LanguageTold: o.Has("language"), Language: o.Text("language"),
	}
	if a.Published == "" {
		a.Published = o.Text("date") // another name that people use
	}
	body(o, a, textKey)
	set := format.Set{
		Place: at, Annotator: o.Text("annotator"), Status: annotate.Status(o.Text("status")),
		Flag: o.Text("flag"), Fields: o.Values("fields"), Note: o.Text("note"), Accepted: o.Texts("accepted"),
	}
	for raw := range o.List("spans") {
		span, err := parseSpan(raw, at)
		if err != nil {
			return nil, err
		}
		set.Spans = append(set.Spans, span)
	}
	for raw := range o.List("relations") {
		r, err := parseRelation(raw, at)
		if err != nil {
			return nil, err
		}
		set.Relations = append(set.Relations, r)
	}
	if !set.Blank() || set.Annotator != "" {
		a.Sets = []format.Set{set}
	}
	a.Meta = o.Rest(o.Values("meta"))
	return a, o.Err()
}

// body takes the text, or the hash that stands for it.
func body(o *jsonobject.Object, a *format.Article, textKey string) {
	keys := format.TextColumns
	if textKey != "" {
		keys = []string{textKey}
	}
	for _, k := range keys {
		if !o.Has(k) {
			continue
		}
		raw, _ := o.Take(k)
		if raw[0] != '"' {
			o.Fail("%q must be a text", k)
			return
		}
		a.Text = format.JSONString(raw)
		return
	}
	if o.Has("sha256") && textKey == "" {
		hash(o, a)
		return
	}
	o.FailHint("Say which key holds it with --opt text-column=KEY.", "there is no text; it has the keys %s", strings.Join(o.Keys(), ", "))
}

// hash takes what stands for a text that may not be shared.
func hash(o *jsonobject.Object, a *format.Article) {
	a.NoText, a.Hash = true, o.Text("sha256")
	raw, _ := o.Take("length")
	n, err := strconv.Atoi(raw)
	if len(a.Hash) != 64 || err != nil || n < 0 {
		o.Fail("a line without a text needs a sha256 of 64 digits and a length, not %q and %q", a.Hash, raw)
	}
	a.Length = n
}
