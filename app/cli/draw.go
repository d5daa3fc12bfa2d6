package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"lede/annotate"
	"lede/annotate/filter"
	"lede/annotate/sample"
)

// drawFlags are the flags of lede sample.
type drawFlags struct {
	filter       filterFlag
	n            int
	by           []string
	seed         int64
	tag          string
	dryRun, json bool
}

func (a *app) sampleCommand() *cobra.Command {
	var f drawFlags
	cmd := &cobra.Command{
		Use:   "sample PROJECT --n N --tag TAG",
		Short: "Draw a stratified random sample of articles and tag it",
		Long: `Sample draws articles at random and tags them, as one step that can be undone.
With --by it draws in proportion from every stratum, that is from the articles with
the same source, month and so on, and at least one of each.

The same project, filter and seed give the same sample on every machine. Each
drawn article keeps the sampling frame as its fact “sample:TAG”: how many articles
there were, the filter, the seed, and how many of its stratum were drawn of how
many, so that the sample can be cited and weighted.`,
		Example: "  lede sample strike.lede --n 200 --by source,month --seed 1 --tag round1\n" +
			"  lede sample strike.lede --n 50 --filter 'lang:ar -tag:round1' --tag round2 --dry-run",
		Args:              takes(1, 1, "one project"),
		ValidArgsFunction: onlyProject,
	}
	flags := cmd.Flags()
	flags.IntVar(&f.n, "n", 0, "how many articles are drawn")
	flags.StringSliceVar(&f.by, "by", nil, "strata: "+strings.Join(sample.Facts, ", ")+" or meta.NAME for another fact; several after commas")
	flags.Int64Var(&f.seed, "seed", 1, "another number draws another sample")
	flags.StringVar(&f.tag, "tag", "", "the tag that the sample gets; several after commas")
	f.filter.add(cmd, "draw only of the articles that pass")
	flags.BoolVar(&f.dryRun, "dry-run", false, "say what would be drawn, and change nothing")
	flags.BoolVar(&f.json, "json", false, "report as JSON")
	cmd.RunE = func(cmd *cobra.Command, args []string) error { return a.sample(cmd, args[0], f) }
	complete(cmd, "by", func() []string { return sample.Facts })
	return cmd
}

func (a *app) sample(cmd *cobra.Command, project string, f drawFlags) error {
	f.by = commaList(f.by)
	tags := annotate.Listed(f.tag)
	for _, fact := range f.by {
		if !sample.Known(fact) {
			return misuse(cmd, "--by is %s or meta.NAME, and %q is none of them", strings.Join(sample.Facts, ", "), fact)
		}
	}
	switch {
	case f.n < 1:
		return misuse(cmd, "--n is needed: how many articles are drawn")
	case len(tags) == 0:
		return misuse(cmd, "--tag is needed: the tag that the sample gets")
	}
	ctx := cmd.Context()
	return a.with(ctx, project, modeOf(f.dryRun), func(store annotate.Store) error {
		parsed, err := f.filter.read(ctx, a, store)
		if err != nil {
			return err
		}
		s, err := sample.OfProject(ctx, store, parsed, tags, sample.Options{N: f.n, By: f.by, Seed: f.seed})
		if err != nil {
			return err
		}
		c, n, err := a.do(ctx, store, s.Deed(tags, f.filter.typed), s.Articles, f.dryRun)
		if err != nil {
			return err
		}
		return a.tellSample(s, tags, f, c, n)
	})
}

func (a *app) tellSample(s *sample.Sample, tags []string, f drawFlags, c annotate.Change, n int) error {
	if f.json {
		return a.asJSON(struct {
			*sample.Sample
			Tag    string      `json:"tag"`
			Filter string      `json:"filter,omitempty"`
			Change annotate.ID `json:"change,omitempty"`
		}{s, strings.Join(tags, ", "), f.filter.typed, c.ID})
	}
	head := []string{}
	for _, fact := range s.By {
		head = append(head, strings.ToUpper(fact))
	}
	rows := [][]string{append(head, "ARTICLES", "DRAWN")}
	for _, st := range s.Strata {
		var row []string
		for _, v := range st.Values {
			if v == "" {
				v = "–"
			}
			row = append(row, v)
		}
		rows = append(rows, append(row, fmt.Sprint(st.Of), fmt.Sprint(st.Drawn)))
	}
	if err := table(a.Stdout, rows); err != nil {
		return err
	}
	if !f.dryRun && n > 0 {
		a.note("%s. “%s” in a filter finds them.", c.Title, filter.Format(filter.Term(annotate.FilterTag, tags...)))
	}
	return nil
}
