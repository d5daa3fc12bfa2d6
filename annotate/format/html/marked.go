package html

import (
	"cmp"
	"html"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"lede/annotate/format"
	"lede/annotate/text"
)

// marked writes the text of an article with the fragments of one set.
type marked struct {
	page   *page
	a      *format.Article
	set    *format.Set
	key    string          // of the set, in ids
	links  map[int][]link  // of the relations, by span
	live   []*fragment     // that cover the place that is written
	open   []*fragment     // whose elements are open
	again  map[[2]int]bool // the fragment has begun: it has its id and chip
	column float64         // estimated place in the paragraph, for the chips
	free   float64         // where there is room for the next chip
}

// write writes the paragraphs. Every character of the text stands in one of them,
// the line breaks at their ends too.
func (m *marked) write() {
	m.again = map[[2]int]bool{}
	all := fragmentsOf(m.set.Spans)
	t := m.a.Index()
	next := 0
	for at, count := range paragraphs(m.a.Text) {
		end := at + count
		m.page.put(`<p dir="auto"`, spacing(t.Slice(text.Range{Start: at, End: end})), room(all, next, m.live, at, end), ">")
		m.column, m.free = 0, 0
		for at < end {
			for ; next < len(all) && all[next].Start <= at; next++ {
				m.live = append(m.live, &all[next])
			}
			m.turn(at, end)
			until := end
			if next < len(all) {
				until = min(until, all[next].Start)
			}
			for _, f := range m.open {
				until = min(until, f.End)
			}
			words := t.Slice(text.Range{Start: at, End: until})
			m.page.put(html.EscapeString(words))
			m.column += extent(words, 18)
			at = until
		}
		m.turn(at, at)
		m.page.put("</p>")
	}
}

// paragraphs yields the first code point of each paragraph of a text, and how
// many there are with its line break. An empty text has one.
func paragraphs(s string) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		at := 0
		for part := range strings.SplitAfterSeq(s, "\n") {
			if part == "" && at > 0 {
				return
			}
			n := utf8.RuneCountInString(part)
			if !yield(at, n) {
				return
			}
			at += n
		}
	}
}

// spacing says of a paragraph that it is blank, or that its blanks count: where
// they do not, a browser leaves those at the ends of lines unmarked.
func spacing(s string) string {
	s = strings.TrimSuffix(s, "\n")
	switch {
	case strings.TrimSpace(s) == "":
		return ` class="b"`
	case strings.Contains(s, "  ") || strings.ContainsAny(s, "\t\f\r\v\u0085\u2028\u2029") || strings.HasPrefix(s, " "):
		return ` class="w"`
	}
	return ""
}

// room makes the lines of the paragraph [at, end) higher if it has many lanes:
// those of the live fragments and of those that begin in it.
func room(all []fragment, next int, live []*fragment, at, end int) string {
	lanes := 0
	for _, f := range live {
		if f.End > at {
			lanes = max(lanes, f.lane+1)
		}
	}
	for ; next < len(all) && all[next].Start < end; next++ {
		lanes = max(lanes, all[next].lane+1)
	}
	if lanes < 3 { // there is room for two below any line
		return ""
	}
	return ` style="line-height:` + strconv.Itoa(42+laneStep*(lanes-2)) + `px"`
}

// turn closes and opens elements so that those are open that cover at, the outer
// lanes outside; none at the end of a paragraph. Behind spans that end here stand
// the numbers of their relations.
func (m *marked) turn(at, end int) {
	var ended []*fragment
	m.live = slices.DeleteFunc(m.live, func(f *fragment) bool {
		if f.End <= at {
			ended = append(ended, f)
		}
		return f.End <= at
	})
	slices.SortStableFunc(m.live, func(a, b *fragment) int { return cmp.Compare(a.lane, b.lane) })
	same := 0
	for same < len(m.open) && same < len(m.live) && m.open[same] == m.live[same] {
		same++
	}
	if at == end {
		same = 0
	}
	m.shut(same)
	for _, f := range ended {
		if f.part == len(m.set.Spans[f.span].Fragments)-1 {
			m.numbers(f.span)
		}
	}
	if at < end {
		for _, f := range m.live[same:] {
			m.begin(f)
		}
	}
}

// shut closes elements until n are open.
func (m *marked) shut(n int) {
	for len(m.open) > n {
		m.page.put("</mark>")
		m.open = m.open[:len(m.open)-1]
	}
}

func (m *marked) begin(f *fragment) {
	m.open = append(m.open, f)
	s := &m.set.Spans[f.span]
	key := [2]int{f.span, f.part}
	name := strconv.Itoa(f.span+1) + "." + strconv.Itoa(f.part+1)
	m.page.put(`<mark class="l`, strconv.Itoa(m.page.state.labels[s.Label]), ` k`, strconv.Itoa(f.lane), `" data-s="`, name, `"`)
	if !m.again[key] {
		m.again[key] = true
		if f.part == 0 {
			m.page.put(` id="`, m.key, "t", strconv.Itoa(f.span+1), `"`)
		}
		m.chip(s, f.part)
	}
	m.page.put(` title="`, html.EscapeString(m.page.tip(s)), `">`)
}

// The estimated measures of a chip, in pixels: it is pushed aside where another
// one stands, and left out where it would be pushed too far, as in the window.
const (
	chipSize  = 8.5
	chipPush  = 7 * chipSize
	chipSpace = 0.6 * chipSize
)

// chip is the label above the start of a fragment.
func (m *marked) chip(s *format.Span, part int) {
	words := m.page.chip(s, part)
	push := max(0, m.free-m.column)
	if words == "" || push > chipPush {
		return
	}
	m.free = m.column + push + extent(words, chipSize*1.05) + chipSpace
	m.page.put(` data-t="`, html.EscapeString(words), `"`)
	if push > 0 {
		m.page.put(` style="--x:`, strconv.Itoa(int(push+0.5)), `px"`)
	}
}

// extent estimates the width of a text at a font size.
func extent(s string, size float64) float64 {
	w := 0.0
	for _, r := range s {
		switch k := width.LookupRune(r).Kind(); {
		case unicode.Is(unicode.M, r) || unicode.Is(unicode.Cf, r):
		case k == width.EastAsianWide || k == width.EastAsianFullwidth:
			w++
		case unicode.IsUpper(r):
			w += 0.66
		case strings.ContainsRune("iljtf.,;:'’ |!", r):
			w += 0.3
		default:
			w += 0.52
		}
	}
	return w * size
}
