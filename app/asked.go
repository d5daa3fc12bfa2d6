package app

import (
	"fmt"
	"time"
)

// hearSystem opens what the system asked for before there was a window, and from now
// on: on a Mac a double click on a project comes to the Lede that is there.
func (s *shell) hearSystem() {
	s.asked.Tell(func() { // in the middle of an event, which must not wait
		s.aside(func() { s.dispatch(s.openAsked) })
	})
	s.openAsked()
}

// untilFree is how long a request waits before the window looks again whether it has
// time for it.
const untilFree = 300 * time.Millisecond

// openAsked opens what the system asked for, if it did, in place of the project that is
// open. While a dialog is in front, or another project opens, it waits for that: the
// dialog may hold what somebody typed, and belongs to the project behind it.
func (s *shell) openAsked() {
	if !s.asked.Waiting() {
		return
	}
	if s.opening || s.win.Canvas().Overlays().Top() != nil {
		s.later(untilFree, s.openAsked)
		return
	}
	paths := s.asked.Take()
	s.unlessImporting(func() {
		s.openThen(paths[0], func() {
			if len(paths) > 1 {
				s.notice(notice{
					title: "Lede shows one project at a time",
					text:  fmt.Sprintf("It was asked to open %d. This is the first of them; the others are as they were.", len(paths)),
				})
			}
		})
	})
}
