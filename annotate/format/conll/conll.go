package conll

import (
	"path"
	"slices"
	"strings"
	"unicode"

	"lede/annotate/format"
	"lede/annotate/format/token"
)

var extensions = []string{".conll", ".iob2", ".iob", ".iob1", ".bio", ".bioes", ".bilou", ".conllup"}

func init() {
	format.Register(&format.Format{
		Name:        "conll",
		Title:       "CoNLL",
		Description: "One token a line with its tag (IOB1, IOB2, BIOES, BILOU), as sequence taggers and seqeval read it.",
		Extensions:  extensions,
		Folder:      true,
		AsFile:      func(_ string, s format.Settings) bool { return s["overlaps"] != "files" },
		Training:    true,
		Splits:      true,
		Oracles:     []string{"seqeval cd01b52", "conlleval.py 6a21dde", "spaCy 3.6.1"},
		Options: []format.Option{
			{Key: "scheme", Values: schemes, Default: string(iob2), For: format.ForExport, Help: "how tags spell entities"},
			{Key: "columns", Values: []string{"2002", "2003", "plus"}, Default: "2002", For: format.ForExport, Help: "2002: token and tag; 2003: token, POS, chunk (placeholders) and tag; plus: CoNLL-U Plus with ID, FORM, MISC and NER"},
			{Key: "separator", Values: []string{"tab", "space"}, Default: "tab", For: format.ForExport, Help: "what stands between columns"},
			{Key: "docstart", Values: []string{"yes", "no", "ref"}, Default: "yes", For: format.ForExport, Help: "a line -DOCSTART- before each article; ref: with the article's id in brackets"},
			{Key: "overlaps", Values: []string{"longest", "columns", "files"}, Default: "longest", For: format.ForExport, Help: "where spans overlap the longest wins; or a column of tags for each label, or a file for each"},
			token.Option(),
			format.UnitOption("sentence"),
			{Key: "scheme", Values: append([]string{"auto"}, schemes...), Default: "auto", For: format.ForImport, Help: "how tags spell entities; auto: told by the whole file"},
			{Key: "text-column", Default: "auto", For: format.ForImport, Help: "the column of tokens, from 1; auto: the first that holds no tags, or FORM"},
			{Key: "tag-column", Default: "auto", For: format.ForImport, Help: "columns of tags, from 1, as 4 or 2,3, or last or all; auto: all behind the token if they hold nothing but tags, else the last"},
			{Key: "documents", Values: []string{"docstart", "sentence"}, Default: "docstart", For: format.ForImport, Help: "where articles begin: at -DOCSTART- (and “# newdoc”), or at each blank line"},
			{Key: "comments", Values: []string{"skip", "keep"}, Default: "skip", For: format.ForImport, Help: "lines that begin with #: kept in the article's fact “comments”, or not"},
			{Key: "lenient", Values: []string{"yes", "no"}, Default: "no", For: format.ForImport, Help: "take tags that their scheme forbids for what they may mean, and tell how many"},
		},
		CannotHold: []string{
			"overlapping and nested spans in one column (the longest wins)", "split spans as one", "relations, attributes, notes, entities",
			"blanks between tokens, and offsets", "ids of spans, status, title and other facts", "document fields", "more than one annotator",
		},
		Detect: detect, Read: read, Fit: fit, FitProject: fitProject, Write: newWriter, ReadBack: readBack,
	})
}

// state is what fitting and writing share for one export.
type state struct {
	labels  map[string]string // to safe names
	layout  token.Layout
	scheme  scheme
	columns []string       // safe names of the labels that have a column each; nil: one for all
	column  map[string]int // of a label
	files   []string       // names for the files of columns
	err     error          // of an option, told when writing starts
}

// maxFiles is for how many labels files are written at a time.
const maxFiles = 200

func fitProject(job *format.Job) {
	s := &state{scheme: scheme(job.Settings["scheme"]), column: map[string]int{}}
	s.labels = job.SafeNames("label", job.SchemaLabels(), func(r rune) bool { return !token.Blank(r) && !unicode.IsControl(r) })
	s.layout, s.err = token.ParseLayout(job.Settings)
	if job.Settings["overlaps"] != "longest" {
		for _, label := range job.SchemaLabels() {
			s.column[s.safe(label)] = len(s.columns)
			s.columns = append(s.columns, s.safe(label))
		}
		if len(s.columns) == 0 {
			s.columns = []string{"NER"}
		}
	}
	var names format.FileNames
	for _, label := range s.columns {
		s.files = append(s.files, names.Name(strings.ReplaceAll(label, "/", "_")))
	}
	if job.Settings["overlaps"] == "files" && len(s.columns) > maxFiles {
		s.err = format.Refuse(format.Place{File: job.Out}, "Choose --opt overlaps=columns.", "there are %d labels, and one file a label is for %d at most", len(s.columns), maxFiles)
	}
	job.State = s
}

// width is how many columns of tags there are.
func (s *state) width() int { return max(1, len(s.columns)) }

// safe is a label's name in tags.
func (s *state) safe(label string) string {
	if name, ok := s.labels[label]; ok {
		return name
	}
	return strings.Map(func(r rune) rune {
		if token.Blank(r) || unicode.IsControl(r) {
			return '_'
		}
		return r
	}, label)
}

// detect looks for tokens with tags on nearly every line. A folder of nothing but such
// files, by their endings, is read as one: it may be one file a label.
func detect(s format.Sample) int {
	if s.Dir {
		if len(s.Files) == 0 || slices.ContainsFunc(s.Files, func(f string) bool { return !known(f) }) {
			return 0
		}
		return 60
	}
	lines, tagged, like := s.Lines(200), 0, 0
	for _, line := range lines {
		if strings.HasPrefix(line, "# ") || strings.HasPrefix(line, docstart) {
			like++
			continue
		}
		cells := cellsOf(line)
		if len(cells) < 2 || len(cells) > maxColumns {
			continue
		}
		t, ok := parseTag(cells[len(cells)-1])
		if first, swapped := parseTag(cells[0]); !ok && swapped {
			t, ok = first, true
		}
		if ok {
			like++
		}
		if ok && t.letter != 'O' {
			tagged++
		}
	}
	if like == 0 || like*10 < len(lines)*9 {
		return 0
	}
	switch {
	case tagged > 0 && len(lines) >= 3, strings.HasPrefix(s.Head, docstart), strings.HasPrefix(s.Head, globalColumns):
		return 95
	case known(s.Name):
		return 90
	}
	return 0
}

func known(name string) bool {
	return slices.Contains(extensions, strings.ToLower(path.Ext(name)))
}
