package format

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// AppendString appends s as a JSON string: no HTML escapes, U+2028 and U+2029
// escaped, everything else that JSON allows as it is.
func AppendString(dst []byte, s string) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	plain := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= 0x20 && c < utf8.RuneSelf && c != '"' && c != '\\' {
			i++
			continue
		}
		size := 1
		var escape string
		switch c {
		case '"', '\\':
			escape = string([]byte{'\\', c})
		case '\n':
			escape = `\n`
		case '\r':
			escape = `\r`
		case '\t':
			escape = `\t`
		case '\b':
			escape = `\b`
		case '\f':
			escape = `\f`
		default:
			if c < 0x20 {
				escape = `\u00` + string([]byte{hex[c>>4], hex[c&15]})
				break
			}
			var r rune
			if r, size = utf8.DecodeRuneInString(s[i:]); r != '\u2028' && r != '\u2029' {
				i += size
				continue
			}
			escape = `\u202` + string(hex[r&15])
		}
		dst = append(append(dst, s[plain:i]...), escape...)
		i += size
		plain = i
	}
	return append(append(dst, s[plain:]...), '"')
}

// CheckJSON refuses what encoding/json would silently turn into U+FFFD or let
// through: escapes of lone surrogates and of U+0000. It says what is wrong at
// which byte, or -1. raw must be valid UTF-8.
func CheckJSON(raw string) (at int, what string) {
	for i := 0; ; {
		k := strings.IndexByte(raw[i:], '\\')
		if k < 0 {
			return -1, ""
		}
		i += k
		if i+1 < len(raw) && raw[i+1] != 'u' {
			i += 2
			continue
		}
		unit, ok := escapedUnit(raw[i:])
		if !ok {
			return -1, "" // no JSON: the parser will say so better
		}
		switch {
		case unit == 0:
			return i, "the character U+0000, which no text may hold"
		case unit >= 0xDC00 && unit <= 0xDFFF:
			return i, fmt.Sprintf("half of a surrogate pair (%s)", raw[i:i+6])
		case unit >= 0xD800 && unit <= 0xDBFF:
			low, ok := escapedUnit(raw[i+6:])
			if !ok || low < 0xDC00 || low > 0xDFFF {
				return i, fmt.Sprintf("half of a surrogate pair (%s)", raw[i:i+6])
			}
			i += 6
		}
		i += 6
	}
}

func escapedUnit(s string) (uint64, bool) {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
		return 0, false
	}
	v, err := strconv.ParseUint(s[2:6], 16, 16)
	return v, err == nil
}

// CanonicalJSON is a JSON value without blanks between its parts and with
// strings in the one spelling of AppendString. Numbers stay as they were
// written, keys stay in their order.
func CanonicalJSON(raw json.RawMessage) (json.RawMessage, error) {
	if plainJSON(raw) {
		return raw, nil
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	out := make([]byte, 0, len(raw))
	var open []byte // what is open: '{' before a key, ':' before its value, '['
	first := true
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		closing := token == json.Delim('}') || token == json.Delim(']')
		if n := len(open); n > 0 && !closing {
			switch {
			case open[n-1] == ':':
				out = append(out, ':')
			case !first:
				out = append(out, ',')
			}
			if open[n-1] == ':' {
				open[n-1] = '{'
			} else if open[n-1] == '{' {
				open[n-1] = ':'
			}
		}
		first = false
		switch v := token.(type) {
		case json.Delim:
			out = append(out, byte(v))
			if closing {
				open = open[:len(open)-1]
			} else {
				open = append(open, byte(v))
				first = true
			}
		case string:
			out = AppendString(out, v)
		case json.Number:
			out = append(out, v...)
		case bool:
			out = strconv.AppendBool(out, v)
		case nil:
			out = append(out, "null"...)
		}
	}
}

// plainJSON reports whether a valid value is canonical by its looks: a number, a
// word, or a string without escapes.
func plainJSON(raw json.RawMessage) bool {
	switch {
	case len(raw) == 0 || !json.Valid(raw):
		return false
	case raw[0] == '"':
		return raw[len(raw)-1] == '"' && bytes.IndexByte(raw, '\\') < 0 && !bytes.Contains(raw, []byte("\u2028")) && !bytes.Contains(raw, []byte("\u2029"))
	}
	return bytes.ContainsAny(raw[:1], "-0123456789tfn") && !bytes.ContainsAny(raw, " \t\r\n")
}
