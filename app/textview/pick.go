package textview

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"lede/annotate/text"
)

// pick is what a search for the other end knows of words that are selected
// instead of an item.
type pick struct {
	on           bool       // words can be selected as well
	anchor, head text.Range // words between which all is selected by keys; the head moves
	goal         float32    // x that moving by lines keeps to; 0 for none
}

// Pick begins to look for the other end of a link as Relate does. Beside pointing at
// an item, words can be selected, by pointer or by keys and Enter; OnPick hears of
// them. With Shift held the search goes on after an end was found. The view does not
// say what to do: whoever asks says it elsewhere, until OnAimEnd.
func (v *View) Pick(from, kind string) {
	if _, ok := v.items.find(from); !ok {
		return
	}
	v.Relate(from, kind, "")
	v.links.aim.pick.on = true
	v.refresh()
}

// picking tells whether words may be selected as the other end of a link.
func (v *View) picking() bool { return v.links.aim != nil && v.links.aim.pick.on }

// dropAim ends the search for the other end of a link.
func (v *View) dropAim() {
	if v.links.aim == nil {
		return
	}
	v.links.aim = nil
	if v.OnAimEnd != nil {
		v.OnAimEnd()
	}
}

// foundOne ends the search, or goes on to the next end while Shift is held.
func (v *View) foundOne() {
	a := v.links.aim
	if a.pick.on && v.mods()&fyne.KeyModifierShift != 0 {
		a.typed, a.pick = "", pick{on: true}
		v.refresh()
		return
	}
	v.StopRelating()
}

// picked tells of the words that are selected as the other end; key is the digit
// that was pressed, or "". If they are not taken, the search goes on.
func (v *View) picked(key string) {
	a, r := v.links.aim, v.sel
	if !r.Empty() && v.OnPick != nil && v.OnPick(a.from, a.kind, r, key) && v.links.aim == a {
		v.foundOne()
	}
}

// pressPick begins a click on an item or a selection of words: which of them it is
// shows when the button is released.
func (v *View) pressPick(e *desktop.MouseEvent) {
	plain := *e
	plain.Modifier &= fyne.KeyModifierAlt // Shift goes on with the search, it extends nothing
	v.pressText(&plain)
}

// endPick ends what pressPick began. A click beside the text gives the search up; on
// an item to which no link can lead it does nothing, because it may be the first of a
// double click on a word there.
func (v *View) endPick(pr press) {
	if !v.sel.Empty() {
		v.picked("")
		return
	}
	if pr.moved || pr.clicks > 1 {
		return
	}
	from, _ := v.items.find(v.links.aim.from)
	if slot, ok := v.targetAt(pr.at, v.links.aim.from); ok && v.possible(from, slot) {
		v.found(slot)
		return
	}
	if x, _ := v.column(pr.at); x < -v.opts.Style.Side || x > v.colW+v.opts.Style.Side {
		v.StopRelating()
	}
}

// pickKey takes a key with which words are selected; it tells whether it was one.
func (v *View) pickKey(name fyne.KeyName, extend bool) bool {
	switch name {
	case fyne.KeyLeft:
		v.pickBeside(-1, extend)
	case fyne.KeyRight:
		v.pickBeside(+1, extend)
	case fyne.KeyUp:
		v.pickLine(-1, extend)
	case fyne.KeyDown:
		v.pickLine(+1, extend)
	case fyne.KeyReturn, fyne.KeyEnter:
		v.picked("")
	case fyne.KeyBackspace:
		if v.sel.Empty() || v.links.aim.typed != "" {
			return false
		}
		v.unpick()
	default:
		if len(name) != 1 || name[0] < '0' || name[0] > '9' {
			return false
		}
		v.picked(string(name))
	}
	return true
}

// unpick lets go of the words that are selected as the other end.
func (v *View) unpick() {
	v.links.aim.pick = pick{on: true}
	v.caret.anchor = v.caret.at
	v.setSelection(text.Range{}, false)
}

// pickHead is the word from which keys move: at first the item at which the link
// begins or, if that is out of sight, the first place in sight.
func (v *View) pickHead() text.Range {
	a := v.links.aim
	if !a.pick.head.Empty() {
		return a.pick.head
	}
	slot, _ := v.items.find(a.from)
	at := v.items.slots[slot].item.Fragments[0]
	if _, seen := v.LocateXY(at.Start); !seen {
		top, _ := v.flow.TopOffset()
		at = text.Range{Start: top, End: top}
	}
	return at
}

// pickBeside selects the word to the left (-1) or right (+1).
func (v *View) pickBeside(by int, extend bool) {
	head := v.pickHead()
	forward := (by > 0) != v.flow.RTL(head.Start)
	v.links.aim.pick.goal = 0
	if forward {
		v.pickTo(v.wordFrom(head.End), extend)
	} else {
		v.pickTo(v.wordBefore(head.Start), extend)
	}
}

// pickLine selects the word in the line above (-1) or below (+1).
func (v *View) pickLine(by int, extend bool) {
	a, head := v.links.aim, v.pickHead()
	if a.pick.goal == 0 {
		x0, _ := v.flow.Locate(head.Start, false)
		x1, _ := v.flow.Locate(max(head.Start, head.End-1), false)
		a.pick.goal = (x0 + x1) / 2
	}
	l, ok := v.flow.Step(head.Start, false, by)
	for ok && l.Line.Trim == 0 && l.Line.End == 0 { // a blank line
		l, ok = v.flow.Step(l.Start(), false, by)
	}
	if !ok {
		return
	}
	o, _ := l.Block.Hit(l.Line, a.pick.goal)
	end := l.Base + l.Line.End
	to := v.wordFrom(v.Text().Word(min(l.Base+o, max(l.Start(), end-1))).Start)
	if to.Start >= end {
		to = v.wordBefore(end)
	}
	v.pickTo(to, extend)
}

// pickTo selects a word or, to extend, all from the one where the selection began.
func (v *View) pickTo(word text.Range, extend bool) {
	if word.Empty() {
		return
	}
	p := &v.links.aim.pick
	if !extend || p.anchor.Empty() {
		p.anchor = word
	}
	p.head, v.links.aim.typed = word, ""
	r := text.Range{Start: min(p.anchor.Start, word.Start), End: max(p.anchor.End, word.End)}
	v.caret = caret{at: word.Start, anchor: word.Start, goal: -1}
	v.showCaret()
	v.caret = caret{at: r.End, anchor: r.Start, up: true, goal: -1}
	v.setSelection(r, false)
}

// wordFrom is the word that ends behind an offset, or the character while selections
// snap to characters; it is empty behind the last.
func (v *View) wordFrom(o int) text.Range {
	t := v.Text()
	if v.granularity == text.Character {
		for ; o < t.Len(); o = t.NextGrapheme(o) {
			if r := (text.Range{Start: o, End: t.NextGrapheme(o)}); !t.Trim(r).Empty() {
				return r
			}
		}
		return text.Range{}
	}
	end := t.NextWord(o)
	if r := (text.Range{Start: t.PrevWord(end), End: end}); r.Start >= o {
		return t.Trim(r)
	}
	return text.Range{}
}

// wordBefore is the word, or the character, that begins before an offset; it is empty
// before the first.
func (v *View) wordBefore(o int) text.Range {
	t := v.Text()
	if v.granularity == text.Character {
		for o > 0 {
			r := text.Range{Start: t.PrevGrapheme(o), End: o}
			if !t.Trim(r).Empty() {
				return r
			}
			o = r.Start
		}
		return text.Range{}
	}
	start := t.PrevWord(o)
	if r := (text.Range{Start: start, End: min(t.NextWord(start), o)}); !r.Empty() {
		return t.Trim(r)
	}
	return text.Range{}
}
