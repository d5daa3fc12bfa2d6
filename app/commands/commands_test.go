package commands

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

var update = flag.Bool("update", false, "write docs/shortcuts.md")

const page = "../../docs/shortcuts.md"

func TestShortcutsPageIsUpToDate(t *testing.T) {
	if *update {
		if err := os.WriteFile(page, []byte(Markdown()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != Markdown() {
		t.Errorf("docs/shortcuts.md differs from the table: go test ./app/commands -update")
	}
}

func news() []Label {
	return []Label{{"a", "Actor", "1"}, {"e", "Event", "2"}, {"q", "Quote", "3"}, {"x", "Ninth", "9"}, {"z", "Tenth", "0"}, {"n", "No key", ""}}
}

func withLabels(system System, labels []Label) (*Table, *[]string) {
	table, did := NewTable(system), &[]string{}
	for _, c := range table.Commands() {
		if !c.ByText {
			table.Bind(c.ID, func() { *did = append(*did, c.ID) }, nil)
		}
	}
	table.SetLabels(labels,
		func(id string) { *did = append(*did, "give "+id) },
		func(id string) { *did = append(*did, "arm "+id) }, nil)
	return table, did
}

func TestNoTwoCommandsShareAKey(t *testing.T) {
	for _, s := range Systems {
		table, _ := withLabels(s.System, news())
		owners := map[Shortcut]string{}
		for _, c := range table.Commands() {
			for _, k := range table.Keys(c.ID) {
				if other, taken := owners[k]; taken {
					t.Errorf("%s: %s is a key of %s and of %s", s.Name, SpellWords(k, s.System), other, c.ID)
				}
				owners[k] = c.ID
			}
		}
	}
}

// TestKeysThatAreEaten holds what systems and layouts take before a program sees
// it: such a key may stand in the table only beside a second one.
func TestKeysThatAreEaten(t *testing.T) {
	ctrl, sh, alt := fyne.KeyModifierControl, fyne.KeyModifierShift, fyne.KeyModifierAlt
	eaten := map[System][]Shortcut{
		Linux:   {{Key: "U", Mods: ctrl | sh}, {Key: "E", Mods: ctrl | sh}, {Key: fyne.KeySpace, Mods: ctrl}, {Key: fyne.KeyPeriod, Mods: ctrl}, {Key: fyne.KeySemicolon, Mods: ctrl}},
		Windows: {{Key: "0", Mods: ctrl | sh}, {Key: fyne.KeyEscape, Mods: ctrl}, {Key: fyne.KeyEscape, Mods: ctrl | sh}},
		Mac:     {{Key: fyne.KeyF1}, {Key: fyne.KeyF7}, {Key: fyne.KeyF8}, {Key: fyne.KeyF11}, {Key: "H", Mods: fyne.KeyModifierSuper}, {Key: "M", Mods: fyne.KeyModifierSuper}, {Key: fyne.KeySpace, Mods: fyne.KeyModifierSuper}, {Key: fyne.KeyTab, Mods: fyne.KeyModifierSuper}},
	}
	for _, s := range Systems {
		table := NewTable(s.System)
		for _, c := range table.Commands() {
			keys := table.Keys(c.ID)
			sure := slices.DeleteFunc(slices.Clone(keys), func(k Shortcut) bool {
				// Characters are hard to type, or on a digit key, on some layouts.
				return slices.Contains(eaten[s.System], k) || k.Char != 0
			})
			if len(keys) > 0 && len(sure) == 0 {
				t.Errorf("%s: all keys of %s may be eaten", s.Name, c.ID)
			}
			for _, k := range keys {
				if k.Mods&alt != 0 && !(c.ByText && s.System == Mac) {
					t.Errorf("%s: %s uses Alt, which types characters or moves windows", s.Name, c.ID)
				}
			}
		}
	}
}

func TestTableIsWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range list() {
		if seen[c.ID] {
			t.Errorf("%s stands in the table twice", c.ID)
		}
		seen[c.ID] = true
		if c.Title == "" || !slices.Contains(Groups, c.Group) {
			t.Errorf("%s has no title, or the group %q, which the sheet does not have", c.ID, c.Group)
		}
		if c.Menu != NoMenu && !slices.Contains(Menus, c.Menu) {
			t.Errorf("%s is in the menu %q, which is none", c.ID, c.Menu)
		}
	}
}

// press sends what Fyne sends of one press of a key: its name, then what it types.
func press(k *Keyboard, name fyne.KeyName, mods fyne.KeyModifier, typed rune) {
	ev := &fyne.KeyEvent{Name: name}
	k.Down(ev)
	k.Key(ev, mods, true)
	if typed != 0 {
		k.Char(typed, true)
	}
	k.Up(ev)
}

func TestOnePressIsOneCommand(t *testing.T) {
	altGr := &fyne.KeyEvent{Name: desktop.KeyAltRight}
	for name, c := range map[string]struct {
		press func(*Keyboard)
		want  []string
	}{
		"digit":                          {func(k *Keyboard) { press(k, "1", 0, '1') }, []string{"give a"}},
		"0":                              {func(k *Keyboard) { press(k, "0", 0, '0') }, []string{"give z"}},
		"digit of a French layout":       {func(k *Keyboard) { press(k, "2", 0, 'é') }, []string{"give e"}},
		"digit that types - (French)":    {func(k *Keyboard) { press(k, "9", 0, '-') }, []string{"give x"}},
		"digit that types + (Czech)":     {func(k *Keyboard) { press(k, "1", 0, '+') }, []string{"give a"}},
		"Shift+digit arms":               {func(k *Keyboard) { press(k, "3", fyne.KeyModifierShift, '#') }, []string{"arm q"}},
		"Shift+1 types + (Swiss)":        {func(k *Keyboard) { press(k, "1", fyne.KeyModifierShift, '+') }, []string{"arm a"}},
		"bracket":                        {func(k *Keyboard) { press(k, "[", 0, '[') }, []string{SpanStartOut}},
		"brace":                          {func(k *Keyboard) { press(k, "[", fyne.KeyModifierShift, '{') }, []string{SpanStartIn}},
		"letter":                         {func(k *Keyboard) { press(k, "N", 0, 'n') }, []string{SpanNote}},
		"letter without a command":       {func(k *Keyboard) { press(k, "Ö", 0, 'ö') }, nil},
		"plus on its own key (German)":   {func(k *Keyboard) { press(k, "+", 0, '+') }, []string{SpanAddPart}},
		"AltGr+8 types [ (German)":       {func(k *Keyboard) { k.Down(altGr); press(k, "9", 0, ']'); k.Up(altGr) }, []string{SpanEndOut}},
		"no letter, by place (Cyrillic)": {func(k *Keyboard) { pressScan(k, 0x31+8, 'т') }, []string{SpanNote}},
		"no letter of ours (German ü)":   {func(k *Keyboard) { pressScan(k, 0x1a+8, 'ü') }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			table, did := withLabels(Linux, news())
			table.Keyboard().Scan = X11Scan
			c.press(table.Keyboard())
			if !slices.Equal(*did, c.want) {
				t.Errorf("did %q, want %q", *did, c.want)
			}
		})
	}
}

func pressScan(k *Keyboard, scan int, typed rune) {
	ev := &fyne.KeyEvent{Physical: fyne.HardwareKey{ScanCode: scan}}
	k.Down(ev)
	k.Key(ev, 0, true)
	k.Char(typed, true)
	k.Up(ev)
}

func TestALetterForTheTextIsNoCommand(t *testing.T) {
	table, did := withLabels(Linux, news())
	k := table.Keyboard()
	k.Scan = X11Scan
	n := &fyne.KeyEvent{Name: "N"}
	k.Down(n)
	if k.Letter(n) != "N" || k.Letter(n) != "" {
		t.Error("the letter is not told once for a press")
	}
	if !k.Consumed() {
		t.Error("its character goes to whoever has the keyboard then")
	}
	k.Up(n)
	cyrillic := &fyne.KeyEvent{Physical: fyne.HardwareKey{ScanCode: 0x31 + 8}}
	k.Down(cyrillic)
	if got := k.Letter(cyrillic); got != "N" {
		t.Errorf("a key of a layout without Latin letters is %q", got)
	}
	if k.Up(cyrillic); len(*did) > 0 {
		t.Errorf("did %q", *did)
	}
}

func TestHoldingAKey(t *testing.T) {
	table, did := withLabels(Linux, news())
	k := table.Keyboard()
	hold := func(name fyne.KeyName, typed rune) {
		ev := &fyne.KeyEvent{Name: name}
		k.Down(ev)
		for range 3 {
			k.Key(ev, 0, true)
			k.Char(typed, true)
		}
		k.Up(ev)
	}
	hold("1", '1')
	hold("[", '[')
	want := []string{"give a", SpanStartOut, SpanStartOut, SpanStartOut}
	if !slices.Equal(*did, want) {
		t.Errorf("did %q, want %q: a held key tags once and moves an end on and on", *did, want)
	}
	*did = nil
	done := &desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl}
	k.Down(&fyne.KeyEvent{Name: fyne.KeyReturn})
	for range 3 {
		k.Shortcut(done, true)
	}
	if !slices.Equal(*did, []string{DoneNext}) {
		t.Errorf("holding Ctrl+Enter did %q, which would leave articles behind unread", *did)
	}
}

func TestScanCodes(t *testing.T) {
	for name, c := range map[string]struct {
		scan ScanCodes
		n    int
	}{
		"X11": {X11Scan, 57}, "Wayland and Windows": {SetOneScan, 49}, "macOS": {MacScan, 45},
	} {
		if c.scan.letter(c.n) != "N" || c.scan.letter(3) != "" && c.scan != MacScan {
			t.Errorf("%s: %q %q", name, c.scan.letter(c.n), c.scan.letter(3))
		}
	}
	if UnknownScan.letter(57) != "" {
		t.Error("unknown scan codes name keys")
	}
	if ScanCodesOf(driver.X11WindowContext{}) != X11Scan || ScanCodesOf(driver.WaylandWindowContext{}) != SetOneScan || ScanCodesOf(nil) != UnknownScan {
		t.Error("the window's context is not understood")
	}
}

func TestMenuOfAHeldShortcut(t *testing.T) {
	table, did := withLabels(Linux, nil)
	item := find(t, table.MainMenu(), "Export…")
	item.Action() // by the mouse
	table.Keyboard().Down(&fyne.KeyEvent{Name: fyne.KeyE})
	item.Action()
	item.Action() // repeats while the key is held
	if !slices.Equal(*did, []string{FileExport, FileExport}) {
		t.Errorf("did %q", *did)
	}
}

func TestMenuDoesNotHoldDone(t *testing.T) {
	table, did := withLabels(Linux, nil)
	item := find(t, table.MainMenu(), "Done, next article")
	pressed := &desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl}
	if item.Shortcut.ShortcutName() == pressed.ShortcutName() {
		t.Error("the menu bar has the shortcut of “Done, next article”")
	}
	item.Action()
	if !slices.Equal(*did, []string{DoneNext}) {
		t.Errorf("did %q", *did)
	}
}

func TestNothingIsDoneUnderADialog(t *testing.T) {
	table, did := withLabels(Linux, news())
	over := true
	table.Modal = func() bool { return over }
	press(table.Keyboard(), "1", 0, '1')
	find(t, table.MainMenu(), "Undo").Action()
	over = false
	press(table.Keyboard(), "2", 0, '2')
	if !slices.Equal(*did, []string{"give e"}) {
		t.Errorf("did %q", *did)
	}
}

func find(t *testing.T, menu *fyne.MainMenu, label string) *fyne.MenuItem {
	t.Helper()
	for _, m := range menu.Items {
		for _, i := range m.Items {
			if i.Label == label {
				return i
			}
		}
	}
	t.Fatalf("no menu item %q", label)
	return nil
}

func TestSingleKeysActInTheTextOnly(t *testing.T) {
	for _, s := range Systems {
		table, did := withLabels(s.System, news())
		k := table.Keyboard()
		for _, name := range []fyne.KeyName{"1", "L", "N", "G", fyne.KeyDelete, fyne.KeyTab, fyne.KeyReturn} {
			k.Key(&fyne.KeyEvent{Name: name}, 0, false)
		}
		for _, r := range "[].+-{}?" {
			k.Char(r, false)
		}
		if len(*did) > 0 {
			t.Errorf("%s: outside the text keys did %q", s.Name, *did)
		}
		k.Key(&fyne.KeyEvent{Name: fyne.KeyF1}, 0, false)
		k.Key(&fyne.KeyEvent{Name: fyne.KeyEscape}, 0, false)
		if !slices.Equal(*did, []string{HelpShortcuts, Escape}) {
			t.Errorf("%s: F1 and Escape did %q", s.Name, *did)
		}
	}
}

func TestLabelLettersGoBeforeCommands(t *testing.T) {
	table, did := withLabels(Linux, []Label{{"id-n", "Name", "n"}})
	press(table.Keyboard(), "N", 0, 'n')
	if !slices.Equal(*did, []string{"give id-n"}) {
		t.Errorf("did %q", *did)
	}
	if hint := table.Hint(SpanNote); hint != "" {
		t.Errorf("the note is still shown with the key %q, which the label has", hint)
	}
	table.SetLabels(nil, nil, nil, nil)
	press(table.Keyboard(), "N", 0, 'n')
	if got := (*did)[len(*did)-1]; got != SpanNote {
		t.Errorf("without labels N did %q", got)
	}
}

func TestSpelling(t *testing.T) {
	for _, c := range []struct {
		id   string
		on   System
		want string
	}{
		{Palette, Linux, "Ctrl+Shift+P"},
		{Palette, Mac, "⇧⌘P"},
		{Search, Windows, "Ctrl+K"},
		{Find, Mac, "⌘F"},
		{SpanStartIn, Linux, "{"},
		{ViewRight, Mac, "⇧⌘B"},
		{ViewRight, Linux, "F8"},
		{DoneNext, Linux, "Ctrl+Enter"},
		{FileBackup, Linux, ""},
	} {
		if got := NewTable(c.on).Hint(c.id); got != c.want {
			t.Errorf("%s on %v is spelt %q, want %q", c.id, c.on, got, c.want)
		}
	}
	for _, c := range []struct {
		key         fyne.KeyName
		linux       string
		glyph, word string // on a Mac
	}{
		{fyne.KeyReturn, "Ctrl+Shift+Enter", "⌃⇧⏎", "⌃⇧Enter"},
		{fyne.KeyEnter, "Ctrl+Shift+Enter", "⌃⇧⏎", "⌃⇧Enter (keypad)"},
		{fyne.KeyPageDown, "Ctrl+Shift+PgDn", "⌃⇧PgDn", "⌃⇧Page Down"},
		{fyne.KeyLeft, "Ctrl+Shift+←", "⌃⇧←", "⌃⇧Left"},
		{fyne.KeyMinus, "Ctrl+Shift+−", "⌃⇧−", "⌃⇧-"},
		{fyne.KeyP, "Ctrl+Shift+P", "⌃⇧P", "⌃⇧P"},
	} {
		s := Shortcut{Key: c.key, Mods: fyne.KeyModifierControl | fyne.KeyModifierShift}
		if got := []string{Spell(s, Linux), Spell(s, Windows), SpellWords(s, Linux), SpellWords(s, Windows)}; slices.ContainsFunc(got, func(s string) bool { return s != c.linux }) {
			t.Errorf("%s is spelt %q, want %q everywhere", c.key, got, c.linux)
		}
		if got := []string{Spell(s, Mac), SpellWords(s, Mac)}; !slices.Equal(got, []string{c.glyph, c.word}) {
			t.Errorf("%s is spelt %q on a Mac", c.key, got)
		}
	}
}

func TestHeldModifiersAreNamedAsInShortcuts(t *testing.T) {
	for system, want := range map[System]string{Linux: "Shift", Windows: "Shift", Mac: "⇧"} {
		if got := Held(fyne.KeyModifierShift, system); got != want {
			t.Errorf("%v: %q, want %q", system, got, want)
		}
	}
}

// Every item of the menus says its first key as the help sheet and the docs do, and has
// the shortcut that Fyne makes of that key when it is pressed. Fyne draws the menus of
// Linux and Windows alone.
func TestMenusSpellAsAllElse(t *testing.T) {
	if runtime.GOOS == "darwin" {
		t.Skip("built for a Mac, Fyne writes the signs of Macs")
	}
	test.NewTempApp(t)
	for _, system := range []System{Linux, Windows} {
		table, _ := withLabels(system, nil)
		table.MainMenu()
		seen := 0
		for _, c := range table.fixed {
			item, keys := table.items[c.ID], table.Keys(c.ID)
			if item == nil || len(keys) == 0 {
				continue
			}
			seen++
			if says, want := menuSays(item), c.Title+table.Hint(c.ID); says != want {
				t.Errorf("the menu says %q, not %q", says, want)
			}
			if does := fyneShortcut(keys[0]).ShortcutName() == item.Shortcut.ShortcutName(); does == c.Once {
				t.Errorf("%s is done by %q", c.ID, item.Shortcut.ShortcutName())
			}
		}
		if seen < 40 {
			t.Errorf("only %d items have a key", seen)
		}
	}
}

// menuSays is what Fyne draws of a menu item: its words, then its key.
func menuSays(item *fyne.MenuItem) string {
	var says strings.Builder
	for _, o := range test.LaidOutObjects(widget.NewMenu(fyne.NewMenu("", item))) {
		if t, ok := o.(*canvas.Text); ok {
			says.WriteString(t.Text)
		}
	}
	return says.String()
}

func TestMenuFollowsTheTable(t *testing.T) {
	table, did := withLabels(Mac, nil)
	can := false
	table.Bind(EditUndo, func() { *did = append(*did, "undo") }, func() bool { return can })
	menu := table.MainMenu()
	item := find(t, menu, "Undo")
	if !item.Disabled {
		t.Error("Undo is offered though there is nothing to undo")
	}
	can = true
	table.SetTitle(EditUndo, "Undo Tag “Berlin” as Actor")
	table.SetChecked(ViewLeft, true)
	if !table.update() || item.Disabled || item.Label != "Undo Tag “Berlin” as Actor" || !find(t, menu, "Show articles").Checked {
		t.Errorf("the menu did not follow: %+v", item)
	}
	if table.update() {
		t.Error("nothing changed, but the menu is drawn anew")
	}
	for _, m := range menu.Items {
		for _, i := range m.Items {
			if k, ok := i.Shortcut.(fyne.KeyboardShortcut); ok && k.Mod()&^fyne.KeyModifierShift == 0 {
				t.Errorf("on a Mac the menu takes the key %s of %q from every text field", k.Key(), i.Label)
			}
		}
	}
}

type field struct{ got []string }

func (f *field) TypedShortcut(s fyne.Shortcut) { f.got = append(f.got, s.ShortcutName()) }

func TestFieldsKeepTheirOwnUndo(t *testing.T) {
	table, did := withLabels(Linux, nil)
	f := &field{}
	table.Focused = func() fyne.Shortcutable { return f }
	find(t, table.MainMenu(), "Undo").Action()
	if len(*did) > 0 || !slices.Equal(f.got, []string{"Undo"}) {
		t.Errorf("did %q, field got %q", *did, f.got)
	}
	table.Focused = func() fyne.Shortcutable { return nil }
	find(t, table.MainMenu(), "Undo").Action()
	if !slices.Equal(*did, []string{EditUndo}) {
		t.Errorf("without a field did %q", *did)
	}
}

func TestEveryIDIsInTheTable(t *testing.T) {
	source, err := os.ReadFile("list.go")
	if err != nil {
		t.Fatal(err)
	}
	table := NewTable(Linux)
	head, _, _ := strings.Cut(string(source), "// Groups lists")
	n := 0
	for _, line := range strings.Split(head, "\n") {
		var name, id string
		if _, err := fmt.Sscanf(line, "%s = %q", &name, &id); err != nil || strings.HasSuffix(id, ".") {
			continue
		}
		n++
		if _, ok := table.Command(id); !ok {
			t.Errorf("%s = %q is not in the table", name, id)
		}
	}
	if n < 40 {
		t.Errorf("found only %d ids in list.go", n)
	}
}
