package rules

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/text"
)

// Checker is a schema made ready for checking. It is safe for concurrent use.
type Checker struct {
	schema    *annotate.Schema
	labels    map[annotate.ID]*labelled
	types     map[annotate.ID]*related
	anywhere  *labelled // for spans with a label that the schema does not know
	fields    []annotate.Attribute
	areas     []*rule // rules that compare spans with one another
	links     []*rule // rules that compare relations
	incoming  bool    // some rule asks what leads to a span
	off       map[string]map[annotate.ID]bool
	faults    []string
	entities  func(annotate.ID) (annotate.Entity, bool)
	ofEntites map[string][]annotate.Attribute
}

// labelled is what holds for the spans of one label.
type labelled struct {
	label      annotate.Label
	title      string
	rules      []*rule // those that look at one span
	attributes []annotate.Attribute
	outgoing   []annotate.RelationType // with a least or a largest number, offered from the label
}

// related is what holds for the relations of one type.
type related struct {
	kind       annotate.RelationType
	title      string
	attributes []annotate.Attribute
}

// rule is a rule of the schema, its names looked up.
type rule struct {
	Kind
	Value
	label annotate.ID          // "" = all
	ids   map[annotate.ID]bool // of the labels or relation types in Names
	title string               // of these, for sentences
}

// Compile prepares a schema. Rules that it cannot read are passed over; Faults
// tells them.
func Compile(schema *annotate.Schema) *Checker {
	c := &Checker{
		schema: schema, labels: map[annotate.ID]*labelled{}, types: map[annotate.ID]*related{},
		anywhere: &labelled{title: "Span"}, off: map[string]map[annotate.ID]bool{},
		ofEntites: map[string][]annotate.Attribute{},
	}
	for _, l := range schema.Labels {
		c.labels[l.ID] = c.labelled(l)
	}
	for _, t := range schema.RelationTypes {
		c.types[t.ID] = &related{t, titleOf(t.Title, t.Name), schema.AttributesOf(annotate.RelationScope, t.ID)}
	}
	for _, a := range schema.Attributes {
		if a.Scope == annotate.DocumentScope {
			c.fields = append(c.fields, a)
		}
	}
	for _, r := range schema.Rules {
		if err := c.add(r); err != nil {
			c.faults = append(c.faults, err.Error())
		}
	}
	return c
}

// WithEntities is the checker with a way to look up the entities that spans point at.
func (c *Checker) WithEntities(entity func(annotate.ID) (annotate.Entity, bool)) *Checker {
	with := *c
	with.entities = entity
	return &with
}

// Faults says which rules of the schema cannot be checked and why: the sentences
// have no full stop.
func (c *Checker) Faults() []string { return c.faults }

func (c *Checker) labelled(l annotate.Label) *labelled {
	out := &labelled{
		label: l, title: titleOf(l.Title, l.Name),
		attributes: c.schema.AttributesOf(annotate.SpanScope, l.ID),
	}
	for _, t := range c.schema.RelationTypes {
		if (t.Min > 0 || t.Max > 0) && t.AllowsFrom(l.ID) {
			out.outgoing = append(out.outgoing, t)
		}
	}
	return out
}

// add takes a rule of the schema in.
func (c *Checker) add(r annotate.Rule) error {
	v, err := Parse(r.Name, r.Value)
	if err != nil {
		return err
	}
	kind, _ := find(List, r.Name)
	made := &rule{Kind: kind, Value: v, label: r.Label}
	if err := c.lookUp(made); err != nil {
		return err
	}
	if r.Label != "" && c.labels[r.Label] == nil {
		return fmt.Errorf("rule %q is for a label that is not there", r.Name)
	}
	switch r.Name {
	case Off:
		if c.off[v.Choice] == nil {
			c.off[v.Choice] = map[annotate.ID]bool{}
		}
		c.off[v.Choice][r.Label] = true
	case Overlap, NoSameNesting, Inside, Apart:
		if v.Choice != OverlapAny {
			c.areas = append(c.areas, made)
		}
	case EndsApart, DifferentEnds:
		c.links = append(c.links, made)
	default:
		c.incoming = c.incoming || r.Name == NeedsIncoming
		c.spread(made)
	}
	return nil
}

// spread gives a rule to the labels that it holds for.
func (c *Checker) spread(r *rule) {
	for id, l := range c.labels {
		if r.label == "" || r.label == id {
			l.rules = append(l.rules, r)
		}
	}
	if r.label == "" {
		c.anywhere.rules = append(c.anywhere.rules, r)
	}
}

// lookUp finds the labels or relation types that a rule names.
func (c *Checker) lookUp(r *rule) error {
	var titles []string
	r.ids = map[annotate.ID]bool{}
	for _, name := range r.Names {
		switch r.Shape {
		case Labels:
			l, ok := c.schema.LabelNamed(name)
			if !ok {
				return fmt.Errorf("rule %q names the label %q, which is not there", r.Name, name)
			}
			r.ids[l.ID] = true
			titles = append(titles, titleOf(l.Title, l.Name))
		case Relations:
			t, ok := c.schema.RelationTypeNamed(name)
			if !ok {
				return fmt.Errorf("rule %q names the relation %q, which is not there", r.Name, name)
			}
			r.ids[t.ID] = true
			titles = append(titles, titleOf(t.Title, t.Name))
		default: // attributes are looked for by name
		}
	}
	r.title = either(titles)
	return nil
}

// isOff says whether a check is switched off for a label.
func (c *Checker) isOff(check string, label annotate.ID) bool {
	labels := c.off[check]
	return labels != nil && (labels[""] || labels[label])
}

// of is what holds for a label.
func (c *Checker) of(label annotate.ID) *labelled {
	if l := c.labels[label]; l != nil {
		return l
	}
	return c.anywhere
}

// Check holds what an annotator says of an article against the schema. The warnings
// come in the order of the text, those about the article as a whole last; the same
// input gives the same list. Accepted ones are among them.
func (c *Checker) Check(t *text.Text, data annotate.SetData) []Warning {
	r := c.newRun(t, data)
	for i := range r.spans {
		r.span(i)
	}
	r.duplicates()
	r.relations()
	r.areas()
	r.documentFields()
	return r.sorted()
}

// run is one check of one annotation set.
type run struct {
	*Checker
	text  *text.Text
	data  annotate.SetData
	spans []annotate.Span
	rank  map[annotate.ID]int // place of a span in spans
	twin  []bool              // spans that are there twice: all but the first
	found []Warning

	labelOf []*labelled
	out, in links // relations by the span that they lead from, and to
}

func (c *Checker) newRun(t *text.Text, data annotate.SetData) *run {
	r := &run{
		Checker: c, text: t, data: data, spans: data.Spans,
		rank: make(map[annotate.ID]int, len(data.Spans)),
		twin: make([]bool, len(data.Spans)), labelOf: make([]*labelled, len(data.Spans)),
	}
	for i := range data.Spans {
		r.rank[data.Spans[i].ID] = i
		r.labelOf[i] = c.of(data.Spans[i].Label)
	}
	from, to := make([]int32, len(data.Relations)), make([]int32, len(data.Relations))
	for i := range data.Relations {
		from[i], to[i] = r.place(data.Relations[i].From), r.place(data.Relations[i].To)
	}
	r.out, r.in = newLinks(from, len(data.Spans)), newLinks(to, len(data.Spans))
	return r
}

// place is where a span is among the spans, -1 if it is not there.
func (r *run) place(span annotate.ID) int32 {
	if i, ok := r.rank[span]; ok {
		return int32(i)
	}
	return -1
}

// links are the relations at each span: those of span i are all[first[i]:first[i+1]].
type links struct{ first, all []int32 }

// newLinks sorts relations by the span at one of their ends, -1 for none.
func newLinks(end []int32, spans int) links {
	l := links{make([]int32, spans+1), make([]int32, len(end))}
	for _, i := range end {
		if i >= 0 {
			l.first[i+1]++
		}
	}
	for i := range spans {
		l.first[i+1] += l.first[i]
	}
	next := slices.Clone(l.first)
	for relation, i := range end {
		if i >= 0 {
			l.all[next[i]] = int32(relation)
			next[i]++
		}
	}
	return l
}

// of are the relations at a span.
func (l links) of(span int) []int32 { return l.all[l.first[span]:l.first[span+1]] }

// warn adds a warning about a span at a place of the text.
func (r *run) warn(s *annotate.Span, w Warning) {
	w.Span = s.ID
	if w.Range.Empty() {
		w.Range = s.Fragments.Extent()
	}
	w.Range = within(w.Range, r.text.Len())
	if w.Severity == "" {
		w.Severity = severities[w.Rule]
	}
	w.Accepted = len(s.Accepted) > 0 && slices.Contains(s.Accepted, w.Key())
	r.found = append(r.found, w)
}

// sorted are the warnings in the order of the text; those about the article as a
// whole come last.
func (r *run) sorted() []Warning {
	const last = math.MaxInt
	order, place := make([]int, len(r.found)), make([]int, len(r.found))
	for i, w := range r.found {
		order[i], place[i] = i, last
		if w.Span != "" {
			place[i] = r.rank[w.Span]
		}
	}
	slices.SortFunc(order, func(i, k int) int {
		if c := cmp.Compare(place[i], place[k]); c != 0 {
			return c
		}
		a, b := &r.found[i], &r.found[k]
		return cmp.Or(
			strings.Compare(a.Rule, b.Rule), strings.Compare(a.Field, b.Field), strings.Compare(string(a.Relation), string(b.Relation)), cmp.Compare(i, k),
		)
	})
	sorted := make([]Warning, len(order))
	for i, from := range order {
		sorted[i] = r.found[from]
	}
	return sorted
}

// within moves a range into a text of a length, never making it empty where there
// is text.
func within(at text.Range, length int) text.Range {
	at.Start = max(0, min(at.Start, length-1))
	at.End = max(at.Start, min(at.End, length))
	return at
}
