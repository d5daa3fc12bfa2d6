package cli

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lede/annotate"
	"lede/annotate/drift"
	copies "lede/annotate/duplicates"
	"lede/annotate/edit"
)

// carryFlags are the flags of lede carry.
type carryFlags struct {
	from         string
	to           []string
	annotator    string
	threshold    float64
	dryRun, json bool
}

func (a *app) carryCommand() *cobra.Command {
	var f carryFlags
	cmd := &cobra.Command{
		Use:   "carry PROJECT --from ARTICLE",
		Short: "Bring the annotations of an article over to its near-duplicates",
		Long: `Carry makes the spans and relations that an annotator made in one article in copies of
it, too, as one step that can be undone. Without --to these are all its near-duplicates
(“lede duplicates” lists them).

A span is made only where the same words stand, by themselves or by the words around
them; the others are listed. What the annotator has in a copy already stays as it is.
What is made is the work of the same annotator, with the origin “rule”. Articles are
named by their ids.`,
		Example:           "  lede carry strike.lede --from wire-17 --dry-run\n  lede carry strike.lede --from wire-17 --to post-3,herald-9 --annotator ana",
		Args:              takes(1, 1, "one project"),
		RunE:              func(cmd *cobra.Command, args []string) error { return a.carry(cmd, args[0], f) },
		ValidArgsFunction: onlyProject,
	}
	flags := cmd.Flags()
	flags.StringVar(&f.from, "from", "", "the article whose annotations are carried")
	flags.StringSliceVar(&f.to, "to", nil, "the copies that get them, several after commas (default: all near-duplicates)")
	flags.StringVar(&f.annotator, "annotator", "", "whose annotations they are (default: the current annotator)")
	thresholdFlag(cmd, &f.threshold)
	flags.BoolVar(&f.dryRun, "dry-run", false, "list what would be made, and change nothing")
	flags.BoolVar(&f.json, "json", false, "report as JSON")
	return cmd
}

func (a *app) carry(cmd *cobra.Command, project string, f carryFlags) error {
	if err := badThreshold(cmd, f.threshold); err != nil {
		return err
	}
	if f.from == "" {
		return misuse(cmd, "--from is needed: the article whose annotations are carried")
	}
	ctx := cmd.Context()
	return a.with(ctx, project, modeOf(f.dryRun), func(store annotate.Store) error {
		from, to, err := a.copiesOf(ctx, store, f)
		if err != nil {
			return err
		}
		carried, who, err := a.proposals(ctx, store, from, to, f)
		if err != nil {
			return err
		}
		c, spans, err := copies.Change(edit.Editor{Env: a.Env, Actor: a.actor()}, from, carried)
		nothing := errors.Is(err, annotate.ErrNothing)
		if err != nil && !nothing {
			return err
		}
		if !nothing && !f.dryRun {
			if c, err = store.Apply(ctx, c); err != nil {
				return err
			}
		}
		if nothing || f.dryRun {
			c.ID = ""
		}
		return a.tellCarried(ctx, store, carried, who, c, spans, f)
	})
}

// copiesOf finds the article that is meant and its copies.
func (a *app) copiesOf(ctx context.Context, store annotate.Store, f carryFlags) (from annotate.Article, to []annotate.ID, err error) {
	if from, err = oneArticle(ctx, store, f.from); err != nil {
		return from, nil, err
	}
	for _, ref := range commaList(f.to) {
		one, err := oneArticle(ctx, store, ref)
		if err != nil {
			return from, nil, err
		}
		if one.ID != from.ID && !slices.Contains(to, one.ID) {
			to = append(to, one.ID)
		}
	}
	if len(to) > 0 || len(f.to) > 0 {
		return from, to, nil
	}
	found, err := a.findCopies(ctx, store, copies.Options{Threshold: f.threshold})
	if err != nil {
		return from, nil, err
	}
	cluster, _ := found.ClusterOf(from.ID)
	for _, c := range cluster {
		if c.Article.ID != from.ID {
			to = append(to, c.Article.ID)
		}
	}
	if len(to) == 0 {
		return from, nil, &annotate.Error{
			Kind: annotate.ErrNotFound, Op: "carry", Subject: f.from, Detail: "the article has no near-duplicates.",
			Hint: "Lower --threshold, or name the copies with --to.",
		}
	}
	return from, to, nil
}

func oneArticle(ctx context.Context, store annotate.Store, ref string) (annotate.Article, error) {
	found, err := store.Find(ctx, ref, "")
	if err != nil {
		return annotate.Article{}, err
	}
	if len(found) == 0 {
		return annotate.Article{}, &annotate.Error{
			Kind: annotate.ErrNotFound, Op: "carry", Subject: ref, Detail: "there is no article with this id.",
			Hint: "“lede duplicates” lists ids of copies.",
		}
	}
	return found[0], nil
}

// proposals are what would be carried, and whose it is.
func (a *app) proposals(ctx context.Context, store annotate.Store, from annotate.Article, to []annotate.ID, f carryFlags) ([]*copies.Carried, annotate.Annotator, error) {
	name := a.Settings.Annotator(f.annotator, a.actorFlag)
	people, err := store.Annotators(ctx)
	if err != nil {
		return nil, annotate.Annotator{}, err
	}
	at := slices.IndexFunc(people, func(p annotate.Annotator) bool { return strings.EqualFold(p.Name, name) })
	if at < 0 {
		return nil, annotate.Annotator{}, &annotate.Error{
			Kind: annotate.ErrNotFound, Op: "carry", Subject: name, Detail: "the project has no annotator of this name.",
			Hint: "Say whose annotations are meant with --annotator; “lede stats” lists who has some.",
		}
	}
	schema, err := store.Schema(ctx)
	if err != nil {
		return nil, people[at], err
	}
	source, err := store.Document(ctx, from.ID)
	if err != nil {
		return nil, people[at], err
	}
	var all []*copies.Carried
	for doc, err := range store.Documents(ctx, annotate.DocumentQuery{Annotators: []annotate.ID{people[at].ID}, Articles: to}) {
		if err != nil {
			return nil, people[at], err
		}
		all = append(all, copies.Propose(source, doc, schema, people[at]))
	}
	return all, people[at], nil
}

// carriedJSON is what became of a span in a copy.
type carriedJSON struct {
	Copy  string             `json:"copy"` // the ref of the article
	Label string             `json:"label"`
	Fate  copies.Fate        `json:"fate"`
	From  annotate.Fragments `json:"from"`
	To    annotate.Fragments `json:"to"`
	Text  string             `json:"text"`
}

// why says in words what became of a span.
var why = map[copies.Fate]string{
	drift.Same: "same place", drift.Moved: "moved", drift.Lost: "its words are not there", drift.Unsure: "its words stand in several places", copies.There: "there already",
}

func (a *app) tellCarried(ctx context.Context, store annotate.Store, carried []*copies.Carried, who annotate.Annotator, c annotate.Change, spans int, f carryFlags) error {
	schema, err := store.Schema(ctx)
	if err != nil {
		return err
	}
	list := []carriedJSON{}
	rows := [][]string{{"COPY", "WHAT", "LABEL", "PLACE", "TEXT"}}
	for _, one := range carried {
		for _, p := range one.Proposals {
			label, _ := schema.Label(p.Span.Label)
			list = append(list, carriedJSON{one.Copy.Ref, label.Name, p.Fate, p.Span.Fragments, p.To, p.Text})
			rows = append(rows, []string{one.Copy.Ref, why[p.Fate], label.Name, placesOf(p.To), oneLine(p.Text)})
		}
	}
	if f.json {
		return a.asJSON(struct {
			Annotator string        `json:"annotator"`
			Spans     int           `json:"spans"` // made, or to be made
			Carried   []carriedJSON `json:"carried"`
			Change    annotate.ID   `json:"change,omitempty"`
		}{who.Name, spans, list, c.ID})
	}
	if len(rows) > 1 {
		if err := table(a.Stdout, rows); err != nil {
			return err
		}
	}
	switch {
	case len(list) == 0:
		a.note("%s has no spans in %s: there is nothing to carry. --annotator names somebody else.", who.Name, f.from)
	case c.Title == "":
		a.note("Nothing changes: what can be carried is there already.")
	case f.dryRun:
		a.note("%s: would be done.", c.Title)
	default:
		a.note("%s: done, as the work of %s.", c.Title, who.Name)
	}
	return nil
}
