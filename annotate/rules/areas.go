package rules

import (
	"cmp"
	"container/heap"
	"fmt"
	"slices"

	"lede/annotate"
	"lede/annotate/text"
)

// part is one fragment of a span.
type part struct {
	text.Range
	span int // place among the spans
}

// areas checks the rules that compare spans with one another. Each goes once over
// the parts in the order of the text, whatever the number of spans on top of one
// another. A span has one warning of each rule at most; spans that are there twice
// count once.
func (r *run) areas() {
	if len(r.Checker.areas) == 0 {
		return
	}
	parts := make([]part, 0, len(r.spans))
	for i := range r.spans {
		if !r.twin[i] {
			for _, f := range r.spans[i].Fragments {
				parts = append(parts, part{f, i})
			}
		}
	}
	slices.SortStableFunc(parts, func(a, b part) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), cmp.Compare(a.span, b.span))
	})
	for _, rule := range r.Checker.areas {
		a := &area{run: r, rule: rule, told: map[int]bool{}}
		for _, p := range parts {
			if rule.concerns(&r.spans[p.span]) {
				a.of = append(a.of, p)
			}
			if rule.ids[r.spans[p.span].Label] {
				a.others = append(a.others, p)
			}
		}
		a.check()
	}
}

// area is one check of one rule.
type area struct {
	*run
	rule   *rule
	of     []part // that the rule is about
	others []part // with one of the labels that the rule names
	told   map[int]bool
}

func (a *area) check() {
	switch {
	case a.rule.Name == Inside:
		a.inside()
	case a.rule.Name == Apart:
		a.apart()
	case a.rule.Name == NoSameNesting:
		a.nesting()
	case a.rule.Choice == OverlapNest:
		a.crossing()
	default:
		a.overlap()
	}
}

func (a *area) tell(p part, words, hint string) {
	if a.told[p.span] {
		return
	}
	a.told[p.span] = true
	a.warn(&a.spans[p.span], Warning{Rule: a.rule.Name, Range: p.Range, Text: words, Hint: hint})
}

// name is a span as a sentence names it: Actor “the ministry”.
func (a *area) name(span int) string {
	s := &a.spans[span]
	return a.Checker.of(s.Label).title + " " + a.quote(s.Fragments)
}

// reach remembers, of the parts that began so far, the two that end last and are of
// different spans: enough to know one that is not of a given span.
type reach struct{ first, second part }

func newReach() reach { return reach{part{span: -1}, part{span: -1}} }

func (r *reach) add(p part) {
	switch {
	case p.span == r.first.span:
		if p.End > r.first.End {
			r.first = p
		}
	case r.first.span < 0 || p.End > r.first.End:
		r.first, r.second = p, r.first
	case p.span == r.second.span && p.End > r.second.End, r.second.span < 0, p.End > r.second.End:
		r.second = p
	}
}

// but is the part that ends last and is not of a span; its span is -1 if there is
// none.
func (r *reach) but(span int) part {
	if r.first.span != span {
		return r.first
	}
	return r.second
}

// overlap: no two share text.
func (a *area) overlap() {
	so := newReach()
	for _, p := range a.of {
		if q := so.but(p.span); q.span >= 0 && q.End > p.Start {
			a.tell(p, "It overlaps "+a.name(q.span)+".", "Move the ends of one of the two, or delete one.")
		}
		so.add(p)
	}
}

// nesting: none lies in another one of its label.
func (a *area) nesting() {
	so := map[annotate.ID]*reach{}
	for _, p := range a.of {
		label := a.spans[p.span].Label
		if so[label] == nil {
			r := newReach()
			so[label] = &r
		}
		if q := so[label].but(p.span); q.span >= 0 && q.End >= p.End {
			a.tell(p, "It lies in "+a.name(q.span)+".", "Keep the outer one or the inner one.")
		}
		so[label].add(p)
	}
}

// inside: every part lies in a part of one of the others.
func (a *area) inside() {
	so, next := newReach(), 0
	for _, p := range a.of {
		// An equal part may come after this one.
		for ; next < len(a.others) && (a.others[next].Start < p.Start || a.others[next].Start == p.Start && a.others[next].End >= p.End); next++ {
			so.add(a.others[next])
		}
		if q := so.but(p.span); q.span < 0 || q.End < p.End {
			a.tell(p, "It does not lie in "+a.rule.title+".", "Mark what it lies in as well, or move its ends.")
		}
	}
}

// apart: no part shares text with a part of the others.
func (a *area) apart() {
	so, next := newReach(), 0
	for _, p := range a.of {
		for ; next < len(a.others) && a.others[next].Start <= p.Start; next++ {
			so.add(a.others[next])
		}
		q := so.but(p.span)
		if q.span < 0 || q.End <= p.Start {
			q = part{span: -1}
			for k := next; k < len(a.others) && a.others[k].Start < p.End; k++ {
				if a.others[k].span != p.span {
					q = a.others[k]
					break
				}
			}
		}
		if q.span >= 0 {
			a.tell(p, fmt.Sprintf("It shares text with %s.", a.name(q.span)), "Move the ends of one of the two.")
		}
	}
}

// crossing: of two that share text, one lies in the other.
func (a *area) crossing() {
	var open ends // parts that have begun, the first to end on top
	for i := 0; i < len(a.of); {
		start, group := a.of[i].Start, i
		for ; i < len(a.of) && a.of[i].Start == start; i++ {
		}
		for len(open) > 0 && open[0].End <= start {
			heap.Pop(&open)
		}
		for _, p := range a.of[group:i] {
			if len(open) > 0 && open[0].End < p.End {
				a.tell(p, "It crosses "+a.name(open[0].span)+".", "Move the ends of one of the two, so that one lies in the other.")
			}
		}
		for _, p := range a.of[group:i] {
			heap.Push(&open, p)
		}
	}
}

// ends is a heap of parts, the one that ends first on top.
type ends []part

func (e ends) Len() int           { return len(e) }
func (e ends) Less(i, k int) bool { return e[i].End < e[k].End }
func (e ends) Swap(i, k int)      { e[i], e[k] = e[k], e[i] }
func (e *ends) Push(x any)        { *e = append(*e, x.(part)) }

func (e *ends) Pop() any {
	last := (*e)[len(*e)-1]
	*e = (*e)[:len(*e)-1]
	return last
}
