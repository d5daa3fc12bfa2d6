package mail

import (
	"bytes"
	"cmp"
	"io"
	"mime"
	"net/mail"
	"net/textproto"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"

	"lede/annotate/format"
	"lede/annotate/format/webpage"
)

// message is a mail being read.
type message struct {
	src    format.Source
	at     format.Place
	ref    string
	prefer string // plain or html
	outer  bool   // it is a file of its own
	saved  bool   // it is a page that a browser saved

	a        *format.Article
	attached []string
	damaged  int // parts that end too early
	misnamed int // parts that are not in the encoding they name
}

func (m *message) article(raw []byte) (*format.Article, error) {
	msg, err := mail.ReadMessage(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\xEF\xBB\xBF"))))
	if err != nil {
		return nil, format.Refuse(m.at, "Is it the right --format?", "it is no mail: %s", strings.TrimPrefix(err.Error(), "mail: "))
	}
	h := msg.Header
	if h.Get("From") == "" && h.Get("Subject") == "" && h.Get("Date") == "" && h.Get("Content-Type") == "" {
		return nil, format.Refuse(m.at, "Is it the right --format?", "it is no mail: its head names neither sender nor subject nor date")
	}
	m.a = &format.Article{Place: m.at, Ref: m.ref, RefFromName: true}
	m.saved = h.Get("Snapshot-Content-Location") != "" || strings.Contains(h.Get("From"), "<Saved by ")
	found, err := m.part(textproto.MIMEHeader(h), msg.Body, 0)
	if err != nil {
		return nil, err
	}
	m.a.Text = strings.Join(found.chosen(m.prefer), "\n\n")
	m.facts(h)
	if m.saved {
		found.facts.Fill(m.a)
		m.attached = nil // pictures and styles of the page
	}
	m.tell()
	return m.a, nil
}

func (m *message) tell() {
	a := m.a
	for _, name := range m.attached {
		a.Skip("attachments", "attachments of mails", 1, m.at.String()+": "+name)
	}
	a.Skip("damaged", "parts of mails that are damaged: what could be read was taken", m.damaged, m.at.String())
	a.Skip("encodings", "parts of mails that are not in the encoding they name, taken as windows-1252", m.misnamed, m.at.String())
}

// facts reads the head. A page that was saved has its facts in itself.
func (m *message) facts(h mail.Header) {
	a := m.a
	if m.saved {
		a.URL = clean(h.Get("Snapshot-Content-Location"))
		return
	}
	a.Title = header(h.Get("Subject"))
	from := header(h.Get("From"))
	a.Author = from
	if list, err := (&mail.AddressParser{WordDecoder: decoder}).ParseList(h.Get("From")); err == nil {
		var names []string
		for _, one := range list {
			names = append(names, cmp.Or(clean(one.Name), clean(one.Address)))
		}
		a.Author = strings.Join(names, ", ")
	}
	a.Published = strings.TrimSpace(comment.ReplaceAllString(header(h.Get("Date")), ""))
	a.Publisher = header(h.Get("Organization"))
	a.Language = header(h.Get("Content-Language"))
	if id := strings.Trim(clean(h.Get("Message-Id")), "<> "); id != "" {
		a.Ref = id
	}
	for _, f := range []struct{ key, name string }{{"from", "From"}, {"to", "To"}, {"cc", "Cc"}, {"list", "List-Id"}, {"answers", "In-Reply-To"}, {"newsgroups", "Newsgroups"}} {
		if v := header(h.Get(f.name)); v != "" && v != a.Author {
			a.PutMeta(f.key, format.AppendString(nil, v))
		}
	}
}

var comment = regexp.MustCompile(`\s*\([^()]*\)\s*$`)

var decoder = &mime.WordDecoder{CharsetReader: func(name string, in io.Reader) (io.Reader, error) {
	enc, err := htmlindex.Get(name)
	if err != nil {
		return nil, err
	}
	return enc.NewDecoder().Reader(in), nil
}}

// header is a value of the head as people read it.
func header(v string) string {
	if s, err := decoder.DecodeHeader(v); err == nil {
		v = s
	}
	return clean(v)
}

// clean is a value on one line, without what no text may hold.
func clean(v string) string {
	if !utf8.ValidString(v) {
		v, _ = charmap.Windows1252.NewDecoder().String(v) // every byte is a character there
	}
	return strings.Join(strings.Fields(strings.ReplaceAll(v, "\x00", "")), " ")
}

// texts is what a part of a mail says: the same in two ways, if it does.
type texts struct {
	plain, page []string
	facts       webpage.Facts
}

func (t texts) chosen(prefer string) []string {
	switch {
	case len(t.plain) == 0, prefer == "html" && len(t.page) > 0:
		return t.page
	}
	return t.plain
}

// nameOf is the file name of a part, "" if it has none.
func nameOf(h textproto.MIMEHeader, params map[string]string) string {
	_, disposition, _ := mime.ParseMediaType(h.Get("Content-Disposition"))
	return path.Base(header(cmp.Or(disposition["filename"], params["name"], ".")))
}
