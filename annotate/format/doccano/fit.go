package doccano

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"unicode/utf8"

	"lede/annotate/format"
	"lede/annotate/format/token"
	"lede/annotate/text"
)

// state is what fitting and writing share for one export.
type state struct {
	layout        string            // spans, relations, classes or intent
	labels, types map[string]string // to names that fit
	units         token.Layout      // what a line covers
	err           error             // of an option, told when writing starts
}

// prepared is what the writer needs of an article: its lines.
type prepared struct {
	pieces  []*format.Article
	classes []string
}

// maxName is the longest name, in code points, that doccano has room for.
const maxName = 100

func fitProject(job *format.Job) {
	s := &state{layout: job.Settings["layout"]}
	if s.layout == "auto" {
		switch {
		case len(job.Schema.RelationTypes) > 0:
			s.layout = "relations"
		case len(job.Schema.Labels) == 0:
			s.layout = "classes"
		default:
			s.layout = "spans"
		}
	}
	s.units, s.err = token.ParseLayout(job.Settings)
	s.labels = shortNames(job, "label", job.SchemaLabels())
	s.types = shortNames(job, "relation", job.SchemaTypes())
	job.State = s
}

// shortNames gives long names short ones and notes them.
func shortNames(job *format.Job, kind string, names []string) map[string]string {
	short, taken := map[string]string{}, map[string]bool{}
	for _, n := range names {
		taken[n] = true
	}
	for _, n := range names {
		short[n] = n
		if utf8.RuneCountInString(n) <= maxName {
			continue
		}
		for k := 1; taken[short[n]]; k++ {
			end := "…" + strconv.Itoa(k)
			short[n] = string([]rune(n)[:maxName-utf8.RuneCountInString(end)]) + end
		}
		taken[short[n]] = true
		job.Names[kind+" "+n] = short[n]
	}
	return short
}

// classes reports whether lines have classes of the article.
func (s *state) classes() bool { return s.layout == "classes" || s.layout == "intent" }

func fit(a *format.Article, job *format.Job) *format.Article {
	s := job.State.(*state)
	if a.Text == "" {
		job.Lose("articles", "articles without text, left out: doccano refuses them", 1, a.Ref)
		return nil
	}
	s.loseRest(a, job)
	fitted := *a
	fitted.Sets = slices.Clone(a.Sets)
	p := &prepared{}
	for i := range fitted.Sets {
		set := &fitted.Sets[i]
		if s.classes() {
			p.classes = s.fitClasses(a, set, job)
		}
		if s.layout == "classes" {
			set.Spans, set.Relations = nil, nil
			continue
		}
		s.fitSpans(a, set, job)
	}
	p.pieces = s.units.Pieces(&fitted, job)
	for _, line := range p.pieces {
		for i := range line.Sets {
			line.Sets[i].Spans = fragments(line.Sets[i].Spans)
			atRisk(a, line.Sets[i].Spans, job)
		}
	}
	fitted.Prepared = p
	fitted.Gather(p.pieces)
	return &fitted
}

// loseRest tells of what no line has a place for.
func (s *state) loseRest(a *format.Article, job *format.Job) {
	rest := format.Article{Ref: a.Ref, Sets: slices.Clone(a.Sets)}
	for i := range rest.Sets {
		set := &rest.Sets[i]
		if s.classes() {
			set.Fields = nil // told by themselves
		}
		if s.layout == "classes" {
			job.Lose("spans", "spans (layout classes has none)", len(set.Spans), a.Ref)
			job.Lose("relations", "relations", len(set.Relations), a.Ref)
			set.Spans, set.Relations = nil, nil
		}
	}
	job.LoseRest(&rest, format.Keeps{Relations: s.layout == "relations"})
}

// fitClasses are the fields of the article as classes.
func (s *state) fitClasses(a *format.Article, set *format.Set, job *format.Job) []string {
	var classes []string
	for _, c := range format.ClassesOf(set.Fields, job.Schema) {
		if utf8.RuneCountInString(c) > maxName {
			c = string([]rune(c)[:maxName])
		}
		if !slices.Contains(classes, c) {
			classes = append(classes, c)
		}
	}
	// A new project knows nothing of the types of fields.
	back := format.FieldsOf(classes, nil)
	for _, name := range slices.Sorted(maps.Keys(set.Fields)) {
		if !sameValue(set.Fields[name], back[name]) {
			job.Lose("fields", "document fields that come back from classes as text, as the field “class” or not at all", 1, a.Ref+": "+name)
		}
	}
	return classes
}

func sameValue(a, b json.RawMessage) bool {
	x, err1 := format.CanonicalJSON(a)
	y, err2 := format.CanonicalJSON(b)
	return err1 == nil && err2 == nil && bytes.Equal(x, y)
}

// fitSpans gives spans and relations their names, and leaves out what overlaps if asked
// to.
func (s *state) fitSpans(a *format.Article, set *format.Set, job *format.Job) {
	gone := map[string]bool{}
	if job.Settings["overlap"] == "longest" || s.layout == "intent" {
		set.Spans = longest(a, set.Spans, gone, job)
	}
	set.Spans = slices.Clone(set.Spans)
	for i := range set.Spans {
		x := &set.Spans[i]
		if len(x.Fragments) > 1 {
			job.Lose("split", "split spans, written as a span for each fragment", 1, a.Ref+": "+x.Label)
		}
		x.Label = s.labels[x.Label]
	}
	if s.layout != "relations" {
		set.Relations = nil
		return
	}
	kept, dropped := format.WithoutSpans(set.Relations, gone)
	job.Lose("relations", "relations of spans that were left out", dropped, a.Ref)
	set.Relations = nil
	for _, r := range kept {
		r.Type = s.types[r.Type]
		set.Relations = append(set.Relations, r)
	}
}

// fragments makes a span of each fragment. Of a split span the first keeps the id, to
// which relations hold.
func fragments(spans []format.Span) []format.Span {
	var pieces []format.Span
	for _, x := range spans {
		for i, f := range x.Fragments {
			piece := x
			piece.Fragments = []text.Range{f}
			if i > 0 {
				piece.ID = ""
			}
			pieces = append(pieces, piece)
		}
	}
	format.SortSpans(pieces)
	return pieces
}

// longest leaves out spans that overlap a longer one.
func longest(a *format.Article, spans []format.Span, gone map[string]bool, job *format.Job) []format.Span {
	kept, left := token.Longest(spans)
	for _, x := range left {
		gone[x.ID] = true
	}
	for _, x := range token.Unwritten(kept, left) {
		job.Lose("overlaps", "spans that overlap a longer one, left out", 1, a.Ref+": "+x.Label)
	}
	return kept
}

// atRisk counts the spans that doccano drops without a word, unless the project there
// allows overlaps: each that begins before the end of the last it kept.
func atRisk(a *format.Article, sorted []format.Span, job *format.Job) {
	end := 0
	for _, x := range sorted {
		if f := x.Fragments[0]; f.Start >= end {
			end = f.End
			continue
		}
		job.Lose("allow_overlapping", "overlapping spans, which doccano drops unless “Allow overlapping spans” is on in its project", 1, a.Ref+": "+x.Label)
	}
}
