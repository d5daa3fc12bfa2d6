package dates

import (
	"regexp"
	"strconv"
	"time"
)

// relative reads weekdays, and weeks, months and years that are told from now:
// Monday, last Friday, next week, this year, voriges Jahr, la semaine dernière.
func (r *reader) relative() bool {
	if !r.yearKnown {
		return false
	}
	ways := []struct{ way, unit, length int }{ // before: last week; after: la semaine dernière
		{before(r.word(0)), 1, 2}, {after(r.word(1)), 0, 2}, {0, 0, 1},
	}
	for _, w := range ways {
		if w.length == 2 && w.way == none {
			continue
		}
		name := r.word(w.unit)
		if d, ok := weekdays[name]; ok && r.dayKnown && !(w.length == 1 && shortDays[name]) {
			r.weekday(d, w.way, w.length)
			return true
		}
		if w.length == 1 {
			continue
		}
		if m := months[name]; m != 0 {
			r.take(2, func(words string) Period { return month(date(r.monthYear(m, w.way), m, 1), words) })
			return true
		}
		if u := units[name]; u > unitDay && (r.dayKnown || u > unitWeek) {
			r.take(2, func(words string) Period { return r.unit(u, w.way, words) })
			return true
		}
		if weekends[name] && r.dayKnown {
			saturday := r.monday().AddDate(0, 0, 5+7*w.way)
			r.take(2, func(words string) Period { return days(saturday, saturday.AddDate(0, 0, 1), words) })
			return true
		}
	}
	return false
}

// none is no word of direction.
const none = -9

func before(w string) int { return lookUp(directions, w) }
func after(w string) int  { return lookUp(directionsAfter, w) }

func lookUp(table map[string]int, w string) int {
	if way, ok := table[w]; ok {
		return way
	}
	return none
}

// monday begins the week of now.
func (r *reader) monday() time.Time {
	return r.now.AddDate(0, 0, -(int(r.now.Weekday())+6)%7)
}

// unit is the week, month or year a number of them away from now.
func (r *reader) unit(unit, way int, words string) Period {
	if unit == unitWeek {
		from := r.monday().AddDate(0, 0, 7*way)
		return days(from, from.AddDate(0, 0, 6), words)
	}
	return r.step(unit, way, words)
}

// monthYear is the year of the last (-1), this or the next March.
func (r *reader) monthYear(m, way int) int {
	y := r.now.Year()
	switch {
	case way < 0 && m >= int(r.now.Month()):
		return y - 1
	case way > 0 && m <= int(r.now.Month()):
		return y + 1
	}
	return y
}

// weekday takes a day of the week. Newspapers mean the one just past, or today;
// the coming one is the second thing that they may mean.
func (r *reader) weekday(d time.Weekday, way, n int) {
	back := (int(r.now.Weekday()) - int(d) + 7) % 7
	past, coming := r.now.AddDate(0, 0, -back), r.now.AddDate(0, 0, 7-back)
	words := r.words(n)
	switch {
	case way < 0 && back == 0:
		r.found = append(r.found, day(past.AddDate(0, 0, -7), words))
	case way < 0:
		r.found = append(r.found, day(past, words))
		r.less = append(r.less, day(past.AddDate(0, 0, -7), words+", the week before"))
	case way > 0:
		r.found = append(r.found, day(coming, words))
		r.less = append(r.less, day(coming.AddDate(0, 0, 7), words+", the week after"))
	default:
		r.found = append(r.found, day(past, words))
		r.less = append(r.less, day(coming, words+", coming"))
	}
	r.at += n
}

var (
	chineseDate = regexp.MustCompile(`(?:(\d{4})年)?(\d{1,2})月(?:(\d{1,2})[日号號])?`)
	chineseYear = regexp.MustCompile(`(\d{4})年`)
	chineseDay  = regexp.MustCompile(`(上|下|本|这|這)?(?:周|週|星期|礼拜|禮拜)([一二三四五六日天])`)
)

// chinese reads dates where words are not set apart.
func (r *reader) chinese(s string) {
	for _, m := range chineseDate.FindAllStringSubmatch(s, -1) {
		r.chineseMonth(m)
	}
	if m := chineseYear.FindStringSubmatch(s); m != nil && len(r.found) == 0 {
		y, _ := strconv.Atoi(m[1])
		r.found = append(r.found, year(date(y, 1, 1), m[0]))
	}
	if !r.dayKnown {
		return
	}
	for _, m := range chineseDay.FindAllStringSubmatch(s, -1) {
		way := map[string]int{"上": -1, "下": 1}[m[1]]
		d := weekdays[m[2]]
		monday := r.monday().AddDate(0, 0, 7*way)
		if m[1] != "" {
			r.found = append(r.found, day(monday.AddDate(0, 0, (int(d)+6)%7), m[0]))
			continue
		}
		r.written, r.at = []string{m[0]}, 0
		r.weekday(d, 0, 1)
	}
	for _, w := range chinesePhrases {
		if !w.in(s) {
			continue
		}
		if w.unit == unitDay {
			r.found = append(r.found, day(r.now.AddDate(0, 0, w.way), w.words))
		} else {
			r.found = append(r.found, r.unit(w.unit, w.way, w.words))
		}
	}
}

func (r *reader) chineseMonth(m []string) {
	mon, _ := strconv.Atoi(m[2])
	d, _ := strconv.Atoi(m[3])
	y, err := strconv.Atoi(m[1])
	if mon < 1 || mon > 12 || d > 31 || err != nil && !r.yearKnown {
		return
	}
	if err != nil {
		y = nearest(r.now, func(y int) time.Time { return date(y, mon, max(d, 1)) })
	}
	if d == 0 {
		r.found = append(r.found, month(date(y, mon, 1), m[0]))
	} else if t := date(y, mon, d); t.Day() == d {
		r.found = append(r.found, day(t, m[0]))
	}
}
