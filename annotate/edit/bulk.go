package edit

import (
	"fmt"
	"maps"

	"lede/annotate"
	"lede/annotate/text"
)

// Bulk gathers one label for many places, over any number of articles, as one
// change. Its spans have the origin rule.
type Bulk struct {
	e        Editor
	like     annotate.Span
	c        annotate.Change
	spans    int
	articles []annotate.ID
	label    string
}

// TagAll begins to give many places the label of a span, its attributes and its
// entity.
func (e Editor) TagAll(like annotate.Span) *Bulk {
	return &Bulk{e: e, like: like, c: annotate.Change{ID: e.Env.NewID(), Actor: e.Actor, Cause: annotate.CauseRule}}
}

// ID is the id that the change will have.
func (b *Bulk) ID() annotate.ID { return b.c.ID }

// Create puts an op before all others: the making of the annotator.
func (b *Bulk) Create(ops ...annotate.Op) { b.c.Ops = append(b.c.Ops, ops...) }

// Add gives places of an article the label. Where a span with the same label
// covers just the place nothing changes. The set of an article that is done stays
// done.
func (b *Bulk) Add(s *State, places []text.Range) {
	set := annotate.ID("")
	for _, r := range places {
		fragments := annotate.Fragments{r}
		if _, there := s.Same(b.like.Label, fragments); there || r.Empty() {
			continue
		}
		if set == "" {
			set = b.e.touchSet(s, &b.c)
			b.articles = append(b.articles, s.Article.ID)
			b.label = b.e.labelTitle(s, b.like.Label)
		}
		b.c.Ops = append(b.c.Ops, annotate.Create(annotate.Span{
			ID: b.e.Env.NewID(), Set: set, Label: b.like.Label, Fragments: fragments,
			Attributes: maps.Clone(b.like.Attributes), Entity: b.like.Entity, Origin: annotate.OriginRule,
		}))
		b.spans++
	}
}

// Change is the change, named for what was looked for: Tag 12 × “Berlin” as Place.
// Without any place it is ErrNothing. Only a change of one article says where to
// look.
func (b *Bulk) Change(words string) (annotate.Change, error) {
	if b.spans == 0 {
		return annotate.Change{}, annotate.ErrNothing
	}
	c := b.c
	c.Title = fmt.Sprintf("Tag %d × %s as %s", b.spans, short(words), b.label)
	if len(b.articles) == 1 {
		c.Article = b.articles[0]
	}
	return c, nil
}

// Spans is how many spans there are so far.
func (b *Bulk) Spans() int { return b.spans }
