package status

import (
	"fmt"

	"lede/annotate/text"
	"lede/app/theme"
	"lede/app/widgets"
)

// warned says how many warnings the open article has, and opens their list.
type warned struct {
	surface *widgets.Surface
	words   *widgets.Words
	count   int
	at      string // the warning that was gone to, "" for none
}

func newWarned(open func()) *warned {
	w := &warned{words: widgets.NewLine("", theme.SmallSize, theme.Dim)}
	w.surface = tight(widgets.NewRow(4, widgets.NewIcon(widgets.IconWarn, 13, theme.Warning), w.words), open)
	w.surface.Hide()
	return w
}

// Warned shows how many warnings the open article has, and what one of them says that
// was gone to; "" for none.
func (b *Bar) Warned(count int, at string) {
	const most = 60 // characters of a sentence
	w := b.warned
	if w.count == count && w.at == at {
		return
	}
	w.count, w.at = count, at
	switch {
	case at != "":
		w.words.Text = text.Brief(at, most)
	case count == 1:
		w.words.Text = "1 warning"
	default:
		w.words.Text = fmt.Sprintf("%d warnings", count)
	}
	if count == 0 {
		w.surface.Hide()
	} else {
		w.surface.Show()
	}
	w.words.Refresh()
	b.row.Refresh()
}
