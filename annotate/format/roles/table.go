package roles

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"

	"lede/annotate/format"
)

// Table says what the rows of a format are made of.
type Table struct {
	Hub      string // the column of the hub's text
	ID       string // the column of its id
	What     string // what a hub is for people: "event"
	Labels   Names  // of hubs
	Entity   string // the column of the hub's entity; "" = none. Its id is in NAME_id
	Roles    []Role
	Own      []Column // worked out of a hub
	Entities Entities

	attributes []string // of hubs, that have a column
	fields     []string // of documents
	held       []Names  // of each the first that a hub has is held by a column of Own
	noText     bool
}

// Role is a type of relation from the hub, with what is said of its fillers.
type Role struct {
	Name  string // of its column; the place is in NAME_at
	Types Names
	Each  bool // a row for each filler; else all of them in one cell
	Named bool // with NAME_id and NAME_name: the entity
	About []About
}

// About is a column NAME_… of a role: an attribute of the mention or its entity.
type About struct {
	Name      string
	Attribute Names
}

// Column is a column that is worked out of a hub.
type Column struct {
	Name string
	Of   func(x *Set, hub *format.Span) string
}

// Prepare finds the document fields, and the attributes of hubs that have columns of
// their own: all but those in held, of each of which a column of Own has the first
// that is there.
func (t *Table) Prepare(job *format.Job, held ...Names) {
	t.noText, t.held = job.NoText, held
	t.attributes, t.fields = AttributesOf(job.Schema, t.Labels, held...), Fields(job.Schema)
}

// Header are the names of the columns.
func (t *Table) Header() []string {
	h := []string{"article", "title", "source", "published", "annotator"}
	if t.Entity != "" {
		h = append(h, t.Entity+"_id", t.Entity)
	}
	h = append(h, t.ID, "label", t.Hub, t.Hub+"_at")
	for _, c := range t.Own {
		h = append(h, c.Name)
	}
	for _, r := range t.Roles {
		h = append(h, r.Name, r.Name+"_at")
		if r.Named {
			h = append(h, r.Name+"_id", r.Name+"_name")
		}
		for _, a := range r.About {
			h = append(h, r.Name+"_"+a.Name)
		}
	}
	h = append(h, "note")
	for _, group := range []struct {
		prefix string
		names  []string
	}{{t.What + "_", t.attributes}, {"article_", t.fields}} {
		for _, name := range group.names {
			if group.prefix == "article_" || slices.Contains(h, name) {
				name = group.prefix + name
			}
			h = append(h, name)
		}
	}
	if t.noText {
		h = append(h, "article_sha256", "article_length")
	}
	return h
}

// Rows are the rows of a hub: one for each combination of fillers of the roles that
// have a row each.
func (t *Table) Rows(x *Set, hub *format.Span) [][]string {
	rows := [][]string{t.begin(x, hub)}
	for _, r := range t.Roles {
		fillers, _ := x.Fillers(hub, r.Types)
		groups := [][]*format.Span{fillers}
		if r.Each && len(fillers) > 1 {
			groups = nil
			for _, f := range fillers {
				groups = append(groups, []*format.Span{f})
			}
		}
		var grown [][]string
		for _, row := range rows {
			for _, g := range groups {
				grown = append(grown, append(slices.Clone(row), t.fill(x, r, g)...))
			}
		}
		rows = grown
	}
	end := []string{hub.Note}
	for _, name := range t.attributes {
		end = append(end, Value(hub.Attributes, name))
	}
	for _, name := range t.fields {
		end = append(end, Value(x.Fields, name))
	}
	if t.noText {
		end = append(end, x.Article.Hash, strconv.Itoa(x.Article.Length))
	}
	for i := range rows {
		rows[i] = append(rows[i], end...)
	}
	return rows
}

// begin is a row up to the roles.
func (t *Table) begin(x *Set, hub *format.Span) []string {
	a := x.Article
	row := []string{a.Ref, t.text(a.Title), a.Publisher, a.Published, x.Annotator}
	if t.Entity != "" {
		id, name := "", ""
		if hub.Entity != nil {
			id, name = hub.Entity.ID, hub.Entity.Name
		}
		row = append(row, id, name)
	}
	row = append(row, hub.ID, hub.Label, t.text(x.Text(hub)), Place(hub.Fragments))
	for _, c := range t.Own {
		row = append(row, c.Of(x, hub))
	}
	return row
}

func (t *Table) text(s string) string {
	if t.noText {
		return ""
	}
	return s
}

// fill are the cells of a role. A role with a row for each filler has one value in a
// cell, the others a list.
func (t *Table) fill(x *Set, r Role, fillers []*format.Span) []string {
	cell := func(of func(s *format.Span) string) string {
		var values []string
		for _, s := range fillers {
			values = append(values, of(s))
		}
		switch {
		case len(values) == 0:
			return ""
		case r.Each:
			return values[0]
		}
		return Join(values)
	}
	cells := []string{
		cell(func(s *format.Span) string { return x.Text(s) }),
		cell(func(s *format.Span) string { return Place(s.Fragments) }),
	}
	if t.noText {
		cells[0] = ""
	}
	if r.Named {
		cells = append(cells, cell(entityID), cell(entityName))
	}
	for _, a := range r.About {
		cells = append(cells, cell(func(s *format.Span) string { return t.Entities.Text(s, a.Attribute) }))
	}
	return cells
}

func entityID(s *format.Span) string {
	if s.Entity == nil {
		return ""
	}
	return s.Entity.ID
}

func entityName(s *format.Span) string {
	if s.Entity == nil {
		return ""
	}
	return s.Entity.Name
}

// bom is the mark at the start by which Excel knows UTF-8.
const bom = "\uFEFF"

// BOM is the option of that mark.
var BOM = format.Option{
	Key: "bom", Values: []string{"no", "yes"}, Default: "no", For: format.ForExport, Title: "Mark for Excel",
	Help: "yes: so that Excel takes it for UTF-8",
}

// Writer writes rows as CSV.
type Writer struct {
	out io.WriteCloser
	csv *csv.Writer
}

// NewWriter begins a file with its header.
func NewWriter(t format.Target, job *format.Job, header []string) (*Writer, error) {
	out, err := t.Create("")
	if err != nil {
		return nil, err
	}
	w := &Writer{out, csv.NewWriter(out)}
	if job.Settings.Yes(BOM.Key) {
		_, err = io.WriteString(out, bom)
	}
	if err == nil {
		err = w.csv.Write(header)
	}
	if err != nil {
		_ = out.Close() // the first error is told
		return nil, err
	}
	return w, nil
}

// Rows writes rows.
func (w *Writer) Rows(rows [][]string) error { return w.csv.WriteAll(rows) }

// Close ends the file.
func (w *Writer) Close() error {
	w.csv.Flush()
	err := w.csv.Error()
	if closing := w.out.Close(); err == nil {
		err = closing
	}
	return err
}
