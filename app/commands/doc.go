// Package commands is the one table of everything that can be done in the
// window: what it is called, where it stands in the menus, and its keys on each
// system. Menus, the command palette, the shortcut sheet, docs/shortcuts.md and
// the keyboard all read it; nothing else names a key.
//
// A command has an id ("span.note"), a title and shortcuts. A shortcut is a key
// by name (a letter where the layout has it, a digit where the keyboard has it)
// or a character ("[" wherever it is typed), with modifiers. Mod stands for Ctrl,
// and for Command on a Mac. Single keys act only while the text of the article has
// the focus.
//
// The package knows no screen: the shell says with Bind what a command does and
// when it can be done. It imports Fyne's names of keys and menus, and nothing of
// ours.
package commands
