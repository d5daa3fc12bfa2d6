package importer

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"lede/annotate/format"
	"lede/app/widgets"
)

// manyArticles take so long that a power cut would hurt.
const manyArticles = 20_000

// long says whether the import is one of those.
func (d *Dialog) long() bool { return d.report != nil && d.report.Read.Articles >= manyArticles }

// partsRow asks whether what was read so far is kept early.
func (d *Dialog) partsRow() fyne.CanvasObject {
	return d.row("Long imports", widgets.NewCheck("keep what was read every few minutes, as steps of their own", d.inParts, func(on bool) { d.inParts = on }).Surface)
}

// Keeps says whether a running import leaves its parts when it is stopped.
func (d *Dialog) Keeps() bool { return d.inParts }

// left says what an import leaves that did not come to its end.
func left(err error) string {
	cancelled := errors.Is(err, context.Canceled)
	kept := (*format.PartKeptError)(nil)
	switch {
	case errors.As(err, &kept) && cancelled:
		return "Cancelled. " + kept.Kept()
	case errors.As(err, &kept):
		return kept.Kept()
	case cancelled:
		return "Cancelled: nothing was imported, the project is as it was."
	}
	return "Nothing was imported, the project is as it was."
}
