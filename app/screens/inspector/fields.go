package inspector

import (
	"encoding/json"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/annotate/dates"
	"lede/app/commands"
	"lede/app/screens/form"
	"lede/app/theme"
	"lede/app/widgets"
)

// fields is the form of what the schema asks about the whole article; nil if it asks
// nothing and nothing is there.
func (t *articleTab) fields() fyne.CanvasObject {
	s := t.p.o.Session
	doc := s.Doc()
	published := doc.Article.PublishedISO
	rows := t.form.Fill(form.Options{
		Canvas: t.p.o.Canvas, Width: inner, Column: formColumn,
		Attributes: s.Schema().AttributesOf(annotate.DocumentScope, ""), Things: []annotate.Values{doc.Set.Fields},
		Editable: s.ReadOnly() == "",
		Set: func(name string, alter func(annotate.Values) json.RawMessage) {
			t.p.o.Tell(s.SetField(name, alter(s.Doc().Set.Fields)))
		},
		Show: t.p.show, Leave: t.p.o.Focus, Place: t.p.placeOf, Reveal: t.p.reveal,
		Recent: s.Recent, Published: published,
		Dates: func() []form.Proposal {
			if published == "" {
				return nil
			}
			return []form.Proposal{{Period: dates.Period{From: published, To: published, Words: "published"}}}
		},
	})
	if len(rows) == 0 {
		return nil
	}
	head := []fyne.CanvasObject{widgets.NewHead("Fields")}
	if key := t.p.o.Key(commands.ArticleFields); key != "" && s.ReadOnly() == "" {
		head = append(head, widgets.NewLine("fill in", theme.SmallSize, theme.Dim), widgets.NewKeyCap(key))
	}
	return widgets.NewColumn(9, widgets.NewStretch(6, 0, head...), widgets.NewColumn(6, rows...))
}

// FillInArticle gives the keyboard to the field of the article that is needed most.
// It says whether there is one.
func (p *Panel) FillInArticle() bool {
	if p.o.Session.Doc() == nil {
		return false
	}
	p.wanted = tabArticle
	p.show()
	return p.article.form.Begin()
}
