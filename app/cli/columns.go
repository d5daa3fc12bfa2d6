package cli

import (
	"github.com/spf13/cobra"

	"lede/annotate/format"
)

// columnFlag adds --column to a command that reads files; format.ParseColumns
// understands its values.
func columnFlag(cmd *cobra.Command, to *[]string) {
	cmd.Flags().StringArrayVar(to, "column", nil,
		"what a column of a table (a key of JSON lines) holds, as FACT=COLUMN: text, title, id, source, url, author, published, language, meta:KEY or drop; may be given several times")
	complete(cmd, "column", func() []string {
		var facts []string
		for _, f := range append(append([]string{}, format.ColumnFacts...), "meta:", "drop") {
			facts = append(facts, f+"=")
		}
		return facts
	})
}
