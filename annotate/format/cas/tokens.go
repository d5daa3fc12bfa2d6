package cas

import (
	"lede/annotate/format/token"
	"lede/annotate/text"
)

// Segments are the sentences and tokens of a text. Borders of fragments are borders
// of tokens, unless they lie in white space, and no sentence ends inside a fragment.
// Sentences begin and end with a token.
func Segments(t *text.Text, fragments []text.Range) (sentences, tokens []text.Range) {
	whole := text.Range{End: t.Len()}
	var cuts []int
	for _, f := range fragments {
		cuts = append(cuts, f.Start, f.End)
	}
	pieces := token.Sentences(t, fragments)
	for _, p := range pieces {
		cuts = append(cuts, p.End)
	}
	k := 0
	for _, tok := range token.Split("words", t, whole, cuts) {
		tokens = append(tokens, tok.Range)
		fresh := len(sentences) == 0
		for pieces[k].End <= tok.Start {
			k++
			fresh = true
		}
		if fresh {
			sentences = append(sentences, tok.Range)
			continue
		}
		sentences[len(sentences)-1].End = tok.End
	}
	return sentences, tokens
}
