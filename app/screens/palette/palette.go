// Package palette is the panel in which every command can be found by a part of
// its name (Ctrl+Shift+P). It reads the table of package commands; it imports
// nothing else of ours but the parts of dialogs.
package palette

import (
	"fyne.io/fyne/v2"

	"lede/app/commands"
	"lede/app/screens/sheet"
)

// Open shows the commands with their keys, those that cannot be done now dim and
// last. The chosen one is done after the panel is gone.
func Open(c fyne.Canvas, t *commands.Table) *sheet.Finder {
	var items []sheet.Found
	var ids []string
	for _, command := range t.Commands() {
		if command.ID == commands.Palette || command.ID == commands.Escape || !t.Bound(command.ID) {
			continue
		}
		ids = append(ids, command.ID)
		items = append(items, sheet.Found{Title: t.Title(command), Key: t.Hint(command.ID), Off: !t.Enabled(command.ID)})
	}
	return sheet.Find(sheet.FinderOptions{
		Canvas: c, Items: items, Hint: "Type a part of a command’s name", None: "No command is called that.",
		Width: 560, Rows: 12, Pick: func(i int) { t.Run(ids[i]) },
	})
}
