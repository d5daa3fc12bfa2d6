package conll

import (
	"context"
	"iter"
	"path"
	"slices"
	"strconv"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/token"
	"lede/annotate/text"
)

func read(ctx context.Context, src format.Source, s format.Settings) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		groups, err := groupsOf(src)
		if err != nil {
			yield(nil, err)
			return
		}
		told := src.Manifest("conll")
		for _, files := range groups {
			for a, err := range articles(files, s, told) {
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

// groupsOf are the files of a source; those of one group hold the same articles, each
// with the tags of a label.
func groupsOf(src format.Source) ([][]format.Source, error) {
	if !src.Dir {
		return [][]format.Source{{src}}, nil
	}
	names, err := format.Walk(src)
	if err != nil {
		return nil, err
	}
	names = slices.DeleteFunc(names, func(n string) bool { return !known(n) })
	if len(names) == 0 {
		return nil, format.Refuse(src.At(0), "Files of CoNLL end in "+strings.Join(extensions, ", ")+".", "the folder has no such file")
	}
	told := src.Manifest("conll")
	labels := told != nil && told.Options["overlaps"] == "files"
	var groups [][]format.Source
	index := map[string]int{}
	for _, n := range names {
		key := n
		if labels {
			key = "" // all files are of the same articles, or those of one part of the data
			if strings.Contains(n, "/") {
				key = path.Base(n)
			}
		}
		i, has := index[key]
		if !has {
			i = len(groups)
			index[key] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], src.File(n))
	}
	return groups, nil
}

// articles reads the files of a group side by side.
func articles(files []format.Source, s format.Settings, told *format.Told) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		var parts []part
		for _, src := range files {
			v, err := surveyOf(src)
			if err != nil {
				yield(nil, err)
				return
			}
			h, err := v.shape(s, told)
			if err != nil {
				yield(nil, err)
				return
			}
			parts = append(parts, part{src, h})
			for _, c := range h.unused {
				a := format.LeftOut(src.At(0), "columns", "columns that hold neither tokens nor the tags that were asked for", 1, src.Name+": column "+strconv.Itoa(c))
				if !yield(a, nil) {
					return
				}
			}
		}
		b := &builder{parts: parts, told: told, keep: s["comments"] == "keep"}
		perSentence := s["documents"] == "sentence"
		for blocks, err := range sideBySide(parts) {
			if err != nil {
				yield(nil, err)
				return
			}
			if first := blocks[0]; first.mark || perSentence && len(first.words) > 0 {
				if a := b.finish(); a != nil && !yield(a, nil) {
					return
				}
				b.start(first)
			}
			if err := b.add(blocks); err != nil {
				yield(nil, err)
				return
			}
		}
		b.last = true
		if a := b.finish(); a != nil {
			yield(a, nil)
		}
	}
}

// part is one of the files that are read side by side.
type part struct {
	src   format.Source
	shape *shape
}

// sideBySide yields the blocks of several files of the same articles.
func sideBySide(parts []part) iter.Seq2[[]*block, error] {
	in := make([]iter.Seq2[*block, error], len(parts))
	for i, p := range parts {
		in[i] = p.shape.blocks(p.src, p.src.Lines())
	}
	return abreast(parts, in)
}

func abreast(parts []part, in []iter.Seq2[*block, error]) iter.Seq2[[]*block, error] {
	return func(yield func([]*block, error) bool) {
		next := make([]func() (*block, error, bool), len(parts))
		for i := range parts {
			n, stop := iter.Pull2(in[i])
			defer stop()
			next[i] = n
		}
		for {
			var blocks []*block
			ended := 0
			for _, n := range next {
				b, err, ok := n()
				if err != nil {
					yield(nil, err)
					return
				}
				if !ok {
					ended++
					continue
				}
				blocks = append(blocks, b)
			}
			if ended == len(parts) {
				return
			}
			if err := sameWords(parts, blocks); err != nil {
				yield(nil, err)
				return
			}
			if !yield(blocks, nil) {
				return
			}
		}
	}
}

func sameWords(parts []part, blocks []*block) error {
	for _, b := range blocks[1:] {
		if b.mark != blocks[0].mark || b.ref != blocks[0].ref || !slices.Equal(b.words, blocks[0].words) {
			return format.Refuse(b.at, "Import the files one by one.", "here begins another text than in %s, though the manifest says that both hold the same articles", blocks[0].at)
		}
	}
	if len(blocks) != len(parts) {
		return format.Refuse(blocks[0].at, "Import the files one by one.", "another file ends before what begins here, though the manifest says that both hold the same articles")
	}
	return nil
}

// builder makes articles of blocks.
type builder struct {
	parts  []part
	told   *format.Told
	keep   bool // comments
	marked bool // a mark or an article came before
	last   bool // nothing comes behind

	now      *format.Article
	text     strings.Builder
	length   int // of the text, in code points
	spans    []format.Span
	comments []string
}

func (b *builder) start(first *block) {
	b.now = &format.Article{Place: first.at, Ref: first.ref}
	b.marked = true
}

// add adds a sentence, with the tags of all files.
func (b *builder) add(blocks []*block) error {
	first := blocks[0]
	if first.mark || len(first.words)+len(first.comments)+first.skipped == 0 {
		return nil
	}
	if b.now == nil {
		b.now = &format.Article{Place: first.at}
	}
	b.remark(first)
	if len(first.words) == 0 {
		return nil
	}
	if b.length > 0 {
		b.write("\n")
	}
	places := make([]text.Range, len(first.words))
	for i, w := range first.words {
		places[i].Start = b.length
		b.write(w)
		places[i].End = b.length
		if i < len(first.words)-1 && !first.glued[i] {
			b.write(" ")
		}
	}
	if b.text.Len() > format.MaxLine {
		return format.Refuse(b.now.Place, "Part it by lines -DOCSTART-, or take each sentence for an article with --opt documents=sentence.", "the article that begins here is larger than %d MB", format.MaxLine>>20)
	}
	for f, p := range b.parts {
		if err := b.tagged(blocks[f], p, places); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) write(s string) {
	b.text.WriteString(s)
	b.length += len([]rune(s))
}

// tagged adds the entities of a sentence in one file.
func (b *builder) tagged(s *block, p part, places []text.Range) error {
	for i := range p.shape.tags {
		found, odd, example, err := p.shape.entities(s, p.src, i)
		if err != nil {
			return err
		}
		if odd > 0 {
			b.now.Skip("tags", "tags that their scheme forbids, taken for what they may mean (--opt lenient)", odd, example)
		}
		for _, e := range found {
			b.spans = append(b.spans, format.Span{
				Place: p.src.At(s.lines[e.first]), Label: b.told.Name("label", e.label),
				Fragments: []text.Range{{Start: places[e.first].Start, End: places[e.end-1].End}},
			})
		}
	}
	return nil
}

// remark notes what of a sentence is no text.
func (b *builder) remark(s *block) {
	if s.skipped > 0 {
		b.now.Skip("multiword", "lines of CoNLL-U for words that stand for several tokens, or for none", s.skipped, s.at.String())
	}
	if len(s.comments) > 0 && b.keep {
		b.comments = append(b.comments, s.comments...)
	} else if len(s.comments) > 0 {
		b.now.Skip("comments", "lines with comments (--opt comments=keep keeps them)", len(s.comments), s.at.String()+": "+s.comments[0])
	}
}

// finish is the article so far, nil if there is none.
func (b *builder) finish() *format.Article {
	a := b.now
	if a == nil {
		return nil
	}
	a.Text = b.text.String()
	src := b.parts[0].src
	if a.Ref == "" && b.last && !b.marked {
		a.Ref, a.RefFromName = strings.TrimSuffix(src.Rel, path.Ext(src.Rel)), true
	}
	if len(b.comments) > 0 {
		list := []byte("[")
		for i, c := range b.comments {
			if i > 0 {
				list = append(list, ',')
			}
			list = format.AppendString(list, c)
		}
		a.Meta = annotate.Values{"comments": append(list, ']')}
	}
	set := format.Set{Place: a.Place, Spans: b.spans, Status: annotate.Done}
	if b.told != nil {
		set.Annotator = b.told.Annotator
	}
	a.Sets = []format.Set{set}
	a.Split = token.SplitOf(src)
	token.Guard(a)
	b.now, b.spans, b.comments, b.length = nil, nil, nil, 0
	b.text.Reset()
	return a
}
