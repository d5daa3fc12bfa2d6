package inspector

import (
	"errors"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/annotate/facts"
	"lede/app/screens/articles"
	"lede/app/theme"
	"lede/app/widgets"
)

// factName is the width of the names of facts.
const factName float32 = 84

// factsBox is the facts of the article: words to read, and fields after “Edit”.
type factsBox struct {
	p       *Panel
	editing bool
	fields  map[facts.Key]*widgets.Field
	wrong   map[facts.Key]string // what cannot be meant, until something else is typed
	name    *widgets.Field       // of a fact that is to be added
	value   *widgets.Field
}

func newFactsBox(p *Panel) *factsBox {
	b := &factsBox{p: p}
	b.forget()
	return b
}

// forget goes back to reading: another article is opened.
func (b *factsBox) forget() {
	b.editing = false
	b.renew()
}

// renew makes the fields anew.
func (b *factsBox) renew() {
	b.fields, b.wrong = map[facts.Key]*widgets.Field{}, map[facts.Key]string{}
	b.name, b.value = widgets.NewField("Name"), widgets.NewField("Value")
	b.value.OnEnter = b.add
}

// commit writes down what stands in the fields.
func (b *factsBox) commit() {
	if !b.editing {
		return
	}
	for _, f := range b.fields {
		f.Commit()
	}
}

// edit turns the facts into fields, or back.
func (b *factsBox) edit(on bool) {
	b.commit()
	if b.editing = on; !on {
		b.renew()
	}
	b.p.show()
}

// FocusFacts puts the keyboard into the facts of the article, beginning with the title.
func (p *Panel) FocusFacts() {
	if p.o.Session.Doc() == nil || p.o.Session.ReadOnly() != "" {
		return
	}
	p.wanted = tabArticle
	p.article.facts.edit(true)
	p.focus(p.article.facts.fields[facts.Title])
}

// factTitles are facts as people say them.
var factTitles = map[facts.Key]string{
	facts.Title: "Title", facts.Source: "Publisher", facts.Author: "Byline", facts.Published: "Published", facts.Language: "Language",
	facts.URL: "Address", facts.Tags: "Tags", facts.Assigned: "Assigned to",
}

var factHints = map[facts.Key]string{
	facts.Published: "2026-03-04", facts.Language: "en", facts.URL: "https://…", facts.Tags: "with commas between them", facts.Assigned: "names, with commas",
}

func factTitle(k facts.Key) string {
	if title := factTitles[k]; title != "" {
		return title
	}
	return string(k)
}

func (b *factsBox) build(a annotate.Article) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, f := range facts.Of(a) {
		switch {
		case b.editing && !f.Fixed:
			rows = append(rows, b.field(f))
		case f.Value != "" && (f.Key != facts.Title || b.editing): // the title stands above the text
			rows = append(rows, b.words(f.Key, f.Value, a))
		}
	}
	rows = append(rows, factRow("Ref", readOnlyWords(a.Ref)), factRow("Length", readOnlyWords(fmt.Sprintf("%d characters", a.Length))))
	if b.editing {
		rows = append(rows, widgets.NewStretch(4, 1, widgets.NewAtLeast(fyne.NewSize(factName-4, 0), b.name), b.value, widgets.NewLink("Add", b.add)))
		if s := b.wrong[""]; s != "" {
			rows = append(rows, widgets.NewParagraph(s, theme.SmallSize, inner, theme.Warning))
		}
	}
	head := widgets.NewHead("Facts")
	top := fyne.CanvasObject(head)
	switch {
	case b.p.o.Session.ReadOnly() != "":
	case b.editing:
		top = widgets.NewStretch(0, 0, head, widgets.NewLink("Done", func() { b.edit(false); b.p.after() }))
	default:
		top = widgets.NewStretch(0, 0, head, widgets.NewLink("Edit", func() { b.edit(true); b.p.focus(b.fields[facts.Title]) }))
	}
	return widgets.NewColumn(9, top, widgets.NewColumn(7, rows...))
}

func readOnlyWords(s string) fyne.CanvasObject {
	w := widgets.NewParagraph(s, theme.TextSize, inner-factName, theme.Text)
	w.Lines, w.Elastic = 3, true
	return w
}

func factRow(name string, value fyne.CanvasObject) fyne.CanvasObject {
	return widgets.NewStretch(0, 1, widgets.NewAtLeast(fyne.NewSize(factName, 0), widgets.NewElastic(name, theme.TextSize, theme.Dim)), value)
}

// words shows a fact to be read.
func (b *factsBox) words(k facts.Key, value string, a annotate.Article) fyne.CanvasObject {
	if k == facts.Published {
		value = articles.Date(a, false)
	}
	return factRow(factTitle(k), readOnlyWords(value))
}

// field shows a fact in a field, and below it what is wrong with what was typed.
func (b *factsBox) field(f facts.Fact) fyne.CanvasObject {
	field := b.fields[f.Key]
	if field == nil {
		field = b.newField(f.Key)
		b.fields[f.Key] = field
		field.Put(f.Value)
	}
	if b.wrong[f.Key] == "" && !field.Dirty() {
		field.Put(f.Value) // also after an undo
	}
	row := factRow(factTitle(f.Key), field)
	if s := b.wrong[f.Key]; s != "" {
		return widgets.NewColumn(3, row, widgets.NewPadded(widgets.Pad{Left: factName}, widgets.NewParagraph(s, theme.SmallSize, inner-factName, theme.Warning)))
	}
	return row
}

// newField makes the field of a fact. Titles are long: theirs has two lines to show them.
func (b *factsBox) newField(k facts.Key) *widgets.Field {
	field := widgets.NewField(factHints[k])
	if k == facts.Title {
		field = widgets.NewNote("", 2)
		field.OnTyped = func(e *fyne.KeyEvent) bool {
			enter := e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter
			if enter {
				field.Commit()
			}
			return enter
		}
	}
	field.OnCommit = func(s string) { b.set(k, s) }
	return field
}

// set writes a fact, or says below its field why it cannot be meant.
func (b *factsBox) set(k facts.Key, value string) {
	err := b.p.o.Session.SetFact(k, value)
	delete(b.wrong, k)
	if said := b.said(err); said != "" {
		b.wrong[k] = said
	}
	b.p.soon()
}

// said is the sentence of a fact that was refused; anything else is told as usual.
func (b *factsBox) said(err error) string {
	var e *annotate.Error
	if err == nil {
		return ""
	}
	if !errors.Is(err, annotate.ErrInvalid) || !errors.As(err, &e) {
		b.p.o.Tell(err)
		return ""
	}
	s := strings.TrimSpace(e.Detail + " " + e.Hint)
	return strings.ToUpper(s[:1]) + s[1:]
}

// add adds the fact that was typed below the others.
func (b *factsBox) add() {
	delete(b.wrong, "")
	k, err := facts.Named(b.name.Text)
	if err == nil && strings.TrimSpace(b.value.Text) == "" {
		err = &annotate.Error{Kind: annotate.ErrInvalid, Detail: "a fact needs a value.", Hint: "Write it beside the name."}
	}
	if err == nil {
		err = b.p.o.Session.SetFact(k, b.value.Text)
	}
	if said := b.said(err); said != "" {
		b.wrong[""] = said
	} else if err == nil {
		b.name.Put("")
		b.value.Put("")
		delete(b.fields, k)
		b.p.focus(b.name)
	}
	b.p.soon()
}
