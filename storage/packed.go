package storage

import (
	"encoding/json"
	"fmt"
	"strings"

	"lede/annotate"
)

// An annotation set is read in one row, its spans and its relations as one JSON
// array each of arrays of columns: a row of its own for every span costs more in
// the driver than in SQLite. Strings without escapes, which nearly all are, share
// the memory of the whole.

// The columns that are packed; the id of the set stands in its row.
var (
	packedSpan     = []string{"id", "label", "fragments", "attributes", "entity", "origin", "note", "accepted", "extra"}
	packedRelation = []string{"id", "type", "from_span", "to_span", "attributes", "note", "accepted", "extra"}
)

// pack is the expression for all records of a table that belong to set s.
func pack(table string, columns []string) string {
	return fmt.Sprintf("(SELECT json_group_array(json_array(t.%s)) FROM %s t WHERE t.set_id = s.id)", strings.Join(columns, ", t."), table)
}

// unpackSpans reads the spans of a set. Those of one fragment, which most are,
// have it in memory that they share.
func unpackSpans(set id, raw string) ([]annotate.Span, error) {
	n := strings.Count(raw, `"[[`)
	all, single := make([]annotate.Span, 0, n), make(annotate.Fragments, 0, n)
	p := packed{rest: raw}
	for p.next() {
		s := annotate.Span{Set: set, ID: id(p.text()), Label: id(p.text())}
		s.Fragments = p.fragments(&single)
		p.decode(into(&s.Attributes))
		s.Entity, s.Origin, s.Note = id(p.text()), p.text(), p.text()
		p.decode(into(&s.Accepted))
		p.decode(into(&s.Extra))
		all = append(all, s)
	}
	return all, p.err
}

// unpackRelations reads the relations of a set.
func unpackRelations(set id, raw string) ([]annotate.Relation, error) {
	var all []annotate.Relation
	p := packed{rest: raw}
	for p.next() {
		r := annotate.Relation{Set: set, ID: id(p.text()), Type: id(p.text()), From: id(p.text()), To: id(p.text())}
		p.decode(into(&r.Attributes))
		r.Note = p.text()
		p.decode(into(&r.Accepted))
		p.decode(into(&r.Extra))
		all = append(all, r)
	}
	return all, p.err
}

// packed is an array of arrays of strings and nulls, as SQLite writes it, being
// read.
type packed struct {
	rest string
	err  error
}

// take takes a prefix off, if it is there.
func (p *packed) take(prefix string) bool {
	rest, ok := strings.CutPrefix(p.rest, prefix)
	p.rest = rest
	return ok
}

// next begins the next array; false at the end, or if the last is not at its end.
func (p *packed) next() bool {
	if p.err != nil {
		return false
	}
	if p.take("[[") || p.take("],[") {
		return true
	}
	if p.rest != "]]" && p.rest != "[]" {
		p.fail()
	}
	return false
}

func (p *packed) fail() {
	if p.err == nil {
		p.err = fmt.Errorf("packed records cannot be read at %.40q", p.rest)
	}
}

// text takes the next string; "" for null.
func (p *packed) text() string {
	p.take(",")
	if p.take("null") {
		return ""
	}
	if !p.take(`"`) {
		p.fail()
		return ""
	}
	end := strings.IndexByte(p.rest, '"')
	if end < 0 {
		p.fail()
		return ""
	}
	s := p.rest[:end]
	if strings.IndexByte(s, '\\') >= 0 {
		return p.escaped()
	}
	p.rest = p.rest[end+1:]
	return s
}

// escaped takes a string that holds escapes, whose opening quote was taken.
func (p *packed) escaped() string {
	end := 0
	for end < len(p.rest) && p.rest[end] != '"' {
		if p.rest[end] == '\\' {
			end++
		}
		end++
	}
	var s string
	if end >= len(p.rest) || json.Unmarshal([]byte(`"`+p.rest[:end+1]), &s) != nil {
		p.fail()
		return ""
	}
	p.rest = p.rest[end+1:]
	return s
}

// decode takes a column of JSON.
func (p *packed) decode(into interface{ Scan(any) error }) {
	if s := p.text(); s != "" && p.err == nil {
		p.err = into.Scan(s)
	}
}

// fragments takes a column of fragments; a single one is appended to shared,
// which must have room for it.
func (p *packed) fragments(shared *annotate.Fragments) annotate.Fragments {
	s := p.text()
	if p.err != nil {
		return nil
	}
	if at, n := len(*shared), len(*shared)+1; n <= cap(*shared) && strings.Count(s, "[") == 2 {
		if f, ok := appendFragments(*shared, s); ok {
			*shared = f
			return f[at:n:n]
		}
	}
	var f annotate.Fragments
	p.err = fragments{&f}.Scan(s)
	return f
}
