package reader

import (
	"lede/annotate"
	"lede/annotate/edit"
	"lede/app/session"
	"lede/app/textview"
)

// Look draws articles in another view as the reader would.
type Look struct{ r Reader }

// NewLook makes the look of a session's articles.
func NewLook(s *session.Session) *Look { return &Look{Reader{o: Options{Session: s}}} }

// Style is that of light or dark.
func (*Look) Style() textview.Style { return style() }

// Labels is how the labels of the schema look.
func (l *Look) Labels() map[string]textview.LabelStyle { return l.r.labels() }

// Item is how a span looks.
func (l *Look) Item(s annotate.Span) textview.Item { return l.r.item(s) }

// Link is how a relation looks.
func (l *Look) Link(r annotate.Relation) textview.Link { return l.r.link(r) }

// Layer is all spans and relations of an article, for reading only.
func (l *Look) Layer(doc *edit.State) textview.Layer {
	layer := textview.Layer{Name: "beside", Links: l.r.linksOf(doc)}
	for _, span := range doc.Spans() {
		layer.Items = append(layer.Items, l.r.item(span))
	}
	return layer
}
