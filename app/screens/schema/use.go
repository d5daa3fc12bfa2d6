package schema

import (
	"context"

	"lede/annotate"
	"lede/app/screens/sheet"
)

// use is how often parts of the schema are used in annotations.
type use struct {
	labels map[string]int // spans, by name of the label
}

// count counts in the background.
func (e *Editor) count() {
	store := e.o.Session.Store()
	sheet.Start(&e.work,
		func(ctx context.Context, _ func(sheet.Progress)) (*annotate.Stats, error) { return store.Stats(ctx) },
		func(sheet.Progress) {},
		func(stats *annotate.Stats, err error) {
			if err == nil { // the next count will tell
				e.use = use{labels: stats.Labels}
				e.soon()
			}
		})
}
