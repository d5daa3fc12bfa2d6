package settings

import (
	"log/slog"
	"os"
	"path/filepath"
	"sync"
)

// mostLog is the size in bytes at which the log file starts anew; one older file
// is kept.
const mostLog = 1 << 20

// LogPath is the log file.
func (s *Store) LogPath() string { return filepath.Join(s.stateDir, "lede.log") }

// Logger writes to the log file, for people who ask what went wrong. Where the
// file cannot be written, nothing is logged. Warnings are its first lines.
func (s *Store) Logger() *slog.Logger {
	logger := slog.New(slog.NewTextHandler(&rotating{path: s.LogPath(), most: mostLog}, nil))
	for _, w := range s.Warnings() {
		logger.Warn(w)
	}
	return logger
}

// rotating is a log file that is renamed to .1 when it grows too large. It opens
// the file for the first line only, so that commands that log nothing make none.
type rotating struct {
	path string
	most int64

	mu   sync.Mutex
	file *os.File
	size int64
}

func (r *rotating) Write(line []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.file != nil && r.size+int64(len(line)) > r.most {
		_ = r.file.Close() // its lines are written; nothing is buffered
		r.file = nil
		_ = os.Rename(r.path, r.path+".1") // where that fails, the log grows on
	}
	if r.file == nil {
		if err := r.open(); err != nil {
			return 0, err
		}
	}
	n, err := r.file.Write(line)
	r.size += int64(n)
	return n, err
}

func (r *rotating) open() error {
	if err := os.MkdirAll(filepath.Dir(r.path), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(r.path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	r.file, r.size = file, 0
	if info, err := file.Stat(); err == nil {
		r.size = info.Size()
	}
	return nil
}
