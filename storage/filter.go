package storage

import (
	"encoding/json"
	"strings"

	"lede/annotate"
	"lede/annotate/filter"
)

// condition is a piece of SQL with its arguments, in their order.
type condition struct {
	sql  string
	args []any
}

func cond(sql string, args ...any) condition { return condition{sql, args} }

// joined puts conditions side by side, in parentheses.
func joined(word string, all []condition) condition {
	var c condition
	var parts []string
	for _, one := range all {
		parts = append(parts, one.sql)
		c.args = append(c.args, one.args...)
	}
	c.sql = "(" + strings.Join(parts, " "+word+" ") + ")"
	return c
}

// filters makes SQL of a filter on articles t, of which s is the set of the annotator
// me. All that people typed goes in as arguments.
type filters struct {
	me    id
	index *wordIndex
}

func (c filters) condition(f *annotate.Filter) condition {
	switch f.Op {
	case annotate.FilterNot:
		of := c.condition(f.Of[0])
		return cond("NOT "+of.sql, of.args...)
	case annotate.FilterAnd, annotate.FilterOr:
		all, rest := c.index.together(f)
		for _, part := range rest {
			all = append(all, c.condition(part))
		}
		return joined(map[annotate.FilterOp]string{annotate.FilterAnd: "AND", annotate.FilterOr: "OR"}[f.Op], all)
	default: // a term
	}
	var anyOf []condition
	for _, v := range f.Values {
		if did := c.did(f, v); did != nil {
			anyOf = append(anyOf, c.work(f, did, wanted(f.Key, v)))
		} else {
			anyOf = append(anyOf, c.fact(f, v))
		}
	}
	return joined("OR", anyOf)
}

// globs are patterns for SQLite's GLOB of which one fits what a value says.
func globs(v annotate.FilterValue) []string {
	if v.Text == "" {
		return []string{"?*"}
	}
	patterns := anyCase(v.Text)
	for i := range patterns {
		if v.Before {
			patterns[i] = "*" + patterns[i]
		}
		if v.After {
			patterns[i] += "*"
		}
	}
	return patterns
}

// fits is the condition that a column is what a value says.
func fits(column string, v annotate.FilterValue) condition {
	var all []condition
	for _, pattern := range globs(v) {
		all = append(all, cond(column+" GLOB ?", pattern))
	}
	return joined("OR", all)
}

func partly(v annotate.FilterValue) annotate.FilterValue {
	v.Before, v.After = true, true
	return v
}

// fact is the condition that a value fits a fact of the article.
func (c filters) fact(f *annotate.Filter, v annotate.FilterValue) condition {
	switch f.Key {
	case annotate.FilterWords:
		return c.index.words(v)
	case annotate.FilterTitle:
		return fits("t.title", partly(v))
	case annotate.FilterAuthor:
		return fits("t.author", partly(v))
	case annotate.FilterURL:
		return fits("t.url", partly(v))
	case annotate.FilterSource:
		return fits("t.source", v)
	case annotate.FilterRef:
		return fits("t.ref", v)
	case annotate.FilterLang:
		more := annotate.FilterValue{Text: v.Text + "-", Before: v.Before, After: true}
		return joined("OR", []condition{fits("t.language", v), fits("t.language", more)})
	case annotate.FilterPublished: // as filter.InDates
		of := []condition{cond("t.published_iso <> ''"), cond("t.published_iso >= ?", v.From)}
		if v.To != "" {
			of = append(of, cond("t.published_iso || '~' <= ?", v.To+"~"))
		}
		return joined("AND", of)
	case annotate.FilterIn:
		return cond("(t.presence = ?)", string(map[bool]annotate.Presence{true: annotate.Deleted, false: annotate.Live}[v.Text == "bin"]))
	case annotate.FilterAnnotator:
		by := c.by([]annotate.FilterValue{v})
		return cond("EXISTS (SELECT 1 FROM annotation_set w WHERE w.article = t.id AND "+imported("w")+" AND "+by.sql+")", by.args...)
	case annotate.FilterTag:
		return value("t.meta", annotate.TagsKey, v)
	case annotate.FilterMeta:
		return value("t.meta", f.Name, v)
	default: // a fact of its own in meta
	}
	if v == (annotate.FilterValue{Text: annotate.FilterMe}) && f.Key == annotate.FilterAssigned {
		of := value("t.meta", annotate.AssignedKey, v)
		of.sql = strings.Replace(of.sql, "lede_value(t.meta, ?, ?", "lede_value(t.meta, ?, coalesce((SELECT name FROM annotator WHERE id = ?), 'me')", 1)
		of.args[2] = string(c.me)
		return of
	}
	return value("t.meta", string(f.Key), v)
}

// value is the condition that a JSON object has a value under a key that fits, or a
// list with one. Most objects have no such key, and are not taken apart.
func value(column, key string, v annotate.FilterValue) condition {
	raw, _ := compact(key) // a text: always JSON
	return cond("("+column+" IS NOT NULL AND instr("+column+", ?) > 0 AND lede_value("+column+", ?, ?, ?, ?))",
		string(raw)+":", key, v.Text, v.Before, v.After)
}

// hasValue is lede_value: see value.
func hasValue(object, key, text string, before, after bool) bool {
	var values annotate.Values
	if json.Unmarshal([]byte(object), &values) != nil {
		return false
	}
	return filter.FitsAny(annotate.FilterValue{Text: text, Before: before, After: after}, values[key])
}

// by is the condition that the set w is by one of those.
func (c filters) by(names []annotate.FilterValue) condition {
	var all []condition
	for _, v := range names {
		if v == (annotate.FilterValue{Text: annotate.FilterMe}) {
			all = append(all, cond("w.annotator = ?", string(c.me)))
			continue
		}
		name := fits("n.name", v)
		all = append(all, cond("w.annotator IN (SELECT n.id FROM annotator n WHERE "+name.sql+")", name.args...))
	}
	return joined("OR", all)
}

// did makes the condition that a value fits a set of the given alias; nil for a key
// that is not about sets.
func (c filters) did(f *annotate.Filter, v annotate.FilterValue) func(w string) condition {
	spans := func(of condition) func(string) condition {
		return func(w string) condition {
			return cond("EXISTS (SELECT 1 FROM span p WHERE p.set_id = "+w+".id AND "+of.sql+")", of.args...)
		}
	}
	switch f.Key {
	case annotate.FilterStatus:
		return func(w string) condition { return cond(w+".status = ?", v.Text) }
	case annotate.FilterFlag:
		return func(w string) condition { return cond("("+w+".flag <> '') = ?", v.Text == "yes") }
	case annotate.FilterField:
		return func(w string) condition { return value(w+".fields", f.Name, v) }
	case annotate.FilterSpans:
		from, to := filter.Bounds(v)
		return func(w string) condition {
			return cond("("+w+".spans BETWEEN ? AND ?)", from, to)
		}
	case annotate.FilterRelation:
		name := fits("y.name", v)
		return func(w string) condition {
			return cond("EXISTS (SELECT 1 FROM relation r WHERE r.set_id = "+w+".id AND r.type IN (SELECT y.id FROM relation_type y WHERE "+name.sql+"))", name.args...)
		}
	case annotate.FilterLabel:
		name := fits("l.name", v)
		return spans(cond("p.label IN (SELECT l.id FROM label l WHERE "+name.sql+")", name.args...))
	case annotate.FilterEntity:
		name := fits("e.name", v)
		return spans(cond("p.entity IN (SELECT e.id FROM entity e WHERE "+name.sql+")", name.args...))
	case annotate.FilterAttr:
		return spans(value("p.attributes", f.Name, v))
	case annotate.FilterNote:
		inside := spans(fits("p.note", partly(v)))
		return func(w string) condition { return joined("OR", []condition{fits(w+".note", partly(v)), inside(w)}) }
	default:
		return nil
	}
}

// wanted tells whether who has done nothing yet meets a condition on work.
func wanted(key annotate.FilterKey, v annotate.FilterValue) bool {
	switch key {
	case annotate.FilterStatus:
		return v.Text == string(annotate.New)
	case annotate.FilterFlag:
		return v.Text == "no"
	case annotate.FilterSpans:
		return filter.InNumbers(v, 0)
	default:
		return false
	}
}

// work is a condition on the set of whom a term speaks, or on one of several. nothing
// is the answer where there is none.
func (c filters) work(f *annotate.Filter, did func(w string) condition, nothing bool) condition {
	if f.By == nil && c.me != "" {
		of := did("s")
		if nothing {
			return cond("(s.id IS NULL OR "+of.sql+")", of.args...)
		}
		return cond("(s.id IS NOT NULL AND "+of.sql+")", of.args...)
	}
	those := cond("FROM annotation_set w WHERE w.article = t.id AND " + imported("w"))
	if f.By != nil {
		by := c.by(f.By)
		those = cond(those.sql+" AND "+by.sql, by.args...)
	}
	of := did("w")
	found := cond("EXISTS (SELECT 1 "+those.sql+" AND "+of.sql+")", append(those.args[:len(those.args):len(those.args)], of.args...)...)
	if !nothing {
		return found
	}
	return joined("OR", []condition{found, cond("NOT EXISTS (SELECT 1 "+those.sql+")", those.args...)})
}

// ofArticles tells that which articles a listing holds, and their order, is for the
// articles alone to say: nothing is asked of the sets of the query's annotator.
func ofArticles(q annotate.ArticleQuery) bool {
	return q.Sort != annotate.SortStatus && q.Sort != annotate.SortSpans && !ofSets(q.Filter)
}

// ofSets tells whether a filter may speak of the set of the query's annotator.
func ofSets(f *annotate.Filter) bool {
	if f == nil {
		return false
	}
	if f.Op == annotate.FilterTerm {
		return f.By == nil && filters{}.did(f, f.Values[0]) != nil
	}
	for _, part := range f.Of {
		if ofSets(part) {
			return true
		}
	}
	return false
}
