package articles

import (
	"strings"

	"fyne.io/fyne/v2"

	"lede/annotate/filter"
	"lede/annotate/text"
	"lede/app/widgets"
)

// Saved filters are kept beside the search field: a menu shows them, and @ in the field
// completes their names.

// SavedFilter is a filter with a name.
type SavedFilter struct{ Name, Query string }

// Saved is what the panel needs for saved filters.
type Saved struct {
	Filters func() []SavedFilter
	Save    func(query string) // asks for a name
	Rename  func(name string)  // asks for another one
	Delete  func(name string)
}

// ShowSaved opens the menu of the saved filters, below their button. Enter takes the
// first one.
func (p *Panel) ShowSaved() {
	if m := widgets.ShowMenuBelow(fyne.NewMenu("", p.savedItems()...), p.o.Canvas, p.saved); m != nil {
		m.First()
	}
}

func (p *Panel) savedItems() []*fyne.MenuItem {
	saved := p.o.Saved.Filters()
	typed := strings.TrimSpace(p.search.Text)
	var items, rename, remove []*fyne.MenuItem
	for _, f := range saved {
		item := fyne.NewMenuItem(text.Brief(f.Name, 40), func() { p.useSaved(f) })
		item.Checked = f.Query == typed
		items = append(items, item)
		rename = append(rename, fyne.NewMenuItem(text.Brief(f.Name, 40), func() { p.o.Saved.Rename(f.Name) }))
		remove = append(remove, fyne.NewMenuItem(text.Brief(f.Name, 40), func() { p.o.Saved.Delete(f.Name) }))
	}
	if len(items) > 0 {
		items = append(items, fyne.NewMenuItemSeparator())
	}
	save := fyne.NewMenuItem("Save this filter…", p.saveThis)
	save.Disabled = typed == "" || !p.understood()
	items = append(items, save)
	if len(saved) > 0 {
		renaming, removing := fyne.NewMenuItem("Rename", nil), fyne.NewMenuItem("Delete", nil)
		renaming.ChildMenu, removing.ChildMenu = fyne.NewMenu("", rename...), fyne.NewMenu("", remove...)
		items = append(items, renaming, removing)
	}
	return items
}

func (p *Panel) saveThis() { p.o.Saved.Save(strings.TrimSpace(p.search.Text)) }

// understood says whether what is typed is a filter.
func (p *Panel) understood() bool {
	f, err := filter.Parse(p.search.Text)
	return err == nil && f != nil
}

// useSaved narrows the list to a saved filter.
func (p *Panel) useSaved(f SavedFilter) {
	p.write(f.Query)
	p.filter()
	p.o.Done()
}

// completeSaved offers the saved filters whose names hold what was typed after @; ok is
// false where no @ stands at the beginning.
func (p *Panel) completeSaved() (c filter.Completion, ok bool) {
	typed, found := strings.CutPrefix(p.search.Text, "@")
	if !found {
		return c, false
	}
	c.At = text.Range{Start: 0, End: len([]rune(p.search.Text))}
	for _, f := range p.o.Saved.Filters() {
		if strings.Contains(strings.ToLower(f.Name), strings.ToLower(strings.TrimSpace(typed))) {
			c.Candidates = append(c.Candidates, filter.Candidate{Insert: f.Query, Title: "@" + f.Name, About: f.Query})
		}
	}
	return c, true
}

// naming says whether the name of a saved filter is being typed: nothing is meant yet.
func (p *Panel) naming() bool {
	c, ok := p.completeSaved()
	return ok && len(c.Candidates) > 0 && p.expanded(p.search.Text) == p.search.Text
}

// expanded is the filter that a saved name stands for, if one is typed.
func (p *Panel) expanded(typed string) string {
	name, found := strings.CutPrefix(strings.TrimSpace(typed), "@")
	if !found {
		return typed
	}
	for _, f := range p.o.Saved.Filters() {
		if strings.EqualFold(f.Name, strings.TrimSpace(name)) {
			return f.Query
		}
	}
	return typed
}
