package huggingface

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/parquetfile"
	"lede/annotate/format/rows"
)

type writer struct {
	out    format.Target
	job    *format.Job
	s      *state
	tables map[string]*rows.Table
	splits []string
	labels []string // of the tags, in the order of the schema
	rows   map[string]int
}

func newWriter(out format.Target, job *format.Job) (format.Writer, error) {
	s := job.State.(*state)
	if s.err != nil {
		return nil, s.err
	}
	w := &writer{out: out, job: job, s: s, tables: map[string]*rows.Table{}, splits: []string{"train"}, labels: job.SchemaLabels(), rows: map[string]int{}}
	if job.Splits != nil {
		w.splits = nil
		for _, s := range job.Splits {
			w.splits = append(w.splits, splitName(s))
		}
	}
	for _, c := range configs {
		t, err := rows.NewTable(specOf(c, s.layout.Unit.Name != "article"))
		if err != nil {
			w.remove()
			return nil, err
		}
		w.tables[c] = t
	}
	return w, nil
}

func (w *writer) remove() {
	for _, t := range w.tables {
		_ = t.Remove()
	}
}

// splitName is a part of the data as the Hub calls it.
func splitName(s string) string {
	if s == "dev" {
		return "validation"
	}
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' {
			return r
		}
		return '_'
	}, s)
	return cmp.Or(name, "train")
}

func cells(texts ...string) []rows.Cell {
	list := make([]rows.Cell, len(texts))
	for i, s := range texts {
		list[i] = rows.TextCell(s)
	}
	return list
}

// Write adds an article to the tables.
func (w *writer) Write(a *format.Article) error {
	p := a.Prepared.(*prepared)
	for i, piece := range p.pieces {
		if err := w.row(piece, p.tokens[i]); err != nil {
			return err
		}
	}
	return nil
}

// place are the cells that say which piece of an article a row is.
func place(p *format.Piece) []rows.Cell {
	if p == nil {
		return nil
	}
	list := cells(p.Of)
	for _, n := range []int{p.Start, p.End, p.Length} {
		list = append(list, rows.Cell{Kind: rows.Whole, Text: strconv.Itoa(n)})
	}
	return list
}

// row adds what is said of an article, or a piece of one.
func (w *writer) row(a *format.Article, tokens tagged) error {
	split := "train"
	if w.job.Splits != nil {
		split = splitName(a.Split)
	}
	s := format.Set{}
	if len(a.Sets) > 0 {
		s = a.Sets[0]
	}
	fields := [rows.Fixed]map[string]rows.Cell{rows.Fields: rows.Values(s.Fields)}
	r := &rows.Row{Open: fields}
	r.Fixed = append(r.Fixed, rows.TextCell(a.Ref), rows.Cell{Kind: rows.Text, Text: a.Text}, rows.Cell{Kind: rows.JSON, Text: w.spans(a, &s)})
	r.Fixed = append(r.Fixed, cells(a.Title, a.Publisher, a.URL, a.Author, a.Published, a.Language, s.Annotator, string(s.Status), s.Flag, s.Reason, s.Note)...)
	r.Fixed = append(r.Fixed, cells(object(s.Fields), object(a.Meta))...)
	r.Fixed = append(r.Fixed, place(a.Piece)...)
	if err := w.add(spansConfig, split, r); err != nil {
		return err
	}
	r = &rows.Row{Open: fields, Fixed: append([]rows.Cell{rows.TextCell(a.Ref), list(tokens.words), list(tokens.tags)}, place(a.Piece)...)}
	if err := w.add(tokensConfig, split, r); err != nil {
		return err
	}
	ends := map[string]*format.Span{}
	for i := range s.Spans {
		ends[s.Spans[i].ID] = &s.Spans[i]
	}
	for _, x := range s.Relations {
		from, to := ends[x.From], ends[x.To]
		r := &rows.Row{Fixed: cells(a.Ref, x.ID, x.Type, x.From, x.To, from.Label, to.Label, a.Index().Quote(from.Fragments), a.Index().Quote(to.Fragments), x.Note, object(x.Attributes))}
		if err := w.add(relationsConfig, split, r); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) add(config, split string, r *rows.Row) error {
	w.rows[config+"/"+split]++
	return w.tables[config].Add(split, r)
}

// spans are the spans as JSON lists in the order of spanFields: one for each fragment,
// those of one span with its id.
func (w *writer) spans(a *format.Article, s *format.Set) string {
	b := []byte{'['}
	for i := range s.Spans {
		x := &s.Spans[i]
		if !slices.Contains(w.labels, x.Label) {
			w.labels = append(w.labels, x.Label)
		}
		e := format.Entity{}
		if x.Entity != nil {
			e = *x.Entity
		}
		for _, f := range x.Fragments {
			if len(b) > 1 {
				b = append(b, ',')
			}
			b = fmt.Appendf(append(format.AppendString(append(b, '['), x.ID), ','), "%d,%d", f.Start, f.End)
			for _, t := range []string{x.Label, a.Index().Slice(f), e.Name, e.Kind, e.ID, x.Origin, x.Note, object(x.Attributes)} {
				b = format.AppendString(append(b, ','), t)
			}
			b = append(b, ']')
		}
	}
	return string(append(b, ']'))
}

func list(texts []string) rows.Cell {
	b := []byte{'['}
	for i, s := range texts {
		if i > 0 {
			b = append(b, ',')
		}
		b = format.AppendString(b, s)
	}
	return rows.Cell{Kind: rows.List, Text: string(append(b, ']'))}
}

// object is values as JSON, "" for none.
func object(v annotate.Values) string {
	if len(v) == 0 {
		return ""
	}
	var b []byte
	for i, key := range slices.Sorted(maps.Keys(v)) {
		raw, err := format.CanonicalJSON(v[key])
		if err != nil {
			raw = []byte("null") // cannot be: the Store holds JSON only
		}
		b = append(append(format.AppendString(append(b, "{,"[min(i, 1)]), key), ':'), raw...)
	}
	return string(append(b, '}'))
}

// tagNames are the classes of the tags: O, then B- and I- of each label.
func (w *writer) tagNames() []string {
	names := []string{"O"}
	for _, l := range w.labels {
		names = append(names, "B-"+l, "I-"+l)
	}
	return names
}

// Close writes the files and the card.
func (w *writer) Close() error {
	made := map[string][]string{}
	w.s.made = made
	var features []config
	var err error
	for _, c := range configs {
		if err != nil {
			break
		}
		f := w.features(c)
		features = append(features, f)
		for _, split := range w.splits {
			name := c + "/" + split + "-00000-of-00001.parquet"
			made[c] = append(made[c], name)
			if err = w.file(f, split, name); err != nil {
				break
			}
		}
	}
	if err == nil {
		err = w.card(features)
	}
	for _, c := range configs {
		err = cmp.Or(err, w.tables[c].Remove())
	}
	return err
}

// file writes one split of a configuration.
func (w *writer) file(c config, split, name string) error {
	out, err := w.out.Create(name)
	if err != nil {
		return err
	}
	p := parquetfile.NewWriter(out, c.name, "snappy", c.file, [2]string{"huggingface", c.info()})
	tags := map[string]int64{}
	for i, n := range w.tagNames() {
		tags[n] = int64(i)
	}
	values := make([]any, len(c.columns))
	err = w.tables[c.name].Each(split, c.columns, func(cells []rows.Cell) error {
		for i, col := range c.columns {
			switch {
			case c.name == tokensConfig && col.Group == rows.Fixed && col.Name == "ner_tags":
				ids := []any{}
				for _, t := range cells[i].Texts() {
					ids = append(ids, tags[t])
				}
				values[i] = ids
			case c.name == spansConfig && col.Group == rows.Fixed && col.Name == "spans":
				values[i] = spanValues(cells[i].Text)
			default:
				values[i] = parquetfile.Value(cells[i], col.Kind)
			}
		}
		return p.Write(values)
	})
	return cmp.Or(err, p.Close())
}

// spanValues are what spans wrote as values of structs; "" is null.
func spanValues(raw string) any {
	var items [][]json.RawMessage
	_ = json.Unmarshal([]byte(raw), &items) // it was written by spans
	all := []any{}
	for _, item := range items {
		var s []any
		for k, v := range item {
			if k == 1 || k == 2 {
				var n int64
				_ = json.Unmarshal(v, &n)
				s = append(s, n)
				continue
			}
			s = append(s, format.JSONString(string(v)))
		}
		all = append(all, s)
	}
	return all
}
