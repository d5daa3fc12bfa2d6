package dates

import "time"

// layouts are the forms of a date, by precision.
var layouts = []string{"2006-01-02", "2006-01", "2006"}

// Valid tells whether s is a date as Lede writes it: 2026, 2026-03 or 2026-03-04.
func Valid(s string) bool {
	_, _, ok := parse(s)
	return ok
}

func parse(s string) (t time.Time, layout string, ok bool) {
	for _, layout := range layouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t, layout, true
		}
	}
	return t, "", false
}

// Period is what words mean: From and To are dates of the same precision, and the
// same one unless the words mean several days.
type Period struct {
	From, To string
	Words    string // that say it
}

// day is a period of one day.
func day(t time.Time, words string) Period {
	d := t.Format(layouts[0])
	return Period{d, d, words}
}

func days(from, to time.Time, words string) Period {
	return Period{from.Format(layouts[0]), to.Format(layouts[0]), words}
}

func month(t time.Time, words string) Period {
	m := t.Format(layouts[1])
	return Period{m, m, words}
}

func year(t time.Time, words string) Period {
	y := t.Format(layouts[2])
	return Period{y, y, words}
}

// Propose reads the dates in words, the likeliest first, each once. published is
// the day of publication in any precision; without a day in it, and without it,
// only what does not depend on it is understood.
func Propose(words, published string) []Period {
	r := &reader{}
	r.cut(words)
	if t, layout, ok := parse(published); ok {
		r.now, r.dayKnown, r.yearKnown = t, layout == layouts[0], true
	}
	for r.at < len(r.tokens) {
		before := r.at
		r.next()
		if r.at == before {
			r.at++
		}
	}
	r.chinese(words)
	var all []Period
	seen := map[[2]string]bool{}
	for _, p := range append(r.found, r.less...) {
		if !Valid(p.From) || !Valid(p.To) {
			continue // "300 years ago" of an early date: such years have no form here
		}
		if key := [2]string{p.From, p.To}; !seen[key] {
			seen[key] = true
			all = append(all, p)
		}
	}
	return all
}
