package jsonl

import (
	"encoding/json"
	"slices"

	"lede/annotate/format"
	"lede/annotate/text"
)

func parseSpan(raw json.RawMessage, at format.Place) (format.Span, error) {
	o := parse(string(raw), at)
	if o.err != nil {
		return format.Span{}, o.err
	}
	s := format.Span{Place: at, ID: o.text("id"), Label: o.text("label")}
	o.fragments(&s)
	if _, ok := o.keys["text"]; ok {
		s.Text, s.HasText = o.text("text"), true
	}
	attributes := o.values("attributes")
	s.Entity = o.entity()
	s.Origin, s.Note = o.text("origin"), o.text("note")
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
	var pairs [][]int
	if err := json.Unmarshal(raw, &pairs); err != nil {
		o.fail("the fragments of a span (%s) must be [[start,end],…] in whole numbers", s.Label)
		return
	}
	for _, p := range pairs {
		if len(p) != 2 {
			o.fail("the fragments of a span (%s) must be [[start,end],…]", s.Label)
			return
		}
		s.Fragments = append(s.Fragments, text.Range{Start: p[0], End: p[1]})
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
	var n int
	if json.Unmarshal(raw, &n) != nil {
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
		e := &format.Entity{}
		if json.Unmarshal(raw, &e.Name) != nil || e.Name == "" {
			return nil
		}
		return e
	}
	inner := parse(string(raw), o.at)
	e := &format.Entity{ID: inner.text("id"), Kind: inner.text("kind"), Name: inner.text("name")}
	if inner.err != nil {
		o.fail("\"entity\" must be null or an object with id, kind and name")
		return nil
	}
	return e
}

func parseRelation(raw json.RawMessage, at format.Place) (format.Relation, error) {
	o := parse(string(raw), at)
	if o.err != nil {
		return format.Relation{}, o.err
	}
	r := format.Relation{Place: at, ID: o.text("id"), Type: o.text("type"), From: o.text("from"), To: o.text("to")}
	attributes := o.values("attributes")
	r.Note = o.text("note")
	r.Attributes = o.rest(attributes)
	return r, o.err
}
