package schema

import (
	"math/rand/v2"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	file "lede/annotate/schema"
)

// drain does what waits, with little patience.
func (b *bench) drain() {
	for quiet := 0; quiet < 3; {
		select {
		case f := <-b.queue:
			f()
			quiet = 0
		case <-time.After(time.Millisecond):
			quiet++
		}
	}
}

// TestAnything presses keys at random, in every part of the screen: it stands, what
// it makes can be written to a file, and undo leads back to where it began.
func TestAnything(t *testing.T) {
	keys := []fyne.KeyName{
		fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeyUp, fyne.KeyDown, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight,
		fyne.KeySpace, fyne.KeySpace, fyne.KeyReturn, fyne.KeyReturn, fyne.KeyEscape, fyne.KeyDelete, fyne.KeyEnd, fyne.KeyHome, fyne.KeyInsert,
	}
	words := []string{"x", "Weapon", "3", "r", "#123456", "12", "a; b; c", "m", "s", "d", "+", "2026-03", "نقابة", " "}
	for seed := range uint64(3) {
		b := open(t)
		r := rand.New(rand.NewPCG(seed, 7))
		first := file.Of(b.s.Schema())
		before, err := first.Write()
		if err != nil {
			t.Fatal(err)
		}
		for range 400 {
			switch {
			case b.c.Overlays().Top() == nil:
				b.e.Sheet.Open(b.e.list)
			case r.IntN(12) == 0:
				b.e.Turn(1)
			case r.IntN(4) == 0 && b.c.Focused() != nil:
				b.typed(words[r.IntN(len(words))])
			default:
				b.mods = []fyne.KeyModifier{0, 0, fyne.KeyModifierShift}[r.IntN(3)]
				b.strike(keys[r.IntN(len(keys))])
				b.mods = 0
			}
			b.drain()
		}
		b.settle()
		for b.c.Overlays().Top() != nil && b.c.Overlays().Top() != fyne.CanvasObject(b.e.Sheet) {
			b.c.Overlays().Remove(b.c.Overlays().Top())
		}
		if b.s.Schema().Version < 6 {
			t.Errorf("seed %d: next to nothing was done", seed)
		}
		raw, err := file.Of(b.s.Schema()).Write()
		if err == nil {
			_, err = file.Parse("made", raw)
		}
		if err != nil {
			t.Fatalf("seed %d: what was made is no schema file: %v\n%s", seed, err, raw)
		}
		for range 300 {
			if _, ok := b.e.steps.Next(false); !ok {
				break
			}
			b.e.Undo()
			b.drain()
		}
		b.settle()
		after, err := file.Of(b.s.Schema()).Write()
		if err != nil || string(after) != string(before) {
			t.Errorf("seed %d: undo does not lead back to the schema of before (%v)", seed, err)
		}
		if got := b.spans(); got != "actor actor event" {
			t.Errorf("seed %d: the spans are %s", seed, got)
		}
	}
}

// strike is press without the patience.
func (b *bench) strike(name fyne.KeyName) {
	settle := b.patient
	b.patient = false
	b.press(name, 0)
	b.patient = settle
}
