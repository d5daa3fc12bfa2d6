package roles

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"

	"lede/annotate/format"
)

// ReadBack reads the rows with encoding/csv and compares each mention in them with
// what should be there, by its place in the text.
func (t *Table) ReadBack(open format.OpenFunc, want *format.Expectations) error {
	rows, err := Open(open, t.Header())
	if err != nil {
		return err
	}
	defer rows.Close()
	for {
		expected, err := want.Next()
		if errors.Is(err, io.EOF) {
			return rows.end()
		}
		if err != nil {
			return err
		}
		if err := t.compare(rows, expected); err != nil {
			return err
		}
	}
}

// compare takes the rows of an article and annotator.
func (t *Table) compare(rows *Rows, expected *format.Expected) error {
	places := map[string]string{} // what stands there
	hubs := map[string]string{}   // label by id
	for rows.next("article") == expected.Ref && rows.next("annotator") == expected.Annotator && !rows.done {
		row, at := rows.row, rows.at
		hubs[row[t.ID]] = row["label"]
		if err := t.mentions(row, at, places); err != nil {
			return err
		}
		if err := rows.read(); err != nil {
			return err
		}
	}
	n := 0
	for _, s := range expected.Spans {
		place := Place(s.Fragments)
		text, ok := places[place]
		switch {
		case !ok:
			return format.Mismatch(rows.at, "the span at %s of article %s (%s) stands in no row", place, expected.Ref, s.Label)
		case !t.noText && text != strings.Join(s.Quotes, " "):
			return format.Mismatch(rows.at, "at %s of article %s stands %q there and %q in the project", place, expected.Ref, text, strings.Join(s.Quotes, " "))
		}
		if t.Labels.Has(s.Label) {
			n++
		}
	}
	if n != len(hubs) {
		return format.Mismatch(rows.at, "article %s of %q has %d rows' worth of %ss there and %d in the project", expected.Ref, expected.Annotator, len(hubs), t.What, n)
	}
	for place, text := range places {
		if !slices.ContainsFunc(expected.Spans, func(s format.ExpectedSpan) bool { return Place(s.Fragments) == place }) {
			return format.Mismatch(rows.at, "%q at %s of article %s is no span of the project", text, place, expected.Ref)
		}
	}
	return nil
}

// mentions collects the texts of a row by their places.
func (t *Table) mentions(row map[string]string, at format.Place, places map[string]string) error {
	put := func(text, place string) error {
		if before, there := places[place]; there && before != text {
			return format.Mismatch(at, "at %s stand both %q and %q", place, before, text)
		}
		places[place] = text
		return nil
	}
	if err := put(row[t.Hub], row[t.Hub+"_at"]); err != nil {
		return err
	}
	for _, r := range t.Roles {
		texts, ats := []string{row[r.Name]}, []string{row[r.Name+"_at"]}
		if !r.Each {
			texts, ats = Split(row[r.Name]), Split(row[r.Name+"_at"])
		} else if ats[0] == "" {
			continue
		}
		if t.noText {
			texts = make([]string, len(ats))
		}
		if len(texts) != len(ats) {
			return format.Mismatch(at, "%s has %d texts and %d places", r.Name, len(texts), len(ats))
		}
		for i := range ats {
			if err := put(texts[i], ats[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// Rows are the rows of a table as they are read back.
type Rows struct {
	at     format.Place
	row    map[string]string // the next one, by column
	done   bool
	header []string
	csv    *csv.Reader
	file   io.Closer
}

// Open opens the table that was written; its header must be as it should be.
func Open(open format.OpenFunc, header []string) (*Rows, error) {
	f, err := open("")
	if err != nil {
		return nil, err
	}
	r := &Rows{at: format.Place{File: "row", Line: 1}, header: header, csv: csv.NewReader(f), file: f}
	r.csv.FieldsPerRecord = len(header)
	got, err := r.csv.Read()
	if err == nil {
		got[0] = strings.TrimPrefix(got[0], bom)
	}
	if err != nil || !slices.Equal(got, header) {
		r.Close()
		return nil, format.Mismatch(r.at, "the columns are %q", got)
	}
	return r, r.read()
}

// Close ends the reading.
func (r *Rows) Close() { _ = r.file.Close() } // it was only read

func (r *Rows) read() error {
	cells, err := r.csv.Read()
	if errors.Is(err, io.EOF) {
		r.done = true
		return nil
	}
	r.at.Line++
	if err != nil {
		return format.Mismatch(r.at, "it is no row (%s)", err)
	}
	r.row = map[string]string{}
	for i, name := range r.header {
		r.row[name] = cells[i]
	}
	return nil
}

// Next is the next row by column, nil at the end.
func (r *Rows) Next() (map[string]string, format.Place, error) {
	if r.done {
		return nil, r.at, nil
	}
	row, at := r.row, r.at
	return row, at, r.read()
}

func (r *Rows) next(column string) string { return r.row[column] }

func (r *Rows) end() error {
	if !r.done {
		return format.Mismatch(r.at, "there are more rows than the project has")
	}
	return nil
}
