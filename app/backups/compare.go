package backups

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"hash/maphash"
	"slices"

	"lede/annotate"
	"lede/annotate/schema"
)

// Difference is what going back to a backup would change.
type Difference struct {
	Then, Now Facts

	Lost    Count // what is there now, and not in the backup
	Back    Count // what is in the backup, and not there now
	Changed int   // spans that are in both and are not the same
	Edited  int   // articles that are in both, with other facts, spans, relations or status
	Schema  bool  // the schema is another one
	Steps   int64 // changes that came after the backup; -1 = it is none of an earlier moment

	Articles []ArticleDifference // those that differ, in project order; at most Most
}

// Count is so many articles and spans.
type Count struct{ Articles, Spans int }

// Most is how many articles a Difference names.
const Most = 200

// ArticleDifference is an article that would change.
type ArticleDifference struct {
	Article    annotate.Article // as it is now, or was
	Gone, Back bool             // the article as a whole
	// Lost, Returned and Changed count spans.
	Lost, Returned, Changed int
}

// None says whether going back would change nothing that is seen.
func (d *Difference) None() bool {
	return d.Lost == Count{} && d.Back == Count{} && d.Edited == 0 && !d.Schema
}

// Compare finds out what going back from a project to a backup of it would change. It
// reads both, article by article; progress, which may be nil, is told how many.
func Compare(ctx context.Context, now, then annotate.Store, progress func(done, total int)) (*Difference, error) {
	c := comparison{d: &Difference{}, progress: progress, seed: maphash.MakeSeed()}
	var err error
	if c.d.Now, err = factsOf(ctx, now); err != nil {
		return nil, err
	}
	if c.d.Then, err = factsOf(ctx, then); err != nil {
		return nil, ofBackup{err}
	}
	c.total = c.d.Now.Articles + c.d.Then.Articles
	steps := []func() error{
		func() error { return c.since(ctx, now) },
		func() error { return c.schemas(ctx, now, then) },
		func() error { return c.readThen(ctx, then) },
		func() error { return c.readNow(ctx, now) },
		func() error { return c.returned(ctx, then) },
		func() error { return c.changed(ctx, now, then) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return c.d, nil
}

// comparison is a Compare under way.
type comparison struct {
	d           *Difference
	seed        maphash.Seed
	progress    func(done, total int)
	done, total int

	then   map[annotate.ID]digest // articles of the backup that were not met in the project
	differ []annotate.ID          // that are in both
}

// digest stands for an article with all that lies in it.
type digest struct {
	sum   uint64
	spans int
}

// since counts the changes that came after the backup.
func (c *comparison) since(ctx context.Context, now annotate.Store) error {
	last := c.d.Then.Last
	c.d.Steps = -1
	if last.Position == 0 {
		return nil
	}
	at, err := now.History(ctx, annotate.HistoryQuery{After: last.Position - 1, Limit: 1, WithoutOps: true})
	if err == nil && len(at) == 1 && at[0].ID == last.ID {
		c.d.Steps = c.d.Now.Last.Position - last.Position
	}
	return err
}

func (c *comparison) schemas(ctx context.Context, now, then annotate.Store) error {
	var files [2][]byte
	for i, s := range []annotate.Store{now, then} {
		of, err := s.Schema(ctx)
		if err == nil {
			files[i], err = schema.Of(of).Write()
		}
		if err != nil {
			return err
		}
	}
	c.d.Schema = !bytes.Equal(files[0], files[1])
	return nil
}

func (c *comparison) readThen(ctx context.Context, then annotate.Store) error {
	c.then = map[annotate.ID]digest{}
	err := c.read(ctx, then, func(doc *annotate.Document) error {
		sum, err := c.digest(doc)
		c.then[doc.Article.ID] = sum
		return err
	})
	if err != nil {
		return ofBackup{err}
	}
	return nil
}

// ofBackup is an error in reading the backup, not the project.
type ofBackup struct{ error }

func (e ofBackup) Unwrap() error { return e.error }

func (c *comparison) readNow(ctx context.Context, now annotate.Store) error {
	return c.read(ctx, now, func(doc *annotate.Document) error {
		sum, err := c.digest(doc)
		was, there := c.then[doc.Article.ID]
		delete(c.then, doc.Article.ID)
		switch {
		case !there:
			c.d.Lost.Articles++
			c.d.Lost.Spans += sum.spans
			c.name(ArticleDifference{Article: doc.Article, Gone: true, Lost: sum.spans})
		case was.sum != sum.sum:
			c.differ = append(c.differ, doc.Article.ID)
		}
		return err
	})
}

func (c *comparison) read(ctx context.Context, s annotate.Store, f func(*annotate.Document) error) error {
	for doc, err := range s.Documents(ctx, annotate.DocumentQuery{}) {
		if err == nil {
			err = f(doc)
		}
		if err != nil {
			return err
		}
		if c.done++; c.progress != nil {
			c.progress(c.done, c.total)
		}
	}
	return ctx.Err()
}

// digest stands for all of an article but its text, which never changes.
func (c *comparison) digest(doc *annotate.Document) (digest, error) {
	var h maphash.Hash
	h.SetSeed(c.seed)
	d := digest{}
	enc := json.NewEncoder(&h)
	err := enc.Encode(doc.Article)
	for _, set := range doc.Sets {
		if err == nil {
			err = enc.Encode(set)
		}
		d.spans += len(set.Spans)
	}
	d.sum = h.Sum64()
	return d, err
}

func (c *comparison) name(a ArticleDifference) {
	if len(c.d.Articles) < Most {
		c.d.Articles = append(c.d.Articles, a)
	}
}

// returned counts the articles that would come back, and names the first.
func (c *comparison) returned(ctx context.Context, then annotate.Store) error {
	var ids []annotate.ID
	for id, was := range c.then {
		c.d.Back.Articles++
		c.d.Back.Spans += was.spans
		ids = append(ids, id)
	}
	if len(ids) == 0 { // to ask for none would be to ask for all
		return nil
	}
	slices.Sort(ids)
	for doc, err := range then.Documents(ctx, annotate.DocumentQuery{Articles: ids[:min(len(ids), Most)]}) {
		if err != nil {
			return err
		}
		c.name(ArticleDifference{Article: doc.Article, Back: true, Returned: c.then[doc.Article.ID].spans})
	}
	return nil
}

// chunk is how many articles are compared at once.
const chunk = 200

// changed compares, span by span, the articles that are in both.
func (c *comparison) changed(ctx context.Context, now, then annotate.Store) error {
	for ids := range slices.Chunk(c.differ, chunk) {
		spans := map[annotate.ID]map[annotate.ID]annotate.Span{}
		q := annotate.DocumentQuery{Articles: ids}
		for doc, err := range then.Documents(ctx, q) {
			if err != nil {
				return err
			}
			spans[doc.Article.ID] = map[annotate.ID]annotate.Span{}
			for _, set := range doc.Sets {
				for _, s := range set.Spans {
					spans[doc.Article.ID][s.ID] = s
				}
			}
		}
		for doc, err := range now.Documents(ctx, q) {
			if err != nil {
				return err
			}
			c.spans(doc, spans[doc.Article.ID])
		}
	}
	return ctx.Err()
}

func (c *comparison) spans(doc *annotate.Document, then map[annotate.ID]annotate.Span) {
	a := ArticleDifference{Article: doc.Article}
	for _, set := range doc.Sets {
		for _, s := range set.Spans {
			was, there := then[s.ID]
			delete(then, s.ID)
			switch {
			case !there:
				a.Lost++
			case !annotate.SameRecord(was, s):
				a.Changed++
			}
		}
	}
	a.Returned = len(then)
	c.d.Edited++
	c.d.Lost.Spans += a.Lost
	c.d.Back.Spans += a.Returned
	c.d.Changed += a.Changed
	c.name(a)
}

// CompareFiles compares a project and a backup of it that lie at paths. A project that
// cannot be read is no failure: then only what the backup holds is known.
func CompareFiles(ctx context.Context, projects annotate.Projects, project, backup string, progress func(done, total int)) (d *Difference, unread, err error) {
	err = reading(ctx, projects, backup, func(then annotate.Store) error {
		unread = reading(ctx, projects, project, func(now annotate.Store) (err error) {
			d, err = Compare(ctx, now, then, progress)
			return err
		})
		var wrong ofBackup
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case unread == nil:
			return nil
		case errors.As(unread, &wrong):
			return wrong.error
		}
		facts, err := factsOf(ctx, then)
		d = &Difference{Then: facts, Steps: -1}
		return err
	})
	return d, unread, err
}
