package backups

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
)

// Forget removes the backups of a project that Lede keeps: all in its folder of
// snapshots, and the copies beside the project that it made by itself. What somebody
// made by hand beside the project stays, and is in left.
func (k *Keeper) Forget(ctx context.Context, project string) (removed, left []Backup, err error) {
	all, err := k.List(ctx, project)
	if err != nil {
		return nil, nil, err
	}
	place := filepath.Clean(k.o.Policy().Place) + string(filepath.Separator)
	for _, b := range all {
		if (b.Why == ByHand || b.Why == Living) && !strings.HasPrefix(b.Path, place) {
			left = append(left, b)
			continue
		}
		e := os.Remove(b.Path)
		for _, suffix := range []string{"-wal", "-journal"} { // a damaged project is kept with its log
			if gone := os.Remove(b.Path + suffix); gone != nil && !os.IsNotExist(gone) {
				e = errors.Join(e, gone)
			}
		}
		if e != nil && !os.IsNotExist(e) {
			err, left = errors.Join(err, e), append(left, b)
			continue
		}
		removed = append(removed, b)
	}
	return removed, left, told(project, err)
}
