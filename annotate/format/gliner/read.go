package gliner

import (
	"context"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/jsonobject"
	"lede/annotate/format/token"
	"lede/annotate/text"
)

const hint = `A record is {"tokenized_text": [words], "ner": [[first, last, label]]}.`

func read(ctx context.Context, src format.Source, _ format.Settings) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		files := []format.Source{src}
		if src.Dir {
			names, err := format.Walk(src)
			if err != nil {
				yield(nil, err)
				return
			}
			files = nil
			for _, n := range names {
				files = append(files, src.File(n))
			}
		}
		for _, f := range files {
			told := f.Manifest("gliner")
			for item := range f.JSONItems() {
				a, err := (*format.Article)(nil), item.Err
				if err == nil {
					a, err = record(item, told)
				}
				if err == nil {
					a.Split = token.SplitOf(f)
					err = ctx.Err()
				}
				if !yield(a, err) || err != nil {
					return
				}
			}
		}
	}
}

func record(item format.JSONItem, told *format.Told) (*format.Article, error) {
	o := jsonobject.Parse(item.Raw, item.Place, hint)
	a := &format.Article{Place: item.Place}
	r := &reader{o: o}
	r.words()
	set := format.Set{Place: item.Place, Status: annotate.Done, LocalIDs: true}
	for e := range o.List("ner") {
		r.entity(e)
	}
	for e := range o.List("relations") {
		if first, last, name, ok := r.triple(e, "a relation is [number of an entity, number of an entity, type]", len(r.spans)); ok {
			set.Relations = append(set.Relations, format.Relation{Place: item.Place, Type: name, From: idOf(first), To: idOf(last)})
		}
	}
	r.origin(a)
	a.Text, set.Spans = r.text.String(), r.spans
	if told != nil {
		set.Annotator = told.Annotator
	}
	a.Meta = o.Rest(a.Meta)
	a.Sets = []format.Set{set}
	token.Guard(a)
	return a, o.Err()
}

type reader struct {
	o      *jsonobject.Object
	text   strings.Builder
	places []text.Range
	spans  []format.Span
}

// words makes the text: words with one blank between them.
func (r *reader) words() {
	if !r.o.Has("tokenized_text") {
		r.o.Fail("there is no %q", "tokenized_text")
	}
	o := 0
	for raw := range r.o.List("tokenized_text") {
		if raw[0] != '"' {
			r.o.Fail("a word is no text: %s", jsonobject.Brief(raw))
			return
		}
		if len(r.places) > 0 {
			r.text.WriteByte(' ')
			o++
		}
		w := format.JSONString(raw)
		r.text.WriteString(w)
		n := len([]rune(w))
		r.places = append(r.places, text.Range{Start: o, End: o + n})
		o += n
	}
}

// triple reads two numbers below n and a name.
func (r *reader) triple(raw, what string, n int) (a, b int, name string, ok bool) {
	var parts []string
	if raw[0] == '[' {
		for p := range format.JSONElements(raw) {
			parts = append(parts, p)
		}
	}
	if len(parts) < 3 || parts[2][0] != '"' {
		r.o.Fail("%s, and not %s", what, jsonobject.Brief(raw))
		return 0, 0, "", false
	}
	a, err1 := strconv.Atoi(parts[0])
	b, err2 := strconv.Atoi(parts[1])
	if err1 != nil || err2 != nil || a < 0 || b < 0 || a >= n || b >= n {
		r.o.Fail("%s, and %s goes beyond the %d that there are", what, jsonobject.Brief(raw), n)
		return 0, 0, "", false
	}
	return a, b, format.JSONString(parts[2]), true
}

func (r *reader) entity(raw string) {
	first, last, label, ok := r.triple(raw, "an entity is [first word, last word, label]", len(r.places))
	if !ok {
		return
	}
	place := text.Range{Start: r.places[first].Start, End: r.places[last].End}
	if last < first || place.Empty() {
		r.o.Fail("entity %s is empty or reversed", jsonobject.Brief(raw))
		return
	}
	r.spans = append(r.spans, format.Span{Place: r.o.At(), ID: idOf(len(r.spans)), Label: label, Fragments: []text.Range{place}})
}

func idOf(n int) string { return strconv.Itoa(n) }

// origin takes what Lede wrote of where a record is from.
func (r *reader) origin(a *format.Article) {
	raw, ok := r.o.Peek("meta")
	if !ok || raw[0] != '{' {
		return
	}
	m := r.o.Inner(raw)
	if !m.Has("id") || !m.Has("start") || !m.Has("end") || !m.Has("length") || len(m.Keys()) != 4 {
		return
	}
	r.o.Take("meta")
	a.Ref = m.Text("id")
	start, _ := m.Int("start")
	end, _ := m.Int("end")
	if length, _ := m.Int("length"); a.Ref != "" && (start != 0 || end != length) {
		a.Ref = fmt.Sprintf("%s#%d-%d", a.Ref, start, end)
	}
	r.o.Adopt(m)
}
