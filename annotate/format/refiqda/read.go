package refiqda

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"iter"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/features"
	"lede/annotate/format/xmlread"
)

// errStopped says that nobody wants to hear more.
var errStopped = errors.New("stopped")

func readProject(ctx context.Context, src format.Source, s format.Settings) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		p, err := openProject(src)
		if err != nil {
			yield(nil, err)
			return
		}
		defer func() { _ = p.zip.Close() }()
		tell := func(a *format.Article) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			if !yield(a, nil) {
				return errStopped
			}
			return nil
		}
		if err := p.articles(s, tell); err != nil && !errors.Is(err, errStopped) {
			yield(nil, err)
		}
	}
}

// articles hands over the schema, the sources, and what was left out.
func (p *project) articles(s format.Settings, tell func(*format.Article) error) error {
	schema := p.schema
	if err := tell(format.Describe(p.src.At(0), &schema)); err != nil {
		return err
	}
	for _, a := range p.aside {
		if err := tell(a); err != nil {
			return err
		}
	}
	one := s["line-ends"] == "one" || s["line-ends"] != "two" && strings.Contains(strings.ToUpper(p.origin), "ATLAS")
	err := parts(p.qde.Source(), func(xml.StartElement) error { return nil }, func(r *xmlread.Reader, e xml.StartElement) error {
		switch e.Name.Local {
		case "Sources":
			return nil
		case "TextSource":
			var src textSource
			at := r.Place()
			if err := r.Decode(&src, e); err != nil {
				return err
			}
			return p.source(&src, at, one, s["end"] == "inclusive", tell)
		case "PDFSource":
			return p.pdf(r, e, one, s["end"] == "inclusive", tell)
		case "PictureSource", "AudioSource", "VideoSource":
			if err := tell(format.LeftOut(r.Place(), "sources", "sources that are no text (pictures, sound, film), left out", 1, xmlread.Attr(e, "name"))); err != nil {
				return err
			}
		}
		return r.Skip()
	})
	if err != nil {
		return err
	}
	n := 0
	for _, list := range p.links {
		for _, l := range list {
			if !l.used {
				n++
			}
		}
	}
	return tell(format.LeftOut(p.src.At(0), "links", "links between other things than coded pieces of one text and user, left out", n, ""))
}

// pdf takes the text of a PDF as the program saw it.
func (p *project) pdf(r *xmlread.Reader, e xml.StartElement, one, inclusive bool, tell func(*format.Article) error) error {
	var src struct {
		Name           string      `xml:"name,attr"`
		Representation *textSource `xml:"Representation"`
		Selections     []ref       `xml:"PDFSelection"`
		Variables      []value     `xml:"VariableValue"`
	}
	at := r.Place()
	if err := r.Decode(&src, e); err != nil {
		return err
	}
	if n := len(src.Selections); n > 0 {
		if err := tell(format.LeftOut(at, "sources", "coded areas of PDF pages, left out", n, src.Name)); err != nil {
			return err
		}
	}
	if src.Representation == nil {
		return tell(format.LeftOut(at, "sources", "PDF files without a text of them, left out", 1, src.Name))
	}
	src.Representation.Name = src.Name
	src.Representation.Variables = append(src.Representation.Variables, src.Variables...)
	return p.source(src.Representation, at, one, inclusive, tell)
}

// source is one text with what is coded in it.
func (p *project) source(src *textSource, at format.Place, one, inclusive bool, tell func(*format.Article) error) error {
	body := ""
	switch {
	case src.Content != nil:
		body = *src.Content
	case src.PlainTextPath != "":
		var err error
		if body, err = p.text(src.PlainTextPath, format.MaxFile); err != nil {
			return err
		}
	default:
		return tell(format.LeftOut(at, "sources", "sources without a plain text, left out", 1, src.Name))
	}
	if one {
		body = strings.ReplaceAll(body, "\r\n", "\n")
	}
	a := &format.Article{Place: at, Ref: src.Name, RefFromName: true, Title: src.Name, Text: body}
	b := &builder{p: p, a: a, inclusive: inclusive, sets: map[string]int{}, ends: map[string]end{}}
	b.selections(src.Selections)
	b.documentCodes(src)
	b.links()
	b.facts(src)
	return tell(a)
}

// facts takes the variables and the description.
func (b *builder) facts(src *textSource) {
	v := features.Features{}
	for _, x := range append(src.Variables, b.p.cases[plain(src.GUID)]...) {
		about := b.p.variables[plain(x.Variable.Target)]
		raw := x.json()
		if raw == nil {
			continue
		}
		if b.own(about.about, raw) {
			continue
		}
		if _, twice := v[about.name]; !twice && about.name != "" {
			v[about.name] = raw
		}
	}
	if src.Description != "" {
		v["description"] = format.AppendString(nil, src.Description)
	}
	if b.p.origin == "Lede" {
		b.a.Title, b.a.RefFromName = b.title, false
	}
	for name, raw := range v {
		if b.a.Meta == nil {
			b.a.Meta = annotate.Values{}
		}
		if _, has := b.a.Meta[name]; !has {
			b.a.Meta[name] = raw
		}
	}
}

// own takes a value whose variable Lede made.
func (b *builder) own(about string, raw json.RawMessage) bool {
	var s string
	_ = json.Unmarshal(raw, &s) // Lede writes texts
	kind, name := "", ""
	for _, kind = range []string{aboutOther, aboutField, aboutFact, aboutRef} {
		if strings.HasPrefix(about, kind) {
			name = about[len(kind):]
			break
		}
		kind = ""
	}
	switch kind {
	case aboutRef:
		b.a.Ref, b.a.RefFromName = unspell(s), false
	case aboutFact:
		b.fact(name, unspell(s))
	case aboutOther:
		if b.a.Meta == nil {
			b.a.Meta = annotate.Values{}
		}
		b.a.Meta[unspell(name)] = features.Value(s)
	case aboutField:
		dec := json.NewDecoder(strings.NewReader(name))
		var who, field string
		if dec.Decode(&who) != nil || dec.Decode(&field) != nil {
			return false
		}
		set := &b.a.Sets[b.set(who)]
		if set.Fields == nil {
			set.Fields = annotate.Values{}
		}
		set.Fields[field] = features.Value(s)
	default:
		return false
	}
	return true
}

func (b *builder) fact(name, s string) {
	switch name {
	case "title":
		b.title, b.a.Title = s, s
	case "source":
		b.a.Publisher = s
	case "url":
		b.a.URL = s
	case "author":
		b.a.Author = s
	case "published":
		b.a.Published = s
	case "language":
		b.a.Language = s
	}
}
