package spacy

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/token"
)

// state is what fitting and writing share for one export.
type state struct {
	layout token.Layout
	spans  string // ents, sc or both
	err    error  // of an option, told when writing starts
}

func fitProject(job *format.Job) {
	s := &state{spans: job.Settings["spans"]}
	s.layout, s.err = token.ParseLayout(job.Settings)
	job.State = s
}

// prepared is what the writer needs of an article.
type prepared struct {
	docs []doc
	cats []string
}

// doc is one spaCy document.
type doc struct {
	words    []word
	entities []token.Entity // First and End count in words
	start    int            // of the record, in the article's text
	end      int
}

// word is a token as spaCy has it: white space that is not one blank is a token, too.
type word struct {
	text  string
	space bool
}

// fit lays the spans on tokens. The fitted article has one span for each that a
// document holds.
func fit(a *format.Article, job *format.Job) *format.Article {
	s := job.State.(*state)
	bare := format.Article{Ref: a.Ref, Title: a.Title, Publisher: a.Publisher, URL: a.URL, Author: a.Author, Published: a.Published, Language: a.Language, Meta: a.Meta}
	var set format.Set
	if len(a.Sets) > 0 {
		set = a.Sets[0]
		without := set
		without.Fields = nil // told by themselves
		bare.Sets = []format.Set{without}
	}
	job.LoseRest(&bare, format.Keeps{})
	p := &prepared{cats: classes(a, &set, job)}
	spans := set.Spans
	if s.spans == "ents" {
		kept, left := token.Longest(spans)
		spans = kept
		for _, x := range token.Unwritten(kept, left) {
			job.Lose("overlaps", "spans that overlap a longer one, left out of doc.ents (--opt spans=both has them)", 1, a.Ref+": "+x.Label)
		}
	}
	records := s.layout.Lay(a, spans, job)
	for i := range records {
		p.docs = append(p.docs, docOf(a, &records[i]))
	}
	fitted := *a
	fitted.Prepared = p
	if len(a.Sets) > 0 {
		set.Spans, set.Relations = token.Spans(records), nil
		fitted.Sets = []format.Set{set}
	}
	return &fitted
}

// classes are the fields of the article as classes.
func classes(a *format.Article, set *format.Set, job *format.Job) []string {
	var list []string
	for _, c := range format.ClassesOf(set.Fields, job.Schema) {
		if !slices.Contains(list, c) {
			list = append(list, c)
		}
	}
	back := format.FieldsOf(list, nil) // a new project knows nothing of the types of fields
	for _, name := range slices.Sorted(maps.Keys(set.Fields)) {
		if !same(set.Fields[name], back[name]) {
			job.Lose("fields", "document fields that come back from classes as text, as the field “class” or not at all", 1, a.Ref+": "+name)
		}
	}
	return list
}

func same(a, b json.RawMessage) bool {
	x, err1 := format.CanonicalJSON(a)
	y, err2 := format.CanonicalJSON(b)
	return err1 == nil && err2 == nil && bytes.Equal(x, y)
}

// docOf makes words of tokens and of the white space between them.
func docOf(a *format.Article, r *token.Record) doc {
	d := doc{start: r.Start, end: r.End}
	t := a.Index()
	at := r.Start
	number := make([]int, len(r.Tokens)) // of tokens among the words
	gap := func(to int) {
		if at >= to {
			return
		}
		g := t.String()[t.ByteOf(at):t.ByteOf(to)]
		if n := len(d.words); n > 0 && strings.HasPrefix(g, " ") {
			d.words[n-1].space = true
			g = g[1:]
		}
		if g != "" {
			d.words = append(d.words, word{text: g})
		}
	}
	for i, k := range r.Tokens {
		gap(k.Start)
		number[i] = len(d.words)
		d.words = append(d.words, word{text: t.Slice(k.Range)})
		at = k.End
	}
	gap(r.End)
	for _, e := range r.Entities {
		e.First, e.End = number[e.First], number[e.End-1]+1
		d.entities = append(d.entities, e)
	}
	return d
}

// entsOf are the entities of doc.ents: of those that overlap the longest, then the
// earlier, then by label and id.
func entsOf(d *doc) []token.Entity {
	ranked := slices.Clone(d.entities)
	slices.SortStableFunc(ranked, func(x, y token.Entity) int { return (y.End - y.First) - (x.End - x.First) })
	taken := make([]bool, len(d.words))
	var ents []token.Entity
	for _, e := range ranked {
		if !slices.Contains(taken[e.First:e.End], true) {
			ents = append(ents, e)
			for k := e.First; k < e.End; k++ {
				taken[k] = true
			}
		}
	}
	return ents
}
