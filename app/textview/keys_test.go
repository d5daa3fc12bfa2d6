package textview

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"lede/annotate/text"
)

const (
	shift = fyne.KeyModifierShift
	ctrl  = fyne.KeyModifierControl
	alt   = fyne.KeyModifierAlt
)

func TestArrowsMoveByGraphemeAndWord(t *testing.T) {
	r := newRig(t, "one two e\u0301x 👩‍👩‍👧y", 712, 300)
	for _, c := range []struct {
		name fyne.KeyName
		mods fyne.KeyModifier
		want int
	}{
		{fyne.KeyRight, 0, 1},
		{fyne.KeyRight, ctrl, 3},
		{fyne.KeyRight, alt, 7},
		{fyne.KeyRight, 0, 8},
		{fyne.KeyRight, 0, 10}, // over e and its accent
		{fyne.KeyLeft, 0, 8},
		{fyne.KeyLeft, ctrl, 4},
		{fyne.KeyLeft, ctrl, 0},
		{fyne.KeyLeft, 0, 0},
		{fyne.KeyEnd, 0, 18},
		{fyne.KeyLeft, 0, 17},
		{fyne.KeyLeft, 0, 12}, // over the family
		{fyne.KeyHome, 0, 0},
	} {
		r.key(c.name, c.mods)
		if r.Caret() != c.want {
			t.Errorf("after %s (%d) the caret is at %d, want %d", c.name, c.mods, r.Caret(), c.want)
			r.SetCaret(c.want)
		}
	}
}

func TestArrowsFollowTheParagraphsDirection(t *testing.T) {
	r := newRig(t, "שלום עולם\nabc", 712, 300)
	r.key(fyne.KeyLeft, 0)
	r.wantCaret(1)
	r.key(fyne.KeyLeft, ctrl)
	r.wantCaret(4)
	r.key(fyne.KeyRight, 0)
	r.wantCaret(3)
}

func TestMovingByLinesKeepsX(t *testing.T) {
	r := newRig(t, "a long first line of text here\nab\na long third line of text here", 712, 400)
	r.SetCaret(20)
	x, _ := r.LocateXY(20)
	r.key(fyne.KeyDown, 0)
	r.wantCaret(33) // the end of the short line
	r.key(fyne.KeyDown, 0)
	if p, _ := r.LocateXY(r.Caret()); p.X < x.X-8 || p.X > x.X+8 {
		t.Errorf("two lines down the caret is at x %g, was at %g", p.X, x.X)
	}
	r.key(fyne.KeyUp, 0)
	r.key(fyne.KeyUp, 0)
	r.wantCaret(20)
	r.key(fyne.KeyUp, 0)
	r.wantCaret(0)
	r.key(fyne.KeyDown, ctrl)
	wantKeys(t, r, heard{Name: fyne.KeyDown, Mods: ctrl}) // it is the window's
}

func TestWrappedLineEnds(t *testing.T) {
	r := newRig(t, strings.Repeat("wörter ", 60)+"北京外交部长周二表示停火协议必须得到遵守北京外交部长周二表示停火协议必须得到遵守", 400, 600)
	first := r.paint.lines[0]
	r.key(fyne.KeyEnd, 0)
	r.wantCaret(first.Base + first.Line.Trim)
	r.key(fyne.KeyHome, 0)
	r.wantCaret(0)
	var han int
	for i, l := range r.paint.lines[:len(r.paint.lines)-1] {
		if l.Line.Trim == l.Line.End {
			han = i
		}
	}
	l := r.paint.lines[han]
	r.SetCaret(l.Start())
	r.key(fyne.KeyEnd, 0)
	r.wantCaret(l.End())
	if got := r.flow.LineOf(r.Caret(), r.caret.up); got.Start() != l.Start() {
		t.Errorf("End stands on the line from %d, want %d", got.Start(), l.Start())
	}
	r.key(fyne.KeyHome, 0)
	r.wantCaret(l.Start())
}

func TestShiftExtends(t *testing.T) {
	r := newRig(t, news, 712, 500)
	r.SetCaret(4)
	r.key(fyne.KeyRight, shift|ctrl)
	r.wantSelection("harbour")
	r.key(fyne.KeyRight, shift)
	r.wantSelection("harbour") // no outer blanks
	r.key(fyne.KeyRight, shift)
	r.wantSelection("harbour workers") // whole words
	r.key(fyne.KeyLeft, 0)
	r.wantSelection("")
	r.wantCaret(4)
	r.key(fyne.KeyEnd, shift|ctrl)
	if q, _ := r.Selection(); q.Start != 4 || q.End != r.Text().Len() {
		t.Errorf("selected %v", q)
	}
	r.SetCaret(4)
	r.key(fyne.KeyDown, shift)
	if q, _ := r.Selection(); q.Len() < 30 {
		t.Errorf("a line down selects %v", q)
	}
}

// While Shift is held a selection is not final: an armed label would tag each
// step of it.
func TestKeySelectionIsFinalWhenShiftIsReleased(t *testing.T) {
	r := newRig(t, news, 712, 500)
	r.SetCaret(4)
	r.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	r.held = shift
	for range 7 {
		r.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	}
	r.wantLog()
	r.held = 0
	r.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	r.wantLog(`selected "harbour"`)
}

func TestToolbarComesWhenAKeySelectionRests(t *testing.T) {
	r := newRig(t, news, 712, 500)
	r.SetTools([]Tool{{ID: "a", Title: "Actor"}})
	r.SetCaret(4)
	r.key(fyne.KeyRight, shift|ctrl)
	r.clock.pass(restTime / 2)
	r.key(fyne.KeyRight, shift|ctrl)
	r.clock.pass(restTime * 3 / 4)
	if r.bar.shown {
		t.Error("it came while keys were pressed")
	}
	r.clock.pass(restTime)
	if !r.bar.shown {
		t.Error("it did not come")
	}
	r.key(fyne.KeyEscape, 0)
	if r.bar.shown {
		t.Error("Esc leaves it")
	}
}

func TestSelectAllAndCopy(t *testing.T) {
	r := newRig(t, "  some text \n", 712, 300)
	r.TypedShortcut(&fyne.ShortcutSelectAll{})
	r.wantSelection("some text")
	clip := test.NewClipboard()
	r.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clip})
	if got := fyne.CurrentApp().Clipboard().Content(); got != "some text" {
		t.Errorf("copied %q", got)
	}
	r.ClearSelection()
	r.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clip})
	wantKeys(t, r, heard{Name: fyne.KeyC, Mods: fyne.KeyModifierShortcutDefault}) // without a selection, it is the window's
}

func TestEscapeGivesUpStepByStep(t *testing.T) {
	r := newRig(t, news, 712, 500)
	r.layer(r.item("a", "actor", "harbour"))
	r.Choose("a")
	r.SetSelection(r.find("Police"))
	r.key(fyne.KeyEscape, 0)
	r.wantSelection("")
	if r.Chosen() != "a" {
		t.Error("the chosen item went first")
	}
	r.key(fyne.KeyEscape, 0)
	if r.Chosen() != "" {
		t.Error("the item is still chosen")
	}
	r.key(fyne.KeyEscape, 0)
	wantKeys(t, r, heard{Name: fyne.KeyEscape, ScanCode: 42}) // the last one is the window's
}

func TestSpacePages(t *testing.T) {
	r := newRig(t, strings.Repeat(news+"\n", 20), 712, 300)
	e := &fyne.KeyEvent{Name: fyne.KeySpace}
	r.TypedKey(e)
	r.TypedRune(' ')
	if top := r.flow.Top(); top < 200 || top > 300 {
		t.Errorf("paged to %g", top)
	}
	r.held = shift
	r.TypedKey(e)
	r.TypedRune(' ')
	if r.flow.Top() != 0 {
		t.Errorf("paged back to %g", r.flow.Top())
	}
	wantKeys(t, r)
}

func TestPageKeysMoveTheCaret(t *testing.T) {
	r := newRig(t, strings.Repeat("line of text\n", 60), 712, 300)
	r.SetCaret(3)
	r.key(fyne.KeyPageDown, 0)
	first := r.Caret()
	if first < 13*3 || first%13 != 3 {
		t.Errorf("a page down is %d", first)
	}
	if _, seen := r.LocateXY(first); !seen {
		t.Error("the caret is out of sight")
	}
	r.key(fyne.KeyPageUp, 0)
	r.wantCaret(3)
	r.key(fyne.KeyEnd, ctrl)
	r.key(fyne.KeyPageDown, 0)
	r.wantCaret(r.Text().Len())
	r.key(fyne.KeyHome, ctrl)
	if r.flow.Top() != 0 {
		t.Errorf("Ctrl+Home leaves the view at %g", r.flow.Top())
	}
}

func TestKeysAreTold(t *testing.T) {
	r := newRig(t, news, 712, 300)
	type1 := func(e *fyne.KeyEvent, c rune) {
		r.KeyDown(e)
		r.TypedKey(e)
		if c != 0 {
			r.TypedRune(c)
		}
		r.KeyUp(e)
	}
	type1(&fyne.KeyEvent{Name: fyne.Key1, Physical: fyne.HardwareKey{ScanCode: 10}}, '1')
	wantKeys(t, r, heard{Name: fyne.Key1, ScanCode: 10}, heard{Rune: '1'})
	type1(&fyne.KeyEvent{Name: fyne.KeyDelete, Physical: fyne.HardwareKey{ScanCode: 119}}, 0)
	wantKeys(t, r, heard{Name: fyne.KeyDelete, ScanCode: 119})
	// A layout without Latin letters: the name is unknown, the key is not.
	type1(&fyne.KeyEvent{Name: fyne.KeyUnknown, Physical: fyne.HardwareKey{ScanCode: 11}}, '٢')
	wantKeys(t, r, heard{Name: fyne.KeyUnknown, ScanCode: 11}, heard{Rune: '٢'})
	r.TypedKey(&fyne.KeyEvent{Name: fyne.KeyTab})
	r.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: ctrl})
	wantKeys(t, r, heard{Name: fyne.KeyTab}, heard{Name: fyne.KeyReturn, Mods: ctrl})
	if !r.AcceptsTab() {
		t.Error("Tab leaves the view")
	}
	r.FocusLost()
	if r.keys.down != 3 || r.keys.up != 3 || !r.keys.reset {
		t.Errorf("%d keys went down, %d up; forgotten: %v", r.keys.down, r.keys.up, r.keys.reset)
	}
}

// heard is a key that the view handed on.
type heard struct {
	Name     fyne.KeyName
	Rune     rune
	Mods     fyne.KeyModifier
	ScanCode int
}

// keyboard is a Keyboard to which every key is a command. It writes them down.
type keyboard struct {
	told     []heard
	down, up int
	reset    bool
	letter   *fyne.KeyName // what Letter says, nil: the key's name
}

func (k *keyboard) Down(*fyne.KeyEvent) { k.down++ }
func (k *keyboard) Up(*fyne.KeyEvent)   { k.up++ }
func (k *keyboard) Reset()              { k.reset = true }

func (k *keyboard) Key(e *fyne.KeyEvent, mods fyne.KeyModifier, _ bool) bool {
	k.told = append(k.told, heard{Name: e.Name, Mods: mods, ScanCode: e.Physical.ScanCode})
	return true
}

func (k *keyboard) Char(r rune, _ bool) bool {
	k.told = append(k.told, heard{Rune: r})
	return true
}

func (k *keyboard) Shortcut(s fyne.Shortcut, _ bool) bool {
	keyed := s.(fyne.KeyboardShortcut)
	k.told = append(k.told, heard{Name: keyed.Key(), Mods: keyed.Mod()})
	return true
}

func (k *keyboard) Letter(e *fyne.KeyEvent) fyne.KeyName {
	if k.letter != nil {
		return *k.letter
	}
	return e.Name
}

func wantKeys(t *testing.T, r *rig, want ...heard) {
	t.Helper()
	if got := r.keys.told; !slices.Equal(got, want) {
		t.Errorf("told %+v, want %+v", got, want)
	}
	r.keys.told = nil
}

func TestKeysExtendWhatThePointerSelected(t *testing.T) {
	r := newRig(t, news, 712, 300)
	r.drag(r.at(6), r.at(14), 0)
	r.key(fyne.KeyRight, shift|ctrl)
	r.wantSelection("harbour workers walked")
	r.drag(r.at(21), r.at(14), 0) // backwards: the start moves
	r.key(fyne.KeyLeft, shift|ctrl)
	r.wantSelection("harbour workers walked")
}

func TestSetSelectionAndCaret(t *testing.T) {
	r := newRig(t, news, 712, 300)
	r.SetSelection(text.Range{Start: 4, End: 11})
	r.wantSelection("harbour")
	r.wantCaret(11)
	r.key(fyne.KeyRight, shift|ctrl)
	r.wantSelection("harbour workers")
	r.SetText(text.New("new"))
	r.wantSelection("")
	r.wantCaret(0)
}

func TestKeySelectionSnaps(t *testing.T) {
	r := newRig(t, "He met agents of the port. They left.", 712, 300)
	r.SetCaret(r.find("gents").Start)
	r.key(fyne.KeyRight, shift)
	r.wantSelection("agents")
	for range 6 {
		r.key(fyne.KeyRight, shift)
	}
	r.wantSelection("agents of")
	for range 2 {
		r.key(fyne.KeyLeft, shift)
	}
	r.wantSelection("agents")
	r.SetCaret(r.find("gents").Start)
	r.key(fyne.KeyRight, shift|ctrl)
	r.wantSelection("agents")
	r.SetGranularity(text.Sentence)
	r.SetCaret(r.find("gents").Start)
	r.key(fyne.KeyRight, shift)
	r.wantSelection("He met agents of the port.")
	r.SetGranularity(text.Character)
	r.SetCaret(r.find("gents").Start)
	r.key(fyne.KeyRight, shift)
	r.wantSelection("g")
}
