package casxmi

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"iter"
	"strconv"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/cas"
	"lede/annotate/format/xmlread"
)

const (
	hint  = "Is it a UIMA CAS XMI file?"
	xmiNS = "http://www.omg.org/XMI"
)

// maxStructures and maxContent bound what a file may hold: structures cost memory
// far above their size in the file.
const maxStructures = 2_000_000

var maxContent = format.MaxLine

func read(ctx context.Context, src format.Source, s format.Settings) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		files, err := cas.OpenFiles(src, s, name, ".xmi")
		if err != nil {
			yield(nil, err)
			return
		}
		defer files.Close()
		for _, left := range files.Left {
			if !yield(left, nil) {
				return
			}
		}
		r := &reader{files: files, settings: s, types: map[string]*cas.Types{}}
		for _, f := range files.List {
			articles, err := r.file(f)
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				yield(nil, err)
				return
			}
			for _, a := range articles {
				if !yield(a, nil) {
					return
				}
			}
		}
	}
}

// reader keeps the type systems that were read.
type reader struct {
	files    *cas.Files
	settings format.Settings
	types    map[string]*cas.Types // by the name of the file
}

func (r *reader) file(f cas.File) ([]*format.Article, error) {
	types := cas.NewTypes()
	if src, ok := r.files.Above(f.Rel, cas.TypeSystemFile, "typesystem.xml", "TypeSystem.XML"); ok {
		if r.types[src.Name] == nil {
			t, err := cas.ReadTypes(src)
			if err != nil {
				return nil, err
			}
			if len(r.types) > 100 {
				clear(r.types) // a corpus may have one for each file
			}
			r.types[src.Name] = t
		}
		types = r.types[src.Name]
	}
	elements, err := parse(f.Src)
	if err != nil {
		return nil, err
	}
	d, err := document(elements, types)
	if err != nil {
		return nil, err
	}
	return d.Articles(cas.Input{Place: f.Src.At(0), Ref: f.Ref, Annotator: f.Annotator, Settings: r.settings})
}

// element is a structure as it stands in the file.
type element struct {
	place    format.Place
	typ      string
	attrs    []xml.Attr
	children []child
}

// child is one value of a list of texts.
type child struct{ name, text string }

// parse reads the elements below the root.
func parse(src format.Source) ([]*element, error) {
	x, err := xmlread.Open(src)
	if err != nil {
		return nil, err
	}
	defer func() { _ = x.Close() }()
	p := &parser{x: x, src: src}
	for {
		token, err := x.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if err := p.token(token); err != nil {
			return nil, err
		}
	}
	if !p.root {
		return nil, format.Refuse(src.At(0), hint, "there is no element XMI")
	}
	return p.list, nil
}

type parser struct {
	x     *xmlread.Reader
	src   format.Source
	root  bool
	depth int // below the root
	size  int
	list  []*element
}

func (p *parser) token(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		switch {
		case !p.root:
			if t.Name.Local != "XMI" || t.Name.Space != xmiNS {
				return format.Refuse(p.x.Place(), hint, "it begins with <%s>, not with <xmi:XMI>", t.Name.Local)
			}
			p.root = true
			return nil
		case p.depth == 0:
			p.depth++
			return p.structure(t)
		}
		name := t.Name.Local
		text, err := p.x.Text()
		if err != nil {
			return err
		}
		e := p.list[len(p.list)-1]
		e.children = append(e.children, child{name, text})
		return p.grow(len(text) + 32)
	case xml.EndElement:
		p.depth--
	}
	return nil
}

func (p *parser) grow(n int) error {
	if p.size += n; p.size > maxContent {
		return format.Refuse(p.x.Place(), "Lede reads one article a file.", "the file holds more than %d MB", maxContent>>20)
	}
	return nil
}

// structure notes an element. Its namespace is http:/// and the package.
func (p *parser) structure(t xml.StartElement) error {
	if len(p.list) >= maxStructures {
		return format.Refuse(p.x.Place(), "Lede reads one article a file.", "there are more than %d feature structures", maxStructures)
	}
	space, ok := strings.CutPrefix(t.Name.Space, "http:///")
	if space, ok = cutSuffix(space, ".ecore", ok); !ok {
		return format.Refuse(p.x.Place(), hint, "the element %s is of no UIMA type (its namespace is %q)", t.Name.Local, t.Name.Space)
	}
	typ := strings.ReplaceAll(space, "/", ".") + "." + t.Name.Local
	typ = strings.TrimPrefix(typ, "uima.noNamespace.")
	size := 64
	for _, a := range t.Attr {
		size += len(a.Name.Local) + len(a.Value) + 64
	}
	p.list = append(p.list, &element{place: p.x.Place(), typ: typ, attrs: t.Attr})
	return p.grow(size)
}

func cutSuffix(s, suffix string, ok bool) (string, bool) {
	rest, has := strings.CutSuffix(s, suffix)
	return rest, ok && has
}

// attr is an attribute without a namespace, "" if there is none.
func (e *element) attr(name string) string {
	for _, a := range e.attrs {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// id is the number of the structure (xmi:id), 0 if it has none.
func (e *element) id() int {
	for _, a := range e.attrs {
		if a.Name.Local == "id" && a.Name.Space == xmiNS {
			n, err := strconv.Atoi(a.Value)
			if err == nil && n > 0 {
				return n
			}
		}
	}
	return 0
}
