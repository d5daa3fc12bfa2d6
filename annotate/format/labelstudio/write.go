package labelstudio

import (
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/jsonobject"
)

type writer struct {
	s      *state
	job    *format.Job
	out    map[string]io.WriteCloser // by split
	filled map[string]bool
	buf    jsonobject.Out
}

func newWriter(t format.Target, job *format.Job) (format.Writer, error) {
	w := &writer{s: job.State.(*state), job: job, out: map[string]io.WriteCloser{}, filled: map[string]bool{}}
	if w.s.err != nil {
		return nil, w.s.err
	}
	if !job.Folder && job.Settings["part"] == "config" {
		return w, writeFile(t, "", w.config())
	}
	if job.Folder {
		if err := writeFile(t, configFile, w.config()); err != nil {
			return nil, err
		}
	}
	for split, name := range files(job) {
		f, err := t.Create(name)
		if err == nil {
			w.out[split] = f
			_, err = io.WriteString(f, "[")
		}
		if err != nil {
			w.abandon()
			return nil, err
		}
	}
	return w, nil
}

// files are the names of the task files by split.
func files(job *format.Job) map[string]string {
	switch {
	case job.Settings["part"] == "config":
		return nil
	case job.Splits == nil && job.Folder:
		return map[string]string{"": tasksFile}
	case job.Splits == nil:
		return map[string]string{"": ""}
	}
	names := map[string]string{}
	for _, s := range job.Splits {
		names[s] = s + ".json"
	}
	return names
}

func writeFile(t format.Target, name, content string) error {
	f, err := t.Create(name)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(f, content); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}

func (w *writer) abandon() {
	for _, f := range w.out {
		_ = f.Close()
	}
}

func (w *writer) Close() error {
	var first error
	for _, f := range w.out {
		_, err := io.WriteString(f, "\n]\n")
		if closing := f.Close(); err == nil {
			err = closing
		}
		if first == nil {
			first = err
		}
	}
	return first
}

// Write writes the tasks of an article.
func (w *writer) Write(a *format.Article) error {
	out := w.out[a.Split]
	if out == nil {
		return nil // the configuration alone
	}
	p := a.Prepared.(*prepared)
	for _, task := range p.tasks {
		if err := w.task(out, task, p.predicted); err != nil {
			return err
		}
	}
	return nil
}

// task writes a task; predicted says which of the sets are predictions.
func (w *writer) task(out io.Writer, a *format.Article, predicted []bool) error {
	w.buf = w.buf[:0]
	if w.filled[a.Split] {
		w.buf = append(w.buf, ',')
	}
	w.filled[a.Split] = true
	w.buf = append(w.buf, '\n')
	w.buf.Open('{')
	w.data(a, predicted)
	var predictions []*format.Set
	w.buf.Key("annotations")
	w.buf.Open('[')
	for i := range a.Sets {
		if set := &a.Sets[i]; set.Blank() {
			continue // nobody has begun
		} else if predicted[i] {
			predictions = append(predictions, set)
		} else {
			w.entry(a, set, "")
		}
	}
	w.buf.Close(']')
	if predictions != nil {
		w.buf.Key("predictions")
		w.buf.Open('[')
		for _, set := range predictions {
			w.entry(a, set, set.Annotator)
		}
		w.buf.Close(']')
	}
	w.buf.Close('}')
	_, err := out.Write(w.buf)
	return err
}

// data is what the task shows, and the facts of the article.
func (w *writer) data(a *format.Article, predicted []bool) {
	w.buf.Key("data")
	w.buf.Open('{')
	w.buf.TextOf("id", a.Ref)
	w.buf.TextOf("text", a.Text)
	for i, value := range jsonobject.Facts(a) {
		if value != "" {
			w.buf.TextOf(jsonobject.FactNames[i], value)
		}
	}
	if len(a.Sets) == 1 && !w.s.several && !predicted[0] && a.Sets[0].Annotator != "" {
		w.buf.TextOf("annotator", a.Sets[0].Annotator)
	}
	if len(a.Meta) > 0 {
		w.buf.Key("meta")
		w.buf.Values(a.Meta)
	}
	w.buf.Piece(a.Piece)
	w.buf.Close('}')
}

// entry writes an annotation, or the prediction of a model.
func (w *writer) entry(a *format.Article, set *format.Set, model string) {
	w.buf.Open('{')
	if model != "" {
		w.buf.TextOf("model_version", model)
	} else if set.Annotator == annotate.GoldName {
		w.buf.Key("ground_truth")
		w.buf.Bool(true)
	}
	w.buf.Key("result")
	w.buf.Open('[')
	for i := range set.Spans {
		w.region(a, &set.Spans[i])
	}
	for i := range set.Relations {
		w.relation(&set.Relations[i])
	}
	w.article(set, model)
	w.buf.Close(']')
	w.buf.Close('}')
}

// relation writes a link. Label Studio keeps its id and meta until somebody edits the
// annotation there.
func (w *writer) relation(r *format.Relation) {
	w.buf.Open('{')
	w.buf.TextOf("id", r.ID)
	w.buf.TextOf("type", "relation")
	w.buf.TextOf("from_id", r.From)
	w.buf.TextOf("to_id", r.To)
	w.buf.TextOf("direction", "right")
	w.buf.Key("labels")
	w.buf.Open('[')
	w.buf.Text(r.Type)
	w.buf.Close(']')
	w.meta(r.Note, &extras{attributes: r.Attributes, accepted: r.Accepted})
	w.buf.Close('}')
}

// region writes a span, and a result with the same id for each attribute.
func (w *writer) region(a *format.Article, s *format.Span) {
	quote := a.Index().Quote(s.Fragments)
	place := func() {
		w.buf.IntOf("start", s.Fragments[0].Start)
		w.buf.IntOf("end", s.Fragments[0].End)
		// Label Studio writes line ends as these two characters: nobody could tell.
		if !strings.Contains(quote, `\n`) {
			w.buf.TextOf("text", quote)
		}
	}
	w.head(s.ID, labelControl, "labels")
	place()
	w.buf.Key("labels")
	w.buf.Open('[')
	w.buf.Text(s.Label)
	w.buf.Close(']')
	w.buf.Close('}')
	rest := w.rest(annotate.SpanScope, s.Attributes)
	x := &extras{attributes: rest, entity: s.Entity, accepted: s.Accepted}
	if s.Origin != annotate.OriginManual {
		x.origin = s.Origin
	}
	w.meta(s.Note, x)
	if strings.HasPrefix(s.Origin, "model:") {
		w.buf.TextOf("origin", "prediction")
	} else {
		w.buf.TextOf("origin", "manual")
	}
	w.buf.Close('}')
	for _, name := range slices.Sorted(maps.Keys(s.Attributes)) {
		if _, left := rest[name]; left {
			continue
		}
		c := w.s.find[annotate.SpanScope][name]
		typ, key, value := c.put(canonical(s.Attributes[name]))
		w.head(s.ID, c.name, typ)
		if key != "text" { // a text area's value has its own text there
			place()
		} else {
			w.buf.IntOf("start", s.Fragments[0].Start)
			w.buf.IntOf("end", s.Fragments[0].End)
		}
		w.buf.Key(key)
		w.buf.Raw(value)
		w.buf.Close('}')
		w.buf.Close('}')
	}
}

// head begins a result up to its value.
func (w *writer) head(id, from, typ string) {
	w.buf.Open('{')
	w.buf.TextOf("id", id)
	w.buf.TextOf("from_name", from)
	w.buf.TextOf("to_name", textObject)
	w.buf.TextOf("type", typ)
	w.buf.Key("value")
	w.buf.Open('{')
}

// extras are what has no place of its own.
type extras struct {
	origin     string // "" if it is manual
	attributes annotate.Values
	entity     *format.Entity
	accepted   []string
}

// meta writes the note on a region or relation, and the extras.
func (w *writer) meta(note string, x *extras) {
	extra := x.origin != "" || len(x.attributes) > 0 || x.entity != nil || len(x.accepted) > 0
	if note == "" && !extra {
		return
	}
	w.buf.Key("meta")
	w.buf.Open('{')
	if note != "" {
		texts(&w.buf, "text", []string{note})
	}
	if extra {
		w.buf.Key(ledeControl)
		x.write(&w.buf)
	}
	w.buf.Close('}')
}

func (x *extras) write(o *jsonobject.Out) {
	o.Open('{')
	if x.origin != "" {
		o.TextOf("origin", x.origin)
	}
	if len(x.attributes) > 0 {
		o.Key("attributes")
		o.Values(x.attributes)
	}
	if e := x.entity; e != nil {
		o.Key("entity")
		o.Open('{')
		o.TextOf("id", e.ID)
		o.TextOf("kind", e.Kind)
		o.TextOf("name", e.Name)
		o.Close('}')
	}
	texts(o, "accepted", x.accepted)
	o.Close('}')
}

func texts(o *jsonobject.Out, key string, list []string) {
	if len(list) == 0 {
		return
	}
	o.Key(key)
	o.Open('[')
	for _, s := range list {
		o.Text(s)
	}
	o.Close(']')
}

// rest are the values that no control can hold, nil if there are none.
func (w *writer) rest(scope annotate.Scope, values annotate.Values) annotate.Values {
	var rest annotate.Values
	for name, raw := range values {
		if typ, _, _ := w.s.find[scope][name].put(canonical(raw)); typ == "" {
			rest = rest.With(name, raw)
		}
	}
	return rest
}

func canonical(raw json.RawMessage) json.RawMessage {
	if c, err := format.CanonicalJSON(raw); err == nil && len(c) > 0 {
		return c
	}
	return json.RawMessage("null") // cannot be: the Store holds JSON only
}

// article writes what is said of the article as a whole.
func (w *writer) article(set *format.Set, model string) {
	n := 0
	result := func(from, typ, key string, value json.RawMessage) {
		id := ""
		for id == "" || slices.ContainsFunc(set.Spans, func(s format.Span) bool { return s.ID == id }) {
			n++
			id = "article-" + strconv.Itoa(n)
		}
		w.head(id, from, typ)
		w.buf.Key(key)
		w.buf.Raw(value)
		w.buf.Close('}')
		w.buf.Close('}')
	}
	rest := w.rest(annotate.DocumentScope, set.Fields)
	for _, name := range slices.Sorted(maps.Keys(set.Fields)) {
		if _, left := rest[name]; !left {
			c := w.s.find[annotate.DocumentScope][name]
			typ, key, value := c.put(canonical(set.Fields[name]))
			result(c.name, typ, key, value)
		}
	}
	if set.Note != "" {
		result(noteControl, "textarea", "text", wrap(annotate.StringValue(set.Note)))
	}
	var o jsonobject.Out
	o.Open('{')
	if w.s.several && model == "" {
		o.TextOf("annotator", set.Annotator)
	}
	if set.Status != annotate.Done {
		o.TextOf("status", string(set.Status))
	}
	if set.Flag != "" {
		o.TextOf("flag", set.Flag)
	}
	if set.Reason != "" {
		o.TextOf("reason", set.Reason)
	}
	if rest != nil {
		o.Key("fields")
		o.Values(rest)
	}
	texts(&o, "accepted", set.Accepted)
	o.Close('}')
	if len(o) > len("{}") {
		result(ledeControl, "textarea", "text", wrap(annotate.StringValue(string(o))))
	}
}
