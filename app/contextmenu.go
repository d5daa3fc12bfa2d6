package app

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"lede/annotate/text"
	"lede/app/commands"
	"lede/app/screens/reader"
	"lede/app/widgets"
)

// contextMenu opens the menu at a place of the text: first what is done to the span
// or the selection there, then what is looked for by its words, then what is taken
// along. Labels and changes of shape have menus of their own, so that the menu reads
// at a glance.
func (w *workspace) contextMenu(pos fyne.Position, offset int) {
	w.pointAt(offset)
	groups := [][]*fyne.MenuItem{
		slices.Concat(w.labelItems(), w.spanItems(offset)),
		w.commandItems(commands.SpanLabelAll, commands.SpanConvert, commands.CodedBefore),
		w.commandItems(commands.EditCopy, commands.EditCite, commands.FilePicture),
	}
	var items []*fyne.MenuItem
	for _, group := range groups {
		if len(items) > 0 && len(group) > 0 {
			items = append(items, fyne.NewMenuItemSeparator())
		}
		items = append(items, group...)
	}
	widgets.ShowMenu(fyne.NewMenu("", items...), w.shell.win.Canvas(), pos)
}

// commandItems are the commands of these that can be done now.
func (w *workspace) commandItems(ids ...string) []*fyne.MenuItem {
	t := w.shell.table
	var items []*fyne.MenuItem
	for _, id := range ids {
		if c, ok := t.Command(id); ok && t.Enabled(id) && w.about(id) {
			items = append(items, fyne.NewMenuItem(c.Title, func() { t.Run(id) }))
		}
	}
	return items
}

// about says whether a command concerns the place that the menu was opened at; some
// can be done anywhere.
func (w *workspace) about(id string) bool {
	s := w.session
	switch id {
	case commands.SpanConvert, commands.RelationNew, commands.SpanEntity:
		return s.Chosen() != ""
	case commands.SpanMerge, commands.SpanMergeBetween:
		return len(s.ChosenAll()) > 1
	case commands.SpanQuote:
		return len(s.Quoted()) > 0
	case commands.SpanAddPart:
		return s.Chosen() != "" && !s.Selection().Empty()
	case commands.EditCopy, commands.EditCite:
		return s.Chosen() != "" || !s.Selection().Empty()
	}
	return true
}

// labelItems is the menu of labels for the selection or the chosen span.
func (w *workspace) labelItems() []*fyne.MenuItem {
	s := w.session
	if !w.shell.editable() || len(s.Schema().Labels) == 0 || s.Chosen() == "" && s.Selection().Empty() {
		return nil
	}
	title := "Tag as"
	span, chosen := s.Doc().Span(s.Chosen())
	chosen = chosen && s.Selection().Empty()
	if chosen {
		l, _ := s.Schema().Label(span.Label)
		title = "Label: " + reader.LabelTitle(l)
		if n := len(s.ChosenAll()); n > 1 {
			title = fmt.Sprintf("Label of the %d spans", n)
		}
	}
	labels := fyne.NewMenuItem(title, nil)
	labels.ChildMenu = fyne.NewMenu("")
	for _, l := range s.Schema().Labels {
		item := fyne.NewMenuItem(reader.LabelTitle(l), func() {
			_, err := s.Label(l.ID)
			w.shell.tell(err)
			w.reader.Focus()
		})
		item.Checked = chosen && l.ID == span.Label
		labels.ChildMenu.Items = append(labels.ChildMenu.Items, item)
	}
	return []*fyne.MenuItem{labels}
}

// spanItems are what can be done with the span, or the selection, at an offset.
func (w *workspace) spanItems(offset int) []*fyne.MenuItem {
	s := w.session
	if !s.Selection().Empty() {
		return w.commandItems(commands.SpanQuote, commands.SpanAddPart)
	}
	items := w.commandItems(commands.RelationNew, commands.SpanEntity, commands.SpanLinkSame, commands.SpanNote)
	if shapes := w.shapeItems(offset); len(shapes) > 0 {
		reshape := fyne.NewMenuItem("Reshape", nil)
		reshape.ChildMenu = fyne.NewMenu("", shapes...)
		items = append(items, reshape)
	}
	if here, _ := s.Here(); len(here) > 1 && s.Chosen() != "" {
		items = append(items, fyne.NewMenuItem(fmt.Sprintf("List the %d spans here…", len(here)), func() { w.listSpans(here, w.atSelection()) }))
	}
	return append(items, w.commandItems(commands.EditDelete)...)
}

// shapeItems change the fragments of the chosen span, at an offset or as a whole.
func (w *workspace) shapeItems(offset int) []*fyne.MenuItem {
	s := w.session
	span, ok := s.Doc().Span(s.Chosen())
	if !ok || !w.shell.editable() {
		return nil
	}
	var items []*fyne.MenuItem
	if part := slices.IndexFunc(span.Fragments, func(r text.Range) bool { return r.Contains(offset) }); part >= 0 {
		if span.Fragments.Start() < offset {
			items = append(items, fyne.NewMenuItem("Split the span here", func() { w.split(offset) }))
		}
		if len(span.Fragments) > 1 {
			items = append(items, fyne.NewMenuItem("Remove this part", func() { w.shell.tell(s.RemoveFragment(span.ID, part)) }))
		}
	}
	return append(items, w.commandItems(commands.SpanMerge, commands.SpanMergeBetween, commands.SpanQuote)...)
}
