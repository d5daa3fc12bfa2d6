package preferences

import (
	"reflect"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"lede/app/screens/sheet"
	"lede/app/settings"
	"lede/app/widgets"
	"lede/app/widgets/widgettest"
)

func TestMain(m *testing.M) {
	widgets.UseBundledFontsOnly()
	m.Run()
}

func TestChangesHoldAtOnceAndAreKept(t *testing.T) {
	test.NewTempApp(t)
	c := test.NewTempWindow(t, canvas.NewText("below", nil)).Canvas()
	o := settings.Options{ConfigDir: t.TempDir(), StateDir: t.TempDir()}
	store := settings.Open(o)
	if err := store.Change(func(s *settings.Settings) { s.Zoom = 1.37 }); err != nil { // by the keys
		t.Fatal(err)
	}
	var told []settings.Settings
	d := Open(Options{Canvas: c, Store: store, OnChange: func(s settings.Settings) { told = append(told, s) }})
	name := c.Focused().(*widgets.Field)
	for _, r := range "ben" {
		name.TypedRune(r)
	}
	down := func(f *sheet.Choice) { f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown}) }
	down(d.theme()) // like the system → light
	down(d.labels())
	down(d.granularity())
	zoom := d.zoom()
	if !slices.Contains(zoom.Titles, "137 %") || zoom.Titles[zoom.Chosen()] != "137 %" {
		t.Errorf("a text size set by keys is not among %q", zoom.Titles)
	}
	down(zoom)
	name.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if c.Overlays().Top() != nil {
		t.Error("Enter did not close the dialog")
	}
	want := settings.Settings{Annotator: "ben", Theme: settings.Light, HideLabels: true, Granularity: "character", Zoom: 1.5}
	if got := settings.Open(o).Settings(); !reflect.DeepEqual(got, want) {
		t.Errorf("kept is %+v, want %+v", got, want)
	}
	if len(told) != 5 || !reflect.DeepEqual(told[4], want) {
		t.Errorf("the window was told %+v", told)
	}
}

func TestReadingSettingsHoldAtOnce(t *testing.T) {
	test.NewTempApp(t)
	c := test.NewTempWindow(t, canvas.NewText("below", nil)).Canvas()
	store := settings.Open(settings.Options{ConfigDir: t.TempDir(), StateDir: t.TempDir()})
	var told settings.Settings
	Open(Options{Canvas: c, Store: store, OnChange: func(s settings.Settings) { told = s }})
	sliders := 0
	for range 40 { // Tab through the dialog
		if s, ok := c.Focused().(*widgets.Slider); ok {
			s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
			sliders++
		}
		c.FocusNext()
		if sliders == 3 {
			break
		}
	}
	if told.TextSize != 19 || told.LineSpacing != 1.1 || told.LineLength != 75 {
		t.Errorf("the window was told %+v", told)
	}
}

func TestWhatCannotBeKeptIsTold(t *testing.T) {
	test.NewTempApp(t)
	c := test.NewTempWindow(t, canvas.NewText("below", nil)).Canvas()
	store := settings.Open(settings.Options{ConfigDir: "/dev/null/x", StateDir: t.TempDir()})
	var failed error
	d := Open(Options{Canvas: c, Store: store, OnFailed: func(err error) { failed = err }})
	d.theme().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	if failed == nil || store.Settings().Theme != settings.Light {
		t.Errorf("told %v; the theme is %q", failed, store.Settings().Theme)
	}
}

// TestFontFileThatCannotBeUsed: what is wrong stands below the file's name until
// the file is taken away.
func TestFontFileThatCannotBeUsed(t *testing.T) {
	test.NewTempApp(t)
	c := test.NewTempWindow(t, canvas.NewText("below", nil)).Canvas()
	store := settings.Open(settings.Options{ConfigDir: t.TempDir(), StateDir: t.TempDir()})
	file := func(path string) {
		if err := store.Change(func(s *settings.Settings) { s.FontFile = path }); err != nil {
			t.Fatal(err)
		}
	}
	file("/none/own.ttf")
	d := Open(Options{
		Canvas: c, Store: store, PickFont: func(func()) {}, FontWrong: func() string { return "It is gone." },
		DropFont: func(done func()) { file(""); done() },
	})
	says := func(words string) bool { return slices.Contains(widgettest.Words(d.sheet.Content), words) }
	if !says("own.ttf") || !says("It is gone.") {
		t.Errorf("the dialog says %q", widgettest.Words(d.sheet.Content))
	}
	d.o.DropFont(func() {})
	d.sheet.Close()
	d = Open(d.o)
	if says("own.ttf") || says("It is gone.") {
		t.Errorf("without the file the dialog says %q", widgettest.Words(d.sheet.Content))
	}
}
