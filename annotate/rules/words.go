package rules

import (
	"strconv"
	"strings"

	"lede/annotate"
	"lede/annotate/text"
)

// titleOf is what people see of something: its title, else its name.
func titleOf(title, name string) string {
	if title != "" {
		return title
	}
	return name
}

// either lists things of which one is enough: “Actor, Event or Place”.
func either(titles []string) string { return joined(titles, " or ") }

func joined(titles []string, last string) string {
	if len(titles) < 2 {
		return strings.Join(titles, "")
	}
	n := len(titles) - 1
	return strings.Join(titles[:n], ", ") + last + titles[n]
}

// wordCount says a number of words.
func wordCount(n int) string {
	if n == 1 {
		return "1 word"
	}
	return strconv.Itoa(n) + " words"
}

// mostQuoted is how much of a text a sentence quotes, in code points.
const mostQuoted = 40

// quote is the text of a span in quotation marks, cut where it is long.
func (r *run) quote(f annotate.Fragments) string {
	var short []text.Range
	for _, part := range f[:min(len(f), mostQuoted)] {
		short = append(short, text.Range{Start: part.Start, End: min(part.End, part.Start+4*mostQuoted)})
	}
	return quoted(r.text.Quote(short))
}

// quoted puts words in quotation marks, on one line and cut where they are long.
func quoted(words string) string {
	words = strings.Join(strings.Fields(words), " ")
	if r := []rune(words); len(r) > mostQuoted {
		words = strings.TrimSpace(string(r[:mostQuoted])) + "…"
	}
	return "“" + words + "”"
}
