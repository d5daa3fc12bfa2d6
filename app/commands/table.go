package commands

import (
	"slices"

	"fyne.io/fyne/v2"
)

// Label is what the table knows of a label of the schema.
type Label struct {
	ID     string
	Title  string
	Hotkey string // "1".."9", "0", a letter, or ""
}

// LabelID is the id of the command that gives a label; LabelID and ArmID use the
// hotkey, and the label's own id when it has none.
func LabelID(l Label) string { return "label." + l.key() }

// ArmID is the id of the command that arms a label.
func ArmID(l Label) string { return "arm." + l.key() }

func (l Label) key() string {
	if l.Hotkey != "" {
		return l.Hotkey
	}
	return l.ID
}

type binding struct {
	run     func()
	enabled func() bool
	title   string // instead of the command's, "" = the command's
	checked bool
}

// Table is the commands on one system, with what the shell bound to them. It is
// for the window's goroutine only.
type Table struct {
	system   System
	fixed    []Command
	labels   []Command
	bindings map[string]*binding
	board    *Keyboard
	menu     *fyne.MainMenu
	items    map[string]*fyne.MenuItem
	children map[string]*fyne.Menu

	set       Set
	own       Keymap          // what a person changed in the set
	keymap    Keymap          // both together
	installed []fyne.Shortcut // on the canvas

	// Focused returns the text field that has the focus, nil if none has: Field
	// commands are passed on to it. The shell sets it.
	Focused func() fyne.Shortcutable
	// Modal says whether something lies over the window that must be closed first:
	// nothing is done then. The shell sets it.
	Modal func() bool
	// Over is what the keys of “Done, next article” do while something lies over the
	// window: a dialog presses its primary button. May be nil.
	Over func()
	// Through does a command for what lies over the window, and says whether it did;
	// nil: nothing is done there.
	Through func(id string) bool
	// Idle hears of a command whose key was pressed though it cannot be done now. May
	// be nil.
	Idle func(id string)
	// Stray hears of a digit that was pressed in the text and is no command: no label
	// has it. May be nil.
	Stray func(digit string)
}

// NewTable makes the table for a system.
func NewTable(system System) *Table {
	t := &Table{system: system, fixed: list(), bindings: map[string]*binding{}, children: map[string]*fyne.Menu{}}
	t.SetKeymap("", nil)
	t.board = &Keyboard{table: t, held: map[fyne.KeyName]bool{}}
	return t
}

// System is the system whose keys the table has.
func (t *Table) System() System { return t.system }

// Keyboard turns key events into commands.
func (t *Table) Keyboard() *Keyboard { return t.board }

// Commands lists every command: labels where tagging is, all else in the order of
// the menus.
func (t *Table) Commands() []Command {
	at := slices.IndexFunc(t.fixed, func(c Command) bool { return c.ID == LabelPick })
	return slices.Insert(slices.Clone(t.fixed), at, t.labels...)
}

// Command finds a command by id, under the title it has now.
func (t *Table) Command(id string) (Command, bool) {
	for _, list := range [][]Command{t.fixed, t.labels} {
		for _, c := range list {
			if c.ID == id {
				c.Title = t.Title(c)
				return c, true
			}
		}
	}
	return Command{}, false
}

// Keys lists the shortcuts of a command on this system. Letters that a label has
// as its hotkey are not among those of other commands.
func (t *Table) Keys(id string) []Shortcut {
	c, ok := t.Command(id)
	if !ok {
		return nil
	}
	return t.keysFor(c)
}

func (t *Table) keysFor(c Command) []Shortcut {
	keys := t.keysOf(c)
	if c.label {
		return keys
	}
	return slices.DeleteFunc(keys, func(s Shortcut) bool {
		return s.Mods == 0 && slices.ContainsFunc(t.labels, func(l Command) bool {
			return slices.Contains(t.keysOf(l), s)
		})
	})
}

// SetLabels makes the commands that give and arm the labels of the schema. Labels
// with a digit are armed by Shift and the digit; all can be armed by LabelArm.
// A letter that a label has as hotkey wins over a command's.
func (t *Table) SetLabels(labels []Label, give, arm func(label string), enabled func() bool) {
	for _, c := range t.labels {
		delete(t.bindings, c.ID)
	}
	t.labels = nil
	for _, l := range labels {
		command := Command{ID: LabelID(l), Title: "Tag as " + l.Title, Group: "Tagging", label: true}
		armed := Command{ID: ArmID(l), Title: "Arm " + l.Title, Group: "Tagging", label: true}
		if k := fyne.KeyName(upper(l.Hotkey)); k != "" {
			command.Keys = keys(key(k))
			if k[0] >= '0' && k[0] <= '9' {
				armed.Keys = keys(shift(k))
			}
		}
		t.labels = append(t.labels, command, armed)
		t.Bind(command.ID, func() { give(l.ID) }, enabled)
		t.Bind(armed.ID, func() { arm(l.ID) }, enabled)
	}
}

func upper(hotkey string) string {
	if len(hotkey) == 1 && hotkey[0] >= 'a' && hotkey[0] <= 'z' {
		return string(hotkey[0] - 'a' + 'A')
	}
	return hotkey
}

// Bind says what a command does; enabled says when it can be done, nil = always.
func (t *Table) Bind(id string, run func(), enabled func() bool) {
	b := t.binding(id)
	b.run, b.enabled = run, enabled
}

func (t *Table) binding(id string) *binding {
	b := t.bindings[id]
	if b == nil {
		b = &binding{}
		t.bindings[id] = b
	}
	return b
}

// Bound says whether a command does anything.
func (t *Table) Bound(id string) bool {
	b := t.bindings[id]
	return b != nil && b.run != nil
}

// Enabled says whether a command can be done now.
func (t *Table) Enabled(id string) bool {
	return t.Bound(id) && (t.bindings[id].enabled == nil || t.bindings[id].enabled())
}

// Run does a command, if it can be done now, and says whether it was done.
func (t *Table) Run(id string) bool {
	if t.Modal != nil && t.Modal() {
		return t.Through != nil && t.Through(id)
	}
	if !t.Enabled(id) {
		return false
	}
	t.bindings[id].run()
	return true
}

// SetTitle names a command for now, as "Undo Tag “Berlin” as Actor"; "" gives it
// its own title back.
func (t *Table) SetTitle(id, title string) { t.binding(id).title = title }

// SetChecked puts a mark before a command in its menu.
func (t *Table) SetChecked(id string, checked bool) { t.binding(id).checked = checked }

// SetChildren gives a command of a menu a menu of its own (recent projects, what
// selections snap to).
func (t *Table) SetChildren(id string, menu *fyne.Menu) { t.children[id] = menu }

// Title is what a command is called now.
func (t *Table) Title(c Command) string {
	if b := t.bindings[c.ID]; b != nil && b.title != "" {
		return b.title
	}
	return c.Title
}
