package migrate

import (
	"context"
	"fmt"

	"lede/annotate"
)

// historyPage is how many changes At holds at a time.
const historyPage = 200

// At rebuilds the schema as it was at one of its versions, from 1 to that of now,
// so that what was exported then stays explainable. The version counts the changes
// that touched the schema; undoing one is another.
func At(ctx context.Context, store annotate.Store, version int) (*annotate.Schema, error) {
	schema := &annotate.Schema{}
	now := store.Info().SchemaVersion
	if version < 1 || version > now {
		return nil, &annotate.Error{
			Kind: annotate.ErrNotFound, Detail: fmt.Sprintf("There is no version %d of the schema.", version),
			Hint: fmt.Sprintf("It has versions 1 to %d.", now),
		}
	}
	for after := int64(0); ; {
		changes, err := store.History(ctx, annotate.HistoryQuery{After: after, Limit: historyPage})
		if err != nil {
			return nil, err
		}
		for _, c := range changes {
			after = c.Position
			if !c.TouchesSchema() {
				continue
			}
			if schema = schema.After(c); schema.Version == version {
				return schema, nil
			}
		}
		if len(changes) < historyPage {
			return nil, &annotate.Error{Kind: annotate.ErrDamaged, Detail: fmt.Sprintf("The history does not lead to version %d of the schema.", version)}
		}
	}
}
