package cli

import (
	"github.com/spf13/cobra"

	"lede/annotate"
	"lede/annotate/edit"
	"lede/annotate/filter"
)

func (a *app) binCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "bin",
		Short: "List the articles in the bin, put articles there or restore them",
		Long: `An article in the bin keeps its text and all annotations, and takes part in nothing:
no list, no count, no export. It can be restored at any time.`,
		Args: takes(0, 0, "one of its commands"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return misuse(cmd, "say what to do: list, add or restore")
		},
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	cmd.AddCommand(a.binListCommand(), a.binAddCommand(), a.binRestoreCommand())
	return cmd
}

func (a *app) binListCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list PROJECT",
		Short: "List the articles in the bin",
		Args:  takes(1, 1, "one project"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), args[0], annotate.ModeRead, func(store annotate.Store) error {
				rows, err := store.Articles(cmd.Context(), annotate.ArticleQuery{Presence: annotate.Deleted})
				if err != nil {
					return err
				}
				return a.tellBin(rows, asJSON)
			})
		},
		ValidArgsFunction: onlyProject,
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "report as JSON")
	a.readsAsOf(cmd, "list the bin of")
	return cmd
}

// binned is an article of bin list --json.
type binned struct {
	Ref   string `json:"ref"`
	Title string `json:"title"`
}

func (a *app) tellBin(rows []annotate.ArticleRow, asJSON bool) error {
	found, lines := []binned{}, [][]string{}
	for _, r := range rows {
		found = append(found, binned{r.Article.Ref, r.Article.Title})
		lines = append(lines, []string{r.Article.Ref, r.Article.Title})
	}
	switch {
	case asJSON:
		return a.asJSON(map[string][]binned{"articles": found})
	case len(rows) == 0:
		a.note("The bin is empty.")
		return nil
	}
	return table(a.Stdout, lines)
}

func (a *app) binAddCommand() *cobra.Command {
	var f deedFlags
	cmd := &cobra.Command{
		Use:     "add PROJECT --filter FILTER",
		Short:   "Move articles to the bin",
		Long:    "Moves the articles that pass a filter to the bin, as one step that can be undone.",
		Example: "  lede bin add strike.lede --filter 'tag:duplicate'",
		Args:    takes(1, 1, "one project"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.deed(cmd, args[0], f, edit.BinArticles())
		},
		ValidArgsFunction: onlyProject,
	}
	f.meant(cmd, "all articles")
	return cmd
}

func (a *app) binRestoreCommand() *cobra.Command {
	var f deedFlags
	cmd := &cobra.Command{
		Use:     "restore PROJECT --filter FILTER",
		Short:   "Take articles out of the bin",
		Long:    "Takes the articles in the bin that pass a filter out of it, as one step that can be undone.",
		Example: "  lede bin restore strike.lede --all\n  lede bin restore strike.lede --filter 'source:reuters'",
		Args:    takes(1, 1, "one project"),
		RunE: func(cmd *cobra.Command, args []string) error {
			bin, err := f.filter.inBin(cmd, f.all)
			if err != nil {
				return err
			}
			f.filter, f.all = bin, false
			return a.deed(cmd, args[0], f, edit.RestoreArticles())
		},
		ValidArgsFunction: onlyProject,
	}
	f.meant(cmd, "all articles in the bin")
	return cmd
}

// inBin is what passes of the bin: all of it, or what passes the filter.
func (f filterFlag) inBin(cmd *cobra.Command, all bool) (filterFlag, error) {
	switch {
	case all == (f.typed != ""):
		return f, whichArticles(cmd)
	case all:
		return filterFlag{typed: "in:bin"}, nil
	}
	if _, err := filter.Parse(f.typed); err != nil {
		return f, err // as it was typed
	}
	return filterFlag{typed: "in:bin (" + f.typed + ")"}, nil
}

// whichArticles is the error of a command that was told neither all nor which, or both.
func whichArticles(cmd *cobra.Command) error {
	return misuse(cmd, "say which articles: either --filter FILTER or --all")
}

// meant are the flags of a deed that has no opposite.
func (f *deedFlags) meant(cmd *cobra.Command, all string) {
	f.filter.add(cmd, "the articles that pass")
	cmd.Flags().BoolVar(&f.all, "all", false, all)
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, "say how many articles it is about, and change nothing")
	cmd.Flags().BoolVar(&f.json, "json", false, "report as JSON")
}
