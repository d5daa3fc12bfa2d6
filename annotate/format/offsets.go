package format

import "cmp"

// Offsets is a unit in which places in a text are counted.
type Offsets string

// The units. The zero value is code points.
const (
	CodePoints Offsets = "code points"
	UTF16      Offsets = "UTF-16 code units"
	UTF8       Offsets = "UTF-8 bytes"
)

const (
	offsetsKey  = "offsets"
	offsetsJava = "utf16"
)

// OffsetsOption is --opt offsets=… of formats that leave the unit open.
func OffsetsOption(help string) Option {
	return Option{Key: offsetsKey, Values: []string{"codepoints", offsetsJava}, Default: "codepoints", For: ForExport, Help: help}
}

// InUTF16 says whether an export counts UTF-16 code units because OffsetsOption says so.
func (s Settings) InUTF16() bool { return s[offsetsKey] == offsetsJava }

// offsetsOf is what an export with these settings counts. Without the text nobody could
// convert UTF-16: formats that can do without it count code points then.
func (f *Format) offsetsOf(s Settings, noText bool) Offsets {
	if s.InUTF16() && !noText {
		return UTF16
	}
	return cmp.Or(f.Offsets, CodePoints)
}
