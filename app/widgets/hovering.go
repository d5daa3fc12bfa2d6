package widgets

import (
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Hovering is what rows of lists are made on: it knows whether the pointer is over
// them, and shows the hand there.
type Hovering struct {
	widget.BaseWidget
	Hovered bool
}

// MouseIn is for Fyne.
func (h *Hovering) MouseIn(*desktop.MouseEvent) { h.hover(true) }

// MouseMoved is for Fyne.
func (h *Hovering) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (h *Hovering) MouseOut() { h.hover(false) }

func (h *Hovering) hover(on bool) {
	h.Hovered = on
	h.Refresh()
}

// Cursor is for Fyne.
func (h *Hovering) Cursor() desktop.Cursor { return desktop.PointerCursor }
