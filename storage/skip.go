package storage

import (
	"context"
	"database/sql"
	"errors"

	"lede/annotate"
)

// ofArticles tells that which articles a listing holds is for the articles alone to
// say: nothing is asked of their sets or their texts.
func ofArticles(q annotate.ArticleQuery) bool {
	return len(q.Statuses) == 0 && !q.Flagged && len(q.Words) == 0 && q.Field == ""
}

// skip lets a listing that ofArticles is true of begin after so many rows, and tells
// whether any are left. SQLite steps over rows one by one: here it does so without
// looking for the set of each.
func (s *store) skip(ctx context.Context, l *listing, rows int) (bool, error) {
	var ord int64
	var article string
	where := listing{from: []string{"article t"}, where: l.where, args: l.args[1:]} // the first is of the join with sets
	err := s.reader.QueryRowContext(ctx, "SELECT t.ord, t.id"+where.String()+" ORDER BY t.ord, t.id LIMIT 1 OFFSET ?",
		append(where.args[:len(where.args):len(where.args)], rows)...).Scan(&ord, &article)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	l.and("(t.ord, t.id) >= (?, ?)", ord, article)
	return err == nil, err
}
