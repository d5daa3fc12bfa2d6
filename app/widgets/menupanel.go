package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"lede/app/theme"
)

// Measures of a menu.
const (
	menuRow   float32 = 30
	menuBreak float32 = 9 // a separator with its room
	menuEdge  float32 = 5
	menuSide  float32 = 12
	menuMark  float32 = 24  // room for the mark of what is switched on
	menuWide  float32 = 520 // at most
	menuFree  float32 = 8   // between a menu and the window's edge
)

// menuPanel is one list of a menu.
type menuPanel struct {
	items  []*fyne.MenuItem
	tops   []float32 // of the items in the list
	height float32   // of the list
	marks  float32   // room for marks, 0 if none is switched on
	pos    fyne.Position
	size   fyne.Size
	scroll float32
	active int // -1 for none
}

func newMenuPanel(items []*fyne.MenuItem, least float32) *menuPanel {
	p := &menuPanel{items: items, active: -1, height: menuEdge}
	width, leads := float32(0), float32(0)
	for _, it := range items {
		p.tops = append(p.tops, p.height)
		if it.IsSeparator {
			p.height += menuBreak
			continue
		}
		p.height += menuRow
		width = max(width, menuWords(it).MinSize().Width)
		if it.Checked {
			p.marks = menuMark
		}
		if it.ChildMenu != nil {
			leads = 20
		}
	}
	p.height += menuEdge
	p.size = fyne.NewSize(min(menuWide, max(least, width+p.marks+leads+2*menuSide, 120)), p.height)
	return p
}

func menuWords(it *fyne.MenuItem) *Words {
	c := theme.Text
	if it.Disabled {
		c = theme.Faint
	}
	return NewLine(it.Label, theme.TextSize, c)
}

// move puts the panel where there is room for it in the window.
func (p *menuPanel) move(at fyne.Position, window fyne.Size) {
	p.size.Height = min(p.height, window.Height-2*menuFree)
	p.size.Width = min(p.size.Width, window.Width-2*menuFree)
	p.pos.X = max(menuFree, min(at.X, window.Width-p.size.Width-menuFree))
	p.pos.Y = max(menuFree, min(at.Y, window.Height-p.size.Height-menuFree))
}

func (p *menuPanel) holds(q fyne.Position) bool {
	return q.X >= p.pos.X && q.X < p.pos.X+p.size.Width && q.Y >= p.pos.Y && q.Y < p.pos.Y+p.size.Height
}

// itemAt is the item at a height of the canvas, -1 for none.
func (p *menuPanel) itemAt(y float32) int {
	y += p.scroll - p.pos.Y
	for i, it := range p.items {
		if !it.IsSeparator && y >= p.tops[i] && y < p.tops[i]+menuRow {
			return i
		}
	}
	return -1
}

func (p *menuPanel) usable(i int) bool {
	return i >= 0 && i < len(p.items) && !p.items[i].IsSeparator && !p.items[i].Disabled
}

// step makes the next (1) or last (-1) item that can be used the active one.
func (p *menuPanel) step(by int) {
	i := p.active
	if i < 0 && by < 0 {
		i = len(p.items)
	}
	for range p.items {
		i = (i + by + len(p.items)) % len(p.items)
		if p.usable(i) {
			p.show(i)
			return
		}
	}
}

// show makes an item the active one and brings it into sight.
func (p *menuPanel) show(i int) {
	p.active = i
	top, bottom := p.tops[i]-menuEdge, p.tops[i]+menuRow+menuEdge
	p.scroll = max(min(p.scroll, top), bottom-p.size.Height)
	p.scrollBy(0)
}

func (p *menuPanel) scrollBy(dy float32) {
	p.scroll = max(0, min(p.scroll+dy, p.height-p.size.Height))
}

// draw makes what shows of the panel.
func (p *menuPanel) draw() []fyne.CanvasObject {
	back := NewFill(theme.Raised)
	back.Stroke, back.Radius, back.Floats = theme.Hairline, theme.Radius, true
	place(back, p.pos.X, p.pos.Y, p.size.Width, p.size.Height)
	objs := []fyne.CanvasObject{back}
	for i, it := range p.items {
		y := p.pos.Y + p.tops[i] - p.scroll
		height := menuRow
		if it.IsSeparator {
			height = menuBreak
		}
		if y < p.pos.Y || y+height > p.pos.Y+p.size.Height {
			continue // cut off: a long menu shows whole rows only
		}
		if it.IsSeparator {
			line := NewHairline()
			place(line, p.pos.X+menuSide, y+menuBreak/2, p.size.Width-2*menuSide, 1)
			objs = append(objs, line)
			continue
		}
		objs = append(objs, p.row(i, y)...)
	}
	return objs
}

func (p *menuPanel) row(i int, y float32) []fyne.CanvasObject {
	it := p.items[i]
	var objs []fyne.CanvasObject
	if i == p.active && p.usable(i) {
		on := NewFill(theme.Tint)
		on.Radius = theme.SmallRadius
		place(on, p.pos.X+menuEdge, y, p.size.Width-2*menuEdge, menuRow)
		objs = append(objs, on)
	}
	x, right := p.pos.X+menuSide, p.pos.X+p.size.Width-menuSide
	if it.Checked {
		mark := NewIcon(IconCheck, 14, theme.Accent)
		place(mark, x-2, y+(menuRow-14)/2, 14, 14)
		objs = append(objs, mark)
	}
	if it.ChildMenu != nil {
		arrow := NewIcon(IconRight, 12, theme.Dim)
		place(arrow, right-10, y+(menuRow-12)/2, 12, 12)
		objs = append(objs, arrow)
		right -= 20
	}
	words := menuWords(it)
	words.Elastic = true
	least := words.MinSize().Height
	place(words, x+p.marks, y+(menuRow-least)/2, right-x-p.marks, least)
	return append(objs, words)
}

// CreateRenderer is for Fyne.
func (m *Menu) CreateRenderer() fyne.WidgetRenderer {
	r := &menuRenderer{m: m}
	r.build()
	return r
}

type menuRenderer struct {
	m    *Menu
	objs []fyne.CanvasObject
}

func (r *menuRenderer) Destroy()                     {}
func (r *menuRenderer) Layout(fyne.Size)             {}
func (r *menuRenderer) MinSize() fyne.Size           { return fyne.Size{} }
func (r *menuRenderer) Objects() []fyne.CanvasObject { return r.objs }

func (r *menuRenderer) Refresh() {
	r.build()
	canvas.Refresh(r.m)
}

func (r *menuRenderer) build() {
	r.objs = nil
	for _, p := range r.m.panels {
		r.objs = append(r.objs, p.draw()...)
	}
}
