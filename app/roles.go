package app

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/annotate/text"
	"lede/app/commands"
	"lede/app/screens/picker"
	"lede/app/screens/reader"
)

// bindRoles makes the commands that fill the roles of the chosen span.
func (s *shell) bindRoles() {
	for n := 1; n <= 9; n++ {
		key := strconv.Itoa(n)
		s.on(commands.RoleOf+key, s.in(func(w *workspace) {
			if r, ok := w.roleOf(key); ok {
				w.fillRole(r.Type.ID)
			}
		}), func() bool {
			if !s.chosen() {
				return false
			}
			_, ok := s.work.roleOf(key)
			return ok
		})
	}
	s.on(commands.RoleFill, s.in((*workspace).pickRole), func() bool { return s.chosen() && len(s.work.roles()) > 0 })
}

// roles are those of the chosen span.
func (w *workspace) roles() []annotate.Role {
	span, ok := w.session.Doc().Span(w.session.Chosen())
	if !ok {
		return nil
	}
	return w.session.Schema().Roles(span.Label)
}

// roleOf is the role of the chosen span that has a key.
func (w *workspace) roleOf(key string) (annotate.Role, bool) {
	for _, r := range w.roles() {
		if r.Key == key {
			return r, true
		}
	}
	return annotate.Role{}, false
}

// noRole says why the key of a role does nothing.
func (w *workspace) noRole(key string) {
	span, ok := w.session.Doc().Span(w.session.Chosen())
	roles := w.roles()
	var offers []string
	for _, r := range roles {
		if r.Key != "" {
			offers = append(offers, fmt.Sprintf("%s %s", w.shell.table.Hint(commands.RoleOf+r.Key), reader.RelationName(r.Type)))
		}
	}
	switch {
	case !ok:
		w.remark("Roles of a span", "Choose an event or a quote, for instance, then press the key of its role again.")
	case len(roles) == 0:
		w.remark("No role is offered", fmt.Sprintf("In the schema, no relation leads from “%s”.", w.labelTitle(span)))
	default:
		w.remark("No role has the key "+w.shell.table.Hint(commands.RoleOf+key), fmt.Sprintf("“%s” has: %s.", w.labelTitle(span), strings.Join(offers, ", ")))
	}
}

// pickRole asks which role of the chosen span is to be filled.
func (w *workspace) pickRole() {
	o := picker.Options{
		Canvas: w.shell.win.Canvas(), At: w.atSelection(), Hint: "Which role? Type a part, or its number", None: "No role is called that.",
		ByKey: true, Gone: w.reader.Focus, Pick: func(id string) { w.fillRole(annotate.ID(id)) },
	}
	for _, r := range w.roles() {
		mark := annotate.Label{}
		if to := w.session.Schema().LabelsTo(r.Type); len(to) > 0 {
			mark = to[0]
		}
		o.Labels = append(o.Labels, picker.Label{ID: string(r.Type.ID), Title: reader.RelationTitle(r.Type), Key: r.Key, Mark: reader.MarkOf(mark)})
	}
	picker.Open(o)
}

// fillRole fills a role of the chosen span: by the words that are selected, or else
// by what is pointed at next.
func (w *workspace) fillRole(kind annotate.ID) {
	if at := w.session.Selection(); !at.Empty() {
		w.roleWords(w.session.Chosen(), kind, at, "")
		return
	}
	w.reader.FillRole(kind)
}

// roleWords makes words fill a role of a span. They get the label that the relation
// type leads to; of several, the one whose hotkey was pressed, or the one that is
// picked. It reports whether they are taken.
func (w *workspace) roleWords(from, kind annotate.ID, at text.Range, key string) bool {
	defer w.shell.probe.took("role", time.Now())
	t, ok := w.session.Schema().RelationType(kind)
	if !ok {
		return false
	}
	labels := w.session.Schema().LabelsTo(t)
	give := func(label annotate.ID) { w.shell.tell(w.session.LinkWords(kind, from, label, at)) }
	if key != "" {
		label, ok := w.session.Schema().LabelByKey(key)
		if !ok || !t.AllowsTo(label.ID) {
			w.remark("Not for this role", fmt.Sprintf("In the schema, “%s” leads to %s.", reader.RelationName(t), quotedTitles(labels)))
			return false
		}
		give(label.ID)
		return true
	}
	if len(labels) == 1 {
		give(labels[0].ID)
		return true
	}
	o := picker.Options{
		Canvas: w.shell.win.Canvas(), At: w.below(at), Hint: reader.RelationTitle(t) + ": tag the words as…", ByKey: true, Gone: w.reader.Focus,
		Pick: func(id string) {
			give(annotate.ID(id))
			w.reader.Focus()
		},
	}
	for _, l := range labels {
		o.Labels = append(o.Labels, picker.Label{ID: string(l.ID), Title: reader.LabelTitle(l), Key: w.shell.table.LabelKey(l.Hotkey), Mark: reader.MarkOf(l)})
	}
	// Once the key or button is up: Fyne takes the keyboard from what opens before.
	w.shell.dispatch(func() { picker.Open(o) })
	return true
}

// quotedTitles lists labels as a sentence has them: “Event” or “Actor”.
func quotedTitles(labels []annotate.Label) string {
	titles := make([]string, len(labels))
	for i, l := range labels {
		titles[i] = "“" + reader.LabelTitle(l) + "”"
	}
	if n := len(titles); n > 1 {
		return strings.Join(titles[:n-1], ", ") + " or " + titles[n-1]
	}
	return strings.Join(titles, "")
}

// roleTitles names the commands after the roles of the chosen span, and makes their
// menu, if they are others than before.
func (s *shell) roleTitles() {
	var roles []annotate.Role
	if s.editable() {
		roles = s.work.roles()
	}
	names := ""
	for _, r := range roles {
		names += r.Key + string(r.Type.ID) + reader.RelationName(r.Type) + "\n"
	}
	if names == s.roles {
		return
	}
	s.roles = names
	for n := 1; n <= 9; n++ {
		s.table.SetTitle(commands.RoleOf+strconv.Itoa(n), "")
	}
	menu := fyne.NewMenu("")
	for _, r := range roles {
		title := "Add " + reader.RelationName(r.Type) + "…"
		item := fyne.NewMenuItem(title, s.in(func(w *workspace) {
			if !s.covered() {
				w.fillRole(r.Type.ID)
			}
		}))
		if r.Key != "" {
			s.table.SetTitle(commands.RoleOf+r.Key, title)
			item.Label += "   " + s.table.Hint(commands.RoleOf+r.Key)
		}
		menu.Items = append(menu.Items, item)
	}
	s.table.SetChildren(commands.RoleFill, menu)
}
