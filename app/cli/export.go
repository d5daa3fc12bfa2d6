package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lede/annotate"
	"lede/annotate/format"
)

// exportFlags are the flags of lede export.
type exportFlags struct {
	format, out, annotator, manifest string
	statuses, opts                   []string
	noText, dryRun, force, json      bool
	choices                          choiceFlags
	filter                           filterFlag
	parts                            splitFlags
}

func (a *app) exportCommand() *cobra.Command {
	var f exportFlags
	cmd := &cobra.Command{
		Use:   "export PROJECT --format FORMAT --out PATH|-",
		Short: "Write articles and annotations in a format of others",
		Long: `Export writes a file or a folder, reads it back to check it, and keeps a manifest
beside it: what went in, what came out, what the format cannot hold and what was
left out. The same is told on the standard error.

jsonl holds everything but the history and the details of the schema. Formats for
training hold finished work of one annotator unless --status and --annotator say
otherwise. “lede formats” lists the formats, “lede formats NAME” the options of one.`,
		Example: "  lede export strike.lede --format jsonl --out strike.jsonl\n" +
			"  lede export strike.lede --format jsonl --out march.jsonl --as-of 2026-03-31\n" +
			"  lede export strike.lede --format conll --out - --annotator ana --manifest strike.json\n" +
			"  lede export strike.lede --format brat --out brat/ --status done,in_progress\n" +
			"  lede export strike.lede --format conll --out ner/ --labels actor,place --map actor=PER,place=LOC --split 80/10/10 --seed 1\n" +
			"  lede export strike.lede --format jsonl --out shared.jsonl --anonymise --mask actor\n" +
			"  lede export strike.lede --format csv --out quotes/ --filter 'label:quote tag:round1 published:2026-03..2026-04'",
		Args: takes(1, 1, "one project"),
		ValidArgsFunction: func(cmd *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
			return onlyProject(cmd, args, word)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.format, "format", "", "format to write")
	flags.StringVar(&f.out, "out", "", "file or folder to make, or - for the standard output")
	flags.StringVar(&f.annotator, "annotator", "", "whose work goes out: a name, gold or all")
	flags.StringSliceVar(&f.statuses, "status", nil, "which annotation sets go out: new, in_progress, done, skipped, or all")
	flags.StringArrayVar(&f.opts, "opt", nil, "option of the format, as KEY=VALUE; may be given several times")
	flags.BoolVar(&f.noText, "no-text", false, "leave out the text, and keep offsets, lengths and hashes")
	flags.StringVar(&f.manifest, "manifest", "", "where the manifest goes (default: beside the data; with --out - nowhere)")
	flags.BoolVar(&f.dryRun, "dry-run", false, "say what would be written and lost, and write nothing")
	flags.BoolVar(&f.force, "force", false, "replace what is at PATH")
	flags.BoolVar(&f.json, "json", false, "report as JSON: the manifest, or with --dry-run the plan")
	f.choices.add(flags)
	f.parts.add(flags, "split", "make parts: shares as 80/10/10 (train, dev, test) or train=80,dev=10,test=10, or stored for those of lede split")
	f.filter.add(cmd, "only articles that pass")
	a.readsAsOf(cmd, "export")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		o, err := a.exportOptions(cmd, f)
		if err != nil {
			return err
		}
		return a.export(cmd.Context(), args[0], o, f)
	}
	complete(cmd, "format", func() []string { return formatNames(false) })
	complete(cmd, "status", statuses)
	return cmd
}

func (a *app) exportOptions(cmd *cobra.Command, f exportFlags) (format.ExportOptions, error) {
	o := format.ExportOptions{
		Format: f.format, Out: f.out, ManifestPath: f.manifest, Force: f.force,
		Annotator: f.annotator, NoText: f.noText, Version: a.Version,
	}
	switch {
	case f.format == "":
		return o, misuse(cmd, "--format is needed: %s", strings.Join(formatNames(false), ", "))
	case !slices.Contains(formatNames(false), f.format):
		return o, misuse(cmd, "--format is %s, and %q is none of them", strings.Join(formatNames(false), ", "), f.format)
	case f.out == "" && !f.dryRun:
		return o, misuse(cmd, "--out is needed: a file or folder to make, or - for the standard output")
	case f.out == "-" && f.json && !f.dryRun:
		return o, misuse(cmd, "--json and --out - both want the standard output; use --manifest FILE")
	}
	if f.out == "-" {
		o.Out, o.Stdout = "", a.Stdout
	}
	for _, s := range f.statuses {
		if s == annotate.AllName {
			o.Statuses = slices.Clone(annotate.Statuses)
			break
		}
		if !slices.Contains(statuses(), s) {
			return o, misuse(cmd, "--status is %s, and %q is none of them", strings.Join(statuses(), ", "), s)
		}
		o.Statuses = append(o.Statuses, annotate.Status(s))
	}
	var err error
	if o.Options, err = keyValues(cmd, f.opts); err != nil {
		return o, err
	}
	if err := f.choices.into(&o); err != nil {
		return o, err
	}
	o.Split, err = f.parts.options(cmd)
	return o, err
}

func statuses() []string {
	var all []string
	for _, s := range annotate.Statuses {
		all = append(all, string(s))
	}
	return all
}

func (a *app) export(ctx context.Context, project string, o format.ExportOptions, f exportFlags) error {
	return a.with(ctx, project, annotate.ModeRead, func(store annotate.Store) error {
		if f.filter.typed != "" {
			var err error
			if o.Articles, err = f.filter.articles(ctx, a, store); err != nil {
				return err
			}
			o.Filter = f.filter.typed
		}
		news, done := a.startProgress()
		defer done()
		o.Progress = news
		if f.dryRun {
			plan, err := format.MakePlan(ctx, store, o)
			done()
			if err != nil {
				return err
			}
			return a.tellPlan(plan, f)
		}
		m, err := format.Export(ctx, store, o)
		done()
		if err != nil {
			return err
		}
		return a.tellExport(m, f)
	})
}

func (a *app) tellPlan(plan *format.Plan, f exportFlags) error {
	if f.json {
		return a.asJSON(plan)
	}
	a.tellLosses(plan)
	return a.say("Would write %s as %s.", amount(plan), plan.Format)
}

func (a *app) tellExport(m *format.Manifest, f exportFlags) error {
	if f.json {
		a.tellLosses(&m.Plan)
		return a.asJSON(m)
	}
	a.tellLosses(&m.Plan)
	if f.out == "-" {
		a.note("Wrote %s as %s.", amount(&m.Plan), m.Format)
		return nil
	}
	return a.say("Wrote %s as %s to %s.", amount(&m.Plan), m.Format, f.out)
}

func amount(p *format.Plan) string {
	if f, err := format.Lookup(p.Format); err == nil && f.SchemaAlone {
		return "the schema"
	}
	c := p.Out
	return fmt.Sprintf("%s, %s and %s", plural(c.Articles, "article"), plural(c.Spans, "span"), plural(c.Relations, "relation"))
}

// tellLosses says on stderr what the format cannot hold, and what was left out.
func (a *app) tellLosses(p *format.Plan) {
	a.tellSplit(p.Split)
	if n := p.Anonymised; n != nil && len(n.Labels) > 0 {
		also := ""
		if n.Everywhere {
			also = fmt.Sprintf(" (%d of them not marked)", n.Unmarked)
		}
		a.note("Hidden behind placeholders: the words of spans labelled %s, in %s%s.", strings.Join(n.Labels, ", "), plural(n.Placeholders, "place"), also)
	}
	a.notes("Lost, because "+p.Format+" cannot hold it:", p.Losses)
	a.notes("Left out:", p.LeftOut)
}
