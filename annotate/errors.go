package annotate

import (
	"errors"
	"fmt"
)

// The kinds of failure that callers decide on. Everything else is only told.
var (
	ErrNotFound  = errors.New("not found")
	ErrExists    = errors.New("already exists")
	ErrInvalid   = errors.New("not valid")
	ErrConflict  = errors.New("changed in the meantime")
	ErrReadOnly  = errors.New("read-only")
	ErrBusy      = errors.New("in use by another program")
	ErrForeign   = errors.New("not a Lede project")
	ErrNewer     = errors.New("made by a newer Lede")
	ErrDamaged   = errors.New("damaged")
	ErrFull      = errors.New("disk full")
	ErrForbidden = errors.New("permission denied")
	ErrNothing   = errors.New("nothing to change")
)

// Error is a failure told to a person: what was tried on what, why it did not
// work, and what to do. Kind is one of the sentinels above; errors.Is sees it.
type Error struct {
	Kind    error
	Op      string // "open project", "import", …
	Subject string // the file, article or span
	Detail  string // the sentence
	Hint    string // what to do, a sentence; may be ""
	Err     error  // the cause, for the log
}

func (e *Error) Error() string {
	s := e.Detail
	if s == "" && e.Err != nil {
		s = e.Err.Error()
	}
	if s == "" && e.Kind != nil {
		s = e.Kind.Error()
	}
	if e.Subject != "" {
		s = e.Subject + ": " + s
	}
	if e.Op != "" {
		s = e.Op + " " + s
	}
	if e.Hint != "" {
		s += " " + e.Hint
	}
	return s
}

// Unwrap lets errors.Is and errors.As see the kind and the cause.
func (e *Error) Unwrap() []error {
	var wrapped []error
	for _, err := range []error{e.Kind, e.Err} {
		if err != nil {
			wrapped = append(wrapped, err)
		}
	}
	return wrapped
}

// ConflictError says which record stands in the way of a change.
type ConflictError struct {
	Kind Kind
	ID   ID
}

func (e *ConflictError) Error() string {
	return fmt.Sprintf("%s %s was changed in the meantime", e.Kind, e.ID)
}

// Is makes a ConflictError an ErrConflict.
func (e *ConflictError) Is(target error) bool { return target == ErrConflict }

// InvalidError says which op of a change breaks the structure of a project.
type InvalidError struct {
	Kind   Kind
	ID     ID
	Reason string
}

func (e *InvalidError) Error() string { return fmt.Sprintf("%s %s: %s", e.Kind, e.ID, e.Reason) }

// Is makes an InvalidError an ErrInvalid.
func (e *InvalidError) Is(target error) bool { return target == ErrInvalid }
