package about

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"lede/app/widgets"
)

func TestMain(m *testing.M) {
	widgets.UseBundledFontsOnly()
	m.Run()
}

func TestAboutShowsALongTextAndCloses(t *testing.T) {
	test.NewTempApp(t)
	w := test.NewTempWindow(t, canvas.NewText("below", nil))
	w.Resize(fyne.NewSize(900, 700))
	s := Open(Options{Canvas: w.Canvas(), Name: "Lede", Version: "1.2.3", Licences: strings.Repeat("A line.\n", 100000)})
	var said strings.Builder
	drawn := 0
	var walk func(fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *widgets.Words:
			drawn++
			said.WriteString(o.Text + "\n")
		case *fyne.Container:
			for _, c := range o.Objects {
				walk(c)
			}
		case fyne.Widget:
			for _, c := range test.WidgetRenderer(o).Objects() {
				walk(c)
			}
		}
	}
	walk(s)
	for _, want := range []string{"Lede", "Version 1.2.3", "A line."} {
		if !strings.Contains(said.String(), want) {
			t.Errorf("the sheet does not say %q", want)
		}
	}
	if drawn > 100 {
		t.Errorf("%d lines were made; only those in sight should be", drawn)
	}
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if s.Shown() {
		t.Error("Enter did not close the sheet")
	}
}
