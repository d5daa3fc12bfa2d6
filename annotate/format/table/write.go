package table

import (
	"bufio"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/text"
)

// factColumns and setColumns are the columns that every table has; between them are
// the further facts of the articles, behind them the document fields and the text.
var (
	factColumns = []string{"id", "title", "source", "url", "author", "published", "language"}
	setColumns  = []string{"annotator", "status", "reason", "flag", "note"}
	textColumn  = []string{"text"}
	hashColumns = []string{"sha256", "length"}
)

// listMark stands between the values of a many_of field.
const listMark = ";"

// fit leaves what lies in the text out and, without the text, titles, which are text
// too.
func fit(a *format.Article, job *format.Job) *format.Article {
	fitted := *a
	if job.NoText && a.Title != "" {
		job.Lose("titles", "titles, which are left out with the text", 1, a.Ref)
		fitted.Title = ""
	}
	fitted.Sets = slices.Clone(a.Sets)
	for i := range fitted.Sets {
		s := &fitted.Sets[i]
		job.Lose("spans", "spans, with their attributes, notes and entities", len(s.Spans), a.Ref)
		job.Lose("relations", "relations", len(s.Relations), a.Ref)
		job.Lose("accepted", "warnings that were accepted", len(s.Accepted), a.Ref)
		s.Spans, s.Relations = nil, nil
	}
	return &fitted
}

// row is an article as one annotator sees it. Rows are spooled: only the last one
// tells which columns there are.
type row struct {
	Facts  []string
	Meta   map[string]string
	Set    []string
	Fields map[string]string
	Text   []string
}

type writer struct {
	out    io.WriteCloser
	comma  rune
	job    *format.Job
	spool  *os.File
	rows   *bufio.Writer
	meta   map[string]bool
	fields map[string]bool
}

func newWriter(t format.Target, job *format.Job, comma rune) (format.Writer, error) {
	out, err := t.Create("")
	if err != nil {
		return nil, err
	}
	spool, err := os.CreateTemp("", "lede-table-*")
	if err != nil {
		_ = out.Close()
		return nil, fmt.Errorf("a temporary file for the table: %w", err)
	}
	return &writer{
		out: out, comma: comma, job: job, spool: spool, rows: bufio.NewWriterSize(spool, 64<<10),
		meta: map[string]bool{}, fields: map[string]bool{},
	}, nil
}

// Write spools an article, once for each annotator.
func (w *writer) Write(a *format.Article) error {
	sets := a.Sets
	if len(sets) == 0 {
		sets = []format.Set{{Status: annotate.New}}
	}
	r := row{
		Facts: []string{a.Ref, a.Title, a.Publisher, a.URL, a.Author, a.Published, a.Language},
		Meta:  cells(a.Meta, w.meta), Text: []string{a.Text},
	}
	if w.job.NoText {
		r.Text = []string{a.Hash, strconv.Itoa(a.Length)}
	}
	for _, s := range sets {
		r.Set = []string{s.Annotator, string(s.Status), s.Reason, s.Flag, s.Note}
		r.Fields = cells(s.Fields, w.fields)
		if err := json.NewEncoder(w.rows).Encode(r); err != nil {
			return err
		}
	}
	return nil
}

// cells are values as a table has them, and notes their names.
func cells(v annotate.Values, seen map[string]bool) map[string]string {
	list := make(map[string]string, len(v))
	for name, raw := range v {
		seen[name] = true
		var many []string
		if json.Unmarshal(raw, &many) == nil && many != nil {
			list[name] = strings.Join(many, listMark)
			continue
		}
		list[name] = v.String(name)
	}
	return list
}

// Close writes the table.
func (w *writer) Close() error {
	err := w.write()
	for _, closing := range []error{w.spool.Close(), os.Remove(w.spool.Name()), w.out.Close()} {
		err = cmp.Or(err, closing)
	}
	return err
}

func (w *writer) write() error {
	if err := w.rows.Flush(); err != nil {
		return err
	}
	if _, err := w.spool.Seek(0, io.SeekStart); err != nil {
		return err
	}
	table := csv.NewWriter(w.out)
	table.Comma = w.comma
	meta, fields := slices.Sorted(maps.Keys(w.meta)), w.fieldColumns()
	if err := table.Write(w.head(meta, fields)); err != nil {
		return err
	}
	for rows := json.NewDecoder(w.spool); ; {
		var r row
		if err := rows.Decode(&r); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
		line := slices.Clone(r.Facts)
		for _, name := range meta {
			line = append(line, r.Meta[name])
		}
		line = append(line, r.Set...)
		for _, name := range fields {
			line = append(line, r.Fields[name])
		}
		if err := table.Write(append(line, r.Text...)); err != nil {
			return err
		}
	}
	table.Flush()
	return table.Error()
}

// fieldColumns are the document fields of the schema in its order, used or not, and
// then what else there is.
func (w *writer) fieldColumns() []string {
	var names []string
	for _, a := range w.job.Schema.Attributes {
		if a.Scope == annotate.DocumentScope {
			names = append(names, a.Name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(w.fields)) {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// head names the columns, each once.
func (w *writer) head(meta, fields []string) []string {
	taken := map[string]bool{}
	for _, name := range slices.Concat(factColumns, setColumns, textColumn, hashColumns) {
		taken[name] = true
	}
	name := func(kind, name string) string {
		column := name
		for n := 1; taken[column] || column == ""; n++ {
			column = kind + "_" + name
			if n > 1 {
				column += "_" + strconv.Itoa(n)
			}
		}
		taken[column] = true
		if column != name {
			w.job.Names[kind+" "+name] = column
		}
		return column
	}
	head := slices.Clone(factColumns)
	var further []string
	for _, f := range fields { // they keep their names before other facts do
		further = append(further, name("field", f))
	}
	for _, m := range meta {
		head = append(head, name("meta", m))
	}
	head = append(append(head, setColumns...), further...)
	if w.job.NoText {
		return append(head, hashColumns...)
	}
	return append(head, textColumn...)
}

// readBack reads the table with the decoder of tables and compares articles,
// annotators and texts.
func readBack(open format.OpenFunc, want *format.Expectations, job *format.Job, comma rune) error {
	in, err := open("")
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	r := csv.NewReader(in)
	r.Comma = comma
	head, err := r.Read()
	if err != nil {
		return format.Mismatch(format.Place{Line: 1}, "it has no header (%v)", err)
	}
	annotator := slices.Index(head, "annotator")
	for {
		x, err := want.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		cells, err := r.Read()
		if err != nil {
			return format.Mismatch(format.Place{}, "the row of article %s is not there (%v)", x.Ref, err)
		}
		line, _ := r.FieldPos(0)
		at := format.Place{Line: line}
		if cells[0] != x.Ref || cells[annotator] != x.Annotator {
			return format.Mismatch(at, "it is of article %q and annotator %q, not %q and %q", cells[0], cells[annotator], x.Ref, x.Annotator)
		}
		hash := cells[len(cells)-1]
		if job.NoText {
			hash = cells[len(cells)-2]
		} else {
			hash = text.SHA256(hash)
		}
		if hash != x.Hash {
			return format.Mismatch(at, "the text of article %s is another one", x.Ref)
		}
	}
	if _, err := r.Read(); !errors.Is(err, io.EOF) {
		return format.Mismatch(format.Place{}, "it has more rows than there are articles")
	}
	return nil
}
