package cas

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/xmlread"
)

// TypeSystemFile is the name of the file with the type system.
const TypeSystemFile = "TypeSystem.xml"

// XML is the type system as UIMA writes it: the types that were added.
func (t *Types) XML() []byte {
	var b bytes.Buffer
	b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\">\n  <types>\n")
	line := func(indent, tag, value string) {
		b.WriteString(indent + "<" + tag + ">" + Escape(value) + "</" + tag + ">\n")
	}
	for _, typ := range t.Own() {
		b.WriteString("    <typeDescription>\n")
		line("      ", "name", typ.Name)
		line("      ", "description", typ.Description)
		line("      ", "supertypeName", typ.Super)
		if len(typ.Features) > 0 {
			b.WriteString("      <features>\n")
			for _, f := range typ.Features {
				b.WriteString("        <featureDescription>\n")
				line("          ", "name", f.Name)
				line("          ", "description", f.Description)
				line("          ", "rangeTypeName", f.Range)
				b.WriteString("        </featureDescription>\n")
			}
			b.WriteString("      </features>\n")
		}
		b.WriteString("    </typeDescription>\n")
	}
	b.WriteString("  </types>\n</typeSystemDescription>\n")
	return b.Bytes()
}

// Escape spells a text for XML, as content or as the value of an attribute: line ends
// and tabs as references, or else readers make blanks of them. What XML forbids
// becomes U+FFFD.
func Escape(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&quot;")
		case r == '\n':
			b.WriteString("&#10;")
		case r == '\r':
			b.WriteString("&#13;")
		case r == '\t':
			b.WriteString("&#9;")
		case r == 0x85 || r == 0x2028: // ends of lines for XML 1.1
			b.WriteString("&#" + itoa(int(r)) + ";")
		case forbidden(r):
			b.WriteRune('\uFFFD')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// typeXML and featureXML are what is read of a type system.
type typeXML struct {
	Name     string       `xml:"name"`
	Super    string       `xml:"supertypeName"`
	Features []featureXML `xml:"features>featureDescription"`
}

type featureXML struct {
	Name    string `xml:"name"`
	Range   string `xml:"rangeTypeName"`
	Element string `xml:"elementType"`
	Shared  string `xml:"multipleReferencesAllowed"`
}

// maxTypes is how many types a type system may have, and features a type: far above
// any.
const maxTypes = 5_000

// ReadTypes reads the description of a type system.
func ReadTypes(src format.Source) (*Types, error) {
	r, err := xmlread.Open(src)
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }()
	t := NewTypes()
	root := false
	for {
		token, err := r.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		start, ok := token.(xml.StartElement)
		switch {
		case !ok:
		case start.Name.Local == "typeSystemDescription":
			root = true
		case start.Name.Local == "typeDescription":
			if err := t.readType(r, start); err != nil {
				return nil, err
			}
		}
	}
	if !root {
		return nil, format.Refuse(src.At(0), "", "it is no description of a UIMA type system")
	}
	return t, nil
}

func (t *Types) readType(r *xmlread.Reader, start xml.StartElement) error {
	at := r.Place()
	var x typeXML
	if err := r.Decode(&x, start); err != nil {
		return err
	}
	name := strings.TrimSpace(x.Name)
	switch {
	case name == "":
		return format.Refuse(at, "", "a type has no name")
	case len(t.order) >= maxTypes || len(x.Features) > maxTypes:
		return format.Refuse(at, "", "there are more than %d types, or features of a type", maxTypes)
	}
	typ := t.Add(name, strings.TrimSpace(x.Super))
	for _, f := range x.Features {
		typ.Feature(Feature{Name: strings.TrimSpace(f.Name), Range: strings.TrimSpace(f.Range), Element: strings.TrimSpace(f.Element), Shared: strings.TrimSpace(f.Shared) == "true"})
	}
	return nil
}
