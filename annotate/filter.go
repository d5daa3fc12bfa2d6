package annotate

import "lede/annotate/text"

// Filter is a condition on articles: the tree of an expression of the filter
// language. annotate/filter reads it from what somebody typed, writes it back and
// tells whether an article meets it. A nil Filter is met by every article.
type Filter struct {
	Op FilterOp
	Of []*Filter // the parts of And and Or, two or more; the one part of Not

	// Of a term:
	Key    FilterKey
	Name   string        // which attribute, document field or further fact
	Values []FilterValue // any of them will do; words have one

	// By is whose work the term speaks of, where annotator: stands beside it; none =
	// that of the query's annotator or, if it has none, anyone's.
	By []FilterValue
	At text.Range // where it stands in what was typed, code points
}

// FilterOp is what a filter is: a term, or how its parts belong together.
type FilterOp int

// The kinds of filters.
const (
	FilterTerm FilterOp = iota
	FilterAnd
	FilterOr
	FilterNot
)

// FilterValue is one value of a term. Letters fit whatever their case. Dates and
// numbers are a range from From to To, both included, either of which may be "";
// everything else is Text.
type FilterValue struct {
	Text   string
	Before bool // anything may stand before it: *text
	After  bool // anything may stand after it: text*
	From   string
	To     string
}

// FilterMe as the value of annotator or assigned is the query's annotator.
const FilterMe = "me"

// FilterKey is what a term asks about.
type FilterKey string

// The keys of terms.
const (
	FilterWords     FilterKey = "" // words in title, source, ref or text, whole but for what Before and After allow
	FilterStatus    FilterKey = "status"
	FilterFlag      FilterKey = "flag" // yes or no
	FilterLabel     FilterKey = "label"
	FilterAttr      FilterKey = "attr" // attr.NAME, of a span
	FilterRelation  FilterKey = "relation"
	FilterEntity    FilterKey = "entity"
	FilterNote      FilterKey = "note"  // of the set or a span
	FilterField     FilterKey = "field" // field.NAME, of the document
	FilterSpans     FilterKey = "spans" // how many there are
	FilterAnnotator FilterKey = "annotator"
	FilterAssigned  FilterKey = "assigned"
	FilterTag       FilterKey = "tag"
	FilterSplit     FilterKey = "split"
	FilterSource    FilterKey = "source"
	FilterAuthor    FilterKey = "author"
	FilterTitle     FilterKey = "title"
	FilterURL       FilterKey = "url"
	FilterRef       FilterKey = "ref"
	FilterLang      FilterKey = "lang" // ar fits ar-EG, too
	FilterPublished FilterKey = "published"
	FilterMeta      FilterKey = "meta" // meta.NAME, any other fact
	FilterIn        FilterKey = "in"   // bin or project
)

// Asks says whether a term with the key is anywhere in the filter.
func (f *Filter) Asks(key FilterKey) bool {
	if f == nil {
		return false
	}
	if f.Op == FilterTerm {
		return f.Key == key
	}
	for _, part := range f.Of {
		if part.Asks(key) {
			return true
		}
	}
	return false
}
