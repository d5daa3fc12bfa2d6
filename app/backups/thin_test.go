package backups_test

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lede/app/backups"
)

var start = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC) // a Monday

// madeAt are snapshots at so many minutes after the start, newest first.
func madeAt(minutes []int) (all []backups.Backup) {
	slices.Sort(minutes)
	slices.Reverse(minutes)
	for i, m := range minutes {
		all = append(all, backups.Backup{Path: strconv.Itoa(i), At: start.Add(time.Duration(m) * time.Minute), Why: backups.Hourly})
	}
	return all
}

// TestThinning goes through random histories: the newest stay, and one of each of the
// last hours, days and weeks; what was made by hand stays; thinning twice takes no more.
func TestThinning(t *testing.T) {
	zone := time.FixedZone("", 2*60*60)
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.SampledFrom([]int{60, 60 * 24, 60 * 24 * 30, 60 * 24 * 400}).Draw(t, "minutes")
		all := madeAt(rapid.SliceOfN(rapid.IntRange(0, most), 1, 200).Draw(t, "made"))
		for i := range all {
			all[i].Why = rapid.SampledFrom([]backups.Reason{backups.Opened, backups.Import, backups.ByHand}).Draw(t, "why")
		}
		p := backups.Policy{Newest: rapid.IntRange(0, 20).Draw(t, "newest")}
		gone := map[int]bool{}
		for _, b := range p.Superfluous(all, zone) {
			gone[slices.Index(all, b)] = true
		}
		for i := range min(max(p.Newest, 1), len(all)) {
			if gone[i] {
				t.Fatalf("number %d of the newest is gone", i)
			}
		}
		for layout, of := range map[string]int{"2006-01-02 15": 24, time.DateOnly: 14} {
			here, left := []string{}, map[string]bool{}
			for i, b := range all {
				k := b.At.In(zone).Format(layout)
				if !slices.Contains(here, k) {
					here = append(here, k)
				}
				left[k] = left[k] || !gone[i]
			}
			for _, k := range here[:min(of, len(here))] {
				if !left[k] {
					t.Fatalf("all of %s are gone", k)
				}
			}
		}
		var rest []backups.Backup
		for i, b := range all {
			if !gone[i] {
				rest = append(rest, b)
			} else if b.Why == backups.ByHand {
				t.Fatal("one that was made by hand is gone")
			}
		}
		if more := p.Superfluous(rest, zone); len(more) > 0 {
			t.Fatalf("thinning again takes %d more", len(more))
		}
		if len(rest) > 20+24+14+8 && !slices.ContainsFunc(rest, func(b backups.Backup) bool { return b.Why == backups.ByHand }) {
			t.Fatalf("%d stay", len(rest))
		}
	})
}

// TestThinningOfAYear keeps what the documentation says of a year with one every hour.
func TestThinningOfAYear(t *testing.T) {
	var minutes []int
	for h := range 365 * 24 {
		minutes = append(minutes, 60*h)
	}
	all := madeAt(minutes)
	gone := backups.Policy{Newest: 10}.Superfluous(all, time.UTC)
	if left := len(all) - len(gone); left != 24+12+5 { // the last two days are among the hours, three weeks among the days
		t.Errorf("%d stay", left)
	}
}

// TestThinningKeepsWhatWasReplaced keeps the state before a restore among many others.
func TestThinningKeepsWhatWasReplaced(t *testing.T) {
	minutes := make([]int, 50)
	for i := range minutes {
		minutes[i] = i % 59
	}
	all := madeAt(minutes)
	all[40].Why = backups.Restore
	if slices.Contains(backups.Policy{Newest: 3}.Superfluous(all, time.UTC), all[40]) {
		t.Error("what a restore replaced is gone")
	}
}
