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

// count counts in the background, and finds out whether the steps of another day are
// of the schema.
func (e *Editor) count() {
	store, steps := e.o.Session.Store(), e.o.Session.SchemaSteps()
	sheet.Start(&e.work,
		func(ctx context.Context, _ func(sheet.Progress)) (*annotate.Stats, error) {
			stats, err := store.Stats(ctx)
			if err == nil {
				err = steps.Read(ctx)
			}
			return stats, err
		},
		func(sheet.Progress) {},
		func(stats *annotate.Stats, err error) {
			if err == nil { // the next count will tell
				e.use = use{labels: stats.Labels}
				e.o.Session.TakeSchemaSteps(steps)
				e.soon()
			}
		})
}
