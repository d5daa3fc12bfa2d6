package cas

import (
	"path"
	"strings"

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

// LayersFile is the name of the file with Lede's own layers alone.
const LayersFile = "layers.xml"

// Close writes the type system, and the layers that are to be made in INCEpTION: that
// has its own tokens and sentences, and is not to be told of them.
func (w *Writer) Close() error {
	types := w.s.Types()
	if err := WriteFile(w.out, TypeSystemFile, types.XML()); err != nil || w.s.Builtin {
		return err
	}
	own := NewTypes()
	for _, t := range types.Own() {
		if strings.HasPrefix(t.Name, "webanno.custom.") {
			own.Add(t.Name, t.Super).Features = t.Features
			own.byName[t.Name].Description = t.Description
		}
	}
	return WriteFile(w.out, LayersFile, own.XML())
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
