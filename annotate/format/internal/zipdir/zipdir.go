// Package zipdir opens the directory of a zip file with bounded memory, whatever
// the file says of itself.
package zipdir

import (
	"archive/zip"
	"errors"
	"io"
	"os"
)

// ErrTooMany is a directory of more entries than were allowed.
var ErrTooMany = errors.New("too many entries")

// Open opens the zip file at path, if its directory is not too large for the given
// number of entries. The file is open until closed.
func Open(path string, entries int) (*zip.Reader, *os.File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	if err != nil {
		_ = f.Close()
		return nil, nil, err
	}
	// The directory is read as a whole, and the count that stands before it is only
	// what the file claims: so the bytes are counted that are read for it.
	b := &bounded{ReaderAt: f, left: 256<<10 + int64(entries)*256}
	z, err := zip.NewReader(b, info.Size())
	if err == nil && len(z.File) > entries {
		err = ErrTooMany
	}
	if err != nil {
		_ = f.Close()
		return nil, nil, err
	}
	b.left = -1
	return z, f, nil
}

// bounded reads until left bytes were read; below 0 there is no bound.
type bounded struct {
	io.ReaderAt
	left int64
}

func (b *bounded) ReadAt(p []byte, at int64) (int, error) {
	if b.left < 0 {
		return b.ReaderAt.ReadAt(p, at)
	}
	if int64(len(p)) > b.left {
		return 0, ErrTooMany
	}
	n, err := b.ReaderAt.ReadAt(p, at)
	b.left -= int64(n)
	return n, err
}
