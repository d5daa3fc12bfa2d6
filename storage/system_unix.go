//go:build !windows

package storage

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// full are the errors of a system that has no room.
var full = []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG}

// noFolderSync are the errors of a system, or a file system, that syncs no folders.
var noFolderSync = []error{syscall.EINVAL, syscall.ENOTSUP, syscall.EOPNOTSUPP, syscall.ENOSYS, syscall.ENOTTY, syscall.EBADF}

// writable says whether this process may write a file or in a folder, without
// opening it.
func writable(path string) error {
	if err := unix.Access(path, unix.W_OK); err != nil {
		return &fs.PathError{Op: "access", Path: path, Err: err}
	}
	return nil
}

// readable says whether this process may read a file, without opening it.
func readable(path string) error {
	if err := unix.Access(path, unix.R_OK); err != nil {
		return &fs.PathError{Op: "access", Path: path, Err: err}
	}
	return nil
}

// identity names a file apart from its path: a copy has another.
func identity(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return path
	}
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return fmt.Sprintf("%d:%d", st.Dev, st.Ino)
	}
	return path
}

// tryLock takes an exclusive lock of the open file, or says that somebody holds
// it.
func tryLock(f *os.File) (held bool, err error) {
	err = unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		return true, nil
	}
	return false, err
}

// removeLock removes the file of a lock that is held, so that nobody can take
// the lock of a file that is no longer there without noticing.
func removeLock(f *os.File) {
	_ = os.Remove(f.Name())
	_ = f.Close()
}

// freeSpace is how many bytes this person may still write to the disk of a folder; -1
// if the system does not say.
func freeSpace(folder string) int64 {
	var fs unix.Statfs_t
	if err := unix.Statfs(folder, &fs); err != nil {
		return -1
	}
	return int64(fs.Bavail) * int64(fs.Bsize) //nolint:gosec,unconvert // the types differ between systems
}
