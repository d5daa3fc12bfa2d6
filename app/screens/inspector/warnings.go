package inspector

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/annotate/rules"
	"lede/app/theme"
	"lede/app/widgets"
)

// warningsBox has the warnings of the chosen span, or those about the fields of the
// article. They come a moment after a change, when somebody may be typing: the box
// changes in its place, and nothing around it is built anew.
type warningsBox struct {
	p      *Panel
	object *fyne.Container
	span   annotate.ID // "" = the article
	shown  []rules.Warning

	first *widgets.Words // the first of them, in a line above the form
	more  *widgets.Words
	line  *widgets.Surface
}

func newWarningsBox(p *Panel) *warningsBox {
	b := &warningsBox{p: p, object: widgets.NewColumn(0)}
	b.object.Hide()
	b.first = widgets.NewElastic("", theme.SmallSize, theme.Text)
	b.more = widgets.NewLine("", theme.SmallSize, theme.Dim)
	b.line = widgets.NewSurface(widgets.NewStretch(6, 1, widgets.NewIcon(widgets.IconWarn, 12, theme.Warning), b.first, b.more), b.reach)
	b.line.Radius, b.line.Pad = 4, widgets.Even(4, 1)
	b.line.Hide()
	return b
}

// top is a line that says the first warning. It has its room even if there is none, so
// that nothing below it moves while somebody works there.
func (b *warningsBox) top() fyne.CanvasObject {
	return widgets.NewAtLeast(fyne.NewSize(inner, 18), widgets.NewPadded(widgets.Pad{Left: -4, Right: -4}, b.line))
}

// reach brings the warnings into sight.
func (b *warningsBox) reach() {
	if inside := controlsIn(b.object); len(inside) > 0 {
		b.p.focus(inside[len(inside)-1])
		b.p.focus(inside[0])
	}
}

// of shows the warnings of a span, "" those about the article.
func (b *warningsBox) of(span annotate.ID) fyne.CanvasObject {
	if now := b.p.o.Session.WarningsOf(span); span != b.span || !slices.Equal(now, b.shown) {
		b.span = span
		b.fill()
	}
	return b.object
}

func (b *warningsBox) fill() {
	b.shown = b.p.o.Session.WarningsOf(b.span)
	b.sayFirst()
	b.object.Objects = nil
	if len(b.shown) == 0 {
		b.object.Hide()
		return
	}
	var rows []fyne.CanvasObject
	for _, w := range b.shown {
		rows = append(rows, b.row(w))
	}
	b.object.Objects = []fyne.CanvasObject{section("Warnings", 10, rows...)}
	b.object.Show()
}

// sayFirst shows the first warning that nobody has accepted.
func (b *warningsBox) sayFirst() {
	open := rules.Unaccepted(b.shown)
	if len(open) == 0 {
		b.line.Hide()
		return
	}
	b.first.Text, b.more.Text = open[0].Text, ""
	if n := len(open); n > 1 {
		b.more.Text = fmt.Sprintf("+%d", n-1)
	}
	b.line.Show()
	b.line.Refresh()
}

// row is a warning: what it says, what to do, and that it is no problem here.
func (b *warningsBox) row(w rules.Warning) fyne.CanvasObject {
	const left = 21
	icon, tone, verb := widgets.NewIcon(widgets.IconWarn, 14, theme.Warning), theme.Text, "Not a problem here"
	if w.Accepted {
		icon, tone, verb = widgets.NewIcon(widgets.IconCheck, 14, theme.Dim), theme.Dim, "Warn again"
	}
	lines := []fyne.CanvasObject{widgets.NewParagraph(w.Text, theme.TextSize, inner-left, tone)}
	if w.Hint != "" && !w.Accepted {
		lines = append(lines, widgets.NewParagraph(w.Hint, theme.SmallSize, inner-left, theme.Dim))
	}
	if b.p.o.Session.ReadOnly() == "" {
		words := widgets.NewLine(verb, theme.SmallSize, theme.Accent)
		link := widgets.NewSurface(words, func() {
			b.p.o.Tell(b.p.o.Session.Accept(w, !w.Accepted))
			b.p.after()
		})
		link.Radius, link.Pad = 4, widgets.Even(4, 2)
		lines = append(lines, widgets.NewPadded(widgets.Pad{Left: -4}, widgets.NewRow(0, link)))
	}
	return widgets.NewFrame(nil, nil, container.NewVBox(widgets.NewPadded(widgets.Pad{Top: 1}, icon)), nil,
		widgets.NewPadded(widgets.Pad{Left: left - 14}, widgets.NewColumn(3, lines...)))
}

// Warned hears that the warnings of the open article are others.
func (p *Panel) Warned() {
	switch p.tab() {
	case tabSpans:
		p.soon()
		return
	case tabSpan:
		p.refill(p.span.warnings)
	case tabArticle:
		p.refill(p.article.warnings)
	}
}

// refill shows other warnings in a box that is in sight. The keyboard stays where it
// is.
func (p *Panel) refill(b *warningsBox) {
	place := p.place()
	b.fill()
	if place >= 0 && !p.HasFocus() {
		p.put(place)
	}
	p.body.Refresh()
	p.scroll.Refresh()
}

// ShowArticle turns to what is said of the article as a whole.
func (p *Panel) ShowArticle() { p.turnTo(tabArticle) }

// warnedOf says whether somebody should look at a span.
func (p *Panel) warnedOf(span annotate.ID) bool {
	for _, w := range p.o.Session.WarningsOf(span) {
		if !w.Accepted {
			return true
		}
	}
	return false
}
