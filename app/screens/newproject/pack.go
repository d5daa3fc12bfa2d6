package newproject

import (
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"lede/annotate/schema"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
	"lede/assets/schemas"
)

// packs are the schemas that ship with Lede, in the order in which they are offered.
func packs() ([]*schema.File, error) {
	var all []*schema.File
	for _, name := range schemas.Names() {
		raw, _ := schemas.Read(name)
		f, err := schema.Parse(name, raw)
		if err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	return all, nil
}

// item is a pack's line in the list: of "News: actors, events, quotes" the first
// words, and below them the others; without a colon, the labels.
func item(f *schema.File) sheet.Item {
	title, below, found := strings.Cut(f.Title, ": ")
	if !found {
		below = strings.ToLower(strings.Join(titles(f), ", "))
	}
	if below == "" {
		below = "labels of your own"
	}
	return sheet.Item{Title: title, Below: below}
}

func titles(f *schema.File) []string {
	var all []string
	for _, l := range f.Labels {
		title := l.Title
		if title == "" {
			title = schema.TitleOf(l.Name)
		}
		all = append(all, title)
	}
	return all
}

// preview shows what a schema brings: its title, what it is for, its labels with
// their keys, and how much else.
func preview(f *schema.File, name string, width float32) fyne.CanvasObject {
	title := f.Title
	if title == "" {
		title = name
	}
	head := widgets.NewElastic(title, theme.TextSize+1, theme.Text)
	head.Face = widgets.SansBold
	rows := []fyne.CanvasObject{head}
	if f.Description != "" {
		rows = append(rows, widgets.NewBody(f.Description, width, theme.Dim))
	}
	var chips []fyne.CanvasObject
	names := titles(f)
	for i, l := range f.Labels {
		colors, line := schema.Look(i)
		if l.Color != "" {
			colors = schema.Colors{Light: l.Color, Dark: l.ColorDark}
		}
		if l.Pattern != "" {
			line = l.Pattern
		}
		chip := widgets.NewLabelButton(widgets.Mark{Light: colors.Light, Dark: colors.Dark, Pattern: string(line)}, names[i], l.Hotkey, nil)
		chip.Still = true
		chips = append(chips, chip.Surface)
	}
	if len(chips) > 0 {
		rows = append(rows, widgets.NewSpace(0, 2), widgets.NewWrap(6, width, chips...))
	}
	return widgets.NewColumn(7, append(rows, widgets.NewLine(counts(f), theme.SmallSize, theme.Dim))...)
}

// counts says how much a schema holds besides its labels.
func counts(f *schema.File) string {
	if len(f.Labels) == 0 {
		return "Labels are added in the window, or by importing articles that have some."
	}
	said := []string{sheet.Count(len(f.Labels), "label", "labels")}
	for _, c := range []struct {
		n         int
		one, many string
	}{
		{len(f.Relations), "relation", "relations"},
		{len(f.Attributes), "attribute", "attributes"},
		{len(f.Rules), "rule", "rules"},
	} {
		if c.n > 0 {
			said = append(said, sheet.Count(c.n, c.one, c.many))
		}
	}
	return strings.Join(said, " · ")
}

// own is the schema file that somebody chose.
type own struct {
	path string
	file *schema.File
	err  error
}

func readOwn(path string) own {
	raw, err := os.ReadFile(path)
	if err != nil {
		return own{path: path, err: err}
	}
	f, err := schema.Parse(filepath.Base(path), raw)
	return own{path, f, err}
}
