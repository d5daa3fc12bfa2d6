package articles

import (
	"fyne.io/fyne/v2"

	"lede/annotate"
)

// orders are the orders of the list as people say them: in the menu, on the chip, and
// what the other way round is.
var orders = map[annotate.ArticleSort][3]string{
	annotate.SortOrder:  {"Project order", "order", "Last first"},
	annotate.SortDate:   {"Date", "date", "Newest first"},
	annotate.SortTitle:  {"Title", "title", "Z to A"},
	annotate.SortStatus: {"Status", "status", "Done first"},
	annotate.SortSpans:  {"Number of spans", "spans", "Most first"},
	annotate.SortEdited: {"Last edited", "edited", "Newest first"},
}

func (p *Panel) refreshOrder() {
	by, descending := p.o.Session.List().Sorted()
	arrow := " ↑"
	if descending {
		arrow = " ↓"
	}
	if by == annotate.SortOrder && !descending {
		p.order.Set("order ▾", false)
		return
	}
	p.order.Set(orders[by][1]+arrow, true)
}

// pickOrder offers the orders. The newest and the most come first where one looks for
// them.
func (p *Panel) pickOrder(at fyne.CanvasObject) {
	by, descending := p.o.Session.List().Sorted()
	var items []*fyne.MenuItem
	for _, s := range annotate.ArticleSorts {
		item := fyne.NewMenuItem(orders[s][0], func() { p.sort(s, s == annotate.SortDate || s == annotate.SortSpans || s == annotate.SortEdited) })
		item.Checked = s == by
		items = append(items, item)
	}
	down := fyne.NewMenuItem(orders[by][2], func() { p.sort(by, !descending) })
	down.Checked = descending
	popUp(at, append(items, fyne.NewMenuItemSeparator(), down))
}

func (p *Panel) sort(by annotate.ArticleSort, descending bool) {
	p.rows.Top()
	p.o.Session.List().Sort(by, descending)
	p.o.Done()
}
