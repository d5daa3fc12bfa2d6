package xlsx

import (
	"errors"
	"io"
	"os"

	"lede/annotate/format"
	"lede/annotate/format/rows"
)

// readBack reads the sheets with the reader of workbooks.
func readBack(open format.OpenFunc, want *format.Expectations, job *format.Job) error {
	path, err := copied(open)
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(path) }()
	b, err := openBook(format.Source{Path: path, Name: "workbook", Rel: "workbook"})
	if err != nil {
		return format.Mismatch(format.Place{File: "workbook"}, "it cannot be read (%v)", err)
	}
	defer b.close()
	layout := layoutOf(job)
	var opened []*table
	defer func() {
		for _, t := range opened {
			t.close()
		}
	}()
	begin := func(wanted bool, name string) *rows.ReadBackTable {
		if !wanted || err != nil {
			return nil
		}
		var list []sheetRef
		for _, s := range b.sheets {
			if s.name == name || len(s.name) > len(name) && s.name[:len(name)+1] == name+"_" {
				list = append(list, s)
			}
		}
		if len(list) == 0 {
			err = format.Mismatch(format.Place{File: "workbook"}, "there is no sheet %s", name)
			return nil
		}
		var t *table
		if t, err = b.table(list[0], list[1:]); err != nil {
			return nil
		}
		opened = append(opened, t)
		return backTable(t, job.Settings.Yes("escape"))
	}
	tables := rows.ReadBackTables{
		Articles: begin(layout.Articles, rows.ArticlesTable), Spans: begin(layout.Spans, rows.SpansTable), Relations: begin(layout.Relations, rows.RelationsTable),
	}
	if err != nil {
		return err
	}
	return layout.ReadBack(tables, want)
}

func backTable(t *table, escaped bool) *rows.ReadBackTable {
	plain := func(c rows.Cell) string {
		if escaped && c.Kind == rows.Text {
			return rows.Unescape(c.Text)
		}
		return c.Text
	}
	header := make([]string, len(t.columns))
	for i, c := range t.columns {
		header[i] = plain(rows.TextCell(c))
	}
	return &rows.ReadBackTable{Header: header, Cut: maxUnits - 1, Next: func() ([]string, format.Place, error) {
		cells, err := t.row()
		at := t.place()
		if err != nil && !errors.Is(err, io.EOF) {
			err = format.Mismatch(at, "a row cannot be read (%v)", err)
		}
		row := make([]string, len(header))
		for i, c := range cells {
			if i < len(row) {
				row[i] = plain(c)
			}
		}
		return row, at, err
	}}
}

// copied is the workbook as a file of its own: zip files are read from their end.
func copied(open format.OpenFunc) (string, error) {
	in, err := open("")
	if err != nil {
		return "", err
	}
	defer func() { _ = in.Close() }()
	f, err := os.CreateTemp("", "lede-workbook-*")
	if err != nil {
		return "", err
	}
	_, err = io.Copy(f, in)
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return f.Name(), err
}
