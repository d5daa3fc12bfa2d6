package searcher

import (
	"errors"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/annotate/filter"
	"lede/annotate/text"
	"lede/app/screens/sheet"
	"lede/app/session"
	"lede/app/theme"
	"lede/app/widgets"
)

// State is what was looked for last, so that one can come back to the results.
type State struct {
	Typed string
	Spans bool // annotations, not texts
	At    int  // the row of the keyboard
}

// Options is what the sheet needs.
type Options struct {
	Session  *session.Session
	Canvas   fyne.Canvas
	State    *State // is kept up to date
	Dispatch func(func())
	Later    func(time.Duration, func())
	// Go shows a place in its article; without a span the place is selected, and an
	// empty place is that of the whole article.
	Go      func(article, span annotate.ID, at text.Range)
	OnClose func()
	Listed  func(rows, total int) // for the probe; total is that of articles or spans
}

const (
	width  float32 = 1060
	height float32 = 720
	edge   float32 = 24
)

// Page is the sheet while it is open.
type Page struct {
	Sheet *sheet.Sheet

	o       Options
	field   *widgets.Field
	picks   *widgets.Picks
	says    *widgets.Words
	list    *list
	none    *fyne.Container // what stands in the place of results
	results *results
	turn    int // of typing: only the last one is looked for
}

// Open shows the sheet.
func Open(o Options) *Page {
	p := &Page{o: o}
	p.results = newResults(p)
	p.list = newList(p)
	p.Sheet = sheet.New(o.Canvas, nil)
	p.Sheet.Room = fyne.NewSize(width, height)
	p.Sheet.Content = p.frame()
	p.Sheet.OnClose = func() {
		p.results.stop()
		o.OnClose()
	}
	p.field.SetText(o.State.Typed)
	p.field.CursorColumn = len([]rune(o.State.Typed))
	p.Sheet.Open(p.field)
	p.field.TypedShortcut(&fyne.ShortcutSelectAll{})
	p.look(o.State.At)
	return p
}

func (p *Page) frame() fyne.CanvasObject {
	title := sheet.NewTitle("Search the project")
	title.Elastic = false
	p.picks = widgets.NewPicks(260, p.modes(), func(i int) {
		if p.o.State.Spans != (i == 1) {
			p.o.State.Spans = i == 1
			p.picks.Set(260, p.modes())
			p.look(0)
		}
		p.o.Canvas.Focus(p.field)
	})
	head := widgets.NewPadded(widgets.Pad{Left: edge, Top: 14, Right: edge, Bottom: 10},
		widgets.NewStretch(12, 1, title, widgets.NewElastic("", theme.SmallSize, theme.Dim), container.New(wide{146}, p.picks)))
	p.field = widgets.NewField("Words, a “phrase”, begin*, -without, OR, label:…")
	p.field.OnChanged = func(s string) {
		p.o.State.Typed = s
		p.typed()
	}
	p.field.OnDown, p.field.OnEnter = p.list.enter, p.list.enter
	p.says = widgets.NewElastic("", theme.SmallSize, theme.Dim)
	top := widgets.NewPadded(widgets.Pad{Left: edge, Right: edge, Bottom: 10}, widgets.NewColumn(8, p.field, p.says))
	p.none = container.NewStack()
	foot := widgets.NewPadded(widgets.Pad{Left: edge, Top: 10, Right: edge, Bottom: 12},
		widgets.NewRow(8, widgets.NewLine("↑ ↓ to a place, Enter opens it", theme.SmallSize, theme.Dim), nil, widgets.NewPrimaryButton("Close", p.Sheet.Close)))
	return widgets.NewFrame(
		widgets.NewFrame(nil, widgets.NewHairline(), nil, nil, widgets.NewColumn(0, head, top)),
		widgets.NewFrame(widgets.NewHairline(), nil, nil, nil, foot), nil, nil,
		container.NewStack(p.list, p.none))
}

// wide gives an object a width.
type wide struct{ width float32 }

// MinSize is for Fyne.
func (w wide) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(w.width, objects[0].MinSize().Height)
}

// Layout is for Fyne.
func (w wide) Layout(objects []fyne.CanvasObject, s fyne.Size) { objects[0].Resize(s) }

func (p *Page) modes() []widgets.Pick {
	return []widgets.Pick{{Title: "Texts", On: !p.o.State.Spans}, {Title: "Annotations", On: p.o.State.Spans}}
}

// Focus gives the keyboard to the field.
func (p *Page) Focus() {
	p.o.Canvas.Focus(p.field)
	p.field.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// typed hears every key. What was looked for before is given up at once, and the new
// words are looked for when the hand rests.
func (p *Page) typed() {
	p.turn++
	p.results.stop()
	turn := p.turn
	const pause = 140 * time.Millisecond
	p.o.Later(pause, func() {
		if turn == p.turn && p.Sheet.Shown() {
			p.look(0)
		}
	})
}

// look looks for what is typed, with the keyboard at a row.
func (p *Page) look(at int) {
	p.turn++
	p.o.State.At = at
	f, err := filter.Parse(p.field.Text)
	if err != nil {
		p.results.clear()
		p.say(sentence(err), theme.Warning)
		p.explain()
		return
	}
	if f == nil {
		p.results.clear()
		p.say("", theme.Dim)
		p.explain()
		return
	}
	p.results.look(f, at)
}

// sentence is what is wrong with what was typed.
func sentence(err error) string {
	var at *filter.Error
	if errors.As(err, &at) {
		return at.Detail + " " + at.Hint
	}
	return err.Error()
}

func (p *Page) say(words string, color theme.Name) {
	p.says.Color = color
	p.says.SetText(words)
	p.says.Refresh()
}

// explain puts the language in the place of results.
func (p *Page) explain() {
	lines := [][2]string{
		{"strike talks", "both words, anywhere in an article; whole words, whatever their case and accents"},
		{`"peace talks"`, "a phrase"},
		{"strik*", "words that begin so; *trik* has the letters anywhere"},
		{"strike OR walkout", "one of them; with parentheses around what belongs together"},
		{"strike -police", "without a word"},
		{"北京  الإضراب", "any stretch of Chinese, Japanese or Korean; Arabic with or without vowel signs"},
		{"source:reuters label:quote", "with all that a filter can ask for: status:, tag:, published:, attr.NAME: …"},
	}
	if p.o.State.Spans {
		lines[0] = [2]string{"strike talks", "both on a span, or in its label, its attributes, its note or its entity"}
		lines[6] = [2]string{"label:quote attr.type:* note:unclear", "said of this very span; annotator:me for your own"}
	}
	var rows []fyne.CanvasObject
	for _, l := range lines {
		example := widgets.NewLine(l[0], theme.TextSize, theme.Text)
		rows = append(rows, widgets.NewStretch(16, 1, container.New(wide{236}, example), widgets.NewElastic(l[1], theme.TextSize, theme.Dim)))
	}
	p.put(widgets.NewPadded(widgets.Pad{Left: edge, Top: 20, Right: edge}, widgets.NewColumn(10, rows...)))
}

// put shows something in the place of results; nil = the results.
func (p *Page) put(o fyne.CanvasObject) {
	p.none.Objects = nil
	if o != nil {
		p.none.Objects = []fyne.CanvasObject{o}
	}
	p.none.Refresh()
	p.list.Refresh()
}
