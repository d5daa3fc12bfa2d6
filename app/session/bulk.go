package session

import (
	"context"
	"maps"
	"slices"

	"lede/annotate"
	"lede/annotate/edit"
	"lede/annotate/text"
)

// Bulk gives one label to many places, over any number of articles, as one change
// and one step of undo. Write may be called on any goroutine; all else belongs to
// the session's.
type Bulk struct {
	store     annotate.Store
	schema    *annotate.Schema
	annotator annotate.Annotator
	build     *edit.Bulk
	words     string
	places    map[annotate.ID][]text.Range
	done      annotate.Change
}

// TagAll begins to give places the label, the attributes and the entity of a span.
// The words are what was looked for. It is for the annotator whose work is on
// screen, and refused where that cannot be changed.
func (s *Session) TagAll(like annotate.Span, words string, places map[annotate.ID][]text.Range) (*Bulk, error) {
	if err := s.refuseReadOnly(); err != nil {
		return nil, err
	}
	s.commits.flush() // the store must answer with what is on screen
	b := &Bulk{
		store: s.store, schema: s.schema, annotator: s.annotator,
		build: s.edit.TagAll(like), words: words, places: places,
	}
	if b.annotator.ID == "" {
		b.annotator.ID = s.edit.Env.NewID()
		b.build.Create(annotate.Create(b.annotator))
	}
	s.own[b.build.ID()] = true // Poll may see it before Wrote
	s.lastLabel = like.Label
	return b, nil
}

// Write reads the articles, makes the change and writes it in one transaction. It
// can be given up, by ctx, until the writing itself begins; nothing is half done.
func (b *Bulk) Write(ctx context.Context, progress func(done, total int)) error {
	ids := slices.Sorted(maps.Keys(b.places))
	n := 0
	q := annotate.DocumentQuery{Annotators: []annotate.ID{b.annotator.ID}, Articles: ids}
	for doc, err := range b.store.Documents(ctx, q) {
		if err != nil {
			return err
		}
		b.build.Add(edit.NewState(doc, b.schema, b.annotator), b.places[doc.Article.ID])
		if n++; progress != nil {
			progress(n, len(ids))
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	c, err := b.build.Change(b.words)
	if err != nil {
		return err
	}
	b.done, err = b.store.Apply(ctx, c)
	return err
}

// Spans is how many spans Write made.
func (b *Bulk) Spans() int { return b.build.Spans() }

// Wrote shows what Write has written.
func (s *Session) Wrote(ctx context.Context, b *Bulk) error { return s.wrote(ctx, b.done) }

// wrote shows a change that was written past the session's own queue.
func (s *Session) wrote(ctx context.Context, c annotate.Change) error {
	s.reached(c)
	s.headers[c.ID] = c
	s.foldOnce(c)
	if err := s.reload(ctx, c, Local); err != nil {
		return err
	}
	s.tell(SavedChanged{Pending: s.commits.pending})
	return nil
}
