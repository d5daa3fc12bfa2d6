//go:build !windows

package osfile

import (
	"errors"
	"os"
	"syscall"
)

// Rename gives a file or a folder another name, in place of a file that has it.
func Rename(from, to string) error { return os.Rename(from, to) }

// InUse says whether err is that another program has the file open; never so here,
// where that hinders nobody.
func InUse(error) bool { return false }

// Broken says whether err is that a disk fails, or that a drive or network folder is not
// connected any more.
func Broken(err error) bool {
	for _, failure := range []error{
		syscall.EIO, syscall.ENXIO, syscall.ENODEV, syscall.ESTALE, syscall.ENOTCONN, syscall.EHOSTDOWN, syscall.EHOSTUNREACH, syscall.ETIMEDOUT,
	} {
		if errors.Is(err, failure) {
			return true
		}
	}
	return false
}

// ReadOnly says whether err is that nothing can be written to a disk.
func ReadOnly(err error) bool { return errors.Is(err, syscall.EROFS) }
