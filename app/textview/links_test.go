package textview

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"pgregory.net/rapid"

	"lede/annotate/text"
	"lede/app/textview/layout"
)

// linked is a rig that records what it tells of links.
func linked(t testing.TB, s string, links []Link, items ...Item) *rig {
	t.Helper()
	r := newRig(t, s, 712, 500)
	r.OnLink = func(from, to, kind string) { r.log = append(r.log, fmt.Sprintf("link %s %s %q", from, to, kind)) }
	r.OnChooseLink = func(id string) { r.log = append(r.log, "choose link "+id); r.ChooseLink(id) }
	r.OnLinkContext = func(_ fyne.Position, id string) { r.log = append(r.log, "menu of "+id) }
	r.SetLayers([]Layer{{Name: "ana", Items: items, Links: links, Editable: true}})
	return r
}

// chip is the middle of an item's label.
func (r *rig) chip(id string) fyne.Position {
	r.t.Helper()
	for _, c := range r.links.chips {
		if r.items.slots[c.slot].item.ID == id {
			return fyne.NewPos((c.box.x0+c.box.x1)/2, (c.box.y0+c.box.y1)/2)
		}
	}
	r.t.Fatalf("no label of %s in sight", id)
	return fyne.Position{}
}

func (r *rig) tie(id string) tie {
	r.t.Helper()
	for _, t := range r.links.ties {
		if t.id == id {
			return t
		}
	}
	r.t.Fatalf("link %q is not drawn: %+v", id, r.links.ties)
	return tie{}
}

func (b box) middle() fyne.Position { return fyne.NewPos((b.x0+b.x1)/2, (b.y0+b.y1)/2) }

func quoteAndActors(r *rig) (items []Item) {
	return []Item{r.item("q", "quote", "harbour workers"), r.item("a", "actor", "Police"), r.item("b", "actor", "station")}
}

func newsLinked(t testing.TB) *rig {
	r := linked(t, news, nil)
	r.SetLayers([]Layer{{
		Items: quoteAndActors(r), Editable: true,
		Links: []Link{{"1", "q", "a", "speaker"}, {"2", "q", "b", "about"}},
	}})
	return r
}

func TestAnArcIsHitWhereItIsDrawn(t *testing.T) {
	r := newsLinked(t)
	r.Choose("q")
	for _, at := range []float32{0.3, 0.7} {
		p := fyne.Position(r.tie("1").arc.At(at))
		if got, _, ok := r.tieAt(p); !ok || got.id != "1" {
			t.Errorf("at %v of the arc is %q", at, got.id)
		}
		if got, _, ok := r.tieAt(p.AddXY(0, 14)); ok && got.id == "1" {
			t.Error("the arc is hit from far away")
		}
	}
	r.click(fyne.Position(r.tie("1").arc.At(0.7)), 0)
	r.click(r.tie("2").pill.middle(), 0)
	r.wantLog("choose link 1", "choose link 2")
	r.TappedSecondary(&fyne.PointEvent{Position: r.tie("1").pill.middle()})
	r.wantLog("menu of 1")
	r.key(fyne.KeyEscape, 0) // first the link, then the item
	r.key(fyne.KeyEscape, 0)
	r.wantLog("choose link ", "choose ")
}

func TestTextUnderAnArcCanBeSelected(t *testing.T) {
	r := newsLinked(t)
	r.Choose("q")
	p := fyne.Position(r.tie("2").arc.At(0.9)) // over the words of the line
	r.drag(p, p.AddXY(60, 0), 0)
	if q, ok := r.Selection(); !ok || q.Empty() {
		t.Errorf("a drag across an arc selected %v", q)
	}
	for _, l := range r.log {
		if strings.HasPrefix(l, "choose link") {
			t.Error("the drag chose the link")
		}
	}
}

func TestHoverMarksALinkAndDrawsNothingAtRest(t *testing.T) {
	r := newsLinked(t)
	r.Choose("q")
	p := r.tie("1").pill.middle()
	move := func(x float32) (drawn bool) {
		was := &r.paint.objects[0]
		r.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: p.AddXY(x, 0)}})
		return was != &r.paint.objects[0]
	}
	if !move(0) || move(1) || move(2) || r.hover.link != "1" || r.Cursor() != desktop.PointerCursor {
		t.Errorf("over %q: one frame was to be drawn, when the pointer came", r.hover.link)
	}
	if r.paint.weight(r.tie("1")) <= r.paint.weight(r.tie("2")) {
		t.Error("the link under the pointer does not stand out")
	}
	r.MouseOut()
	if r.hover.link != "" || r.paint.weight(r.tie("1")) > 1 {
		t.Error("the link stands out after the pointer left")
	}
}

func TestAllLinks(t *testing.T) {
	r := newsLinked(t)
	if len(r.links.ties) != 0 {
		t.Error("links of nothing chosen are drawn")
	}
	r.SetAllLinks(true)
	if len(r.links.ties) != 2 || r.tie("1").strong || r.tie("1").marked {
		t.Errorf("all: %+v", r.links.ties)
	}
	r.Choose("a")
	if !r.tie("1").strong || r.tie("2").strong {
		t.Error("the links of the chosen item do not stand out")
	}
	r.SetAllLinks(false)
	if len(r.links.ties) != 1 {
		t.Errorf("%d links of the chosen item", len(r.links.ties))
	}
}

// TestManyLinksAreBounded has a thousand links in sight.
func TestManyLinksAreBounded(t *testing.T) {
	s := strings.Repeat("word ", 600)
	r := linked(t, s, nil)
	var items []Item
	var links []Link
	for i := range 600 {
		items = append(items, Item{ID: fmt.Sprint(i), Label: "actor", Fragments: []text.Range{{Start: i * 5, End: i*5 + 4}}})
		links = append(links, Link{fmt.Sprint("n", i), fmt.Sprint(i), fmt.Sprint((i + 7) % 600), "next"}, Link{fmt.Sprint("h", i), "3", fmt.Sprint(i), "hub"})
	}
	r.SetLayers([]Layer{{Items: items, Links: links, Editable: true}})
	bare := len(r.paint.objects)
	r.SetAllLinks(true)
	r.Choose("3")
	if extra := len(r.paint.objects) - bare; extra > 700 || len(r.links.ties) > mostTies+mostOthers+2*(mostEdge+1) {
		t.Errorf("%d objects for %d links", extra, len(r.links.ties))
	}
	note := texts(r, func(o *canvas.Text) bool { return strings.Contains(o.Text, "more") })
	if len(note) == 0 {
		t.Error("nothing says that links were left out")
	}
}

// TestFarEndsAreJumpedTo goes to the far end of a link by its pill, and back.
func TestFarEndsAreJumpedTo(t *testing.T) {
	s := "The harbour workers walked out.\n" + strings.Repeat("Nothing happened here for a while.\n", 60) + "Ilse Brandvik said so.\n" + strings.Repeat("Nothing more.\n", 30)
	r := linked(t, s, nil)
	r.SetLayers([]Layer{{
		Items: []Item{r.item("q", "quote", "harbour workers"), r.item("i", "actor", "Ilse Brandvik")}, Editable: true,
		Links: []Link{{"1", "q", "i", "speaker"}},
	}})
	r.Choose("q")
	down := r.tie("1")
	if down.jump < 0 || !down.marked || down.pill.y1 < r.Size().Height-30 || down.label != "speaker" {
		t.Fatalf("the pill: %+v", down)
	}
	if down.arc.At(1).Y < down.arc.At(0).Y {
		t.Error("it does not lead downwards")
	}
	words := texts(r, func(o *canvas.Text) bool { return o.TextSize == r.size(r.opts.Style.PillSize) })
	if !slices.Contains(words, "Ilse Brandvik") {
		t.Errorf("the pill says %q", words)
	}
	r.click(down.pill.middle(), 0)
	if _, seen := r.LocateXY(r.find("Ilse").Start); !seen || r.Chosen() != "q" {
		t.Fatal("the far end does not show, or the item was let go")
	}
	up := r.tie("1")
	if up.label != "speaker of" || up.pill.y0 > 30 {
		t.Errorf("back: %+v", up)
	}
	r.click(up.pill.middle(), 0)
	if _, seen := r.LocateXY(r.find("harbour").Start); !seen {
		t.Error("the way back does not lead back")
	}
	r.wantLog()
}

func TestEdgePillsAreGrouped(t *testing.T) {
	s := "Hub here.\n" + strings.Repeat("Filler line of the text.\n", 200)
	r := linked(t, s, nil)
	items := []Item{r.item("hub", "quote", "Hub")}
	var links []Link
	for i := range 20 {
		at := 2000 + 60*i
		items = append(items, Item{ID: fmt.Sprint(i), Label: "actor", Fragments: []text.Range{{Start: at, End: at + 6}}})
		links = append(links, Link{fmt.Sprint(i), "hub", fmt.Sprint(i), "about"})
	}
	r.SetLayers([]Layer{{Items: items, Links: links, Editable: true}})
	r.Choose("hub")
	if len(r.links.ties) != mostEdge+1 {
		t.Fatalf("%d pills", len(r.links.ties))
	}
	for i, a := range r.links.ties {
		for _, b := range r.links.ties[i+1:] {
			if a.pill.overlaps(b.pill) {
				t.Errorf("pills %v and %v cover one another", a.pill, b.pill)
			}
		}
		if a.pill.x0 < 0 || a.pill.y1 > r.Size().Height {
			t.Errorf("pill %v lies outside", a.pill)
		}
	}
	i := slices.IndexFunc(r.links.ties, func(t tie) bool { return t.id == "" })
	if i < 0 || r.links.ties[i].label != "+16 more" {
		t.Fatalf("no pill counts the rest: %+v", r.links.ties)
	}
	r.click(r.links.ties[i].pill.middle(), 0)
	if _, seen := r.LocateXY(2000 + 60*mostEdge); !seen {
		t.Error("the pill of the rest does not lead to the next of them")
	}
}

func TestDragFromLabelToLabel(t *testing.T) {
	for name, c := range map[string]struct {
		from func(*rig) fyne.Position
		to   func(*rig) fyne.Position
		want []string
	}{
		"label to label":     {func(r *rig) fyne.Position { return r.chip("q") }, func(r *rig) fyne.Position { return r.chip("a") }, []string{`link q a ""`}},
		"label to words":     {func(r *rig) fyne.Position { return r.chip("q") }, func(r *rig) fyne.Position { return r.at(r.find("station").Start + 2) }, []string{`link q b ""`}},
		"label to nothing":   {func(r *rig) fyne.Position { return r.chip("q") }, func(r *rig) fyne.Position { return r.at(r.find("hurt").Start) }, nil},
		"label to itself":    {func(r *rig) fyne.Position { return r.chip("q") }, func(r *rig) fyne.Position { return r.at(r.find("workers").Start + 3) }, nil},
		"a click on a label": {func(r *rig) fyne.Position { return r.chip("a") }, func(r *rig) fyne.Position { return r.chip("a") }, []string{"choose a"}},
		"the ring of a chosen": {
			func(r *rig) fyne.Position { r.Choose("q"); return r.links.port.middle() },
			func(r *rig) fyne.Position { return r.chip("a") },
			[]string{`link q a ""`},
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := newsLinked(t)
			from := c.from(r)
			r.drag(from, c.to(r), 0)
			r.wantLog(c.want...)
			r.wantSelection("")
			if r.links.pull != nil {
				t.Error("the arc still follows the pointer")
			}
		})
	}
}

func TestDragShowsWhereItMayLead(t *testing.T) {
	r := newsLinked(t)
	r.CanLink = func(_, to, _ string) bool { return to == "a" }
	r.clock.pass(2e9)
	r.down(r.chip("q"), 0)
	r.move(r.chip("a").AddXY(-40, 30))
	r.move(r.chip("a"))
	if r.paint.nCurves != 1 {
		t.Fatalf("%d arcs follow the pointer", r.paint.nCurves)
	}
	a, _ := r.items.find("a")
	b, _ := r.items.find("b")
	if r.paint.dimmed(a) || !r.paint.dimmed(b) {
		t.Error("what is not possible does not stand back")
	}
	r.key(fyne.KeyEscape, 0)
	r.up(r.chip("a"))
	r.wantLog()
	if r.paint.dimmed(b) {
		t.Error("it still stands back")
	}
	// Dropped where nothing is offered, it is told all the same: the window says why.
	r.drag(r.chip("q"), r.chip("b"), 0)
	r.wantLog(`link q b ""`)
}

func TestDragScrollsNearTheEdge(t *testing.T) {
	s := "The harbour workers walked out.\n" + strings.Repeat("Nothing happened here.\n", 60) + "Ilse Brandvik said so.\n"
	r := linked(t, s, nil)
	r.SetLayers([]Layer{{Items: []Item{r.item("q", "quote", "harbour workers"), r.item("i", "actor", "Ilse Brandvik")}, Editable: true}})
	r.clock.pass(2e9)
	r.down(r.chip("q"), 0)
	r.move(fyne.NewPos(300, 200))
	low := fyne.NewPos(300, r.Size().Height-4)
	r.move(low)
	for range 2000 {
		r.clock.pass(autoEvery)
	}
	if _, seen := r.LocateXY(r.find("Ilse").Start); !seen {
		t.Fatal("it did not scroll")
	}
	r.move(r.chip("i"))
	r.up(r.chip("i"))
	r.wantLog(`link q i ""`)
}

func TestHintsByKeyboard(t *testing.T) {
	r := newsLinked(t)
	r.CanLink = func(_, to, kind string) bool { return kind == "speaker" }
	r.Choose("q")
	r.Relate("q", "speaker", "Speaker: type the letters")
	a, _ := r.items.find("a")
	if hint := r.links.aim.hints[a]; hint != "A" {
		t.Fatalf("the nearest has the hint %q", hint)
	}
	r.key("A", 0)
	r.wantLog(`link q a "speaker"`)
	if r.Relating() {
		t.Error("still relating")
	}
	wantKeys(t, r)
	r.Relate("q", "", "")
	r.key("X", 0) // no hint
	r.wantLog()
	if r.Relating() {
		r.key(fyne.KeyEscape, 0)
	}
	r.wantLog()
	if r.Relating() || r.Chosen() != "q" {
		t.Error("Esc did not end the search, or ended more than that")
	}
}

func TestHintsByClick(t *testing.T) {
	r := newsLinked(t)
	r.CanLink = func(_, to, _ string) bool { return to == "b" }
	r.Relate("q", "about", "")
	r.click(r.chip("a"), 0) // not possible: told, and the search goes on
	r.wantLog(`link q a "about"`)
	if !r.Relating() {
		t.Fatal("a click on an impossible end ended the search")
	}
	r.click(r.at(r.find("station").Start+2), 0)
	r.wantLog(`link q b "about"`)
	r.Relate("q", "", "")
	r.click(r.at(r.find("hurt").Start), 0)
	r.wantLog()
	if r.Relating() {
		t.Error("a click beside everything did not end the search")
	}
}

func TestTwoLettersFilter(t *testing.T) {
	s := strings.Repeat("word ", 40)
	r := linked(t, s, nil)
	var items []Item
	for i := range 30 {
		items = append(items, Item{ID: fmt.Sprint(i), Label: "actor", Fragments: []text.Range{{Start: i * 5, End: i*5 + 4}}})
	}
	r.SetLayers([]Layer{{Items: items, Editable: true}})
	r.Relate("0", "", "")
	two := ""
	for _, hint := range r.links.aim.hints {
		if len(hint) == 2 {
			two = max(two, hint)
		}
	}
	if two == "" {
		t.Fatal("no hint has two letters")
	}
	r.key(fyne.KeyName(two[:1]), 0)
	shown := 0
	for slot := range r.links.aim.hints {
		if h := r.paint.hint(slot); h != "" {
			shown++
			if h[:1] != two[:1] {
				t.Errorf("%q is still shown after %q", h, two[:1])
			}
		}
	}
	if shown == 0 || shown > 9 {
		t.Errorf("%d hints after the first letter", shown)
	}
	r.key(fyne.KeyBackspace, 0)
	if r.links.aim.typed != "" {
		t.Error("Backspace did not take the letter back")
	}
	r.key(fyne.KeyName(two[:1]), 0)
	r.key(fyne.KeyName(two[1:]), 0)
	if len(r.log) != 1 || !strings.HasPrefix(r.log[0], "link 0 ") {
		t.Errorf("told %q", r.log)
	}
}

// TestEveryPossibleEndInSightHasAHint scrolls through texts in three scripts with
// spans everywhere, nested and split.
func TestEveryPossibleEndInSightHasAHint(t *testing.T) {
	texts := []string{
		strings.Repeat("The harbour workers walked out. ", 60),
		strings.Repeat("قال وزير الخارجية أحمد إن الاتفاق (NATO) سيوقع غدا. ", 40),
		strings.Repeat("港口谈判破裂工人罢工，货轮在防波堤外抛锚等候。", 40),
	}
	r := linked(t, texts[0], nil)
	rapid.Check(t, func(rt *rapid.T) {
		s := rapid.SampledFrom(texts).Draw(rt, "text")
		n := len([]rune(s))
		r.SetText(text.New(s))
		items := []Item{{ID: "from", Label: "quote", Fragments: []text.Range{{Start: 0, End: 5}}}}
		for i := range rapid.IntRange(1, 150).Draw(rt, "spans") {
			a := rapid.IntRange(0, n-30).Draw(rt, "start")
			it := Item{ID: fmt.Sprint(i), Label: "actor", Fragments: []text.Range{{Start: a, End: a + rapid.IntRange(1, 12).Draw(rt, "length")}}}
			if rapid.Bool().Draw(rt, "split") {
				it.Fragments = append(it.Fragments, text.Range{Start: a + 14, End: a + 20})
			}
			items = append(items, it)
		}
		r.SetChips(rapid.Bool().Draw(rt, "chips"))
		r.SetLayers([]Layer{{Items: items, Editable: true}})
		odd := rapid.Bool().Draw(rt, "only odd ones")
		r.CanLink = func(_, to, _ string) bool { return !odd || (to[len(to)-1]-'0')%2 == 1 }
		r.Relate("from", "", "words")
		for range rapid.IntRange(0, 3).Draw(rt, "pages") {
			r.key(fyne.KeyPageDown, 0)
		}
		checkHints(rt, r, items[1:])
	})
}

func checkHints(t *rapid.T, r *rig, items []Item) {
	used := map[string]bool{}
	for _, it := range items {
		slot, _ := r.items.find(it.ID)
		seen := false
		for _, f := range it.Fragments {
			for _, l := range r.paint.lines {
				y0, y1 := r.paint.fillOf(l)
				r.paint.segments(l, text.Range{Start: max(f.Start, l.Start()), End: min(f.End, l.End())}, func(float32, float32) {
					seen = seen || y1 >= 4 && y0 <= r.Size().Height-4
				})
			}
		}
		hint := r.links.aim.hints[slot]
		if want := seen && r.CanLink("from", it.ID, ""); (hint != "") != want {
			t.Fatalf("%s in sight and possible: %v, hint %q", it.ID, want, hint)
		}
		if hint == "" {
			continue
		}
		if used[hint] {
			t.Fatalf("%q is the hint of two", hint)
		}
		used[hint] = true
		if b := r.paint.hintBox(slot, hint); b.y0 < 0 || b.y0 > r.Size().Height || b.x0 < 0 || b.x0 > r.Size().Width {
			t.Fatalf("the hint %q lies outside: %v", hint, b)
		}
	}
	if all := layout.Hints(len(used)); len(all) != len(used) {
		t.Fatal("hints are missing")
	}
}

func TestHintModeAndHeldKeys(t *testing.T) {
	r := newsLinked(t)
	held, letter := fyne.KeyName(""), fyne.KeyName("A")
	r.keys.letter = &letter
	r.Relate("q", "", "")
	r.keys.letter = &held // as commands.Keyboard answers for a key that is held
	r.TypedKey(&fyne.KeyEvent{Name: "R"})
	r.TypedRune('r')
	r.wantLog()
	wantKeys(t, r)
	if !r.Relating() {
		t.Fatal("the key that began the search was taken for a letter")
	}
	r.keys.letter = &letter // a key of a layout without Latin letters
	r.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUnknown})
	r.wantLog(`link q a ""`)
}
