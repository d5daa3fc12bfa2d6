package importer

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

// languageRow asks what becomes of articles of whose language the files say nothing.
func (d *Dialog) languageRow() fyne.CanvasObject {
	return d.row("Language", widgets.NewCheck("detect it where the files say none", !d.keepUntold, func(on bool) { d.keepUntold = !on }).Surface)
}

// detected says which languages were detected.
func (d *Dialog) detected(by map[string]int) []fyne.CanvasObject {
	codes := slices.SortedFunc(maps.Keys(by), func(x, y string) int { return cmp.Or(by[y]-by[x], strings.Compare(x, y)) })
	var told []string
	for _, code := range codes {
		if code != "" {
			told = append(told, code+" "+sheet.Number(by[code]))
		}
	}
	if n := by[""]; n > 0 {
		told = append(told, "not sure of "+sheet.Number(n))
	}
	if len(told) == 0 {
		return nil
	}
	return []fyne.CanvasObject{sheet.NewRow("Languages", line("detected: "+strings.Join(told[:min(mostNames, len(told))], ", "), theme.Text))}
}
