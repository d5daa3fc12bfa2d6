package entity

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// pronouns and such stand at the beginning of sentences, in capitals, and are no
// names.
var pronouns = map[string]bool{
	"i": true, "you": true, "he": true, "him": true, "his": true, "she": true, "her": true, "hers": true, "it": true, "its": true,
	"we": true, "us": true, "our": true, "they": true, "them": true, "their": true, "this": true, "that": true, "these": true,
	"those": true, "who": true, "which": true, "whom": true, "whose": true, "one": true, "some": true, "many": true, "all": true,
	"himself": true, "herself": true, "itself": true, "themselves": true, "my": true, "your": true, "an": true, "no": true,
}

// particles stand before a name, in small letters.
var particles = map[string]bool{
	"von": true, "van": true, "der": true, "den": true, "ten": true, "zu": true, "di": true, "da": true, "dos": true, "del": true,
	"al": true, "bin": true, "ibn": true, "bint": true, "af": true, "av": true, "ter": true,
}

// LooksLikeName says whether words are a name, as far as writing tells: the first
// that is no article, pronoun or particle has a capital letter, or is of a script
// without them. Where it is the first of several, it may but begin a sentence: then
// another capital has to follow.
func LooksLikeName(words string) bool {
	all := strings.Fields(words)
	for i, w := range all {
		bare := strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) })
		low := strings.ToLower(bare)
		if bare == "" || small[low] || particles[low] {
			continue
		}
		return !pronouns[low] && capital(bare) && (i > 0 || len(all) == 1 || slices.ContainsFunc(all[1:], capital))
	}
	return false
}

// capital says whether a word begins with a capital letter or one of a script
// without them.
func capital(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsLetter(r) && !unicode.IsLower(r)
}

// RefersBack says whether words point at what was named before, as far as English
// shows it: a pronoun, or a noun with the or this.
func RefersBack(words string) bool {
	all := strings.Fields(strings.ToLower(words))
	if len(all) == 0 || LooksLikeName(words) {
		return false
	}
	return pronouns[strings.Trim(all[0], `.,;:"“”’`)] || all[0] == "the"
}

// NameOf is what an entity is called after its mentions: the longest that looks
// like a name, else the longest; very long ones only if there are no others. Line
// breaks become blanks.
func NameOf(mentions []string) string {
	const long = 60 // code points: a name with a whole clause behind it
	best, rank := "", -1
	for _, m := range mentions {
		m = oneLine(m)
		n := utf8.RuneCountInString(m)
		r := 1
		if LooksLikeName(m) {
			r = 2
		}
		if n > long {
			r = 0
		}
		if n > 0 && (r > rank || r == rank && n > utf8.RuneCountInString(best)) {
			best, rank = m, r
		}
	}
	return best
}
