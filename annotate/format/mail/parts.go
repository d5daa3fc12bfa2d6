package mail

import (
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/textproto"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"lede/annotate/format"
	"lede/annotate/format/webpage"
	"lede/annotate/text"
)

// maxDepth is how deep parts may lie in each other, maxParts how many there may be.
const (
	maxDepth = 20
	maxParts = 10_000
)

// part reads a part and those in it.
func (m *message) part(h textproto.MIMEHeader, body io.Reader, depth int) (texts, error) {
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil && !errors.Is(err, mime.ErrInvalidMediaParameter) || !strings.Contains(kind, "/") {
		kind = "text/plain" // what mails without the line are
	}
	disposition, _, _ := mime.ParseMediaType(h.Get("Content-Disposition"))
	name := nameOf(h, params)
	switch {
	case strings.HasPrefix(kind, "multipart/") && params["boundary"] != "":
		if depth >= maxDepth {
			return texts{}, format.Refuse(m.at, "", "its parts lie in each other more than %d deep", maxDepth)
		}
		return m.parts(kind, multipart.NewReader(body, params["boundary"]), depth)
	case disposition == "attachment" || kind != "text/plain" && kind != "text/html" && kind != "application/xhtml+xml" && kind != "text/enriched":
		if name == "." {
			name = kind
		}
		m.attached = append(m.attached, name)
		return texts{}, nil
	}
	raw, err := io.ReadAll(transfer(h.Get("Content-Transfer-Encoding"), body))
	if err != nil {
		m.damaged++
	}
	words, err := m.decode(raw, params["charset"])
	if err != nil {
		return texts{}, err
	}
	if kind == "text/plain" || kind == "text/enriched" {
		if strings.EqualFold(params["format"], "flowed") {
			words = flowed(words, strings.EqualFold(params["delsp"], "yes"))
		}
		return texts{plain: some(strings.Trim(words, "\r\n"))}, nil
	}
	return m.page(words)
}

func some(s string) []string {
	if strings.TrimSpace(s) == "" {
		return nil
	}
	return []string{s}
}

func (m *message) parts(kind string, r *multipart.Reader, depth int) (texts, error) {
	var all texts
	var each []texts
	for n := 0; ; n++ {
		p, err := r.NextRawPart()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				m.damaged++
			}
			break
		}
		if n >= maxParts {
			return all, format.Refuse(m.at, "", "it has more than %d parts", maxParts)
		}
		t, err := m.part(p.Header, p, depth+1)
		if err != nil {
			return all, err
		}
		each = append(each, t)
		if m.saved && len(t.page) > 0 {
			return t, nil // the first page is the page, others are frames in it
		}
	}
	for _, t := range each {
		if kind == "multipart/alternative" {
			all.plain, all.page = append(all.plain, t.plain...), append(all.page, t.page...)
			continue
		}
		// Parts one behind the other: one of each stands for it.
		mine := t.chosen(m.prefer)
		all.plain = append(all.plain, mine...)
	}
	return all, nil
}

// page takes the text of a page: of a mail all but what is beside it, of a page that
// was saved the article.
func (m *message) page(raw string) (texts, error) {
	p, err := webpage.Parse(raw)
	if err != nil {
		return texts{}, format.Refuse(m.at, "", "a page in it cannot be read: %s", err)
	}
	mode := webpage.Body
	if m.saved {
		mode = webpage.Article
	}
	found := p.Take(webpage.Options{Mode: mode})
	if m.saved {
		m.a.Skip("captions", "captions of pictures", found.Captions, m.at.String())
	}
	return texts{page: some(found.Text), facts: found.Facts}, nil
}

// transfer undoes the encoding for the way.
func transfer(name string, body io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(name)) {
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, &onlyBase64{body})
	case "quoted-printable":
		return quotedprintable.NewReader(body)
	}
	return body
}

// onlyBase64 leaves out what stands between the digits, as blanks do in many mails.
type onlyBase64 struct{ in io.Reader }

func (o *onlyBase64) Read(p []byte) (int, error) {
	for {
		n, err := o.in.Read(p)
		k := 0
		for _, c := range p[:n] {
			if c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/' || c == '=' {
				p[k] = c
				k++
			}
		}
		if k > 0 || err != nil {
			return k, err
		}
	}
}

// decode decodes a part by the encoding that it names, else as UTF-8. Many mails
// name a wrong one: what is told then stands in tell.
func (m *message) decode(raw []byte, charset string) (string, error) {
	if charset == "" || strings.EqualFold(charset, "us-ascii") {
		charset = "utf-8"
	}
	in, err := text.Decode(raw, charset)
	if unknown := (*text.UnknownEncodingError)(nil); err != nil && errors.As(err, &unknown) || err != nil && text.Told(raw) {
		charset = "utf-8"
		in, err = text.Decode(raw, charset)
	}
	if err == nil {
		return in.Text, nil
	}
	low := strings.ToLower(charset)
	if low == "utf-8" || strings.HasPrefix(low, "iso-8859") || strings.HasPrefix(low, "windows-") {
		words, _ := charmap.Windows1252.NewDecoder().Bytes(raw) // every byte is a character there
		if in, err := text.Normalize(string(words)); err == nil {
			m.misnamed++
			return in.Text, nil
		}
	}
	return "", format.Refuse(m.at, "", "its text is not in the encoding that it names, %s, or holds the character U+0000", charset)
}

// flowed joins the lines of a text that was broken for the way (RFC 3676): a line
// that ends with a blank goes on in the next, unless that is quoted otherwise.
func flowed(s string, deleteBlank bool) string {
	var out []byte
	before, goesOn := "", false // quote marks of the line before; whether it goes on
	for i, line := range strings.Split(s, "\n") {
		line = strings.TrimSuffix(line, "\r")
		quote := line[:len(line)-len(strings.TrimLeft(line, ">"))]
		words := strings.TrimPrefix(line[len(quote):], " ") // the blank kept it from looking like a quote
		if !goesOn || quote != before || line == "-- " {
			if i > 0 {
				out = append(out, '\n')
			}
			if out = append(out, quote...); quote != "" {
				out = append(out, ' ')
			}
		}
		goesOn, before = strings.HasSuffix(words, " ") && line != "-- ", quote
		if goesOn && deleteBlank {
			words = words[:len(words)-1]
		}
		out = append(out, words...)
	}
	return string(out)
}
