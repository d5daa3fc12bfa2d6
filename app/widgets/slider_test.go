package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

func TestSliderByPointerAndKeys(t *testing.T) {
	test.NewTempApp(t)
	var told []float64
	s := NewSlider(0.9, 2, 0.1, 1.04, func(v float64) { told = append(told, v) })
	w := test.NewTempWindow(t, s)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(11*20+sliderKnob, 40))
	want := func(v float64, n int) {
		t.Helper()
		if s.Value() != v || len(told) != n {
			t.Errorf("at %v, told %v; want %v after %d changes", s.Value(), told, v, n)
		}
	}
	want(1, 0) // the nearest
	key := func(k fyne.KeyName) { s.TypedKey(&fyne.KeyEvent{Name: k}) }
	key(fyne.KeyRight)
	want(1.1, 1)
	key(fyne.KeyLeft)
	key(fyne.KeyLeft)
	want(0.9, 3)
	key(fyne.KeyLeft) // no further
	want(0.9, 3)
	key(fyne.KeyEnd)
	want(2, 4)
	at := func(x float32) *desktop.MouseEvent {
		return &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, 12)}}
	}
	s.MouseDown(at(sliderKnob/2 + 20*5 + 3))
	want(1.4, 5)
	if w.Canvas().Focused() != fyne.Focusable(s) {
		t.Error("a press does not give it the keyboard")
	}
	s.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(sliderKnob/2+20*5+6, 12)}})
	want(1.4, 5) // not yet a step
	s.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(-500, 12)}})
	want(0.9, 6)
	s.Set(1.5) // tells nobody
	want(1.5, 6)
	escaped := false
	OnEscape = func() { escaped = true }
	defer func() { OnEscape = nil }()
	key(fyne.KeyEscape)
	if !escaped {
		t.Error("Esc is lost in it")
	}
}
