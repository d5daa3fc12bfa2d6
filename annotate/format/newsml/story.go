package newsml

import (
	"cmp"
	"encoding/xml"
	"regexp"
	"slices"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/flow"
	"lede/annotate/format/xmlread"
)

// story is a story being read: facts by our names, the first of each kept.
type story struct {
	r     *xmlread.Reader
	item  bool // of NewsML-G2
	facts map[string]string
	text  *flow.Builder

	paths    []string // elements that are open
	words    strings.Builder
	inBody   int // depth of the element whose words are the text, 0 outside
	fact     string
	factAt   int // depth of the element whose words are the fact
	rowCells int
	captions int
}

// read reads up to the end of the story.
func (s *story) read(first xml.StartElement) error {
	s.paths = []string{first.Name.Local}
	s.attributes(first)
	for len(s.paths) > 0 {
		token, err := s.r.Token()
		if err != nil {
			return err
		}
		switch x := token.(type) {
		case xml.StartElement:
			if err := s.begin(x); err != nil {
				return err
			}
		case xml.EndElement:
			s.end(x.Name.Local)
		case xml.CharData:
			if s.factAt > 0 {
				s.words.Write(x)
			}
			if s.inBody > 0 {
				s.text.Words(string(x))
			}
		}
	}
	return nil
}

// bodies are the elements whose words are the text, beside the body of XHTML.
var bodies = []string{"body.content", "inlineData"}

// left are elements inside a text that are none of it.
var left = []string{"media", "figure", "script", "style", "head", "media-caption", "figcaption", "object", "aside"}

// elements that are facts in the head of a story; the value is our name of each.
var factElements = map[string]string{
	"hl1": "title", "headline": "title", "title": "page_title", "hl2": "subtitle", "subHeadline": "subtitle", "bytag": "author", "byline": "byline",
	"by": "author", "creditline": "credit", "creditLine": "credit", "slugline": "slug", "copyrightNotice": "copyright", "copyrightHolder": "holder",
	"versionCreated": "version", "contentCreated": "created", "firstCreated": "first", "dateline": "dateline", "distributor": "publisher", "urgency": "urgency",
	"edNote": "note", "description": "description",
}

func (s *story) begin(e xml.StartElement) error {
	s.paths = append(s.paths, e.Name.Local)
	depth, name := len(s.paths), e.Name.Local
	s.attributes(e)
	if s.inBody > 0 {
		if slices.Contains(left, name) {
			s.captions++
			s.paths = s.paths[:depth-1]
			return s.r.Skip()
		}
		s.block(name, true)
	}
	page := name == "body" && slices.Contains(s.paths, "html")
	if (page || slices.Contains(bodies, name)) && s.inBody == 0 && s.plainData(e) {
		s.inBody = depth
	}
	if fact, ok := factElements[name]; ok && s.inBody == 0 && s.factAt == 0 && s.facts[fact] == "" {
		s.fact, s.factAt = fact, depth
		s.words.Reset()
	}
	return nil
}

// plainData reports whether what an element holds is text: pictures may be written
// into one, too.
func (s *story) plainData(e xml.StartElement) bool {
	kind := xmlread.Attr(e, "contenttype")
	return e.Name.Local != "inlineData" || (kind == "" || strings.HasPrefix(kind, "text/") || strings.HasPrefix(kind, "application/xhtml")) && xmlread.Attr(e, "encoding") == ""
}

// block keeps the blocks of NITF and XHTML apart.
func (s *story) block(name string, begins bool) {
	switch name {
	case "p", "hl2", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ul", "ol", "dl", "bq", "blockquote", "block", "pre", "fn", "note", "section", "hedline":
		s.text.Gap(flow.Paragraph)
	case "li", "dt", "dd", "div", "credit", "person.title":
		if name != "person.title" {
			s.text.Gap(flow.Line)
		}
	case "br":
		if begins {
			s.text.Break()
		}
	case "table":
		if begins {
			s.text.Table()
		} else {
			s.text.EndTable()
		}
	case "tr":
		s.text.Row()
		s.rowCells = 0
	case "td", "th":
		if begins {
			s.text.Cell(s.rowCells == 0)
			s.rowCells++
		}
	}
}

func (s *story) end(name string) {
	depth := len(s.paths)
	if s.inBody > 0 {
		s.block(name, false)
		if depth == s.inBody {
			s.inBody = 0
			s.text.Gap(flow.Paragraph)
		}
	}
	if depth == s.factAt {
		s.factAt = 0
		s.put(s.fact, s.words.String())
	}
	s.paths = s.paths[:depth-1]
}

func (s *story) put(fact, value string) {
	if value = strings.Join(strings.Fields(value), " "); value != "" && s.facts[fact] == "" {
		s.facts[fact] = value
	}
}

// attributes takes the facts that stand in attributes.
func (s *story) attributes(e xml.StartElement) {
	attr := func(key string) string { return xmlread.Attr(e, key) }
	switch e.Name.Local {
	case "newsItem":
		s.put("id", attr("guid"))
		s.put("language", attr("lang"))
	case "nitf":
		s.put("language", attr("lang"))
	case "doc-id":
		s.put("id", attr("id-string"))
		s.put("source", attr("regsrc"))
	case "date.issue", "story.date":
		s.put("issued", attr("norm"))
	case "date.release":
		s.put("released", attr("norm"))
	case "pubdata":
		s.put("publisher", attr("name"))
		s.put("issued", attr("date.publication"))
		s.put("section", attr("position.section"))
		s.put("url", attr("ex-ref"))
	case "doc.copyright":
		s.put("holder", attr("holder"))
	case "urgency":
		s.put("urgency", attr("ed-urg"))
	case "du-key":
		s.put("slug", attr("key"))
	case "provider":
		s.put("provider", cmp.Or(attr("literal"), attr("qcode")))
	case "language":
		s.put("language", attr("tag"))
	case "infoSource":
		s.put("source", cmp.Or(attr("literal"), attr("qcode")))
	case "keyword":
		s.list("keywords", attr("key"))
	case "subject":
		s.list("subjects", cmp.Or(attr("literal"), attr("qcode")))
	case "tobject.subject":
		s.list("subjects", strings.Trim(attr("tobject.subject.type")+"/"+attr("tobject.subject.matter"), "/"))
	}
	// Of people and organisations NewsML-G2 has the names inside.
	if e.Name.Local == "name" && len(s.paths) > 1 && s.inBody == 0 && s.factAt == 0 {
		switch s.paths[len(s.paths)-2] {
		case "creator", "contributor":
			s.fact, s.factAt = "creator", len(s.paths)
		case "provider":
			s.fact, s.factAt = "provider_name", len(s.paths)
		case "infoSource":
			s.fact, s.factAt = "source_name", len(s.paths)
		case "subject":
			s.fact, s.factAt = "subject_name", len(s.paths)
		}
		s.words.Reset()
	}
}

func (s *story) list(fact, value string) {
	if value == "" || slices.Contains(strings.Split(s.facts[fact], ", "), value) || len(s.facts[fact]) > 10_000 {
		return
	}
	if s.facts[fact] != "" {
		value = s.facts[fact] + ", " + value
	}
	s.facts[fact] = value
}

// fill gives the article what is known.
func (s *story) fill(a *format.Article) {
	f := s.facts
	if f["id"] != "" {
		a.Ref, a.RefFromName = f["id"], false
	}
	a.Title = cmp.Or(f["title"], f["page_title"])
	a.Author = byLine(cmp.Or(f["author"], f["byline"], f["creator"]))
	a.Publisher = cmp.Or(f["publisher"], f["provider_name"], f["provider"], f["holder"], f["source_name"], f["source"])
	a.Published = iso(cmp.Or(f["issued"], f["released"], f["created"], f["version"], f["first"]))
	a.Language, a.URL = f["language"], f["url"]
	for _, key := range []string{"subtitle", "dateline", "section", "slug", "urgency", "keywords", "subjects", "credit", "copyright", "note", "description"} {
		if f[key] != "" {
			a.PutMeta(key, format.AppendString(nil, f[key]))
		}
	}
}

func byLine(s string) string {
	if len(s) > 3 && strings.EqualFold(s[:3], "by ") {
		return s[3:]
	}
	return s
}

var compact = regexp.MustCompile(`^(\d{8})T\d{4,6}`)

// iso is a date as agencies write it, 20260304T101500Z, with the day as others do.
func iso(s string) string {
	if m := compact.FindStringSubmatch(s); m != nil {
		return m[1][:4] + "-" + m[1][4:6] + "-" + m[1][6:] + s[8:]
	}
	return s
}
