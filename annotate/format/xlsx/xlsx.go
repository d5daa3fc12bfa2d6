package xlsx

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/rows"
)

// What a sheet holds at most, by Excel.
const (
	maxRows    = 1 << 20
	maxColumns = 1 << 14
	maxUnits   = 32767 // of a cell, in UTF-16
)

func init() {
	options := []format.Option{
		rows.ImportOption(),
		{Key: "sheet", For: format.ForImport, Help: "the sheet that is read, by its name or its number from 1; default: those that Lede wrote, else the first"},
		{Key: "text-column", For: format.ForImport, Help: "the column that holds the text; default: text, content, body, article, document or sentence"},
		rows.EscapeOption(format.ForImport),
	}
	format.Register(&format.Format{
		Name: "xlsx", Title: "Excel workbook",
		Description: "Tables on sheets. Read: one article a row, or one span. Written: one row a span and annotator, or one row an article.",
		Extensions:  []string{".xlsx", ".xlsm"},
		Options:     slices.Concat(options, rows.Options(), []format.Option{rows.EscapeOption(format.ForExport)}),
		Oracles:     []string{"openpyxl 3.0.9"},
		Standoff:    true,
		Several:     true,
		CannotHold: []string{
			"which cells are lists, numbers of more than 15 digits", "more than 32,767 characters in a cell (texts of articles go on in further columns)",
			"warnings that were said to be no problem", "details of the schema, history, attributes of entities",
			"by default: relations, facts of articles, document fields, articles without spans (options rows, article, empty)",
		},
		Detect: func(s format.Sample) int {
			if !s.Dir && (s.Ext == ".xlsx" || s.Ext == ".xlsm") {
				return 95
			}
			return 0
		},
		ColumnsOf: columnsOf, Read: read,
		Fit: fit, Write: newWriter, ReadBack: readBack,
	})
}

// layoutOf is what tables a job has.
func layoutOf(job *format.Job) rows.Layout {
	l := rows.ParseLayout(job.Settings, job.NoText)
	l.Keeps, l.Limit = keeps, maxUnits-1 // one for the ' of escaped cells
	return l
}

func fit(a *format.Article, job *format.Job) *format.Article { return layoutOf(job).Fit(a, job) }

// keeps says that a cell holds a value as what it is.
func keeps(raw json.RawMessage) bool {
	switch c := rows.ValueCell(raw); c.Kind {
	case rows.Text, rows.Tick:
		return true
	case rows.Whole, rows.Real:
		return exact(c.Text)
	default: // a list, or nothing
	}
	return false
}

// exact says that a spreadsheet, which counts in 64-bit fractions, keeps a number as it
// is written.
func exact(number string) bool {
	if strings.ContainsAny(number, "eE") {
		return false
	}
	_, err := strconv.ParseFloat(number, 64)
	return err == nil && len(strings.Trim(number, "-.")) <= 15
}
