package rows

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/text"
)

// hint goes with everything that is wrong with a table of spans.
const hint = "docs/formats/csv.md has the columns of a table of spans."

// others are names under which tools put the columns of spans, for tables that are not
// ours.
var others = map[string][]string{
	"doc_id": {"document_id", "doc", "document", "article_id", "ref", "id", "filename"}, "annotator": {"coder", "user"},
	"start": {"begin", "start_offset", "start_char"}, "end": {"end_offset", "end_char"},
	"label": {"entity_type", "tag", "type"}, "text": {"span_text", "quote", "surface", "mention"},
}

// Decoder makes articles of the rows of a table of spans. The rows of an article
// follow each other, in them those of an annotator.
type Decoder struct {
	src      format.Source
	unescape bool
	at       map[string]int // fixed column → place
	open     []open
	more     []int                             // columns with the rest of the text
	types    map[string]annotate.AttributeType // of attributes and fields, as "a name", "f name"
	now      *format.Article
	seen     map[string]format.Place // articles that are over, by id
}

// open is a column of a group.
type open struct {
	place int
	group Group
	key   string
}

// IsSpans says whether columns are those of a table of spans: an article, a start, an
// end and a label.
func IsSpans(columns []string) bool {
	at, _ := assign(columns, SpansTable)
	for _, name := range []string{"doc_id", "start", "end", "label"} {
		if _, has := at[name]; !has {
			return false
		}
	}
	return true
}

// assign finds the columns of a table: by their names, else by other tools' names.
func assign(columns []string, table string) (map[string]int, []open) {
	at := map[string]int{}
	for i, c := range columns {
		if name := lower(c); own[table][name] {
			if _, twice := at[name]; !twice {
				at[name] = i
			}
		}
	}
	_, id := at["span_id"]
	if _, has := at["fragments"]; table == SpansTable && !(has && id) {
		for name, list := range others {
			if _, has := at[name]; has {
				continue
			}
			for _, other := range list {
				i := slices.IndexFunc(columns, func(c string) bool { return lower(c) == other })
				if i >= 0 && !slices.Contains(used(at), i) {
					at[name] = i
					break
				}
			}
		}
	}
	var rest []open
	for i, c := range columns {
		// A column without a name has the numbers of the rows, as R and pandas write it.
		if c != "" && !slices.Contains(used(at), i) {
			rest = append(rest, openColumn(i, c))
		}
	}
	return at, rest
}

func used(at map[string]int) []int {
	var list []int
	for _, i := range at {
		list = append(list, i)
	}
	return list
}

func openColumn(i int, column string) open {
	for g, prefix := range prefixes {
		if len(column) >= len(prefix) && strings.EqualFold(column[:len(prefix)], prefix) {
			return open{i, Group(g), column[len(prefix):]}
		}
	}
	return open{i, Attributes, column}
}

// NewDecoder begins to read a table with these columns.
func NewDecoder(src format.Source, columns []string, unescape bool) *Decoder {
	return newDecoder(src, columns, unescape, SpansTable)
}

func newDecoder(src format.Source, columns []string, unescape bool, table string) *Decoder {
	d := &Decoder{src: src, unescape: unescape, types: map[string]annotate.AttributeType{}, seen: map[string]format.Place{}}
	d.at, d.open = assign(columns, table)
	if _, has := d.at["article_text"]; has {
		d.more = MoreColumns(columns, "article_text")
		d.open = slices.DeleteFunc(d.open, func(o open) bool { return slices.Contains(d.more, o.place) })
	}
	if src.Schema != nil {
		for _, a := range src.Schema.Attributes {
			switch a.Scope {
			case annotate.DocumentScope:
				d.types["f "+a.Name] = a.Type
			case annotate.SpanScope, annotate.RelationScope:
				d.types["a "+a.Name] = a.Type
			default: // text, or nothing here
			}
		}
	}
	return d
}

// cell is the cell of a fixed column; empty if there is no such column.
func (d *Decoder) cell(cells []Cell, name string) Cell {
	i, has := d.at[name]
	if !has || i >= len(cells) {
		return Cell{}
	}
	return d.plain(cells[i])
}

func (d *Decoder) plain(c Cell) Cell {
	if d.unescape && c.Kind == Text {
		c.Text = Unescape(c.Text)
	}
	return c
}

// Row takes a row. It returns the article before when the row is of another one.
func (d *Decoder) Row(cells []Cell, at format.Place) (*format.Article, error) {
	ref := d.cell(cells, "doc_id").Text
	if ref == "" {
		if !slices.ContainsFunc(cells, func(c Cell) bool { return c.Kind != None }) {
			return nil, nil // a row of empty cells
		}
		return nil, format.Refuse(at, hint, "the row does not say of which article it is: the cell in column doc_id is empty")
	}
	var over *format.Article
	if d.now != nil && d.now.Ref != ref {
		over, d.now = d.now, nil
		d.seen[over.Ref] = over.Place
	}
	if d.now == nil {
		if first, again := d.seen[ref]; again {
			return nil, format.Refuse(at, "Sort the table by doc_id and annotator.", "the rows of article %q do not follow each other: others begin at %s", ref, first)
		}
		if err := d.begin(cells, ref, at); err != nil {
			return nil, err
		}
	}
	set, err := d.set(cells, at)
	if err == nil {
		err = d.span(set, cells, at)
	}
	return over, err
}

// End is the last article, nil if there was none.
func (d *Decoder) End() *format.Article {
	last := d.now
	d.now = nil
	return last
}

// begin begins an article with its first row.
func (d *Decoder) begin(cells []Cell, ref string, at format.Place) error {
	get := func(name string) string { return d.cell(cells, name).Text }
	d.now = &format.Article{
		Place: at, Ref: ref, Title: get("title"), Publisher: get("source"), URL: get("url"), Author: get("author"),
		Published: get("published"), Language: get("language"),
	}
	var err error
	if d.now.Meta, err = d.values(cells, Meta, at); err != nil {
		return err
	}
	_, has := d.at["article_text"]
	if has {
		d.now.Text = get("article_text")
		for _, i := range d.more {
			if i < len(cells) {
				d.now.Text += d.plain(cells[i]).Text
			}
		}
		return nil
	}
	d.now.NoText = true
	if _, has := d.at["sha256"]; has {
		return withHash(d.now, get("sha256"), get("length"))
	}
	return nil
}

// set is the set of the row's annotator, the last one of the article if it is theirs.
func (d *Decoder) set(cells []Cell, at format.Place) (*format.Set, error) {
	who := d.cell(cells, "annotator").Text
	if n := len(d.now.Sets); n > 0 && d.now.Sets[n-1].Annotator == who {
		return &d.now.Sets[n-1], nil
	}
	for _, s := range d.now.Sets {
		if s.Annotator == who {
			return nil, format.Refuse(at, "Sort the table by doc_id and annotator.", "the rows of annotator %q and article %q do not follow each other: others begin at %s", who, d.now.Ref, s.Place)
		}
	}
	fields, err := d.values(cells, Fields, at)
	if err != nil {
		return nil, err
	}
	get := func(name string) string { return d.cell(cells, name).Text }
	d.now.Sets = append(d.now.Sets, format.Set{
		Place: at, Annotator: who, Status: annotate.Status(get("status")), Flag: get("flag"), Reason: get("reason"), Note: get("set_note"), Fields: fields,
	})
	return &d.now.Sets[len(d.now.Sets)-1], nil
}

// span takes the span of the row, if there is one.
func (d *Decoder) span(set *format.Set, cells []Cell, at format.Place) error {
	label := d.cell(cells, "label").Text
	start, end := d.cell(cells, "start").Text, d.cell(cells, "end").Text
	if label == "" && start == "" && end == "" {
		return nil
	}
	x := format.Span{
		Place: at, ID: d.cell(cells, "span_id").Text, Label: label, Origin: d.cell(cells, "origin").Text, Note: d.cell(cells, "note").Text,
	}
	var err error
	if x.Fragments, err = fragments(d.cell(cells, "fragments").Text, start, end); err != nil {
		return format.Refuse(at, hint, "%s", err)
	}
	// A spreadsheet cuts long texts; such a copy proves nothing.
	if copied := d.cell(cells, "text"); copied.Kind != None && len(copied.Text) < longest-1 {
		x.Text, x.HasText = copied.Text, true
	}
	if name := d.cell(cells, "entity").Text; name != "" {
		kind := d.cell(cells, "entity_kind").Text
		x.Entity = &format.Entity{ID: d.cell(cells, "entity_id").Text, Kind: kind, Name: name, NoKind: kind == ""}
	}
	if x.Attributes, err = d.values(cells, Attributes, at); err != nil {
		return err
	}
	set.Spans = append(set.Spans, x)
	return nil
}

// longest is the most characters that a cell of a spreadsheet holds.
const longest = 32767

// fragments reads the place of a span: the list, else start and end. What they say
// must agree.
func fragments(list, start, end string) ([]text.Range, error) {
	from, err1 := offset(start)
	to, err2 := offset(end)
	if err1 != nil || err2 != nil {
		return nil, wrong("start and end must be whole numbers, not %q and %q", start, end)
	}
	if list == "" {
		return []text.Range{{Start: from, End: to}}, nil
	}
	var pairs [][]int
	if json.Unmarshal([]byte(list), &pairs) != nil || len(pairs) == 0 {
		return nil, wrong("fragments must be a list as [[0,5],[8,12]], not %q", brief(list))
	}
	ranges := make([]text.Range, len(pairs))
	for i, p := range pairs {
		if len(p) != 2 {
			return nil, wrong("fragments must be a list as [[0,5],[8,12]], not %q", brief(list))
		}
		ranges[i] = text.Range{Start: p[0], End: p[1]}
	}
	if ranges[0].Start != from || ranges[len(ranges)-1].End != to {
		return nil, wrong("start and end are %d and %d, but the fragments %s say otherwise", from, to, brief(list))
	}
	return ranges, nil
}

// offset reads a whole number, also as statistics programs write it: 12.0.
func offset(s string) (int, error) {
	whole, rest, _ := strings.Cut(strings.TrimSpace(s), ".")
	if strings.Trim(rest, "0") != "" {
		return 0, strconv.ErrSyntax
	}
	return strconv.Atoi(whole)
}

// values are the cells of a group as values.
func (d *Decoder) values(cells []Cell, g Group, at format.Place) (annotate.Values, error) {
	var v annotate.Values
	for _, o := range d.open {
		if o.group != g || o.place >= len(cells) || cells[o.place].Kind == None {
			continue
		}
		if v == nil {
			v = annotate.Values{}
		}
		raw, err := d.value(d.plain(cells[o.place]), o)
		if err != nil {
			return nil, format.Refuse(at, "Mend the file.", "column %q: %s", o.key, err)
		}
		v[o.key] = raw
	}
	return v, nil
}

// value is a cell as the schema says that such values are.
func (d *Decoder) value(c Cell, o open) (json.RawMessage, error) {
	kind := d.types[map[Group]string{Attributes: "a ", Fields: "f "}[o.group]+o.key]
	return TypedValue(c, kind)
}

// TypedValue is a cell as a value of a type; with no type "" texts stay texts.
func TypedValue(c Cell, kind annotate.AttributeType) (json.RawMessage, error) {
	if c.Kind != Text {
		return format.CanonicalJSON(c.Value())
	}
	switch kind {
	case annotate.NumberValue:
		if json.Valid([]byte(c.Text)) && strings.Trim(c.Text, "+-0123456789.eE") == "" {
			return json.RawMessage(c.Text), nil
		}
	case annotate.BooleanValue:
		if s := strings.ToLower(c.Text); s == "true" || s == "false" {
			return json.RawMessage(s), nil
		}
	case annotate.ManyOf:
		var list []string
		if json.Unmarshal([]byte(c.Text), &list) != nil {
			list = strings.Split(c.Text, listMark)
		}
		var b []byte
		for i, s := range list {
			b = format.AppendString(append(b, "[,"[min(i, 1)]), s)
		}
		if len(list) > 0 {
			return append(b, ']'), nil
		}
	default: // text, or nothing here
	}
	return format.AppendString(nil, c.Text), nil
}
