package sheet

import (
	"context"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"lede/app/crash"
)

// Progress says how far work is. Total is 0 while it is not known.
type Progress struct {
	Done, Total int
	Phase       string
}

// Part is how much is done, from 0 to 1.
func (p Progress) Part() float64 {
	if p.Total <= 0 {
		return 0
	}
	return float64(p.Done) / float64(p.Total)
}

// Work is one thing at a time that is done off the window's goroutine. All its
// methods belong to that goroutine.
type Work struct {
	// Dispatch brings results back to the window's goroutine; nil = fyne.Do.
	Dispatch func(func())

	cancel context.CancelFunc
	ended  chan struct{} // closed when the last work has returned
	number int
}

// interval is how often progress is told.
const interval = 50 * time.Millisecond

// Start begins work in the place of what was under way, which is given up without
// a word. run gets a context that ends with Cancel or Stop; progress and done are
// called on the window's goroutine.
func Start[T any](w *Work, run func(ctx context.Context, tell func(Progress)) (T, error), progress func(Progress), done func(T, error)) {
	w.Stop()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	w.cancel, w.ended = cancel, ended
	number := w.number
	dispatch := w.Dispatch
	if dispatch == nil {
		dispatch = fyne.Do
	}
	current := func(f func()) func() {
		return func() {
			if number == w.number {
				f()
			}
		}
	}
	tell := seldom(func(p Progress) {
		dispatch(current(func() { progress(p) }))
	})
	go func() {
		defer crash.Guard()
		result, err := run(ctx, tell)
		cancel()
		close(ended)
		dispatch(current(func() {
			w.cancel = nil
			done(result, err)
		}))
	}()
}

// seldom passes on what comes at least an interval after what came before.
func seldom(tell func(Progress)) func(Progress) {
	var mu sync.Mutex
	last := time.Now()
	return func(p Progress) {
		mu.Lock()
		defer mu.Unlock()
		if now := time.Now(); now.Sub(last) >= interval {
			last = now
			tell(p)
		}
	}
}

// Busy says whether work is under way.
func (w *Work) Busy() bool { return w.cancel != nil }

// Cancel asks the work to end early; its done is still called.
func (w *Work) Cancel() {
	if w.cancel != nil {
		w.cancel()
	}
}

// End gives the work up and waits until it has let go of what it works on.
func (w *Work) End() {
	w.Stop()
	if w.ended != nil {
		<-w.ended
	}
}

// Stop gives the work up: nothing more is heard of it.
func (w *Work) Stop() {
	if w.cancel != nil {
		w.cancel()
		w.cancel = nil
	}
	w.number++
}
