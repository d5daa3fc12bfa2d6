package entity

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"lede/annotate/find"
)

// keyer makes the keys of names.
type keyer struct{ folder *find.Folder }

func newKeyer() keyer { return keyer{find.NewFolder()} }

// plain are letters with a stroke or joined ones, which do not decompose, as they
// are typed where the keyboard lacks them.
var plain = strings.NewReplacer("ø", "o", "ł", "l", "đ", "d", "ð", "d", "ħ", "h", "ŧ", "t", "ı", "i", "æ", "ae", "œ", "oe", "þ", "th")

// key is the form in which names are compared: words of letters and digits, in
// lower case, without accents, with one blank between them. The dots of
// abbreviations join (U.N. is un), a possessive 's is dropped.
func (k keyer) key(name string) string {
	runes := []rune(plain.Replace(k.folder.Fold(name)))
	var b strings.Builder
	b.Grow(len(name))
	open := false // a word is being written
	for i, r := range runes {
		switch {
		case kept(r):
			if !open && b.Len() > 0 {
				b.WriteByte(' ')
			}
			open = true
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r): // an accent: the letter goes on
		case r == '.' && open && alone(runes, i-1) && alone(runes, i+1): // U.N.
		case r == '\'' && possessive(runes, i):
			runes[i+1] = ' '
			open = false
		default:
			open = false
		}
	}
	return b.String()
}

// kept says whether a rune of a folded name is part of its key: letters, digits
// and the marks without which a word is another one. Accents, vowel points and
// tones are no such marks.
func kept(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9'
	}
	if unicode.IsLetter(r) || unicode.IsDigit(r) {
		return true
	}
	if !unicode.IsMark(r) {
		return false
	}
	const nukta, voicing, virama = 7, 8, 9 // canonical combining classes
	switch norm.NFD.PropertiesString(string(r)).CCC() {
	case 0, nukta, voicing, virama:
		return true
	}
	return false
}

// alone says whether the rune at i is a letter between no others.
func alone(runes []rune, i int) bool {
	letter := func(i int) bool { return i >= 0 && i < len(runes) && (kept(runes[i]) || unicode.IsMark(runes[i])) }
	return letter(i) && !letter(i-1) && !letter(i+1)
}

// possessive says whether the apostrophe at i begins the 's at the end of a word.
func possessive(runes []rune, i int) bool {
	return i > 0 && kept(runes[i-1]) && i+1 < len(runes) && runes[i+1] == 's' && (i+2 == len(runes) || !kept(runes[i+2]))
}

// dense says whether a script is written without blanks between words: there a
// word may begin at every letter.
func dense(r rune) bool {
	return r >= 0x0e00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// beginnings lists what stands in a key from each place on where a word begins,
// to the end of that word.
func beginnings(key string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for word := range strings.SplitSeq(key, " ") {
			for i, r := range word {
				if i > 0 && !dense(r) {
					continue
				}
				if !yield(word[i:]) {
					return
				}
			}
		}
	}
}

// wordsOf are the words of a key.
func wordsOf(key string) []string {
	if key == "" {
		return nil
	}
	return strings.Split(key, " ")
}

// small are words that say nothing of who is meant.
var small = map[string]bool{
	"the": true, "a": true, "an": true, "of": true, "and": true, "for": true, "de": true, "du": true, "des": true, "la": true,
	"le": true, "les": true, "et": true, "der": true, "die": true, "das": true, "und": true, "y": true, "el": true,
}

// telling are words without the small ones, or all if there are no others.
func telling(words []string) []string {
	var kept []string
	for _, w := range words {
		if !small[w] {
			kept = append(kept, w)
		}
	}
	if kept == nil {
		return words
	}
	return kept
}

// initials are the first letters of words, "" of fewer than two.
func initials(words []string) string {
	if len(words) < 2 {
		return ""
	}
	var b strings.Builder
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		b.WriteRune(r)
	}
	return b.String()
}

// shouted says whether a name is written in capitals, as initials are: at least
// two, and no small letter.
func shouted(name string) bool {
	capitals := 0
	for _, r := range name {
		switch {
		case unicode.IsLower(r):
			return false
		case unicode.IsUpper(r):
			capitals++
		}
	}
	return capitals >= 2
}
