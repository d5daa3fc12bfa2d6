package pdf

import (
	"context"
	"time"
)

// ReadHere reads a file in this process and says why it is refused.
func ReadHere(raw []byte) (why string, refused bool) {
	r := (&job{Raw: raw}).do(context.Background())
	if r.Refused != nil {
		return r.Refused.Detail, true
	}
	return "", false
}

// Allow bounds what a file may take; it returns what undoes that.
func Allow(d time.Duration, bytes int64) func() {
	p, m := patience, memory
	patience, memory = d, bytes
	return func() { patience, memory = p, m }
}

// Rest is for how long a helper waits for another file; it returns what undoes that.
func Rest(d time.Duration) func() {
	before := restTime
	restTime = d
	return func() { restTime = before }
}

// Helper is the id of the process that rests, 0 if none does.
func Helper() int {
	h := rested()
	if h == nil {
		return 0
	}
	defer h.rest()
	return h.process.Process.Pid
}
