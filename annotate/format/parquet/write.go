package parquet

import (
	"cmp"
	"slices"
	"strconv"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/parquetfile"
	"lede/annotate/format/rows"
	"lede/annotate/format/token"
	"lede/annotate/text"
)

func col(kind rows.Kind, names ...string) []rows.Column {
	var list []rows.Column
	for _, n := range names {
		list = append(list, rows.Column{Name: n, Kind: kind, Group: rows.Fixed})
	}
	return list
}

func group(g rows.Group) []rows.Column { return []rows.Column{{Group: g}} }

// specs are the columns of the tables. What is in JSON is what is read back; a column
// for each key of it is for those who ask the tables.
func specs(noText bool) []rows.Spec {
	head := slices.Concat(col(rows.Whole, "article_no"), col(rows.Text, "doc_id"))
	who := slices.Concat(head, col(rows.Text, "annotator"))
	withText := func(names ...string) []rows.Column {
		if noText {
			return nil
		}
		return col(rows.Text, names...)
	}
	return []rows.Spec{
		{Name: rows.ArticlesTable, Columns: slices.Concat(
			head, withText("title"), col(rows.Text, "source", "url", "author", "published", "published_iso", "language", "split"), group(rows.Meta),
			col(rows.Text, "meta", "sha256"), col(rows.Whole, "length"), withText("text"))},
		{Name: rows.SetsTable, Columns: slices.Concat(who, col(rows.Text, "status", "flag", "reason", "note"), col(rows.List, "accepted"), group(rows.Fields), col(rows.Text, "fields"))},
		{Name: rows.SpansTable, Columns: slices.Concat(
			who, col(rows.Whole, "span_no"), col(rows.Text, "span_id"), col(rows.Whole, "start", "end"), col(rows.Ranges, "fragments"), col(rows.Text, "label"), withText("text"),
			col(rows.Text, "status", "entity", "entity_kind", "entity_id", "origin", "note"), col(rows.List, "accepted"), group(rows.Attributes), col(rows.Text, "attributes"))},
		{Name: rows.RelationsTable, Columns: slices.Concat(
			who, col(rows.Whole, "relation_no"), col(rows.Text, "relation_id", "type", "from_id", "to_id", "from_label", "to_label", "note"),
			col(rows.List, "accepted"), group(rows.Attributes), col(rows.Text, "attributes"))},
		{Name: rows.TokensTable, Columns: slices.Concat(head, col(rows.Whole, "token_no", "start", "end"), withText("text"), col(rows.Tick, "space"))},
	}
}

// writer collects the tables, part by part, and writes them when all rows are there.
type writer struct {
	out    format.Target
	job    *format.Job
	by     []string // what the parts are made by
	tables map[string]*rows.Table
	specs  []rows.Spec
	n      int
}

// written are the files of an export, by table, for the read-back.
type written map[string][]string

func newWriter(out format.Target, job *format.Job) (format.Writer, error) {
	by, err := parsePartition(job.Settings["partition"])
	if err != nil {
		return nil, err
	}
	w := &writer{out: out, job: job, by: by, tables: map[string]*rows.Table{}, specs: specs(job.NoText)}
	if !job.Settings.Yes("tokens") {
		w.specs = w.specs[:len(w.specs)-1]
	}
	for _, spec := range w.specs {
		t, err := rows.NewTable(spec)
		if err != nil {
			w.remove()
			return nil, err
		}
		w.tables[spec.Name] = t
	}
	return w, nil
}

func (w *writer) remove() {
	for _, t := range w.tables {
		_ = t.Remove()
	}
}

// row is a row by the names of its columns.
type row map[string]rows.Cell

// add adds a row to the part of its table.
func (w *writer) add(table string, r row, open [rows.Fixed]map[string]rows.Cell, keys map[string]string) error {
	t := w.tables[table]
	if t == nil {
		return nil
	}
	made := &rows.Row{Open: open}
	for _, c := range t.Spec.Columns {
		if c.Group == rows.Fixed {
			made.Fixed = append(made.Fixed, r[c.Name])
		}
	}
	return t.Add(w.part(keys), made)
}

// Write adds the rows of an article.
func (w *writer) Write(a *format.Article) error {
	w.n++
	at := row{"article_no": rows.WholeCell(w.n), "doc_id": rows.TextCell(a.Ref)}
	keys := map[string]string{"source": a.Publisher, "language": a.Language, "split": a.Split, "year": "", "month": ""}
	if len(a.PublishedISO) >= 4 {
		keys["year"] = a.PublishedISO[:4]
	}
	if len(a.PublishedISO) >= 7 {
		keys["month"] = a.PublishedISO[5:7]
	}
	r := with(at, row{
		"title": rows.TextCell(a.Title), "source": rows.TextCell(a.Publisher), "url": rows.TextCell(a.URL), "author": rows.TextCell(a.Author),
		"published": rows.TextCell(a.Published), "published_iso": rows.TextCell(a.PublishedISO), "language": rows.TextCell(a.Language), "split": rows.TextCell(a.Split),
		"meta": object(a.Meta), "sha256": rows.TextCell(a.Hash), "length": rows.WholeCell(a.Length), "text": rows.Cell{Kind: rows.Text, Text: a.Text},
	})
	err := w.add(rows.ArticlesTable, r, [rows.Fixed]map[string]rows.Cell{rows.Meta: rows.Values(a.Meta)}, keys)
	for i := range a.Sets {
		if err == nil {
			err = w.set(at, a, &a.Sets[i], keys)
		}
	}
	if err == nil && w.tables[rows.TokensTable] != nil {
		err = w.tokens(at, a, keys)
	}
	return err
}

func (w *writer) set(at row, a *format.Article, s *format.Set, keys map[string]string) error {
	keys = with(keys, map[string]string{"annotator": s.Annotator, "status": string(s.Status)})
	at = with(at, row{"annotator": rows.TextCell(s.Annotator), "status": rows.TextCell(string(s.Status))})
	r := with(at, row{"flag": rows.TextCell(s.Flag), "reason": rows.TextCell(s.Reason), "note": rows.TextCell(s.Note), "accepted": list(s.Accepted), "fields": object(s.Fields)})
	if err := w.add(rows.SetsTable, r, [rows.Fixed]map[string]rows.Cell{rows.Fields: rows.Values(s.Fields)}, keys); err != nil {
		return err
	}
	labels := map[string]string{}
	for i := range s.Spans {
		x := &s.Spans[i]
		labels[x.ID] = x.Label
		e := format.Entity{}
		if x.Entity != nil {
			e = *x.Entity
		}
		r := with(at, row{
			"span_no": rows.WholeCell(i + 1), "span_id": rows.TextCell(x.ID), "start": rows.WholeCell(x.Fragments[0].Start),
			"end": rows.WholeCell(x.Fragments[len(x.Fragments)-1].End), "fragments": rows.RangesCell(x.Fragments), "label": rows.TextCell(x.Label),
			"text": rows.TextCell(a.Index().Quote(x.Fragments)), "entity": rows.TextCell(e.Name), "entity_kind": rows.TextCell(e.Kind), "entity_id": rows.TextCell(e.ID),
			"origin": rows.TextCell(x.Origin), "note": rows.TextCell(x.Note), "accepted": list(x.Accepted), "attributes": object(x.Attributes),
		})
		err := w.add(rows.SpansTable, r, [rows.Fixed]map[string]rows.Cell{rows.Attributes: rows.Values(x.Attributes)}, with(keys, map[string]string{"label": x.Label}))
		if err != nil {
			return err
		}
	}
	for i := range s.Relations {
		x := &s.Relations[i]
		r := with(at, row{
			"relation_no": rows.WholeCell(i + 1), "relation_id": rows.TextCell(x.ID), "type": rows.TextCell(x.Type), "from_id": rows.TextCell(x.From), "to_id": rows.TextCell(x.To),
			"from_label": rows.TextCell(labels[x.From]), "to_label": rows.TextCell(labels[x.To]), "note": rows.TextCell(x.Note), "accepted": list(x.Accepted), "attributes": object(x.Attributes),
		})
		if err := w.add(rows.RelationsTable, r, [rows.Fixed]map[string]rows.Cell{rows.Attributes: rows.Values(x.Attributes)}, keys); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) tokens(at row, a *format.Article, keys map[string]string) error {
	all := token.Split(w.job.Settings["tokenizer"], a.Index(), text.Range{End: a.Index().Len()}, nil)
	t, part := w.tables[rows.TokensTable], w.part(keys)
	r := &rows.Row{} // there are very many: the cells in the order of the columns
	for i, x := range all {
		r.Fixed = append(r.Fixed[:0], at["article_no"], at["doc_id"], rows.WholeCell(i+1), rows.WholeCell(x.Start), rows.WholeCell(x.End))
		if !w.job.NoText {
			r.Fixed = append(r.Fixed, rows.TextCell(a.Index().Slice(x.Range)))
		}
		r.Fixed = append(r.Fixed, rows.Cell{Kind: rows.Tick, Text: strconv.FormatBool(x.Space)})
		if err := t.Add(part, r); err != nil {
			return err
		}
	}
	return nil
}

// with is a map with those of another.
func with[M ~map[string]V, V any](a, b M) M {
	all := make(M, len(a)+len(b))
	for k, v := range a {
		all[k] = v
	}
	for k, v := range b {
		all[k] = v
	}
	return all
}

func list(texts []string) rows.Cell {
	if len(texts) == 0 {
		return rows.Cell{}
	}
	var b []byte
	for i, s := range texts {
		b = format.AppendString(append(b, "[,"[min(i, 1)]), s)
	}
	return rows.Cell{Kind: rows.List, Text: string(append(b, ']'))}
}

// object is values as JSON.
func object(v annotate.Values) rows.Cell {
	if len(v) == 0 {
		return rows.Cell{}
	}
	var b []byte
	for i, key := range sortedKeys(v) {
		raw, err := format.CanonicalJSON(v[key])
		if err != nil {
			raw = []byte("null") // cannot be: the Store holds JSON only
		}
		b = append(append(format.AppendString(append(b, "{,"[min(i, 1)]), key), ':'), raw...)
	}
	return rows.Cell{Kind: rows.Text, Text: string(append(b, '}'))}
}

// Close writes the files.
func (w *writer) Close() error {
	files := written{}
	w.job.State = files
	var err error
	for _, spec := range w.specs {
		t := w.tables[spec.Name]
		parts := t.Parts()
		if len(parts) == 0 {
			parts = []string{""}
		}
		for _, part := range parts {
			name := spec.Name + "/" + part + "part-0.parquet"
			if err == nil {
				err = w.file(t, part, name)
			}
			files[spec.Name] = append(files[spec.Name], name)
		}
	}
	for _, spec := range w.specs {
		err = cmp.Or(err, w.tables[spec.Name].Remove())
	}
	return err
}

func (w *writer) file(t *rows.Table, part, name string) error {
	out, err := w.out.Create(name)
	if err != nil {
		return err
	}
	columns := t.Columns(w.job.Schema)
	folders := folderValues(part)
	var file []parquetfile.Column
	var of []int
	for i, c := range columns {
		if _, told := folders[c.Name]; told && c.Group == rows.Fixed {
			continue // the folder says it
		}
		if c.Group != rows.Fixed && c.Name != c.Key {
			w.job.Names[t.Spec.Name+" "+c.Key] = c.Name
		}
		file, of = append(file, parquetfile.Of(c)), append(of, i)
	}
	p := parquetfile.NewWriter(out, t.Spec.Name, w.job.Settings["compression"], file)
	values := make([]any, len(file))
	err = t.Each(part, columns, func(cells []rows.Cell) error {
		for k, i := range of {
			values[k] = parquetfile.Value(cells[i], columns[i].Kind)
		}
		return p.Write(values)
	})
	return cmp.Or(err, p.Close())
}
