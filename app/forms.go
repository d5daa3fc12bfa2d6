package app

import (
	"encoding/json"
	"slices"

	"lede/annotate"
	"lede/annotate/edit"
	"lede/annotate/text"
	"lede/app/commands"
	"lede/app/screens/form"
	"lede/app/screens/picker"
	"lede/app/screens/reader"
	"lede/app/settings"
)

// bindForms makes the commands that fill in attributes and show the guidelines.
func (s *shell) bindForms() {
	s.on(commands.SpanFill, s.in((*workspace).fillIn), s.chosen)
	s.on(commands.SpanSame, s.in((*workspace).sameAsBefore), s.chosen)
	s.on(commands.SpanKeep, s.in((*workspace).keepValues), s.chosen)
	s.on(commands.GuideShow, s.in(func(w *workspace) {
		w.showRight(true)
		if !w.inspector.ShowGuide() {
			w.remark("No guidelines", "The schema says nothing about its labels.")
		}
	}), s.article)
}

// fillIn gives the keyboard to the attribute that is needed most.
func (w *workspace) fillIn() {
	w.showRight(true)
	if !w.inspector.FillIn() {
		w.remark("No attributes", "The schema asks for none at spans with this label.")
	}
}

// sameAsBefore copies the attributes of the previous span with the label.
func (w *workspace) sameAsBefore() {
	w.inspector.Commit()
	words, found, err := w.session.CopyAttributes()
	switch {
	case err != nil:
		w.shell.tell(err)
	case !found:
		w.remark("Nothing to copy", "No span with this label before this one has attributes.")
	case words != "":
		w.shell.notice(notice{brief: true, title: "Same attributes as “" + text.Brief(words, 40) + "”"})
	default:
		w.shell.notice(notice{brief: true, title: "Same attributes as the span filled in last"})
	}
}

// keepValues lists the values of the chosen span, to keep one for the next spans
// with its label or to let it go.
func (w *workspace) keepValues() {
	s := w.session
	span, ok := s.Doc().Span(s.Chosen())
	if !ok {
		return
	}
	w.inspector.Commit()
	label, _ := s.Schema().Label(span.Label)
	title, kept := reader.LabelTitle(label), s.Kept(label.ID)
	var rows []picker.Label
	for _, a := range s.Schema().AttributesOf(annotate.SpanScope, label.ID) {
		value, isKept := kept[a.Name]
		if isKept {
			rows = append(rows, picker.Label{ID: a.Name, Title: form.Title(a) + ": " + form.Words(a, value), Key: "kept", Mark: reader.MarkOf(label)})
		} else if raw := span.Attributes[a.Name]; edit.Fits(a, span.Attributes, raw) {
			rows = append(rows, picker.Label{ID: a.Name, Title: form.Title(a) + ": " + form.Words(a, raw), Mark: reader.MarkOf(label)})
		}
	}
	if len(rows) == 0 {
		w.remark("Nothing to keep", "The span has no attributes yet. Press F2 to fill them in.")
		return
	}
	picker.Open(picker.Options{
		Canvas: w.shell.win.Canvas(), At: w.atSelection(), Hint: "Keep for the next " + title + " spans…", Labels: rows,
		None: "No value reads like that.", Width: 340, Gone: w.reader.Focus,
		Pick: func(name string) {
			if _, isKept := kept[name]; isKept {
				s.Keep(label.ID, name, nil)
			} else {
				s.Keep(label.ID, name, span.Attributes[name])
			}
			w.reader.Focus()
		},
	})
}

// takeKept takes up the values that were kept in the project before. Those of labels
// that are no more are left out.
func (w *workspace) takeKept() {
	kept := map[annotate.ID]annotate.Values{}
	for label, values := range w.shell.o.Settings.Kept(w.store.Info().Path) {
		if _, ok := w.session.Schema().Label(annotate.ID(label)); !ok {
			continue
		}
		for name, raw := range values {
			if json.Valid(raw) {
				kept[annotate.ID(label)] = kept[annotate.ID(label)].With(name, slices.Clone(raw))
			}
		}
	}
	w.session.SetKept(kept)
}

// rememberKept writes down which values are kept.
func (w *workspace) rememberKept() {
	kept := settings.Kept{}
	for label, values := range w.session.AllKept() {
		kept[string(label)] = values
	}
	if w.asOf == nil {
		w.shell.remember(w.shell.o.Settings.SetKept(w.store.Info().Path, kept))
	}
	w.inspector.KeptChanged()
}
