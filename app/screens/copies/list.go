package copies

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"lede/annotate"
	"lede/annotate/duplicates"
	"lede/app/screens/articles"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

// ctx is for what is over at once.
func ctx() context.Context { return context.Background() }

// search looks for copies, unless what was found before is good still.
func (s *Sheet) search() {
	store, by := s.o.Session.Store(), s.o.Session.Annotator().ID
	s.o.Session.Flush()
	position, err := store.Position(ctx())
	if err != nil {
		s.o.Tell(err)
		return
	}
	if k := s.o.Kept; k.found != nil && k.found.Threshold == s.threshold && k.position == position && k.by == by {
		s.put(k.found)
		return
	}
	s.put(nil)
	s.say("Comparing the articles …", theme.Dim)
	s.bar.Set(0)
	s.bar.Show()
	o := duplicates.Options{Threshold: s.threshold, Annotator: by}
	sheet.Start(&s.work, func(ctx context.Context, tell func(sheet.Progress)) (*duplicates.Found, error) {
		o.Progress = func(done, total int) { tell(sheet.Progress{Done: done, Total: total}) }
		return duplicates.Find(ctx, store, o)
	}, func(p sheet.Progress) {
		s.bar.Set(p.Part())
		s.say("Comparing the articles … "+sheet.Number(p.Done)+" of "+sheet.Number(p.Total), theme.Dim)
	}, func(f *duplicates.Found, err error) {
		s.bar.Hide()
		switch {
		case errors.Is(err, context.Canceled):
			s.say("Cancelled: choose how alike copies must be to look again.", theme.Warning)
		case err != nil:
			s.say(sheet.Sentence(err), theme.Danger)
		default:
			*s.o.Kept = Kept{f, position, by}
			s.put(f)
		}
	})
}

// put shows what was found, and the cluster of the open article if it is in one.
func (s *Sheet) put(f *duplicates.Found) {
	s.found, s.rows, s.current, s.plan = f, nil, -1, nil
	clear(s.bases)
	home := annotate.ID("")
	if doc := s.o.Session.Doc(); doc != nil {
		home = doc.Article.ID
	}
	s.empty.Text = ""
	if f != nil {
		for i, c := range f.Clusters {
			s.rows = append(s.rows, at{i, -1})
			for k, x := range c {
				if x.Article.ID == home {
					s.current = len(s.rows)
					if k == 0 {
						s.current++ // the first is what it is compared with
					}
				}
				s.rows = append(s.rows, at{i, k})
			}
		}
		if s.current < 0 && len(s.rows) > 2 {
			s.current = 2 // the first copy beside its base
		}
		s.say(fmt.Sprintf("%s with %s among %s", sheet.Count(len(f.Clusters), "cluster", "clusters"),
			sheet.Count(f.Copies, "copy", "copies"), sheet.Count(f.Searched, "article", "articles")), theme.Dim)
		if len(f.Clusters) == 0 {
			s.empty.Text = "No two articles are as alike as that. Try less."
		}
	}
	s.empty.Refresh()
	s.list.Top()
	s.visit(s.current)
}

// visit makes a row the present one.
func (s *Sheet) visit(row int) {
	if len(s.rows) > 0 {
		s.current = max(0, min(row, len(s.rows)-1))
		s.list.ScrollTo(s.current)
	}
	s.showRight()
}

func (s *Sheet) tapped(i int, _ bool) {
	s.o.Canvas.Focus(s.list)
	s.visit(i)
}

// lineOf is what a row of the list shows.
func (s *Sheet) lineOf(i int) content {
	row := s.rows[i]
	c := s.found.Clusters[row.cluster]
	if row.copy < 0 {
		return content{title: titleOf(c[s.baseOf(row.cluster)].Article), note: sheet.Number(len(c)) + " copies", head: true, chosen: i == s.current}
	}
	x := c[row.copy]
	var facts []string
	for _, f := range []string{x.Article.Source, articles.Date(x.Article, true)} {
		if f != "" {
			facts = append(facts, f)
		}
	}
	title := strings.Join(facts, " · ")
	if title == "" || row.copy != s.baseOf(row.cluster) && x.Article.Title != "" {
		title = strings.TrimPrefix(title+" · "+titleOf(x.Article), " · ")
	}
	note := fmt.Sprintf("%.0f %%", x.Alike*100)
	if row.copy == 0 {
		note = "first"
	}
	if x.Spans > 0 {
		note = sheet.Count(x.Spans, "span", "spans") + " · " + note
	}
	return content{title: title, note: note, base: row.copy == s.baseOf(row.cluster), chosen: i == s.current}
}

func titleOf(a annotate.Article) string {
	if a.Title != "" {
		return a.Title
	}
	return a.Ref
}

// showRight shows the differences of the chosen copy or the spans of its base.
func (s *Sheet) showRight() {
	s.side.Stop()
	s.plan = nil
	s.right.Objects = nil
	cluster, copied := s.here()
	switch {
	case cluster == nil:
	case s.carrying:
		s.propose(cluster)
	case copied != nil:
		s.compare(cluster, copied)
	default:
		s.right.Objects = append(s.right.Objects, widgets.NewPadded(widgets.Even(24, 20),
			widgets.NewColumn(0, widgets.NewLine("Choose a copy to see how it differs.", theme.TextSize, theme.Dim))))
	}
	s.right.Refresh()
	s.offer()
}
