package lede

import (
	"context"
	"encoding/json"
	"slices"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/archive"
	"lede/annotate/text"
)

// atOnce is how many bytes of lines are handed over at once.
const atOnce = 1 << 20

// readWhole brings a project back as it was.
func readWhole(ctx context.Context, src format.Source, begin func() (annotate.Restorer, error)) (bool, error) {
	zip, err := archive.Open(src, archive.Limits{Entry: 64 << 30})
	if err != nil {
		return false, err
	}
	defer func() { _ = zip.Close() }()
	if _, whole := zip.Find(historyFile); !whole {
		return false, nil
	}
	r := &reader{ctx: ctx, src: src, zip: zip, labels: map[annotate.ID]string{}, types: map[annotate.ID]string{}, people: map[annotate.ID]string{}}
	from, err := r.file(projectFile)
	if err != nil {
		return false, err
	}
	records, err := r.header(from)
	if err != nil {
		return false, err
	}
	into, err := begin()
	if err != nil {
		return false, err
	}
	for _, i := range r.imports {
		records = append(records, i)
	}
	if err := into.Records(ctx, records); err != nil {
		return true, format.NotWhole(from.At(0), err)
	}
	for _, step := range []step{
		r.wholeEntities(into), r.wholeArticles(articlesFile, into), r.wholeArticles(unseenFile, into), r.wholeHistory(into),
	} {
		if err := r.lines(step); err != nil {
			return true, err
		}
	}
	return true, nil
}

// step reads one file: what a line says gathers, and is given over.
type step struct {
	file  string
	parse func(at format.Place, raw string) error
	give  func(end bool) error
}

// lines reads a file line by line and gives over what has gathered, some at a time.
func (r *reader) lines(s step) error {
	src, err := r.file(s.file)
	if err != nil {
		return err
	}
	size, last := 0, src.At(0)
	for item := range src.JSONItems() {
		err := item.Err
		if err == nil {
			err = r.ctx.Err()
		}
		if err == nil {
			last, size = item.Place, size+len(item.Raw)
			err = s.parse(item.Place, item.Raw)
		}
		if err == nil && size > atOnce {
			size = 0
			err = s.give(false)
		}
		if err != nil {
			return format.NotWhole(item.Place, err)
		}
	}
	if err := s.give(true); err != nil {
		return format.NotWhole(last, err)
	}
	return nil
}

func (r *reader) wholeEntities(into annotate.Restorer) step {
	var some []annotate.Record
	return step{entitiesFile, func(at format.Place, raw string) error {
		x, err := r.record(at, annotate.KindEntity, json.RawMessage(raw))
		some = append(some, x)
		return err
	}, func(bool) error {
		defer func() { some = nil }()
		return into.Records(r.ctx, some)
	}}
}

func (r *reader) wholeArticles(file string, into annotate.Restorer) step {
	var some []annotate.Kept
	return step{file, func(at format.Place, raw string) error {
		k, err := r.kept(at, raw, file == articlesFile)
		some = append(some, k)
		return err
	}, func(bool) error {
		defer func() { some = nil }()
		return into.Articles(r.ctx, some)
	}}
}

func (r *reader) wholeHistory(into annotate.Restorer) step {
	var some []annotate.Change
	return step{historyFile, func(at format.Place, raw string) (err error) {
		some, err = r.parseChange(at, raw, some)
		return err
	}, func(end bool) error {
		ready := len(some)
		if !end {
			ready-- // the next line may go on with the last
		}
		given := some[:ready]
		some = slices.Clone(some[ready:])
		return into.History(r.ctx, given)
	}}
}

// kept is a line of articles.jsonl (seen) or unseen.jsonl as it is stored.
func (r *reader) kept(at format.Place, raw string, seen bool) (annotate.Kept, error) {
	var l line
	var k annotate.Kept
	if err := json.Unmarshal([]byte(raw), &l); err != nil {
		return k, format.Refuse(at, seeKeys, "the article is not what it should be: %s", err)
	}
	x, err := r.record(at, annotate.KindArticle, l.Article)
	if err != nil {
		return k, err
	}
	k.Article = x.(annotate.Article)
	k.State = annotate.ArticleState{ID: k.Article.ID, Presence: annotate.Live}
	if state, err := r.recordOrNone(at, annotate.KindArticleState, l.State); err != nil {
		return k, err
	} else if state != nil {
		k.State = state.(annotate.ArticleState)
	}
	switch {
	case l.Text != nil:
		if _, err := format.StoredText(at, k.Article, *l.Text); err != nil {
			return k, err
		}
		k.Text = text.New(*l.Text)
	case seen:
		return k, format.Refuse(at, seeKeys, "the article has no text")
	}
	for _, s := range l.Sets {
		d, err := r.setData(at, s)
		if err != nil {
			return k, err
		}
		k.Sets = append(k.Sets, d)
	}
	return k, nil
}

// setData is a set of a line as it is stored.
func (r *reader) setData(at format.Place, l lineSet) (d annotate.SetData, err error) {
	x, err := r.record(at, annotate.KindSet, l.Set)
	if err != nil {
		return d, err
	}
	d.Set = x.(annotate.AnnotationSet)
	for _, raw := range l.Spans {
		x, err := r.record(at, annotate.KindSpan, raw)
		if err != nil {
			return d, err
		}
		d.Spans = append(d.Spans, x.(annotate.Span))
	}
	for _, raw := range l.Relations {
		x, err := r.record(at, annotate.KindRelation, raw)
		if err != nil {
			return d, err
		}
		d.Relations = append(d.Relations, x.(annotate.Relation))
	}
	return d, nil
}

// tellUnread tells of a history and a bin that are not read.
func (r *reader) tellUnread(yield yielding) bool {
	for _, f := range []struct{ name, kind, what string }{
		{historyFile, "history", "changes of the history not read: they stand for themselves, and only a new project can take them over"},
		{unseenFile, "bin", "articles in the bin, or of undone imports, not read: only a new project can take them over"},
	} {
		e, ok := r.zip.Find(f.name)
		if !ok {
			continue
		}
		n := 0
		for item := range e.Source().JSONItems() {
			if item.Err == nil {
				item.Err = r.ctx.Err()
			}
			if item.Err != nil {
				return yield(nil, item.Err) && false
			}
			var goesOn struct{ Change string }
			if json.Unmarshal([]byte(item.Raw), &goesOn) != nil || goesOn.Change == "" {
				n++
			}
		}
		if n > 0 && !yield(format.LeftOut(e.Source().At(0), f.kind, f.what, n, ""), nil) {
			return false
		}
	}
	return true
}
