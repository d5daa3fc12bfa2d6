package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/split"
)

// storedParts asks for the parts that articles have already.
const storedParts = "stored"

// splitFlags say how to split.
type splitFlags struct {
	shares, by string
	seed       int64
	threshold  float64
}

// add adds the flags; shares goes into a flag of that name, "" if it is an argument.
func (f *splitFlags) add(flags *pflag.FlagSet, name, usage string) {
	if name != "" {
		flags.StringVar(&f.shares, name, "", usage)
	}
	flags.Int64Var(&f.seed, "seed", 1, "another number makes another split")
	flags.StringVar(&f.by, "split-by", "", "keep articles with one value together: source, author, language, url (its host), published, published:month, published:year, another fact or a document field")
	flags.Float64Var(&f.threshold, "near", split.Threshold, "keep near-duplicates together: articles that share this part of their three-word sequences; 0 = do not look for them")
}

// options are nil if no split is asked for.
func (f *splitFlags) options(cmd *cobra.Command) (*format.SplitOptions, error) {
	if f.shares == "" {
		for _, name := range []string{"seed", "split-by", "near"} {
			if cmd.Flags().Changed(name) {
				return nil, misuse(cmd, "--%s says how to split, and needs --split", name)
			}
		}
		return nil, nil
	}
	if !(f.threshold >= 0 && f.threshold <= 1) {
		return nil, misuse(cmd, "--near is a number from 0 to 1, and %v is not", f.threshold)
	}
	o := &format.SplitOptions{Seed: f.seed, By: f.by, Threshold: f.threshold}
	if f.shares == storedParts {
		return o, nil
	}
	var err error
	if o.Parts, err = split.Parse(f.shares); err != nil {
		return nil, misuse(cmd, "the split %s", err)
	}
	return o, nil
}

func (a *app) splitCommand() *cobra.Command {
	var f splitFlags
	var anew, dryRun, asJSON bool
	cmd := &cobra.Command{
		Use:   "split PROJECT [SHARES]",
		Short: "Divide the articles into parts for training and testing, for good",
		Long: `Split gives every article its part, train, dev or test, and keeps it as the
article's fact “split”. It is one step that can be undone. Articles that have a
part keep it, so that a test set stays a test set when articles are added; --anew
gives all of them another.

Near-duplicates, as the wire copy that many papers print, get the same part, and
so do articles with the same value of --split-by. Shares come out right for the
spans of each label, too. “lede export --split” follows these parts, and gives
those that have none a part for that export alone, in the same way.`,
		Example: "  lede split strike.lede 80/10/10\n  lede split strike.lede train=70,dev=15,test=15 --split-by source --seed 7 --dry-run",
		Args:    takes(1, 2, "a project, and shares as 80/10/10"),
		RunE: func(cmd *cobra.Command, args []string) error {
			f.shares = "80/10/10"
			if len(args) > 1 {
				f.shares = args[1]
			}
			if f.shares == storedParts {
				return misuse(cmd, "the shares are numbers, as 80/10/10")
			}
			o, err := f.options(cmd)
			if err != nil {
				return err
			}
			return a.split(cmd.Context(), args[0], *o, anew, dryRun, asJSON)
		},
		ValidArgsFunction: onlyProject,
	}
	f.add(cmd.Flags(), "", "")
	cmd.Flags().BoolVar(&anew, "anew", false, "also give articles another part that have one")
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "say how the parts would be, and change nothing")
	cmd.Flags().BoolVar(&asJSON, "json", false, "report as JSON")
	return cmd
}

func (a *app) split(ctx context.Context, project string, o format.SplitOptions, anew, dryRun, asJSON bool) error {
	var plan *format.SplitPlan
	var change annotate.ID
	err := a.with(ctx, project, modeOf(dryRun), func(store annotate.Store) (err error) {
		plan, change, err = format.SplitProject(ctx, store, o, anew, dryRun, a.actor(), a.Env)
		return err
	})
	if err != nil {
		return err
	}
	if asJSON {
		return a.asJSON(plan)
	}
	rows := [][]string{{"PART", "ARTICLES", "SPANS"}}
	for _, p := range plan.Parts {
		rows = append(rows, []string{p.Name, fmt.Sprint(p.Articles), fmt.Sprint(p.Spans)})
	}
	if err := table(a.Stdout, rows); err != nil {
		return err
	}
	a.tellKept(plan)
	if change == "" && !dryRun {
		a.note("Every article had its part already; nothing was changed.")
	}
	return nil
}

// tellSplit says on stderr how the data is split.
func (a *app) tellSplit(p *format.SplitPlan) {
	if p == nil {
		return
	}
	var parts []string
	for _, part := range p.Parts {
		parts = append(parts, fmt.Sprintf("%s %s (%s)", part.Name, plural(part.Articles, "article"), plural(part.Spans, "span")))
	}
	a.note("Split with seed %d: %s.", p.Seed, strings.Join(parts, ", "))
	a.tellKept(p)
}

// tellKept says what was kept together, and what could not be.
func (a *app) tellKept(p *format.SplitPlan) {
	switch {
	case p.Clusters > 0:
		a.note("Kept together: %s of near-duplicates with %s (alike by %v or more).", plural(p.Clusters, "cluster"), plural(p.Clustered, "article"), p.Threshold)
	case p.Threshold > 0:
		a.note("There are no near-duplicates (alike by %v or more).", p.Threshold)
	default:
		a.note("Near-duplicates were not looked for: the same story may be in several parts.")
	}
	if p.Stored > 0 {
		a.note("%s had a part already and kept it.", plural(p.Stored, "article"))
	}
	if p.Straddling > 0 {
		a.note("Had another part already than their near-duplicates or their group: %s, as %s.", plural(p.Straddling, "article"), strings.Join(p.Examples, ", "))
	}
}
