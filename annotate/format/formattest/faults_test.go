package formattest_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"iter"
	"os"
	"runtime"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/formattest"
	_ "lede/annotate/format/jsonl"
)

func TestMain(m *testing.M) {
	flag.Parse()
	// Planted faults make drawn cases fail on purpose: no files about them.
	for name, value := range map[string]string{"rapid.nofailfile": "true", "rapid.checks": "20", "rapid.shrinktime": "1s"} {
		if err := flag.Set(name, value); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

// recorder is a testing.TB whose failure is only noted.
type recorder struct {
	testing.TB
	failed bool
	said   string
}

func (r *recorder) Helper()                      {}
func (r *recorder) Name() string                 { return "Planted" }
func (r *recorder) Log(...any)                   {}
func (r *recorder) Logf(string, ...any)          {}
func (r *recorder) Fail()                        { r.failed = true }
func (r *recorder) Failed() bool                 { return r.failed }
func (r *recorder) FailNow()                     { r.failed = true; runtime.Goexit() }
func (r *recorder) Error(args ...any)            { r.said += fmt.Sprint(args...); r.Fail() }
func (r *recorder) Errorf(s string, args ...any) { r.said += fmt.Sprintf(s, args...); r.Fail() }
func (r *recorder) Fatal(args ...any)            { r.said += fmt.Sprint(args...); r.FailNow() }
func (r *recorder) Fatalf(s string, args ...any) { r.said += fmt.Sprintf(s, args...); r.FailNow() }

// said runs the suite and returns what it objects to, "" for nothing.
func said(t *testing.T, name string, c formattest.Case) string {
	r := &recorder{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		formattest.Conform(r, name, c)
	}()
	<-done
	if !r.failed {
		return ""
	}
	return "failed: " + r.said
}

func sound() formattest.Case {
	holds := map[formattest.Kind]formattest.Grade{}
	for _, k := range []formattest.Kind{formattest.Refs, formattest.Facts, formattest.Status, formattest.Flags, formattest.SetNotes, formattest.Fields, formattest.Spans, formattest.Relations, formattest.Attributes, formattest.Entities, formattest.Notes, formattest.Origins, formattest.IDs, formattest.Accepted} {
		holds[k] = formattest.Whole
	}
	return formattest.Case{Names: true, Holds: holds}
}

// broken registers jsonl under another name, with something wrong.
func broken(name string, spoil func(f *format.Format)) string {
	good, err := format.Lookup("jsonl")
	if err != nil {
		panic(err)
	}
	f := *good
	f.Name = "broken-" + name
	f.Detect = nil
	spoil(&f)
	format.Register(&f)
	return f.Name
}

// each changes a copy of every set that goes out.
func each(change func(a *format.Article, s *format.Set, job *format.Job)) func(f *format.Format) {
	return func(f *format.Format) {
		fit := f.Fit
		f.Fit = func(a *format.Article, job *format.Job) *format.Article {
			fitted := *fit(a, job)
			fitted.Sets = append([]format.Set(nil), fitted.Sets...)
			for i := range fitted.Sets {
				s := &fitted.Sets[i]
				s.Spans = append([]format.Span(nil), s.Spans...)
				change(a, s, job)
			}
			return &fitted
		}
	}
}

// reading changes every article that is read.
func reading(change func(a *format.Article)) func(f *format.Format) {
	return func(f *format.Format) {
		read := f.Read
		f.Read = func(ctx context.Context, src format.Source, s format.Settings) iter.Seq2[*format.Article, error] {
			return func(yield func(*format.Article, error) bool) {
				for a, err := range read(ctx, src, s) {
					if err == nil {
						change(a)
					}
					if !yield(a, err) {
						return
					}
				}
			}
		}
	}
}

// spans changes every span that is read.
func spans(change func(s *format.Span)) func(f *format.Format) {
	return reading(func(a *format.Article) {
		for i := range a.Sets {
			for k := range a.Sets[i].Spans {
				change(&a.Sets[i].Spans[k])
			}
		}
	})
}

func lastSpan(s *format.Set) bool {
	if len(s.Spans) == 0 {
		return false
	}
	gone := s.Spans[len(s.Spans)-1].ID
	s.Spans = s.Spans[:len(s.Spans)-1]
	s.Relations, _ = format.WithoutSpans(s.Relations, map[string]bool{gone: true})
	return true
}

var exports int

var faults = []struct {
	name  string
	want  string // in what the suite says
	spoil func(f *format.Format)
	holds func(c *formattest.Case)
}{
	{"drops", "spans: the format says that it holds all", each(func(_ *format.Article, s *format.Set, _ *format.Job) { lastSpan(s) }), nil},
	{"untold", "spans: something was lost and not told", each(func(_ *format.Article, s *format.Set, _ *format.Job) { lastSpan(s) }), func(c *formattest.Case) {
		c.Holds[formattest.Spans], c.Holds[formattest.Relations] = formattest.Part, formattest.Part
	}},
	{"told too often", "spans: something was told as lost", each(func(a *format.Article, s *format.Set, j *format.Job) {
		if lastSpan(s) {
			j.Lose("spans", "spans", 1000, a.Ref)
		}
	}), func(c *formattest.Case) {
		c.Holds[formattest.Spans], c.Holds[formattest.Relations] = formattest.Part, formattest.Part
	}},
	{"told for nothing", "notes: something was told as lost", each(func(a *format.Article, s *format.Set, j *format.Job) {
		j.Lose("notes", "notes", 1, a.Ref)
	}), func(c *formattest.Case) { c.Holds[formattest.Notes] = formattest.Part }},
	{"unknown", "tells of \"odd\"", each(func(a *format.Article, s *format.Set, j *format.Job) { j.Lose("odd", "odd things", 1, a.Ref) }), nil},
	{"forgets notes", "notes: the format says", spans(func(s *format.Span) { s.Note = "" }), nil},
	{"forgets notes untold", "notes: something was lost", spans(func(s *format.Span) { s.Note = "" }), func(c *formattest.Case) { c.Holds[formattest.Notes] = formattest.None }},
	{"forgets attributes", "attributes: the format says", spans(func(s *format.Span) { delete(s.Attributes, "sure") }), nil},
	{"invents", "attributes: something came back that was not there", spans(func(s *format.Span) {
		if s.Attributes == nil {
			s.Attributes = annotate.Values{}
		}
		s.Attributes["made"] = []byte("1")
	}), func(c *formattest.Case) { c.Holds[formattest.Attributes] = formattest.Part }},
	{"moves", "spans: the format says", spans(func(s *format.Span) {
		s.HasText = false
		if s.Fragments[0].Start > 0 {
			s.Fragments[0].Start--
		}
	}), nil},
	{"joins fragments", "spans: the format says", spans(func(s *format.Span) {
		s.HasText = false
		s.Fragments[0].End = s.Fragments[len(s.Fragments)-1].End
		s.Fragments = s.Fragments[:1]
	}), nil},
	{"renames", "spans: the format says", spans(func(s *format.Span) { s.Label = strings.ReplaceAll(s.Label, " ", "_") }), nil},
	{"forgets relations", "relations: the format says", reading(func(a *format.Article) {
		for i := range a.Sets {
			a.Sets[i].Relations = nil
		}
	}), nil},
	{"forgets people", "came back", reading(func(a *format.Article) {
		if len(a.Sets) > 1 {
			a.Sets = a.Sets[1:]
		}
	}), func(c *formattest.Case) { c.Holds = map[formattest.Kind]formattest.Grade{} }},
	{"forgets titles", "facts: the format says", reading(func(a *format.Article) { a.Title = "" }), nil},
	{"forgets articles", "articles: something was lost", func(f *format.Format) {
		read := f.Read
		f.Read = func(ctx context.Context, src format.Source, s format.Settings) iter.Seq2[*format.Article, error] {
			return func(yield func(*format.Article, error) bool) {
				for a, err := range read(ctx, src, s) {
					if err == nil && a.Ref == "plain" {
						continue
					}
					if !yield(a, err) {
						return
					}
				}
			}
		}
	}, nil},
	{"changes texts", "articles: something was lost", reading(func(a *format.Article) { a.Text = strings.ReplaceAll(a.Text, "No spans", "No  spans") }), nil},
	{"other bytes", "has other bytes", func(f *format.Format) {
		write := f.Write
		f.Write = func(out format.Target, job *format.Job) (format.Writer, error) {
			exports++
			return write(ending{out, strings.Repeat(" ", exports) + "\n"}, job)
		}
		f.ReadBack = func(format.OpenFunc, *format.Expectations, *format.Job) error { return nil }
	}, nil},
	{"no read-back", "does not read back", func(f *format.Format) { f.ReadBack = nil }, nil},
	{"blind", "does not find another text", func(f *format.Format) {
		f.ReadBack = func(open format.OpenFunc, _ *format.Expectations, _ *format.Job) error {
			in, err := open("")
			if err != nil {
				return err
			}
			return in.Close()
		}
	}, nil},
	{"half blind", "does not find another start", func(f *format.Format) {
		f.ReadBack = func(open format.OpenFunc, want *format.Expectations, _ *format.Job) error {
			in, err := open("")
			if err != nil {
				return err
			}
			raw, err := io.ReadAll(in)
			if err != nil {
				return err
			}
			x, err := want.Next()
			if err != nil {
				return in.Close() // an export of nothing
			}
			for _, s := range x.Spans {
				if x.Ref != "first" {
					break // only of the project with planted faults
				}
				if !bytes.Contains(raw, []byte(s.Label)) || !bytes.Contains(raw, []byte(strings.Join(s.Quotes, " "))) && len(x.Spans) == 3 {
					return errors.New("not there.")
				}
			}
			if len(raw) > 0 && raw[len(raw)-1] != '\n' {
				return errors.New("cut.")
			}
			return in.Close()
		}
	}, nil},
	{"panics", "panic", func(f *format.Format) {
		read := f.Read
		f.Read = func(ctx context.Context, src format.Source, s format.Settings) iter.Seq2[*format.Article, error] {
			if raw, _ := src.ReadAll(); len(raw) == 1 && raw[0] == 0 {
				panic("a NUL")
			}
			return read(ctx, src, s)
		}
	}, nil},
	{"no sentence", "no sentence", func(f *format.Format) {
		read := f.Read
		f.Read = func(ctx context.Context, src format.Source, s format.Settings) iter.Seq2[*format.Article, error] {
			if raw, _ := src.ReadAll(); len(raw) == 1 && raw[0] == 0 {
				return func(yield func(*format.Article, error) bool) { yield(nil, errors.New("EOF")) }
			}
			return read(ctx, src, s)
		}
	}, nil},
	{"cannot be stopped", "a cancelled", func(f *format.Format) {
		read := f.Read
		f.Read = func(ctx context.Context, src format.Source, s format.Settings) iter.Seq2[*format.Article, error] {
			if ctx.Err() == nil {
				return read(ctx, src, s)
			}
			return func(yield func(*format.Article, error) bool) { yield(nil, errors.New("something else.")) }
		}
	}, nil},
	{"leaks", "without the text has words", func(f *format.Format) {
		fit := f.Fit
		f.Fit = func(a *format.Article, job *format.Job) *format.Article {
			fitted := *fit(a, job)
			if job.NoText {
				fitted.Title = "Zebrafisch"
			}
			return &fitted
		}
	}, nil},
}

// ending adds something to the end of each file.
type ending struct {
	format.Target
	more string
}

func (e ending) Create(name string) (io.WriteCloser, error) {
	w, err := e.Target.Create(name)
	return closer{w, e.more}, err
}

type closer struct {
	io.WriteCloser
	more string
}

func (c closer) Close() error {
	_, err := io.WriteString(c.WriteCloser, c.more)
	return errors.Join(err, c.WriteCloser.Close())
}

func TestSoundFormatPasses(t *testing.T) {
	if s := said(t, "jsonl", sound()); s != "" {
		t.Error(s)
	}
}

func TestPlantedFaults(t *testing.T) {
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			c := sound()
			if f.holds != nil {
				f.holds(&c)
			}
			if s := said(t, broken(strings.ReplaceAll(f.name, " ", "-"), f.spoil), c); !strings.Contains(s, f.want) {
				t.Errorf("the suite should say %q, but says: %.1500s", f.want, s)
			}
		})
	}
}
