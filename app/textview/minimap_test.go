package textview

import (
	"image/color"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"pgregory.net/rapid"

	"lede/annotate/text"
)

// mapped are the marks on the map in a colour.
func mapped(r *rig, c color.Color) []*canvas.Rectangle {
	var out []*canvas.Rectangle
	for _, o := range r.paint.order[atBar] {
		if q, ok := o.(*canvas.Rectangle); ok && q.FillColor == c {
			out = append(out, q)
		}
	}
	return out
}

func mapRig(t *testing.T) *rig {
	r := newRig(t, strings.Repeat(news+"\n", 40)+"قال الوزير هنا.\n"+strings.Repeat(news+"\n", 60), 712, 400)
	r.SetLayers([]Layer{
		{Name: "own", Items: []Item{r.item("a", "actor", "harbour"), r.item("q", "quote", "الوزير")}, Editable: true},
		{Name: "hits", Items: []Item{{ID: "h", Fragments: []text.Range{{Start: r.Text().Len() - 20, End: r.Text().Len() - 15}}}}, Style: LayerStyle{Plain: true, Color: rgb(0xffd000)}},
	})
	return r
}

func TestMapShowsSpansHitsAndTheChosenOne(t *testing.T) {
	r := mapRig(t)
	quote, hit := mapped(r, testLabels()["quote"].Color), mapped(r, rgb(0xffd000))
	if len(quote) != 1 || len(hit) != 1 {
		t.Fatalf("%d marks of a span, %d of a hit; want 1 and 1", len(quote), len(hit))
	}
	if quote[0].Position().X+quote[0].Size().Width > hit[0].Position().X {
		t.Error("spans and hits share a half of the map")
	}
	if y := hit[0].Position().Y; y < 380 {
		t.Errorf("a hit at the end is marked at %g of 400", y)
	}
	r.Choose("q")
	chosen := mapped(r, testLabels()["quote"].Color)
	if len(chosen) != 2 || chosen[1].StrokeWidth == 0 || chosen[1].Size().Width < r.opts.Style.Strip-1 {
		t.Errorf("the chosen span stands out by nothing: %d marks", len(chosen))
	}
	r.SetLayer(1, Layer{Style: LayerStyle{Plain: true}})
	if q := mapped(r, testLabels()["quote"].Color)[0]; q.Size().Width < r.opts.Style.Strip-6 {
		t.Errorf("without hits, marks of spans are %g wide", q.Size().Width)
	}
}

// A click on a mark brings the span into sight, at whatever place it is.
func TestAClickOnAMarkShowsWhatItMarks(t *testing.T) {
	r := mapRig(t)
	q := mapped(r, testLabels()["quote"].Color)[0]
	r.click(fyne.NewPos(706, q.Position().Y+1), 0)
	if _, seen := r.LocateXY(r.find("الوزير").Start); !seen {
		t.Error("the quote is out of sight")
	}
	r.drag(fyne.NewPos(706, 200), fyne.NewPos(706, 395), 0)
	if _, seen := r.LocateXY(r.Text().Len() - 18); !seen {
		t.Errorf("dragged to the end, the end is out of sight: %g of %g", r.flow.Top(), r.flow.Total())
	}
	r.wantLog() // nothing was selected or chosen
}

// Whatever the article, every mark leads to its span and the thumb to what shows.
func TestMapIsTrueToTheText(t *testing.T) {
	r := newRig(t, "x", 712, 400)
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(30, 400).Draw(t, "paragraphs")
		s := strings.Repeat("one\n", n) + strings.Repeat(varied, rapid.IntRange(0, 60).Draw(t, "long")) + strings.Repeat("\nقال وزير", n)
		r.SetText(text.New(s))
		o := rapid.IntRange(0, r.Text().Len()-2).Draw(t, "offset")
		r.SetLayers([]Layer{{Items: []Item{{ID: "a", Label: "actor", Fragments: []text.Range{{Start: o, End: o + 1}}}}, Editable: true}})
		before0, before1, _ := r.thumb()
		m := mapped(r, testLabels()["actor"].Color)[0]
		at := m.Position().Y + 1
		r.click(fyne.NewPos(706, at), 0)
		if _, seen := r.LocateXY(o); !seen && (at < before0 || at >= before1) { // a press on the thumb only grabs it
			t.Fatalf("the mark of %d at %g leads to %g", o, at, r.flow.Top())
		}
		y0, y1, ok := r.thumb()
		mid := r.onMap(r.flow.Top() + 200)
		if !ok || y0 < 0 || y1 > 400 || mid < y0-1 || mid > y1+1 {
			t.Fatalf("the thumb is at %g–%g, what shows at %g", y0, y1, mid)
		}
	})
}

func TestHintOfTheMap(t *testing.T) {
	r := mapRig(t)
	q := mapped(r, testLabels()["quote"].Color)[0]
	r.hoverAt(fyne.NewPos(706, q.Position().Y+1))
	if got := tipTexts(r); !strings.Contains(got, "Quote 1") {
		t.Errorf("the hint says %q", got)
	}
	h := mapped(r, rgb(0xffd000))[0]
	r.hoverAt(fyne.NewPos(706, h.Position().Y+1))
	if got := tipTexts(r); !strings.Contains(got, "1 hit") {
		t.Errorf("the hint says %q", got)
	}
	r.hoverAt(fyne.NewPos(706, 1))
	if got := tipTexts(r); !strings.Contains(got, "Police") {
		t.Errorf("the hint of the start says %q", got)
	}
	r.hoverAt(fyne.NewPos(706, 399))
	if got := tipTexts(r); !strings.Contains(got, "second") {
		t.Errorf("the hint of the end says %q", got)
	}
	r.MouseOut()
	if got := tipTexts(r); got != "" {
		t.Errorf("the hint stays: %q", got)
	}
}

// Ten or a hundred thousand spans: as many marks as there are places for.
func TestMarksAreBounded(t *testing.T) {
	r := newRig(t, article(2_000_000), 712, 400)
	r.SetLayers([]Layer{{Items: someItems(2_000_000, 100_000), Editable: true}})
	if n := len(r.paint.order[atBar]); n > 2*buckets+4 {
		t.Errorf("%d objects in the scroll bar", n)
	}
}
