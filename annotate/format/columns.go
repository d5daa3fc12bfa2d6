package format

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lede/annotate"
)

// Columns says which columns of a table, or keys of JSON objects, hold what: the
// answers to --column FACT=COLUMN. None: columns are known by their names.
type Columns []Column

// Column is one answer. Fact is one of ColumnFacts, "meta:KEY" (a further fact under
// another key) or "drop" (to be left out).
type Column struct{ Fact, Name string }

// ColumnFacts are what a column can be, beside "meta:KEY" and "drop".
var ColumnFacts = []string{"text", "title", "id", "source", "url", "author", "published", "language"}

// TextColumns are the names under which tools put the text, best first.
var TextColumns = []string{"text", "content", "body", "article", "document", "sentence"}

const (
	columnHelp = "Write --column FACT=COLUMN, with one of text, title, id, source, url, author, published, language, meta:KEY or drop."
	dropColumn = "drop"
	metaColumn = "meta:"
)

// ParseColumns reads answers as "title=Headline".
func ParseColumns(given []string) (Columns, error) {
	var c Columns
	for _, g := range given {
		fact, name, ok := strings.Cut(g, "=")
		if fact = strings.TrimSpace(fact); fact == "date" {
			fact = "published"
		}
		key, meta := strings.CutPrefix(fact, metaColumn)
		if !ok || name == "" || !(slices.Contains(ColumnFacts, fact) || fact == dropColumn || meta && key != "") {
			return nil, usage("%q says of no column what it is.", columnHelp, g)
		}
		for _, other := range c {
			if other.Fact == fact && fact != dropColumn {
				return nil, usage("two columns, %q and %q, cannot both be the %s.", "", other.Name, name, fact)
			}
			if other.Name == name {
				return nil, usage("the column %q cannot be two things, %s and %s.", "", name, other.Fact, fact)
			}
		}
		c = append(c, Column{fact, name})
	}
	return c, nil
}

// Of is the column that was named for a fact, "" if none was.
func (c Columns) Of(fact string) string {
	for _, x := range c {
		if x.Fact == fact {
			return x.Name
		}
	}
	return ""
}

// String is the answers as they are given on the command line.
func (c Columns) String() string {
	var all []string
	for _, x := range c {
		all = append(all, x.Fact+"="+x.Name)
	}
	return strings.Join(all, " ")
}

// ColumnPlan says what each column of one table becomes.
type ColumnPlan struct {
	names []string
	facts []string // by column: a fact, "" for a further one under its own name
	text  int
}

// Plan finds the facts among the columns of a table, by what was answered and then
// by their names, whatever their case. textColumn is the option of that name, "" if
// it is not given; at is where the table names its columns.
func (c Columns) Plan(at Place, names []string, textColumn string) (*ColumnPlan, error) {
	p := &ColumnPlan{names: names, facts: make([]string, len(names)), text: -1}
	if textColumn != "" && c.Of("text") == "" {
		c = append(slices.Clone(c), Column{"text", textColumn})
	}
	for _, x := range c {
		i := p.find(x.Name)
		switch {
		case i < 0 && x.Fact == "text":
			return nil, noTextColumn(at, x.Name, names)
		case i < 0:
			return nil, Refuse(at, "Its columns are "+join(names)+".", "there is no column %s for --column %s=%s", x.Name, x.Fact, x.Name)
		case p.facts[i] != "":
			return nil, Refuse(at, "", "the column %s cannot be two things, %s and %s", names[i], p.facts[i], x.Fact)
		}
		p.facts[i] = x.Fact
	}
	p.byName()
	if p.text = slices.Index(p.facts, "text"); p.text < 0 {
		return nil, noTextColumn(at, strings.Join(TextColumns, ", "), names)
	}
	return p, nil
}

// byName finds facts that no answer named, by the names of the columns.
func (p *ColumnPlan) byName() {
	for _, fact := range ColumnFacts {
		if slices.Contains(p.facts, fact) {
			continue
		}
		for _, name := range namesOfFact(fact) {
			if i := p.find(name); i >= 0 && p.facts[i] == "" {
				p.facts[i] = fact
				break
			}
		}
	}
}

// noTextColumn is worded for the window, which offers the columns at its end.
func noTextColumn(at Place, wanted string, names []string) error {
	return refuseFor(&ColumnsError{names}, at, "Say which column holds it with --column text=NAME or --opt text-column=NAME.",
		"there is no column %s; the columns are %s", wanted, strings.Join(names, ", "))
}

// namesOfFact are the names by which a column is known to hold a fact, best first.
func namesOfFact(fact string) []string {
	switch fact {
	case "text":
		return TextColumns
	case "published":
		return []string{fact, "date"}
	}
	return []string{fact}
}

// find is the column of a name, in the case given or in any.
func (p *ColumnPlan) find(name string) int {
	if i := slices.Index(p.names, name); i >= 0 {
		return i
	}
	return slices.IndexFunc(p.names, func(n string) bool { return strings.EqualFold(n, name) })
}

// Text is the column with the text.
func (p *ColumnPlan) Text() int { return p.text }

// Fact is what a column becomes: one of ColumnFacts, "meta:KEY" or "drop".
func (p *ColumnPlan) Fact(column int) string {
	if column >= len(p.facts) || p.facts[column] == "" {
		return metaColumn + p.Name(column)
	}
	return p.facts[column]
}

// Name is the name of a column; one behind the named ones has a number.
func (p *ColumnPlan) Name(column int) string {
	if column < len(p.names) {
		return p.names[column]
	}
	return "column" + strconv.Itoa(column+1)
}

// Put gives an article the cell of a column. An empty cell is nothing.
func (p *ColumnPlan) Put(a *Article, column int, cell string) {
	if cell == "" {
		return
	}
	fact := p.Fact(column)
	if key, meta := strings.CutPrefix(fact, metaColumn); meta {
		a.PutMeta(key, AppendString(nil, cell))
		return
	}
	switch cell = strings.Clone(cell); fact {
	case "text":
		a.Text = cell
	case "title":
		a.Title = cell
	case "id":
		a.Ref = cell
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
	}
}

// PutValue is Put for a cell that is a JSON value, as numbers and lists are: facts
// take it as it is written, strings without their quotes; null is nothing.
func (p *ColumnPlan) PutValue(a *Article, column int, value string) {
	key, meta := strings.CutPrefix(p.Fact(column), metaColumn)
	switch {
	case value == "" || value == "null":
	case meta:
		a.PutMeta(key, []byte(value))
	case value[0] == '"':
		p.Put(a, column, JSONString(value))
	default:
		p.Put(a, column, value)
	}
}

// PutMeta gives an article a further fact, a JSON value.
func (a *Article) PutMeta(key string, value []byte) {
	if a.Meta == nil {
		a.Meta = annotate.Values{}
	}
	a.Meta[key] = value
}

// JSONColumns gives the keys of JSON objects the names of the facts that they hold.
type JSONColumns struct {
	columns Columns
	at      Place
	seen    []bool
}

// JSON prepares the answers for a file of JSON objects, but for that about the text:
// a reader must have a text anyway, and says what is there if it is not.
func (c Columns) JSON(at Place) *JSONColumns {
	c = slices.DeleteFunc(slices.Clone(c), func(x Column) bool { return x.Fact == "text" })
	return &JSONColumns{columns: c, at: at, seen: make([]bool, len(c))}
}

// Object is an object with its keys renamed: what was answered to be
// the title is called "title", what was called so before goes into "meta".
func (j *JSONColumns) Object(raw string) string {
	if len(j.columns) == 0 || !strings.HasPrefix(strings.TrimSpace(raw), "{") || !json.Valid([]byte(raw)) {
		return raw // whoever reads it says what is wrong with it
	}
	var out, meta []byte
	add := func(to []byte, key, value string) []byte {
		if len(to) > 0 {
			to = append(to, ',')
		}
		return append(append(AppendString(to, key), ':'), value...)
	}
	given := j.match(raw)
	for key, value := range JSONFields(raw) {
		fact := given[key]
		if fact == "" && slices.ContainsFunc(j.columns, func(c Column) bool { return c.Fact == key }) {
			fact = metaColumn + key
		}
		further, isMeta := strings.CutPrefix(fact, metaColumn)
		switch {
		case fact == dropColumn:
		case isMeta:
			meta = add(meta, further, value)
		case fact != "":
			out = add(out, fact, value)
		case key == "meta" && strings.HasPrefix(value, "{"):
			for k, v := range JSONFields(value) {
				meta = add(meta, k, v)
			}
		default:
			out = add(out, key, value)
		}
	}
	if len(meta) > 0 {
		out = add(out, "meta", "{"+string(meta)+"}")
	}
	return "{" + string(out) + "}"
}

// match is what each key of an object was answered to be.
func (j *JSONColumns) match(raw string) map[string]string {
	var keys []string
	for key := range JSONFields(raw) {
		keys = append(keys, key)
	}
	p := ColumnPlan{names: keys}
	given := map[string]string{}
	for n, c := range j.columns {
		if i := p.find(c.Name); i >= 0 {
			j.seen[n], given[keys[i]] = true, c.Fact
		}
	}
	return given
}

// End refuses the file when a key that was answered is in none of its objects.
func (j *JSONColumns) End() error {
	for n, c := range j.columns {
		if !j.seen[n] {
			return Refuse(j.at, "Is the name spelled as in the file?", "no line has a key %q, which --column %s=%s names", c.Name, c.Fact, c.Name)
		}
	}
	return nil
}

// checkColumns refuses answers about columns for files that have none.
func checkColumns(jobs []*job, o ImportOptions) error {
	if len(o.Columns) == 0 {
		return nil
	}
	if o.Options["text-column"] != "" && o.Columns.Of("text") != "" {
		return usage("the column of the text is told twice.", "Leave out --opt text-column or --column text=…")
	}
	if slices.ContainsFunc(jobs, func(j *job) bool { return j.format != nil && j.format.ColumnsOf != nil }) {
		return nil
	}
	var can []string
	for _, f := range All() {
		if f.ColumnsOf != nil {
			can = append(can, f.Name)
		}
	}
	return usage("--column is for files with columns, and %s has none.", fmt.Sprintf("Formats with columns: %s.", strings.Join(can, ", ")), jobs[0].format.Name)
}
