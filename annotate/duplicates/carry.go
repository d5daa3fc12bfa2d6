package duplicates

import (
	"fmt"

	"lede/annotate"
	"lede/annotate/drift"
	"lede/annotate/edit"
)

// Fate is what would become of a span in a copy: one of annotate/drift, or There.
type Fate = drift.Fate

// There is the fate of a span of which the copy has the like: nothing is made.
const There Fate = "there"

// Proposal is a span of the article from which annotations are carried.
type Proposal struct {
	Span annotate.Span
	To   annotate.Fragments // in the copy; none if it is not found
	Fate Fate
	Text string // its words there, or here if they are not found there
	Skip bool   // not to be made
}

// Makes says whether the span is made.
func (p Proposal) Makes() bool {
	return !p.Skip && (p.Fate == drift.Same || p.Fate == drift.Moved)
}

// Carried is what can be carried to one copy.
type Carried struct {
	Copy      annotate.Article
	Proposals []Proposal // in the order of the text
	relations []annotate.Relation
	state     *edit.State
}

// Counts says how many spans are made, are there already, and are not found.
func (c *Carried) Counts() (made, there, lost int) {
	for _, p := range c.Proposals {
		switch {
		case p.Makes():
			made++
		case p.Fate == There:
			there++
		case p.Fate == drift.Lost || p.Fate == drift.Unsure:
			lost++
		}
	}
	return made, there, lost
}

// Propose looks for the places in a copy of what an annotator has marked in another
// article. Nothing is changed.
func Propose(from, to *annotate.Document, schema *annotate.Schema, annotator annotate.Annotator) *Carried {
	source := edit.NewState(from, schema, annotator)
	c := &Carried{Copy: to.Article, state: edit.NewState(to, schema, annotator)}
	m := drift.New(from.Text, to.Text)
	seen := map[annotate.ID]bool{}
	for _, span := range source.Spans() {
		at, fate := m.Anchor(span.Fragments)
		p := Proposal{Span: span, To: at, Fate: fate, Text: from.Text.Quote(span.Fragments)}
		if len(at) > 0 {
			p.Text = to.Text.Quote(at)
			if _, same := c.state.Same(span.Label, p.To); same {
				p.Fate = There
			}
		}
		c.Proposals = append(c.Proposals, p)
		for _, r := range source.RelationsOf(span.ID) {
			if !seen[r.ID] {
				seen[r.ID] = true
				c.relations = append(c.relations, r)
			}
		}
	}
	return c
}

// Change makes the spans that were proposed and not skipped, and the relations between
// them, as one change. Nothing to make is annotate.ErrNothing.
func Change(e edit.Editor, from annotate.Article, carried []*Carried) (annotate.Change, int, error) {
	build := e.Carry()
	for _, c := range carried {
		like := map[annotate.ID]annotate.ID{} // the spans of the copy, by those of the source
		for _, p := range c.Proposals {
			switch {
			case p.Makes():
				like[p.Span.ID] = build.Span(c.state, p.Span, p.To)
			case p.Fate == There && !p.Skip:
				same, _ := c.state.Same(p.Span.Label, p.To)
				like[p.Span.ID] = same.ID
			}
		}
		for _, r := range c.relations {
			if a, b := like[r.From], like[r.To]; a != "" && b != "" {
				build.Relation(c.state, r, a, b)
			}
		}
	}
	name := from.Title
	if name == "" {
		name = from.Ref
	}
	return build.Change(fmt.Sprintf("from “%s”", name))
}
