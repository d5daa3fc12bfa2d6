package inspector

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/app/screens/form"
	"lede/app/screens/reader"
	"lede/app/session"
	"lede/app/theme"
	"lede/app/widgets"
)

// Width is the width of the panel.
const Width float32 = 304

// inner is the width of what is in it.
const inner = Width - 1 - 2*16

// Options is what the panel needs.
type Options struct {
	Session    *session.Session
	Canvas     fyne.Canvas
	Tell       func(error)
	LabelKey   func(hotkey string) string // the key that a label has now
	Soon       func(func())               // runs once what is happening now is over
	Focus      func()                     // back to the text
	Reveal     func()                     // scroll to the chosen span
	SkipReason func()                     // ask why the article is skipped
	Look       func(string)               // look at an annotator's work
	ContinueAs func(string)               // annotate as that one
	Relate     func(annotate.ID)          // look in the text for the other end of a relation of a type
	NoteKey    string                     // shortcuts as people see them
	AddPartKey string
	Run        func(command string)        // does a command of the window
	Entity     func(annotate.ID)           // shows the page of an entity
	Key        func(command string) string // its shortcut, as people see it
}

// The tabs.
const (
	tabSpan = iota
	tabSpans
	tabArticle
	tabGuide
)

// Panel is the inspector.
type Panel struct {
	Object fyne.CanvasObject

	o        Options
	tabs     *widgets.Tabs
	body     *fyne.Container
	scroll   *container.Scroll
	footer   *widgets.Words
	foot     *fyne.Container
	span     *spanTab
	spans    *spansTab
	article  *articleTab
	guide    *guideTab
	form     *form.Form // of the chosen spans
	formOf   string     // their ids
	due      bool       // show is about to be called
	wanted   int        // the tab the person chose; another shows while it has nothing to say
	chosen   annotate.ID
	relation annotate.ID // the chosen one
	several  int         // spans chosen when last shown
	last     int         // the control that had the keyboard last
}

// New makes the panel.
func New(o Options) *Panel {
	p := &Panel{o: o, wanted: tabSpans, body: container.NewStack()}
	p.tabs = widgets.NewTabs(20, "Span", "Spans", "Article", "Guide")
	p.tabs.OnChosen = p.turnTo
	p.span, p.spans, p.article = newSpanTab(p), newSpansTab(p), newArticleTab(p)
	p.guide, p.form = newGuideTab(p), form.New()
	p.scroll = container.NewVScroll(widgets.NewPadded(widgets.Pad{Left: 16, Top: 13, Right: 16, Bottom: 24}, p.body))
	p.footer = widgets.NewElastic("", theme.SmallSize, theme.Dim)
	p.foot = widgets.NewFrame(widgets.NewHairline(), nil, nil, nil,
		widgets.NewPadded(widgets.Even(16, 12), p.footer))
	head := widgets.NewFrame(nil, widgets.NewHairline(), nil, nil, widgets.NewPadded(widgets.Pad{Left: 16}, p.tabs.Container))
	p.Object = container.NewStack(widgets.NewFill(theme.Panel), widgets.NewFrame(head, p.foot, nil, nil, p.scroll))
	p.Opened()
	return p
}

func (p *Panel) turnTo(tab int) {
	p.Commit()
	p.wanted = tab
	p.show()
}

// tab is the tab that is shown.
func (p *Panel) tab() int {
	if p.wanted == tabSpan {
		if _, ok := p.chosenSpan(); !ok {
			return tabSpans
		}
	}
	return p.wanted
}

func (p *Panel) chosenSpan() (annotate.Span, bool) {
	doc := p.o.Session.Doc()
	if doc == nil {
		return annotate.Span{}, false
	}
	return doc.Span(p.o.Session.Chosen())
}

// Opened shows another article.
func (p *Panel) Opened() {
	p.chosen = ""
	p.article.opened()
	p.show()
	p.scroll.ScrollToTop()
}

// SchemaChanged shows labels and attributes anew.
func (p *Panel) SchemaChanged() {
	p.span.forget()
	p.show()
}

// Selection shows the chosen span. Choosing one turns to it; letting it go turns
// back to the list.
func (p *Panel) Selection() {
	chosen := p.o.Session.Chosen()
	if relation := p.o.Session.ChosenRelation(); relation != p.relation {
		p.relation = relation
		if p.soon(); relation != "" {
			p.Commit()
			p.wanted = tabSpan
			p.scroll.ScrollToTop()
		}
	}
	several := len(p.o.Session.ChosenAll())
	if chosen == p.chosen && several == p.several {
		if several > 1 || !p.span.stands() { // others, or another place in the same span
			p.soon()
		}
		return
	}
	p.several = several
	p.Commit()
	p.chosen, p.guide.picked = chosen, ""
	switch {
	case chosen != "" && p.wanted == tabSpans:
		p.wanted = tabSpan
	case chosen == "" && p.wanted == tabSpan:
		p.wanted = tabSpans
	}
	if p.wanted == tabSpan { // it may be scrolled, for another span
		p.scroll.ScrollToTop()
	}
	p.soon()
}

// Changed shows what a change altered.
func (p *Panel) Changed() {
	p.span.who.due = true
	p.soon()
}

// soon shows the panel anew, once for all that happens in one gesture.
func (p *Panel) soon() {
	if p.due {
		return
	}
	p.due = true
	p.o.Soon(func() {
		if p.due {
			p.show()
		}
	})
}

// show builds the tab that is in front, and the titles of all.
func (p *Panel) show() {
	p.due = false
	doc := p.o.Session.Doc()
	if doc == nil {
		p.body.Objects = nil
		p.foot.Hide()
		p.tabs.Hide()
		p.Object.Refresh()
		return
	}
	p.tabs.Show()
	span, ok := p.chosenSpan()
	title, guide := "", ""
	if ok {
		label, _ := p.o.Session.Schema().Label(span.Label)
		title = reader.LabelTitle(label)
	}
	if p.hasGuide() {
		guide = "Guide"
	}
	if p.wanted == tabGuide && guide == "" {
		p.wanted = tabSpan
	}
	several := len(p.o.Session.ChosenAll())
	if rel, chosen := p.o.Session.Relation(p.o.Session.ChosenRelation()); ok && chosen {
		kind, _ := p.o.Session.Schema().RelationType(rel.Type)
		title = reader.RelationTitle(kind)
	} else if several > 1 {
		title = fmt.Sprintf("%d chosen", several)
	}
	p.tabs.SetTitle(tabSpan, title)
	p.tabs.SetTitle(tabSpans, fmt.Sprintf("Spans %d", len(doc.Spans())))
	p.tabs.SetTitle(tabGuide, guide)
	tab := p.tab()
	if p.tabs.Chosen() != tab {
		p.tabs.Choose(tab)
	}
	var content fyne.CanvasObject
	foot := ""
	switch tab {
	case tabSpan:
		if rel, ok := p.o.Session.Relation(p.o.Session.ChosenRelation()); ok {
			content = p.span.relation(rel)
			break
		}
		if several > 1 {
			p.span.forget()
			content = p.buildSeveral()
			break
		}
		content = p.span.build(span)
		foot = fmt.Sprintf("by %s · %s", p.o.Session.Shown().Name, span.Origin)
	case tabSpans:
		content = p.spans.build()
	case tabArticle:
		content = p.article.build()
	case tabGuide:
		content = p.guide.build()
	}
	place := p.place()
	p.body.Objects = []fyne.CanvasObject{content}
	if place >= 0 && !p.HasFocus() {
		p.put(place) // the control was made anew
	}
	p.footer.SetText(foot)
	if (foot != "") != p.foot.Visible() {
		if foot != "" {
			p.foot.Show()
		} else {
			p.foot.Hide()
		}
		p.Object.Refresh()
	}
	p.scroll.Refresh()
}

// Commit writes down what stands in a field that has the focus.
func (p *Panel) Commit() {
	p.form.Commit()
	p.span.commit()
	p.article.commit()
}

// FocusNote puts the keyboard into the note of the chosen span.
func (p *Panel) FocusNote() {
	if _, ok := p.chosenSpan(); ok {
		p.wanted = tabSpan
		p.show()
		p.focus(p.span.note)
	}
}

// FocusFlag puts the keyboard into the question to the lead.
func (p *Panel) FocusFlag() { p.focusArticle(p.article.flag) }

// FocusArticleNote puts the keyboard into the note on the article.
func (p *Panel) FocusArticleNote() { p.focusArticle(p.article.note) }

func (p *Panel) focusArticle(f *widgets.Field) {
	p.wanted = tabArticle
	p.show()
	p.focus(f)
}

func (p *Panel) focus(f fyne.Focusable) {
	if f != nil {
		p.o.Canvas.Focus(f)
	}
}
