package storage

import (
	"context"
	"fmt"
	"strings"

	"github.com/mattn/go-sqlite3"

	"lede/annotate"
	"lede/annotate/filter"
	"lede/annotate/search"
	"lede/annotate/text"
)

// wordIndex makes SQL of words, for the index in the state in which it is.
type wordIndex struct {
	ctx      context.Context
	db       queries
	complete bool // every article has its number
	first    int64
	last     int64 // the numbers of the articles among which words are looked for
	frequent bool  // many articles have the words
	err      error
}

// lookIntoIndex finds out what the index is good for, if a filter has words; nil for no
// filter. Articles that come between this and the query are seen by the next one.
func lookIntoIndex(ctx context.Context, db queries, f *annotate.Filter) (*wordIndex, error) {
	if f == nil {
		return nil, nil
	}
	x := &wordIndex{ctx: ctx, db: db, first: firstDoc, last: lastDoc}
	if !f.Asks(annotate.FilterWords) {
		return x, nil
	}
	var left bool
	err := db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM article t WHERE "+unindexed+" AND "+stateOf("t")+" <> 'staged')").Scan(&left)
	x.complete = !left
	return x, err
}

// scanned is the condition that an article has words: a look at all that it says.
func scanned(v annotate.FilterValue) condition {
	return cond("lede_words(?, ?, ?, t.title, t.source, t.ref, (SELECT x.text FROM text x WHERE x.hash = t.text_hash))", v.Text, v.Before, v.After)
}

// words is the condition that an article has the words of a value.
func (x *wordIndex) words(v annotate.FilterValue) condition {
	match, ok := filter.Terms(v).Match()
	switch {
	case !ok:
		return scanned(v)
	case x.complete:
		return x.matches(match)
	}
	in, scan := x.matches(match), scanned(v)
	return cond(fmt.Sprintf("CASE WHEN t.doc BETWEEN %d AND %d THEN %s ELSE %s END", firstDoc, lastDoc, in.sql, scan.sql),
		append(in.args, scan.args...)...)
}

// common is how many articles have words from which on it is faster to walk through all
// articles in their order, and to look whether each is among them.
const common = 3000

// matches is the condition that the number of an article is among those that an
// expression finds. Without a plus SQLite finds the articles by their numbers.
func (x *wordIndex) matches(expression string) condition {
	found := fmt.Sprintf("FROM search WHERE search MATCH ? AND docid BETWEEN %d AND %d", x.first, x.last)
	column := "t.doc"
	if x.complete && x.err == nil {
		var n int
		x.err = x.db.QueryRowContext(x.ctx, "SELECT count(*) FROM (SELECT 1 "+found+" LIMIT ?)", expression, common).Scan(&n)
		if n == common {
			column, x.frequent = "+t.doc", true
		}
	}
	return cond(column+" IN (SELECT docid "+found+")", expression)
}

// together makes one condition of all words that the index finds among the parts of a
// conjunction. The rest is left.
func (x *wordIndex) together(f *annotate.Filter) (all []condition, rest []*annotate.Filter) {
	if f.Op != annotate.FilterAnd || !x.complete {
		return nil, f.Of
	}
	var matches []string
	for _, part := range f.Of {
		if part.Op == annotate.FilterTerm && part.Key == annotate.FilterWords && len(part.Values) == 1 {
			if match, ok := filter.Terms(part.Values[0]).Match(); ok {
				matches = append(matches, match)
				continue
			}
		}
		rest = append(rest, part)
	}
	if len(matches) > 0 {
		all = append(all, x.matches(strings.Join(matches, " ")))
	}
	return all, rest
}

// registerWords gives a connection the functions that look for words. Queries call
// them; the schema of the file must not, so that every SQLite tool can read it.
func registerWords(c *sqlite3.SQLiteConn) error {
	m := &wordMatcher{}
	for name, f := range map[string]any{"lede_words": m.words, "lede_said": m.said, "lede_touches": m.touches} {
		if err := c.RegisterFunc(name, f, true); err != nil {
			return err
		}
	}
	return nil
}

// wordMatcher looks for words in what a connection reads, one row after the other. It
// remembers what it was last asked for.
type wordMatcher struct {
	all    map[annotate.FilterValue]search.Terms
	hash   string // of the text in which places are
	places map[annotate.FilterValue][]text.Range
}

func (m *wordMatcher) terms(words string, before, after bool) (annotate.FilterValue, search.Terms) {
	v := annotate.FilterValue{Text: words, Before: before, After: after}
	t, ok := m.all[v]
	if !ok {
		if m.all == nil || len(m.all) > 100 {
			m.all = map[annotate.FilterValue]search.Terms{}
		}
		t = filter.Terms(v)
		m.all[v] = t
	}
	return v, t
}

// words is lede_words: whether words stand in any of four texts.
func (m *wordMatcher) words(words string, before, after bool, title, source, ref, body string) bool {
	_, t := m.terms(words, before, after)
	return t.In(title, source, ref, body)
}

// said is lede_said: whether words stand in a value of a JSON object.
func (m *wordMatcher) said(words string, before, after bool, object string) bool {
	_, t := m.terms(words, before, after)
	for _, s := range filter.Said([]byte(object)) {
		if t.In(s) {
			return true
		}
	}
	return false
}

// touches is lede_touches: whether words stand where one of the fragments of a span
// lies on the text of a hash.
func (m *wordMatcher) touches(words string, before, after bool, hash, body, on string) bool {
	v, t := m.terms(words, before, after)
	if m.hash != hash {
		m.hash, m.places = hash, map[annotate.FilterValue][]text.Range{}
	}
	places, ok := m.places[v]
	if !ok {
		places = search.Places(body, t)
		m.places[v] = places
	}
	f, ok := parseFragments(on)
	return ok && filter.Touches(places, f)
}
