package find

import (
	"context"
	"iter"
	"regexp"
	"strings"
	"unicode"

	"lede/annotate/text"
)

// Query is what is looked for.
type Query struct {
	Text   string
	Word   bool // whole words only
	Case   bool // upper and lower case differ
	Regexp bool // Text is a regular expression
}

// Matcher finds the places of a query. It may be used by several goroutines.
type Matcher struct {
	query Query
	re    *regexp.Regexp
	lines bool // re cannot match across a line's end
}

// Compile makes a query ready. An expression that is none is a *BadPattern.
func Compile(q Query) (*Matcher, error) {
	m := &Matcher{query: q}
	if !q.Regexp {
		return m, nil
	}
	return m, m.compile()
}

// Query is what the matcher was made of.
func (m *Matcher) Query() Query { return m.query }

// Hits is what was found: the first places, in order, and how many there are in
// all.
type Hits struct {
	At    []text.Range
	Count int
}

// Find lists the first places in a text, at most keep of them, and counts them
// all. It gives up when ctx ends.
func (m *Matcher) Find(ctx context.Context, t *text.Text, keep int) (Hits, error) {
	var h Hits
	for r := range m.In(ctx, t) {
		if h.Count++; len(h.At) < keep {
			h.At = append(h.At, r)
		}
	}
	return h, ctx.Err()
}

// In lists the places in a text in order. It ends early when ctx ends.
func (m *Matcher) In(ctx context.Context, t *text.Text) iter.Seq[text.Range] {
	raw := m.literal
	if m.query.Regexp {
		raw = m.pattern
	}
	return func(yield func(text.Range) bool) {
		if m.query.Text != "" {
			raw(ctx, t, yield)
		}
	}
}

// words says whether a place is one of whole words, if that is asked for.
func (m *Matcher) words(t *text.Text, r text.Range) bool {
	return !m.query.Word || wordBorder(t, r.Start) && wordBorder(t, r.End)
}

// piece is how much folded text is searched at once, in bytes.
const piece = 64 << 10

// literal passes on the places of a word or phrase.
func (m *Matcher) literal(ctx context.Context, t *text.Text, pass func(text.Range) bool) {
	f := newFolder(m.query.Case)
	needle := f.whole(m.query.Text)
	s := t.String()
	var st stretch
	for at := 0; at < len(s) && ctx.Err() == nil; {
		st.reset(at)
		end := f.add(&st, s, at, piece+2*len(needle))
		cut, next := len(st.text), end
		if end < len(s) {
			cut, next = st.before(len(st.text) - len(needle) + 1)
		}
		last, ok := m.search(t, &st, needle, cut, pass)
		if !ok {
			return
		}
		at = max(next, last)
	}
}

// search passes on the places that begin before the folded byte cut, and returns
// the byte of the original at which the last one ends.
func (m *Matcher) search(t *text.Text, st *stretch, needle string, cut int, pass func(text.Range) bool) (last int, ok bool) {
	folded := string(st.text)
	for b := 0; b < cut; {
		i := strings.Index(folded[b:], needle)
		if i < 0 || b+i >= cut {
			return last, true
		}
		b += i
		start, whole := st.original(b)
		end, also := st.original(b + len(needle))
		if !whole || !also || !graphemeBorder(t, start) || !graphemeBorder(t, end) {
			b++
			continue
		}
		r := text.Range{Start: t.RuneOf(start), End: t.RuneOf(end)}
		if !m.words(t, r) {
			b++
			continue
		}
		if !pass(r) {
			return last, false
		}
		last = end
		b += len(needle)
	}
	return last, true
}

// graphemeBorder says whether a byte is a border between graphemes.
func graphemeBorder(t *text.Text, b int) bool {
	s := t.String()
	if b <= 0 || b >= len(s) {
		return true
	}
	if s[b] < 0x80 && s[b-1] < 0x80 {
		return s[b] != '\n' || s[b-1] != '\r'
	}
	return t.IsGrapheme(t.RuneOf(b))
}

// wordBorder says whether a code point is a border between words.
func wordBorder(t *text.Text, o int) bool {
	if o <= 0 || o >= t.Len() {
		return true
	}
	b, s := t.ByteOf(o), t.String()
	before, after := s[b-1], s[b]
	switch {
	case before >= 0x80 || after >= 0x80:
	case letter(before) && letter(after):
		return false
	case letter(before) && after == ' ', before == ' ' && letter(after):
		return true
	}
	return t.Word(o).Start == o
}

// letter tells the ASCII letters and digits.
func letter(b byte) bool { return b < 0x80 && (unicode.IsLetter(rune(b)) || unicode.IsDigit(rune(b))) }
