package storage

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"lede/annotate"
	"lede/annotate/text"
)

// mender puts records together whose rows could not be read: as the newest change
// that was found left them, and as the indexes know them. A span comes back only if
// the index of words says that its words are those of its text.
type mender struct {
	*gatherer
	rebuilt int
	lost    []annotate.Problem
}

func (m *mender) lose(where, format string, args ...any) {
	m.lost = append(m.lost, annotate.Problem{Where: where, What: fmt.Sprintf(format, args...)})
}

func (m *mender) mend() error {
	for _, step := range []func() error{m.schema, m.articles, m.sets, m.spans, m.labels, m.relations, m.nameless} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// last is a record as the newest op left it that was found; nil if there is none,
// or if that deleted it.
func (m *mender) last(k kind, i id) (record, error) {
	var codec int
	var after sql.NullString
	err := m.tx.QueryRowContext(m.ctx, "SELECT codec, after FROM op WHERE record = ? AND kind = ? ORDER BY position DESC, n DESC LIMIT 1",
		string(i), string(k)).Scan(&codec, &after)
	if errors.Is(err, sql.ErrNoRows) || err == nil && !after.Valid {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	r, err := annotate.DecodeRecord(k, codec, json.RawMessage(after.String))
	if err != nil || r == nil || r.RecordID() != i {
		return nil, nil // it is damaged, too
	}
	return r, nil
}

// add writes a record that was put together. One that does not fit is left out.
func (m *mender) add(r record, more string, values ...any) (added bool, err error) {
	l := layouts[r.RecordKind()]
	all, err := l.values(r)
	if err != nil {
		return false, nil // it was damaged
	}
	names := []string{}
	if more != "" {
		names = append(names, more)
	}
	done, err := m.tx.ExecContext(m.ctx, l.insert(names...)+" ON CONFLICT DO NOTHING", append(all, values...)...)
	if err != nil {
		if errors.Is(reason(err).Kind, annotate.ErrInvalid) {
			return false, nil
		}
		return false, err
	}
	n, err := done.RowsAffected()
	m.rebuilt += int(n)
	return n > 0, err
}

// missing lists the rows of a table that its index of ids knows and that were not
// found.
func (m *mender) missing(table string) ([]missingRow, error) {
	rows, err := m.tx.QueryContext(m.ctx, "SELECT h.row, h.a FROM hint h WHERE h.ix = ? AND NOT EXISTS (SELECT 1 FROM "+table+
		" t WHERE t.id = h.a) ORDER BY h.row", idIndex(table))
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (r missingRow, err error) { return r, row.Scan(&r.row, as(&r.id)) })
}

type missingRow struct {
	row int64
	id  id
}

// hint is what an index says of a row; "" for nothing.
func (m *mender) hint(index string, row int64) (a, b string, err error) {
	var x, y sql.NullString
	err = m.tx.QueryRowContext(m.ctx, "SELECT a, b FROM hint WHERE ix = ? AND row = ?", index, row).Scan(&x, &y)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return x.String, y.String, err
}

// schema brings labels and the like back from the history.
func (m *mender) schema() error {
	for _, k := range annotate.Kinds {
		if bulk(k) || k == annotate.KindImport {
			continue
		}
		table := layouts[k].table
		known := m.table(table).known
		rows, err := m.tx.QueryContext(m.ctx, "SELECT DISTINCT o.record FROM op o WHERE o.kind = ? AND NOT EXISTS (SELECT 1 FROM "+table+
			" t WHERE t.id = o.record) AND (NOT ? OR EXISTS (SELECT 1 FROM hint h WHERE h.ix = ? AND h.a = o.record))", string(k), known, idIndex(table))
		if err != nil {
			return err
		}
		ids, err := collect(rows, func(row scanner) (i id, err error) { return i, row.Scan(as(&i)) })
		if err != nil {
			return err
		}
		for _, i := range ids {
			r, err := m.last(k, i)
			if err == nil && r != nil {
				_, err = m.add(r, "")
			}
			if err != nil {
				return err
			}
		}
		gone, err := m.missing(table)
		if err != nil {
			return err
		}
		for _, r := range gone {
			m.lose(kindName(k)+" "+string(r.id), "It cannot be read, and no change that was found tells of it.")
		}
	}
	return nil
}

// kindName is how people call records of a kind.
func kindName(k kind) string {
	switch k {
	case annotate.KindRelationType:
		return "relation type"
	case annotate.KindSet:
		return "annotation set"
	default:
		return string(k)
	}
}

// articles puts articles together whose row is lost: facts from the history, where
// somebody edited them, else what the indexes have.
func (m *mender) articles() error {
	gone, err := m.missing("article")
	if err != nil {
		return err
	}
	for _, r := range gone {
		if err := m.article(r); err != nil {
			return err
		}
	}
	return nil
}

func (m *mender) article(r missingRow) error {
	a := annotate.Article{ID: r.id, Ref: string(r.id), Intake: text.IntakeVersion}
	edited := false
	switch last, err := m.last(annotate.KindArticle, r.id); {
	case err != nil:
		return err
	case last != nil:
		a, edited = last.(annotate.Article), true
	default:
		ref, _, err1 := m.hint("article_ref", r.row)
		hash, _, err2 := m.hint("article_text", r.row)
		order, _, err3 := m.hint("article_ord", r.row)
		if err := errors.Join(err1, err2, err3); err != nil {
			return err
		}
		if ref != "" {
			a.Ref = ref
		}
		a.TextHash = hash
		_, _ = fmt.Sscan(order, &a.Order) // without a place it goes first
	}
	body, found, err := m.text(a.TextHash)
	if err != nil {
		return err
	}
	if !found {
		m.lose(articleName(a), "Neither its facts nor its text can be read. It is lost.")
		return nil
	}
	a.Length, a.Import = utf8.RuneCountInString(body), ""
	presence := annotate.Live
	switch state, err := m.last(annotate.KindArticleState, r.id); {
	case err != nil:
		return err
	case state != nil:
		presence = state.(annotate.ArticleState).Presence
	}
	added, err := m.add(a, "presence", string(presence))
	if added && !edited {
		m.lose(articleName(a), "Its title, date and other facts cannot be read. Its text is there.")
	}
	return err
}

func (m *mender) text(hash string) (body string, found bool, err error) {
	err = m.tx.QueryRowContext(m.ctx, "SELECT text FROM text WHERE hash = ?", hash).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	return body, err == nil, err
}

// articleName is how an article is called in the list of what was lost.
func articleName(a annotate.Article) string {
	switch {
	case a.Title != "" && a.Ref != string(a.ID):
		return fmt.Sprintf("article “%s” (%s)", a.Title, a.Ref)
	case a.Title != "":
		return fmt.Sprintf("article “%s”", a.Title)
	}
	return "article " + a.Ref
}

// sets puts annotation sets together: who annotates which article is in an index.
func (m *mender) sets() error {
	gone, err := m.missing("annotation_set")
	if err != nil {
		return err
	}
	for _, r := range gone {
		last, err := m.last(annotate.KindSet, r.id)
		if err != nil {
			return err
		}
		if last == nil {
			article, annotator, err := m.hint("annotation_set_article", r.row)
			if err != nil {
				return err
			}
			if article == "" || annotator == "" {
				m.lose("annotation set "+string(r.id), "It cannot be read, and nothing tells of which article it is.")
				continue
			}
			last = annotate.AnnotationSet{ID: r.id, Article: id(article), Annotator: id(annotator), Status: annotate.InProgress}
			m.lose("annotation set "+string(r.id), "Its status, note and fields cannot be read. It begins anew as in progress.")
		}
		set := last.(annotate.AnnotationSet)
		set.Import = ""
		if _, err := m.add(set, ""); err != nil {
			return err
		}
	}
	return nil
}

// spans brings spans back from the history whose words are those that the index has
// of them.
func (m *mender) spans() error {
	gone, err := m.missing("span")
	if err != nil {
		return err
	}
	texts := textOf{ctx: m.ctx, q: m.tx}
	lost := map[string]int{} // by set
	for _, r := range gone {
		set, _, err1 := m.hint("span_set", r.row)
		last, err2 := m.last(annotate.KindSpan, r.id)
		if err := errors.Join(err1, err2); err != nil {
			return err
		}
		span, ok := last.(annotate.Span)
		if ok, err = ok && string(span.Set) == set, nil; ok {
			ok, err = m.fits(&texts, r.row, span)
		}
		if ok {
			ok, err = m.add(span, "words", wordsIn(texts.text, span))
		}
		if err != nil {
			return err
		}
		if !ok {
			lost[set]++
		}
	}
	return m.loseSpans(lost)
}

// fits says whether a span is where the index of words says that its row is.
func (m *mender) fits(texts *textOf, row int64, span annotate.Span) (bool, error) {
	body, err := texts.read(span.Set)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil || annotate.ValidateFragments(span.Fragments, body.Len()) != nil {
		return false, err
	}
	has, _, err := m.hint("span_words", row)
	words := wordsIn(body, span)
	return words != nil && fmt.Sprint(words) == has, err
}

// wordsIn is what the column words holds of a span on a text.
func wordsIn(body *text.Text, span annotate.Span) any {
	words, _ := wordsOf(span.Fragments, func() (*text.Text, error) { return body, nil }) // nothing in it can fail
	return words
}

func (m *mender) loseSpans(lost map[string]int) error {
	for set, n := range lost {
		var a annotate.Article
		var who sql.NullString
		err := m.tx.QueryRowContext(m.ctx, `SELECT t.id, t.ref, t.title, n.name FROM annotation_set s JOIN article t ON t.id = s.article
			LEFT JOIN annotator n ON n.id = s.annotator WHERE s.id = ?`, set).Scan(as(&a.ID), &a.Ref, &a.Title, &who)
		where := articleName(a)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			where = "annotation set " + set
			if set == "" {
				where = "spans"
			}
		case err != nil:
			return err
		}
		by := ""
		if who.Valid {
			by = " by " + who.String
		}
		m.lose(where, "%s%s cannot be read and %s lost.", countOf(n, "span"), by, isAre(n))
	}
	return nil
}

// relations brings relations back from the history whose ends are there.
func (m *mender) relations() error {
	gone, err := m.missing("relation")
	if err != nil {
		return err
	}
	lost := 0
	for _, r := range gone {
		last, err := m.last(annotate.KindRelation, r.id)
		if err != nil {
			return err
		}
		added := false
		if last != nil {
			if added, err = m.add(last, ""); err != nil {
				return err
			}
		}
		if !added {
			lost++
		}
	}
	if lost > 0 {
		m.lose("relations", "%s cannot be read and %s lost.", countOf(lost, "relation"), isAre(lost))
	}
	return nil
}

// nameless makes articles of texts of which no article is left.
func (m *mender) nameless() error {
	rows, err := m.tx.QueryContext(m.ctx, "SELECT t.hash, t.text FROM text t WHERE NOT EXISTS (SELECT 1 FROM article a WHERE a.text_hash = t.hash)")
	if err != nil {
		return err
	}
	all, err := collect(rows, func(row scanner) (a annotate.Article, err error) {
		var body string
		err = row.Scan(&a.TextHash, &body)
		a.Length = utf8.RuneCountInString(body)
		return a, err
	})
	if err != nil {
		return err
	}
	for _, a := range all {
		a.ID, a.Ref, a.Intake = id("salvaged-"+a.TextHash[:16]), "salvaged-"+a.TextHash[:16], text.IntakeVersion
		if _, err := m.add(a, ""); err != nil {
			return err
		}
		m.lose(articleName(a), "The text of an article that cannot be read. Its annotations could not be told to be its own.")
	}
	return nil
}

func countOf(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func isAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}
