package office

import (
	"cmp"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/archive"
	"lede/annotate/format/flow"
	"lede/annotate/format/xmlread"
)

// Text is the text of a document being read. Words go to the builder on top: that of
// the document, or of a box or a note inside it.
type Text struct {
	*flow.Builder
	Title string // the first paragraph that was Titled
	state
	under []state
	boxes []string // to stand behind the paragraph that holds them
	notes []string
	title int // where the title begins, -1 if there is none in sight
}

// state is what a box or a note inside a paragraph has of its own.
type state struct {
	out     *flow.Builder
	begun   bool // the paragraph has its gap
	item    bool // it is an item of a list
	wasItem bool // the one before was
}

// NewText begins a document.
func NewText() *Text { return &Text{Builder: &flow.Builder{}, title: -1} }

// Paragraph begins a paragraph; Begin, before its first words, keeps it apart from
// the one before: items of one list are a line apart.
func (t *Text) Paragraph(item bool) {
	t.wasItem, t.item, t.begun = t.item, item, false
}

// Item says that the paragraph turned out to be an item of a list.
func (t *Text) Item() { t.item = true }

// Titled says that the paragraph is the title of the document.
func (t *Text) Titled() {
	if len(t.under) == 0 {
		t.title = t.Len()
	}
}

// Begin is called before anything of a paragraph is written.
func (t *Text) Begin() {
	if t.begun {
		return
	}
	t.begun = true
	if t.item && t.wasItem {
		t.Gap(flow.Line)
		return
	}
	t.Gap(flow.Paragraph)
}

// End ends a paragraph; the boxes that hang on it follow.
func (t *Text) End() {
	t.Begin()
	if len(t.under) > 0 {
		return
	}
	if t.title >= 0 && t.Title == "" {
		t.Title = strings.Join(strings.Fields(t.From(t.title)), " ")
	}
	t.title = -1
	for _, box := range t.boxes {
		t.Whole(box)
	}
	t.boxes = nil
}

// Push begins a text of its own inside a paragraph, Pop ends it.
func (t *Text) Push() {
	t.out = t.Builder
	t.under = append(t.under, t.state)
	t.state, t.Builder = state{}, &flow.Builder{}
}

// Pop is the text since Push.
func (t *Text) Pop() string {
	n := len(t.under) - 1
	if n < 0 {
		return ""
	}
	s := t.String()
	t.state, t.under = t.under[n], t.under[:n]
	t.Builder = t.out
	return s
}

// Box puts a text behind the paragraph.
func (t *Text) Box(s string) {
	if s != "" {
		t.boxes = append(t.boxes, s)
	}
}

// Note puts the number of a note into the text, 0 for a new one, and returns it.
func (t *Text) Note(n int) int {
	if n == 0 {
		t.notes = append(t.notes, "")
		n = len(t.notes)
	}
	t.Begin()
	t.Exactly("[" + strconv.Itoa(n) + "]")
	return n
}

// SetNote gives the note of a number its text, to stand at the end.
func (t *Text) SetNote(n int, text string) {
	if n > 0 && n <= len(t.notes) {
		t.notes[n-1] = text
	}
}

// Finish is the whole text, the notes at its end.
func (t *Text) Finish() string {
	t.End()
	for i, note := range t.notes {
		if note != "" {
			t.Gap(flow.Paragraph)
			t.Exactly("[" + strconv.Itoa(i+1) + "] " + note)
		}
	}
	return t.String()
}

// Part opens a part of a document; the encoding is its own matter.
func Part(e archive.Entry) (*xmlread.Reader, error) {
	src := e.Source()
	src.Encoding = ""
	return xmlread.Open(src)
}

// Each hands out the elements of a part as they begin; one who reads an element to
// its end does so in begin. end and words may be nil.
func Each(r *xmlread.Reader, begin func(xml.StartElement) error, end func(string), words func(string)) error {
	for {
		token, err := r.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch x := token.(type) {
		case xml.StartElement:
			if err := begin(x); err != nil {
				return err
			}
		case xml.EndElement:
			if end != nil {
				end(x.Name.Local)
			}
		case xml.CharData:
			if words != nil {
				words(string(x))
			}
		}
	}
}

// Properties are what a document says of itself, by the names of Dublin Core.
type Properties map[string]string

// ReadProperties reads the elements of a part that have text: the first of each name,
// all of those that may be several.
func ReadProperties(r *xmlread.Reader) (Properties, error) {
	p := Properties{}
	depth := 0
	name := ""
	err := Each(r, func(e xml.StartElement) error {
		depth++
		name = e.Name.Local
		return nil
	}, func(string) {
		depth--
		name = ""
	}, func(s string) {
		if s = strings.Join(strings.Fields(s), " "); s == "" || name == "" {
			return
		}
		switch {
		case p[name] == "":
			p[name] = s
		case name == "creator" || name == "keyword":
			p[name] += ", " + s
		}
	})
	return p, err
}

// Fill gives an article the facts, and those that articles do not have as meta. A
// document's own dates are not those of publication.
func (p Properties) Fill(a *format.Article) {
	a.Title = cmp.Or(a.Title, p["title"])
	a.Author = cmp.Or(p["initial-creator"], p["creator"])
	a.Language = p["language"]
	a.Publisher = p["publisher"]
	for key, value := range map[string]string{
		"subject": p["subject"], "description": p["description"], "keywords": cmp.Or(p["keywords"], p["keyword"]), "category": p["category"],
		"created": cmp.Or(p["created"], p["creation-date"]), "modified": cmp.Or(p["modified"], p["date"]),
	} {
		if value != "" {
			a.PutMeta(key, format.AppendString(nil, value))
		}
	}
}

// Article is an empty article for a file.
func Article(src format.Source) *format.Article {
	return &format.Article{Place: src.At(0), Ref: strings.TrimSuffix(src.Rel, path.Ext(src.Rel)), RefFromName: true}
}
