package reader

import (
	"time"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/annotate/text"
	"lede/app/textview"
)

// listen turns what is done to the view into calls of the session.
func (r *Reader) listen() {
	s, v := r.o.Session, r.View
	v.OnSelect = r.selected
	v.OnChoose = func(id string) {
		if id == "" && !r.byKey {
			r.letGo, r.letGoAt = s.Chosen(), time.Now()
		}
		s.Point(v.Caret())
		s.Choose(annotate.ID(id))
	}
	v.OnChooseMore = func(id string) { s.ChooseMore(annotate.ID(id)) }
	v.OnList = r.o.List
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
	v.OnContext = r.o.Context
	v.OnZoom = r.o.Zoom
	v.OnScroll = func() {
		r.lookForGlyphs()
		if r.o.Scrolled != nil {
			r.o.Scrolled()
		}
	}
	r.listenLinks()
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
	switch id {
	case toolMore:
		r.o.PickLabel()
		return
	case toolQuoted:
		r.o.TagQuoted()
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

// Hear makes a keyboard hear the keys of the text.
func (r *Reader) Hear(k textview.Keyboard) { r.View.Keys = &heard{k, r} }

// heard notes whether a key is down: what Esc lets go of stays let go.
type heard struct {
	textview.Keyboard
	r *Reader
}

// Down is for the text view.
func (h *heard) Down(e *fyne.KeyEvent) {
	h.r.byKey, h.r.letGo = true, ""
	h.Keyboard.Down(e)
}

// Up is for the text view.
func (h *heard) Up(e *fyne.KeyEvent) {
	h.r.byKey = false
	h.Keyboard.Up(e)
}

// Reset is for the text view.
func (h *heard) Reset() {
	h.r.byKey = false
	h.Keyboard.Reset()
}
