package format

import (
	"encoding/json"
	"iter"
	"strings"

	"lede/annotate"
)

// The functions here walk over JSON that json.Valid has passed, once and without
// copying: a line with a thousand spans must not be checked again at each depth.

// JSONFields yields the keys and raw values of an object.
func JSONFields(object string) iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for i := next(object, 1); i < len(object) && object[i] != '}'; {
			end := skipValue(object, i)
			key := JSONString(object[i:end])
			i = next(object, end) + 1 // the colon
			i = next(object, i)
			end = skipValue(object, i)
			if !yield(key, object[i:end]) {
				return
			}
			if i = next(object, end); i < len(object) && object[i] == ',' {
				i = next(object, i+1)
			}
		}
	}
}

// JSONValues are the members of an object in their canonical form. ok is false of what is
// no sound JSON object: unlike the other functions here, it checks.
func JSONValues(raw string) (v annotate.Values, ok bool) {
	if _, fault := CheckJSON(raw); fault != "" || !json.Valid([]byte(raw)) || raw[0] != '{' {
		return nil, false
	}
	v = annotate.Values{}
	for key, value := range JSONFields(raw) {
		c, err := CanonicalJSON(json.RawMessage(value))
		if err != nil {
			return nil, false
		}
		v[key] = c
	}
	return v, true
}

// JSONElements yields the raw values of an array.
func JSONElements(array string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := next(array, 1); i < len(array) && array[i] != ']'; {
			end := skipValue(array, i)
			if !yield(array[i:end]) {
				return
			}
			if i = next(array, end); i < len(array) && array[i] == ',' {
				i = next(array, i+1)
			}
		}
	}
}

// JSONString is the value of a raw string.
func JSONString(raw string) string {
	if strings.IndexByte(raw, '\\') < 0 {
		return raw[1 : len(raw)-1]
	}
	var s string
	_ = json.Unmarshal([]byte(raw), &s) // it is valid
	return s
}

// next is the first byte at or behind i that is no white space.
func next(s string, i int) int {
	for i < len(s) && (s[i] == ' ' || s[i] == '\t' || s[i] == '\n' || s[i] == '\r') {
		i++
	}
	return i
}

// skipValue is the end of the value that begins at i.
func skipValue(s string, i int) int {
	depth := 0
	for i < len(s) {
		switch c := s[i]; {
		case c == '"':
			i = skipString(s, i)
		case c == '{' || c == '[':
			depth++
			i++
		case c == '}' || c == ']':
			depth--
			i++
		case depth == 0:
			for i < len(s) && strings.IndexByte(" \t\r\n,]}:", s[i]) < 0 {
				i++
			}
		default:
			i++
			continue
		}
		if depth == 0 {
			return i
		}
	}
	return i
}

func skipString(s string, i int) int {
	for i++; i < len(s); {
		q := strings.IndexByte(s[i:], '"')
		if q < 0 {
			return len(s)
		}
		i += q + 1
		// A quote is escaped if an odd number of backslashes stands before it.
		n := 0
		for s[i-2-n] == '\\' {
			n++
		}
		if n%2 == 0 {
			return i
		}
	}
	return i
}
