package textview

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"lede/annotate/text"
)

// clock is a clock that tests move.
type clock struct {
	now    time.Time
	timers []*timer
}

type timer struct {
	at      time.Time
	f       func()
	stopped bool
}

func (c *clock) Now() time.Time { return c.now }

func (c *clock) After(d time.Duration, f func()) func() {
	t := &timer{at: c.now.Add(d), f: f}
	c.timers = append(c.timers, t)
	return func() { t.stopped = true }
}

// pass lets time pass and runs what is due.
func (c *clock) pass(d time.Duration) {
	c.now = c.now.Add(d)
	defer func() {
		c.timers = slices.DeleteFunc(c.timers, func(t *timer) bool { return t.stopped })
	}()
	for i := 0; i < len(c.timers); i++ {
		if t := c.timers[i]; !t.stopped && !t.at.After(c.now) {
			t.stopped = true
			t.f()
		}
	}
}

// rig is a view in a window with everything recorded that it tells.
type rig struct {
	*View
	t     testing.TB
	s     string
	clock *clock
	held  fyne.KeyModifier
	log   []string
	keys  *keyboard
	win   fyne.Window
}

var faces *Faces // one for all tests: fonts are cached by identity

func testLabels() map[string]LabelStyle {
	return map[string]LabelStyle{
		"actor": {"Actor", rgb(0x0072b2), Solid},
		"event": {"Event", rgb(0xd55e00), Dashed},
		"quote": {"Quote", rgb(0x00805d), Double},
		"cue":   {"Cue", rgb(0xa8487f), Dotted},
	}
}

func newRig(t testing.TB, s string, w, h float32) *rig {
	t.Helper()
	test.NewTempApp(t)
	if faces == nil {
		faces = BundledFaces()
	}
	r := &rig{t: t, s: s, clock: &clock{now: time.Unix(1e9, 0)}}
	r.View = New(Options{
		Faces: faces, Labels: testLabels(), Clock: r.clock,
		Dispatch: func(f func()) { f() }, Mods: func() fyne.KeyModifier { return r.held },
	})
	r.OnSelect = func(q text.Range, final bool) {
		kind := "select"
		if final {
			kind = "selected"
		}
		r.log = append(r.log, fmt.Sprintf("%s %q", kind, r.Text().Slice(q)))
	}
	r.OnChoose = func(id string) { r.log = append(r.log, "choose "+id); r.Choose(id) }
	r.OnResize = func(id string, k int, q text.Range) {
		r.log = append(r.log, fmt.Sprintf("resize %s %d %q", id, k, r.Text().Slice(q)))
	}
	r.OnAddFragment = func(id string, q text.Range) {
		r.log = append(r.log, fmt.Sprintf("fragment %s %q", id, r.Text().Slice(q)))
	}
	r.OnTool = func(id string) { r.log = append(r.log, "tool "+id) }
	r.OnZoom = func(d int) { r.log = append(r.log, fmt.Sprint("zoom ", d)) }
	r.OnContext = func(_ fyne.Position, o int) { r.log = append(r.log, fmt.Sprint("context ", o)) }
	r.keys = &keyboard{}
	r.Keys = r.keys
	r.win = test.NewTempWindow(t, r.View)
	r.win.SetPadded(false)
	r.win.Resize(fyne.NewSize(w, h))
	r.SetText(text.New(s))
	return r
}

// find is the range of a substring.
func (r *rig) find(sub string) text.Range {
	r.t.Helper()
	i := strings.Index(r.s, sub)
	if i < 0 {
		r.t.Fatalf("no %q in the text", sub)
	}
	o := utf8.RuneCountInString(r.s[:i])
	return text.Range{Start: o, End: o + utf8.RuneCountInString(sub)}
}

func (r *rig) item(id, label string, subs ...string) Item {
	it := Item{ID: id, Label: label}
	for _, s := range subs {
		it.Fragments = append(it.Fragments, r.find(s))
	}
	return it
}

func (r *rig) layer(items ...Item) {
	r.SetLayers([]Layer{{Name: "ana", Items: items, Editable: true}})
}

// at is the middle of the grapheme at offset o.
func (r *rig) at(o int) fyne.Position {
	r.t.Helper()
	p, ok := r.LocateXY(o)
	if !ok {
		r.t.Fatalf("offset %d is not in sight", o)
	}
	l := r.flow.LineOf(o, false)
	l.Block.Segments(l.Line, o-l.Base, r.Text().NextGrapheme(o)-l.Base, func(x0, x1 float32) { p.X = r.colX + (x0+x1)/2 })
	return p
}

func (r *rig) down(p fyne.Position, mods fyne.KeyModifier) {
	r.held = mods
	r.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: p}, Button: desktop.MouseButtonPrimary, Modifier: mods})
}

func (r *rig) move(p fyne.Position) {
	r.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: p}})
}

func (r *rig) up(p fyne.Position) {
	r.MouseUp(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: p}, Button: desktop.MouseButtonPrimary, Modifier: r.held})
	r.held = 0
}

// click presses and releases; a second later than the click before.
func (r *rig) click(p fyne.Position, mods fyne.KeyModifier) {
	r.clock.pass(time.Second)
	r.again(p, mods)
}

// again presses and releases soon after the click before.
func (r *rig) again(p fyne.Position, mods fyne.KeyModifier) {
	r.clock.pass(100 * time.Millisecond)
	r.down(p, mods)
	r.up(p)
}

func (r *rig) drag(from, to fyne.Position, mods fyne.KeyModifier) {
	r.clock.pass(time.Second)
	r.down(from, mods)
	r.move(fyne.NewPos((from.X+to.X)/2, (from.Y+to.Y)/2))
	r.move(to)
	r.up(to)
}

// key types a key, with the driver's sequence of calls.
func (r *rig) key(name fyne.KeyName, mods fyne.KeyModifier) {
	r.held = mods
	if mods&fyne.KeyModifierShift != 0 {
		r.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	}
	e := &fyne.KeyEvent{Name: name, Physical: fyne.HardwareKey{ScanCode: 42}}
	r.KeyDown(e)
	if mods&^fyne.KeyModifierShift != 0 {
		r.TypedShortcut(&desktop.CustomShortcut{KeyName: name, Modifier: mods})
	} else {
		r.TypedKey(e)
	}
	r.KeyUp(e)
	if mods&fyne.KeyModifierShift != 0 {
		r.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	}
	r.held = 0
}

// wantLog compares and clears what was told, leaving out moves on the way.
func (r *rig) wantLog(want ...string) {
	r.t.Helper()
	var got []string
	for _, l := range r.log {
		if !strings.HasPrefix(l, "select ") {
			got = append(got, l)
		}
	}
	r.log = nil
	if fmt.Sprint(got) != fmt.Sprint(want) {
		r.t.Errorf("told %q, want %q", got, want)
	}
}

func (r *rig) wantSelection(want string) {
	r.t.Helper()
	q, ok := r.Selection()
	if got := r.Text().Slice(q); got != want || ok != (want != "") {
		r.t.Errorf("selected %q (%v), want %q", got, ok, want)
	}
}

func (r *rig) wantCaret(want int) {
	r.t.Helper()
	if r.Caret() != want {
		r.t.Errorf("caret at %d, want %d", r.Caret(), want)
	}
}
