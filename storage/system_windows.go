package storage

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/windows"
)

// full are the errors of a system that has no room.
var full = []error{windows.ERROR_DISK_FULL, windows.ERROR_HANDLE_DISK_FULL}

// noFolderSync are the errors of a system that syncs no folders, as Windows.
var noFolderSync = []error{
	windows.ERROR_ACCESS_DENIED, windows.ERROR_INVALID_HANDLE, windows.ERROR_INVALID_FUNCTION, windows.ERROR_NOT_SUPPORTED,
}

// writable says whether this process may write a file or in a folder.
func writable(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if info.IsDir() {
		probe, err := os.CreateTemp(path, ".lede-*")
		if err != nil {
			return err
		}
		_ = probe.Close()
		return os.Remove(probe.Name())
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return f.Close()
}

// readable says whether this process may read a file.
func readable(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return f.Close()
}

// identity names a file apart from its path: a copy has another.
func identity(path string) string {
	f, err := os.Open(path)
	if err != nil {
		return path
	}
	defer f.Close()
	var info windows.ByHandleFileInformation
	if err := windows.GetFileInformationByHandle(windows.Handle(f.Fd()), &info); err != nil {
		return path
	}
	return fmt.Sprintf("%d:%d:%d", info.VolumeSerialNumber, info.FileIndexHigh, info.FileIndexLow)
}

// lockAt is where the locked byte lies: far behind the text that says who holds
// the lock, which others must be able to read.
const lockAt = 1 << 30

// tryLock takes an exclusive lock of the open file, or says that somebody holds
// it.
func tryLock(f *os.File) (held bool, err error) {
	place := windows.Overlapped{Offset: lockAt}
	err = windows.LockFileEx(windows.Handle(f.Fd()),
		windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &place)
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return true, nil
	}
	return false, err
}

// removeLock removes the file of a lock that is held: Windows removes no file
// that is open, and refuses if somebody else has opened it by now.
func removeLock(f *os.File) {
	_ = f.Close()
	_ = os.Remove(f.Name())
}

// freeSpace is how many bytes this person may still write to the disk of a folder; -1
// if the system does not say.
func freeSpace(folder string) int64 {
	var free uint64
	name, err := windows.UTF16PtrFromString(folder)
	if err == nil {
		err = windows.GetDiskFreeSpaceEx(name, &free, nil, nil)
	}
	if err != nil {
		return -1
	}
	return int64(min(free, 1<<62)) //nolint:gosec // it fits
}
