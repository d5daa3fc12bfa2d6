package table

import (
	"cmp"
	"encoding/csv"
	"errors"
	"io"
	"path/filepath"
	"slices"

	"lede/annotate/format"
	"lede/annotate/format/rows"
)

// layoutOf is what tables a job has.
func layoutOf(job *format.Job) rows.Layout { return rows.ParseLayout(job.Settings, job.NoText) }

// asFile says that there is one table, which needs no folder.
func asFile(_ string, s format.Settings) bool { return rows.ParseLayout(s, false).Tables() == 1 }

func fit(a *format.Article, job *format.Job) *format.Article { return layoutOf(job).Fit(a, job) }

// writer collects the tables and writes each as a file when all rows are there.
type writer struct {
	*rows.Book
	k   kind
	out format.Target
	job *format.Job
}

func newWriter(out format.Target, job *format.Job, k kind) (format.Writer, error) {
	book, err := layoutOf(job).Begin(job)
	if err != nil {
		return nil, err
	}
	return &writer{book, k, out, job}, nil
}

// Close writes the tables.
func (w *writer) Close() error {
	var err error
	for _, t := range w.Tables() {
		name := ""
		if w.job.Folder {
			name = t.Name + w.k.extensions[0]
		}
		err = cmp.Or(err, w.table(t, name))
	}
	return cmp.Or(err, w.Remove())
}

func (w *writer) table(t *rows.Table, name string) error {
	out, err := w.out.Create(name)
	if err != nil {
		return err
	}
	if w.job.Settings.Yes("bom") {
		_, err = io.WriteString(out, "\uFEFF")
	}
	if err == nil {
		err = w.rows(t, out)
	}
	return cmp.Or(err, out.Close())
}

func (w *writer) rows(t *rows.Table, out io.Writer) error {
	table := csv.NewWriter(out)
	table.Comma = w.k.comma(w.job.Settings)
	escape := w.job.Settings.Yes("escape")
	columns := w.Columns(t)
	line := make([]string, len(columns))
	for i, c := range columns {
		if line[i] = c.Name; escape {
			line[i] = rows.Escape(c.Name)
		}
	}
	if err := table.Write(line); err != nil {
		return err
	}
	err := t.Each("", columns, func(cells []rows.Cell) error {
		for i, c := range cells {
			if line[i] = c.Plain(); escape {
				line[i] = rows.Escape(line[i])
			}
		}
		return table.Write(line)
	})
	table.Flush()
	return cmp.Or(err, table.Error())
}

// readBack reads the tables with the decoder of tables.
func readBack(open format.OpenFunc, want *format.Expectations, job *format.Job, k kind) error {
	layout := layoutOf(job)
	var closers []io.Closer
	defer func() {
		for _, c := range closers {
			_ = c.Close()
		}
	}()
	var err error
	begin := func(wanted bool, name string) *rows.ReadBackTable {
		if !wanted || err != nil {
			return nil
		}
		if !job.Folder {
			name = ""
		} else {
			name += k.extensions[0]
		}
		var in io.ReadCloser
		if in, err = open(name); err != nil {
			return nil
		}
		closers = append(closers, in)
		var t *rows.ReadBackTable
		t, err = readBackTable(in, name, job.Settings, k)
		return t
	}
	t := rows.ReadBackTables{
		Articles: begin(layout.Articles, rows.ArticlesTable), Spans: begin(layout.Spans, rows.SpansTable), Relations: begin(layout.Relations, rows.RelationsTable),
	}
	if err != nil {
		return err
	}
	return layout.ReadBack(t, want)
}

func readBackTable(in io.Reader, name string, s format.Settings, k kind) (*rows.ReadBackTable, error) {
	if s.Yes("bom") {
		mark := make([]byte, 3)
		if _, err := io.ReadFull(in, mark); err != nil || string(mark) != "\xEF\xBB\xBF" {
			return nil, format.Mismatch(format.Place{File: name}, "there is no byte order mark")
		}
	}
	plain := func(s string) string { return s }
	if s.Yes("escape") {
		plain = rows.Unescape
	}
	r := csv.NewReader(in)
	r.Comma = k.comma(s)
	row := func() ([]string, error) {
		cells, err := r.Read()
		for i := range cells {
			cells[i] = plain(cells[i])
		}
		return cells, err
	}
	head, err := row()
	if err != nil {
		return nil, format.Mismatch(format.Place{File: name}, "it has no header (%v)", err)
	}
	return &rows.ReadBackTable{Header: head, Next: func() ([]string, format.Place, error) {
		cells, err := row()
		at := format.Place{File: filepath.Base(name)}
		if err == nil {
			at.Line, _ = r.FieldPos(0)
		} else if !errors.Is(err, io.EOF) {
			err = format.Mismatch(at, "a row cannot be read (%v)", err)
		}
		return slices.Clone(cells), at, err
	}}, nil
}
