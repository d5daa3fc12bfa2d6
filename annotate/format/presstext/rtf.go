package presstext

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
)

// maxGroups is how deep groups may lie in each other.
const maxGroups = 1000

// destinations are groups whose words are none of the text.
var destinations = []string{
	"fonttbl", "colortbl", "stylesheet", "info", "pict", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf", "fldinst", "object",
	"generator", "listtable", "listoverridetable", "rsidtbl", "themedata", "datastore", "xmlnstbl", "filetbl", "revtbl", "annotation", "bkmkstart", "bkmkend",
}

// signs are control words that stand for a character.
var signs = map[string]string{
	"par": "\n", "line": "\n", "sect": "\n", "page": "\n", "row": "\n", "cell": "\t", "tab": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
	"ldblquote": "“", "rdblquote": "”", "bullet": "•", "~": "\u00a0", "-": "\u00ad", "_": "\u2011", "{": "{", "}": "}", "\\": "\\", "\n": "\n", "\r": "\n",
}

// group is what holds inside a pair of braces.
type group struct {
	skipped bool
	uc      int // characters that stand for a \u where Unicode is not known
}

// rtfReader reads rich text.
type rtfReader struct {
	raw    []byte
	at     int
	out    strings.Builder
	enc    encoding.Encoding
	bytes  []byte   // of the encoding, not decoded yet
	units  []uint16 // of Unicode, not decoded yet
	groups []group
	pass   int // characters to be left out after a \u
}

// rtf is the text of a file in the Rich Text Format, without its looks.
func rtf(raw []byte) (string, error) {
	r := &rtfReader{raw: raw, enc: charmap.Windows1252, groups: []group{{uc: 1}}}
	for r.at < len(r.raw) {
		c := r.raw[r.at]
		r.at++
		switch c {
		case '{':
			if len(r.groups) > maxGroups {
				return "", errors.New("its groups lie in each other more than 1000 deep")
			}
			r.groups = append(r.groups, r.groups[len(r.groups)-1])
			r.pass = 0
		case '}':
			if len(r.groups) > 1 {
				r.groups = r.groups[:len(r.groups)-1]
			}
			r.pass = 0
		case '\\':
			r.control()
		case '\r', '\n', 0:
		default:
			r.byte(c)
		}
	}
	r.flush()
	return r.out.String(), nil
}

func (r *rtfReader) now() *group { return &r.groups[len(r.groups)-1] }

// byte is a character in the encoding of the file.
func (r *rtfReader) byte(c byte) {
	switch {
	case r.pass > 0:
		r.pass--
	case !r.now().skipped:
		r.flushUnits()
		r.bytes = append(r.bytes, c)
	}
}

func (r *rtfReader) flushUnits() {
	if len(r.units) > 0 {
		r.out.WriteString(string(utf16.Decode(r.units)))
		r.units = r.units[:0]
	}
}

func (r *rtfReader) flush() {
	if len(r.bytes) > 0 {
		words, err := r.enc.NewDecoder().Bytes(r.bytes)
		if err != nil {
			words, _ = charmap.Windows1252.NewDecoder().Bytes(r.bytes) // every byte is a character there
		}
		r.out.Write(words)
		r.bytes = r.bytes[:0]
	}
	r.flushUnits()
}

// control reads what stands behind a backslash.
func (r *rtfReader) control() {
	if r.at >= len(r.raw) {
		return
	}
	c := r.raw[r.at]
	if c|0x20 < 'a' || c|0x20 > 'z' {
		r.at++
		switch {
		case c == '\'' && r.at+2 <= len(r.raw):
			n, err := strconv.ParseUint(string(r.raw[r.at:r.at+2]), 16, 8)
			r.at += 2
			if err == nil && n != 0 {
				r.byte(byte(n))
			}
		case c == '*':
			r.now().skipped = true
		default:
			r.sign(string(c))
		}
		return
	}
	begin := r.at
	for r.at < len(r.raw) && r.raw[r.at]|0x20 >= 'a' && r.raw[r.at]|0x20 <= 'z' {
		r.at++
	}
	word := string(r.raw[begin:min(r.at, begin+40)])
	begin = r.at
	for r.at < len(r.raw) && (r.raw[r.at] >= '0' && r.raw[r.at] <= '9' || r.at == begin && r.raw[r.at] == '-') {
		r.at++
	}
	n, err := strconv.Atoi(string(r.raw[begin:min(r.at, begin+12)]))
	if r.at < len(r.raw) && r.raw[r.at] == ' ' {
		r.at++
	}
	r.word(word, n, err == nil)
}

func (r *rtfReader) word(word string, n int, has bool) {
	switch {
	case slices.Contains(destinations, word):
		r.now().skipped = true
	case word == "uc" && has:
		r.now().uc = min(max(n, 0), 10)
	case word == "ansicpg" && has:
		r.flush()
		if enc, err := htmlindex.Get("windows-" + strconv.Itoa(n)); err == nil {
			r.enc = enc
		}
	case word == "bin" && has:
		r.at = min(len(r.raw), r.at+max(0, n))
	case word == "u" && has:
		if !r.now().skipped && n != 0 {
			if len(r.bytes) > 0 {
				r.flush()
			}
			r.units = append(r.units, uint16(n)) //nolint:gosec // negative numbers are meant so
		}
		r.pass = r.now().uc
	default:
		r.sign(word)
	}
}

func (r *rtfReader) sign(word string) {
	s, ok := signs[word]
	switch {
	case r.pass > 0 && ok:
		r.pass--
	case ok && !r.now().skipped:
		r.flush()
		r.out.WriteString(s)
	}
}
