package cli

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lede/annotate/edit"
)

func (a *app) detectCommand() *cobra.Command {
	f := deedFlags{}
	cmd := &cobra.Command{
		Use:   "detect PROJECT --filter FILTER",
		Short: "Tell the language of articles that have none",
		Long: `Detect gives the articles that pass a filter their language, as one step that can be
undone. Articles that have a language keep it, and articles whose language cannot be
told for sure, because they are short or much like two languages, get none.

“lede import” does the same for files that say nothing of the language. An article
keeps that its language was detected as the fact “language-detected”, so that
“meta.language-detected:*” in a filter finds them all and “lang:de” those in German.`,
		Example: "  lede detect strike.lede --all\n  lede detect strike.lede --filter source:reuters --dry-run",
		Args:    takes(1, 1, "one project"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.deed(cmd, args[0], f, edit.DetectLanguages())
		},
		ValidArgsFunction: onlyProject,
	}
	f.addWhich(cmd)
	return cmd
}

// tellDetected says which languages an import has detected.
func (a *app) tellDetected(by map[string]int) {
	told := map[string]int{}
	n := 0
	for code, k := range by {
		if code != "" {
			told[code] = k
			n += k
		}
	}
	codes := slices.SortedFunc(maps.Keys(told), func(x, y string) int { return cmp.Or(told[y]-told[x], strings.Compare(x, y)) })
	for i, code := range codes {
		codes[i] = fmt.Sprintf("%s %d", code, told[code])
	}
	if n > 0 {
		a.note("Language detected for %s: %s.", plural(n, "article"), few(codes))
	}
	if k := by[""]; k > 0 {
		a.note("Language not told for sure, and left open, for %s.", plural(k, "article"))
	}
}
