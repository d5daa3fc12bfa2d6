package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"unicode/utf8"

	"lede/annotate"
	"lede/annotate/text"
)

// Check reads everything and reports what is wrong.
func (s *store) Check(ctx context.Context) ([]annotate.Problem, error) {
	c := &checker{ctx: ctx, version: s.version}
	err := s.view(ctx, func(tx *sql.Tx) error {
		c.q = tx
		for _, step := range []func() error{c.database, c.foreignKeys, c.texts, c.records, c.words, c.listed, c.indexed, c.history, c.leftovers} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		err = explain("check", s.shown, err)
		if errors.Is(err, annotate.ErrDamaged) {
			c.add("file", "%s", err)
			return c.problems, nil
		}
		return c.problems, err
	}
	return c.problems, nil
}

// checker collects problems within one read transaction.
type checker struct {
	ctx      context.Context
	version  int // of the file
	q        queries
	problems []annotate.Problem
}

func (c *checker) add(where, format string, args ...any) {
	c.problems = append(c.problems, annotate.Problem{Where: where, What: fmt.Sprintf(format, args...)})
}

// each scans every row of a query.
func (c *checker) each(query string, scan func(scanner) error, args ...any) error {
	rows, err := c.q.QueryContext(c.ctx, query, args...)
	if err != nil {
		return err
	}
	_, err = collect(rows, func(row scanner) (none struct{}, err error) { return none, scan(row) })
	return err
}

func (c *checker) database() error {
	return c.each("PRAGMA integrity_check", func(row scanner) error {
		var says string
		err := row.Scan(&says)
		if err == nil && says != "ok" {
			c.add("database", "SQLite finds: %s.", says)
		}
		return err
	})
}

func (c *checker) foreignKeys() error {
	return c.each("PRAGMA foreign_key_check", func(row scanner) error {
		var table, parent string
		var rowid, n sql.NullInt64
		err := row.Scan(&table, &rowid, &parent, &n)
		if err == nil {
			c.add(table, "Row %d refers to a row of %s that is not there.", rowid.Int64, parent)
		}
		return err
	})
}

// texts checks the hash of every text and the length that its articles give.
func (c *checker) texts() error {
	return c.each("SELECT a.ref, a.length, a.text_hash, t.text FROM text t LEFT JOIN article a ON a.text_hash = t.hash", func(row scanner) error {
		var ref, hash sql.NullString
		var length sql.NullInt64
		var body string
		if err := row.Scan(&ref, &length, &hash, &body); err != nil {
			return err
		}
		where := "article " + ref.String
		switch {
		case !ref.Valid:
			c.add("text", "A text of %d characters belongs to no article.", utf8.RuneCountInString(body))
		case text.SHA256(body) != hash.String:
			c.add(where, "Its text is not the one that was imported: the hash differs.")
		case utf8.RuneCountInString(body) != int(length.Int64):
			c.add(where, "Its text has %d characters, not %d.", utf8.RuneCountInString(body), length.Int64)
		}
		return nil
	})
}

// records validates every record that is there, and that the columns for people
// say the same as the fragments.
func (c *checker) records() error {
	look := newLookup(c.ctx, c.q)
	for _, k := range annotate.Kinds {
		l := layouts[k]
		if k == annotate.KindArticle || k == annotate.KindArticleState || k == annotate.KindImport {
			continue
		}
		where := l.shown
		switch k { // annotations of what is in the bin have no article to look at
		case annotate.KindSet:
			where += " AND EXISTS (SELECT 1 FROM live_article a WHERE a.id = t.article)"
		case annotate.KindSpan, annotate.KindRelation:
			where += " AND EXISTS (SELECT 1 FROM annotation_set s JOIN live_article a ON a.id = s.article WHERE s.id = t.set_id)"
		default: // the schema is of no article
		}
		err := c.each("SELECT "+l.fields()+" FROM "+l.table+" t WHERE "+where, func(row scanner) error {
			r, err := l.scan(row)
			if err != nil {
				c.add(string(k), "A row cannot be read: %s.", err)
				return nil
			}
			if err := annotate.Validate([]annotate.Op{annotate.Create(r)}, look); err != nil && look.err == nil {
				c.add(fmt.Sprintf("%s %s", k, r.RecordID()), "%s.", err)
			}
			return look.err
		})
		if err != nil {
			return err
		}
	}
	return c.each(`SELECT id FROM span WHERE start <> fragments ->> '$[0][0]' OR "end" <> fragments ->> '$[#-1][1]'`, func(row scanner) error {
		var span string
		err := row.Scan(&span)
		c.add("span "+span, "Its start and end are not those of its fragments.")
		return err
	})
}

func (c *checker) leftovers() error {
	return c.each("SELECT id, source FROM import WHERE state = 'staged'", func(row scanner) error {
		var imp, source string
		err := row.Scan(&imp, &source)
		c.add("import "+imp, "The import of %q was not finished. It is removed when the project is next opened for writing, unless it is still running.", source)
		return err
	})
}
