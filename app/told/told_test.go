package told

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"strings"
	"syscall"
	"testing"

	"lede/annotate"
)

// secret stands in every place of an error that an article, a name or a path may be in.
const secret = "Rosebud"

// coded is made as SQLite's error is, which the tests of the whole program use.
type coded struct {
	Code, ExtendedCode int
	SystemErrno        syscall.Errno
}

func (coded) Error() string { return secret }

// TestNothingLeaks expects codes and no words in what is logged and copied.
func TestNothingLeaks(t *testing.T) {
	for name, err := range map[string]error{
		"full": &annotate.Error{
			Kind: annotate.ErrFull, Op: "save", Subject: "/home/" + secret + "/p.lede", Detail: secret + ".", Hint: secret + ".",
			Err: errors.Join(errors.New(secret), &fs.PathError{Op: "write", Path: "/home/" + secret, Err: syscall.ENOSPC}),
		},
		"coded":   fmt.Errorf("%s: %w", secret, coded{10, 1034, syscall.EIO}),
		"invalid": &annotate.InvalidError{Kind: "span", ID: "x", Reason: secret},
		"bare":    errors.New(secret),
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			before := slog.Default()
			slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
			Log(err)
			slog.SetDefault(before)
			for where, said := range map[string]string{"details": Details("1.2.3", err), "log": log.String()} {
				if strings.Contains(said, secret) {
					t.Errorf("the %s hold what they must not:\n%s", where, said)
				}
				if !strings.Contains(said, "errors") || len(chain(err)) == 0 {
					t.Errorf("the %s do not say what the error is:\n%s", where, said)
				}
			}
			if !strings.Contains(Of(err).Text, secret) {
				t.Errorf("a person reads only %q", Of(err).Text)
			}
		})
	}
}

// TestDetailsSay expects that a report can be worked with.
func TestDetailsSay(t *testing.T) {
	err := &annotate.Error{Kind: annotate.ErrFull, Op: "save", Err: fmt.Errorf("x: %w", syscall.ENOSPC)}
	got := Details("1.2.3", err)
	for _, want := range []string{"Lede 1.2.3, ", "operation: save", annotate.ErrFull.Error(), syscall.ENOSPC.Error()} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	if io := Details("1", coded{10, 1034, syscall.EIO}); !strings.Contains(io, "Code=10 ExtendedCode=1034 SystemErrno=5") {
		t.Errorf("the codes are not in\n%s", io)
	}
}

// TestNamesStay: the name of a file is not written with a capital of ours.
func TestNamesStay(t *testing.T) {
	err := &annotate.Error{Op: "save in", Subject: "p copy.lede", Detail: "the disk is full"}
	if got := Of(err).Text; got != "p copy.lede: the disk is full." {
		t.Errorf("it says %q", got)
	}
}
