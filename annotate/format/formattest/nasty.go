package formattest

import (
	"encoding/json"
	"fmt"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/text"
)

// Nasty is one project with every case that formats are known to break on, so that
// none depends on what is drawn.
func Nasty() []*format.Article {
	hard := &format.Article{
		Ref: "a/b c:1", Title: "“Win” <b>&amp;\u2028", Publisher: "Zeitung; \"A\"", URL: "https://example.org/?a=1&b=ü#c", Author: "Ana\tB.",
		Published: "2026-03-04", Language: "ar", Meta: annotate.Values{"page": json.RawMessage("12345678901234567890"), "ü": json.RawMessage(`["x",{"y":null}]`)},
		Text: strings.Join(words, " ") + "\nAngela Merkel said, “no”. Angela, Merkel\n\nend",
	}
	n := len([]rune(hard.Text))
	body := []rune(hard.Text)
	at := len(body) - len([]rune("Angela Merkel said, “no”. Angela, Merkel\n\nend"))
	set := format.Set{Annotator: "ana", Status: annotate.Done, Flag: "why?\n", Note: "two\nlines", Fields: annotate.Values{
		"genre": json.RawMessage(`"news"`), "relevance": json.RawMessage("true"), "score": json.RawMessage("0.50"), "topics": json.RawMessage(`["war","peace talks"]`),
	}}
	add := func(label string, ranges ...int) {
		var f []text.Range
		for i := 0; i < len(ranges); i += 2 {
			f = append(f, text.Range{Start: ranges[i], End: ranges[i+1]})
		}
		set.Spans = append(set.Spans, format.Span{ID: fmt.Sprint("n-", len(set.Spans)), Label: label, Fragments: f, Origin: annotate.OriginManual})
	}
	add("actor", 0, 1)                             // at the beginning
	add("event", n-3, n)                           // at the end
	add("quote", 0, n)                             // all of it
	add("actor", at, at+6)                         // Angela
	add("PER", at, at+13)                          // nested: Angela Merkel
	add("my label", at, at+13)                     // the same extent
	add("my_label", at, at+13)                     // and a label that is spelled alike
	add("actor", at, at+13)                        // and the same label
	add("event", at+7, at+18)                      // crossing: Merkel said
	add("über/Ä", at+18, at+19)                    // zero gap: the comma
	add("quote", at+20, at+24)                     // in marks
	add("行为者", at+24, at+25)                       // adjacent: the full stop
	add("actor", at+26, at+32, at+34, at+40)       // split
	add("event", at+34, at+45)                     // over line breaks
	add("PER", at+26, at+32, at+40, at+42, n-3, n) // split at a line break
	for i, r := range body {
		switch r {
		case '𠮷', '\u2028', '\t', '\u00a0', '\ufeff', '\u0085':
			add("B-x", i, i+1)
			add("PER", i-2, i+2)
		case '\u200d': // inside a family
			add("actor", i-1, i)
		}
	}
	set.Spans[4].Attributes = annotate.Values{"type": json.RawMessage(`"a b"`), "sure": json.RawMessage("true"), "count": json.RawMessage("-2.50"), "tags": json.RawMessage(`["x","y z"]`)}
	set.Spans[4].Note, set.Spans[9].Note = "one line", "two\nlines\u2028 three"
	set.Spans[4].Entity = &format.Entity{ID: "Q567", Kind: "PER", Name: "Angela Merkel"}
	set.Spans[8].Accepted = []string{"max_words"}
	set.Relations = []format.Relation{
		{ID: "nr-1", Type: "speaker", From: "n-10", To: "n-4", Attributes: annotate.Values{"why": json.RawMessage(`"cause"`)}, Note: "so"},
		{ID: "nr-2", Type: "part of", From: "n-3", To: "n-4"},
		{ID: "nr-3", Type: "part of", From: "n-4", To: "n-3"},   // in a circle
		{ID: "nr-4", Type: "part_of", From: "n-12", To: "n-12"}, // to itself
	}
	second := format.Set{Annotator: "Ana B. 2", Status: annotate.InProgress, Spans: []format.Span{
		{ID: "m-1", Label: "PER", Fragments: []text.Range{{Start: at, End: at + 13}}, Origin: "model:x"},
	}}
	hard.Sets = []format.Set{second, set}
	return []*format.Article{
		{Ref: "empty", Text: ""},
		hard,
		{Ref: "plain", Text: "No spans at all.", Sets: []format.Set{{Annotator: "ana", Status: annotate.Done}}},
		{Ref: "Plain", Text: "Refs that differ by case.", Sets: []format.Set{{Annotator: "ana", Status: annotate.Skipped, Reason: "no news", Accepted: []string{"x"}}}},
		{Ref: "untouched", Text: "Nobody was here."},
	}
}
