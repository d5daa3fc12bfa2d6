package shortcuts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lede/app/screens/sheet"
)

// pager is what has the focus in a sheet that is only read: its keys scroll.
type pager struct {
	widget.BaseWidget
	scroll *container.Scroll
	sheet  *sheet.Sheet
}

// FocusGained is for Fyne.
func (p *pager) FocusGained() {}

// FocusLost is for Fyne.
func (p *pager) FocusLost() {}

// TypedRune is for Fyne.
func (p *pager) TypedRune(rune) {}

// TypedKey is for Fyne.
func (p *pager) TypedKey(e *fyne.KeyEvent) {
	page := p.scroll.Size().Height - 40
	by := map[fyne.KeyName]float32{
		fyne.KeyDown: 40, fyne.KeyUp: -40, fyne.KeyPageDown: page, fyne.KeyPageUp: -page, fyne.KeySpace: page,
		fyne.KeyHome: -1e6, fyne.KeyEnd: 1e6,
	}[e.Name]
	switch {
	case by != 0:
		most := max(0, p.scroll.Content.Size().Height-p.scroll.Size().Height)
		p.scroll.ScrollToOffset(fyne.NewPos(0, max(0, min(p.scroll.Offset.Y+by, most))))
	case e.Name == fyne.KeyEscape, e.Name == fyne.KeyReturn, e.Name == fyne.KeyEnter, e.Name == fyne.KeyF1:
		p.sheet.Close()
	}
}

// CreateRenderer is for Fyne.
func (p *pager) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewWithoutLayout())
}
