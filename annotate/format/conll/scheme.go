package conll

import "strings"

// scheme is a way to spell entities as tags.
type scheme string

const (
	iob1  scheme = "iob1"  // I-, and B- only where an entity of the label ends just before
	iob2  scheme = "iob2"  // B-, I-
	bioes scheme = "bioes" // B-, I-, E-; S- for an entity of one token
	bilou scheme = "bilou" // B-, I-, L-; U-
)

var schemes = []string{string(iob2), string(iob1), string(bioes), string(bilou)}

// tag is the tag of token i of an entity of n tokens; adjacent says that one of the
// same label ends just before.
func (s scheme) tag(label string, i, n int, adjacent bool) string {
	first, last := i == 0, i == n-1
	letter := "I-"
	switch {
	case first && last && s == bioes:
		letter = "S-"
	case first && last && s == bilou:
		letter = "U-"
	case first && (s != iob1 || adjacent):
		letter = "B-"
	case last && s == bioes:
		letter = "E-"
	case last && s == bilou:
		letter = "L-"
	}
	return letter + label
}

// tag is a tag that was read.
type tag struct {
	letter byte // B, I, E or S, of whatever scheme; O for none
	label  string
}

// parseTag reads a tag; "_" is CoNLL-U's way to say none.
func parseTag(s string) (tag, bool) {
	if s == "O" || s == "_" {
		return tag{letter: 'O'}, true
	}
	if len(s) < 3 || s[1] != '-' {
		return tag{}, false
	}
	t := tag{s[0], s[2:]}
	switch t.letter {
	case 'B', 'I', 'E', 'S':
		return t, true
	case 'L':
		t.letter = 'E'
		return t, true
	case 'U':
		t.letter = 'S'
		return t, true
	}
	return t, false
}

// step says what a tag means behind the one before it (O at the start of a sentence):
// begins says that an entity begins, ok is false where the scheme forbids it. A tag
// that is forbidden is read as whoever wrote it may have meant it.
func (s scheme) step(before, now tag) (begins, ok bool) {
	open := before.letter == 'B' || before.letter == 'I' // as bioes and bilou see it
	same := before.letter != 'O' && before.label == now.label
	switch s {
	case iob1:
		return now.letter == 'B' || now.letter == 'I' && !same, now.letter == 'O' || now.letter == 'I' || now.letter == 'B' && same
	case iob2:
		return now.letter == 'B' || now.letter == 'I' && !same, now.letter == 'O' || now.letter == 'B' || now.letter == 'I' && same
	default: // bioes and bilou say themselves where an entity ends
	}
	goesOn := now.letter == 'I' || now.letter == 'E'
	if open {
		return now.letter != 'O' && !(goesOn && same), goesOn && same
	}
	return now.letter != 'O', now.letter != 'E' && now.letter != 'I'
}

// ends says whether a sentence may end behind the tag.
func (s scheme) ends(last tag) bool {
	return s == iob1 || s == iob2 || last.letter != 'B' && last.letter != 'I'
}

// habit is what was seen of the tags of a column: enough to tell its scheme.
type habit struct {
	tags       int  // not O
	odd        bool // something that is no tag was seen
	ends       bool // E- or S-
	bilou      bool // L- or U-
	loneInside bool // I- where no entity of the label is open
	freeBegin  bool // B- where none is
}

func (h *habit) see(before tag, s string) tag {
	now, ok := parseTag(s)
	if !ok {
		h.odd = true
		return tag{letter: 'O'}
	}
	if now.letter == 'O' {
		return now
	}
	h.tags++
	same := before.letter != 'O' && before.label == now.label
	h.ends = h.ends || now.letter == 'E' || now.letter == 'S'
	h.bilou = h.bilou || strings.IndexByte("LU", s[0]) >= 0
	h.loneInside = h.loneInside || now.letter == 'I' && !same
	h.freeBegin = h.freeBegin || now.letter == 'B' && !same
	return now
}

// scheme is the one that the tags are of. Files of IOB1 and IOB2 that begin no entity
// differently are the same in both.
func (h *habit) scheme() scheme {
	switch {
	case h.bilou:
		return bilou
	case h.ends:
		return bioes
	case h.loneInside && !h.freeBegin:
		return iob1
	}
	return iob2
}
