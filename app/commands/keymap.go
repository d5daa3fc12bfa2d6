package commands

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"fyne.io/fyne/v2"
)

// Keymap is what somebody chose instead of the table's shortcuts: the shortcuts of
// commands by their ids. A command that it does not name keeps its own; an empty
// list takes them away. Shortcuts have Mod for Ctrl or Command, so that a key map
// can be carried from one system to another.
type Keymap map[string][]Shortcut

// Words is the key map as it is written in files, by Shortcut.String.
func (m Keymap) Words() map[string][]string {
	words := map[string][]string{}
	for id, keys := range m {
		words[id] = []string{}
		for _, k := range keys {
			words[id] = append(words[id], k.String())
		}
	}
	return words
}

// ParseKeymap reads a key map as Words writes it. The key map has everything that
// could be understood; the error names all else.
func ParseKeymap(words map[string][]string) (Keymap, error) {
	m := Keymap{}
	var wrong []error
	for _, id := range slices.Sorted(maps.Keys(words)) {
		if !Changeable(id) {
			wrong = append(wrong, notChangeable(id))
			continue
		}
		keys := []Shortcut{}
		for _, w := range words[id] {
			k, err := ParseShortcut(w)
			if err == nil && k == key(fyne.KeyEscape) {
				err = errors.New("the key Esc always leads back to the text")
			}
			if err != nil {
				wrong = append(wrong, fmt.Errorf("%s: %w", id, err))
				continue
			}
			if !slices.Contains(keys, k) {
				keys = append(keys, k)
			}
		}
		if len(keys) > 0 || len(words[id]) == 0 {
			m[id] = keys
		}
	}
	const told = 3
	if n := len(wrong) - told; n > 0 {
		wrong = append(wrong[:told], fmt.Errorf("and %d more", n))
	}
	return m, errors.Join(wrong...)
}

func notChangeable(id string) error {
	if _, there := ids()[id]; there {
		return fmt.Errorf("the keys of %q cannot be changed", id)
	}
	return fmt.Errorf("there is no command %q", short(id))
}

// short is a name as an error shows it.
func short(name string) string {
	const most = 40
	if r := []rune(name); len(r) > most {
		return string(r[:most]) + "…"
	}
	return name
}

// ids are the commands of the table, and whether the text does them itself.
var ids = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, c := range list() {
		m[c.ID] = c.ByText
	}
	return m
})

// known tells ids of commands that can have other keys. Labels are known by their
// hotkey in the schema, so that a key map holds for every project.
func known(id string) bool {
	if byText, ok := ids()[id]; ok {
		return !byText
	}
	kind, hotkey, _ := strings.Cut(id, ".")
	return (kind == "label" || kind == "arm") && utf8.RuneCountInString(hotkey) == 1
}

// LabelKey is the key of a label with that hotkey in the schema, as the window
// shows it, "" for none.
func (t *Table) LabelKey(hotkey string) string {
	keys, chosen := t.keymap["label."+hotkey]
	switch {
	case !chosen || hotkey == "":
		return hotkey
	case len(keys) == 0:
		return ""
	}
	return Spell(keys[0].On(t.system), t.system)
}

// keymapFile is a key map in a file of its own.
type keymapFile struct {
	Format string              `json:"format"`
	Set    string              `json:"set"`
	Keys   map[string][]string `json:"keys"`
}

const keymapFormat = "lede-keys-1"

// WriteKeymap is a file that holds a set of keys by its name and what was changed
// in it.
func WriteKeymap(set string, own Keymap) ([]byte, error) {
	raw, err := json.MarshalIndent(keymapFile{keymapFormat, SetNamed(set).Name, own.Words()}, "", "  ")
	return append(raw, '\n'), err
}

// ReadKeymap reads what WriteKeymap wrote. An error leaves everything as it is: a
// key map that is half understood would be worse than none.
func ReadKeymap(raw []byte) (set string, own Keymap, err error) {
	var f keymapFile
	if err := json.Unmarshal(raw, &f); err != nil {
		return "", nil, fmt.Errorf("this is no key map: %w", err)
	}
	if f.Format != keymapFormat {
		return "", nil, fmt.Errorf("this is no key map of Lede: its first line should be \"format\": %q", keymapFormat)
	}
	if !slices.ContainsFunc(Sets, func(s Set) bool { return s.Name == f.Set }) {
		return "", nil, fmt.Errorf("there is no set of keys called %q", f.Set)
	}
	own, err = ParseKeymap(f.Keys)
	if err != nil {
		return "", nil, err
	}
	return f.Set, own, nil
}

// SetKeymap takes a set of keys, by its name, and what a person changed in it. The
// menu bar and the canvas have to be told: Rebind.
func (t *Table) SetKeymap(set string, own Keymap) {
	t.set, t.own = SetNamed(set), maps.Clone(own)
	if t.own == nil {
		t.own = Keymap{}
	}
	t.keymap = Keymap{}
	maps.Copy(t.keymap, t.set.Keys)
	for id, keys := range t.own {
		for _, k := range keys {
			t.yield(k)
		}
		t.keymap[id] = keys
	}
}

// yield takes a key that a person gave to some command away from those that have
// it by the set only.
func (t *Table) yield(s Shortcut) {
	for _, c := range t.fixed {
		if _, own := t.own[c.ID]; own || !Changeable(c.ID) {
			continue
		}
		if slices.Contains(t.keysOf(c), s.On(t.system)) {
			t.keymap[c.ID] = without(t.Chosen(c.ID), s, t.system)
		}
	}
	for id, keys := range t.set.Keys { // labels, which are known only while a project is open
		if _, own := t.own[id]; !own && slices.Contains(keys, s) {
			t.keymap[id] = without(t.keymap[id], s, t.system)
		}
	}
}

// Keymap is the name of the set of keys in use, and what was changed in it.
func (t *Table) Keymap() (set string, own Keymap) { return t.set.Name, maps.Clone(t.own) }

// Give makes a shortcut one of a command's, and no other's.
func (t *Table) Give(id string, s Shortcut) {
	own := maps.Clone(t.own)
	for other := t.Owner(s); other != "" && other != id && Changeable(other); other = t.Owner(s) {
		own[other] = without(t.Chosen(other), s, t.system)
		t.SetKeymap(t.set.Name, own)
	}
	own[id] = append(without(t.Chosen(id), s, t.system), s)
	t.SetKeymap(t.set.Name, own)
}

// Take takes a shortcut away from a command.
func (t *Table) Take(id string, s Shortcut) {
	own := maps.Clone(t.own)
	own[id] = without(t.Chosen(id), s, t.system)
	t.SetKeymap(t.set.Name, own)
}

// Restore gives a command the shortcuts of the set back.
func (t *Table) Restore(id string) {
	own := maps.Clone(t.own)
	delete(own, id)
	t.SetKeymap(t.set.Name, Keymap{})
	for _, s := range t.Chosen(id) {
		for other, keys := range own {
			own[other] = without(keys, s, t.system)
		}
	}
	t.SetKeymap(t.set.Name, own)
}

// Changed says whether a command has other shortcuts than in the set.
func (t *Table) Changed(id string) bool {
	_, changed := t.own[id]
	return changed
}

// Changeable says whether a command can have other shortcuts: what the text does
// itself, and Esc, cannot.
func Changeable(id string) bool { return id != Escape && known(id) }

func without(keys []Shortcut, s Shortcut, system System) []Shortcut {
	return slices.DeleteFunc(slices.Clone(keys), func(k Shortcut) bool { return k.On(system) == s.On(system) })
}

// keysOf are the shortcuts of a command on this system: those of the key map, or
// its own.
func (t *Table) keysOf(c Command) []Shortcut {
	keys, chosen := t.keymap[c.ID]
	if !chosen {
		return c.keysOn(t.system)
	}
	here := make([]Shortcut, len(keys))
	for i, k := range keys {
		here[i] = k.On(t.system)
	}
	return here
}

// Clash is a shortcut that several commands have, the one that gets it first.
type Clash struct {
	Shortcut Shortcut
	IDs      []string
}

// Clashes lists shortcuts that more than one command has. Letters that labels have
// as their hotkeys are no clash: they are known to win.
func (t *Table) Clashes() []Clash {
	owners := map[Shortcut][]string{}
	var order []Shortcut
	for _, c := range t.Commands() {
		for _, k := range t.keysFor(c) {
			if slices.Contains(owners[k], c.ID) {
				continue
			}
			if owners[k] == nil {
				order = append(order, k)
			}
			owners[k] = append(owners[k], c.ID)
		}
	}
	var clashes []Clash
	for _, k := range order {
		if len(owners[k]) > 1 {
			clashes = append(clashes, Clash{k, owners[k]})
		}
	}
	return clashes
}

// Owner is the command that has a shortcut, as key maps have it; "" for none.
// Commands that the text does itself are found too.
func (t *Table) Owner(s Shortcut) string {
	s = s.On(t.system)
	for _, c := range t.Commands() {
		if slices.Contains(t.keysFor(c), s) {
			return c.ID
		}
	}
	return ""
}

// Chosen are the shortcuts of a command as a key map has them, with Mod.
func (t *Table) Chosen(id string) []Shortcut {
	if keys, ok := t.keymap[id]; ok {
		return keys
	}
	c, ok := t.Command(id)
	if !ok {
		return nil
	}
	if t.system == Mac && c.MacKeys != nil {
		return c.MacKeys
	}
	return c.Keys
}

// Rebind makes the menu bar and a canvas anew after SetKeymap.
func (t *Table) Rebind(c fyne.Canvas) *fyne.MainMenu {
	for _, s := range t.installed {
		c.RemoveShortcut(s)
	}
	t.Install(c)
	return t.MainMenu()
}
