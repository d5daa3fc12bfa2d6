package w3c

import (
	"encoding/json"
	"io"
	"maps"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/features"
	"lede/annotate/text"
)

type writer struct {
	t      format.Target
	one    io.WriteCloser // nil: a file an article
	noText bool
	utf16  bool // without the text nobody could convert it
	begun  bool // a first annotation is in the list
	b      []byte
}

func newWriter(t format.Target, job *format.Job) (format.Writer, error) {
	w := &writer{t: t, noText: job.NoText, utf16: job.Settings.InUTF16() && !job.NoText}
	if job.Folder {
		return w, nil
	}
	var err error
	if w.one, err = t.Create(""); err != nil {
		return nil, err
	}
	if _, err := io.WriteString(w.one, "["); err != nil {
		_ = w.one.Close()
		return nil, err
	}
	return w, nil
}

func (w *writer) Close() error {
	if w.one == nil {
		return nil
	}
	_, err := io.WriteString(w.one, "\n]\n")
	if closing := w.one.Close(); err == nil {
		err = closing
	}
	return err
}

func (w *writer) Write(a *format.Article) error {
	w.b = w.b[:0]
	if w.one != nil {
		w.article(a, iri(articleIRI, a.Ref))
		_, err := w.one.Write(w.b)
		return err
	}
	w.begun = false
	w.b = append(w.b, '[')
	source := url.PathEscape(path.Base(a.Name) + ".txt")
	if w.noText {
		source = iri(articleIRI, a.Ref)
	}
	w.article(a, source)
	w.b = append(w.b, "\n]\n"...)
	if err := w.file(a.Name+".jsonld", w.b); err != nil || w.noText {
		return err
	}
	return w.file(a.Name+".txt", []byte(a.Text))
}

func (w *writer) file(name string, content []byte) error {
	f, err := w.t.Create(name)
	if err != nil {
		return err
	}
	if _, err := f.Write(content); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}

// article writes what is said of it as a whole, then spans and relations.
func (w *writer) article(a *format.Article, source string) {
	f := features.OfArticle(a)
	if sets := features.OfSets(a.Sets); sets != nil {
		f[features.Sets] = sets
	}
	f[features.Ref] = features.Text(a.Ref)
	f[hashOf], f[lengthOf] = features.Text(a.Hash), json.RawMessage(strconv.Itoa(a.Length))
	if w.utf16 {
		f[offsetsOf] = features.Text("utf16")
	}
	w.begin(iri(articleIRI, a.Ref)+"#about", "describing", "")
	if w.one != nil && !w.noText {
		w.body("describing", a.Text, `"format":"text/plain",`)
	}
	w.classes(f)
	w.end(append([]byte(`"target":`), format.AppendString(nil, source)...))
	for i := range a.Sets {
		set := &a.Sets[i]
		for k := range set.Spans {
			w.span(a, set, &set.Spans[k], source)
		}
		for k := range set.Relations {
			w.relation(set, &set.Relations[k])
		}
	}
}

// begin begins an annotation up to its bodies.
func (w *writer) begin(id, motivation, creator string) {
	if w.begun {
		w.b = append(w.b, ',')
	}
	w.begun = true
	w.b = append(w.b, "\n"+`{"@context":"`+context+`","id":`...)
	w.b = format.AppendString(w.b, id)
	w.b = append(w.b, `,"type":"Annotation","motivation":"`+motivation+`",`...)
	if creator != "" {
		w.b = append(w.b, `"creator":{"type":"Person","name":`...)
		w.b = append(format.AppendString(w.b, creator), "},"...)
	}
	w.b = append(w.b, `"generator":{"type":"Software","name":"`+program+`"},"body":[`...)
}

// end writes the target, which is given with its key.
func (w *writer) end(target []byte) {
	w.b = append(w.b, "],"...)
	w.b = append(append(w.b, target...), '}')
}

func (w *writer) body(purpose, value, more string) {
	if w.b[len(w.b)-1] != '[' {
		w.b = append(w.b, ',')
	}
	w.b = append(w.b, `{"type":"TextualBody","purpose":"`+purpose+`",`+more+`"value":`...)
	w.b = append(format.AppendString(w.b, value), '}')
}

// classes writes values as bodies "name=value".
func (w *writer) classes(f features.Features) {
	for _, name := range slices.Sorted(maps.Keys(f)) {
		key := name
		if key == "" || strings.Contains(key, "=") || key[0] == '"' {
			key = string(format.AppendString(nil, key))
		}
		w.body("classifying", key+"="+features.Word(f[name]), "")
	}
}

func (w *writer) span(a *format.Article, set *format.Set, s *format.Span, source string) {
	w.begin(iri(spanIRI, s.ID), "tagging", set.Annotator)
	w.body("tagging", s.Label, "")
	if s.Note != "" {
		w.body("commenting", s.Note, "")
	}
	if s.Entity != nil {
		w.body("identifying", s.Entity.Name, `"id":`+string(format.AppendString(nil, iri("urn:x-lede:entity:", s.Entity.ID)))+`,`)
	}
	f := features.OfSpan(s, nil)
	delete(f, features.ID)
	delete(f, features.Note)
	w.classes(f)
	var target []byte
	for i, r := range s.Fragments {
		if i > 0 {
			target = append(target, ',')
		}
		target = w.target(target, a, r, source)
	}
	if len(s.Fragments) > 1 {
		target = slices.Concat([]byte("["), target, []byte("]"))
	}
	w.end(append([]byte(`"target":`), target...))
}

// target writes where a piece is: position and quote.
func (w *writer) target(b []byte, a *format.Article, r text.Range, source string) []byte {
	start, stop := r.Start, r.End
	if w.utf16 {
		start, stop = a.Index().UTF16Of(start), a.Index().UTF16Of(stop)
	}
	b = append(b, `{"source":`...)
	b = append(format.AppendString(b, source), `,"selector":[{"type":"TextPositionSelector","start":`...)
	b = strconv.AppendInt(b, int64(start), 10)
	b = strconv.AppendInt(append(b, `,"end":`...), int64(stop), 10)
	b = append(b, '}')
	if !w.noText {
		t := a.Index()
		b = append(b, `,{"type":"TextQuoteSelector","exact":`...)
		b = append(format.AppendString(b, t.Slice(r)), `,"prefix":`...)
		b = append(format.AppendString(b, t.Slice(text.Range{Start: max(0, r.Start-around), End: r.Start})), `,"suffix":`...)
		b = append(format.AppendString(b, t.Slice(text.Range{Start: r.End, End: min(t.Len(), r.End+around)})), '}')
	}
	return append(b, "]}"...)
}

func (w *writer) relation(set *format.Set, r *format.Relation) {
	w.begin(iri(relationIRI, r.ID), "linking", set.Annotator)
	w.body("tagging", r.Type, "")
	if r.Note != "" {
		w.body("commenting", r.Note, "")
	}
	f := features.OfRelation(r, nil)
	delete(f, features.ID)
	delete(f, features.Note)
	w.classes(f)
	target := append([]byte(`"target":[`), format.AppendString(nil, iri(spanIRI, r.From))...)
	target = append(append(target, ','), format.AppendString(nil, iri(spanIRI, r.To))...)
	w.end(append(target, ']'))
}
