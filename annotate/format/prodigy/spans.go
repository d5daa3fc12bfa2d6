package prodigy

import (
	"strconv"

	"lede/annotate/format"
	"lede/annotate/format/jsonobject"
	"lede/annotate/text"
)

// place tells spans apart, to which relations point.
type place struct {
	start, end int
	label      string
}

// reading is a task being read.
type reading struct {
	*jsonobject.Object
	a      *format.Article
	set    *format.Set
	at     map[place]string // ids
	tokens []text.Range     // those of the task; files made by hand may have none
}

// words takes the tokens: only spans and relations that count in them need them, all
// others follow from the text.
func (t *reading) words() {
	for raw := range t.List("tokens") {
		o := t.Inner(raw)
		start, ok1 := o.Int("start")
		end, ok2 := o.Int("end")
		if !ok1 || !ok2 || o.Err() != nil {
			t.tokens = nil // without places they say nothing
			return
		}
		t.tokens = append(t.tokens, text.Range{Start: start, End: end})
	}
}

// place takes where a span is and what: by characters, else by tokens.
func (t *reading) place(raw string) (p place, ok bool) {
	o := t.Inner(raw)
	defer t.Adopt(o)
	var ok1, ok2 bool
	p.start, ok1 = o.Int("start")
	p.end, ok2 = o.Int("end")
	p.label = o.Text("label")
	if p.label == "" {
		t.a.Skip("unlabelled", "spans without a label, left out", 1, t.At().String())
		return p, false
	}
	if ok1 && ok2 {
		return p, true
	}
	first, ok1 := o.Int("token_start")
	last, ok2 := o.Int("token_end")
	if !ok1 || !ok2 || first < 0 || last < first || last >= len(t.tokens) {
		t.a.Skip("placeless", "spans that do not say where they are: neither start and end in characters, nor token_start and token_end of tokens that the task has, left out", 1, t.At().String())
		return p, false
	}
	p.start, p.end = t.tokens[first].Start, t.tokens[last].End
	return p, true
}

func (t *reading) span(raw string) {
	p, ok := t.place(raw)
	if !ok {
		return
	}
	id := strconv.Itoa(len(t.set.Spans))
	if _, taken := t.at[p]; !taken {
		t.at[p] = id
	}
	t.set.Spans = append(t.set.Spans, format.Span{Place: t.At(), ID: id, Label: p.label, Fragments: []text.Range{{Start: p.start, End: p.end}}})
}

func (t *reading) relation(raw string) {
	o := t.Inner(raw)
	r := format.Relation{Place: t.At(), Type: o.Text("label")}
	r.From, r.To = t.end(o, "head"), t.end(o, "child")
	t.Adopt(o)
	switch {
	case r.Type == "":
		t.a.Skip("relations", "relations without a label, left out", 1, t.At().String())
	case r.From == "" || r.To == "":
		t.a.Skip("relations", "relations between words that are no spans with a label, left out", 1, t.At().String())
	default:
		t.set.Relations = append(t.set.Relations, r)
	}
}

// end is the id of the span at an end of a relation, "" for none: the one that
// head_span or child_span describes, else one of which head or child is the last token,
// else one that has this token.
func (t *reading) end(o *jsonobject.Object, which string) string {
	raw, described := o.Take(which + "_span")
	if described && raw[0] == '{' {
		in := t.Inner(raw)
		if in.Has("label") && in.Has("start") && in.Has("end") {
			if p, ok := t.place(raw); ok {
				return t.at[p]
			}
			return ""
		}
	}
	n, ok := o.Int(which)
	if !ok || n < 0 || n >= len(t.tokens) {
		return ""
	}
	at, found := t.tokens[n], ""
	for _, s := range t.set.Spans {
		f := s.Fragments[0]
		switch {
		case f.End == at.End && f.Start <= at.Start:
			return s.ID
		case found == "" && f.Start <= at.Start && at.End <= f.End:
			found = s.ID
		}
	}
	return found
}
