package roles

import (
	"slices"
	"strings"

	"lede/annotate/format"
)

// Fit keeps of an article what has a place in the rows, tells the job of all else,
// and prepares the rows, as [][]string, for the writer.
func (t *Table) Fit(a *format.Article, job *format.Job) *format.Article {
	fitted := *a
	fitted.Sets = slices.Clone(a.Sets)
	var rows [][]string
	for i := range a.Sets {
		x := NewSet(a, &a.Sets[i])
		used := t.use(x)
		for _, hub := range x.Hubs(t.Labels) {
			rows = append(rows, t.Rows(x, hub)...)
		}
		used.lose(t, x, job)
		fitted.Sets[i].Spans, fitted.Sets[i].Relations = used.spans(x), used.relations(x)
	}
	LoseFacts(a, job, t.noText)
	fitted.Prepared = rows
	return &fitted
}

// use is what rows hold of a set, by the places in it.
type use struct {
	hub, filler map[*format.Span]bool
	relation    map[*format.Relation]bool
	held        map[*format.Span][]Names // of each the first that a filler has is held
}

func (t *Table) use(x *Set) *use {
	u := &use{map[*format.Span]bool{}, map[*format.Span]bool{}, map[*format.Relation]bool{}, map[*format.Span][]Names{}}
	for _, hub := range x.Hubs(t.Labels) {
		u.hub[hub] = true
		for _, r := range t.Roles {
			fillers, relations := x.Fillers(hub, r.Types)
			for _, f := range fillers {
				u.filler[f] = true
				for _, about := range r.About {
					u.held[f] = append(u.held[f], about.Attribute)
				}
			}
			for _, l := range relations {
				u.relation[l] = true
			}
		}
	}
	return u
}

func (u *use) spans(x *Set) []format.Span {
	var kept []format.Span
	for i := range x.Spans {
		if s := &x.Spans[i]; u.hub[s] || u.filler[s] {
			kept = append(kept, *s)
		}
	}
	return kept
}

func (u *use) relations(x *Set) []format.Relation {
	var kept []format.Relation
	for i := range x.Relations {
		if r := &x.Relations[i]; u.relation[r] {
			kept = append(kept, *r)
		}
	}
	return kept
}

// lose tells what of a set has no place in the rows.
func (u *use) lose(t *Table, x *Set, job *format.Job) {
	ref := x.Article.Ref
	var names []string
	for _, r := range t.Roles {
		names = append(names, r.Name)
	}
	if len(u.hub) == 0 {
		job.Lose("articles", "annotation sets without "+t.What+"s, which have no row", 1, ref)
		job.Lose("fields", "document fields of articles without a row", len(x.Fields), ref)
	}
	for i := range x.Spans {
		s := &x.Spans[i]
		switch {
		case u.hub[s]:
			job.Lose("attributes", "attributes of spans that have no column", without(s, t.attributes, t.held), ref)
		case u.filler[s]:
			job.Lose("attributes", "attributes of spans that have no column", without(s, nil, u.held[s]), ref)
			job.Lose("ids", "ids of spans and relations", 1, "")
			loseNote(s.Note, "notes on spans other than "+t.What+"s", ref, job)
		default:
			job.Lose("spans", "spans that are no "+t.What+" and no "+strings.Join(names, ", ")+" of one", 1, ref)
		}
	}
	loseRelations(x, job, u.relation, strings.Join(names, ", "))
	LoseSet(x.Set, ref, job)
}

// without counts the attributes of a span that are neither among the names nor the
// first of a list.
func without(s *format.Span, names []string, lists []Names) int {
	held := Names(slices.Clone(names))
	for _, n := range lists {
		if name, ok := n.Of(s.Attributes); ok {
			held = append(held, name)
		}
	}
	n := 0
	for name := range s.Attributes {
		if !held.Has(name) {
			n++
		}
	}
	return n
}

func loseNote(note, what, ref string, job *format.Job) {
	if note != "" {
		job.Lose("notes", what, 1, ref)
	}
}

func loseRelations(x *Set, job *format.Job, used map[*format.Relation]bool, held string) {
	for i := range x.Relations {
		r := &x.Relations[i]
		if !used[r] {
			job.Lose("relations", "relations other than "+held, 1, x.Article.Ref)
			continue
		}
		job.Lose("ids", "ids of spans and relations", 1, "")
		job.Lose("attributes", "attributes of relations", len(r.Attributes), x.Article.Ref)
		loseNote(r.Note, "notes on relations", x.Article.Ref, job)
	}
}

// LoseSet tells what is said of an article as a whole and stands in no row.
func LoseSet(s *format.Set, ref string, job *format.Job) {
	for _, l := range []struct{ kind, what, value string }{
		{"set_notes", "notes on articles", s.Note},
		{"flags", "flags", s.Flag},
		{"reasons", "reasons for skipping", s.Reason},
	} {
		if l.value != "" {
			job.Lose(l.kind, l.what, 1, ref)
		}
	}
	job.Lose("origins", "origins of spans (who or what made them)", len(s.Spans), "")
	job.Lose("status", "statuses of annotation sets", 1, ref)
}

// LoseFacts tells the facts of an article that stand in no row.
func LoseFacts(a *format.Article, job *format.Job, title bool) {
	n := len(a.Meta)
	facts := []string{a.URL, a.Author, a.Language}
	if title {
		facts = append(facts, a.Title)
	}
	for _, f := range facts {
		if f != "" {
			n++
		}
	}
	job.Lose("facts", "facts of articles (url, author, language, others)", n, a.Ref)
}

// LoseEntities tells the attributes of entities that have no column, and their other
// names.
func (t *Table) LoseEntities(job *format.Job, more ...Names) {
	held := slices.Concat(more...)
	for _, r := range t.Roles {
		for _, a := range r.About {
			held = append(held, a.Attribute...)
		}
	}
	for _, e := range job.Entities {
		n := len(e.Aliases)
		for name := range e.Attributes {
			if !held.Has(name) {
				n++
			}
		}
		job.Lose("entities", "attributes and other names of entities that have no column", n, e.Name)
	}
}
