package app

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"lede/annotate"
)

// TestShowFolder: where nothing shows folders, it is said where the folder is.
func TestShowFolder(t *testing.T) {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		t.Skip("the system shows folders itself")
	}
	t.Setenv("FLATPAK_ID", "")
	folder, bin := t.TempDir(), t.TempDir()
	t.Setenv("PATH", bin)
	said := func(path string) (detail string) {
		t.Helper()
		err := openFolder(path)
		if err == nil {
			return ""
		}
		var e *annotate.Error
		if !errors.As(err, &e) || e.Subject != path || e.Hint == "" {
			t.Fatalf("it says %v", err)
		}
		return e.Detail
	}
	opener := func(does string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(bin, "xdg-open"), []byte("#!/bin/sh\n"+does+"\n"), 0o755); err != nil { //nolint:gosec // a program
			t.Fatal(err)
		}
	}
	if got := said(folder); !strings.Contains(got, "no program") {
		t.Errorf("without xdg-open it says %q", got)
	}
	opener("exit 3")
	if got := said(folder); !strings.Contains(got, "no program") {
		t.Errorf("without a file manager it says %q", got)
	}
	opener(`case "$1" in file:///*) exit 0;; esac; exit 1`)
	if got := said(folder); got != "" {
		t.Errorf("of a folder that is shown it says %q", got)
	}
	if got := said(filepath.Join(folder, "gone")); !strings.Contains(got, "not there") {
		t.Errorf("of a folder that is gone it says %q", got)
	}
}
