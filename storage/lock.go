package storage

import (
	"fmt"
	"os"
	"os/user"
	"strings"
)

// The files beside a project that are there only while somebody holds the lock.
const (
	windowLock = ".lock"
	importLock = ".import-lock"
)

// fileLock is an advisory lock of the operating system, which goes with the
// process that holds it. The file holds who that is, for people.
type fileLock struct{ f *os.File }

// takeLock takes the lock of the given file. If somebody holds it, the lock is
// nil and holder says who.
func takeLock(path string) (lock *fileLock, holder string, err error) {
	for {
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
		if err != nil {
			return nil, "", err
		}
		held, err := tryLock(f)
		if err != nil || held {
			holder := readHolder(f)
			_ = f.Close()
			return nil, holder, err
		}
		// The one before may have removed the file between our opening and our
		// locking it; then we hold a lock that nobody else can see.
		mine, err1 := f.Stat()
		there, err2 := os.Stat(path)
		if err1 != nil || err2 != nil || !os.SameFile(mine, there) {
			_ = f.Close()
			continue
		}
		if err := f.Truncate(0); err == nil {
			_, _ = f.WriteAt([]byte(self()), 0)
		}
		return &fileLock{f: f}, "", nil
	}
}

// release gives the lock up and removes its file.
func (l *fileLock) release() {
	if l != nil {
		removeLock(l.f)
	}
}

// self says who this process is: "ana on desk-3 (process 4711)".
func self() string {
	name, host := "somebody", "this computer"
	if u, err := user.Current(); err == nil && u.Username != "" {
		name = u.Username
	}
	if h, err := os.Hostname(); err == nil && h != "" {
		host = h
	}
	return fmt.Sprintf("%s on %s (process %d)\n", name, host, os.Getpid())
}

func readHolder(f *os.File) string {
	buf := make([]byte, 512)
	n, _ := f.ReadAt(buf, 0)
	line, _, _ := strings.Cut(string(buf[:n]), "\n")
	if line = strings.TrimSpace(strings.ToValidUTF8(line, "")); line == "" {
		return "somebody"
	}
	return line
}
