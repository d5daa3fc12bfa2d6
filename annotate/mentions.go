package annotate

import (
	"cmp"
	"strings"
)

// MentionQuery asks for the spans in live articles that point at an entity: by
// article in project order, then by annotator, then by place in the text.
type MentionQuery struct {
	Entity ID
	After  *Mention // the last one of the page before; nil = from the start
	Limit  int      // 0 = no limit
	Bin    bool     // those in articles in the bin as well: an entity is not gone while they point at it
}

// Mention is a span that points at an entity, with a little of the text around it.
type Mention struct {
	Article   Article
	Annotator Annotator
	Span      Span
	// One stretch of the text: Words are from the first fragment to the last,
	// Before and After have at most MentionAround code points each.
	Before, Words, After string
}

// MentionAround is how many code points of text a Mention has on each side.
const MentionAround = 60

// CompareMentions orders mentions as Mentions lists them.
func CompareMentions(a, b Mention) int {
	return cmp.Or(
		cmp.Compare(a.Article.Order, b.Article.Order),
		strings.Compare(string(a.Article.ID), string(b.Article.ID)),
		strings.Compare(a.Annotator.Name, b.Annotator.Name),
		cmp.Compare(a.Span.Fragments.Start(), b.Span.Fragments.Start()),
		cmp.Compare(b.Span.Fragments.End(), a.Span.Fragments.End()),
		strings.Compare(string(a.Span.ID), string(b.Span.ID)),
	)
}
