package conll

import (
	"iter"
	"net/url"
	"strings"

	"lede/annotate/format"
)

// block is what stands between two blank lines: a sentence, or a mark that an article
// begins here.
type block struct {
	at       format.Place
	mark     bool
	ref      string // of the article that begins
	comments []string
	skipped  int // words that stand for several tokens, and such as no text has
	words    []string
	glued    []bool // no blank follows
	lines    []int
	tags     [][]string // by column of tags, then by word
}

// lines are those of a file, with their numbers from 1.
type lines = iter.Seq2[int, format.LineOrError]

// blocks yields the blocks of a file.
func (h *shape) blocks(src format.Source, in lines) iter.Seq2[*block, error] {
	return func(yield func(*block, error) bool) {
		var now *block
		size := 0
		flush := func() bool {
			done := now
			now, size = nil, 0
			return done == nil || yield(done, nil)
		}
		for n, line := range in {
			if line.Err != nil {
				yield(nil, line.Err)
				return
			}
			at := src.At(n)
			if ref, ok := mark(line.Text); ok {
				if !flush() || !yield(&block{at: at, mark: true, ref: ref}, nil) {
					return
				}
				continue
			}
			if isBlank(line.Text) {
				if !flush() {
					return
				}
				continue
			}
			if now == nil {
				now = &block{at: at, tags: make([][]string, len(h.tags))}
			}
			if size += len(line.Text); size > format.MaxLine {
				yield(nil, format.Refuse(now.at, "Part sentences by blank lines.", "the sentence that begins here is larger than %d MB", format.MaxLine>>20))
				return
			}
			if err := now.line(h, at, line.Text); err != nil {
				yield(nil, err)
				return
			}
		}
		flush()
	}
}

// mark reads a line that marks the beginning of an article, with the article's id
// where it has one.
func mark(line string) (ref string, ok bool) {
	if rest, found := strings.CutPrefix(line, docstart); found {
		rest = strings.TrimLeft(rest, " \t")
		if inner, open := strings.CutPrefix(rest, "("); open {
			if i := strings.IndexByte(inner, ')'); i >= 0 {
				if k := strings.LastIndexByte(firstCell(inner), ')'); k > i {
					i = k // a bracket in the id
				}
				return unescape(inner[:i]), true
			}
		}
		return "", true
	}
	if rest, found := strings.CutPrefix(line, "# newdoc"); found {
		rest = strings.TrimSpace(rest)
		if id, has := strings.CutPrefix(rest, "id"); has {
			return unescape(strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(id), "="))), true
		}
		return "", true
	}
	if rest, found := strings.CutPrefix(line, "#begin document"); found {
		return strings.Trim(rest, " \t;"), true
	}
	return "", false
}

func firstCell(s string) string {
	if i := strings.IndexAny(s, " \t"); i >= 0 {
		return s[:i]
	}
	return s
}

// unescape is a ref without the spelling of escape.
func unescape(ref string) string {
	if s, err := url.PathUnescape(ref); err == nil && strings.IndexByte(s, 0) < 0 && strings.ToValidUTF8(s, "") == s {
		return s
	}
	return ref
}

// line adds a line of a token, or a comment.
func (b *block) line(h *shape, at format.Place, text string) error {
	cells := cellsOf(text)
	if text[0] == '#' && !h.fits(cells) {
		if !strings.HasPrefix(text, globalColumns) && !strings.HasPrefix(text, "#end document") {
			b.comments = append(b.comments, strings.TrimSpace(strings.TrimPrefix(text, "#")))
		}
		return nil
	}
	if len(cells) != h.columns && !(h.lenient && h.reaches(cells)) {
		return format.Refuse(at, "Each token needs the same columns.", "the line has %d columns, and the first token of the file had %d", len(cells), h.columns)
	}
	if h.id >= 0 && strings.ContainsAny(cells[h.id], "-.") {
		b.skipped++
		return nil
	}
	word := cells[h.word]
	if word == "" {
		return format.Refuse(at, "Mend the file.", "column %d: the token is empty", h.word+1)
	}
	b.words = append(b.words, word)
	b.glued = append(b.glued, h.misc >= 0 && strings.Contains("|"+cells[h.misc]+"|", "|SpaceAfter=No|"))
	b.lines = append(b.lines, at.Line)
	for i, c := range h.tags {
		b.tags[i] = append(b.tags[i], cells[c])
	}
	return nil
}

// fits says whether a line that begins with # is a token after all.
func (h *shape) fits(cells []string) bool {
	if len(cells) != h.columns || h.id >= 0 {
		return false
	}
	for _, c := range h.tags {
		if _, ok := parseTag(cells[c]); !ok {
			return false
		}
	}
	return true
}

// reaches says whether a line has the columns that are read.
func (h *shape) reaches(cells []string) bool {
	need := max(h.word, h.id, h.misc)
	for _, c := range h.tags {
		need = max(need, c)
	}
	return len(cells) > need
}

// entity is an entity that was read: words [first, end).
type entity struct {
	label      string
	first, end int
}

// entities reads the tags of column i. With lenient, odd counts the tags that the
// scheme forbids, and example is one.
func (h *shape) entities(b *block, src format.Source, i int) (list []entity, odd int, example string, err error) {
	before := tag{letter: 'O'}
	told := "the start of the sentence"
	for k, s := range b.tags[i] {
		now, isTag := parseTag(s)
		begins, ok := h.schemes[i].step(before, now)
		at := src.At(b.lines[k])
		switch {
		case !isTag:
			return nil, 0, "", format.Refuse(at, "Tags are O, B-label, I-label and the like; say which column has them with --opt tag-column=N.", "column %d: %q is no tag", h.tags[i]+1, s)
		case !ok && !h.lenient:
			return nil, 0, "", h.forbidden(at, i, s, told)
		case !ok:
			odd++
			example = at.String() + ": " + s
		}
		if begins {
			list = append(list, entity{now.label, k, k + 1})
		} else if now.letter != 'O' {
			list[len(list)-1].end = k + 1
		}
		before, told = now, `"`+s+`"`
	}
	if n := len(b.lines); n > 0 && !h.schemes[i].ends(before) {
		if at := src.At(b.lines[n-1]); !h.lenient {
			return nil, 0, "", format.Refuse(at, lenientHint, "column %d: the sentence ends behind %s, which leaves an entity of %s open", h.tags[i]+1, told, h.schemes[i].title())
		}
		odd++
	}
	return list, odd, example, nil
}

const lenientHint = "Mend the file, name its scheme with --opt scheme=…, or take such tags for what they may mean with --opt lenient=yes."

func (h *shape) forbidden(at format.Place, i int, tag, before string) error {
	return format.Refuse(at, lenientHint, "column %d: tag %q follows %s, which %s does not allow", h.tags[i]+1, tag, before, h.schemes[i].title())
}

func (s scheme) title() string { return strings.ToUpper(string(s)) }
