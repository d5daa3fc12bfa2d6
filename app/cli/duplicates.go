package cli

import (
	"context"
	"fmt"
	"math"

	"github.com/spf13/cobra"

	"lede/annotate"
	copies "lede/annotate/duplicates"
	"lede/annotate/format"
	"lede/annotate/split"
	"lede/annotate/text"
)

// comparing is the phase of looking for copies.
const comparing format.Phase = "comparing"

// duplicatesFlags are the flags of lede duplicates.
type duplicatesFlags struct {
	filter             filterFlag
	threshold          float64
	mark, dryRun, json bool
}

func (a *app) duplicatesCommand() *cobra.Command {
	var f duplicatesFlags
	cmd := &cobra.Command{
		Use:   "duplicates PROJECT",
		Short: "List articles that are nearly the same, as wire copy is",
		Long: `Duplicates lists clusters of articles that are nearly the same: they share at least
the part --threshold of their three-word sequences with another one of the cluster.

With --mark every copy but the first of its cluster keeps the first one's id as the fact
“copy-of”, as one step that can be undone, and articles that are no copies any more lose
it. “-meta.copy-of:*” in a filter is then one article of each story. “lede carry” brings
the annotations of one copy over to the others.`,
		Example:           "  lede duplicates strike.lede\n  lede duplicates strike.lede --threshold 0.8 --filter published:2026-03 --json\n  lede duplicates strike.lede --mark",
		Args:              takes(1, 1, "one project"),
		RunE:              func(cmd *cobra.Command, args []string) error { return a.duplicates(cmd, args[0], f) },
		ValidArgsFunction: onlyProject,
	}
	flags := cmd.Flags()
	thresholdFlag(cmd, &f.threshold)
	f.filter.add(cmd, "look only among the articles that pass")
	flags.BoolVar(&f.mark, "mark", false, "keep in each copy which article it is a copy of")
	flags.BoolVar(&f.dryRun, "dry-run", false, "with --mark: say how many articles would change, and change nothing")
	flags.BoolVar(&f.json, "json", false, "report as JSON")
	return cmd
}

func thresholdFlag(cmd *cobra.Command, to *float64) {
	cmd.Flags().Float64Var(to, "threshold", split.Threshold, "articles are copies that share this part of their three-word sequences, above 0 to 1")
}

func badThreshold(cmd *cobra.Command, threshold float64) error {
	if threshold > 0 && threshold <= 1 {
		return nil
	}
	return misuse(cmd, "--threshold is a number above 0 and up to 1, and %v is not", threshold)
}

func (a *app) duplicates(cmd *cobra.Command, project string, f duplicatesFlags) error {
	if err := badThreshold(cmd, f.threshold); err != nil {
		return err
	}
	if f.dryRun && !f.mark {
		return misuse(cmd, "--dry-run goes with --mark: without it nothing is changed")
	}
	ctx := cmd.Context()
	return a.with(ctx, project, modeOf(!f.mark || f.dryRun), func(store annotate.Store) error {
		among, err := f.filter.read(ctx, a, store)
		if err != nil {
			return err
		}
		found, err := a.findCopies(ctx, store, copies.Options{Threshold: f.threshold, Filter: among})
		if err != nil {
			return err
		}
		change, marked := annotate.Change{}, 0
		if f.mark {
			deed, ids, err := found.Mark(ctx, store)
			if err != nil {
				return err
			}
			if change, marked, err = a.do(ctx, store, deed, ids, f.dryRun); err != nil {
				return err
			}
		}
		if f.json {
			return a.asJSON(clustersJSON(found, change.ID))
		}
		if err := a.tellClusters(found); err != nil {
			return err
		}
		switch {
		case f.mark && marked == 0:
			a.note("Nothing changes: the copies are marked already.")
		case f.dryRun:
			a.note("%s: would be done.", change.Title)
		case f.mark:
			a.note("%s: done. “-meta.%s:*” in a filter is one article of each story.", change.Title, copies.Key)
		}
		return nil
	})
}

// findCopies looks for copies and tells how far it is.
func (a *app) findCopies(ctx context.Context, store annotate.Store, o copies.Options) (*copies.Found, error) {
	news, done := a.startSteps(comparing)
	defer done()
	o.Progress = news
	return copies.Find(ctx, store, o)
}

// copyJSON is a copy in a report.
type copyJSON struct {
	Ref       string  `json:"ref"`
	Title     string  `json:"title"`
	Source    string  `json:"source"`
	Published string  `json:"published"`
	Alike     float64 `json:"alike"` // to the first of the cluster
}

func clustersJSON(found *copies.Found, change annotate.ID) any {
	clusters := [][]copyJSON{}
	for _, c := range found.Clusters {
		var list []copyJSON
		for _, x := range c {
			list = append(list, copyJSON{x.Article.Ref, x.Article.Title, x.Article.Source, x.Article.Published, math.Round(x.Alike*100) / 100})
		}
		clusters = append(clusters, list)
	}
	return struct {
		Threshold float64      `json:"threshold"`
		Searched  int          `json:"searched"`
		Copies    int          `json:"copies"`
		Clusters  [][]copyJSON `json:"clusters"`
		Change    annotate.ID  `json:"change,omitempty"`
	}{found.Threshold, found.Searched, found.Copies, clusters, change}
}

func (a *app) tellClusters(found *copies.Found) error {
	if len(found.Clusters) > 0 {
		rows := [][]string{{"CLUSTER", "ALIKE", "ID", "SOURCE", "PUBLISHED", "TITLE"}}
		for i, c := range found.Clusters {
			for k, x := range c {
				alike := ""
				if k > 0 {
					alike = percent(x.Alike)
				}
				rows = append(rows, []string{fmt.Sprint(i + 1), alike, x.Article.Ref, x.Article.Source, x.Article.Published, oneLine(x.Article.Title)})
			}
		}
		if err := table(a.Stdout, rows); err != nil {
			return err
		}
	}
	a.note("%s of near-duplicates with %s among %s (alike by %v or more).",
		plural(len(found.Clusters), "cluster"), plural(found.Copies, "article"), plural(found.Searched, "article"), found.Threshold)
	return nil
}

func percent(part float64) string { return fmt.Sprintf("%.0f %%", part*100) }

// oneLine is the beginning of a text on one line of a table.
func oneLine(s string) string {
	const most = 60 // characters
	return text.Brief(s, most)
}
