package conll

import (
	"io"
	"strings"
	"unicode"

	"lede/annotate/format"
	"lede/annotate/text"
)

func init() {
	format.Register(&format.Format{
		Name:        "conll",
		Title:       "CoNLL (IOB2)",
		Description: "One token a line with its IOB2 tag, as sequence taggers and seqeval read it.",
		Extensions:  []string{".conll", ".iob2"},
		Training:    true,
		Options: []format.Option{
			{Key: "docstart", Values: []string{"yes", "no"}, Default: "yes", For: format.ForExport, Help: "a line -DOCSTART- before each article"},
			format.UnitOption("sentence"),
		},
		CannotHold: []string{
			"overlapping and nested spans (the longest wins)", "split spans as one", "relations, attributes, notes, entities",
			"blanks between tokens, and offsets", "ids, status, title and other facts", "document fields", "more than one annotator",
		},
		Fit: fit, FitProject: fitProject, Write: newWriter, ReadBack: readBack,
	})
}

// state is what fitting and writing share for one export.
type state struct {
	labels map[string]string // to safe names
	unit   format.Unit
	err    error // of the unit option, told when writing starts
}

func fitProject(job *format.Job) {
	s := &state{}
	s.labels = job.SafeNames("label", job.SchemaLabels(), func(r rune) bool { return !blank(r) && !unicode.IsControl(r) })
	s.unit, s.err = format.ParseUnit(job.Settings["unit"])
	job.State = s
}

// blank reports whether no token may hold the rune: white space as Python and
// Go see it, and the BOM, which readers strip.
func blank(r rune) bool { return unicode.IsSpace(r) || r >= 0x1c && r <= 0x1f || r == 0xFEFF }

type writer struct {
	out      io.WriteCloser
	docstart bool
	begun    bool // something stands above: a blank line must part it
	line     []byte
}

func newWriter(t format.Target, job *format.Job) (format.Writer, error) {
	if err := job.State.(*state).err; err != nil {
		return nil, err
	}
	out, err := t.Create("")
	if err != nil {
		return nil, err
	}
	return &writer{out: out, docstart: job.Settings.Yes("docstart")}, nil
}

func (w *writer) Close() error { return w.out.Close() }

func (w *writer) Write(a *format.Article) error {
	w.line = w.line[:0]
	if w.docstart {
		w.part()
		w.line = append(w.line, "-DOCSTART-\tO\n"...)
	}
	for _, sequence := range a.Prepared.([][]token) {
		w.part()
		for _, t := range sequence {
			w.line = append(w.line, a.Index().Slice(t.place)...)
			w.line = append(append(append(w.line, '\t'), t.tag...), '\n')
		}
	}
	_, err := w.out.Write(w.line)
	return err
}

// part writes the blank line between two blocks. There is none at the end of the
// file, where doccano takes it for an error.
func (w *writer) part() {
	if w.begun {
		w.line = append(w.line, '\n')
	}
	w.begun = true
}

// token is a token with its tag.
type token struct {
	place text.Range
	tag   string
}

// tokens are the words of a range without white space, cut at the given borders
// (sorted).
func tokens(t *text.Text, r text.Range, borders []int) []token {
	var list []token
	add := func(from, to int) {
		start := from
		o := from
		for _, c := range t.Slice(text.Range{Start: from, End: to}) {
			if blank(c) {
				if o > start {
					list = append(list, token{place: text.Range{Start: start, End: o}, tag: "O"})
				}
				start = o + 1
			}
			o++
		}
		if o > start {
			list = append(list, token{place: text.Range{Start: start, End: o}, tag: "O"})
		}
	}
	b := 0
	for word := range t.Words(r) {
		word = word.Intersect(r)
		for b < len(borders) && borders[b] <= word.Start {
			b++
		}
		from := word.Start
		for k := b; k < len(borders) && borders[k] < word.End; k++ {
			add(from, borders[k])
			from = borders[k]
		}
		add(from, word.End)
	}
	return list
}

// safe is a label's name in tags.
func (s *state) safe(label string) string {
	if name, ok := s.labels[label]; ok {
		return name
	}
	return strings.Map(func(r rune) rune {
		if blank(r) {
			return '_'
		}
		return r
	}, label)
}
