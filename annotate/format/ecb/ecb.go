package ecb

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/internal/wordtext"
	"lede/annotate/format/xmlread"
)

func init() {
	format.Register(&format.Format{
		Name:        "ecb+",
		Title:       "ECB+ (event coreference)",
		Description: "EventCorefBank+ and its like as XML: markables become spans, chains within and across articles entities.",
		Extensions:  []string{".xml"},
		Training:    true,
		Detect: func(s format.Sample) int {
			if !s.Dir && strings.Contains(s.Head, "<Document") && strings.Contains(s.Head, "<token ") && strings.Contains(s.Head, "t_id=") {
				return 97
			}
			return 0
		},
		Read: read,
	})
}

const hint = "docs/formats/ecb+.md has what is read."

// markable is a span, or without words the thing that a chain stands for.
type markable struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Words   []struct {
		ID string `xml:"t_id,attr"`
	} `xml:"token_anchor"`
}

// relation is a chain of markables, or a link between two.
type relation struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Sources []end      `xml:"source"`
	Targets []end      `xml:"target"`
}

type end struct {
	ID string `xml:"m_id,attr"`
}

func attr(list []xml.Attr, name string) string {
	return xmlread.Attr(xml.StartElement{Attr: list}, name)
}

func read(ctx context.Context, src format.Source, _ format.Settings) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		a, err := document(src)
		if err == nil {
			err = ctx.Err()
		}
		yield(a, err)
	}
}

// reader reads one document.
type reader struct {
	src      format.Source
	a        *format.Article
	text     wordtext.Builder
	numbers  map[string]int // of words, by t_id
	sentence string
	marks    []markable
	links    []relation
	set      format.Set
	spans    map[string]int // by m_id
	things   map[string]*markable
}

func document(src format.Source) (*format.Article, error) {
	x, err := xmlread.Open(src)
	if err != nil {
		return nil, err
	}
	defer func() { _ = x.Close() }()
	r := &reader{src: src, a: &format.Article{Place: src.At(0)}, numbers: map[string]int{}, spans: map[string]int{}, things: map[string]*markable{}}
	r.set = format.Set{Place: src.At(0), LocalIDs: true}
	if err := r.elements(x); err != nil {
		return nil, err
	}
	if r.a.Ref == "" {
		return nil, format.Refuse(src.At(0), hint, "there is no <Document> with a doc_name")
	}
	r.a.Text = r.text.Text()
	for i := range r.marks {
		if err := r.mark(&r.marks[i]); err != nil {
			return nil, err
		}
	}
	for i := range r.links {
		r.link(&r.links[i])
	}
	r.a.Sets = []format.Set{r.set}
	return r.a, nil
}

// elements reads words, markables and relations, wherever they stand.
func (r *reader) elements(x *xmlread.Reader) error {
	part := ""
	for {
		t, err := x.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		e, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		switch name := e.Name.Local; {
		case name == "Document":
			r.a.Ref = strings.TrimSuffix(xmlread.Attr(e, "doc_name"), ".xml")
			r.a.URL, r.a.Language = xmlread.Attr(e, "url"), xmlread.Attr(e, "lang")
		case name == "Markables" || name == "Relations":
			part = name
		case name == "token":
			err = r.word(x, e)
		case part == "Markables":
			var m markable
			if err = x.Decode(&m, e); err == nil {
				r.marks = append(r.marks, m)
			}
		case part == "Relations":
			var l relation
			if err = x.Decode(&l, e); err == nil {
				r.links = append(r.links, l)
			}
		}
		if err != nil {
			return err
		}
	}
}

func (r *reader) word(x *xmlread.Reader, e xml.StartElement) error {
	id, sentence := xmlread.Attr(e, "t_id"), xmlread.Attr(e, "sentence")
	word, err := x.Text()
	if err != nil {
		return err
	}
	if _, twice := r.numbers[id]; twice || id == "" {
		return format.Refuse(x.Place(), hint, "the word %q has no t_id of its own (%q)", word, id)
	}
	if sentence != r.sentence {
		r.text.Break()
		r.sentence = sentence
	}
	r.numbers[id] = len(r.text.Words)
	r.text.Add(word)
	return nil
}

// mark makes a span of a markable with words.
func (r *reader) mark(m *markable) error {
	id := attr(m.Attrs, "m_id")
	if len(m.Words) == 0 {
		r.things[id] = m
		return nil
	}
	var words []int
	for _, w := range m.Words {
		n, ok := r.numbers[w.ID]
		if !ok {
			return format.Refuse(r.src.At(0), hint, "the markable %s (%s) has a word %q that is not there", id, m.XMLName.Local, w.ID)
		}
		words = append(words, n)
	}
	slices.Sort(words)
	words = slices.Compact(words)
	s := format.Span{Place: r.src.At(0), ID: "m" + id, Label: m.XMLName.Local, Attributes: values(m.Attrs, "m_id")}
	for _, p := range r.text.Pieces(words) {
		if p.Start < p.End {
			s.Fragments = append(s.Fragments, p)
		}
	}
	if _, twice := r.spans[id]; twice {
		return format.Refuse(r.src.At(0), hint, "the markable %q is there twice", id)
	}
	if len(s.Fragments) == 0 {
		r.a.Skip("empty", "markables of empty words, left out", 1, r.a.Ref+": "+id)
		return nil
	}
	r.spans[id] = len(r.set.Spans)
	r.set.Spans = append(r.set.Spans, s)
	return nil
}

// values are attributes that say something, but for some.
func values(list []xml.Attr, but ...string) annotate.Values {
	var v annotate.Values
	for _, a := range list {
		if a.Value != "" && !slices.Contains(but, a.Name.Local) {
			v = v.With(a.Name.Local, json.RawMessage(format.AppendString(nil, a.Value)))
		}
	}
	return v
}

// link gives the markables of a chain one entity, or links two markables.
func (r *reader) link(l *relation) {
	kind := l.XMLName.Local
	if strings.Contains(kind, "COREF") {
		r.chain(l)
		return
	}
	made := 0
	for _, from := range l.Sources {
		for _, to := range l.Targets {
			i, ok1 := r.spans[from.ID]
			k, ok2 := r.spans[to.ID]
			if ok1 && ok2 {
				made++
				r.set.Relations = append(r.set.Relations, format.Relation{
					Place: r.src.At(0), ID: "r" + strconv.Itoa(len(r.set.Relations)), Type: kind, From: r.set.Spans[i].ID, To: r.set.Spans[k].ID,
					Attributes: values(l.Attrs, "r_id"),
				})
			}
		}
	}
	if made == 0 {
		r.a.Skip("relations", "relations without two markables of the article, left out", 1, r.a.Ref+": "+kind)
	}
}

// chain: those across articles have a name that all articles share, the note; those
// within one are the article's own.
func (r *reader) chain(l *relation) {
	e := format.Entity{ID: attr(l.Attrs, "note"), NoKind: true}
	if l.XMLName.Local != "CROSS_DOC_COREF" || e.ID == "" {
		e.ID = r.a.Ref + ":" + attr(l.Attrs, "r_id")
	}
	for _, t := range l.Targets {
		if thing := r.things[t.ID]; thing != nil {
			e.Name = attr(thing.Attrs, "TAG_DESCRIPTOR")
		}
	}
	if e.Name == "" {
		e.Name = e.ID
	}
	found := 0
	for _, s := range l.Sources {
		if i, ok := r.spans[s.ID]; ok {
			found++
			r.set.Spans[i].Entity = &e
		}
	}
	if found == 0 {
		r.a.Skip("chains", "chains without a markable of the article, left out", 1, r.a.Ref+": "+e.Name)
	}
}
