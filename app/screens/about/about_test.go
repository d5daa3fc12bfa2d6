package about

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"lede/app/widgets"
	"lede/app/widgets/widgettest"
)

func TestMain(m *testing.M) {
	widgets.UseBundledFontsOnly()
	m.Run()
}

func TestAboutShowsALongTextAndCloses(t *testing.T) {
	test.NewTempApp(t)
	w := test.NewTempWindow(t, canvas.NewText("below", nil))
	w.Resize(fyne.NewSize(900, 700))
	s := Open(Options{Canvas: w.Canvas(), Name: "Lede", Version: "1.2.3", Built: "commit 0a1b2c3 of 2026-11-23", Licences: strings.Repeat("A line.\n", 100000)})
	lines := widgettest.Words(s)
	said := strings.Join(lines, "\n")
	for _, want := range []string{"Lede", "Version 1.2.3", "commit 0a1b2c3 of 2026-11-23", "A line."} {
		if !strings.Contains(said, want) {
			t.Errorf("the sheet does not say %q", want)
		}
	}
	if len(lines) > 100 {
		t.Errorf("%d lines were made; only those in sight should be", len(lines))
	}
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if s.Shown() {
		t.Error("Enter did not close the sheet")
	}
}
