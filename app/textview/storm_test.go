package textview

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"pgregory.net/rapid"

	"lede/annotate/text"
)

// Whatever people do, in whatever order: nothing panics, and what the view tells
// is within the text, trimmed, and on grapheme borders.
func TestStormOfGestures(t *testing.T) {
	r := newRig(t, news, 712, 400)
	r.SetTools([]Tool{{ID: "a", Title: "Actor", Label: "actor"}, {ID: "b", Title: "北京"}})
	r.opts.Tip = func(string, string) Tip { return Tip{Facts: []string{"قال: 1"}, Note: varied} }
	told := func(rt *rapid.T, what string, q text.Range) {
		tx := r.Text()
		if q.Start < 0 || q.End > tx.Len() || q.Start > q.End {
			rt.Fatalf("%s %v of a text of %d", what, q, tx.Len())
		}
		if !q.Empty() && (tx.Trim(q) != q || !tx.IsGrapheme(q.Start) || !tx.IsGrapheme(q.End)) {
			rt.Fatalf("%s %v %q has outer blanks or cuts a grapheme", what, q, tx.Slice(q))
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		r.OnSelect = func(q text.Range, final bool) {
			told(rt, "selected", q)
			if final && q.Empty() {
				rt.Fatal("an empty selection is final")
			}
		}
		r.OnResize = func(_ string, _ int, q text.Range) { told(rt, "resized to", q) }
		r.OnAddFragment = func(_ string, q text.Range) { told(rt, "fragment", q) }
		r.OnChoose = func(id string) { r.Choose(id) }
		r.OnChooseLink = func(id string) { r.ChooseLink(id) }
		r.OnLink = func(from, to, _ string) {
			_, ok := r.items.find(from)
			if _, ok2 := r.items.find(to); !ok || !ok2 || from == to {
				rt.Fatalf("linked %q and %q", from, to)
			}
		}
		r.OnSelect(text.Range{}, false)
		r.SetText(text.New(stormText(rt)))
		for i := range rapid.IntRange(1, 40).Draw(rt, "steps") {
			r.held = 0
			stormStep(rt, r, i)
			if q, ok := r.Selection(); ok {
				told(rt, "selection is", q)
			}
			if c := r.Caret(); c < 0 || c > r.Text().Len() {
				rt.Fatalf("caret at %d of %d", c, r.Text().Len())
			}
			if top := r.flow.Top(); top < 0 || top > max(0, r.flow.Total()-float64(r.Size().Height))+0.5 {
				rt.Fatalf("scrolled to %g of %g", top, r.flow.Total())
			}
		}
		r.stopGesture()
	})
}

func stormText(rt *rapid.T) string {
	var b strings.Builder
	for range rapid.IntRange(0, 12).Draw(rt, "parts") {
		b.WriteString(rapid.SampledFrom([]string{
			news, "\n", " ", "שלום עולם 12 (abc) ", "北京外交部长周二表示，停火协议", "👩‍👩‍👧🇫🇷", "e\u0301\u0323", "\t", "\u2028",
			strings.Repeat("x", 200), "a\n\n\nb", "\u200f", "العربية 123 text ",
		}).Draw(rt, "part"))
	}
	return b.String()
}

func stormStep(rt *rapid.T, r *rig, i int) {
	point := func() fyne.Position {
		return fyne.NewPos(float32(rapid.IntRange(-50, 760).Draw(rt, "x")), float32(rapid.IntRange(-80, 480).Draw(rt, "y")))
	}
	mods := rapid.SampledFrom([]fyne.KeyModifier{0, 0, 0, shift, ctrl, alt, ctrl | shift}).Draw(rt, "mods")
	switch rapid.IntRange(0, 15).Draw(rt, "what") {
	case 0:
		r.click(point(), mods)
	case 1:
		p := point()
		r.click(p, 0)
		r.again(p, 0)
		r.again(p, 0)
	case 2, 3:
		r.drag(point(), point(), mods)
	case 4:
		r.down(point(), mods)
		r.move(point())
		r.clock.pass(autoEvery)
		r.clock.pass(autoEvery)
		if rapid.Bool().Draw(rt, "outside") {
			r.DragEnd()
		}
	case 5, 6:
		name := rapid.SampledFrom([]fyne.KeyName{
			fyne.KeyLeft, fyne.KeyRight, fyne.KeyUp, fyne.KeyDown, fyne.KeyHome, fyne.KeyEnd,
			fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeySpace, fyne.KeyEscape, fyne.KeyDelete, fyne.KeyA,
		}).Draw(rt, "key")
		r.key(name, mods)
	case 7:
		stormItem(rt, r, i)
	case 8:
		r.RemoveItem(0, fmt.Sprint("i", i%7))
	case 9:
		r.SetZoom(rapid.Float32Range(0.3, 3).Draw(rt, "zoom"))
	case 10:
		r.View.Resize(fyne.NewSize(rapid.Float32Range(80, 900).Draw(rt, "w"), rapid.Float32Range(40, 700).Draw(rt, "h")))
	case 11:
		r.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, rapid.Float32Range(-900, 900).Draw(rt, "wheel"))})
		r.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: point()}})
		if rapid.Bool().Draw(rt, "rest") {
			r.clock.pass(tipTime)
		}
	case 12:
		o := rapid.IntRange(0, r.Text().Len()).Draw(rt, "o")
		r.Reveal(text.Range{Start: o, End: min(o+3, r.Text().Len())})
		r.ScrollTo(o)
	case 13:
		r.SetReading(Reading{
			Size: float32(rapid.IntRange(0, 40).Draw(rt, "size")), Spacing: rapid.Float32Range(0.9, 2).Draw(rt, "spacing"),
			Chars: rapid.IntRange(WindowWidth, 100).Draw(rt, "chars"), Numbers: rapid.Bool().Draw(rt, "numbers"),
		})
		r.SetChips(rapid.Bool().Draw(rt, "chips"))
		r.SetGranularity(rapid.SampledFrom([]text.Granularity{text.Character, text.Word, text.Sentence}).Draw(rt, "grain"))
		r.SetHeader(rapid.SampledFrom([]string{"", "A title"}).Draw(rt, "title"), "")
		r.clock.pass(time.Second)
	case 14:
		end := func(name string) string { return fmt.Sprint("i", rapid.IntRange(0, 7).Draw(rt, name)) }
		r.PutLink(0, Link{ID: fmt.Sprint("l", i%9), From: end("from"), To: end("to"), Label: "speaker"})
		r.SetAllLinks(rapid.Bool().Draw(rt, "all"))
		r.RemoveLink(0, fmt.Sprint("l", (i+4)%9))
	case 15:
		r.Relate(r.Chosen(), "", "words")
		r.key(rapid.SampledFrom([]fyne.KeyName{"A", "S", "L", fyne.KeyPageDown, fyne.KeyBackspace, fyne.KeyEscape}).Draw(rt, "hint"), 0)
	}
}

// stormItem puts an item with any fragments and chooses it.
func stormItem(rt *rapid.T, r *rig, i int) {
	n := r.Text().Len()
	it := Item{ID: fmt.Sprint("i", i%7), Label: rapid.SampledFrom([]string{"actor", "event", "cue", "nobody"}).Draw(rt, "label")}
	at := 0
	for range rapid.IntRange(0, 3).Draw(rt, "fragments") {
		a := rapid.IntRange(at, max(at, n)).Draw(rt, "start")
		z := rapid.IntRange(a, max(a, n)).Draw(rt, "end")
		q := r.Text().Snap(text.Range{Start: a, End: min(z, n)}, text.Character)
		if !q.Empty() && q.Start >= at {
			it.Fragments = append(it.Fragments, q)
			at = q.End + 1
		}
	}
	r.PutItem(rapid.IntRange(0, 1).Draw(rt, "layer"), it)
	r.items.layers[0].Editable = true
	r.Choose(it.ID)
}
