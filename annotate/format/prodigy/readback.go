package prodigy

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"

	"lede/annotate/format"
)

// line is what encoding/json, which neither reader nor writer use, makes of a line.
type line struct {
	Text string
	Meta struct {
		ID                 string
		Part               int
		Start, End, Length int
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
		if err := l.article(expected); err != nil {
			return err
		}
	}
	if next, err := l.peek(); err != nil || next != nil {
		return errors.Join(err, format.Mismatch(l.at(), "there are more lines than articles"))
	}
	return nil
}

// article compares the lines of an article.
func (l *lines) article(expected *format.Expected) error {
	var got []format.ReadSpan
	var whole format.PieceText
	for more := true; more; {
		next, err := l.peek()
		if err != nil {
			return err
		}
		if next == nil || next.Meta.ID != expected.Ref {
			return format.Mismatch(l.at(), "article %s is not there, or not all of it", expected.Ref)
		}
		l.next = nil
		m, runes := next.Meta, []rune(next.Text)
		more = m.Part > 0 && m.End < m.Length
		if !whole.Add(m.Start, runes) || m.Part > 0 && m.End != m.Start+len(runes) {
			return format.Mismatch(l.at(), "the part of article %s does not begin where the one before it ends", expected.Ref)
		}
		spans, err := next.spans(l.at(), runes)
		if err != nil {
			return err
		}
		got = append(got, spans...)
	}
	if whole.Hash() != expected.Hash {
		return format.Mismatch(l.at(), "the text of article %s is another one", expected.Ref)
	}
	return expected.Compare(l.at(), got)
}

// spans are the spans of a line, which lie on its tokens.
func (x *line) spans(at format.Place, runes []rune) (got []format.ReadSpan, err error) {
	for _, t := range x.Tokens {
		if t.Start < 0 || t.Start >= t.End || t.End > len(runes) || string(runes[t.Start:t.End]) != t.Text {
			return nil, format.Mismatch(at, "token %q is not where it should be", t.Text)
		}
	}
	for _, s := range x.Spans {
		if s.First < 0 || s.First > s.Last || s.Last >= len(x.Tokens) || x.Tokens[s.First].Start != s.Start || x.Tokens[s.Last].End != s.End {
			return nil, format.Mismatch(at, "the span %d–%d does not lie on its tokens", s.Start, s.End)
		}
		got = append(got, format.ReadSpan{Label: s.Label, Quotes: []string{string(runes[s.Start:s.End])}})
	}
	return got, nil
}
