package importer

import (
	"strings"

	"fyne.io/fyne/v2"

	"lede/annotate/format"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

// showPreview shows what stands in the way, and the first articles.
func (d *Dialog) showPreview() {
	var rows []fyne.CanvasObject
	if d.problem != nil {
		rows = append(rows, d.explained(d.problem))
	}
	if len(d.found.articles) > 0 {
		rows = append(rows, widgets.NewPadded(widgets.Pad{Top: 8, Bottom: 2}, widgets.NewHead("First articles")))
	}
	for _, a := range d.found.articles {
		rows = append(rows, d.card(a))
	}
	if d.report != nil {
		rows = append(rows, d.remarks(d.report)...)
	}
	d.preview.Objects = []fyne.CanvasObject{widgets.NewColumn(8, rows...)}
	d.preview.Refresh()
	d.body.Refresh()
}

// explained says in a box what must be answered or mended before an import.
func (d *Dialog) explained(err error) fyne.CanvasObject {
	words := sheet.Sentence(err)
	switch questionOf(err) {
	case askEncoding:
		words += " Choose the encoding above: the sample must read right."
	case askColumn:
		words += " Choose above where the text is."
	case askDates:
		words += " Choose above which is meant."
	case askFormat:
		words += " Choose the format above."
	case askAnnotator:
		words += " Say above whose it is."
	}
	return sheet.NewBox(theme.Warning, widgets.NewParagraph(words, theme.TextSize, d.width-42, theme.Text))
}

// card is the beginning of an article.
func (d *Dialog) card(a seen) fyne.CanvasObject {
	title := a.Title
	if title == "" {
		title = a.Ref
	}
	if title == "" {
		title = a.Place.String()
	}
	head := widgets.NewElastic(title, theme.TextSize+1, theme.Text)
	head.Face = widgets.SerifBold
	facts := widgets.NewLine(strings.Join(factsOf(a.Article), " · "), theme.SmallSize, theme.Dim)
	body := d.marked(a)
	if body == nil {
		text := widgets.NewParagraph(beginning(a.Text), theme.TextSize, d.width-46, theme.Dim)
		text.Lines, text.Elastic = 2, true
		body = text
	}
	card := widgets.NewCard(widgets.NewColumn(4, widgets.NewStretch(12, 0, head, facts), body), nil)
	card.Pad, card.Still = widgets.Even(14, 10), true
	return card
}

func factsOf(a *format.Article) []string {
	var facts []string
	for _, f := range []string{a.Publisher, a.Published} {
		if f != "" {
			facts = append(facts, f)
		}
	}
	spans := 0
	for _, s := range a.Sets {
		spans += len(s.Spans)
	}
	if spans > 0 {
		facts = append(facts, sheet.Count(spans, "span", "spans"))
	}
	return facts
}

// beginning is enough of a text for two lines.
func beginning(s string) string {
	const most = 400
	r := []rune(s[:min(len(s), 4*most)])
	return strings.ToValidUTF8(string(r[:min(len(r), most)]), "")
}

// outcome is what an import did or would do, in a line.
func outcome(r *format.ImportReport) string {
	parts := []string{sheet.Count(r.Added.Articles, "new article", "new articles")}
	if r.Added.Spans > 0 {
		parts = append(parts, sheet.Count(r.Added.Spans, "span", "spans"))
	}
	for _, p := range []struct {
		n    int
		what string
	}{
		{r.Unchanged, "there already"},
		{r.Merged, "with further annotations"},
		{r.Replaced, "replaced"},
		{r.Corrected, "corrected"},
		{r.Skipped, "skipped"},
		{r.Kept, "kept twice"},
		{r.LeftOut, "left out"},
	} {
		if p.n > 0 {
			parts = append(parts, sheet.Number(p.n)+" "+p.what)
		}
	}
	return strings.Join(parts, " · ")
}

// fewExamples is how many of what a remark is about are named before all are asked for.
const fewExamples = 5

// tellAgain shows the remarks anew.
func (d *Dialog) tellAgain() {
	if d.state == finished {
		d.result("Imported", outcome(d.report), d.remarks(d.report), d.report)
		return
	}
	d.showPreview()
}

// remarks are what else is to be told: what is made, what was not read.
func (d *Dialog) remarks(r *format.ImportReport) []fyne.CanvasObject {
	rows, hidden := d.created(r)
	if r.Stopped {
		rows = append(rows, widgets.NewParagraph("Not all was read. The same import later goes on with the rest: what is there is known.", theme.TextSize, d.width-16, theme.Text))
	}
	if d.state == finished && d.foreseen > 0 && d.foreseen != r.Read.Articles && !r.Stopped {
		rows = append(rows, widgets.NewParagraph("What lies there was changed after it was shown: it had "+sheet.Count(d.foreseen, "article", "articles")+" then, and "+
			sheet.Number(r.Read.Articles)+" now.", theme.TextSize, d.width-16, theme.Text))
	}
	rows = append(rows, d.detected(r.Detected)...)
	rows = append(rows, d.drifted(r)...)
	for _, n := range r.Notes {
		words, list := sheet.Note(n.Count, n.What), n.Examples
		if len(list) > fewExamples && !d.all {
			list, hidden = list[:fewExamples], true
		}
		if !d.all && len(list) > 0 {
			words += ": " + strings.Join(list, ", ")
			if n.Count > len(list) {
				words += " …"
			}
		}
		rows = append(rows, widgets.NewParagraph(words, theme.TextSize, d.width-16, theme.Dim))
		for _, e := range list {
			if d.all {
				rows = append(rows, widgets.NewPadded(widgets.Pad{Left: 16}, widgets.NewElastic(e, theme.TextSize, theme.Dim)))
			}
		}
		if more := n.Count - len(list); d.all && more > 0 && len(list) > 0 {
			rows = append(rows, widgets.NewPadded(widgets.Pad{Left: 16}, widgets.NewElastic("and "+sheet.Number(more)+" more", theme.TextSize, theme.Dim)))
		}
	}
	if hidden {
		rows = append(rows, widgets.NewRow(0, widgets.NewLink("Show every one", func() {
			d.all = true
			d.tellAgain()
		})))
	}
	if len(rows) > 0 {
		rows = append([]fyne.CanvasObject{widgets.NewPadded(widgets.Pad{Top: 8, Bottom: 2}, widgets.NewHead("Also"))}, rows...)
	}
	return rows
}
