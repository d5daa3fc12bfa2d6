package main

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"lede/annotate/text"
	"lede/app/textview"
)

// hard makes articles that are hard to show: all in one "line", nothing but
// "newlines", one line of "arabic", a span "over" all the others, spans "nested" in
// one another.
func hard(kind string, bytes, spans int) (string, []textview.Item) {
	source, items := article(bytes, spans)
	switch kind {
	case "line":
		source = strings.ReplaceAll(source, "\n", " ")
	case "newlines":
		source = opening + strings.Repeat("\n", bytes)
	case "arabic":
		const sentence = " أعلنت الحكومة يوم الاثنين أن المفاوضات مع النقابة انهارت للمرة الثالثة (NATO 2026)."
		source = opening + strings.Repeat(sentence, bytes/len(sentence))
		length := utf8.RuneCountInString(source)
		for i := range items {
			items[i].Fragments = []text.Range{{Start: 120 + i*(length-200)/len(items), End: 140 + i*(length-200)/len(items)}}
		}
	case "over":
		items = append(items, textview.Item{ID: "over", Label: names[2], Fragments: []text.Range{{Start: len(opening) + 1, End: len(source)}}})
	case "nested":
		const start, long = 120, 400
		for i := range items {
			in := i % (long/2 - 1)
			items[i] = textview.Item{ID: fmt.Sprint("s", i), Label: names[i%len(names)], Fragments: []text.Range{{Start: start + in, End: start + long - in}}}
		}
	}
	return source, items
}
