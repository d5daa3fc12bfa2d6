package cli

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"
)

// later are commands that are designed but not built, so that lede search is
// not taken for a project named search.
var later = []string{"search", "merge", "agree", "suggest"}

func laterCommands() []*cobra.Command {
	var all []*cobra.Command
	for _, name := range later {
		all = append(all, &cobra.Command{
			Use:                name,
			Hidden:             true,
			DisableFlagParsing: true,
			RunE:               func(*cobra.Command, []string) error { return notYet(name) },
		})
	}
	return all
}

func notYet(what string) error {
	return &UsageError{fmt.Sprintf("%s: this is not in this version of Lede yet. “lede --help” lists what is.", what)}
}

// laterFlags adds flags that are designed but not built: values take one,
// switches do not. They are hidden; check refuses them.
func laterFlags(cmd *cobra.Command, values, switches []string) (check func() error) {
	for _, name := range values {
		cmd.Flags().String(name, "", "")
	}
	for _, name := range switches {
		cmd.Flags().Bool(name, false, "")
	}
	names := slices.Concat(values, switches)
	for _, name := range names {
		_ = cmd.Flags().MarkHidden(name) // it was added above
	}
	return func() error {
		for _, name := range names {
			if cmd.Flags().Changed(name) {
				return notYet(cmd.Name() + " --" + name)
			}
		}
		return nil
	}
}
