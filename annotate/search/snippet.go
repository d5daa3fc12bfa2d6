package search

import (
	"lede/annotate"
	"lede/annotate/text"
)

// How much of a text a snippet shows, in code points.
const (
	snippetBefore = 50
	snippetLength = 180
	snippetLoose  = 14 // how far its ends move to where a word ends
)

// Snippets are stretches of a text around places in it, which are in order and apart,
// at most so many; 0 = as many as it takes. Places that lie close together share one.
func Snippets(t *text.Text, places []text.Range, most int) (all []annotate.Snippet) {
	shown := 0 // up to where the last one goes
	for i := 0; i < len(places) && (most <= 0 || len(all) < most); {
		at := text.Range{Start: max(shown, places[i].Start-snippetBefore), End: min(t.Len(), places[i].Start-snippetBefore+snippetLength)}
		at.End = max(at.End, min(places[i].End, places[i].Start+snippetLength))
		line := t.Paragraph(places[i].Start)
		at.Start = wordStart(t, max(at.Start, line.Start), places[i].Start)
		at.End = wordEnd(t, min(max(line.End, places[i].End), at.End), places[i].End)
		s := annotate.Snippet{At: at, Text: t.Slice(at)}
		for ; i < len(places) && places[i].Start < at.End; i++ {
			s.Marks = append(s.Marks, places[i])
		}
		all, shown = append(all, s), at.End
	}
	return all
}

// wordStart moves the start of a snippet on to where a word begins, or at least to
// where a character does.
func wordStart(t *text.Text, start, before int) int {
	if start == 0 || t.RuneAt(start-1) == '\n' {
		return start
	}
	for o := start; o < min(start+snippetLoose, before); o++ {
		if blank(t.RuneAt(o)) {
			return o + 1
		}
	}
	if !t.IsGrapheme(start) {
		return min(t.NextGrapheme(start), before)
	}
	return start
}

// wordEnd moves the end of a snippet back to where a word ends.
func wordEnd(t *text.Text, end, after int) int {
	if end >= t.Len() || t.RuneAt(end) == '\n' {
		return end
	}
	for o := end; o > max(end-snippetLoose, after); o-- {
		if blank(t.RuneAt(o)) {
			return o
		}
	}
	if !t.IsGrapheme(end) {
		return max(t.PrevGrapheme(end), after)
	}
	return end
}

func blank(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\u00a0' || r == '\u3000' }
