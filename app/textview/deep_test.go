package textview

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lede/annotate/text"
	"lede/app/textview/layout"
)

// tower is a rig with ten spans on top of one another, each within the one before.
func tower(t *testing.T, s string, n int) *rig {
	t.Helper()
	r := newRig(t, s, 712, 500)
	r.OnChooseMore = func(id string) { r.log = append(r.log, "more "+id) }
	r.OnList = func(ids []string, _ fyne.Position) { r.log = append(r.log, "list "+strings.Join(ids, " ")) }
	var items []Item
	labels := []string{"actor", "event", "quote", "cue"}
	for i := range n {
		items = append(items, Item{ID: fmt.Sprintf("s%d", i), Label: labels[i%4], Fragments: []text.Range{{Start: 4, End: 40 - i}}})
	}
	r.layer(items...)
	return r
}

// marksOf are the places of an item that a click chooses it by.
func (r *rig) marksOf(id string) []mark {
	var all []mark
	for _, m := range r.paint.spots {
		if m.id == id {
			all = append(all, m)
		}
	}
	return all
}

func middle(b box) fyne.Position { return fyne.NewPos((b.x0+b.x1)/2, (b.y0+b.y1)/2) }

func TestEachOfTenOnTopOfOneAnotherIsReached(t *testing.T) {
	for name, s := range map[string]string{"Latin": news, "Arabic": strings.Split(news, "\n")[1], "Han": strings.Repeat("港口工人昨日罢工，抗议新的合同。", 4)} {
		t.Run(name, func(t *testing.T) {
			r := tower(t, s, 10)
			if first := r.paint.lines[0]; first.H <= r.flow.Metrics().Line {
				t.Errorf("the line is %d high, no more than others", first.H)
			}
			var chosen []string
			for range 10 {
				r.click(r.at(10), 0)
				chosen = append(chosen, r.Chosen())
			}
			slices.Sort(chosen)
			if len(slices.Compact(chosen)) != 10 {
				t.Errorf("ten clicks chose %v", chosen)
			}
			r.Choose("")
			r.log = nil
			for i := range deepest { // by its own line
				id := fmt.Sprintf("s%d", i)
				marks := r.marksOf(id)
				if len(marks) == 0 {
					t.Fatalf("%s has no line", id)
				}
				r.click(middle(marks[0].box), 0)
				r.wantLog("choose " + id)
			}
			for i, m := range r.paint.spots {
				if !slices.ContainsFunc(r.paint.lines, func(l layout.PlacedLine) bool {
					y0, _ := r.paint.fillOf(l)
					return m.y0 >= y0-20 && m.y1 <= y0+float32(l.H)
				}) {
					t.Errorf("mark %d lies at %g–%g, beyond every line", i, m.y0, m.y1)
				}
			}
			more := slices.IndexFunc(r.paint.spots, func(m mark) bool { return !m.stack.Empty() && m.y0 > middle(r.marksOf("s5")[0].box).Y })
			if more < 0 {
				t.Fatal("no +n below the lines")
			}
			r.click(middle(r.paint.spots[more].box), 0)
			r.wantLog("list s9 s8 s7 s6 s5 s4 s3 s2 s1 s0")
		})
	}
}

func TestLinesOfLanesDoNotMeet(t *testing.T) {
	for _, scale := range []float32{1, 1.25, 1.5, 2} {
		r := tower(t, news, 10)
		r.scale = scale
		end := float32(0)
		for lane := range deepest {
			y, thick := r.laneAt(lane)
			if lane > 0 && y < end+0.99/scale {
				t.Errorf("scale %g: the line of lane %d begins at %g, the one above ends at %g", scale, lane, y, end)
			}
			end = y + thick
		}
	}
}

// Two spans on top of one another make no line higher: tagging moves nothing.
func TestTwoDeepKeepsTheLinesHeight(t *testing.T) {
	r := tower(t, news, 2)
	for _, l := range r.paint.lines {
		if l.H != r.flow.Metrics().Line {
			t.Errorf("a line is %d high, want %d", l.H, r.flow.Metrics().Line)
		}
	}
	was := r.paint.lines[1].Y
	r.PutItem(0, Item{ID: "third", Label: "cue", Fragments: []text.Range{{Start: 5, End: 9}}})
	r.PutItem(0, Item{ID: "fourth", Label: "cue", Fragments: []text.Range{{Start: 5, End: 8}}})
	if now := r.paint.lines[1].Y; now <= was {
		t.Errorf("the second line stays at %g though four spans lie over it", now)
	}
	r.RemoveItem(0, "third")
	r.RemoveItem(0, "fourth")
	if now := r.paint.lines[1].Y; now != was {
		t.Errorf("the second line is at %g, was at %g", now, was)
	}
}

func TestClickOnALabelChoosesItsItem(t *testing.T) {
	r := tower(t, news, 2)
	chips := 0
	for _, m := range slices.Clone(r.paint.spots) {
		if y0, _ := r.paint.fillOf(r.paint.lines[0]); m.y1 <= y0 && m.id != "" {
			chips++
			r.Choose("")
			r.log = nil
			r.click(middle(m.box), 0)
			r.wantLog("choose " + m.id)
		}
	}
	if chips != 2 {
		t.Errorf("%d labels are drawn, want 2", chips)
	}
}

func TestCtrlClickChoosesMore(t *testing.T) {
	r := tower(t, news, 1)
	r.PutItem(0, r.item("other", "event", "tear gas"))
	p := r.at(r.find("tear gas").Start + 1)
	mod := fyne.KeyModifierShortcutDefault
	r.click(p, mod)
	r.wantLog("choose other") // nothing was chosen before
	r.Choose("s0")
	r.click(p, mod)
	r.wantLog("more other")
	r.ChooseToo([]string{"other"})
	end, _ := r.LocateXY(r.find("tear gas").End)
	r.drag(end, r.at(r.find("near").Start+1), 0)
	for _, l := range r.log {
		if strings.HasPrefix(l, "resize") {
			t.Errorf("with several chosen it told %q", l)
		}
	}
	outlines := 0
	for _, o := range r.paint.order[atOutline] {
		if o.Size().Height > 0 {
			outlines++
		}
	}
	if outlines < 2 {
		t.Errorf("%d outlines for two chosen items", outlines)
	}
}

// A handle stands below the text: what follows the span can be read, and selected.
func TestHandlesHideNoMark(t *testing.T) {
	r := newRig(t, news, 712, 500)
	r.layer(r.item("a", "actor", "Monday")) // a full stop follows
	r.Choose("a")
	stop := r.at(r.find("Monday").End)
	_, bottom := r.paint.fillOf(r.paint.lines[0])
	for _, o := range r.paint.order[atCaret] {
		p, s := o.Position(), o.Size()
		if p.X < stop.X && p.X+s.Width > stop.X && p.Y < bottom-4 {
			t.Errorf("something lies over the full stop: %v %v", p, s)
		}
	}
}

func TestHandlesFromRightToLeft(t *testing.T) {
	r := newRig(t, news, 712, 500)
	r.layer(r.item("a", "actor", "وزير الخارجية"))
	r.Choose("a")
	q := r.find("وزير الخارجية")
	end := r.handleOf(true)
	r.drag(end, r.at(r.find("أحمد").Start+1), 0)
	r.wantLog(`resize a 0 "وزير الخارجية أحمد"`)
	start := r.handleOf(false)
	if start.X <= end.X {
		t.Errorf("the start is at %g, left of the end at %g", start.X, end.X)
	}
	r.drag(start, r.at(q.Start+6), 0)
	r.wantLog(`resize a 0 "الخارجية"`)
	r.drag(end, r.at(q.End-3).AddXY(-2, 0), fyne.KeyModifierControl|fyne.KeyModifierShift) // by characters
	r.wantLog(`resize a 0 "وزير الخارج"`)
}

// handleOf is the place of the chosen item's handle.
func (r *rig) handleOf(end bool) fyne.Position {
	s, _ := r.items.find(r.chosen)
	for _, h := range r.handles(s) {
		if h.end == end {
			return fyne.NewPos(h.x, h.y1+2) // the knob
		}
	}
	r.t.Fatal("no handle")
	return fyne.Position{}
}

func TestHandleAcrossLinesScrollsOn(t *testing.T) {
	r := newRig(t, strings.Repeat(news+"\n", 20), 712, 300)
	r.layer(r.item("a", "actor", "harbour"))
	r.Choose("a")
	r.down(r.handleOf(true), 0)
	r.move(r.at(r.paint.lines[1].Start() + 3))
	if pv := r.preview; pv == nil || pv.r.End <= r.paint.lines[1].Start() {
		t.Fatalf("preview %+v does not reach the next line", pv)
	}
	r.move(fyne.NewPos(300, 400))
	was := r.preview.r.End
	for range 10 {
		r.clock.pass(autoEvery)
	}
	if r.flow.Top() < 50 || r.preview.r.End <= was {
		t.Errorf("scrolled to %g, the end at %d was at %d", r.flow.Top(), r.preview.r.End, was)
	}
	r.up(fyne.NewPos(300, 400))
	if n := len(r.log); n != 1 || !strings.HasPrefix(r.log[0], `resize a 0 "harbour workers`) {
		t.Errorf("told %q", r.log)
	}
}

func TestPartsOutOfSightAreShown(t *testing.T) {
	r := newRig(t, strings.Repeat(news+"\n", 20), 712, 300)
	last := r.Text().Len() - 40
	r.layer(Item{ID: "q", Label: "quote", Fragments: []text.Range{{Start: 4, End: 11}, {Start: last, End: last + 6}}})
	r.Choose("q")
	part := func() mark {
		t.Helper()
		i := slices.IndexFunc(r.paint.spots, func(m mark) bool { return !m.part.Empty() })
		if i < 0 {
			t.Fatal("nothing says that there is another part")
		}
		return r.paint.spots[i]
	}
	r.click(middle(part().box), 0)
	if _, seen := r.LocateXY(last); !seen {
		t.Errorf("a click did not lead to the second part: scrolled to %g", r.flow.Top())
	}
	if got := part().part.Start; got != 4 {
		t.Errorf("from there it leads to %d", got)
	}
	r.click(middle(part().box), 0)
	if _, seen := r.LocateXY(4); !seen {
		t.Error("and not back")
	}
	r.wantLog()
}
