package rows

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/text"
)

// The names of the tables.
const (
	ArticlesTable  = "articles"
	SetsTable      = "sets"
	SpansTable     = "spans"
	RelationsTable = "relations"
	TokensTable    = "tokens"
)

// With says how much of its article each row of a span table has.
type With struct {
	Facts bool // title, source, … and what is said of the whole article
	Text  bool // the text, in the first row of an article and annotator
	Hash  bool // the hash and length of the text, and no text of spans
}

// Spans is the table of spans.
func Spans(w With) Spec {
	c := slices.Concat(fixed(Text, "doc_id", "annotator", "span_id"), fixed(Whole, "start", "end"), fixed(Ranges, "fragments"), fixed(Text, "label"))
	if !w.Hash {
		c = append(c, fixed(Text, "text")...)
	}
	c = slices.Concat(c, fixed(Text, "status", "entity", "entity_kind", "entity_id", "origin", "note"), group(Attributes))
	if w.Facts {
		c = slices.Concat(c, fixed(Text, "flag", "reason", "set_note"), group(Fields))
		if !w.Hash {
			c = append(c, fixed(Text, "title")...)
		}
		c = slices.Concat(c, fixed(Text, "source", "url", "author", "published", "language"), group(Meta))
	}
	return Spec{SpansTable, append(c, w.text()...)}
}

// text are the columns that stand for the text of the article.
func (w With) text() []Column {
	switch {
	case w.Hash:
		return slices.Concat(fixed(Text, "sha256"), fixed(Whole, "length"))
	case w.Text:
		return fixed(Text, "article_text")
	}
	return nil
}

// Relations is the table of relations.
func Relations(w With) Spec {
	c := fixed(Text, "doc_id", "annotator", "relation_id", "type", "from_id", "to_id", "from_label", "to_label")
	if !w.Hash {
		c = append(c, fixed(Text, "from_text", "to_text")...)
	}
	return Spec{RelationsTable, slices.Concat(c, fixed(Text, "note"), group(Attributes))}
}

// own are the fixed columns of the tables of spans and of relations, in all variants.
var own = map[string]map[string]bool{
	SpansTable:     namesOf(Spans(With{Facts: true, Text: true}), Spans(With{Facts: true, Hash: true})),
	RelationsTable: namesOf(Relations(With{}), Relations(With{Hash: true})),
}

func namesOf(specs ...Spec) map[string]bool {
	list := map[string]bool{}
	for _, s := range specs {
		for _, c := range s.Columns {
			list[c.Name] = true
		}
	}
	delete(list, "") // of the groups
	return list
}

// lower is the name of a column whatever its case, without blanks around it.
func lower(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// SpanRows adds the spans of a set to a table that was made with Spans(w). A set
// without spans has a row of its own if empty is true. part says for each span, nil for
// such a row, in which part of the table it comes; nil for a table of one.
func SpanRows(t *Table, part func(s *format.Span) string, a *format.Article, s *format.Set, w With, empty bool) error {
	first := true
	add := func(x *format.Span) error {
		r := spanRow(a, s, x, w)
		if w.Text && !w.Hash {
			last := len(r.Fixed) - 1
			if r.Fixed[last] = (Cell{}); first {
				r.Fixed[last] = TextCell(a.Text)
			}
		}
		first = false
		return t.Add(partOf(part, x), r)
	}
	for i := range s.Spans {
		if err := add(&s.Spans[i]); err != nil {
			return err
		}
	}
	if len(s.Spans) == 0 && empty {
		return add(nil)
	}
	return nil
}

// partOf is the part of a table to which something belongs; "" for a table of one.
func partOf[T any](part func(*T) string, x *T) string {
	if part == nil {
		return ""
	}
	return part(x)
}

func spanRow(a *format.Article, s *format.Set, x *format.Span, w With) *Row {
	r := &Row{}
	put := func(cells ...Cell) { r.Fixed = append(r.Fixed, cells...) }
	put(TextCell(a.Ref), TextCell(s.Annotator))
	if x == nil {
		put(make([]Cell, 5)...) // span_id, start, end, fragments, label
		if !w.Hash {
			put(Cell{})
		}
		put(TextCell(string(s.Status)), Cell{}, Cell{}, Cell{}, Cell{}, Cell{})
	} else {
		put(TextCell(x.ID), WholeCell(x.Fragments[0].Start), WholeCell(x.Fragments[len(x.Fragments)-1].End), RangesCell(x.Fragments), TextCell(x.Label))
		if !w.Hash {
			put(TextCell(a.Index().Quote(x.Fragments)))
		}
		e := format.Entity{}
		if x.Entity != nil {
			e = *x.Entity
		}
		put(TextCell(string(s.Status)), TextCell(e.Name), TextCell(e.Kind), TextCell(e.ID), TextCell(x.Origin), TextCell(x.Note))
		r.Open[Attributes] = values(x.Attributes)
	}
	if w.Facts {
		put(TextCell(s.Flag), TextCell(s.Reason), TextCell(s.Note))
		if !w.Hash {
			put(TextCell(a.Title))
		}
		put(TextCell(a.Publisher), TextCell(a.URL), TextCell(a.Author), TextCell(a.Published), TextCell(a.Language))
		r.Open[Fields], r.Open[Meta] = values(s.Fields), values(a.Meta)
	}
	switch {
	case w.Hash:
		put(TextCell(a.Hash), WholeCell(a.Length))
	case w.Text:
		put(TextCell(a.Text))
	}
	return r
}

// RelationRows adds the relations of a set to a table that was made with Relations(w).
func RelationRows(t *Table, part func(r *format.Relation) string, a *format.Article, s *format.Set, w With) error {
	spans := make(map[string]*format.Span, len(s.Spans))
	for i := range s.Spans {
		spans[s.Spans[i].ID] = &s.Spans[i]
	}
	for i := range s.Relations {
		x := &s.Relations[i]
		r := &Row{Fixed: []Cell{TextCell(a.Ref), TextCell(s.Annotator), TextCell(x.ID), TextCell(x.Type), TextCell(x.From), TextCell(x.To)}}
		from, to := spans[x.From], spans[x.To]
		r.Fixed = append(r.Fixed, TextCell(from.Label), TextCell(to.Label))
		if !w.Hash {
			r.Fixed = append(r.Fixed, TextCell(a.Index().Quote(from.Fragments)), TextCell(a.Index().Quote(to.Fragments)))
		}
		r.Fixed = append(r.Fixed, TextCell(x.Note))
		r.Open[Attributes] = values(x.Attributes)
		if err := t.Add(partOf(part, x), r); err != nil {
			return err
		}
	}
	return nil
}

// RangesCell is a cell of fragments.
func RangesCell(fragments []text.Range) Cell {
	var b []byte
	for i, f := range fragments {
		b = append(b, "[,"[min(i, 1)], '[')
		b = strconv.AppendInt(b, int64(f.Start), 10)
		b = append(b, ',')
		b = strconv.AppendInt(b, int64(f.End), 10)
		b = append(b, ']')
	}
	return Cell{Ranges, string(append(b, ']'))}
}

// Values are cells by name. Empty values are none.
func Values(v annotate.Values) map[string]Cell { return values(v) }

func values(v annotate.Values) map[string]Cell {
	cells := make(map[string]Cell, len(v))
	for _, key := range slices.Sorted(maps.Keys(v)) {
		if c := ValueCell(v[key]); c.Kind != None {
			cells[key] = c
		}
	}
	return cells
}
