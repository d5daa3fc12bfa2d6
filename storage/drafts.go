package storage

import (
	"os"
	"path/filepath"
	"strings"
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
		info, err := os.Lstat(path)
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		if time.Since(info.ModTime()) > abandoned || published(path, info) {
			_ = os.Remove(path) // another program may have been quicker
		}
	}
}

// published says whether a draft has its real name already, too: the program was killed
// between giving it that and taking the other away.
func published(draft string, info os.FileInfo) bool {
	name, _, _ := strings.Cut(strings.TrimPrefix(filepath.Base(draft), "."), draftMark)
	there, err := os.Lstat(filepath.Join(filepath.Dir(draft), name))
	return err == nil && os.SameFile(info, there)
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
