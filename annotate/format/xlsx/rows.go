package xlsx

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"lede/annotate/format"
	"lede/annotate/format/rows"
	"lede/annotate/format/xmlread"
)

// rowReader reads the rows of a sheet.
type rowReader struct {
	b      *book
	sheet  sheetRef
	r      *xmlread.Reader
	row    int // of the last one
	cells  []rows.Cell
	faulty int // cells that hold an error, such as #REF!
}

func (b *book) rows(s sheetRef) (*rowReader, error) {
	entry, ok := b.zip.Find(s.part)
	if !ok {
		return nil, format.Refuse(b.src.At(0), "Is the file whole?", "the sheet %q is not in it", s.name)
	}
	r, err := xmlread.Open(entry.Source())
	if err != nil {
		return nil, err
	}
	return &rowReader{b: b, sheet: s, r: r}, nil
}

func (r *rowReader) close() {
	if r != nil {
		_ = r.r.Close()
	}
}

// place is where a row is, as a person finds it in the spreadsheet.
func (r *rowReader) place() format.Place {
	return format.Place{File: r.b.src.Name + " (" + r.sheet.name + ")", Line: r.row}
}

// next is the next row with its cells up to the last that holds something; io.EOF
// behind the last.
func (r *rowReader) next() ([]rows.Cell, error) {
	for {
		t, err := r.r.Token()
		if err != nil {
			return nil, err // io.EOF among them
		}
		if end, ok := t.(xml.EndElement); ok && end.Name.Local == "sheetData" {
			return nil, io.EOF
		}
		if e, ok := start(t); ok && e.name == "row" {
			n, err := number(e.attr("r"), r.row+1, maxRows)
			if r.row = min(n, maxRows); err != nil {
				return nil, format.Refuse(r.place(), "Is the file whole?", "a row has the number %q", e.attr("r"))
			}
			return r.cellsOf()
		}
	}
}

// number is the number that an attribute gives, or the next one.
func number(s string, next, most int) (int, error) {
	if s == "" {
		return next, nil
	}
	n, err := strconv.Atoi(s)
	if err == nil && (n < 1 || n > most) {
		err = strconv.ErrRange
	}
	return n, err
}

// cellsOf reads the cells of the row that has begun.
func (r *rowReader) cellsOf() ([]rows.Cell, error) {
	r.cells = r.cells[:0]
	size, next := 0, 0
	for {
		t, err := r.r.Token()
		if err != nil {
			return nil, err
		}
		if end, ok := t.(xml.EndElement); ok && end.Name.Local == "row" {
			return r.cells, nil
		}
		e, ok := start(t)
		if !ok || e.name != "c" {
			continue
		}
		column, err := columnOf(e.attr("r"), next)
		if err != nil || column < next {
			return nil, format.Refuse(r.place(), "Is the file whole?", "a cell is called %q, out of turn", e.attr("r"))
		}
		cell, err := r.cell(e)
		if err != nil {
			return nil, err
		}
		if size += len(cell.Text); size > format.MaxLine {
			return nil, format.Refuse(r.place(), "", "the row is longer than %d MB", format.MaxLine>>20)
		}
		if next = column + 1; cell.Kind == rows.None {
			continue
		}
		for len(r.cells) < column {
			r.cells = append(r.cells, rows.Cell{})
		}
		r.cells = append(r.cells, cell)
	}
}

// columnOf is the column of a cell such as "AB12", from 0; next if it is not said.
func columnOf(ref string, next int) (int, error) {
	if ref == "" {
		return next, nil
	}
	n := 0
	for _, c := range ref {
		if c < 'A' || c > 'Z' {
			break
		}
		if n = n*26 + int(c-'A') + 1; n > maxColumns {
			return 0, strconv.ErrRange
		}
	}
	if n == 0 {
		return 0, strconv.ErrSyntax
	}
	return n - 1, nil
}

// cell reads what a cell holds.
func (r *rowReader) cell(e element) (rows.Cell, error) {
	kind, value, text := e.attr("t"), "", ""
	for depth := 1; depth > 0; {
		t, err := r.r.Token()
		if err != nil {
			return rows.Cell{}, err
		}
		in, isStart := start(t)
		_, isEnd := t.(xml.EndElement)
		switch {
		case isEnd:
			depth--
		case isStart && in.name == "v":
			value, err = r.r.Text()
		case isStart && in.name == "is":
			text, err = richText(r.r)
		case isStart:
			err = r.r.Skip() // a formula: what it gave is the value
		}
		if err != nil {
			return rows.Cell{}, err
		}
	}
	switch kind {
	case "inlineStr":
		return rows.TextCell(text), nil
	case "str":
		return rows.TextCell(unescape(value)), nil
	case "d":
		return rows.TextCell(value), nil
	case "e":
		r.faulty++
		return rows.Cell{}, nil
	case "s":
		return r.shared(value)
	}
	if value = strings.TrimSpace(value); value == "" {
		return rows.Cell{}, nil
	}
	if kind == "b" {
		return rows.Cell{Kind: rows.Tick, Text: strconv.FormatBool(value == "1" || value == "true")}, nil
	}
	style, _ := strconv.Atoi(e.attr("s"))
	return r.number(value, style)
}

func (r *rowReader) shared(value string) (rows.Cell, error) {
	n, err := strconv.Atoi(strings.TrimSpace(value))
	if err != nil {
		n = -1
	}
	s, ok, err := r.b.shared.at(n)
	if err == nil && !ok {
		err = format.Refuse(r.place(), "Is the file whole?", "a cell holds the shared text %q, which is not there", value)
	}
	return rows.TextCell(s), err
}

// number is a cell of a number, a date if its style shows one.
func (r *rowReader) number(value string, style int) (rows.Cell, error) {
	f, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		return rows.Cell{}, format.Refuse(r.place(), "Is the file whole?", "a cell holds the number %q", value)
	}
	if style >= 0 && style < len(r.b.dates) && r.b.dates[style] {
		if date, ok := dateOf(f, r.b.days); ok {
			return rows.TextCell(date), nil
		}
	}
	if !json.Valid([]byte(value)) { // as +1 or .5
		value = strconv.FormatFloat(f, 'g', -1, 64)
	}
	if whole := strconv.FormatFloat(f, 'f', -1, 64); math.Abs(f) < 1e15 && f == math.Trunc(f) && strings.ContainsAny(value, "eE") {
		value = whole
	}
	return rows.ValueCell(json.RawMessage(value)), nil
}

// dateOf is a number of days as a date, a time, or both.
func dateOf(f float64, zero int) (string, bool) {
	const most = 2958466 // 1 Jan 10000
	if f < 0 || f >= most {
		return "", false
	}
	day, part := math.Modf(f)
	seconds := int(math.Round(part * 86400))
	if zero == day1900 && day < 60 && day >= 1 {
		day++ // Excel takes 1900 for a leap year
	}
	at := time.Unix((int64(day)+int64(zero))*86400+int64(seconds), 0).UTC()
	switch {
	case f < 1 && seconds > 0:
		return at.Format("15:04:05"), true
	case seconds == 0:
		return at.Format("2006-01-02"), true
	}
	return at.Format("2006-01-02T15:04:05"), true
}
