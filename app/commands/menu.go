package commands

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// MainMenu is the menu bar of the table. Refresh brings its titles, marks and
// disabled items up to date.
func (t *Table) MainMenu() *fyne.MainMenu {
	t.items = map[string]*fyne.MenuItem{}
	var bar []*fyne.Menu
	for _, name := range Menus {
		menu := fyne.NewMenu(string(name))
		for _, c := range t.fixed {
			if c.Menu != name || t.system == Mac && c.ID == FileQuit { // the menu Lede has it
				continue
			}
			item := t.item(c)
			t.items[c.ID] = item
			menu.Items = append(menu.Items, item)
			if c.EndsSection {
				menu.Items = append(menu.Items, fyne.NewMenuItemSeparator())
			}
		}
		if last := len(menu.Items) - 1; last >= 0 && menu.Items[last].IsSeparator {
			menu.Items = menu.Items[:last]
		}
		bar = append(bar, menu)
	}
	t.menu = fyne.NewMainMenu(bar...)
	t.update()
	return t.menu
}

func (t *Table) item(c Command) *fyne.MenuItem {
	item := fyne.NewMenuItem(c.Title, func() { t.fromMenu(c) })
	item.IsQuit = c.ID == FileQuit
	item.ChildMenu = t.children[c.ID]
	if keys := t.Keys(c.ID); len(keys) > 0 && t.shows(keys[0]) {
		item.Shortcut = t.menuShortcut(keys[0], c.Once)
	}
	return item
}

// menuShortcut is what a menu item shows and, unless it is of a Once command, is done by:
// the menu bar takes its shortcuts from fields as well, where nobody tells it of held
// keys. On a Mac the system writes the keys, and an item cannot only show one.
func (t *Table) menuShortcut(s Shortcut, once bool) fyne.Shortcut {
	does := fyneShortcut(s)
	switch {
	case t.system != Mac:
		return spelt{does, s, once}
	case once:
		return nil
	}
	return does
}

// spelt is a shortcut whose key is called in a menu what it is called everywhere. Fyne
// tells shortcuts apart by ShortcutName, and takes from Key and Mod what it writes.
type spelt struct {
	fyne.Shortcut
	keys Shortcut
	only bool // it shows, and does nothing
}

// Key is what the menu calls the key.
func (s spelt) Key() fyne.KeyName {
	if s.keys.Char != 0 {
		return fyne.KeyName(s.keys.Char)
	}
	return fyne.KeyName(keyName(s.keys.Key))
}

// Mod is the modifiers that the menu writes before the key.
func (s spelt) Mod() fyne.KeyModifier { return s.keys.Mods }

// ShortcutName is that of no key that can be pressed if it only shows.
func (s spelt) ShortcutName() string {
	if s.only {
		return "shown only"
	}
	return s.Shortcut.ShortcutName()
}

// label is what a menu item says, on a Mac with the key of a Once command.
func (t *Table) label(c Command) string {
	if t.system == Mac && c.ID == Preferences {
		// Fyne 2.8 moves “Preferences…” to the menu Lede, with one more line above it
		// each time that the menu bar is brought up to date.
		return "Lede preferences…"
	}
	if keys := t.Keys(c.ID); t.system == Mac && c.Once && len(keys) > 0 {
		return t.Title(c) + "   " + SpellWords(keys[0], t.system)
	}
	return t.Title(c)
}

// shows says whether a menu may show a shortcut. On a Mac the menu bar would take
// single keys from every text field; elsewhere showing them takes nothing.
func (t *Table) shows(s Shortcut) bool {
	return t.system != Mac || !s.TextOnly() && s.Mods != 0
}

// fyneShortcut is the shortcut as Fyne compares it.
func fyneShortcut(s Shortcut) fyne.Shortcut {
	if s.Char != 0 {
		return &desktop.CustomShortcut{KeyName: fyne.KeyName(s.Char)}
	}
	if s.Mods == fyne.KeyModifierShortcutDefault {
		switch s.Key {
		case fyne.KeyZ:
			return &fyne.ShortcutUndo{}
		case fyne.KeyY:
			return &fyne.ShortcutRedo{}
		case fyne.KeyC:
			return &fyne.ShortcutCopy{}
		case fyne.KeyA:
			return &fyne.ShortcutSelectAll{}
		default:
		}
	}
	return &desktop.CustomShortcut{KeyName: s.Key, Modifier: s.Mods}
}

// fromMenu does what a menu item or its shortcut asks for.
func (t *Table) fromMenu(c Command) {
	if t.inField(c) {
		return
	}
	// The menu bar gets its shortcuts before the focused text does, again and again
	// while the key is held.
	if again := t.board.againFromMenu(); again && !c.Repeats {
		return
	}
	t.Run(c.ID)
}

// inField passes a Field command on to the text field that has the focus.
func (t *Table) inField(c Command) bool {
	if !c.Field || t.Focused == nil {
		return false
	}
	field := t.Focused()
	if field == nil {
		return false
	}
	var s fyne.Shortcut
	switch c.ID {
	case EditUndo:
		s = &fyne.ShortcutUndo{}
	case EditRedo:
		s = &fyne.ShortcutRedo{}
	case EditCopy:
		s = &fyne.ShortcutCopy{Clipboard: fyne.CurrentApp().Clipboard()}
	case EditSelectAll:
		s = &fyne.ShortcutSelectAll{}
	}
	field.TypedShortcut(s)
	return true
}

// Refresh brings the menu bar up to date; it does nothing when nothing changed.
func (t *Table) Refresh() {
	if t.menu != nil && t.update() {
		t.menu.Refresh()
	}
}

func (t *Table) update() bool {
	changed := false
	for _, c := range t.fixed {
		item := t.items[c.ID]
		if item == nil {
			continue
		}
		b := t.binding(c.ID)
		title, disabled, child := t.label(c), !t.Enabled(c.ID), t.children[c.ID]
		if child != nil {
			disabled = len(child.Items) == 0
		}
		if item.Label != title || item.Disabled != disabled || item.Checked != b.checked || item.ChildMenu != child {
			changed = true
			item.Label, item.Disabled, item.Checked, item.ChildMenu = title, disabled, b.checked, child
		}
	}
	return changed
}

// Install makes a canvas do the commands by their keys with Ctrl or Command,
// whatever has the focus. Single keys come by way of the focused text.
func (t *Table) Install(c fyne.Canvas) {
	t.installed = nil
	for _, command := range t.fixed {
		if command.ByText {
			continue
		}
		for _, s := range t.Keys(command.ID) {
			if s.Mods&^fyne.KeyModifierShift != 0 {
				t.installed = append(t.installed, fyneShortcut(s))
				c.AddShortcut(fyneShortcut(s), func(fyne.Shortcut) {
					if !t.Run(command.ID) && command.ID == DoneNext && t.Over != nil && t.Modal != nil && t.Modal() {
						t.Over()
					}
				})
			}
		}
	}
}
