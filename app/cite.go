package app

import (
	"fmt"
	"strings"

	"lede/annotate"
	"lede/annotate/text"
	"lede/app/commands"
	"lede/app/screens/articles"
)

// bindCite makes the command that copies with a citation.
func (s *shell) bindCite() {
	s.on(commands.EditCite, s.in((*workspace).copyCitation), func() bool {
		if !s.article() {
			return false
		}
		_, at := s.work.copyFrom()
		return len(at) > 0
	})
}

// marked is what is selected, or else the chosen span.
func (w *workspace) marked() annotate.Fragments {
	s := w.session
	if at := s.Selection(); !at.Empty() {
		return annotate.Fragments{at}
	}
	if doc := s.Doc(); doc != nil {
		if span, ok := doc.Span(s.Chosen()); ok {
			return span.Fragments
		}
	}
	return nil
}

// copyCitation copies the selected text, or that of the chosen span, with where it
// stands.
func (w *workspace) copyCitation() {
	doc, at := w.copyFrom()
	if len(at) == 0 {
		return
	}
	w.shell.app.Clipboard().SetContent(citation(doc.Article, doc.Text, at))
	w.shell.notice(notice{brief: true, title: "Copied with its citation"})
}

// citation is one paragraph: the words of an article between quotation marks, its
// parts joined by […], then title, source, date, address and offsets in code
// points. What is not known is left out.
func citation(a annotate.Article, t *text.Text, at annotate.Fragments) string {
	var parts, places []string
	for _, r := range at {
		parts = append(parts, strings.Join(strings.Fields(t.Slice(r)), " "))
		places = append(places, fmt.Sprintf("%d–%d", r.Start, r.End))
	}
	var facts []string
	for _, fact := range []string{
		articles.TitleOf(a), a.Source, articles.Date(a, false), a.URL, "characters " + strings.Join(places, ", "),
	} {
		if fact = strings.Join(strings.Fields(fact), " "); fact != "" {
			facts = append(facts, fact)
		}
	}
	return quoted(strings.Join(parts, " […] ")) + " — " + strings.Join(facts, ", ")
}

// quoted puts words between quotation marks, unless they are one whole quote
// already.
func quoted(words string) string {
	if inside, ok := strings.CutPrefix(words, "“"); ok && strings.Index(inside, "”") == len(inside)-len("”") {
		return words
	}
	return "“" + words + "”"
}
