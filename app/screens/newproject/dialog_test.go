package newproject

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"lede/annotate/schema"
	"lede/app/widgets"
	"lede/app/widgets/widgettest"
	"lede/assets/schemas"
)

func TestMain(m *testing.M) {
	widgets.UseBundledFontsOnly()
	m.Run()
}

// made is what the dialog was asked to make.
type made struct {
	folder, name string
	file         *schema.File
	path         string // given to OnCreated
	fault        error  // to be given back
	chosen       string // what the file dialog answers
}

func open(t *testing.T, size fyne.Size) (*Dialog, *made) {
	t.Helper()
	test.NewTempApp(t)
	w := test.NewTempWindow(t, canvas.NewText("below", nil))
	w.Resize(size)
	m := &made{}
	d, err := Open(Options{
		Canvas: w.Canvas(), Name: "Articles", Folder: "/work",
		Create: func(folder, name string, f *schema.File) (string, error) {
			m.folder, m.name, m.file = folder, name, f
			return filepath.Join(folder, name+".lede"), m.fault
		},
		OnCreated:  func(path string) { m.path = path },
		ChooseFile: func(_ []string, chosen func(string)) { chosen(m.chosen) },
	})
	if err != nil {
		t.Fatal(err)
	}
	return d, m
}

func press(d *Dialog, keys ...fyne.KeyName) {
	for _, k := range keys {
		d.sheet.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
	}
}

func TestEveryPackIsOfferedAndMade(t *testing.T) {
	for i, name := range schemas.Names() {
		d, m := open(t, fyne.NewSize(1280, 800))
		press(d, fyne.KeyDown) // from the name to the list
		for range i {
			press(d, fyne.KeyDown)
		}
		shown := strings.Join(widgettest.Words(d.shown), "\n")
		f := d.packs[i]
		for _, want := range append(titles(f), f.Title, f.Description, counts(f)) {
			if !strings.Contains(shown, want) {
				t.Errorf("%s: its page does not say %q: %s", name, want, shown)
			}
		}
		press(d, fyne.KeyReturn)
		if m.file == nil || m.file.Name != name || m.folder != "/work" || m.name != "Articles" || m.path != "/work/Articles.lede" || d.sheet.Shown() {
			t.Errorf("%s: made %+v", name, m)
		}
	}
}

func TestSchemaFile(t *testing.T) {
	dir := t.TempDir()
	good, bad := filepath.Join(dir, "mine.yaml"), filepath.Join(dir, "bad.yaml")
	for path, content := range map[string]string{good: "labels: [rumour, denial]\n", bad: "labels:\n  - name: a\n    colour: x\n"} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	d, m := open(t, fyne.NewSize(1280, 800))
	says := func(want string) {
		t.Helper()
		if shown := strings.Join(widgettest.Words(d.shown), "\n"); !strings.Contains(shown, want) {
			t.Errorf("the page does not say %q: %s", want, shown)
		}
	}
	press(d, fyne.KeyDown, fyne.KeyEnd, fyne.KeyReturn) // no file yet: its field gets the keyboard
	if d.sheet.Canvas().Focused() != fyne.Focusable(d.file) || m.file != nil {
		t.Fatalf("without a file Enter made %+v", m)
	}
	d.file.SetText(bad)
	press(d, fyne.KeyReturn)
	says("Line 3: a label has no field \"colour\"")
	if m.file != nil {
		t.Error("a project was made with a wrong schema")
	}
	d.file.SetText(filepath.Join(dir, "none.yaml"))
	press(d, fyne.KeyReturn)
	says("no such file")
	m.chosen = good // by the file dialog
	d.browse()
	says("Rumour")
	says("2 labels")
	press(d, fyne.KeyUp) // a pack, and back
	says("Labels are added in the window")
	press(d, fyne.KeyDown)
	says("Denial")
	m.fault = errors.New("the disk is full")
	press(d, fyne.KeyReturn)
	if !strings.Contains(d.wrong.Text, "The disk is full") || !d.sheet.Shown() || m.path != "" {
		t.Errorf("after an error the dialog says %q", d.wrong.Text)
	}
	m.fault = nil
	press(d, fyne.KeyReturn)
	if m.path == "" || !slices.Equal(titles(m.file), []string{"Rumour", "Denial"}) {
		t.Errorf("made %+v", m)
	}
}

func TestFitsASmallWindow(t *testing.T) {
	d, _ := open(t, fyne.NewSize(640, 400))
	for i := range len(d.packs) + 1 {
		d.list.Choose(i)
		if least := d.sheet.Content.MinSize(); least.Width > 640-48 || least.Height > 400-48 {
			t.Errorf("pack %d needs %v", i, least)
		}
	}
}
