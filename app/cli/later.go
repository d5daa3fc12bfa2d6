package cli

import (
	"fmt"

	"github.com/spf13/cobra"
)

// later are commands that are designed but not built, so that lede merge is
// not taken for a project named merge.
var later = []string{"merge", "agree", "suggest"}

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
