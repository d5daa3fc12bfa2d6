package bioc

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"

	"lede/annotate/format"
)

// element is an element of XML, or what JSON has in its place. It shares
// no code with the writer.
type element struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Content  string     `xml:",chardata"`
	Children []element  `xml:",any"`
}

func (e *element) attr(name string) string {
	for _, a := range e.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (e *element) all(name string) (list []*element) {
	for i := range e.Children {
		if e.Children[i].XMLName.Local == name {
			list = append(list, &e.Children[i])
		}
	}
	return list
}

func (e *element) content(name string) string {
	for _, c := range e.all(name) {
		return c.Content
	}
	return ""
}

func (e *element) infon(key string) string {
	for _, c := range e.all("infon") {
		if c.attr("key") == key {
			return c.Content
		}
	}
	return ""
}

// fromJSON makes an element of an object: lists are elements of the singular name.
func fromJSON(name string, v map[string]any) element {
	e := element{XMLName: xml.Name{Local: name}}
	for key, value := range v {
		switch x := value.(type) {
		case []any:
			for _, item := range x {
				if o, ok := item.(map[string]any); ok {
					e.Children = append(e.Children, fromJSON(key[:len(key)-1], o))
				}
			}
		case map[string]any:
			for k, infon := range x {
				e.Children = append(e.Children, element{
					XMLName: xml.Name{Local: "infon"}, Content: fmt.Sprint(infon), Attrs: []xml.Attr{{Name: xml.Name{Local: "key"}, Value: k}},
				})
			}
		default:
			e.Children = append(e.Children, element{XMLName: xml.Name{Local: key}, Content: fmt.Sprint(x)})
			e.Attrs = append(e.Attrs, xml.Attr{Name: xml.Name{Local: key}, Value: fmt.Sprint(x)})
		}
	}
	return e
}

// cursor hands out the documents of the file in their order; nil at the end.
type cursor func() (*element, error)

func xmlCursor(in io.Reader) cursor {
	dec := xml.NewDecoder(in)
	return func() (*element, error) {
		for {
			t, err := dec.Token()
			if errors.Is(err, io.EOF) {
				return nil, nil
			}
			if err != nil {
				return nil, err
			}
			if start, ok := t.(xml.StartElement); ok && start.Name.Local == "document" {
				e := &element{}
				return e, dec.DecodeElement(e, &start)
			}
		}
	}
}

func jsonCursor(in io.Reader) cursor {
	dec := json.NewDecoder(in)
	dec.UseNumber()
	inside := false
	return func() (*element, error) {
		for !inside {
			t, err := dec.Token()
			if err != nil {
				return nil, err
			}
			if inside = t == "documents"; inside {
				if _, err := dec.Token(); err != nil {
					return nil, err
				}
			}
		}
		if !dec.More() {
			return nil, nil
		}
		var v map[string]any
		if err := dec.Decode(&v); err != nil {
			return nil, err
		}
		e := fromJSON("document", v)
		return &e, nil
	}
}

func readBack(open format.OpenFunc, want *format.Expectations, job *format.Job) error {
	f, err := open("")
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	next := xmlCursor(f)
	if job.State.(*state).json {
		next = jsonCursor(f)
	}
	var doc *element
	var last *format.Expected
	for n := 0; ; {
		x, done := want.Next()
		if done != nil && !errors.Is(done, io.EOF) {
			return done
		}
		if done != nil || last == nil || last.Name != x.Name {
			n++
			if doc, err = next(); err != nil {
				return format.Mismatch(format.Place{File: "document", Line: n}, "it cannot be read: %s", err)
			}
			if done != nil && doc == nil {
				return nil
			}
			if done != nil || doc == nil {
				return format.Mismatch(format.Place{File: "document", Line: n}, "there are not as many documents as articles")
			}
		}
		last = x
		if err := compare(doc, x, format.Place{File: "document", Line: n}); err != nil {
			return err
		}
	}
}

func compare(doc *element, x *format.Expected, at format.Place) error {
	passages := doc.all("passage")
	if doc.content("id") != x.Ref || len(passages) != 1 {
		return format.Mismatch(at, "it is document %q, where %q should be", doc.content("id"), x.Ref)
	}
	body := passages[0].content("text")
	if hashOf(body) != x.Hash {
		return format.Mismatch(at, "the text of article %s is another one", x.Ref)
	}
	runes := []rune(body)
	var got []format.ReadSpan
	for _, a := range passages[0].all("annotation") {
		if a.infon("annotator") != x.Annotator {
			continue
		}
		span := format.ReadSpan{Label: a.infon("type")}
		for _, l := range a.all("location") {
			start, err1 := strconv.Atoi(l.attr("offset"))
			length, err2 := strconv.Atoi(l.attr("length"))
			if err1 != nil || err2 != nil || start < 0 || length <= 0 || start+length > len(runes) {
				return format.Mismatch(at, "annotation %s of article %s is outside the text", a.attr("id"), x.Ref)
			}
			span.Quotes = append(span.Quotes, string(runes[start:start+length]))
		}
		got = append(got, span)
	}
	return x.Compare(at, got)
}
