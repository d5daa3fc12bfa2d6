package cas

import (
	"path"

	"lede/annotate/format"
)

// Writer writes a file for each article and annotator, and the type system.
type Writer struct {
	out    format.Target
	job    *format.Job
	s      *State
	ending string
	encode func(*Document) []byte
}

// NewWriter makes a writer; encode spells a CAS.
func NewWriter(out format.Target, job *format.Job, ending string, encode func(*Document) []byte) *Writer {
	return &Writer{out: out, job: job, s: job.State.(*State), ending: ending, encode: encode}
}

// Write writes an article, once for each of its sets.
func (w *Writer) Write(a *format.Article) error {
	sets := a.Sets
	if len(sets) == 0 {
		sets = []format.Set{{}}
	}
	from := a
	if original, ok := a.Prepared.(*format.Article); ok && len(original.Sets) == len(a.Sets) && !w.s.Builtin {
		from = original // Build replaces what XML forbids, and notes what stood there
	}
	for i := range sets {
		set := &sets[i]
		if len(from.Sets) > 0 {
			set = &from.Sets[i]
		}
		d := w.s.Build(from, set, w.job)
		name := path.Join(w.s.Folder(sets[i].Annotator), a.Name) + w.ending
		if err := WriteFile(w.out, name, w.encode(d)); err != nil {
			return err
		}
	}
	return nil
}

// Close writes the type system: from it, layers are made in INCEpTION.
func (w *Writer) Close() error {
	return WriteFile(w.out, TypeSystemFile, w.s.Types().XML())
}

// WriteFile writes a small file.
func WriteFile(out format.Target, name string, content []byte) error {
	f, err := out.Create(name)
	if err != nil {
		return err
	}
	if _, err := f.Write(content); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}
