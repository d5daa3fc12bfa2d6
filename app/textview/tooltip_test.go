package textview

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
)

func (r *rig) hoverAt(p fyne.Position) {
	r.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: p}})
}

// tipTexts are the words of the tooltip, as drawn, a blank between two.
func tipTexts(r *rig) string {
	if !r.tip.shown {
		return ""
	}
	var words []string
	for _, o := range r.paint.order[atToolText] {
		if t, ok := o.(*canvas.Text); ok {
			words = append(words, t.Text)
		}
	}
	return strings.Join(words, " ")
}

func tipBox(r *rig) box {
	o := r.paint.order[atTool][len(r.paint.order[atTool])-1]
	p, s := o.Position(), o.Size()
	return box{p.X, p.Y, p.X + s.Width, p.Y + s.Height}
}

const tipText1 = "The harbour workers walked out on Monday.\nقال وزير الخارجية إن الاتفاق سيوقع غدا.\n"

func tipRig(t *testing.T) *rig {
	r := newRig(t, strings.Repeat(tipText1, 30), 712, 400)
	event := r.item("e", "event", "walked out")
	event.Badge = "Protest"
	r.layer(r.item("a", "actor", "harbour workers walked out"), event, r.item("w", "actor", "وزير الخارجية"))
	r.opts.Tip = func(layer, id string) Tip {
		return Tip{
			Facts: []string{"Mode: Strike", "Layer: " + layer},
			Note:  strings.Repeat("قال a long note about "+id+" ", 30), Foot: "ana · 2 relations",
		}
	}
	return r
}

func TestTooltipComesAfterARestAndSaysAll(t *testing.T) {
	r := tipRig(t)
	at := r.at(r.find("walked").Start + 2)
	r.hoverAt(at)
	r.clock.pass(tipTime / 2)
	if tipTexts(r) != "" {
		t.Error("a tooltip before the pointer rested")
	}
	r.hoverAt(at.AddXY(1, 0))
	r.clock.pass(tipTime * 3 / 4)
	if tipTexts(r) != "" {
		t.Error("the pointer moved, and the tooltip did not wait")
	}
	r.clock.pass(tipTime)
	got := tipTexts(r)
	for _, want := range []string{"Event", "Protest", "Mode:", "Strike", "Layer:", "ana", "relations", "…", "2 spans here, also Actor"} {
		for _, w := range strings.Fields(want) {
			if !strings.Contains(got, w) {
				t.Errorf("the tooltip does not say %q: %q", w, got)
			}
		}
	}
	r.hoverAt(r.at(r.find("walked").Start + 4)) // on the same spans
	if tipTexts(r) == "" {
		t.Error("the tooltip went away above the same span")
	}
	r.hoverAt(r.at(r.find("Monday").Start))
	if tipTexts(r) != "" {
		t.Error("the tooltip stays beside the span")
	}
	r.clock.pass(time.Second)
	if tipTexts(r) != "" {
		t.Error("a tooltip where no span is")
	}
}

func TestTooltipHides(t *testing.T) {
	r := tipRig(t)
	at := r.at(r.find("walked").Start + 2)
	for name, do := range map[string]func(){
		"a key":              func() { r.key(fyne.KeyDown, 0) },
		"the wheel":          func() { r.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -3)}); r.clock.pass(time.Second) },
		"a press":            func() { r.down(at, 0); r.up(at) },
		"the other button":   func() { r.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonSecondary}) },
		"leaving the view":   func() { r.MouseOut() },
		"another article":    func() { r.SetText(r.Text()) },
		"a jump of the view": func() { r.ScrollTo(200) },
	} {
		r.ScrollTo(0)
		if _, ok := r.items.find("e"); !ok {
			r.layer(r.item("e", "event", "walked out"))
		}
		r.hoverAt(fyne.NewPos(1, 1))
		r.hoverAt(at)
		r.clock.pass(tipTime)
		if tipTexts(r) == "" {
			t.Fatalf("before %s: no tooltip", name)
		}
		do()
		if tipTexts(r) != "" {
			t.Errorf("%s does not hide the tooltip", name)
		}
		// Nor does one come later by itself.
		r.clock.pass(5 * time.Second)
		if tipTexts(r) != "" {
			t.Errorf("after %s the tooltip comes back by itself", name)
		}
	}
}

// Wherever the span is, the tooltip stays in the view and covers no letter of the
// line it is about; in a view too low for both, it does not come.
func TestTooltipCoversNoWordAndStaysInTheView(t *testing.T) {
	for _, height := range []float32{120, 250, 400, 700} {
		r := tipRig(t)
		r.win.Resize(fyne.NewSize(712, height))
		for _, word := range []string{"harbour", "walked", "وزير", "الخارجية"} {
			for _, top := range []int{0, 40} {
				r.ScrollTo(top)
				o := r.find(word).Start
				_, seen := r.LocateXY(o)
				if !seen {
					continue
				}
				p := r.at(o)
				r.hoverAt(fyne.NewPos(1, 1))
				r.hoverAt(p)
				r.clock.pass(tipTime)
				if tipTexts(r) == "" || len(r.paint.order[atTool]) == 0 {
					continue
				}
				b := tipBox(r)
				if b.x0 < 0 || b.y0 < 0 || b.x1 > 712-r.opts.Style.Strip || b.y1 > height {
					t.Errorf("%d high: the tooltip of %q is at %v", int(height), word, b)
				}
				l := r.flow.LineOf(o, false)
				y0, y1 := r.paint.fillOf(l)
				if b.y0 < y1 && b.y1 > y0 {
					t.Errorf("%d high: the tooltip of %q is at %v and covers its line at %g–%g", int(height), word, b, y0, y1)
				}
			}
		}
	}
}

func TestNoTooltipWithoutWords(t *testing.T) {
	r := newRig(t, news, 712, 400)
	r.layer(r.item("a", "actor", "harbour"))
	r.hoverAt(r.at(r.find("harbour").Start))
	r.clock.pass(time.Second)
	if len(r.clock.timers) != 0 || r.tip.shown {
		t.Error("a tooltip that nobody has words for")
	}
}
