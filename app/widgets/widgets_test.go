package widgets

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"lede/app/theme"
)

func TestMain(m *testing.M) {
	UseBundledFontsOnly()
	a := test.NewApp()
	theme.Set(a, theme.Light)
	m.Run()
}

// drawn is what a text widget draws, from left to right, without the marks that
// pin directions.
func drawn(w *Words) []string {
	var found []string
	last := float32(-1)
	for _, o := range test.WidgetRenderer(w).Objects() {
		t := o.(*canvas.Text)
		if t.Position().Y == 0 && t.Position().X < last {
			panic("objects are not in the order of the screen")
		}
		found = append(found, strings.Trim(t.Text, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e"))
	}
	return found
}

func TestLineEndsInAnEllipsisWhereThereIsNoRoom(t *testing.T) {
	w := NewElastic("Ministry delays verdict on dam permits", 13, theme.Text)
	w.Resize(fyne.NewSize(400, 20))
	if got := strings.Join(drawn(w), ""); got != "Ministry delays verdict on dam permits" {
		t.Fatalf("with room: %q", got)
	}
	w.Resize(fyne.NewSize(120, 20))
	got := strings.Join(drawn(w), "")
	if !strings.HasPrefix(got, "Ministry") || !strings.HasSuffix(got, "…") || len(got) > 26 {
		t.Fatalf("without room: %q", got)
	}
	b := w.blockOf(got, 0)
	if width := b.Lines[0].Width; width > 120 {
		t.Errorf("%q is %.1f wide", got, width)
	}
}

func TestFactsKeepTheirOrderAroundAnArabicName(t *testing.T) {
	w := NewElastic(Facts("الساحل", "4 Mar 2026", "10 spans"), 12, theme.Dim)
	w.Forward = true
	w.Resize(fyne.NewSize(300, 20))
	x := map[string]float32{}
	for _, o := range test.WidgetRenderer(w).Objects() {
		text := o.(*canvas.Text)
		for _, part := range []string{"الساحل", "2026", "10"} {
			if strings.Contains(text.Text, part) {
				x[part] = text.Position().X
			}
		}
	}
	if x["الساحل"] >= x["2026"] {
		t.Errorf("the name stands at %v", x)
	}
}

func TestParagraphIsAsHighAsItsLines(t *testing.T) {
	one := NewParagraph("Short.", 13, 200, theme.Text)
	many := NewParagraph(strings.Repeat("many words ", 20), 13, 200, theme.Text)
	if one.MinSize().Height*3 > many.MinSize().Height {
		t.Errorf("heights %v and %v", one.MinSize(), many.MinSize())
	}
	many.Lines, many.Elastic = 2, true
	many.Refresh()
	if got := many.MinSize().Height; got != 2*one.MinSize().Height {
		t.Errorf("two lines are %v high, one is %v", got, one.MinSize().Height)
	}
	many.Resize(many.MinSize())
	if got := drawn(many); !strings.HasSuffix(got[len(got)-1], "…") {
		t.Errorf("the last of two lines is %q", got)
	}
}

// list is a list of n rows that are lines of text.
func list(n int) (*Rows, map[fyne.CanvasObject]int) {
	rows, shown := NewRows(20), map[fyne.CanvasObject]int{}
	rows.Count = func() int { return n }
	rows.Make = func() fyne.CanvasObject { return NewElastic("", 13, theme.Text) }
	rows.Fill = func(i int, o fyne.CanvasObject) { shown[o] = i }
	return rows, shown
}

func TestRowsMakeOnlyWhatIsInSight(t *testing.T) {
	rows, shown := list(1_000_000)
	w := test.NewWindow(rows)
	defer w.Close()
	w.Resize(fyne.NewSize(200, 200))
	if len(shown) > 14 {
		t.Fatalf("%d rows were made", len(shown))
	}
	rows.ScrollTo(999_999)
	last := 0
	for o, i := range shown {
		if i == 999_999 {
			last = i
			if bottom := o.Position().Y + o.Size().Height; bottom != rows.BaseWidget.Size().Height {
				t.Errorf("the last row ends at %v in a list of %v", bottom, rows.BaseWidget.Size())
			}
		}
	}
	if last == 0 {
		t.Error("the last row was not shown")
	}
	rows.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 1e9)})
	if rows.offset != 0 {
		t.Errorf("scrolled up to %v", rows.offset)
	}
}

func TestRowsStep(t *testing.T) {
	rows, _ := list(50)
	w := test.NewWindow(rows)
	defer w.Close()
	w.Resize(fyne.NewSize(200, 200))
	var steps []int
	rows.OnStep = func(n int) { steps = append(steps, n) }
	for _, k := range []fyne.KeyName{fyne.KeyDown, fyne.KeyUp, fyne.KeyEnd} {
		rows.TypedKey(&fyne.KeyEvent{Name: k})
	}
	if len(steps) != 3 || steps[0] != 1 || steps[1] != -1 || steps[2] < 50 {
		t.Errorf("steps %v", steps)
	}
}

func TestFieldCommitsOnceWhenItIsLeft(t *testing.T) {
	var committed []string
	f := NewNote("", 2)
	f.OnCommit = func(s string) { committed = append(committed, s) }
	w := test.NewWindow(f)
	defer w.Close()
	f.Put("was")
	w.Canvas().Focus(f)
	w.Canvas().Unfocus()
	if len(committed) != 0 {
		t.Fatalf("committed %q unchanged", committed)
	}
	w.Canvas().Focus(f)
	test.Type(f, "new ")
	escaped := false
	OnEscape = func() { escaped = true; w.Canvas().Unfocus() }
	defer func() { OnEscape = nil }()
	f.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl})
	if len(committed) != 1 || committed[0] != "new was" || !escaped {
		t.Errorf("committed %q, back in the text: %v", committed, escaped)
	}
}

func TestSurfaceIsPressedByPointerAndKeys(t *testing.T) {
	n := 0
	s := NewButton("Export", func() { n++ })
	w := test.NewWindow(s)
	defer w.Close()
	test.Tap(s)
	w.Canvas().Focus(s)
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if n != 3 {
		t.Errorf("pressed %d times", n)
	}
	s.SetOff(true)
	test.Tap(s)
	if n != 3 || !s.Disabled() {
		t.Error("a surface that is off was pressed")
	}
}

func TestChipAndCheckSayWhatTheyAre(t *testing.T) {
	c := NewChip("not done", nil)
	c.Set("not done 4", true)
	if c.Stroke != theme.Accent || c.words.Text != "not done 4" {
		t.Errorf("stroke %s, words %q", c.Stroke, c.words.Text)
	}
	var told []bool
	k := NewCheck("", false, func(on bool) { told = append(told, on) })
	test.Tap(k.Surface)
	test.Tap(k.Surface)
	if len(told) != 2 || !told[0] || told[1] {
		t.Errorf("told %v", told)
	}
}

func TestColoursFollowTheMode(t *testing.T) {
	defer theme.Set(fyne.CurrentApp(), theme.Light)
	f := NewFill(theme.Page)
	w := test.NewWindow(f)
	defer w.Close()
	rect := test.WidgetRenderer(f).Objects()[0].(*canvas.Rectangle)
	light := rect.FillColor
	theme.Set(fyne.CurrentApp(), theme.Night)
	f.Refresh()
	if rect.FillColor == light || rect.FillColor != theme.Color(theme.Page) {
		t.Errorf("light %v, dark %v", light, rect.FillColor)
	}
}

// Fyne forgets the renderer of what was out of sight for a minute.
func TestRenderersMadeAnewShowAllAtOnce(t *testing.T) {
	size := fyne.NewSize(200, 24)
	words := NewElastic("a title", 13, theme.Text)
	surface := NewSurface(nil, nil)
	surface.Color = theme.Page
	fill, progress, rows := NewFill(theme.Page), NewProgress(), NewRows(12)
	rows.Count = func() int { return 2 }
	rows.Make = func() fyne.CanvasObject { return NewFill(theme.Page) }
	rows.Fill = func(int, fyne.CanvasObject) {}
	for name, w := range map[string]fyne.Widget{"words": words, "surface": surface, "fill": fill, "progress": progress, "rows": rows, "field": NewField("")} {
		w.Resize(size)
		objects := w.CreateRenderer().Objects()
		drawn := false
		for _, o := range objects {
			drawn = drawn || !o.Size().IsZero()
		}
		if !drawn {
			t.Errorf("%s shows nothing: %d objects without a size", name, len(objects))
		}
	}
}
