package e2e

import (
	"bufio"
	"fmt"
	"image"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"lede/app/commands"
)

// wildHands do random things with the mouse and the keyboard. What they do
// depends on the seed alone, never on what the program does, so that the same seed
// does the same again.
type wildHands struct {
	t      testing.TB
	r      *rand.Rand
	in     io.Writer
	out    chan string // a line for each line of in
	plain  []command   // that ask nothing
	asking []command   // that open something
	counts map[string]int
	last   []string // the latest lines, to be printed on failure
	ended  error    // the hands' own program has ended
}

// command is a command of the program as xdotool gives it.
type command struct{ id, title, key string }

// remembered is how many lines are printed on failure.
const remembered = 200

// leftOut are not given: they would end the program or take it to another project.
var leftOut = []string{
	commands.FileNew, commands.FileOpen, commands.FileRecent, commands.FileSample,
	commands.FileDuplicate, commands.FileClose, commands.FileQuit,
}

// newWildHands starts one xdotool that reads what to do line by line: a process for
// each event would be slower than the program.
func newWildHands(t testing.TB, d *desk, seed uint64) *wildHands {
	t.Helper()
	h := &wildHands{t: t, r: rand.New(rand.NewPCG(seed, seed)), counts: map[string]int{}}
	for _, c := range commands.NewTable(commands.Linux).Commands() {
		if slices.Contains(leftOut, c.ID) || c.ByText && c.ID != commands.Escape {
			continue
		}
		for _, s := range commands.NewTable(commands.Linux).Keys(c.ID) {
			key := xdoKey(s)
			switch {
			case key == "":
			case strings.HasSuffix(c.Title, "…") || slices.Contains([]string{commands.Palette, commands.HelpAbout, commands.HelpShortcuts}, c.ID):
				h.asking = append(h.asking, command{c.ID, c.Title, key})
			default:
				h.plain = append(h.plain, command{c.ID, c.Title, key})
			}
		}
	}
	if len(h.plain) < 30 || len(h.asking) < 5 {
		t.Fatalf("only %d and %d commands with keys", len(h.plain), len(h.asking))
	}
	cmd := exec.Command("stdbuf", "-oL", "xdotool", "-")
	cmd.Env = append(os.Environ(), "DISPLAY="+d.display)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	h.in, h.out = in, make(chan string, 1)
	d.spawn(cmd)
	go func() {
		defer close(h.out)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			h.out <- lines.Text()
		}
	}()
	return h
}

// xdoKey is a shortcut by xdotool's names, "" for one that a US keyboard lacks.
func xdoKey(s commands.Shortcut) string {
	names := map[fyne.KeyName]string{
		fyne.KeyPageUp: "Page_Up", fyne.KeyPageDown: "Page_Down", fyne.KeyBackspace: "BackSpace", fyne.KeyEnter: "KP_Enter",
		fyne.KeySpace: "space", fyne.KeyPlus: "plus", fyne.KeyMinus: "minus", fyne.KeyEqual: "equal", fyne.KeyComma: "comma",
		fyne.KeySlash: "slash", fyne.KeyPeriod: "period", fyne.KeyLeftBracket: "bracketleft", fyne.KeyRightBracket: "bracketright",
		fyne.KeySemicolon: "semicolon", fyne.KeyApostrophe: "apostrophe", fyne.KeyBackslash: "backslash", fyne.KeyBackTick: "grave",
	}
	runes := map[rune]string{
		'.': "period", '[': "bracketleft", ']': "bracketright", '{': "braceleft", '}': "braceright", '+': "plus", '-': "minus", '?': "question",
	}
	if s.Char != 0 {
		return runes[s.Char]
	}
	name, ok := names[s.Key]
	if !ok {
		name = string(s.Key)
	}
	if len(name) == 1 {
		name = strings.ToLower(name)
	}
	if s.Mods&fyne.KeyModifierShift != 0 {
		name = "shift+" + name
	}
	if s.Mods&fyne.KeyModifierControl != 0 {
		name = "ctrl+" + name
	}
	return name
}

// do has a line done and waits until it was sent to the screen.
func (h *wildHands) do(kind string, events int, line ...string) {
	if h.ended != nil {
		return
	}
	h.counts[kind] += events
	script := strings.Join(line, " ")
	h.last = append(h.last, kind+": "+script)
	h.last = h.last[max(0, len(h.last)-remembered):]
	if _, err := fmt.Fprintln(h.in, script+"\ngetdisplaygeometry"); err != nil {
		h.ended = err
		return
	}
	select { // it says the size of the screen once all before it was done
	case _, ok := <-h.out:
		if !ok {
			h.ended = fmt.Errorf("xdotool has ended at %q", script)
		}
	case <-time.After(answerWithin):
		h.ended = fmt.Errorf("xdotool hangs at %q", script)
	}
}

// The parts of a window of 1280x800. The menus are left out: a click would quit.
var (
	textArea  = image.Rect(290, 80, 962, 765)
	leftArea  = image.Rect(5, 35, 262, 765)
	rightArea = image.Rect(980, 30, 1275, 765)
	labelArea = image.Rect(285, 35, 970, 68)
	barArea   = image.Rect(964, 76, 975, 770)
	footArea  = image.Rect(5, 774, 1275, 797)
)

func (h *wildHands) point(in image.Rectangle) image.Point {
	return in.Min.Add(image.Pt(h.r.IntN(in.Dx()), h.r.IntN(in.Dy())))
}

func move(p image.Point) string { return fmt.Sprintf("mousemove %d %d sleep 0.012", p.X, p.Y) }

// gesture does one thing. The parts are weighted about as people do them, but for
// dialogs and undo, which come more often.
func (h *wildHands) gesture() {
	for _, g := range h.gestures() {
		if h.r.IntN(1000) < g.weight {
			g.do()
			return
		}
	}
	h.do("Esc", 1, "key Escape")
}

type wildGesture struct {
	weight int // in 1000 of those that come this far
	do     func()
}

func (h *wildHands) gestures() []wildGesture {
	return []wildGesture{
		{180, h.clickText},
		{120, h.drag},
		{200, h.label},
		{90, h.wheel},
		{150, h.caret},
		{300, h.command},
		{220, h.undoRedo},
		{250, h.clickPanel},
		{300, h.ask},
		{400, h.write},
		{400, h.menu},
	}
}

func (h *wildHands) clickText() {
	times := []string{"", "--repeat 2 --delay 60", "--repeat 2 --delay 60", "--repeat 3 --delay 60"}[h.r.IntN(4)]
	where := move(h.point(textArea))
	if h.r.IntN(6) == 0 {
		h.do("click with Shift", 1, where, "keydown shift click 1 keyup shift")
		return
	}
	h.do("click", 1, where, "click", times, "1")
}

func (h *wildHands) drag() {
	area := textArea
	if h.r.IntN(8) == 0 {
		area = barArea
	}
	from := h.point(area)
	to := h.point(area)
	if h.r.IntN(2) == 0 { // a few words
		to = from.Add(image.Pt(h.r.IntN(300)-150, h.r.IntN(80)-40))
	}
	if h.r.IntN(10) == 0 {
		to = h.point(image.Rect(0, 30, 1280, 800)) // anywhere
	}
	line := []string{move(from), "mousedown 1"}
	for i := 1; i <= 5; i++ {
		line = append(line, move(from.Add(to.Sub(from).Mul(i).Div(5))))
	}
	h.do("drag", 1, append(line, "mouseup 1")...)
}

func (h *wildHands) label() {
	h.do("label key", 1, "key", []string{"1", "2", "3", "4", "5", "6", "7", "period", "shift+1", "shift+3"}[h.r.IntN(10)])
}

func (h *wildHands) wheel() {
	n := 1 + h.r.IntN(12)
	with, without := "", ""
	if h.r.IntN(12) == 0 {
		with, without = "keydown ctrl", "keyup ctrl"
	}
	area := []image.Rectangle{textArea, textArea, textArea, leftArea, rightArea}[h.r.IntN(5)]
	h.do("wheel", n, move(h.point(area)), with, fmt.Sprintf("click --repeat %d --delay 8 %d", n, 4+h.r.IntN(2)), without)
}

func (h *wildHands) caret() {
	keys := []string{"Left", "Right", "Up", "Down", "Home", "End", "Page_Up", "Page_Down", "Tab", "shift+Tab", "space"}
	mods := []string{"", "", "shift+", "ctrl+", "ctrl+shift+"}
	line := []string{"key --delay 6"}
	n := 1 + h.r.IntN(6)
	mod := mods[h.r.IntN(len(mods))]
	for range n {
		line = append(line, mod+keys[h.r.IntN(len(keys))])
	}
	h.do("caret key", n, line...)
}

func (h *wildHands) command() {
	c := h.plain[h.r.IntN(len(h.plain))]
	h.do("command", 1, "key", c.key)
}

func (h *wildHands) undoRedo() {
	n := 1 + h.r.IntN(4)
	key := []string{"ctrl+z", "ctrl+z", "ctrl+shift+z", "ctrl+y"}[h.r.IntN(4)]
	h.do("undo or redo", n, "key --delay 6", strings.Repeat(key+" ", n))
}

func (h *wildHands) clickPanel() {
	area := []image.Rectangle{leftArea, leftArea, rightArea, rightArea, labelArea, footArea, barArea}[h.r.IntN(7)]
	h.do("click beside the text", 1, move(h.point(area)), "click 1")
	if h.r.IntN(3) == 0 {
		h.do("click beside the text", 1, move(h.point(area)), "click 1")
	}
	if h.r.IntN(3) == 0 {
		h.do("Esc", 1, "key Escape")
	}
}

// ask opens something that waits for an answer, does a little in it and closes it:
// what is left open would take the keys meant for the text.
func (h *wildHands) ask() {
	c := h.asking[h.r.IntN(len(h.asking))]
	h.do("dialog", 1, "key Escape key", c.key, "sleep 0.05")
	for range h.r.IntN(4) {
		h.do("key in a dialog", 1, "key", []string{"Tab", "Down", "Up", "shift+Tab", "End", "Page_Down"}[h.r.IntN(6)])
	}
	if c.id == commands.Palette {
		h.do("typing", 1, "type --delay 4", "'"+h.plain[h.r.IntN(len(h.plain))].title+"'")
		h.do("key in a dialog", 1, "key", []string{"Return", "Escape"}[h.r.IntN(2)])
	}
	if c.id == commands.LabelPick || c.id == commands.LabelArm || c.id == commands.ArticleSkip {
		h.typeWords(1)
		h.do("key in a dialog", 1, "key", []string{"Return", "Down Return", "Escape"}[h.r.IntN(3)])
	}
	h.do("Esc", 3, "key --delay 15 Escape Escape Escape")
}

// words that are typed: of what a plain keyboard has. None is the name of a command
// that is left out.
var wildWords = strings.Fields("actor event the harbour 1999 quote, place; zulu o'clock (maybe) varno 12% x")

func (h *wildHands) typeWords(n int) {
	var words []string
	for range n {
		words = append(words, wildWords[h.r.IntN(len(wildWords))])
	}
	text := strings.NewReplacer("'", "", `"`, "").Replace(strings.Join(words, " "))
	h.do("typing", len(text), "type --delay 4", "'"+text+"'")
}

// write types into a field: a note, the flag, the search of the list.
func (h *wildHands) write() {
	h.do("field", 1, "key", []string{"n", "shift+n", "f", "ctrl+k", "ctrl+f"}[h.r.IntN(5)], "sleep 0.03")
	h.typeWords(1 + h.r.IntN(3))
	if h.r.IntN(3) == 0 {
		h.do("key in a field", 2, "key --delay 6 ctrl+a BackSpace")
	}
	h.do("Esc", 2, "key --delay 15", []string{"Escape Escape", "Tab Escape Escape", "Return Escape Escape"}[h.r.IntN(3)])
}

// menu opens the menu at a place and takes something from it, or not.
func (h *wildHands) menu() {
	p := h.point(textArea)
	h.do("context menu", 1, move(p), "click 3 sleep 0.04")
	if h.r.IntN(2) == 0 {
		q := p.Add(image.Pt(20+h.r.IntN(100), 10+h.r.IntN(220)))
		h.do("click in a menu", 1, move(image.Pt(min(q.X, 1275), min(q.Y, 765))), "click 1")
	}
	h.do("Esc", 2, "key --delay 15 Escape Escape")
}

// rest lets go of everything, so that the program can answer.
func (h *wildHands) rest() {
	h.do("Esc", 3, "mouseup 1 key --delay 30 Escape Escape Escape")
	time.Sleep(300 * time.Millisecond)
}
