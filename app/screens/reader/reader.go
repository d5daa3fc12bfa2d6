package reader

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/annotate/text"
	"lede/app/session"
	"lede/app/textview"
	"lede/app/theme"
	"lede/app/widgets"
)

// Options is what the reader needs.
type Options struct {
	Session *session.Session
	Canvas  fyne.Canvas // of the window: one that has not been painted yet knows no object
	Faces   *textview.Faces
	Tell    func(error)

	LabelKey  func(hotkey string) string            // the key that a label has now
	NewLabels func()                                // where the schema has none: opens where they are made
	SchemaKey string                                // the key of that
	Above     fyne.CanvasObject                     // a line above the article that comes and goes; may be nil
	PickLabel func()                                // more labels than the toolbar shows
	Context   func(pos fyne.Position, offset int)   // the menu at a place
	List      func(ids []string, pos fyne.Position) // spans on top of one another, to choose from
	TagQuoted func()                                // tag what is in quotation marks
	QuoteKey  string
	Zoom      func(steps int)
	Scrolled  func()
	Snap      func(text.Granularity) // a granularity was chosen in the label bar
	Mine      func()                 // back to the own annotations
	Reading   func()                 // how articles are set
	Leave     func()                 // focus mode
	CalmKeys  []string               // the keys that leave it
	ShiftKey  string                 // what Shift is called
	Font      func()                 // choose a font file for characters that no font has

	Relate          func(from, to, kind annotate.ID) // a relation was drawn; of one type, or "" for any
	RelationContext func(pos fyne.Position, id string)
	Picked          func(from, kind annotate.ID, r text.Range, key string) bool // words fill a role; the digit pressed, or ""; true: taken
}

// Reader is the label bar above the article.
type Reader struct {
	Object fyne.CanvasObject
	View   *textview.View

	o      Options
	bar    *labelBar
	banner *banner
	glyphs *glyphs
	empty  *widgets.Words
	page   *fyne.Container // the view, or the hint that nothing is open
	top    *fyne.Container // above it
	line   fyne.CanvasObject
	calm   *calmBar
	calmed bool

	ask     *askLine
	asking  bool              // it shows
	instead fyne.CanvasObject // what stands in place of the label bar; may be nil

	letGo   annotate.ID // the span that the last click let go of
	letGoAt time.Time
	byKey   bool // a key is down
	quotes  bool // the toolbar offers to tag what is quoted

	hits []text.Range // places that are found in the article
	here text.Range   // the one of them that one is at; empty for none

	offered string // an offer that waits in the banner
	offers  []Offer
}

// New makes the reader.
func New(o Options) *Reader {
	r := &Reader{o: o}
	r.View = textview.New(textview.Options{Faces: o.Faces, Style: style(), Labels: r.labels(), Words: r.words(), Tip: r.tip})
	r.listen()
	r.bar = newLabelBar(r)
	r.banner, r.glyphs = newBanner(), newGlyphs()
	r.empty = widgets.NewLine("", theme.TextSize, theme.Dim)
	r.page = container.NewStack(r.View, container.NewCenter(r.empty))
	r.View.Hide()
	r.Object = container.NewStack(widgets.NewFill(theme.Page), widgets.NewFrame(r.head(), nil, nil, nil, r.page))
	r.SchemaChanged()
	return r
}

// stacked puts objects below each other without gaps.
type stacked struct{}

func (stacked) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for _, o := range objects {
		if o.Visible() {
			m := o.MinSize()
			s = fyne.NewSize(max(s.Width, m.Width), s.Height+m.Height)
		}
	}
	return s
}

func (stacked) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, o := range objects {
		if o.Visible() {
			h := o.MinSize().Height
			o.Move(fyne.NewPos(0, y))
			o.Resize(fyne.NewSize(size.Width, h))
			y += h
		}
	}
}

func style() textview.Style {
	if theme.Dark() {
		return textview.DarkStyle()
	}
	return textview.LightStyle()
}

// words are what the view shows by itself.
func (r *Reader) words() textview.Words {
	return textview.Words{Reverse: Reversed, NoText: r.noText}
}

// noText says what can be done about an article without a text.
func (r *Reader) noText() string {
	words := "This article has no text."
	if r.o.Session.ReadOnly() == "" {
		words += " Import it again with its text, or skip it."
	}
	return words
}

// ThemeChanged takes the colours of light or dark.
func (r *Reader) ThemeChanged() {
	r.View.SetStyle(style())
	r.View.SetLabels(r.labels())
	r.paintHits()
}

// labels is how the labels of the schema look.
func (r *Reader) labels() map[string]textview.LabelStyle {
	looks := map[string]textview.LabelStyle{hitLabel: {Color: theme.Color(theme.Found)}}
	for _, l := range r.o.Session.Schema().Labels {
		looks[string(l.ID)] = textview.LabelStyle{
			Title: LabelTitle(l), Color: theme.LabelColor(l.Color, l.ColorDark), Pattern: patternOf(l.Pattern),
		}
	}
	return looks
}

func patternOf(p annotate.Pattern) textview.Pattern {
	switch p {
	case annotate.Dashed:
		return textview.Dashed
	case annotate.Double:
		return textview.Double
	case annotate.Dotted:
		return textview.Dotted
	default:
		return textview.Solid
	}
}

// LabelTitle is what a label is called on screen.
func LabelTitle(l annotate.Label) string {
	if l.Title != "" {
		return l.Title
	}
	return l.Name
}

// MarkOf is how widgets draw a label.
func MarkOf(l annotate.Label) widgets.Mark {
	return widgets.Mark{Light: l.Color, Dark: l.ColorDark, Pattern: string(l.Pattern)}
}

// SchemaChanged shows the labels of the schema anew.
func (r *Reader) SchemaChanged() {
	r.View.SetLabels(r.labels())
	r.bar.rebuild()
	r.setTools()
	if r.o.Session.Doc() != nil {
		r.setLayers()
	}
}

// setTools puts the first labels into the toolbar at the selection.
func (r *Reader) setTools() {
	const most = 5
	var tools []textview.Tool
	if len(r.o.Session.Schema().Labels) == 0 {
		r.View.SetTools(nil) // the bar says why
		return
	}
	for i, l := range r.o.Session.Schema().Labels {
		if i == most {
			break
		}
		tools = append(tools, textview.Tool{ID: string(l.ID), Title: LabelTitle(l), Label: string(l.ID), Key: r.o.LabelKey(l.Hotkey)})
	}
	if r.quotes {
		tools = append(tools, textview.Tool{ID: toolQuoted, Title: "“…” only", Key: r.o.QuoteKey})
	}
	r.View.SetTools(append(tools, textview.Tool{ID: toolMore, Title: "more…"}))
}

const (
	toolMore   = "more"
	toolQuoted = "quoted"
)

// offerQuotes puts a tool for split quotes into the toolbar while some of what is
// selected is in quotation marks and some is not. Very long selections are not
// looked through.
func (r *Reader) offerQuotes() {
	const most = 20_000
	s, has := r.o.Session, false
	if at := s.Selection(); !at.Empty() && at.Len() <= most {
		parts := s.Quoted()
		has = len(parts) > 0 && parts[0] != at
	}
	if has != r.quotes {
		r.quotes = has
		r.setTools()
	}
}

// Focus puts the keyboard into the text.
func (r *Reader) Focus() {
	if r.View.Visible() {
		r.o.Canvas.Focus(r.View)
	}
}

// Focused says whether the keyboard is in the text.
func (r *Reader) Focused() bool { return r.o.Canvas.Focused() == fyne.Focusable(r.View) }
