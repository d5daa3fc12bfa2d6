package parquet

import (
	"cmp"
	"context"
	"errors"
	"io"
	"iter"
	"slices"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/parquetfile"
	"lede/annotate/format/rows"
	"lede/annotate/text"
)

// maxParts is how many files are open at a time.
const maxParts = 500

const folderHint = "docs/formats/parquet.md has the tables."

// part is a file of a table, of which the next row is looked at before it is taken.
type part struct {
	r      *parquetfile.Reader
	f      io.Closer
	at     map[string]int
	folder map[string]string
	row    []any
	no     int64 // of the row's article
	done   bool
}

// advance makes the next row the one that is looked at.
func (p *part) advance() error {
	row, err := p.r.Next()
	if errors.Is(err, io.EOF) {
		p.done, p.row = true, nil
		return nil
	}
	if err != nil {
		return err
	}
	before := p.no
	p.row = row
	no, ok := p.value("article_no").(int64)
	if p.no = no; !ok || no < before || no < 1 {
		return p.refuse("article_no must be a number that does not go down")
	}
	return nil
}

func (p *part) refuse(what string, args ...any) error {
	return format.Refuse(p.r.Place(), folderHint, what, args...)
}

func (p *part) value(name string) any {
	if i, has := p.at[name]; has {
		return p.row[i]
	}
	if v, has := p.folder[name]; has && v != "" {
		return v
	}
	return nil
}

func (p *part) text(name string) string {
	switch v := p.value(name).(type) {
	case nil:
		return ""
	case string:
		return v
	default:
		c, _ := parquetfile.Cell(v)
		return c.Text
	}
}

func (p *part) number(name string) int {
	n, _ := p.value(name).(int64)
	return int(n)
}

// values are those of a column of JSON objects.
func (p *part) values(name string) (annotate.Values, error) {
	raw := p.text(name)
	if raw == "" {
		return nil, nil
	}
	v, ok := format.JSONValues(raw)
	if !ok {
		return nil, p.refuse("the column %s must hold a JSON object", name)
	}
	return v, nil
}

func (p *part) texts(name string) []string {
	var texts []string
	items, _ := p.value(name).([]any)
	for _, item := range items {
		if s, ok := item.(string); ok {
			texts = append(texts, s)
		}
	}
	return texts
}

// folder is an export that is read: the parts of each table.
type folder struct {
	src   format.Source
	parts map[string][]*part
}

func (f *folder) close() {
	for _, list := range f.parts {
		for _, p := range list {
			p.r.Close()
			_ = p.f.Close()
		}
	}
}

// add opens a file of a table.
func (f *folder) add(table string, file format.Source) error {
	r, closer, err := open(file)
	if err != nil {
		return err
	}
	p := &part{r: r, f: closer, at: map[string]int{}, folder: folderValues(file.Rel)}
	for i, name := range r.Columns() {
		p.at[name] = i
	}
	f.parts[table] = append(f.parts[table], p)
	if n := len(f.parts[table]); n > maxParts {
		return format.Refuse(f.src.At(0), "Export it anew with fewer partitions.", "the table %s has more than %d files", table, maxParts)
	}
	return p.advance()
}

func readFolder(ctx context.Context, src format.Source) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		files, err := format.Walk(src)
		f := &folder{src: src, parts: map[string][]*part{}}
		defer f.close()
		for _, rel := range files {
			switch table := tableOf(rel); {
			case err != nil, table == rows.TokensTable: // tokens are made anew for every export
			case table != "":
				err = f.add(table, src.File(rel))
			case !yield(format.LeftOut(src.At(0), "files", "not read, because their folder was taken as tables that belong together", 1, src.File(rel).Name), nil):
				return
			}
		}
		if err == nil && f.parts[rows.ArticlesTable] == nil {
			err = format.Refuse(src.At(0), folderHint, "there is no table of articles")
		}
		for err == nil {
			var a *format.Article
			if a, err = f.next(); err == nil {
				err = ctx.Err()
			}
			if errors.Is(err, io.EOF) {
				return
			}
			if err == nil && !yield(a, nil) {
				return
			}
		}
		yield(nil, err)
	}
}

// next is the next article, with all that the other tables have of it.
func (f *folder) next() (*format.Article, error) {
	var first *part
	for _, p := range f.parts[rows.ArticlesTable] {
		if !p.done && (first == nil || p.no < first.no) {
			first = p
		}
	}
	no := int64(-1)
	if first != nil {
		no = first.no
	}
	for _, table := range []string{rows.SetsTable, rows.SpansTable, rows.RelationsTable} {
		for _, p := range f.parts[table] {
			if !p.done && (first == nil || p.no < no) {
				return nil, p.refuse("the table of articles has no number %d", p.no)
			}
		}
	}
	if first == nil {
		return nil, io.EOF
	}
	a, err := first.article()
	if err == nil {
		err = first.advance()
	}
	if err == nil {
		err = f.sets(a, no)
	}
	return a, err
}

func (p *part) article() (*format.Article, error) {
	a := &format.Article{
		Place: p.r.Place(), Ref: p.text("doc_id"), Title: p.text("title"), Publisher: p.text("source"), URL: p.text("url"), Author: p.text("author"),
		Published: p.text("published"), Language: p.text("language"), Split: p.text("split"),
	}
	var err error
	if a.Meta, err = p.values("meta"); err != nil {
		return nil, err
	}
	if _, has := p.at["text"]; has {
		a.Text = p.text("text")
		return a, nil
	}
	a.NoText, a.Hash, a.Length = true, p.text("sha256"), p.number("length")
	if len(a.Hash) != 64 || a.Length < 0 {
		return nil, p.refuse("an article without a text needs a sha256 of 64 digits and a length, not %q and %d", a.Hash, a.Length)
	}
	return a, nil
}

// each uses the rows that a table has of an article.
func (f *folder) each(table string, no int64, use func(p *part) error) error {
	for _, p := range f.parts[table] {
		for !p.done && p.no == no {
			if err := use(p); err != nil {
				return err
			}
			if err := p.advance(); err != nil {
				return err
			}
		}
	}
	return nil
}

// numbered is a thing with its place in the set.
type numbered[T any] struct {
	n int
	x T
}

func inOrder[T any](list []numbered[T]) []T {
	slices.SortStableFunc(list, func(a, b numbered[T]) int { return cmp.Compare(a.n, b.n) })
	var all []T
	for _, one := range list {
		all = append(all, one.x)
	}
	return all
}

func (f *folder) sets(a *format.Article, no int64) error {
	err := f.each(rows.SetsTable, no, func(p *part) error {
		s := format.Set{
			Place: p.r.Place(), Annotator: p.text("annotator"), Status: annotate.Status(p.text("status")), Flag: p.text("flag"), Reason: p.text("reason"),
			Note: p.text("note"), Accepted: p.texts("accepted"),
		}
		var err error
		s.Fields, err = p.values("fields")
		a.Sets = append(a.Sets, s)
		return err
	})
	if err != nil {
		return err
	}
	slices.SortStableFunc(a.Sets, func(x, y format.Set) int { return cmp.Compare(x.Annotator, y.Annotator) })
	find := func(p *part) (int, error) {
		who := p.text("annotator")
		i := slices.IndexFunc(a.Sets, func(s format.Set) bool { return s.Annotator == who })
		if i < 0 {
			return 0, p.refuse("the table of sets has none of annotator %q and article %q", who, a.Ref)
		}
		return i, nil
	}
	spans, relations := map[int][]numbered[format.Span]{}, map[int][]numbered[format.Relation]{}
	err = f.each(rows.SpansTable, no, func(p *part) error {
		i, err := find(p)
		if err != nil {
			return err
		}
		x, err := p.span()
		spans[i] = append(spans[i], numbered[format.Span]{p.number("span_no"), x})
		return err
	})
	if err != nil {
		return err
	}
	err = f.each(rows.RelationsTable, no, func(p *part) error {
		i, err := find(p)
		if err != nil {
			return err
		}
		r := format.Relation{
			Place: p.r.Place(), ID: p.text("relation_id"), Type: p.text("type"), From: p.text("from_id"), To: p.text("to_id"), Note: p.text("note"), Accepted: p.texts("accepted"),
		}
		r.Attributes, err = p.values("attributes")
		relations[i] = append(relations[i], numbered[format.Relation]{p.number("relation_no"), r})
		return err
	})
	for i := range a.Sets {
		a.Sets[i].Spans, a.Sets[i].Relations = inOrder(spans[i]), inOrder(relations[i])
	}
	return err
}

func (p *part) span() (format.Span, error) {
	x := format.Span{
		Place: p.r.Place(), ID: p.text("span_id"), Label: p.text("label"), Origin: p.text("origin"), Note: p.text("note"), Accepted: p.texts("accepted"),
	}
	items, _ := p.value("fragments").([]any)
	for _, item := range items {
		s, ok := item.(parquetfile.Struct)
		if !ok || len(s) != 2 {
			return x, p.refuse("fragments must be a list of starts and ends")
		}
		start, ok1 := s[0].Value.(int64)
		end, ok2 := s[1].Value.(int64)
		if !ok1 || !ok2 {
			return x, p.refuse("fragments must be a list of starts and ends")
		}
		x.Fragments = append(x.Fragments, text.Range{Start: int(start), End: int(end)})
	}
	if _, has := p.at["text"]; has {
		x.Text, x.HasText = p.text("text"), true
	}
	if name := p.text("entity"); name != "" || p.text("entity_id") != "" {
		x.Entity = &format.Entity{ID: p.text("entity_id"), Kind: p.text("entity_kind"), Name: name}
	}
	var err error
	x.Attributes, err = p.values("attributes")
	return x, err
}
