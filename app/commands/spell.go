package commands

import (
	"strings"

	"fyne.io/fyne/v2"
)

// Spell is how a shortcut is shown in the window: "Ctrl ⇧P", on a Mac "⇧⌘P".
// The shortcut is one of Table.Keys.
func Spell(s Shortcut, system System) string {
	if s.Char != 0 {
		return string(s.Char)
	}
	glyphs := map[fyne.KeyName]string{
		fyne.KeyReturn: "⏎", fyne.KeyEnter: "⏎", fyne.KeyTab: "Tab", fyne.KeyEscape: "Esc", fyne.KeyBackspace: "⌫",
		fyne.KeyUp: "↑", fyne.KeyDown: "↓", fyne.KeyLeft: "←", fyne.KeyRight: "→",
		fyne.KeyPageUp: "PgUp", fyne.KeyPageDown: "PgDn", fyne.KeyDelete: "Del", fyne.KeyMinus: "−",
	}
	name, ok := glyphs[s.Key]
	if !ok {
		name = string(s.Key)
	}
	if system == Mac {
		return macMods(s.Mods) + name
	}
	return strings.Replace(mods(s.Mods, "⇧", " "), "⇧ ", "⇧", 1) + name
}

// SpellWords is how a shortcut is written in text: "Ctrl+Shift+P".
func SpellWords(s Shortcut, system System) string {
	if s.Char != 0 {
		return string(s.Char)
	}
	words := map[fyne.KeyName]string{
		fyne.KeyReturn: "Enter", fyne.KeyEnter: "Enter (keypad)", fyne.KeyEscape: "Esc", fyne.KeyBackspace: "Backspace",
		fyne.KeyPageUp: "Page Up", fyne.KeyPageDown: "Page Down",
	}
	name, ok := words[s.Key]
	if !ok {
		name = string(s.Key)
	}
	if system == Mac {
		return macMods(s.Mods) + name
	}
	return mods(s.Mods, "Shift", "+") + name
}

func mods(m fyne.KeyModifier, shift, between string) string {
	var parts []string
	if m&fyne.KeyModifierControl != 0 {
		parts = append(parts, "Ctrl")
	}
	if m&fyne.KeyModifierAlt != 0 {
		parts = append(parts, "Alt")
	}
	if m&fyne.KeyModifierShift != 0 {
		parts = append(parts, shift)
	}
	return strings.Join(append(parts, ""), between)
}

// macMods writes modifiers in the order that Apple's menus have.
func macMods(m fyne.KeyModifier) string {
	var b strings.Builder
	for _, p := range []struct {
		mod   fyne.KeyModifier
		glyph string
	}{{fyne.KeyModifierControl, "⌃"}, {fyne.KeyModifierAlt, "⌥"}, {fyne.KeyModifierShift, "⇧"}, {fyne.KeyModifierSuper, "⌘"}} {
		if m&p.mod != 0 {
			b.WriteString(p.glyph)
		}
	}
	return b.String()
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
