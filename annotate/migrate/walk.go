package migrate

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"

	"lede/annotate"
	"lede/annotate/edit"
)

// walk goes through all that is annotated, once, and gathers the ops.
type walk struct {
	p       *planner
	ops     []annotate.Op
	touched Touched
	inBin   bool
	types   map[id]int // relations that stay, by type
}

func newWalk(p *planner) *walk { return &walk{p: p, types: map[id]int{}} }

// project reads entities, then the live articles, then those in the bin, whose
// annotations must not point at what is gone when they come back.
func (w *walk) project(ctx context.Context, store annotate.Store, progress func(int)) error {
	if w.p.readsEntities() {
		entities, err := store.Entities(ctx)
		if err != nil {
			return err
		}
		for _, n := range entities {
			w.entity(n)
		}
	}
	if !w.p.readsDocuments() {
		return nil
	}
	read := 0
	for _, presence := range []annotate.Presence{annotate.Live, annotate.Deleted} {
		w.inBin = presence == annotate.Deleted
		for d, err := range store.Documents(ctx, annotate.DocumentQuery{Presence: presence}) {
			if err != nil {
				return err
			}
			w.document(d)
			if read++; progress != nil {
				progress(read)
			}
		}
	}
	return nil
}

func (w *walk) entity(before annotate.Entity) {
	after := before
	for _, e := range w.p.effects {
		if e.article = ""; e.entity != nil {
			e.entity(&after)
		}
	}
	if annotate.SameRecord(before, after) {
		return
	}
	w.ops = append(w.ops, annotate.Update(before, after))
	w.touched.Entities++
	w.countValues(before.Attributes, after.Attributes)
}

func (w *walk) document(d *annotate.Document) {
	for _, e := range w.p.effects {
		e.article, e.counting = d.Article.ID, !w.inBin
	}
	before := len(w.ops)
	for i := range d.Sets {
		had := len(w.ops)
		w.set(d, &d.Sets[i])
		if len(w.ops) > had && !w.inBin {
			w.touched.Sets++
		}
	}
	switch {
	case len(w.ops) == before:
	case w.inBin:
		w.touched.InBin++
	default:
		w.touched.Articles++
	}
}

// inWork is a span on its way through the steps.
type inWork struct {
	before, after annotate.Span
	gone          *effect // the step that ended it
	joined        id      // the span that it became one with
}

func (w *walk) set(d *annotate.Document, data *annotate.SetData) {
	w.fields(data.Set)
	spans := make([]inWork, len(data.Spans))
	for i, s := range data.Spans {
		spans[i] = inWork{before: s, after: s}
		for _, e := range w.p.effects {
			if e.span != nil && !e.span(&spans[i].after, d) {
				spans[i].gone = e
				e.touch(&e.goneSpans)
				break
			}
		}
	}
	w.join(spans)
	w.relations(data.Relations, spans)
	for i := range spans {
		s := &spans[i]
		switch {
		case s.gone != nil:
			w.ops = append(w.ops, annotate.Delete(s.before))
		case !sameSpan(s):
			w.ops = append(w.ops, annotate.Update(s.before, s.after))
		default:
			continue
		}
		w.countSpan(s)
	}
}

// sameSpan is quick where nothing was touched, which is nearly everywhere.
func sameSpan(s *inWork) bool {
	a, b := &s.before, &s.after
	return a.Label == b.Label && a.Entity == b.Entity && a.Note == b.Note &&
		maps.EqualFunc(a.Attributes, b.Attributes, func(x, y json.RawMessage) bool { return string(x) == string(y) })
}

func (w *walk) countSpan(s *inWork) {
	if w.inBin {
		return
	}
	w.touched.Spans++
	if s.gone != nil {
		w.touched.DeletedSpans++
		return
	}
	w.countValues(s.before.Attributes, s.after.Attributes)
}

// countValues counts the values in which two sets of them differ.
func (w *walk) countValues(before, after annotate.Values) {
	if w.inBin {
		return
	}
	for name, value := range before {
		now, there := after[name]
		if !there {
			w.touched.DeletedValues++
		}
		if !there || string(now) != string(value) {
			w.touched.Values++
		}
	}
}

func (w *walk) fields(before annotate.AnnotationSet) {
	after := before
	for _, e := range w.p.effects {
		if e.set != nil {
			e.set(&after)
		}
	}
	if annotate.SameRecord(before, after) {
		return
	}
	w.ops = append(w.ops, annotate.Update(before, after))
	w.countValues(before.Fields, after.Fields)
}

// join makes one span of those that came to have one label on the same words: the
// same label is not twice on the same text. The one that had the label before
// stays, and takes from the others what it lacks.
func (w *walk) join(spans []inWork) {
	if len(w.p.joins) == 0 {
		return
	}
	type place struct {
		label id
		at    string
	}
	stays := map[place]int{}
	var came []int // after those that had the label
	keep := func(i int) {
		s := &spans[i]
		key := place{s.after.Label, fmt.Sprint(s.after.Fragments)}
		k, taken := stays[key]
		if !taken {
			stays[key] = i
			return
		}
		into := w.p.joins[s.after.Label]
		differ := edit.Adopt(&spans[k].after, s.after)
		s.gone, s.joined = into, spans[k].before.ID
		into.touch(&into.joined)
		into.touchAll(&into.differing, len(differ))
	}
	had := map[place]bool{}
	for i := range spans {
		s := &spans[i]
		switch {
		case s.gone != nil || w.p.joins[s.after.Label] == nil:
		case s.before.Label != s.after.Label:
			came = append(came, i)
		default:
			key := place{s.after.Label, fmt.Sprint(s.after.Fragments)}
			if !had[key] { // two that were there before stay two
				had[key] = true
				stays[key] = i
			}
		}
	}
	for _, i := range came {
		keep(i)
	}
}
