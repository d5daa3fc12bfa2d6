package annotate

import (
	"context"
	"time"
)

// Historian is what a Store knows of how its project came to be.
type Historian interface {
	// Past finds changes: the positions of those that a query asks for, newest
	// first. PastRows reads some of them, in the order of the positions; those that
	// are gone are left out. Together they list a history of any length.
	Past(ctx context.Context, q PastQuery) ([]int64, error)
	PastRows(ctx context.Context, positions []int64) ([]PastRow, error)
	// Actors lists who made changes, by name.
	Actors(ctx context.Context) ([]string, error)

	// AsOf is the project as it was when the change at a position had just been made,
	// for reading: all of it, its history included, and nothing of what came later or
	// is written meanwhile. It may take a while, as everything since is taken back in a
	// copy; news is told how many of how many steps are done, and may be nil. It must be
	// closed: then nothing of the copy stays. A Backup of it is a project of its own. It
	// is an ErrNotFound if there is no such change, and an ErrDamaged if the history
	// does not lead back there.
	AsOf(ctx context.Context, position int64, news func(done, total int)) (Store, error)

	// Dependents lists, newest first, at most limit changes in force that could not
	// have been made without a change, or not as they were: those that later touched
	// a record which it altered, refer to one which it made, or ended one to which
	// one refers that it altered or ended. Later than a change that was undone and
	// redone is: since it was redone.
	Dependents(ctx context.Context, change ID, limit int) ([]PastRow, error)
}

// PastQuery asks for changes. What is empty asks for nothing.
type PastQuery struct {
	Actor   string
	Article ID
	Topic   Topic
	From    time.Time // made then or later
	Until   time.Time // made then or earlier
	Words   []string  // each occurs in the sentence of the change or the title of its article, whatever its case
}

// Plain says whether the query asks for everything.
func (q PastQuery) Plain() bool {
	return q.Actor == "" && q.Article == "" && q.Topic == "" && q.From.IsZero() && q.Until.IsZero() && len(q.Words) == 0
}

// Covers says whether the time of a change is one that the query asks for.
func (q PastQuery) Covers(at time.Time) bool {
	return (q.From.IsZero() || !at.Before(q.From)) && (q.Until.IsZero() || !at.After(q.Until))
}

// Topic is what a change is about, as people sort changes.
type Topic string

// The topics. A change can have several.
const (
	TopicAnnotations Topic = "annotations" // spans and relations
	TopicArticles    Topic = "articles"    // facts, status, notes and fields of articles; the bin
	TopicEntities    Topic = "entities"
	TopicSchema      Topic = "schema"
	TopicImports     Topic = "imports"
)

// Topics lists every topic.
var Topics = []Topic{TopicAnnotations, TopicArticles, TopicEntities, TopicSchema, TopicImports}

// topics are the kinds of records that make a change one of a topic.
var topics = map[Topic][]Kind{
	TopicAnnotations: {KindSpan, KindRelation},
	TopicArticles:    {KindArticle, KindArticleState, KindSet},
	TopicEntities:    {KindEntity},
	TopicSchema:      {KindLabel, KindAttribute, KindRelationType, KindRule},
	TopicImports:     {KindImport},
}

// Kinds are the kinds of records of a topic. A change that touches one is of that
// topic; of TopicArticles only if it touches none of TopicAnnotations as well.
func (t Topic) Kinds() []Kind { return topics[t] }

// About says whether a change that touches these records is of a topic.
func (t Touches) About(topic Topic) bool {
	touched := func(of Topic) bool {
		for _, k := range of.Kinds() {
			if t[k] > 0 {
				return true
			}
		}
		return false
	}
	return touched(topic) && (topic != TopicArticles || !touched(TopicAnnotations))
}

// PastRow is a change as a list shows it: without its ops.
type PastRow struct {
	Change
	Undone   bool   // it was taken back, and not brought back since
	Touches  int    // how many records it is about
	Articles int    // how many articles it is about
	Where    string // the article that Article names: its title, else its ref; "" for none
}

// CanUndo says whether a change is one that can be taken back, whatever depends on
// it: undos, redos, the beginning of a project what gave changes
// up, and changes of what was purged since are not.
func (c Change) CanUndo() bool {
	return c.Undoes == "" && c.Redoes == "" && c.Cause != CauseUndo && c.Cause != CauseRedo && c.Cause.Stacked() && c.Purged == 0
}

// InOrder puts rows into the order of positions.
func InOrder(positions []int64, rows []PastRow) []PastRow {
	at := make(map[int64]PastRow, len(rows))
	for _, r := range rows {
		at[r.Position] = r
	}
	ordered := make([]PastRow, 0, len(rows))
	for _, p := range positions {
		if r, there := at[p]; there {
			ordered = append(ordered, r)
		}
	}
	return ordered
}
