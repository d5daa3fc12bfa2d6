package finder

import (
	"context"
	"errors"
	"time"

	"lede/annotate"
	"lede/annotate/find"
	"lede/annotate/text"
	"lede/app/screens/reader"
	"lede/app/screens/sheet"
	"lede/app/session"
	"lede/app/theme"
)

// search lists the places anew.
func (a *All) search() {
	a.work.Stop()
	m, err := find.Compile(a.query)
	if bad := fault(err); bad != "" || a.query.Text == "" {
		a.put(find.Found{})
		a.say(bad, theme.Danger)
		return
	}
	scope := find.Scope{
		Annotator: a.o.Session.Shown().ID, Articles: []annotate.ID{a.home},
		Except: a.home, ExceptAt: a.o.Except, Keep: most,
	}
	store := a.o.Session.Store()
	if a.project {
		scope.Articles = nil
	}
	a.say("Searching …", theme.Dim)
	a.bar.Set(0)
	a.bar.Show()
	a.o.Session.Flush()
	sheet.Start(&a.work, func(ctx context.Context, tell func(sheet.Progress)) (find.Found, error) {
		count, err := store.Count(ctx, annotate.ArticleQuery{})
		if err != nil {
			return find.Found{}, err
		}
		total := count.Total
		if len(scope.Articles) > 0 {
			total = len(scope.Articles)
		}
		scope.Progress = func(done, _ int) { tell(sheet.Progress{Done: done, Total: max(total, done)}) }
		return find.Scan(ctx, store, m, scope)
	}, func(p sheet.Progress) {
		a.bar.Set(p.Part())
		a.say("Searching … "+sheet.Number(p.Done)+" of "+sheet.Count(p.Total, "article", "articles"), theme.Dim)
	}, func(f find.Found, err error) {
		a.bar.Hide()
		a.put(f)
		switch {
		case errors.Is(err, context.Canceled):
			a.say("Stopped: these are the places in the first "+sheet.Count(f.Searched, "article", "articles")+".", theme.Warning)
		case err != nil:
			a.o.Tell(err)
		}
	})
}

// put shows what was found, ticked where nothing is yet.
func (a *All) put(f find.Found) {
	a.found = f
	a.rows = a.rows[:0]
	for i, article := range f.Articles {
		a.rows = append(a.rows, ^i)
		for k := range article.Count {
			a.rows = append(a.rows, article.First+k)
		}
	}
	a.current = min(1, len(a.rows)-1)
	a.list.Top()
	a.reset()
}

// reset ticks the places at which no span is in the way.
func (a *All) reset() {
	a.ticks = make([]bool, len(a.found.Places))
	a.ticked = 0
	for i := range a.ticks {
		if st := a.state(i); st.can && st.free {
			a.ticks[i] = true
			a.ticked++
		}
	}
	a.summarize()
	a.offer()
}

func (a *All) summarize() {
	words := sheet.Count(a.found.Count, "other place", "other places")
	if a.o.Except.Empty() {
		words = sheet.Count(a.found.Count, "place", "places")
	}
	a.empty.Text = ""
	switch {
	case a.found.Count > 0 || a.query.Text == "" || a.says.Color == theme.Danger:
	case a.project:
		a.empty.Text = "Nothing else in the project is like this."
	default:
		a.empty.Text = "Nothing else in this article is like this. Try the whole project."
	}
	a.empty.Refresh()
	if n := len(a.found.Articles); n > 1 {
		words += " in " + sheet.Number(n) + " articles"
	}
	if listed := len(a.found.Places); listed < a.found.Count {
		words += "; the first " + sheet.Number(listed) + " are listed"
	}
	a.say(words, theme.Dim)
}

// standing is how a place stands to the spans that are there.
type standing struct {
	can   bool   // it can be labelled: it is not just so already
	free  bool   // no span is there
	words string // what is there
}

func (a *All) state(i int) standing {
	label, st := a.chosen().ID, standing{can: true, free: true}
	for _, o := range a.found.Places[i].Others {
		l, _ := a.o.Session.Schema().Label(o.Label)
		title := reader.LabelTitle(l)
		switch {
		case o.Same && o.Label == label:
			return standing{words: "already " + title}
		case !st.free:
		case o.Same:
			st = standing{can: true, words: "is " + title}
		default:
			st = standing{can: true, words: "overlaps " + title + " “" + o.Quote + "”"}
		}
	}
	return st
}

// toggle ticks what is at a row, or lets it go; at the head of an article, all of
// it.
func (a *All) toggle(row int) {
	if row < 0 || row >= len(a.rows) || a.writing {
		return
	}
	if i := a.rows[row]; i >= 0 {
		a.tick(i, !a.ticks[i])
	} else {
		article := a.found.Articles[^i]
		on := a.tickedOf(article) == 0
		for k := range article.Count {
			a.tick(article.First+k, on)
		}
	}
	a.offer()
}

func (a *All) tick(i int, on bool) {
	if a.ticks[i] == on || on && !a.state(i).can {
		return
	}
	a.ticks[i] = on
	if on {
		a.ticked++
	} else {
		a.ticked--
	}
}

func (a *All) tickAll(on bool) {
	for i := range a.ticks {
		a.tick(i, on)
	}
	a.offer()
}

func (a *All) tickedOf(article find.Article) int {
	n := 0
	for _, on := range a.ticks[article.First : article.First+article.Count] {
		if on {
			n++
		}
	}
	return n
}

// step goes through the list, and shows the place once the keys rest.
func (a *All) step(by int) {
	a.visit(max(0, min(a.current+by, len(a.rows)-1)))
}

// visit makes a row the present one and shows its place behind the sheet.
func (a *All) visit(row int) {
	const rest = 120 * time.Millisecond
	if row < 0 || row >= len(a.rows) {
		return
	}
	a.current = row
	a.list.ScrollTo(row)
	a.list.Refresh()
	i := a.rows[row]
	if i < 0 {
		return
	}
	a.turn++
	turn := a.turn
	a.o.Later(rest, func() {
		if turn == a.turn && a.Shown() && i < len(a.found.Places) {
			place := a.found.Places[i]
			a.o.Go(a.found.Articles[place.Article].ID, place.At)
		}
	})
}

// cancel ends what is under way, or closes the sheet.
func (a *All) cancel() {
	if a.work.Busy() {
		a.work.Cancel()
		return
	}
	a.sheet.Close()
}

// apply gives the label to all that is ticked, as one change.
func (a *All) apply() {
	if a.ticked == 0 || a.writing || a.work.Busy() {
		return
	}
	places := map[annotate.ID][]text.Range{}
	for i, on := range a.ticks {
		if on {
			p := a.found.Places[i]
			id := a.found.Articles[p.Article].ID
			places[id] = append(places[id], p.At)
		}
	}
	like := annotate.Span{Label: a.chosen().ID}
	if a.copies && like.Label == a.o.Like.Label {
		like.Attributes, like.Entity = a.o.Like.Attributes, a.o.Like.Entity
	}
	bulk, err := a.o.Session.TagAll(like, a.query.Text, places)
	if err != nil {
		a.o.Tell(err)
		return
	}
	a.writing = true
	a.bar.Set(0)
	a.bar.Show()
	a.say("Labelling …", theme.Dim)
	a.offer()
	a.write(bulk)
}

func (a *All) write(bulk *session.Bulk) {
	sheet.Start(&a.work, func(ctx context.Context, tell func(sheet.Progress)) (struct{}, error) {
		return struct{}{}, bulk.Write(ctx, func(done, total int) { tell(sheet.Progress{Done: done, Total: total}) })
	}, func(p sheet.Progress) { a.bar.Set(p.Part()) },
		func(_ struct{}, err error) {
			a.writing = false
			a.bar.Hide()
			switch {
			case errors.Is(err, context.Canceled):
				a.offer()
				a.say("Nothing was labelled.", theme.Warning)
			case err != nil && !errors.Is(err, annotate.ErrNothing):
				a.offer()
				a.say("Nothing was labelled. "+sheet.Sentence(err), theme.Danger)
			default:
				a.sheet.Close()
				if err == nil {
					a.o.Tell(a.o.Session.Wrote(context.Background(), bulk))
				}
				a.o.Done(bulk.Spans())
			}
		})
}
