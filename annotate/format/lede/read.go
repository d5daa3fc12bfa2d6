package lede

import (
	"context"
	"encoding/json"
	"iter"
	"slices"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/archive"
)

const seeKeys = "docs/formats/lede.md has the keys."

// most is how many entities are handed over at once.
const most = 1000

// maxProject is the most that project.json may hold, in bytes.
const maxProject = 256 << 20

func read(ctx context.Context, src format.Source, _ format.Settings) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		zip, err := archive.Open(src, archive.Limits{Entry: 64 << 30})
		if err != nil {
			yield(nil, err)
			return
		}
		defer func() { _ = zip.Close() }()
		r := &reader{ctx: ctx, src: src, zip: zip, labels: map[annotate.ID]string{}, types: map[annotate.ID]string{}, people: map[annotate.ID]string{}, entities: map[annotate.ID]annotate.Entity{}}
		_ = r.project(yield) && r.readEntities(yield) && r.articles(yield) && r.tellUnread(yield)
	}
}

type reader struct {
	ctx           context.Context
	src           format.Source
	zip           *archive.Reader
	codec         int
	labels, types map[annotate.ID]string
	people        map[annotate.ID]string
	entities      map[annotate.ID]annotate.Entity
	imports       []annotate.Import
}

type yielding func(*format.Article, error) bool

// file is an entry that must be there.
func (r *reader) file(name string) (format.Source, error) {
	e, ok := r.zip.Find(name)
	if !ok {
		return format.Source{}, format.Refuse(r.src.At(0), seeKeys, "the archive holds no %s", name)
	}
	return e.Source(), nil
}

// header is project.json.
type header struct {
	Format  string `json:"format"`
	Version int    `json:"version"`
	Codec   int    `json:"codec"`
}

func (r *reader) project(yield yielding) bool {
	src, err := r.file(projectFile)
	var records []annotate.Record
	if err == nil {
		records, err = r.header(src)
	}
	if err != nil {
		return yield(nil, err) && false
	}
	return yield(format.Restore(src.At(0), records...), nil)
}

func (r *reader) header(src format.Source) ([]annotate.Record, error) {
	e, _ := r.zip.Find(projectFile)
	raw, err := e.ReadAll(maxProject)
	if err != nil {
		return nil, err
	}
	var h header
	var lists map[string]json.RawMessage
	if at, what := format.CheckJSON(string(raw)); at >= 0 {
		return nil, format.Refuse(src.At(0), "Mend the file.", "byte %d: %s", at, what)
	}
	if err := json.Unmarshal(raw, &h); err != nil {
		return nil, format.Refuse(src.At(0), seeKeys, "it is no JSON as it should be: %s", err)
	}
	if err := json.Unmarshal(raw, &lists); err != nil || h.Format != kind {
		return nil, format.Refuse(src.At(0), seeKeys, "it does not say that this is a Lede project")
	}
	if h.Version != version || h.Codec < 1 || h.Codec > annotate.CodecVersion {
		return nil, format.Refuse(src.At(0), "Bring Lede up to date.", "the file is of version %d.%d, which this Lede cannot read", h.Version, h.Codec)
	}
	r.codec = h.Codec
	var records []annotate.Record
	for _, k := range append(slices.Clone(ofSchema), annotate.KindImport) {
		list := lists[keys[k]]
		if len(list) == 0 && k == annotate.KindImport {
			continue // only where everything went out
		}
		if len(list) == 0 || list[0] != '[' {
			return nil, format.Refuse(src.At(0), seeKeys, "%q is no list", keys[k])
		}
		for one := range format.JSONElements(string(list)) {
			x, err := r.record(src.At(0), k, json.RawMessage(one))
			if err != nil {
				return nil, err
			}
			if i, ok := x.(annotate.Import); ok {
				r.imports = append(r.imports, i)
				continue
			}
			records = append(records, x)
			r.name(x)
		}
	}
	return records, nil
}

// record is one record of the file.
func (r *reader) record(at format.Place, k annotate.Kind, raw json.RawMessage) (annotate.Record, error) {
	x, err := r.recordOrNone(at, k, raw)
	if err == nil && x == nil {
		err = format.Refuse(at, seeKeys, "a record (%s) is missing", k)
	}
	return x, err
}

// recordOrNone is one record, or nil where none is.
func (r *reader) recordOrNone(at format.Place, k annotate.Kind, raw json.RawMessage) (annotate.Record, error) {
	x, err := annotate.DecodeRecord(k, r.codec, raw)
	if err != nil {
		return nil, format.Refuse(at, seeKeys, "a record is not what it should be: %s", err)
	}
	return x, nil
}

// name notes what ids stand for.
func (r *reader) name(x annotate.Record) {
	switch x := x.(type) {
	case annotate.Label:
		r.labels[x.ID] = x.Name
	case annotate.RelationType:
		r.types[x.ID] = x.Name
	case annotate.Annotator:
		r.people[x.ID] = x.Name
	}
}

func (r *reader) readEntities(yield yielding) bool {
	src, err := r.file(entitiesFile)
	if err != nil {
		return yield(nil, err) && false
	}
	var some []annotate.Record
	for item := range src.JSONItems() {
		var x annotate.Record
		if item.Err == nil {
			x, item.Err = r.record(item.Place, annotate.KindEntity, json.RawMessage(item.Raw))
		}
		if item.Err != nil {
			return yield(nil, item.Err) && false
		}
		e := x.(annotate.Entity)
		r.entities[e.ID] = e
		if some = append(some, e); len(some) == most {
			if !yield(format.Restore(item.Place, some...), nil) {
				return false
			}
			some = nil
		}
	}
	return yield(format.Restore(src.At(0), some...), nil)
}

func (r *reader) articles(yield yielding) bool {
	src, err := r.file(articlesFile)
	if err != nil {
		return yield(nil, err) && false
	}
	for item := range src.JSONItems() {
		var a *format.Article
		if item.Err == nil {
			item.Err = r.ctx.Err()
		}
		if item.Err == nil {
			a, item.Err = r.article(item.Place, item.Raw)
		}
		if item.Err != nil {
			return yield(nil, item.Err) && false
		}
		if !yield(a, nil) {
			return false
		}
	}
	return true
}

// line is a line of articles.jsonl.
type line struct {
	Article json.RawMessage `json:"article"`
	State   json.RawMessage `json:"state"`
	Text    *string         `json:"text"`
	Sets    []lineSet       `json:"sets"`
}

type lineSet struct {
	Set       json.RawMessage   `json:"set"`
	Spans     []json.RawMessage `json:"spans"`
	Relations []json.RawMessage `json:"relations"`
}

func (r *reader) article(at format.Place, raw string) (*format.Article, error) {
	var l line
	if err := json.Unmarshal([]byte(raw), &l); err != nil {
		return nil, format.Refuse(at, seeKeys, "the article is not what it should be: %s", err)
	}
	x, err := r.record(at, annotate.KindArticle, l.Article)
	if err != nil {
		return nil, err
	}
	f := x.(annotate.Article)
	if f.Ref == "" {
		return nil, format.Refuse(at, seeKeys, "the article has no ref")
	}
	if l.Text == nil {
		return nil, format.Refuse(at, seeKeys, "the article has no text")
	}
	a := &format.Article{
		Place: at, Ref: f.Ref, Title: f.Title, Publisher: f.Source, URL: f.URL, Author: f.Author, Published: f.Published,
		Language: f.Language, Meta: f.Meta, Text: *l.Text, Record: &f,
	}
	for _, s := range l.Sets {
		x, err := r.record(at, annotate.KindSet, s.Set)
		if err != nil {
			return nil, err
		}
		set, err := r.set(at, x.(annotate.AnnotationSet), s.Spans, s.Relations)
		if err != nil {
			return nil, err
		}
		a.Sets = append(a.Sets, set)
	}
	return a, nil
}

func (r *reader) set(at format.Place, x annotate.AnnotationSet, spans, relations []json.RawMessage) (format.Set, error) {
	s := format.Set{
		Place: at, Annotator: r.people[x.Annotator], Status: x.Status, Reason: x.Reason, Flag: x.Flag, Note: x.Note,
		Fields: x.Fields, Accepted: x.Accepted, Record: &x,
	}
	if s.Annotator == "" || s.Status == "" {
		return s, format.Refuse(at, seeKeys, "an annotation set has no status, or an annotator (%q) that %s does not know", x.Annotator, projectFile)
	}
	for _, raw := range spans {
		x, err := r.record(at, annotate.KindSpan, raw)
		if err != nil {
			return s, err
		}
		span, err := r.span(at, x.(annotate.Span))
		if err != nil {
			return s, err
		}
		s.Spans = append(s.Spans, span)
	}
	for _, raw := range relations {
		x, err := r.record(at, annotate.KindRelation, raw)
		if err != nil {
			return s, err
		}
		l := x.(annotate.Relation)
		if r.types[l.Type] == "" {
			return s, format.Refuse(at, seeKeys, "a relation has a type (%q) that %s does not know", l.Type, projectFile)
		}
		s.Relations = append(s.Relations, format.Relation{
			Place: at, ID: string(l.ID), Type: r.types[l.Type], From: string(l.From), To: string(l.To), Attributes: l.Attributes,
			Note: l.Note, Accepted: l.Accepted, Extra: l.Extra,
		})
	}
	return s, nil
}

func (r *reader) span(at format.Place, x annotate.Span) (format.Span, error) {
	s := format.Span{
		Place: at, ID: string(x.ID), Label: r.labels[x.Label], Fragments: x.Fragments, Attributes: x.Attributes, Origin: x.Origin,
		Note: x.Note, Accepted: x.Accepted, Extra: x.Extra,
	}
	if s.Label == "" {
		return s, format.Refuse(at, seeKeys, "a span has a label (%q) that %s does not know", x.Label, projectFile)
	}
	if x.Entity != "" {
		e, ok := r.entities[x.Entity]
		if !ok {
			return s, format.Refuse(at, seeKeys, "a span points at an entity (%q) that %s does not know", x.Entity, entitiesFile)
		}
		s.Entity = &format.Entity{ID: string(e.ID), Kind: e.Kind, Name: e.Name}
	}
	return s, nil
}
