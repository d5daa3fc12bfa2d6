package storage

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/mattn/go-sqlite3"

	"lede/annotate"
	"lede/annotate/osfile"
)

// explain turns a failure into a sentence for people. Errors of the domain and
// those that were explained already pass as they are.
func explain(op, subject string, err error) error {
	if err == nil {
		return nil
	}
	var told *annotate.Error
	var conflict *annotate.ConflictError
	var bad *annotate.InvalidError
	if errors.As(err, &told) || errors.As(err, &conflict) || errors.As(err, &bad) ||
		errors.Is(err, annotate.ErrNotFound) || errors.Is(err, annotate.ErrNothing) ||
		errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	e := reason(err)
	if errors.Is(e.Kind, annotate.ErrDamaged) && unreachable(filepath.Dir(subject)) {
		e = annotate.Error{Detail: sayInOut, Hint: hintInOut}
	}
	e.Op, e.Subject, e.Err = op, subject, err
	return &e
}

// unreachable says whether the disk of a folder is broken or was pulled out. SQLite takes
// what cannot be read then for damage of the file. The file itself must not be looked into:
// closing it again would take SQLite's locks away.
func unreachable(folder string) bool {
	_, err := os.ReadDir(folder)
	return osfile.Broken(err) || osfile.Broken(syncDir(folder))
}

// The sentences. Each says what is wrong; hints say what to do.
const (
	sayFull      = "the disk is full, so nothing was saved."
	hintFull     = "Make room on the disk and try again. What was saved before is safe."
	sayBusy      = "another program is using the project."
	hintBusy     = "Wait until it is done, or close it, and try again."
	sayDamaged   = "the file is damaged."
	hintDamaged  = "Go back to a backup of it, or salvage what can be read into a new project (lede check --repair). Nothing was changed in this file."
	sayForeign   = "the file is not a Lede project."
	hintForeign  = "Choose a file that Lede made, with the extension .lede. To bring texts in, use Import."
	sayDenied    = "permission denied."
	hintDenied   = "Ask for permission to read and write the file and its folder, or copy it to a folder of yours."
	sayUnopened  = "the file, or a file that SQLite keeps beside it, cannot be opened."
	sayReadOnly  = "the file or its folder is read-only."
	hintReadOnly = "Copy the project to a folder in which you may write, and open the copy."
	sayGone      = "the file is not there any more: it was moved, renamed or deleted, or its drive was taken away."
	hintGone     = "Put it back where it was, or plug the drive in again, and try again."
	sayInOut     = "the disk or the network reported a failure in reading or writing."
	hintInOut    = "Check the disk, and whether the drive or the network folder is still connected, and try again. If it was away, close the project and open it anew."
)

// reason fills in the kind and the sentences for an error of SQLite or of the
// system.
func reason(err error) annotate.Error {
	var sq sqlite3.Error
	if errors.As(err, &sq) {
		return sqliteReason(sq)
	}
	switch {
	case isFull(err):
		return annotate.Error{Kind: annotate.ErrFull, Detail: sayFull, Hint: hintFull}
	case osfile.InUse(err):
		return annotate.Error{Kind: annotate.ErrBusy, Detail: sayBusy, Hint: hintBusy}
	case errors.Is(err, fs.ErrPermission):
		return annotate.Error{Kind: annotate.ErrForbidden, Detail: sayDenied, Hint: hintDenied}
	case osfile.ReadOnly(err):
		return annotate.Error{Kind: annotate.ErrReadOnly, Detail: sayReadOnly, Hint: hintReadOnly}
	case osfile.Broken(err):
		return annotate.Error{Detail: sayInOut, Hint: hintInOut}
	case errors.Is(err, fs.ErrNotExist):
		return annotate.Error{Kind: annotate.ErrNotFound, Detail: "there is no such file.", Hint: "Check the name and the folder."}
	case errors.Is(err, fs.ErrExist):
		return annotate.Error{Kind: annotate.ErrExists, Detail: "there is a file of this name already.", Hint: "Choose another name."}
	}
	return annotate.Error{}
}

// sqliteReason maps SQLite's codes, the extended ones first.
func sqliteReason(sq sqlite3.Error) annotate.Error {
	if sq.Code > 0xff { // the driver's copying of pages gives the extended code in its place
		sq.Code, sq.ExtendedCode = sq.Code&0xff, sqlite3.ErrNoExtended(sq.Code)
	}
	if isFull(sq.SystemErrno) || sq.ExtendedCode == sqlite3.ErrIoErrSHMSize {
		return annotate.Error{Kind: annotate.ErrFull, Detail: sayFull, Hint: hintFull}
	}
	if osfile.InUse(sq.SystemErrno) {
		return annotate.Error{Kind: annotate.ErrBusy, Detail: sayBusy, Hint: hintBusy}
	}
	switch sq.Code {
	case sqlite3.ErrFull:
		return annotate.Error{Kind: annotate.ErrFull, Detail: sayFull, Hint: hintFull}
	case sqlite3.ErrBusy, sqlite3.ErrLocked, sqlite3.ErrProtocol:
		return annotate.Error{Kind: annotate.ErrBusy, Detail: sayBusy, Hint: hintBusy}
	case sqlite3.ErrCorrupt:
		return annotate.Error{Kind: annotate.ErrDamaged, Detail: sayDamaged, Hint: hintDamaged}
	case sqlite3.ErrNotADB:
		return annotate.Error{Kind: annotate.ErrForeign, Detail: sayForeign, Hint: hintForeign}
	case sqlite3.ErrPerm, sqlite3.ErrAuth:
		return annotate.Error{Kind: annotate.ErrForbidden, Detail: sayDenied, Hint: hintDenied}
	case sqlite3.ErrReadonly:
		return annotate.Error{Kind: annotate.ErrReadOnly, Detail: sayReadOnly, Hint: hintReadOnly}
	case sqlite3.ErrCantOpen:
		switch {
		case osfile.ReadOnly(sq.SystemErrno):
			return annotate.Error{Kind: annotate.ErrReadOnly, Detail: sayReadOnly, Hint: hintReadOnly}
		case errors.Is(sq.SystemErrno, fs.ErrNotExist): // of no kind: it is not about an article
			return annotate.Error{Detail: sayGone, Hint: hintGone}
		case osfile.Broken(sq.SystemErrno):
			return annotate.Error{Detail: sayInOut, Hint: hintInOut}
		}
		return annotate.Error{Kind: annotate.ErrForbidden, Detail: sayUnopened, Hint: hintDenied}
	case sqlite3.ErrIoErr:
		if sq.ExtendedCode == sqlite3.ErrIoErrShortRead {
			return annotate.Error{Kind: annotate.ErrDamaged, Detail: sayDamaged, Hint: hintDamaged}
		}
		return annotate.Error{Detail: sayInOut, Hint: hintInOut}
	case sqlite3.ErrTooBig, sqlite3.ErrNomem:
		return annotate.Error{Detail: "there is not enough memory for this.", Hint: "Close other programs and try again."}
	case sqlite3.ErrConstraint:
		return annotate.Error{Kind: annotate.ErrInvalid, Detail: "the database refused it: " + sq.Error() + "."}
	}
	return annotate.Error{}
}

// isFull says whether the system had no room.
func isFull(err error) bool {
	for _, no := range full {
		if errors.Is(err, no) {
			return true
		}
	}
	return false
}

// alreadyThere says whether an insert met a row with its primary key.
func alreadyThere(err error) bool {
	var sq sqlite3.Error
	return errors.As(err, &sq) && sq.ExtendedCode == sqlite3.ErrConstraintPrimaryKey
}

// busy says whether another connection was in the way.
func busy(err error) bool {
	var sq sqlite3.Error
	return errors.As(err, &sq) && (sq.Code == sqlite3.ErrBusy || sq.Code == sqlite3.ErrLocked)
}
