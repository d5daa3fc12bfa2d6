package cli

import (
	"cmp"
	"strings"

	"github.com/spf13/cobra"

	"lede/annotate/format"
)

func (a *app) formatsCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "formats [NAME]",
		Short: "List the file formats, or say all about one",
		Args:  takes(0, 1, "the name of one format, or nothing"),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return a.formats(asJSON)
			}
			f, err := format.Lookup(args[0])
			if err != nil {
				return err
			}
			if asJSON {
				return a.asJSON(reportFormat(f))
			}
			return a.tellFormat(f)
		},
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			var names []string
			for _, f := range format.All() {
				if len(args) == 0 {
					names = append(names, f.Name)
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "report as JSON")
	return cmd
}

// formatReport is one format of formats --json.
type formatReport struct {
	Name        string          `json:"name"`
	Title       string          `json:"title"`
	Description string          `json:"description"`
	Reads       bool            `json:"reads"`
	Writes      bool            `json:"writes"`
	Folder      bool            `json:"folder"`
	Training    bool            `json:"training"`
	NoText      bool            `json:"no_text"`
	Extensions  []string        `json:"extensions"`
	Splits      bool            `json:"splits"`  // one export holds all parts; else it is one for each part
	Offsets     string          `json:"offsets"` // the unit in which the files count
	CheckedBy   []string        `json:"checked_by"`
	Options     []format.Option `json:"options"`
	CannotHold  []string        `json:"cannot_hold"`
}

func reportFormat(f *format.Format) formatReport {
	options := append([]format.Option{}, f.Options...)
	if f.Reads() {
		options = append(options, format.ImportOptionsOfAll...)
	}
	if f.Writes() {
		options = append(options, format.ExportOptionsOfAll...)
	}
	return formatReport{
		Name: f.Name, Title: f.Title, Description: f.Description, Reads: f.Reads(), Writes: f.Writes(),
		Folder: f.Folder, Training: f.Training, NoText: f.Standoff,
		Splits: f.Splits, Offsets: string(cmp.Or(f.Offsets, format.CodePoints)), CheckedBy: append([]string{}, f.Oracles...),
		Extensions: append([]string{}, f.Extensions...), Options: options, CannotHold: append([]string{}, f.CannotHold...),
	}
}

func (a *app) formats(asJSON bool) error {
	reports := []formatReport{}
	rows := [][]string{{"FORMAT", "READS", "WRITES", "CHECKED BY", ""}}
	for _, f := range format.All() {
		reports = append(reports, reportFormat(f))
		rows = append(rows, []string{f.Name, yes(f.Reads()), yes(f.Writes()), CheckedBy(f), f.Description})
	}
	if asJSON {
		return a.asJSON(reports)
	}
	return table(a.Stdout, rows)
}

// CheckedBy names the programs of others that accepted what the format writes:
// “unverified” if there is none, "-" if it is only read.
func CheckedBy(f *format.Format) string {
	switch {
	case !f.Writes():
		return "-"
	case len(f.Oracles) == 0:
		return "unverified"
	}
	return strings.Join(f.Oracles, ", ")
}

func yes(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}

func (a *app) tellFormat(f *format.Format) error {
	r := reportFormat(f)
	rows := [][]string{
		{"format", r.Name},
		{"", r.Title + ": " + r.Description},
		{"reads", yes(r.Reads)},
		{"writes", yes(r.Writes)},
	}
	if len(r.Extensions) > 0 {
		rows = append(rows, []string{"files", strings.Join(r.Extensions, ", ")})
	}
	if r.Writes {
		rows = append(rows, []string{"exports", exportsByDefault(r)}, []string{"offsets", r.Offsets}, []string{"checked by", checkedAtLength(f)})
	}
	for _, o := range r.Options {
		rows = append(rows, []string{"--opt " + o.Key + "=" + optionValues(o), "on " + string(o.For) + ": " + o.Help + optionDefault(o)})
	}
	for _, what := range r.CannotHold {
		rows = append(rows, []string{"cannot hold", what})
	}
	return table(a.Stdout, rows)
}

func checkedAtLength(f *format.Format) string {
	if len(f.Oracles) == 0 {
		return "unverified: nobody but Lede has read an export in the tests"
	}
	return CheckedBy(f) + ", which accepted exports"
}

func exportsByDefault(r formatReport) string {
	if r.Training {
		return "finished work of one annotator, unless --status and --annotator say otherwise"
	}
	return "everything, unless --status and --annotator say otherwise"
}

func optionValues(o format.Option) string {
	if len(o.Values) == 0 {
		return "…"
	}
	return strings.Join(o.Values, "|")
}

func optionDefault(o format.Option) string {
	if o.Default == "" {
		return ""
	}
	return " (default " + o.Default + ")"
}
