package bioc

import (
	"context"
	"regexp"
	"strconv"
	"strings"

	"lede/annotate/format"
	"lede/annotate/text"
)

// unit is what a file counts offsets in: the standard leaves it open.
type unit struct {
	name   string // "" = code points, the rule
	length func(t *text.Text) int
	rune   func(t *text.Text, n int) (int, bool)
}

var units = []unit{
	{"", (*text.Text).Len, func(t *text.Text, n int) (int, bool) { return n, n >= 0 && n <= t.Len() }},
	{"UTF-16 code units", func(t *text.Text) int { return t.UTF16Of(t.Len()) }, (*text.Text).RuneOfUTF16},
	{"UTF-8 bytes", (*text.Text).Bytes, func(t *text.Text, n int) (int, bool) {
		if n < 0 || n > t.Bytes() {
			return 0, false
		}
		o := t.RuneOf(n)
		return o, t.ByteOf(o) == n
	}},
}

// unitOf finds the first unit in which the texts of all annotations of the file
// agree; if there is none, it is code points, and the reading tells where they do
// not.
func unitOf(ctx context.Context, src format.Source) (unit, error) {
	fits := []bool{true, true, true}
	for x, err := range documents(src) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return units[0], err
		}
		for i := range units {
			fits[i] = fits[i] && agrees(&x.doc, units[i])
		}
	}
	for i := range units {
		if fits[i] {
			return units[i], nil
		}
	}
	return units[0], nil
}

// agrees reports whether all annotations lie in the text, on what they say they do.
func agrees(doc *document, u unit) bool {
	l := layOut(doc, u)
	whole := text.New(l.text)
	for _, x := range l.annotations {
		r, ok := l.places(x)
		if !ok {
			return false
		}
		if x.Text == nil || len(r) == 0 {
			continue
		}
		hull := text.Range{Start: r[0].Start, End: r[len(r)-1].End}
		if len(r) == 1 && flat(whole.Slice(hull)) != flat(*x.Text) {
			return false
		}
	}
	return true
}

// flat makes all white space alike: XML and people change it.
func flat(s string) string { return white.ReplaceAllLiteralString(s, " ") }

var white = regexp.MustCompile(`\s+`)

// chunk is a stretch of text with its place in the file's count and in the article.
type chunk struct {
	offset int // of the file
	length int // in the file's unit
	at     int // in the article, code points
	text   *text.Text
}

// found is an annotation and the chunk in which it stands, -1 for the document.
type found struct {
	annotation
	home int
}

// layout is the text of a document and what stands in it.
type layout struct {
	unit        unit
	text        string
	chunks      []chunk
	annotations []found
	relations   []relation
	fault       string // why it cannot be read, "" if it can
}

// gapLimit is the longest gap between passages that is kept: a larger one is a
// mistake.
const gapLimit = 1000

// layOut puts passages, or their sentences, one behind the other. Gaps between
// passages become line ends, those between sentences blanks.
func layOut(doc *document, u unit) *layout {
	l := &layout{unit: u}
	var b strings.Builder
	for i := range doc.Passages {
		p := &doc.Passages[i]
		if p.Text != nil && *p.Text != "" || len(p.Sentences) == 0 {
			body := ""
			if p.Text != nil {
				body = *p.Text
			}
			l.add(&b, string(p.Offset), body, "\n")
			for k := range p.Sentences {
				l.take(p.Sentences[k].Annotations, p.Sentences[k].Relations)
			}
		}
		for k := range p.Sentences {
			if p.Text != nil && *p.Text != "" {
				break
			}
			s, fill := &p.Sentences[k], " "
			if k == 0 {
				fill = "\n"
			}
			l.add(&b, string(s.Offset), s.Text, fill)
			l.take(s.Annotations, s.Relations)
		}
		l.take(p.Annotations, p.Relations)
	}
	home := len(l.annotations)
	l.take(doc.Annotations, doc.Relations)
	for i := home; i < len(l.annotations); i++ {
		l.annotations[i].home = -1
	}
	l.text = b.String()
	return l
}

// take notes what stands in the chunk that was added last.
func (l *layout) take(list []annotation, relations []relation) {
	for _, x := range list {
		l.annotations = append(l.annotations, found{x, len(l.chunks) - 1})
	}
	l.relations = append(l.relations, relations...)
}

func (l *layout) add(b *strings.Builder, offset, body, fill string) {
	n, err := strconv.Atoi(strings.TrimSpace(offset))
	if err != nil {
		l.fault = "the offset " + strconv.Quote(offset) + " of a passage is no whole number"
	}
	c := chunk{offset: n, text: text.New(body)}
	c.length = l.unit.length(c.text)
	if k := len(l.chunks); k > 0 {
		last := l.chunks[k-1]
		gap := n - last.offset - last.length
		if gap < 0 || gap > gapLimit {
			gap = 1 // they count from elsewhere: passages still do not touch
		}
		b.WriteString(strings.Repeat(fill, gap))
		c.at = last.at + last.text.Len() + gap
	}
	b.WriteString(body)
	l.chunks = append(l.chunks, c)
}

// places are those of an annotation in the article.
func (l *layout) places(x found) ([]text.Range, bool) {
	var list []text.Range
	for _, loc := range x.Locations {
		start, err1 := strconv.Atoi(strings.TrimSpace(string(loc.Offset)))
		length, err2 := strconv.Atoi(strings.TrimSpace(string(loc.Length)))
		if err1 != nil || err2 != nil || length < 0 || start > 1<<40 || length > 1<<40 {
			return nil, false
		}
		if length == 0 {
			continue
		}
		from, ok1 := l.place(start, x.home, 0)
		to, ok2 := l.place(start+length, x.home, 1)
		if !ok1 || !ok2 || from >= to {
			return nil, false
		}
		list = append(list, text.Range{Start: from, End: to})
	}
	return list, true
}

// place is an offset of the file in the article. edge is 0 for the start of a range
// and 1 for its end, which belongs to the chunk before it.
func (l *layout) place(n, home, edge int) (int, bool) {
	inside := func(c chunk) bool { return n-edge >= c.offset && n-edge < c.offset+c.length }
	if home < 0 || home >= len(l.chunks) || !inside(l.chunks[home]) {
		home = -1
		for i, c := range l.chunks {
			if inside(c) {
				home = i
				break
			}
		}
	}
	if home < 0 {
		return 0, false
	}
	c := l.chunks[home]
	o, ok := l.unit.rune(c.text, n-c.offset)
	return c.at + o, ok
}
