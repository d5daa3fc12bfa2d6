package parquet

import (
	"errors"
	"io"
	"os"
	"path/filepath"

	"lede/annotate/format"
	"lede/annotate/format/rows"
	"lede/annotate/text"
)

// readBack reads the tables with the reader of folders and compares.
func readBack(openFile format.OpenFunc, want *format.Expectations, job *format.Job) error {
	files, _ := job.State.(written)
	dir, err := os.MkdirTemp("", "lede-parquet-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	f := &folder{src: format.Source{Path: dir, Name: job.Out, Dir: true}, parts: map[string][]*part{}}
	defer f.close()
	for _, table := range tables[:len(tables)-1] {
		for i, name := range files[table] {
			file, err := local(openFile, name, filepath.Join(dir, table+"-"+string(rune('a'+i%26))), i)
			if err == nil {
				file.Rel = name
				err = f.add(table, file)
			}
			if err != nil {
				return format.Mismatch(format.Place{File: name}, "it cannot be read (%v)", err)
			}
		}
	}
	for {
		a, err := f.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return format.Mismatch(format.Place{File: rows.ArticlesTable}, "a row cannot be read (%v)", err)
		}
		if err := compare(a, want, job); err != nil {
			return err
		}
	}
	if x, err := want.Next(); !errors.Is(err, io.EOF) {
		if err != nil {
			return err
		}
		return format.Mismatch(format.Place{File: rows.ArticlesTable}, "article %s is not there", x.Ref)
	}
	return nil
}

// local is a written file as a source; a file of the disk is not copied.
func local(open format.OpenFunc, name, path string, n int) (format.Source, error) {
	in, err := open(name)
	if err != nil {
		return format.Source{}, err
	}
	defer func() { _ = in.Close() }()
	if f, ok := in.(*os.File); ok {
		return format.Source{Path: f.Name(), Name: name}, nil
	}
	out, err := os.Create(path + string(rune('0'+n/26)))
	if err != nil {
		return format.Source{}, err
	}
	_, err = io.Copy(out, in)
	if closing := out.Close(); err == nil {
		err = closing
	}
	return format.Source{Path: out.Name(), Name: name}, err
}

// compare holds an article against what should be there, set by set.
func compare(a *format.Article, want *format.Expectations, job *format.Job) error {
	sets := a.Sets
	if len(sets) == 0 {
		sets = []format.Set{{}}
	}
	runes := []rune(a.Text)
	hash := a.Hash
	if !job.NoText {
		hash = text.SHA256(a.Text)
	}
	for _, s := range sets {
		x, err := want.Next()
		if errors.Is(err, io.EOF) {
			return format.Mismatch(a.Place, "article %s is there once too often", a.Ref)
		}
		if err != nil {
			return err
		}
		if x.Ref != a.Ref || x.Annotator != s.Annotator || x.Hash != hash {
			return format.Mismatch(a.Place, "it is article %q of %q, where %q of %q should be, or another text", a.Ref, s.Annotator, x.Ref, x.Annotator)
		}
		var got []format.ReadSpan
		for i, span := range s.Spans {
			r := format.ReadSpan{Label: span.Label}
			for _, f := range span.Fragments {
				switch {
				case job.NoText:
					r.Quotes = append(r.Quotes, x.QuoteAt(i, f.Start, f.End))
				case f.Start < 0 || f.Start >= f.End || f.End > len(runes):
					return format.Mismatch(span.Place, "span %d of article %s is outside the text", i+1, a.Ref)
				default:
					r.Quotes = append(r.Quotes, string(runes[f.Start:f.End]))
				}
			}
			got = append(got, r)
		}
		if err := x.Compare(a.Place, got); err != nil {
			return err
		}
	}
	return nil
}
