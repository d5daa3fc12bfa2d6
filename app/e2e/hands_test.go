package e2e

import (
	"fmt"
	"image"
	"os"
	"os/exec"
	"testing"
	"time"
)

// hands are a mouse and a keyboard. They count what they do.
type hands struct {
	t       testing.TB
	display string
	mouse   int // clicks, drags, turns of the wheel
	keys    int // key presses
	clicked time.Time
	where   image.Point // of the last click
}

// between is the time that a hand needs between two things: programs see a move,
// a press and a release as a person makes them, not in one instant.
const between = "0.06"

// alone is how long after a click the next one at the same place is not the second
// of a double, also for a program that is late.
const alone = 1200 * time.Millisecond

func (h *hands) xdo(args ...string) {
	h.t.Helper()
	cmd := exec.Command("xdotool", args...)
	cmd.Env = append(os.Environ(), "DISPLAY="+h.display)
	if said, err := cmd.CombinedOutput(); err != nil {
		h.t.Fatalf("xdotool %v: %v: %s", args, err, said)
	}
}

func at(p image.Point) []string {
	return []string{"mousemove", fmt.Sprint(p.X), fmt.Sprint(p.Y), "sleep", between}
}

// settle waits until a click would not be taken for the second of a double click.
func (h *hands) settle(p image.Point) {
	d := p.Sub(h.where)
	if wait := alone - time.Since(h.clicked); wait > 0 && d.X*d.X+d.Y*d.Y < 200 {
		time.Sleep(wait)
	}
	h.where = p
}

// click presses and releases the left button n times, quickly enough for a program
// that paints slowly, with modifiers held.
func (h *hands) click(p image.Point, n int, modifiers ...string) {
	h.t.Helper()
	h.settle(p)
	args := at(p)
	for _, m := range modifiers {
		args = append(args, "keydown", m, "sleep", between)
	}
	args = append(args, "click", "--repeat", fmt.Sprint(n), "--delay", "25", "1", "sleep", between)
	for _, m := range modifiers {
		args = append(args, "keyup", m)
	}
	h.xdo(args...)
	h.mouse += n
	h.clicked = time.Now()
}

// drag moves the mouse with the left button held, in several steps.
func (h *hands) drag(from, to image.Point, modifiers ...string) {
	h.t.Helper()
	h.settle(from)
	args := at(from)
	for _, m := range modifiers {
		args = append(args, "keydown", m, "sleep", between)
	}
	args = append(args, "mousedown", "1", "sleep", between)
	const steps = 8
	for i := 1; i <= steps; i++ {
		step := from.Add(to.Sub(from).Mul(i).Div(steps))
		args = append(args, "mousemove", fmt.Sprint(step.X), fmt.Sprint(step.Y), "sleep", "0.025")
	}
	args = append(args, "sleep", between, "mouseup", "1", "sleep", between)
	for _, m := range modifiers {
		args = append(args, "keyup", m)
	}
	h.xdo(args...)
	h.mouse++
	h.clicked = time.Now()
}

// wheel turns the wheel down (up if n is negative) with the pointer at p.
func (h *hands) wheel(p image.Point, n int) {
	h.t.Helper()
	button := "5"
	if n < 0 {
		button, n = "4", -n
	}
	// The wheel turns where the program last saw the pointer: it needs a frame or two.
	h.xdo(append(at(p), "sleep", "0.2", "click", "--repeat", fmt.Sprint(n), "--delay", "40", button, "sleep", between)...)
	h.mouse++
}

// away moves the pointer where it points at nothing.
func (h *hands) away() {
	h.t.Helper()
	h.xdo("mousemove", "640", "799", "sleep", between)
}

// key presses keys one after the other: xdotool's names, as "shift+Right".
func (h *hands) key(keys ...string) {
	h.t.Helper()
	args := []string{"key", "--delay", "40"}
	h.xdo(append(append(args, keys...), "sleep", between)...)
	h.keys += len(keys)
}

// times is a key n times.
func times(n int, key string) []string {
	keys := make([]string, n)
	for i := range keys {
		keys[i] = key
	}
	return keys
}

// typed writes text, of what a plain keyboard has.
func (h *hands) typed(text string) {
	h.t.Helper()
	h.xdo("type", "--delay", "30", text)
	time.Sleep(60 * time.Millisecond)
	h.keys += len(text)
}
