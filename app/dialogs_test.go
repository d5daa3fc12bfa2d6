package app

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	_ "lede/annotate/format/all"
	"lede/app/commands"
	"lede/app/screens/importer"
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

// beginImport begins an import of three files. Nothing of it is heard while the queue is
// not run: until then it goes on.
func (h *harness) beginImport() *importer.Dialog {
	h.t.Helper()
	dir := h.t.TempDir()
	for _, name := range strings.Fields("a b c") {
		h.do(os.WriteFile(filepath.Join(dir, name+".txt"), []byte("Text "+name), 0o600))
	}
	h.shell.importPaths([]string{dir})
	dialog := h.shell.work.importing
	canvas := h.shell.win.Canvas()
	h.until("the import can begin", func() bool { return canvas.Overlays().Top() != nil && dialog.Ready() })
	canvas.OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if !dialog.Running() {
		h.t.Fatal("Enter did not begin the import")
	}
	return dialog
}

// TestClosingAsksWhileAnImportRuns: what it read so far would be gone without a
// word.
func TestClosingAsksWhileAnImportRuns(t *testing.T) {
	h := newHarness(t, 1)
	s := h.shell
	dialog := h.beginImport()
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

// TestClosingThePastAsksWhileAnImportRuns: the import is the present's.
func TestClosingThePastAsksWhileAnImportRuns(t *testing.T) {
	h := newHarness(t, 1)
	s := h.shell
	h.tagBy("Dockers", fyne.Key1)
	then, err := s.work.store.AsOf(context.Background(), 1, nil)
	h.do(err)
	dialog := h.beginImport()
	s.enterPast(then)
	s.quit()
	if s.stopping == nil || !s.stopping.Shown() || s.work == nil {
		t.Fatal("the window closed without a question")
	}
	s.stopping.Cancel()
	h.until("the import is done", func() bool { return !dialog.Running() })
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
