package preferences

import (
	"path/filepath"

	"fyne.io/fyne/v2"

	"lede/app/theme"
	"lede/app/widgets"
)

// font is the font file for scripts that the program brings none for.
func (d *Dialog) font() fyne.CanvasObject {
	name := widgets.NewElastic("", theme.TextSize, theme.Text)
	var drop *widgets.Surface
	show := func() {
		file := d.o.Store.Settings().FontFile
		name.Text, name.Color = "this computer’s fonts", theme.Dim
		if file != "" {
			name.Text, name.Color = filepath.Base(file), theme.Text
		}
		name.Refresh()
		if drop.Hidden = file == ""; !drop.Hidden {
			drop.Refresh()
		}
		if d.sheet.Shown() {
			d.sheet.Fit()
		}
	}
	pick := widgets.NewLink("Choose a font file…", func() { d.o.PickFont(show) })
	drop = widgets.NewLink("Remove", func() { d.o.DropFont(show) })
	show()
	if d.o.PickFont == nil || d.o.DropFont == nil {
		pick.Hide()
		drop.Hide()
	}
	return widgets.NewStretch(4, 0, name, pick, drop)
}
