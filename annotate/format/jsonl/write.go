package jsonl

import (
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strconv"

	"lede/annotate"
	"lede/annotate/format"
)

type writer struct {
	out    io.WriteCloser
	noText bool
	line   []byte
}

func newWriter(t format.Target, job *format.Job) (format.Writer, error) {
	out, err := t.Create("")
	if err != nil {
		return nil, err
	}
	return &writer{out: out, noText: job.NoText}, nil
}

func (w *writer) Close() error { return w.out.Close() }

// untouched is the set of an article that nobody has said anything of.
var untouched = format.Set{Status: annotate.New}

func (w *writer) Write(a *format.Article) error {
	sets := a.Sets
	if len(sets) == 0 {
		sets = []format.Set{untouched}
	}
	for i := range sets {
		w.line = w.line[:0]
		w.article(a)
		w.set(a, &sets[i])
		w.line = append(w.line, "}\n"...)
		if _, err := w.out.Write(w.line); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) article(a *format.Article) {
	w.line = append(w.line, `{"id":`...)
	w.line = format.AppendString(w.line, a.Ref)
	for _, fact := range [][2]string{
		{"title", a.Title},
		{"source", a.Publisher},
		{"url", a.URL},
		{"author", a.Author},
		{"published", a.Published},
		{"language", a.Language},
	} {
		w.text(fact[0], fact[1])
	}
	if w.noText {
		w.text("sha256", a.Hash)
		w.key("length")
		w.line = strconv.AppendInt(w.line, int64(a.Length), 10)
	} else {
		w.text("text", a.Text)
	}
	w.values("meta", a.Meta)
}

func (w *writer) set(a *format.Article, s *format.Set) {
	w.text("annotator", s.Annotator)
	w.text("status", string(s.Status))
	w.text("flag", s.Flag)
	w.values("fields", s.Fields)
	w.text("note", s.Note)
	w.accepted(s.Accepted)
	w.key("spans")
	w.line = append(w.line, '[')
	for i := range s.Spans {
		if i > 0 {
			w.line = append(w.line, ',')
		}
		w.span(a, &s.Spans[i])
	}
	w.line = append(w.line, ']')
	w.key("relations")
	w.line = append(w.line, '[')
	for i := range s.Relations {
		if i > 0 {
			w.line = append(w.line, ',')
		}
		w.relation(&s.Relations[i])
	}
	w.line = append(w.line, ']')
}

func (w *writer) span(a *format.Article, s *format.Span) {
	w.line = append(w.line, `{"id":`...)
	w.line = format.AppendString(w.line, s.ID)
	w.text("label", s.Label)
	w.key("start")
	w.line = strconv.AppendInt(w.line, int64(s.Fragments[0].Start), 10)
	w.key("end")
	w.line = strconv.AppendInt(w.line, int64(s.Fragments[len(s.Fragments)-1].End), 10)
	w.key("fragments")
	for i, f := range s.Fragments {
		w.line = append(w.line, "[,"[min(i, 1)], '[')
		w.line = strconv.AppendInt(w.line, int64(f.Start), 10)
		w.line = append(w.line, ',')
		w.line = strconv.AppendInt(w.line, int64(f.End), 10)
		w.line = append(w.line, ']')
	}
	w.line = append(w.line, ']')
	if !w.noText {
		w.text("text", a.Index().Quote(s.Fragments))
	}
	w.values("attributes", s.Attributes)
	w.key("entity")
	if e := s.Entity; e == nil {
		w.line = append(w.line, "null"...)
	} else {
		w.line = append(w.line, `{"id":`...)
		w.line = format.AppendString(w.line, e.ID)
		w.text("kind", e.Kind)
		w.text("name", e.Name)
		w.line = append(w.line, '}')
	}
	w.text("origin", s.Origin)
	w.text("note", s.Note)
	w.accepted(s.Accepted)
	w.line = append(w.line, '}')
}

func (w *writer) relation(r *format.Relation) {
	w.line = append(w.line, `{"id":`...)
	w.line = format.AppendString(w.line, r.ID)
	w.text("type", r.Type)
	w.text("from", r.From)
	w.text("to", r.To)
	w.values("attributes", r.Attributes)
	w.text("note", r.Note)
	w.accepted(r.Accepted)
	w.line = append(w.line, '}')
}

// accepted writes the warnings that are no problem, if there are any.
func (w *writer) accepted(keys []string) {
	if len(keys) == 0 {
		return
	}
	w.key("accepted")
	for i, k := range keys {
		w.line = format.AppendString(append(w.line, "[,"[min(i, 1)]), k)
	}
	w.line = append(w.line, ']')
}

func (w *writer) key(name string) {
	w.line = append(w.line, ',', '"')
	w.line = append(append(w.line, name...), '"', ':')
}

func (w *writer) text(key, value string) {
	w.key(key)
	w.line = format.AppendString(w.line, value)
}

// values writes an object sorted by key; its values are stored canonically, but
// for what came from elsewhere than an import.
func (w *writer) values(key string, values annotate.Values) {
	w.key(key)
	w.line = append(w.line, '{')
	for i, k := range slices.Sorted(maps.Keys(values)) {
		if i > 0 {
			w.line = append(w.line, ',')
		}
		w.line = append(format.AppendString(w.line, k), ':')
		w.line = append(w.line, canonical(values[k])...)
	}
	w.line = append(w.line, '}')
}

func canonical(raw json.RawMessage) json.RawMessage {
	if c, err := format.CanonicalJSON(raw); err == nil {
		return c
	}
	return json.RawMessage("null") // cannot be: the Store holds JSON only
}
