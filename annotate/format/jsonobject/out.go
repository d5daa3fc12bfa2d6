package jsonobject

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"unicode/utf8"

	"lede/annotate"
	"lede/annotate/format"
)

// Out makes JSON, value after value, with the commas that it needs. Its bytes are
// those of format.AppendString: no blanks, the same each time.
type Out []byte

// part writes the comma before a value or a key that is not the first.
func (o *Out) part() {
	if n := len(*o); n > 0 {
		switch (*o)[n-1] {
		case '{', '[', ':', '\n':
			return
		}
		*o = append(*o, ',')
	}
}

// Open begins an object with '{', or a list with '['.
func (o *Out) Open(bracket byte) {
	o.part()
	*o = append(*o, bracket)
}

// Close ends what Open began, with '}' or ']'.
func (o *Out) Close(bracket byte) { *o = append(*o, bracket) }

// Key begins a member of an object; one value follows.
func (o *Out) Key(name string) {
	o.part()
	*o = append(format.AppendString(*o, name), ':')
}

// Text writes a string.
func (o *Out) Text(s string) {
	o.part()
	*o = format.AppendString(*o, s)
}

// Int writes a whole number.
func (o *Out) Int(n int) {
	o.part()
	*o = strconv.AppendInt(*o, int64(n), 10)
}

// Bool writes true or false.
func (o *Out) Bool(b bool) {
	o.part()
	*o = strconv.AppendBool(*o, b)
}

// Raw writes a JSON value in the one spelling of format.CanonicalJSON.
func (o *Out) Raw(raw json.RawMessage) {
	c, err := format.CanonicalJSON(raw)
	if err != nil {
		c = json.RawMessage("null") // cannot be: the Store holds JSON only
	}
	o.part()
	*o = append(*o, c...)
}

// Values writes values as an object, sorted by key.
func (o *Out) Values(v annotate.Values) {
	o.Open('{')
	for _, k := range slices.Sorted(maps.Keys(v)) {
		o.Key(k)
		o.Raw(v[k])
	}
	o.Close('}')
}

// TextOf and IntOf write a member with its value.
func (o *Out) TextOf(name, s string) {
	o.Key(name)
	o.Text(s)
}

// IntOf is TextOf for a whole number.
func (o *Out) IntOf(name string, n int) {
	o.Key(name)
	o.Int(n)
}

// ASCII appends JSON to dst with every other character escaped, for readers that
// guess the encoding of a file.
func ASCII(dst, src []byte) []byte {
	const hex = "0123456789abcdef"
	unit := func(u rune) {
		dst = append(dst, '\\', 'u', hex[u>>12&15], hex[u>>8&15], hex[u>>4&15], hex[u&15])
	}
	for len(src) > 0 {
		if src[0] < utf8.RuneSelf {
			dst, src = append(dst, src[0]), src[1:]
			continue
		}
		r, size := utf8.DecodeRune(src)
		src = src[size:]
		if r < 0x10000 {
			unit(r)
			continue
		}
		r -= 0x10000
		unit(0xD800 + r>>10)
		unit(0xDC00 + r&0x3FF)
	}
	return dst
}
