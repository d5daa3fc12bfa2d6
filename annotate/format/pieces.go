package format

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/text"
)

// Piece says that a record of a file is a piece of an article (UnitOption), and which.
// Places in the record count from its own start.
type Piece struct {
	Of         string // the ref of the article
	text.Range        // where it lies in the article's text
	Length     int    // of that text
}

// Ref is the id of the record.
func (p *Piece) Ref() string { return fmt.Sprintf("%s#%d-%d", p.Of, p.Start, p.End) }

// Cut makes a record of each of the ranges, which cover the text, in order, and may
// overlap. A record has what lies in it of each span, with all that is said of the span,
// and repeats what is said of the article. It tells of spans that a border cuts or that
// several records have, and of relations that no record holds both ends of.
func (a *Article) Cut(ranges []text.Range, job *Job) []*Article {
	pieces := make([]*Article, len(ranges))
	overlap := false
	for i, r := range ranges {
		p := &Piece{Of: a.Ref, Range: r, Length: a.Index().Len()}
		pieces[i] = &Article{
			Place: a.Place, Ref: p.Ref(), Piece: p, Title: a.Title, Publisher: a.Publisher, URL: a.URL, Author: a.Author, Published: a.Published,
			PublishedISO: a.PublishedISO, Language: a.Language, Meta: a.Meta, Split: a.Split, Text: a.Index().Slice(r), Sets: slices.Clone(a.Sets),
		}
		overlap = overlap || i > 0 && r.Start < ranges[i-1].End
	}
	for s := range a.Sets {
		c := cutter{pieces: pieces, set: s, at: make([]map[string]bool, len(pieces))}
		for i, p := range pieces {
			p.Sets[s].Spans, p.Sets[s].Relations = nil, nil
			c.at[i] = map[string]bool{}
		}
		told := map[string]bool{} // fragments of one span may come as spans with one id
		for _, x := range a.Sets[s].Spans {
			if c.span(x) && !told[x.ID] {
				told[x.ID] = true
				job.Lose("cut", "spans cut or repeated by the borders of windows", 1, a.Ref+": "+x.Label)
			}
		}
		for _, r := range a.Sets[s].Relations {
			if !c.relation(r, overlap) {
				job.Lose("relations", "relations between spans that no record holds both of", 1, a.Ref)
			}
		}
		for _, p := range pieces {
			SortSpans(p.Sets[s].Spans)
		}
	}
	return pieces
}

// cutter cuts a set.
type cutter struct {
	pieces []*Article
	set    int
	at     []map[string]bool // the ids of the spans in each piece
}

// span gives each piece its part of a span, and reports whether a border cuts it.
func (c *cutter) span(x Span) (cut bool) {
	parts := map[int][]text.Range{}
	for _, f := range x.Fragments {
		first, _ := slices.BinarySearchFunc(c.pieces, f.Start+1, func(p *Article, o int) int { return cmp.Compare(p.Piece.End, o) })
		for i := first; i < len(c.pieces) && c.pieces[i].Piece.Start < f.End; i++ {
			p := c.pieces[i].Piece
			in := f.Intersect(p.Range)
			cut = cut || in != f || i > first
			parts[i] = append(parts[i], text.Range{Start: in.Start - p.Start, End: in.End - p.Start})
		}
	}
	for i, fragments := range parts {
		part := x
		part.Fragments, part.Text, part.HasText = fragments, "", false
		set := &c.pieces[i].Sets[c.set]
		set.Spans = append(set.Spans, part)
		c.at[i][x.ID] = true
	}
	return cut
}

// relation puts a relation into the first piece that has both ends, or into all.
func (c *cutter) relation(r Relation, all bool) (placed bool) {
	for i, ids := range c.at {
		if ids[r.From] && ids[r.To] && (all || !placed) {
			set := &c.pieces[i].Sets[c.set]
			set.Relations = append(set.Relations, r)
			placed = true
		}
	}
	return placed
}

// Gather gives an article the spans and relations of its pieces in the order in which
// they are written, at their places in the article.
func (a *Article) Gather(pieces []*Article) {
	if len(pieces) == 1 && pieces[0] == a {
		return
	}
	a.Sets = slices.Clone(a.Sets)
	for s := range a.Sets {
		set := &a.Sets[s]
		set.Spans, set.Relations = nil, nil
		for _, p := range pieces {
			for _, x := range p.Sets[s].Spans {
				x.Fragments = shifted(x.Fragments, p.Piece.Start)
				set.Spans = append(set.Spans, x)
			}
			set.Relations = append(set.Relations, p.Sets[s].Relations...)
		}
	}
}

func shifted(fragments []text.Range, by int) []text.Range {
	list := make([]text.Range, len(fragments))
	for i, f := range fragments {
		list[i] = text.Range{Start: f.Start + by, End: f.End + by}
	}
	return list
}

// PieceText puts the text of an article together of that of its pieces, for read-backs.
type PieceText struct {
	b strings.Builder
	n int // code points
}

// Add adds the text of a piece; false if it does not go on where the one before ended.
func (t *PieceText) Add(start int, piece []rune) bool {
	if start < 0 || start > t.n || start+len(piece) < t.n {
		return false
	}
	t.b.WriteString(string(piece[t.n-start:]))
	t.n = start + len(piece)
	return true
}

// Hash is the hash of the text.
func (t *PieceText) Hash() string { return text.SHA256(t.b.String()) }

// sameFacts reports whether two pieces are of one article by all that is said of it.
func sameFacts(a, b *Article) bool {
	return a.Title == b.Title && a.Publisher == b.Publisher && a.URL == b.URL && a.Author == b.Author && a.Published == b.Published &&
		a.Language == b.Language && a.Split == b.Split && sameValues(a.Meta, b.Meta)
}

func sameValues(a, b annotate.Values) bool {
	if len(a) != len(b) {
		return false
	}
	for name, raw := range a {
		if other, has := b[name]; !has || string(other) != string(raw) {
			return false
		}
	}
	return true
}
