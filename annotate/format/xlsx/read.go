package xlsx

import (
	"context"
	"errors"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/rows"
)

// table is a sheet with a header; it goes on on further sheets.
type table struct {
	*rowReader
	more    []sheetRef
	columns []string
}

// begin reads the header: the first row with something in it.
func (b *book) table(s sheetRef, more []sheetRef) (*table, error) {
	r, err := b.rows(s)
	if err != nil {
		return nil, err
	}
	t := &table{rowReader: r, more: more}
	for len(t.columns) == 0 {
		cells, err := r.next()
		if errors.Is(err, io.EOF) {
			err = format.Refuse(r.place(), "The first row must name the columns.", "the sheet is empty")
		}
		if err != nil {
			r.close()
			return nil, err
		}
		for i, c := range cells {
			name := c.Plain()
			if strings.TrimSpace(name) == "" {
				name = "column" + strconv.Itoa(i+1)
			}
			if slices.Contains(t.columns, name) {
				r.close()
				return nil, format.Refuse(r.place(), "Rename one of them.", "two columns are called %q", name)
			}
			t.columns = append(t.columns, name)
		}
	}
	return t, nil
}

// row is the next row that is not empty.
func (t *table) row() ([]rows.Cell, error) {
	for {
		cells, err := t.next()
		if errors.Is(err, io.EOF) && len(t.more) > 0 {
			t.close()
			if t.rowReader, err = t.b.rows(t.more[0]); err != nil {
				return nil, err
			}
			t.more = t.more[1:]
			if _, err = t.next(); errors.Is(err, io.EOF) { // its header
				err = nil
			}
			if err == nil {
				continue
			}
		}
		if err != nil || len(cells) > 0 {
			return cells, err
		}
	}
}

// input is the sheet as package rows reads it.
func (t *table) input() *rows.Input {
	return &rows.Input{Columns: t.columns, Next: func() ([]rows.Cell, format.Place, error) {
		cells, err := t.row()
		return cells, t.place(), err
	}}
}

// choose finds the sheets to read: the one that was asked for, those that Lede wrote, or
// the first that can be seen.
func (b *book) choose(wanted string) (map[string][]sheetRef, error) {
	if wanted != "" {
		s, err := b.sheet(wanted)
		return map[string][]sheetRef{"": {s}}, err
	}
	own := map[string][]sheetRef{}
	for _, s := range b.sheets {
		stem, n, _ := strings.Cut(s.name, "_")
		if !slices.Contains([]string{rows.ArticlesTable, rows.SpansTable, rows.RelationsTable}, stem) {
			continue
		}
		if n == "" && len(own[stem]) == 0 || n == strconv.Itoa(len(own[stem])+1) {
			own[stem] = append(own[stem], s)
		}
	}
	if len(own[rows.SpansTable]) > 0 {
		return own, nil
	}
	first := b.sheets[0]
	if i := slices.IndexFunc(b.sheets, func(s sheetRef) bool { return !s.hidden }); i >= 0 {
		first = b.sheets[i]
	}
	if list := own[rows.ArticlesTable]; len(list) > 0 {
		return map[string][]sheetRef{"": list}, nil
	}
	return map[string][]sheetRef{"": {first}}, nil
}

func columnsOf(src format.Source, s format.Settings) ([]string, error) {
	b, err := openBook(src)
	if err != nil {
		return nil, err
	}
	defer b.close()
	sheets, err := b.choose(s["sheet"])
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"", rows.ArticlesTable, rows.SpansTable} {
		if list := sheets[name]; len(list) > 0 {
			t, err := b.table(list[0], nil)
			if err != nil {
				return nil, err
			}
			t.close()
			return t.columns, nil
		}
	}
	return nil, nil
}

func read(ctx context.Context, src format.Source, s format.Settings) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		b, err := openBook(src)
		if err != nil {
			yield(nil, err)
			return
		}
		defer b.close()
		tables := map[string]*table{}
		defer func() {
			for _, t := range tables {
				t.close()
			}
		}()
		sheets, err := b.choose(s["sheet"])
		for name, list := range sheets {
			if err == nil {
				var t *table
				if t, err = b.table(list[0], list[1:]); err == nil {
					tables[name] = t
				}
			}
		}
		if err != nil {
			yield(nil, err)
			return
		}
		if !b.tellOthers(sheets, yield) {
			return
		}
		ended := false
		b.articles(ctx, s, tables)(func(a *format.Article, err error) bool {
			ended = !yield(a, err) || err != nil
			return !ended
		})
		for _, name := range []string{"", rows.ArticlesTable, rows.SpansTable, rows.RelationsTable} {
			if t := tables[name]; t != nil && t.faulty > 0 && !ended {
				yield(format.LeftOut(t.place(), "cells", "cells with an error, such as #REF!, taken as empty", t.faulty, t.sheet.name), nil)
			}
		}
	}
}

// tellOthers tells of the sheets that are not read.
func (b *book) tellOthers(sheets map[string][]sheetRef, yield func(*format.Article, error) bool) bool {
	for _, s := range b.sheets {
		read := false
		for _, list := range sheets {
			read = read || slices.Contains(list, s)
		}
		if !read && !yield(format.LeftOut(b.src.At(0), "sheets", "sheets that were not read (--opt sheet=NAME reads another)", 1, s.name), nil) {
			return false
		}
	}
	return true
}

// articles makes articles of the tables.
func (b *book) articles(ctx context.Context, s format.Settings, tables map[string]*table) iter.Seq2[*format.Article, error] {
	input := func(name string) *rows.Input {
		if t := tables[name]; t != nil {
			return t.input()
		}
		return nil
	}
	one := tables[""]
	if one == nil {
		all := rows.Tables{Articles: input(rows.ArticlesTable), Spans: input(rows.SpansTable), Relations: input(rows.RelationsTable), Unescape: s.Yes("escape")}
		return all.Read(ctx, b.src)
	}
	return func(yield func(*format.Article, error) bool) {
		own, is, err := rows.Choose(b.src, s, one.input())
		if is {
			own.Read(ctx, b.src)(yield)
			return
		}
		var plan *format.ColumnPlan
		if err == nil {
			plan, err = b.src.Columns.Plan(one.place(), one.columns, s["text-column"])
		}
		for err == nil {
			var cells []rows.Cell
			if cells, err = one.row(); err == nil {
				err = ctx.Err()
			}
			if errors.Is(err, io.EOF) {
				return
			}
			if err == nil && !yield(rows.Planned(plan, cells, one.place()), nil) {
				return
			}
		}
		yield(nil, err)
	}
}
