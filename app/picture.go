package app

import (
	"slices"

	"lede/annotate"
	"lede/annotate/text"
	"lede/app/commands"
	"lede/app/figure"
	"lede/app/figure/emoji"
	"lede/app/screens/picture"
	"lede/app/screens/sheet"
	"lede/app/textview/layout"
	"lede/app/textview/typeface"
	"lede/app/theme"
	"lede/app/widgets"
)

// bindPicture binds the commands that show annotations to others.
func (s *shell) bindPicture() {
	s.on(commands.FilePicture, s.in(func(w *workspace) { w.picture(false) }), s.article)
	s.on(commands.FilePage, s.in(func(w *workspace) { w.picture(true) }), s.article)
}

// picture opens the dialog for a picture of the passage, or a page of the article.
func (w *workspace) picture(page bool) {
	s := w.shell
	s.quiet()
	doc := w.session.Doc()
	src := figure.Source{Article: doc.Article, Text: doc.Text, Spans: slices.Clone(doc.Spans()), Schema: w.session.Schema()}
	for _, span := range src.Spans {
		for _, r := range doc.RelationsOf(span.ID) {
			if r.From == span.ID {
				src.Relations = append(src.Relations, r)
			}
		}
	}
	who := doc.Annotator.Name
	if doc.Set.ID == "" {
		who = "" // nobody's in the project yet
	}
	f := s.faces
	picture.Open(picture.Options{
		Window: s.win, Store: w.store, Annotator: who, Source: src, Passages: w.passages(), Page: page,
		Fonts: &layout.Bundle{Sans: f.Chain(typeface.Sans), SansBold: f.Chain(typeface.SansBold), Serif: f.Chain(typeface.Serif), SerifBold: f.Chain(typeface.SerifBold)},
		Emoji: emoji.Draw, Reading: w.reader.View.Reading(), Settings: s.o.Settings, Folder: s.place(), Version: s.o.Version,
		Dispatch: s.dispatch, OnFailed: s.remember, OnClose: s.focusText,
		OnSaved: func(path string) {
			s.probe.say("pictured", "path", path)
			s.notice(notice{icon: widgets.IconCheck, color: theme.Success, title: "Saved", text: sheet.Short(path)})
		},
	})
}

// passages are what a picture may show: the selection, or the sentences of the
// chosen span, or what stands at the caret; its paragraphs; the article.
func (w *workspace) passages() []picture.Passage {
	t := w.session.Doc().Text
	at, title := w.session.Selection(), "the selection"
	if span, ok := w.session.Doc().Span(w.session.Chosen()); ok && at.Empty() {
		at, title = sentences(t, span), "the sentence of the span"
	}
	all := picture.Passage{Title: "the whole article", Range: text.Range{Start: 0, End: t.Len()}}
	if at.Empty() {
		return []picture.Passage{all}
	}
	around := text.Range{Start: t.Paragraph(at.Start).Start, End: t.Paragraph(at.End - 1).End}
	return []picture.Passage{{Title: title, Range: at}, {Title: "the whole paragraph", Range: t.Trim(around)}, all}
}

// sentences are those from the first to the last part of a span.
func sentences(t *text.Text, s annotate.Span) text.Range {
	f := s.Fragments
	return t.Trim(text.Range{Start: t.Sentence(f.Start()).Start, End: t.Sentence(f.End() - 1).End})
}
