// Package tamper lets a test change what an export reads back of what it wrote, to
// see that the read-back finds it.
package tamper

import (
	"context"
	"io"
	"os"
	"path/filepath"
)

// Alter changes the bytes of a file of an export.
type Alter func(name string, raw []byte) []byte

type key struct{}

type job struct {
	dir   string
	alter Alter
}

// With returns a context in which the read-back of an export sees, in the place of
// each file, what alter makes of it. dir takes the altered files.
func With(ctx context.Context, dir string, alter Alter) context.Context {
	return context.WithValue(ctx, key{}, job{dir, alter})
}

// Open is open, altered as the context says.
func Open(ctx context.Context, open func(name string) (io.ReadCloser, error)) func(name string) (io.ReadCloser, error) {
	j, ok := ctx.Value(key{}).(job)
	if !ok {
		return open
	}
	return func(name string) (io.ReadCloser, error) {
		in, err := open(name)
		if err != nil {
			return nil, err
		}
		raw, err := io.ReadAll(in)
		if closing := in.Close(); err == nil {
			err = closing
		}
		if err != nil {
			return nil, err
		}
		// A file, not a buffer: readers of archives and columns look into files.
		path := filepath.Join(j.dir, "altered"+filepath.Ext(name))
		if err := os.WriteFile(path, j.alter(name, raw), 0o600); err != nil {
			return nil, err
		}
		return os.Open(path)
	}
}
