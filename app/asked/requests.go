package asked

import "sync"

// Requests are the files that are to be opened. They may come from any goroutine, and
// before there is a window.
type Requests struct {
	mu      sync.Mutex
	waiting []string
	tell    func()
}

// System are the requests of this computer's system; Listen begins to hear them.
var System Requests

// Ask adds a request.
func (r *Requests) Ask(path string) {
	r.mu.Lock()
	r.waiting = append(r.waiting, path)
	tell := r.tell
	r.mu.Unlock()
	if tell != nil {
		tell()
	}
}

// Tell has tell called whenever a request comes, on the goroutine that brought it and
// before that goes on: tell must not wait for anything. What came before waits for Take.
func (r *Requests) Tell(tell func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tell = tell
}

// Waiting says whether there is anything to take.
func (r *Requests) Waiting() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.waiting) > 0
}

// Take gives the requests that wait, oldest first, and forgets them.
func (r *Requests) Take() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	waiting := r.waiting
	r.waiting = nil
	return waiting
}
