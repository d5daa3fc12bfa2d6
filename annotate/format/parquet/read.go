package parquet

import (
	"context"
	"errors"
	"io"
	"iter"
	"os"

	"lede/annotate/format"
	"lede/annotate/format/parquetfile"
	"lede/annotate/format/rows"
)

// open opens a file of a source.
func open(src format.Source) (*parquetfile.Reader, io.Closer, error) {
	in, err := src.Open()
	if err != nil {
		return nil, nil, err
	}
	f, ok := in.(*os.File)
	if !ok {
		_ = in.Close()
		return nil, nil, format.Refuse(src.At(0), "Unpack it first.", "Parquet is read from files only")
	}
	info, err := f.Stat()
	var r *parquetfile.Reader
	if err == nil {
		r, err = parquetfile.Open(f, info.Size(), src.At(0))
	}
	if err != nil {
		_ = f.Close()
		return nil, nil, err
	}
	return r, f, nil
}

func columnsOf(src format.Source, _ format.Settings) ([]string, error) {
	if src.Dir {
		return nil, nil
	}
	r, f, err := open(src)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	defer r.Close()
	return r.Columns(), nil
}

func read(ctx context.Context, src format.Source, s format.Settings) iter.Seq2[*format.Article, error] {
	if src.Dir {
		return readFolder(ctx, src)
	}
	return func(yield func(*format.Article, error) bool) {
		r, f, err := open(src)
		if err != nil {
			yield(nil, err)
			return
		}
		defer func() { _ = f.Close() }()
		defer r.Close()
		one := &single{r: r, columns: r.Columns()}
		ended := false
		give := func(a *format.Article, err error) bool {
			ended = !yield(a, err) || err != nil
			return !ended
		}
		tables, own, err := rows.Choose(src, s, &rows.Input{Columns: one.columns, Next: one.next})
		switch {
		case err != nil:
			yield(nil, err)
			return
		case own:
			tables.Read(ctx, src)(give)
		default:
			one.articles(ctx, src, s, give)
		}
		if one.binary > 0 && !ended {
			yield(format.LeftOut(src.At(0), "cells", "values that are no text, such as pictures", one.binary, src.Name), nil)
		}
	}
}

// single is a table of others.
type single struct {
	r       *parquetfile.Reader
	columns []string
	cells   []rows.Cell
	binary  int
}

func (t *single) next() ([]rows.Cell, format.Place, error) {
	values, err := t.r.Next()
	if err != nil {
		return nil, t.r.Place(), err
	}
	t.cells = t.cells[:0]
	for _, v := range values {
		c, binary := parquetfile.Cell(v)
		if binary {
			t.binary++
		}
		t.cells = append(t.cells, c)
	}
	return t.cells, t.r.Place(), nil
}

// articles makes an article of each row.
func (t *single) articles(ctx context.Context, src format.Source, s format.Settings, yield func(*format.Article, error) bool) {
	plan, err := src.Columns.Plan(src.At(0), t.columns, s["text-column"])
	for err == nil {
		var cells []rows.Cell
		var at format.Place
		if cells, at, err = t.next(); err == nil {
			err = ctx.Err()
		}
		if errors.Is(err, io.EOF) {
			return
		}
		if err == nil && !yield(rows.Planned(plan, cells, at), nil) {
			return
		}
	}
	yield(nil, err)
}
