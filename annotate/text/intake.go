package text

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"
)

// IntakeVersion numbers the step from a file's text to a stored one. It changes
// only if the step does; a project stores it with every text.
const IntakeVersion = 1

// Intake is a text after the step: one leading BOM gone, CRLF and lone CR made
// '\n', all else as it was.
type Intake struct {
	Text     string // to be stored
	Version  int    // IntakeVersion
	Encoding string // what the bytes were decoded from; "" if they came as a string
	Raw      string // the decoded text before the step, which incoming offsets count in

	bom    int   // 1 if a BOM was stripped
	pairs  []int // raw offset (code points) of the LF of each CRLF pair
	rawLen int   // code points
}

// BadTextError says that a text holds something that must not be stored.
type BadTextError struct {
	Byte   int    // where, from the start of the input
	Reason string // e.g. "invalid UTF-8"
}

func (e *BadTextError) Error() string {
	return fmt.Sprintf("byte %d: %s", e.Byte, e.Reason)
}

// Normalize takes in a string that is already decoded (from JSON, from the
// clipboard). It refuses invalid UTF-8 and U+0000.
func Normalize(s string) (Intake, error) {
	if b := firstInvalid(s); b >= 0 {
		return Intake{}, &BadTextError{b, "invalid UTF-8: the text was damaged or is in another encoding"}
	}
	if b := strings.IndexByte(s, 0); b >= 0 {
		return Intake{}, &BadTextError{b, "the character U+0000, which no text may hold"}
	}
	in := Intake{Raw: s, Version: IntakeVersion}
	body := s
	if strings.HasPrefix(s, "\uFEFF") {
		in.bom, body = 1, s[len("\uFEFF"):]
	}
	if strings.IndexByte(body, '\r') < 0 {
		in.Text, in.rawLen = body, in.bom+utf8.RuneCountInString(body)
		return in, nil
	}
	in.foldLines(body)
	return in, nil
}

// foldLines makes the line ends of body '\n' and remembers where two became one.
func (in *Intake) foldLines(body string) {
	var out strings.Builder
	out.Grow(len(body))
	at := in.bom
	for i := 0; i < len(body); {
		c := body[i]
		if c != '\r' {
			size := runeSize(c)
			out.WriteString(body[i : i+size])
			i, at = i+size, at+1
			continue
		}
		out.WriteByte('\n')
		i, at = i+1, at+1
		if i < len(body) && body[i] == '\n' {
			in.pairs = append(in.pairs, at)
			i, at = i+1, at+1
		}
	}
	in.Text, in.rawLen = out.String(), at
}

func firstInvalid(s string) int {
	if utf8.ValidString(s) {
		return -1
	}
	for b, r := range s {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(s[b:]); size == 1 {
				return b
			}
		}
	}
	return -1
}

// Same reports whether the step moved no offset.
func (in *Intake) Same() bool { return in.bom == 0 && len(in.pairs) == 0 }

// RawLen is the length of the raw text in code points.
func (in *Intake) RawLen() int { return in.rawLen }

// Map turns an offset (code points) in the raw decoded text, where a BOM counts
// one and CRLF two, into one in Text. An offset between CR and LF becomes that
// of the '\n'. ok is false outside the raw text.
func (in *Intake) Map(raw int) (o int, ok bool) {
	if raw < 0 || raw > in.rawLen {
		return 0, false
	}
	gone := sort.SearchInts(in.pairs, raw+1)
	// Between CR and LF (raw is the LF): the CR before it became the '\n'.
	o = raw - gone
	if in.bom == 1 && raw > 0 {
		o--
	}
	return o, true
}

// SHA256 is the hash of a stored text, in hex: what texts are stored and found
// again by.
func SHA256(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}
