// Package schemas holds the schemas that ship with Lede, as schema files
// (annotate/schema reads them; docs/schema.md says how they are written). The
// package imports nothing of ours.
package schemas

import (
	"embed"
	"slices"
	"strings"
)

//go:embed *.yaml
var files embed.FS

// JSONSchema describes schema files to editors, as JSON Schema.
//
//go:embed lede-schema.json
var JSONSchema []byte

// Default is the schema of a new project when none is named.
const Default = "news"

// Names lists the schemas, the default first.
func Names() []string {
	entries, err := files.ReadDir(".")
	if err != nil {
		panic(err) // the folder is embedded; its absence is a broken build
	}
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ".yaml"))
	}
	slices.SortFunc(names, func(a, b string) int {
		if a == Default || b == Default {
			return strings.Compare(rank(a), rank(b))
		}
		return strings.Compare(a, b)
	})
	return names
}

func rank(name string) string {
	if name == Default {
		return ""
	}
	return name
}

// Read is the file of a schema.
func Read(name string) ([]byte, bool) {
	if !slices.Contains(Names(), name) {
		return nil, false
	}
	raw, err := files.ReadFile(name + ".yaml")
	return raw, err == nil
}
