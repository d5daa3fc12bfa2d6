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
	p := &planner{schema: &annotate.Schema{}}
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
			p.replay(c.Ops)
			if p.schema.Version++; p.schema.Version == version {
				p.inOrder()
				return p.schema, nil
			}
		}
		if len(changes) < historyPage {
			return nil, &annotate.Error{Kind: annotate.ErrDamaged, Detail: fmt.Sprintf("The history does not lead to version %d of the schema.", version)}
		}
	}
}

// replay does the ops of a change to the schema.
func (p *planner) replay(ops []annotate.Op) {
	s := p.schema
	for _, op := range ops {
		switch op.Kind {
		case annotate.KindLabel:
			s.Labels = replayed(s.Labels, op)
		case annotate.KindAttribute:
			s.Attributes = replayed(s.Attributes, op)
		case annotate.KindRelationType:
			s.RelationTypes = replayed(s.RelationTypes, op)
		case annotate.KindRule:
			s.Rules = replayed(s.Rules, op)
		default: // of no schema
		}
	}
}

func replayed[T annotate.Record](items []T, op annotate.Op) []T {
	if op.After == nil {
		return without(items, op.ID)
	}
	if now := at(items, op.ID); now != nil {
		*now = op.After.(T)
		return items
	}
	return append(items, op.After.(T))
}
