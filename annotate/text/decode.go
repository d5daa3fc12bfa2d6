package text

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/transform"
)

// EncodingError says that encoding "auto" cannot tell what the bytes are: no
// BOM, and not UTF-8.
type EncodingError struct {
	Byte      int    // the first byte that is not UTF-8
	Suggested string // the likeliest encoding, a name that Decode takes; "" if this is no text
}

func (e *EncodingError) Error() string {
	return fmt.Sprintf("byte %d: not UTF-8; it may be %s", e.Byte, e.Suggested)
}

// UnknownEncodingError says that no encoding has this name.
type UnknownEncodingError struct{ Name string }

func (e *UnknownEncodingError) Error() string {
	return fmt.Sprintf("no encoding is called %q; examples: utf-8, utf-16le, windows-1252, gb18030, shift_jis", e.Name)
}

var boms = []struct{ bytes, encoding string }{
	{"\xEF\xBB\xBF", "utf-8"}, {"\xFF\xFE", "utf-16le"}, {"\xFE\xFF", "utf-16be"},
}

// Decode is the whole intake of a file's bytes. encoding is "auto" or "" (BOM,
// else strict UTF-8, else an *EncodingError with a suggestion), or a name of
// the WHATWG list such as utf-8, utf-16le, windows-1252, gb18030. Bytes that
// are not of the encoding, and U+0000, are refused with their place.
func Decode(raw []byte, encoding string) (Intake, error) {
	name, err := resolve(raw, encoding)
	if err != nil {
		return Intake{}, err
	}
	s, err := decodeAs(raw, name)
	if err != nil {
		return Intake{}, err
	}
	in, err := Normalize(s)
	if bad := (*BadTextError)(nil); errors.As(err, &bad) && strings.HasPrefix(name, "utf-16") {
		bad.Byte = utf16Bytes(s[:bad.Byte])
	}
	in.Encoding = name
	return in, err
}

// Marked reports whether bytes begin with a BOM, which says what they are
// whatever else is said of them.
func Marked(raw []byte) bool {
	for _, b := range boms {
		if bytes.HasPrefix(raw, []byte(b.bytes)) {
			return true
		}
	}
	return false
}

// Told reports whether bytes say themselves what they are: by a BOM, or by being
// strict UTF-8.
func Told(raw []byte) bool {
	_, err := sniff(raw)
	return err == nil
}

func utf16Bytes(s string) int {
	n := 0
	for _, r := range s {
		n += 2 * utf16.RuneLen(r)
	}
	return n
}

func resolve(raw []byte, name string) (string, error) {
	name = strings.ToLower(strings.TrimSpace(name))
	switch name {
	case "", "auto":
		return sniff(raw)
	case "utf-16", "utf16":
		if bytes.HasPrefix(raw, []byte("\xFE\xFF")) {
			return "utf-16be", nil
		}
		return "utf-16le", nil
	}
	enc, err := htmlindex.Get(name)
	if err != nil {
		return "", &UnknownEncodingError{name}
	}
	canonical, err := htmlindex.Name(enc)
	if err != nil || canonical == "replacement" || canonical == "x-user-defined" {
		return "", &UnknownEncodingError{name}
	}
	return canonical, nil
}

func sniff(raw []byte) (string, error) {
	for _, b := range boms {
		if bytes.HasPrefix(raw, []byte(b.bytes)) {
			return b.encoding, nil
		}
	}
	if b := firstInvalid(string(raw)); b >= 0 {
		return "", &EncodingError{b, Guess(raw)}
	}
	if guess := zeros(raw); guess != "" {
		// UTF-16 of ASCII letters is valid UTF-8 full of U+0000.
		return "", &EncodingError{bytes.IndexByte(raw, 0), guess}
	}
	return "utf-8", nil
}

func decodeAs(raw []byte, name string) (string, error) {
	switch name {
	case "utf-8":
		return string(raw), nil
	case "utf-16le", "utf-16be":
		return decodeUTF16(raw, name == "utf-16be")
	}
	enc, err := htmlindex.Get(name)
	if err != nil {
		return "", &UnknownEncodingError{name}
	}
	out, err := enc.NewDecoder().Bytes(raw)
	if err != nil || bytes.ContainsRune(out, utf8.RuneError) {
		if b := firstReplaced(enc, raw, name); b >= 0 {
			return "", &BadTextError{b, "not " + name + ": give another encoding"}
		}
	}
	return string(out), nil
}

func decodeUTF16(raw []byte, bigEndian bool) (string, error) {
	unit := func(i int) rune {
		if bigEndian {
			return rune(raw[i])<<8 | rune(raw[i+1])
		}
		return rune(raw[i+1])<<8 | rune(raw[i])
	}
	var out strings.Builder
	out.Grow(len(raw))
	i := 0
	for ; i+1 < len(raw); i += 2 {
		r := unit(i)
		if utf16.IsSurrogate(r) {
			if i+3 >= len(raw) || utf16.DecodeRune(r, unit(i+2)) == utf8.RuneError {
				return "", &BadTextError{i, "half of a UTF-16 surrogate pair"}
			}
			r, i = utf16.DecodeRune(r, unit(i+2)), i+2
		}
		out.WriteRune(r)
	}
	if i < len(raw) {
		return "", &BadTextError{i, "an odd byte at the end of UTF-16"}
	}
	return out.String(), nil
}

// firstReplaced finds the byte that the decoder turned into U+FFFD, which the
// decoders of x/text do without an error; -1 if the text really holds U+FFFD.
func firstReplaced(enc encoding.Encoding, raw []byte, name string) int {
	dec, buf := enc.NewDecoder(), make([]byte, utf8.UTFMax)
	for at := 0; at < len(raw); {
		nDst, nSrc := oneRune(dec, buf, raw[at:])
		if nSrc == 0 {
			return at
		}
		if r, size := utf8.DecodeRune(buf[:nDst]); r == utf8.RuneError && size == 3 {
			// GB18030 alone can spell U+FFFD itself.
			if name != "gb18030" || string(raw[at:at+nSrc]) != "\x84\x31\xA4\x37" {
				return at
			}
		}
		at += nSrc
	}
	return -1
}

// oneRune decodes a single code point by offering no room for a second one.
func oneRune(dec transform.Transformer, buf, src []byte) (nDst, nSrc int) {
	for room := 1; room <= utf8.UTFMax; room++ {
		nDst, nSrc, err := dec.Transform(buf[:room], src, true)
		if nSrc > 0 || (err != nil && !errors.Is(err, transform.ErrShortDst)) {
			return nDst, nSrc
		}
	}
	return 0, 0
}
