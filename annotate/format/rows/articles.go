package rows

import (
	"slices"
	"strconv"

	"lede/annotate"
	"lede/annotate/format"
)

// The columns that every table of articles has, between them those of meta and of
// document fields.
var (
	factColumns = []string{"id", "title", "source", "url", "author", "published", "language"}
	setColumns  = []string{"annotator", "status", "reason", "flag", "note"}
	hashColumns = []string{"sha256", "length"}
)

// textColumn holds the text of a table of articles.
const textColumn = "text"

// Articles is the table of articles, with a row for each annotator.
func Articles(w With) Spec {
	c := slices.Concat(fixed(Text, factColumns...), group(Meta), fixed(Text, setColumns...), group(Fields))
	if w.Hash {
		return Spec{ArticlesTable, slices.Concat(c, fixed(Text, "sha256"), fixed(Whole, "length"))}
	}
	return Spec{ArticlesTable, append(c, fixed(Text, textColumn)...)}
}

// ArticleRow adds an article as one annotator sees it to a table that was made with
// Articles(w).
func ArticleRow(t *Table, a *format.Article, s *format.Set, w With) error {
	r := &Row{}
	for _, fact := range []string{
		a.Ref, a.Title, a.Publisher, a.URL, a.Author, a.Published, a.Language,
		s.Annotator, string(s.Status), s.Reason, s.Flag, s.Note,
	} {
		r.Fixed = append(r.Fixed, TextCell(fact))
	}
	if w.Hash {
		r.Fixed = append(r.Fixed, TextCell(a.Hash), WholeCell(a.Length))
	} else {
		r.Fixed = append(r.Fixed, TextCell(a.Text))
	}
	r.Open[Meta], r.Open[Fields] = values(a.Meta), values(s.Fields)
	return t.Add("", r)
}

// reserved are the columns that no fact and no field may be called like.
var reserved = slices.Concat(factColumns, setColumns, hashColumns, []string{textColumn})

// nameColumns names the columns of a table of articles, each once: fields and facts
// keep their names where these are free, fields first.
func nameColumns(columns []Column) {
	taken := map[string]bool{}
	for _, name := range reserved {
		taken[name] = true
	}
	for _, g := range []Group{Fields, Meta} {
		for i := range columns {
			c := &columns[i]
			if c.Group != g {
				continue
			}
			c.Name = c.Key
			for n := 1; taken[lower(c.Name)] || c.Name == ""; n++ {
				c.Name = prefixes[g] + c.Key
				if n > 1 {
					c.Name += "_" + strconv.Itoa(n)
				}
			}
			taken[lower(c.Name)] = true
		}
	}
}

// ArticleTable is how a table of articles that Lede wrote is read: as what was said of
// them.
type ArticleTable struct {
	columns []Column
	hash    bool
	more    []int // columns with the rest of the text
	typed   *Decoder
}

// OwnArticles says whether columns are those of a table of articles that Lede wrote; nil
// if they are not. Where the columns stand says what they are.
func OwnArticles(src format.Source, columns []string) *ArticleTable {
	more := MoreColumns(columns, textColumn)
	columns = columns[:len(columns)-len(more)]
	n := len(columns)
	set := slices.Index(columns, setColumns[0])
	t := &ArticleTable{more: more, typed: NewDecoder(src, nil, false)}
	if n < len(reserved)-2 || !slices.Equal(columns[:len(factColumns)], factColumns) ||
		set < 0 || set+len(setColumns) >= n || !slices.Equal(columns[set:set+len(setColumns)], setColumns) {
		return nil
	}
	end := n - 1
	if columns[end] != textColumn {
		end, t.hash = n-2, true
		if !slices.Equal(columns[end:], hashColumns) {
			return nil
		}
	}
	for i, c := range columns {
		switch {
		case i < len(factColumns), i >= set && i < set+len(setColumns), i >= end:
			t.columns = append(t.columns, Column{Name: c, Group: Fixed, Key: c})
		case i < set:
			t.columns = append(t.columns, Column{c, Text, Meta, original(c, Meta, columns)})
		default:
			t.columns = append(t.columns, Column{c, Text, Fields, original(c, Fields, columns)})
		}
	}
	return t
}

// original is what a column was called before it got the prefix of its group.
func original(column string, g Group, columns []string) string {
	prefix := prefixes[g]
	if len(column) < len(prefix) || column[:len(prefix)] != prefix {
		return column
	}
	bare := column[len(prefix):]
	if bare == "" || slices.Contains(reserved, lower(bare)) || slices.ContainsFunc(columns, func(c string) bool { return lower(c) == lower(bare) }) {
		return bare
	}
	return column
}

// Row is the article of a row.
func (t *ArticleTable) Row(cells []Cell, at format.Place) (*format.Article, error) {
	get := map[string]string{}
	a := &format.Article{Place: at}
	s := format.Set{Place: at}
	for i, c := range t.columns {
		if i >= len(cells) || cells[i].Kind == None {
			continue
		}
		var err error
		switch c.Group {
		case Meta:
			err = t.put(&a.Meta, c, cells[i])
		case Fields:
			err = t.put(&s.Fields, c, cells[i])
		default:
			get[c.Key] = t.typed.plain(cells[i]).Text
		}
		if err != nil {
			return nil, format.Refuse(at, "Mend the file.", "column %q: %s", c.Name, err)
		}
	}
	a.Ref, a.Title, a.Publisher, a.URL, a.Author = get["id"], get["title"], get["source"], get["url"], get["author"]
	a.Published, a.Language, a.Text = get["published"], get["language"], get[textColumn]
	for _, i := range t.more {
		if i < len(cells) {
			a.Text += t.typed.plain(cells[i]).Text
		}
	}
	s.Annotator, s.Status, s.Reason, s.Flag, s.Note = get["annotator"], annotate.Status(get["status"]), get["reason"], get["flag"], get["note"]
	if t.hash {
		if err := withHash(a, get["sha256"], get["length"]); err != nil {
			return nil, err
		}
	}
	if !s.Blank() || s.Annotator != "" {
		a.Sets = []format.Set{s}
	}
	return a, nil
}

func (t *ArticleTable) put(v *annotate.Values, c Column, cell Cell) error {
	raw, err := t.typed.value(t.typed.plain(cell), open{group: c.Group, key: c.Key})
	if err != nil {
		return err
	}
	if *v == nil {
		*v = annotate.Values{}
	}
	(*v)[c.Key] = raw
	return nil
}

// withHash says by its hash which text an article stands for.
func withHash(a *format.Article, hash, length string) error {
	n, err := offset(length)
	a.NoText, a.Hash, a.Length = true, hash, n
	if err != nil || n < 0 || len(hash) != 64 {
		return format.Refuse(a.Place, hint, "a row without a text needs a sha256 of 64 digits and a length, not %q and %q", hash, length)
	}
	return nil
}
