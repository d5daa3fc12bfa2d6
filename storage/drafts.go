package storage

import (
	"os"
	"path/filepath"
	"time"
)

// draftMark is in the name of every file in the making.
const draftMark = ".new-"

// abandoned is how long nothing has been written to a draft that nobody is writing.
const abandoned = time.Hour

// draftName reserves a name beside path for a file in the making.
func draftName(path string) (string, error) {
	sweepDrafts(filepath.Dir(path))
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+draftMark+"*")
	if err != nil {
		return "", err
	}
	return f.Name(), f.Close()
}

// sweepDrafts removes what programs left in a folder that were killed while they made
// a project or a copy of one: it is of no use, takes room and holds texts. A draft that
// somebody is still writing is never so old.
func sweepDrafts(folder string) {
	found, err := filepath.Glob(filepath.Join(escapeGlob(folder), ".*.lede"+draftMark+"*"))
	if err != nil {
		return
	}
	for _, path := range found {
		if info, err := os.Lstat(path); err == nil && info.Mode().IsRegular() && time.Since(info.ModTime()) > abandoned {
			_ = os.Remove(path) // another program may have been quicker
		}
	}
}

// escapeGlob makes a path stand for itself in a pattern.
func escapeGlob(path string) string {
	var b []rune
	for _, r := range path {
		if r == '*' || r == '?' || r == '[' || (r == '\\' && filepath.Separator != '\\') {
			b = append(b, '[', r, ']')
			continue
		}
		b = append(b, r)
	}
	return string(b)
}
