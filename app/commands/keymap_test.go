package commands

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"pgregory.net/rapid"
)

// anyShortcut draws what a person could choose.
func anyShortcut(t *rapid.T) Shortcut {
	if rapid.Bool().Draw(t, "char") {
		return Shortcut{Char: rapid.SampledFrom([]rune("[]{}.,;:+-*/<>#'\"éßя日–")).Draw(t, "rune")}
	}
	name := rapid.SampledFrom(append(slices.Clone(namedKeys), "A", "Z", "7", "0")).Draw(t, "key")
	mods := fyne.KeyModifier(0)
	for _, m := range modWords {
		if rapid.Bool().Draw(t, m.word) {
			mods |= m.mod
		}
	}
	if mods&^fyne.KeyModifierShift != 0 && rapid.Bool().Draw(t, "sign") {
		name = rapid.SampledFrom([]fyne.KeyName{"+", "-", "=", "[", "]", "/", ",", "."}).Draw(t, "sign")
	}
	return Shortcut{Key: name, Mods: mods}
}

func TestShortcutsAreReadBackAsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyShortcut(t)
		got, err := ParseShortcut(s.String())
		if err != nil || got != s {
			t.Fatalf("%+v is written %q and read as %+v, %v", s, s.String(), got, err)
		}
	})
	for _, c := range list() {
		for _, s := range append(slices.Clone(c.Keys), c.MacKeys...) {
			if got, err := ParseShortcut(s.String()); err != nil || got != s {
				t.Errorf("%s: %q is read as %+v, %v", c.ID, s, got, err)
			}
		}
	}
	for _, wrong := range []string{"", "Mod+", "Hyper+A", "Mod+Shift+", "two words", "ab", "\u0007"} {
		if s, err := ParseShortcut(wrong); err == nil {
			t.Errorf("%q is read as %+v", wrong, s)
		}
	}
}

func TestKeymapFile(t *testing.T) {
	own := Keymap{SpanNote: keys(mod("J"), char('ñ')), LabelRepeat: {}, "label.1": keys(key("Q"))}
	raw, err := WriteKeymap("left", own)
	if err != nil {
		t.Fatal(err)
	}
	set, got, err := ReadKeymap(raw)
	if err != nil || set != "left" || !reflect.DeepEqual(got, own) {
		t.Errorf("read %q %+v, %v from\n%s", set, got, err, raw)
	}
	for name, wrong := range map[string]struct{ file, why string }{
		"no JSON":        {"keys: a", "no key map"},
		"another format": {`{"format":"x"}`, "lede-keys-1"},
		"another set":    {`{"format":"lede-keys-1","set":"third"}`, "third"},
		"no command":     {`{"format":"lede-keys-1","set":"left","keys":{"span.fly":["F"]}}`, "span.fly"},
		"no key":         {`{"format":"lede-keys-1","set":"left","keys":{"span.note":["Warp+N"]}}`, "span.note"},
		"of the text":    {`{"format":"lede-keys-1","set":"left","keys":{"text.page":["N"]}}`, "text.page"},
	} {
		if _, own, err := ReadKeymap([]byte(wrong.file)); err == nil || own != nil || !strings.Contains(err.Error(), wrong.why) {
			t.Errorf("%s: %v, %v, want an error that names %q and nothing read", name, own, err, wrong.why)
		}
	}
}

func TestNoSetHasAClash(t *testing.T) {
	for _, s := range Systems {
		for _, set := range Sets {
			table, _ := withLabels(s.System, news())
			table.SetKeymap(set.Name, nil)
			for _, c := range table.Clashes() {
				t.Errorf("%s, %s: %s is a key of %q", s.Name, set.Name, SpellWords(c.Shortcut, s.System), c.IDs)
			}
			for id := range set.Keys {
				if !known(id) {
					t.Errorf("%s: there is no command %q", set.Name, id)
				}
			}
		}
	}
}

// TestHandsStayWhereTheyAre: what is done again and again can be done by one hand.
func TestHandsStayWhereTheyAre(t *testing.T) {
	sides := map[string]string{"left": "QWERTASDFGZXCVB12345", "right": "YUIOPHJKLNM67890"}
	named := map[string][]fyne.KeyName{
		"left":  {fyne.KeyTab, fyne.KeySpace, fyne.KeyEscape, fyne.KeyF1, fyne.KeyF2, fyne.KeyF3, fyne.KeyF4, fyne.KeyF5},
		"right": {fyne.KeyReturn, fyne.KeyBackspace, fyne.KeyDelete, fyne.KeySpace, fyne.KeyF7, fyne.KeyF8, fyne.KeyF9},
	}
	often := []string{
		"label.1", "label.2", "label.3", LabelPick, LabelRepeat, EditDelete, SpanNext, SpanPrevious, SpanStartOut, SpanStartIn,
		SpanEndOut, SpanEndIn, SpanAddPart, SpanDropPart, SpanNote, Granularity, ArticleNext, ArticlePrev, ArticleFlag, EditUndo, DoneNext,
	}
	for name, side := range sides {
		table, _ := withLabels(Linux, []Label{{"a", "Actor", "1"}, {"e", "Event", "2"}, {"q", "Quote", "3"}})
		table.SetKeymap(name, nil)
		for _, id := range often {
			reached := slices.ContainsFunc(table.Keys(id), func(s Shortcut) bool {
				letter := len(s.Key) == 1 && strings.Contains(side, string(s.Key))
				return s.Char == 0 && (letter || slices.Contains(named[name], s.Key))
			})
			if !reached {
				t.Errorf("the %s hand does not reach %s: %q", name, id, table.Hints(id))
			}
		}
	}
}

func TestGivingTakesFromTheOwner(t *testing.T) {
	table, did := withLabels(Linux, news())
	table.Give(ArticleFlag, key("N"))
	if slices.Contains(table.Hints(SpanNote), "N") || !slices.Contains(table.Hints(ArticleFlag), "N") || !table.Changed(SpanNote) {
		t.Errorf("the note has %q, the flag %q", table.Hints(SpanNote), table.Hints(ArticleFlag))
	}
	press(table.Keyboard(), "N", 0, 'n')
	if !slices.Equal(*did, []string{ArticleFlag}) {
		t.Errorf("N did %q", *did)
	}
	table.Restore(SpanNote)
	if table.Changed(SpanNote) || !slices.Equal(table.Hints(SpanNote), []string{"N"}) || slices.Contains(table.Hints(ArticleFlag), "N") {
		t.Errorf("restored, the note has %q, the flag %q", table.Hints(SpanNote), table.Hints(ArticleFlag))
	}
	table.Give("label.1", key("Q"))
	table.Take("label.1", key("1"))
	*did = nil
	press(table.Keyboard(), "Q", 0, 'q')
	if !slices.Equal(*did, []string{"give a"}) || table.LabelKey("1") != "Q" || table.LabelKey("2") != "2" || table.LabelKey("") != "" {
		t.Errorf("Q did %q; the first label has %q, the second %q", *did, table.LabelKey("1"), table.LabelKey("2"))
	}
}

// TestAChosenKeyWinsOverASet: who gave D to a label keeps it when the set for the
// left hand has D for deleting.
func TestAChosenKeyWinsOverASet(t *testing.T) {
	table, did := withLabels(Linux, news())
	table.Give("label.1", key("D"))
	table.SetKeymap("left", Keymap{"label.1": keys(key("1"), key("D"))})
	press(table.Keyboard(), "D", 0, 'd')
	if !slices.Equal(*did, []string{"give a"}) || len(table.Clashes()) > 0 {
		t.Errorf("D did %q; clashes %v", *did, table.Clashes())
	}
	table.SetKeymap("standard", Keymap{SpanNote: keys(key("Q")), ArticleFlag: keys(key("Q"))})
	if c := table.Clashes(); len(c) != 1 || !slices.Equal(c[0].IDs, []string{SpanNote, ArticleFlag}) {
		t.Errorf("a file that gives Q twice has the clashes %v", c)
	}
}

func TestRandomChangesNeverClash(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := NewTable(rapid.SampledFrom([]System{Linux, Windows, Mac}).Draw(t, "system"))
		table.SetLabels(news(), func(string) {}, func(string) {}, nil)
		table.SetKeymap(rapid.SampledFrom([]string{"standard", "left", "right"}).Draw(t, "set"), nil)
		var ids []string
		for _, c := range table.Commands() {
			if Changeable(c.ID) {
				ids = append(ids, c.ID)
			}
		}
		for range rapid.IntRange(1, 12).Draw(t, "n") {
			id, s := rapid.SampledFrom(ids).Draw(t, "id"), anyShortcut(t)
			if owner := table.Owner(s); owner != "" && !Changeable(owner) {
				continue // the dialog refuses it
			}
			table.Give(id, s)
			if table.Owner(s) != id {
				t.Fatalf("%s was given to %s and is %s's", s, id, table.Owner(s))
			}
		}
		if c := table.Clashes(); len(c) > 0 {
			t.Fatalf("clashes: %v", c)
		}
	})
}

// shortcutCanvas is a canvas that does what Fyne's does with shortcuts.
type shortcutCanvas struct {
	fyne.Canvas
	fyne.ShortcutHandler
}

// AddShortcut is for Table.Install.
func (c *shortcutCanvas) AddShortcut(s fyne.Shortcut, f func(fyne.Shortcut)) {
	c.ShortcutHandler.AddShortcut(s, f)
}

// RemoveShortcut is for Table.Rebind.
func (c *shortcutCanvas) RemoveShortcut(s fyne.Shortcut) { c.ShortcutHandler.RemoveShortcut(s) }

func TestRebindMovesTheCanvasShortcut(t *testing.T) {
	c := &shortcutCanvas{}
	table, did := withLabels(Linux, nil)
	table.Install(c)
	table.Give(FileExport, mod("J"))
	table.Take(FileExport, mod("E"))
	table.Rebind(c)
	for _, s := range []Shortcut{mod("E"), mod("J")} {
		c.TypedShortcut(fyneShortcut(s.On(Linux)))
	}
	if !slices.Equal(*did, []string{FileExport}) {
		t.Errorf("Ctrl+E and Ctrl+J did %q", *did)
	}
}

// TestHostileKeymaps are refused in a sentence that can be read, and leave Esc what
// it is.
func TestHostileKeymaps(t *testing.T) {
	many := map[string][]string{}
	for i := range 5000 {
		many["nothing."+strings.Repeat("x", i)] = []string{"Q"}
	}
	_, err := ParseKeymap(many)
	if err == nil || len(err.Error()) > 500 || !strings.Contains(err.Error(), "and 4997 more") {
		t.Errorf("many unknown commands: %v", err)
	}
	for name, words := range map[string]map[string][]string{
		"Esc moved":  {Escape: {"Q"}},
		"Esc gone":   {Escape: {}},
		"Esc given":  {EditDelete: {"Esc"}},
		"no key":     {EditDelete: {strings.Repeat("Mod+", 1e5)}},
		"no hotkey":  {"label.": {"Q"}},
		"two letter": {"label.ab": {"Q"}},
	} {
		own, err := ParseKeymap(words)
		if err == nil || len(err.Error()) > 500 || len(own) > 0 {
			t.Errorf("%s: taken as %v, %.100v", name, own, err)
		}
	}
}
