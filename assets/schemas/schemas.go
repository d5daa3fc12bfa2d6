// Package schemas holds the schemas that ship with Lede, as schema files
// (annotate/schema reads them; docs/schema.md says how they are written). The
// package imports nothing of ours.
package schemas

import (
	"embed"
	"slices"
)

//go:embed *.yaml
var files embed.FS

// JSONSchema describes schema files to editors, as JSON Schema.
//
//go:embed lede-schema.json
var JSONSchema []byte

// Default is the schema of a new project when none is named.
const Default = "news"

// names are the schemas as people are offered them: the default first, blank last.
var names = []string{Default, "ner", "protest", "acled", "ace", "polnear", "directquote", "blank"}

// Names lists the schemas in the order in which they are offered.
func Names() []string { return slices.Clone(names) }

// Read is the file of a schema.
func Read(name string) ([]byte, bool) {
	if !slices.Contains(names, name) {
		return nil, false
	}
	raw, err := files.ReadFile(name + ".yaml")
	return raw, err == nil
}
