package brat

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"

	"lede/annotate/format"
)

var textbound = regexp.MustCompile(`^T\d+\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)$`)

// readBack reads the T lines with a pattern, cuts the texts by counting runes,
// and compares. It shares no code with the writer.
func readBack(open format.OpenFunc, want *format.Expectations, job *format.Job) error {
	folders := job.State.(*state).folders
	for {
		expected, err := want.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := readBackOne(open, path.Join(folders[expected.Annotator], expected.Name), expected, job.NoText); err != nil {
			return err
		}
	}
}

func readBackOne(open format.OpenFunc, name string, expected *format.Expected, noText bool) error {
	var runes []rune
	if !noText {
		raw, err := all(open, name+".txt")
		if err != nil {
			return err
		}
		if runes = []rune(raw); len(runes) != expected.Length {
			return format.Mismatch(format.Place{File: name + ".txt"}, "it has %d characters instead of %d", len(runes), expected.Length)
		}
		if sum := sha256.Sum256([]byte(raw)); hex.EncodeToString(sum[:]) != expected.Hash {
			return format.Mismatch(format.Place{File: name + ".txt"}, "the text of article %s is another one", expected.Ref)
		}
	}
	raw, err := all(open, name+".ann")
	if err != nil {
		return err
	}
	var got []format.ReadSpan
	lines := bufio.NewScanner(strings.NewReader(raw))
	lines.Buffer(nil, len(raw)+1)
	for n := 1; lines.Scan(); n++ {
		if !strings.HasPrefix(lines.Text(), "T") {
			continue
		}
		at := format.Place{File: name + ".ann", Line: n}
		m := textbound.FindStringSubmatch(lines.Text())
		if m == nil {
			return format.Mismatch(at, "it is no line that brat can read")
		}
		span := format.ReadSpan{Label: m[1]}
		for _, pair := range strings.Split(m[2], ";") {
			a, b, _ := strings.Cut(pair, " ")
			start, _ := strconv.Atoi(a)
			end, _ := strconv.Atoi(b)
			switch {
			case noText:
				span.Quotes = append(span.Quotes, expected.QuoteAt(len(got), start, end))
			case start >= end || end > len(runes):
				return format.Mismatch(at, "%d %d is outside the text", start, end)
			default:
				span.Quotes = append(span.Quotes, string(runes[start:end]))
			}
		}
		if joined := strings.Join(span.Quotes, " "); !noText && joined != m[3] {
			return format.Mismatch(at, "it says %q, but its offsets say %q", m[3], joined)
		}
		got = append(got, span)
	}
	return expected.Compare(format.Place{File: name + ".ann"}, got)
}

func all(open format.OpenFunc, name string) (string, error) {
	f, err := open(name)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }()
	raw, err := io.ReadAll(f)
	return string(raw), err
}
