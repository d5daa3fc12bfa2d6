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

	"lede/annotate"
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
		Read: func(ctx context.Context, src format.Source, s format.Settings) iter.Seq2[*format.Article, error] {
			return read(ctx, src, s, comma)
		},
	})
}

// textColumns are the headers under which tools put the text, best first.
var textColumns = []string{"text", "content", "body", "article", "document", "sentence"}

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
		if slices.Contains(textColumns, header(cell)) {
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
		if err := t.begin(in, s, comma); err != nil {
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
	text    int
	facts   map[int]string // column → fact
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
	return t.assign(s["text-column"])
}

// assign finds the text and the facts among the columns.
func (t *table) assign(textColumn string) error {
	find := func(name string) int {
		return slices.IndexFunc(t.columns, func(c string) bool { return strings.EqualFold(c, name) })
	}
	wanted := textColumns
	if textColumn != "" {
		wanted = []string{textColumn}
	}
	t.text = -1
	for _, name := range wanted {
		if t.text = find(name); t.text >= 0 {
			break
		}
	}
	if t.text < 0 {
		return format.Refuse(t.src.At(1), "Say which column holds it with --opt text-column=NAME.",
			"there is no column %s; the columns are %s", strings.Join(wanted, ", "), strings.Join(t.columns, ", "))
	}
	t.facts = map[int]string{}
	for _, fact := range []string{"id", "title", "source", "url", "author", "published", "language"} {
		i := find(fact)
		if i < 0 && fact == "published" {
			i = find("date")
		}
		if i >= 0 && i != t.text {
			t.facts[i] = fact
		}
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
		if cell != "" {
			blank = false
		}
		if i == t.text {
			a.Text = strings.Clone(cell)
			continue
		}
		if cell == "" {
			continue
		}
		switch t.facts[i] {
		case "id":
			a.Ref = cell
		case "title":
			a.Title = cell
		case "source":
			a.Publisher = cell
		case "url":
			a.URL = cell
		case "author":
			a.Author = cell
		case "published":
			a.Published = cell
		case "language":
			a.Language = cell
		default:
			if a.Meta == nil {
				a.Meta = annotate.Values{}
			}
			a.Meta[t.columns[i]] = format.AppendString(nil, cell)
		}
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
