package storage

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"time"

	"lede/annotate"
	"lede/annotate/search"
)

// The table search is an index of FTS4, which the usual builds of SQLite have, over
// the shadows of titles, sources, refs and texts (see annotate/search): it knows
// nothing but blanks, what a word is was said before. It keeps no text, only where
// words stand, and is never corrected: an article that changes gets a new number, and
// the old one is pointed at by nothing.
//
// Numbers tell which version of the package cut the words. Those of another one count
// as no number at all, and articles without a number are scanned: whatever state the
// index is in, the answer is the same.
const (
	firstDoc = int64(search.Version) << 40
	lastDoc  = firstDoc + 1<<40 - 1

	indexTable = `VIRTUAL TABLE %s USING fts4(content="", tokenize=simple, title, source, ref, text)`
)

// indexSince is the version of the file that brought the index.
const indexSince = 6

// unindexed is the condition that an article has no number.
var unindexed = fmt.Sprintf("(t.doc IS NULL OR t.doc < %d OR t.doc > %d)", firstDoc, lastDoc)

// indexTurn is how long a batch may hold the database: somebody may want to tag.
const indexTurn = 20 * time.Millisecond

// mostAtOnce is how many articles of one change are put into the index with it; more
// are left to the background.
const mostAtOnce = 20

// createIndex makes the index, empty. What is written later is merged little by little.
func createIndex(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, "CREATE "+fmt.Sprintf(indexTable, "search"))
	if err == nil {
		_, err = tx.ExecContext(ctx, "INSERT INTO search (search) VALUES ('automerge=8')")
	}
	return err
}

// clearIndex empties the index: no word stays of what is not there any more. It is
// filled again in the background.
func clearIndex(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, "DROP TABLE IF EXISTS search")
	if err == nil {
		err = createIndex(ctx, tx)
	}
	if err == nil {
		_, err = tx.ExecContext(ctx, "UPDATE article SET doc = NULL WHERE doc IS NOT NULL")
	}
	return err
}

// indexArticles puts articles into the index whose title, source or ref ops changed.
func (s *store) indexArticles(ctx context.Context, tx *sql.Tx, ops []annotate.Op) error {
	var changed []id
	for _, op := range ops {
		if reworded(op) {
			changed = append(changed, op.ID)
		}
	}
	if len(changed) == 0 {
		return nil
	}
	raw, _ := compact(changed) // strings: always JSON
	if len(changed) > mostAtOnce {
		_, err := tx.ExecContext(ctx, "UPDATE article SET doc = NULL WHERE id IN (SELECT value FROM json_each(?))", string(raw))
		return err
	}
	_, err := indexSome(ctx, tx, "t.id IN (SELECT value FROM json_each(?))", time.Hour, string(raw))
	return err
}

// reworded says whether an op gives an article other words than those in the index.
func reworded(op annotate.Op) bool {
	before, was := op.Before.(annotate.Article)
	after, is := op.After.(annotate.Article)
	return was && is && (before.Title != after.Title || before.Source != after.Source || before.Ref != after.Ref)
}

// indexSome puts articles into the index that meet a condition, some of them, for as
// long as a turn lasts.
func indexSome(ctx context.Context, tx *sql.Tx, where string, turn time.Duration, args ...any) (n int, err error) {
	const most = 256 // so many hardly fit into a turn
	rows, err := tx.QueryContext(ctx, "SELECT t.rowid FROM article t WHERE "+where+" LIMIT ?", append(args, most)...)
	if err != nil {
		return 0, err
	}
	articles, err := collect(rows, func(row scanner) (i int64, err error) { return i, row.Scan(&i) })
	if err != nil {
		return 0, err
	}
	var next int64
	if err := tx.QueryRowContext(ctx, "SELECT max(coalesce(max(docid) + 1, 0), ?) FROM search_docsize", firstDoc).Scan(&next); err != nil {
		return 0, err
	}
	for began := time.Now(); n < len(articles) && time.Since(began) < turn; n++ {
		if err := indexOne(ctx, tx, articles[n], next+int64(n)); err != nil {
			return n, err
		}
	}
	return n, nil
}

// indexOne puts the article of a row into the index under a number.
func indexOne(ctx context.Context, tx *sql.Tx, article, doc int64) error {
	var title, source, ref, body string
	err := tx.QueryRowContext(ctx, `SELECT t.title, t.source, t.ref, x.text FROM article t
		JOIN text x ON x.hash = t.text_hash WHERE t.rowid = ?`, article).Scan(&title, &source, &ref, &body)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO search (docid, title, source, ref, text) VALUES (?, ?, ?, ?, ?)", doc,
		search.Shadow(title), search.Shadow(source), search.Shadow(ref), search.Shadow(body))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "UPDATE article SET doc = ? WHERE rowid = ?", doc, article)
	return err
}

// indexer fills the index in the background.
type indexer struct {
	nudge chan struct{}
	stop  chan struct{}
	ended chan struct{}
	once  sync.Once
}

// startIndexer begins to fill the index of a project that is open for writing, and
// goes on whenever it is nudged. What stands in its way now, another program that
// writes or a full disk, is gone the next time; until then articles are scanned.
func (s *store) startIndexer() {
	x := &indexer{nudge: make(chan struct{}, 1), stop: make(chan struct{}), ended: make(chan struct{})}
	s.watching.Lock() // whoever looks out for others wakes it
	s.indexing = x
	s.watching.Unlock()
	x.wake()
	go func() {
		defer annotate.Guard()
		defer close(x.ended)
		for {
			select {
			case <-x.stop:
				return
			case <-x.nudge:
			}
			for more := true; more; {
				began := time.Now()
				n, err := s.indexTurn()
				more = err == nil && n > 0
				select {
				case <-x.stop:
					return
				case <-time.After(time.Since(began)): // half of the time is for others
				}
			}
		}
	}()
}

// wake tells the indexer that there may be something to do.
func (x *indexer) wake() {
	if x == nil {
		return
	}
	select {
	case x.nudge <- struct{}{}:
	default: // it is told already
	}
}

// end stops the indexer after the batch at which it is.
func (x *indexer) end() {
	if x == nil {
		return
	}
	x.once.Do(func() { close(x.stop) })
	<-x.ended
}

// indexTurn indexes a few articles. An import that is on its way in would be in the
// way of both.
func (s *store) indexTurn() (n int, err error) {
	ctx := context.Background() // it ends with the store, which waits for it
	var work, stale bool
	err = s.reader.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM article t WHERE "+unindexed+
		") AND NOT EXISTS (SELECT 1 FROM import WHERE state = 'staged'), EXISTS (SELECT 1 FROM search_docsize WHERE docid NOT BETWEEN ? AND ?)",
		firstDoc, lastDoc).Scan(&work, &stale)
	if err != nil || !work {
		return 0, err
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if stale { // another version cut the words
			if err := clearIndex(ctx, tx); err != nil {
				return err
			}
		}
		n, err = indexSome(ctx, tx, unindexed+" AND NOT EXISTS (SELECT 1 FROM import WHERE state = 'staged')", indexTurn)
		return err
	})
	return n, err
}
