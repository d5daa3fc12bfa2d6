package find

import (
	"context"
	"io"
	"unicode/utf8"
)

// A long line is matched at once: pieces of it would not do, because a match may be
// as long as the line and begin anywhere. Go's matcher cannot be called off, so it is
// given two places to stop at: while it reads up to the first match, and at every
// match. What cannot be called off is the way from one match to the next one.

// longLine is from how many bytes on a line is matched so that it can be called off.
const longLine = 4 << 10

// enough ends the matching of a long text.
type enough struct{}

// across matches a long text, which begins at a byte of the article, and says
// whether more is wanted. ReplaceAllFunc goes from match to match without gathering
// them, which for an expression that matches every character of a long text would
// take a hundred times its size. What it hands out are parts of one array: their
// capacity tells where they begin.
func (m *Matcher) across(ctx context.Context, s string, at int, take func(from, to int) bool) (more bool) {
	if !m.anywhere(ctx, s) {
		return ctx.Err() == nil
	}
	defer func() {
		if why := recover(); why != nil && why != (enough{}) {
			panic(why)
		}
	}()
	raw := []byte(s)
	raw = raw[:len(raw):len(raw)]
	m.re.ReplaceAllFunc(raw, func(match []byte) []byte {
		from := len(raw) - cap(match)
		if ctx.Err() != nil || !take(at+from, at+from+len(match)) {
			panic(enough{})
		}
		return nil
	})
	return true
}

// anywhere says whether an expression matches in a long text at all. It gives up
// when ctx ends.
func (m *Matcher) anywhere(ctx context.Context, s string) bool {
	if prefix, _ := m.re.LiteralPrefix(); prefix != "" {
		return true // found or not, it is so fast that nobody wants it to end
	}
	return m.re.MatchReader(&runes{ctx: ctx, left: s}) && ctx.Err() == nil
}

// runes reads a text until ctx ends.
type runes struct {
	ctx  context.Context
	left string
	read int
}

// often is how many code points are read between two looks at the context.
const often = 1 << 12

// ReadRune is the next code point.
func (r *runes) ReadRune() (c rune, size int, err error) {
	if r.read++; r.left == "" || r.read%often == 0 && r.ctx.Err() != nil {
		return 0, 0, io.EOF
	}
	c, size = utf8.DecodeRuneInString(r.left)
	r.left = r.left[size:]
	return c, size, nil
}
