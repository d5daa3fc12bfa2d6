package reader

import (
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"lede/annotate"
	"lede/annotate/edit"
	"lede/annotate/text"
	"lede/app/screens/articles"
	"lede/app/session"
	"lede/app/textview"
	"lede/app/widgets"
)

// The layers of the view: the spans of the annotator who is shown, the places that
// were found, and the one of them that one is at.
const (
	own = iota
	found
	here
)

// Opened shows the open article from the given offset; "" words is what to say
// when none is open.
func (r *Reader) Opened(offset int, words string) {
	doc := r.o.Session.Doc()
	if doc == nil {
		r.View.Hide()
		r.empty.SetText(words)
		r.empty.Show()
		r.lookForGlyphs()
		r.Banner()
		return
	}
	r.empty.Hide()
	r.View.Show()
	r.View.SetText(doc.Text)
	r.hits, r.here = nil, text.Range{}
	r.View.SetHeader(doc.Article.Title, Facts(doc.Article))
	r.setLayers()
	r.View.ScrollTo(offset)
	r.lookForGlyphs()
	r.Banner()
	r.Selection()
}

// Facts is the line below the title: source, author, date, language.
func Facts(a annotate.Article) string {
	return widgets.Facts(a.Source, a.Author, articles.Date(a, false), languageName(a.Language))
}

func languageName(code string) string {
	tag, err := language.Parse(code)
	if code == "" || err != nil {
		return code
	}
	if name := display.English.Languages().Name(tag); name != "" {
		return name
	}
	return code
}

// setLayers shows all spans and relations of the article.
func (r *Reader) setLayers() {
	doc := r.o.Session.Doc()
	layer := textview.Layer{Name: "own", Editable: r.o.Session.ReadOnly() == "", Links: r.links()}
	layer.Items = make([]textview.Item, 0, len(doc.Spans()))
	for _, span := range doc.Spans() {
		layer.Items = append(layer.Items, r.item(span))
	}
	r.View.SetLayers([]textview.Layer{layer, r.hitsLayer(), r.hereLayer()})
	r.View.Choose(string(r.o.Session.Chosen()))
	r.View.ChooseLink(string(r.o.Session.ChosenRelation()))
}

// links are all relations of the article.
func (r *Reader) links() []textview.Link { return r.linksOf(r.o.Session.Doc()) }

func (r *Reader) linksOf(doc *edit.State) []textview.Link {
	if doc.Relations() == 0 {
		return nil // a long article is not to be looked through for none
	}
	var links []textview.Link
	for _, span := range doc.Spans() {
		for _, rel := range doc.RelationsOf(span.ID) {
			if rel.From == span.ID { // not once more at its other end
				links = append(links, r.link(rel))
			}
		}
	}
	return links
}

func (r *Reader) item(s annotate.Span) textview.Item {
	it := textview.Item{ID: string(s.ID), Label: string(s.Label), Fragments: s.Fragments}
	if len(s.Attributes) > 0 { // most spans of a long article have none, and its opening is not to wait for the schema
		it.Badge = r.o.Session.Schema().Badge(s.Label, s.Attributes)
	}
	return it
}

func (r *Reader) link(rel annotate.Relation) textview.Link {
	t, _ := r.o.Session.Schema().RelationType(rel.Type)
	return textview.Link{ID: string(rel.ID), From: string(rel.From), To: string(rel.To), Label: RelationName(t)}
}

// Changed repaints what a change touched in the open article.
func (r *Reader) Changed(e session.Changed) {
	doc := r.o.Session.Doc()
	if doc == nil {
		return
	}
	for _, op := range e.Change.Ops {
		switch op.Kind {
		case annotate.KindRelation:
			if rel, ok := doc.Relation(op.ID); ok {
				r.View.PutLink(own, r.link(rel))
			} else {
				r.View.RemoveLink(own, string(op.ID))
			}
		case annotate.KindArticle:
			r.View.SetHeader(doc.Article.Title, Facts(doc.Article))
		case annotate.KindSpan:
			if span, ok := doc.Span(op.ID); ok {
				r.View.PutItem(own, r.item(span))
			} else {
				r.View.RemoveItem(own, string(op.ID))
			}
		default: // the article does not show it
		}
	}
}

// Selection shows the selection, the chosen span, the armed label and the
// granularity of the session.
func (r *Reader) Selection() {
	s, v := r.o.Session, r.View
	if at, _ := v.Selection(); at != s.Selection() {
		if s.Selection().Empty() {
			v.ClearSelection()
		} else {
			v.SetSelection(s.Selection())
		}
	}
	v.Choose(string(s.Chosen()))
	v.ChooseLink(string(s.ChosenRelation()))
	r.chooseToo()
	r.offerQuotes()
	v.SetArmed(string(s.Armed()))
	v.SetGranularity(s.Granularity())
	r.bar.refresh()
}

// chooseToo shows which spans are chosen beside the chosen one.
func (r *Reader) chooseToo() {
	var ids []string
	for _, id := range r.o.Session.ChosenAll() {
		if id != r.o.Session.Chosen() {
			ids = append(ids, string(id))
		}
	}
	r.View.ChooseToo(ids)
}

// Reveal scrolls to the chosen span, or the selection.
func (r *Reader) Reveal() {
	doc := r.o.Session.Doc()
	if doc == nil {
		return
	}
	at := r.o.Session.Selection()
	if span, ok := doc.Span(r.o.Session.Chosen()); ok && at.Empty() {
		at = text.Range{Start: span.Fragments[0].Start, End: span.Fragments[0].End}
	}
	if !at.Empty() {
		r.View.Reveal(at)
	}
}
