package text

import (
	"strings"
	"unicode"
)

// Quoted lists the parts of r that are inside quotation marks, the marks
// included, in order; they neither overlap nor are they empty. Of quotations
// within quotations it is the outermost that counts.
//
// It knows “ ” „ “ ” ” « » » « ‹ › 「 」 『 』 ‘ ’ and the straight ' and ", and
// tells apostrophes from marks by the letters beside them. Marks without a
// partner are taken as a reader takes them: a quotation that was never closed
// ends with its paragraph, or goes on if the next paragraph opens it again; one
// that was closed but never opened begins with its paragraph. A mark that touches r
// is taken in, because selections by words stop before it, with the stop before a
// mark at the end (promised,”); what else lies outside counts for nothing.
func (t *Text) Quoted(r Range) []Range {
	r = Range{clamp(r.Start, t.n), clamp(r.End, t.n)}
	if r.Empty() {
		return nil
	}
	if r.Start > 0 && strings.ContainsRune(marks, t.RuneAt(r.Start-1)) {
		r.Start--
	}
	if end := t.closedAt(r.End); end > 0 {
		r.End = end
	}
	q := quoter{s: []rune(t.Slice(r)), before: edge, after: edge}
	if r.Start > 0 {
		q.before = t.RuneAt(r.Start - 1)
	}
	if r.End < t.n {
		q.after = t.RuneAt(r.End)
	}
	q.run()
	var out []Range
	for _, f := range q.found {
		f = t.Trim(Range{f.Start + r.Start, f.End + r.Start})
		if f.Len() > 1 {
			out = append(out, f)
		}
	}
	return out
}

// closedAt is the offset after the mark that stands at i, or after the stop at i and does
// not open what follows (他说，“我们); 0 when there is none.
func (t *Text) closedAt(i int) int {
	stop := i < t.n && strings.ContainsRune(stops, t.RuneAt(i))
	if stop {
		i++
	}
	if i >= t.n || !strings.ContainsRune(marks, t.RuneAt(i)) {
		return 0
	}
	if stop && strings.ContainsRune(openers, t.RuneAt(i)) && i+1 < t.n && (unicode.IsLetter(t.RuneAt(i+1)) || unicode.IsDigit(t.RuneAt(i+1))) {
		return 0
	}
	return i + 1
}

// edge stands for the ends of the text.
const edge = '\n'

// quoter finds quotations in a stretch of text; its offsets count from there.
type quoter struct {
	s             []rune
	before, after rune // what stands beside the stretch
	found         []Range
}

func (q *quoter) run() {
	paragraph, quoted := 0, false // where the paragraph begins; something of it is quoted
	for i := 0; i < len(q.s); i++ {
		if q.s[i] == '\n' {
			paragraph, quoted = i+1, false
			continue
		}
		end := 0
		switch closers := q.opens(i); {
		case closers != "":
			end = q.close(i, closers)
		case !quoted && q.strayClose(i):
			q.found = append(q.found, Range{paragraph, i + 1})
			quoted = true
		}
		if end > i {
			q.found = append(q.found, Range{i, end})
			quoted = true
			i = end - 1
		}
	}
}

func (q *quoter) at(i int) rune {
	switch {
	case i < 0:
		return q.before
	case i >= len(q.s):
		return q.after
	}
	return q.s[i]
}

const (
	marks   = "“”„‟«»‹›「」『』｢｣〝〞〟\"＂‘’‚'"
	singles = "‘'‚"
	openers = "“‟„«‹「『｢〝‘‚" // in some language
	stops   = ",.!?…;:،。，！？"
	dashes  = "-–—―/"
)

// opens lists the marks that may close a quotation that the one at i opens, ""
// if it opens none.
func (q *quoter) opens(i int) string {
	left, right := q.looks(i)
	switch q.s[i] {
	case '“', '‟':
		return when(!left, "”")
	case '„':
		return "“”\""
	case '”':
		return when(right, "”")
	case '«':
		return when(!left, "»")
	case '»':
		return when(right, "«»")
	case '‹':
		return when(!left, "›")
	case '›':
		return when(right, "‹›")
	case '「':
		return "」"
	case '『':
		return "』"
	case '｢':
		return "｣"
	case '〝':
		return "〞〟"
	case '"', '＂':
		return when(!left && !q.inWord(i), string(q.s[i]))
	case '‘':
		return when(right, "’")
	case '‚':
		return "‘’"
	case '\'':
		return when(right, "'")
	}
	return ""
}

func when(ok bool, s string) string {
	if ok {
		return s
	}
	return ""
}

// looks tells which way the mark at i faces by what stands beside it: left, it
// ends something; right, it begins something. Neither where both sides are alike.
func (q *quoter) looks(i int) (left, right bool) {
	b, a := q.at(i-1), q.at(i+1)
	begin := unicode.IsSpace(b) || unicode.In(b, unicode.Ps, unicode.Pi) || strings.ContainsRune(dashes+"¿¡", b)
	end := unicode.IsSpace(a) || unicode.In(a, unicode.Pe, unicode.Pf) || strings.ContainsRune(dashes+".,;:!?…،؛؟。、，！？：；", a)
	return !begin && end, begin && !end
}

// inWord tells a straight mark between two letters of a script that has blanks
// between words: Hebrew צה"ל, inches, a slip. Chinese opens and closes there.
func (q *quoter) inWord(i int) bool {
	spaced := func(r rune) bool {
		return unicode.IsLetter(r) && !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai)
	}
	return spaced(q.at(i-1)) && spaced(q.at(i+1))
}

// strayClose tells a mark that closes what was never opened. Single marks are
// apostrophes then, and a straight one after a digit means inches.
func (q *quoter) strayClose(i int) bool {
	left, _ := q.looks(i)
	switch q.s[i] {
	case '”', '」', '』', '｣', '〟', '〞':
		return true
	case '»', '›':
		b := q.at(i - 1)
		return left || unicode.IsSpace(b) && b != edge // « so »
	case '“', '«', '‹':
		return left
	case '"', '＂':
		return left && !unicode.IsDigit(q.at(i-1))
	}
	return false
}

// close is where the quotation that begins at i ends, 0 if it is none.
func (q *quoter) close(i int, closers string) int {
	if strings.ContainsRune(singles, q.s[i]) {
		return q.closeSingle(i, closers)
	}
	if end := q.balanced(i, closers); end > 0 {
		return end
	}
	closes := 0 // no paragraph that ends before here need be asked
	for j := i + 1; j < len(q.s); j++ {
		switch {
		case strings.ContainsRune(closers, q.s[j]) && !q.inWord(j):
			return j + 1
		case q.s[j] == '\n' && j >= closes:
			if next := q.again(j+1, q.s[i]); next >= 0 {
				j = next
			} else if closes = q.closesNext(j+1, q.s[i], closers); closes < 0 {
				return j
			}
		}
	}
	return len(q.s)
}

// balanced is the end of a quotation within one paragraph, counting those of the
// same marks inside it; 0 if they do not add up.
func (q *quoter) balanced(i int, closers string) int {
	depth := 1
	for j := i + 1; j < len(q.s) && q.s[j] != '\n'; j++ {
		switch {
		case strings.ContainsRune(closers, q.s[j]) && !q.inWord(j):
			if depth--; depth == 0 {
				return j + 1
			}
		case q.s[j] == q.s[i] && q.opens(j) != "":
			depth++
		}
	}
	return 0
}

// again is where the paragraph from j on opens a quotation once more, -1 if it
// does not.
func (q *quoter) again(j int, mark rune) int {
	for ; j < len(q.s) && unicode.IsSpace(q.s[j]); j++ {
	}
	if j < len(q.s) && q.s[j] == mark && q.opens(j) != "" {
		return j
	}
	return -1
}

// closesNext is the place of the next mark of its kind from j on if that closes it,
// else -1.
func (q *quoter) closesNext(j int, mark rune, closers string) int {
	for ; j < len(q.s); j++ {
		if q.s[j] != mark && !strings.ContainsRune(closers, q.s[j]) {
			continue
		}
		if left, _ := q.looks(j); (q.s[j] != mark || left) && strings.ContainsRune(closers, q.s[j]) {
			return j
		}
		return -1
	}
	return -1
}

// closeSingle finds the end of ‘ ’ or ' ': the first mark at the end of a word
// that has punctuation before it, else the first one that any word ends with.
// The rest are apostrophes.
func (q *quoter) closeSingle(i int, closers string) int {
	first := 0
	for j := i + 1; j < len(q.s) && q.s[j] != '\n'; j++ {
		if !strings.ContainsRune(closers, q.s[j]) {
			if q.s[j] == q.s[i] && q.opens(j) != "" {
				break
			}
			continue
		}
		if a := q.at(j + 1); unicode.IsLetter(a) || unicode.IsDigit(a) {
			if _, right := q.looks(j); right && q.s[j] == q.s[i] {
				break
			}
			continue
		}
		if b := q.at(j - 1); unicode.IsPunct(b) && b != q.s[i] {
			return j + 1
		}
		if first == 0 && j > i+1 {
			first = j + 1
		}
	}
	return first
}
