package spacy

import (
	"context"
	"fmt"
	"iter"
	"os"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/token"
	"lede/annotate/text"
)

func read(ctx context.Context, src format.Source, s format.Settings) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		files := []format.Source{src}
		if src.Dir {
			names, err := format.Walk(src)
			if err != nil {
				yield(nil, err)
				return
			}
			files = nil
			for _, n := range names {
				files = append(files, src.File(n))
			}
		}
		for _, f := range files {
			for a, err := range articles(f, s) {
				if err == nil {
					err = ctx.Err()
				}
				if !yield(a, err) || err != nil {
					return
				}
			}
		}
	}
}

// articles reads one DocBin.
func articles(src format.Source, s format.Settings) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		in, err := src.Open()
		if err != nil {
			yield(nil, err)
			return
		}
		defer func() { _ = in.Close() }()
		size := int64(format.MaxFile)
		if info, err := os.Stat(src.Path); err == nil {
			size = info.Size()
		}
		b, err := open(in, src.At(0), size)
		if err != nil {
			yield(nil, err)
			return
		}
		defer func() { _ = b.close() }()
		told := src.Manifest("spacy")
		for d, err := range b.documents() {
			if err != nil {
				yield(nil, err)
				return
			}
			a := article(d, src, s)
			if told != nil {
				a.Sets[0].Annotator = told.Annotator
			}
			if !yield(a, nil) {
				return
			}
		}
	}
}

func article(d *document, src format.Source, s format.Settings) *format.Article {
	a := &format.Article{Place: src.At(0), Text: d.text, Split: token.SplitOf(src)}
	if d.own != nil {
		if a.Ref = d.own.id; !d.own.whole() {
			a.Ref = fmt.Sprintf("%s#%d-%d", d.own.id, d.own.start, d.own.end)
		}
	}
	set := format.Set{Place: a.Place, Status: annotate.Done}
	ents, groups := d.ents, d.groups
	if s["spans"] == "groups" {
		ents = nil
	}
	if s["spans"] == "ents" {
		a.Skip("spans", "spans of span groups (--opt spans=ents)", len(groups), src.Name)
		groups = nil
	}
	// A span that is in doc.ents and in a group is one.
	have := map[span]int{}
	for i, g := range groups {
		have[span{label: g.label, first: g.first, end: g.end}] = i
	}
	for _, e := range ents {
		i, twice := have[span{label: e.label, first: e.first, end: e.end}]
		switch {
		case !twice:
			groups = append(groups, e)
		case groups[i].kb == "":
			groups[i].kb = e.kb
		}
	}
	for _, g := range groups {
		place := text.Range{Start: d.places[g.first].Start, End: d.places[g.end-1].End}
		x := format.Span{Place: a.Place, Label: g.label, Fragments: []text.Range{place}}
		if g.kb != "" {
			x.Entity = &format.Entity{ID: g.kb, Name: g.kb, NoKind: true}
		}
		if place.Empty() {
			a.Skip("spans", "spans without a label or without text", 1, src.Name)
			continue
		}
		set.Spans = append(set.Spans, x)
	}
	a.Sets = []format.Set{set}
	remark(a, d, src)
	token.Guard(a)
	return a
}

// remark takes the classes, and tells of what has no place.
func remark(a *format.Article, d *document, src format.Source) {
	var classes []string
	unsure := 0
	for _, c := range d.cats {
		if c.score != 0 && c.score != 1 {
			unsure++
		}
		if c.score >= 0.5 && c.name != "" {
			classes = append(classes, c.name)
		}
	}
	if len(classes) > 0 {
		a.Sets[0].Fields = format.FieldsOf(classes, src.Schema)
	}
	for _, n := range []struct {
		kind, what string
		count      int
	}{
		{"scores", "scores of classes that are neither 0 nor 1: taken as yes from 0.5 on", unsure},
		{"missing", "tokens of which the file does not say whether they are in an entity", d.missing},
		{"spans", "spans without a label or without text", d.bare},
	} {
		if n.count > 0 {
			a.Skip(n.kind, n.what, n.count, src.Name)
		}
	}
	if d.unknown {
		a.Skip("blanks", "documents of which the file does not know where blanks are: one between any two tokens", 1, src.Name)
	}
}
