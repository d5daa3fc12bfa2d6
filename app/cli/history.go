package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lede/annotate"
	"lede/annotate/edit"
	"lede/annotate/text"
)

// asked is what a history is asked for.
type asked struct {
	by, article, topic, since, until, text string
	limit                                  int
	json                                   bool
}

func (a *app) historyCommand() *cobra.Command {
	var o asked
	cmd := &cobra.Command{
		Use:   "history PROJECT",
		Short: "List the changes made to a project, newest first",
		Long: `History lists who changed what, when and where, newest first. The flags choose
changes, all that are named together. TIME is like 2026-03-04 or “2026-03-04 17:30”,
in the time of this computer.`,
		Args: takes(1, 1, "one project"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.limit < 0 {
				return misuse(cmd, "--limit is a number from 0, and it is %d", o.limit)
			}
			q, err := o.query(cmd)
			if err != nil {
				return err
			}
			return a.history(cmd.Context(), args[0], o, q)
		},
		ValidArgsFunction: onlyProject,
	}
	f := cmd.Flags()
	f.IntVar(&o.limit, "limit", 0, "how many at most; 0 lists all")
	f.StringVar(&o.by, "by", "", "only what `NAME` did")
	f.StringVar(&o.article, "article", "", "only what was done to the article with this `REF`")
	f.StringVar(&o.topic, "about", "", "only changes of annotations, articles, entities, schema or imports")
	f.StringVar(&o.since, "since", "", "only changes of this `TIME` or later")
	f.StringVar(&o.until, "until", "", "only changes of this `TIME` or earlier")
	f.StringVar(&o.text, "text", "", "only changes whose sentence or article's title has these `WORDS`")
	f.BoolVar(&o.json, "json", false, "report as JSON")
	_ = cmd.RegisterFlagCompletionFunc("about", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return names(annotate.Topics), cobra.ShellCompDirectiveNoFileComp
	}) // the flag is there
	return cmd
}

// names are strings of a type of its own, as strings.
func names[S ~string](list []S) []string {
	all := make([]string, len(list))
	for i, s := range list {
		all[i] = string(s)
	}
	return all
}

// query is what the flags ask for; the article is not known yet.
func (o asked) query(cmd *cobra.Command) (q annotate.PastQuery, err error) {
	q = annotate.PastQuery{Actor: o.by, Topic: annotate.Topic(o.topic), Words: strings.Fields(o.text)}
	if o.topic != "" && !slices.Contains(annotate.Topics, q.Topic) {
		return q, misuse(cmd, "--about is one of %s, and it is %q", strings.Join(names(annotate.Topics), ", "), o.topic)
	}
	if o.since != "" {
		if q.From, err = moment(cmd, "--since", o.since, false); err != nil {
			return q, err
		}
	}
	if o.until != "" {
		q.Until, err = moment(cmd, "--until", o.until, true)
	}
	return q, err
}

// changeReport is one change of history --json.
type changeReport struct {
	ID       annotate.ID    `json:"id"`
	Time     string         `json:"time"` // RFC 3339, UTC
	Actor    string         `json:"actor"`
	Cause    annotate.Cause `json:"cause"`
	Title    string         `json:"title"`
	Sentence string         `json:"sentence"`
	Article  annotate.ID    `json:"article,omitempty"`
	Where    string         `json:"where,omitempty"` // the title of the article
	Articles int            `json:"articles"`        // how many it is about
	Records  int            `json:"records"`
	Undoes   annotate.ID    `json:"undoes,omitempty"`
	Redoes   annotate.ID    `json:"redoes,omitempty"`
	Undone   bool           `json:"undone"`
	Position int64          `json:"position"`
}

func reportOf(c annotate.PastRow) changeReport {
	return changeReport{
		ID: c.ID, Time: c.At().UTC().Format(time.RFC3339Nano), Actor: c.Actor, Cause: c.Cause, Title: c.Title, Sentence: c.Sentence(),
		Article: c.Article, Where: c.Where, Articles: c.Articles, Records: c.Touches, Undoes: c.Undoes, Redoes: c.Redoes,
		Undone: c.Undone, Position: c.Position,
	}
}

func (a *app) history(ctx context.Context, project string, o asked, q annotate.PastQuery) error {
	var rows []annotate.PastRow
	err := a.with(ctx, project, annotate.ModeRead, func(store annotate.Store) (err error) {
		if o.article != "" {
			found, err := store.Find(ctx, o.article, "")
			if err != nil {
				return err
			}
			if len(found) == 0 {
				return &annotate.Error{Kind: annotate.ErrNotFound, Op: "read history of", Subject: project, Detail: fmt.Sprintf("there is no article %q.", o.article)}
			}
			q.Article = found[0].ID
		}
		positions, err := store.Past(ctx, q)
		if err != nil {
			return err
		}
		if o.limit > 0 {
			positions = positions[:min(o.limit, len(positions))]
		}
		rows, err = store.PastRows(ctx, positions)
		return err
	})
	if err != nil {
		return err
	}
	if o.json {
		reports := make([]changeReport, len(rows))
		for i, c := range rows {
			reports[i] = reportOf(c)
		}
		return a.asJSON(reports)
	}
	var lines [][]string
	for _, c := range rows {
		sentence := c.Sentence()
		if c.Undone {
			sentence += " (undone)"
		}
		lines = append(lines, []string{string(c.ID), c.At().Local().Format("2006-01-02 15:04:05"), c.Actor, sentence, text.Brief(c.Where, 60)})
	}
	return table(a.Stdout, lines)
}

func (a *app) undoCommand() *cobra.Command {
	var id string
	var dryRun, asJSON bool
	cmd := &cobra.Command{
		Use:   "undo PROJECT",
		Short: "Take back the newest change, or the one that --id names",
		Long: `Undo takes back the newest change of whoever runs it (see --actor), or the change
of anybody that --id names; “lede history” lists the ids. It is refused if a later
change touched the same thing, and says which. Undoing is a change like any other
and stays in the history; the window can redo it.`,
		Args: takes(1, 1, "one project"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.undo(cmd.Context(), args[0], annotate.ID(id), dryRun, asJSON)
		},
		ValidArgsFunction: onlyProject,
	}
	cmd.Flags().StringVar(&id, "id", "", "the change to take back")
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "say what would be taken back, and do nothing")
	cmd.Flags().BoolVar(&asJSON, "json", false, "report as JSON")
	return cmd
}

func (a *app) undo(ctx context.Context, project string, id annotate.ID, dryRun, asJSON bool) error {
	return a.with(ctx, project, modeOf(dryRun), func(store annotate.Store) error {
		var err error
		if id == "" {
			if id, err = a.newestOf(ctx, store, project); err != nil {
				return err
			}
		}
		back, target, err := edit.Editor{Env: a.Env, Actor: a.actor()}.TakeBack(ctx, store, id)
		if err == nil && !dryRun {
			_, err = store.Apply(ctx, back)
		}
		if blocked, told := (*edit.BlockedError)(nil), (*annotate.Error)(nil); errors.As(err, &blocked) && errors.As(err, &told) {
			told.Hint = "Undo that first: --id " + string(blocked.By.ID) + "."
		}
		if err != nil {
			return err
		}
		return a.tellUndo(target, back, dryRun, asJSON)
	})
}

func (a *app) tellUndo(target, back annotate.Change, dryRun, asJSON bool) error {
	if asJSON {
		return a.asJSON(struct {
			Undone annotate.ID `json:"undone"`
			Title  string      `json:"title"`
			Actor  string      `json:"actor"`
			Change annotate.ID `json:"change,omitempty"`
			DryRun bool        `json:"dry_run"`
		}{target.ID, target.Title, target.Actor, map[bool]annotate.ID{false: back.ID}[dryRun], dryRun})
	}
	verb := map[bool]string{false: "Undid", true: "Would undo"}[dryRun]
	return a.say("%s “%s” of %s by %s.", verb, target.Title, target.At().Local().Format("2006-01-02 15:04:05"), target.Actor)
}

// newestOf is the change that whoever runs the command would take back.
func (a *app) newestOf(ctx context.Context, store annotate.Store, project string) (annotate.ID, error) {
	all, err := store.History(ctx, annotate.HistoryQuery{WithoutOps: true})
	if err != nil {
		return "", err
	}
	var stacks edit.Stacks
	for _, c := range all {
		stacks.Fold(c, a.actor())
	}
	if len(stacks.Undo) == 0 {
		return "", &annotate.Error{
			Kind: annotate.ErrNothing, Op: "undo", Subject: project, Detail: fmt.Sprintf("there is nothing of %s to undo.", a.actor()),
			Hint: "“lede history” lists the changes of others; --id takes one of them back.",
		}
	}
	return stacks.Undo[len(stacks.Undo)-1], nil
}
