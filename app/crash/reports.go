package crash

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// most is how many reports stay.
const most = 5

// stamp is the time of a crash in the name of its report, local time.
const stamp = "2006-01-02 15.04.05"

// Report is what an earlier run left when it ended by a panic.
type Report struct {
	Path string
	When time.Time
}

// Name tells a report from others.
func (r Report) Name() string { return filepath.Base(r.Path) }

// Text is the report itself.
func (r Report) Text() (string, error) {
	raw, err := os.ReadFile(r.Path)
	return string(raw), err
}

// Reports lists what was put away in the folder, the newest first.
func Reports(folder string) (found []Report) {
	names, _ := filepath.Glob(filepath.Join(folder, "crash *.txt")) // the pattern is sound
	for _, path := range names {
		at := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(path), "crash "), ".txt")
		if when, err := time.ParseInLocation(stamp, at, time.Local); err == nil {
			found = append(found, Report{path, when})
		}
	}
	slices.SortFunc(found, func(a, b Report) int { return b.When.Compare(a.When) })
	return found
}

// Unseen is the newest report, if it is not the one of that name, which was told of.
func Unseen(folder, told string) (r Report, unseen bool) {
	all := Reports(folder)
	if len(all) == 0 || all[0].Name() <= told {
		return r, false
	}
	return all[0], true
}

// putAway gives the report of an earlier run its name, and takes away the oldest. What
// cannot be done is left for the next start.
func putAway(folder, version string) {
	raw, err := os.ReadFile(fresh(folder))
	if err != nil || len(raw) == 0 {
		return
	}
	when := time.Now()
	if info, err := os.Stat(fresh(folder)); err == nil {
		when = info.ModTime()
	}
	report := wordless(string(raw))
	if !strings.HasPrefix(report, "Lede ") { // the runtime's own, which does not know whose it is
		report = head(version) + report
	}
	path := filepath.Join(folder, "crash "+when.Local().Format(stamp)+".txt")
	if err := os.WriteFile(path, []byte(report), 0o600); err != nil {
		return
	}
	// It is emptied, not renamed: another Lede may be running, whose crash goes into it.
	_ = os.Truncate(fresh(folder), 0)
	all := Reports(folder)
	for _, r := range all[min(most, len(all)):] {
		_ = os.Remove(r.Path)
	}
}

var (
	// message is what Go's runtime writes of a panic before the goroutines.
	message = regexp.MustCompile(`(?s)(?:^|\n)panic: (.*?)\n\n(goroutine \d+ |\z)`)
	// harmless are messages of the runtime's own, in one line of numbers and types, and
	// those that were written by this package.
	harmless = regexp.MustCompile(`\A(?:runtime error: [^\n]*(?:\n\[signal [^\n]*\])?|[^\n]*\(what it said is left out\))\z`)
)

// wordless is a report without the messages of panics that are not the runtime's own.
func wordless(report string) string {
	return message.ReplaceAllStringFunc(report, func(found string) string {
		parts := message.FindStringSubmatch(found)
		if harmless.MatchString(parts[1]) {
			return found
		}
		return "\npanic: (what it said is left out)\n\n" + parts[2]
	})
}
