package backups

import (
	"fmt"
	"time"
)

// Size is a number of bytes for people.
func Size(bytes int64) string {
	const unit = 1000
	if bytes < unit {
		return fmt.Sprintf("%d bytes", bytes)
	}
	size, name := float64(bytes)/unit, "kB"
	for _, next := range []string{"MB", "GB", "TB"} {
		if size < 999.5 {
			break
		}
		size, name = size/unit, next
	}
	if size < 9.95 {
		return fmt.Sprintf("%.1f %s", size, name)
	}
	return fmt.Sprintf("%.0f %s", size, name)
}

// When is a moment for people, as seen from another in its zone.
func When(at, now time.Time) string {
	at = at.In(now.Location())
	day := func(t time.Time) string { return t.Format(time.DateOnly) }
	switch day(at) {
	case day(now):
		return "Today " + at.Format("15:04")
	case day(now.AddDate(0, 0, -1)):
		return "Yesterday " + at.Format("15:04")
	}
	if at.Year() == now.Year() {
		return at.Format("Mon 2 Jan 15:04")
	}
	return at.Format("2 Jan 2006 15:04")
}
