package restore

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/app/backups"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

// waiting is shown while a backup is compared.
func (s *Screen) waiting() fyne.CanvasObject {
	return container.NewVBox(widgets.NewColumn(10, widgets.NewLine("Comparing it with the project…", theme.TextSize, theme.Dim), s.bar))
}

// damaged is shown of a backup that cannot be read.
func (s *Screen) damaged(why string) fyne.CanvasObject {
	return container.NewVBox(sheet.NewBox(theme.Danger, widgets.NewColumn(6,
		head("This backup is damaged", theme.Danger),
		widgets.NewParagraph(why, theme.TextSize, s.width-28, theme.Text),
		widgets.NewParagraph("It is left as it is. Choose another one.", theme.TextSize, s.width-28, theme.Dim))))
}

// difference says what going back would change.
func (s *Screen) difference(d *backups.Difference, unread error) fyne.CanvasObject {
	lines := []fyne.CanvasObject{}
	if unread != nil {
		lines = append(lines, sheet.NewBox(theme.Warning, widgets.NewColumn(6,
			head("The project itself cannot be read", theme.Text),
			widgets.NewParagraph(sheet.Sentence(unread), theme.TextSize, s.width-28, theme.Text),
			widgets.NewParagraph("The file is kept when you restore.", theme.TextSize, s.width-28, theme.Dim))))
	}
	holds := "The backup has " + count(backups.Count{Articles: d.Then.Articles, Spans: d.Then.Spans}) + "."
	if unread == nil {
		holds = strings.TrimSuffix(holds, ".") + "; the project now has " + count(backups.Count{Articles: d.Now.Articles, Spans: d.Now.Spans}) + "."
	}
	lines = append(lines, s.words(holds, theme.Text))
	if last := d.Then.Last; last.Title != "" {
		lines = append(lines, s.words(fmt.Sprintf("The last change in it: “%s”, %s, by %s.", last.Title, last.At().In(s.o.Now.Location()).Format("2 January 2006, 15:04"), last.Actor), theme.Dim))
	}
	if unread != nil {
		return container.NewVBox(widgets.NewColumn(8, lines...))
	}
	lines = append(lines, widgets.NewSpace(0, 4), s.changes(d))
	top := widgets.NewPadded(widgets.Pad{Bottom: 10}, widgets.NewColumn(8, lines...))
	if len(d.Articles) == 0 {
		return container.NewVBox(top)
	}
	return widgets.NewFrame(top, nil, nil, nil, s.articles(d))
}

// changes counts what would go, come back and change.
func (s *Screen) changes(d *backups.Difference) fyne.CanvasObject {
	if d.None() {
		words := "It holds the same articles, spans and labels as the project."
		if d.Steps > 0 {
			words += " " + sheet.Count(int(d.Steps), "step", "steps") + " that changed nothing in the end would be gone from the history."
		}
		return s.words(words, theme.Success)
	}
	var rows []fyne.CanvasObject
	row := func(title, says string, tone theme.Name) {
		rows = append(rows, sheet.NewRow(title, widgets.NewElastic(says, theme.TextSize, tone)))
	}
	none := backups.Count{}
	if d.Lost != none {
		row("Would be gone", count(d.Lost), theme.Danger)
	}
	if d.Back != none {
		row("Would come back", count(d.Back), theme.Success)
	}
	if d.Changed > 0 {
		row("As it was then", sheet.Count(d.Changed, "span", "spans"), theme.Text)
	}
	if d.Schema {
		row("Schema", "would be another one", theme.Text)
	}
	if d.Steps > 0 {
		row("History", sheet.Count(int(d.Steps), "step was", "steps were")+" made since", theme.Dim)
	}
	return widgets.NewColumn(2, rows...)
}

const articleRow float32 = 26

// articles lists those that would change.
func (s *Screen) articles(d *backups.Difference) fyne.CanvasObject {
	list := widgets.NewRows(articleRow)
	list.Count = func() int { return len(d.Articles) }
	list.Make = func() fyne.CanvasObject {
		return widgets.NewStretch(12, 0, widgets.NewElastic("", theme.TextSize, theme.Text), widgets.NewLine("", theme.SmallSize, theme.Dim))
	}
	list.Fill = func(i int, o fyne.CanvasObject) {
		row, a := o.(*fyne.Container), d.Articles[i]
		title := a.Article.Title
		if title == "" {
			title = a.Article.Ref
		}
		row.Objects[0].(*widgets.Words).SetText(strings.Join(strings.Fields(title), " "))
		row.Objects[1].(*widgets.Words).SetText(becomes(a))
		row.Refresh()
	}
	list.OnStep = func(steps int) {
		list.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -articleRow*float32(steps))})
	}
	list.OnEnter = s.sheet.Done
	titles := "Articles that would change"
	if len(d.Articles) == backups.Most {
		titles = fmt.Sprintf("The first %d articles that would change", backups.Most)
	}
	return widgets.NewFrame(widgets.NewPadded(widgets.Pad{Top: 8, Bottom: 4}, widgets.NewHead(titles)), nil, nil, nil, list)
}

// becomes says what would become of an article.
func becomes(a backups.ArticleDifference) string {
	switch {
	case a.Gone:
		return "gone, with " + sheet.Count(a.Lost, "span", "spans")
	case a.Back:
		return "comes back, with " + sheet.Count(a.Returned, "span", "spans")
	}
	var parts []string
	for _, p := range []struct {
		n    int
		sign string
	}{{a.Lost, "−"}, {a.Returned, "+"}} {
		if p.n > 0 {
			parts = append(parts, p.sign+sheet.Count(p.n, "span", "spans"))
		}
	}
	if a.Changed > 0 {
		parts = append(parts, sheet.Number(a.Changed)+" changed")
	}
	if len(parts) == 0 {
		return "status, facts or relations"
	}
	return strings.Join(parts, ", ")
}

func count(c backups.Count) string {
	return sheet.Count(c.Articles, "article", "articles") + ", " + sheet.Count(c.Spans, "span", "spans")
}

func (s *Screen) words(words string, tone theme.Name) fyne.CanvasObject {
	return widgets.NewParagraph(words, theme.TextSize, s.width, tone)
}

func head(words string, tone theme.Name) fyne.CanvasObject {
	w := widgets.NewElastic(words, theme.TextSize, tone)
	w.Face = widgets.SansBold
	return w
}

func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}
