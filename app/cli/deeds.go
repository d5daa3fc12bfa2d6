package cli

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lede/annotate"
	"lede/annotate/edit"
)

// deedFlags are the flags of what is done to many articles.
type deedFlags struct {
	filter       filterFlag
	all, remove  bool
	dryRun, json bool
	removeUsage  string
}

func (f *deedFlags) add(cmd *cobra.Command) {
	f.addWhich(cmd)
	cmd.Flags().BoolVar(&f.remove, "remove", false, f.removeUsage)
}

// addWhich adds those that say which articles are meant.
func (f *deedFlags) addWhich(cmd *cobra.Command) {
	f.filter.add(cmd, "the articles that pass")
	cmd.Flags().BoolVar(&f.all, "all", false, "all articles")
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, "say how many articles it is about, and change nothing")
	cmd.Flags().BoolVar(&f.json, "json", false, "report as JSON")
}

func (a *app) tagCommand() *cobra.Command {
	f := deedFlags{removeUsage: "take the tags off"}
	cmd := &cobra.Command{
		Use:   "tag PROJECT TAG… --filter FILTER",
		Short: "Put tags on articles, or take them off",
		Long: `Tag puts tags on the articles that pass a filter, as one step that can be undone.
Tags are what an article belongs to: a round of coding, a sample, a topic. They are
facts of the article, under “tags”, and go out and come in with it.`,
		Example: "  lede tag strike.lede round1 --filter 'source:reuters published:2026-03'\n  lede tag strike.lede round1 --remove --all",
		Args:    takes(2, -1, "the project and at least one tag"),
	}
	f.add(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		deed := edit.TagArticles(args[1:], nil)
		if f.remove {
			deed = edit.TagArticles(nil, args[1:])
		}
		return a.deed(cmd, args[0], f, deed)
	}
	cmd.ValidArgsFunction = onlyProject
	return cmd
}

func (a *app) assignCommand() *cobra.Command {
	f := deedFlags{removeUsage: "take the articles from them"}
	cmd := &cobra.Command{
		Use:   "assign PROJECT NAME… --filter FILTER",
		Short: "Give articles to annotators, or take them back",
		Long: `Assign writes into the articles that pass a filter whose turn it is, as one step
that can be undone. “assigned:me” in the search field of the window shows each
annotator's own; several names are a double coding. Names of people who have not
begun yet are fine; “me” is who does it (--actor). It is a fact of the article, under “assigned”.`,
		Example: "  lede assign strike.lede ana ben --filter tag:round1\n  lede assign strike.lede ben --remove --filter 'assigned:ben status:done'",
		Args:    takes(2, -1, "the project and at least one name"),
	}
	f.add(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		names := annotate.Meant(args[1:], a.actor())
		deed := edit.AssignArticles(names, nil)
		if f.remove {
			deed = edit.AssignArticles(nil, names)
		}
		return a.deed(cmd, args[0], f, deed)
	}
	cmd.ValidArgsFunction = onlyProject
	return cmd
}

// deed does something to the articles that are meant. That nothing changes is no
// failure.
func (a *app) deed(cmd *cobra.Command, project string, f deedFlags, deed edit.Deed) error {
	if f.all == (f.filter.typed != "") {
		return whichArticles(cmd)
	}
	return a.deedOn(cmd, project, f, deed, func(ctx context.Context, store annotate.Store) ([]annotate.ID, error) {
		return f.filter.articles(ctx, a, store)
	})
}

// deedOn does something to the articles that which finds.
func (a *app) deedOn(cmd *cobra.Command, project string, f deedFlags, deed edit.Deed, which func(context.Context, annotate.Store) ([]annotate.ID, error)) error {
	ctx := cmd.Context()
	return a.with(ctx, project, modeOf(f.dryRun), func(store annotate.Store) error {
		ids, err := which(ctx, store)
		if err != nil {
			return err
		}
		c, n, err := a.do(ctx, store, deed, ids, f.dryRun)
		if err != nil {
			return err
		}
		if f.json {
			return a.asJSON(map[string]any{"articles": len(ids), "changed": n, "change": c.ID})
		}
		switch {
		case n == 0:
			a.note("Nothing changes: that is how the %s already.", strings.Replace(plural(len(ids), "article")+" are", "1 article are", "1 article is", 1))
		case f.dryRun:
			a.note("%s: would be done.", c.Title)
		default:
			a.note("%s: done. “lede undo %s” takes it back.", c.Title, project)
		}
		return nil
	})
}

func (a *app) do(ctx context.Context, store annotate.Store, deed edit.Deed, ids []annotate.ID, dryRun bool) (annotate.Change, int, error) {
	e := edit.Editor{Env: a.Env, Actor: a.actor()}
	c, n, err := e.Do(ctx, store, deed, ids, nil)
	switch {
	case errors.Is(err, annotate.ErrNothing):
		return annotate.Change{}, 0, nil
	case err != nil:
		return c, 0, err
	case dryRun:
		c.ID = ""
		return c, n, nil
	}
	c, err = store.Apply(ctx, c)
	return c, n, err
}

// commaList are the parts of a list with commas, each once.
func commaList(list []string) (parts []string) {
	for _, s := range list {
		if s = strings.TrimSpace(s); s != "" && !slices.Contains(parts, s) {
			parts = append(parts, s)
		}
	}
	return parts
}
