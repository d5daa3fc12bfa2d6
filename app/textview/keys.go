package textview

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"lede/annotate/text"
)

// restTime is how long a selection by keys rests before the toolbar comes.
const restTime = 450 * time.Millisecond

// caret is where the keyboard is.
type caret struct {
	at     int     // code point
	anchor int     // the other end of a selection
	up     bool    // at the end of a line, not the start of the next
	goal   float32 // x that moving by lines keeps to; -1 for none
}

// Keyboard hears every key event of the focused view, as Fyne sends it, and says
// of each whether it was a command of the window's; keys that move the caret are
// the view's own. It exists because one press is up to three events.
type Keyboard interface {
	Down(*fyne.KeyEvent)
	Up(*fyne.KeyEvent)
	Key(e *fyne.KeyEvent, mods fyne.KeyModifier, inText bool) bool
	Char(r rune, inText bool) bool
	Shortcut(s fyne.Shortcut, inText bool) bool
	// Letter takes a press for the view, so that it is no command, and says which
	// Latin letter the key is; "" for none, and for a key that is held.
	Letter(*fyne.KeyEvent) fyne.KeyName
	Reset()
}

// keyState follows the keys that are down: Fyne tells no modifiers with a key.
type keyState struct {
	shift    bool
	down     *fyne.KeyEvent // the last key pressed, until released
	selected bool           // a selection by keys is not final before Shift is up
}

// Selection is the selected range, without outer blanks, and false for none.
func (v *View) Selection() (text.Range, bool) { return v.sel, !v.sel.Empty() }

// SetSelection selects a range and puts the caret at its end.
func (v *View) SetSelection(r text.Range) {
	v.caret = caret{at: r.End, anchor: r.Start, up: !r.Empty(), goal: -1}
	v.bar.hide()
	v.sel = r
	v.refresh()
}

// ClearSelection deselects; the caret stays.
func (v *View) ClearSelection() {
	v.bar.hide()
	v.sel = text.Range{}
	v.caret.anchor = v.caret.at
	v.refresh()
}

// Caret is the code point before which the caret stands.
func (v *View) Caret() int { return v.caret.at }

// SetCaret puts the caret somewhere, deselects, and scrolls there if need be.
func (v *View) SetCaret(o int) {
	v.caret = caret{at: max(0, min(o, v.Text().Len())), goal: -1}
	v.caret.anchor = v.caret.at
	v.sel = text.Range{}
	v.bar.hide()
	v.showCaret()
	v.refresh()
}

// setSelection is a change of the selection by a gesture.
func (v *View) setSelection(r text.Range, final bool) {
	changed := r != v.sel
	v.sel = r
	if changed || final {
		v.bar.hide()
		if v.OnSelect != nil {
			v.OnSelect(r, final)
		}
	}
	v.refresh()
}

// FocusGained shows the caret.
func (v *View) FocusGained() {
	v.focused = true
	v.refresh()
}

// FocusLost hides the caret and forgets held keys.
func (v *View) FocusLost() {
	v.focused = false
	v.keys = keyState{}
	if v.Keys != nil {
		v.Keys.Reset()
	}
	v.refresh()
}

// AcceptsTab keeps Tab for walking the spans.
func (v *View) AcceptsTab() bool { return true }

// KeyDown follows which keys are held.
func (v *View) KeyDown(e *fyne.KeyEvent) {
	v.hideTip()
	if v.Keys != nil {
		v.Keys.Down(e)
	}
	if e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight {
		v.keys.shift = true
		return
	}
	if !modifier(e.Name) {
		v.keys.down = e
	}
}

// KeyUp follows which keys are held. Releasing Shift ends a selection by keys.
func (v *View) KeyUp(e *fyne.KeyEvent) {
	if v.Keys != nil {
		v.Keys.Up(e)
	}
	if e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight {
		v.keys.shift = false
		if v.keys.selected {
			v.keys.selected = false
			v.keySelectionEnds()
		}
		return
	}
	if d := v.keys.down; d != nil && d.Name == e.Name && d.Physical == e.Physical {
		v.keys.down = nil
	}
}

// TypedRune hands a character on.
func (v *View) TypedRune(r rune) {
	if r == ' ' || v.links.aim != nil { // TypedKey had it
		return
	}
	if v.Keys != nil {
		v.Keys.Char(r, true)
	}
}

// TypedKey is a key without Ctrl, Alt or Super.
func (v *View) TypedKey(e *fyne.KeyEvent) {
	if v.aimKey(e) {
		return
	}
	mods := v.mods() & fyne.KeyModifierShift
	if types(e.Name) || modifier(e.Name) { // the first come again as characters
		v.send(e, mods)
		return
	}
	v.typed(e, mods)
}

// types tells keys that type a character.
func types(n fyne.KeyName) bool { return n == fyne.KeyUnknown || len(n) == 1 }

// modifier tells keys that only change others.
func modifier(n fyne.KeyName) bool {
	switch n {
	case desktop.KeyShiftLeft, desktop.KeyShiftRight, desktop.KeyControlLeft, desktop.KeyControlRight,
		desktop.KeyAltLeft, desktop.KeyAltRight, desktop.KeySuperLeft, desktop.KeySuperRight, desktop.KeyCapsLock:
		return true
	}
	return false
}

// TypedShortcut is a key with Ctrl, Alt or Super.
func (v *View) TypedShortcut(s fyne.Shortcut) {
	k, ok := s.(fyne.KeyboardShortcut)
	if !ok {
		return
	}
	name, mods := k.Key(), k.Mod()
	if v.picking() && moves(name) && v.pickKey(name, mods&fyne.KeyModifierShift != 0) {
		return
	}
	v.StopRelating()
	e := &fyne.KeyEvent{Name: name}
	if d := v.keys.down; d != nil {
		e.Physical = d.Physical
	}
	switch {
	case name == fyne.KeyA && mods == fyne.KeyModifierShortcutDefault:
		v.selectAll()
	case name == fyne.KeyC && mods == fyne.KeyModifierShortcutDefault && !v.sel.Empty():
		fyne.CurrentApp().Clipboard().SetContent(v.Text().Slice(v.sel))
	case v.Keys != nil && !moves(name) && v.Keys.Shortcut(s, true):
	default:
		v.typed(e, mods)
	}
}

// moves tells keys of which the view uses some with modifiers.
func moves(n fyne.KeyName) bool {
	switch n {
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd:
		return true
	}
	return false
}

func (v *View) selectAll() {
	t := v.Text()
	v.caret = caret{at: t.Len(), anchor: 0, goal: -1}
	all := t.Trim(text.Range{End: t.Len()})
	v.setSelection(all, !all.Empty())
	v.rest()
}

// typed uses a key or hands it on.
func (v *View) typed(e *fyne.KeyEvent, mods fyne.KeyModifier) {
	if v.navigate(e.Name, mods) {
		return
	}
	page := float64(v.Size().Height) - float64(v.flow.Metrics().Line)
	switch {
	case e.Name == fyne.KeySpace && mods == 0:
		v.scrollBy(page)
	case e.Name == fyne.KeySpace && mods == fyne.KeyModifierShift:
		v.scrollBy(-page)
	case e.Name == fyne.KeyEscape && mods == 0:
		v.escape(e)
	default:
		v.send(e, mods)
	}
}

// send hands a key on and says whether it was a command.
func (v *View) send(e *fyne.KeyEvent, mods fyne.KeyModifier) bool {
	return v.Keys != nil && v.Keys.Key(e, mods, true)
}

// escape gives up, in this order: a gesture, the selection, the chosen item;
// then it is the window's.
func (v *View) escape(e *fyne.KeyEvent) {
	switch {
	case v.press.mode != idle:
		v.stopGesture()
		v.setSelection(text.Range{}, false)
	case v.armed != "" && v.send(e, 0): // the window disarms first
	case !v.sel.Empty():
		v.ClearSelection()
		if v.OnSelect != nil {
			v.OnSelect(text.Range{}, false)
		}
	case v.links.chosen != "" && v.OnChooseLink != nil:
		v.OnChooseLink("")
	case v.chosen != "":
		if v.OnChoose != nil {
			v.OnChoose("")
		}
	case v.armed == "":
		v.send(e, 0)
	}
}

// navigate moves the caret; it tells whether the key does that.
//
// Left and right follow the paragraph: in one from right to left, Left goes on
// in the text. Within it the caret moves in reading order.
func (v *View) navigate(name fyne.KeyName, mods fyne.KeyModifier) bool {
	extend := mods&fyne.KeyModifierShift != 0
	mods &^= fyne.KeyModifierShift
	byWord := mods == fyne.KeyModifierControl || mods == fyne.KeyModifierAlt
	if mods == fyne.KeyModifierSuper { // as on a Mac
		switch name {
		case fyne.KeyLeft:
			name, mods = fyne.KeyHome, 0
		case fyne.KeyRight:
			name, mods = fyne.KeyEnd, 0
		case fyne.KeyUp:
			name, mods = fyne.KeyHome, fyne.KeyModifierControl
		case fyne.KeyDown:
			name, mods = fyne.KeyEnd, fyne.KeyModifierControl
		}
	}
	switch {
	case name == fyne.KeyLeft && (mods == 0 || byWord):
		v.moveSide(-1, byWord, extend)
	case name == fyne.KeyRight && (mods == 0 || byWord):
		v.moveSide(+1, byWord, extend)
	case name == fyne.KeyUp && mods == 0:
		v.moveLines(-1, extend)
	case name == fyne.KeyDown && mods == 0:
		v.moveLines(+1, extend)
	case name == fyne.KeyPageUp && mods == 0:
		v.movePage(-1, extend)
	case name == fyne.KeyPageDown && mods == 0:
		v.movePage(+1, extend)
	case name == fyne.KeyHome && mods == fyne.KeyModifierControl:
		v.moveTo(0, false, -1, extend)
	case name == fyne.KeyEnd && mods == fyne.KeyModifierControl:
		v.moveTo(v.Text().Len(), false, -1, extend)
	case name == fyne.KeyHome && mods == 0:
		v.moveTo(v.flow.LineOf(v.caret.at, v.caret.up).Start(), false, -1, extend)
	case name == fyne.KeyEnd && mods == 0:
		l := v.flow.LineOf(v.caret.at, v.caret.up)
		v.moveTo(l.Base+l.Line.Trim, l.Line.Trim == l.Line.End && !l.Last, -1, extend)
	default:
		return false
	}
	return true
}

// moveSide moves to the left (-1) or right (+1).
func (v *View) moveSide(by int, word, extend bool) {
	t, o := v.Text(), v.caret.at
	forward := (by > 0) != v.flow.RTL(o)
	if !v.sel.Empty() && !extend && !word { // collapse to that side
		if forward {
			v.moveTo(v.sel.End, true, -1, false)
		} else {
			v.moveTo(v.sel.Start, false, -1, false)
		}
		return
	}
	switch {
	case word && forward:
		o = t.NextWord(o)
	case word:
		o = t.PrevWord(o)
	case forward:
		o = t.NextGrapheme(o)
	default:
		o = t.PrevGrapheme(o)
	}
	v.moveTo(o, false, -1, extend)
}

// goal is the x that moving by lines keeps to.
func (v *View) goal() float32 {
	if v.caret.goal >= 0 {
		return v.caret.goal
	}
	x, _ := v.flow.Locate(v.caret.at, v.caret.up)
	return x
}

// moveLines moves to the line above (-1) or below (+1).
func (v *View) moveLines(by int, extend bool) {
	goal := v.goal()
	l, ok := v.flow.Step(v.caret.at, v.caret.up, by)
	if !ok {
		o := 0
		if by > 0 {
			o = v.Text().Len()
		}
		v.moveTo(o, false, goal, extend)
		return
	}
	o, up := l.Block.Hit(l.Line, goal)
	v.moveTo(l.Base+o, up && !(l.Last && o == l.Line.End), goal, extend)
}

// movePage moves by what is in sight, less a line.
func (v *View) movePage(by int, extend bool) {
	goal := v.goal()
	page := float64(max(1, int(v.Size().Height)/v.flow.Metrics().Line-1) * v.flow.Metrics().Line)
	_, y := v.flow.Locate(v.caret.at, v.caret.up)
	y -= v.flow.Top()
	v.flow.ScrollBy(page * float64(by))
	o, up := v.flow.Hit(goal, v.flow.Top()+max(0, min(y, float64(v.Size().Height)))+1)
	if o == v.caret.at { // at an end of the text
		o = 0
		if by > 0 {
			o = v.Text().Len()
		}
	}
	v.moveTo(o, up, goal, extend)
}

// moveTo puts the caret at o and selects up to there if extend. Caret and anchor
// stay where the keys put them; only the selection snaps, so that going back gives
// words back.
func (v *View) moveTo(o int, up bool, goal float32, extend bool) {
	v.caret.at, v.caret.up, v.caret.goal = o, up, goal
	v.showCaret()
	if !extend {
		v.caret.anchor = o
		v.keys.selected = false
		v.setSelection(text.Range{}, false)
		return
	}
	r := text.Range{Start: min(o, v.caret.anchor), End: max(o, v.caret.anchor)}
	v.setSelection(v.Text().Snap(r, v.granularity), false)
	if v.keys.shift {
		v.keys.selected = true
	} else {
		v.keySelectionEnds()
	}
	v.rest()
}

func (v *View) keySelectionEnds() {
	if !v.sel.Empty() && v.OnSelect != nil {
		v.OnSelect(v.sel, true)
	}
}

// rest shows the toolbar once a selection by keys has stood for a moment.
func (v *View) rest() {
	v.bar.hide()
	if v.sel.Empty() || len(v.tools) == 0 || v.armed != "" {
		return
	}
	was := v.sel
	v.bar.stop = v.opts.Clock.After(restTime, func() {
		v.opts.Dispatch(func() {
			if v.sel == was {
				v.bar.shown = true
				v.refresh()
			}
		})
	})
}

// showCaret scrolls so that the caret's line shows.
func (v *View) showCaret() {
	l := v.flow.LineOf(v.caret.at, v.caret.up)
	y, h := l.Y-v.flow.Top(), float64(v.Size().Height)
	line := float64(v.flow.Metrics().Line)
	switch {
	case y < 0 && l.Y < v.flow.Metrics().Head+1:
		v.flow.ScrollTo(0)
	case y < 0:
		v.flow.ScrollBy(y)
	case y+line > h:
		v.flow.ScrollBy(y + line - h)
	default:
		return
	}
	if v.OnScroll != nil {
		v.OnScroll()
	}
}
