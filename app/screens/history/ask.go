package history

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/app/widgets"
)

// times are what can be chosen of when changes were made: so many days, today among
// them; 0 is all.
var times = []struct {
	title string
	days  int
}{{"Any time", 0}, {"Today", 1}, {"Last 7 days", 7}, {"Last 30 days", 30}, {"Last 365 days", 365}}

// topics are what can be chosen of what changes are about.
var topics = []struct {
	title string
	topic annotate.Topic
}{
	{"All changes", ""},
	{"Spans and relations", annotate.TopicAnnotations},
	{"Articles: facts, status, notes", annotate.TopicArticles},
	{"Entities", annotate.TopicEntities},
	{"Schema", annotate.TopicSchema},
	{"Imports", annotate.TopicImports},
}

// ask is what is asked of the history.
func (p *Panel) ask() annotate.PastQuery {
	q := p.query
	q.Words = strings.Fields(p.search.Text)
	if days := times[p.when].days; days > 0 {
		now := p.o.Now()
		q.From = time.Date(now.Year(), now.Month(), now.Day()-days+1, 0, 0, 0, 0, now.Location())
	}
	if doc := p.o.Session.Doc(); p.here && doc != nil {
		q.Article = doc.Article.ID
	}
	return q
}

// asked says whether anything but the whole history is listed.
func (p *Panel) asked() bool {
	q := p.ask()
	return p.here || !q.Plain()
}

func (p *Panel) pickWho() {
	actors, err := p.o.Session.Store().Actors(context.Background())
	if err != nil {
		p.o.Tell(err)
		return
	}
	menu := fyne.NewMenu("")
	for _, name := range append([]string{""}, actors...) {
		title := name
		if name == "" {
			title = "Everybody"
		}
		p.item(menu, title, p.query.Actor == name, func() { p.query.Actor = name })
	}
	widgets.ShowMenuAbove(menu, p.o.Canvas, p.pickers[0])
}

func (p *Panel) pickAbout() {
	menu := fyne.NewMenu("")
	for _, t := range topics {
		p.item(menu, t.title, p.query.Topic == t.topic, func() { p.query.Topic = t.topic })
	}
	widgets.ShowMenuAbove(menu, p.o.Canvas, p.pickers[1])
}

func (p *Panel) pickWhen() {
	menu := fyne.NewMenu("")
	for i, t := range times {
		p.item(menu, t.title, p.when == i, func() { p.when = i })
	}
	widgets.ShowMenuAbove(menu, p.o.Canvas, p.pickers[2])
}

func (p *Panel) item(menu *fyne.Menu, title string, chosen bool, choose func()) {
	item := fyne.NewMenuItem(title, func() {
		choose()
		p.anew()
	})
	item.Checked = chosen
	menu.Items = append(menu.Items, item)
}

// topicTitle is what a topic is called.
func topicTitle(topic annotate.Topic) string {
	for _, t := range topics {
		if t.topic == topic {
			return t.title
		}
	}
	return string(topic)
}
