package snapshots

import (
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"lede/app/screens/sheet"
	"lede/app/settings"
	"lede/app/theme"
	"lede/app/widgets"
)

func TestMain(m *testing.M) {
	widgets.UseBundledFontsOnly()
	m.Run()
}

func TestChoicesAreKept(t *testing.T) {
	test.NewTempApp(t)
	c := test.NewTempWindow(t, canvas.NewText("below", nil)).Canvas()
	o := settings.Options{ConfigDir: t.TempDir(), StateDir: t.TempDir()}
	store := settings.Open(o)
	if n, place := store.Settings().NewestSnapshots(), store.BackupPlace(); n != settings.DefaultSnapshots || place != filepath.Join(o.StateDir, "backups") {
		t.Errorf("without a choice it is %d in %s", n, place)
	}
	jobs := make(chan func(), 10)
	p := Open(Options{
		Canvas: c, Store: store, Used: func() (int64, int) { return 4_300_000, 14 },
		ChooseFolder: func(_ string, chosen func(string)) { chosen("/mnt/disk") },
		Now:          func(done func(string, error)) { done("Backed up.", nil) },
		Dispatch:     func(f func()) { jobs <- f },
	})
	for p.work.Busy() {
		(<-jobs)()
	}
	if p.used.Text != "4.3 MB in 14 backups of all projects" {
		t.Errorf("disk use: %s", p.used.Text)
	}
	keep := c.Focused().(*sheet.Choice)
	keep.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	p.choose()
	if got := settings.Open(o); got.Settings().NewestSnapshots() != 20 || got.BackupPlace() != "/mnt/disk" || p.place.Text != "/mnt/disk" {
		t.Errorf("kept is %d in %s", got.Settings().NewestSnapshots(), got.BackupPlace())
	}
	keep.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	p.setPlace("")
	if got := settings.Open(o); got.Settings().NewestSnapshots() != 0 || got.BackupPlace() != filepath.Join(o.StateDir, "backups") {
		t.Errorf("kept is %d in %s", got.Settings().NewestSnapshots(), got.BackupPlace())
	}
	p.now()
	if p.says.Text != "Backed up." || p.says.Color != theme.Success {
		t.Errorf("it says “%s”", p.says.Text)
	}
}
