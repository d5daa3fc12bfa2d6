package app

import (
	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/annotate/text"
	"lede/app/screens/picker"
	"lede/app/screens/reader"
)

// pickLabel opens the list of labels at the selection or the chosen span; arm
// makes the chosen label the armed one.
func (w *workspace) pickLabel(arm bool) {
	if w.unlabelled() {
		return
	}
	s := w.session
	arm = arm || s.Selection().Empty() && s.Chosen() == ""
	hint := "Tag as…"
	switch {
	case arm:
		hint = "Arm a label: every selection gets it…"
	case s.Selection().Empty():
		hint = "Make it…"
	}
	o := w.labelOptions(hint)
	o.Pick = func(id string) {
		if arm {
			if s.Armed() != annotate.ID(id) {
				s.Arm(annotate.ID(id))
			}
		} else {
			done, err := s.Label(annotate.ID(id))
			w.shell.tell(err)
			if !done && err == nil {
				w.remark("Nothing is selected any more", "The project was changed elsewhere in the meantime. Select the words again.")
			}
		}
		w.reader.Focus()
	}
	picker.Open(o)
}

// labelOptions offers all labels, the one given last first.
func (w *workspace) labelOptions(hint string) picker.Options {
	s := w.session
	o := picker.Options{Canvas: w.shell.win.Canvas(), At: w.atSelection(), Hint: hint, Gone: w.reader.Focus}
	for _, l := range s.Schema().Labels {
		o.Labels = append(o.Labels, picker.Label{ID: string(l.ID), Title: reader.LabelTitle(l), Key: w.shell.table.LabelKey(l.Hotkey), Mark: reader.MarkOf(l)})
		if l.ID == s.LastLabel() {
			last := o.Labels[len(o.Labels)-1]
			copy(o.Labels[1:], o.Labels[:len(o.Labels)-1])
			o.Labels[0] = last
		}
	}
	return o
}

// atSelection is a place below the selection or the chosen span, nil if it is out
// of sight.
func (w *workspace) atSelection() *fyne.Position {
	doc := w.session.Doc()
	if doc == nil {
		return nil
	}
	at := w.session.Selection()
	if span, ok := doc.Span(w.session.Chosen()); ok && at.Empty() {
		at = span.Fragments[0]
	}
	return w.below(at)
}

// atSpan is a place below a span, nil if it is out of sight.
func (w *workspace) atSpan(span annotate.Span) *fyne.Position {
	if len(span.Fragments) == 0 {
		return nil
	}
	return w.below(span.Fragments[0])
}

func (w *workspace) below(at text.Range) *fyne.Position {
	if at.Empty() {
		return nil
	}
	place, seen := w.reader.View.LocateXY(at.Start)
	if !seen {
		return nil
	}
	const below = 26
	origin := fyne.CurrentApp().Driver().AbsolutePositionForObject(w.reader.View)
	place = origin.Add(place).AddXY(0, below*w.zoom)
	return &place
}
