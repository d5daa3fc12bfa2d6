package warnings

import (
	"cmp"
	"context"
	"errors"
	"time"

	"lede/annotate"
	"lede/annotate/rules"
	"lede/app/screens/sheet"
)

const (
	most  = 50_000                 // warnings that are listed; all are counted
	often = 100 * time.Millisecond // between two lots that are shown
)

// lot is what was found since the last one.
type lot struct {
	articles []found
	checked  []annotate.ID
	beyond   int
}

// search looks for warnings in the whole project, in the background.
func (p *Panel) search() {
	p.work.Stop()
	p.turn++
	p.all, p.checked, p.beyond, p.stale = nil, map[annotate.ID]bool{}, 0, false
	p.stopped = false
	p.whose = p.o.Session.Shown().ID
	p.put()
	p.rebuild()
	if p.whose == "" {
		return // has not said anything yet
	}
	p.bar.Set(0)
	p.o.Session.Flush() // the store must answer with what is on screen
	turn, store, whose := p.turn, p.o.Session.Store(), p.whose
	show := func(l lot) {
		p.o.Dispatch(func() {
			if turn == p.turn {
				p.take(l)
			}
		})
	}
	sheet.Start(&p.work, func(ctx context.Context, tell func(sheet.Progress)) (struct{}, error) {
		return struct{}{}, scan(ctx, store, whose, show, tell)
	}, func(progress sheet.Progress) {
		p.bar.Set(progress.Part())
		p.progress = "Checked " + sheet.Number(progress.Done) + " of " + sheet.Count(progress.Total, "article", "articles")
		p.follow()
	}, func(_ struct{}, err error) {
		p.progress = ""
		switch {
		case errors.Is(err, context.Canceled):
			p.stopped = true
		case err != nil:
			p.o.Tell(err)
		}
		p.follow()
		p.listed()
	})
	p.follow()
}

// scan checks the work of one annotator in the whole project and hands it on in lots.
func scan(ctx context.Context, store annotate.Store, whose annotate.ID, show func(lot), tell func(sheet.Progress)) error {
	count, err := store.Count(ctx, annotate.ArticleQuery{})
	if err != nil {
		return err
	}
	checker, err := rules.OfProject(ctx, store)
	if err != nil {
		return err
	}
	var l lot
	last, done, kept := time.Now(), 0, 0
	for c, err := range checker.Scan(ctx, store, rules.Scope{Annotators: []annotate.ID{whose}}) {
		if err != nil {
			return err
		}
		doc := c.Document
		l.checked = append(l.checked, doc.Article.ID)
		for i, set := range doc.Sets {
			warnings := c.Warnings[i]
			if kept += len(warnings); kept > most {
				l.beyond += len(warnings)
				continue
			}
			if len(warnings) > 0 {
				l.articles = append(l.articles, found{
					id: doc.Article.ID, order: doc.Article.Order, title: cmp.Or(doc.Article.Title, doc.Article.Ref),
					entries: entriesOf(doc.Text, warnings, labels(set)),
				})
			}
		}
		done++
		tell(sheet.Progress{Done: done, Total: max(count.Total, done)})
		if now := time.Now(); now.Sub(last) >= often {
			show(l)
			l, last = lot{}, now
		}
	}
	show(l)
	return ctx.Err()
}

// labels finds the label of a span.
func labels(set annotate.SetData) func(annotate.ID) annotate.ID {
	byID := make(map[annotate.ID]annotate.ID, len(set.Spans))
	for _, s := range set.Spans {
		byID[s.ID] = s.Label
	}
	return func(id annotate.ID) annotate.ID { return byID[id] }
}

// take shows what was found since the last lot.
func (p *Panel) take(l lot) {
	p.all = append(p.all, l.articles...)
	p.beyond += l.beyond
	for _, id := range l.checked {
		p.checked[id] = true
	}
	if len(l.articles) == 0 {
		p.follow()
		return
	}
	p.put() // the open article may have changed since
	p.rebuild()
}
