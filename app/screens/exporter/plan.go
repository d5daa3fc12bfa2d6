package exporter

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"lede/annotate/format"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

func (d *Dialog) options() format.ExportOptions {
	return format.ExportOptions{
		Format: d.chosen.Name, Out: d.target(), Annotator: d.annotator(), Statuses: d.statusList(),
		NoText: d.noText, Options: d.values[d.chosen.Name], Version: d.o.Version, Articles: d.o.Articles,
	}
}

// replan works out anew what would go out and what would be lost.
func (d *Dialog) replan() {
	if d.plan == nil { // what was said of the last plan stays, so that nothing jumps
		d.judge()
	}
	d.plan, d.examples = nil, false
	d.ready("Export", false)
	d.say("Working out what goes out …")
	o, store := d.options(), d.o.Store
	if err := d.choices.into(&o, d.chosen); err != nil {
		d.work.Stop()
		d.planned(nil, err)
		return
	}
	sheet.Start(&d.work,
		func(ctx context.Context, tell func(sheet.Progress)) (*format.Plan, error) {
			o.Progress = func(p format.Progress) { tell(sheet.Progress{Done: p.Done, Total: p.Total}) }
			return format.MakePlan(ctx, store, o)
		},
		func(p sheet.Progress) {
			d.say(fmt.Sprintf("Working out what goes out: %s of %s articles", sheet.Number(p.Done), sheet.Number(p.Total)))
		},
		d.planned)
}

func (d *Dialog) planned(plan *format.Plan, err error) {
	if err != nil {
		d.say("")
		d.judge(d.refusal(err))
		return
	}
	d.plan = plan
	if d.chosen.SchemaAlone {
		d.say("The schema alone, for people to read: no articles, no annotations")
		d.ready("Export", true)
		d.judge()
		return
	}
	d.say(summary(plan, d.who.Titles, d.annotator()))
	d.ready(verb(plan), plan.Out.Articles > 0)
	d.judge(widgets.NewColumn(8, append(told(plan, d.width), d.losses())...))
}

func (d *Dialog) say(words string) { d.counts.SetText(words) }

func (d *Dialog) ready(words string, on bool) {
	d.button.Set(words, on)
	d.right.Refresh()
}

// judge shows what is said of the plan.
func (d *Dialog) judge(objects ...fyne.CanvasObject) {
	before := d.verdict.MinSize().Height
	d.verdict.Objects = objects
	d.verdict.Refresh()
	d.right.Refresh()
	if at := d.body.Offset; at.Y > 0 { // what is below stays in sight
		d.body.ScrollToOffset(at.AddXY(0, d.verdict.MinSize().Height-before))
	}
}

func verb(p *format.Plan) string {
	if p.Out.Spans == 0 {
		return "Export " + sheet.Count(p.Out.Articles, "article", "articles")
	}
	return "Export " + sheet.Count(p.Out.Spans, "span", "spans")
}

// summary is the line below the title: "37 done articles of ana · 63 not done
// left out".
func summary(p *format.Plan, people []string, who string) string {
	var b strings.Builder
	adjective := ""
	if len(p.Statuses) == 1 {
		adjective = strings.ReplaceAll(string(p.Statuses[0]), "_", " ") + " "
	}
	b.WriteString(sheet.Count(p.Out.Articles, adjective+"article", adjective+"articles"))
	switch {
	case who != "" && who != "all":
		b.WriteString(" of " + who)
	case len(people) > 2: // everybody, and more than one
		b.WriteString(" of " + everybody)
	}
	for i, n := range p.LeftOut {
		if i == 2 {
			b.WriteString(" · …")
			break
		}
		b.WriteString(" · " + sheet.Number(n.Count) + " " + shortly(n) + " left out")
	}
	if len(p.LeftOut) == 0 && p.In.Articles == p.Out.Articles {
		b.WriteString(" · nothing left out")
	}
	return b.String()
}

// shortly is why something is left out, in few words: "articles with status new"
// is "new".
func shortly(n format.Note) string {
	if _, status, ok := strings.Cut(n.What, "with status "); ok {
		return strings.ReplaceAll(status, "_", " ")
	}
	if n.Kind == "other_annotators" {
		return "of other annotators"
	}
	if n.Kind == "labels" {
		kind, _, _ := strings.Cut(n.What, " ")
		return kind + " with other labels"
	}
	return n.What
}

// losses is the box of what the format cannot hold.
func (d *Dialog) losses() fyne.CanvasObject {
	total := 0
	for _, n := range d.plan.Losses {
		total += n.Count
	}
	if total == 0 {
		return widgets.NewPadded(widgets.Even(2, 6), widgets.NewStretch(8, 1,
			widgets.NewIcon(widgets.IconCheck, 16, theme.Success), line("Nothing is lost: this format holds all of it.", theme.Text)))
	}
	head := line("This format cannot hold everything: "+sheet.Count(total, "detail stays", "details stay")+" behind", theme.Warning)
	head.Face = widgets.SansBold
	rows := []fyne.CanvasObject{head}
	for _, n := range worstFirst(d.plan.Losses) {
		count := line(sheet.Number(n.Count), theme.Text)
		count.Right = true
		what := widgets.NewParagraph(n.What, theme.TextSize, d.width-12-28-12-64, theme.Text)
		rows = append(rows, widgets.NewStretch(12, 0, what, widgets.NewAtLeast(fyne.NewSize(64, 0), count)))
		if d.examples {
			rows = append(rows, examples(n)...)
		}
	}
	show := "Show them"
	if d.examples {
		show = "Show fewer"
	}
	rows = append(rows, widgets.NewPadded(widgets.Pad{Left: -4}, widgets.NewRow(0, widgets.NewLink(show, func() {
		d.examples = !d.examples
		d.judge(widgets.NewColumn(8, append(told(d.plan, d.width), d.losses())...))
	}))))
	return sheet.NewBox(theme.Warning, widgets.NewColumn(5, rows...))
}

// worst are kinds of losses as a person minds them: work first, bookkeeping last.
var worst = []string{"overlaps", "split", "cut", "blanks", "line_breaks", "relations", "attributes", "entities", "notes", "set_notes", "fields", "flags", "reasons"}

// book are the kinds that come after all others.
var book = []string{"titles", "ids", "origins", "facts", "status", "annotators", "schema", "history"}

func worstFirst(losses []format.Note) []format.Note {
	place := func(n format.Note) int {
		if i := slices.Index(worst, n.Kind); i >= 0 {
			return i
		}
		return len(worst) + 1 + slices.Index(book, n.Kind)
	}
	return slices.SortedStableFunc(slices.Values(losses), func(a, b format.Note) int { return place(a) - place(b) })
}

func examples(n format.Note) []fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, e := range n.Examples {
		rows = append(rows, widgets.NewPadded(widgets.Pad{Left: 12}, widgets.NewElastic(e, theme.SmallSize, theme.Dim)))
	}
	if more := n.Count - len(n.Examples); more > 0 && len(n.Examples) > 0 {
		rows = append(rows, widgets.NewPadded(widgets.Pad{Left: 12},
			widgets.NewElastic("and "+sheet.Number(more)+" more", theme.SmallSize, theme.Dim)))
	}
	return rows
}

// refusal says what stands in the way of an export.
func (d *Dialog) refusal(err error) fyne.CanvasObject {
	words := sheet.Sentence(err)
	if several := (*format.AnnotatorError)(nil); errors.As(err, &several) {
		words = "This format holds the work of one annotator. Choose whose: " + strings.Join(several.Names, ", ") + "."
	}
	return sheet.NewBox(theme.Danger, widgets.NewParagraph(words, theme.TextSize, d.width-42, theme.Text))
}
