package rows

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"lede/annotate"
)

// Group is a group of columns that take their names from the project.
type Group int

// The groups: attributes of spans and relations, document fields, further facts of
// articles. Fixed is none of them.
const (
	Attributes Group = iota
	Fields
	Meta
	Fixed
)

// prefixes of the columns of a group. A column of attributes has its prefix only when
// its name would be taken for another column.
var prefixes = [Fixed]string{"attr_", "field_", "meta_"}

// Column is a column of a table.
type Column struct {
	Name  string
	Kind  Kind // of its cells; Text if they are of several
	Group Group
	Key   string // in the group
}

// Row is a row being made: the cells of the fixed columns, and those of the groups.
type Row struct {
	Fixed []Cell
	Open  [Fixed]map[string]Cell
}

// Spec says what columns a table has: fixed ones, and in between the groups.
type Spec struct {
	Name    string
	Columns []Column // those of a group are one Column without a name
}

// fixed makes fixed columns of one kind.
func fixed(kind Kind, names ...string) []Column {
	list := make([]Column, len(names))
	for i, n := range names {
		list[i] = Column{Name: n, Kind: kind, Group: Fixed}
	}
	return list
}

func group(g Group) []Column { return []Column{{Group: g}} }

// columns are all columns of a table: the groups are replaced by what was seen of
// them, what the schema names first and in its order.
func (s Spec) columns(seen [Fixed]map[string]Kind, schema *annotate.Schema) []Column {
	var list []Column
	for _, c := range s.Columns {
		if c.Group == Fixed {
			list = append(list, c)
			continue
		}
		for _, key := range order(seen[c.Group], c.Group, s.Name, schema) {
			list = append(list, Column{s.columnName(c.Group, key), cmp.Or(seen[c.Group][key], Text), c.Group, key})
		}
	}
	if s.Name == ArticlesTable {
		nameColumns(list)
	}
	return list
}

// order lists the keys of a group: those of the schema, used or not, then others by
// name.
func order(seen map[string]Kind, g Group, table string, schema *annotate.Schema) []string {
	var keys []string
	for _, a := range schema.Attributes {
		switch {
		case slices.Contains(keys, a.Name):
		case g == Fields && a.Scope == annotate.DocumentScope,
			g == Attributes && table == SpansTable && a.Scope == annotate.SpanScope,
			g == Attributes && table == RelationsTable && a.Scope == annotate.RelationScope:
			keys = append(keys, a.Name)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(seen)) {
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// columnName names the column of a key. Attributes keep their names where these say
// nothing else to a reader.
func (s Spec) columnName(g Group, key string) string {
	if g == Attributes && s.plainName(key) {
		return key
	}
	return prefixes[g] + key
}

// plainName says that a column of this name is one of an attribute.
func (s Spec) plainName(name string) bool {
	if name == "" || name != strings.TrimSpace(name) || own[s.Name][lower(name)] {
		return false
	}
	if slices.ContainsFunc(s.Columns, func(c Column) bool { return c.Group == Fixed && c.Name == lower(name) }) {
		return false
	}
	return !slices.ContainsFunc(prefixes[:], func(p string) bool { return strings.HasPrefix(strings.ToLower(name), p) })
}
