package textview

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"lede/annotate/text"
)

const golden = "VARNO — About 4,000 dock workers walked out on Monday.\n" +
	"“We were offered the same page,” said Ilse Brandvik. “Nobody goes back.”\n" +
	"قال وزير 2024 (NATO) غدا. שר החוץ אמר\n" +
	"abc שלום 12 דהו def 👩‍👩‍👧 e\u0301"

// goldens are readable: every word, fill and line with its place and colour.
func TestGoldens(t *testing.T) {
	r := newRig(t, golden, 560, 420)
	r.SetHeader("Dockers walk out", "Varno Tribune · 4 March 2026")
	badge := r.item("e", "event", "walked out")
	badge.Badge = "Protest"
	r.SetLayers([]Layer{{
		Items: []Item{
			r.item("a", "actor", "4,000 dock workers"), badge, r.item("n", "actor", "dock"),
			r.item("q", "quote", "“We were offered the same page,”", "“Nobody goes back.”"),
			r.item("c", "cue", "said"), r.item("s", "actor", "Ilse Brandvik"),
			r.item("r", "actor", "وزير 2024"), r.item("m", "event", "שלום 12 דהו def"),
		},
		Links:    []Link{{"l", "q", "s", "speaker"}},
		Editable: true,
	}})
	c := r.win.Canvas()
	test.AssertRendersToMarkup(t, "spans.xml", c)
	r.Choose("q")
	test.AssertRendersToMarkup(t, "chosen.xml", c)
	r.Choose("")
	r.SetTools([]Tool{{"a", "Actor", "actor", "1"}, {"m", "more…", "", ""}})
	r.drag(r.at(r.find("dock").Start), r.at(r.find("walked").Start), 0)
	test.AssertRendersToMarkup(t, "selection.xml", c)
	r.SetStyle(DarkStyle())
	r.SetChips(false)
	r.SetZoom(1.25)
	r.SetArmed("actor")
	test.AssertRendersToMarkup(t, "dark_zoomed.xml", c)
	if _, ok := r.Selection(); !ok {
		t.Error("the selection is gone")
	}
	r.SetText(text.New(""))
	test.AssertRendersToMarkup(t, "empty.xml", c)
}
