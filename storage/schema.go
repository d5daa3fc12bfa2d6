package storage

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"

	"lede/annotate"
)

// sorted orders records by their place and name.
func sorted[T record](items []T, order func(T) (int, string)) []T {
	slices.SortFunc(items, func(a, b T) int {
		x, nameX := order(a)
		y, nameY := order(b)
		return cmp.Or(cmp.Compare(x, y), strings.Compare(nameX, nameY), strings.Compare(string(a.RecordID()), string(b.RecordID())))
	})
	return items
}

// Schema reads the schema and its version.
func (s *store) Schema(ctx context.Context) (*annotate.Schema, error) {
	var schema annotate.Schema
	err := s.view(ctx, func(tx *sql.Tx) (err error) {
		schema, err = readSchema(ctx, tx)
		return err
	})
	if err != nil {
		return nil, explain("read schema of", s.shown, err)
	}
	return &schema, nil
}

func readSchema(ctx context.Context, q queries) (schema annotate.Schema, err error) {
	err = q.QueryRowContext(ctx, "SELECT coalesce((SELECT schema_version FROM change ORDER BY position DESC LIMIT 1), 0)").Scan(&schema.Version)
	if err != nil {
		return schema, err
	}
	if schema.Labels, err = list[annotate.Label](ctx, q, &labels); err != nil {
		return schema, err
	}
	if schema.Attributes, err = list[annotate.Attribute](ctx, q, &attributes); err != nil {
		return schema, err
	}
	if schema.RelationTypes, err = list[annotate.RelationType](ctx, q, &relationTypes); err != nil {
		return schema, err
	}
	if schema.Rules, err = list[annotate.Rule](ctx, q, &rules); err != nil {
		return schema, err
	}
	schema.Sort()
	return schema, nil
}

// Annotators lists annotators by name.
func (s *store) Annotators(ctx context.Context) ([]annotate.Annotator, error) {
	all, err := list[annotate.Annotator](ctx, s.reader, &annotators)
	return sorted(all, func(a annotate.Annotator) (int, string) { return 0, a.Name }), explain("read annotators of", s.shown, err)
}

// Entities lists entities by name.
func (s *store) Entities(ctx context.Context) ([]annotate.Entity, error) {
	all, err := list[annotate.Entity](ctx, s.reader, &entities)
	return sorted(all, func(e annotate.Entity) (int, string) { return 0, e.Name }), explain("read entities of", s.shown, err)
}

// Stats counts what the project holds.
func (s *store) Stats(ctx context.Context) (*annotate.Stats, error) {
	stats := &annotate.Stats{Labels: map[string]int{}, Status: map[annotate.Status]int{}, Annotators: map[string]int{}}
	err := s.view(ctx, func(tx *sql.Tx) error { return readStats(ctx, tx, stats) })
	if err != nil {
		return nil, explain("count in", s.shown, err)
	}
	return stats, nil
}
