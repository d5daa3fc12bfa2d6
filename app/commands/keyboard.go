package commands

import (
	"slices"
	"unicode"

	"fyne.io/fyne/v2"
)

// Event is one press of a key as the text view hands it on; textview.Key converts
// to it. A key that types a character comes as the character alone.
type Event struct {
	Name     fyne.KeyName // "" if Rune is set
	Rune     rune         // a typed character, or 0
	Mods     fyne.KeyModifier
	ScanCode int  // of the physical key, 0 if unknown
	Repeat   bool // the key is held
}

// Keyboard turns presses of keys into commands.
//
// Digits are the keys of the digit row, whatever the layout types there: "&" on a
// French keyboard, "+" on a Czech one. Only brackets and braces are always
// themselves, because German and other layouts type them with AltGr and a digit.
// Letters are where the layout has them; on a layout without Latin letters, where
// a US keyboard has them.
type Keyboard struct {
	table *Table
	// Scan is what scan codes count in. Without it digits are those that are typed.
	Scan ScanCodes
}

// Press does the command of a key and says whether there was one. inText is
// whether the text of the article has the focus. Of a held key only commands that
// repeat are done again.
func (k *Keyboard) Press(e Event, inText bool) bool {
	s := k.shortcut(e)
	id, ok := k.Resolve(s, inText)
	if !ok {
		return false
	}
	if c, _ := k.table.Command(id); !e.Repeat || c.Repeats {
		k.table.Run(id)
	}
	return true
}

// shortcut says which shortcut a press is.
func (k *Keyboard) shortcut(e Event) Shortcut {
	if e.Rune == 0 {
		return Shortcut{Key: e.Name, Mods: e.Mods}
	}
	shifted := e.Mods & fyne.KeyModifierShift
	switch r := e.Rune; {
	case r == '[' || r == ']' || r == '{' || r == '}':
		return Shortcut{Char: r}
	case k.Scan.digit(e.ScanCode) != "":
		return Shortcut{Key: k.Scan.digit(e.ScanCode), Mods: shifted}
	case r >= '0' && r <= '9': // the keypad, or a keyboard of unknown numbering
		return Shortcut{Key: fyne.KeyName(r), Mods: shifted}
	case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z':
		return Shortcut{Key: fyne.KeyName(unicode.ToUpper(r)), Mods: shifted}
	case unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) && k.Scan.letter(e.ScanCode) != "":
		return Shortcut{Key: k.Scan.letter(e.ScanCode), Mods: shifted}
	default:
		return Shortcut{Char: r}
	}
}

// Resolve finds the command of a shortcut.
func (k *Keyboard) Resolve(s Shortcut, inText bool) (id string, ok bool) {
	if s.TextOnly() && !inText {
		return "", false
	}
	for _, c := range k.table.Commands() {
		if !c.ByText && slices.Contains(k.table.Keys(c.ID), s) {
			return c.ID, true
		}
	}
	return "", false
}
