package find

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"

	"lede/annotate"
	"lede/annotate/text"
)

// Line is a place with the words around it, of its own paragraph.
type Line struct {
	Text string
	At   text.Range // where the place is in Text, in code points
}

// Around is the line of a place, with so many code points at each side at most. A
// long place is cut to as many.
func Around(t *text.Text, r text.Range, most int) Line {
	from := max(t.Paragraph(r.Start).Start, r.Start-most)
	for from < r.Start && !t.IsGrapheme(from) {
		from++
	}
	key := text.Range{Start: r.Start, End: min(r.End, r.Start+most)}
	to := min(t.Paragraph(max(key.Start, key.End-1)).End, key.End+most)
	for to > key.End && !t.IsGrapheme(to) {
		to--
	}
	flat := func(c rune) rune {
		if unicode.IsSpace(c) || unicode.IsControl(c) {
			return ' '
		}
		return c
	}
	return Line{
		Text: strings.Map(flat, t.Slice(text.Range{Start: from, End: max(to, key.End)})),
		At:   text.Range{Start: key.Start - from, End: key.End - from},
	}
}

// Other is a span that is where a place is.
type Other struct {
	Label annotate.ID
	Same  bool   // it covers just the place
	Quote string // how it begins
}

// Place is a place in an article.
type Place struct {
	Article int // of Found.Articles
	At      text.Range
	Line    Line
	Others  []Other
}

// Article is one in which something was found.
type Article struct {
	ID    annotate.ID
	Ref   string
	Title string
	First int // of Found.Places
	Count int // places that are listed
}

// Found is what Scan found.
type Found struct {
	Articles []Article
	Places   []Place
	Count    int // places in all, also those beyond the list
	Searched int // articles
}

// Scope is where Scan looks.
type Scope struct {
	Annotator annotate.ID   // whose spans are told of; "" = nobody's
	Articles  []annotate.ID // none = the whole project
	Except    annotate.ID   // in this article …
	ExceptAt  text.Range    // … this place is passed over
	Keep      int           // places listed at most; all are counted
	Progress  func(searched, found int)
}

const (
	sideways = 80 // code points around a place
	mostTold = 4  // other spans of a place
	quoteEnd = 24 // code points
)

// nobody is an annotator who has said nothing.
const nobody annotate.ID = "-"

// Scan finds through articles, one after the other in project order; outer blanks
// are no part of a place. When ctx ends
// it returns what was found until then, and why it ended.
func Scan(ctx context.Context, store annotate.Store, m *Matcher, s Scope) (Found, error) {
	var f Found
	q := annotate.DocumentQuery{Annotators: []annotate.ID{cmp.Or(s.Annotator, nobody)}, Articles: s.Articles}
	for doc, err := range store.Documents(ctx, q) {
		if err != nil {
			return f, err
		}
		f.add(ctx, doc, m, s)
		if f.Searched++; s.Progress != nil {
			s.Progress(f.Searched, f.Count)
		}
	}
	return f, ctx.Err()
}

func (f *Found) add(ctx context.Context, doc *annotate.Document, m *Matcher, s Scope) {
	first := len(f.Places)
	var near *near
	for r := range m.In(ctx, doc.Text) {
		r = doc.Text.Trim(r) // what is labelled has no outer blanks
		if r.Empty() || doc.Article.ID == s.Except && r == s.ExceptAt {
			continue
		}
		if f.Count++; len(f.Places) >= s.Keep {
			continue
		}
		if near == nil {
			near = spansOf(doc, s.Annotator)
		}
		f.Places = append(f.Places, Place{
			Article: len(f.Articles), At: r, Line: Around(doc.Text, r, sideways), Others: near.at(doc.Text, r),
		})
	}
	if n := len(f.Places) - first; n > 0 {
		f.Articles = append(f.Articles, Article{doc.Article.ID, doc.Article.Ref, doc.Article.Title, first, n})
	}
}

// near finds the spans at a place.
type near struct {
	parts []part
	reach []int // the furthest end among parts[0..i]
}

type part struct {
	text.Range
	span *annotate.Span
}

func spansOf(doc *annotate.Document, annotator annotate.ID) *near {
	n := &near{}
	for i := range doc.Sets {
		if doc.Sets[i].Set.Annotator != annotator {
			continue
		}
		for k := range doc.Sets[i].Spans {
			span := &doc.Sets[i].Spans[k]
			for _, r := range span.Fragments {
				n.parts = append(n.parts, part{r, span})
			}
		}
	}
	slices.SortStableFunc(n.parts, func(a, b part) int { return a.Start - b.Start })
	far := 0
	for _, p := range n.parts {
		far = max(far, p.End)
		n.reach = append(n.reach, far)
	}
	return n
}

// at lists the spans that overlap a place, those that cover just it first.
func (n *near) at(t *text.Text, r text.Range) []Other {
	i, _ := slices.BinarySearchFunc(n.parts, r.End, func(p part, end int) int { return p.Start - end })
	var same, others []Other
	for i--; i >= 0 && n.reach[i] > r.Start; i-- {
		p := n.parts[i]
		if !p.Overlaps(r) {
			continue
		}
		if len(p.span.Fragments) == 1 && p.Range == r {
			same = append(same, Other{Label: p.span.Label, Same: true})
		} else if len(others) < mostTold {
			others = append(others, Other{Label: p.span.Label, Quote: quote(t, p.span.Fragments)})
		}
	}
	return append(same, others...)
}

func quote(t *text.Text, f annotate.Fragments) string {
	r := f[0]
	cut := r.Len() > quoteEnd
	if cut {
		r.End = r.Start + quoteEnd
	}
	words := strings.Join(strings.Fields(t.Slice(r)), " ")
	if cut || len(f) > 1 {
		words += "…"
	}
	return words
}
