package textview

import "time"

// frame is how often the view is rebuilt while a wheel or a touchpad turns.
const frame = time.Second / 60

// wheel adds up what a touchpad sends between two frames: it may send hundreds of
// small steps a second, fractions of a pixel among them, and goes on by itself
// after the fingers have left it.
type wheel struct {
	due     float64 // not scrolled yet
	waiting bool    // until the next frame may be built
	cancel  func()
}

func (w *wheel) stop() {
	if w.cancel != nil {
		w.cancel()
	}
	*w = wheel{}
}

// turn scrolls by dy: the first step at once, those that follow within a frame
// together. Nothing is rounded on the way.
func (v *View) turn(dy float64) {
	w := &v.wheel
	w.due += dy
	if w.waiting || w.due == 0 {
		return
	}
	v.turned()
	w.waiting = true
	w.cancel = v.opts.Clock.After(frame, func() {
		v.opts.Dispatch(func() {
			v.wheel.waiting = false
			v.turn(0)
		})
	})
}

func (v *View) turned() {
	dy := v.wheel.due
	v.wheel.due = 0
	v.scrollBy(dy)
}
