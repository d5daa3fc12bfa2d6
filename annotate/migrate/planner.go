package migrate

import (
	"fmt"
	"slices"

	"lede/annotate"
)

type id = annotate.ID

// planner holds the schema as the steps so far leave it, and what they do to what
// is annotated.
type planner struct {
	env            annotate.Env
	before, schema *annotate.Schema
	effects        []*effect
	joins          map[id]*effect // labels to which spans come: those on the same words become one
	late           []func(*walk)  // what depends on what is left
	refused        error          // by what was found
}

// effect is what a step does to what is annotated. The functions alter a record
// and may be nil; span and relation report whether it stays.
type effect struct {
	p     *planner
	title string // of the change
	tell  func(e *effect) []string

	span     func(s *annotate.Span, d *annotate.Document) bool
	relation func(r *annotate.Relation) bool
	set      func(s *annotate.AnnotationSet)
	entity   func(n *annotate.Entity)

	counting bool // not in the bin
	article  id   // the one at hand

	articles, spans, relations, entities, values int
	sets                                         int // with a document field
	goneSpans, goneRelations, goneValues         int
	joined, differing                            int      // spans that became one with another, values that it had otherwise
	kept                                         int      // values that could not be converted and stay
	inBin                                        int      // anything in the bin
	rules                                        []string // that went, because what they are about is gone
	counted                                      id
}

// touch counts one of something that the step touches.
func (e *effect) touch(n *int) { e.touchAll(n, 1) }

func (e *effect) touchAll(n *int, by int) {
	if !e.counting {
		e.inBin += by
	}
	if !e.counting || by == 0 {
		return
	}
	*n += by
	if e.article != "" && e.article != e.counted {
		e.counted = e.article
		e.articles++
	}
}

func (e *effect) touched() Touched {
	return Touched{
		Articles: e.articles, Spans: e.spans + e.goneSpans, Relations: e.relations + e.goneRelations, Entities: e.entities,
		Values: e.values, InBin: e.inBin, DeletedSpans: e.goneSpans + e.joined, DeletedRelations: e.goneRelations, DeletedValues: e.goneValues,
	}
}

func (e *effect) sentences() []string {
	if e.tell == nil {
		return nil
	}
	return append(e.tell(e), e.toldRules()...)
}

// readsDocuments and readsEntities tell what must be looked at.
func (p *planner) readsDocuments() bool {
	return len(p.late) > 0 || slices.ContainsFunc(p.effects, func(e *effect) bool {
		return e.span != nil || e.relation != nil || e.set != nil
	})
}

func (p *planner) readsEntities() bool {
	return slices.ContainsFunc(p.effects, func(e *effect) bool { return e.entity != nil })
}

func refuse(hint, format string, args ...any) error {
	return &annotate.Error{Kind: annotate.ErrInvalid, Detail: fmt.Sprintf(format, args...), Hint: hint}
}

func gone(what string) error {
	return &annotate.Error{Kind: annotate.ErrNotFound, Detail: "The schema has no such " + what + " any more.", Hint: "Open the schema anew."}
}

func at[T annotate.Record](items []T, i id) *T {
	if n := slices.IndexFunc(items, func(r T) bool { return r.RecordID() == i }); n >= 0 {
		return &items[n]
	}
	return nil
}

func (p *planner) label(i id) (*annotate.Label, error) {
	if l := at(p.schema.Labels, i); l != nil {
		return l, nil
	}
	return nil, gone("label")
}

func (p *planner) attribute(i id) (*annotate.Attribute, error) {
	if a := at(p.schema.Attributes, i); a != nil {
		return a, nil
	}
	return nil, gone("attribute")
}

func (p *planner) relationType(i id) (*annotate.RelationType, error) {
	if t := at(p.schema.RelationTypes, i); t != nil {
		return t, nil
	}
	return nil, gone("relation type")
}

func without[T annotate.Record](items []T, i id) []T {
	return slices.DeleteFunc(items, func(r T) bool { return r.RecordID() == i })
}

// clone copies a schema so far that changes of records in it are not seen outside.
func clone(s *annotate.Schema) *annotate.Schema {
	c := *s
	c.Labels = slices.Clone(s.Labels)
	c.Attributes = slices.Clone(s.Attributes)
	for i := range c.Attributes {
		c.Attributes[i].Labels = slices.Clone(c.Attributes[i].Labels)
		c.Attributes[i].Choices = slices.Clone(c.Attributes[i].Choices)
	}
	c.RelationTypes = slices.Clone(s.RelationTypes)
	for i := range c.RelationTypes {
		c.RelationTypes[i].From = slices.Clone(c.RelationTypes[i].From)
		c.RelationTypes[i].To = slices.Clone(c.RelationTypes[i].To)
	}
	c.Rules = slices.Clone(s.Rules)
	return &c
}

// schemaOps are what turns the schema into that of the planner: first what is new
// or other, and what goes.
func (p *planner) schemaOps() (changed, gone []annotate.Op) {
	p.schema.Sort()
	was, is := records(p.before), records(p.schema)
	for _, r := range is {
		i := slices.IndexFunc(was, func(b annotate.Record) bool { return b.RecordID() == r.RecordID() && b.RecordKind() == r.RecordKind() })
		switch {
		case i < 0:
			changed = append(changed, annotate.Create(r))
		case !annotate.SameRecord(was[i], r):
			changed = append(changed, annotate.Update(was[i], r))
		}
	}
	for _, r := range slices.Backward(was) {
		if !slices.ContainsFunc(is, func(b annotate.Record) bool { return b.RecordID() == r.RecordID() && b.RecordKind() == r.RecordKind() }) {
			gone = append(gone, annotate.Delete(r))
		}
	}
	return changed, gone
}

func records(s *annotate.Schema) []annotate.Record {
	var all []annotate.Record
	for _, r := range s.Labels {
		all = append(all, r)
	}
	for _, r := range s.RelationTypes {
		all = append(all, r)
	}
	for _, r := range s.Attributes {
		all = append(all, r)
	}
	for _, r := range s.Rules {
		all = append(all, r)
	}
	return all
}

// checkNames refuses names that are empty or stand for two things.
func (p *planner) checkNames() error {
	const hint = "Merge the two, or give one of them another name."
	labels, types := map[string]bool{}, map[string]bool{}
	for _, l := range p.schema.Labels {
		if l.Name == "" || labels[l.Name] {
			return nameRefused("label", l.Name, hint)
		}
		labels[l.Name] = true
	}
	for _, t := range p.schema.RelationTypes {
		if t.Name == "" || types[t.Name] {
			return nameRefused("relation", t.Name, hint)
		}
		types[t.Name] = true
	}
	for i, a := range p.schema.Attributes {
		twice := slices.ContainsFunc(p.schema.Attributes[:i], func(o annotate.Attribute) bool { return o.Name == a.Name && sameThings(o, a) })
		if a.Name == "" || twice {
			return nameRefused("attribute", a.Name, hint)
		}
	}
	return nil
}

func nameRefused(what, name, hint string) error {
	if name == "" {
		return refuse("Give it a name.", "A %s has no name.", what)
	}
	return refuse(hint, "Two %ss for the same things would be called “%s”.", what, name)
}

// sameThings tells whether two attributes can both belong to one thing.
func sameThings(a, b annotate.Attribute) bool {
	if a.Scope != b.Scope {
		return false
	}
	return len(a.Labels) == 0 || len(b.Labels) == 0 ||
		slices.ContainsFunc(a.Labels, func(l id) bool { return slices.Contains(b.Labels, l) })
}
