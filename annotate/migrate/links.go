package migrate

import (
	"strings"

	"lede/annotate"
)

// edge is what makes two relations the same one.
type edge struct{ kind, from, to id }

// linkInWork is a relation on its way through the steps.
type linkInWork struct {
	before, after annotate.Relation
	gone          bool
}

// relations does the steps to the relations of a set, of whose spans it knows what
// became: those at spans that are gone go, those at spans that became one with
// another move to that one.
func (w *walk) relations(all []annotate.Relation, spans []inWork) {
	if len(all) == 0 {
		return
	}
	ends := map[id]*inWork{}
	for i := range spans {
		if s := &spans[i]; s.gone != nil {
			ends[s.before.ID] = s
		}
	}
	links := make([]linkInWork, len(all))
	there := map[edge]int{}
	for i, r := range all {
		links[i] = linkInWork{before: r, after: r}
		w.link(&links[i], ends)
		w.once(links, i, there)
	}
	for i := range links {
		w.emit(&links[i])
	}
}

// link does the steps to one relation, but for what depends on others.
func (w *walk) link(l *linkInWork, ends map[id]*inWork) {
	for _, e := range w.p.effects {
		if e.relation != nil && !e.relation(&l.after) {
			l.gone = true
			e.touch(&e.goneRelations)
			return
		}
	}
	for _, end := range []*id{&l.after.From, &l.after.To} {
		s := ends[*end]
		switch {
		case s == nil:
		case s.joined != "":
			*end = s.joined
		default:
			l.gone = true
			s.gone.touch(&s.gone.goneRelations)
			return
		}
	}
	if l.after.From == l.after.To && l.before.From != l.before.To { // its ends became one
		l.gone = true
	}
}

// once ends a relation that became the same as one before it, which takes from it
// what it lacks. Two that were the same before stay two.
func (w *walk) once(links []linkInWork, i int, there map[edge]int) {
	l := &links[i]
	if l.gone {
		return
	}
	key := edge{l.after.Type, l.after.From, l.after.To}
	k, taken := there[key]
	if !taken {
		there[key] = i
		return
	}
	first := &links[k]
	if key == (edge{l.before.Type, l.before.From, l.before.To}) && key == (edge{first.before.Type, first.before.From, first.before.To}) {
		return
	}
	for name, value := range l.after.Attributes {
		if _, has := first.after.Attributes[name]; !has {
			first.after.Attributes = first.after.Attributes.With(name, value)
		}
	}
	if l.after.Note != "" && l.after.Note != first.after.Note {
		first.after.Note = strings.TrimPrefix(first.after.Note+"\n"+l.after.Note, "\n")
	}
	l.gone = true
}

func (w *walk) emit(l *linkInWork) {
	switch {
	case l.gone:
		w.ops = append(w.ops, annotate.Delete(l.before))
	default:
		w.types[l.after.Type]++
		if annotate.SameRecord(l.before, l.after) {
			return
		}
		w.ops = append(w.ops, annotate.Update(l.before, l.after))
	}
	if w.inBin {
		return
	}
	w.touched.Relations++
	if l.gone {
		w.touched.DeletedRelations++
		return
	}
	w.countValues(l.before.Attributes, l.after.Attributes)
}
