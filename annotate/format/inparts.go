package format

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"lede/annotate"
)

// leastPart is how long an import in parts works on one at least. Later parts take longer,
// a fifth of the time so far: an import of hours becomes some twenty steps, and a power
// cut costs a sixth of the work at most.
const leastPart = time.Minute

// inParts says whether what was read so far is kept while the import goes on. With Keep it
// is not, because the same import would bring all of it a second time.
func (im *importer) inParts() bool {
	return im.o.InParts && !im.o.DryRun && im.o.OnDuplicate != Keep
}

// holdsSpans says whether offsets of a source can turn out to be counted in another unit
// when parts of it are in the project.
func holdsSpans(f *Format) bool { return f == nil || f.Writes() || f.Offsets != "" }

// keepPart makes what was read since the last part live, if it is time to.
func (im *importer) keepPart(ctx context.Context) error {
	if !im.inParts() {
		return nil
	}
	if im.staging == nil && len(im.batch)+len(im.ops) == 0 { // only what was there was read so far
		return nil
	}
	now := im.o.Env.Now()
	if im.began.IsZero() {
		im.began, im.kept = now, now
	}
	if now.Sub(im.kept) < max(leastPart, now.Sub(im.began)/5) {
		return nil
	}
	if err := im.flush(ctx); err != nil || im.staging == nil {
		return err
	}
	first, last := im.report.keptArticles+1, im.report.Read.Articles
	if err := im.commit(ctx, im.partTitle(first, last)); err != nil {
		return err
	}
	im.report.Parts++
	im.report.keptArticles = last
	im.staging, im.id, im.kept = nil, im.o.Env.NewID(), im.o.Env.Now()
	return nil
}

// partTitle is the title of a part of an import.
func (im *importer) partTitle(first, last int) string {
	return fmt.Sprintf("Import articles %d–%d of %s", first, last, im.from)
}

// commit makes what is staged live, as one step.
func (im *importer) commit(ctx context.Context, title string) error {
	c, err := im.staging.Commit(ctx, annotate.Change{ID: im.o.Env.NewID(), Actor: im.o.Actor, Cause: annotate.CauseImport, Title: title})
	if err == nil {
		im.report.Change = c.ID
	}
	return err
}

// PartKeptError says that an import in parts ended early, and how much it left.
type PartKeptError struct {
	Articles int // that were read until the last part was kept
	Err      error
}

func (e *PartKeptError) Error() string {
	said := e.Err.Error()
	if !strings.Contains(said, e.Kept()) {
		said += ". " + e.Kept()
	}
	return said
}

// Kept is a sentence for people.
func (e *PartKeptError) Kept() string {
	return fmt.Sprintf("What was read until then was kept (%d articles); the same import goes on with the rest.", e.Articles)
}

func (e *PartKeptError) Unwrap() error { return e.Err }

// tellKept adds to an error how much of the import stays.
func (im *importer) tellKept(err error) error {
	if im.report.Parts == 0 {
		return err
	}
	kept := &PartKeptError{Articles: im.report.keptArticles, Err: err}
	if told := (*annotate.Error)(nil); errors.As(err, &told) {
		with := *told
		with.Hint = strings.TrimSpace(told.Hint + " " + kept.Kept())
		kept.Err = &with
	}
	return kept
}
