package commands

import (
	"slices"
	"testing"
)

// TestMenuOfAMac: the menu with the program's name, which is the system's, ends the
// program there, and Fyne takes no item out of ours.
func TestMenuOfAMac(t *testing.T) {
	for _, s := range Systems {
		table, _ := withLabels(s.System, nil)
		var labels []string
		for _, m := range table.MainMenu().Items {
			for i, item := range m.Items {
				labels = append(labels, item.Label)
				if item.IsSeparator && (i == 0 || i == len(m.Items)-1 || m.Items[i-1].IsSeparator) {
					t.Errorf("%s: a line in vain in the menu %s", s.Name, m.Label)
				}
			}
		}
		mac := s.System == Mac
		if slices.Contains(labels, "Quit") == mac {
			t.Errorf("%s: the items are %q", s.Name, labels)
		}
		for _, moved := range []string{"About", "Settings", "Settings…", "Preferences", "Preferences…"} {
			if mac && slices.Contains(labels, moved) {
				t.Errorf("Fyne moves %q, with a line more each time", moved)
			}
		}
	}
}
