package cli

import (
	"context"
	"maps"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"lede/annotate"
)

func (a *app) statsCommand() *cobra.Command {
	var asJSON bool
	var f filterFlag
	cmd := &cobra.Command{
		Use:   "stats PROJECT",
		Short: "Count articles, labels, statuses and annotators",
		Args:  takes(1, 1, "one project"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.stats(cmd.Context(), args[0], f, asJSON)
		},
		ValidArgsFunction: onlyProject,
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "report as JSON")
	f.add(cmd, "count only articles that pass")
	a.readsAsOf(cmd, "count")
	return cmd
}

// statsReport is what stats --json writes.
type statsReport struct {
	Articles   int                     `json:"articles"`
	Spans      int                     `json:"spans"`
	Relations  int                     `json:"relations"`
	Labels     map[string]int          `json:"labels"`
	Status     map[annotate.Status]int `json:"status"`
	Annotators map[string]int          `json:"annotators"`
}

func (a *app) stats(ctx context.Context, project string, f filterFlag, asJSON bool) error {
	var found *annotate.Stats
	var schema *annotate.Schema
	err := a.with(ctx, project, annotate.ModeRead, func(store annotate.Store) (err error) {
		if schema, err = store.Schema(ctx); err != nil {
			return err
		}
		if f.typed == "" {
			found, err = store.Stats(ctx)
			return err
		}
		parsed, err := f.read(ctx, a, store)
		if err == nil {
			found, err = statsOf(ctx, store, schema, parsed)
		}
		return err
	})
	if err != nil {
		return err
	}
	r := statsReport{
		Articles: found.Articles, Spans: found.Spans, Relations: found.Relations,
		Labels: map[string]int{}, Status: map[annotate.Status]int{}, Annotators: map[string]int{},
	}
	maps.Copy(r.Labels, found.Labels)
	maps.Copy(r.Annotators, found.Annotators)
	for _, s := range annotate.Statuses {
		r.Status[s] = found.Status[s]
	}
	if asJSON {
		return a.asJSON(r)
	}
	return table(a.Stdout, statsRows(r, schema))
}

// statsOf counts what is in the articles that pass a filter, as Stats does in all.
func statsOf(ctx context.Context, store annotate.Store, schema *annotate.Schema, f *annotate.Filter) (*annotate.Stats, error) {
	s := &annotate.Stats{Labels: map[string]int{}, Status: map[annotate.Status]int{}, Annotators: map[string]int{}}
	names := map[annotate.ID]string{}
	for _, l := range schema.Labels {
		names[l.ID], s.Labels[l.Name] = l.Name, 0
	}
	for doc, err := range store.Documents(ctx, annotate.DocumentQuery{Filter: f}) {
		if err != nil {
			return nil, err
		}
		s.Articles++
		if len(doc.Sets) == 0 {
			s.Status[annotate.New]++
		}
		for _, set := range doc.Sets {
			s.Status[set.Set.Status]++
			s.Spans += len(set.Spans)
			s.Relations += len(set.Relations)
			if len(set.Spans) > 0 {
				s.Annotators[set.Annotator.Name] += len(set.Spans)
			}
			for _, span := range set.Spans {
				s.Labels[names[span.Label]]++
			}
		}
	}
	return s, nil
}

// statsRows lists labels in the order of the schema, annotators by name.
func statsRows(r statsReport, schema *annotate.Schema) [][]string {
	rows := [][]string{
		{"articles", strconv.Itoa(r.Articles)},
		{"spans", strconv.Itoa(r.Spans)},
		{"relations", strconv.Itoa(r.Relations)},
	}
	for _, s := range annotate.Statuses {
		rows = append(rows, []string{"status " + string(s), strconv.Itoa(r.Status[s])})
	}
	for _, l := range schema.Labels {
		rows = append(rows, []string{"label " + l.Name, strconv.Itoa(r.Labels[l.Name])})
	}
	for _, name := range slices.Sorted(maps.Keys(r.Annotators)) {
		rows = append(rows, []string{"annotator " + name, strconv.Itoa(r.Annotators[name])})
	}
	return rows
}

func (a *app) checkCommand() *cobra.Command {
	var asJSON, repair bool
	var out string
	var f ruleFlags
	cmd := &cobra.Command{
		Use:   "check PROJECT [--rules | --repair [--out NEW]]",
		Short: "Look for damage in a project, or hold its annotations against the schema",
		Long: `Check reads everything in a project and reports what is wrong with it. The exit
code is 1 if it found something. It changes nothing.

With --repair it brings all that can still be read of a damaged project into a new
one, and lists what was lost. The damaged file is never touched; the new one is
NEW, or beside it and called “… salvaged.lede”.

With --rules it holds the annotations against the schema instead: its rules, and
what follows from the schema itself, such as a required attribute that is
missing. Each warning is a line: the article, the span and a sentence. Those that
somebody has accepted are left out. docs/schema.md lists the rules.`,
		Example: "  lede check strike.lede\n  lede check strike.lede --repair --out strike-salvaged.lede\n  lede check strike.lede --rules --annotator ana --status done\n" +
			"  lede check strike.lede --rules --rule needs_relation,max_words --json",
		ValidArgsFunction: onlyProject,
	}
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		if repair && out == "" { // the new project may follow without its flag
			return takes(1, 2, "a project and, with --repair, the name of a new one")(cmd, args)
		}
		return takes(1, 1, "one project")(cmd, args)
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "report as JSON")
	cmd.Flags().BoolVar(&repair, "repair", false, "bring all that can be read of a damaged project into a new one")
	cmd.Flags().StringVar(&out, "out", "", "the new project (with --repair)")
	f.add(cmd)
	a.readsAsOf(cmd, "with --rules:")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		switch {
		case repair && f.rules:
			return misuse(cmd, "--rules and --repair are two different things to do")
		case out != "" && !repair:
			return misuse(cmd, "--out is for --repair")
		case f.rules:
			return a.checkRules(cmd, args[0], f, asJSON)
		}
		if err := f.needed(cmd); err != nil {
			return err
		}
		if len(args) > 1 {
			out = args[1]
		}
		if repair {
			return a.repair(cmd.Context(), args[0], out, asJSON)
		}
		return a.check(cmd.Context(), args[0], asJSON)
	}
	return cmd
}

// problem is one thing that check --json reports.
type problem struct {
	Where string `json:"where"`
	What  string `json:"what"`
}

func (a *app) check(ctx context.Context, project string, asJSON bool) error {
	if title, text := a.Projects.Place(project).Advice(); title != "" {
		a.note("lede: %s. %s", title, text)
	}
	problems, err := a.problemsOf(ctx, project)
	if err != nil {
		return err
	}
	if asJSON {
		err = a.asJSON(map[string][]problem{"problems": problems})
	} else {
		err = a.tellProblems(project, problems)
	}
	if err == nil && len(problems) > 0 {
		return errProblems
	}
	return err
}

func (a *app) problemsOf(ctx context.Context, project string) ([]problem, error) {
	problems := []problem{}
	err := a.with(ctx, project, annotate.ModeRead, func(store annotate.Store) error {
		found, err := store.Check(ctx)
		for _, p := range found {
			problems = append(problems, problem(p))
		}
		return err
	})
	return problems, err
}

func (a *app) tellProblems(project string, problems []problem) error {
	if len(problems) == 0 {
		return a.say("%s: no problems found.", project)
	}
	for _, p := range problems {
		if err := a.say("%s: %s", p.Where, p.What); err != nil {
			return err
		}
	}
	a.note("lede: %s found in %s. Nothing was changed; keep a copy of the file. “lede check --repair” brings all that can be read into a new project.", plural(len(problems), "problem"), project)
	return nil
}
