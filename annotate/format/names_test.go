package format

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestDates(t *testing.T) {
	for in, want := range map[string]string{
		"2026": "2026", "2026-03": "2026-03", "2026-03-04": "2026-03-04", "2026-3-4": "2026-03-04", "2026/03/04": "2026-03-04", "20260304": "2026-03-04",
		"2026-03-04T10:00:00Z": "2026-03-04", "2026-03-04 10:00": "2026-03-04", " 2026 ": "2026", "4.3.2026": "2026-03-04", "31/12/2026": "2026-12-31",
		"12/31/2026": "2026-12-31", "05/05/2026": "2026-05-05", "4 March 2026": "2026-03-04", "March 4, 2026": "2026-03-04", "Mar 2026": "2026-03",
		"Wed, 04 Mar 2026 10:00:00 GMT": "2026-03-04", "4th of July": "", "yesterday": "", "": "", "2026-13": "", "2026-02-30": "", "30.2.2026": "", "March 45, 2026": "",
		"Sept. 3, 2026": "2026-09-03", "3 4 2026": "", "99/99/2026": "",
	} {
		if got, err := isoPrefix(in, ""); got != want || err != nil {
			t.Errorf("%q: %q %v, want %q", in, got, err, want)
		}
	}
	var two *DateError
	for order, want := range map[string]string{"dmy": "2026-04-03", "mdy": "2026-03-04"} {
		if got, err := isoPrefix("03/04/2026", order); got != want || err != nil {
			t.Errorf("%s: %q %v", order, got, err)
		}
		if _, err := isoPrefix("03-04-2026", ""); !errors.As(err, &two) {
			t.Errorf("ambiguous: %v", err)
		}
	}
}

// TestFileNames: whatever a ref holds, its file lies in the folder, has a name
// that every system takes, and is its own.
func TestFileNames(t *testing.T) {
	piece := rapid.SampledFrom([]string{"a", "A", "..", ".", "/", "\\", "con", "COM1.txt", " ", "ü", "長", ":", "\x00", "\n", "%", "aux", "-", strings.Repeat("x", 90)})
	rapid.Check(t, func(t *rapid.T) {
		names, seen := FileNames{}, map[string]bool{}
		for range rapid.IntRange(1, 8).Draw(t, "refs") {
			name := names.Name(strings.Join(rapid.SliceOfN(piece, 0, 14).Draw(t, "ref"), ""))
			if !filepath.IsLocal(filepath.FromSlash(name)) || !utf8.ValidString(name) || seen[strings.ToLower(name)] {
				t.Fatalf("%q", name)
			}
			seen[strings.ToLower(name)] = true
			for _, part := range strings.Split(name, "/") {
				stem, _, _ := strings.Cut(strings.ToLower(part), ".")
				stem = strings.TrimRight(stem, " ")
				if part == "" || len(part) > 110 || strings.HasPrefix(part, ".") || strings.ContainsAny(part, "\\:*?\"<>|\x00\n") ||
					strings.TrimRight(part, ". ") != part || stem == "con" || stem == "aux" || stem == "com1" {
					t.Fatalf("%q in %q", part, name)
				}
			}
		}
	})
	if n := (&FileNames{}).Name("Reuters/2026-03/Straße 1"); n != "Reuters/2026-03/Straße 1" {
		t.Errorf("a harmless ref was changed: %q", n)
	}
}

func TestUnits(t *testing.T) {
	for in, want := range map[string]Unit{"article": {Name: "article"}, "window:5": {"window", 5, 5}, "window:5:2": {"window", 5, 2}} {
		if got, err := ParseUnit(in); got != want || err != nil {
			t.Errorf("%s: %+v %v", in, got, err)
		}
	}
	for _, in := range []string{"window:", "window:x", "window:-1", "window:5:6", "window:5:0", "window:5:"} {
		if _, err := ParseUnit(in); err == nil {
			t.Errorf("%s was taken", in)
		}
	}
}
