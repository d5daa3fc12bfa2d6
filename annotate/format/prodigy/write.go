package prodigy

import (
	"io"
	"maps"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/jsonobject"
	"lede/annotate/format/token"
)

// session is what stands before the annotator in _session_id; Prodigy has the name of
// the dataset there.
const session = "lede-"

type writer struct {
	out  io.WriteCloser
	line jsonobject.Out
}

func newWriter(t format.Target, job *format.Job) (format.Writer, error) {
	s := job.State.(*state)
	if s.err != nil {
		return nil, s.err
	}
	out, err := t.Create("")
	if err != nil {
		return nil, err
	}
	return &writer{out: out}, nil
}

func (w *writer) Close() error { return w.out.Close() }

func (w *writer) Write(a *format.Article) error {
	p := a.Prepared.(*prepared)
	w.line = w.line[:0]
	for i := range p.tasks {
		w.task(&p.tasks[i], p.classes, i)
	}
	_, err := w.out.Write(w.line)
	return err
}

// task writes a line.
func (w *writer) task(t *task, classes []string, i int) {
	a, r := t.article, &t.record
	o := &w.line
	o.Open('{')
	o.TextOf("text", a.Text)
	w.meta(a, i)
	o.Key("tokens")
	o.Open('[')
	for k, t := range r.Tokens {
		o.Open('{')
		o.TextOf("text", a.Index().Slice(t.Range))
		o.IntOf("start", t.Start)
		o.IntOf("end", t.End)
		o.IntOf("id", k)
		o.Key("ws")
		o.Bool(t.Space)
		o.Close('}')
	}
	o.Close(']')
	o.Key("spans")
	o.Open('[')
	for k := range r.Entities {
		w.span(&r.Entities[k])
	}
	o.Close(']')
	o.Key("relations")
	o.Open('[')
	for _, l := range t.links {
		from, to := &r.Entities[l.From], &r.Entities[l.To]
		o.Open('{')
		o.IntOf("head", from.End-1)
		o.IntOf("child", to.End-1)
		o.Key("head_span")
		w.span(from)
		o.Key("child_span")
		w.span(to)
		o.TextOf("label", l.Relation.Type)
		o.Close('}')
	}
	o.Close(']')
	w.classes(classes)
	w.answer(a)
	o.Close('}')
	w.line = append(w.line, '\n')
}

func (w *writer) span(e *token.Entity) {
	place := e.Span.Fragments[0]
	w.line.Open('{')
	w.line.IntOf("start", place.Start)
	w.line.IntOf("end", place.End)
	w.line.IntOf("token_start", e.First)
	w.line.IntOf("token_end", e.End-1)
	w.line.TextOf("label", e.Span.Label)
	w.line.Close('}')
}

// meta writes the facts; of a part of an article, where it lies in that.
func (w *writer) meta(a *format.Article, i int) {
	o := &w.line
	o.Key("meta")
	o.Open('{')
	if p := a.Piece; p == nil {
		o.TextOf("id", a.Ref)
	} else {
		o.TextOf("id", p.Of)
		o.IntOf("part", i+1)
		o.IntOf("start", p.Start)
		o.IntOf("end", p.End)
		o.IntOf("length", p.Length)
	}
	for k, value := range jsonobject.Facts(a) {
		if value != "" {
			o.TextOf(jsonobject.FactNames[k], value)
		}
	}
	var rest annotate.Values
	for name, raw := range a.Meta {
		if !strings.HasPrefix(name, "_") {
			rest = rest.With(name, raw)
		}
	}
	if rest != nil {
		o.Key("meta")
		o.Values(rest)
	}
	o.Close('}')
}

func (w *writer) classes(classes []string) {
	if len(classes) == 0 {
		return
	}
	w.line.Key("options")
	w.line.Open('[')
	for _, c := range classes {
		w.line.Open('{')
		w.line.TextOf("id", c)
		w.line.TextOf("text", c)
		w.line.Close('}')
	}
	w.line.Close(']')
	w.line.Key("accept")
	w.line.Open('[')
	for _, c := range classes {
		w.line.Text(c)
	}
	w.line.Close(']')
}

// answer writes what was decided and by whom, and what Prodigy added itself.
func (w *writer) answer(a *format.Article) {
	if len(a.Sets) > 0 && a.Sets[0].Annotator != "" {
		set := &a.Sets[0]
		switch set.Status {
		case annotate.New:
		case annotate.Skipped:
			w.line.TextOf("answer", "ignore")
		default:
			w.line.TextOf("answer", "accept")
		}
		w.line.TextOf("_session_id", session+set.Annotator)
	}
	for _, name := range slices.Sorted(maps.Keys(a.Meta)) {
		if strings.HasPrefix(name, "_") && name != "_session_id" && (a.Piece == nil || !slices.Contains(ofTask, name)) {
			w.line.Key(name)
			w.line.Raw(a.Meta[name])
		}
	}
}
