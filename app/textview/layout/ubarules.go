package layout

import "golang.org/x/text/unicode/bidi"

// weak resolves marks, numbers and what belongs to them (W1–W7).
func (s *sequence) weak() {
	s.marks()
	strong := s.sos
	for _, i := range s.at { // W2, W3
		switch s.class[i] {
		case bidi.L, bidi.R:
			strong = s.class[i]
		case bidi.AL:
			strong, s.class[i] = bidi.AL, bidi.R
		case bidi.EN:
			if strong == bidi.AL {
				s.class[i] = bidi.AN
			}
		}
	}
	s.separators()
	s.terminators()
	strong = s.sos
	for _, i := range s.at { // W6, W7
		switch s.class[i] {
		case bidi.L, bidi.R:
			strong = s.class[i]
		case bidi.ES, bidi.ET, bidi.CS:
			s.class[i] = bidi.ON
		case bidi.EN:
			if strong == bidi.L {
				s.class[i] = bidi.L
			}
		}
	}
}

// marks go with what they stand on (W1).
func (s *sequence) marks() {
	before := s.sos
	for _, i := range s.at {
		if s.class[i] == bidi.NSM {
			s.class[i] = before
		}
		before = s.class[i]
		if isolates(before) || before == bidi.PDI {
			before = bidi.ON
		}
	}
}

// separators join the numbers on both sides (W4).
func (s *sequence) separators() {
	for k := 1; k+1 < len(s.at); k++ {
		c, before, behind := s.class[s.at[k]], s.class[s.at[k-1]], s.class[s.at[k+1]]
		if before == behind && (before == bidi.EN && (c == bidi.ES || c == bidi.CS) || before == bidi.AN && c == bidi.CS) {
			s.class[s.at[k]] = before
		}
	}
}

// terminators, as currency signs, belong to the number beside them (W5).
func (s *sequence) terminators() {
	for k := 0; k < len(s.at); k++ {
		if s.class[s.at[k]] != bidi.ET {
			continue
		}
		end := k
		for end < len(s.at) && s.class[s.at[end]] == bidi.ET {
			end++
		}
		if k > 0 && s.class[s.at[k-1]] == bidi.EN || end < len(s.at) && s.class[s.at[end]] == bidi.EN {
			for ; k < end; k++ {
				s.class[s.at[k]] = bidi.EN
			}
		}
		k = end - 1
	}
}

// strongly is the direction that a class counts as among neutrals; ON for none.
func strongly(c bidi.Class) bidi.Class {
	switch c {
	case bidi.L:
		return bidi.L
	case bidi.R, bidi.EN, bidi.AN:
		return bidi.R
	}
	return bidi.ON
}

// brackets take the direction of what they hold, both of a pair the same (N0).
func (s *sequence) brackets() {
	for _, pair := range s.pairs() {
		inside := bidi.ON
		for _, i := range s.at[pair[0]+1 : pair[1]] {
			if c := strongly(s.class[i]); c == s.dir {
				inside = c
				break
			} else if c != bidi.ON {
				inside = c
			}
		}
		switch {
		case inside == bidi.ON:
			continue
		case inside != s.dir:
			before := s.sos
			for k := pair[0] - 1; k >= 0; k-- {
				if c := strongly(s.class[s.at[k]]); c != bidi.ON {
					before = c
					break
				}
			}
			if before != inside {
				inside = s.dir
			}
		}
		for _, k := range pair {
			s.class[s.at[k]] = inside
			for m := k + 1; m < len(s.at) && s.orig[s.at[m]] == bidi.NSM; m++ {
				s.class[s.at[m]] = inside
			}
		}
	}
}

// neutral gives blanks and punctuation the direction on both sides of them, or
// that of the embedding (N1, N2).
func (s *sequence) neutral() {
	before := s.sos
	for k := 0; k < len(s.at); {
		if c := strongly(s.class[s.at[k]]); c != bidi.ON {
			before = c
			k++
			continue
		}
		end, behind := k, s.eos
		for ; end < len(s.at); end++ {
			if c := strongly(s.class[s.at[end]]); c != bidi.ON {
				behind = c
				break
			}
		}
		dir := s.dir
		if before == behind {
			dir = before
		}
		for ; k < end; k++ {
			s.class[s.at[k]] = dir
		}
	}
}
