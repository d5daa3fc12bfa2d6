package exporter

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"lede/annotate/format"
	"lede/annotate/split"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

// choices are what goes out of what is there, for whatever format: they stay when
// another is chosen.
type choices struct {
	labels, renames, mask string // as typed
	anonymous, everywhere bool
	parts, together       int // places in partChoices and togetherChoices
	shares, near, seed    string

	shown bool
	link  *widgets.Surface // shows and hides them
	box   *fyne.Container  // all of them, with the link
	typed *widgets.Field   // of the shares, if they are typed
}

var partChoices = []struct{ title, shares string }{
	{"none: all in one", ""},
	{"train 80, dev 10, test 10", "80/10/10"},
	{"train 70, dev 15, test 15", "70/15/15"},
	{"train 80, test 20", "80/20"},
	{"as the project is split", stored},
	{"other shares…", typed},
}

const (
	stored = "stored" // the parts that articles have already
	typed  = "typed"  // those of the field
)

var togetherChoices = []struct {
	title, by string
	near      float64
}{
	{"near-duplicates", "", split.Threshold},
	{"near-duplicates, and each source", "source", split.Threshold},
	{"near-duplicates, and each day", "published", split.Threshold},
	{"near-duplicates, and each month", "published:month", split.Threshold},
	{"near-duplicates, and each author", "author", split.Threshold},
	{"nothing", "", 0},
}

// split is what is asked for, nil for no parts. What was mistyped is told by into.
func (c *choices) split() *format.SplitOptions {
	o, _ := c.parse()
	return o
}

func (c *choices) parse() (*format.SplitOptions, error) {
	shares := partChoices[c.parts].shares
	if shares == "" {
		return nil, nil
	}
	t := togetherChoices[c.together]
	o := &format.SplitOptions{Seed: 1, By: t.by, Threshold: t.near}
	var err error
	if shares == typed {
		shares = strings.TrimSpace(c.shares)
		if shares == "" {
			return nil, errors.New("say the shares, as 60/20/20, or with names: fold1=1, fold2=1")
		}
	}
	if shares != stored {
		if o.Parts, err = split.Parse(shares); err != nil {
			return nil, err
		}
	}
	if s := strings.TrimSpace(c.seed); s != "" {
		if o.Seed, err = strconv.ParseInt(s, 10, 64); err != nil {
			return o, fmt.Errorf("the seed is a whole number, and %q is not", s)
		}
	}
	if s := strings.TrimSpace(c.near); s != "" && t.near > 0 {
		if o.Threshold, err = strconv.ParseFloat(s, 64); err != nil || o.Threshold <= 0 || o.Threshold > 1 {
			o.Threshold = t.near
			return o, fmt.Errorf("articles are alike by a number above 0 and up to 1, and %q is not", s)
		}
	}
	return o, nil
}

// into completes the options of an export.
func (c *choices) into(o *format.ExportOptions, f *format.Format) (err error) {
	if f.SchemaAlone {
		return nil
	}
	o.Labels, o.Mask, o.Anonymise = names(c.labels), names(c.mask), c.anonymous
	o.MaskEverywhere = c.everywhere && len(o.Mask) > 0
	if o.Split, err = c.parse(); err != nil {
		return err
	}
	o.Map, err = format.ParseLabelMap(names(c.renames))
	return err
}

// names are those between commas.
func names(s string) []string {
	var list []string
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

// choiceRows are the fields of the choices, behind a link.
func (d *Dialog) choiceRows() fyne.CanvasObject {
	c := &d.choices
	title := "Labels, names and parts…"
	if c.shown {
		title = "Hide labels, names and parts"
	}
	c.link = widgets.NewLink(title, func() {
		c.shown = !c.shown
		d.refit()
		d.replan()
		if c.shown { // they begin where the link is
			d.body.ScrollToOffset(fyne.NewPos(0, c.box.Position().Y-8))
		}
		if widgets.ByKey {
			d.sheet.Canvas().Focus(c.link)
		}
	})
	link := widgets.NewRow(0, widgets.NewSpace(116, 0), c.link)
	if !c.shown {
		return link
	}
	c.box = widgets.NewColumn(6, append([]fyne.CanvasObject{link}, d.choiceFields()...)...)
	return c.box
}

// choiceFields are the fields themselves.
func (d *Dialog) choiceFields() []fyne.CanvasObject {
	c := &d.choices
	field := func(hint string, value *string) *widgets.Field {
		f := widgets.NewField(hint)
		f.Put(*value)
		f.OnCommit = func(s string) {
			if s != *value {
				*value = s
				d.replan()
			}
		}
		f.OnEnter = d.done
		return f
	}
	var parts, together []string
	for _, p := range partChoices {
		parts = append(parts, p.title)
	}
	for _, t := range togetherChoices {
		together = append(together, t.title)
	}
	pick := func(titles []string, chosen int, set func(int)) *sheet.Choice {
		return sheet.NewChoice(d.sheet, titles, chosen, func(i int) {
			offered, rows := d.offered(d.chosen), c.rows()
			set(i)
			if sheet.Long(d.path.Text) == offered { // nobody typed another
				d.path.Put(sheet.Short(d.offered(d.chosen)))
			}
			if c.rows() != rows {
				d.refit()
				d.body.ScrollToBottom() // where the further rows are
				if c.typed != nil {
					d.sheet.Canvas().Focus(c.typed)
				}
			}
			d.replan()
		})
	}
	place := func(second bool) int {
		if second {
			return 1
		}
		return 0
	}
	hint := func(words string) fyne.CanvasObject { return sheet.NewHint(words, d.width-12) }
	rows := []fyne.CanvasObject{
		sheet.NewRow("Labels", field("all; or some, with commas between", &c.labels)),
		sheet.NewRow("Rename", field("actor=PER, place=LOC", &c.renames)),
		hint(d.labelHint()),
		sheet.NewRow("Annotators", pick([]string{"by their names", "annotator-1, annotator-2, …"}, place(c.anonymous), func(i int) { c.anonymous = i == 1 })),
		sheet.NewRow("Hide words of", field("no label; or some, with commas between", &c.mask)),
		sheet.NewRow("Hide them", pick([]string{"where they are marked", "wherever they stand in the article"}, place(c.everywhere), func(i int) { c.everywhere = i == 1 })),
		hint("Placeholders, as [ACTOR-1], stand for what these labels mark; notes, titles and facts that may name it stay out."),
		sheet.NewRow("Parts", pick(parts, c.parts, func(i int) { c.parts = i })),
	}
	if c.typed = nil; partChoices[c.parts].shares == typed {
		c.typed = field("60/20/20, or fold1=1, fold2=1", &c.shares)
		rows = append(rows, sheet.NewRow("Shares", c.typed))
	}
	if partChoices[c.parts].shares == "" {
		return rows
	}
	rows = append(rows, sheet.NewRow("Stay together", pick(together, c.together, func(i int) { c.together = i })))
	if near := togetherChoices[c.together].near; near > 0 {
		rows = append(rows, sheet.NewRow("Alike from", field(strconv.FormatFloat(near, 'g', -1, 64)+": the part of their three-word sequences that they share", &c.near)))
	}
	return append(rows, sheet.NewRow("Seed", field("1; another number makes another split", &c.seed)))
}

// rows tells which rows about parts are shown.
func (c *choices) rows() string {
	return fmt.Sprint(partChoices[c.parts].shares == "", partChoices[c.parts].shares == typed, togetherChoices[c.together].near > 0)
}

// labelHint lists the labels, since they are typed.
func (d *Dialog) labelHint() string {
	words := "Several labels may get one name; one that is renamed to nothing (cue=) stays out."
	if len(d.labels) > 0 {
		words = "The labels: " + strings.Join(d.labels, ", ") + ". " + words
	}
	return words
}

// told says what was chosen beside the format's losses: parts, and hidden words.
func told(p *format.Plan, width float32) []fyne.CanvasObject {
	var rows []fyne.CanvasObject
	say := func(words string) {
		rows = append(rows, widgets.NewParagraph(words, theme.TextSize, width-12, theme.Text))
	}
	if s := p.Split; s != nil {
		var parts []string
		for _, part := range s.Parts {
			parts = append(parts, part.Name+" "+sheet.Count(part.Articles, "article", "articles")+" ("+sheet.Count(part.Spans, "span", "spans")+")")
		}
		words := "Parts: " + strings.Join(parts, ", ") + "."
		if s.Clusters > 0 {
			words += " " + sheet.Count(s.Clusters, "cluster", "clusters") + " of near-duplicates with " +
				sheet.Count(s.Clustered, "article", "articles") + " stay together (alike by " + strconv.FormatFloat(s.Threshold, 'g', -1, 64) + " or more)."
		}
		if s.Stored > 0 {
			words += " " + sheet.Count(s.Stored, "article keeps", "articles keep") + " the part that the project gives."
		}
		if s.Straddling > 0 {
			words += " " + sheet.Count(s.Straddling, "article has", "articles have") + " another part than what they should stay with."
		}
		say(words)
	}
	if a := p.Anonymised; a != nil && len(a.Labels) > 0 {
		words := "Hidden behind placeholders: " + sheet.Count(a.Placeholders, "place", "places")
		if a.Everywhere {
			words += ", " + strconv.Itoa(a.Unmarked) + " of them not marked"
		}
		say(words + ".")
	}
	return rows
}
