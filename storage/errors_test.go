package storage

import (
	"errors"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"github.com/mattn/go-sqlite3"

	"lede/annotate"
)

// TestPulledOut: SQLite takes a disk that cannot be read for a damaged file, and a file
// beside the project that is gone for one that may not be opened. People read what it is.
func TestPulledOut(t *testing.T) {
	here := filepath.Join(t.TempDir(), "p.lede")
	broken := syscall.EIO
	if runtime.GOOS == "windows" {
		broken = 1167 // ERROR_DEVICE_NOT_CONNECTED
	}
	for name, c := range map[string]struct {
		err  error
		want string
		kind error
	}{
		"damaged": {sqlite3.Error{Code: sqlite3.ErrCorrupt}, sayDamaged, annotate.ErrDamaged},
		"gone":    {sqlite3.Error{Code: sqlite3.ErrCantOpen, SystemErrno: syscall.ENOENT}, sayGone, nil},
		"no disk": {sqlite3.Error{Code: sqlite3.ErrCantOpen, SystemErrno: broken}, sayInOut, nil},
		"disk":    {broken, sayInOut, nil},
		"denied":  {sqlite3.Error{Code: sqlite3.ErrCantOpen, SystemErrno: syscall.EACCES}, sayUnopened, annotate.ErrForbidden},
	} {
		var told *annotate.Error
		if err := explain("save in", here, c.err); !errors.As(err, &told) || told.Detail != c.want || !errors.Is(told.Kind, c.kind) {
			t.Errorf("%s: it says %v", name, err)
		}
	}
	if unreachable(filepath.Dir(here)) {
		t.Error("a folder that is there is taken for a broken disk")
	}
}
