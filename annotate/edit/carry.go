package edit

import (
	"fmt"
	"maps"

	"lede/annotate"
)

// Carry gathers spans and relations of one article that are made in others, too, as one
// change. Its spans have the origin rule; the title of the change says where they are
// from.
type Carry struct {
	e     Editor
	c     annotate.Change
	sets  map[annotate.ID]annotate.ID // by article
	spans int
}

// Carry begins to carry annotations over.
func (e Editor) Carry() *Carry {
	return &Carry{e: e, c: annotate.Change{ID: e.Env.NewID(), Actor: e.Actor, Cause: annotate.CauseRule}, sets: map[annotate.ID]annotate.ID{}}
}

// set is the annotation set of an article, begun if it was not.
func (b *Carry) set(s *State) annotate.ID {
	if b.sets[s.Article.ID] == "" {
		b.sets[s.Article.ID] = b.e.touchSet(s, &b.c)
	}
	return b.sets[s.Article.ID]
}

// Span makes a span like another one at fragments of the state's text.
func (b *Carry) Span(s *State, like annotate.Span, at annotate.Fragments) annotate.ID {
	made := annotate.Span{
		ID: b.e.Env.NewID(), Set: b.set(s), Label: like.Label, Fragments: at,
		Attributes: maps.Clone(like.Attributes), Entity: like.Entity, Origin: annotate.OriginRule, Note: like.Note,
	}
	b.c.Ops = append(b.c.Ops, annotate.Create(made))
	b.spans++
	return made.ID
}

// Relation makes a relation like another one between spans of the state or of Span,
// unless there is one.
func (b *Carry) Relation(s *State, like annotate.Relation, from, to annotate.ID) {
	if _, there := s.findRelation(like.Type, from, to); there {
		return
	}
	like.ID, like.Set, like.From, like.To = b.e.Env.NewID(), b.set(s), from, to
	like.Attributes, like.Accepted, like.Extra = maps.Clone(like.Attributes), nil, nil
	b.c.Ops = append(b.c.Ops, annotate.Create(like))
}

// Change is the change, and how many spans it makes. Without anything it is ErrNothing.
func (b *Carry) Change(from string) (annotate.Change, int, error) {
	if len(b.c.Ops) == 0 {
		return annotate.Change{}, 0, annotate.ErrNothing
	}
	c := b.c
	spans := fmt.Sprintf("%d spans", b.spans)
	if b.spans == 1 {
		spans = "1 span"
	}
	c.Title = fmt.Sprintf("Carry %s %s to %s", spans, from, articles(len(b.sets)))
	if len(b.sets) == 1 {
		for article := range b.sets {
			c.Article = article
		}
	}
	return c, b.spans, nil
}
