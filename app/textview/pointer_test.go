package textview

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"lede/annotate/text"
)

const news = "The harbour workers walked out on Monday. Police used tear gas near the central station. Nobody was hurt.\n" +
	"قال وزير الخارجية أحمد إن الاتفاق سيوقع غدا.\n" +
	"Emoji 👩‍👩‍👧 and e\u0301 here; the second paragraph ends."

func TestDragSelectsWords(t *testing.T) {
	r := newRig(t, news, 712, 500)
	r.drag(r.at(6), r.at(14), 0) // from within "harbour" to within "workers"
	r.wantSelection("harbour workers")
	r.wantLog(`selected "harbour workers"`)
	r.drag(r.at(14), r.at(6), 0)
	r.wantSelection("harbour workers")
}

func TestDragSnapsWhileItGoesOn(t *testing.T) {
	r := newRig(t, news, 712, 500)
	r.down(r.at(6), 0)
	r.move(r.at(9))
	r.wantSelection("harbour")
	r.move(r.at(21))
	r.wantSelection("harbour workers walked")
	r.move(r.at(14))
	r.wantSelection("harbour workers")
	if len(r.log) == 0 || !strings.HasPrefix(r.log[0], "select ") {
		t.Errorf("told %q while dragging", r.log)
	}
	r.up(r.at(14))
}

func TestModifiersSelectCharacters(t *testing.T) {
	for name, mods := range map[string]fyne.KeyModifier{
		"alt": fyne.KeyModifierAlt, "ctrl+shift": fyne.KeyModifierControl | fyne.KeyModifierShift,
	} {
		r := newRig(t, news, 712, 500)
		r.drag(r.at(5), r.at(8), mods)
		if q, _ := r.Selection(); q.Len() < 2 || q.Len() > 4 || q.Start < 5 || q.End > 9 {
			t.Errorf("%s selects %v", name, q)
		}
	}
}

func TestGranularity(t *testing.T) {
	r := newRig(t, news, 712, 500)
	r.SetGranularity(text.Sentence)
	r.drag(r.at(6), r.at(14), 0)
	r.wantSelection("The harbour workers walked out on Monday.")
	r.SetGranularity(text.Character)
	o := r.find("gas near")
	r.drag(leftOf(r, o.Start), leftOf(r, o.Start+4), 0) // "gas " loses its blank
	r.wantSelection("gas")
}

// leftOf is just inside the leading edge of the grapheme at o.
func leftOf(r *rig, o int) fyne.Position {
	p, _ := r.LocateXY(o)
	return p.AddXY(1, 0)
}

func TestDoubleAndTripleClick(t *testing.T) {
	r := newRig(t, news, 712, 500)
	p := r.at(6)
	r.click(p, 0)
	r.wantSelection("")
	r.again(p, 0)
	r.wantSelection("harbour")
	r.again(p.AddXY(2, 1), 0)
	r.wantSelection("The harbour workers walked out on Monday.")
	r.wantLog(`selected "harbour"`, `selected "The harbour workers walked out on Monday."`)
	// Slow or distant clicks are single ones.
	r.click(r.at(14), 0)
	r.wantSelection("")
	r.again(r.at(60), 0)
	r.wantSelection("")
}

func TestDoubleClickOnTheLastHalfOfALetter(t *testing.T) {
	r := newRig(t, news, 712, 500)
	p := r.at(r.find("harbour").End-1).AddXY(2.5, 0)
	r.click(p, 0)
	r.again(p, 0)
	r.wantSelection("harbour")
}

func TestDoubleClickAndDragGoesByWords(t *testing.T) {
	r := newRig(t, news, 712, 500)
	r.SetGranularity(text.Character)
	p := r.at(14)
	r.click(p, 0)
	r.clock.pass(100 * time.Millisecond)
	r.down(p, 0)
	r.move(r.at(21))
	r.wantSelection("workers walked")
	r.move(r.at(6))
	r.wantSelection("harbour workers")
	r.up(r.at(6))
}

func TestShiftClickExtends(t *testing.T) {
	r := newRig(t, news, 712, 500)
	r.click(r.at(6), 0)
	r.click(r.at(21), fyne.KeyModifierShift)
	r.wantSelection("harbour workers walked")
	r.wantLog(`selected "harbour workers walked"`)
}

func TestArabicAndEmoji(t *testing.T) {
	r := newRig(t, news, 712, 500)
	a, z := r.find("وزير"), r.find("الخارجية")
	r.drag(r.at(a.Start+1), r.at(z.Start+2), 0)
	r.wantSelection("وزير الخارجية")
	e := r.find("👩‍👩‍👧")
	r.click(r.at(e.Start), 0)
	r.again(r.at(e.Start), 0)
	r.wantSelection("👩‍👩‍👧")
}

func TestClickChoosesInnermostThenTheNext(t *testing.T) {
	r := newRig(t, news, 712, 500)
	r.layer(r.item("outer", "actor", "The harbour workers"), r.item("inner", "event", "harbour"), r.item("other", "quote", "Police"))
	p := r.at(6)
	r.click(p, 0)
	r.click(p, 0)
	r.click(p, 0)
	r.click(r.at(r.find("Police").Start), 0)
	r.click(r.at(r.find("tear").Start), 0) // beside all
	r.click(r.at(r.find("tear").Start), 0) // nothing to tell
	r.wantLog("choose inner", "choose outer", "choose inner", "choose other", "choose ")
}

func TestClickPutsTheCaret(t *testing.T) {
	r := newRig(t, news, 712, 500)
	r.click(leftOf(r, 6), 0)
	r.wantCaret(6)
	r.wantLog()
	if !r.focused {
		t.Error("a click does not take the focus")
	}
}

func TestSelectionIsNoClick(t *testing.T) {
	r := newRig(t, news, 712, 500)
	r.layer(r.item("a", "actor", "The harbour workers"))
	r.drag(r.at(6), r.at(14), 0)
	r.wantLog(`selected "harbour workers"`)
}

func TestHandlesResize(t *testing.T) {
	r := newRig(t, news, 712, 500)
	r.layer(r.item("a", "actor", "harbour workers", "Police used"))
	r.Choose("a")
	q := r.find("harbour workers")
	end, _ := r.LocateXY(q.End)
	r.drag(end, r.at(r.find("walked").Start+2), 0)
	r.wantLog(`resize a 0 "harbour workers walked"`)
	start, _ := r.LocateXY(q.Start)
	r.drag(start, r.at(r.find("workers").Start+2), 0)
	r.wantLog(`resize a 0 "workers"`)
	// Not over the other end, and not into the next fragment.
	r.drag(start, r.at(r.find("out on").Start), 0)
	r.wantLog(`resize a 0 "workers"`)
	r.drag(end, r.at(r.find("near").Start), 0)
	r.wantLog(`resize a 0 "harbour workers walked out on Monday."`)
	// A press on a handle without a move changes nothing.
	r.click(end, 0)
	r.wantLog()
	// By characters.
	r.drag(end, leftOf(r, q.End-3), fyne.KeyModifierAlt)
	r.wantLog(`resize a 0 "harbour work"`)
	second, _ := r.LocateXY(r.find("Police used").End)
	r.drag(second, r.at(r.find("tear").Start+1), 0)
	r.wantLog(`resize a 1 "Police used tear"`)
}

func TestHandleDragShowsAPreview(t *testing.T) {
	r := newRig(t, news, 712, 500)
	r.layer(r.item("a", "actor", "harbour"))
	r.Choose("a")
	end, _ := r.LocateXY(r.find("harbour").End)
	before := fillWidth(r)
	r.down(end, 0)
	r.move(r.at(r.find("walked").Start + 2))
	if after := fillWidth(r); after < before+50 {
		t.Errorf("the fill is %g wide, was %g", after, before)
	}
	r.key(fyne.KeyEscape, 0)
	r.up(end)
	r.wantLog()
	if got := fillWidth(r); got != before {
		t.Errorf("after Esc the fill is %g wide, was %g", got, before)
	}
}

func fillWidth(r *rig) float32 {
	w := float32(0)
	for _, o := range r.paint.order[atFill] {
		w += o.Size().Width
	}
	return w
}

func TestReadOnlyLayersHaveNoHandles(t *testing.T) {
	r := newRig(t, news, 712, 500)
	r.SetLayers([]Layer{{Items: []Item{r.item("a", "actor", "harbour")}}})
	r.Choose("a")
	end, _ := r.LocateXY(r.find("harbour").End)
	r.drag(end, r.at(r.find("walked").Start+2), 0)
	for _, l := range r.log {
		if strings.HasPrefix(l, "resize") {
			t.Errorf("told %q", l)
		}
	}
}

func TestCtrlDragAddsAFragment(t *testing.T) {
	r := newRig(t, news, 712, 500)
	r.layer(r.item("a", "actor", "harbour"))
	mod := fyne.KeyModifierShortcutDefault
	r.drag(r.at(r.find("tear").Start), r.at(r.find("gas").Start+1), mod)
	r.wantLog(`selected "tear gas"`) // nothing was chosen: a selection
	r.Choose("a")
	r.drag(r.at(r.find("tear").Start), r.at(r.find("gas").Start+1), mod)
	r.wantLog(`fragment a "tear gas"`)
	r.wantSelection("")
}

func TestAutoScroll(t *testing.T) {
	r := newRig(t, strings.Repeat(news+"\n", 20), 712, 300)
	r.down(r.at(6), 0)
	r.move(fyne.NewPos(300, 400))
	was, _ := r.Selection()
	for range 10 {
		r.clock.pass(autoEvery)
	}
	if r.flow.Top() < 100 {
		t.Errorf("scrolled to %g", r.flow.Top())
	}
	if now, _ := r.Selection(); now.End <= was.End || now.Start != was.Start {
		t.Errorf("the selection went from %v to %v", was, now)
	}
	r.move(fyne.NewPos(300, 200)) // back inside: it stops
	top := r.flow.Top()
	r.clock.pass(time.Second)
	if r.flow.Top() != top {
		t.Error("it scrolls on inside the view")
	}
	r.move(fyne.NewPos(300, -500))
	r.up(fyne.NewPos(300, -500))
	r.DragEnd()
	top = r.flow.Top()
	r.clock.pass(time.Second)
	if r.flow.Top() != top {
		t.Error("it scrolls on after the release")
	}
}

func TestReleaseOutsideKeepsTheFocusAndTellsOnce(t *testing.T) {
	r := newRig(t, news, 712, 300)
	r.down(r.at(6), 0)
	r.move(r.at(14))
	r.move(fyne.NewPos(900, 30))
	r.win.Canvas().Unfocus() // what Fyne does
	r.DragEnd()
	if !r.focused {
		t.Error("the focus is lost")
	}
	if n := len(r.log); n == 0 || !strings.HasPrefix(r.log[n-1], "selected ") {
		t.Errorf("told %q", r.log)
	}
	r.log = nil
	r.up(fyne.NewPos(900, 30))
	r.wantLog()
}

func TestWheelScrollsAndCtrlWheelZooms(t *testing.T) {
	r := newRig(t, strings.Repeat(news+"\n", 20), 712, 300)
	r.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -25)})
	if top := r.flow.Top(); top < 59 || top > 61 {
		t.Errorf("scrolled to %g", r.flow.Top())
	}
	r.held = fyne.KeyModifierShortcutDefault
	r.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 25)})
	r.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -25)})
	r.wantLog("zoom 1", "zoom -1")
	r.held = 0
	r.clock.pass(frame)
	r.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 25)})
	r.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 25)})
	if r.flow.Top() != 0 {
		t.Errorf("scrolled above the start: %g", r.flow.Top())
	}
}

func TestScrollBar(t *testing.T) {
	r := newRig(t, strings.Repeat(news+"\n", 50), 712, 300)
	y0, y1, ok := r.thumb()
	if !ok || y0 != 0 {
		t.Fatalf("thumb at %g–%g %v", y0, y1, ok)
	}
	r.drag(fyne.NewPos(706, 5), fyne.NewPos(706, 400), 0)
	if end := r.flow.Total() - 300; r.flow.Top() < end-1 {
		t.Errorf("dragged to %g of %g", r.flow.Top(), end)
	}
	r.click(fyne.NewPos(706, 1), 0)
	if r.flow.Top() > 1 {
		t.Errorf("a press above the thumb scrolls to %g", r.flow.Top())
	}
	r.wantLog()
	r.SetText(text.New("short"))
	if _, _, ok := r.thumb(); ok {
		t.Error("a short text has a thumb")
	}
}

func TestToolbar(t *testing.T) {
	r := newRig(t, news, 712, 500)
	r.SetTools([]Tool{{ID: "a", Title: "Actor", Label: "actor", Key: "1"}, {ID: "m", Title: "more…"}})
	r.drag(r.at(6), r.at(14), 0)
	if !r.bar.shown || len(r.bar.boxes) != 2 {
		t.Fatalf("toolbar: %+v", r.bar)
	}
	r.wantLog(`selected "harbour workers"`)
	b := r.bar.boxes[1]
	p := fyne.NewPos((b.x0+b.x1)/2, (b.y0+b.y1)/2)
	r.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: p}})
	if r.Cursor() != desktop.PointerCursor || r.hover.tool != 1 {
		t.Errorf("over a tool: cursor %v, tool %d", r.Cursor(), r.hover.tool)
	}
	r.click(p, 0)
	r.wantLog("tool m")
	r.wantSelection("harbour workers")
	r.click(r.at(40), 0)
	if r.bar.shown {
		t.Error("a click elsewhere leaves the toolbar")
	}
}

// In a narrow column the toolbar leaves labels out, and what leads to all stays.
func TestToolbarInANarrowColumn(t *testing.T) {
	r := newRig(t, news, 300, 500)
	var tools []Tool
	for _, id := range []string{"a", "b", "c", "d", "e"} {
		tools = append(tools, Tool{ID: id, Title: "Actor", Label: "actor", Key: "1"})
	}
	r.SetTools(append(tools, Tool{ID: "m", Title: "more…"}))
	r.drag(r.at(6), r.at(14), 0)
	r.wantLog(`selected "harbour workers"`)
	n := len(r.bar.boxes)
	if n < 2 || n > 4 || r.bar.frame.x0 < 0 || r.bar.frame.x1 > 300 {
		t.Fatalf("%d tools in %+v", n, r.bar.frame)
	}
	b := r.bar.boxes[n-1]
	r.click(fyne.NewPos((b.x0+b.x1)/2, (b.y0+b.y1)/2), 0)
	r.wantLog("tool m")
}

func TestToolbarStaysInTheView(t *testing.T) {
	r := newRig(t, strings.Repeat(news+"\n", 5), 712, 300)
	r.SetTools([]Tool{{ID: "a", Title: "Actor", Label: "actor"}, {ID: "b", Title: "Event", Label: "event"}})
	for _, l := range r.paint.lines {
		p, ok := r.LocateXY(l.Start())
		if !ok {
			continue
		}
		r.click(p.AddXY(3, 0), 0)
		r.again(p.AddXY(3, 0), 0)
		if f := r.bar.frame; r.bar.shown && (f.x0 < 0 || f.x1 > 700 || f.y0 < 0 || f.y1 > 300) {
			t.Errorf("toolbar at %+v", f)
		}
	}
}

func TestContextMenuAndCursor(t *testing.T) {
	r := newRig(t, news, 712, 500)
	r.layer(r.item("a", "actor", "harbour"))
	r.TappedSecondary(&fyne.PointEvent{Position: r.at(6)})
	r.wantLog("context 6")
	cursor := func(p fyne.Position) desktop.Cursor {
		r.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: p}})
		return r.Cursor()
	}
	end, _ := r.LocateXY(r.find("harbour").End)
	if c := cursor(end); c != desktop.TextCursor {
		t.Errorf("over text: %v", c)
	}
	r.Choose("a")
	if c := cursor(end); c != desktop.HResizeCursor {
		t.Errorf("over a handle: %v", c)
	}
	r.SetArmed("actor")
	if c := cursor(r.at(60)); c != desktop.CrosshairCursor {
		t.Errorf("armed: %v", c)
	}
	if c := cursor(fyne.NewPos(2, 100)); c != desktop.CrosshairCursor && c != desktop.DefaultCursor {
		t.Errorf("beside the text: %v", c)
	}
}

func TestArmedSelectionsHaveNoToolbar(t *testing.T) {
	r := newRig(t, news, 712, 500)
	r.SetTools([]Tool{{ID: "a", Title: "Actor"}})
	r.SetArmed("actor")
	r.drag(r.at(6), r.at(14), 0)
	r.wantLog(`selected "harbour workers"`)
	if r.bar.shown {
		t.Error("the toolbar shows")
	}
}
