package cli

import (
	"time"

	"github.com/spf13/cobra"
)

// moments are the ways to write a time, in that of this computer unless it says
// otherwise, each with how long what it names lasts.
var moments = []struct {
	layout string
	lasts  time.Duration
}{
	{time.RFC3339Nano, 0},
	{"2006-01-02T15:04:05", time.Second},
	{"2006-01-02 15:04:05", time.Second},
	{"2006-01-02T15:04", time.Minute},
	{"2006-01-02 15:04", time.Minute},
	{"2006-01-02", 0}, // a day: days are not all of one length
}

// moment reads a time: its beginning, or with end the last millisecond of what it names.
func moment(cmd *cobra.Command, flag, s string, end bool) (time.Time, error) {
	for _, m := range moments {
		t, err := time.ParseInLocation(m.layout, s, time.Local)
		switch {
		case err != nil:
			continue
		case !end || m.layout == time.RFC3339Nano:
			return t, nil
		case m.lasts == 0:
			return t.AddDate(0, 0, 1).Add(-time.Millisecond), nil
		}
		return t.Add(m.lasts - time.Millisecond), nil
	}
	return time.Time{}, misuse(cmd, "%s is a time like 2026-03-04 or “2026-03-04 17:30”, and it is %q", flag, s)
}
