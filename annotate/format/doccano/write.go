package doccano

import (
	"io"

	"lede/annotate/format"
	"lede/annotate/format/jsonobject"
)

type writer struct {
	s    *state
	out  map[string]io.WriteCloser // by split
	line jsonobject.Out
	safe []byte
}

func newWriter(t format.Target, job *format.Job) (format.Writer, error) {
	w := &writer{s: job.State.(*state), out: map[string]io.WriteCloser{}}
	if w.s.err != nil {
		return nil, w.s.err
	}
	for split, name := range files(job) {
		f, err := t.Create(name)
		if err != nil {
			_ = w.Close()
			return nil, err
		}
		w.out[split] = f
	}
	if !job.Folder {
		return w, nil
	}
	if err := w.types(t, job); err != nil {
		_ = w.Close()
		return nil, err
	}
	return w, nil
}

// files are the names of the data files by split.
func files(job *format.Job) map[string]string {
	switch {
	case job.Splits == nil && job.Folder:
		return map[string]string{"": dataFile}
	case job.Splits == nil:
		return map[string]string{"": ""}
	}
	names := map[string]string{}
	for _, s := range job.Splits {
		names[s] = s + ".jsonl"
	}
	return names
}

func (w *writer) Close() error {
	var first error
	for _, f := range w.out {
		if err := f.Close(); first == nil {
			first = err
		}
	}
	return first
}

// Write writes the lines of an article. All lines have the same keys: doccano's table
// would fill those that are missing with what is no JSON.
func (w *writer) Write(a *format.Article) error {
	p := a.Prepared.(*prepared)
	for _, line := range p.pieces {
		if err := w.one(line, p.classes); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) one(a *format.Article, classes []string) error {
	w.line = w.line[:0]
	set := format.Set{}
	if len(a.Sets) > 0 {
		set = a.Sets[0]
	}
	w.line.Open('{')
	w.line.TextOf("id", a.Ref)
	w.line.TextOf("text", a.Text)
	switch w.s.layout {
	case "classes":
		w.classes("label", classes)
	case "intent":
		w.lists("entities", set.Spans)
		w.classes("cats", classes)
	case "relations":
		w.related(&set)
	default:
		w.lists("label", set.Spans)
	}
	for i, value := range jsonobject.Facts(a) {
		w.line.TextOf(jsonobject.FactNames[i], value)
	}
	w.line.Key("meta")
	w.line.Values(a.Meta)
	w.line.Piece(a.Piece)
	w.line.Close('}')
	w.safe = append(jsonobject.ASCII(w.safe[:0], w.line), '\n')
	_, err := w.out[a.Split].Write(w.safe)
	return err
}

func (w *writer) lists(key string, spans []format.Span) {
	w.line.Key(key)
	w.line.Open('[')
	for _, s := range spans {
		w.line.Open('[')
		w.line.Int(s.Fragments[0].Start)
		w.line.Int(s.Fragments[0].End)
		w.line.Text(s.Label)
		w.line.Close(']')
	}
	w.line.Close(']')
}

func (w *writer) related(set *format.Set) {
	ids := make(map[string]int, len(set.Spans))
	w.line.Key("entities")
	w.line.Open('[')
	for i, s := range set.Spans {
		if s.ID != "" {
			ids[s.ID] = i
		}
		w.line.Open('{')
		w.line.IntOf("id", i)
		w.line.TextOf("label", s.Label)
		w.line.IntOf("start_offset", s.Fragments[0].Start)
		w.line.IntOf("end_offset", s.Fragments[0].End)
		w.line.Close('}')
	}
	w.line.Close(']')
	w.line.Key("relations")
	w.line.Open('[')
	for i, r := range set.Relations {
		w.line.Open('{')
		w.line.IntOf("id", i)
		w.line.IntOf("from_id", ids[r.From])
		w.line.IntOf("to_id", ids[r.To])
		w.line.TextOf("type", r.Type)
		w.line.Close('}')
	}
	w.line.Close(']')
}

func (w *writer) classes(key string, list []string) {
	w.line.Key(key)
	w.line.Open('[')
	for _, c := range list {
		w.line.Text(c)
	}
	w.line.Close(']')
}
