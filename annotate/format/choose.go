package format

import (
	"context"
	"slices"
	"strings"

	"lede/annotate"
)

// choice says which sets of which articles go out.
type choice struct {
	format   *Format
	names    []string // annotators; nil = all, and articles that nobody touched
	statuses []annotate.Status
	manual   bool // leave out what a model or rule made
	one      bool // exactly one annotator: an article without a set of theirs is "new"
}

// choose works out whose sets go out. With several annotators at work, a format
// of one layer needs to be told (AnnotatorError).
func choose(ctx context.Context, store annotate.Store, f *Format, o *ExportOptions, s Settings) (choice, []annotate.Annotator, error) {
	people, err := store.Annotators(ctx)
	if err != nil {
		return choice{}, nil, err
	}
	c := choice{format: f, statuses: o.Statuses, manual: s["origin"] == "manual"}
	if len(c.statuses) == 0 && f.Training {
		c.statuses = []annotate.Status{annotate.Done}
	}
	name := o.Annotator
	if name == "" && f.Training {
		busy, err := atWork(ctx, store, people)
		if err != nil {
			return c, nil, err
		}
		if len(busy) > 1 {
			return c, nil, &AnnotatorError{f.Name, busy}
		}
		c.names, c.one = busy, true
		return c, people, nil
	}
	switch {
	case name == "":
		return c, people, nil
	case strings.EqualFold(name, annotate.AllName):
		busy, err := atWork(ctx, store, people)
		if err != nil || !f.Training {
			return c, people, err
		}
		if len(busy) > 1 && !f.Several {
			return c, nil, &AnnotatorError{f.Name, busy}
		}
		c.names, c.one = busy, len(busy) <= 1
		return c, people, nil
	}
	for _, p := range people {
		if strings.EqualFold(p.Name, name) {
			c.names, c.one = []string{p.Name}, true
			return c, people, nil
		}
	}
	var all []string
	for _, p := range people {
		all = append(all, p.Name)
	}
	return c, nil, refuseExport(annotate.ErrNotFound, "", "Annotators: "+join(all)+".", "no annotator is called %q", name)
}

// atWork lists who has begun at least one article.
func atWork(ctx context.Context, store annotate.Store, people []annotate.Annotator) ([]string, error) {
	var busy []string
	for _, p := range people {
		n, err := store.Count(ctx, annotate.ArticleQuery{Annotator: p.ID})
		if err != nil {
			return nil, err
		}
		if n.Status[annotate.InProgress]+n.Status[annotate.Done]+n.Status[annotate.Skipped] > 0 {
			busy = append(busy, p.Name)
		}
	}
	slices.Sort(busy)
	return busy, nil
}

// apply takes from a what does not go out, and reports whether the article does.
func (c choice) apply(a *Article, out *notes) bool {
	sets := a.Sets
	a.Sets = nil
	for _, s := range sets {
		if c.names != nil && !slices.Contains(c.names, s.Annotator) {
			out.add("other_annotators", "annotation sets of annotators who were not chosen", 1, a.Ref+" ("+s.Annotator+")")
			continue
		}
		if len(c.statuses) > 0 && !slices.Contains(c.statuses, s.Status) {
			if !c.one {
				out.add("status", "annotation sets with status "+string(s.Status), 1, a.Ref+" ("+s.Annotator+")")
			} else {
				out.add("status", "articles with status "+string(s.Status), 1, a.Ref)
			}
			continue
		}
		if c.manual {
			s = withoutMachines(s, a, out)
		}
		a.Sets = append(a.Sets, s)
	}
	if len(a.Sets) > 0 {
		return true
	}
	return c.untouched(a, sets, out)
}

// untouched decides on an article of which no set goes out.
func (c choice) untouched(a *Article, sets []Set, out *notes) bool {
	wanted := len(c.statuses) == 0 || slices.Contains(c.statuses, annotate.New)
	had := slices.ContainsFunc(sets, func(s Set) bool { return c.names == nil || slices.Contains(c.names, s.Annotator) })
	switch {
	case had:
		return false // told above
	case !wanted:
		out.add("status", "articles with status "+string(annotate.New), 1, a.Ref)
		return false
	case c.format.Training && len(c.names) == 1:
		a.Sets = []Set{{Annotator: c.names[0], Status: annotate.New}}
	case c.format.Training:
		a.Sets = []Set{{Status: annotate.New}}
	}
	return true
}

// withoutMachines drops spans that a model or rule made, and their relations.
func withoutMachines(s Set, a *Article, out *notes) Set {
	gone := map[string]bool{}
	var spans []Span
	for _, x := range s.Spans {
		if x.Origin == annotate.OriginRule || strings.HasPrefix(x.Origin, "model:") {
			gone[x.ID] = true
			out.add("origin", "spans made by a model or a rule (--opt origin=manual)", 1, a.Ref)
			continue
		}
		spans = append(spans, x)
	}
	if len(gone) == 0 {
		return s
	}
	s.Spans = spans
	dropped := 0
	s.Relations, dropped = WithoutSpans(s.Relations, gone)
	out.add("origin", "relations of spans made by a model or a rule (--opt origin=manual)", dropped, a.Ref)
	return s
}

// WithoutSpans drops the relations that have an end among the ids gone, and says
// how many those were.
func WithoutSpans(relations []Relation, gone map[string]bool) (kept []Relation, dropped int) {
	for _, r := range relations {
		if gone[r.From] || gone[r.To] {
			dropped++
			continue
		}
		kept = append(kept, r)
	}
	return kept, dropped
}
