package restore

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"lede/annotate"
	"lede/app/backups"
	"lede/app/screens/sheet"
	"lede/app/widgets"
)

func TestMain(m *testing.M) {
	widgets.UseBundledFontsOnly()
	m.Run()
}

var now = time.Date(2026, 3, 6, 12, 0, 0, 0, time.UTC)

// opened is the screen over two backups that can be read and one that is damaged.
func opened(t *testing.T, all []backups.Backup) (s *Screen, went *[]string, until func(string, func() bool)) {
	t.Helper()
	test.NewTempApp(t)
	win := test.NewTempWindow(t, canvas.NewText("below", nil))
	win.Resize(fyne.NewSize(1000, 700))
	jobs := make(chan func(), 100)
	went = new([]string)
	s = Open(Options{
		Canvas: win.Canvas(), Project: "strike.lede", Now: now,
		List: func(context.Context) ([]backups.Backup, error) { return all, nil },
		Look: func(_ context.Context, path string) (backups.Facts, error) {
			if path == "bad" {
				return backups.Facts{}, errors.New("the file is damaged")
			}
			return backups.Facts{Articles: 3, Spans: 1}, nil
		},
		Compare: func(_ context.Context, path string, _ func(int, int)) (*backups.Difference, error, error) {
			switch path {
			case "bad":
				return nil, nil, errors.New("the file is damaged")
			case "same":
				return &backups.Difference{}, nil, nil
			}
			return &backups.Difference{
				Steps: 2, Lost: backups.Count{Articles: 1, Spans: 4},
				Articles: []backups.ArticleDifference{{Article: annotate.Article{Title: "Two\nlines \u2028 שלום 🗞"}, Gone: true, Lost: 4}},
			}, nil, nil
		},
		Restore: func(b backups.Backup) { *went = append(*went, b.Path) }, Dispatch: func(f func()) { jobs <- f },
	})
	return s, went, func(what string, so func() bool) {
		t.Helper()
		for end := time.After(10 * time.Second); !so(); {
			select {
			case f := <-jobs:
				f()
			case <-end:
				t.Fatalf("it did not come about that %s", what)
			}
		}
	}
}

func key(c fyne.Canvas, name fyne.KeyName) { c.Focused().TypedKey(&fyne.KeyEvent{Name: name}) }

// TestByKeyboard goes through the list and restores: a backup that is damaged, or the
// same as the project, cannot be restored.
func TestByKeyboard(t *testing.T) {
	var all []backups.Backup
	for i, path := range []string{"same", "bad", "old"} {
		all = append(all, backups.Backup{Path: path, At: now.Add(-time.Duration(i) * time.Hour), Why: backups.Hourly})
	}
	s, went, until := opened(t, all)
	c := s.o.Canvas
	until("the first is compared", func() bool { return s.found != nil })
	key(c, fyne.KeyReturn)
	if top := c.Overlays().Top(); top != s.sheet {
		t.Fatal("what is the same can be restored")
	}
	key(c, fyne.KeyDown)
	until("the second is found to be damaged", func() bool { return s.wrong[1] != "" && s.items[1].Title != "" && s.chosen == 1 && !s.compare.Busy() })
	key(c, fyne.KeyReturn)
	if top := c.Overlays().Top(); top != s.sheet {
		t.Fatal("what is damaged can be restored")
	}
	key(c, fyne.KeyDown)
	until("the third is compared", func() bool { return s.chosen == 2 && s.found != nil })
	until("all are looked into", func() bool { return !s.looking.Busy() })
	for i, want := range []string{"3 articles, 1 span", "Damaged", "3 articles, 1 span"} {
		if title := s.items[i].Title; title != fmt.Sprintf("Today %02d:00  ·  %s", 12-i, want) {
			t.Errorf("number %d is “%s”", i, title)
		}
	}
	key(c, fyne.KeyReturn)
	if _, asks := c.Overlays().Top().(*sheet.Sheet); !asks || c.Overlays().Top() == s.sheet || len(*went) > 0 {
		t.Fatal("it does not ask")
	}
	key(c, fyne.KeyReturn)
	if len(*went) != 1 || (*went)[0] != "old" || s.Shown() {
		t.Errorf("restored: %v", *went)
	}
}

func TestNoBackups(t *testing.T) {
	s, _, until := opened(t, nil)
	until("it says so", func() bool { return !s.looking.Busy() })
	key(s.o.Canvas, fyne.KeyReturn)
	if s.Shown() {
		t.Error("Enter does not close it")
	}
}

func TestBecomes(t *testing.T) {
	for want, a := range map[string]backups.ArticleDifference{
		"gone, with 1 span": {Gone: true, Lost: 1}, "comes back, with 2 spans": {Back: true, Returned: 2},
		"−1 span, +3 spans, 2 changed": {Lost: 1, Returned: 3, Changed: 2}, "status, facts or relations": {},
	} {
		if got := becomes(a); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
