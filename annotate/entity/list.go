package entity

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"lede/annotate"
)

// The columns of an authority list that are no attributes.
const (
	columnID      = "id"
	columnKind    = "kind"
	columnName    = "name"
	columnAliases = "aliases"
)

// ofAttribute stands before the name of an attribute that is called like one of
// those columns.
const ofAttribute = "attribute:"

// headerOf is the header of an attribute's column.
func headerOf(name string) string {
	switch strings.ToLower(name) {
	case columnID, columnKind, columnName, columnAliases, "alias":
		return ofAttribute + name
	}
	return name
}

// List is an authority list as it was read: a row for each entity.
type List struct {
	File       string   // as errors and titles name it
	Attributes []string // columns, in order
	rows       []row
}

// row is one entity; "" = the list does not say.
type row struct {
	line           int
	id, kind, name string
	aliases        []string
	cells          []string // of the attributes
}

// Len is the number of entities in the list.
func (l *List) Len() int { return len(l.rows) }

// ReadList reads an authority list: CSV (comma, semicolon or tab) in UTF-8, with a
// header. The column name is needed; id, kind and aliases (with | between them) are
// known, every other column is an attribute. Errors name the file and the line.
func ReadList(in io.Reader, file string) (*List, error) {
	raw, err := io.ReadAll(in)
	if err != nil {
		return nil, &annotate.Error{Op: listOp, Subject: file, Detail: "it cannot be read.", Err: err}
	}
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	if err := checkText(raw, file); err != nil {
		return nil, err
	}
	r := csv.NewReader(bytes.NewReader(raw))
	head, _, _ := strings.Cut(string(raw), "\n")
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = separator(head), -1, true
	l := &List{File: file}
	c, err := l.header(r)
	for err == nil {
		var cells []string
		if cells, err = r.Read(); err != nil {
			break
		}
		line, _ := r.FieldPos(0)
		err = l.row(c, cells, line)
	}
	var wrong *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
		return l, nil
	case errors.As(err, &wrong):
		return nil, l.refuse(wrong.Line, "Quote cells with quotation marks in them, and double those.", "%s", wrong.Err)
	}
	return nil, err
}

const listOp = "entities"

// refuse is the error of a line of a list.
func (l *List) refuse(line int, hint, format string, args ...any) error {
	return &annotate.Error{
		Kind: annotate.ErrInvalid, Op: listOp, Subject: l.File + ":" + strconv.Itoa(line),
		Detail: strings.TrimSuffix(fmt.Sprintf(format, args...), ".") + ".", Hint: hint,
	}
}

// checkText refuses what is no text in UTF-8, with its line.
func checkText(raw []byte, file string) error {
	l := &List{File: file}
	for at := 0; at < len(raw); {
		r, size := utf8.DecodeRune(raw[at:])
		if r == utf8.RuneError && size <= 1 || r == 0 {
			line := bytes.Count(raw[:at], []byte("\n")) + 1
			return l.refuse(line, "Save it as UTF-8.", "byte %d is no text in UTF-8", at)
		}
		at += size
	}
	return nil
}

// separator is what stands between the columns of a header.
func separator(head string) rune {
	best, most := ',', 0
	for _, r := range []rune{',', ';', '\t'} {
		if n := strings.Count(head, string(r)); n > most {
			best, most = r, n
		}
	}
	return best
}

// columns says where what stands; -1 = nowhere.
type columns struct {
	id, kind, name, aliases int
	attributes              []int
	count                   int
}

func (l *List) header(r *csv.Reader) (columns, error) {
	c := columns{-1, -1, -1, -1, nil, 0}
	cells, err := r.Read()
	if errors.Is(err, io.EOF) {
		return c, l.refuse(1, "The first line names the columns, as id,kind,name,aliases.", "it is empty")
	}
	if err != nil {
		return c, err
	}
	var seen []string
	c.count = len(cells)
	for i, cell := range cells {
		called := strings.TrimSpace(cell)
		known := map[string]*int{columnID: &c.id, columnKind: &c.kind, columnName: &c.name, columnAliases: &c.aliases, "alias": &c.aliases}
		if at := known[strings.ToLower(called)]; at != nil {
			called = strings.ToLower(called)
			*at = i
		} else if called != "" {
			c.attributes = append(c.attributes, i)
			l.Attributes = append(l.Attributes, strings.TrimPrefix(called, ofAttribute))
		}
		if called != "" && slices.Contains(seen, called) {
			return c, l.refuse(1, "Give each column its own name.", "the column %q is there twice", called)
		}
		seen = append(seen, called)
	}
	if c.name < 0 {
		return c, l.refuse(1, "The first line names the columns, as id,kind,name,aliases.", "there is no column “name”")
	}
	return c, nil
}

func (l *List) row(c columns, cells []string, line int) error {
	cell := func(i int) string {
		if i < 0 || i >= len(cells) {
			return ""
		}
		return strings.Clone(strings.TrimSpace(cells[i])) // the reader uses its memory again
	}
	if len(cells) == 1 && cell(0) == "" {
		return nil
	}
	if len(cells) > c.count {
		return l.refuse(line, "Quote cells that hold the separator.", "there are %d cells, and the header has %d", len(cells), c.count)
	}
	r := row{line: line, id: cell(c.id), kind: cell(c.kind), name: oneLine(cell(c.name))}
	if r.name == "" && r.id == "" {
		return l.refuse(line, "Give it a name.", "the entity has no name")
	}
	for _, alias := range splitBars(cell(c.aliases)) {
		if alias = oneLine(alias); alias != "" && alias != r.name && !slices.Contains(r.aliases, alias) {
			r.aliases = append(r.aliases, alias)
		}
	}
	for _, i := range c.attributes {
		r.cells = append(r.cells, cell(i))
	}
	l.rows = append(l.rows, r)
	return nil
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// splitBars splits a cell at bars; \| is a bar that is meant.
func splitBars(cell string) []string {
	var parts []string
	var part strings.Builder
	escaped := false
	for _, r := range cell {
		switch {
		case escaped && r != '|' && r != '\\':
			part.WriteByte('\\')
			part.WriteRune(r)
			escaped = false
		case !escaped && r == '\\':
			escaped = true
		case !escaped && r == '|':
			parts = append(parts, strings.TrimSpace(part.String()))
			part.Reset()
		default:
			part.WriteRune(r)
			escaped = false
		}
	}
	if escaped {
		part.WriteByte('\\')
	}
	return append(parts, strings.TrimSpace(part.String()))
}

var escapeBars = strings.NewReplacer(`\`, `\\`, "|", `\|`)

// joinBars is the cell that splitBars splits.
func joinBars(parts []string) string {
	escaped := make([]string, len(parts))
	for i, p := range parts {
		escaped[i] = escapeBars.Replace(p)
	}
	return strings.Join(escaped, "|")
}

// WriteList writes entities as an authority list that ReadList reads: id, kind,
// name, aliases, then the attributes, first those of the schema in its order, then
// others by name.
func WriteList(out io.Writer, entities []annotate.Entity, schema *annotate.Schema) error {
	names := attributeColumns(entities, schema)
	head := []string{columnID, columnKind, columnName, columnAliases}
	for _, name := range names {
		head = append(head, headerOf(name))
	}
	w := csv.NewWriter(out)
	if err := w.Write(head); err != nil {
		return err
	}
	for _, e := range entities {
		cells := []string{string(e.ID), e.Kind, e.Name, joinBars(e.Aliases)}
		for _, name := range names {
			cells = append(cells, cellOf(e.Attributes[name]))
		}
		if err := w.Write(cells); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

func attributeColumns(entities []annotate.Entity, schema *annotate.Schema) []string {
	var names []string
	for _, a := range schema.Attributes {
		if a.Scope == annotate.EntityScope && !slices.Contains(names, a.Name) {
			names = append(names, a.Name)
		}
	}
	known := map[string]bool{}
	for _, name := range names {
		known[name] = true
	}
	first := len(names)
	for _, e := range entities {
		for name := range e.Attributes {
			if !known[name] {
				known[name] = true
				names = append(names, name)
			}
		}
	}
	slices.Sort(names[first:])
	return names
}

// cellOf is a value as a cell.
func cellOf(raw json.RawMessage) string {
	if raw == nil {
		return ""
	}
	v := annotate.Values{"": raw}
	var items []json.RawMessage
	if json.Unmarshal(raw, &items) == nil && items != nil {
		return joinBars(v.Strings(""))
	}
	return v.String("")
}
