package huggingface

import (
	"cmp"
	"context"
	"errors"
	"io"
	"iter"
	"os"
	"path"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/parquetfile"
	"lede/annotate/text"
)

const hint = "docs/formats/huggingface.md says what is read."

// table is a file that is read, of which the next row is looked at before it is taken.
type table struct {
	r   *parquetfile.Reader
	f   io.Closer
	at  map[string]int
	row []any
}

func open(src format.Source) (*table, error) {
	in, err := src.Open()
	if err != nil {
		return nil, err
	}
	f, ok := in.(*os.File)
	if !ok {
		_ = in.Close()
		return nil, format.Refuse(src.At(0), "Unpack it first.", "Parquet is read from files only")
	}
	info, err := f.Stat()
	var r *parquetfile.Reader
	if err == nil {
		r, err = parquetfile.Open(f, info.Size(), src.At(0))
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	t := &table{r: r, f: f, at: map[string]int{}}
	for i, name := range r.Columns() {
		t.at[name] = i
	}
	return t, nil
}

func (t *table) close() {
	if t != nil {
		t.r.Close()
		_ = t.f.Close()
	}
}

func (t *table) has(columns ...string) bool {
	return !slices.ContainsFunc(columns, func(c string) bool { _, has := t.at[c]; return !has })
}

// next takes the next row; io.EOF behind the last.
func (t *table) next() error {
	var err error
	t.row, err = t.r.Next()
	return err
}

func (t *table) value(name string) any {
	if i, has := t.at[name]; has && t.row != nil {
		return t.row[i]
	}
	return nil
}

func (t *table) text(name string) string { return textOf(t.value(name)) }

func textOf(v any) string {
	c, _ := parquetfile.Cell(v)
	return c.Text
}

func (t *table) refuse(what string, args ...any) error {
	return format.Refuse(t.r.Place(), hint, what, args...)
}

// object reads values that were written as JSON.
func (t *table) object(raw string) (annotate.Values, error) {
	if raw == "" {
		return nil, nil
	}
	v, ok := format.JSONValues(raw)
	if !ok {
		return nil, t.refuse("fields, meta and attributes must be JSON objects, not %.40q", raw)
	}
	return v, nil
}

// joined reads articles, also such of which the rows are pieces.
func joined(ctx context.Context, src format.Source, s format.Settings) iter.Seq2[*format.Article, error] {
	return format.JoinPieces(read(ctx, src, s))
}

func read(ctx context.Context, src format.Source, _ format.Settings) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		names := []string{src.Rel}
		file := func(string) format.Source { return src }
		if src.Dir {
			all, err := format.Walk(src)
			if err != nil {
				yield(nil, err)
				return
			}
			names, file = parquetOnly(all), src.File
		}
		own := slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(n, spansConfig+"/") })
		if own {
			names = slices.DeleteFunc(names, func(n string) bool { return strings.HasPrefix(n, tokensConfig+"/") }) // made anew for every export
		}
		// All in "train" is as the Hub calls what is in no parts.
		parts := slices.ContainsFunc(names, func(n string) bool { s := splitOf(n); return s != "" && s != "train" })
		read := 0
		for _, name := range names {
			if own && !strings.HasPrefix(name, spansConfig+"/") {
				continue // relations come with the spans
			}
			relations := ""
			if other := relationsConfig + "/" + path.Base(name); own && slices.Contains(names, other) {
				relations = other
			}
			read++
			split := ""
			if parts {
				split = splitOf(name)
			}
			if !oneFile(ctx, file(name), relations, file, split, yield) {
				return
			}
		}
		if read == 0 {
			yield(nil, format.Refuse(src.At(0), hint, "there is no Parquet file in the folder"))
		}
	}
}

func parquetOnly(files []string) []string {
	return slices.DeleteFunc(slices.Clone(files), func(f string) bool { return !strings.HasSuffix(f, ".parquet") })
}

// splitOf is the part of the data that a file is of, as Lede calls it.
func splitOf(name string) string {
	stem, _, _ := strings.Cut(path.Base(name), "-")
	stem = strings.TrimSuffix(stem, ".parquet")
	switch stem {
	case "validation":
		return "dev"
	case "train", "test":
		return stem
	}
	return ""
}

// oneFile reads a file; false if there is no going on.
func oneFile(ctx context.Context, src format.Source, relations string, file func(string) format.Source, split string, yield func(*format.Article, error) bool) bool {
	t, err := open(src)
	if err != nil {
		yield(nil, err)
		return false
	}
	defer t.close()
	var links *linked
	if relations != "" {
		l, err := open(file(relations))
		if err != nil {
			yield(nil, err)
			return false
		}
		defer l.close()
		links = &linked{t: l}
	}
	build, err := t.maker()
	for err == nil {
		if err = t.next(); errors.Is(err, io.EOF) {
			if err = links.nothingLeft(); err == nil {
				return true
			}
		}
		var a *format.Article
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			a, err = build(t)
		}
		if err == nil {
			a.Split = split
			err = links.take(a)
		}
		if err == nil && !yield(a, nil) {
			return false
		}
	}
	yield(nil, err)
	return false
}

// maker says how a row becomes an article: by its columns.
func (t *table) maker() (func(*table) (*format.Article, error), error) {
	switch {
	case t.has("text", "spans"), t.has("text", "entities"):
		return spansRow, nil
	case t.has("tokens") && (t.has("ner_tags") || t.has("tags") || t.has("labels")):
		names := t.classes()
		return func(t *table) (*format.Article, error) { return tokensRow(t, names) }, nil
	}
	return nil, t.refuse("its columns are %s: there is no text with spans, and there are no tokens with ner_tags. As a plain table it is read with --format parquet", strings.Join(t.r.Columns(), ", "))
}

// spansRow is an article of a configuration of spans, ours or another's.
func spansRow(t *table) (*format.Article, error) {
	a := &format.Article{
		Place: t.r.Place(), Ref: cmp.Or(t.text("id"), t.text("doc_id")), Text: t.text("text"), Title: t.text("title"), Publisher: t.text("source"), URL: t.text("url"),
		Author: t.text("author"), Published: cmp.Or(t.text("published"), t.text("date")), Language: t.text("language"), Piece: t.piece(),
	}
	s := format.Set{
		Place: t.r.Place(), Annotator: t.text("annotator"), Status: annotate.Status(t.text("status")), Flag: t.text("flag"), Reason: t.text("reason"), Note: t.text("note"),
	}
	var err error
	if a.Meta, err = t.object(t.text("meta")); err == nil {
		s.Fields, err = t.object(t.text("fields"))
	}
	items, _ := cmp.Or(t.value("spans"), t.value("entities")).([]any)
	for _, item := range items {
		if err == nil {
			err = t.span(&s, item)
		}
	}
	if !s.Blank() || s.Annotator != "" {
		a.Sets = []format.Set{s}
	}
	return a, err
}

// piece says which piece of an article a row is; nil for all of one.
func (t *table) piece() *format.Piece {
	of, ok := t.value(pieceNames[0]).(string)
	var n [3]int64
	for i, name := range pieceNames[1:] {
		v, whole := t.value(name).(int64)
		n[i], ok = v, ok && whole
	}
	if !ok {
		return nil
	}
	return &format.Piece{Of: of, Range: text.Range{Start: int(n[0]), End: int(n[1])}, Length: int(n[2])}
}

// span adds a span, or one more fragment of one that is there.
func (t *table) span(s *format.Set, item any) error {
	fields, ok := item.(parquetfile.Struct)
	get := func(names ...string) any {
		for _, f := range fields {
			if slices.Contains(names, f.Name) {
				return f.Value
			}
		}
		return nil
	}
	start, ok1 := get("start", "start_offset").(int64)
	end, ok2 := get("end", "end_offset").(int64)
	if !ok || !ok1 || !ok2 {
		return t.refuse("spans must be structs with start, end and label")
	}
	place := text.Range{Start: int(start), End: int(end)}
	x := format.Span{
		Place: t.r.Place(), ID: textOf(get("id")), Label: textOf(get("label", "type")), Fragments: []text.Range{place}, Origin: textOf(get("origin")), Note: textOf(get("note")),
	}
	if v, has := get("text").(string); has {
		x.Text, x.HasText = v, true
	}
	if i := slices.IndexFunc(s.Spans, func(y format.Span) bool { return x.ID != "" && y.ID == x.ID }); i >= 0 {
		y := &s.Spans[i]
		y.Fragments = append(y.Fragments, place)
		y.Text += " " + x.Text
		return nil
	}
	if name, id := textOf(get("entity")), textOf(get("entity_id")); name != "" || id != "" {
		x.Entity = &format.Entity{ID: id, Kind: textOf(get("entity_kind")), Name: name}
	}
	var err error
	x.Attributes, err = t.object(textOf(get("attributes")))
	s.Spans = append(s.Spans, x)
	return err
}

// linked is the file of relations, in the order of the articles.
type linked struct {
	t     *table
	ready bool
}

func (l *linked) next() error {
	if l == nil || l.ready {
		return nil
	}
	err := l.t.next()
	l.ready = err == nil
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// take gives an article its relations.
func (l *linked) take(a *format.Article) error {
	for {
		if err := l.next(); err != nil || l == nil || !l.ready || l.t.text("doc_id") != a.Ref || len(a.Sets) == 0 {
			return err
		}
		l.ready = false
		r := format.Relation{
			Place: l.t.r.Place(), ID: l.t.text("id"), Type: l.t.text("label"), From: l.t.text("head_id"), To: l.t.text("tail_id"), Note: l.t.text("note"),
		}
		var err error
		if r.Attributes, err = l.t.object(l.t.text("attributes")); err != nil {
			return err
		}
		a.Sets[0].Relations = append(a.Sets[0].Relations, r)
	}
}

func (l *linked) nothingLeft() error {
	if err := l.next(); err != nil || l == nil || !l.ready {
		return err
	}
	return l.t.refuse("the relation is of article %q, which is not there or elsewhere", l.t.text("doc_id"))
}
