package html

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"lede/annotate/format"
)

// readBack takes the tags off again with the parser of golang.org/x/net, and
// compares what is left with the text of the article, and what stands between
// the tags of each fragment with its text. It shares no code with the writer.
func readBack(open format.OpenFunc, want *format.Expectations, job *format.Job) error {
	var r *reader
	defer func() { r.close() }()
	name := ""
	for {
		expected, err := want.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if file := expected.Name + ".html"; r == nil || job.Folder && file != name {
			r.close()
			if name = file; !job.Folder {
				name = ""
			}
			if r, err = read(open, name); err != nil {
				return err
			}
		}
		if err := r.compare(expected, job.SchemaLabels()); err != nil {
			return err
		}
	}
}

// reader reads the sections of a page one after the other.
type reader struct {
	at     format.Place
	file   io.Closer
	tokens *html.Tokenizer
	who    string // of the section
}

func read(open format.OpenFunc, name string) (*reader, error) {
	f, err := open(name)
	if err != nil {
		return nil, err
	}
	at := format.Place{File: name}
	if name == "" {
		at.File = "the page"
	}
	return &reader{at: at, file: f, tokens: html.NewTokenizer(f)}, nil
}

func (r *reader) close() {
	if r != nil {
		_ = r.file.Close() // it was only read
	}
}

// marks are what stands between the tags of each fragment, by its name.
type marks struct {
	text  strings.Builder
	parts map[string]*part
	open  []*part
}

// part is the text of a fragment and the classes of its element.
type part struct {
	strings.Builder
	class string
}

// label finds the label that a class stands for.
func (p *part) label(labels []string) string {
	for _, c := range strings.Fields(p.class) {
		if i, err := strconv.Atoi(strings.TrimPrefix(c, "l")); err == nil && i < len(labels) {
			return labels[i]
		}
	}
	return ""
}

func (r *reader) compare(expected *format.Expected, labels []string) error {
	m, err := r.section()
	if err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(m.text.String()))
	if r.who != expected.Annotator || hex.EncodeToString(sum[:]) != expected.Hash {
		return format.Mismatch(r.at, "the text of article %s (annotator %q) is another one", expected.Ref, expected.Annotator)
	}
	got := make([]format.ReadSpan, len(expected.Spans))
	for i, s := range expected.Spans {
		for k := range s.Fragments {
			part := m.parts[fmt.Sprintf("%d.%d", i+1, k+1)]
			if part == nil {
				return format.Mismatch(r.at, "part %d of span %d of article %s is not marked", k+1, i+1, expected.Ref)
			}
			got[i].Label = part.label(labels)
			got[i].Quotes = append(got[i].Quotes, part.String())
		}
	}
	return expected.Compare(r.at, got)
}

// section reads the next text with its marks.
func (r *reader) section() (*marks, error) {
	m := &marks{parts: map[string]*part{}}
	inside := false
	for {
		switch r.tokens.Next() {
		case html.ErrorToken:
			return nil, format.Mismatch(r.at, "it ends too early (%s)", r.tokens.Err())
		case html.StartTagToken:
			t := r.tokens.Token()
			switch {
			case t.Data == "section":
				r.who = value(t, "data-annotator")
			case t.Data == "div" && value(t, "class") == "text":
				inside = true
			case t.Data == "mark" && inside:
				m.begin(value(t, "data-s"), value(t, "class"))
			}
		case html.EndTagToken:
			t := r.tokens.Token()
			switch {
			case t.Data == "mark" && len(m.open) > 0:
				m.open = m.open[:len(m.open)-1]
			case t.Data == "div" && inside:
				return m, nil
			}
		case html.TextToken:
			if inside {
				m.add(r.tokens.Token().Data)
			}
		}
	}
}

func (m *marks) begin(name, class string) {
	if m.parts[name] == nil {
		m.parts[name] = &part{class: class}
	}
	m.open = append(m.open, m.parts[name])
}

func (m *marks) add(s string) {
	m.text.WriteString(s)
	for _, p := range m.open {
		p.WriteString(s)
	}
}

func value(t html.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
