package rows

import (
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"

	"lede/annotate/format"
	"lede/annotate/text"
)

// ReadBackTables are the tables of an export as they are read back, the cells as texts.
// Those that the layout does not have are nil.
type ReadBackTables struct {
	Articles, Spans, Relations *ReadBackTable
}

// ReadBackTable is one of them.
type ReadBackTable struct {
	Header []string
	// Next is the next row with a cell for each column; io.EOF behind the last.
	Next func() ([]string, format.Place, error)
	// Cut is the length, in UTF-16 units, at which the format cuts texts; 0 for none.
	Cut int

	row []string
	at  format.Place
}

// cell is a cell of the row that was read last.
func (t *ReadBackTable) cell(name string) string {
	i := slices.Index(t.Header, name)
	if i < 0 || i >= len(t.row) {
		return ""
	}
	return t.row[i]
}

// take reads the next row, which must be of an article and annotator.
func (t *ReadBackTable) take(x *format.Expected, id string) error {
	row, at, err := t.Next()
	if errors.Is(err, io.EOF) {
		return format.Mismatch(at, "the row of article %s is not there", x.Ref)
	}
	if err != nil {
		return err
	}
	t.row, t.at = row, at
	if t.cell(id) != x.Ref || t.cell("annotator") != x.Annotator {
		return format.Mismatch(at, "it is of article %q and annotator %q, not %q and %q", t.cell(id), t.cell("annotator"), x.Ref, x.Annotator)
	}
	return nil
}

// ReadBack compares tables that were read back with what should be in them.
func (l Layout) ReadBack(t ReadBackTables, want *format.Expectations) error {
	var rel *pending
	if t.Relations != nil {
		rel = &pending{t: t.Relations}
	}
	for {
		x, err := want.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			err = l.compare(t, x)
		}
		if err == nil && rel != nil {
			err = rel.compare(x)
		}
		if err != nil {
			return err
		}
	}
	for _, table := range []*ReadBackTable{t.Articles, t.Spans} {
		if table == nil {
			continue
		}
		if _, at, err := table.Next(); !errors.Is(err, io.EOF) {
			return format.Mismatch(at, "it has more rows than there should be")
		}
	}
	if rel != nil {
		return rel.end()
	}
	return nil
}

func (l Layout) compare(t ReadBackTables, x *format.Expected) error {
	if t.Articles != nil {
		if err := t.Articles.take(x, "id"); err != nil {
			return err
		}
		hash := t.Articles.cell("sha256")
		if !l.Hash {
			hash = text.SHA256(t.Articles.joined(textColumn))
		}
		if hash != x.Hash {
			return format.Mismatch(t.Articles.at, "the text of article %s is another one", x.Ref)
		}
	}
	if t.Spans == nil {
		return nil
	}
	if len(x.Spans) == 0 {
		if l.Empty && t.Articles == nil {
			return t.Spans.take(x, "doc_id")
		}
		return nil
	}
	var got []format.ReadSpan
	for i := range x.Spans {
		if err := t.Spans.take(x, "doc_id"); err != nil {
			return err
		}
		s, err := l.span(t.Spans, x, i)
		if err != nil {
			return err
		}
		got = append(got, s)
	}
	return x.Compare(t.Spans.at, got)
}

// joined is a text, whose rest may stand in columns with a number.
func (t *ReadBackTable) joined(column string) string {
	whole := t.cell(column)
	for _, more := range MoreColumns(t.Header, column) {
		whole += t.row[more]
	}
	return whole
}

// span is the span of the row, checked against its own copy of the text.
func (l Layout) span(t *ReadBackTable, x *format.Expected, i int) (format.ReadSpan, error) {
	s := format.ReadSpan{Label: t.cell("label")}
	var ends [][2]int
	if err := json.Unmarshal([]byte(t.cell("fragments")), &ends); err != nil {
		return s, format.Mismatch(t.at, "the fragments of span %d of article %s are %q", i+1, x.Ref, t.cell("fragments"))
	}
	for _, e := range ends {
		s.Quotes = append(s.Quotes, x.QuoteAt(i, e[0], e[1]))
	}
	if whole := t.joined("article_text"); whole != "" && text.SHA256(whole) != x.Hash {
		return s, format.Mismatch(t.at, "the text of article %s is another one", x.Ref)
	}
	if l.Hash {
		if t.cell("sha256") != x.Hash {
			return s, format.Mismatch(t.at, "the hash of article %s is another one", x.Ref)
		}
		return s, nil
	}
	should := strings.Join(x.Spans[i].Quotes, " ")
	if t.Cut > 0 {
		should = Cut(should, t.Cut)
	}
	if t.cell("text") != should {
		return s, format.Mismatch(t.at, "span %d of article %s reads %q there and %q in the project", i+1, x.Ref, t.cell("text"), should)
	}
	return s, nil
}

// pending is the table of relations, of which a row is looked at before it is taken.
type pending struct {
	t     *ReadBackTable
	ready bool
	err   error
}

func (p *pending) next() bool {
	if !p.ready && p.err == nil {
		p.t.row, p.t.at, p.err = p.t.Next()
		p.ready = p.err == nil
	}
	return p.ready
}

// compare takes the relations of an article and annotator: what they link must be
// labels of its spans.
func (p *pending) compare(x *format.Expected) error {
	for p.next() && p.t.cell("doc_id") == x.Ref && p.t.cell("annotator") == x.Annotator {
		p.ready = false
		for _, end := range []string{"from_label", "to_label"} {
			if !slices.ContainsFunc(x.Spans, func(s format.ExpectedSpan) bool { return s.Label == p.t.cell(end) }) {
				return format.Mismatch(p.t.at, "a relation of article %s links a span of label %q, of which the project has none", x.Ref, p.t.cell(end))
			}
		}
	}
	if p.err != nil && !errors.Is(p.err, io.EOF) {
		return p.err
	}
	return nil
}

func (p *pending) end() error {
	if p.next() {
		return format.Mismatch(p.t.at, "a relation is of article %q and annotator %q, which are not there", p.t.cell("doc_id"), p.t.cell("annotator"))
	}
	if !errors.Is(p.err, io.EOF) {
		return p.err
	}
	return nil
}
