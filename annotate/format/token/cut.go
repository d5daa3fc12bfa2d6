package token

import (
	"lede/annotate/format"
	"lede/annotate/text"
)

// Pieces cuts an article for a format that keeps texts as they are: into sentences,
// paragraphs or windows of so many tokens, with all blanks between them. Sentences and
// paragraphs break no span; windows may, which is told. The unit article makes one
// piece, the article itself.
func (l Layout) Pieces(a *format.Article, job *format.Job) []*format.Article {
	if l.Unit.Name == "article" {
		return []*format.Article{a}
	}
	t := a.Index()
	var keep []text.Range
	for _, s := range a.Sets {
		for _, x := range s.Spans {
			keep = append(keep, x.Fragments...)
		}
	}
	var units []text.Range
	switch l.Unit.Name {
	case "window":
		units = l.stretches(t, keep)
	case "sentence":
		units = filled(t, Sentences(t, keep))
	default:
		units = filled(t, Paragraphs(t, keep))
	}
	if len(units) == 0 {
		units = []text.Range{{Start: 0, End: t.Len()}}
	}
	return a.Cut(units, job)
}

// stretches are the windows of a text, each up to where its next token begins. Tokens
// are cut at the borders of spans, as the formats have them.
func (l Layout) stretches(t *text.Text, spans []text.Range) []text.Range {
	var cuts []int
	for _, f := range spans {
		f = Trim(t, f)
		cuts = append(cuts, f.Start, f.End)
	}
	tokens := Split(l.Tokenizer, t, text.Range{Start: 0, End: t.Len()}, cuts)
	var list []text.Range
	for from := 0; from < len(tokens); from += l.Unit.Stride {
		r := text.Range{Start: tokens[from].Start, End: t.Len()}
		if from == 0 {
			r.Start = 0
		}
		to := from + l.Unit.Size
		if to < len(tokens) {
			r.End = tokens[to].Start
		}
		if list = append(list, r); to >= len(tokens) {
			break
		}
	}
	return list
}

// filled are the ranges with those that are nothing but blanks joined to the one before,
// at the start to the one behind.
func filled(t *text.Text, ranges []text.Range) []text.Range {
	var list []text.Range
	start := 0
	for _, r := range ranges {
		blank := Trim(t, r).Empty()
		switch {
		case blank && len(list) > 0:
			list[len(list)-1].End = r.End
		case !blank:
			list = append(list, text.Range{Start: start, End: r.End})
		default:
			continue
		}
		start = r.End
	}
	return list
}
