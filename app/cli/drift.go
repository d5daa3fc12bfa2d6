package cli

import (
	"fmt"

	"lede/annotate"
	"lede/annotate/drift"
	"lede/annotate/format"
)

// tellDrift says on stderr what becomes of the spans of corrected articles: all that are
// lost, and the first that move.
func (a *app) tellDrift(r *format.ImportReport) {
	const moves = 10
	waiting := false
	for _, d := range r.Drift {
		waiting = waiting || !d.Applied
		a.note("%s (%s): %s at the same place, %d moved, %d lost, %s lost with them.",
			d.Ref, d.Place, plural(d.Same, "span"), len(d.Moved), len(d.Lost), plural(d.Relations, "relation"))
		for i, s := range d.Moved {
			if i == moves {
				a.note("  … and %d more moved (--json lists all)", len(d.Moved)-moves)
				break
			}
			a.note("  moved: %s “%s” of %s, %s → %s", s.Label, s.Text, s.Annotator, placesOf(s.From), placesOf(s.To))
		}
		for _, s := range d.Lost {
			why := "its words are gone"
			if s.Fate == drift.Unsure {
				why = "its words stand in several places"
			}
			a.note("  lost: %s “%s” of %s, %s: %s", s.Label, s.Text, s.Annotator, placesOf(s.From), why)
		}
		if d.Unlisted > 0 {
			a.note("  … and %s", plural(d.Unlisted, "span"))
		}
	}
	if waiting {
		a.note("Nothing of this was done. Do it with --accept-drift: lost spans stay with the old text, which goes to the bin, and their article is flagged.")
	}
}

func placesOf(f annotate.Fragments) string {
	s := ""
	for i, r := range f {
		if i > 0 {
			s += " "
		}
		s += fmt.Sprintf("%d–%d", r.Start, r.End)
	}
	return s
}
