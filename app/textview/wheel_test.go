package textview

import (
	"math"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"pgregory.net/rapid"
)

func (r *rig) wheelBy(dx, dy float32) {
	r.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(dx, dy)})
}

// A touchpad sends fractions of pixels: none is lost, whatever the frames are.
func TestFractionsOfAWheelAddUp(t *testing.T) {
	r := newRig(t, strings.Repeat(news+"\n", 300), 712, 400)
	rapid.Check(t, func(t *rapid.T) {
		r.ScrollTo(0)
		r.clock.pass(time.Second)
		r.scrollBy(5000)
		before, want := r.flow.Top(), 0.0
		first := r.paint.lines[0]
		heights := r.flow.LineOf(first.Start(), false).Y
		for _, d := range rapid.SliceOfN(rapid.Float32Range(-0.9, 0.9), 1, 400).Draw(t, "steps") {
			r.wheelBy(7, d)
			want -= float64(d) * wheelSpeed
			if rapid.Bool().Draw(t, "frame") {
				r.clock.pass(frame)
			}
		}
		r.clock.pass(time.Second)
		got := r.flow.Top() - before - (r.flow.LineOf(first.Start(), false).Y - heights)
		if math.Abs(got-want) > 1e-6 {
			t.Fatalf("scrolled by %g, want %g", got, want)
		}
	})
}

// A kinetic flood is one rebuild a frame, the first step at once.
func TestAFloodIsOneRebuildAFrame(t *testing.T) {
	r := newRig(t, strings.Repeat(news+"\n", 300), 712, 400)
	built := 0
	r.OnScroll = func() { built++ }
	r.wheelBy(0, -1)
	if built != 1 || r.flow.Top() == 0 {
		t.Fatalf("the first step scrolled to %g in %d rebuilds", r.flow.Top(), built)
	}
	for range 50 { // frames
		for range 40 {
			r.wheelBy(0, -0.25)
		}
		r.clock.pass(frame)
	}
	if built > 52 {
		t.Errorf("%d rebuilds in 50 frames", built)
	}
	if want := (1 + 50*10) * wheelSpeed; math.Abs(r.flow.Top()-want) > 0.01 {
		t.Errorf("scrolled to %g, want %g", r.flow.Top(), want)
	}
	// At rest nothing waits and nothing is drawn.
	r.clock.pass(time.Minute)
	built = 0
	r.clock.pass(time.Minute)
	if built != 0 || len(r.clock.timers) != 0 {
		t.Errorf("at rest: %d rebuilds, %d timers", built, len(r.clock.timers))
	}
	r.wheelBy(9, 0) // sideways is nothing
	if built != 0 || len(r.clock.timers) != 0 {
		t.Error("scrolling sideways did something")
	}
}

// What is left of a flood is forgotten by a jump.
func TestAJumpEndsTheWheel(t *testing.T) {
	r := newRig(t, strings.Repeat(news+"\n", 300), 712, 400)
	r.wheelBy(0, -1)
	r.wheelBy(0, -50)
	r.ScrollTo(4000)
	at := r.flow.Top()
	r.clock.pass(time.Second)
	if r.flow.Top() != at {
		t.Errorf("after a jump to %g the wheel went on to %g", at, r.flow.Top())
	}
}

// On every scale of a screen fills, lines and the caret begin and end on whole
// pixels, pieces of a highlight meet without a seam, and letters stand on a pixel,
// also where the text was scrolled by fractions.
func TestEverythingStandsOnPixels(t *testing.T) {
	for _, scale := range []float32{1, 1.25, 1.5, 2, 3} {
		r := newRig(t, "abc שלום 12 דהו def walked out on Monday.\n"+strings.Repeat(news+"\n", 20), 712, 400)
		r.win.Canvas().(interface{ SetScale(float32) }).SetScale(scale)
		r.layer(r.item("m", "event", "שלום 12 דהו def"), r.item("w", "quote", "walked out"), r.item("o", "actor", "out on"))
		r.FocusGained()
		r.SetSelection(r.find("def walked"))
		for _, by := range []float64{0, 0.3, 0.77, 13.125} {
			r.scrollBy(by)
			whole := func(what string, x float32) {
				t.Helper()
				if p := float64(x * scale); math.Abs(p-math.Round(p)) > 0.01 {
					t.Errorf("scale %g, scrolled by %g: %s at %g is between pixels", scale, by, what, x)
				}
			}
			for _, d := range []depth{atSelection, atFill, atLine, atCaret, atBar} {
				for _, o := range r.paint.order[d] {
					q := o.(*canvas.Rectangle)
					whole("an edge", q.Position().X)
					whole("an edge", q.Position().Y)
					whole("an edge", q.Position().X+q.Size().Width)
					whole("an edge", q.Position().Y+q.Size().Height)
					if q.Size().Width*scale < 0.99 || q.Size().Height*scale < 0.99 {
						t.Errorf("scale %g: something is thinner than a pixel: %v", scale, q.Size())
					}
				}
			}
			lines(t, r, scale)
		}
	}
}

// lines checks that all underlines of one lane are of one thickness, that the fill
// of a word is where its letters are, and that the caret is as thick as ever.
func lines(t *testing.T, r *rig, scale float32) {
	t.Helper()
	word := r.find("walked out")
	l := r.flow.LineOf(word.Start, false)
	y0, y1 := r.paint.fillOf(l)
	base := r.paint.y(l.Y) + r.paint.baseline(l.Block)
	if base <= y0 || base >= y1 {
		t.Errorf("scale %g: letters at %g, their fill at %g–%g", scale, base, y0, y1)
	}
	r.paint.segments(l, word, func(x0, _ float32) {
		gap := float32(math.Inf(1))
		for _, o := range r.paint.order[atText] {
			if q := o.(*canvas.Text); strings.HasPrefix(q.Text, "walked") {
				gap = min(gap, max(q.Position().X-x0, x0-q.Position().X))
			}
		}
		if gap > 1/scale {
			t.Errorf("scale %g: the fill begins %g beside the word", scale, gap)
		}
	})
	if len(r.paint.order[atCaret]) == 0 {
		t.Errorf("scale %g: no caret", scale)
		return
	}
	if w := r.paint.order[atCaret][0].Size().Width * scale; w < 1.9*min(scale, 1.5)-0.6 {
		t.Errorf("scale %g: the caret is %g pixels wide", scale, w)
	}
}
