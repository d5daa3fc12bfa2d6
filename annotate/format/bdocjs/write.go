package bdocjs

import (
	"encoding/json"
	"io"
	"strconv"

	"lede/annotate/format"
	"lede/annotate/format/features"
)

type writer struct {
	t     format.Target
	lines io.WriteCloser // nil: a file an article
	utf16 bool
	b     []byte
}

func newWriter(t format.Target, job *format.Job) (format.Writer, error) {
	w := &writer{t: t, utf16: job.Settings.InUTF16()}
	if job.Folder {
		return w, nil
	}
	var err error
	w.lines, err = t.Create("")
	return w, err
}

func (w *writer) Close() error {
	if w.lines == nil {
		return nil
	}
	return w.lines.Close()
}

func (w *writer) Write(a *format.Article) error {
	w.b = w.b[:0]
	w.document(a)
	w.b = append(w.b, '\n')
	if w.lines != nil {
		_, err := w.lines.Write(w.b)
		return err
	}
	f, err := w.t.Create(a.Name + ".bdocjs")
	if err != nil {
		return err
	}
	if _, err := f.Write(w.b); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}

func (w *writer) key(name string) { w.b = append(format.AppendString(w.b, name), ':') }

func (w *writer) document(a *format.Article) {
	f := features.OfArticle(a)
	if sets := features.OfSets(a.Sets); sets != nil {
		f[features.Sets] = sets
	}
	offsets := "p"
	if w.utf16 {
		offsets = "j"
	}
	w.b = append(w.b, '{')
	w.key("offset_type")
	w.b = append(format.AppendString(w.b, offsets), ',')
	w.key("name")
	w.b = append(format.AppendString(w.b, a.Ref), ',')
	w.key("annotation_sets")
	w.b = append(w.b, '{')
	next := 1
	for i := range a.Sets {
		if i > 0 {
			w.b = append(w.b, ',')
		}
		w.key(a.Sets[i].Annotator)
		next = w.set(a, &a.Sets[i], next)
	}
	w.b = append(w.b, "},"...)
	w.key("features")
	w.b = append(append(w.b, features.JSON(f)...), ',')
	w.key("text")
	w.b = append(format.AppendString(w.b, a.Text), '}')
}

// set writes an annotation set whose ids begin at first, and returns the next free
// one: GATE wants ids to be unique in the document.
func (w *writer) set(a *format.Article, s *format.Set, first int) int {
	ids := make(map[string]int, len(s.Spans))
	for i := range s.Spans {
		ids[s.Spans[i].ID] = first + i
	}
	relations := map[string][]byte{}
	for i := range s.Relations {
		r := &s.Relations[i]
		list := relations[r.From]
		list = append(append(list, "[,"[min(len(list), 1)]), relation(r, ids[r.To])...)
		relations[r.From] = list
	}
	w.b = append(w.b, '{')
	w.key("name")
	w.b = append(format.AppendString(w.b, s.Annotator), ',')
	w.key("annotations")
	w.b = append(w.b, '[')
	for i := range s.Spans {
		if i > 0 {
			w.b = append(w.b, ',')
		}
		w.annotation(a, &s.Spans[i], first+i, relations[s.Spans[i].ID])
	}
	w.b = append(w.b, "],"...)
	w.key("next_annid")
	w.b = strconv.AppendInt(w.b, int64(first+len(s.Spans)), 10)
	w.b = append(w.b, '}')
	return first + len(s.Spans)
}

func relation(r *format.Relation, to int) []byte {
	b := append([]byte(`{"type":`), format.AppendString(nil, r.Type)...)
	b = strconv.AppendInt(append(b, `,"to":`...), int64(to), 10)
	b = append(append(b, `,"features":`...), features.JSON(features.OfRelation(r, names))...)
	return append(b, '}')
}

func (w *writer) offset(a *format.Article, o int) int {
	if w.utf16 {
		return a.Index().UTF16Of(o)
	}
	return o
}

func (w *writer) annotation(a *format.Article, s *format.Span, id int, relations []byte) {
	f := features.OfSpan(s, names)
	if len(s.Fragments) > 1 {
		var list []byte
		for i, r := range s.Fragments {
			list = append(append(list, "[,"[min(i, 1)]), '[')
			list = strconv.AppendInt(list, int64(w.offset(a, r.Start)), 10)
			list = strconv.AppendInt(append(list, ','), int64(w.offset(a, r.End)), 10)
			list = append(list, ']')
		}
		f[fragmentsFeature] = append(list, ']')
	}
	if relations != nil {
		f[relationsFeature] = json.RawMessage(append(relations, ']'))
	}
	w.b = append(w.b, '{')
	w.key("type")
	w.b = append(format.AppendString(w.b, s.Label), ',')
	w.key("start")
	w.b = append(strconv.AppendInt(w.b, int64(w.offset(a, s.Fragments[0].Start)), 10), ',')
	w.key("end")
	w.b = append(strconv.AppendInt(w.b, int64(w.offset(a, s.Fragments[len(s.Fragments)-1].End)), 10), ',')
	w.key("id")
	w.b = append(strconv.AppendInt(w.b, int64(id), 10), ',')
	w.key("features")
	w.b = append(w.b, features.JSON(f)...)
	w.b = append(w.b, '}')
}
