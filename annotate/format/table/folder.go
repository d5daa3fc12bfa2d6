package table

import (
	"context"
	"errors"
	"io"
	"iter"
	"slices"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/rows"
)

// tableNames are the files of an export of several tables.
var tableNames = []string{rows.ArticlesTable, rows.SpansTable, rows.RelationsTable}

// detectFolder knows an export of several tables by its files.
func detectFolder(s format.Sample, k kind) int {
	for _, ext := range k.extensions {
		if slices.Contains(s.Files, rows.SpansTable+ext) && slices.Contains(s.Files, rows.RelationsTable+ext) {
			return 90
		}
	}
	return 0
}

// readFolder reads an export of several tables.
func readFolder(ctx context.Context, src format.Source, s format.Settings, k kind) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		files, err := format.Walk(src)
		if err != nil {
			yield(nil, err)
			return
		}
		var closers []io.Closer
		defer func() {
			for _, c := range closers {
				_ = c.Close()
			}
		}()
		all := rows.Tables{Unescape: s.Yes("escape")}
		inputs := map[string]**rows.Input{rows.ArticlesTable: &all.Articles, rows.SpansTable: &all.Spans, rows.RelationsTable: &all.Relations}
		for _, rel := range files {
			name, ext := cutExtension(rel)
			file := src.File(rel)
			if !slices.Contains(tableNames, name) || !slices.Contains(k.extensions, ext) || *inputs[name] != nil {
				if !yield(format.LeftOut(file.At(0), "files", "not read, because their folder was taken as tables that belong together", 1, file.Name), nil) {
					return
				}
				continue
			}
			t := &table{src: file}
			in, err := file.Text()
			if err == nil {
				closers = append(closers, in)
				err = t.begin(in, s, k)
			}
			if err != nil {
				yield(nil, err)
				return
			}
			*inputs[name] = t.input()
		}
		if all.Spans == nil {
			yield(nil, format.Refuse(src.At(0), "Give the files themselves.", "the folder has no file %s", rows.SpansTable+k.extensions[0]))
			return
		}
		all.Read(ctx, src)(yield)
	}
}

func cutExtension(name string) (stem, ext string) {
	i := strings.LastIndexByte(name, '.')
	if i < 0 {
		return name, ""
	}
	return name[:i], strings.ToLower(name[i:])
}

// input is the table as package rows reads it.
func (t *table) input() *rows.Input {
	var cells []rows.Cell
	return &rows.Input{Columns: t.header, Next: func() ([]rows.Cell, format.Place, error) {
		texts, line, err := t.next()
		if err != nil {
			return nil, t.src.At(0), err
		}
		cells = cells[:0]
		for _, s := range texts {
			cells = append(cells, rows.TextCell(strings.Clone(s)))
		}
		return cells, t.src.At(line), nil
	}}
}

var errLongRow = errors.New("row too long")

// limit ends the reading of a row that is too long: a quote that never ends would
// make one of the rest of the file.
type limit struct {
	in   io.Reader
	left int
}

func (l *limit) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, errLongRow
	}
	n, err := l.in.Read(p)
	l.left -= n
	return n, err
}
