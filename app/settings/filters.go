package settings

import (
	"slices"
	"strings"
	"unicode"
)

// Filter is a filter of the article list that a person gave a name. It is theirs, not the
// project's: it can be used in every project.
type Filter struct {
	Name  string `json:"name"`
	Query string `json:"query"` // as it is typed (docs/filters.md)
}

// Filters are the saved filters by name. They must not be changed.
func (s *Store) Filters() []Filter { return s.Settings().Filters }

// Filter finds a saved filter by its name, whatever its case.
func (s *Store) Filter(name string) (Filter, bool) {
	all := s.Filters()
	i := named(all, name)
	if i < 0 {
		return Filter{}, false
	}
	return all[i], true
}

func named(all []Filter, name string) int {
	return slices.IndexFunc(all, func(f Filter) bool { return strings.EqualFold(f.Name, strings.TrimSpace(name)) })
}

// BadFilterName says why a filter cannot have a name, in a sentence; "" if it can.
func BadFilterName(name string) string {
	name = strings.TrimSpace(name)
	switch {
	case name == "":
		return "Please give the filter a name."
	case strings.ContainsFunc(name, func(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }):
		return "A name has no line breaks and no control characters."
	case strings.ContainsAny(name, `@"`):
		return "A name has no @ and no quotation marks: they are written around it."
	case len([]rune(name)) > 60:
		return "Please give it a shorter name, of 60 characters at most."
	}
	return ""
}

// SaveFilter keeps a filter under a name, in the place of one that has it; an empty query
// deletes it.
func (s *Store) SaveFilter(name, query string) error {
	name = strings.TrimSpace(name)
	return s.Change(func(v *Settings) {
		all := slices.Clone(v.Filters)
		if i := named(all, name); i >= 0 {
			all = slices.Delete(all, i, i+1)
		}
		if query != "" {
			all = append(all, Filter{name, query})
		}
		v.Filters = inOrder(all)
	})
}

// RenameFilter gives a saved filter another name; one that has it already is replaced.
func (s *Store) RenameFilter(name, to string) error {
	to = strings.TrimSpace(to)
	return s.Change(func(v *Settings) {
		all := slices.Clone(v.Filters)
		i := named(all, name)
		if i < 0 {
			return
		}
		f := Filter{to, all[i].Query}
		all = slices.Delete(all, i, i+1)
		if i := named(all, to); i >= 0 {
			all = slices.Delete(all, i, i+1)
		}
		v.Filters = inOrder(append(all, f))
	})
}

func inOrder(all []Filter) []Filter {
	slices.SortFunc(all, func(a, b Filter) int {
		return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	if len(all) == 0 {
		return nil
	}
	return all
}
