package format

import (
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"lede/annotate"
	"lede/annotate/text"
)

// JoinPieces puts articles together again of pieces that stand one behind the other and
// cover the text without a gap. Pieces of which others are missing, that overlap or whose
// texts were changed stay articles of their own, and that is told.
func JoinPieces(articles iter.Seq2[*Article, error]) iter.Seq2[*Article, error] {
	return func(yield func(*Article, error) bool) {
		j := &joiner{}
		for a, err := range articles {
			if err != nil {
				yield(nil, err)
				return
			}
			for _, whole := range j.take(a) {
				if !yield(whole, nil) {
					return
				}
			}
		}
		for _, piece := range j.giveUp() {
			if !yield(piece, nil) {
				return
			}
		}
	}
}

// maxJoined is how long a text, in bytes, is put together of pieces.
const maxJoined = 64 << 20

// joiner holds the pieces of one article, until all are there.
type joiner struct {
	pieces []*Article
	bytes  int
}

// take takes the next article and gives what is ready.
func (j *joiner) take(a *Article) (ready []*Article) {
	if a.Aside() {
		return []*Article{a}
	}
	if a.Piece == nil {
		return append(j.giveUp(), a)
	}
	if !j.goesOn(a) {
		ready = j.giveUp()
	}
	if len(j.pieces) == 0 && (a.Piece.Start != 0 || !intact(a)) {
		return append(ready, alone(a))
	}
	j.pieces = append(j.pieces, a)
	j.bytes += len(a.Text)
	if a.Piece.End == a.Piece.Length {
		ready = append(ready, joined(j.pieces))
		j.pieces, j.bytes = nil, 0
	}
	return ready
}

// goesOn reports whether a piece is the next one.
func (j *joiner) goesOn(a *Article) bool {
	if len(j.pieces) == 0 {
		return true
	}
	last := j.pieces[len(j.pieces)-1]
	return a.Piece.Of == last.Piece.Of && a.Piece.Start == last.Piece.End && a.Piece.Length == last.Piece.Length &&
		j.bytes+len(a.Text) <= maxJoined && sameFacts(a, last) && intact(a)
}

// intact reports whether a piece is as long as it says, and whether its spans lie in it.
func intact(a *Article) bool {
	n := utf8.RuneCountInString(a.Text)
	p := a.Piece
	if p.Of == "" || p.Start < 0 || p.End-p.Start != n || p.End > p.Length {
		return false
	}
	t := text.New(a.Text)
	for _, s := range a.Sets {
		for _, x := range s.Spans {
			if slices.ContainsFunc(x.Fragments, func(f text.Range) bool { return f.Start < 0 || f.Start > f.End || f.End > n }) ||
				x.HasText && x.Text != t.Quote(x.Fragments) {
				return false
			}
		}
	}
	return true
}

// giveUp makes articles of the pieces that are there.
func (j *joiner) giveUp() []*Article {
	pieces := j.pieces
	j.pieces, j.bytes = nil, 0
	for _, p := range pieces {
		alone(p)
	}
	return pieces
}

// alone makes an article of a piece.
func alone(a *Article) *Article {
	a.Ref, a.RefFromName, a.Piece = a.Piece.Ref(), false, nil
	a.Skip("pieces", "pieces of articles that overlap, were changed, or of which others are missing: each is an article of its own", 1, a.Ref)
	return a
}

// joined makes an article of all its pieces.
func joined(pieces []*Article) *Article {
	a := *pieces[0]
	a.Ref, a.RefFromName, a.Piece, a.index, a.Sets = a.Piece.Of, false, nil, nil, nil
	var b strings.Builder
	var sets []*joinedSet
	for i, p := range pieces {
		b.WriteString(p.Text)
		if i > 0 {
			a.skipped = append(a.skipped, p.skipped...)
		}
		for k := range p.Sets {
			s := &p.Sets[k]
			n := slices.IndexFunc(sets, func(j *joinedSet) bool { return j.Annotator == s.Annotator })
			if n < 0 {
				n = len(sets)
				sets = append(sets, &joinedSet{Set: Set{Place: s.Place, Annotator: s.Annotator, Status: s.Status, LocalIDs: s.LocalIDs}, spans: map[string]int{}, relations: map[string]bool{}})
			}
			sets[n].add(&a, s, i, p.Piece.Start)
		}
	}
	for _, s := range sets {
		if s.pieces < len(pieces) && s.Status == annotate.Done {
			s.Status = annotate.InProgress // some pieces nobody has looked at
		}
		for k, to := range []*string{&s.Note, &s.Flag, &s.Reason} {
			*to = strings.Join(s.said[k], "\n\n")
		}
		a.Sets = append(a.Sets, s.Set)
	}
	a.Text = b.String()
	return &a
}

// joinedSet is a set that is put together.
type joinedSet struct {
	Set
	pieces    int            // that have it
	spans     map[string]int // by id: places in Spans
	relations map[string]bool
	said      [3][]string // notes, flags and reasons, each once
}

// add adds the set of piece number i, which begins at start.
func (j *joinedSet) add(a *Article, s *Set, i, start int) {
	j.pieces++
	if s.Status != j.Status {
		j.Status = annotate.InProgress
	}
	for k, said := range []string{s.Note, s.Flag, s.Reason} {
		if said != "" && !slices.Contains(j.said[k], said) {
			j.said[k] = append(j.said[k], said)
		}
	}
	for name, raw := range s.Fields {
		if old, has := j.Fields[name]; !has {
			j.Fields = j.Fields.With(name, raw)
		} else if string(old) != string(raw) {
			a.Skip("pieces_differ", "document fields that are not the same in all pieces of an article: that of the first counts", 1, a.Ref+": "+name)
		}
	}
	for _, x := range s.Accepted {
		if !slices.Contains(j.Accepted, x) {
			j.Accepted = append(j.Accepted, x)
		}
	}
	j.links(s, j.take(s, i, start))
}

// take takes the spans of a piece, and returns what they are called now. Parts of one
// span, which have one id in several pieces, are one again.
func (j *joinedSet) take(s *Set, i, start int) (now map[string]string) {
	now = map[string]string{}
	own := map[string]bool{} // ids of this piece
	for _, x := range s.Spans {
		x.Fragments = shifted(x.Fragments, start)
		id := x.ID
		at, known := j.spans[id]
		switch {
		case id == "":
		case s.LocalIDs:
			x.ID = strconv.Itoa(i) + "." + id
		case known && !own[id] && samePart(&j.Spans[at], &x):
			y := &j.Spans[at]
			y.Fragments, y.Text, y.HasText = append(y.Fragments, x.Fragments...), "", false
			now[id], own[id] = id, true
			continue
		case known:
			x.ID = fmt.Sprintf("%s (%d)", id, i+1)
			for n := 2; j.has(x.ID); n++ {
				x.ID = fmt.Sprintf("%s (%d.%d)", id, i+1, n)
			}
		}
		if id != "" {
			now[id], own[id] = x.ID, true
			j.spans[x.ID] = len(j.Spans)
		}
		j.Spans = append(j.Spans, x)
	}
	return now
}

func (j *joinedSet) has(id string) bool { _, has := j.spans[id]; return has }

// samePart reports whether the same is said of two parts.
func samePart(x, y *Span) bool {
	entity := x.Entity == nil && y.Entity == nil || x.Entity != nil && y.Entity != nil && *x.Entity == *y.Entity
	return entity && x.Label == y.Label && x.Origin == y.Origin && x.Note == y.Note && slices.Equal(x.Accepted, y.Accepted) && sameValues(x.Attributes, y.Attributes)
}

// links takes the relations of a piece.
func (j *joinedSet) links(s *Set, now map[string]string) {
	for _, r := range s.Relations {
		if id, ok := now[r.From]; ok {
			r.From = id
		}
		if id, ok := now[r.To]; ok {
			r.To = id
		}
		if r.ID != "" && (s.LocalIDs || j.relations[r.ID]) {
			r.ID = ""
		}
		j.relations[r.ID] = true
		j.Relations = append(j.Relations, r)
	}
}
