package text

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
)

// Guess names the likeliest encoding of bytes that are not UTF-8. It is a
// suggestion to show to a person, never acted upon; "" means that this is no text.
func Guess(raw []byte) string {
	if len(raw) > 64<<10 {
		raw = raw[:64<<10]
	}
	if name := zeros(raw); name != "" {
		if enc, err := htmlindex.Get(name); err == nil {
			if out, err := enc.NewDecoder().Bytes(raw); err == nil && !binary(out) {
				return name
			}
		}
	}
	if binary(raw) {
		return ""
	}
	best, score := "windows-1252", 0.0
	if isolated(raw) > 0.5 {
		return best
	}
	for _, c := range []struct {
		name   string
		likely *unicode.RangeTable
	}{
		{"shift_jis", unicode.Hiragana},
		{"euc-jp", unicode.Hiragana},
		{"euc-kr", unicode.Hangul},
		{"gb18030", unicode.Han},
		{"big5", unicode.Han},
		{"windows-1251", unicode.Cyrillic},
		{"koi8-r", unicode.Cyrillic},
		{"windows-1256", unicode.Arabic},
		{"windows-1255", unicode.Hebrew},
		{"windows-1253", unicode.Greek},
	} {
		if s := plausible(raw, c.name, c.likely); s > score+0.05 {
			best, score = c.name, s
		}
	}
	return best
}

// binary says whether there are control characters that no text has, as in
// pictures and programs.
func binary(raw []byte) bool {
	return bytes.ContainsAny(raw, "\x00\x01\x02\x03\x04\x05\x06\x0e\x0f\x10\x11\x12\x14")
}

// isolated is the share of non-ASCII bytes that stand alone between ASCII ones,
// as accented letters and quotes do in Western European text.
func isolated(raw []byte) float64 {
	var alone, all float64
	for i, c := range raw {
		if c < utf8.RuneSelf {
			continue
		}
		all++
		if (i == 0 || raw[i-1] < utf8.RuneSelf) && (i+1 == len(raw) || raw[i+1] < utf8.RuneSelf) {
			alone++
		}
	}
	return alone / max(all, 1)
}

// zeros tells UTF-16 without a BOM by its zero bytes; "" if it is not that.
func zeros(raw []byte) string {
	raw = raw[:min(len(raw), 4096)]
	if n := bytes.Count(raw, []byte{0}); n == 0 || n*3 < len(raw) {
		return ""
	}
	even := 0
	for i := 0; i < len(raw); i += 2 {
		if raw[i] == 0 {
			even++
		}
	}
	if even*2 > bytes.Count(raw, []byte{0}) {
		return "utf-16be"
	}
	return "utf-16le"
}

// plausible is the share of the non-ASCII letters that the encoding makes
// common letters of its script, or 0 if the bytes are not of the encoding. For
// alphabets, words must also look like words: small letters, few mixtures.
func plausible(raw []byte, name string, likely *unicode.RangeTable) float64 {
	enc, err := htmlindex.Get(name)
	if err != nil {
		return 0
	}
	out, err := enc.NewDecoder().Bytes(raw)
	if err != nil {
		return 0
	}
	var letters, good, bad float64
	prev := ' '
	for _, r := range string(out) {
		if r >= utf8.RuneSelf {
			letters++
			switch {
			case r == utf8.RuneError:
				bad++
			case unicode.Is(likely, r) && !(unicode.IsUpper(r) && unicode.IsLower(prev)) && !(prev < 0x80 && unicode.IsLetter(prev)):
				good += 0.5
			case unicode.In(r, unicode.Han, unicode.Katakana, unicode.Hiragana) && likely != unicode.Hangul, r >= 0x3000 && r <= 0x303F, r >= 0xFF00 && r <= 0xFF60:
				good += 0.5
			}
			if unicode.Is(likely, r) && common(r) {
				good += 0.6
			}
		}
		prev = r
	}
	if letters == 0 || bad > 1 {
		return 0 // one bad character may be a cut at the end of the sample
	}
	return good / letters
}

// common holds a few of the most frequent letters of scripts whose encodings
// are easily taken for each other.
func common(r rune) bool {
	for _, c := range "的一是不了在人有我他这中大来上国和地到說這個國來оеаинтсрОПолиалنمتريوהויתאלαοιετσのにはをたがでていし이다는을가에의" {
		if c == r {
			return true
		}
	}
	return false
}
