package conll

import (
	"io"
	"path"
	"strconv"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/token"
)

// docstart begins the line before an article.
const docstart = "-DOCSTART-"

// globalColumns begins a file of CoNLL-U Plus.
const globalColumns = "# global.columns ="

type writer struct {
	state    *state
	out      format.Target
	settings format.Settings
	splits   bool
	files    map[string]*file
	line     []byte
}

// file is one file that is being written.
type file struct {
	out   io.WriteCloser
	begun bool // something stands above: a blank line must part it
}

func newWriter(t format.Target, job *format.Job) (format.Writer, error) {
	s := job.State.(*state)
	if s.err != nil {
		return nil, s.err
	}
	w := &writer{state: s, out: t, settings: job.Settings, splits: job.Splits != nil, files: map[string]*file{}}
	parts := job.Splits
	if parts == nil {
		parts = []string{""}
	}
	for _, split := range parts {
		for c := range w.places() {
			if err := w.create(w.state.fileName(w.settings, split, c), c); err != nil {
				_ = w.Close()
				return nil, err
			}
		}
	}
	return w, nil
}

// places is how many files there are of each part.
func (w *writer) places() int {
	if w.settings["overlaps"] == "files" {
		return w.state.width()
	}
	return 1
}

// fileName is the file of a part of the data, and of a column if each has its own.
func (s *state) fileName(settings format.Settings, split string, c int) string {
	ext := ".conll"
	if settings["columns"] == "plus" {
		ext = ".conllup"
	}
	switch {
	case settings["overlaps"] == "files" && split == "":
		return s.files[c] + ext
	case settings["overlaps"] == "files":
		return path.Join(s.files[c], split+ext)
	case split == "":
		return ""
	}
	return split + ext
}

func (w *writer) create(name string, c int) error {
	out, err := w.out.Create(name)
	if err != nil {
		return err
	}
	f := &file{out: out}
	w.files[name] = f
	if w.settings["columns"] != "plus" {
		return nil
	}
	headings := []string{"NER"}
	if w.state.columns != nil {
		from, to := w.columns(c)
		headings = nil
		for _, label := range w.state.columns[from:to] {
			headings = append(headings, "NER:"+label)
		}
	}
	_, err = io.WriteString(out, globalColumns+" ID FORM MISC "+strings.Join(headings, " ")+"\n")
	return err
}

// columns are the columns [from, to) of tags in file c.
func (w *writer) columns(c int) (from, to int) {
	if w.settings["overlaps"] == "files" {
		return c, c + 1
	}
	return 0, w.state.width()
}

func (w *writer) Close() error {
	var first error
	for _, f := range w.files {
		if err := f.out.Close(); err != nil && first == nil {
			first = err
		}
	}
	return first
}

func (w *writer) Write(a *format.Article) error {
	split := ""
	if w.splits {
		split = a.Split
	}
	for c := range w.places() {
		f := w.files[w.state.fileName(w.settings, split, c)]
		from, to := w.columns(c)
		w.line = w.line[:0]
		w.article(f, a, from, to)
		if _, err := f.out.Write(w.line); err != nil {
			return err
		}
	}
	return nil
}

// article writes an article with the tags of the columns [from, to).
func (w *writer) article(f *file, a *format.Article, from, to int) {
	w.start(f, a, to-from)
	for n, s := range a.Prepared.(prepared) {
		if w.settings["columns"] != "plus" || n > 0 {
			w.part(f)
		}
		for i, t := range s.tokens {
			w.row(a, t, i)
			for c := from; c < to; c++ {
				w.cell(s.tags[c][i])
			}
			w.line = append(w.line, '\n')
		}
	}
}

// start writes what marks the beginning of an article.
func (w *writer) start(f *file, a *format.Article, tags int) {
	mark := w.settings["docstart"]
	switch {
	case w.settings["columns"] == "plus":
		w.part(f)
		w.line = append(w.line, "# newdoc id = "+escape(a.Ref)+"\n"...)
		return
	case mark == "no":
		return
	}
	w.part(f)
	w.line = append(w.line, docstart...)
	if mark == "ref" {
		w.line = append(w.line, "("+escape(a.Ref)+")"...)
	}
	if w.settings["columns"] == "2003" {
		w.cell("-X-")
		w.cell("-X-")
	}
	for range tags {
		w.cell("O")
	}
	w.line = append(w.line, '\n')
}

// row writes a token and what stands before its tags.
func (w *writer) row(a *format.Article, t token.Token, i int) {
	word := a.Index().Slice(t.Range)
	switch w.settings["columns"] {
	case "plus":
		w.line = strconv.AppendInt(w.line, int64(i)+1, 10)
		w.cell(word)
		if t.Space {
			w.cell("_")
		} else {
			w.cell("SpaceAfter=No")
		}
	case "2003":
		w.line = append(w.line, word...)
		w.cell("-X-")
		w.cell("O")
	default:
		w.line = append(w.line, word...)
	}
}

func (w *writer) cell(s string) {
	sep := byte('\t')
	if w.settings["separator"] == "space" && w.settings["columns"] != "plus" {
		sep = ' '
	}
	w.line = append(append(w.line, sep), s...)
}

// part writes the blank line between two blocks. There is none at the end of the
// file, where doccano takes it for an error.
func (w *writer) part(f *file) {
	if f.begun {
		w.line = append(w.line, '\n')
	}
	f.begun = true
}

// escape spells white space and % in a ref as %XX, so that it is one word.
func escape(ref string) string {
	var b strings.Builder
	for _, r := range ref {
		if r != '%' && !token.Blank(r) {
			b.WriteRune(r)
			continue
		}
		for _, c := range []byte(string(r)) {
			b.WriteString("%" + strings.ToUpper(strconv.FormatUint(uint64(c)|0x100, 16)[1:]))
		}
	}
	return b.String()
}
