package rows

import (
	"context"
	"errors"
	"io"
	"iter"
	"slices"
	"strings"

	"lede/annotate/format"
)

// Input is a table that is read.
type Input struct {
	Columns []string
	// Next is the next row, good until the one after; io.EOF behind the last.
	Next func() ([]Cell, format.Place, error)
}

// Tables are the tables of one export that are read together. Spans is there if
// Articles is not.
type Tables struct {
	Articles, Spans, Relations *Input
	Unescape                   bool
}

// Read makes articles of tables: those of the table of articles, else those that the
// spans name. The rows of all tables are in the order of the first.
func (t Tables) Read(ctx context.Context, src format.Source) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		for _, in := range []*Input{t.Articles, t.Spans, t.Relations} {
			if in != nil && t.Unescape {
				in.Columns = slices.Clone(in.Columns)
				for i, c := range in.Columns {
					in.Columns[i] = Unescape(c)
				}
			}
		}
		spans := t.feed(src, t.Spans, SpansTable)
		relations := t.feed(src, t.Relations, RelationsTable)
		stopped := false
		give := func(a *format.Article) error {
			err := ctx.Err()
			for i := range a.Sets {
				if err == nil {
					err = relations.relations(a.Ref, &a.Sets[i])
				}
			}
			if err == nil && !yield(a, nil) {
				stopped, err = true, io.EOF
			}
			return err
		}
		var err error
		if t.Articles != nil {
			err = t.articles(src, spans, give)
		} else {
			err = spans.articles(give)
		}
		if err == nil {
			err = relations.nothingLeft()
		}
		if err == nil {
			err = spans.nothingLeft()
		}
		if err != nil && !stopped {
			yield(nil, err)
		}
	}
}

// articles reads the table of articles with their spans.
func (t Tables) articles(src format.Source, spans *feed, give func(*format.Article) error) error {
	own := OwnArticles(src, t.Articles.Columns)
	if own == nil {
		return format.Refuse(src.At(1), hint, "the table of articles is not one that Lede wrote")
	}
	own.typed.unescape = t.Unescape
	for {
		cells, at, err := t.Articles.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		a, err := own.Row(cells, at)
		if err != nil {
			return err
		}
		for i := range a.Sets {
			if err := spans.spans(a.Ref, &a.Sets[i]); err != nil {
				return err
			}
		}
		if err := give(a); err != nil {
			return err
		}
	}
}

// feed is a table of which the next row is looked at before it is taken.
type feed struct {
	in    *Input
	d     *Decoder
	cells []Cell
	at    format.Place
	ready bool
	done  bool
}

func (t Tables) feed(src format.Source, in *Input, table string) *feed {
	if in == nil {
		return &feed{done: true}
	}
	return &feed{in: in, d: newDecoder(src, in.Columns, t.Unescape, table)}
}

// next makes the next row ready; false behind the last.
func (f *feed) next() (bool, error) {
	if f.ready || f.done {
		return f.ready, nil
	}
	var err error
	if f.cells, f.at, err = f.in.Next(); errors.Is(err, io.EOF) {
		f.done = true
		return false, nil
	}
	f.ready = err == nil
	return f.ready, err
}

// each uses the rows of an annotator and article.
func (f *feed) each(ref, annotator string, use func() error) error {
	for {
		ok, err := f.next()
		if err != nil || !ok || f.d.cell(f.cells, "doc_id").Text != ref || f.d.cell(f.cells, "annotator").Text != annotator {
			return err
		}
		f.ready = false
		if err := use(); err != nil {
			return err
		}
	}
}

// spans takes the spans of a set.
func (f *feed) spans(ref string, s *format.Set) error {
	return f.each(ref, s.Annotator, func() error { return f.d.span(s, f.cells, f.at) })
}

// relations takes the relations of a set.
func (f *feed) relations(ref string, s *format.Set) error {
	return f.each(ref, s.Annotator, func() error {
		get := func(name string) string { return f.d.cell(f.cells, name).Text }
		r := format.Relation{Place: f.at, ID: get("relation_id"), Type: get("type"), From: get("from_id"), To: get("to_id"), Note: get("note")}
		var err error
		r.Attributes, err = f.d.values(f.cells, Attributes, f.at)
		s.Relations = append(s.Relations, r)
		return err
	})
}

// articles makes articles of the spans alone.
func (f *feed) articles(give func(*format.Article) error) error {
	for {
		ok, err := f.next()
		if err != nil {
			return err
		}
		if !ok {
			break
		}
		f.ready = false
		a, err := f.d.Row(f.cells, f.at)
		if err == nil && a != nil {
			err = give(a)
		}
		if err != nil {
			return err
		}
	}
	if last := f.d.End(); last != nil {
		return give(last)
	}
	return nil
}

// nothingLeft refuses a row that belongs to no article before it.
func (f *feed) nothingLeft() error {
	for {
		ok, err := f.next()
		if err != nil || !ok {
			return err
		}
		if ref := f.d.cell(f.cells, "doc_id").Text; ref != "" {
			return format.Refuse(f.at, "Sort all tables by doc_id and annotator in the same way.",
				"the row is of article %q and annotator %q, which the other table has not, or elsewhere", ref, f.d.cell(f.cells, "annotator").Text)
		}
		f.ready = false // a row of empty cells
	}
}

// Choose says whether a table is read as one of spans or of articles that Lede wrote:
// because the option rows says so, or else by its columns. A table whose columns the
// person told is one of articles.
func Choose(src format.Source, s format.Settings, in *Input) (t Tables, own bool, err error) {
	t.Unescape = s.Yes("escape")
	told := len(src.Columns) > 0 || s["text-column"] != ""
	switch wanted := s["rows"]; {
	case wanted == "spans" && !IsSpans(in.Columns):
		return t, false, format.Refuse(src.At(1), hint, "a table of spans has columns doc_id, start, end and label; here they are %s", strings.Join(in.Columns, ", "))
	case wanted == "spans", wanted != "articles" && !told && IsSpans(in.Columns):
		t.Spans = in
	case !told && OwnArticles(src, in.Columns) != nil:
		t.Articles = in
	default:
		return t, false, nil
	}
	return t, true, nil
}
