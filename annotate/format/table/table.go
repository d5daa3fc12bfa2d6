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
)

func init() {
	register("csv", "CSV table", ',', ".csv")
	register("tsv", "TSV table", '\t', ".tsv", ".tab")
}

func register(name, title string, comma rune, extensions ...string) {
	options := []format.Option{
		{Key: "text-column", For: format.ForImport, Help: "the column that holds the text; default: text, content, body, article, document or sentence"},
	}
	if comma == ',' {
		options = append(options, format.Option{
			Key: "delimiter", Values: []string{"auto", "comma", "semicolon", "tab", "bar"}, Default: "auto", For: format.ForImport,
			Help: "what stands between the columns",
		})
	}
	format.Register(&format.Format{
		Name: name, Title: title,
		Description: "A table with a header row: one article a row, its text in one column, facts and document fields in others.",
		Extensions:  extensions,
		Options:     options,
		Standoff:    true,
		Several:     true,
		CannotHold:  []string{"spans and relations", "which cells are numbers, dates or lists", "details of the schema, history, entities"},
		Fit:         fit,
		Write: func(t format.Target, job *format.Job) (format.Writer, error) {
			return newWriter(t, job, comma)
		},
		ReadBack: func(open format.OpenFunc, want *format.Expectations, job *format.Job) error {
			return readBack(open, want, job, comma)
		},
		Detect: func(s format.Sample) int { return detect(s, comma, extensions) },
		ColumnsOf: func(src format.Source, s format.Settings) ([]string, error) {
			in, err := src.Text()
			if err != nil {
				return nil, err
			}
			defer func() { _ = in.Close() }()
			t := &table{src: src}
			err = t.begin(in, s, comma)
			return t.columns, err
		},
		Read: func(ctx context.Context, src format.Source, s format.Settings) iter.Seq2[*format.Article, error] {
			return read(ctx, src, s, comma)
		},
	})
}

var delimiters = map[string]rune{"comma": ',', "semicolon": ';', "tab": '\t', "bar": '|'}

func detect(s format.Sample, comma rune, extensions []string) int {
	if s.Dir {
		return 0
	}
	if slices.Contains(extensions, s.Ext) {
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
	d := comma
	if comma == ',' {
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

func read(ctx context.Context, src format.Source, s format.Settings, comma rune) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		in, err := src.Text()
		if err != nil {
			yield(nil, err)
			return
		}
		defer func() { _ = in.Close() }()
		t := &table{src: src}
		err = t.begin(in, s, comma)
		if err == nil {
			t.plan, err = src.Columns.Plan(src.At(1), t.columns, s["text-column"])
		}
		if err != nil {
			yield(nil, err)
			return
		}
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
}

// table is a table being read.
type table struct {
	src     format.Source
	r       *csv.Reader
	columns []string // headers as they stand, "" never
	plan    *format.ColumnPlan
}

func (t *table) begin(in io.Reader, s format.Settings, comma rune) error {
	peek := newPeeker(in)
	if d := s["delimiter"]; comma == ',' {
		comma = delimiters[d]
		if d == "auto" {
			comma = sniff(peek.firstLine())
		}
	}
	t.r = csv.NewReader(peek)
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
		if slices.Contains(t.columns, name) {
			return format.Refuse(t.src.At(1), "Rename one of them.", "two columns are called %q", name)
		}
		t.columns = append(t.columns, name)
	}
	return nil
}

// row is the next article; nil for a row of blank cells.
func (t *table) row() (*format.Article, error) {
	cells, err := t.r.Read()
	if err != nil {
		return nil, t.fault(err)
	}
	line, _ := t.r.FieldPos(0)
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

// fault tells an error of encoding/csv with file and line.
func (t *table) fault(err error) error {
	var parse *csv.ParseError
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
