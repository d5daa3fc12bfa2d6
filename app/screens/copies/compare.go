package copies

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate/drift"
	"lede/annotate/duplicates"
	"lede/annotate/text"
	"lede/app/screens/articles"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

// most is how many code points of each text are shown beside each other: what is set in
// one go. The comparison is of all.
const most = 12_000

// pair is a paragraph of both texts.
type pair struct{ old, now []widgets.Bit }

// compared is the differences of two articles.
type compared struct {
	pairs   []pair
	changed int  // places
	cut     bool // there is more
}

// compare shows the base and a copy beside each other.
func (s *Sheet) compare(cluster duplicates.Cluster, copied *duplicates.Copy) {
	base := cluster[s.baseOf(s.rows[s.current].cluster)]
	other := *copied
	if base.Article.ID == other.Article.ID {
		s.right.Objects = []fyne.CanvasObject{widgets.NewPadded(widgets.Even(24, 20), widgets.NewColumn(0,
			widgets.NewLine("This is the one with which the others are compared.", theme.TextSize, theme.Dim)))}
		return
	}
	store := s.o.Session.Store()
	sheet.Start(&s.side, func(ctx context.Context, _ func(sheet.Progress)) (compared, error) {
		_, a, err := store.Article(ctx, base.Article.ID)
		if err != nil {
			return compared{}, err
		}
		_, b, err := store.Article(ctx, other.Article.ID)
		if err != nil {
			return compared{}, err
		}
		return differences(a, b), nil
	}, func(sheet.Progress) {}, func(c compared, err error) {
		if err != nil {
			s.say(sheet.Sentence(err), theme.Danger)
			return
		}
		s.right.Objects = []fyne.CanvasObject{s.beside(base, other, c)}
		s.right.Refresh()
		words := "No word differs"
		if c.changed > 0 {
			words = sheet.Count(c.changed, "place differs", "places differ")
		}
		if c.cut {
			words += "; the beginnings are shown"
		}
		s.say(words+".", theme.Dim)
	})
}

// beside lays two texts out in columns, paragraph by paragraph.
func (s *Sheet) beside(a, b duplicates.Copy, c compared) fyne.CanvasObject {
	const gap = 24
	width := (s.sheet.Room.Width - listWidth - 3*gap - 12) / 2
	if width < 120 {
		width = 120
	}
	column := func(o fyne.CanvasObject) fyne.CanvasObject { return widgets.NewAtLeast(fyne.NewSize(width, 0), o) }
	head := func(x duplicates.Copy) fyne.CanvasObject {
		title := widgets.NewParagraph(titleOf(x.Article), theme.TextSize+1, width, theme.Text)
		title.Face, title.Lines = widgets.SerifBold, 2
		title.Elastic = true
		return column(widgets.NewColumn(2, title, widgets.NewElastic(strings.Trim(x.Article.Source+" · "+articles.Date(x.Article, false), " ·"), theme.SmallSize, theme.Dim)))
	}
	rows := []fyne.CanvasObject{top(gap, head(a), head(b)), widgets.NewHairline()}
	for _, p := range c.pairs {
		const spread = 21
		rows = append(rows, top(gap, column(widgets.NewRich(theme.TextSize, width, spread, p.old...)), column(widgets.NewRich(theme.TextSize, width, spread, p.now...))))
	}
	return container.NewVScroll(widgets.NewPadded(widgets.Pad{Left: gap, Top: 16, Right: gap, Bottom: 16}, widgets.NewColumn(10, rows...)))
}

// top puts two columns beside each other, at one height.
func top(gap float32, a, b fyne.CanvasObject) fyne.CanvasObject {
	return container.NewBorder(nil, nil, container.NewVBox(a), container.NewVBox(widgets.NewPadded(widgets.Pad{Left: gap}, b)))
}

// differences compares two texts; what one does not share stands out in it.
func differences(a, b *text.Text) compared {
	var c compared
	row := pair{}
	end := func() {
		if len(row.old)+len(row.now) > 0 {
			c.pairs, row = append(c.pairs, row), pair{}
		}
	}
	put := func(to *[]widgets.Bit, words string, back theme.Name) {
		if strings.TrimSpace(words) != "" {
			*to = append(*to, widgets.Bit{Text: words, Color: theme.Text, Back: back})
		}
	}
	for _, p := range drift.New(a, b).Pieces() {
		if !p.Same {
			c.changed++
		}
		if p.Old.Start > most || p.New.Start > most {
			c.cut = true
			continue
		}
		p.Old.End, p.New.End = min(p.Old.End, p.Old.Start+most), min(p.New.End, p.New.Start+most)
		old, now := a.Slice(p.Old), b.Slice(p.New)
		if !p.Same {
			put(&row.old, old, theme.Selection)
			put(&row.now, now, theme.Selection)
			continue
		}
		lines, same := strings.Split(old, "\n"), strings.Split(now, "\n")
		if len(lines) != len(same) { // one of them is set in other lines
			lines, same = []string{old}, []string{now}
		}
		for i := range lines {
			if i > 0 {
				end()
			}
			put(&row.old, lines[i], "")
			put(&row.now, same[i], "")
		}
	}
	end()
	return c
}
