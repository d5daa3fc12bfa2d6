package exporter

import (
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
	anonymous             bool
	parts, together       int // places in partChoices and togetherChoices
	seed                  string

	shown bool
	link  *widgets.Surface // shows and hides them
}

var partChoices = []struct{ title, shares string }{
	{"none: all in one", ""},
	{"train 80, dev 10, test 10", "80/10/10"},
	{"train 70, dev 15, test 15", "70/15/15"},
	{"train 80, test 20", "80/20"},
	{"as the project is split", stored},
}

// stored stands for the parts that articles have already.
const stored = "stored"

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

// split is what is asked for, nil for no parts. The seed is checked in into.
func (c *choices) split() *format.SplitOptions {
	shares := partChoices[c.parts].shares
	if shares == "" {
		return nil
	}
	t := togetherChoices[c.together]
	o := &format.SplitOptions{Seed: 1, By: t.by, Threshold: t.near}
	if n, err := strconv.ParseInt(strings.TrimSpace(c.seed), 10, 64); err == nil {
		o.Seed = n
	}
	if shares != stored {
		o.Parts, _ = split.Parse(shares) // those above are right
	}
	return o
}

// into completes the options of an export.
func (c *choices) into(o *format.ExportOptions, f *format.Format) (err error) {
	if f.SchemaAlone {
		return nil
	}
	o.Labels, o.Mask, o.Anonymise, o.Split = names(c.labels), names(c.mask), c.anonymous, c.split()
	if seed := strings.TrimSpace(c.seed); seed != "" && o.Split != nil {
		if _, err := strconv.ParseInt(seed, 10, 64); err != nil {
			return fmt.Errorf("the seed is a whole number, and %q is not", seed)
		}
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
		d.keepPath()
		c.shown = !c.shown
		d.form()
		d.replan()
		if widgets.ByKey {
			d.sheet.Canvas().Focus(c.link)
		}
	})
	link := widgets.NewRow(0, widgets.NewSpace(116, 0), c.link)
	if !c.shown {
		return link
	}
	return widgets.NewColumn(6, append([]fyne.CanvasObject{link}, d.choiceFields()...)...)
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
			offered := d.offered(d.chosen)
			set(i)
			if sheet.Long(d.path.Text) == offered { // nobody typed another
				d.path.Put(sheet.Short(d.offered(d.chosen)))
			}
			d.replan()
		})
	}
	anonymous := 0
	if c.anonymous {
		anonymous = 1
	}
	hint := func(words string) fyne.CanvasObject { return sheet.NewHint(words, d.width-12) }
	return []fyne.CanvasObject{
		sheet.NewRow("Labels", field("all; or some, with commas between", &c.labels)),
		sheet.NewRow("Rename", field("actor=PER, place=LOC", &c.renames)),
		hint(d.labelHint()),
		sheet.NewRow("Annotators", pick([]string{"by their names", "annotator-1, annotator-2, …"}, anonymous, func(i int) { c.anonymous = i == 1 })),
		sheet.NewRow("Hide words of", field("no label; or some, with commas between", &c.mask)),
		hint("Placeholders, as [ACTOR-1], stand for what these labels mark; notes, titles and facts that may name it stay out."),
		sheet.NewRow("Parts", pick(parts, c.parts, func(i int) { c.parts = i })),
		sheet.NewRow("Stay together", pick(together, c.together, func(i int) { c.together = i })),
		sheet.NewRow("Seed", field("1; another number makes another split", &c.seed)),
	}
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
		say("Hidden behind placeholders: " + sheet.Count(a.Placeholders, "place", "places") + ".")
	}
	return rows
}
