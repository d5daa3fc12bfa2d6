package osfile

import (
	"errors"
	"os"
	"time"

	"golang.org/x/sys/windows"
)

// patience is how long Rename waits for another program: a virus scanner is done by
// then, and a spreadsheet will not be.
const patience = time.Second

// Rename gives a file or a folder another name, in place of a file that has it. While
// another program has one of the two open, it tries again for a second.
func Rename(from, to string) error {
	wait, until := 5*time.Millisecond, time.Now().Add(patience)
	for {
		err := os.Rename(from, to)
		if err == nil || !InUse(err) && !errors.Is(err, windows.ERROR_ACCESS_DENIED) {
			return err
		}
		if time.Now().After(until) {
			return named(err, from, to)
		}
		time.Sleep(wait)
		wait *= 2
	}
}

// named tells "in use" from "not allowed", for which Windows has one code where a file is
// to be replaced or a folder renamed: a file that may be written to is in use.
func named(err error, from, to string) error {
	var link *os.LinkError
	if InUse(err) || !errors.As(err, &link) {
		return err
	}
	at, statErr := os.Stat(to)
	if statErr != nil {
		at, statErr = os.Stat(from)
	}
	if statErr == nil && at.Mode().Perm()&0o200 != 0 {
		link.Err = windows.ERROR_SHARING_VIOLATION
	}
	return link
}

// InUse says whether err is that another program has the file open.
func InUse(err error) bool {
	return errors.Is(err, windows.ERROR_SHARING_VIOLATION) || errors.Is(err, windows.ERROR_LOCK_VIOLATION) ||
		errors.Is(err, windows.ERROR_USER_MAPPED_FILE)
}

// Broken says whether err is that a disk fails, or that a drive or network folder is not
// connected any more.
func Broken(err error) bool {
	for _, failure := range []error{
		windows.ERROR_NOT_READY, windows.ERROR_CRC, windows.ERROR_IO_DEVICE, windows.ERROR_DEVICE_NOT_CONNECTED, windows.ERROR_DEVICE_REMOVED,
		windows.ERROR_NO_SUCH_DEVICE, windows.ERROR_BAD_NETPATH, windows.ERROR_NETNAME_DELETED, windows.ERROR_UNEXP_NET_ERR,
	} {
		if errors.Is(err, failure) {
			return true
		}
	}
	return false
}

// ReadOnly says whether err is that nothing can be written to a disk.
func ReadOnly(err error) bool { return errors.Is(err, windows.ERROR_WRITE_PROTECT) }
