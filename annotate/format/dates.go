package format

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// DateError is a date that can be read in two ways: 03/04/2026 is the third of
// April or the fourth of March. Option date-order answers it.
type DateError struct{ Value string }

func (e *DateError) Error() string {
	return fmt.Sprintf("the date %q can be read day first or month first", e.Value)
}

var (
	isoDate   = regexp.MustCompile(`^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ].*|Z)?$`)
	plainDate = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	slashDate = regexp.MustCompile(`^(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4})(?:[T ,].*)?$`)
	wordDate  = regexp.MustCompile(`(?i)^(?:[a-z]{3,9},?\s+)?(?:(\d{1,2})(?:st|nd|rd|th)?\.?\s+)?([a-z]{3,9})\.?,?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})(?:[T ,].*)?$`)
)

// isoPrefix is the ISO 8601 prefix of a date as people write it, in the
// precision that is known: 2026, 2026-03 or 2026-03-04; "" if it is no date.
// order is "dmy", "mdy" or "" (then an ambiguous date is an *DateError).
func isoPrefix(value, order string) (string, error) {
	v := strings.TrimSpace(value)
	if m := plainDate.FindStringSubmatch(v); m != nil {
		return calendar(m[1], m[2], m[3]), nil
	}
	if m := isoDate.FindStringSubmatch(v); m != nil {
		return calendar(m[1], m[2], m[3]), nil
	}
	if m := slashDate.FindStringSubmatch(v); m != nil {
		first, second := m[1], m[3]
		a, _ := strconv.Atoi(first)
		b, _ := strconv.Atoi(second)
		switch {
		case m[2] == "." || a > 12 || a == b || (b <= 12 && order == "dmy"):
			return calendar(m[4], second, first), nil
		case b > 12 || order == "mdy":
			return calendar(m[4], first, second), nil
		}
		return "", &DateError{v}
	}
	if m := wordDate.FindStringSubmatch(v); m != nil {
		if month := monthNamed(m[2]); month > 0 && (m[1] == "" || m[3] == "") {
			return calendar(m[4], strconv.Itoa(month), m[1]+m[3]), nil
		}
	}
	return "", nil
}

func monthNamed(s string) int {
	for m := time.January; m <= time.December; m++ {
		name := strings.ToLower(m.String())
		if low := strings.ToLower(s); low == name || low == name[:3] || (m == time.September && low == "sept") {
			return int(m)
		}
	}
	return 0
}

// calendar joins the parts that are known, or returns "" if there is no such
// day.
func calendar(year, month, day string) string {
	if month == "" {
		return year
	}
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	if m < 1 || m > 12 {
		return ""
	}
	if day == "" {
		return fmt.Sprintf("%04d-%02d", y, m)
	}
	d, _ := strconv.Atoi(day)
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if t.Day() != d || int(t.Month()) != m {
		return ""
	}
	return t.Format("2006-01-02")
}

// DateOf is the ISO 8601 prefix of a date as people write it, in the precision that is
// known, "" if it is no date. One that can be read in two ways is a *DateError.
func DateOf(value string) (string, error) { return isoPrefix(value, "") }
