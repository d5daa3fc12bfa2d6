package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	_ "lede/annotate/format/all"
	"lede/app/commands"
	"lede/app/screens/sheet"
	"lede/app/widgets"
)

func TestProjectsAreNotOfferedInTheHiddenFolder(t *testing.T) {
	state := filepath.Join("home", "state", "lede")
	for folder, want := range map[string]bool{
		state: true, filepath.Join(state, "samples"): true, filepath.Dir(state): false,
		state + "-more": false, filepath.Join(state, "..", "other"): false,
	} {
		if within(state, folder) != want {
			t.Errorf("%s in %s: %v", folder, state, !want)
		}
	}
	h := newHarness(t, 1)
	if got := h.shell.place(); got != filepath.Dir(project) {
		t.Errorf("beside the project is %s", got)
	}
}

func TestPickersOpen(t *testing.T) {
	h := newHarness(t, 1)
	c := h.shell.win.Canvas()
	for name, open := range map[string]func(){
		"open a project": h.shell.openDialog,
		"open or import": h.shell.openOrImport,
		"a folder":       func() { h.shell.chooseFolder(t.TempDir(), func(string) {}) },
	} {
		before := len(c.Overlays().List())
		open()
		if len(c.Overlays().List()) != before+1 {
			t.Errorf("%s: nothing is shown", name)
		}
	}
}

// TestClosingAsksWhileAnImportRuns: what it read so far would be gone without a
// word.
func TestClosingAsksWhileAnImportRuns(t *testing.T) {
	h := newHarness(t, 1)
	s := h.shell
	dir := t.TempDir()
	for _, name := range strings.Fields("a b c") {
		if err := os.WriteFile(filepath.Join(dir, name+".txt"), []byte("Text "+name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s.importPaths([]string{dir})
	dialog := s.work.importing
	// Nothing of the dialog is heard while the queue is not run: the import goes on
	// until then.
	h.until("the import can begin", func() bool { return s.win.Canvas().Overlays().Top() != nil && dialog.Ready() })
	s.win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if !dialog.Running() {
		t.Fatal("Enter did not begin the import")
	}
	s.quit()
	s.quit()
	asked, ok := s.win.Canvas().Overlays().Top().(*sheet.Sheet)
	if !ok || asked != s.stopping || s.work == nil {
		t.Fatalf("the window closed without a question (%T)", s.win.Canvas().Overlays().Top())
	}
	asked.Cancel()
	if s.stopping.Shown() || s.work == nil {
		t.Error("Cancel closed the window")
	}
	h.until("the import is done", func() bool { return !dialog.Running() })
	done := false
	s.unlessImporting(func() { done = true })
	if !done {
		t.Error("it asks though nothing is imported")
	}
}

// hearing is a canvas with shortcuts, which that of Fyne's tests has not.
type hearing struct {
	fyne.Canvas
	shortcuts fyne.ShortcutHandler
}

func (c *hearing) AddShortcut(s fyne.Shortcut, do func(fyne.Shortcut)) {
	c.shortcuts.AddShortcut(s, do)
}

// TestCtrlEnterOnAButtonOfADialog: it means the primary button whatever has the
// focus, and never “Done, next article” below.
func TestCtrlEnterOnAButtonOfADialog(t *testing.T) {
	h := newHarness(t, 1)
	done := 0
	dialog := sheet.New(h.shell.win.Canvas(), widgets.NewButton("Cancel", nil))
	dialog.OnDone = func() { done++ }
	dialog.Open(dialog.Content.(fyne.Focusable))
	c := &hearing{Canvas: h.shell.win.Canvas()}
	h.shell.table.Install(c)
	for _, s := range h.shell.table.Keys(commands.DoneNext)[:1] {
		c.shortcuts.TypedShortcut(&desktop.CustomShortcut{KeyName: s.Key, Modifier: s.Mods})
	}
	if done != 1 {
		t.Errorf("the primary button was pressed %d times", done)
	}
}
