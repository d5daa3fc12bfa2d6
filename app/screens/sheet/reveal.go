package sheet

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/app/widgets"
)

// revealRoom is what stays free above and below what is brought into sight.
const revealRoom float32 = 8

// reveal brings what has the keyboard into sight, where parts of the sheet scroll.
func (s *Sheet) reveal(fyne.CanvasObject) {
	focused, ok := s.canvas.Focused().(fyne.CanvasObject)
	if !ok {
		return
	}
	inside, _ := scrollsAround(s.Content, focused)
	d := fyne.CurrentApp().Driver()
	for _, part := range inside {
		at := d.AbsolutePositionForObject(focused).Subtract(d.AbsolutePositionForObject(part))
		size, room := focused.Size(), part.Size()
		to := part.Offset
		if part.Direction != container.ScrollHorizontalOnly {
			to.Y += hidden(at.Y, size.Height, room.Height)
		}
		if part.Direction != container.ScrollVerticalOnly {
			to.X += hidden(at.X, size.Width, room.Width)
		}
		if to != part.Offset {
			part.ScrollToOffset(to)
		}
	}
}

// hidden is how far something must move to be in sight.
func hidden(at, size, room float32) float32 {
	switch below := at + size + revealRoom - room; {
	case at < revealRoom:
		return at - revealRoom
	case below > 0:
		return min(below, at-revealRoom)
	}
	return 0
}

// scrollsAround are the scrolling parts that something lies in, the innermost first.
func scrollsAround(in, what fyne.CanvasObject) (list []*container.Scroll, found bool) {
	if in == what {
		return nil, true
	}
	switch in := in.(type) {
	case *fyne.Container:
		for _, part := range in.Objects {
			if list, found = scrollsAround(part, what); found {
				return list, true
			}
		}
	case *widgets.Surface:
		if in.Content != nil {
			return scrollsAround(in.Content, what)
		}
	case *container.Scroll:
		if list, found = scrollsAround(in.Content, what); found {
			return append(list, in), true
		}
	}
	return nil, false
}
