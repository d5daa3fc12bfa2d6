package refiqda

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"path"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/archive"
	"lede/annotate/format/xmlread"
)

const hint = "docs/formats/refi-qda.md has what is read."

// project is all of project.qde but for its sources, which are streamed.
type project struct {
	src    format.Source
	zip    *archive.Reader
	qde    archive.Entry
	origin string

	users     map[string]string // by GUID
	codes     map[string]*code
	schema    annotate.Schema
	variables map[string]variable
	cases     map[string][]value // of a source, by its GUID
	notes     map[string]note
	noteUser  map[string]string
	links     map[string][]*relation // by the GUID that they come from
	aside     []*format.Article      // what is left out
}

// code is what a code of the project means here.
type code struct {
	label     string
	attribute string // set if the code is a value of an attribute of label
	value     string
}

type note struct{ name, text string }

// relation is a link of the project.
type relation struct {
	XMLName xml.Name
	Name    string `xml:"name,attr"`
	Origin  string `xml:"originGUID,attr"`
	Target  string `xml:"targetGUID,attr"`
	Notes   []ref  `xml:"NoteRef"`
	used    bool
}

func openProject(src format.Source) (*project, error) {
	z, err := archive.Open(src, archive.Limits{})
	if err != nil {
		return nil, err
	}
	p := &project{
		src: src, zip: z, users: map[string]string{}, codes: map[string]*code{}, variables: map[string]variable{}, cases: map[string][]value{},
		notes: map[string]note{}, noteUser: map[string]string{}, links: map[string][]*relation{},
	}
	found := 0
	for _, e := range z.Entries() {
		if strings.EqualFold(path.Ext(e.Name), ".qde") && !strings.Contains(e.Name, "/") {
			p.qde = e
			found++
		}
	}
	if found != 1 {
		_ = z.Close()
		return nil, format.Refuse(src.At(0), hint, "it is no QDA project: %d files in it are called project.qde, not one", found)
	}
	if err := p.read(); err != nil {
		_ = z.Close()
		return nil, err
	}
	return p, nil
}

// parts calls use for each element of a file below its root.
func parts(src format.Source, root func(xml.StartElement) error, use func(*xmlread.Reader, xml.StartElement) error) error {
	r, err := xmlread.Open(src)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	inside := false
	for {
		t, err := r.Token()
		if errors.Is(err, io.EOF) && inside {
			return nil
		}
		if errors.Is(err, io.EOF) {
			return format.Refuse(src.At(0), hint, "there is no element in it")
		}
		if err != nil {
			return err
		}
		start, is := t.(xml.StartElement)
		switch {
		case !is:
		case !inside:
			inside = true
			err = root(start)
		default:
			err = use(r, start)
		}
		if err != nil {
			return err
		}
	}
}

// read takes everything but the sources.
func (p *project) read() error {
	root := func(e xml.StartElement) error {
		if e.Name.Local != "Project" {
			return format.Refuse(p.qde.Source().At(0), hint, "it begins with %q, where a QDA project has Project", e.Name.Local)
		}
		p.origin = xmlread.Attr(e, "origin")
		return nil
	}
	return parts(p.qde.Source(), root, func(r *xmlread.Reader, e xml.StartElement) error {
		switch e.Name.Local {
		case "Users", "Notes", "Links", "Variables", "Cases", "Sources":
			if e.Name.Local == "Sources" {
				return r.Skip()
			}
			return nil // its elements come one by one
		case "CodeBook":
			return p.readCodes(r, e)
		case "User":
			p.users[plain(xmlread.Attr(e, "guid"))] = userName(e)
		case "Variable":
			return p.readVariable(r, e)
		case "Case":
			return p.readCase(r, e)
		case "Note":
			return p.readNote(r, e)
		case "Link":
			var l relation
			if err := r.Decode(&l, e); err != nil {
				return err
			}
			from := plain(l.Origin)
			p.links[from] = append(p.links[from], &l)
			return nil
		case "Sets", "Graphs":
			p.leave(e.Name.Local, "parts of the project that Lede has no place for, left out")
		}
		return r.Skip()
	})
}

func (p *project) leave(what, sentence string) {
	p.aside = append(p.aside, format.LeftOut(p.src.At(0), "project", sentence, 1, what))
}

func userName(e xml.StartElement) string {
	for _, key := range []string{"name", "id"} {
		if name := strings.TrimSpace(unspell(xmlread.Attr(e, key))); name != "" {
			return name
		}
	}
	return "User " + plain(xmlread.Attr(e, "guid"))
}

func (p *project) readVariable(r *xmlread.Reader, e xml.StartElement) error {
	var v struct {
		GUID        string `xml:"guid,attr"`
		Name        string `xml:"name,attr"`
		Description string
	}
	if err := r.Decode(&v, e); err != nil {
		return err
	}
	p.variables[plain(v.GUID)] = variable{plain(v.GUID), v.Name, v.Description}
	return nil
}

// readCase takes the values that a case gives to its sources: so programs without
// variables of sources keep theirs.
func (p *project) readCase(r *xmlread.Reader, e xml.StartElement) error {
	var c struct {
		Values  []value `xml:"VariableValue"`
		Sources []ref   `xml:"SourceRef"`
	}
	if err := r.Decode(&c, e); err != nil {
		return err
	}
	for _, s := range c.Sources {
		p.cases[plain(s.Target)] = append(p.cases[plain(s.Target)], c.Values...)
	}
	if len(c.Sources) == 0 {
		p.leave(xmlread.Attr(e, "name"), "cases without sources, left out")
	}
	return nil
}

func (p *project) readNote(r *xmlread.Reader, e xml.StartElement) error {
	var n textSource
	if err := r.Decode(&n, e); err != nil {
		return err
	}
	body := n.Description
	switch {
	case n.Content != nil:
		body = *n.Content
	case n.PlainTextPath != "":
		raw, err := p.text(n.PlainTextPath, format.MaxLine)
		if err != nil {
			return err
		}
		body = strings.TrimPrefix(raw, "\uFEFF")
	}
	p.notes[plain(n.GUID)] = note{n.Name, unspell(body)}
	p.noteUser[plain(n.GUID)] = p.users[plain(n.CreatingUser)]
	return nil
}

// text is a text of the archive, as it is there.
func (p *project) text(at string, limit int64) (string, error) {
	name, ok := strings.CutPrefix(at, internal)
	if !ok {
		return "", format.Refuse(p.qde.Source().At(0), "Export the project with its sources inside.", "the text %q does not lie in the file", at)
	}
	name = strings.TrimPrefix(name, "/")
	for _, folder := range []string{"Sources/", "sources/", ""} {
		e, found := p.zip.Find(folder + name)
		if !found {
			continue
		}
		if e.Size > limit {
			return "", format.Refuse(e.Source().At(0), "", "the text is larger than %d MB", limit>>20)
		}
		return e.Source().Decode()
	}
	return "", format.Refuse(p.src.At(0), "Export the project anew.", "the text %q is not in the file", at)
}

// codeElement is a code with those below it.
type codeElement struct {
	GUID        string        `xml:"guid,attr"`
	Name        string        `xml:"name,attr"`
	Color       string        `xml:"color,attr"`
	Description string        `xml:"Description"`
	Codes       []codeElement `xml:"Code"`
}

func (p *project) readCodes(r *xmlread.Reader, e xml.StartElement) error {
	var book struct {
		Codes []codeElement `xml:"Codes>Code"`
	}
	if err := r.Decode(&book, e); err != nil {
		return err
	}
	b := codeReader{codes: p.codes, schema: &p.schema, count: map[string]int{}}
	b.all(book.Codes)
	b.attributes()
	return nil
}

// codeReader turns codes into labels and values of attributes.
type codeReader struct {
	codes  map[string]*code
	schema *annotate.Schema
	count  map[string]int // of a name, in the whole codebook
}

func (b *codeReader) all(list []codeElement) {
	b.counts(list)
	for i := range list {
		b.code(&list[i], "", "")
	}
}

func (b *codeReader) counts(list []codeElement) {
	for i := range list {
		b.count[list[i].Name]++
		b.counts(list[i].Codes)
	}
}

// code makes a label; where two codes have one name, their paths are their names.
func (b *codeReader) code(c *codeElement, parent, at string) {
	name := strings.TrimSpace(strings.ReplaceAll(c.Name, "\n", " "))
	if at != "" {
		at += "/"
	}
	at += name
	if attribute, value, ok := b.value(c, parent); ok {
		b.codes[plain(c.GUID)] = &code{parent, attribute, value}
		return
	}
	if b.count[c.Name] > 1 {
		name = at
	}
	if name == "" {
		name = "code " + plain(c.GUID)
	}
	b.codes[plain(c.GUID)] = &code{label: name}
	color := c.Color
	if len(color) == 4 && color[0] == '#' { // #abc is short for #aabbcc
		color = "#" + strings.Repeat(color[1:2], 2) + strings.Repeat(color[2:3], 2) + strings.Repeat(color[3:], 2)
	}
	b.schema.Labels = append(b.schema.Labels, annotate.Label{
		Name: name, Title: name, Color: color, Description: c.Description, Parent: annotate.ID(parent),
	})
	for i := range c.Codes {
		b.code(&c.Codes[i], name, at)
	}
}

// value tells a code that Lede made for a value of an attribute.
func (b *codeReader) value(c *codeElement, parent string) (attribute, value string, ok bool) {
	rest, ok := strings.CutPrefix(c.Name, parent+"/")
	if !ok || parent == "" || !strings.HasPrefix(c.Description, valueDescription) {
		return "", "", false
	}
	attribute, value, ok = strings.Cut(rest, ": ")
	return attribute, value, ok && attribute != "" && value != ""
}

// json is the value of a variable; nil for none.
func (v value) json() json.RawMessage {
	texts := []*string{v.Text, v.Date, v.DateTime}
	for _, s := range texts {
		if s != nil {
			return format.AppendString(nil, *s)
		}
	}
	for _, s := range []*string{v.Boolean, v.Integer, v.Float} {
		if s == nil {
			continue
		}
		word := strings.TrimSpace(*s)
		if json.Valid([]byte(word)) && word[0] != '"' {
			return json.RawMessage(word)
		}
		return format.AppendString(nil, word)
	}
	return nil
}

// attributes makes attributes of the codes that stand for their values.
func (b *codeReader) attributes() {
	at := map[string]int{}
	for _, guid := range slices.Sorted(maps.Keys(b.codes)) {
		c := b.codes[guid]
		if c.attribute == "" {
			continue
		}
		i, ok := at[c.attribute]
		if !ok {
			i = len(b.schema.Attributes)
			at[c.attribute] = i
			b.schema.Attributes = append(b.schema.Attributes, annotate.Attribute{Scope: annotate.SpanScope, Name: c.attribute, Title: c.attribute, Type: annotate.OneOf})
		}
		a := &b.schema.Attributes[i]
		raw, list := valueOf(c.value)
		var word string
		switch {
		case json.Unmarshal(raw, &word) != nil:
			a.Type = annotate.BooleanValue
		case list:
			a.Type = annotate.ManyOf
		}
		if word != "" && !slices.ContainsFunc(a.Choices, func(x annotate.Choice) bool { return x.Name == word }) {
			a.Choices = append(a.Choices, annotate.Choice{Name: word})
		}
		if id := annotate.ID(c.label); !slices.Contains(a.Labels, id) {
			a.Labels = append(a.Labels, id)
		}
	}
	for i := range b.schema.Attributes {
		a := &b.schema.Attributes[i]
		slices.Sort(a.Labels)
		slices.SortFunc(a.Choices, func(x, y annotate.Choice) int { return strings.Compare(x.Name, y.Name) })
		if len(a.Labels) == len(b.schema.Labels) {
			a.Labels = nil // all
		}
	}
	slices.SortFunc(b.schema.Attributes, func(x, y annotate.Attribute) int { return strings.Compare(x.Name, y.Name) })
}
