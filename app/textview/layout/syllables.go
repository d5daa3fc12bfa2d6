package layout

// Thai, Lao, Khmer and Burmese are written without blanks between words. UAX #14
// leaves their lines to a dictionary; there is none here that may be given away
// with the program and is small. What the spelling tells for sure is used instead:
// a line breaks between syllables, never inside one. Where the spelling leaves it
// open whether a consonant ends a syllable or begins the next, it does not break.

// speller tells whether a syllable may begin at rs[i]; from is where the last one
// did, from < i.
type speller func(rs []rune, from, i int) bool

// spellerOf is how the script of r marks syllables, nil for scripts with blanks.
func spellerOf(r rune) speller {
	switch {
	case r < 0x0E00 || r > 0x17DD:
		return nil
	case r < 0x0E80:
		return thaiSyllable
	case r < 0x0F00:
		return laoSyllable
	case r >= 0x1000 && r < 0x10A0:
		return burmeseSyllable
	case r >= 0x1780:
		return khmerSyllable
	}
	return nil
}

// syllables appends where syllables begin within [from, to), from not among them.
func (b *Block) syllables(stops []int, from, to int) []int {
	start := from
	for i := from + 1; i < to; i++ {
		if b.runes[i] < 0x0E00 || !b.grapheme[i] {
			continue
		}
		if f := spellerOf(b.runes[i]); f != nil && f(b.runes[:to], start, i) {
			stops = append(stops, i)
			start = i
		}
	}
	return stops
}

// is tells whether rs[i] exists and is in [lo, hi].
func is(rs []rune, i int, lo, hi rune) bool {
	return i >= 0 && i < len(rs) && rs[i] >= lo && rs[i] <= hi
}

// thaiSyllable is for Thai. Lao has the same letters 0x80 further on.
func thaiSyllable(rs []rune, from, i int) bool { return taiSyllable(rs, from, i, 0) }

func laoSyllable(rs []rune, from, i int) bool { return taiSyllable(rs, from, i, 0x80) }

func taiSyllable(rs []rune, from, i int, shift rune) bool {
	at := func(k int) rune { // the Thai letter at k; 0 beyond the script
		if !is(rs, k, 0x0E00+shift, 0x0E7F+shift) {
			return 0
		}
		return rs[k] - shift
	}
	c, before := at(i), at(i-1)
	if before == 0 || !wholeTai(at, from, i) {
		return false
	}
	switch {
	case taiLeading(before):
		return false
	case taiLeading(c):
		return true
	case !taiConsonant(c):
		return false
	case before == 0x0E30 || before == 0x0E33 || before == 0x0E46 || before == 0x0E2F: // ะ ำ ๆ ฯ end a syllable
		return !taiSilent(at, i)
	case !taiVoiced(at(i+1)) || taiSilent(at, i):
		return false // it may end a syllable
	case taiMark(before):
		return !taiClosing(before) && !(taiTone(before) && taiClosing(at(i-2)))
	}
	// A consonant stands between: it ends the syllable if that has a vowel already,
	// unless it may begin the next one together with c.
	mark := at(i - 2)
	return taiConsonant(before) && taiMark(mark) && mark != 0x0E4C && !taiCluster(before, c)
}

// wholeTai tells whether [from, i) may be a syllable: not a consonant alone.
func wholeTai(at func(int) rune, from, i int) bool {
	letters := 0
	for k := from; k < i; k++ {
		switch r := at(k); {
		case r == 0 || taiMark(r) && r != 0x0E4C:
			return true
		case taiConsonant(r):
			letters++
		}
	}
	return letters > 1
}

func taiLeading(r rune) bool   { return r >= 0x0E40 && r <= 0x0E44 }
func taiConsonant(r rune) bool { return r >= 0x0E01 && r <= 0x0E2E || r == 0x0E5C || r == 0x0E5D }
func taiTone(r rune) bool      { return r >= 0x0E48 && r <= 0x0E4B }

// taiMark tells vowels that follow their consonant, tones and other signs.
func taiMark(r rune) bool {
	return r >= 0x0E30 && r <= 0x0E3D || r == 0x0E45 || r >= 0x0E47 && r <= 0x0E4E
}

// taiVoiced tells marks of the consonant that a syllable begins with.
func taiVoiced(r rune) bool { return taiMark(r) && r != 0x0E4C && r != 0x0E3A }

// taiClosing tells vowels that want a consonant after them.
func taiClosing(r rune) bool { return r == 0x0E31 || r == 0x0E47 || r == 0x0E3B }

// taiSilent tells a consonant that is written and not spoken.
func taiSilent(at func(int) rune, i int) bool { return at(i+1) == 0x0E4C || at(i+2) == 0x0E4C }

// taiCluster tells consonants that begin a syllable together.
func taiCluster(first, second rune) bool {
	switch second {
	case 0x0E23, 0x0E25, 0x0E27: // ร ล ว
		switch first {
		case 0x0E01, 0x0E02, 0x0E04, 0x0E08, 0x0E0B, 0x0E14, 0x0E15, 0x0E17, 0x0E1A, 0x0E1B, 0x0E1C, 0x0E1E, 0x0E1F, 0x0E28, 0x0E2A:
			return true
		}
		return first == 0x0E2B || first == 0x0E2D // ห อ
	case 0x0E07, 0x0E0D, 0x0E19, 0x0E21, 0x0E22: // ง ญ น ม ย
		return first == 0x0E2B || first == 0x0E2D
	}
	return false
}

// burmeseSyllable: every consonant begins a syllable but one that is killed (it
// ends the syllable), stacked below another, or has one stacked below it.
func burmeseSyllable(rs []rune, _, i int) bool {
	const virama, asat, dot = 0x1039, 0x103A, 0x1037
	c, before := rs[i], rs[i-1]
	switch {
	case !is(rs, i-1, 0x1000, 0x109F) || before == virama:
		return false
	case c >= 0x1040 && c <= 0x1049:
		return before < 0x1040 || before > 0x1049
	case c >= 0x104C && c <= 0x104F || c == 0x103F || c >= 0x1023 && c <= 0x102A:
		return true
	case c > 0x1021:
		return false
	}
	return !is(rs, i+1, virama, asat) && !(is(rs, i+1, dot, dot) && is(rs, i+2, asat, asat))
}

// khmerSyllable: a consonant with a vowel or another below it begins a syllable,
// unless a bare consonant is before it that may belong to it.
func khmerSyllable(rs []rune, from, i int) bool {
	const coeng = 0x17D2
	before := rs[i-1]
	switch {
	case !is(rs, i, 0x1780, 0x17B3) || !is(rs, i-1, 0x1780, 0x17DD) || before == coeng:
		return false
	case before == 0x17C3 || before >= 0x17C5 && before <= 0x17C8: // take no consonant after them
		return true
	case !is(rs, i+1, coeng, coeng) && !is(rs, i+1, 0x17B6, 0x17C8) && !is(rs, i+1, 0x17D0, 0x17D0):
		return false
	case khmerVowel(before):
		return before != 0x17D0
	}
	return i-2 > from && is(rs, i-1, 0x1780, 0x17A2) && khmerVowel(rs[i-2])
}

func khmerVowel(r rune) bool { return r >= 0x17B6 && r <= 0x17C8 || r == 0x17D0 }
