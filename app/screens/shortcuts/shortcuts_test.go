package shortcuts

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"lede/app/commands"
	"lede/app/widgets"
)

func TestMain(m *testing.M) {
	widgets.UseBundledFontsOnly()
	m.Run()
}

// TestEveryKeyIsOnTheSheet: whatever a command's keys are, a person finds them.
func TestEveryKeyIsOnTheSheet(t *testing.T) {
	for _, s := range commands.Systems {
		table := commands.NewTable(s.System)
		table.SetLabels([]commands.Label{{ID: "q", Title: "Quote", Hotkey: "3"}}, func(string) {}, func(string) {}, nil)
		shown := map[string][]string{}
		for _, g := range Groups(table) {
			for _, l := range g.Lines {
				shown[l.Title] = l.Keys
			}
		}
		if roles, one := table.RoleHints(); !one || !slices.Equal(shown[commands.RolesTitle], []string{roles}) {
			t.Errorf("%s: the roles are shown with %q", s.Name, shown[commands.RolesTitle])
		}
		for _, c := range table.Commands() {
			if keys := table.Hints(c.ID); len(keys) > 0 && c.ID != "arm.3" && !strings.HasPrefix(c.ID, commands.RoleOf) {
				title := c.Title
				if r := []rune(title); r[len(r)-1] == '…' {
					title = string(r[:len(r)-1])
				}
				if !slices.Equal(shown[title], keys) {
					t.Errorf("%s: %q is shown with %q, want %q", s.Name, title, shown[title], keys)
				}
			}
		}
		if first := Groups(table)[0].Lines[0]; first.Title != "Tag as Quote" || first.Keys[0] != "3" {
			t.Errorf("%s: the sheet begins with %+v", s.Name, first)
		}
	}
}

// TestRolesWithOtherKeys: where their keys have not one form, each role has its line.
func TestRolesWithOtherKeys(t *testing.T) {
	table := commands.NewTable(commands.Linux)
	table.SetKeymap("", commands.Keymap{commands.RoleOf + "2": {{Key: fyne.KeyF12}}})
	n := 0
	for _, g := range Groups(table) {
		for _, l := range g.Lines {
			if strings.HasPrefix(l.Title, "Fill the ") && len(l.Keys) == 1 {
				n++
			}
		}
	}
	if n != 9 {
		t.Errorf("%d roles have a line of their own, want 9", n)
	}
}

func TestOneColumnInASmallWindow(t *testing.T) {
	test.NewTempApp(t)
	w := test.NewTempWindow(t, canvas.NewText("below", nil))
	w.Resize(fyne.NewSize(640, 400))
	s := Open(w.Canvas(), commands.NewTable(commands.Linux), func() {})
	if least := s.Content.MinSize().Width; least > 640 {
		t.Errorf("the sheet needs %v of 640", least)
	}
}

func TestSheetScrollsAndClosesByKeys(t *testing.T) {
	test.NewTempApp(t)
	w := test.NewTempWindow(t, canvas.NewText("below", nil))
	w.Resize(fyne.NewSize(1000, 400))
	c := w.Canvas()
	s := Open(c, commands.NewTable(commands.Linux), func() {})
	p := c.Focused().(*pager)
	press := func(k fyne.KeyName) float32 {
		c.Focused().TypedKey(&fyne.KeyEvent{Name: k})
		return p.scroll.Offset.Y
	}
	if down, end, home := press(fyne.KeyPageDown), press(fyne.KeyEnd), press(fyne.KeyHome); down <= 0 || end <= down || home != 0 {
		t.Errorf("page down goes to %v, the end is at %v, the start at %v", down, end, home)
	}
	press(fyne.KeyEscape)
	if s.Shown() {
		t.Error("Esc did not close the sheet")
	}
}
