package conll

import (
	"slices"

	"lede/annotate/format"
	"lede/annotate/text"
)

// fit chooses the spans that tags can hold and works out the tokens. The fitted
// article has one span for each entity of the file, in its order.
func fit(a *format.Article, job *format.Job) *format.Article {
	s := job.State.(*state)
	job.LoseRest(a, format.Keeps{})
	fitted := *a
	var pieces []format.Span
	var set format.Set
	if len(a.Sets) > 0 {
		set = a.Sets[0]
		pieces = choose(a, set.Spans, job)
	}
	for i := range pieces {
		pieces[i].Label = s.safe(pieces[i].Label)
	}
	sequences := s.sequences(a.Index(), pieces)
	set.Spans, set.Relations = tag(a, sequences, pieces, job), nil
	fitted.Prepared = sequences
	if len(a.Sets) > 0 {
		fitted.Sets = []format.Set{set}
	}
	return &fitted
}

// choose returns the fragments of the spans that win, sorted: the longest first,
// then the earlier, then by label and id.
func choose(a *format.Article, spans []format.Span, job *format.Job) []format.Span {
	covers := func(s format.Span) int {
		n := 0
		for _, f := range s.Fragments {
			n += f.Len()
		}
		return n
	}
	// The stable sort keeps file order (start, longest, label, id) among equals.
	ranked := slices.Clone(spans)
	slices.SortStableFunc(ranked, func(x, y format.Span) int { return covers(y) - covers(x) })
	var taken []text.Range // sorted, disjoint
	var pieces []format.Span
	for _, x := range ranked {
		if clash(taken, x.Fragments) {
			job.Lose("overlaps", "spans that overlap a longer one, left out", 1, a.Ref+": "+x.Label)
			continue
		}
		if len(x.Fragments) > 1 {
			job.Lose("split", "split spans, written as an entity for each fragment", 1, a.Ref+": "+x.Label)
		}
		for _, f := range x.Fragments {
			i, _ := slices.BinarySearchFunc(taken, f.Start, func(r text.Range, start int) int { return r.Start - start })
			taken = slices.Insert(taken, i, f)
			if a.Index().Trim(f) != f {
				job.Lose("blanks", "blanks at the ends of spans", 1, a.Ref)
			}
			piece := x
			piece.Fragments = []text.Range{f}
			pieces = append(pieces, piece)
		}
	}
	slices.SortFunc(pieces, func(x, y format.Span) int { return x.Fragments[0].Start - y.Fragments[0].Start })
	return pieces
}

// clash reports whether a fragment overlaps what is taken.
func clash(taken, fragments []text.Range) bool {
	for _, f := range fragments {
		i, _ := slices.BinarySearchFunc(taken, f.Start, func(r text.Range, start int) int { return r.Start - start })
		if (i < len(taken) && taken[i].Start < f.End) || (i > 0 && taken[i-1].End > f.Start) {
			return true
		}
	}
	return false
}

// sequences are the tokens of the text, in the units that blank lines part.
// A sentence or paragraph break inside a span does not count.
func (s *state) sequences(t *text.Text, pieces []format.Span) [][]token {
	var borders []int
	for _, p := range pieces {
		borders = append(borders, p.Fragments[0].Start, p.Fragments[0].End)
	}
	var list [][]token
	p := 0
	add := func(r text.Range) {
		if found := tokens(t, r, borders[2*p:]); len(found) > 0 {
			list = append(list, found)
		}
		for p < len(pieces) && pieces[p].Fragments[0].End <= r.End {
			p++
		}
	}
	whole := text.Range{Start: 0, End: t.Len()}
	switch s.unit.Name {
	case "sentence":
		k, from := 0, 0
		for sentence := range t.Sentences(whole) {
			for k < len(pieces) && pieces[k].Fragments[0].End <= sentence.End {
				k++
			}
			if k < len(pieces) && pieces[k].Fragments[0].Start < sentence.End {
				continue // the break is inside a span
			}
			add(text.Range{Start: from, End: sentence.End})
			from = sentence.End
		}
		add(text.Range{Start: from, End: whole.End})
	case "paragraph":
		k, from := 0, 0
		for i := range t.Lines() {
			line := t.Line(i)
			for k < len(pieces) && pieces[k].Fragments[0].End <= line.End {
				k++
			}
			if k < len(pieces) && pieces[k].Fragments[0].Start < line.End {
				continue
			}
			add(text.Range{Start: from, End: line.End})
			from = line.End
		}
		add(text.Range{Start: from, End: whole.End})
	case "window":
		return windows(tokens(t, whole, borders), s.unit)
	default:
		add(whole)
	}
	return list
}

// windows cuts tokens into pieces of a size, which may overlap.
func windows(all []token, u format.Unit) [][]token {
	var list [][]token
	for from := 0; from < len(all); from += u.Stride {
		to := min(from+u.Size, len(all))
		list = append(list, slices.Clone(all[from:to]))
		if to == len(all) {
			break
		}
	}
	return list
}

// tag gives tokens their tags and returns the entities that result, in file
// order.
func tag(a *format.Article, sequences [][]token, pieces []format.Span, job *format.Job) []format.Span {
	var entities []format.Span
	seen := make([]int, len(pieces)) // tokens written of each piece
	cut := make([]bool, len(pieces))
	for _, sequence := range sequences {
		k := 0
		if len(sequence) > 0 {
			k, _ = slices.BinarySearchFunc(pieces, sequence[0].place.Start, func(p format.Span, start int) int {
				if p.Fragments[0].End <= start {
					return -1
				}
				return 1
			})
		}
		last := -1
		for i := range sequence {
			t := &sequence[i]
			for k < len(pieces) && pieces[k].Fragments[0].End <= t.place.Start {
				k++
			}
			if k == len(pieces) || pieces[k].Fragments[0].Start > t.place.Start {
				last = -1
				continue
			}
			if last == k {
				t.tag = "I-" + pieces[k].Label
				entities[len(entities)-1].Fragments[0].End = t.place.End
			} else {
				t.tag = "B-" + pieces[k].Label
				entity := pieces[k]
				entity.Fragments = []text.Range{t.place}
				entities = append(entities, entity)
				cut[k] = cut[k] || seen[k] > 0
			}
			last = k
			seen[k]++
		}
	}
	for k, n := range seen {
		if n == 0 {
			job.Lose("blanks", "spans of nothing but blanks, left out", 1, a.Ref)
		}
		if cut[k] {
			job.Lose("cut", "spans cut or repeated by the borders of windows", 1, a.Ref+": "+pieces[k].Label)
		}
	}
	return entities
}
