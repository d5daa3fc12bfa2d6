package picker_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"lede/app/screens/picker"
	"lede/app/widgets"
)

func TestMain(m *testing.M) {
	widgets.UseBundledFontsOnly()
	m.Run()
}

func TestPicker(t *testing.T) {
	test.NewTempApp(t)
	c := test.NewTempWindow(t, canvas.NewText("below", nil)).Canvas()
	var did []string
	open := func() func(string, fyne.KeyName) {
		at := fyne.NewPos(40, 60)
		f := picker.Open(picker.Options{
			Canvas: c, At: &at, Hint: "Tag as …",
			Labels: []picker.Label{
				{ID: "a", Title: "Actor", Key: "1", Mark: widgets.Mark{Light: "#0072b2", Pattern: "solid"}},
				{ID: "s", Title: "Source phrase", Mark: widgets.Mark{Light: "#6b6b00", Pattern: "dotted"}},
				{ID: "m", Title: "أحداث", Mark: widgets.Mark{Light: "#6b6b00", Pattern: "double"}},
			},
			Pick: func(id string) {
				if c.Overlays().Top() != nil {
					t.Error("the picker is still there when its label is given")
				}
				did = append(did, id)
			},
			Gone: func() { did = append(did, "gone") },
		})
		return func(letters string, key fyne.KeyName) {
			for _, r := range letters {
				f.Field.TypedRune(r)
			}
			f.Field.TypedKey(&fyne.KeyEvent{Name: key})
		}
	}
	open()("", fyne.KeyReturn)
	open()("sp", fyne.KeyReturn)
	open()("أح", fyne.KeyReturn)
	open()("a", fyne.KeyEscape)
	if want := []string{"a", "s", "m", "gone"}; !slices.Equal(did, want) {
		t.Errorf("picked %q, want %q", did, want)
	}
}
