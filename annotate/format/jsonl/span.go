package jsonl

import (
	"slices"
	"strconv"

	"lede/annotate/format"
	"lede/annotate/text"
)

func parseSpan(raw string, at format.Place) (format.Span, error) {
	o := parse(raw, at)
	if o.err != nil {
		return format.Span{}, o.err
	}
	s := format.Span{Place: at, ID: o.text("id"), Label: o.text("label")}
	o.fragments(&s)
	if o.has("text") {
		s.Text, s.HasText = o.text("text"), true
	}
	attributes := o.values("attributes")
	s.Entity = o.entity()
	s.Origin, s.Note, s.Accepted = o.text("origin"), o.text("note"), o.accepted()
	s.Attributes = o.rest(attributes)
	return s, o.err
}

// fragments takes the places; start and end may say the same, not otherwise.
func (o *object) fragments(s *format.Span) {
	start, hasStart := o.number("start")
	end, hasEnd := o.number("end")
	raw, ok := o.take("fragments")
	if !ok {
		if !hasStart || !hasEnd {
			o.fail("a span (%s) has neither fragments nor start and end", s.Label)
			return
		}
		s.Fragments = []text.Range{{Start: start, End: end}}
		return
	}
	if raw[0] != '[' {
		o.fail("the fragments of a span (%s) must be [[start,end],…]", s.Label)
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
			o.fail("the fragments of a span (%s) must be [[start,end],…] in whole numbers, not %s", s.Label, brief(pair))
			return
		}
		s.Fragments = append(s.Fragments, text.Range{Start: ends[0], End: ends[1]})
	}
	if len(s.Fragments) == 0 {
		o.fail("a span (%s) has an empty list of fragments", s.Label)
		return
	}
	slices.SortFunc(s.Fragments, func(a, b text.Range) int { return a.Start - b.Start })
	if first, last := s.Fragments[0].Start, s.Fragments[len(s.Fragments)-1].End; (hasStart && start != first) || (hasEnd && end != last) {
		o.fail("start and end of a span (%s) contradict its fragments, which reach from %d to %d", s.Label, first, last)
	}
}

func (o *object) number(key string) (int, bool) {
	raw, ok := o.take(key)
	if !ok {
		return 0, false
	}
	n, err := strconv.Atoi(raw)
	if err != nil {
		o.fail("%q must be a whole number, not %s", key, raw)
	}
	return n, true
}

// entity takes null, {"id","kind","name"} or a name alone.
func (o *object) entity() *format.Entity {
	raw, ok := o.take("entity")
	if !ok {
		return nil
	}
	if raw[0] == '"' {
		if name := format.JSONString(raw); name != "" {
			return &format.Entity{Name: name}
		}
		return nil
	}
	inner := parse(raw, o.at)
	e := &format.Entity{ID: inner.text("id"), Kind: inner.text("kind"), Name: inner.text("name")}
	if inner.err != nil {
		o.fail("\"entity\" must be null or an object with id, kind and name")
		return nil
	}
	return e
}

func parseRelation(raw string, at format.Place) (format.Relation, error) {
	o := parse(raw, at)
	if o.err != nil {
		return format.Relation{}, o.err
	}
	r := format.Relation{Place: at, ID: o.text("id"), Type: o.text("type"), From: o.text("from"), To: o.text("to")}
	attributes := o.values("attributes")
	r.Note, r.Accepted = o.text("note"), o.accepted()
	r.Attributes = o.rest(attributes)
	return r, o.err
}
