package told

import (
	"errors"
	"fmt"
	"log/slog"
	"path"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"syscall"

	"lede/annotate"
)

// kinds are what an error can be about. Only these are named: what another error says may
// quote an article.
var kinds = []error{
	annotate.ErrReadOnly, annotate.ErrFull, annotate.ErrBusy, annotate.ErrDamaged, annotate.ErrForeign, annotate.ErrForbidden,
	annotate.ErrNotFound, annotate.ErrExists, annotate.ErrInvalid, annotate.ErrConflict, annotate.ErrNewer,
}

// Details are for a report of a fault: which program on which system, what it was doing,
// what kind of error it met and where in the code. Nothing in it is a word of an article,
// a name or a path.
func Details(version string, err error) string {
	var b strings.Builder
	_, _ = fmt.Fprintf(&b, "Lede %s, %s %s, %s\n", version, runtime.GOOS, runtime.GOARCH, runtime.Version())
	for _, a := range attributes(err) {
		_, _ = fmt.Fprintf(&b, "%s: %s\n", a.Key, a.Value)
	}
	return b.String()
}

// Log writes an error to the log file, as Details says it.
func Log(err error) {
	attrs := attributes(err)
	args := make([]any, len(attrs))
	for i, a := range attrs {
		args[i] = a
	}
	slog.Error("told", args...)
}

func attributes(err error) []slog.Attr {
	var e *annotate.Error
	var found []slog.Attr
	if errors.As(err, &e) && e.Op != "" {
		found = append(found, slog.String("operation", e.Op))
	}
	for _, kind := range kinds {
		if errors.Is(err, kind) {
			found = append(found, slog.String("kind", kind.Error()))
		}
	}
	return append(found, slog.String("errors", strings.Join(chain(err), " < ")), slog.String("at", strings.Join(places(), " < ")))
}

// chain names the types of an error and of those that it wraps, with the codes of the
// system and of SQLite.
func chain(err error) (names []string) {
	if err == nil {
		return nil
	}
	name := fmt.Sprintf("%T", err)
	if code, ok := errors.AsType[syscall.Errno](err); ok && reflect.TypeOf(err) == reflect.TypeOf(code) {
		name += fmt.Sprintf(" %d (%s)", uintptr(code), code.Error())
	}
	if v := reflect.ValueOf(err); v.Kind() == reflect.Struct {
		for _, field := range []string{"Code", "ExtendedCode", "SystemErrno"} {
			if f := v.FieldByName(field); f.IsValid() && f.CanInt() {
				name += fmt.Sprintf(" %s=%d", field, f.Int())
			} else if f.IsValid() && f.CanUint() {
				name += fmt.Sprintf(" %s=%d", field, f.Uint())
			}
		}
	}
	names = []string{name}
	switch w := err.(type) { //nolint:errorlint // the chain itself is walked
	case interface{ Unwrap() error }:
		names = append(names, chain(w.Unwrap())...)
	case interface{ Unwrap() []error }:
		for _, under := range w.Unwrap() {
			names = append(names, chain(under)...)
		}
	}
	return slices.Compact(names)
}

// places are our own functions that led here, the newest first.
func places() (found []string) {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	for {
		f, more := frames.Next()
		if strings.HasPrefix(f.Function, "lede/") && !strings.HasPrefix(f.Function, "lede/app/told.") {
			found = append(found, fmt.Sprintf("%s %s:%d", f.Function, path.Base(strings.ReplaceAll(f.File, "\\", "/")), f.Line))
		}
		if !more || len(found) == 12 {
			return found
		}
	}
}
