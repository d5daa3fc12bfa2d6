package storage

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"lede/annotate"
)

// Backup writes a consistent copy of the project, as one file that needs no
// other, to path, which must not exist.
func (s *store) Backup(ctx context.Context, path string) error {
	const op = "back up to"
	if exists(path) {
		return explain(op, path, fs.ErrExist)
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return &annotate.Error{
			Kind: annotate.ErrNotFound, Op: op, Subject: path, Detail: "there is no such folder.", Hint: "Make the folder first.", Err: err,
		}
	}
	draft, err := draftName(path)
	if err != nil {
		return explain(op, path, err)
	}
	defer removeAll(draft)
	if err := s.copyTo(ctx, draft); err != nil {
		return explain(op, path, err)
	}
	return explain(op, path, publish(draft, path))
}

// copyTo writes the whole database to an empty file. It is not one of the readers
// that does so: those may not write to any file.
func (s *store) copyTo(ctx context.Context, draft string) error {
	a := s.readAccess()
	a.queriesOnly = false
	db := connect(s.path, a, 1)
	_, err := db.ExecContext(ctx, "VACUUM INTO ?", draft)
	return errors.Join(err, db.Close())
}

// copyInto copies the whole database into a new file, which appears whole or not
// at all.
func copyInto(ctx context.Context, db queries, path string) error {
	draft, err := draftName(path)
	if err != nil {
		return err
	}
	defer removeAll(draft)
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", draft); err != nil {
		return err
	}
	return publish(draft, path)
}
