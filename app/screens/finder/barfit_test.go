package finder

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

func TestTheBarFitsIntoNarrowRooms(t *testing.T) {
	test.NewTempApp(t)
	var objects []fyne.CanvasObject
	for _, w := range []float32{20, 24, 24, 130, 40, 0, 70, 24} {
		r := canvas.NewRectangle(nil)
		r.SetMinSize(fyne.NewSize(w, 24))
		objects = append(objects, r)
	}
	label, closes := objects[6], objects[7]
	l := fit{6, 5, []fyne.CanvasObject{label, objects[1], objects[2]}}
	for _, width := range []float32{900, 602, 480, 400, 350, 900} {
		l.Layout(objects, fyne.NewSize(width, 36))
		if end := closes.Position().X + closes.Size().Width; end > width+0.1 {
			t.Errorf("of %v the cross ends at %v", width, end)
		}
		if w := objects[0].Size().Width; w < narrowField || w > wideField {
			t.Errorf("of %v the field has %v", width, w)
		}
		if label.Visible() != (width > 465) {
			t.Errorf("of %v: label all shows %v", width, label.Visible())
		}
	}
}
