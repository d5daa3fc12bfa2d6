package cas

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"path"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/text"
)

// FitProject begins the job of a format that writes a CAS.
func FitProject(job *format.Job, xml bool) {
	s := NewState(job)
	s.XML = xml
	if !s.Builtin {
		s.AddSchema(job)
	}
	LoseEntities(job)
	job.State = s
}

// LoseEntities tells of what the project says of entities: spans only name them.
func LoseEntities(job *format.Job) {
	for _, e := range job.Entities {
		job.Lose("entities", "attributes of entities", len(e.Attributes), e.Name)
		job.Lose("entities", "other names of entities", len(e.Aliases), e.Name)
	}
}

// Fit is what a CAS can hold of an article.
func Fit(a *format.Article, job *format.Job) *format.Article {
	s := job.State.(*State)
	if s.XML {
		a = cleaned(a, job)
	}
	fitted := *a
	fitted.Name = s.FileName(a)
	fitted.Sets = slices.Clone(a.Sets)
	if s.Builtin {
		job.LoseRest(a, format.Keeps{Entities: true})
	}
	for i := range fitted.Sets {
		if s.Builtin {
			fitted.Sets[i].Spans, fitted.Sets[i].Relations = Builtin(a, &a.Sets[i], job), nil
			continue
		}
		s.loseOfSet(a, &a.Sets[i], job)
	}
	return &fitted
}

// FileName is the name of an article's file without its ending, in the folder of its
// split.
func (s *State) FileName(a *format.Article) string {
	return path.Join(a.Split, s.files.Name(a.Ref))
}

// loseOfSet tells of what Lede's own layers do not hold.
func (s *State) loseOfSet(a *format.Article, set *format.Set, job *format.Job) {
	job.Lose("ids", "ids of spans and relations", len(set.Spans)+len(set.Relations), "")
	job.Lose("origins", "origins of spans (who or what made them)", len(set.Spans), "")
	accepted := len(set.Accepted)
	for _, x := range set.Spans {
		accepted += len(x.Accepted)
	}
	for _, r := range set.Relations {
		accepted += len(r.Accepted)
	}
	job.Lose("accepted", "warnings that were said to be no problem", accepted, a.Ref)
}

// Builtin are the spans as INCEpTION's own layer has them: each in one part.
func Builtin(a *format.Article, set *format.Set, job *format.Job) []format.Span {
	var spans []format.Span
	for _, x := range set.Spans {
		if n := len(x.Fragments); n > 1 {
			job.Lose("split", "spans in several parts, whose parts become spans of their own", 1, a.Ref)
		}
		if x.Entity != nil {
			job.Lose("entities", "names and kinds of entities (their ids are there)", 1, x.Entity.Name)
		}
		for i, f := range x.Fragments {
			part := x
			part.Fragments = []text.Range{f}
			if i > 0 {
				part.ID += "#" + itoa(i)
			}
			spans = append(spans, part)
		}
	}
	format.SortSpans(spans)
	return spans
}

// cleaned is the article with U+FFFD for each character that XML forbids; an
// article without any is returned as it is.
func cleaned(a *format.Article, job *format.Job) *format.Article {
	c := &cleaner{job: job, ref: a.Ref}
	fresh := format.Article{
		Ref: c.text(a.Ref), Title: c.text(a.Title), Publisher: c.text(a.Publisher), URL: c.text(a.URL), Author: c.text(a.Author),
		Published: c.text(a.Published), Language: c.text(a.Language), Meta: c.values(a.Meta), Text: c.text(a.Text),
	}
	for _, s := range a.Sets {
		s.Annotator, s.Flag, s.Note, s.Reason, s.Fields = c.text(s.Annotator), c.text(s.Flag), c.text(s.Note), c.text(s.Reason), c.values(s.Fields)
		s.Spans = slices.Clone(s.Spans)
		for i := range s.Spans {
			x := &s.Spans[i]
			x.Label, x.Note, x.Attributes = c.text(x.Label), c.text(x.Note), c.values(x.Attributes)
			if x.Entity != nil {
				e := *x.Entity
				e.ID, e.Name, e.Kind = c.text(e.ID), c.text(e.Name), c.text(e.Kind)
				x.Entity = &e
			}
		}
		s.Relations = slices.Clone(s.Relations)
		for i := range s.Relations {
			x := &s.Relations[i]
			x.Type, x.Note, x.Attributes = c.text(x.Type), c.text(x.Note), c.values(x.Attributes)
		}
		fresh.Sets = append(fresh.Sets, s)
	}
	if c.count == 0 {
		return a
	}
	fresh.Place, fresh.PublishedISO, fresh.Length, fresh.Split = a.Place, a.PublishedISO, a.Length, a.Split // without the index of the old text
	fresh.Prepared = a                                                                                      // written with a note of what stood where
	sum := sha256.Sum256([]byte(fresh.Text))
	fresh.Hash = hex.EncodeToString(sum[:])
	return &fresh
}

// cleaner replaces what XML forbids and counts it.
type cleaner struct {
	job   *format.Job
	ref   string
	count int
}

func (c *cleaner) text(s string) string {
	if strings.IndexFunc(s, forbidden) < 0 {
		return s
	}
	n := 0
	s = strings.Map(func(r rune) rune {
		if forbidden(r) {
			n++
			return '\uFFFD'
		}
		return r
	}, s)
	c.count += n
	c.job.Lose("characters", "characters that XML 1.0 forbids, written as U+FFFD (cas-json holds them)", n, c.ref)
	return s
}

// values cleans texts in JSON, where control characters are escaped.
func (c *cleaner) values(v annotate.Values) annotate.Values {
	var made annotate.Values
	for name, raw := range v {
		clean, changed := name, raw
		if n := c.text(name); n != name {
			clean = n
		}
		if kindOf(raw) == "" {
			if s := format.JSONString(string(raw)); c.text(s) != s {
				changed = format.AppendString(nil, strings.Map(replace, s))
			}
		} else {
			changed = c.deep(raw)
		}
		if clean == name && string(changed) == string(raw) {
			continue
		}
		if made == nil {
			made = annotate.Values{}
			for k, old := range v {
				made[k] = old
			}
		}
		delete(made, name)
		made[clean] = changed
	}
	if made == nil {
		return v
	}
	return made
}

// deep cleans the texts inside a list or an object.
func (c *cleaner) deep(raw json.RawMessage) json.RawMessage {
	var words []string
	if kindOf(raw) != listKind || !allWords(raw, &words) {
		return raw // written as JSON, in which such characters are escaped
	}
	out := []byte{'['}
	for i, w := range words {
		if i > 0 {
			out = append(out, ',')
		}
		out = format.AppendString(out, c.text(w))
	}
	return append(out, ']')
}
