package crash

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"time"
)

// now is where crashes go that happen while this program runs.
var now struct {
	mu      sync.Mutex
	folder  string
	version string
	wills   map[int]func()
	next    int
}

// Watch makes every panic from now on leave a report in the folder, after the reports of
// earlier runs were put away there. Where the folder cannot be written it returns why;
// panics are told on the standard error all the same.
func Watch(folder, version string) error {
	now.mu.Lock()
	now.folder, now.version = folder, version
	now.mu.Unlock()
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("crash reports cannot be kept: %w", err)
	}
	putAway(folder, version)
	file, err := os.OpenFile(fresh(folder), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return fmt.Errorf("crash reports cannot be kept: %w", err)
	}
	defer func() { _ = file.Close() }() // the runtime has a copy
	if err := debug.SetCrashOutput(file, debug.CrashOptions{}); err != nil {
		return fmt.Errorf("crash reports cannot be kept: %w", err)
	}
	return nil
}

// fresh is the file of a crash that no start has seen yet. Programs that run side by side
// share it.
func fresh(folder string) string { return filepath.Join(folder, "crash.txt") }

// Finally has f called when the program ends by a panic, for a short time only, on another
// goroutine. The function returned takes it back.
func Finally(f func()) (forget func()) {
	now.mu.Lock()
	defer now.mu.Unlock()
	if now.wills == nil {
		now.wills = map[int]func(){}
	}
	now.next++
	n := now.next
	now.wills[n] = f
	return func() {
		now.mu.Lock()
		defer now.mu.Unlock()
		delete(now.wills, n)
	}
}

// Guard is deferred where a goroutine begins. It ends the program if there was a panic.
func Guard() {
	if p := recover(); p != nil {
		end(p, debug.Stack(), os.Stderr)
		os.Exit(2)
	}
}

// patience is how long the last wills of a program may take: much longer than a disk needs
// for what a hand has just done, and not so long that it seems to hang.
const patience = 5 * time.Second

// end reports a panic and carries the wills out.
func end(p any, stack []byte, said io.Writer) {
	now.mu.Lock()
	folder, version := now.folder, now.version
	var wills []func()
	for _, f := range now.wills {
		wills = append(wills, f)
	}
	now.mu.Unlock()
	report := head(version) + "panic: " + kind(p) + "\n\n" + string(stack)
	slog.Error("ended by a panic", "kind", kind(p))
	where := "There is no report, for " + folder + " cannot be written; this is what it would say:\n\n" + report
	if err := write(folder, report); err == nil {
		where = "The report of it, without words of articles, is " + fresh(folder) + "\n"
	}
	// Where nobody listens, there is nobody to tell.
	_, _ = fmt.Fprintf(said, "lede: Lede ended because of a fault in it. Nothing that was saved is lost. %s", where)
	carryOut(wills)
}

func write(folder, report string) error {
	file, err := os.OpenFile(fresh(folder), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	_, err = file.WriteString(report)
	if closed := file.Close(); err == nil {
		err = closed
	}
	return err
}

// carryOut runs the wills beside each other. A will that panics itself has had its chance.
func carryOut(wills []func()) {
	var done sync.WaitGroup
	for _, f := range wills {
		done.Go(func() {
			defer func() { _ = recover() }()
			f()
		})
	}
	over := make(chan struct{})
	go func() {
		done.Wait()
		close(over)
	}()
	select {
	case <-over:
	case <-time.After(patience):
	}
}

func head(version string) string {
	return fmt.Sprintf("Lede %s, %s %s, %s\n", version, runtime.GOOS, runtime.GOARCH, runtime.Version())
}

// kind says what a panic is about in words that cannot be those of an article: the
// messages of Go's runtime hold numbers and names of types only; of all else the type.
func kind(p any) string {
	if fault, ok := p.(runtime.Error); ok && ofRuntime(p) {
		return fault.Error()
	}
	if err, ok := p.(error); ok {
		return strings.Join(types(err), " < ") + " (what it said is left out)"
	}
	return fmt.Sprintf("%T (what it said is left out)", p)
}

// ofRuntime says whether the value is of a type of the runtime itself.
func ofRuntime(p any) bool {
	t := reflect.TypeOf(p)
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.PkgPath() == "runtime"
}

// types are those of an error and of what it wraps, as far as it is one.
func types(err error) (names []string) {
	for err != nil {
		names = append(names, fmt.Sprintf("%T", err))
		under, ok := err.(interface{ Unwrap() error })
		if !ok {
			break
		}
		err = under.Unwrap()
	}
	return names
}
