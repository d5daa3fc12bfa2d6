package cli

import (
	"os"
	"path/filepath"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
)

// expand returns the paths that are meant: where nothing has a name with *, ? or [ in it, it
// is a pattern. Shells on Windows do not expand them.
func expand(paths []string) ([]string, error) {
	var all []string
	for _, p := range paths {
		if _, err := os.Lstat(p); err == nil || p == format.StandardInput || !strings.ContainsAny(p, "*?[") {
			all = append(all, p)
			continue
		}
		names, err := filepath.Glob(p)
		if err != nil {
			return nil, &UsageError{"the pattern " + p + " has a [ without its ]."}
		}
		if len(names) == 0 {
			return nil, &annotate.Error{Kind: annotate.ErrNotFound, Op: "import", Subject: p, Detail: "no file or folder has such a name.", Hint: "Check the path."}
		}
		all = append(all, names...)
	}
	return all, nil
}
