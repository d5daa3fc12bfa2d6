package opener

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/app/screens/articles"
	"lede/app/screens/sheet"
	"lede/app/widgets"
)

// Options is what the panel needs.
type Options struct {
	Canvas    fyne.Canvas
	Store     annotate.Store
	Annotator annotate.ID   // whose status the dots show
	Here      annotate.ID   // the open article, which is not offered while nothing is typed
	Recent    []annotate.ID // shown first while nothing is typed, the latest first
	Hint      string        // in the empty field
	Dispatch  func(func())  // calls on the main goroutine
	Aside     func(func())  // calls elsewhere
	Tell      func(error)
	Pick      func(annotate.ID) // called after the panel is gone
	Gone      func()            // after it is gone without a choice; may be nil
}

// Open shows the panel.
func Open(o Options) *sheet.Finder {
	p := &panel{o: o, stop: func() {}}
	f := sheet.Find(sheet.FinderOptions{
		Canvas: o.Canvas, Hint: o.Hint, None: "No article is called that.", Width: 680, Rows: 12,
		Search: p.search, Gone: o.Gone,
		Pick: func(i int) { o.Pick(p.shown[i].Article.ID) },
	})
	f.Sheet.OnClose = func() { p.stop() }
	return f
}

// panel follows what is typed.
type panel struct {
	o     Options
	stop  context.CancelFunc // ends the look-up that is under way
	shown []Row
}

func (p *panel) search(f *sheet.Finder, typed string) {
	p.stop()
	ctx, stop := context.WithCancel(context.Background())
	p.stop = stop
	look := Lookup{Store: p.o.Store, Annotator: p.o.Annotator, Here: p.o.Here, Recent: p.o.Recent}
	p.o.Aside(func() {
		rows, err := look.Find(ctx, typed)
		p.o.Dispatch(func() {
			if ctx.Err() != nil {
				return // something else was typed, or the panel is gone
			}
			if err != nil {
				p.o.Tell(err)
			}
			p.shown = rows
			f.Show(lines(rows))
		})
	})
}

func lines(rows []Row) []sheet.Found {
	found := make([]sheet.Found, len(rows))
	for i, r := range rows {
		state, number := articles.StateOf(r.ArticleRow), ""
		if r.Number > 0 {
			number = fmt.Sprintf("#%d", r.Number)
		}
		found[i] = sheet.Found{
			Title: articles.TitleOf(r.Article), Dot: &state,
			Key: widgets.Facts(number, r.Article.Source, articles.Date(r.Article, true)),
		}
	}
	return found
}
