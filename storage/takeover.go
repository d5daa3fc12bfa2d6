package storage

import (
	"context"
	"fmt"

	"lede/annotate"
)

// TakeOver makes the project writable once the window that had it has let it go.
func (s *store) TakeOver(ctx context.Context) (bool, error) {
	s.turning.Lock()
	defer s.turning.Unlock()
	if !s.waits || s.closed || s.version > len(migrations()) {
		return false, nil
	}
	lock, _, err := takeLock(s.path + windowLock)
	if err != nil || lock == nil {
		return false, explain("open for editing", s.shown, err)
	}
	if err := s.unlock(ctx, lock); err != nil {
		lock.release()
		return false, explain("open for editing", s.shown, err)
	}
	s.waits = false
	s.startIndexer()
	return true, nil
}

// unlock begins to write to the file. Readers go on as they are, so that it must be of
// the version with which they began.
func (s *store) unlock(ctx context.Context, lock *fileLock) error {
	version, err := s.header(ctx, s.readAccess())
	if err != nil {
		return err
	}
	if version != s.version || version != len(migrations()) {
		return &annotate.Error{
			Kind:   annotate.ErrReadOnly,
			Detail: fmt.Sprintf("the other window is closed, but the file is of version %d, and was of version %d.", version, s.version),
			Hint:   "Close the project and open it again.",
		}
	}
	s.watching.Lock() // nobody looks meanwhile
	defer s.watching.Unlock()
	if err := s.connectWriter(ctx, version); err != nil {
		return err
	}
	s.lock, s.readOnly, s.why = lock, false, ""
	return nil
}
