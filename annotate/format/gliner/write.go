package gliner

import (
	"errors"
	"io"
	"strconv"

	"lede/annotate/format"
)

type writer struct {
	list  bool
	split bool
	files map[string]*file
	line  []byte
}

type file struct {
	out   io.WriteCloser
	begun bool
}

func newWriter(t format.Target, job *format.Job) (format.Writer, error) {
	if err := job.State.(*state).err; err != nil {
		return nil, err
	}
	w := &writer{list: job.Settings["layout"] == "list", split: job.Splits != nil, files: map[string]*file{}}
	splits := job.Splits
	if splits == nil {
		splits = []string{""}
	}
	for _, s := range splits {
		out, err := t.Create(fileName(job, s))
		if err == nil {
			w.files[s] = &file{out: out}
			if w.list {
				_, err = io.WriteString(out, "[")
			}
		}
		if err != nil {
			return nil, errors.Join(err, w.discard())
		}
	}
	return w, nil
}

func fileName(job *format.Job, split string) string {
	switch {
	case split == "":
		return ""
	case job.Settings["layout"] == "list":
		return split + ".json"
	}
	return split + ".jsonl"
}

func (w *writer) Write(a *format.Article) error {
	split := ""
	if w.split {
		split = a.Split
	}
	f := w.files[split]
	p := a.Prepared.(*prepared)
	w.line = w.line[:0]
	for i := range p.records {
		if f.begun && w.list {
			w.line = append(w.line, ',')
		}
		if w.list {
			w.line = append(w.line, '\n')
		}
		f.begun = true
		w.record(a, p, i)
		if !w.list {
			w.line = append(w.line, '\n')
		}
	}
	_, err := f.out.Write(w.line)
	return err
}

func (w *writer) record(a *format.Article, p *prepared, i int) {
	r := &p.records[i]
	w.raw(`{"tokenized_text":[`)
	for k, t := range r.Tokens {
		w.comma(k)
		w.line = format.AppendString(w.line, a.Index().Slice(t.Range))
	}
	w.raw(`],"ner":[`)
	for k, e := range r.Entities {
		w.comma(k)
		w.pair(e.First, e.End-1, e.Span.Label) // the end is the last word
	}
	w.raw(`]`)
	for k, l := range p.links[i] {
		if k == 0 {
			w.raw(`,"relations":[`)
		}
		w.comma(k)
		w.pair(l.From, l.To, l.Relation.Type)
		if k == len(p.links[i])-1 {
			w.raw(`]`)
		}
	}
	w.raw(`,"meta":{"id":`)
	w.line = format.AppendString(w.line, a.Ref)
	for k, n := range []int{r.Start, r.End, a.Index().Len()} {
		w.raw([]string{`,"start":`, `,"end":`, `,"length":`}[k])
		w.line = strconv.AppendInt(w.line, int64(n), 10)
	}
	w.raw(`}}`)
}

func (w *writer) raw(s string) { w.line = append(w.line, s...) }

func (w *writer) comma(k int) {
	if k > 0 {
		w.line = append(w.line, ',')
	}
}

func (w *writer) pair(a, b int, name string) {
	w.line = strconv.AppendInt(append(w.line, '['), int64(a), 10)
	w.line = strconv.AppendInt(append(w.line, ','), int64(b), 10)
	w.line = append(format.AppendString(append(w.line, ','), name), ']')
}

func (w *writer) Close() error {
	var err error
	for _, f := range w.files {
		if w.list {
			_, failed := io.WriteString(f.out, "\n]\n")
			err = errors.Join(err, failed)
		}
	}
	return errors.Join(err, w.discard())
}

func (w *writer) discard() error {
	var err error
	for _, f := range w.files {
		err = errors.Join(err, f.out.Close())
	}
	return err
}
