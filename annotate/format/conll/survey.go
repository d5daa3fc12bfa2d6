package conll

import (
	"slices"
	"strconv"
	"strings"

	"lede/annotate/format"
)

// maxColumns is how many columns a line may have: far above any corpus.
const maxColumns = 1000

// shape says what the columns of a file are. Columns count from 0.
type shape struct {
	columns int
	id      int // of the number of a token in its sentence; -1: none
	word    int
	misc    int // where SpaceAfter=No may stand; -1: none
	tags    []int
	schemes []scheme // of each column of tags
	lenient bool
	unused  []int // columns with something in them that is not read
}

// cellsOf are the columns of a line: between tabs if it has one, else between blanks.
func cellsOf(line string) []string {
	line = strings.TrimRight(line, " \t")
	if strings.IndexByte(line, '\t') < 0 {
		return strings.FieldsFunc(line, func(r rune) bool { return r == ' ' })
	}
	cells := strings.Split(line, "\t")
	for i := range cells {
		cells[i] = strings.Trim(cells[i], " ")
	}
	return cells
}

// survey goes through a file once.
type survey struct {
	src      format.Source
	at       int // the first line of tokens
	columns  []column
	headings []string // of CoNLL-U Plus
}

type column struct {
	habit
	before tag
	filled bool // something stands in it that is no placeholder
}

func surveyOf(src format.Source) (*survey, error) {
	v := &survey{src: src}
	if err := v.begin(); err != nil || v.at == 0 {
		return v, err
	}
	for _, line := range src.Lines() {
		if line.Err != nil {
			return nil, line.Err
		}
		cells := cellsOf(line.Text)
		switch {
		case isBlank(line.Text), strings.HasPrefix(line.Text, docstart):
			for i := range v.columns {
				v.columns[i].before = tag{letter: 'O'}
			}
		case line.Text[0] == '#' && !v.token(cells):
		default:
			v.row(cells)
		}
	}
	return v, nil
}

// begin finds the first line of a token, and how many columns it has.
func (v *survey) begin() error {
	found := func(n int, cells []string) error {
		if len(cells) > maxColumns {
			return format.Refuse(v.src.At(n), "Is it the right --format?", "the line has %d columns", len(cells))
		}
		v.at, v.columns = n, make([]column, len(cells))
		for i := range v.columns {
			v.columns[i].before = tag{letter: 'O'}
		}
		return nil
	}
	var hash []string // a line that begins with # and may be a token
	at := 0
	for n, line := range v.src.Lines() {
		if line.Err != nil {
			return line.Err
		}
		switch {
		case strings.HasPrefix(line.Text, globalColumns):
			v.headings = strings.Fields(strings.TrimPrefix(line.Text, globalColumns))
		case isBlank(line.Text), strings.HasPrefix(line.Text, docstart):
		case line.Text[0] != '#':
			return found(n, cellsOf(line.Text))
		case hash == nil && tagged(cellsOf(line.Text)):
			hash, at = cellsOf(line.Text), n
		}
	}
	if hash != nil && v.headings == nil {
		return found(at, hash)
	}
	return nil
}

// tagged says whether the last or the first of several columns is a tag.
func tagged(cells []string) bool {
	n := len(cells)
	if n < 2 {
		return false
	}
	_, last := parseTag(cells[n-1])
	_, first := parseTag(cells[0])
	return last || first
}

// token says whether a line that begins with # is a token.
func (v *survey) token(cells []string) bool {
	return v.headings == nil && len(cells) == len(v.columns) && tagged(cells)
}

func isBlank(line string) bool { return strings.Trim(line, " \t") == "" }

func (v *survey) row(cells []string) {
	for i, c := range cells[:min(len(cells), len(v.columns))] {
		v.columns[i].before = v.columns[i].see(v.columns[i].before, c)
		switch c {
		case "-X-", "_", "-", "O", "SpaceAfter=No":
		default:
			v.columns[i].filled = true
		}
	}
}

// shape is what the columns are, by the options and by what was seen.
func (v *survey) shape(s format.Settings, m *format.Told) (*shape, error) {
	h := &shape{columns: len(v.columns), id: -1, misc: -1, lenient: s.Yes("lenient")}
	if v.at == 0 {
		return h, nil // there is no token
	}
	if h.columns < 2 {
		return nil, format.Refuse(v.src.At(v.at), "Is it the right --format?", "the line has one column, and a token needs a tag")
	}
	switch {
	case v.headings != nil:
		h.headed(v)
	case m != nil && m.Options["columns"] == "2003" && h.columns > 4:
		for i := 3; i < h.columns; i++ {
			h.tags = append(h.tags, i) // an export of ours with a column for each label
		}
	default:
		h.guessed(v)
	}
	if err := h.told(v, s); err != nil {
		return nil, err
	}
	for _, c := range h.tags {
		if known := scheme(s["scheme"]); known != "auto" {
			h.schemes = append(h.schemes, known)
		} else {
			h.schemes = append(h.schemes, v.columns[c].scheme())
		}
	}
	for i := range v.columns {
		if v.columns[i].filled && i != h.id && i != h.word && i != h.misc && !slices.Contains(h.tags, i) {
			h.unused = append(h.unused, i+1)
		}
	}
	return h, nil
}

// headed takes the columns from the headings of CoNLL-U Plus.
func (h *shape) headed(v *survey) {
	for i, name := range v.headings[:min(len(v.headings), h.columns)] {
		switch head, _, own := strings.Cut(name, ":"); {
		case name == "ID":
			h.id = i
		case name == "FORM":
			h.word = i
		case name == "MISC":
			h.misc = i
		case head == "NER", own && !v.columns[i].odd:
			h.tags = append(h.tags, i)
		}
	}
	if h.tags == nil {
		h.tags = []int{h.columns - 1}
	}
}

// guessed tells columns by what stands in them.
func (h *shape) guessed(v *survey) {
	last := h.columns - 1
	if v.columns[last].odd && !v.columns[0].odd {
		h.word, h.tags = last, []int{0}
		return
	}
	all := true
	for i := 1; i <= last; i++ {
		h.tags = append(h.tags, i)
		all = all && !v.columns[i].odd
	}
	if !all {
		h.tags = []int{last}
	}
}

// told takes the columns that the options name.
func (h *shape) told(v *survey, s format.Settings) error {
	one := func(key, value string) (int, error) {
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 || n > h.columns {
			return 0, format.Refuse(v.src.At(v.at), "Columns count from 1, as in --opt "+key+"=2.", "option %s=%s names no column of the %d", key, value, h.columns)
		}
		return n - 1, nil
	}
	if w := s["text-column"]; w != "auto" {
		c, err := one("text-column", w)
		if err != nil {
			return err
		}
		h.word = c
	}
	switch t := s["tag-column"]; t {
	case "auto":
		h.tags = slices.DeleteFunc(h.tags, func(c int) bool { return c == h.word })
	case "last":
		h.tags = []int{h.columns - 1}
	case "all":
		h.tags = nil
		for i := range h.columns {
			if i != h.word && !v.columns[i].odd {
				h.tags = append(h.tags, i)
			}
		}
	default:
		h.tags = nil
		for _, part := range strings.Split(t, ",") {
			c, err := one("tag-column", strings.TrimSpace(part))
			if err != nil {
				return err
			}
			h.tags = append(h.tags, c)
		}
	}
	if len(h.tags) == 0 || slices.Contains(h.tags, h.word) {
		return format.Refuse(v.src.At(v.at), "Say which with --opt text-column=1 and --opt tag-column=2.", "columns for tokens and for tags cannot be told apart")
	}
	return nil
}
