package format

import (
	"context"
	"errors"

	"lede/annotate"
)

// without says whether the import goes on without a file, after an error; it is noted
// then with its reason.
func (o ImportOptions) without(err error, unread *notes) bool {
	if o.LeaveOut == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) || !o.LeaveOut(err) {
		return false
	}
	unread.add("files", "not read, because something is wrong with them", 1, reason(err))
	return true
}

// reason is what an error says, without what to do about it.
func reason(err error) string {
	if told := (*annotate.Error)(nil); errors.As(err, &told) && told.Detail != "" {
		return told.Subject + ": " + told.Detail
	}
	return err.Error()
}

// sound reads a source that may be left out to its end before anything of it is taken
// in, and finds the unit of its offsets: nothing of a broken file gets into the project. An
// import in parts does so too, as it cannot begin anew with another unit.
func (im *importer) sound(ctx context.Context, j *job) error {
	if im.o.LeaveOut == nil && !(im.inParts() && holdsSpans(j.format)) {
		return nil
	}
	err := verify(ctx, j, units[j.unit])
	if wrong := (*offsetError)(nil); errors.As(err, &wrong) {
		return otherUnit(ctx, j)
	}
	return err
}
