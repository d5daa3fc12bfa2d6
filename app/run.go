package app

import (
	"context"
	"os"
	"path/filepath"
	"runtime/debug"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"lede/annotate"
	"lede/app/asked"
	"lede/app/backups"
	"lede/app/settings"
	"lede/assets/icons"
)

// Options is what the window needs.
type Options struct {
	ID      string // of the program, as in FyneApp.toml
	Name    string
	Version string
	Built   string // from which commit, a line for people; "" = not known

	// Licences are the program's own and those of what it is made of: their texts.
	Licences string

	Projects annotate.Projects
	Backups  *backups.Keeper // of snapshots; nil where none are kept
	Settings *settings.Store
	Env      annotate.Env

	Path   string // the project to open; "" shows the welcome screen
	Sample bool   // open a copy of the sample project

	// MakeSample makes a copy of the sample project and says where it is.
	MakeSample func(context.Context) (path string, err error)
}

// collectAt is by how many percent memory may grow before it is tidied. Most of what
// is held are fonts that were read, so that Go's own 100 would keep as much again of
// waste.
const collectAt = 50

// Run opens the window and returns when it is closed.
func Run(o Options) error {
	if os.Getenv("GOGC") == "" { // whoever sets it knows better
		debug.SetGCPercent(collectAt)
	}
	fyneapp.SetMetadata(fyne.AppMetadata{
		ID: o.ID, Name: o.Name, Version: o.Version, Build: 1,
		Migrations: map[string]bool{"fyneDo": true},
	})
	if abs, err := filepath.Abs(o.Path); err == nil && o.Path != "" {
		o.Path = abs // on a Mac, GLFW makes the bundle's folder the working one
	}
	asked.Listen()
	a := fyneapp.NewWithID(o.ID)
	a.SetIcon(fyne.NewStaticResource("lede.png", icons.PNG))
	endForSure(a)
	s := newShell(a, o)
	s.start()
	a.Run()
	s.leave() // Fyne ends it past every question when the computer is shut down (SIGTERM)
	s.probe.close()
	return nil
}

// endForSure takes away what Fyne 2.8 does last of all, writing its own preferences,
// of which Lede has none. It queues that on the main goroutine while it closes that
// queue; when the queue is closed first, the program never ends.
func endForSure(a fyne.App) {
	if l, ok := a.Lifecycle().(interface{ SetOnStoppedHookExecuted(func()) }); ok {
		l.SetOnStoppedHookExecuted(nil)
	}
}
