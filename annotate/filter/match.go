package filter

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode"

	"lede/annotate"
)

// Subject is what Match looks at: an article with all its annotation sets, for the
// annotator whose work is on screen.
type Subject struct {
	Doc      *annotate.Document
	Presence annotate.Presence
	Me       annotate.Annotator       // without an ID: nobody's in particular
	Names    func(annotate.ID) string // of labels, relation types and entities
	Titles   func(annotate.ID) string // of labels; nil = nobody asks about spans
}

// Match tells whether an article meets a filter.
func Match(f *annotate.Filter, s Subject) bool {
	if f == nil {
		return true
	}
	switch f.Op {
	case annotate.FilterAnd:
		for _, part := range f.Of {
			if !Match(part, s) {
				return false
			}
		}
		return true
	case annotate.FilterOr:
		for _, part := range f.Of {
			if Match(part, s) {
				return true
			}
		}
		return false
	case annotate.FilterNot:
		return !Match(f.Of[0], s)
	default: // a term
	}
	if ofWork(f.Key) {
		return s.work(f)
	}
	for _, v := range f.Values {
		if s.fact(f, v) {
			return true
		}
	}
	return false
}

// fact tells whether a value fits a fact of the article.
func (s Subject) fact(f *annotate.Filter, v annotate.FilterValue) bool {
	a := s.Doc.Article
	switch f.Key {
	case annotate.FilterWords:
		return Terms(v).In(a.Title, a.Source, a.Ref, s.Doc.Text.String())
	case annotate.FilterTitle:
		return Fits(part(v), a.Title)
	case annotate.FilterAuthor:
		return Fits(part(v), a.Author)
	case annotate.FilterURL:
		return Fits(part(v), a.URL)
	case annotate.FilterSource:
		return Fits(v, a.Source)
	case annotate.FilterRef:
		return Fits(v, a.Ref)
	case annotate.FilterLang:
		return Fits(v, a.Language) || Fits(annotate.FilterValue{Text: v.Text + "-", Before: v.Before, After: true}, a.Language)
	case annotate.FilterPublished:
		return InDates(v, a.PublishedISO)
	case annotate.FilterIn:
		return (v.Text == "bin") == (s.Presence == annotate.Deleted)
	case annotate.FilterAnnotator:
		for _, set := range s.Doc.Sets {
			if s.is(v, set.Annotator) {
				return true
			}
		}
		return false
	default: // one of meta
	}
	name := f.Name
	if f.Key != annotate.FilterMeta {
		name = string(f.Key) // tag, assigned and split are facts of their own name
	}
	if f.Key == annotate.FilterTag {
		name = annotate.TagsKey
	}
	return FitsAny(Resolve(f.Key, v, s.Me), a.Meta[name])
}

// Resolve puts a name in the place of "me".
func Resolve(key annotate.FilterKey, v annotate.FilterValue, me annotate.Annotator) annotate.FilterValue {
	if key == annotate.FilterAssigned && v == (annotate.FilterValue{Text: annotate.FilterMe}) && me.Name != "" {
		v.Text = me.Name
	}
	return v
}

func (s Subject) is(v annotate.FilterValue, by annotate.Annotator) bool {
	if v == (annotate.FilterValue{Text: annotate.FilterMe}) {
		return s.Me.ID != "" && by.ID == s.Me.ID
	}
	return Fits(v, by.Name)
}

// work tells whether what those did whom the term speaks of fits.
func (s Subject) work(f *annotate.Filter) bool {
	nothing := true
	for _, set := range s.Doc.Sets {
		if !s.speaksOf(f, set.Annotator) {
			continue
		}
		nothing = false
		if s.did(f, set) {
			return true
		}
	}
	return nothing && s.did(f, annotate.SetData{Set: annotate.AnnotationSet{Status: annotate.New}})
}

func (s Subject) speaksOf(f *annotate.Filter, by annotate.Annotator) bool {
	for _, v := range f.By {
		if s.is(v, by) {
			return true
		}
	}
	return f.By == nil && (s.Me.ID == "" || by.ID == s.Me.ID)
}

func (s Subject) did(f *annotate.Filter, set annotate.SetData) bool {
	for _, v := range f.Values {
		if s.didOne(f, v, set) {
			return true
		}
	}
	return false
}

func (s Subject) didOne(f *annotate.Filter, v annotate.FilterValue, set annotate.SetData) bool {
	switch f.Key {
	case annotate.FilterStatus:
		return v.Text == string(set.Set.Status)
	case annotate.FilterFlag:
		return (v.Text == "yes") == (set.Set.Flag != "")
	case annotate.FilterField:
		return FitsAny(v, set.Set.Fields[f.Name])
	case annotate.FilterSpans:
		return InNumbers(v, len(set.Spans))
	case annotate.FilterRelation:
		for _, r := range set.Relations {
			if Fits(v, s.Names(r.Type)) {
				return true
			}
		}
		return false
	case annotate.FilterNote:
		if Fits(part(v), set.Set.Note) {
			return true
		}
	default: // it is about spans
	}
	for _, span := range set.Spans {
		switch f.Key {
		case annotate.FilterLabel:
			if Fits(v, s.Names(span.Label)) {
				return true
			}
		case annotate.FilterAttr:
			if FitsAny(v, span.Attributes[f.Name]) {
				return true
			}
		case annotate.FilterEntity:
			if span.Entity != "" && Fits(v, s.Names(span.Entity)) {
				return true
			}
		case annotate.FilterNote:
			if Fits(part(v), span.Note) {
				return true
			}
		default: // it was answered above
		}
	}
	return false
}

func part(v annotate.FilterValue) annotate.FilterValue {
	v.Before, v.After = true, true
	return v
}

// Fits tells whether a text is what a value says, whatever its case. Nothing fits a
// text that is not there.
func Fits(v annotate.FilterValue, s string) bool {
	if s == "" {
		return false
	}
	s, word := lower(s), lower(v.Text)
	switch {
	case v.Before && v.After:
		return strings.Contains(s, word)
	case v.Before:
		return strings.HasSuffix(s, word)
	case v.After:
		return strings.HasPrefix(s, word)
	}
	return s == word
}

func lower(s string) string { return strings.Map(unicode.ToLower, s) }

// FitsAny tells whether a value of an attribute or a fact, or one of a list, fits.
func FitsAny(v annotate.FilterValue, raw json.RawMessage) bool {
	for _, s := range Texts(raw) {
		if Fits(v, s) {
			return true
		}
	}
	return false
}

// Texts are the texts of a JSON value: of a string itself, of a list each of its
// items, of anything else as it is written; none of null.
func Texts(raw json.RawMessage) []string {
	var list []json.RawMessage
	if len(raw) > 0 && raw[0] == '[' && json.Unmarshal(raw, &list) == nil {
		var all []string
		for _, item := range list {
			all = append(all, Texts(item)...)
		}
		return all
	}
	var s string
	switch {
	case len(raw) == 0 || string(raw) == "null":
		return nil
	case json.Unmarshal(raw, &s) == nil:
		return []string{s}
	}
	return []string{string(raw)}
}

// afterDigits sorts behind every character of a date, so that a date that is known
// better lies within one that is known less well, but not the other way round.
const afterDigits = "~"

// InDates tells whether all of a date (2026, 2026-03 or 2026-03-04) lies in a range.
func InDates(v annotate.FilterValue, iso string) bool {
	return iso != "" && iso >= v.From && (v.To == "" || iso+afterDigits <= v.To+afterDigits)
}

// InNumbers tells whether a number lies in a range.
func InNumbers(v annotate.FilterValue, n int) bool {
	from, to := Bounds(v)
	return n >= from && n <= to
}

// Bounds are the ends of a range of numbers.
func Bounds(v annotate.FilterValue) (from, to int) {
	from, _ = strconv.Atoi(v.From) // "" is 0: there is no lower bound
	to, err := strconv.Atoi(v.To)
	if err != nil {
		to = int(^uint(0) >> 1)
	}
	return from, to
}
