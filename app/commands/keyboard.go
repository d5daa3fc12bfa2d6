package commands

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Keyboard turns the events of a focused widget into commands. Of one press Fyne
// sends a widget up to three: KeyDown, then TypedKey or TypedShortcut, then
// TypedRune; while the key is held the last two repeat. Keyboard sees to it that
// one press is one command: that AltGr+8, which types "[" on a German layout, does
// not tag with the eighth label, that the "+" of a Czech digit key does not also
// add a part, and that a held key tags once.
//
// Digits are keys of the digit row, whatever the layout types there. Letters are
// where the layout has them; on a layout without Latin letters, where a US
// keyboard has them.
type Keyboard struct {
	table *Table
	// Scan is what the scan codes of key events count in. It is used only where a
	// layout has no Latin letters.
	Scan ScanCodes

	held     map[fyne.KeyName]bool
	fresh    bool // a key went down and has not been used yet
	altGr    bool
	repeated bool   // the last typed key was a repeat of one that is held
	consumed bool   // the press was a command: its character is none
	stray    string // the press is this digit and no command; its character may be one
}

// Down hears that a key went down (desktop.Keyable).
func (k *Keyboard) Down(ev *fyne.KeyEvent) {
	k.consumed = false
	if ev.Name == desktop.KeyAltRight {
		k.altGr = true
	}
	if modifierKey(ev.Name) {
		return
	}
	k.fresh = true
	k.held[ev.Name] = true
}

// Up hears that a key went up.
func (k *Keyboard) Up(ev *fyne.KeyEvent) {
	if ev.Name == desktop.KeyAltRight {
		k.altGr = false
	}
	delete(k.held, ev.Name)
}

// Reset forgets held keys. It is for the loss of the focus, when the key goes up
// unseen.
func (k *Keyboard) Reset() {
	k.held, k.fresh, k.altGr, k.consumed = map[fyne.KeyName]bool{}, false, false, false
}

func modifierKey(name fyne.KeyName) bool {
	switch name {
	case desktop.KeyShiftLeft, desktop.KeyShiftRight, desktop.KeyControlLeft, desktop.KeyControlRight,
		desktop.KeyAltLeft, desktop.KeyAltRight, desktop.KeySuperLeft, desktop.KeySuperRight, desktop.KeyCapsLock:
		return true
	default:
		return false
	}
}

// Key does the command of a key (TypedKey) and says whether there was one. inText
// is whether the text of the article has the focus.
func (k *Keyboard) Key(ev *fyne.KeyEvent, mods fyne.KeyModifier, inText bool) bool {
	again := k.again(ev.Name)
	k.consumed, k.stray = false, ""
	if k.altGr && k.table.system != Mac {
		return false // a character is being typed
	}
	name := ev.Name
	if name == fyne.KeyUnknown {
		name = k.Scan.letter(ev.Physical.ScanCode)
	}
	k.consumed = k.press(Shortcut{Key: name, Mods: mods}, inText, again)
	if !k.consumed && !again && inText && mods == 0 && len(name) == 1 && name[0] >= '0' && name[0] <= '9' {
		k.stray = string(name)
	}
	return k.consumed
}

// Char does the command of a character (TypedRune).
func (k *Keyboard) Char(r rune, inText bool) bool {
	if k.consumed {
		k.consumed = false
		return false
	}
	digit := k.stray
	k.stray = ""
	if k.press(Shortcut{Char: r}, inText, k.repeated) {
		return true
	}
	if digit == "" || k.table.Stray == nil {
		return false
	}
	k.table.Stray(digit)
	return true
}

// Consumed says whether the character that comes now belongs to a press that was a
// command. A field that the command moved the keyboard into asks, so that the "n" of
// the note does not begin it.
func (k *Keyboard) Consumed() bool {
	was := k.consumed
	k.consumed = false
	return was
}

// Letter takes a press that is no command for the text, e.g. a letter of a hint, and
// says which Latin letter the key is, "" for none; "" too for repeats of a held key.
func (k *Keyboard) Letter(ev *fyne.KeyEvent) fyne.KeyName {
	again := k.again(ev.Name)
	k.consumed = true
	if again {
		return ""
	}
	if ev.Name == fyne.KeyUnknown {
		return k.Scan.letter(ev.Physical.ScanCode)
	}
	return ev.Name
}

// Shortcut does the command of a key with Ctrl or Command (TypedShortcut).
func (k *Keyboard) Shortcut(s fyne.Shortcut, inText bool) bool {
	keyed, ok := s.(fyne.KeyboardShortcut)
	if !ok {
		return false
	}
	again := k.again(keyed.Key())
	k.consumed = k.press(Shortcut{Key: keyed.Key(), Mods: keyed.Mod()}, inText, again)
	return k.consumed
}

// Resolve finds the command of a shortcut.
func (k *Keyboard) Resolve(s Shortcut, inText bool) (id string, ok bool) {
	if s.TextOnly() && !inText {
		return "", false
	}
	for _, c := range k.table.Commands() {
		if !c.ByText && slices.Contains(k.table.keysFor(c), s) {
			return c.ID, true
		}
	}
	return "", false
}

func (k *Keyboard) press(s Shortcut, inText, again bool) bool {
	id, ok := k.Resolve(s, inText)
	if !ok {
		return false
	}
	if c, _ := k.table.Command(id); again && !c.Repeats {
		return true // held: it was done when the key went down
	}
	if t := k.table; !t.Run(id) && t.Bound(id) && !t.Enabled(id) && t.Idle != nil {
		t.Idle(id)
	}
	return true
}

// again says whether a typed key is a repeat of one that is held.
func (k *Keyboard) again(name fyne.KeyName) bool {
	k.repeated = k.held[name] && !k.fresh
	k.fresh = false
	return k.repeated
}

// againFromMenu says the same of a menu's shortcut, whose key is not told.
func (k *Keyboard) againFromMenu() bool {
	again := len(k.held) > 0 && !k.fresh
	k.fresh = false
	return again
}
