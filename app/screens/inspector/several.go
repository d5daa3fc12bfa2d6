package inspector

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"lede/annotate"
	"lede/app/commands"
	"lede/app/screens/reader"
	"lede/app/theme"
	"lede/app/widgets"
)

// stands says whether the details on show are of the place that is chosen now.
func (t *spanTab) stands() bool {
	span, ok := t.p.chosenSpan()
	return !ok || t.object != nil && t.state == t.outside(span)
}

// here says which of the spans on top of one another is shown, and leads to the
// others.
func (t *spanTab) here() fyne.CanvasObject {
	ids, at := t.p.o.Session.Here()
	if len(ids) < 2 || at < 0 {
		return nil
	}
	words := widgets.NewLine(fmt.Sprintf("%d of %d here", at+1, len(ids)), theme.SmallSize, theme.Dim)
	lead := func(title, command string, on bool) fyne.CanvasObject {
		s := widgets.NewSurface(widgets.NewRow(5, widgets.NewLine(title, theme.SmallSize, theme.Accent), widgets.NewKeyCap(t.p.o.Key(command))),
			func() { t.p.o.Run(command); t.p.after() })
		s.Pad, s.Radius, s.Off = widgets.Even(4, 3), 4, !on
		if !on {
			s.Content = widgets.NewLine(title, theme.SmallSize, theme.Faint)
		}
		return s
	}
	return widgets.NewPadded(widgets.Pad{Top: -10}, widgets.NewRow(4, words, nil,
		lead("inside", commands.SpanInside, at > 0), lead("around", commands.SpanAround, at+1 < len(ids)), lead("list", commands.SpanList, true)))
}

// chooseAs chooses a span of the list as the keys that are held ask: Ctrl adds it,
// Shift all with its label up to it. It is false for a plain click.
func (p *Panel) chooseAs(id annotate.ID) bool {
	d, ok := fyne.CurrentApp().Driver().(desktop.Driver)
	if !ok {
		return false
	}
	switch mods := d.CurrentKeyModifiers(); {
	case mods&fyne.KeyModifierShortcutDefault != 0:
		p.o.Session.ChooseMore(id)
	case mods&fyne.KeyModifierShift != 0:
		p.o.Session.ChooseUpTo(id)
	default:
		return false
	}
	p.wanted = tabSpans // further ones are chosen from the list
	p.soon()
	return true
}

// buildSeveral is what can be done with several chosen spans.
func (p *Panel) buildSeveral() fyne.CanvasObject {
	s := p.o.Session
	ids := s.ChosenAll()
	head := widgets.NewLine(fmt.Sprintf("%d spans are chosen", len(ids)), 14, theme.Text)
	var rows []fyne.CanvasObject
	for i, id := range ids {
		const most = 12
		if i == most {
			rows = append(rows, widgets.NewLine(fmt.Sprintf("and %d more", len(ids)-most), theme.SmallSize, theme.Dim))
			break
		}
		span, _ := s.Doc().Span(id)
		label, _ := s.Schema().Label(span.Label)
		rows = append(rows, widgets.NewStretch(8, 1, widgets.NewPattern(reader.MarkOf(label)),
			widgets.NewElastic(p.span.words(span), theme.TextSize, theme.Text),
			widgets.NewIconButton(widgets.IconClose, func() { s.ChooseMore(id); p.o.Focus() })))
	}
	parts := []fyne.CanvasObject{head, widgets.NewColumn(3, rows...)}
	if fields := p.fields(p.chosenSpans()...); len(fields) > 0 {
		parts = append(parts, widgets.NewColumn(6, fields...))
	}
	if s.ReadOnly() != "" {
		return widgets.NewColumn(16, parts...)
	}
	var acts []fyne.CanvasObject
	for _, a := range []struct{ title, command string }{
		{"Entity of the spans…", commands.SpanEntity},
		{"Merge into one span", commands.SpanMerge},
		{"Merge with the text between", commands.SpanMergeBetween},
		{"Convert labels…", commands.SpanConvert},
		{"Delete these spans", commands.EditDelete},
	} {
		color := theme.Accent
		if a.command == commands.EditDelete {
			color = theme.Danger
		}
		inside := []fyne.CanvasObject{widgets.NewLine(a.title, theme.TextSize, color)}
		if key := p.o.Key(a.command); key != "" {
			inside = append(inside, widgets.NewKeyCap(key))
		}
		row := widgets.NewSurface(widgets.NewRow(8, inside...), func() { p.o.Run(a.command) })
		row.Pad, row.Radius = widgets.Pad{Left: 4, Top: 4, Right: 8, Bottom: 4}, 4
		acts = append(acts, widgets.NewPadded(widgets.Pad{Left: -4}, widgets.NewRow(0, row)))
	}
	hint := widgets.NewParagraph("A label’s key, or its button, gives that label to all of them.", theme.SmallSize, inner, theme.Dim)
	return widgets.NewColumn(16, append(parts, widgets.NewColumn(2, acts...), hint)...)
}
