package storage

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"strings"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migration leads to the next version: a script, and what no script can do.
type migration struct {
	script string
	then   func(context.Context, *sql.Tx) error // may be nil
}

// migrations lead to version 1, 2, … in this order.
func migrations() []migration {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql") // sorted
	if err != nil {
		panic(err) // the pattern is a constant
	}
	steps := make([]migration, len(names))
	for i, name := range names {
		if want := fmt.Sprintf("migrations/%04d.sql", i+1); name != want {
			panic("storage: migration " + name + " should be " + want)
		}
		raw, err := migrationFiles.ReadFile(name)
		if err != nil {
			panic(err) // it is embedded
		}
		steps[i].script = string(raw)
	}
	steps[wordsSince-1].then = fillWords
	steps[indexSince-1].then = createIndex
	return steps
}

// migrate brings a file up to date, all steps in one transaction.
func migrate(ctx context.Context, db *sql.DB, steps []migration) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after a commit there is nothing to roll back
	var version int
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	for ; version < len(steps); version++ {
		_, err := tx.ExecContext(ctx, steps[version].script)
		if then := steps[version].then; err == nil && then != nil {
			err = then(ctx, tx)
		}
		if err != nil {
			return fmt.Errorf("bring the file to version %d: %w", version+1, err)
		}
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version=%d", version)); err != nil {
		return err
	}
	return tx.Commit()
}

// backupVersion keeps a copy of a file as it was before it is brought up to
// date.
func (s *store) backupVersion(ctx context.Context, version int) error {
	base := strings.TrimSuffix(s.path, ".lede")
	target := fmt.Sprintf("%s.v%d.lede", base, version)
	for n := 2; exists(target); n++ {
		target = fmt.Sprintf("%s.v%d-%d.lede", base, version, n)
	}
	return copyInto(ctx, s.writer, target)
}
