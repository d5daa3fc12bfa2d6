package prodigy

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"

	"lede/annotate/format"
)

// line is what encoding/json, which neither reader nor writer use, makes of a line.
type line struct {
	Text string
	Meta struct {
		ID   string
		Part int
	}
	Tokens []struct {
		Text       string
		Start, End int
	}
	Spans []struct {
		Start, End int
		First      int `json:"token_start"`
		Last       int `json:"token_end"`
		Label      string
	}
}

type lines struct {
	in   *bufio.Reader
	n    int
	next *line // read, not yet used
}

func (l *lines) at() format.Place { return format.Place{File: "line", Line: l.n} }

func (l *lines) peek() (*line, error) {
	if l.next != nil {
		return l.next, nil
	}
	raw, err := l.in.ReadBytes('\n')
	if errors.Is(err, io.EOF) && len(raw) == 0 {
		return nil, nil
	}
	l.n++
	if err != nil {
		return nil, format.Mismatch(l.at(), "the last line is not ended")
	}
	l.next = &line{}
	if err := json.Unmarshal(raw, l.next); err != nil {
		return nil, format.Mismatch(l.at(), "it is no JSON: %s", err)
	}
	return l.next, nil
}

func readBack(open format.OpenFunc, want *format.Expectations, job *format.Job) error {
	in, err := open("")
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	l := &lines{in: bufio.NewReaderSize(in, 64<<10)}
	for {
		expected, err := want.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if err := l.article(expected, job.State.(*state).layout.Unit.Name == "article"); err != nil {
			return err
		}
	}
	if next, err := l.peek(); err != nil || next != nil {
		return errors.Join(err, format.Mismatch(l.at(), "there are more lines than articles"))
	}
	return nil
}

// article compares the lines of an article.
func (l *lines) article(expected *format.Expected, whole bool) error {
	var got []format.ReadSpan
	records := 0
	for {
		next, err := l.peek()
		if err != nil {
			return err
		}
		if next == nil || next.Meta.ID != expected.Ref {
			break
		}
		l.next = nil
		records++
		runes := []rune(next.Text)
		if sum := sha256.Sum256([]byte(next.Text)); whole && hex.EncodeToString(sum[:]) != expected.Hash {
			return format.Mismatch(l.at(), "the text of article %s is another one", expected.Ref)
		}
		for _, t := range next.Tokens {
			if t.Start < 0 || t.Start >= t.End || t.End > len(runes) || string(runes[t.Start:t.End]) != t.Text {
				return format.Mismatch(l.at(), "token %q is not where it should be", t.Text)
			}
		}
		for _, s := range next.Spans {
			if s.First < 0 || s.First > s.Last || s.Last >= len(next.Tokens) || next.Tokens[s.First].Start != s.Start || next.Tokens[s.Last].End != s.End {
				return format.Mismatch(l.at(), "the span %d–%d does not lie on its tokens", s.Start, s.End)
			}
			got = append(got, format.ReadSpan{Label: s.Label, Quotes: []string{string(runes[s.Start:s.End])}})
		}
	}
	if whole && records != 1 {
		return format.Mismatch(l.at(), "article %s has %d lines", expected.Ref, records)
	}
	return expected.Compare(l.at(), got)
}
