package reader

import (
	"time"

	"lede/annotate"
	"lede/annotate/text"
)

// listen turns what is done to the view into calls of the session.
func (r *Reader) listen() {
	s, v := r.o.Session, r.View
	v.OnSelect = r.selected
	v.OnChoose = func(id string) {
		if id == "" {
			r.letGo, r.letGoAt = s.Chosen(), time.Now()
		}
		s.Choose(annotate.ID(id))
	}
	v.OnResize = func(id string, fragment int, at text.Range) {
		r.o.Tell(s.SetFragment(annotate.ID(id), fragment, at))
	}
	v.OnAddFragment = func(id string, at text.Range) {
		if id != string(s.Chosen()) {
			s.Choose(annotate.ID(id))
		}
		r.o.Tell(s.AddFragment(at))
	}
	v.OnTool = r.tool
	v.OnKey = r.o.OnKey
	v.OnContext = r.o.Context
	v.OnZoom = r.o.Zoom
	v.OnScroll = r.o.Scrolled
}

// doubleClick is how long the first click of a double click may let go of a span
// that the word then selected may be added to.
const doubleClick = 600 * time.Millisecond

// selected takes in the selection; with an armed label, one that is final is
// labelled at once.
func (r *Reader) selected(at text.Range, final bool) {
	s := r.o.Session
	if !at.Empty() && r.letGo != "" && s.Chosen() == "" && time.Since(r.letGoAt) < doubleClick {
		s.SelectBeside(r.letGo, at)
	} else {
		s.Select(at)
	}
	if !at.Empty() {
		r.letGo = ""
	}
	if !final || at.Empty() || s.Armed() == "" {
		return
	}
	_, err := s.Label(s.Armed())
	r.o.Tell(err)
}

func (r *Reader) tool(id string) {
	if id == toolMore {
		r.o.PickLabel()
		return
	}
	_, err := r.o.Session.Label(annotate.ID(id))
	r.o.Tell(err)
	r.Focus()
}

// labelTapped labels the selection or the chosen span; with neither it arms the
// label. An armed label is let go by the same button.
func (r *Reader) labelTapped(label annotate.ID) {
	s := r.o.Session
	if s.Selection().Empty() && (s.Chosen() == "" || s.Armed() == label) {
		s.Arm(label)
	} else {
		_, err := s.Label(label)
		r.o.Tell(err)
	}
	r.Focus()
}
