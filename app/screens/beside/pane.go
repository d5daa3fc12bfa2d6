package beside

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/annotate/edit"
	"lede/annotate/text"
	"lede/app/screens/articles"
	"lede/app/screens/reader"
	"lede/app/session"
	"lede/app/textview"
	"lede/app/theme"
	"lede/app/widgets"
)

// Options is what the pane needs.
type Options struct {
	Session *session.Session
	Canvas  fyne.Canvas
	Faces   *textview.Faces
	Keys    textview.Keyboard
	Pick    func() // choose another article
	Swap    func() // make it the one that is worked on
	Close   func()
	Context func(fyne.Position) // the menu at a place
	Zoom    func(steps int)
	SwapKey string // the shortcuts, as people see them
}

// Pane is a head with the article's title above its text.
type Pane struct {
	Object fyne.CanvasObject
	View   *textview.View

	o     Options
	look  *reader.Look
	doc   *edit.State
	title *widgets.Words
	drop  *widgets.Surface
}

// headHeight is that of the label bar, so that both texts begin at one height.
const headHeight float32 = 48

// New makes the pane, empty.
func New(o Options) *Pane {
	p := &Pane{o: o, look: reader.NewLook(o.Session), title: widgets.NewElastic("", theme.TextSize, theme.Text)}
	p.title.Face = widgets.SansBold
	p.View = textview.New(textview.Options{Faces: o.Faces, Style: p.look.Style(), Labels: p.look.Labels()})
	p.View.Keys = o.Keys
	p.View.OnChoose = p.View.Choose
	p.View.OnZoom = o.Zoom
	p.View.OnContext = func(at fyne.Position, _ int) { o.Context(at) }
	p.drop = widgets.NewSurface(widgets.NewStretch(6, 0, p.title, widgets.NewIcon(widgets.IconDown, 11, theme.Dim)), o.Pick)
	p.drop.Pad = widgets.Even(8, 7)
	swap := "Swap"
	if o.SwapKey != "" {
		swap += "  " + o.SwapKey
	}
	tools := widgets.NewRow(4, widgets.NewLink(swap, o.Swap), widgets.NewIconButton(widgets.IconClose, o.Close))
	head := widgets.NewAtLeast(fyne.NewSize(0, headHeight), widgets.NewPadded(widgets.Pad{Left: 14, Right: 10},
		widgets.NewStretch(8, 0, p.drop, tools)))
	top := widgets.NewFrame(nil, widgets.NewHairline(), nil, nil, head)
	p.Object = container.NewStack(widgets.NewFill(theme.Page), widgets.NewFrame(top, nil, nil, nil, p.View))
	return p
}

// Doc is the article that is shown, nil before the first.
func (p *Pane) Doc() *edit.State { return p.doc }

// Show shows an article from a code point on.
func (p *Pane) Show(doc *edit.State, offset int) {
	p.doc = doc
	p.title.SetText(articles.TitleOf(doc.Article))
	p.View.SetText(doc.Text)
	p.View.SetHeader(doc.Article.Title, reader.Facts(doc.Article))
	p.View.SetLayers([]textview.Layer{p.look.Layer(doc)})
	p.View.ScrollTo(offset)
}

// Again shows the article as it has become, where it is.
func (p *Pane) Again(doc *edit.State) {
	chosen, at := p.View.Chosen(), p.View.ScrollPosition()
	if doc.Article.TextHash != p.doc.Article.TextHash {
		p.Show(doc, at)
		return
	}
	p.doc = doc
	p.title.SetText(articles.TitleOf(doc.Article))
	p.View.SetLabels(p.look.Labels())
	p.View.SetHeader(doc.Article.Title, reader.Facts(doc.Article))
	p.View.SetLayers([]textview.Layer{p.look.Layer(doc)})
	p.View.Choose(chosen)
}

// Changed takes in a change of the article.
func (p *Pane) Changed(c annotate.Change) {
	if !p.doc.Apply(c) {
		return
	}
	const only = 0 // layer
	for _, op := range c.Ops {
		switch op.Kind {
		case annotate.KindSpan:
			if span, ok := p.doc.Span(op.ID); ok {
				p.View.PutItem(only, p.look.Item(span))
			} else {
				p.View.RemoveItem(only, string(op.ID))
			}
		case annotate.KindRelation:
			if r, ok := p.doc.Relation(op.ID); ok {
				p.View.PutLink(only, p.look.Link(r))
			} else {
				p.View.RemoveLink(only, string(op.ID))
			}
		case annotate.KindArticle:
			p.title.SetText(articles.TitleOf(p.doc.Article))
			p.View.SetHeader(p.doc.Article.Title, reader.Facts(p.doc.Article))
		default: // nothing that shows
		}
	}
}

// ThemeChanged takes the colours of light or dark.
func (p *Pane) ThemeChanged() {
	p.View.SetStyle(p.look.Style())
	p.View.SetLabels(p.look.Labels())
}

// Marked is what is selected in the pane, or else the chosen span.
func (p *Pane) Marked() annotate.Fragments {
	if at, ok := p.View.Selection(); ok {
		return annotate.Fragments{at}
	}
	if span, ok := p.doc.Span(annotate.ID(p.View.Chosen())); ok {
		return span.Fragments
	}
	return nil
}

// SelectAll selects the whole text.
func (p *Pane) SelectAll() { p.View.SetSelection(p.doc.Text.Trim(text.Range{End: p.doc.Text.Len()})) }

// Focus puts the keyboard into the text.
func (p *Pane) Focus() { p.o.Canvas.Focus(p.View) }

// HasFocus says whether the keyboard is in the text or the head.
func (p *Pane) HasFocus() bool {
	switch p.o.Canvas.Focused() {
	case fyne.Focusable(p.View), fyne.Focusable(p.drop):
		return true
	default:
		return false
	}
}
