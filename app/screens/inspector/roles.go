package inspector

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/app/commands"
	"lede/app/screens/reader"
	"lede/app/session"
	"lede/app/theme"
	"lede/app/widgets"
)

// Where the parts of a role's row stand.
const (
	roleKeyWidth  float32 = 22
	roleNameWidth float32 = 70
)

// roles lists the roles of a span with what fills them; nil if there are none. What is
// not there cannot be added where nothing can be changed.
func (t *spanTab) roles(span annotate.Span) fyne.CanvasObject {
	roles := t.p.o.Session.Roles(span.ID)
	if !t.editable() {
		roles = filled(roles)
	}
	if len(roles) == 0 {
		return nil
	}
	rows := []fyne.CanvasObject{t.rolesHead()}
	for _, r := range roles {
		rows = append(rows, t.role(span, r)...)
	}
	return widgets.NewColumn(1, rows...)
}

func filled(roles []session.Role) []session.Role {
	var some []session.Role
	for _, r := range roles {
		if len(r.Relations) > 0 {
			some = append(some, r)
		}
	}
	return some
}

// rolesHead is the heading of the roles; it says with which key their numbers go.
func (t *spanTab) rolesHead() fyne.CanvasObject {
	line := []fyne.CanvasObject{widgets.NewHead("Roles")}
	if with := strings.TrimSuffix(t.p.o.Key(commands.RoleOf+"1"), "1"); t.editable() && with != t.p.o.Key(commands.RoleOf+"1") {
		line = append(line, widgets.NewLine(strings.TrimSuffix(with, "+")+" + number", theme.SmallSize, theme.Dim))
	}
	return widgets.NewPadded(widgets.Pad{Bottom: 6}, widgets.NewStretch(8, 0, line...))
}

// role is the rows of a role: a line for each filler, or the button that adds one;
// below them what the schema finds wrong.
func (t *spanTab) role(span annotate.Span, r session.Role) []fyne.CanvasObject {
	kind := r.Type.ID
	if len(r.Relations) == 0 {
		return []fyne.CanvasObject{t.emptyRole(span, r)}
	}
	var rows []fyne.CanvasObject
	for i, rel := range r.Relations {
		key, name := fyne.CanvasObject(widgets.NewSpace(0, 0)), "and"
		if i == 0 {
			key, name = t.roleKey(r), relationName(r.Type)
		}
		line := []fyne.CanvasObject{widgets.NewAtLeast(fyne.NewSize(roleKeyWidth, 0), key), t.named(name, roleNameWidth, rel.ID), t.end(rel.To)}
		if t.editable() {
			if i == len(r.Relations)-1 && (r.Type.Max == 0 || len(r.Relations) < r.Type.Max) {
				line = append(line, tightIcon(widgets.IconPlus, func() { t.p.o.Relate(kind) }))
			}
			line = append(line, tightIcon(widgets.IconClose, func() {
				t.p.o.Tell(t.p.o.Session.Unlink(rel.ID))
				t.p.after()
			}))
		}
		rows = append(rows, widgets.NewStretch(1, 2, line...))
	}
	if problem := roleProblem(r); problem != "" {
		rows = append(rows, widgets.NewPadded(widgets.Pad{Left: roleKeyWidth + roleNameWidth + 8, Bottom: 4},
			widgets.NewLine(problem, theme.SmallSize, theme.Warning)))
	}
	return rows
}

// emptyRole offers to fill a role; the arrow lists the spans near by.
func (t *spanTab) emptyRole(span annotate.Span, r session.Role) fyne.CanvasObject {
	kind := r.Type
	words := []fyne.CanvasObject{widgets.NewLine("+ "+relationName(kind), theme.TextSize, theme.Accent)}
	if problem := roleProblem(r); problem != "" {
		words = append(words, widgets.NewLine(problem, theme.SmallSize, theme.Warning))
	}
	add := widgets.NewSurface(widgets.NewRow(8, words...), func() { t.p.o.Relate(kind.ID) })
	add.Pad, add.Radius = widgets.Even(4, 4), 4
	var list *widgets.Surface
	list = tightIcon(widgets.IconDown, func() {
		if items := t.ends(span, kind); len(items) > 0 {
			below(list, items)
		} else {
			t.p.o.Relate(kind.ID)
		}
	})
	key := widgets.NewAtLeast(fyne.NewSize(roleKeyWidth, 0), t.roleKey(r))
	return widgets.NewStretch(1, 1, key, widgets.NewRow(0, add), list)
}

// tightIcon is a small button that leaves room for the words beside it.
func tightIcon(icon widgets.IconName, do func()) *widgets.Surface {
	s := widgets.NewIconButton(icon, do)
	s.Pad, s.Radius = widgets.Even(3, 4), 4
	return s
}

// roleKey is the picture of the key of a role: its number, where the rest of the key
// stands in the heading.
func (t *spanTab) roleKey(r session.Role) fyne.CanvasObject {
	if r.Key == "" || !t.editable() {
		return widgets.NewSpace(0, 0)
	}
	key, first := t.p.o.Key(commands.RoleOf+r.Key), t.p.o.Key(commands.RoleOf+"1")
	if with, ok := strings.CutSuffix(first, "1"); ok && key == with+r.Key {
		key = r.Key
	}
	if key == "" {
		return widgets.NewSpace(0, 0)
	}
	return widgets.NewRow(0, widgets.NewKeyCap(key))
}

// roleProblem says in a word or two what the schema finds wrong with a role.
func roleProblem(r session.Role) string {
	switch {
	case r.Missing() && r.Type.Min == 1:
		return "needed"
	case r.Missing():
		return fmt.Sprintf("%d needed", r.Type.Min)
	case r.Surplus():
		return fmt.Sprintf("%d at most", r.Type.Max)
	}
	return ""
}

// relations lists the relations of a span that are not among its roles: those that
// lead to it, and those that the schema does not offer. nil: there are none.
func (t *spanTab) relations(span annotate.Span) fyne.CanvasObject {
	s := t.p.o.Session
	among := map[annotate.ID]bool{}
	for _, r := range s.Roles(span.ID) {
		for _, rel := range r.Relations {
			among[rel.ID] = true
		}
	}
	var rows []fyne.CanvasObject
	for _, r := range s.Doc().RelationsOf(span.ID) {
		if among[r.ID] {
			continue
		}
		kind, _ := s.Schema().RelationType(r.Type)
		name, end := relationName(kind), r.To
		if r.From != span.ID {
			name, end = reader.Reversed(name), r.From
		}
		line := []fyne.CanvasObject{t.named(name, 82, r.ID), t.end(end)}
		if t.editable() {
			line = append(line, widgets.NewIconButton(widgets.IconClose, func() {
				t.p.o.Tell(s.Unlink(r.ID))
				t.p.after()
			}))
		}
		rows = append(rows, widgets.NewStretch(2, 1, line...))
	}
	if len(rows) == 0 {
		return nil
	}
	return section("Relations", 2, rows...)
}

// named is the button at a relation of a span that chooses the relation.
func (t *spanTab) named(name string, width float32, id annotate.ID) fyne.CanvasObject {
	s := widgets.NewSurface(widgets.NewElastic(name, theme.TextSize, theme.Dim), func() {
		t.p.o.Session.ChooseRelation(id)
		t.p.o.Focus()
	})
	s.Pad, s.Radius = widgets.Even(4, 4), 4
	return widgets.NewAtLeast(fyne.NewSize(width, 0), s)
}
