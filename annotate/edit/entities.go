package edit

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"lede/annotate"
)

// LinkEntity makes spans point at an entity. If it is made for them, the change
// begins with its making. Spans that point at it already stay as they are.
func (e Editor) LinkEntity(s *State, spans []annotate.ID, to annotate.Entity, made bool) (annotate.Change, error) {
	c, err := e.updateSpans(s, spans, "Link %s to "+escape(short(to.Name)), func(span *annotate.Span) { span.Entity = to.ID })
	if err == nil && made {
		c.Ops = slices.Insert(c.Ops, 0, annotate.Create(to))
	}
	return c, err
}

// UnlinkEntity makes spans point at nothing.
func (e Editor) UnlinkEntity(s *State, spans []annotate.ID) (annotate.Change, error) {
	return e.updateSpans(s, spans, "Unlink %s", func(span *annotate.Span) { span.Entity = "" })
}

// AddEntity makes an entity that no span points at yet.
func (e Editor) AddEntity(x annotate.Entity) annotate.Change {
	c := e.ofProject("New entity " + short(x.Name))
	c.Ops = []annotate.Op{annotate.Create(x)}
	return c
}

// ChangeEntity gives an entity another name, other aliases or attributes, or
// another kind.
func (e Editor) ChangeEntity(before, after annotate.Entity) (annotate.Change, error) {
	if annotate.SameRecord(before, after) {
		return annotate.Change{}, annotate.ErrNothing
	}
	title := "Change " + short(before.Name)
	switch {
	case before.Name != after.Name:
		title = fmt.Sprintf("Rename %s to %s", short(before.Name), short(after.Name))
	case before.Kind != after.Kind:
		title = fmt.Sprintf("Make %s of the kind %s", short(before.Name), after.Kind)
	case !slices.Equal(before.Aliases, after.Aliases):
		title = "Other names of " + short(before.Name)
	default:
		if names := differing(before.Attributes, after.Attributes); len(names) == 1 {
			title = fmt.Sprintf("Set %s of %s", names[0], short(before.Name))
		}
	}
	c := e.ofProject(title)
	c.Ops = []annotate.Op{annotate.Update(before, after)}
	return c, nil
}

// differing are the names under which values differ, in order.
func differing(a, b annotate.Values) []string {
	var names []string
	for name := range a {
		if string(a[name]) != string(b[name]) {
			names = append(names, name)
		}
	}
	for name := range b {
		if _, has := a[name]; !has {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// Clash is an attribute in which entities that are to be one differ.
type Clash struct {
	Name   string
	Values []json.RawMessage // the different ones; the first is kept
}

// United is the entity that several become: the first one, with the names of the
// others as aliases and the attributes that it lacks. Of attributes in which they
// differ it keeps its own; they are told, so that somebody may choose.
func United(kept annotate.Entity, others ...annotate.Entity) (annotate.Entity, []Clash) {
	after := kept
	after.Aliases = slices.Clone(kept.Aliases)
	clashes := map[string]*Clash{}
	for _, other := range others {
		for _, called := range append([]string{other.Name}, other.Aliases...) {
			if called != after.Name && !slices.Contains(after.Aliases, called) {
				after.Aliases = append(after.Aliases, called)
			}
		}
		for name, value := range other.Attributes {
			now, has := after.Attributes[name]
			switch {
			case !has:
				after.Attributes = after.Attributes.With(name, value)
			case string(now) != string(value):
				clash := clashes[name]
				if clash == nil {
					clash = &Clash{Name: name, Values: []json.RawMessage{now}}
					clashes[name] = clash
				}
				if !slices.ContainsFunc(clash.Values, func(v json.RawMessage) bool { return string(v) == string(value) }) {
					clash.Values = append(clash.Values, value)
				}
			}
		}
	}
	var all []Clash
	for _, clash := range clashes {
		all = append(all, *clash)
	}
	slices.SortFunc(all, func(a, b Clash) int { return strings.Compare(a.Name, b.Name) })
	return after, all
}

// Repoint gathers the spans, in any number of articles and of any annotator, that
// come to point at another entity, or at none, as one change.
type Repoint struct {
	c     annotate.Change
	to    annotate.ID
	gone  []annotate.Entity
	spans int
}

// MergeEntities begins to make one entity of several: after is what kept becomes,
// the others go when all their spans were added.
func (e Editor) MergeEntities(kept, after annotate.Entity, gone []annotate.Entity) *Repoint {
	title := fmt.Sprintf("Merge %s into %s", short(gone[0].Name), short(after.Name))
	if len(gone) > 1 {
		title = fmt.Sprintf("Merge %d entities into %s", len(gone), short(after.Name))
	}
	r := &Repoint{c: e.ofProject(title), to: kept.ID, gone: gone}
	if !annotate.SameRecord(kept, after) {
		r.c.Ops = append(r.c.Ops, annotate.Update(kept, after))
	}
	return r
}

// SplitEntity begins to make a new entity of some of the spans of another.
func (e Editor) SplitEntity(from, made annotate.Entity) *Repoint {
	r := &Repoint{c: e.ofProject(fmt.Sprintf("Split %s off %s", short(made.Name), short(from.Name))), to: made.ID}
	r.c.Ops = append(r.c.Ops, annotate.Create(made))
	return r
}

// DeleteEntity begins to delete an entity; it is gone when all its spans were
// added, which then point at nothing.
func (e Editor) DeleteEntity(gone annotate.Entity) *Repoint {
	return &Repoint{c: e.ofProject("Delete the entity " + short(gone.Name)), gone: []annotate.Entity{gone}}
}

// ID is the id that the change will have.
func (r *Repoint) ID() annotate.ID { return r.c.ID }

// Spans is how many spans there are so far.
func (r *Repoint) Spans() int { return r.spans }

// Add lets a span point at the entity.
func (r *Repoint) Add(span annotate.Span) {
	after := span
	after.Entity = r.to
	if after.Entity == span.Entity {
		return
	}
	r.c.Ops = append(r.c.Ops, annotate.Update(span, after))
	r.spans++
}

// Change is the change.
func (r *Repoint) Change() annotate.Change {
	c := r.c
	c.Ops = slices.Clone(r.c.Ops)
	for _, gone := range r.gone {
		c.Ops = append(c.Ops, annotate.Delete(gone))
	}
	return c
}

// ofProject begins a change that is of no article.
func (e Editor) ofProject(title string) annotate.Change {
	return annotate.Change{ID: e.Env.NewID(), Actor: e.Actor, Cause: annotate.CauseManual, Title: title}
}
