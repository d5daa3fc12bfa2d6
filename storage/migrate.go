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

// migrations are the scripts that lead to version 1, 2, … in this order.
func migrations() []string {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql") // sorted
	if err != nil {
		panic(err) // the pattern is a constant
	}
	scripts := make([]string, len(names))
	for i, name := range names {
		if want := fmt.Sprintf("migrations/%04d.sql", i+1); name != want {
			panic("storage: migration " + name + " should be " + want)
		}
		raw, err := migrationFiles.ReadFile(name)
		if err != nil {
			panic(err) // it is embedded
		}
		scripts[i] = string(raw)
	}
	return scripts
}

// migrate brings a file up to date, all steps in one transaction.
func migrate(ctx context.Context, db *sql.DB, scripts []string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after a commit there is nothing to roll back
	var version int
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	for ; version < len(scripts); version++ {
		if _, err := tx.ExecContext(ctx, scripts[version]); err != nil {
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
