package widgets

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// sources is a menu as the article list has it: names in many scripts.
func sources(did *[]string) *fyne.Menu {
	item := func(s string) *fyne.MenuItem {
		return fyne.NewMenuItem(s, func() { *did = append(*did, s) })
	}
	off := item("Closed")
	off.Disabled = true
	on := item("الساحل (NATO)")
	on.Checked = true
	more := item("More")
	more.ChildMenu = fyne.NewMenu("", item("हिन्दी"), item("ไทย"))
	return fyne.NewMenu("", item("All sources"), fyne.NewMenuItemSeparator(), off, on, more)
}

func menuIn(t *testing.T, m *fyne.Menu, size fyne.Size) (*Menu, fyne.Canvas) {
	t.Helper()
	w := test.NewTempWindow(t, canvas.NewRectangle(nil))
	w.Resize(size)
	return ShowMenu(m, w.Canvas(), fyne.NewPos(40, 50)), w.Canvas()
}

func press(m *Menu, names ...fyne.KeyName) {
	for _, n := range names {
		m.TypedKey(&fyne.KeyEvent{Name: n})
	}
}

func TestMenuByKeys(t *testing.T) {
	for _, c := range []struct {
		keys []fyne.KeyName
		want string
	}{
		{[]fyne.KeyName{fyne.KeyDown, fyne.KeyReturn}, "All sources"},
		{[]fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeySpace}, "الساحل (NATO)"}, // over what is off
		{[]fyne.KeyName{fyne.KeyUp, fyne.KeyRight, fyne.KeyDown, fyne.KeyEnter}, "ไทย"},
		{[]fyne.KeyName{fyne.KeyEnd, fyne.KeyReturn, fyne.KeyReturn}, "हिन्दी"},
		{[]fyne.KeyName{fyne.KeyEnd, fyne.KeyRight, fyne.KeyLeft, fyne.KeyHome, fyne.KeyReturn}, "All sources"},
		{[]fyne.KeyName{fyne.KeyDown, fyne.KeyEscape}, ""},
	} {
		var did []string
		m, canvas := menuIn(t, sources(&did), fyne.NewSize(400, 400))
		if canvas.Focused() != fyne.Focusable(m) {
			t.Fatal("the menu has not the keyboard")
		}
		press(m, c.keys...)
		if m.Shown() || canvas.Overlays().Top() != nil {
			t.Errorf("%v: the menu is still there", c.keys)
		}
		if c.want == "" && len(did) > 0 || c.want != "" && !slices.Equal(did, []string{c.want}) {
			t.Errorf("%v did %q, want %q", c.keys, did, c.want)
		}
	}
	var did []string
	m, _ := menuIn(t, sources(&did), fyne.NewSize(400, 400))
	m.TypedRune('m')
	press(m, fyne.KeyRight, fyne.KeyReturn)
	if !slices.Equal(did, []string{"हिन्दी"}) {
		t.Errorf("the letter m led to %q", did)
	}
}

// A menu that begins at its first item takes that by Enter alone, past what is off.
func TestMenuFromItsFirstItem(t *testing.T) {
	var did []string
	menu := sources(&did)
	menu.Items = menu.Items[2:]
	m, _ := menuIn(t, menu, fyne.NewSize(400, 400))
	press(m, fyne.KeyReturn)
	if !m.Shown() || len(did) > 0 {
		t.Errorf("Enter alone took %q of a menu that begins nowhere", did)
	}
	m.First()
	press(m, fyne.KeyReturn)
	if m.Shown() || !slices.Equal(did, []string{"الساحل (NATO)"}) {
		t.Errorf("Enter took %q", did)
	}
}

func TestMenuByMouse(t *testing.T) {
	var did []string
	m, _ := menuIn(t, sources(&did), fyne.NewSize(400, 400))
	click := func(x, y float32) {
		at := fyne.PointEvent{Position: fyne.NewPos(x, y)}
		m.MouseMoved(&desktop.MouseEvent{PointEvent: at})
		m.Tapped(&at)
	}
	p := m.panels[0]
	click(p.pos.X+20, p.pos.Y+p.tops[2]+10)
	if !m.Shown() || len(did) != 0 {
		t.Fatalf("what is off did %q", did)
	}
	m.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(p.pos.X+20, p.pos.Y+p.tops[4]+10)}})
	if len(m.panels) != 2 {
		t.Fatal("pointing at an item that leads to a menu did not open that")
	}
	child := m.panels[1]
	click(child.pos.X+20, child.pos.Y+child.tops[1]+10)
	if m.Shown() || !slices.Equal(did, []string{"ไทย"}) {
		t.Errorf("a click in the second menu did %q", did)
	}
	m, c := menuIn(t, sources(&did), fyne.NewSize(400, 400))
	click(390, 390)
	if m.Shown() || c.Overlays().Top() != nil || len(did) != 1 {
		t.Errorf("a click beside the menu: shown %v, did %q", m.Shown(), did)
	}
}

func TestMenuStaysInTheWindow(t *testing.T) {
	var items []*fyne.MenuItem
	for range 60 {
		items = append(items, fyne.NewMenuItem("Varno Tribune", nil))
	}
	m, c := menuIn(t, fyne.NewMenu("", items...), fyne.NewSize(300, 200))
	p := m.panels[0]
	if p.pos.Y < 0 || p.pos.Y+p.size.Height > c.Size().Height {
		t.Errorf("the menu is at %v, %v high, in a window of %v", p.pos, p.size, c.Size())
	}
	press(m, fyne.KeyEnd)
	if y := p.tops[59] - p.scroll; y < 0 || y+menuRow > p.size.Height {
		t.Errorf("the last item is at %g of %g", y, p.size.Height)
	}
	m.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 1e6)})
	if p.scroll != 0 {
		t.Errorf("scrolled up it is at %g", p.scroll)
	}
	if ShowMenu(fyne.NewMenu(""), c, fyne.Position{}) != nil {
		t.Error("an empty menu opened")
	}
}

// TestMenuDrawsArticleTextInOrder: brackets are mirrored, and Latin stands left of
// the Arabic word that comes before it.
func TestMenuDrawsArticleTextInOrder(t *testing.T) {
	var did []string
	m, _ := menuIn(t, sources(&did), fyne.NewSize(400, 400))
	var words *Words
	for _, o := range test.WidgetRenderer(m).Objects() {
		if w, ok := o.(*Words); ok && w.Text == "الساحل (NATO)" {
			words = w
		}
	}
	if words == nil {
		t.Fatal("the item is not drawn")
	}
	x := map[string]float32{}
	for _, o := range test.WidgetRenderer(words).Objects() {
		text := o.(*canvas.Text)
		x[text.Text] = text.Position().X
	}
	if x["NATO"] == 0 || x["NATO"] >= x["الساحل"] {
		t.Errorf("drawn at %v", x)
	}
}
