package articles

import (
	"context"
	"errors"
	"sync"

	"lede/annotate"
	"lede/app/session"
)

// loader reads the list off the main goroutine: the first rows, then the counts.
// What was there stays on screen meanwhile.
type loader struct {
	turn     int // of the load: only the last one counts
	stop     context.CancelFunc
	busy     sync.WaitGroup
	loaded   bool         // something was read
	choosing int          // of what is selected: only the last one counts
	first    bool         // the first article is to be opened when it is there
	reading  map[int]bool // pages that are under way
}

// Reload reads the list anew.
func (p *Panel) Reload() {
	if p.stop != nil {
		p.stop()
	}
	ctx, cancel := context.WithCancel(context.Background())
	p.stop = cancel
	p.turn++
	turn := p.turn
	p.reading = map[int]bool{}
	list := p.o.Session.List()
	reading, filtered, known, asked := list.Reading(), list.Filtered(), p.known, p.outdated
	row, seen := p.sight()
	selected := p.everSelected()
	put := func(read *session.Read, err error) {
		p.o.Dispatch(func() { p.put(turn, read, err) })
	}
	p.aside(func() {
		if row > 0 {
			var err error
			if row, err = reading.Stay(ctx, row, seen); err != nil {
				put(nil, err)
				return
			}
		}
		rows, err := reading.Rows(ctx, row-margin, row+len(seen)+margin)
		put(rows, err)
		if err != nil {
			return
		}
		count, err := reading.Count(ctx)
		put(count, err)
		if err != nil {
			return
		}
		if len(selected) > 0 {
			has, err := reading.Among(ctx, selected)
			p.o.Dispatch(func() {
				if turn == p.turn && !p.failed(err) {
					p.keepSelected(selected, has)
				}
			})
		}
		if filtered {
			all, err := reading.CountAll(ctx)
			p.o.Dispatch(func() { p.counted(turn, all, err) })
		}
		if known {
			return
		}
		facets, err := reading.Facets(ctx)
		p.o.Dispatch(func() { p.found(asked, facets, err) })
	})
}

// margin is how many rows are read before those in sight and after them.
const margin = 20

// sight are the articles in sight, from a row on: what stays where it is when the list is
// read anew. The open one does not count, which may be about to move.
func (p *Panel) sight() (row int, seen []annotate.ID) {
	list := p.o.Session.List()
	if p.first || list.Anew() {
		return 0, nil
	}
	row, n := p.rows.Sight()
	for i := row; i < row+n; i++ {
		data, ok := list.Peek(i)
		if !ok {
			break
		}
		seen = append(seen, data.Article.ID)
	}
	return row, seen
}

// OpenFirst opens the first article once the list is read.
func (p *Panel) OpenFirst() {
	p.first = true
	p.Reload()
}

// aside reads in the background; End waits for it.
func (p *Panel) aside(read func()) {
	p.busy.Add(1)
	p.o.Aside(func() {
		defer p.busy.Done()
		read()
	})
}

// End gives up what is being read, so that the project can be closed.
func (p *Panel) End() {
	p.turn++
	if p.stop != nil {
		p.stop()
	}
	p.busy.Wait()
}

// put takes in what was read, unless it is out of date.
func (p *Panel) put(turn int, read *session.Read, err error) {
	if turn != p.turn || p.failed(err) {
		return
	}
	list := p.o.Session.List()
	if !list.Take(read) {
		p.Reload()
		return
	}
	p.loaded = true
	if !list.Filtered() {
		p.all = list.Count()
	}
	p.shift(read.Shift())
	p.Refresh()
	p.follow()
	if row, ok := list.Peek(0); p.first && ok {
		p.first = false
		p.o.Open(row.Article.ID)
		p.o.Done()
	}
}

func (p *Panel) counted(turn int, all annotate.ArticleCount, err error) {
	if turn != p.turn || p.failed(err) {
		return
	}
	p.all = all
	p.Refresh()
}

// found takes in what there is to ask for, whatever the filter was, unless articles
// have changed meanwhile.
func (p *Panel) found(asked int, facets *annotate.Facets, err error) {
	if asked != p.outdated || p.failed(err) {
		return
	}
	p.facets, p.known = *facets, true
	if p.o.Canvas.Focused() == p.search {
		p.suggest()
	}
	p.Refresh()
}

func (p *Panel) failed(err error) bool {
	switch {
	case err == nil:
		return false
	case errors.Is(err, context.Canceled):
	case !p.loaded:
		p.o.Unlisted(err)
	default:
		p.o.Tell(err)
	}
	return true
}

// shift goes with what is on screen, which stands some rows further down now.
func (p *Panel) shift(rows int) {
	p.rows.Shift(rows)
	if p.selected.anchor >= 0 {
		p.selected.anchor, p.selected.far = max(0, p.selected.anchor+rows), max(0, p.selected.far+rows)
	}
}

// follow brings the open article into sight once its row is known: it may stand anywhere in
// the list. The rows beside it are read, too: the next article is one of them.
func (p *Panel) follow() {
	doc, list := p.o.Session.Doc(), p.o.Session.List()
	if doc == nil {
		return
	}
	i := list.Index(doc.Article.ID)
	if i >= 0 {
		for _, beside := range []int{i - 1, i + 1} {
			if beside >= 0 && beside < list.Len() && list.Current() && list.Unread(beside) {
				p.want(beside)
			}
		}
	}
	switch {
	case !p.reveal:
	case i >= 0:
		p.reveal = false
		p.rows.ScrollTo(i)
	case list.Counted() && p.hunted != p.turn:
		p.hunt(doc.Article.ID)
	}
}

// hunt looks for the row of an article that is on no page that was read.
func (p *Panel) hunt(article annotate.ID) {
	p.hunted = p.turn
	turn, hunting := p.turn, p.opened
	reading := p.o.Session.List().More()
	p.aside(func() {
		read, err := reading.Around(context.Background(), article, margin)
		p.o.Dispatch(func() {
			if turn != p.turn || hunting != p.opened {
				return
			}
			if read == nil && err == nil {
				p.reveal = false // the list has it not
				return
			}
			p.put(turn, read, err)
		})
	})
}

// want reads the page of a row that is in sight.
func (p *Panel) want(row int) {
	const page = 100
	if p.reading == nil || p.reading[row/page] || !p.o.Session.List().Unread(row) {
		return
	}
	p.reading[row/page] = true
	turn := p.turn
	reading := p.o.Session.List().More()
	p.aside(func() {
		read, err := reading.Rows(context.Background(), row, row)
		p.o.Dispatch(func() {
			if turn == p.turn {
				delete(p.reading, row/page)
				p.put(turn, read, err)
			}
		})
	})
}
