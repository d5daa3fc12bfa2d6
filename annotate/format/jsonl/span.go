package jsonl

import (
	"slices"
	"strconv"

	"lede/annotate/format"
	"lede/annotate/format/jsonobject"
	"lede/annotate/text"
)

func parseSpan(raw string, at format.Place) (format.Span, error) {
	o := jsonobject.Parse(raw, at, keys)
	if o.Err() != nil {
		return format.Span{}, o.Err()
	}
	s := format.Span{Place: at, ID: o.Text("id"), Label: o.Text("label")}
	fragments(o, &s)
	if o.Has("text") {
		s.Text, s.HasText = o.Text("text"), true
	}
	attributes := o.Values("attributes")
	s.Entity = entity(o)
	s.Origin, s.Note, s.Accepted = o.Text("origin"), o.Text("note"), o.Texts("accepted")
	s.Attributes = o.Rest(attributes)
	return s, o.Err()
}

// fragments takes the places; start and end may say the same, not otherwise.
func fragments(o *jsonobject.Object, s *format.Span) {
	start, hasStart := o.Int("start")
	end, hasEnd := o.Int("end")
	raw, ok := o.Take("fragments")
	if !ok {
		if !hasStart || !hasEnd {
			o.Fail("a span (%s) has neither fragments nor start and end", s.Label)
			return
		}
		s.Fragments = []text.Range{{Start: start, End: end}}
		return
	}
	if raw[0] != '[' {
		o.Fail("the fragments of a span (%s) must be [[start,end],…]", s.Label)
		return
	}
	for pair := range format.JSONElements(raw) {
		ends := [3]int{}
		n := 0
		if pair[0] == '[' {
			for end := range format.JSONElements(pair) {
				v, err := strconv.Atoi(end)
				if err != nil || n == 2 {
					n = 3
					break
				}
				ends[n] = v
				n++
			}
		}
		if n != 2 {
			o.Fail("the fragments of a span (%s) must be [[start,end],…] in whole numbers, not %s", s.Label, jsonobject.Brief(pair))
			return
		}
		s.Fragments = append(s.Fragments, text.Range{Start: ends[0], End: ends[1]})
	}
	if len(s.Fragments) == 0 {
		o.Fail("a span (%s) has an empty list of fragments", s.Label)
		return
	}
	slices.SortFunc(s.Fragments, func(a, b text.Range) int { return a.Start - b.Start })
	if first, last := s.Fragments[0].Start, s.Fragments[len(s.Fragments)-1].End; (hasStart && start != first) || (hasEnd && end != last) {
		o.Fail("start and end of a span (%s) contradict its fragments, which reach from %d to %d", s.Label, first, last)
	}
}

// entity takes null, {"id","kind","name"} or a name alone.
func entity(o *jsonobject.Object) *format.Entity {
	raw, ok := o.Take("entity")
	if !ok {
		return nil
	}
	if raw[0] == '"' {
		if name := format.JSONString(raw); name != "" {
			return &format.Entity{Name: name}
		}
		return nil
	}
	inner := o.Inner(raw)
	e := &format.Entity{ID: inner.Text("id"), Kind: inner.Text("kind"), Name: inner.Text("name")}
	if inner.Err() != nil {
		o.Fail("\"entity\" must be null or an object with id, kind and name")
		return nil
	}
	return e
}

func parseRelation(raw string, at format.Place) (format.Relation, error) {
	o := jsonobject.Parse(raw, at, keys)
	if o.Err() != nil {
		return format.Relation{}, o.Err()
	}
	r := format.Relation{Place: at, ID: o.Text("id"), Type: o.Text("type"), From: o.Text("from"), To: o.Text("to")}
	attributes := o.Values("attributes")
	r.Note, r.Accepted = o.Text("note"), o.Texts("accepted")
	r.Attributes = o.Rest(attributes)
	return r, o.Err()
}
