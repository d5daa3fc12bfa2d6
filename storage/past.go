package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"

	"lede/annotate"
)

// Past finds changes, newest first.
func (s *store) Past(ctx context.Context, q annotate.PastQuery) ([]int64, error) {
	var found []int64
	err := s.view(ctx, func(tx *sql.Tx) (err error) {
		if q.Plain() {
			found, err = allPositions(ctx, tx)
			return err
		}
		l := &listing{from: []string{"change c LEFT JOIN article a ON a.id = c.article"}, where: []string{"true"}}
		askPast(l, q)
		rows, err := tx.QueryContext(ctx, "SELECT c.position, c.title, coalesce(c.undoes, ''), coalesce(c.redoes, ''), coalesce(nullif(a.title, ''), a.ref, '')"+
			l.String()+" ORDER BY c.position DESC", l.args...)
		if err != nil {
			return err
		}
		words := lowered(q.Words)
		_, err = collect(rows, func(row scanner) (none struct{}, err error) {
			var c annotate.Change
			var title string
			err = row.Scan(&c.Position, &c.Title, as(&c.Undoes), as(&c.Redoes), &title)
			if err == nil && saysAll(words, c.Sentence(), title) {
				found = append(found, c.Position)
			}
			return none, err
		})
		return err
	})
	return found, explain("read history of", s.shown, err)
}

// allPositions lists every change: positions have no gaps.
func allPositions(ctx context.Context, q queries) ([]int64, error) {
	var first, last int64
	err := q.QueryRowContext(ctx, "SELECT coalesce(min(position), 1), coalesce(max(position), 0) FROM change").Scan(&first, &last)
	all := make([]int64, 0, last-first+1)
	for p := last; p >= first; p-- {
		all = append(all, p)
	}
	return all, err
}

// askPast puts what a query asks for, but for words, into a listing of changes.
func askPast(l *listing, q annotate.PastQuery) {
	if q.Actor != "" {
		l.and("c.actor = ?", q.Actor)
	}
	if q.Article != "" {
		l.and("(c.article = ? OR c.position IN (SELECT o.position FROM op o WHERE o.article = ?))", string(q.Article), string(q.Article))
	}
	if !q.From.IsZero() {
		l.and("c.clock >= ?", q.From.UnixMilli()<<16)
	}
	if !q.Until.IsZero() {
		l.and("c.clock < ?", (q.Until.UnixMilli()+1)<<16)
	}
	const of = "EXISTS (SELECT 1 FROM op o WHERE o.position = c.position AND o.kind IN (SELECT value FROM json_each(?)))"
	if q.Topic != "" {
		l.and(of, inJSON(q.Topic.Kinds()))
	}
	if q.Topic == annotate.TopicArticles {
		l.and("NOT "+of, inJSON(annotate.TopicAnnotations.Kinds()))
	}
}

// inJSON is a list of names as one argument.
func inJSON[S ~string](list []S) string {
	raw, _ := json.Marshal(list) // strings always can be
	return string(raw)
}

func lowered(words []string) []string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = strings.ToLower(w)
	}
	return all
}

// saysAll says whether each word, in lower case, occurs in one of the texts.
func saysAll(words []string, texts ...string) bool {
	says := strings.ToLower(strings.Join(texts, "\n"))
	for _, w := range words {
		if !strings.Contains(says, w) {
			return false
		}
	}
	return true
}

// undone is the condition that change c was taken back and not brought back since.
const undone = `coalesce((SELECT u.undoes IS NOT NULL FROM change u
	WHERE u.undoes = c.id OR u.redoes = c.id ORDER BY u.position DESC LIMIT 1), 0)`

// pastRows reads rows of changes that a condition on c names.
const pastRows = "SELECT " + changeColumns + ", " + undone + `,
	(SELECT count(*) FROM op o WHERE o.position = c.position),
	(SELECT count(DISTINCT o.article) FROM op o WHERE o.position = c.position),
	coalesce((SELECT coalesce(nullif(a.title, ''), a.ref) FROM article a WHERE a.id = c.article), '')
	FROM change c WHERE `

func scanPast(row scanner) (r annotate.PastRow, err error) {
	r.Change, err = scanChange(tail{row, []any{&r.Undone, &r.Touches, &r.Articles, &r.Where}})
	return r, err
}

// PastRows reads changes as a list shows them.
func (s *store) PastRows(ctx context.Context, positions []int64) ([]annotate.PastRow, error) {
	raw, err := json.Marshal(positions)
	if err != nil {
		return nil, err
	}
	var found []annotate.PastRow
	err = s.view(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, pastRows+"c.position IN (SELECT value FROM json_each(?))", string(raw))
		if err == nil {
			found, err = collect(rows, scanPast)
		}
		return err
	})
	if err != nil {
		return nil, explain("read history of", s.shown, err)
	}
	return annotate.InOrder(positions, found), nil
}

// Actors lists who made changes.
func (s *store) Actors(ctx context.Context) ([]string, error) {
	rows, err := s.reader.QueryContext(ctx, "SELECT DISTINCT actor FROM change ORDER BY actor")
	if err != nil {
		return nil, explain("read history of", s.shown, err)
	}
	actors, err := collect(rows, func(row scanner) (actor string, err error) { return actor, row.Scan(&actor) })
	return actors, explain("read history of", s.shown, err)
}

// Dependents lists changes that could not have been made without another.
func (s *store) Dependents(ctx context.Context, change id, limit int) ([]annotate.PastRow, error) {
	var found []annotate.PastRow
	err := s.view(ctx, func(tx *sql.Tx) error {
		var position, since int64
		err := tx.QueryRowContext(ctx, `SELECT c.position, coalesce((SELECT max(r.position) FROM change r WHERE r.redoes = c.id), c.position)
			FROM change c WHERE c.id = ?`, string(change)).Scan(&position, &since)
		if err != nil {
			return err
		}
		d := dependents{args: []any{sql.Named("p", position), sql.Named("since", since), sql.Named("limit", limit)}}
		if err := d.gather(ctx, tx, position); err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, d.query(), d.args...)
		if err == nil {
			found, err = collect(rows, scanPast)
		}
		return err
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, annotate.ErrNotFound
	}
	return found, explain("read history of", s.shown, err)
}
