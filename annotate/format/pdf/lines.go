package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	library "github.com/ledongthuc/pdf"
)

// line is a line of a page. Places are in points, from the lower left.
type line struct {
	x0, x1, y, size float64
	text            string
}

// liner makes lines of characters, in the order in which the page draws them: that is
// how columns stay apart.
type liner struct {
	lines []line
	now   line
	words strings.Builder
	open  bool
	end   float64 // where the last character ends

	turned, unread, letters int
}

func (l *liner) add(c library.Text) {
	size := math.Abs(c.FontSize)
	switch {
	case c.S == "" || c.S == "\n" || c.S == "\r":
		return
	case size < 0.5 || math.IsNaN(size) || math.IsInf(size, 0):
		l.turned++
		return
	}
	ch := clean(c.S)
	if ch == "" && strings.TrimSpace(c.S) != "" {
		return // a control character
	}
	if c.S == "\uFFFD" || !utf8.ValidString(c.S) {
		l.unread++
		ch = "\uFFFD"
	}
	l.letters++
	if l.open && (math.Abs(c.Y-l.now.y) > 0.5*max(size, l.now.size) || c.X < l.end-2*size && c.X < l.now.x1-2*size) {
		l.close()
	}
	if !l.open {
		l.open, l.end = true, c.X
		l.now = line{x0: c.X, x1: c.X, y: c.Y, size: size}
	}
	if gap := c.X - l.end; gap > 0.2*size && (c.W > 0 || gap > size) {
		l.blank()
	}
	if strings.TrimSpace(c.S) == "" {
		l.blank()
	} else {
		l.words.WriteString(ch)
	}
	width := c.W
	if width <= 0 {
		width = 0 // a font without widths: all its characters stand at one place
	}
	l.end = c.X + width
	l.now.x1 = max(l.now.x1, l.end)
	l.now.size = max(l.now.size, size)
}

func (l *liner) blank() {
	if s := l.words.String(); s != "" && !strings.HasSuffix(s, " ") {
		l.words.WriteByte(' ')
	}
}

func (l *liner) close() {
	if l.open {
		if l.now.text = strings.TrimSpace(l.words.String()); l.now.text != "" {
			l.lines = append(l.lines, l.now)
		}
	}
	l.words.Reset()
	l.open = false
}

// clean leaves out what no text holds.
func clean(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < 0x20 || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD")))
}

// dropMargins leaves out what stands at the top or bottom of most pages: lines that
// are the same but for their numbers.
func (d *document) dropMargins() (count int, example string) {
	if len(d.pages) < 3 {
		return 0, ""
	}
	times := map[string]int{}
	for _, page := range d.pages {
		for _, at := range edges(page) {
			times[shape(page[at].text)]++
		}
	}
	for n, page := range d.pages {
		drop := map[int]bool{}
		for _, at := range edges(page) {
			if times[shape(page[at].text)]*2 > len(d.pages) {
				drop[at] = true
				count++
				if example == "" {
					example = page[at].text
				}
			}
		}
		var kept []line
		for at, l := range page {
			if !drop[at] {
				kept = append(kept, l)
			}
		}
		d.pages[n] = kept
	}
	return count, example
}

// edges are the uppermost and the lowest line of a page.
func edges(page []line) []int {
	if len(page) < 3 {
		return nil
	}
	top, bottom := 0, 0
	for i, l := range page {
		if l.y > page[top].y {
			top = i
		}
		if l.y < page[bottom].y {
			bottom = i
		}
	}
	if top == bottom {
		return nil
	}
	return []int{top, bottom}
}

func shape(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return '#'
		}
		return r
	}, s)
}

// textOf joins the lines of all pages.
func textOf(pages [][]line, join, hyphens bool) string {
	var out []byte
	var before *line
	for _, page := range pages {
		m := measure(page)
		for i := range page {
			l := &page[i]
			switch {
			case before == nil:
			case m.apart(before, l, i == 0):
				out = append(out, "\n\n"...)
			case !join:
				out = append(out, '\n')
			case hyphens && divided(out, l.text):
				out = out[:len(out)-hyphenSize(out)]
			case divides(out):
			default:
				out = append(out, ' ')
			}
			out = append(out, l.text...)
			before = l
		}
	}
	return string(out)
}

func hyphenSize(out []byte) int {
	_, n := utf8.DecodeLastRune(out)
	return n
}

// divides reports whether a text ends inside a word.
func divides(out []byte) bool {
	last, n := utf8.DecodeLastRune(out)
	if last != '-' && last != '\u00ad' && last != '\u2010' {
		return false
	}
	r, _ := utf8.DecodeLastRune(out[:len(out)-n])
	return unicode.IsLetter(r)
}

// divided reports whether the hyphen at the end of a text is there only because the
// line ended: the word goes on with a small letter.
func divided(out []byte, next string) bool {
	r, _ := utf8.DecodeRuneInString(next)
	return divides(out) && unicode.IsLower(r)
}

// measures are those of the lines of a page.
type measures struct {
	leading float64         // from one line to the next
	right   map[int]float64 // the right edge of a column, by its left one
}

func column(x float64) int { return int(math.Round(x / 24)) }

func measure(page []line) measures {
	m := measures{right: map[int]float64{}}
	var steps []float64
	for i, l := range page {
		for _, c := range []int{column(l.x0) - 1, column(l.x0), column(l.x0) + 1} {
			m.right[c] = max(m.right[c], l.x1)
		}
		if i > 0 {
			if step := page[i-1].y - l.y; step > 0 && step < 3*l.size {
				steps = append(steps, step)
			}
		}
	}
	if len(steps) > 0 {
		slices.Sort(steps)
		m.leading = steps[len(steps)/2]
	}
	return m
}

// apart reports whether a line begins a paragraph.
func (m measures) apart(before, l *line, newPage bool) bool {
	ended := strings.ContainsRune(".!?:…”\"»)。！？」", lastRune(before.text))
	step := before.y - l.y
	switch {
	case math.Abs(before.size-l.size) > 0.15*max(before.size, l.size):
		return true
	case newPage || step <= 0: // the next page or column: words may go on there
		return ended
	case m.leading > 0 && step > 1.45*m.leading, m.leading == 0 && step > 1.8*l.size:
		return true
	case l.x0 > before.x0+0.8*l.size && l.x0 < before.x0+6*l.size:
		return true // indented
	}
	right := m.right[column(before.x0)]
	return ended && right > 0 && before.x1 > before.x0 && before.x1 < right-0.2*(right-before.x0)
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
