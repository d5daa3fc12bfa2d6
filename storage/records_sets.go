package storage

import (
	"fmt"
	"strconv"

	"lede/annotate"
	"lede/annotate/text"
)

var sets = layout{
	table: "annotation_set",
	columns: []string{
		"id", "article", "annotator", "status", "reason", "flag", "note", "fields", "import", "accepted", "extra",
	},
	shown: fmt.Sprintf(shownSet, "id"),
	values: func(r record) ([]any, error) {
		s, e := r.(annotate.AnnotationSet), encoded{r: r}
		return []any{
			string(s.ID), string(s.Article), string(s.Annotator), string(s.Status), s.Reason, s.Flag, s.Note,
			e.values(s.Fields), none(s.Import), e.list(s.Accepted), e.extra(s.Extra),
		}, e.err
	},
	scan: func(row scanner) (record, error) {
		var s annotate.AnnotationSet
		err := row.Scan(setTargets(&s)...)
		return s, err
	},
}

func setTargets(s *annotate.AnnotationSet) []any {
	return []any{
		as(&s.ID), as(&s.Article), as(&s.Annotator), as(&s.Status), &s.Reason, &s.Flag, &s.Note, into(&s.Fields),
		as(&s.Import), into(&s.Accepted), into(&s.Extra),
	}
}

// Start and end of a span are written beside its fragments, for people and
// queries, and read from the fragments.
var spans = layout{
	table: "span",
	columns: []string{
		"id", "set_id", "label", "start", `"end"`, "fragments", "attributes", "entity", "origin", "note", "accepted", "extra",
	},
	shown: fmt.Sprintf(shownSet, "set_id"),
	values: func(r record) ([]any, error) {
		s, e := r.(annotate.Span), encoded{r: r}
		if len(s.Fragments) == 0 {
			return nil, refused(r, "it has no fragment")
		}
		return []any{
			string(s.ID), string(s.Set), string(s.Label), s.Fragments.Start(), s.Fragments.End(), formatFragments(s.Fragments),
			e.values(s.Attributes), none(s.Entity), s.Origin, s.Note, e.list(s.Accepted), e.extra(s.Extra),
		}, e.err
	},
	scan: func(row scanner) (record, error) {
		var s annotate.Span
		err := row.Scan(spanTargets(&s)...)
		return s, err
	},
}

func spanTargets(s *annotate.Span) []any {
	var start, end int
	return []any{
		as(&s.ID), as(&s.Set), as(&s.Label), &start, &end,
		fragments{&s.Fragments},
		into(&s.Attributes), as(&s.Entity),
		&s.Origin, &s.Note, into(&s.Accepted), into(&s.Extra),
	}
}

var relations = layout{
	table:   "relation",
	columns: []string{"id", "set_id", "type", "from_span", "to_span", "attributes", "note", "accepted", "extra"},
	shown:   fmt.Sprintf(shownSet, "set_id"),
	values: func(r record) ([]any, error) {
		l, e := r.(annotate.Relation), encoded{r: r}
		return []any{
			string(l.ID), string(l.Set), string(l.Type), string(l.From), string(l.To), e.values(l.Attributes), l.Note,
			e.list(l.Accepted), e.extra(l.Extra),
		}, e.err
	},
	scan: func(row scanner) (record, error) {
		var l annotate.Relation
		err := row.Scan(relationTargets(&l)...)
		return l, err
	},
}

func relationTargets(l *annotate.Relation) []any {
	return []any{
		as(&l.ID), as(&l.Set), as(&l.Type), as(&l.From), as(&l.To), into(&l.Attributes), &l.Note, into(&l.Accepted), into(&l.Extra),
	}
}

// formatFragments writes [[start,end],…].
func formatFragments(f annotate.Fragments) string {
	b := make([]byte, 0, 16*len(f))
	b = append(b, '[')
	for i, r := range f {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '[')
		b = strconv.AppendInt(b, int64(r.Start), 10)
		b = append(b, ',')
		b = strconv.AppendInt(b, int64(r.End), 10)
		b = append(b, ']')
	}
	return string(append(b, ']'))
}

// fragments is the column of that name being read.
type fragments struct{ target *annotate.Fragments }

// Scan implements sql.Scanner. It reads the form in which fragments are written
// itself, being the busiest of all columns, and leaves any other to the codec.
func (f fragments) Scan(src any) error {
	s, ok := src.(string)
	if !ok {
		return fmt.Errorf("fragments hold a %T", src)
	}
	if parsed, ok := parseFragments(s); ok {
		*f.target = parsed
		return nil
	}
	return f.target.UnmarshalJSON([]byte(s))
}

func parseFragments(s string) (annotate.Fragments, bool) { return appendFragments(nil, s) }

func appendFragments(found annotate.Fragments, s string) (annotate.Fragments, bool) {
	known := len(found)
	number := func(closing byte) (n int, ok bool) {
		i := 0
		for i < len(s) && '0' <= s[i] && s[i] <= '9' && i < 18 {
			n = 10*n + int(s[i]-'0')
			i++
		}
		if i == 0 || i == len(s) || s[i] != closing {
			return 0, false
		}
		s = s[i+1:]
		return n, true
	}
	open := byte('[')
	for len(s) > 1 && s[0] == open && s[1] == '[' {
		s, open = s[2:], ','
		start, ok1 := number(',')
		end, ok2 := number(']')
		if !ok1 || !ok2 {
			return nil, false
		}
		found = append(found, text.Range{Start: start, End: end})
	}
	return found, s == "]" && len(found) > known
}
