package lede

import (
	"fmt"
	"io"
	"slices"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/archive"
	"lede/annotate/text"
)

type writer struct {
	zip           *archive.Writer
	out           io.Writer // articles.jsonl
	labels, types map[string]annotate.ID
	people        map[string]annotate.ID
	whole         bool // everything goes out as it is
	order         int64
	line          []byte
}

func newWriter(t format.Target, job *format.Job) (format.Writer, error) {
	zip, err := archive.Create(t, "")
	if err != nil {
		return nil, err
	}
	w := &writer{zip: zip, whole: job.Whole != nil, labels: map[string]annotate.ID{}, types: map[string]annotate.ID{}, people: map[string]annotate.ID{}}
	if err := w.begin(job); err != nil {
		_ = zip.Close()
		return nil, err
	}
	return w, nil
}

// begin writes what stands before the articles.
func (w *writer) begin(job *format.Job) error {
	if err := w.project(job); err != nil {
		return err
	}
	out, err := w.zip.Create(entitiesFile)
	if err != nil {
		return err
	}
	for _, e := range job.Entities {
		if err := w.record(e, ""); err != nil {
			return err
		}
		w.line = append(w.line, '\n')
		if err := w.end(out); err != nil {
			return err
		}
	}
	if job.Whole != nil {
		if err := w.writeWhole(job.Whole); err != nil {
			return err
		}
	}
	w.out, err = w.zip.Create(articlesFile)
	return err
}

// project writes project.json: a record a line.
func (w *writer) project(job *format.Job) error {
	out, err := w.zip.Create(projectFile)
	if err != nil {
		return err
	}
	records := map[annotate.Kind][]annotate.Record{}
	for _, l := range job.Schema.Labels {
		w.labels[l.Name] = l.ID
		records[annotate.KindLabel] = append(records[annotate.KindLabel], l)
	}
	for _, a := range job.Schema.Attributes {
		records[annotate.KindAttribute] = append(records[annotate.KindAttribute], a)
	}
	for _, t := range job.Schema.RelationTypes {
		w.types[t.Name] = t.ID
		records[annotate.KindRelationType] = append(records[annotate.KindRelationType], t)
	}
	for _, r := range job.Schema.Rules {
		records[annotate.KindRule] = append(records[annotate.KindRule], r)
	}
	for _, p := range job.People {
		if slices.Contains(job.Annotators, p.Name) {
			w.people[p.Name] = p.ID
			records[annotate.KindAnnotator] = append(records[annotate.KindAnnotator], p)
		}
	}
	w.line = fmt.Appendf(w.line[:0], "{\"format\":%q,\"version\":%d,\"codec\":%d", kind, version, annotate.CodecVersion)
	kinds := ofSchema
	if job.Whole != nil {
		kinds = append(slices.Clone(ofSchema), annotate.KindImport)
		for _, i := range job.Whole.Imports {
			records[annotate.KindImport] = append(records[annotate.KindImport], i)
		}
	}
	for _, k := range kinds {
		w.line = fmt.Appendf(w.line, ",\n%q:[", keys[k])
		for i, r := range records[k] {
			if i > 0 {
				w.line = append(w.line, ',')
			}
			w.line = append(w.line, '\n')
			if err := w.record(r, ""); err != nil {
				return err
			}
		}
		w.line = append(w.line, ']')
	}
	w.line = append(w.line, "}\n"...)
	return w.end(out)
}

// record puts a record, if it is there, at the end of the line, behind its key.
func (w *writer) record(r annotate.Record, key string) error {
	if r == nil {
		return nil
	}
	raw, err := annotate.EncodeRecord(r)
	w.line = append(append(w.line, key...), raw...)
	return err
}

// Write writes an article with its sets as one line.
func (w *writer) Write(a *format.Article) error {
	w.order++
	record := annotate.Article{
		ID: a.Record.ID, Ref: a.Ref, Title: a.Title, Source: a.Publisher, URL: a.URL, Author: a.Author, Published: a.Published,
		PublishedISO: a.Record.PublishedISO, Language: a.Language, Meta: a.Meta, TextHash: text.SHA256(a.Text), Length: a.Index().Len(),
		Intake: a.Record.Intake, Order: w.order, Extra: a.Record.Extra,
	}
	if w.whole {
		record.Order, record.Import = a.Record.Order, a.Record.Import
	}
	if err := w.record(record, `{"article":`); err != nil {
		return err
	}
	w.line = format.AppendString(append(w.line, `,"text":`...), a.Text)
	w.line = append(w.line, `,"sets":[`...)
	for i := range a.Sets {
		if i > 0 {
			w.line = append(w.line, ',')
		}
		if err := w.set(&a.Sets[i], record.ID); err != nil {
			return err
		}
	}
	w.line = append(w.line, "]}\n"...)
	return w.end(w.out)
}

// end writes the line and begins another one.
func (w *writer) end(out io.Writer) error {
	_, err := out.Write(w.line)
	w.line = w.line[:0]
	return err
}

func (w *writer) set(s *format.Set, article annotate.ID) error {
	set := annotate.AnnotationSet{
		ID: s.Record.ID, Article: article, Annotator: w.people[s.Annotator], Status: s.Status, Reason: s.Reason, Flag: s.Flag,
		Note: s.Note, Fields: s.Fields, Accepted: s.Accepted, Extra: s.Record.Extra,
	}
	if w.whole {
		set.Import = s.Record.Import
	}
	if err := w.record(set, `{"set":`); err != nil {
		return err
	}
	w.line = append(w.line, `,"spans":[`...)
	for i, x := range s.Spans {
		if i > 0 {
			w.line = append(w.line, ',')
		}
		span := annotate.Span{
			ID: annotate.ID(x.ID), Set: set.ID, Label: w.labels[x.Label], Fragments: x.Fragments, Attributes: x.Attributes,
			Origin: x.Origin, Note: x.Note, Accepted: x.Accepted, Extra: x.Extra,
		}
		if x.Entity != nil {
			span.Entity = annotate.ID(x.Entity.ID)
		}
		if err := w.record(span, ""); err != nil {
			return err
		}
	}
	w.line = append(w.line, `],"relations":[`...)
	for i, r := range s.Relations {
		if i > 0 {
			w.line = append(w.line, ',')
		}
		relation := annotate.Relation{
			ID: annotate.ID(r.ID), Set: set.ID, Type: w.types[r.Type], From: annotate.ID(r.From), To: annotate.ID(r.To),
			Attributes: r.Attributes, Note: r.Note, Accepted: r.Accepted, Extra: r.Extra,
		}
		if err := w.record(relation, ""); err != nil {
			return err
		}
	}
	w.line = append(w.line, "]}"...)
	return nil
}

func (w *writer) Close() error { return w.zip.Close() }
