// Package picker is the popover in which a label is found by a part of its name,
// for schemas with more labels than digits and for hands that stay on the keys.
// It knows labels only as what they look like; who opens it gives them meaning.
package picker

import (
	"fyne.io/fyne/v2"

	"lede/app/screens/sheet"
	"lede/app/widgets"
)

// Label is a label that can be picked.
type Label struct {
	ID    string
	Title string
	Key   string // its hotkey, "" for none
	Mark  widgets.Mark
}

// Options is what the picker needs.
type Options struct {
	Canvas fyne.Canvas
	At     *fyne.Position // below the selection; nil = the upper middle of the window
	Hint   string         // what is picked for, as "Tag as …"
	Labels []Label        // the likeliest first
	None   string         // where nothing is found; "" = of labels
	Width  float32        // 0 = that of labels
	Rows   int            // in sight, at most; 0 = as for labels
	ByKey  bool           // a label's key picks it while nothing is typed
	Pick   func(id string)
	Gone   func() // after it was closed without a choice; may be nil
}

// Open shows the labels. Enter picks the chosen one, after the popover is gone.
func Open(o Options) *sheet.Finder {
	var items []sheet.Found
	for _, l := range o.Labels {
		items = append(items, sheet.Found{Title: l.Title, Key: l.Key, Mark: &l.Mark})
	}
	if o.None == "" {
		o.None = "No label is called that."
	}
	if o.Rows == 0 {
		o.Rows = 9
	}
	if o.Width == 0 {
		o.Width = 280
	}
	return sheet.Find(sheet.FinderOptions{
		Canvas: o.Canvas, At: o.At, Items: items, Hint: o.Hint, None: o.None, ByKey: o.ByKey,
		Width: o.Width, Rows: o.Rows, Pick: func(i int) { o.Pick(o.Labels[i].ID) }, Gone: o.Gone,
	})
}
