package refiqda

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/xmlread"
)

// node is any element: the read-back shares no code with the writer.
type node struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Content  string     `xml:",chardata"`
	Children []node     `xml:",any"`
}

func (n *node) attr(name string) string {
	return xmlread.Attr(xml.StartElement{Attr: n.Attrs}, name)
}

func (n *node) all(name string) (list []*node) {
	for i := range n.Children {
		if n.Children[i].XMLName.Local == name {
			list = append(list, &n.Children[i])
		}
	}
	return list
}

// written is an archive that was written, with its users and codes.
type written struct {
	zip   *zip.Reader
	dec   *xml.Decoder
	users map[string]string // by GUID
	codes map[string]string // names by GUID; "" for values of attributes
}

func readBack(open format.OpenFunc, want *format.Expectations, _ *format.Job) error {
	in, err := open("")
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	// A zip is read from its end: a copy that can be.
	temp, err := os.CreateTemp("", "lede-readback-*")
	if err != nil {
		return err
	}
	defer func() { _, _ = temp.Close(), os.Remove(temp.Name()) }()
	size, err := io.Copy(temp, in)
	if err != nil {
		return err
	}
	at := format.Place{File: "project.qde"}
	w := &written{users: map[string]string{}, codes: map[string]string{}}
	if w.zip, err = zip.NewReader(temp, size); err != nil {
		return format.Mismatch(at, "it is no zip file: %s", err)
	}
	qde, err := w.zip.Open("project.qde")
	if err != nil {
		return format.Mismatch(at, "it is not there: %s", err)
	}
	defer func() { _ = qde.Close() }()
	w.dec = xml.NewDecoder(qde)
	return w.compareAll(want, at)
}

func (w *written) compareAll(want *format.Expectations, at format.Place) error {
	var src *node
	var body string
	last := ""
	for {
		x, err := want.Next()
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		done := err != nil
		if done || src == nil || x.Name != last {
			next, err := w.next()
			switch {
			case err != nil:
				return format.Mismatch(at, "it cannot be read: %s", err)
			case done && next == nil:
				return nil
			case done || next == nil:
				return format.Mismatch(at, "there are not as many sources as articles")
			}
			src, last = next, x.Name
			if body, err = w.text(src); err != nil {
				return format.Mismatch(at, "the text of %s cannot be read: %s", x.Name, err)
			}
		}
		if sum := sha256.Sum256([]byte(body)); hex.EncodeToString(sum[:]) != x.Hash || src.attr("name") != x.Name {
			return format.Mismatch(at, "the text of article %s is another one", x.Ref)
		}
		got, err := w.spans(src, []rune(body), x.Annotator, at)
		if err == nil {
			err = x.Compare(at, got)
		}
		if err != nil {
			return err
		}
	}
}

// next is the next source; users and codes that come before it are noted.
func (w *written) next() (*node, error) {
	for {
		t, err := w.dec.Token()
		if errors.Is(err, io.EOF) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		e, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		switch e.Name.Local {
		case "User":
			w.users[xmlread.Attr(e, "guid")] = unspell(xmlread.Attr(e, "name"))
		case "CodeBook":
			n := &node{}
			if err := w.dec.DecodeElement(n, &e); err != nil {
				return nil, err
			}
			w.code(n)
		case "TextSource":
			n := &node{}
			return n, w.dec.DecodeElement(n, &e)
		}
	}
}

func (w *written) code(n *node) {
	if id := n.attr("guid"); id != "" {
		w.codes[id] = n.attr("name")
		for _, d := range n.all("Description") {
			if d.Content == valueDescription && strings.Contains(n.attr("name"), "/") {
				w.codes[id] = ""
			}
		}
	}
	for i := range n.Children {
		w.code(&n.Children[i])
	}
}

func (w *written) text(src *node) (string, error) {
	f, err := w.zip.Open("Sources/" + strings.TrimPrefix(src.attr("plainTextPath"), "internal://"))
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }()
	raw, err := io.ReadAll(f)
	return string(raw), err
}

// spans are those of one user, pieces put together.
func (w *written) spans(src *node, runes []rune, annotator string, at format.Place) ([]format.ReadSpan, error) {
	var got []format.ReadSpan
	for _, s := range src.all("PlainTextSelection") {
		if w.users[s.attr("creatingUser")] != annotator {
			continue
		}
		start, err1 := strconv.Atoi(s.attr("startPosition"))
		stop, err2 := strconv.Atoi(s.attr("endPosition"))
		if err1 != nil || err2 != nil || start < 0 || start >= stop || stop > len(runes) {
			return nil, format.Mismatch(at, "a selection from %q to %q is outside the text", s.attr("startPosition"), s.attr("endPosition"))
		}
		quote := string(runes[start:stop])
		for _, c := range s.all("Coding") {
			name, known := "", false
			for _, r := range c.all("CodeRef") {
				name, known = w.codes[r.attr("targetGUID")]
			}
			if !known || c.attr("creatingUser") != s.attr("creatingUser") {
				return nil, format.Mismatch(at, "a coding has no code of the codebook")
			}
			switch {
			case name == "":
			case strings.HasPrefix(s.attr("name"), "part ") && !strings.HasPrefix(s.attr("name"), "part 1 "):
				if len(got) == 0 {
					return nil, format.Mismatch(at, "a piece of a span has no beginning")
				}
				got[len(got)-1].Quotes = append(got[len(got)-1].Quotes, quote)
			default:
				got = append(got, format.ReadSpan{Label: name, Quotes: []string{quote}})
			}
		}
	}
	return got, nil
}
