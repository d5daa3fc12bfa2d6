package crash

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lede/annotate"
)

// secret stands for a word of an article in everything that a panic may say.
const secret = "Rosebud"

const (
	task   = "LEDE_CRASH_TASK"
	place  = "LEDE_CRASH_FOLDER"
	willed = "willed.txt"
)

type unusual struct{ Quote string }

// crashes are ways to end, each in a process of its own. Those of goroutines without a
// guard are told by Go's runtime.
var crashes = map[string]struct {
	do    func()
	bare  bool   // the standard error is the runtime's
	wants string // what the report says all the same
}{
	"text": {do: func() { panic("at " + secret) }, wants: "panic: string"},
	"error": {do: func() {
		panic(fmt.Errorf("%s: %w", secret, &fs.PathError{Op: "open", Path: secret, Err: fs.ErrNotExist}))
	}, wants: "*fs.PathError"},
	"struct":  {do: func() { panic(unusual{secret}) }, wants: "crash.unusual"},
	"index":   {do: func() { _ = []rune(secret)[len(os.Args[0])+100] }, wants: "index out of range"},
	"nil":     {do: func() { var u *unusual; u.Quote = secret }, wants: "nil pointer dereference"},
	"bare":    {do: func() { bare(func() { panic(secret + "\n\n" + secret) }) }, bare: true, wants: "left out"},
	"bareErr": {do: func() { bare(func() { panic(errors.New(secret)) }) }, bare: true, wants: "left out"},
	"worker":  {do: func() { bare(func() { defer annotate.Guard(); panic(errors.New(secret)) }) }, wants: "*errors.errorString"},
	"twice": {do: func() {
		bare(func() {
			defer func() { panic(fmt.Sprint(recover(), secret)) }()
			panic(secret)
		})
	}, bare: true, wants: "left out"},
	"bareNil": {do: func() { bare(func() { var u *unusual; u.Quote = secret }) }, bare: true, wants: "nil pointer dereference"},
}

func bare(f func()) {
	var done sync.WaitGroup
	done.Go(f)
	done.Wait()
}

func TestMain(m *testing.M) {
	if name := os.Getenv(task); name != "" {
		folder := os.Getenv(place)
		if err := Watch(folder, "1.2.3"); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
		log, _ := os.Create(filepath.Join(folder, "lede.log"))
		slog.SetDefault(slog.New(slog.NewTextHandler(log, nil)))
		Finally(func() { _ = os.WriteFile(filepath.Join(folder, willed), nil, 0o600) })
		Finally(func() { panic(secret) })
		annotate.Guard = Guard
		defer os.Exit(0)
		defer Guard()
		crashes[name].do()
		return
	}
	os.Exit(m.Run())
}

func run(t *testing.T, name, folder string) (said string) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), task+"="+name, place+"="+folder)
	out, err := child.CombinedOutput()
	var ended *exec.ExitError
	if !errors.As(err, &ended) || ended.ExitCode() != 2 {
		t.Fatalf("%s ended with %v: %s", name, err, out)
	}
	return string(out)
}

// TestCrashesAreReportedWithoutWords: each way to crash leaves a report with the place in
// the code, of which the next start knows, and no word of an article anywhere.
func TestCrashesAreReportedWithoutWords(t *testing.T) {
	for name, c := range crashes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			said := run(t, name, folder)
			if !c.bare {
				if strings.Contains(said, secret) || !strings.Contains(said, fresh(folder)) {
					t.Errorf("the standard error does not say where the report is, or too much: %s", said)
				}
				if _, err := os.Stat(filepath.Join(folder, willed)); err != nil {
					t.Error("what was to be done at the end was not done")
				}
				if raw, err := os.ReadFile(fresh(folder)); err != nil || bytes.Contains(raw, []byte(secret)) {
					t.Errorf("%v, %s", err, raw)
				}
			}
			putAway(folder, "1.2.4")
			found := Reports(folder)
			if len(found) != 1 || time.Since(found[0].When) > time.Minute {
				t.Fatalf("reports: %v", found)
			}
			text, err := found[0].Text()
			if err != nil || !strings.Contains(text, c.wants) || !strings.Contains(text, "crash_test.go") || !strings.HasPrefix(text, "Lede 1.2.") {
				t.Errorf("the report (%v) does not say %q and where: %s", err, c.wants, text)
			}
			all, _ := filepath.Glob(filepath.Join(folder, "*"))
			for _, path := range all {
				if raw, err := os.ReadFile(path); err != nil || bytes.Contains(raw, []byte(secret)) {
					t.Errorf("%s: %v, %s", path, err, raw)
				}
			}
			if raw, err := os.ReadFile(fresh(folder)); err != nil || len(raw) > 0 {
				t.Errorf("it would be told of again: %s, %v", raw, err)
			}
		})
	}
}

// TestReportsAreRotated: the newest few stay, and a run that did not crash leaves none.
func TestReportsAreRotated(t *testing.T) {
	folder := t.TempDir()
	began := time.Now().Add(-time.Hour).Truncate(time.Second)
	putAway(folder, "1")
	for i := range most + 2 {
		if err := os.WriteFile(fresh(folder), fmt.Appendf(nil, "Lede 1\npanic: runtime error: %d\n\ngoroutine 1 ", i), 0o600); err != nil {
			t.Fatal(err)
		}
		at := began.Add(time.Duration(i) * time.Minute)
		if err := os.Chtimes(fresh(folder), at, at); err != nil {
			t.Fatal(err)
		}
		putAway(folder, "1")
		putAway(folder, "1")
	}
	var when []time.Time
	for _, r := range Reports(folder) {
		when = append(when, r.When)
	}
	var want []time.Time
	for i := range most {
		want = append(want, began.Add(time.Duration(most+1-i)*time.Minute))
	}
	if !slices.EqualFunc(when, want, time.Time.Equal) {
		t.Errorf("reports of %v, want %v", when, want)
	}
}

// TestNowhereToWrite: where no report can be kept, all of it is said.
func TestNowhereToWrite(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(folder, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Watch(folder, "1"); err == nil {
		t.Error("a file was taken for a folder")
	}
	var said bytes.Buffer
	end(errors.New(secret), []byte("goroutine 1 [running]:"), &said)
	if got := said.String(); !strings.Contains(got, "*errors.errorString") || !strings.Contains(got, "goroutine 1") || strings.Contains(got, secret) {
		t.Error(got)
	}
}
