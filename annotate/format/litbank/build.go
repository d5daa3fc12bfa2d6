package litbank

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/internal/wordtext"
	"lede/annotate/text"
)

// builder puts the layers of a text together.
type builder struct {
	name  string
	a     *format.Article
	set   format.Set
	has   map[string]bool // spans by label and place
	lists bool            // chains came from a list
}

func article(d document) (*format.Article, error) {
	b := &builder{name: d.name, a: &format.Article{Place: d.layers[0].At(0), Ref: d.name, RefFromName: true}, has: map[string]bool{}}
	b.set = format.Set{Place: d.layers[0].At(0), LocalIDs: true}
	for i, src := range d.layers {
		if err := b.layer(src, i == 0); err != nil {
			return nil, err
		}
	}
	b.a.Sets = []format.Set{b.set}
	return b.a, nil
}

// layer adds one file, if it is about the same words.
func (b *builder) layer(src format.Source, first bool) error {
	var w wordtext.Builder
	words, err := wordsOf(src, &w)
	if err != nil {
		return err
	}
	if first {
		b.a.Text = w.Text()
	} else if b.a.Text != w.Text() {
		b.a.Skip("layers", "layers whose words are others than those of the first layer, left out", 1, src.Name)
		return nil
	}
	switch path.Ext(src.Rel) {
	case ".ann":
		return b.list(src, &w)
	case ".conll":
		if !b.lists {
			return b.chains(src, words, &w)
		}
		return nil // the list of the chains says the same, and more
	}
	return b.columns(src, words, &w)
}

// row is a word with its columns and its line.
type row struct {
	fields []string
	line   int
	begins bool // a sentence
}

// wordsOf reads the words of a layer: the first column, or the fourth of chains, or
// the text beside a list.
func wordsOf(src format.Source, w *wordtext.Builder) ([]row, error) {
	kind := path.Ext(src.Rel)
	in := src
	if kind == ".ann" {
		var err error
		if in, err = textOf(src); err != nil {
			return nil, err
		}
	}
	var rows []row
	begins := true
	for n, line := range in.Lines() {
		if line.Err != nil {
			return nil, line.Err
		}
		switch {
		case kind == ".ann":
			w.Break()
			for _, word := range strings.Split(line.Text, " ") {
				w.Add(word)
			}
			continue
		case strings.TrimSpace(line.Text) == "" || kind == ".conll" && strings.HasPrefix(line.Text, "#"):
			w.Break()
			begins = true
			continue
		}
		f := strings.Split(line.Text, "\t")
		at := 0
		if kind == ".conll" {
			at = 3
		}
		if len(f) < at+2 {
			return nil, format.Refuse(in.At(n), hint, "a line of words has %d columns here, too few", len(f))
		}
		w.Add(f[at])
		rows = append(rows, row{f, n, begins})
		begins = false
	}
	if len(w.Words) == 0 {
		return nil, format.Refuse(in.At(0), hint, "there are no words")
	}
	return rows, nil
}

// add adds a span unless the same is there.
func (b *builder) add(s format.Span) {
	key := fmt.Sprint(s.Label, s.Fragments)
	if b.has[key] {
		return
	}
	b.has[key] = true
	s.ID = cmp.Or(s.ID, "s"+strconv.Itoa(len(b.set.Spans)))
	b.set.Spans = append(b.set.Spans, s)
}

// columns reads nested entities, or events: a column each, B- and I- or a word of
// their own.
func (b *builder) columns(src format.Source, rows []row, w *wordtext.Builder) error {
	open := map[int]*format.Span{}
	for i, r := range rows {
		for c := 1; c < len(r.fields); c++ {
			tag := strings.TrimSpace(r.fields[c])
			if tag == "" || tag == "O" || tag == "_" {
				b.close(open, c)
				continue
			}
			prefix, label, has := strings.Cut(tag, "-")
			if !has {
				prefix, label = "B", tag
			}
			if label == "" || prefix != "B" && prefix != "I" {
				return format.Refuse(src.At(r.line), hint, "the tag %q is neither O nor B- or I- with a label", tag)
			}
			if s := open[c]; s != nil && prefix == "I" && s.Label == label && !r.begins {
				s.Fragments[0].End = w.Words[i].End
				continue
			}
			b.close(open, c)
			open[c] = &format.Span{Place: src.At(r.line), Label: label, Fragments: []text.Range{w.Words[i]}}
		}
	}
	for _, c := range keys(open) {
		b.close(open, c)
	}
	return nil
}

func keys(open map[int]*format.Span) []int {
	var list []int
	for c := range open {
		list = append(list, c)
	}
	slices.Sort(list)
	return list
}

func (b *builder) close(open map[int]*format.Span, column int) {
	if s := open[column]; s != nil {
		if s.Fragments[0].Start < s.Fragments[0].End {
			b.add(*s)
		}
		delete(open, column)
	}
}

// chains reads the last column of CoNLL-2012: "(3" begins a mention of 3, "3)" ends
// the one that began last, "(3)" is one of a word.
func (b *builder) chains(src format.Source, rows []row, w *wordtext.Builder) error {
	open := map[string][]int{}
	for i, r := range rows {
		last := strings.TrimSpace(r.fields[len(r.fields)-1])
		if last == "" || last == "_" || last == "-" {
			continue
		}
		for _, part := range strings.Split(last, "|") {
			id := strings.Trim(part, "()")
			if id == "" || !strings.HasPrefix(part, "(") && !strings.HasSuffix(part, ")") {
				return format.Refuse(src.At(r.line), hint, "the chain %q is neither (N, N) nor (N)", part)
			}
			if strings.HasPrefix(part, "(") {
				open[id] = append(open[id], i)
			}
			if !strings.HasSuffix(part, ")") {
				continue
			}
			stack := open[id]
			if len(stack) == 0 {
				return format.Refuse(src.At(r.line), hint, "a mention of %s ends that has not begun", id)
			}
			from := stack[len(stack)-1]
			open[id] = stack[:len(stack)-1]
			b.add(format.Span{
				Place: src.At(r.line), Label: "mention", Fragments: []text.Range{{Start: w.Words[from].Start, End: w.Words[i].End}},
				Entity: &format.Entity{ID: b.name + ":" + id, Name: id, NoKind: true},
			})
		}
	}
	for id, stack := range open {
		if len(stack) > 0 {
			return format.Refuse(src.At(0), hint, "a mention of %s never ends", id)
		}
	}
	return nil
}

// list reads lines of mentions, chains and quotations.
func (b *builder) list(src format.Source, w *wordtext.Builder) error {
	byID := map[string]int{}
	for n, line := range src.Lines() {
		if line.Err != nil {
			return line.Err
		}
		if strings.TrimSpace(line.Text) == "" {
			continue
		}
		at, f := src.At(n), strings.Split(line.Text, "\t")
		wants := map[string]int{"MENTION": 8, "QUOTE": 7, "COREF": 3, "COP": 3, "APPOS": 3, "ATTRIB": 3}[f[0]]
		if wants == 0 || len(f) < wants {
			return format.Refuse(at, hint, "a line of LitBank is MENTION, COREF, COP, APPOS, QUOTE or ATTRIB with its columns, not %q", brief(line.Text))
		}
		if f[0] == "MENTION" || f[0] == "QUOTE" {
			s, err := b.listed(f, at, w)
			if err != nil {
				return err
			}
			if _, twice := byID[f[1]]; twice {
				return format.Refuse(at, hint, "%s is there twice", f[1])
			}
			byID[f[1]] = len(b.set.Spans)
			b.has[fmt.Sprint(s.Label, s.Fragments)] = true
			b.set.Spans = append(b.set.Spans, s)
			continue
		}
		i, ok := byID[f[1]]
		if !ok {
			b.a.Skip("dangling", "lines of COREF, COP, APPOS and ATTRIB about what is not there, left out", 1, at.String())
			continue
		}
		s := &b.set.Spans[i]
		switch f[0] {
		case "COREF":
			b.lists = true
			s.Entity = &format.Entity{ID: b.name + ":" + f[2], Name: called(f[2]), NoKind: true}
		case "ATTRIB":
			s.Attributes = s.Attributes.With("speaker", format.AppendString(nil, f[2]))
		default:
			k, ok := byID[f[2]]
			if !ok {
				b.a.Skip("dangling", "lines of COREF, COP, APPOS and ATTRIB about what is not there, left out", 1, at.String())
				continue
			}
			b.set.Relations = append(b.set.Relations, format.Relation{
				Place: at, ID: "r" + strconv.Itoa(len(b.set.Relations)), Type: f[0], From: s.ID, To: b.set.Spans[k].ID,
			})
		}
	}
	return nil
}

// listed is a mention or a quotation: sentence and word of both ends count from 0,
// the last word belongs to it.
func (b *builder) listed(f []string, at format.Place, w *wordtext.Builder) (format.Span, error) {
	var ends [2]int
	for i := range ends {
		sentence, err1 := strconv.Atoi(f[2+2*i])
		word, err2 := strconv.Atoi(f[3+2*i])
		if err1 != nil || err2 != nil || sentence < 0 || word < 0 || sentence >= len(w.Sentences) || word >= len(w.Words)-w.Sentences[sentence] {
			return format.Span{}, format.Refuse(at, "Is the text beside it that of this list?", "%s has no word %s of sentence %s in the text", f[1], f[3+2*i], f[2+2*i])
		}
		ends[i] = w.Sentences[sentence] + word
	}
	if ends[0] > ends[1] {
		return format.Span{}, format.Refuse(at, hint, "%s ends before it begins", f[1])
	}
	r := text.Range{Start: w.Words[ends[0]].Start, End: w.Words[ends[1]].End}
	s := format.Span{Place: at, ID: f[0] + f[1], Label: "quote", Fragments: []text.Range{r}, Text: f[6], HasText: f[6] != ""}
	if f[0] == "MENTION" {
		s.Label = f[7]
		if len(f) > 8 && f[8] != "" {
			s.Attributes = annotate.Values{"mention": format.AppendString(nil, f[8])}
		}
	}
	return s, nil
}

// called is the name of a chain as people write it: The_White_Rabbit-4.
func called(id string) string {
	name := id
	if i := strings.LastIndexByte(name, '-'); i > 0 {
		name = name[:i]
	}
	return strings.Join(strings.Fields(strings.ReplaceAll(name, "_", " ")), " ")
}

func brief(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:37]) + "…"
	}
	return s
}
