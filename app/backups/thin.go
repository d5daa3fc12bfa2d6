package backups

import "time"

// Of the snapshots before the newest, the last one of each of so many hours, days and
// weeks in which there are any stays. They are counted, not measured from now: a clock
// that was wrong for a while takes nothing away.
const (
	hours = 24
	days  = 14
	weeks = 8
	// restored is how many of the newest that a restore replaced stay: what they hold is
	// in no later one.
	restored = 5
)

// period is a stretch of time of which one snapshot stays.
type period struct {
	most int
	of   func(time.Time) string
}

var periods = []period{
	{hours, func(t time.Time) string { return t.Format("2006-01-02 15") }},
	{days, func(t time.Time) string { return t.Format(time.DateOnly) }},
	{weeks, func(t time.Time) string {
		return t.AddDate(0, 0, -(int(t.Weekday())+6)%7).Format(time.DateOnly) // its Monday
	}},
}

// Superfluous lists the snapshots that need not stay; those that were made by hand
// always do. all is newest first; hours and days are those of zone.
func (p Policy) Superfluous(all []Backup, zone *time.Location) []Backup {
	stays := make([]bool, len(all))
	replaced := 0
	for i, b := range all {
		if b.Why == Restore {
			replaced++
		}
		stays[i] = i < max(p.Newest, 1) || b.Why == ByHand || b.Why == Restore && replaced <= restored
	}
	for _, every := range periods {
		seen := map[string]bool{}
		for i, b := range all {
			k := every.of(b.At.In(zone))
			if !seen[k] && len(seen) < every.most {
				seen[k], stays[i] = true, true
			}
		}
	}
	var out []Backup
	for i, b := range all {
		if !stays[i] {
			out = append(out, b)
		}
	}
	return out
}
