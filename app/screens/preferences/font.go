package preferences

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/app/theme"
	"lede/app/widgets"
)

// font is the font file for scripts that the program brings none for, and below it
// what it is about or, if the file cannot be used, why not.
func (d *Dialog) font() (file, about *fyne.Container) {
	const what = "A font file for Chinese, Japanese, Korean and others that Lede brings no font for. Without one, this computer’s fonts are used."
	name := widgets.NewElastic("", theme.TextSize, theme.Text)
	about = container.NewStack()
	var drop *widgets.Surface
	show := func() {
		path, words := d.o.Store.Settings().FontFile, what
		name.Text, name.Color = "this computer’s fonts", theme.Dim
		if path != "" {
			name.Text, name.Color = filepath.Base(path), theme.Text
			if wrong := d.fontWrong(); wrong != "" {
				name.Color, words = theme.Danger, wrong
			}
		}
		about.Objects = []fyne.CanvasObject{hint(words)}
		about.Refresh()
		name.Refresh()
		if drop.Hidden = path == ""; !drop.Hidden {
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
	return widgets.NewStretch(4, 0, name, pick, drop), about
}

func (d *Dialog) fontWrong() string {
	if d.o.FontWrong == nil {
		return ""
	}
	return d.o.FontWrong()
}
