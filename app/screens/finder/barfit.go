package finder

import "fyne.io/fyne/v2"

// How narrow the field of the bar gets before other things make room for it.
const (
	wideField   float32 = 248
	narrowField float32 = 110
)

// fit lays the controls of the bar out in a row. Where the article has little room
// the field gives way first, then what has a key as well: so the switches, the
// count and the cross stay in sight.
type fit struct {
	gap     float32
	stretch int                 // takes the room that is left
	spare   []fyne.CanvasObject // hidden in this order
}

func (l fit) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(narrowField, l.wanted(objects).Height)
}

func (l fit) wanted(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(wideField-l.gap, 0)
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		size.Height = max(size.Height, m.Height)
		if i > 0 {
			size.Width += m.Width
		}
		size.Width += l.gap
	}
	return size
}

func (l fit) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range l.spare {
		o.Show()
	}
	left := size.Width - l.wanted(objects).Width
	for _, o := range l.spare {
		if left >= narrowField-wideField {
			break
		}
		o.Hide()
		left = size.Width - l.wanted(objects).Width
	}
	x := float32(0)
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		switch i {
		case 0:
			m.Width = max(wideField+min(left, 0), 0)
		case l.stretch:
			m.Width = max(m.Width+left, 0)
		}
		o.Move(fyne.NewPos(x, (size.Height-m.Height)/2))
		o.Resize(m)
		x += m.Width + l.gap
	}
}
