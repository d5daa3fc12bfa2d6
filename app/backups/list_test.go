package backups_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"lede/annotate"
	"lede/app/backups"
)

func TestChoose(t *testing.T) {
	var all []backups.Backup
	for _, day := range []int{7, 5, 3} {
		at := time.Date(2026, 3, day, 12, 30, 0, 0, time.UTC)
		all = append(all, backups.Backup{At: at, Path: fmt.Sprintf("/x/%d.lede", day)})
	}
	zone := time.FixedZone("", -5*60*60) // 07:30 there
	for words, want := range map[string]int{
		"latest": 7, "2026-03-06": 5, "2026-03-05": 5, "2026-03-05 07:30": 5, "2026-03-05 07:29": 3, "2026-03-05T12:30:00Z": 5, "3.lede": 3,
		"2026-03-01": 0, "soon": 0,
	} {
		b, err := backups.Choose(all, words, zone)
		if want == 0 {
			if !errors.Is(err, annotate.ErrNotFound) {
				t.Errorf("%q: %v, %v", words, b, err)
			}
			continue
		}
		if err != nil || b.Path != fmt.Sprintf("/x/%d.lede", want) {
			t.Errorf("%q: %v, %v; want that of day %d", words, b, err, want)
		}
	}
}

// What somebody worked on is neither the latest nor of a time, and has a name.
func TestChooseNoLivingCopy(t *testing.T) {
	at := time.Date(2026, 3, 7, 12, 30, 0, 0, time.UTC)
	all := []backups.Backup{{At: at, Path: "/x/other.lede", Why: backups.Living}, {At: at.Add(-time.Hour), Path: "/x/good.lede", Why: backups.ByHand}}
	for words, want := range map[string]int{"latest": 1, "2026-03-07": 1, "other.lede": 0} {
		if b, err := backups.Choose(all, words, time.UTC); err != nil || b != all[want] {
			t.Errorf("%q: %v, %v", words, b, err)
		}
	}
	for _, words := range []string{"latest", "2026-03-07"} {
		if b, err := backups.Choose(all[:1], words, time.UTC); !errors.Is(err, annotate.ErrNotFound) {
			t.Errorf("%q: %v, %v", words, b, err)
		}
	}
}

func TestWordsForPeople(t *testing.T) {
	for bytes, want := range map[int64]string{0: "0 bytes", 999: "999 bytes", 1500: "1.5 kB", 999_400: "999 kB", 999_600: "1.0 MB", 12_345_678: "12 MB", 7_300_000_000: "7.3 GB"} {
		if got := backups.Size(bytes); got != want {
			t.Errorf("%d is %s, want %s", bytes, got, want)
		}
	}
	now := time.Date(2026, 3, 1, 0, 30, 0, 0, time.FixedZone("", 60*60))
	for want, at := range map[string]time.Time{
		"Today 00:10": now.Add(-20 * time.Minute), "Yesterday 23:30": now.Add(-time.Hour), "Fri 27 Feb 00:30": now.AddDate(0, 0, -2), "1 Mar 2025 00:30": now.AddDate(-1, 0, 0),
	} {
		if got := backups.When(at.UTC(), now); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
