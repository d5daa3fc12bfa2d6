package chat

import (
	"errors"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
)

type writer struct {
	state *state
	split bool
	files map[string]io.WriteCloser
}

func newWriter(t format.Target, job *format.Job) (format.Writer, error) {
	s := job.State.(*state)
	if s.err != nil {
		return nil, s.err
	}
	w := &writer{state: s, split: job.Splits != nil, files: map[string]io.WriteCloser{}}
	for _, split := range splitsOf(job) {
		out, err := t.Create(fileName(split))
		if err != nil {
			return nil, errors.Join(err, w.Close())
		}
		w.files[split] = out
	}
	return w, nil
}

func splitsOf(job *format.Job) []string {
	if job.Splits == nil {
		return []string{""}
	}
	return job.Splits
}

func fileName(split string) string {
	if split == "" {
		return ""
	}
	return split + ".jsonl"
}

func (w *writer) Close() error {
	var err error
	for _, f := range w.files {
		err = errors.Join(err, f.Close())
	}
	return err
}

func (w *writer) Write(a *format.Article) error {
	split := ""
	if w.split {
		split = a.Split
	}
	p := a.Prepared.(*prepared)
	var line []byte
	for i := range p.records {
		line = append(line, `{"messages":[{"role":"system","content":`...)
		line = format.AppendString(line, w.state.prompt)
		line = append(line, `},{"role":"user","content":`...)
		line = format.AppendString(line, a.Index().Slice(p.records[i].Range))
		line = append(line, `},{"role":"assistant","content":`...)
		line = format.AppendString(line, string(answer(a, p, i)))
		line = append(line, "}]}\n"...)
	}
	_, err := w.files[split].Write(line)
	return err
}

// answer is what the model should say of record i.
func answer(a *format.Article, p *prepared, i int) []byte {
	r := &p.records[i]
	body := a.Index().Slice(r.Range)
	out := []byte(`{"spans":[`)
	for k, e := range r.Entities {
		if k > 0 {
			out = append(out, ',')
		}
		place := e.Span.Fragments[0]
		quote := a.Index().Slice(place)
		out = append(out, `{"id":`...)
		out = strconv.AppendInt(out, int64(k)+1, 10)
		out = append(out, `,"label":`...)
		out = format.AppendString(out, e.Span.Label)
		out = append(out, `,"text":`...)
		out = format.AppendString(out, quote)
		if n, of := occurrence(body, quote, a.Index().ByteOf(place.Start)-a.Index().ByteOf(r.Start)); of > 1 {
			out = append(out, `,"occurrence":`...)
			out = strconv.AppendInt(out, int64(n), 10)
		}
		out = append(attributesOf(out, e.Span.Attributes), '}')
	}
	out = append(out, ']')
	for k, l := range p.links[i] {
		if k == 0 {
			out = append(out, `,"relations":[`...)
		} else {
			out = append(out, ',')
		}
		out = append(out, `{"type":`...)
		out = format.AppendString(out, l.Relation.Type)
		out = strconv.AppendInt(append(out, `,"from":`...), int64(l.From)+1, 10)
		out = strconv.AppendInt(append(out, `,"to":`...), int64(l.To)+1, 10)
		out = append(attributesOf(out, l.Relation.Attributes), '}')
		if k == len(p.links[i])-1 {
			out = append(out, ']')
		}
	}
	return append(out, '}')
}

func attributesOf(out []byte, v annotate.Values) []byte {
	if len(v) == 0 {
		return out
	}
	sep := `,"attributes":{`
	for _, k := range slices.Sorted(maps.Keys(v)) {
		out = append(format.AppendString(append(out, sep...), k), ':')
		out = append(out, v[k]...)
		sep = ","
	}
	return append(out, '}')
}

// occurrence says which of how many the quote is that begins at byte at: all places
// where its words begin count, also inside each other.
func occurrence(body, quote string, at int) (n, of int) {
	for from := 0; ; {
		i := strings.Index(body[from:], quote)
		if i < 0 {
			return n, of
		}
		of++
		if from+i <= at {
			n++
		}
		from += i + 1
	}
}
