package gliner

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/token"
)

// back is a record as a program in another language would see it.
type back struct {
	Words     []string            `json:"tokenized_text"`
	NER       [][]json.RawMessage `json:"ner"`
	Relations [][]json.RawMessage `json:"relations"`
	Meta      struct {
		ID string `json:"id"`
	} `json:"meta"`
}

// readBack decodes the files and compares label and text of each entity, white space
// aside, which words do not hold.
func readBack(open format.OpenFunc, want *format.Expectations, job *format.Job) error {
	parts := map[string]*checked{}
	defer func() {
		for _, p := range parts {
			_ = p.file.Close()
		}
	}()
	splits := job.Splits
	if splits == nil {
		splits = []string{""}
	}
	for _, s := range splits {
		f, err := open(fileName(job, s))
		if err != nil {
			return err
		}
		p := &checked{file: f, in: json.NewDecoder(f), list: job.Settings["layout"] == "list", at: format.Place{File: fileName(job, s)}}
		parts[s] = p
		if p.list {
			if t, err := p.in.Token(); err != nil || t != json.Delim('[') {
				return format.Mismatch(p.at, "it begins with no list")
			}
		}
	}
	for {
		x, err := want.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if err := parts[x.Split].compare(x); err != nil {
			return err
		}
	}
	for _, p := range parts {
		if err := p.end(); err != nil {
			return err
		}
	}
	return nil
}

// checked is a file that is read back.
type checked struct {
	file  io.ReadCloser
	in    *json.Decoder
	list  bool
	at    format.Place
	now   back
	ahead []format.ReadSpan
}

// next reads a record; false is the end.
func (p *checked) next() (bool, error) {
	if p.list && !p.in.More() {
		t, err := p.in.Token()
		if p.list = false; err != nil || t != json.Delim(']') {
			return false, format.Mismatch(p.at, "its list has no end")
		}
	}
	p.now = back{}
	if err := p.in.Decode(&p.now); errors.Is(err, io.EOF) {
		return false, nil
	} else if err != nil {
		return false, format.Mismatch(p.at, "%s", err)
	}
	for _, e := range p.now.NER {
		var first, last int
		var label string
		if len(e) != 3 || json.Unmarshal(e[0], &first) != nil || json.Unmarshal(e[1], &last) != nil || json.Unmarshal(e[2], &label) != nil ||
			first < 0 || first > last || last >= len(p.now.Words) {
			return false, format.Mismatch(p.at, "an entity is %s", fmt.Sprint(e))
		}
		p.ahead = append(p.ahead, format.ReadSpan{Label: label, Quotes: []string{strings.Join(p.now.Words[first:last+1], "")}})
	}
	for _, r := range p.now.Relations {
		var head, tail int
		if len(r) != 3 || json.Unmarshal(r[0], &head) != nil || json.Unmarshal(r[1], &tail) != nil || min(head, tail) < 0 || max(head, tail) >= len(p.now.NER) {
			return false, format.Mismatch(p.at, "a relation is %s", fmt.Sprint(r))
		}
	}
	return true, nil
}

// compare reads the records of an article: at least one, as many as its spans need.
func (p *checked) compare(x *format.Expected) error {
	for i := range x.Spans {
		x.Spans[i].Quotes = []string{without(strings.Join(x.Spans[i].Quotes, ""))}
	}
	before := p.now.Meta.ID
	for first := true; first || len(p.ahead) < len(x.Spans); {
		more, err := p.next()
		if err != nil || !more {
			return errors.Join(err, format.Mismatch(p.at, "article %s ends too early", x.Ref))
		}
		switch id := p.now.Meta.ID; {
		case id == x.Ref:
			first = false
		case !first || id != before || len(p.ahead) > 0: // else it is the rest of the article before
			return format.Mismatch(p.at, "a record is of article %q and should be of %q", id, x.Ref)
		}
	}
	n := min(len(p.ahead), len(x.Spans))
	err := x.Compare(p.at, p.ahead[:n])
	p.ahead = p.ahead[n:]
	return err
}

// end refuses what is behind the last article.
func (p *checked) end() error {
	last := p.now.Meta.ID
	for {
		more, err := p.next()
		if err == nil && (len(p.ahead) > 0 || more && p.now.Meta.ID != last) {
			err = format.Mismatch(p.at, "there is more than was written")
		}
		if err != nil || !more {
			return err
		}
	}
}

// without is s without white space.
func without(s string) string {
	return strings.Map(func(r rune) rune {
		if token.Blank(r) {
			return -1
		}
		return r
	}, s)
}
