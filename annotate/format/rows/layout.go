package rows

import (
	"cmp"
	"encoding/json"

	"lede/annotate"
	"lede/annotate/format"
)

// Layout says which tables an export has, and what is in them.
type Layout struct {
	Articles, Spans, Relations bool // the tables
	With
	Empty bool // sets without spans have a row in the table of spans
	// Keeps says whether a value comes back from its cell as it is, without the help of
	// a schema.
	Keeps func(raw json.RawMessage) bool
	// Limit is how many UTF-16 units a cell holds; 0 for any number. Texts of articles go
	// on in further columns, others are cut.
	Limit int
}

// Options are the options of formats that write tables of spans, but for those of
// spreadsheets.
func Options() []format.Option {
	return []format.Option{
		{
			Key: "rows", Values: []string{"spans", "articles", "spans+relations", "all"}, Default: "spans", For: format.ForExport,
			Help: "what a row is: a span; an article, with its facts, document fields and text; spans+relations and all make a table of each",
		},
		{
			Key: "article", Values: []string{"id", "facts", "text"}, Default: "id", For: format.ForExport,
			Help: "what a table of spans has of the articles: their ids; facts and document fields in each row; also the text, in the first row",
		},
		{Key: "empty", Values: []string{"yes", "no"}, Default: "no", For: format.ForExport, Help: "a row without a span for each annotator and article without spans"},
	}
}

// ImportOption is --opt rows=… for reading.
func ImportOption() format.Option {
	return format.Option{
		Key: "rows", Values: []string{"auto", "articles", "spans"}, Default: "auto", For: format.ForImport,
		Help: "what a row is; auto: a span if there are columns doc_id, start, end and label, else an article",
	}
}

// ParseLayout reads the options of Options.
func ParseLayout(s format.Settings, noText bool) Layout {
	l := Layout{
		With:  With{Facts: s["article"] != "id", Text: s["article"] == "text" && !noText, Hash: noText},
		Empty: s.Yes("empty"), Keeps: Texts,
	}
	switch s["rows"] {
	case "articles":
		l.Articles = true
	case "all":
		l.Articles, l.Spans, l.Relations = true, true, true
		l.Facts, l.Text = false, false
	case "spans+relations":
		l.Spans, l.Relations = true, true
	default:
		l.Spans = true
	}
	return l
}

// Tables is the number of tables.
func (l Layout) Tables() int {
	n := 0
	for _, has := range []bool{l.Articles, l.Spans, l.Relations} {
		if has {
			n++
		}
	}
	return n
}

// Book is the tables of an export that are being made.
type Book struct {
	layout                     Layout
	job                        *format.Job
	articles, spans, relations *Table
}

// Begin begins the tables.
func (l Layout) Begin(job *format.Job) (*Book, error) {
	b := &Book{layout: l, job: job}
	var err error
	begin := func(wanted bool, t **Table, spec Spec) {
		if wanted && err == nil {
			*t, err = NewTable(spec)
		}
	}
	begin(l.Articles, &b.articles, Articles(l.With))
	begin(l.Spans, &b.spans, Spans(l.With))
	begin(l.Relations, &b.relations, Relations(l.With))
	if err != nil {
		_ = b.Remove()
		return nil, err
	}
	return b, nil
}

// Write adds the rows of a fitted article.
func (b *Book) Write(a *format.Article) error {
	sets := a.Sets
	if len(sets) == 0 {
		sets = []format.Set{{Status: annotate.New}}
	}
	for i := range sets {
		s := &sets[i]
		var err error
		if b.articles != nil {
			err = ArticleRow(b.articles, a, s, b.layout.With)
		}
		if b.spans != nil && err == nil {
			err = SpanRows(b.spans, nil, a, s, b.layout.With, b.layout.Empty && b.articles == nil)
		}
		if b.relations != nil && err == nil {
			err = RelationRows(b.relations, nil, a, s, b.layout.With)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Tables are the tables with all their rows.
func (b *Book) Tables() []*Table {
	var list []*Table
	for _, t := range []*Table{b.articles, b.spans, b.relations} {
		if t != nil {
			list = append(list, t)
		}
	}
	return list
}

// Columns are the columns of a table. Those that are not called as the project calls
// them are noted in the names of the job.
func (b *Book) Columns(t *Table) []Column {
	columns := t.Columns(b.job.Schema)
	for _, c := range columns {
		if c.Group != Fixed && c.Name != c.Key {
			b.job.Names[[Fixed]string{"attribute", "field", "meta"}[c.Group]+" "+c.Key] = c.Name
		}
	}
	return columns
}

// Remove removes what the tables were kept in.
func (b *Book) Remove() error {
	var err error
	for _, t := range b.Tables() {
		err = cmp.Or(err, t.Remove())
	}
	return err
}
