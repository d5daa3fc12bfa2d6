package search

import (
	"strings"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"lede/annotate/text"
)

// Version changes whenever texts are cut or folded differently. An index that was
// made by another version is made anew.
const Version = 1

// longest is how many characters a word has at most; a longer run is several words.
const longest = 64

// class is what a rune is to words.
type class uint8

const (
	unknown class = iota
	between       // ends a word
	inside        // a letter or digit
	mark          // belongs to the letter before it
	unseen        // neither ends nor changes a word
	alone         // a word by itself
)

const pageSize = 256

// classes are looked up once for each rune.
var classes [(unicode.MaxRune + 1) / pageSize]atomic.Pointer[[pageSize]class]

func classOf(r rune) class {
	at := &classes[r/pageSize]
	page := at.Load()
	if page == nil {
		page = new([pageSize]class)
		for i := range page {
			page[i] = classify(r/pageSize*pageSize + rune(i))
		}
		at.Store(page) // two that do the same store the same
	}
	return page[r%pageSize]
}

// tatweel makes Arabic words longer and nothing else.
const tatweel = 'ـ'

func classify(r rune) class {
	switch {
	case r == tatweel, unicode.Is(unicode.Cf, r), unicode.Is(unicode.Variation_Selector, r):
		return unseen
	case dense(r) && (unicode.IsLetter(r) || unicode.IsMark(r)):
		return alone
	case unicode.IsLetter(r), unicode.IsNumber(r):
		return inside
	case unicode.IsMark(r):
		return mark
	}
	return between
}

// dense says whether a script is written without blanks between words, or joins them
// so freely that one looks for parts.
func dense(r rune) bool {
	switch r {
	case '々', 'ー', 'ｰ': // they have no script of their own
		return true
	}
	return r >= 0x0e00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul,
		unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// words cuts a text into folded words, one after the other.
type words struct {
	s     string
	byte  int // how far it came
	point int // the same in code points

	word []byte     // the present word; it changes with the next one
	at   text.Range // where it stands, in code points
	left []byte     // of what was folded together: further words that stand there
}

func newWords(s string) *words { return &words{s: s} }

// next finds the next word.
func (w *words) next() bool {
	if len(w.left) > 0 {
		w.takeLeft()
		return true
	}
	for w.byte < len(w.s) {
		c := w.s[w.byte]
		switch {
		case c >= utf8.RuneSelf:
			if w.other() {
				return true
			}
		case letterOrDigit(c):
			if w.ascii() || w.run() {
				return true
			}
		default:
			w.byte++
			w.point++
		}
	}
	return false
}

func letterOrDigit(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

// ascii takes a word of ASCII alone, as most are in many languages.
func (w *words) ascii() bool {
	end := w.byte
	for end < len(w.s) && letterOrDigit(w.s[end]) && end-w.byte < longest {
		end++
	}
	if end < len(w.s) && (w.s[end] >= utf8.RuneSelf || end-w.byte == longest) {
		return false
	}
	w.word = w.word[:0]
	for i := w.byte; i < end; i++ {
		c := w.s[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		w.word = append(w.word, c)
	}
	w.at = text.Range{Start: w.point, End: w.point + end - w.byte}
	w.byte, w.point = end, w.at.End
	return true
}

// other goes on where a rune stands that is not ASCII.
func (w *words) other() bool {
	r, size := utf8.DecodeRuneInString(w.s[w.byte:])
	switch classOf(r) {
	case inside:
		return w.run()
	case alone:
		return w.single()
	default: // marks of nothing among them
		w.byte += size
		w.point++
		return false
	}
}

// run takes a run of letters, digits, marks and what is not seen. It may come to
// nothing.
func (w *words) run() bool {
	end, n, plain := w.byte, 0, true
	for end < len(w.s) && n < longest {
		r, size := rune(w.s[end]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(w.s[end:])
			plain = false
		}
		if c := classOf(r); c == between || c == alone {
			break
		}
		end += size
		n++
	}
	// What belongs to the last letter goes with it, also if the run is cut.
	for n == longest && end < len(w.s) {
		r, size := utf8.DecodeRuneInString(w.s[end:])
		if c := classOf(r); c != mark && c != unseen {
			break
		}
		end += size
		n++
	}
	run := w.s[w.byte:end]
	w.at = text.Range{Start: w.point, End: w.point + n}
	w.byte, w.point = end, w.at.End
	w.word = fold(w.word[:0], run, plain)
	return len(w.word) > 0
}

// single takes a character that is a word by itself, with the marks that belong to
// it. Composed and decomposed forms come to the same words, each a rune.
func (w *words) single() bool {
	n := norm.NFC.NextBoundaryInString(w.s[w.byte:], true)
	segment := w.s[w.byte : w.byte+n]
	w.at = text.Range{Start: w.point, End: w.point + utf8.RuneCountInString(segment)}
	w.byte, w.point = w.byte+n, w.at.End
	w.left = w.left[:0]
	if !norm.NFKC.IsNormalString(segment) {
		segment = norm.NFKC.String(segment)
	}
	for _, r := range segment {
		if c := classOf(r); c == inside || c == alone {
			w.left = utf8.AppendRune(w.left, r)
		}
	}
	if len(w.left) == 0 {
		return false
	}
	w.takeLeft()
	return true
}

func (w *words) takeLeft() {
	_, size := utf8.DecodeRune(w.left)
	w.word = append(w.word[:0], w.left[:size]...)
	w.left = w.left[size:]
}

// joined are letters that Unicode does not take apart, as they are typed where the
// keyboard lacks them.
var joined = map[rune]string{
	'ß': "ss", 'ẞ': "ss", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'ħ': "h", 'ŧ': "t", 'æ': "ae", 'œ': "oe", 'þ': "th",
	// Arabic script: letters that are written one for the other, and those of
	// Persian and Urdu for the same.
	'ى': "ي", 'ی': "ي", 'ې': "ي", 'ک': "ك", 'ة': "ه", 'ہ': "ه", 'ھ': "ه", 'ە': "ه", 'ٱ': "ا", 'ء': "",
}

// fold appends the folded form of a run.
func fold(to []byte, run string, plain bool) []byte {
	if !plain && !norm.NFKD.IsNormalString(run) {
		run = norm.NFKD.String(run)
	}
	for _, r := range run {
		if r < utf8.RuneSelf {
			if letterOrDigit(byte(r)) {
				to = append(to, byte(unicode.ToLower(r)))
			}
			continue
		}
		switch c := classOf(r); {
		case c == between || c == unseen || c == mark && !kept(r):
			continue
		}
		if d, ok := digit(r); ok {
			to = append(to, d)
			continue
		}
		r = unicode.ToLower(unicode.ToUpper(r)) // ς is σ, ı is i
		if s, ok := joined[r]; ok {
			to = append(to, s...)
			continue
		}
		to = utf8.AppendRune(to, r)
	}
	return to
}

// digit is the ASCII digit for a decimal digit of any script.
func digit(r rune) (byte, bool) {
	for _, at := range unicode.Nd.R16 { // each is tens of digits, from 0 to 9
		if rune(at.Lo) <= r && r <= rune(at.Hi) {
			return '0' + byte((r-rune(at.Lo))%10), true
		}
	}
	for _, at := range unicode.Nd.R32 {
		if rune(at.Lo) <= r && r <= rune(at.Hi) {
			return '0' + byte((r-rune(at.Lo))%10), true
		}
	}
	return 0, false
}

// kept says whether a mark makes another word: vowel signs, nukta, virama, the
// voicing of kana. Accents, vowel points and tones do not.
func kept(r rune) bool {
	const nukta, voicing, virama = 7, 8, 9 // canonical combining classes
	switch norm.NFD.PropertiesString(string(r)).CCC() {
	case 0, nukta, voicing, virama:
		return true
	}
	return unicode.Is(unicode.Tibetan, r) // its vowels have classes of their own
}

// Shadow is what an index is given for a text: its words with a blank between them.
func Shadow(s string) string {
	var b strings.Builder
	b.Grow(len(s) + len(s)/8)
	for w := newWords(s); w.next(); {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.Write(w.word)
	}
	return b.String()
}
