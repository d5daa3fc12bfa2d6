package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"lede/annotate"
)

type (
	kind   = annotate.Kind
	id     = annotate.ID
	record = annotate.Record
)

// layout says how the records of a kind lie in their table.
type layout struct {
	table   string
	columns []string // the first is the id
	shown   string   // condition on t under which a record is there
	soft    bool     // the table has a state: rows are marked as deleted, not removed
	values  func(record) ([]any, error)
	scan    func(scanner) (record, error)
}

// scanner is a row: *sql.Row or *sql.Rows.
type scanner interface{ Scan(dest ...any) error }

// nullable are the columns in which nothing is NULL; layouts read it as "".
var nullable = map[string]bool{
	"meta": true, "import": true, "extra": true, "state_extra": true, "labels": true, "choices": true, "fields": true,
	"from_labels": true, "to_labels": true, "attributes": true, "entity": true,
	"default_value": true, "when_values": true, "aliases": true, "accepted": true,
}

const (
	shownSet     = "EXISTS (SELECT 1 FROM shown_set s WHERE s.id = t.%s)"
	shownArticle = "EXISTS (SELECT 1 FROM shown_article a WHERE a.id = t.id)"
	liveRow      = "t.state = 'live'"
)

var layouts = map[kind]*layout{
	annotate.KindImport:       &imports,
	annotate.KindArticle:      &articles,
	annotate.KindArticleState: &articleStates,
	annotate.KindLabel:        &labels,
	annotate.KindAttribute:    &attributes,
	annotate.KindRelationType: &relationTypes,
	annotate.KindRule:         &rules,
	annotate.KindEntity:       &entities,
	annotate.KindAnnotator:    &annotators,
	annotate.KindSet:          &sets,
	annotate.KindSpan:         &spans,
	annotate.KindRelation:     &relations,
}

// fields lists the columns for a SELECT from a table called t.
func (l *layout) fields() string {
	fields := make([]string, len(l.columns))
	for i, c := range l.columns {
		fields[i] = "t." + c
		if nullable[c] {
			fields[i] = "coalesce(t." + c + ", '')"
		}
	}
	return strings.Join(fields, ", ")
}

// insert is the statement that adds a row; more are columns that are no part of
// the record.
func (l *layout) insert(more ...string) string {
	columns := slices.Concat(l.columns, more)
	return fmt.Sprintf("INSERT INTO %s (%s) VALUES (?%s)", l.table, strings.Join(columns, ", "), strings.Repeat(", ?", len(columns)-1))
}

// current reads the record that the Before of an op must be; nil for none.
func (l *layout) current(ctx context.Context, q queries, i id) (record, error) {
	r, err := l.scan(q.QueryRowContext(ctx, "SELECT "+l.fields()+" FROM "+l.table+" t WHERE t.id = ? AND "+l.shown, i))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return r, err
}

// create adds a record. A row of the same id that is not shown is a conflict,
// unless it is one that was deleted or staged to come back.
func (l *layout) create(ctx context.Context, q queries, r record) error {
	values, err := l.values(r)
	if err != nil {
		return err
	}
	statement := l.insert()
	if l.soft {
		sets := make([]string, len(l.columns))
		for i, c := range l.columns {
			sets[i] = c + " = excluded." + c
		}
		statement += " ON CONFLICT (id) DO UPDATE SET state = 'live', " + strings.Join(sets, ", ")
	}
	_, err = q.ExecContext(ctx, statement, values...)
	if alreadyThere(err) {
		return &annotate.ConflictError{Kind: r.RecordKind(), ID: r.RecordID()}
	}
	return err
}

// update replaces a record that is there. Only the columns in which it differs from
// before are written, as each one costs the indexes that it is in; nil = all.
func (l *layout) update(ctx context.Context, q queries, before, r record) error {
	values, err := l.values(r)
	if err != nil {
		return err
	}
	old := make([]any, len(values))
	if before != nil {
		if old, err = l.values(before); err != nil {
			return err
		}
	}
	var set []string
	var args []any
	for i, c := range l.columns {
		if before == nil || old[i] != values[i] {
			set, args = append(set, c+" = ?"), append(args, values[i])
		}
	}
	if len(set) == 0 {
		return nil
	}
	_, err = q.ExecContext(ctx, "UPDATE "+l.table+" SET "+strings.Join(set, ", ")+" WHERE id = ?", append(args, r.RecordID())...)
	return err
}

// remove ends a record.
func (l *layout) remove(ctx context.Context, q queries, i id) error {
	statement := "DELETE FROM " + l.table + " WHERE id = ?"
	if l.soft {
		statement = "UPDATE " + l.table + " SET state = 'deleted' WHERE id = ?"
	}
	_, err := q.ExecContext(ctx, statement, i)
	return err
}

// list reads every record of a kind that is there.
func list[T record](ctx context.Context, q queries, l *layout) ([]T, error) {
	rows, err := q.QueryContext(ctx, "SELECT "+l.fields()+" FROM "+l.table+" t WHERE "+l.shown)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (T, error) {
		r, err := l.scan(row)
		if err != nil {
			var none T
			return none, err
		}
		return r.(T), nil
	})
}

// collect reads and closes rows.
func collect[T any](rows *sql.Rows, scan func(scanner) (T, error)) (all []T, err error) {
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		item, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, item)
	}
	return all, rows.Err()
}

// refused is the error of a record that cannot be stored.
func refused(r record, format string, args ...any) error {
	return &annotate.InvalidError{Kind: r.RecordKind(), ID: r.RecordID(), Reason: fmt.Sprintf(format, args...)}
}

// none is v, or NULL for "".
func none(v id) any {
	if v == "" {
		return nil
	}
	return string(v)
}

// encoded are the JSON columns of a record in the making.
type encoded struct {
	r   record
	err error
}

func (e *encoded) json(v any, empty bool) any {
	if empty {
		return nil
	}
	raw, err := compact(v)
	if err != nil {
		e.err = refused(e.r, "%s", err)
	}
	return string(raw)
}

func (e *encoded) values(v annotate.Values) any { return e.json(v, len(v) == 0) }
func (e *encoded) ids(v []id) any               { return e.json(v, len(v) == 0) }
func (e *encoded) list(v []string) any          { return e.json(v, len(v) == 0) }

// extra keeps unknown fields as they were written, byte for byte.
func (e *encoded) extra(v annotate.Extra) any {
	if len(v) == 0 {
		return nil
	}
	var b strings.Builder
	b.WriteByte('{')
	for i, name := range slices.Sorted(maps.Keys(v)) {
		if i > 0 {
			b.WriteByte(',')
		}
		key, err := compact(name)
		if err != nil || !json.Valid(v[name]) {
			e.err = refused(e.r, "its field %q is no JSON", name)
		}
		b.Write(key)
		b.WriteByte(':')
		b.Write(v[name])
	}
	b.WriteByte('}')
	return b.String()
}

// compact is v as JSON without HTML escapes.
func compact(v any) ([]byte, error) {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return []byte(strings.TrimSuffix(b.String(), "\n")), nil
}

// column is a JSON column being read; "" leaves its target as it is.
type column[T any] struct{ target *T }

func into[T any](target *T) column[T] { return column[T]{target} }

// Scan implements sql.Scanner.
func (c column[T]) Scan(src any) error {
	var raw []byte
	switch v := src.(type) {
	case nil:
	case string:
		raw = []byte(v)
	case []byte:
		raw = v
	default:
		return fmt.Errorf("a column of JSON holds a %T", src)
	}
	if len(raw) == 0 {
		return nil
	}
	return json.Unmarshal(raw, c.target)
}

// name reads a column of text into a string type without reflection.
type name[S ~string] struct{ target *S }

func as[S ~string](target *S) name[S] { return name[S]{target} }

// Scan implements sql.Scanner.
func (n name[S]) Scan(src any) error {
	switch v := src.(type) {
	case string:
		*n.target = S(v)
	case []byte:
		*n.target = S(v)
	default:
		return fmt.Errorf("a column of text holds a %T", src)
	}
	return nil
}
