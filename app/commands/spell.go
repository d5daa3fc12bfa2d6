package commands

import (
	"strings"

	"fyne.io/fyne/v2"
)

// Spell is how people see a shortcut, in the window, in its menus and in the docs:
// "Ctrl+Shift+P". On a Mac the window shows it as Macs do: "⇧⌘P". The shortcut is one of
// Table.Keys.
func Spell(s Shortcut, system System) string {
	switch {
	case s.Char != 0:
		return string(s.Char)
	case system == Mac:
		return macMods(s.Mods) + named(s.Key, macGlyphs)
	}
	return mods(s.Mods) + keyName(s.Key)
}

// SpellWords is how a shortcut is written in text. It differs from Spell on a Mac alone,
// where signs stand for keys in the window: "⌘Enter" for "⌘⏎".
func SpellWords(s Shortcut, system System) string {
	if s.Char == 0 && system == Mac {
		return macMods(s.Mods) + named(s.Key, macWords)
	}
	return Spell(s, system)
}

// keyName is what a key is called on Linux and Windows: as keyboards have it. Both keys
// that say Enter are one.
func keyName(k fyne.KeyName) string { return named(k, keyNames) }

// What keys are called that are not called what Fyne calls them.
var (
	keyNames = map[fyne.KeyName]string{
		fyne.KeyReturn: "Enter", fyne.KeyEnter: "Enter", fyne.KeyEscape: "Esc", fyne.KeyBackspace: "Backspace", fyne.KeyDelete: "Del",
		fyne.KeyPageUp: "PgUp", fyne.KeyPageDown: "PgDn", fyne.KeyMinus: "−",
		fyne.KeyUp: "↑", fyne.KeyDown: "↓", fyne.KeyLeft: "←", fyne.KeyRight: "→",
	}
	macGlyphs = map[fyne.KeyName]string{
		fyne.KeyReturn: "⏎", fyne.KeyEnter: "⏎", fyne.KeyEscape: "Esc", fyne.KeyBackspace: "⌫", fyne.KeyDelete: "Del",
		fyne.KeyPageUp: "PgUp", fyne.KeyPageDown: "PgDn", fyne.KeyMinus: "−",
		fyne.KeyUp: "↑", fyne.KeyDown: "↓", fyne.KeyLeft: "←", fyne.KeyRight: "→",
	}
	macWords = map[fyne.KeyName]string{
		fyne.KeyReturn: "Enter", fyne.KeyEnter: "Enter (keypad)", fyne.KeyEscape: "Esc", fyne.KeyBackspace: "Backspace",
		fyne.KeyPageUp: "Page Up", fyne.KeyPageDown: "Page Down",
	}
)

func named(k fyne.KeyName, names map[fyne.KeyName]string) string {
	if name, ok := names[k]; ok {
		return name
	}
	return string(k)
}

// modifiers are in the order that menus have them, Apple's too, and what they are called.
var modifiers = []struct {
	mod         fyne.KeyModifier
	word, glyph string
}{
	{fyne.KeyModifierControl, "Ctrl+", "⌃"},
	{fyne.KeyModifierAlt, "Alt+", "⌥"},
	{fyne.KeyModifierShift, "Shift+", "⇧"},
	{fyne.KeyModifierSuper, "Super+", "⌘"},
}

// mods writes modifiers before a key.
func mods(m fyne.KeyModifier) (words string) {
	for _, p := range modifiers {
		if m&p.mod != 0 {
			words += p.word
		}
	}
	return words
}

// macMods writes them as Macs do.
func macMods(m fyne.KeyModifier) (glyphs string) {
	for _, p := range modifiers {
		if m&p.mod != 0 {
			glyphs += p.glyph
		}
	}
	return glyphs
}

// Held is how a key is called that is held while something else is pressed or clicked:
// "Shift", on a Mac "⇧".
func Held(m fyne.KeyModifier, system System) string {
	if system == Mac {
		return macMods(m)
	}
	return strings.TrimSuffix(mods(m), "+")
}

// Hint is the first shortcut of a command as the window shows it, "" for none.
func (t *Table) Hint(id string) string {
	keys := t.Keys(id)
	if len(keys) == 0 {
		return ""
	}
	return Spell(keys[0], t.system)
}

// Hints are all shortcuts of a command as the window shows them, each once.
func (t *Table) Hints(id string) []string {
	return spellAll(t.Keys(id), t.system, Spell)
}

func spellAll(keys []Shortcut, system System, spell func(Shortcut, System) string) []string {
	var spelt []string
	seen := map[string]bool{}
	for _, s := range keys {
		if words := spell(s, system); !seen[words] {
			seen[words] = true
			spelt = append(spelt, words)
		}
	}
	return spelt
}
