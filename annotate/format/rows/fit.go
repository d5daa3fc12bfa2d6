package rows

import (
	"encoding/json"
	"maps"
	"slices"

	"lede/annotate"
	"lede/annotate/format"
)

// Texts is Layout.Keeps of tables whose cells are texts.
func Texts(raw json.RawMessage) bool { return ValueCell(raw).Kind == Text }

// Fit is what the tables hold of an article, nil if they have no row of it. It tells
// the job of the rest.
func (l Layout) Fit(a *format.Article, job *format.Job) *format.Article {
	fitted := *a
	fitted.Sets = nil
	for i := range a.Sets {
		s := a.Sets[i]
		if len(s.Spans) == 0 && !l.Empty && !l.Articles {
			job.Lose("empty", "annotators' work on articles in which they marked nothing, which has no row (--opt empty=yes gives it one)", 1, a.Ref+" ("+s.Annotator+")")
			continue
		}
		fitted.Sets = append(fitted.Sets, l.set(a, s, job))
	}
	if len(a.Sets) == 0 && !l.Empty && !l.Articles {
		job.Lose("untouched", "articles that nobody has begun, which have no row (--opt empty=yes gives them one)", 1, a.Ref)
		return nil
	}
	if len(a.Sets) > 0 && len(fitted.Sets) == 0 {
		return nil
	}
	if !l.Text && !l.Hash && !l.Articles {
		job.Lose("texts", "texts of articles, which the table does not hold (--opt article=text puts them in)", 1, a.Ref)
	}
	l.facts(&fitted, job)
	return &fitted
}

// facts leaves out the facts that have no column.
func (l Layout) facts(a *format.Article, job *format.Job) {
	if l.Facts || l.Articles {
		if l.Hash && a.Title != "" {
			job.Lose("titles", "titles, which are left out with the text", 1, a.Ref)
			a.Title = ""
		}
		a.Meta = l.values(a.Meta, "facts", a, job)
		for _, f := range []*string{&a.Title, &a.Publisher, &a.URL, &a.Author, &a.Published, &a.Language} {
			l.short("facts", f, a, job)
		}
		return
	}
	n := len(a.Meta)
	for _, f := range []*string{&a.Title, &a.Publisher, &a.URL, &a.Author, &a.Published, &a.Language} {
		if *f != "" {
			n++
		}
		*f = ""
	}
	a.Meta = nil
	job.Lose("facts", "facts of articles: title, source, url, author, date, language, others (--opt article=facts gives them columns)", n, a.Ref)
}

func (l Layout) set(a *format.Article, s format.Set, job *format.Job) format.Set {
	accepted := len(s.Accepted)
	s.Accepted = nil
	if l.Facts || l.Articles {
		s.Fields = l.values(s.Fields, "fields", a, job)
		l.short("set_notes", &s.Note, a, job)
		l.short("flags", &s.Flag, a, job)
		l.short("reasons", &s.Reason, a, job)
	} else {
		lose := func(kind, what string, f *string) {
			if *f != "" {
				job.Lose(kind, what, 1, a.Ref)
			}
			*f = ""
		}
		lose("set_notes", "notes on articles", &s.Note)
		lose("flags", "flags", &s.Flag)
		lose("reasons", "reasons for skipping", &s.Reason)
		job.Lose("fields", "document fields (--opt article=facts gives them columns)", len(s.Fields), a.Ref)
		s.Fields = nil
	}
	if !l.Spans {
		job.Lose("spans", "spans, with their attributes, notes and entities (--opt rows=all makes a table of them)", len(s.Spans), a.Ref)
		for _, x := range s.Spans {
			accepted += len(x.Accepted)
		}
		s.Spans = nil
	}
	s.Spans = slices.Clone(s.Spans)
	for i := range s.Spans {
		x := &s.Spans[i]
		accepted += len(x.Accepted)
		x.Accepted = nil
		x.Attributes = l.values(x.Attributes, "attributes", a, job)
		l.short("notes", &x.Note, a, job)
		if e := x.Entity; e != nil && l.Limit > 0 && len(e.Name) > l.Limit {
			short := *e
			l.short("entities", &short.Name, a, job)
			x.Entity = &short
		}
		if quote := ""; l.Limit > 0 && !l.Hash && extent(x) > l.Limit/2 {
			quote = a.Index().Quote(x.Fragments)
			l.short("copies", &quote, a, job)
		}
	}
	if !l.Relations {
		job.Lose("relations", "relations (--opt rows=spans+relations makes a table of them)", len(s.Relations), a.Ref)
		for _, r := range s.Relations {
			accepted += len(r.Accepted)
		}
		s.Relations = nil
	}
	s.Relations = slices.Clone(s.Relations)
	for i := range s.Relations {
		r := &s.Relations[i]
		accepted += len(r.Accepted)
		r.Accepted = nil
		r.Attributes = l.values(r.Attributes, "attributes", a, job)
		l.short("notes", &r.Note, a, job)
	}
	job.Lose("accepted", "warnings that were said to be no problem", accepted, a.Ref)
	return s
}

// values leaves out values that a cell cannot tell from none, and tells of those that
// cells only spell. kind is that of the values, for those that are gone.
func (l Layout) values(v annotate.Values, kind string, a *format.Article, job *format.Job) annotate.Values {
	kept := annotate.Values{}
	for _, name := range slices.Sorted(maps.Keys(v)) {
		raw := v[name]
		if ValueCell(raw).Kind == None {
			job.Lose(kind, "values that are empty, which a cell cannot tell from none", 1, a.Ref+": "+name)
			continue
		}
		if long := ValueCell(raw).Plain(); l.Limit > 0 && len(long) > l.Limit {
			if was := long; l.short(kind, &long, a, job) && long != was {
				raw = format.AppendString(nil, long)
			}
		}
		kept[name] = raw
		if !l.Keeps(raw) {
			job.Lose("types", "values that are numbers, ticks or lists, which are written as texts (read again, the schema tells what they are)", 1, a.Ref+": "+name)
		}
	}
	return kept
}

// short cuts a text to what a cell holds, and tells of it.
func (l Layout) short(kind string, s *string, a *format.Article, job *format.Job) bool {
	if l.Limit == 0 || len(*s) <= l.Limit { // no longer in units than in bytes
		return false
	}
	short := Cut(*s, l.Limit)
	if len(short) == len(*s) {
		return false
	}
	*s = short
	job.Lose(kind, longWords[kind], 1, a.Ref)
	return true
}

// longWords say for each kind of text that it is cut.
var longWords = map[string]string{
	"facts": "facts longer than the 32,767 characters of a cell, which are cut", "fields": "document fields longer than the 32,767 characters of a cell, which are cut",
	"attributes": "attributes longer than the 32,767 characters of a cell, which are cut", "notes": "notes longer than the 32,767 characters of a cell, which are cut",
	"set_notes": "notes on articles longer than the 32,767 characters of a cell, which are cut", "flags": "flags longer than the 32,767 characters of a cell, which are cut",
	"reasons":  "reasons for skipping longer than the 32,767 characters of a cell, which are cut",
	"entities": "names of entities longer than the 32,767 characters of a cell, which are cut",
	"copies":   "texts of spans longer than the 32,767 characters of a cell, which are cut (their places are not)",
}

// extent is how many code points the fragments of a span have.
func extent(x *format.Span) int {
	n := 0
	for _, f := range x.Fragments {
		n += f.End - f.Start
	}
	return n
}
