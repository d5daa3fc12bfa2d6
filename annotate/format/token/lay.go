package token

import (
	"cmp"
	"slices"

	"lede/annotate/format"
	"lede/annotate/text"
)

// Record is what one record of a training file covers.
type Record struct {
	text.Range // of the article's text: all of it, or a piece without blanks around it
	Tokens     []Token
	Entities   []Entity // by start, longest first, label, id
}

// Entity is a fragment of a span, or what a record has of it.
type Entity struct {
	// Span is the span; its Fragments are the one range that the tokens cover, in the
	// article's text.
	Span       format.Span
	First, End int // of the record's tokens: [First, End)
	fragment   int // of the span's, from 0
}

// Layout says how articles become records.
type Layout struct {
	Tokenizer string
	Unit      format.Unit
	Cuts      []int // further places that no token goes across
}

// ParseLayout reads the options of Option and format.UnitOption.
func ParseLayout(s format.Settings) (Layout, error) {
	unit, err := format.ParseUnit(s["unit"])
	return Layout{Tokenizer: s["tokenizer"], Unit: unit}, err
}

// Lay makes the records of an article, with the spans as entities on their tokens.
// Sentences and paragraphs break no span; windows may. An article without a token is
// one record if the unit is article, else none. Losses are told: blanks at the ends
// of spans, split spans (an entity for each fragment), spans that windows cut.
func (l Layout) Lay(a *format.Article, spans []format.Span, job *format.Job) []Record {
	t := a.Index()
	fragments := flatten(a, spans, job)
	var keep []text.Range
	cuts := slices.Clone(l.Cuts)
	for _, f := range fragments {
		keep = append(keep, f.place)
		cuts = append(cuts, f.place.Start, f.place.End)
	}
	slices.Sort(cuts)
	records := l.records(t, keep, slices.Compact(cuts))
	place(records, fragments)
	told := map[*format.Span]bool{}
	for _, f := range fragments {
		if (f.times != 1 || !f.whole) && !told[f.span] {
			told[f.span] = true
			job.Lose("cut", "spans cut or repeated by the borders of windows", 1, a.Ref+": "+f.span.Label)
		}
	}
	return records
}

// fragment is a fragment of a span without blanks around it.
type fragment struct {
	span  *format.Span
	index int
	place text.Range
	times int  // how many records have it, or a part of it
	whole bool // the last of them has all of it
}

// flatten lists the fragments of spans in the order of their start.
func flatten(a *format.Article, spans []format.Span, job *format.Job) []fragment {
	var list []fragment
	for i := range spans {
		s := &spans[i]
		if len(s.Fragments) > 1 {
			job.Lose("split", "split spans, written as an entity for each fragment", 1, a.Ref+": "+s.Label)
		}
		gone, cut := 0, 0 // counted by span, not by fragment
		for k, f := range s.Fragments {
			place := Trim(a.Index(), f)
			switch {
			case place.Empty():
				gone = 1
				continue
			case place != f:
				cut = 1
			}
			list = append(list, fragment{span: s, index: k, place: place})
		}
		job.Lose("blanks", "spans of nothing but blanks, left out", gone, a.Ref+": "+s.Label)
		job.Lose("blanks", "blanks at the ends of spans", cut, a.Ref+": "+s.Label)
	}
	slices.SortStableFunc(list, func(x, y fragment) int { return x.place.Start - y.place.Start })
	return list
}

// Trim is r without the white space (Blank) at its ends; empty if there is nothing
// else.
func Trim(t *text.Text, r text.Range) text.Range {
	for r.Start < r.End && Blank(t.RuneAt(r.Start)) {
		r.Start++
	}
	for r.Start < r.End && Blank(t.RuneAt(r.End-1)) {
		r.End--
	}
	return r
}

// records are the units of a text with their tokens.
func (l Layout) records(t *text.Text, keep []text.Range, cuts []int) []Record {
	whole := text.Range{Start: 0, End: t.Len()}
	var units []text.Range
	switch l.Unit.Name {
	case "sentence":
		units = Sentences(t, keep)
	case "paragraph":
		units = Paragraphs(t, keep)
	case "window":
		return l.windows(Split(l.Tokenizer, t, whole, cuts))
	default:
		return []Record{{Range: whole, Tokens: Split(l.Tokenizer, t, whole, cuts)}}
	}
	var list []Record
	for _, u := range units {
		for len(cuts) > 0 && cuts[0] < u.Start {
			cuts = cuts[1:]
		}
		if tokens := Split(l.Tokenizer, t, u, cuts); len(tokens) > 0 {
			list = append(list, piece(tokens))
		}
	}
	return list
}

// piece is a record of some tokens; the blank behind the last is not of it.
func piece(tokens []Token) Record {
	last := len(tokens) - 1
	tokens[last].Space = false
	return Record{Range: text.Range{Start: tokens[0].Start, End: tokens[last].End}, Tokens: tokens}
}

// windows cuts tokens into pieces of a size, which may overlap.
func (l Layout) windows(all []Token) []Record {
	var list []Record
	for from := 0; from < len(all); from += l.Unit.Stride {
		to := min(from+l.Unit.Size, len(all))
		list = append(list, piece(slices.Clone(all[from:to])))
		if to == len(all) {
			break
		}
	}
	return list
}

// place lays fragments (by start) on the tokens of the records (by start).
func place(records []Record, fragments []fragment) {
	var open []*fragment // those that reach into this record or a later one
	next := 0
	for i := range records {
		r := &records[i]
		open = slices.DeleteFunc(open, func(f *fragment) bool { return f.place.End <= r.Start })
		for ; next < len(fragments) && fragments[next].place.Start < r.End; next++ {
			open = append(open, &fragments[next])
		}
		for _, f := range open {
			r.add(f)
		}
		slices.SortStableFunc(r.Entities, func(x, y Entity) int {
			return cmp.Or(x.First-y.First, y.End-x.End, cmp.Compare(x.Span.Label, y.Span.Label), cmp.Compare(x.Span.ID, y.Span.ID))
		})
	}
}

// add makes an entity of what the record has of a fragment.
func (r *Record) add(f *fragment) {
	first, _ := slices.BinarySearchFunc(r.Tokens, f.place.Start, func(t Token, o int) int { return t.Start - o })
	end, _ := slices.BinarySearchFunc(r.Tokens, f.place.End, func(t Token, o int) int { return t.Start - o })
	if first >= end {
		return
	}
	span := *f.span
	span.Fragments = []text.Range{{Start: r.Tokens[first].Start, End: r.Tokens[end-1].End}}
	f.times++
	f.whole = span.Fragments[0] == f.place
	r.Entities = append(r.Entities, Entity{Span: span, First: first, End: end, fragment: f.index})
}

// Spans are the entities of all records as spans, in their order: what a file should
// hold.
func Spans(records []Record) []format.Span {
	var list []format.Span
	for i := range records {
		for _, e := range records[i].Entities {
			list = append(list, e.Span)
		}
	}
	return list
}

// Link is a relation between two entities of a record, by their index.
type Link struct {
	Relation *format.Relation
	From, To int
}

// Links are the relations whose ends both lie in a record, for each record; lost are
// those that lie in none. A split span is linked at its first fragment there.
func Links(records []Record, relations []format.Relation) (links [][]Link, lost []format.Relation) {
	links = make([][]Link, len(records))
	placed := make([]bool, len(relations))
	from := map[string][]int{} // relations by the span they begin at
	for k, r := range relations {
		from[r.From] = append(from[r.From], k)
	}
	for i := range records {
		at := map[string]int{}
		for k, e := range records[i].Entities {
			if old, has := at[e.Span.ID]; !has || e.fragment < records[i].Entities[old].fragment {
				at[e.Span.ID] = k
			}
		}
		for id, head := range at {
			for _, k := range from[id] {
				if tail, ok := at[relations[k].To]; ok {
					links[i] = append(links[i], Link{&relations[k], head, tail})
					placed[k] = true
				}
			}
		}
		slices.SortFunc(links[i], func(x, y Link) int {
			return cmp.Or(x.From-y.From, x.To-y.To, cmp.Compare(x.Relation.Type, y.Relation.Type), cmp.Compare(x.Relation.ID, y.Relation.ID))
		})
	}
	for k, ok := range placed {
		if !ok {
			lost = append(lost, relations[k])
		}
	}
	return links, lost
}

// Longest parts spans into such as do not overlap and the others: of those that do,
// the one that covers most characters is kept, then the earlier, then by label and id.
func Longest(spans []format.Span) (kept, left []format.Span) {
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
	for _, x := range ranked {
		if clash(taken, x.Fragments) {
			left = append(left, x)
			continue
		}
		for _, f := range x.Fragments {
			i, _ := slices.BinarySearchFunc(taken, f.Start, func(r text.Range, start int) int { return r.Start - start })
			taken = slices.Insert(taken, i, f)
		}
		kept = append(kept, x)
	}
	return kept, left
}

// Unwritten are those that Longest left of which a file has nothing that writes split spans
// as a span for each fragment: where such a fragment has the label and the place of one of
// them, that one is there.
func Unwritten(kept, left []format.Span) []format.Span {
	type piece struct {
		label string
		at    text.Range
	}
	pieces := map[piece]int{}
	for _, x := range kept {
		if len(x.Fragments) > 1 {
			for _, f := range x.Fragments {
				pieces[piece{x.Label, f}]++
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(left), func(x format.Span) bool {
		if len(x.Fragments) != 1 {
			return false
		}
		p := piece{x.Label, x.Fragments[0]}
		pieces[p]--
		return pieces[p] >= 0
	})
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
