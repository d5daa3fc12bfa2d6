package jsonl

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"

	"lede/annotate/format"
)

// readBack reads the lines, cuts the texts by counting runes, and compares. It
// shares no code with the writer.
func readBack(open format.OpenFunc, want *format.Expectations, job *format.Job) error {
	f, err := open("")
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	lines := bufio.NewReaderSize(f, 1<<20)
	for n := 1; ; n++ {
		at := format.Place{File: "line", Line: n}
		raw, err := lines.ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		expected, done := want.Next()
		switch {
		case errors.Is(done, io.EOF) && raw == "":
			return nil
		case errors.Is(done, io.EOF):
			return format.Mismatch(at, "there are more lines than articles and annotators")
		case done != nil:
			return done
		case !strings.HasSuffix(raw, "\n") || !json.Valid([]byte(raw)) || raw[0] != '{':
			return format.Mismatch(at, "it is no whole line of JSON")
		}
		if err := readBackLine(at, raw, expected, job.NoText); err != nil {
			return err
		}
	}
}

func readBackLine(at format.Place, raw string, expected *format.Expected, noText bool) error {
	var id, body, who, hash, spans string
	for key, value := range format.JSONFields(raw) {
		switch key {
		case "id":
			id = format.JSONString(value)
		case "text":
			body = format.JSONString(value)
		case "annotator":
			who = format.JSONString(value)
		case "sha256":
			hash = format.JSONString(value)
		case "spans":
			spans = value
		}
	}
	if id != expected.Ref || who != expected.Annotator {
		return format.Mismatch(at, "it is article %s of %q, where %s of %q should be", id, who, expected.Ref, expected.Annotator)
	}
	if !noText {
		sum := sha256.Sum256([]byte(body))
		hash = hex.EncodeToString(sum[:])
	}
	if hash != expected.Hash {
		return format.Mismatch(at, "the text of article %s is another one", id)
	}
	var got []format.ReadSpan
	runes := []rune(body)
	for span := range format.JSONElements(spans) {
		r, copied, ends := readBackSpan(span)
		for _, p := range ends {
			switch {
			case noText:
				r.Quotes = append(r.Quotes, expected.QuoteAt(len(got), p[0], p[1]))
			case p[0] < 0 || p[0] >= p[1] || p[1] > len(runes):
				return format.Mismatch(at, "span %d of article %s is outside the text", len(got)+1, id)
			default:
				r.Quotes = append(r.Quotes, string(runes[p[0]:p[1]]))
			}
		}
		if joined := strings.Join(r.Quotes, " "); !noText && joined != copied {
			return format.Mismatch(at, "span %d of article %s says %q, but its offsets say %q", len(got)+1, id, copied, joined)
		}
		got = append(got, r)
	}
	return expected.Compare(at, got)
}

// readBackSpan reads label, the file's own copy of the text, and the fragments.
func readBackSpan(raw string) (r format.ReadSpan, copied string, ends [][2]int) {
	for key, value := range format.JSONFields(raw) {
		switch key {
		case "label":
			r.Label = format.JSONString(value)
		case "text":
			copied = format.JSONString(value)
		case "fragments":
			for pair := range format.JSONElements(value) {
				a, b, _ := strings.Cut(strings.Trim(pair, "[]"), ",")
				start, err1 := strconv.Atoi(a)
				end, err2 := strconv.Atoi(b)
				if err1 != nil || err2 != nil {
					start, end = -1, -1 // outside every text
				}
				ends = append(ends, [2]int{start, end})
			}
		}
	}
	return r, copied, ends
}
