package cas

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"path"
	"unicode/utf16"

	"lede/annotate/format"
)

// Part is an annotation as it was read back: places in UTF-16 code units.
type Part struct {
	Label, Split string
	Begin, End   int
}

// ReadBack goes through all that should be there. parse reads a file with other code
// than its writer's: the text, and the annotations of the span layer in their order.
func ReadBack(open format.OpenFunc, want *format.Expectations, job *format.Job, ending string, parse func(at format.Place, raw []byte) (string, []Part, error)) error {
	s := job.State.(*State)
	for {
		expected, err := want.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		name := path.Join(s.Folder(expected.Annotator), expected.Name) + ending
		at := format.Place{File: name}
		raw, err := readAll(open, name)
		if err != nil {
			return err
		}
		text, parts, err := parse(at, raw)
		if err != nil {
			return err
		}
		if err := compare(at, expected, text, parts); err != nil {
			return err
		}
	}
}

func readAll(open format.OpenFunc, name string) ([]byte, error) {
	f, err := open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return io.ReadAll(f)
}

// compare cuts the text as Java would, and compares.
func compare(at format.Place, expected *format.Expected, text string, parts []Part) error {
	if sum := sha256.Sum256([]byte(text)); hex.EncodeToString(sum[:]) != expected.Hash {
		return format.Mismatch(at, "the text of article %s is another one", expected.Ref)
	}
	units := utf16.Encode([]rune(text))
	var got []format.ReadSpan
	splits := map[string]int{}
	for _, p := range parts {
		if p.Begin < 0 || p.Begin >= p.End || p.End > len(units) {
			return format.Mismatch(at, "%d–%d is outside the text", p.Begin, p.End)
		}
		quote := string(utf16.Decode(units[p.Begin:p.End]))
		if i, known := splits[p.Split]; known {
			got[i].Quotes = append(got[i].Quotes, quote)
			continue
		}
		if p.Split != "" {
			splits[p.Split] = len(got)
		}
		got = append(got, format.ReadSpan{Label: p.Label, Quotes: []string{quote}})
	}
	return expected.Compare(at, got)
}
