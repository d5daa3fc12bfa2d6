package commands

import (
	"slices"

	"fyne.io/fyne/v2"
)

// The commands of the schema.
const (
	SchemaEdit   = "schema.edit"
	SchemaExport = "schema.export"
	SchemaApply  = "schema.apply"
)

func schemaCommands() []Command {
	return []Command{
		{ID: SchemaEdit, Title: "Schema…", Menu: Project, Group: "Project", Keys: keys(mod(fyne.KeyL)), Help: "Labels, attributes, relations, document fields, kinds of entities and rules."},
		{ID: SchemaApply, Title: "Apply a schema…", Menu: Project, Group: "Project", Help: "One that comes with Lede, or a file: you see first what it would change."},
		{ID: SchemaExport, Title: "Export the schema…", Menu: Project, Group: "Project", EndsSection: true, Help: "As a file to be read, shared and applied to other projects."},
	}
}

// FixedWith lists the commands, those of labels aside, that have a digit or letter
// as a key of theirs, whatever labels have it too.
func (t *Table) FixedWith(key string) []Command {
	var have []Command
	for _, c := range t.fixed {
		if slices.Contains(t.keysOf(c), Shortcut{Key: fyne.KeyName(upper(key))}) {
			have = append(have, c)
		}
	}
	return have
}
