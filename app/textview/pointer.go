package textview

import (
	"math"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"lede/annotate/text"
)

// What the widget is, to Fyne. It is not Tappable: Fyne would hold every click
// back to see whether it becomes a double one.
var (
	_ desktop.Mouseable      = (*View)(nil)
	_ desktop.Hoverable      = (*View)(nil)
	_ desktop.Cursorable     = (*View)(nil)
	_ desktop.Keyable        = (*View)(nil)
	_ fyne.Draggable         = (*View)(nil)
	_ fyne.Scrollable        = (*View)(nil) // and so clips what is drawn
	_ fyne.Focusable         = (*View)(nil)
	_ fyne.Shortcutable      = (*View)(nil)
	_ fyne.Tabbable          = (*View)(nil)
	_ fyne.SecondaryTappable = (*View)(nil)
	_ fyne.Accessible        = (*View)(nil)
)

const (
	clickTime  = 500 * time.Millisecond
	clickReach = 6 // how far apart the presses of a double click may be
	dragReach  = 4 // how far a press must move to be a drag
	wheelSpeed = 2.4
	autoEvery  = 30 * time.Millisecond
	autoEdge   = 24   // within the view, while a link is drawn
	autoSpeed  = 0.35 // scrolled each time, of how far the pointer is outside
)

// mode is what the pointer is doing.
type mode int

const (
	idle mode = iota
	dragText
	dragFragment // selects a further fragment of the chosen item
	dragHandle
	dragThumb
	pressTool
	pressLink // on an arc or its label
	pressChip // on a label, or the ring from which links are drawn
	dragLink
)

// press is the state of the button that is down, and of the clicks before it.
type press struct {
	mode    mode
	at      fyne.Position // where it went down
	pointer fyne.Position // where it is
	moved   bool
	anchor  int        // offset at which a selection began
	base    text.Range // what a double or triple click selected at first
	grain   text.Granularity
	extends bool // shift was held
	clicks  int
	let     string // the item that the first of these clicks let go of
	time    time.Time
	tool    int
	grab    float32 // within the thumb
	auto    func()  // stops the timer that scrolls
	tie     tie     // the link pressed on
	from    string  // the item from which a link may be drawn
}

type hover struct {
	cursor desktop.Cursor
	tool   int // -1 for none
	thumb  bool
	link   string // id of the link
	port   bool
}

// column turns a point of the view into one of the text column.
func (v *View) column(p fyne.Position) (x float32, y float64) {
	return p.X - v.colX, float64(p.Y) + v.flow.Top()
}

// hit is the caret position nearest to a point; beyond the view's edges, to the
// edge.
func (v *View) hit(p fyne.Position) (o int, upstream bool) {
	p.Y = max(0, min(p.Y, v.Size().Height-1))
	x, y := v.column(p)
	if y < v.flow.Metrics().Head {
		return 0, false
	}
	return v.flow.Hit(x, y)
}

// under is the grapheme at a point.
func (v *View) under(p fyne.Position) (text.Range, bool) {
	x, y := v.column(p)
	if y < v.flow.Metrics().Head {
		return text.Range{}, false
	}
	return v.flow.Under(x, y)
}

// mods are the modifier keys that are held.
func (v *View) mods() fyne.KeyModifier {
	if v.opts.Mods != nil {
		return v.opts.Mods()
	}
	if app := fyne.CurrentApp(); app != nil {
		if d, ok := app.Driver().(desktop.Driver); ok {
			m := d.CurrentKeyModifiers()
			// A menu or dialog that came while Shift was held has seen it go up.
			v.keys.shift = m&fyne.KeyModifierShift != 0
			return m
		}
	}
	if v.keys.shift {
		return fyne.KeyModifierShift
	}
	return 0
}

// command says whether Ctrl is held, on a Mac Command. Of a click Fyne says there that
// it is Ctrl, of the keys themselves that it is Super.
func command(m fyne.KeyModifier) bool {
	return m&(fyne.KeyModifierShortcutDefault|fyne.KeyModifierControl) != 0
}

// grain is what the pointer's selection snaps to now: characters while Alt, or
// Ctrl and Shift (window managers keep Alt for themselves), are held.
func (v *View) grain(m fyne.KeyModifier) text.Granularity {
	if m&fyne.KeyModifierAlt != 0 || command(m) && m&fyne.KeyModifierShift != 0 {
		return text.Character
	}
	return max(v.granularity, v.press.grain)
}

// focus takes the keyboard.
func (v *View) focus() {
	if app := fyne.CurrentApp(); app != nil {
		if c := app.Driver().CanvasForObject(v); c != nil && c.Focused() != fyne.Focusable(v) {
			c.Focus(v)
		}
	}
}

// MouseDown begins a gesture.
func (v *View) MouseDown(e *desktop.MouseEvent) {
	v.focus()
	if e.Button != desktop.MouseButtonPrimary {
		v.hideTip()
		return
	}
	v.stopGesture()
	v.hideTip()
	pr := &v.press
	now := v.opts.Clock.Now()
	d := e.Position.Subtract(pr.at)
	near := math.Hypot(float64(d.X), float64(d.Y)) < clickReach
	if near && now.Sub(pr.time) < clickTime && e.Modifier == 0 {
		pr.clicks++
	} else {
		pr.clicks, pr.let = 1, ""
	}
	*pr = press{at: e.Position, pointer: e.Position, clicks: pr.clicks, let: pr.let, time: now, tool: -1}
	switch {
	case v.bar.shown && v.bar.frame.holds(e.Position):
		pr.mode, pr.clicks = pressTool, 0
		pr.tool = v.toolAt(e.Position)
	case e.Position.X >= v.Size().Width-v.opts.Style.Strip:
		v.pressBar(e.Position)
	case v.picking():
		v.pressPick(e)
	case v.links.aim != nil:
		v.pressAim(e.Position)
	case v.grabHandle(e.Position):
	case v.pressLinks(e.Position, e.Modifier):
	default:
		v.pressText(e)
	}
	v.refresh()
}

// pressText begins a selection.
func (v *View) pressText(e *desktop.MouseEvent) {
	pr := &v.press
	o, up := v.hit(e.Position)
	pr.mode, pr.anchor, pr.grain = dragText, o, text.Character
	shift := e.Modifier&fyne.KeyModifierShift != 0
	other := e.Modifier&(fyne.KeyModifierControl|fyne.KeyModifierAlt|fyne.KeyModifierSuper) != 0
	switch {
	case command(e.Modifier) && !shift && v.chosenEditable():
		pr.mode = dragFragment
	case shift && !other:
		pr.extends = true
		pr.anchor = v.caret.anchor
		v.selectTo(o, v.grain(e.Modifier), false)
		return
	case pr.clicks >= 2:
		if let := pr.let; let != "" && v.OnChoose != nil {
			// It was the first half of a double click, not a click beside the item: a
			// part can be added to what is chosen.
			pr.let = ""
			v.OnChoose(let)
		}
		v.clickWord(e.Position)
		return
	}
	v.bar.hide()
	v.caret = caret{at: o, anchor: o, up: up, goal: -1}
	v.setSelection(text.Range{}, false)
}

// clickWord selects the word (double click) or sentence (triple) at a point.
func (v *View) clickWord(p fyne.Position) {
	pr := &v.press
	pr.grain = text.Word
	if pr.clicks >= 3 {
		pr.grain = text.Sentence
	}
	g, ok := v.under(p)
	if !ok {
		if pr.clicks < 3 {
			return
		}
		o, _ := v.hit(p)
		g = text.Range{Start: v.Text().PrevGrapheme(o), End: o}
	}
	pr.base = v.Text().Snap(g, pr.grain)
	pr.anchor = pr.base.Start
	v.caret = caret{at: pr.base.End, anchor: pr.base.Start, up: true, goal: -1}
	v.setSelection(pr.base, false)
}

// Dragged goes on with a gesture. Positions may lie outside the view.
func (v *View) Dragged(e *fyne.DragEvent) {
	pr := &v.press
	pr.pointer = e.Position
	d := e.Position.Subtract(pr.at)
	if !pr.moved && math.Hypot(float64(d.X), float64(d.Y)) < dragReach {
		return
	}
	pr.moved = true
	v.follow()
	v.autoScroll()
}

// follow moves what is being dragged to the pointer.
func (v *View) follow() {
	pr := &v.press
	switch pr.mode {
	case dragText, dragFragment:
		o, _ := v.hit(pr.pointer)
		v.selectTo(o, v.grain(v.mods()), false)
	case dragHandle:
		v.dragHandle()
		v.refresh()
	case dragThumb:
		v.dragThumb(pr.pointer.Y)
	case pressLink, pressChip, dragLink:
		v.moveLinks()
	default: // nothing is
	}
}

// selectTo selects from the anchor to o.
func (v *View) selectTo(o int, g text.Granularity, final bool) {
	pr := &v.press
	r := text.Range{Start: min(pr.anchor, o), End: max(pr.anchor, o)}
	if !pr.base.Empty() {
		r = text.Range{Start: min(pr.base.Start, o), End: max(pr.base.End, o)}
	}
	r = v.Text().Snap(r, g)
	v.caret.at, v.caret.anchor, v.caret.goal = o, pr.anchor, -1
	v.caret.up = o > pr.anchor
	v.setSelection(r, final)
}

// autoScroll scrolls on while the pointer is above or below the view: events
// only come while it moves.
func (v *View) autoScroll() {
	pr := &v.press
	outside := v.outside()
	if outside == 0 || pr.mode == dragThumb || pr.mode == pressTool || pr.auto != nil {
		return
	}
	pr.auto = v.opts.Clock.After(autoEvery, func() {
		v.opts.Dispatch(func() {
			pr.auto = nil
			if by := v.outside(); by != 0 && pr.mode != idle {
				v.flow.ScrollBy(float64(by * autoSpeed))
				v.follow()
				v.scrolled()
				v.autoScroll()
			}
		})
	})
}

// outside is how far the pointer is above (negative) or below the view.
func (v *View) outside() float32 {
	if v.press.mode == idle {
		return 0
	}
	y, h, inset := v.press.pointer.Y, v.Size().Height, float32(0)
	if v.press.mode == dragLink { // its end is not known: it begins a little before the edge
		inset = autoEdge
	}
	return min(y-inset, 0) + max(y-h+inset, 0)
}

// MouseUp ends a gesture.
func (v *View) MouseUp(e *desktop.MouseEvent) {
	if e.Button == desktop.MouseButtonPrimary || e.Button == 0 {
		v.endGesture()
	}
}

// DragEnd ends a gesture that left the view. Fyne took the focus away when the
// button was released elsewhere: the next key would be lost.
func (v *View) DragEnd() {
	v.endGesture()
	v.focus()
}

// stopGesture ends a gesture without an effect.
func (v *View) stopGesture() {
	if v.press.auto != nil {
		v.press.auto()
		v.press.auto = nil
	}
	v.press.mode = idle
	v.preview, v.links.pull = nil, nil
}

// endGesture tells what the gesture meant.
func (v *View) endGesture() {
	pr, pv, pulled := v.press, v.preview, v.links.pull
	v.stopGesture()
	switch pr.mode {
	case dragText:
		v.endSelection(pr)
	case dragFragment:
		r := v.sel
		v.setSelection(text.Range{}, false)
		if pr.moved && !r.Empty() && v.OnAddFragment != nil {
			v.OnAddFragment(v.chosen, r)
		}
		if !pr.moved {
			v.chooseMore(pr.at)
		}
	case dragHandle:
		if pv != nil && pv.r != pv.old && v.OnResize != nil {
			v.OnResize(pv.id, pv.fragment, pv.r)
		}
	case pressTool:
		if i := v.toolAt(pr.pointer); i >= 0 && i == pr.tool && v.OnTool != nil {
			v.OnTool(v.bar.tools[i].ID)
		}
	case pressLink, pressChip, dragLink:
		v.endLinks(pr, pulled)
	default: // scrolling by the bar changes nothing else
	}
	if pr.mode != idle {
		v.refresh()
	}
}

// endSelection ends a selection by pointer, or was a click.
func (v *View) endSelection(pr press) {
	if v.picking() {
		v.endPick(pr)
		return
	}
	if v.sel.Empty() {
		if !pr.moved && !pr.extends && pr.clicks == 1 {
			v.click(pr.at)
		}
		return
	}
	// The keyboard goes on from what is selected, not from where the pointer was.
	if v.caret.at >= v.caret.anchor {
		v.caret = caret{at: v.sel.End, anchor: v.sel.Start, up: true, goal: -1}
	} else {
		v.caret = caret{at: v.sel.Start, anchor: v.sel.End, goal: -1}
	}
	v.bar.shown = v.armed == ""
	if v.OnSelect != nil {
		v.OnSelect(v.sel, true)
	}
}

// click chooses the innermost item at a point; again, the next one around it.
func (v *View) click(p fyne.Position) {
	if m, ok := v.markAt(p); ok {
		v.pressMark(m, false)
		return
	}
	id := ""
	if g, ok := v.under(p); ok {
		if ids := v.items.at(g); len(ids) > 0 {
			id = ids[(slices.Index(ids, v.chosen)+1)%len(ids)]
		}
	}
	if id != v.chosen && v.OnChoose != nil {
		if id == "" {
			v.press.let = v.chosen
		}
		v.OnChoose(id)
	}
}

// TappedSecondary asks for a context menu.
func (v *View) TappedSecondary(e *fyne.PointEvent) {
	if t, _, ok := v.tieAt(e.Position); ok && t.id != "" && v.OnLinkContext != nil {
		v.OnLinkContext(e.AbsolutePosition, t.id)
		return
	}
	if v.OnContext != nil {
		o, _ := v.hit(e.Position)
		if g, ok := v.under(e.Position); ok {
			o = g.Start
		}
		v.OnContext(e.AbsolutePosition, o)
	}
}

// Scrolled is the wheel or a touchpad; with Ctrl it zooms.
func (v *View) Scrolled(e *fyne.ScrollEvent) {
	if command(v.mods()) {
		if v.OnZoom != nil && e.Scrolled.DY != 0 {
			v.OnZoom(int(math.Copysign(1, float64(e.Scrolled.DY))))
		}
		return
	}
	v.turn(-float64(e.Scrolled.DY) * wheelSpeed)
}

// MouseIn is part of desktop.Hoverable.
func (v *View) MouseIn(e *desktop.MouseEvent) { v.MouseMoved(e) }

// MouseOut takes marks under the pointer away.
func (v *View) MouseOut() {
	v.hideTip()
	v.setHover(hover{cursor: desktop.DefaultCursor, tool: -1})
}

// MouseMoved keeps the cursor's form and marks what is under it.
func (v *View) MouseMoved(e *desktop.MouseEvent) {
	h := hover{cursor: desktop.DefaultCursor, tool: -1}
	p := e.Position
	x, _ := v.column(p)
	_, onHandle := v.handleAt(p)
	switch {
	case v.bar.shown && v.bar.frame.holds(p):
		h.tool = v.toolAt(p)
		if h.tool >= 0 {
			h.cursor = desktop.PointerCursor
		}
	case p.X >= v.Size().Width-v.opts.Style.Strip:
		h.thumb = true
	case onHandle:
		h.cursor = desktop.HResizeCursor
	case v.hoverLinks(p, &h):
		h.cursor = desktop.PointerCursor
	case v.armed != "":
		h.cursor = desktop.CrosshairCursor
	case v.overMark(p):
		h.cursor = desktop.PointerCursor
	case x > -v.opts.Style.Side && x < v.colW+v.opts.Style.Side:
		h.cursor = desktop.TextCursor
	}
	v.setHover(h)
	v.pointAt(p, h)
}

func (v *View) setHover(h hover) {
	old := v.hover
	v.hover = h
	if old.tool != h.tool || old.thumb != h.thumb || old.link != h.link || old.port != h.port {
		v.refresh()
	}
}

// Cursor is the pointer's form.
func (v *View) Cursor() desktop.Cursor { return v.hover.cursor }

func (v *View) toolAt(p fyne.Position) int {
	return slices.IndexFunc(v.bar.boxes, func(b box) bool { return b.holds(p) })
}
