package find

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// folder folds text piece by piece. What it has seen it remembers, so that text
// costs little more than copying it. It is not safe for concurrent use.
type folder struct {
	exact bool // case matters
	pages [0x110000 / pageSize]*[pageSize]folded
	marks map[string]string // runs with combining marks
	caser cases.Caser
}

const pageSize = 256

// folded is what one rune becomes.
type folded struct {
	known bool
	same  bool // nothing changes
	mark  bool // combines with what stands before it
	loose bool // it decomposes, so that marks behind it may have to move into it
	text  string
}

func newFolder(exact bool) *folder {
	return &folder{exact: exact, marks: map[string]string{}, caser: cases.Fold()}
}

// plain makes alike what typography sets differently.
func plain(r rune) rune {
	switch r {
	case '‘', '’', '‚', '‛', 'ʼ', '＇':
		return '\''
	case '“', '”', '„', '‟', '＂':
		return '"'
	case '\u2010', '\u2011':
		return '-'
	}
	if unicode.IsSpace(r) {
		return ' '
	}
	return r
}

// fold is the folding of a short string as a whole: the definition that
// everything else agrees with.
func (f *folder) fold(s string) string {
	s = strings.Map(plain, norm.NFD.String(s))
	if !f.exact {
		s = f.caser.String(s)
	}
	return norm.NFD.String(s)
}

// rune looks up what a rune becomes.
func (f *folder) rune(r rune) *folded {
	page := f.pages[r/pageSize]
	if page == nil {
		page = new([pageSize]folded)
		f.pages[r/pageSize] = page
	}
	c := &page[r%pageSize]
	if !c.known {
		s := string(r)
		c.known, c.text = true, f.fold(s)
		c.mark = norm.NFD.PropertiesString(s).CCC() != 0 || norm.NFD.PropertiesString(c.text).CCC() != 0
		last, _ := utf8.DecodeLastRuneInString(c.text)
		c.loose = norm.NFD.PropertiesString(string(last)).CCC() != 0
		c.same = c.text == s && !c.mark && !c.loose
	}
	return c
}

// step says where folded text stands in the original, both in bytes. Behind a
// steady step every byte stands for one byte; behind another only its start is a
// place in the original.
type step struct {
	folded, original int
	steady           bool
}

// stretch is folded text and the way back to the original.
type stretch struct {
	text  []byte
	steps []step
}

func (t *stretch) reset(original int) {
	t.text = t.text[:0]
	t.steps = append(t.steps[:0], step{0, original, true})
}

// put adds what the bytes [from, to) of the original became.
func (t *stretch) put(s string, from, to int, steady bool) {
	at := step{len(t.text), from, steady}
	last := &t.steps[len(t.steps)-1]
	switch {
	case steady && last.steady && at.folded-last.folded == at.original-last.original:
	case last.folded == at.folded:
		*last = at
	default:
		t.steps = append(t.steps, at)
	}
	t.text = append(t.text, s...)
	if !steady {
		t.steps = append(t.steps, step{len(t.text), to, true})
	}
}

// original is the byte of the original for a byte of the folded text, false if
// it lies inside something that cannot be cut.
func (t *stretch) original(b int) (int, bool) {
	i, exact := slices.BinarySearchFunc(t.steps, b, func(s step, b int) int { return s.folded - b })
	if exact {
		return t.steps[i].original, true
	}
	s := t.steps[i-1]
	return s.original + b - s.folded, s.steady
}

// before is the last place at or before a folded byte that is one in the
// original too: folded byte and original byte.
func (t *stretch) before(b int) (int, int) {
	i, exact := slices.BinarySearchFunc(t.steps, b, func(s step, b int) int { return s.folded - b })
	if !exact {
		i--
	}
	s := t.steps[i]
	if !s.steady {
		return s.folded, s.original
	}
	for b > s.folded && b < len(t.text) && !utf8.RuneStart(t.text[b]) {
		b--
	}
	return b, s.original + b - s.folded
}

// add folds s from a byte on, until the folded text is long enough, and returns
// how far it came.
func (f *folder) add(t *stretch, s string, from, enough int) int {
	for from < len(s) && len(t.text) < enough {
		if s[from] < utf8.RuneSelf {
			from = f.ascii(t, s, from, enough)
		} else if to := f.unchanged(s, from, from+enough-len(t.text)); to > from {
			t.put(s[from:to], from, to, true)
			from = to
		} else {
			from = f.segment(t, s, from)
		}
	}
	return from
}

// ascii folds a run of ASCII.
func (f *folder) ascii(t *stretch, s string, from, enough int) int {
	to := from
	limit := min(len(s), from+max(1, enough-len(t.text)))
	for to < limit && s[to] < utf8.RuneSelf {
		to++
	}
	start := len(t.text)
	t.put(s[from:to], from, to, true)
	for i, c := range t.text[start:] {
		switch {
		case c >= '\t' && c <= '\r':
			t.text[start+i] = ' '
		case !f.exact && c >= 'A' && c <= 'Z':
			t.text[start+i] = c + 'a' - 'A'
		}
	}
	return to
}

// unchanged is the end of the run, up to a limit, that folding leaves as it is.
func (f *folder) unchanged(s string, from, limit int) int {
	for limit = min(limit, len(s)); from < limit; {
		r, size := utf8.DecodeRuneInString(s[from:])
		if page := f.pages[r/pageSize]; page == nil || !page[r%pageSize].same {
			if !f.rune(r).same {
				break
			}
		}
		from += size
	}
	return from
}

// segment folds a rune, with the marks behind it where they belong together.
func (f *folder) segment(t *stretch, s string, from int) int {
	r, size := utf8.DecodeRuneInString(s[from:])
	c := f.rune(r)
	to := from + size
	n := 1
	if c.mark || c.loose {
		for to < len(s) && s[to] >= utf8.RuneSelf {
			next, size := utf8.DecodeRuneInString(s[to:])
			if !f.rune(next).mark {
				break
			}
			to += size
			n++
		}
	}
	if n == 1 {
		t.put(c.text, from, to, len(c.text) == size && utf8.RuneCountInString(c.text) == 1)
		return to
	}
	run := s[from:to]
	text, ok := f.marks[run]
	if !ok {
		text = f.fold(run)
		if len(f.marks) < 1<<16 && len(run) <= 64 {
			f.marks[strings.Clone(run)] = text
		}
	}
	t.put(text, from, to, false)
	return to
}

// whole folds a string to the end.
func (f *folder) whole(s string) string {
	var t stretch
	t.reset(0)
	f.add(&t, s, 0, len(s)*32+64)
	return string(t.text)
}
