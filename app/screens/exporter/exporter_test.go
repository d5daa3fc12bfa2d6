package exporter

import (
	"context"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/format"
	_ "lede/annotate/format/all"
	"lede/app/widgets"
	"lede/app/widgets/widgettest"
	"lede/assets/sample"
)

func TestMain(m *testing.M) {
	widgets.UseBundledFontsOnly()
	m.Run()
}

// bench is the dialog over a project that holds the sample: five articles of
// ana, one done.
type bench struct {
	*Dialog
	t     *testing.T
	dir   string
	queue chan func()
}

func open(t *testing.T, store annotate.Store, dir string) *bench {
	t.Helper()
	test.NewTempApp(t)
	w := test.NewTempWindow(t, canvas.NewText("below", nil))
	w.Resize(fyne.NewSize(1280, 800))
	b := &bench{t: t, dir: dir, queue: make(chan func(), 10000)}
	d, err := Open(Options{
		Window: w, Store: store, Annotator: "ana", Version: "1.2.3", Folder: dir, Dispatch: func(f func()) { b.queue <- f },
	})
	if err != nil {
		t.Fatal(err)
	}
	b.Dialog = d
	b.until("the plan", func() bool { return !d.work.Busy() })
	return b
}

func project(t *testing.T) (annotate.Store, string) {
	t.Helper()
	dir, ctx, env := t.TempDir(), context.Background(), annotest.NewEnv()
	store, err := annotest.NewMemoryProjects(env).Create(ctx, filepath.Join(dir, "strike.lede"), "ana", nil)
	if err != nil {
		t.Fatal(err)
	}
	in := filepath.Join(t.TempDir(), "sample.jsonl")
	if err := os.WriteFile(in, sample.JSONL(), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := format.Import(ctx, store, []string{in}, format.ImportOptions{Actor: "ana", Annotator: "ana", Env: env}); err != nil {
		t.Fatal(err)
	}
	return store, dir
}

// until runs what comes back from the background until something holds.
func (b *bench) until(what string, holds func() bool) {
	b.t.Helper()
	deadline := time.After(20 * time.Second)
	for !holds() {
		select {
		case f := <-b.queue:
			f()
		case <-deadline:
			b.t.Fatalf("waited for %s in vain", what)
		}
	}
}

func (b *bench) format(name string) {
	b.t.Helper()
	for i, f := range b.formats {
		if f.Name == name {
			b.list.Choose(i)
			b.until("the plan of "+name, func() bool { return !b.work.Busy() })
			return
		}
	}
	b.t.Fatalf("the dialog does not offer %s", name)
}

func (b *bench) files() []string {
	var names []string
	entries, err := os.ReadDir(b.dir)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// words is all text in a part of the dialog.
func words(o fyne.CanvasObject) string {
	return strings.Join(widgettest.Words(o), "\n")
}

func TestLossesAreSaidBeforeAnythingIsWritten(t *testing.T) {
	store, dir := project(t)
	b := open(t, store, dir)
	b.format("conll")
	if got := b.counts.Text; got != "1 done article of ana · 2 in progress left out · 2 new left out" {
		t.Errorf("the counts are %q", got)
	}
	box := words(b.verdict)
	plan, err := format.MakePlan(context.Background(), store, format.ExportOptions{Format: "conll"})
	if err != nil {
		t.Fatal(err)
	}
	if len(plan.Losses) == 0 || !strings.Contains(box, "This format cannot hold") {
		t.Fatalf("the box says %q of %d losses", box, len(plan.Losses))
	}
	for _, l := range plan.Losses {
		if !strings.Contains(box, l.What) {
			t.Errorf("the box does not tell of %q", l.What)
		}
	}
	if got := b.button.Title(); got != verb(plan) || !strings.HasSuffix(got, "spans") {
		t.Errorf("the button says %q", got)
	}
	b.examples = true
	if box := words(b.losses()); !strings.Contains(box, plan.Losses[0].Examples[0]) {
		t.Errorf("examples are not shown: %q", box)
	}
	if files := b.files(); len(files) > 0 {
		t.Errorf("looking wrote %q", files)
	}
}

func TestExportByKeyboardAlone(t *testing.T) {
	store, dir := project(t)
	b := open(t, store, dir)
	exported := ""
	b.o.OnExported = func(path string) { exported = path }
	press := func(k fyne.KeyName) { b.sheet.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k}) }
	press(fyne.KeyHome)
	for range b.formats {
		if b.chosen.Name == "conll" {
			break
		}
		press(fyne.KeyDown)
	}
	b.until("the plan", func() bool { return !b.work.Busy() })
	press(fyne.KeyReturn)
	b.until("the export", func() bool { return b.finished != "" })
	want := filepath.Join(dir, "strike.conll")
	raw, err := os.ReadFile(want)
	if err != nil || !strings.HasPrefix(string(raw), "-DOCSTART- ") && !strings.HasPrefix(string(raw), "-DOCSTART-\t") {
		t.Errorf("%s holds %.40q, %v", want, raw, err)
	}
	if _, err := os.Stat(want + ".manifest.json"); err != nil {
		t.Errorf("no manifest: %v", err)
	}
	page := words(b.right)
	if exported != want || !strings.Contains(page, "Exported") || !strings.Contains(page, "strike.conll.manifest.json") {
		t.Errorf("exported %q; the page says %q", exported, page)
	}
	b.format("jsonl") // the next export, from the same dialog
	if b.finished != "" || !strings.Contains(words(b.right), "Export as JSON lines") {
		t.Errorf("after an export another format cannot be chosen: %q", words(b.right))
	}
	b.done()
	b.until("the second export", func() bool { return b.finished != "" })
	press(fyne.KeyReturn)
	if b.sheet.Shown() {
		t.Error("Enter did not close the dialog after the export")
	}
}

func TestReplacingAsks(t *testing.T) {
	store, dir := project(t)
	b := open(t, store, dir)
	there := filepath.Join(dir, "strike.jsonl")
	if err := os.WriteFile(there, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	b.done()
	if top := b.sheet.Canvas().Overlays().Top(); top == fyne.CanvasObject(b.sheet) || b.work.Busy() {
		t.Fatal("nothing was asked about the file that is there")
	}
	widgets.OnEscape() // no
	if raw, _ := os.ReadFile(there); string(raw) != "mine" || !b.sheet.Shown() {
		t.Fatalf("after No the file holds %.20q", raw)
	}
	b.done()
	b.sheet.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) // Replace
	b.until("the export", func() bool { return b.finished != "" })
	if raw, _ := os.ReadFile(there); !strings.HasPrefix(string(raw), `{"id":`) {
		t.Errorf("after Replace the file holds %.20q", raw)
	}
}

// slow is a store whose documents come one at a time, when they are let.
type slow struct {
	annotate.Store
	gate chan struct{}
}

func (s slow) Documents(ctx context.Context, q annotate.DocumentQuery) iter.Seq2[*annotate.Document, error] {
	return func(yield func(*annotate.Document, error) bool) {
		for d, err := range s.Store.Documents(ctx, q) {
			select {
			case <-s.gate:
			case <-ctx.Done():
				yield(nil, ctx.Err())
				return
			}
			if !yield(d, err) {
				return
			}
		}
	}
}

func TestCancelLeavesNothing(t *testing.T) {
	store, dir := project(t)
	gate := make(chan struct{}, 5)
	for range 5 {
		gate <- struct{}{} // the plan
	}
	b := open(t, slow{store, gate}, dir)
	b.done()
	gate <- struct{}{} // one article is written, the others wait
	b.cancel()
	b.until("the form", func() bool { return b.path != nil })
	if files := b.files(); len(files) > 0 {
		t.Errorf("a cancelled export left %q", files)
	}
	if !b.sheet.Shown() || b.finished != "" {
		t.Error("after Cancel the dialog is not back at its form")
	}
	b.Close()
}

func TestErrorsAreSentences(t *testing.T) {
	store, dir := project(t)
	b := open(t, store, dir)
	b.path.Put(filepath.Join(dir, "missing", "x.jsonl"))
	b.done()
	b.until("the error", func() bool {
		return b.path != nil && len(b.verdict.Objects) > 0 && strings.Contains(words(b.verdict), "no such")
	})
	if got := words(b.verdict); strings.Contains(got, "--") || !strings.Contains(got, "missing") {
		t.Errorf("the person is told %q", got)
	}
	if b.button.Off {
		t.Error("one cannot try again")
	}
	several := words(b.refusal(&format.AnnotatorError{Format: "conll", Names: []string{"ana", "ben"}}))
	if !strings.Contains(several, "ana, ben") || strings.Contains(several, "--annotator") {
		t.Errorf("the person is told %q", several)
	}
	if got := words(b.refusal(errors.New("x"))); got != "X." {
		t.Errorf("the person is told %q", got)
	}
}

func TestWhatIsChosenGoesIntoTheExport(t *testing.T) {
	store, dir := project(t)
	b := open(t, store, dir)
	if o := b.options(); o.Format != "jsonl" || o.Annotator != "" || o.Statuses != nil {
		t.Errorf("jsonl begins with %+v: it should hold everything", o)
	}
	b.format("conll")
	if o := b.options(); o.Annotator != "ana" || len(o.Statuses) != 1 || o.Statuses[0] != annotate.Done {
		t.Errorf("conll begins with %+v", o)
	}
	b.status.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	b.until("the plan", func() bool { return !b.work.Busy() })
	if o := b.options(); len(o.Statuses) != len(annotate.Statuses) {
		t.Errorf("with all articles the statuses are %v", o.Statuses)
	}
	if b.plan.Out.Articles != 5 {
		t.Errorf("%d articles go out, want 5", b.plan.Out.Articles)
	}
	b.format("jsonl")
	b.path.Put(filepath.Join(dir, "mine.jsonl"))
	b.format("conll")
	b.format("jsonl")
	if got := b.target(); got != filepath.Join(dir, "mine.jsonl") {
		t.Errorf("the path that was typed came back as %s", got)
	}
	if b.status.Chosen() != allStatuses {
		t.Error("the choice of another format was taken over")
	}
}

func TestFitsASmallWindow(t *testing.T) {
	store, dir := project(t)
	b := open(t, store, dir)
	b.Close()
	b.o.Window.Resize(fyne.NewSize(640, 400))
	d, err := Open(b.o)
	if err != nil {
		t.Fatal(err)
	}
	b.Dialog = d
	for _, f := range d.formats {
		b.format(f.Name)
		if least := d.sheet.Content.MinSize(); least.Width > 640 || least.Height > 400 {
			t.Errorf("%s needs %v of 640 x 400", f.Name, least)
		}
	}
}

func TestLossesThatHurtComeFirst(t *testing.T) {
	var got []string
	for _, n := range worstFirst([]format.Note{{Kind: "ids"}, {Kind: "status"}, {Kind: "new kind"}, {Kind: "notes"}, {Kind: "facts"}, {Kind: "relations"}, {Kind: "overlaps"}}) {
		got = append(got, n.Kind)
	}
	if want := "overlaps relations notes new kind ids facts status"; strings.Join(got, " ") != want {
		t.Errorf("the order is %q, want %q", got, want)
	}
}

func TestPickerOpens(t *testing.T) {
	store, dir := project(t)
	b := open(t, store, dir)
	b.browse()
	if top := b.sheet.Canvas().Overlays().Top(); top == fyne.CanvasObject(b.sheet) {
		t.Error("nothing is shown")
	}
}
