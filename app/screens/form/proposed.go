package form

import (
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/dates"
)

// proposed is a date that a field offers.
type proposed struct {
	date, words string
	own         bool
}

// proposals are the dates that may be meant. Of several days a field for an end has
// the last one first.
func (one *field) proposals() []proposed {
	if one.f.o.Dates == nil {
		return nil
	}
	var all []proposed
	for _, p := range one.f.o.Dates() {
		for _, d := range ends(one.a, p.Period) {
			d.own = p.Own
			if !slices.ContainsFunc(all, func(other proposed) bool { return other.date == d.date }) {
				all = append(all, d)
			}
		}
	}
	return all
}

// ends are the dates of a period: one, or both ends of several days.
func ends(a annotate.Attribute, p dates.Period) []proposed {
	from := proposed{date: p.From, words: p.Words}
	if p.From == p.To {
		return []proposed{from}
	}
	from.words += ", first day"
	to := proposed{date: p.To, words: p.Words + ", last day"}
	if endOfSomething(a) {
		return []proposed{to, from}
	}
	return []proposed{from, to}
}

// endOfSomething tells a field for the day on which something ends, by its name:
// end_date, until.
func endOfSomething(a annotate.Attribute) bool {
	parts := strings.FieldsFunc(strings.ToLower(a.Name), func(r rune) bool { return r == '_' || r == '-' || r == ' ' })
	return slices.ContainsFunc(parts, func(s string) bool { return s == "end" || s == "to" || s == "until" || s == "last" })
}
