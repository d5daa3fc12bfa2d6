package annotate

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
)

// CodedQuery asks how words were labelled before: of which spans, in all live
// articles, they are the text.
type CodedQuery struct {
	Words  string // compared by WordsKey
	Except ID     // a span that is passed over
	Limit  int    // of Coded.Spans; 0 = none
}

// Coded is what a CodedQuery finds.
type Coded struct {
	Counts []CodedCount // by number, the greatest first
	Spans  []CodedSpan  // the latest first
	More   bool         // there are more than MostCoded; the others are not counted
}

// MostCoded is how many spans a CodedQuery counts: the latest ones.
const MostCoded = 2000

// CodedCount says how often an annotator gave a label.
type CodedCount struct {
	Annotator, Label ID
	N                int
}

// CodedSpan is a span with a little of the text around it.
type CodedSpan struct {
	Span, Label, Annotator, Article ID
	Title                           string // of the article, or its ref
	Fragments                       Fragments
	Before, Words, After            string // one stretch of the text; Words are from the first fragment to the last
}

// CodedAround is how many code points of text a CodedSpan has on each side.
const CodedAround = 60

// MostWords is the length, in code points, of the longest text of a span that is
// found by a CodedQuery: longer ones do not come again.
const MostWords = 200

// WordsKey is the form in which words are compared: without case, and every run of
// blanks one blank; "" for words that are not looked for, none and too many.
func WordsKey(words string) string {
	if len(words) > 4*MostWords || utf8.RuneCountInString(words) > MostWords {
		return ""
	}
	words = strings.Join(strings.Fields(words), " ")
	for i := range len(words) {
		if words[i] >= utf8.RuneSelf {
			return cases.Fold().String(words)
		}
	}
	return strings.ToLower(words)
}
