package doccano

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"unicode/utf8"

	"lede/annotate/format"
)

// line is what encoding/json, which neither reader nor writer use, makes of a line.
type line struct {
	ID, Text string
	Piece    *struct {
		Of                 string
		Start, End, Length int
	}
	Label     json.RawMessage
	Cats      []string
	Entities  json.RawMessage
	Relations []struct {
		From int `json:"from_id"`
		To   int `json:"to_id"`
		Type string
	}
}

// part is a data file being read back.
type part struct {
	name string
	in   *bufio.Reader
	n    int
}

// readBack compares the lines of all files with what they should hold.
func readBack(open format.OpenFunc, want *format.Expectations, job *format.Job) error {
	parts := map[string]*part{}
	for split, name := range files(job) {
		in, err := open(name)
		if err != nil {
			return err
		}
		defer func() { _ = in.Close() }()
		parts[split] = &part{name: name, in: bufio.NewReaderSize(in, 64<<10)}
	}
	for {
		expected, err := want.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if err := parts[expected.Split].article(expected, job.State.(*state).layout); err != nil {
			return err
		}
	}
	for _, p := range parts {
		if l, err := p.next(); err != nil || l != nil {
			return cmp.Or(err, format.Mismatch(p.at(), "there are more lines than articles"))
		}
	}
	return nil
}

func (p *part) at() format.Place { return format.Place{File: p.name, Line: p.n} }

// next is the next line, nil at the end.
func (p *part) next() (*line, error) {
	raw, err := p.in.ReadBytes('\n')
	if errors.Is(err, io.EOF) && len(raw) == 0 {
		return nil, nil
	}
	p.n++
	if err != nil {
		return nil, format.Mismatch(p.at(), "the last line is not ended")
	}
	if slices.ContainsFunc(raw, func(c byte) bool { return c >= utf8.RuneSelf }) {
		return nil, format.Mismatch(p.at(), "a character is not escaped")
	}
	l := &line{}
	if err := json.Unmarshal(raw, l); err != nil {
		return nil, format.Mismatch(p.at(), "it is no JSON: %s", err)
	}
	return l, nil
}

// article compares the lines of an article.
func (p *part) article(expected *format.Expected, layout string) error {
	var whole format.PieceText
	var got []format.ReadSpan
	for {
		l, err := p.next()
		if err != nil {
			return err
		}
		if l == nil || l.Piece == nil && l.ID != expected.Ref || l.Piece != nil && l.Piece.Of != expected.Ref {
			return format.Mismatch(p.at(), "article %s is not there", expected.Ref)
		}
		start, runes := 0, []rune(l.Text)
		if l.Piece != nil {
			start = l.Piece.Start
		}
		if !whole.Add(start, runes) || l.Piece != nil && l.Piece.End != start+len(runes) {
			return format.Mismatch(p.at(), "the piece of article %s does not begin where the one before it ends", expected.Ref)
		}
		spans, err := p.spans(l, runes, layout)
		if err != nil {
			return err
		}
		got = append(got, spans...)
		if l.Piece == nil || l.Piece.End >= l.Piece.Length {
			break
		}
	}
	if whole.Hash() != expected.Hash {
		return format.Mismatch(p.at(), "the text of article %s is another one", expected.Ref)
	}
	return expected.Compare(p.at(), got)
}

// spans are the spans of a line.
func (p *part) spans(l *line, runes []rune, layout string) ([]format.ReadSpan, error) {
	raw := l.Label
	if layout != "spans" {
		raw = l.Entities
	}
	if layout == "classes" {
		raw = nil
	}
	spans, err := spansOf(raw)
	if err != nil {
		return nil, format.Mismatch(p.at(), "%s", err)
	}
	var got []format.ReadSpan
	for _, s := range spans {
		if s.start < 0 || s.start >= s.end || s.end > len(runes) {
			return nil, format.Mismatch(p.at(), "%d–%d is outside the text", s.start, s.end)
		}
		got = append(got, format.ReadSpan{Label: s.label, Quotes: []string{string(runes[s.start:s.end])}})
	}
	for _, r := range l.Relations {
		if r.Type == "" || r.From < 0 || r.From >= len(got) || r.To < 0 || r.To >= len(got) {
			return nil, format.Mismatch(p.at(), "a relation (%s) has an end that is no span", r.Type)
		}
	}
	return got, nil
}

type readSpan struct {
	start, end int
	label      string
}

// spansOf reads spans of either shape.
func spansOf(raw json.RawMessage) ([]readSpan, error) {
	var items []json.RawMessage
	if len(raw) > 0 {
		if err := json.Unmarshal(raw, &items); err != nil {
			return nil, err
		}
	}
	var list []readSpan
	for i, item := range items {
		var s readSpan
		var o struct {
			ID    int
			Label string
			Start int `json:"start_offset"`
			End   int `json:"end_offset"`
		}
		if json.Unmarshal(item, &o) == nil {
			if o.ID != i {
				return nil, fmt.Errorf("span %d has the id %d", i, o.ID)
			}
			s = readSpan{o.Start, o.End, o.Label}
		} else if err := json.Unmarshal(item, &[]any{&s.start, &s.end, &s.label}); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}
