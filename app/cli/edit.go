package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lede/annotate"
	"lede/annotate/edit"
	"lede/annotate/facts"
)

// editFlags are the flags of lede edit.
type editFlags struct {
	deedFlags
	refs       []string
	set, unset []string
}

func (a *app) editCommand() *cobra.Command {
	f := editFlags{}
	cmd := &cobra.Command{
		Use:   "edit PROJECT --article REF --set KEY=VALUE",
		Short: "Change facts of articles",
		Long: `Edit sets facts of articles, or removes them, as one step that can be undone: title,
source (publisher), author (byline), published (date), language, url, tags, assigned,
or any other name for a fact of your own, each once. A date is written as 2026-03-04, 2026-03 or
2026, a language as its code, several tags with commas between them. The text of an
article never changes. Status and flag are no facts of an article but an annotator's
work; a fact of your own that is called so is meta.status.`,
		Example: "  lede edit strike.lede --article wire-17 --set 'title=Strike called off' --set date=2026-03-04\n" +
			"  lede edit strike.lede --filter source:reuters --set publisher=Reuters --set desk=politics\n" +
			"  lede edit strike.lede --all --unset desk",
		Args: takes(1, 1, "one project"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.edit(cmd, args[0], f) },
	}
	f.addWhich(cmd)
	cmd.Flags().StringArrayVar(&f.refs, "article", nil, "an article, by its ref; may be repeated")
	cmd.Flags().StringArrayVar(&f.set, "set", nil, "a fact and its value, as title=Strike; may be repeated")
	cmd.Flags().StringArrayVar(&f.unset, "unset", nil, "a fact to remove; may be repeated")
	cmd.ValidArgsFunction = onlyProject
	return cmd
}

// fact is one that is to be set, to "" if it is to go.
type fact struct {
	key   facts.Key
	value string
}

// asked reads what is to be set; me is who does it.
func (f editFlags) asked(cmd *cobra.Command, me string) (all []fact, err error) {
	for _, s := range f.set {
		name, value, ok := strings.Cut(s, "=")
		if !ok || strings.TrimSpace(value) == "" {
			return nil, misuse(cmd, "--set %q: write a fact and its value, as title=Strike; --unset removes one", s)
		}
		key, err := facts.Named(name)
		if err != nil {
			return nil, err
		}
		if key == facts.Assigned {
			value = strings.Join(annotate.Meant(annotate.Listed(value), me), ", ")
		}
		all = append(all, fact{key, value})
	}
	for _, name := range f.unset {
		key, err := facts.Named(name)
		if err != nil {
			return nil, err
		}
		all = append(all, fact{key, ""})
	}
	for i, x := range all {
		if slices.ContainsFunc(all[:i], func(y fact) bool { return y.key == x.key }) {
			return nil, misuse(cmd, "the fact “%s” is given twice: it can have one value", x.key)
		}
	}
	if len(all) == 0 {
		return nil, misuse(cmd, "say what to change: --set KEY=VALUE or --unset KEY")
	}
	return all, nil
}

func (a *app) edit(cmd *cobra.Command, project string, f editFlags) error {
	which := 0
	for _, given := range []bool{f.all, f.filter.typed != "", len(f.refs) > 0} {
		if given {
			which++
		}
	}
	if which != 1 {
		return misuse(cmd, "say which articles: one of --article REF, --filter FILTER and --all")
	}
	all, err := f.asked(cmd, a.actor())
	if err != nil {
		return err
	}
	names := make([]string, len(all))
	for i, x := range all {
		names[i] = string(x.key)
	}
	deed := edit.AlterFacts("Change "+strings.ReplaceAll(strings.Join(names, ", "), "%", "%%")+" of %s", func(article annotate.Article) (annotate.Article, error) {
		var err error
		for _, x := range all {
			if article, err = facts.Set(article, x.key, x.value); err != nil {
				return article, err
			}
		}
		return article, nil
	})
	return a.deedOn(cmd, project, f.deedFlags, deed, func(ctx context.Context, store annotate.Store) ([]annotate.ID, error) {
		if len(f.refs) == 0 {
			return f.filter.articles(ctx, a, store)
		}
		return byRefs(ctx, store, f.refs)
	})
}

// byRefs finds articles by their refs.
func byRefs(ctx context.Context, store annotate.Store, refs []string) (ids []annotate.ID, err error) {
	for _, ref := range refs {
		found, err := store.Find(ctx, ref, "")
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			return nil, &annotate.Error{
				Kind: annotate.ErrNotFound, Op: "find article", Subject: ref, Detail: "the project has no article with this ref.",
				Hint: "The ref is the article's id as it was imported; the Article tab of the window shows it.",
			}
		}
		ids = append(ids, found[0].ID)
	}
	return ids, nil
}
