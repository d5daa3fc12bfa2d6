package refiqda

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/features"
)

// state is what fitting and writing share for one export.
type state struct {
	files         format.FileNames
	labels, types map[string]string // to names that XML can hold
	attributes    map[string]annotate.AttributeType
	several       bool // annotators
}

func fitProject(job *format.Job) {
	s := &state{attributes: map[string]annotate.AttributeType{}, several: len(job.Annotators) > 1}
	s.labels = job.SafeNames("label", job.SchemaLabels(), features.XMLName)
	s.types = job.SafeNames("relation", job.SchemaTypes(), features.XMLName)
	for _, a := range job.Schema.Attributes {
		if a.Scope == annotate.SpanScope {
			s.attributes[a.Name] = a.Type
		}
	}
	features.LoseProject(job)
	job.State = s
}

// fit keeps what the standard has a place for, or what can stand in a note.
func fit(a *format.Article, job *format.Job) *format.Article {
	s := job.State.(*state)
	fitted := *a
	fitted.Name = s.files.Name(strings.ReplaceAll(a.Ref, "/", "_"))
	fitted.Sets = make([]format.Set, len(a.Sets))
	for i := range a.Sets {
		fitted.Sets[i] = s.fitSet(a, a.Sets[i], job)
	}
	return &fitted
}

func (s *state) fitSet(a *format.Article, set format.Set, job *format.Job) format.Set {
	one := func(kind, what string, lost bool) {
		if lost {
			job.Lose(kind, what, 1, a.Ref)
		}
	}
	one("status", "statuses of annotation sets", set.Status != annotate.New)
	one("flags", "flags", set.Flag != "")
	one("reasons", "reasons for skipping", set.Reason != "")
	job.Lose("ids", "ids of spans and relations", len(set.Spans)+len(set.Relations), "")
	job.Lose("origins", "origins of spans (who or what made them)", len(set.Spans), "")
	if set.Annotator == "" {
		one("set_notes", "notes of nobody on articles", set.Note != "")
		set.Note = ""
	}
	accepted := len(set.Accepted)
	taken, gone := map[string]bool{}, map[string]bool{}
	var spans []format.Span
	for _, x := range set.Spans {
		accepted += len(x.Accepted)
		x.Label = s.labels[x.Label]
		if s.twice(taken, x) {
			gone[x.ID] = true
			job.Lose("overlaps", "spans with a piece on which the annotator has the same label already, left out: QDA programs hold one coding", 1, a.Ref)
			continue
		}
		spans = append(spans, x)
	}
	set.Spans = spans
	kept, dropped := format.WithoutSpans(set.Relations, gone)
	job.Lose("relations", "relations of spans that were left out", dropped, a.Ref)
	set.Relations = nil
	for _, r := range kept {
		accepted += len(r.Accepted)
		r.Type = s.types[r.Type]
		set.Relations = append(set.Relations, r)
	}
	job.Lose("accepted", "warnings that were said to be no problem", accepted, a.Ref)
	return set
}

// twice reports whether a piece of the span has its label already, else notes all of
// them.
func (s *state) twice(taken map[string]bool, x format.Span) bool {
	keys := make([]string, len(x.Fragments))
	for i, f := range x.Fragments {
		keys[i] = fmt.Sprintf("%d %d %s", f.Start, f.End, x.Label)
		if taken[keys[i]] {
			return true
		}
	}
	for _, k := range keys {
		taken[k] = true
	}
	return false
}

// variables are the facts of articles and the fields of annotators, as variables of
// the project.
type variables struct {
	list  []variable
	known map[string]int  // by description
	names map[string]bool // taken
}

type variable struct{ guid, name, about string }

// The beginnings of descriptions of variables: they say what their values are.
const (
	aboutRef   = "Lede: ref"
	aboutFact  = "Lede: fact "
	aboutOther = "Lede: other fact "
	aboutField = "Lede: field "
)

// of is the variable of that description, made with a free name if it is new.
func (v *variables) of(about, name string) string {
	i, ok := v.known[about]
	if !ok {
		base, _ := features.XMLSafe(name)
		if base == "" {
			base = "variable"
		}
		name = base
		for n := 2; v.names[strings.ToLower(name)]; n++ {
			name = base + " (" + strconv.Itoa(n) + ")"
		}
		i = len(v.list)
		v.known[about], v.names[strings.ToLower(name)] = i, true
		v.list = append(v.list, variable{guid("variable", about), name, about})
	}
	return v.list[i].guid
}

// values are those of one article.
func (v *variables) values(a *format.Article, several bool) []value {
	var list []value
	add := func(about, name, text string) {
		list = append(list, value{Variable: ref{v.of(about, name)}, Text: &text})
	}
	if a.Ref != a.Name {
		add(aboutRef, refVariable, spell(a.Ref))
	}
	facts := features.OfArticle(&format.Article{
		Title: a.Title, Publisher: a.Publisher, URL: a.URL, Author: a.Author, Published: a.Published, Language: a.Language,
	})
	for _, name := range slices.Sorted(maps.Keys(facts)) {
		var s string
		_ = json.Unmarshal(facts[name], &s) // facts are texts
		add(aboutFact+name, name, spell(s))
	}
	for _, name := range slices.Sorted(maps.Keys(a.Meta)) {
		add(aboutOther+quoted(name), name, features.Word(a.Meta[name]))
	}
	for i := range a.Sets {
		set := &a.Sets[i]
		for _, name := range slices.Sorted(maps.Keys(set.Fields)) {
			shown := name
			if several {
				shown = name + " (" + set.Annotator + ")"
			}
			add(aboutField+quoted(set.Annotator)+" "+quoted(name), shown, features.Word(set.Fields[name]))
		}
	}
	return list
}
