package refiqda

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strconv"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/archive"
	"lede/annotate/format/features"
)

// writer writes texts into the archive as they come and keeps the parts of
// project.qde aside, which has to be one entry.
type writer struct {
	zip     *archive.Writer
	job     *format.Job
	s       *state
	codes   codebook
	vars    variables
	users   map[string]bool
	sources *spool
	notes   *spool
	links   *spool
}

// spool is a part of project.qde in a temporary file.
type spool struct {
	file *os.File
	out  *bufio.Writer
	any  bool
}

func newSpool() (*spool, error) {
	f, err := os.CreateTemp("", "lede-qde-*")
	if err != nil {
		return nil, fmt.Errorf("export: %w", err)
	}
	return &spool{file: f, out: bufio.NewWriterSize(f, 64<<10)}, nil
}

func (s *spool) remove() {
	if s != nil {
		_ = s.file.Close()
		_ = os.Remove(s.file.Name())
	}
}

// put adds an element.
func (s *spool) put(name string, v any) error {
	s.any = true
	if err := xml.NewEncoder(s.out).EncodeElement(v, xml.StartElement{Name: xml.Name{Local: name}}); err != nil {
		return fmt.Errorf("export: %s: %w", name, err)
	}
	return s.out.WriteByte('\n')
}

// pour writes all of it inside an element, or nothing.
func (s *spool) pour(to io.Writer, name string) error {
	if !s.any {
		return nil
	}
	if err := s.out.Flush(); err != nil {
		return err
	}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	if _, err := io.WriteString(to, "<"+name+">\n"); err != nil {
		return err
	}
	if _, err := io.Copy(to, s.file); err != nil {
		return err
	}
	_, err := io.WriteString(to, "</"+name+">\n")
	return err
}

func newWriter(t format.Target, job *format.Job) (format.Writer, error) {
	s := job.State.(*state)
	w := &writer{
		job: job, s: s, users: map[string]bool{}, codes: codebook{s.labels, map[string][]valueCode{}, job.Schema},
		vars: variables{known: map[string]int{}, names: map[string]bool{}},
	}
	for _, part := range []**spool{&w.sources, &w.notes, &w.links} {
		var err error
		if *part, err = newSpool(); err != nil {
			w.remove()
			return nil, err
		}
	}
	var err error
	if w.zip, err = archive.Create(t, ""); err != nil {
		w.remove()
		return nil, err
	}
	return w, nil
}

func (w *writer) remove() {
	w.sources.remove()
	w.notes.remove()
	w.links.remove()
}

// user is the GUID of an annotator, "" for nobody.
func (w *writer) user(name string) string {
	if name == "" {
		return ""
	}
	w.users[name] = true
	return guid("user", name)
}

func (w *writer) Write(a *format.Article) error {
	src := textSource{GUID: guid("source", a.Ref), Name: a.Name}
	out, err := w.zip.Create("Sources/" + src.GUID + ".txt")
	if err != nil {
		return err
	}
	if _, err := io.WriteString(out, a.Text); err != nil {
		return err
	}
	src.PlainTextPath = internal + src.GUID + ".txt"
	for i := range a.Sets {
		if err := w.set(a, &a.Sets[i], &src); err != nil {
			return err
		}
	}
	src.Variables = w.vars.values(a, w.s.several)
	return w.sources.put("TextSource", src)
}

func (w *writer) set(a *format.Article, set *format.Set, src *textSource) error {
	user := w.user(set.Annotator)
	if set.Note != "" {
		id, err := w.note(user, "note", set.Note, a.Ref, set.Annotator)
		if err != nil {
			return err
		}
		src.Notes = append(src.Notes, ref{id})
	}
	for i := range set.Spans {
		list, err := w.selections(a, set, &set.Spans[i], user)
		if err != nil {
			return err
		}
		src.Selections = append(src.Selections, list...)
	}
	for i := range set.Relations {
		if err := w.link(a, set, &set.Relations[i], user); err != nil {
			return err
		}
	}
	return nil
}

func selectionGUID(a *format.Article, set *format.Set, span string, piece int) string {
	return guid("selection", a.Ref, set.Annotator, span, strconv.Itoa(piece))
}

// selections are one for each piece of a span.
func (w *writer) selections(a *format.Article, set *format.Set, s *format.Span, user string) ([]selection, error) {
	rest := annotate.Values{}
	codes := []string{codeGUID(s.Label)}
	for _, name := range slices.Sorted(maps.Keys(s.Attributes)) {
		values := valueCodes(s.Label, name, s.Attributes[name], w.s.attributes)
		if values == nil {
			rest[name] = s.Attributes[name]
		}
		for _, v := range values {
			w.codes.use(v)
			codes = append(codes, v.guid())
		}
	}
	first := selectionGUID(a, set, s.ID, 0)
	var notes []ref
	if len(rest) > 0 || s.Entity != nil {
		id, err := w.note(user, ledeNote, extra(rest, s.Entity), first)
		if err != nil {
			return nil, err
		}
		notes = []ref{{id}}
	}
	list := make([]selection, len(s.Fragments))
	for i, f := range s.Fragments {
		x := selection{GUID: selectionGUID(a, set, s.ID, i), Start: strconv.Itoa(f.Start), End: strconv.Itoa(f.End), CreatingUser: user}
		if len(s.Fragments) > 1 {
			x.Name = fmt.Sprintf("part %d of %d of %s", i+1, len(s.Fragments), first)
		}
		for _, code := range codes {
			x.Codings = append(x.Codings, coding{GUID: guid("coding", x.GUID, code), CreatingUser: user, Code: ref{code}})
		}
		if i == 0 {
			x.Description, x.Codings[0].Notes = spell(s.Note), notes
		}
		list[i] = x
	}
	return list, nil
}

// extra is what no other place of the standard holds, as JSON.
func extra(attributes annotate.Values, e *format.Entity) string {
	s := format.Span{Attributes: attributes, Entity: e}
	return string(features.JSON(features.OfSpan(&s, nil)))
}

// note adds a note and returns its GUID.
func (w *writer) note(user, name, content string, of ...string) (string, error) {
	body := spell(content)
	n := textSource{GUID: guid("note "+name, of...), Name: name, CreatingUser: user, Created: noTime, Content: &body}
	return n.GUID, w.notes.put("Note", n)
}

// noTime is for notes, which QualCoder does not read without a time: nobody knows
// when they were written.
const noTime = "1970-01-01T00:00:00Z"

// link is a relation, from the first piece of one span to that of another.
type link struct {
	GUID      string `xml:"guid,attr"`
	Name      string `xml:"name,attr"`
	Direction string `xml:"direction,attr"`
	Origin    string `xml:"originGUID,attr"`
	Target    string `xml:"targetGUID,attr"`
	Notes     []ref  `xml:"NoteRef"`
}

func (w *writer) link(a *format.Article, set *format.Set, r *format.Relation, user string) error {
	l := link{
		GUID: guid("link", a.Ref, set.Annotator, r.ID), Name: r.Type, Direction: "OneWay",
		Origin: selectionGUID(a, set, r.From, 0), Target: selectionGUID(a, set, r.To, 0),
	}
	if r.Note != "" {
		id, err := w.note(user, "note", r.Note, l.GUID)
		if err != nil {
			return err
		}
		l.Notes = append(l.Notes, ref{id})
	}
	if len(r.Attributes) > 0 {
		id, err := w.note(user, ledeNote, extra(r.Attributes, nil), l.GUID)
		if err != nil {
			return err
		}
		l.Notes = append(l.Notes, ref{id})
	}
	return w.links.put("Link", l)
}

func (w *writer) Close() error {
	defer w.remove()
	err := w.project()
	if closing := w.zip.Close(); err == nil {
		err = closing
	}
	return err
}

// project writes project.qde: its parts have to stand in this order.
func (w *writer) project() error {
	out, err := w.zip.Create("project.qde")
	if err != nil {
		return err
	}
	var head bytes.Buffer
	head.WriteString(xml.Header + `<Project xmlns="` + projectSpace + `" name="Lede" origin="Lede">` + "\n")
	if len(w.users) > 0 {
		head.WriteString("<Users>\n")
		for _, name := range slices.Sorted(maps.Keys(w.users)) {
			head.WriteString(`<User guid="` + guid("user", name) + `" name="`)
			escape(&head, spell(name))
			head.WriteString(`"/>` + "\n")
		}
		head.WriteString("</Users>\n")
	}
	if codes := w.codes.xml(); codes != "" {
		head.WriteString("<CodeBook>\n" + codes + "</CodeBook>\n")
	}
	if len(w.vars.list) > 0 {
		head.WriteString("<Variables>\n")
		for _, v := range w.vars.list {
			head.WriteString(`<Variable guid="` + v.guid + `" name="`)
			escape(&head, v.name)
			head.WriteString(`" typeOfVariable="Text"><Description>`)
			escape(&head, v.about)
			head.WriteString("</Description></Variable>\n")
		}
		head.WriteString("</Variables>\n")
	}
	if _, err := out.Write(head.Bytes()); err != nil {
		return err
	}
	if err := w.sources.pour(out, "Sources"); err != nil {
		return err
	}
	if err := w.notes.pour(out, "Notes"); err != nil {
		return err
	}
	if err := w.links.pour(out, "Links"); err != nil {
		return err
	}
	_, err = io.WriteString(out, "</Project>\n")
	return err
}
