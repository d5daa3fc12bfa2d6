package textview

import (
	"math"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"lede/annotate/text"
	"lede/app/textview/layout"
)

// Two shapers must agree: ours places the words, Fyne draws them.
func TestWidthsAgreeWithFyne(t *testing.T) {
	r := newRig(t, "", 712, 300)
	for _, s := range []string{
		"AVATAR To We fi office", "Straße ffi Ty. “P.”", "1,000.50 €", "Ελληνικά", "Кириллица",
		"قال وزير الخارجية", "שלום עולם", "e\u0301\u0323 n\u0303o", "(NATO)", "👩‍👩‍👧", "🇫🇷", "😀",
	} {
		for _, size := range []float32{13, 18, 26} {
			b := r.shaper.Layout(s, layout.Style{Chain: faces.serif, Size: size})
			for i := range b.Lines[0].Runs {
				run := &b.Lines[0].Runs[i]
				font := faces.resource(run.Face)
				for _, p := range b.Pieces(run) {
					got, base := fyne.CurrentApp().Driver().RenderedTextSize(p.Text, size, fyne.TextStyle{}, font)
					if math.Abs(float64(got.Width-p.W)) > 0.05 {
						t.Errorf("%q at %g in %s: we place %g, Fyne draws %g", p.Text, size, run.Face.Name(), p.W, got.Width)
					}
					if math.Abs(float64(base-run.Ascent)) > 0.05 || math.Abs(float64(got.Height-run.Height)) > 0.05 {
						t.Errorf("%q at %g: ascent %g of %g, Fyne says %g of %g", p.Text, size, run.Ascent, run.Height, base, got.Height)
					}
				}
			}
			if main := b.Lines[0].Runs[0]; main.Face == faces.serif.Main() && (math.Abs(float64(main.Ascent-b.Ascent)) > 0.05 || math.Abs(float64(main.Height-b.Height)) > 0.05) {
				t.Errorf("the block's ascent is %g of %g, its run's %g of %g", b.Ascent, b.Height, main.Ascent, main.Height)
			}
		}
	}
}

func TestNothingVisibleIsOutsideAndPoolsAreReused(t *testing.T) {
	r := newRig(t, strings.Repeat(news+"\n", 100), 712, 400)
	objects := func() (n int) {
		for _, o := range r.paint.Objects() {
			if s := o.Size(); s.Width < 0 || s.Height < 0 {
				t.Errorf("%T is %v large", o, s)
			}
			n++
		}
		return n
	}
	most := 0
	for range 50 {
		r.scrollBy(333)
		most = max(most, objects())
	}
	if len(r.paint.texts) > most+50 || most > 400 {
		t.Errorf("%d texts in the pool, at most %d objects showed", len(r.paint.texts), most)
	}
}

// texts are the strings of the frame that satisfy the predicate, in z order.
func texts(r *rig, keep func(*canvas.Text) bool) []string {
	var out []string
	for _, o := range r.paint.Objects() {
		if t, ok := o.(*canvas.Text); ok && keep(t) {
			out = append(out, t.Text)
		}
	}
	return out
}

func chips(r *rig) []string {
	return texts(r, func(t *canvas.Text) bool { return t.TextSize == r.chipSize() })
}

func TestChips(t *testing.T) {
	r := newRig(t, news, 712, 500)
	it := r.item("e", "event", "walked out")
	it.Badge = "protest"
	sug := r.item("s", "actor", "Nobody")
	sug.Provisional = true
	r.layer(it, r.item("q", "quote", "harbour", "tear gas"), sug)
	got := strings.Join(chips(r), "|")
	for _, want := range []string{"EVENT · PROTEST", "QUOTE · 2nd part", "ACTOR ?"} {
		if !strings.Contains(got, want) {
			t.Errorf("chips %q lack %q", got, want)
		}
	}
	r.SetChips(false)
	if c := chips(r); len(c) != 0 {
		t.Errorf("hidden chips: %q", c)
	}
	if r.flow.Metrics().Line != 30 {
		t.Errorf("lines are %d apart without chips", r.flow.Metrics().Line)
	}
}

func TestHiddenChipsStillJoinAndFill(t *testing.T) {
	r := newRig(t, news, 712, 500)
	r.layer(r.item("q", "quote", "harbour", "tear gas"))
	r.SetChips(false)
	if n := len(r.paint.order[atFill]); n != 2 {
		t.Errorf("%d fills, want 2", n)
	}
	if n := len(r.paint.order[atLine]); n < 10 {
		t.Errorf("%d line pieces: the fragments are not joined", n)
	}
}

func TestNestedItemsAreFilledOnceAndLinesAreSteps(t *testing.T) {
	r := newRig(t, news, 712, 500)
	r.layer(r.item("o", "actor", "The harbour workers"), r.item("i", "actor", "harbour"), r.item("p", "actor", "workers walked"))
	area := float32(0)
	for _, o := range r.paint.order[atFill] {
		area += o.Size().Width
	}
	x0, _ := r.LocateXY(0)
	x1, _ := r.LocateXY(r.find("workers walked").End)
	if d := area - (x1.X - x0.X); d < -2 || d > 2 {
		t.Errorf("fills are %g wide, the items cover %g", area, x1.X-x0.X)
	}
	var ys []float32
	for _, o := range r.paint.order[atLine] {
		if y := o.Position().Y; !slices.Contains(ys, y) {
			ys = append(ys, y)
		}
	}
	if len(ys) != 2 {
		t.Errorf("lines at %v, want two steps", ys)
	}
}

func TestPutAndRemoveItems(t *testing.T) {
	r := newRig(t, news, 712, 500)
	r.layer(r.item("a", "actor", "harbour"))
	r.PutItem(0, r.item("b", "event", "walked"))
	if got := chips(r); strings.Join(got, " ") != "ACTOR EVENT" {
		t.Errorf("chips %q", got)
	}
	r.PutItem(0, r.item("b", "quote", "walked out"))
	if got := chips(r); strings.Join(got, " ") != "ACTOR QUOTE" {
		t.Errorf("after a retag: %q", got)
	}
	r.RemoveItem(0, "a")
	r.RemoveItem(0, "nobody")
	r.RemoveItem(7, "a")
	if got := chips(r); strings.Join(got, " ") != "QUOTE" {
		t.Errorf("after a removal: %q", got)
	}
	r.PutItem(0, r.item("c", "actor", "Police")) // takes the free slot
	if n := len(r.items.slots); n != 2 {
		t.Errorf("%d slots for 2 items", n)
	}
	r.PutItem(0, Item{ID: "nothing", Label: "actor"})
	r.RemoveItem(0, "nothing")
	marked := map[string]int{}
	for b := range buckets {
		marked[r.items.marks.most(b)]++
	}
	if marked["quote"] != 1 || marked["actor"] != 1 || marked["event"] != 0 {
		t.Errorf("marks beside the scroll bar: %v", marked)
	}
}

func TestLayers(t *testing.T) {
	r := newRig(t, news, 712, 500)
	own := Layer{Items: []Item{r.item("a", "actor", "harbour")}, Editable: true}
	hits := Layer{Items: []Item{r.item("h", "", "Police"), r.item("h2", "", "gas")}, Style: LayerStyle{Plain: true, Color: rgb(0xffd000)}}
	r.SetLayers([]Layer{own, hits})
	if got := chips(r); len(got) != 1 {
		t.Errorf("a plain layer has chips: %q", got)
	}
	if n := len(r.paint.order[atFill]); n != 3 {
		t.Errorf("%d fills, want 3", n)
	}
	hits.Items = hits.Items[:1]
	r.SetLayer(1, hits)
	if n := len(r.paint.order[atFill]); n != 2 {
		t.Errorf("%d fills, want 2", n)
	}
	r.click(r.at(r.find("Police").Start), 0)
	r.wantLog() // search hits are not to be chosen
	r.SetLayer(0, Layer{})
	if n := len(r.paint.order[atFill]); n != 1 {
		t.Errorf("%d fills, want 1", n)
	}
	r.SetLayer(3, own)
	if got := chips(r); len(got) != 1 {
		t.Errorf("chips of a later layer: %q", got)
	}
}

func TestRevealAndScroll(t *testing.T) {
	r := newRig(t, strings.Repeat(news+"\n", 40), 712, 400)
	r.SetHeader("Title", "Facts")
	r.Reveal(text.Range{Start: 6, End: 9})
	if r.flow.Top() != 0 {
		t.Errorf("what is in sight made it scroll to %g", r.flow.Top())
	}
	far := text.Range{Start: 4000, End: 4010}
	r.Reveal(far)
	if p, ok := r.LocateXY(far.Start); !ok || p.Y < 80 || p.Y > 220 {
		t.Errorf("revealed at %v %v, want about a third from the top", p, ok)
	}
	top := r.flow.Top()
	r.Reveal(text.Range{Start: 4005, End: 4006})
	if r.flow.Top() != top {
		t.Error("it scrolled again")
	}
	r.Reveal(text.Range{Start: 0, End: 3})
	if r.flow.Top() != 0 {
		t.Errorf("revealing the start leaves the header at %g", r.flow.Top())
	}
	r.ScrollTo(2000)
	if o := r.ScrollPosition(); o > 2000 || o < 1850 {
		t.Errorf("scrolled to %d, want the line of 2000", o)
	}
	r.ScrollTo(0)
	if r.flow.Top() != 0 {
		t.Errorf("top is %g", r.flow.Top())
	}
	last := text.Range{Start: r.Text().Len() - 3, End: r.Text().Len()}
	r.Reveal(last)
	if _, ok := r.LocateXY(last.Start); !ok {
		t.Error("the end is out of sight")
	}
}

func TestHeaderScrollsWithTheText(t *testing.T) {
	r := newRig(t, strings.Repeat(news+"\n", 10), 712, 400)
	_, y := r.flow.Locate(0, false)
	r.SetHeader("Dockers walk out as port talks collapse and nobody knows why", "Tribune · 4 March")
	if _, now := r.flow.Locate(0, false); now < y+90 {
		t.Errorf("the text begins at %g below a title on two lines, was %g", now, y)
	}
	title := func() int {
		return len(texts(r, func(t *canvas.Text) bool { return t.TextSize == 25 }))
	}
	if n := title(); n != 11 {
		t.Errorf("%d words of the title show", n)
	}
	r.scrollBy(400)
	if n := title(); n != 0 {
		t.Errorf("%d words of the title show below", n)
	}
}

func TestResizeAndZoomKeepTheTop(t *testing.T) {
	r := newRig(t, strings.Repeat(news+"\n", 60), 712, 400)
	r.ScrollTo(3000)
	o := r.ScrollPosition()
	holds := func(what string) {
		t.Helper()
		l := r.flow.LineAt(r.flow.Top() + 1)
		if o < l.Start() || o > l.End() {
			t.Errorf("after %s the top line is [%d,%d), want it to hold %d", what, l.Start(), l.End(), o)
		}
	}
	r.SetZoom(1.5)
	holds("zoom")
	r.SetChips(false)
	holds("hiding chips")
	r.SetZoom(1)
	r.View.Resize(fyne.NewSize(420, 400))
	holds("a narrower window")
	r.SetReading(Reading{Sans: true})
	holds("another font")
}

func TestColumnIsCentredAndLimited(t *testing.T) {
	r := newRig(t, news, 1200, 400)
	if r.colW != 620 || r.colX != 290 {
		t.Errorf("column at %g, %g wide", r.colX, r.colW)
	}
	r.View.Resize(fyne.NewSize(712, 400))
	if r.colX != 46 || r.colW != 620 {
		t.Errorf("column at %g, %g wide", r.colX, r.colW)
	}
	r.View.Resize(fyne.NewSize(400, 400))
	if r.colX < 20 || r.colX+r.colW > 400-r.opts.Style.Strip {
		t.Errorf("column %g–%g in 400", r.colX, r.colX+r.colW)
	}
}

func TestLinks(t *testing.T) {
	r := newRig(t, strings.Repeat(news+"\n", 10), 712, 500)
	layer := Layer{Items: []Item{r.item("a", "quote", "harbour"), r.item("b", "actor", "Police"), r.item("c", "actor", "hurt")}, Editable: true}
	layer.Items = append(layer.Items, Item{ID: "far", Label: "actor", Fragments: []text.Range{{Start: 2000, End: 2010}}})
	layer.Links = []Link{{"1", "a", "b", "speaker"}, {"2", "b", "c", "about"}, {"3", "a", "far", "addressee"}, {"4", "a", "gone", "x"}}
	r.SetLayers([]Layer{layer})
	if n := len(r.paint.curves); n != 0 {
		t.Errorf("%d arcs without a chosen item", n)
	}
	r.Choose("a")
	if r.paint.nCurves != 2 {
		t.Errorf("%d arcs, want those of the chosen item: 2", r.paint.nCurves)
	}
	r.SetLinks(0, layer.Links[:1])
	if r.paint.nCurves != 1 {
		t.Errorf("%d arcs after links were taken away, want 1", r.paint.nCurves)
	}
	r.SetLinks(0, layer.Links)
	r.SetLinks(9, layer.Links)
	pills := texts(r, func(t *canvas.Text) bool { return t.TextSize == r.size(r.opts.Style.PillSize) })
	slices.Sort(pills)
	if strings.Join(pills, "|") != "addressee|"+r.Text().Slice(text.Range{Start: 2000, End: 2010})+"|speaker" {
		t.Errorf("labels %q", pills)
	}
	for _, c := range r.paint.curves[:2] {
		for _, p := range append(slices.Clone(c.ControlPoints), c.StartPoint, c.EndPoint) {
			if p.X < 0 || p.Y < 0 {
				t.Errorf("a curve's point %v is negative: Fyne does not draw that", p)
			}
		}
	}
}

func TestDottedLinesAreBounded(t *testing.T) {
	s := strings.Repeat("word ", 3000)
	r := newRig(t, s, 712, 700)
	var items []Item
	for i := range 3000 {
		items = append(items, Item{ID: strings.Repeat("x", i%7) + string(rune('a'+i%26)) + string(rune(0x4e00+i)), Label: "cue", Fragments: []text.Range{{Start: i * 5, End: i*5 + 4}}})
	}
	r.layer(items...)
	if n := len(r.paint.Objects()); n > 1500 {
		t.Errorf("%d objects on a screen full of dotted lines", n)
	}
}

func TestMissingGlyphsAreTold(t *testing.T) {
	r := newRig(t, "plain", 712, 300)
	r.SetText(text.New("北京"))
	if m := string(r.Missing()); !strings.Contains(m, "京") || !strings.Contains(m, "北") {
		t.Errorf("missing %q", m)
	}
}

func TestOrdinals(t *testing.T) {
	for n, want := range map[int]string{2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 12: "12th", 21: "21st", 112: "112th", 122: "122nd"} {
		if got := ordinal(n); got != want {
			t.Errorf("%d is %q", n, got)
		}
	}
}
