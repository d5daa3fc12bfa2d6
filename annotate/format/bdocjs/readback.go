package bdocjs

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"unicode/utf16"

	"lede/annotate/format"
)

// written is a document as encoding/json understands it: other code than the
// writer's and the reader's.
type written struct {
	Text           string `json:"text"`
	Name           string `json:"name"`
	OffsetType     string `json:"offset_type"`
	AnnotationSets map[string]struct {
		Name        string `json:"name"`
		NextAnnID   int    `json:"next_annid"`
		Annotations []struct {
			Type       string `json:"type"`
			Start, End int
			ID         int `json:"id"`
			Features   struct {
				Fragments [][2]int `json:"lede.fragments"`
			} `json:"features"`
		} `json:"annotations"`
	} `json:"annotation_sets"`
}

func readBack(open format.OpenFunc, want *format.Expectations, job *format.Job) error {
	docs := source{open: open}
	defer docs.close()
	if !job.Folder {
		f, err := open("")
		if err != nil {
			return err
		}
		docs.f, docs.lines = f, json.NewDecoder(f)
	}
	n := 0
	var doc *written
	var units []uint16
	var last *format.Expected
	for {
		x, err := want.Next()
		if errors.Is(err, io.EOF) {
			return docs.end()
		}
		if err != nil {
			return err
		}
		if last == nil || last.Name != x.Name {
			if doc, err = docs.next(x.Name); err != nil {
				return err
			}
			n++
			if err := sameText(doc, x, n); err != nil {
				return err
			}
			units = utf16.Encode([]rune(doc.Text))
		}
		last = x
		if err := compare(doc, units, x, format.Place{File: x.Name, Line: n}); err != nil {
			return err
		}
	}
}

// source hands out the documents in their order.
type source struct {
	open  format.OpenFunc
	f     io.Closer
	lines *json.Decoder
}

func (s *source) next(name string) (*written, error) {
	dec := s.lines
	if dec == nil {
		f, err := s.open(name + ".bdocjs")
		if err != nil {
			return nil, err
		}
		defer func() { _ = f.Close() }()
		dec = json.NewDecoder(f)
	}
	doc := &written{}
	if err := dec.Decode(doc); err != nil {
		return nil, format.Mismatch(format.Place{File: name}, "it is no document: %s", err)
	}
	return doc, nil
}

func (s *source) end() error {
	if s.lines != nil && s.lines.More() {
		return format.Mismatch(format.Place{File: "lines"}, "there are more documents than articles")
	}
	return nil
}

func (s *source) close() {
	if s.f != nil {
		_ = s.f.Close()
	}
}

func sameText(doc *written, x *format.Expected, n int) error {
	at := format.Place{File: x.Name, Line: n}
	if doc.Name != x.Ref {
		return format.Mismatch(at, "it is article %s, where %s should be", doc.Name, x.Ref)
	}
	if sum := sha256.Sum256([]byte(doc.Text)); hex.EncodeToString(sum[:]) != x.Hash {
		return format.Mismatch(at, "the text of article %s is another one", x.Ref)
	}
	return nil
}

// compare cuts the quotes out of the text as a list of UTF-16 code units, or of code
// points where the document says so.
func compare(doc *written, units []uint16, x *format.Expected, at format.Place) error {
	set, has := doc.AnnotationSets[x.Annotator]
	if !has && (x.Annotator != "" || len(x.Spans) > 0) || has && set.Name != x.Annotator {
		return format.Mismatch(at, "article %s has no annotation set %q", x.Ref, x.Annotator)
	}
	runes := []rune(doc.Text)
	cut := func(start, end int) (string, bool) {
		switch {
		case start < 0 || start >= end:
			return "", false
		case doc.OffsetType == "p" && end <= len(runes):
			return string(runes[start:end]), true
		case doc.OffsetType == "j" && end <= len(units):
			return string(utf16.Decode(units[start:end])), true
		}
		return "", false
	}
	var got []format.ReadSpan
	for _, a := range set.Annotations {
		pieces := a.Features.Fragments
		if pieces == nil {
			pieces = [][2]int{{a.Start, a.End}}
		}
		span := format.ReadSpan{Label: a.Type}
		for _, p := range pieces {
			quote, ok := cut(p[0], p[1])
			if !ok || p[0] < a.Start || p[1] > a.End || a.ID >= set.NextAnnID {
				return format.Mismatch(at, "annotation %d of article %s is outside the text", a.ID, x.Ref)
			}
			span.Quotes = append(span.Quotes, quote)
		}
		got = append(got, span)
	}
	return x.Compare(at, got)
}
