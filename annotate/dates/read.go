package dates

import (
	"strconv"
	"strings"
	"time"
	"unicode"
)

// reader goes through the words of a text from left to right.
type reader struct {
	tokens    []string
	written   []string // the same as they are written
	at        int
	now       time.Time // of publication
	dayKnown  bool
	yearKnown bool
	found     []Period
	less      []Period // less likely
}

// cut parts a text into words and numbers; a date of digits is one.
func (r *reader) cut(s string) {
	for _, w := range strings.FieldsFunc(s, func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsDigit(c) && !unicode.Is(unicode.Mn, c) && c != '-' && c != '/' && c != '.'
	}) {
		if w = strings.Trim(w, "-/."); w != "" {
			r.written = append(r.written, w)
			r.tokens = append(r.tokens, withoutEnding(strings.ToLower(w)))
		}
	}
}

// withoutEnding is the 3 of 3rd, all else as it is.
func withoutEnding(w string) string {
	n := strings.TrimRight(w, "abcdefghijklmnopqrstuvwxyzºª")
	if n != w && isNumber(n) && len(w)-len(n) <= 3 {
		return n
	}
	return w
}

func isNumber(s string) bool {
	_, err := strconv.Atoi(s)
	return err == nil && s[0] != '-'
}

// word is the token i places further on, "" after the end.
func (r *reader) word(i int) string {
	if r.at+i < len(r.tokens) && r.at+i >= 0 {
		return r.tokens[r.at+i]
	}
	return ""
}

// said is the text of the next n tokens.
func (r *reader) said(n int) string {
	return strings.Join(r.tokens[r.at:min(r.at+n, len(r.tokens))], " ")
}

// words are the next n tokens as they are written.
func (r *reader) words(n int) string {
	return strings.Join(r.written[r.at:min(r.at+n, len(r.written))], " ")
}

// take adds a period that the next n tokens say.
func (r *reader) take(n int, period func(words string) Period) {
	r.found = append(r.found, period(r.words(n)))
	r.at += n
}

// next reads one date if one begins here.
func (r *reader) next() {
	if r.iso() || r.dayOfMonth() || r.phrase() || r.ago() || r.relative() || r.monthAlone() {
		return
	}
	if y, ok := yearOf(r.word(0)); ok {
		r.take(1, func(words string) Period { return year(date(y, 1, 1), words) })
	}
}

func date(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }

func (r *reader) iso() bool {
	w := r.word(0)
	if len(w) < len("2026-01") {
		return false
	}
	if _, _, ok := parse(w); ok {
		r.take(1, func(words string) Period { return Period{w, w, words} })
		return true
	}
	return false
}

// number is the value of digits or of a small number word.
func number(w string) (int, bool) {
	if n, ok := numbers[w]; ok {
		return n, true
	}
	return digits(w)
}

func digits(w string) (int, bool) {
	n, err := strconv.Atoi(w)
	return n, err == nil && isNumber(w)
}

func yearOf(w string) (int, bool) {
	n, err := strconv.Atoi(w)
	return n, err == nil && len(w) == 4 && n >= 1500 && n < 2200
}

// dayOfMonth reads 3 March, March 3, 3. März 2026, 3 de marzo de 2026.
func (r *reader) dayOfMonth() bool {
	skip := func(i int) int {
		for particles[r.word(i)] {
			i++
		}
		return i
	}
	first, second := r.word(0), skip(1)
	d, isDay := digits(first)
	m := months[r.word(second)]
	if !isDay || m == 0 { // the month first
		m = months[first]
		d, isDay = digits(r.word(second))
	}
	if m == 0 || !isDay || d < 1 || d > 31 {
		return false
	}
	n := second + 1
	at := skip(n)
	y, hasYear := yearOf(r.word(at))
	if hasYear {
		n = at + 1
	}
	if !hasYear && !r.yearKnown {
		return false
	}
	if !hasYear {
		y = nearest(r.now, func(y int) time.Time { return date(y, m, d) })
	}
	if t := date(y, m, d); t.Day() == d { // there is no 31 June
		r.take(n, func(words string) Period { return day(t, words) })
		return true
	}
	return false
}

// nearest is the year in which a day lies nearest to now.
func nearest(now time.Time, in func(year int) time.Time) int {
	best := now.Year()
	for _, y := range []int{now.Year() - 1, now.Year() + 1} {
		if in(y).Sub(now).Abs() < in(best).Sub(now).Abs() {
			best = y
		}
	}
	return best
}

// monthAlone reads March, March 2026. A word that is a verb as well counts only
// after one that leads to it.
func (r *reader) monthAlone() bool {
	m := months[r.word(0)]
	if m == 0 {
		return false
	}
	n := 1
	for particles[r.word(n)] {
		n++
	}
	if y, ok := yearOf(r.word(n)); ok {
		r.take(n+1, func(words string) Period { return month(date(y, m, 1), words) })
		return true
	}
	if !r.yearKnown || verbs[r.word(0)] && !leads[r.word(-1)] {
		return false
	}
	y := nearest(r.now, func(y int) time.Time { return date(y, m, 15) })
	r.take(1, func(words string) Period { return month(date(y, m, 1), words) })
	return true
}

// phrase reads what is said in fixed words: yesterday, the day before yesterday.
func (r *reader) phrase() bool {
	if !r.dayKnown {
		return false
	}
	for n := 4; n > 0; n-- {
		if r.at+n > len(r.tokens) {
			continue
		}
		if by, ok := phrases[r.said(n)]; ok {
			r.take(n, func(words string) Period { return day(r.now.AddDate(0, 0, by), words) })
			return true
		}
	}
	return false
}

// ago reads two weeks ago, vor zwei Wochen, il y a deux semaines, in three days.
func (r *reader) ago() bool {
	if !r.yearKnown {
		return false
	}
	for _, form := range agoForms {
		at := r.at
		i, ok := 0, true
		for _, w := range form.before {
			ok = ok && r.word(i) == w
			i++
		}
		n, isNumber := number(r.word(i))
		u := units[r.word(i+1)]
		i += 2
		for _, w := range form.after {
			ok = ok && r.word(i) == w
			i++
		}
		if !ok || !isNumber || u == 0 || n > 200 || u < 3 && !r.dayKnown {
			r.at = at
			continue
		}
		r.take(i, func(words string) Period { return r.step(u, n*form.way, words) })
		return true
	}
	return false
}

// The units of time.
const (
	unitDay = iota + 1
	unitWeek
	unitMonth
	unitYear
)

// step is n units from now, in a precision that such words have.
func (r *reader) step(unit, n int, words string) Period {
	switch unit {
	case unitDay:
		return day(r.now.AddDate(0, 0, n), words)
	case unitWeek:
		return day(r.now.AddDate(0, 0, 7*n), words)
	case unitMonth:
		return month(date(r.now.Year(), int(r.now.Month())+n, 1), words)
	default:
		return year(date(r.now.Year()+n, 1, 1), words)
	}
}
