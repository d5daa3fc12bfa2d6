package table

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/rows"
)

func init() {
	register(kind{name: "csv", title: "CSV table", extensions: []string{".csv"}})
	register(kind{name: "tsv", title: "TSV table", tab: true, extensions: []string{".tsv", ".tab"}})
}

// kind is CSV or TSV.
type kind struct {
	name, title string
	tab         bool
	extensions  []string
}

// comma is what stands between the columns of a table that is written.
func (k kind) comma(s format.Settings) rune {
	if k.tab {
		return '\t'
	}
	return delimiters[s["delimiter"]]
}

// options are those of the format.
func (k kind) options() []format.Option {
	list := []format.Option{
		rows.ImportOption(),
		{Key: "text-column", For: format.ForImport, Help: "the column that holds the text; default: text, content, body, article, document or sentence"},
		rows.EscapeOption(format.ForImport),
	}
	list = append(list, rows.Options()...)
	list = append(
		list, rows.EscapeOption(format.ForExport),
		format.Option{Key: "bom", Values: []string{"yes", "no"}, Default: "no", For: format.ForExport, Help: "a byte order mark in front, so that Excel takes it for UTF-8"},
	)
	if k.tab {
		return list
	}
	between := []string{"comma", "semicolon", "tab", "bar"}
	return append(
		list,
		format.Option{Key: "delimiter", Values: append([]string{"auto"}, between...), Default: "auto", For: format.ForImport, Help: "what stands between the columns"},
		format.Option{Key: "delimiter", Values: between, Default: "comma", For: format.ForExport, Help: "what stands between the columns; Excel wants a semicolon where the decimal sign is a comma"},
	)
}

func register(k kind) {
	format.Register(&format.Format{
		Name: k.name, Title: k.title,
		Description: "A table with a header row. Read: one article a row, or one span. Written: one row a span and annotator, or one row an article.",
		Extensions:  k.extensions,
		Folder:      true,
		AsFile:      asFile,
		Options:     k.options(),
		Oracles:     []string{"DuckDB 1.5.6", "pandas 1.5.3"},
		Standoff:    true,
		Several:     true,
		CannotHold: []string{
			"which cells are numbers, dates or lists", "warnings that were said to be no problem", "details of the schema, history, attributes of entities",
			"by default: relations, facts of articles, document fields, articles without spans (options rows, article, empty)",
		},
		Fit:   fit,
		Write: func(t format.Target, job *format.Job) (format.Writer, error) { return newWriter(t, job, k) },
		ReadBack: func(open format.OpenFunc, want *format.Expectations, job *format.Job) error {
			return readBack(open, want, job, k)
		},
		Detect: func(s format.Sample) int { return detect(s, k) },
		ColumnsOf: func(src format.Source, s format.Settings) ([]string, error) {
			in, err := src.Text()
			if err != nil {
				return nil, err
			}
			defer func() { _ = in.Close() }()
			t := &table{src: src}
			err = t.begin(in, s, k)
			return t.columns, err
		},
		Read: func(ctx context.Context, src format.Source, s format.Settings) iter.Seq2[*format.Article, error] {
			if src.Dir {
				return readFolder(ctx, src, s, k)
			}
			return read(ctx, src, s, k)
		},
	})
}

var delimiters = map[string]rune{"comma": ',', "semicolon": ';', "tab": '\t', "bar": '|'}

func detect(s format.Sample, k kind) int {
	if s.Dir {
		return detectFolder(s, k)
	}
	if slices.Contains(k.extensions, s.Ext) {
		return 80
	}
	if s.Ext != ".txt" && s.Ext != "" {
		return 0
	}
	// A header that names a text column, in a file that could be plain text.
	lines := s.Lines(2)
	if len(lines) < 2 {
		return 0
	}
	d := '\t'
	if !k.tab {
		if d = sniff(lines[0]); d == '\t' {
			return 0
		}
	}
	if !strings.ContainsRune(lines[0], d) || !strings.ContainsRune(lines[1], d) {
		return 0
	}
	for _, cell := range strings.Split(lines[0], string(d)) {
		if slices.Contains(format.TextColumns, header(cell)) {
			return 60
		}
	}
	return 0
}

func header(cell string) string {
	return strings.ToLower(strings.Trim(strings.TrimSpace(cell), `"`))
}

// sniff is the delimiter that occurs most often in the header outside quotes.
func sniff(line string) rune {
	best, most := ',', 0
	for _, d := range []rune{',', ';', '\t', '|'} {
		n, quoted := 0, false
		for _, r := range line {
			switch {
			case r == '"':
				quoted = !quoted
			case r == d && !quoted:
				n++
			}
		}
		if n > most {
			best, most = d, n
		}
	}
	return best
}

func read(ctx context.Context, src format.Source, s format.Settings, k kind) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		in, err := src.Text()
		if err != nil {
			yield(nil, err)
			return
		}
		defer func() { _ = in.Close() }()
		t := &table{src: src}
		if err := t.begin(in, s, k); err != nil {
			yield(nil, err)
			return
		}
		tables, own, err := rows.Choose(src, s, t.input())
		if own {
			tables.Read(ctx, src)(yield)
			return
		}
		if err == nil {
			t.plan, err = src.Columns.Plan(src.At(1), t.columns, s["text-column"])
		}
		if err != nil {
			yield(nil, err)
			return
		}
		t.articles(ctx, yield)
	}
}

// articles yields an article for each row.
func (t *table) articles(ctx context.Context, yield func(*format.Article, error) bool) {
	for {
		a, err := t.row()
		if errors.Is(err, io.EOF) {
			return
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			yield(nil, err)
			return
		}
		if a != nil && !yield(a, nil) {
			return
		}
	}
}

// table is a table being read.
type table struct {
	src     format.Source
	r       *csv.Reader
	limit   *limit
	header  []string // as it stands
	columns []string // the header without blanks; "" never
	plan    *format.ColumnPlan
}

func (t *table) begin(in io.Reader, s format.Settings, k kind) error {
	peek := newPeeker(in)
	comma := k.comma(s)
	if comma == 0 { // auto
		comma = sniff(peek.firstLine())
	}
	t.limit = &limit{in: peek, left: format.MaxLine}
	t.r = csv.NewReader(t.limit)
	t.r.Comma = comma
	t.r.ReuseRecord = true
	head, err := t.r.Read()
	if errors.Is(err, io.EOF) {
		return format.Refuse(t.src.At(0), "The first row must name the columns.", "the table is empty")
	}
	if err != nil {
		return t.fault(err)
	}
	for i, cell := range head {
		name := strings.TrimSpace(cell)
		if name == "" {
			name = "column" + strconv.Itoa(i+1)
		}
		if cell != "" && slices.Contains(t.header, cell) {
			return format.Refuse(t.src.At(1), "Rename one of them.", "two columns are called %q", name)
		}
		t.header, t.columns = append(t.header, strings.Clone(cell)), append(t.columns, name)
	}
	return nil
}

// row is the next article; nil for a row of blank cells.
func (t *table) row() (*format.Article, error) {
	cells, line, err := t.next()
	if err != nil {
		return nil, err
	}
	a := &format.Article{Place: t.src.At(line)}
	blank := true
	for i, cell := range cells {
		blank = blank && cell == ""
		t.plan.Put(a, i, cell)
	}
	if blank {
		return nil, nil
	}
	return a, nil
}

// next is the next row and its line. The cells are good until the next one.
func (t *table) next() ([]string, int, error) {
	t.limit.left = format.MaxLine
	cells, err := t.r.Read()
	if err != nil {
		return nil, 0, t.fault(err)
	}
	line, _ := t.r.FieldPos(0)
	return cells, line, nil
}

// fault tells an error of encoding/csv with file and line.
func (t *table) fault(err error) error {
	var parse *csv.ParseError
	if errors.Is(err, errLongRow) {
		return format.Refuse(t.src.At(0), "Is a quote missing?", "a row is longer than %d MB", format.MaxLine>>20)
	}
	if !errors.As(err, &parse) {
		return err
	}
	at := t.src.At(parse.Line)
	switch {
	case errors.Is(parse.Err, csv.ErrFieldCount):
		return format.Refuse(at, "Put quotes around cells that hold the delimiter or a line break.",
			"the row that begins here has not the %d columns of the header", len(t.columns))
	case errors.Is(parse.Err, csv.ErrQuote), errors.Is(parse.Err, csv.ErrBareQuote):
		return format.Refuse(t.src.At(parse.StartLine), `Inside a quoted cell a quote is written "".`,
			"column %d: a quote that does not belong there, or one that never ends", parse.Column)
	}
	return format.Refuse(at, "", "%s", fmt.Sprint(parse.Err))
}
