package format

import (
	"errors"
	"fmt"
	"runtime"
	"syscall"

	"lede/annotate"
)

// Refuse is the error of a reader: at place, what is wrong, and what to do (a
// sentence, may be ""). It reads "train.jsonl:118: what is wrong. What to do."
func Refuse(at Place, hint, format string, args ...any) error {
	return &annotate.Error{Kind: annotate.ErrInvalid, Op: "import", Subject: at.String(), Detail: fmt.Sprintf(format, args...) + ".", Hint: hint}
}

// refuseFor is Refuse with a cause that callers may ask about, by errors.As: a
// *text.EncodingError or a *DateError, to which a person can give an answer.
func refuseFor(cause error, at Place, hint, format string, args ...any) error {
	return &annotate.Error{Kind: annotate.ErrInvalid, Op: "import", Subject: at.String(), Detail: fmt.Sprintf(format, args...) + ".", Hint: hint, Err: cause}
}

// refuseExport is the error of an export that cannot or must not be written.
func refuseExport(kind error, subject, hint, format string, args ...any) error {
	return &annotate.Error{Kind: kind, Op: "export", Subject: subject, Detail: fmt.Sprintf(format, args...) + ".", Hint: hint}
}

var (
	errNotFound  = annotate.ErrNotFound
	errForbidden = annotate.ErrForbidden
	errFull      = annotate.ErrFull
)

func fault(op, subject string, kind error, detail, hint string, cause error) error {
	return &annotate.Error{Kind: kind, Op: op, Subject: subject, Detail: detail + ".", Hint: hint, Err: cause}
}

// diskFull works on every system: Windows says ERROR_DISK_FULL (112), which
// syscall.ENOSPC does not match there.
func diskFull(err error) bool {
	var code syscall.Errno
	return errors.As(err, &code) && (code == syscall.ENOSPC || (runtime.GOOS == "windows" && code == 112))
}
