package app

import (
	"fmt"

	"lede/app/screens/articles"
	"lede/app/settings"
)

// savedFilters is what the list needs to keep filters under names, in the settings.
func (s *shell) savedFilters() articles.Saved {
	return articles.Saved{
		Filters: func() (all []articles.SavedFilter) {
			for _, f := range s.o.Settings.Filters() {
				all = append(all, articles.SavedFilter{Name: f.Name, Query: f.Query})
			}
			return all
		},
		Save: func(query string) {
			s.prompt(prompt{
				title: "Save the filter", text: "Its name, for every project. “@name” stands for it in the search field and in --filter.", yes: "Save",
				check: settings.BadFilterName,
				do: func(name string) {
					before, had := s.o.Settings.Filter(name)
					s.filterDone(s.o.Settings.SaveFilter(name, query), fmt.Sprintf("Filter “%s” is saved.", name), func() {
						if had {
							s.tell(s.o.Settings.SaveFilter(name, before.Query))
						} else {
							s.tell(s.o.Settings.SaveFilter(name, ""))
						}
					})
				},
			})
		},
		Rename: func(name string) {
			s.prompt(prompt{
				title: "Rename the filter", text: "Its name, for every project.", was: name, yes: "Rename",
				check: func(to string) string {
					f, had := s.o.Settings.Filter(to)
					if old, _ := s.o.Settings.Filter(name); had && f.Name != old.Name {
						return "There is a filter of this name already."
					}
					return settings.BadFilterName(to)
				},
				do: func(to string) { s.tell(s.o.Settings.RenameFilter(name, to)) },
			})
		},
		Delete: func(name string) {
			f, _ := s.o.Settings.Filter(name)
			s.filterDone(s.o.Settings.SaveFilter(name, ""), fmt.Sprintf("Filter “%s” is deleted.", name), func() { s.tell(s.o.Settings.SaveFilter(f.Name, f.Query)) })
		},
	}
}

// filterDone tells what became of a filter, and offers to take it back.
func (s *shell) filterDone(err error, title string, undo func()) {
	if err != nil {
		s.tell(err)
		return
	}
	s.notice(notice{brief: true, title: title, offers: []offer{{"Undo", undo}}})
}
