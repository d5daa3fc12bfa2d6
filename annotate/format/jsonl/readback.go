package jsonl

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"

	"lede/annotate/format"
)

// readBack reads the file with encoding/json alone, cuts the texts by counting
// runes, and compares. It shares no code with the writer.
func readBack(open format.OpenFunc, want *format.Expectations, job *format.Job) error {
	f, err := open("")
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	dec := json.NewDecoder(bufio.NewReaderSize(f, 64<<10))
	for n := 1; ; n++ {
		at := format.Place{File: "line", Line: n}
		expected, err := want.Next()
		if errors.Is(err, io.EOF) {
			if dec.More() {
				return format.Mismatch(at, "there are more lines than articles and annotators")
			}
			return nil
		}
		if err != nil {
			return err
		}
		var line struct {
			ID, Text, Annotator string
			SHA256              string `json:"sha256"`
			Spans               []struct {
				Label      string
				Text       string
				Start, End int
				Fragments  [][2]int
			}
		}
		if err := dec.Decode(&line); err != nil {
			return format.Mismatch(at, "%s", err)
		}
		if line.ID != expected.Ref || line.Annotator != expected.Annotator {
			return format.Mismatch(at, "it is article %s of %q, where %s of %q should be", line.ID, line.Annotator, expected.Ref, expected.Annotator)
		}
		var got []format.ReadSpan
		runes := []rune(line.Text)
		if sum := sha256.Sum256([]byte(line.Text)); job.NoText {
			line.Text = ""
		} else {
			line.SHA256 = hex.EncodeToString(sum[:])
		}
		if line.SHA256 != expected.Hash {
			return format.Mismatch(at, "the text of article %s is another one", line.ID)
		}
		for i, s := range line.Spans {
			r := format.ReadSpan{Label: s.Label}
			joined := ""
			for k, p := range s.Fragments {
				if job.NoText {
					r.Quotes = append(r.Quotes, expected.QuoteAt(i, p[0], p[1]))
					continue
				}
				if p[0] < 0 || p[1] > len(runes) || p[0] > p[1] {
					return format.Mismatch(at, "span %d of article %s is outside the text", i+1, line.ID)
				}
				quote := string(runes[p[0]:p[1]])
				r.Quotes = append(r.Quotes, quote)
				if k > 0 {
					joined += " "
				}
				joined += quote
			}
			if !job.NoText && joined != s.Text {
				return format.Mismatch(at, "span %d of article %s says %q, but its offsets say %q", i+1, line.ID, s.Text, joined)
			}
			got = append(got, r)
		}
		if err := expected.Compare(at, got); err != nil {
			return err
		}
	}
}
