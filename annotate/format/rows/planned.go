package rows

import "lede/annotate/format"

// Planned is the article of a row of any table, by what its columns were found to be.
func Planned(plan *format.ColumnPlan, cells []Cell, at format.Place) *format.Article {
	a := &format.Article{Place: at}
	for i, c := range cells {
		switch c.Kind {
		case None:
		case Text:
			plan.Put(a, i, c.Text)
		default:
			plan.PutValue(a, i, string(c.Value()))
		}
	}
	return a
}
