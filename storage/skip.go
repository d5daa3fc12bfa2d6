package storage

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"lede/annotate"
)

// ofArticles tells that which articles a listing holds, and their order, is for the
// articles alone to say: nothing is asked of the sets of the query's annotator.
func ofArticles(q annotate.ArticleQuery) bool {
	return q.Sort != annotate.SortStatus && q.Sort != annotate.SortSpans && !ofSets(q.Filter)
}

// ofSets tells whether a filter may speak of the set of the query's annotator.
func ofSets(f *annotate.Filter) bool {
	if f == nil {
		return false
	}
	if f.Op == annotate.FilterTerm {
		return f.By == nil && filters{}.did(f, f.Values[0]) != nil
	}
	for _, part := range f.Of {
		if ofSets(part) {
			return true
		}
	}
	return false
}

// skip lets a listing that ofArticles is true of begin after so many rows, and tells
// whether any are left. SQLite steps over rows one by one: here it does so without
// looking for the set of each.
func (s *store) skip(ctx context.Context, l *listing, columns []string, order, compare string, rows int) (bool, error) {
	where := listing{from: []string{"article t"}, where: l.where, args: l.args[1:]} // the first is of the join with sets
	at, err := scanPlace(s.reader.QueryRowContext(ctx, "SELECT "+strings.Join(columns, ", ")+where.String()+" ORDER BY "+order+" LIMIT 1 OFFSET ?",
		append(where.args[:len(where.args):len(where.args)], rows)...), columns)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	l.beyond(columns, compare, at)
	return err == nil, err
}
