package commands

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// namedKeys are the keys that have a name rather than a character, as key maps
// write them.
var namedKeys = []fyne.KeyName{
	fyne.KeyEscape, fyne.KeyReturn, fyne.KeyEnter, fyne.KeyTab, fyne.KeyBackspace, fyne.KeyInsert, fyne.KeyDelete,
	fyne.KeySpace, fyne.KeyRight, fyne.KeyLeft, fyne.KeyDown, fyne.KeyUp, fyne.KeyPageUp, fyne.KeyPageDown,
	fyne.KeyHome, fyne.KeyEnd, fyne.KeyF1, fyne.KeyF2, fyne.KeyF3, fyne.KeyF4, fyne.KeyF5, fyne.KeyF6, fyne.KeyF7,
	fyne.KeyF8, fyne.KeyF9, fyne.KeyF10, fyne.KeyF11, fyne.KeyF12,
}

// keyWords are names that people know better than Fyne's.
var keyWords = map[fyne.KeyName]string{
	fyne.KeyReturn: "Enter", fyne.KeyEnter: "KeypadEnter", fyne.KeyEscape: "Esc", fyne.KeyBackspace: "Backspace",
	fyne.KeyPageUp: "PageUp", fyne.KeyPageDown: "PageDown",
}

func keyWord(k fyne.KeyName) string {
	if w, ok := keyWords[k]; ok {
		return w
	}
	return string(k)
}

// modWords are the modifiers as key maps write them, in their order. Mod is Ctrl,
// and Command on a Mac.
var modWords = []struct {
	mod  fyne.KeyModifier
	word string
}{
	{Mod, "Mod"}, {fyne.KeyModifierControl, "Ctrl"}, {fyne.KeyModifierAlt, "Alt"}, {fyne.KeyModifierShift, "Shift"}, {fyne.KeyModifierSuper, "Super"},
}

// String is the shortcut as key maps write it: "Mod+Shift+P", "F7", "[".
// ParseShortcut reads it back.
func (s Shortcut) String() string {
	if s.Char != 0 {
		return string(s.Char)
	}
	var b strings.Builder
	for _, m := range modWords {
		if s.Mods&m.mod != 0 {
			b.WriteString(m.word + "+")
		}
	}
	return b.String() + keyWord(s.Key)
}

// ParseShortcut reads a shortcut as String writes it. Letters and digits are keys;
// any other character by itself is a character, wherever the layout has it.
func ParseShortcut(text string) (Shortcut, error) {
	var s Shortcut
	rest := text
	for {
		word, after, found := strings.Cut(rest, "+")
		mod := modNamed(word)
		if !found || mod == 0 || after == "" {
			break
		}
		s.Mods |= mod
		rest = after
	}
	for _, k := range namedKeys {
		if strings.EqualFold(rest, keyWord(k)) {
			s.Key = k
			return s, nil
		}
	}
	r, size := utf8.DecodeRuneInString(rest)
	switch {
	case size == 0 || size < len(rest) || !unicode.IsGraphic(r) || unicode.IsSpace(r):
		return Shortcut{}, fmt.Errorf("%q is not a key; write it like Mod+Shift+P, F7 or [", short(text))
	case latin(r):
		s.Key = fyne.KeyName(strings.ToUpper(rest))
	case s.Mods == 0:
		s.Char = r
	default:
		s.Key = fyne.KeyName(rest)
	}
	return s, nil
}

func modNamed(word string) fyne.KeyModifier {
	for _, m := range modWords {
		if strings.EqualFold(m.word, word) {
			return m.mod
		}
	}
	return 0
}

// latin tells the characters that are keys of their own: the letters of a Latin
// keyboard without accents, and the digits.
func latin(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
}

// Pressed is the shortcut of a key that goes down with the modifiers that are held,
// as a key map keeps it: with Mod for Ctrl, or Command on a Mac. It is false for a
// key that only says who it is by the character it types, and for modifiers.
func Pressed(name fyne.KeyName, held fyne.KeyModifier, system System) (Shortcut, bool) {
	if modifierKey(name) || name == fyne.KeyUnknown || name == desktop.KeyMenu || name == desktop.KeyPrintScreen {
		return Shortcut{}, false
	}
	main := fyne.KeyModifierControl
	if system == Mac {
		main = fyne.KeyModifierSuper
	}
	s := Shortcut{Key: name, Mods: held}
	if held&main != 0 {
		s.Mods = held&^main | Mod
	}
	r, size := utf8.DecodeRuneInString(string(name))
	if size == len(name) && !latin(r) && s.Mods&^fyne.KeyModifierShift == 0 {
		return Shortcut{}, false // where the layout has it: the character tells
	}
	return s, true
}

// Typed is the shortcut of a character.
func Typed(r rune) (Shortcut, bool) {
	if latin(r) || unicode.IsSpace(r) || !unicode.IsGraphic(r) {
		return Shortcut{}, false
	}
	return Shortcut{Char: r}, true
}
