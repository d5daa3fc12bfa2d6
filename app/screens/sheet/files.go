package sheet

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
)

// ShowFiles shows a dialog for files or folders, large enough to find one's way,
// beginning in a folder; "" lets it begin where it likes.
func ShowFiles(d *dialog.FileDialog, w fyne.Window, folder string) {
	if folder != "" {
		if at, err := storage.ListerForURI(storage.NewFileURI(folder)); err == nil {
			d.SetLocation(at)
		}
	}
	d.Show()
	// Only now: Fyne's dialog has nothing to measure before it is shown.
	window := w.Canvas().Size()
	d.Resize(fyne.NewSize(min(920, window.Width-64), min(620, window.Height-64)))
}
