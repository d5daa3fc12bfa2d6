package formattest

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/internal/tamper"
	"lede/annotate/split"
	"lede/annotate/text"
)

// The words, the label and the places by which planted faults find a span. Nothing
// else in the project is spelled so, and no other number in it has four digits.
const (
	beast, beastAt = "Zebrafisch", 2345
	beastLabel     = "animal"
)

// findable is a project in which faults can be planted by searching and replacing.
func findable() []*format.Article {
	filler := strings.Repeat("lorem ipsum dolor ", 200)
	body := filler[:beastAt-1] + " " + beast + " " + filler[:100]
	span := func(id, label string, start, end int) format.Span {
		return format.Span{ID: id, Label: label, Fragments: []text.Range{{Start: start, End: end}}, Origin: annotate.OriginManual}
	}
	set := func(spans ...format.Span) []format.Set {
		return []format.Set{{Annotator: "ana", Status: annotate.Done, Spans: spans}}
	}
	return []*format.Article{
		{Ref: "first", Text: body, Sets: set(span("x", "actor", 6, 11), span("y", beastLabel, beastAt, beastAt+len(beast)), span("z", "actor", beastAt+11, beastAt+16))},
		{Ref: "second", Text: "a " + filler[:50], Sets: set(span("w", "actor", 2, 7))},
	}
}

// fault is a change of a text that the read-back must find.
type fault struct {
	name  string
	alter func(s string) string
}

var digits = regexp.MustCompile("[0-9]+")

// number replaces a whole number by another.
func number(old, made string) func(s string) string {
	return func(s string) string {
		return digits.ReplaceAllStringFunc(s, func(n string) string {
			if n == old {
				return made
			}
			return n
		})
	}
}

func (s *suite) faults() {
	s.t.Helper()
	defer s.clear()
	if s.f.ReadBack == nil {
		s.t.Fatalf("the format does not read back what it wrote")
	}
	store := project(s.t, findable())
	planted := []fault{
		{"another text", func(s string) string { return strings.ReplaceAll(s, beast, "Zebrafusch") }},
		{"another label", func(s string) string { return strings.ReplaceAll(s, beastLabel, "vegetal") }},
		{"the end cut off", func(s string) string { return s[:strings.LastIndex(s, beast)+1] }},
	}
	if !s.c.Plain {
		planted = append(planted, fault{"another start", number("2345", "2344")}, fault{"another end", number("2355", "2354")})
	}
	for _, p := range planted {
		changed, binary := false, false
		err := s.tampered(store, func(name string, raw []byte) []byte {
			return s.inside(raw, &binary, func(content string) string {
				if !strings.Contains(content, beast) && !strings.Contains(content, beastLabel) {
					return content
				}
				made := p.alter(content)
				changed = changed || made != content
				return made
			})
		})
		switch {
		case !changed && binary:
			s.flips(store)
			return
		case !changed:
			s.t.Fatalf("%s could not be planted: is it in no file? (Case.Plain, Case.Unpack)", p.name)
		case err == nil:
			s.t.Fatalf("the read-back does not find %s in what was written", p.name)
		}
	}
}

// tampered exports with a read-back that sees altered files.
func (s *suite) tampered(store annotate.Store, alter tamper.Alter) error {
	o := s.exportOptions(s.t, store, s.path())
	_, err := format.Export(tamper.With(context.Background(), s.t.TempDir(), alter), store, o)
	return err
}

// inside alters the texts in a file of an export.
func (s *suite) inside(raw []byte, binary *bool, alter func(content string) string) []byte {
	unpack, pack := s.c.Unpack, s.c.Pack
	if unpack == nil && bytes.HasPrefix(raw, []byte("PK\x03\x04")) {
		unpack, pack = unzip, rezip
	}
	if unpack == nil {
		if !utf8.Valid(raw) {
			*binary = true
			return raw
		}
		return []byte(alter(string(raw)))
	}
	files, err := unpack(raw)
	if err != nil {
		s.t.Fatalf("unpack: %v", err)
	}
	for name, content := range files {
		files[name] = alter(content)
	}
	raw, err = pack(files)
	if err != nil {
		s.t.Fatalf("pack: %v", err)
	}
	return raw
}

// flips changes single bits of files that are no text: one of them must be found.
func (s *suite) flips(store annotate.Store) {
	s.t.Helper()
	found := 0
	for i := range 32 {
		if s.tampered(store, func(_ string, raw []byte) []byte {
			raw = bytes.Clone(raw)
			if len(raw) > 0 {
				raw[(2*i+1)*len(raw)/64] ^= 1
			}
			return raw
		}) != nil {
			found++
		}
	}
	if found == 0 {
		s.t.Fatalf("the read-back finds none of 32 changed bits")
	}
}

func unzip(raw []byte) (map[string]string, error) {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, err
	}
	files := map[string]string{}
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			return nil, err
		}
		content, err := io.ReadAll(in)
		if err != nil {
			return nil, err
		}
		files[f.Name] = string(content)
	}
	return files, nil
}

func rezip(files map[string]string) ([]byte, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	var names []string
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		out, err := w.Create(name)
		if err == nil {
			_, err = io.WriteString(out, files[name])
		}
		if err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// withoutText goes round with --no-text: into a project that has the texts, and into
// one that has not.
func (s *suite) withoutText() {
	s.t.Helper()
	defer s.clear()
	for _, articles := range [][]*format.Article{findable(), Nasty()} {
		store := project(s.t, articles)
		o := s.exportOptions(s.t, store, s.path())
		o.NoText = true
		m := s.export(s.t, store, o)
		for name, raw := range files(s.t, o.Out) {
			if bytes.Contains(raw, []byte(beast)) || bytes.Contains(raw, []byte("Merkel said")) {
				s.t.Fatalf("an export without the text has words of it in %s", name)
			}
		}
		without := make([]*format.Article, len(articles))
		for i, a := range articles {
			bare := *a
			bare.Sets = nil
			without[i] = &bare
		}
		second := project(s.t, without)
		s.importInto(s.t, second, o.Out, 2, o)
		source, back := s.source(s.t, store, m), s.view(s.t, &viewer{}, second)
		for _, kind := range []Kind{Spans, Relations, Attributes, Notes} {
			if s.c.Holds[kind] != Whole {
				continue
			}
			if lost := missing(source, back, kind, true); lost.sure > 0 {
				s.t.Fatalf("without the text %d %s do not come back: %q\n%s", lost.sure, kind, lost.examples, s.show(o.Out))
			}
			if found := missing(back, source, kind, true); found.all > 0 {
				s.t.Fatalf("without the text %s come back that were not there: %q\n%s", kind, found.examples, s.show(o.Out))
			}
		}
		if r := s.importInto(s.t, empty(), o.Out, 3, o); r.Added.Articles != 0 || r.LeftOut == 0 {
			s.t.Fatalf("an export without the text gave %d articles to a project without them, and %d were told as left out", r.Added.Articles, r.LeftOut)
		}
	}
}

// splits writes the parts of a split apart: all of them together are the project.
func (s *suite) splits() {
	s.t.Helper()
	defer s.clear()
	store := project(s.t, Nasty())
	o := s.exportOptions(s.t, store, strings.TrimSuffix(s.path(), s.f.Extension(s.c.Options)))
	o.Split = &format.SplitOptions{Parts: []split.Part{{Name: "train", Share: 0.5}, {Name: "test", Share: 0.5}}, Seed: 3}
	m := s.export(s.t, store, o)
	s.sameTwice(s.t, store, o)
	if !s.f.Reads() {
		return
	}
	second := empty()
	s.importInto(s.t, second, o.Out, 2, o)
	source, back := s.source(s.t, store, m), s.view(s.t, &viewer{}, second)
	told := 0
	for _, l := range m.Losses {
		if kind, own := s.c.Lost[l.Kind]; kind == Spans || !own && losses[l.Kind] == Spans {
			told += l.Count
		}
	}
	if lost := missing(source, back, Articles, true); lost.all > 0 && s.c.Holds[Articles] == Whole {
		s.t.Fatalf("of a split export %d articles do not come back: %q\n%s", lost.all, lost.examples, s.show(o.Out))
	}
	if lost := missing(source, back, Spans, true); s.c.Holds[Spans] != None && lost.sure > told {
		s.t.Fatalf("of a split export %d spans do not come back, and %d are told: %q\n%s", lost.sure, told, lost.examples, s.show(o.Out))
	}
}
