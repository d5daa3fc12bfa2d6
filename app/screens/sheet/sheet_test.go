package sheet

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/test"

	"lede/annotate"
	"lede/app/widgets"
)

func TestMain(m *testing.M) {
	widgets.UseBundledFontsOnly()
	m.Run()
}

func window(t *testing.T) fyne.Window {
	t.Helper()
	test.NewTempApp(t)
	w := test.NewTempWindow(t, canvas.NewText("below", nil))
	w.Resize(fyne.NewSize(1000, 700))
	return w
}

func typed(c fyne.Canvas, names ...fyne.KeyName) {
	for _, n := range names {
		e := &fyne.KeyEvent{Name: n}
		if f := c.Focused(); f != nil {
			f.TypedKey(e)
		} else if c.OnTypedKey() != nil {
			c.OnTypedKey()(e)
		}
	}
}

func TestSheetAnswersEscAndEnterAndGivesBackWhatItTook(t *testing.T) {
	c := window(t).Canvas()
	var heard []string
	widgets.OnEscape = func() { heard = append(heard, "window") }
	t.Cleanup(func() { widgets.OnEscape = nil })
	button := widgets.NewButton("One", func() { heard = append(heard, "button") })
	s := New(c, button)
	s.OnDone = func() { heard = append(heard, "done") }
	s.OnClose = func() { heard = append(heard, "closed") }
	s.Open(nil)
	typed(c, fyne.KeyReturn) // nothing has the focus
	c.Focus(button)
	typed(c, fyne.KeyReturn, fyne.KeyEscape)
	if s.Shown() || c.Overlays().Top() != nil {
		t.Error("Esc in a part of the sheet did not close it")
	}
	widgets.OnEscape()
	want := []string{"done", "button", "closed", "window"}
	if !slices.Equal(heard, want) {
		t.Errorf("heard %q, want %q", heard, want)
	}
	if c.OnTypedKey() != nil {
		t.Error("the sheet kept the keys of the window")
	}
}

func TestAClickBesideClosesALightSheetOnly(t *testing.T) {
	c := window(t).Canvas()
	for _, light := range []bool{false, true} {
		s := New(c, widgets.NewSpace(100, 100))
		s.Light = light
		s.Open(nil)
		s.Tapped(&fyne.PointEvent{Position: fyne.NewPos(500, 350)}) // in the panel
		if !s.Shown() {
			t.Errorf("light %v: a click in the panel closed it", light)
		}
		s.Tapped(&fyne.PointEvent{Position: fyne.NewPos(5, 5)})
		if s.Shown() == light {
			t.Errorf("light %v: shown is %v after a click beside it", light, s.Shown())
		}
		s.Close()
	}
}

func TestPanelStaysInTheWindow(t *testing.T) {
	c := window(t).Canvas()
	s := New(c, widgets.NewSpace(10, 10))
	s.Room = fyne.NewSize(300, 200)
	s.At = &fyne.Position{X: 950, Y: 690}
	at, size := s.panel(fyne.NewSize(1000, 700))
	if at.X+size.Width > 1000 || at.Y+size.Height > 700 {
		t.Errorf("a panel at the corner lies at %v, %v large", at, size)
	}
	s.At, s.Room = nil, fyne.NewSize(2000, 2000)
	if at, size := s.panel(fyne.NewSize(1000, 700)); at.X < 0 || at.Y < 0 || size.Width > 1000 || size.Height > 700 {
		t.Errorf("a panel that is too large lies at %v, %v large", at, size)
	}
}

func TestChoiceByKeys(t *testing.T) {
	c := window(t).Canvas()
	s := New(c, nil)
	done, heard := 0, []int{}
	s.OnDone = func() { done++ }
	choice := NewChoice(s, []string{"a", "b", "c"}, 0, func(i int) { heard = append(heard, i) })
	s.Content = choice
	s.Open(choice)
	typed(c, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyHome, fyne.KeyReturn)
	if want := []int{1, 2, 1, 0}; !slices.Equal(heard, want) || done != 1 {
		t.Errorf("chose %v, want %v; Enter was heard %d times", heard, want, done)
	}
	typed(c, fyne.KeySpace)
	if c.Overlays().Top() == fyne.CanvasObject(s) {
		t.Error("Space did not open the list")
	}
}

func TestListByKeys(t *testing.T) {
	c := window(t).Canvas()
	s := New(c, nil)
	var heard []int
	l := NewList(s, []Item{{"a", ""}, {"b", ""}, {"c", ""}}, 0)
	l.OnChosen = func(i int) { heard = append(heard, i) }
	s.Content = NewSide(l, widgets.NewSpace(10, 10), 200)
	s.Open(l.Rows)
	typed(c, fyne.KeyDown, fyne.KeyEnd, fyne.KeyDown, fyne.KeyUp)
	if want := []int{1, 2, 1}; !slices.Equal(heard, want) {
		t.Errorf("chose %v, want %v", heard, want)
	}
}

func finder(t *testing.T, picked *[]int) *Finder {
	c := window(t).Canvas()
	return Find(FinderOptions{
		Canvas: c, Width: 300, Rows: 3, None: "none",
		Items: []Found{{Title: "Export…"}, {Title: "Next article"}, {Title: "Next span"}, {Title: "Paste article…"}},
		Pick:  func(i int) { *picked = append(*picked, i) },
		Gone:  func() { *picked = append(*picked, -1) },
	})
}

func TestFinder(t *testing.T) {
	for name, c := range map[string]struct {
		letters string
		keys    []fyne.KeyName
		want    []int
	}{
		"the first":            {"", []fyne.KeyName{fyne.KeyReturn}, []int{0}},
		"letters in order":     {"nxsp", []fyne.KeyName{fyne.KeyReturn}, []int{2}},
		"whatever their case":  {"PASTE", []fyne.KeyName{fyne.KeyReturn}, []int{3}},
		"down":                 {"", []fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn}, []int{2}},
		"up, around the end":   {"", []fyne.KeyName{fyne.KeyUp, fyne.KeyReturn}, []int{3}},
		"by a page to the end": {"", []fyne.KeyName{fyne.KeyPageDown, fyne.KeyPageDown, fyne.KeyReturn}, []int{3}},
		"nothing found":        {"qqq", []fyne.KeyName{fyne.KeyReturn}, nil},
		"Esc":                  {"", []fyne.KeyName{fyne.KeyEscape}, []int{-1}},
	} {
		t.Run(name, func(t *testing.T) {
			var picked []int
			f := finder(t, &picked)
			for _, r := range c.letters {
				f.Field.TypedRune(r)
			}
			for _, k := range c.keys {
				f.Field.TypedKey(&fyne.KeyEvent{Name: k})
			}
			if !slices.Equal(picked, c.want) {
				t.Errorf("picked %v, want %v; shown were %v", picked, c.want, f.Found())
			}
			if f.Sheet.Shown() == (c.want != nil) {
				t.Errorf("the finder is shown: %v", f.Sheet.Shown())
			}
		})
	}
}

func TestSentence(t *testing.T) {
	for want, err := range map[string]error{
		"/x/a.csv:1: there is no text.":                  &annotate.Error{Op: "import", Subject: "/x/a.csv:1", Detail: "there is no text.", Hint: "Say it with --opt text-column=NAME."},
		"/x: the disk is full. Make room and try again.": &annotate.Error{Kind: annotate.ErrFull, Subject: "/x", Detail: "the disk is full.", Hint: "Make room and try again."},
		"Permission denied.":                             &annotate.Error{Kind: annotate.ErrForbidden},
		"Something else.":                                errors.New("something else"),
		"The format holds the work of one. Choose one.":  &annotate.Error{Detail: "the format holds the work of one", Hint: "choose one"},
	} {
		if got := Sentence(err); got != want {
			t.Errorf("%#v is told as %q, want %q", err, got, want)
		}
	}
}

func TestNumbers(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 2214: "2,214", 1234567: "1,234,567", -1000: "-1,000"} {
		if got := Number(n); got != want {
			t.Errorf("%d is written %q, want %q", n, got, want)
		}
	}
	if got := Count(1, "span", "spans") + ", " + Count(0, "span", "spans"); got != "1 span, 0 spans" {
		t.Error(got)
	}
}

func TestPathsShortAndLong(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	if got := Long(Short(home + "/a b/c.jsonl")); got != home+"/a b/c.jsonl" {
		t.Errorf("there and back is %q", got)
	}
	if got := Short(home + "/x"); got[0] != '~' {
		t.Errorf("a path at home is %q", got)
	}
	if Long("  ") != "" {
		t.Error("no path became one")
	}
}

// TestWorkIsOneAtATime: what was superseded or stopped is never heard of, what
// was cancelled is.
func TestWorkIsOneAtATime(t *testing.T) {
	queue := make(chan func(), 100)
	w := Work{Dispatch: func(f func()) { queue <- f }}
	var heard []string
	start := func(name string) {
		Start(&w, func(ctx context.Context, tell func(Progress)) (string, error) {
			<-ctx.Done()
			return name, ctx.Err()
		}, func(Progress) {}, func(s string, err error) { heard = append(heard, s) })
	}
	start("first")
	start("second")
	w.Cancel()
	next(t, queue)()
	next(t, queue)()
	start("third")
	w.Stop()
	next(t, queue)()
	if !slices.Equal(heard, []string{"second"}) || w.Busy() {
		t.Errorf("heard %q, busy %v", heard, w.Busy())
	}
}

func next(t *testing.T, queue chan func()) func() {
	t.Helper()
	select {
	case f := <-queue:
		return f
	case <-time.After(10 * time.Second):
		t.Fatal("nothing came back from the background")
		return nil
	}
}

func TestFinderPutsWhatReadsLikeItFirst(t *testing.T) {
	c := window(t).Canvas()
	f := Find(FinderOptions{Canvas: c, Width: 300, Rows: 9, Items: []Found{
		{Title: "Next article to do", Off: true}, {Title: "Show notes of all kinds"}, {Title: "Undo"}, {Title: "Edit note"}, {Title: "Note on the span"}, {Title: "Now over the edge"},
	}})
	for typed, want := range map[string][]int{
		"note": {4, 3, 1}, // begins with it, a word does; not the letters n-o-t-e here and there
		"nts":  {4, 1},    // no title holds it: its letters will do
		"do":   {2, 0},    // what cannot be done comes last
		"":     {1, 2, 3, 4, 5, 0},
	} {
		f.search(typed)
		got := f.Found()
		if typed == "note" || typed == "nts" {
			slices.Sort(got[1:])
			slices.Sort(want[1:])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q finds %v, want %v", typed, got, want)
		}
	}
}

func TestContentLargerThanTheWindowScrolls(t *testing.T) {
	w := window(t)
	w.Resize(fyne.NewSize(640, 400))
	s := New(w.Canvas(), widgets.NewSpace(800, 900))
	s.Open(nil)
	var room *container.Scroll
	for _, o := range test.WidgetRenderer(s).Objects() {
		if found, ok := o.(*container.Scroll); ok {
			room = found
		}
	}
	if room == nil {
		t.Fatal("it does not scroll")
	}
	if at, size := room.Position(), room.Size(); at.X < 0 || at.Y < 0 || at.X+size.Width > 640 || at.Y+size.Height > 400 {
		t.Errorf("the panel lies at %v, %v large", at, size)
	}
	if got := s.Content.Size(); got != fyne.NewSize(800, 900) {
		t.Errorf("the content has %v", got)
	}
}

func TestNoteOfOne(t *testing.T) {
	for want, got := range map[string]string{
		"1 article without any text": Note(1, "articles without any text"),
		"2 articles without a title": Note(2, "articles without a title"),
		"1 status of a set":          Note(1, "statuses of a set"),
		"1 not read, because …":      Note(1, "not read, because …"),
		"1 span":                     Note(1, "spans"),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestFileDialogsOpenWithRoom(t *testing.T) {
	dir := t.TempDir()
	for name, make := range map[string]func(fyne.Window) *dialog.FileDialog{
		"open": func(w fyne.Window) *dialog.FileDialog {
			return dialog.NewFileOpen(func(fyne.URIReadCloser, error) {}, w)
		},
		"folder": func(w fyne.Window) *dialog.FileDialog {
			return dialog.NewFolderOpen(func(fyne.ListableURI, error) {}, w)
		},
	} {
		for _, folder := range []string{"", dir, filepath.Join(dir, "not there")} {
			w := window(t)
			ShowFiles(make(w), w, folder)
			top, ok := w.Canvas().Overlays().Top().(fyne.Widget)
			if !ok {
				t.Fatalf("%s in %q: no dialog is shown", name, folder)
			}
			widest := fyne.Size{}
			for _, o := range test.WidgetRenderer(top).Objects() {
				if s := o.Size(); s.Width < 1000 { // not the veil
					widest = widest.Max(s)
				}
			}
			if widest.Width < 850 || widest.Height < 550 {
				t.Errorf("%s in %q: it has only %v", name, folder, widest)
			}
		}
	}
}
