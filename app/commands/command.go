package commands

import "fyne.io/fyne/v2"

// Menu is the menu in which a command stands.
type Menu string

// The menus, in the order of Menus.
const (
	NoMenu   Menu = ""
	File     Menu = "File"
	Edit     Menu = "Edit"
	View     Menu = "View"
	Annotate Menu = "Annotate"
	Article  Menu = "Article"
	Project  Menu = "Project"
	Help     Menu = "Help"
)

// Menus lists the menus from left to right.
var Menus = []Menu{File, Edit, View, Annotate, Article, Project, Help}

// System is a system with its own habits of keys.
type System int

// The systems.
const (
	Linux System = iota
	Windows
	Mac
)

// Systems lists every system, with the names for people.
var Systems = []struct {
	System System
	Name   string
}{{Linux, "Linux"}, {Windows, "Windows"}, {Mac, "macOS"}}

// SystemOf is the system of a GOOS; what is neither Windows nor macOS has the
// habits of Linux.
func SystemOf(goos string) System {
	switch goos {
	case "windows":
		return Windows
	case "darwin", "ios":
		return Mac
	}
	return Linux
}

// Mod is Ctrl, and Command on a Mac. It stands only in the table: shortcuts of a
// Table for a system have the real modifier.
const Mod fyne.KeyModifier = 1 << 16

// Shortcut is one way to give a command by the keyboard: a key by name, or a
// character wherever the layout has it. One of Key and Char is set; a Char has no
// modifiers.
type Shortcut struct {
	Key  fyne.KeyName
	Char rune
	Mods fyne.KeyModifier
}

// TextOnly says whether the shortcut acts only while the text has the focus:
// single keys, with or without Shift, which mean something else in a text field.
// Function keys and Escape act everywhere.
func (s Shortcut) TextOnly() bool {
	if s.Char != 0 {
		return true
	}
	if s.Mods&^fyne.KeyModifierShift != 0 {
		return false
	}
	return !functionKey(s.Key) && s.Key != fyne.KeyEscape
}

func functionKey(k fyne.KeyName) bool {
	return len(k) > 1 && k[0] == 'F' && k[1] >= '1' && k[1] <= '9'
}

// On is the shortcut with the real modifier of a system.
func (s Shortcut) On(system System) Shortcut {
	if s.Mods&Mod == 0 {
		return s
	}
	s.Mods &^= Mod
	if system == Mac {
		s.Mods |= fyne.KeyModifierSuper
	} else {
		s.Mods |= fyne.KeyModifierControl
	}
	return s
}

// Command is one thing that can be done.
type Command struct {
	ID    string
	Title string // as menus and the palette show it; ends in … if it asks something first
	Help  string // a sentence for the shortcut sheet; may be ""
	Menu  Menu
	Group string // the heading under which the sheet has it

	Keys    []Shortcut // the first is the one shown in menus
	MacKeys []Shortcut // instead of Keys on a Mac; nil = the same

	// Repeats says that holding the key goes on doing it. All others happen once
	// for each time a key goes down.
	Repeats bool
	// Once commands must not be done twice by a key that is held a little long.
	Once bool
	// Field commands are passed on to the text field that has the focus, if one
	// has it: the field has its own copy and undo.
	Field bool
	// ByText commands are done by the text view itself. They are listed for people
	// and can be neither bound nor run.
	ByText bool
	// EndsSection puts a line below the command in its menu.
	EndsSection bool

	label bool // made from a label of the schema
}

// keysOn are the command's shortcuts on a system.
func (c Command) keysOn(system System) []Shortcut {
	keys := c.Keys
	if system == Mac && c.MacKeys != nil {
		keys = c.MacKeys
	}
	list := make([]Shortcut, len(keys))
	for i, k := range keys {
		list[i] = k.On(system)
	}
	return list
}

// Short forms in which the table is written.

func key(k fyne.KeyName) Shortcut      { return Shortcut{Key: k} }
func shift(k fyne.KeyName) Shortcut    { return Shortcut{Key: k, Mods: fyne.KeyModifierShift} }
func mod(k fyne.KeyName) Shortcut      { return Shortcut{Key: k, Mods: Mod} }
func modShift(k fyne.KeyName) Shortcut { return Shortcut{Key: k, Mods: Mod | fyne.KeyModifierShift} }
func char(r rune) Shortcut             { return Shortcut{Char: r} }
func keys(s ...Shortcut) []Shortcut    { return s }
