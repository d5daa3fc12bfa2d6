package chat

import (
	"encoding/json"
	"errors"
	"io"
	"strings"

	"lede/annotate/format"
	"lede/annotate/text"
)

// conversation is a line as a program that trains a model sees it.
type conversation struct {
	Messages []struct{ Role, Content string } `json:"messages"`
}

// said is the answer in it.
type said struct {
	Spans []struct {
		ID         int    `json:"id"`
		Label      string `json:"label"`
		Text       string `json:"text"`
		Occurrence int    `json:"occurrence"`
	} `json:"spans"`
	Relations []struct {
		Type     string `json:"type"`
		From, To int
	} `json:"relations"`
}

// readBack decodes the conversations, finds each quote in the text and compares.
func readBack(open format.OpenFunc, want *format.Expectations, job *format.Job) error {
	parts := map[string]*checked{}
	for _, s := range splitsOf(job) {
		f, err := open(fileName(s))
		if err != nil {
			return err
		}
		defer func() { _ = f.Close() }()
		parts[s] = &checked{in: json.NewDecoder(f), at: format.Place{File: fileName(s)}, whole: job.Settings["unit"] == "article"}
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
		for {
			more, err := p.next()
			if err != nil {
				return err
			}
			if len(p.ahead) > 0 || more && p.whole {
				return format.Mismatch(p.at, "there is more than was written")
			}
			if !more {
				break
			}
		}
	}
	return nil
}

type checked struct {
	in    *json.Decoder
	at    format.Place
	whole bool // a line is a whole article
	user  string
	ahead []format.ReadSpan
}

// next reads a conversation; false is the end.
func (p *checked) next() (bool, error) {
	var c conversation
	if err := p.in.Decode(&c); errors.Is(err, io.EOF) {
		return false, nil
	} else if err != nil {
		return false, format.Mismatch(p.at, "%s", err)
	}
	if len(c.Messages) != 3 || c.Messages[0].Role != "system" || c.Messages[1].Role != "user" || c.Messages[2].Role != "assistant" {
		return false, format.Mismatch(p.at, "a conversation is not of system, user and assistant")
	}
	p.user = c.Messages[1].Content
	var a said
	if err := json.Unmarshal([]byte(c.Messages[2].Content), &a); err != nil {
		return false, format.Mismatch(p.at, "an answer is no JSON: %s", err)
	}
	for i, s := range a.Spans {
		count := 0
		for k := range p.user {
			if strings.HasPrefix(p.user[k:], s.Text) {
				count++
			}
		}
		if s.ID != i+1 || s.Text == "" || s.Occurrence > count || s.Occurrence == 0 && count != 1 {
			return false, format.Mismatch(p.at, "%q is %d times in the text, and occurrence %d is meant", s.Text, count, s.Occurrence)
		}
		p.ahead = append(p.ahead, format.ReadSpan{Label: s.Label, Quotes: []string{s.Text}})
	}
	for _, r := range a.Relations {
		if r.From < 1 || r.To < 1 || max(r.From, r.To) > len(a.Spans) {
			return false, format.Mismatch(p.at, "a relation goes from %d to %d of %d spans", r.From, r.To, len(a.Spans))
		}
	}
	return true, nil
}

func (p *checked) compare(x *format.Expected) error {
	for first := p.whole; first || len(p.ahead) < len(x.Spans); first = false {
		more, err := p.next()
		if err != nil {
			return err
		}
		if !more || p.whole && text.SHA256(p.user) != x.Hash {
			return format.Mismatch(p.at, "article %s is not there, or has another text", x.Ref)
		}
		if p.whole && len(p.ahead) < len(x.Spans) {
			break // it says which is missing
		}
	}
	n := min(len(p.ahead), len(x.Spans))
	err := x.Compare(p.at, p.ahead[:n])
	p.ahead = p.ahead[n:]
	return err
}
