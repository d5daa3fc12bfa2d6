package textview

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"lede/annotate/text"
)

// A view of a pixel, or of none in one direction, takes every gesture.
func TestTinyView(t *testing.T) {
	for _, size := range []fyne.Size{{}, {Width: 1, Height: 1}, {Width: 1, Height: 600}, {Width: 712, Height: 1}, {Width: 3, Height: 5}} {
		r := newsLinked(t)
		r.View.Resize(size)
		r.SetAllLinks(true)
		r.Choose("q")
		for _, p := range []fyne.Position{{}, {X: size.Width / 2, Y: size.Height / 2}, {X: size.Width, Y: size.Height}} {
			r.drag(p, p.AddXY(2, 2), 0)
			r.click(p, ctrl)
			r.move(p)
		}
		for _, key := range []fyne.KeyName{fyne.KeyDown, fyne.KeyPageDown, fyne.KeyEnd, fyne.KeyUp, fyne.KeySpace, fyne.KeyHome} {
			r.key(key, 0)
		}
		r.Relate("q", "", "type the letters")
		r.key(fyne.KeyEscape, 0)
		r.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -50)})
		r.SetText(text.New("x"))
		r.View.Resize(fyne.NewSize(712, 400)) // and all is as it was
		r.SetText(text.New(news))
		if p, seen := r.LocateXY(10); !seen || p.X < 1 {
			t.Errorf("after %v the text is not there", size)
		}
	}
}

// Ten thousand relations in one article: all can be shown, one can be chosen, and a
// step takes no time that grows with those out of sight.
func TestTenThousandRelations(t *testing.T) {
	const n = 10_000
	r := newRig(t, strings.Repeat("word ", n), 712, 500)
	var items []Item
	var links []Link
	for i := range n {
		items = append(items, Item{ID: fmt.Sprint("s", i), Label: "actor", Fragments: []text.Range{{Start: 5 * i, End: 5*i + 4}}})
		links = append(links, Link{fmt.Sprint("l", i), fmt.Sprint("s", i), fmt.Sprint("s", (i*7919)%n), "about"})
		if i%10 == 0 {
			links[i].To = "s0" // a hub
		}
	}
	r.SetLayers([]Layer{{Items: items, Links: links, Editable: true}})
	r.SetAllLinks(true)
	r.Choose("s0")
	at := time.Now()
	for range 20 {
		r.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -25)})
		r.View.Refresh()
	}
	if spent := time.Since(at); spent > 5*time.Second {
		t.Errorf("20 steps took %v", spent)
	}
	r.Relate("s0", "", "type the letters")
	if !r.Relating() || len(r.links.aim.hints) == 0 {
		t.Error("no hints are shown")
	}
	r.key(fyne.KeyEscape, 0)
}

// Another article in the middle of a gesture ends it: nothing of it reaches the new
// one.
func TestArticleSwitchEndsTheGesture(t *testing.T) {
	for name, begin := range map[string]func(*rig){
		"selecting": func(r *rig) { r.down(r.at(6), 0); r.move(r.at(20)) },
		"relating":  func(r *rig) { p := r.chip("q"); r.down(p, 0); r.move(p.AddXY(40, 20)) },
		"hints":     func(r *rig) { r.Relate("q", "", "type the letters") },
		"moving an end": func(r *rig) {
			r.Choose("a")
			at := r.find("Police").End
			r.down(r.at(at), 0)
			r.move(r.at(at + 3))
		},
	} {
		r := newsLinked(t)
		begin(r)
		r.log = nil
		r.SetText(text.New("Another one."))
		r.SetLayers(nil)
		r.move(r.at(5))
		r.up(r.at(5))
		if r.Relating() {
			t.Errorf("%s goes on in another article", name)
		}
		for _, l := range r.log {
			if !strings.HasPrefix(l, "choose") && !strings.HasPrefix(l, "select \"\"") {
				t.Errorf("%s: in another article: %s", name, l)
			}
		}
		r.View.Refresh()
	}
}
