package importer

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/format"
	_ "lede/annotate/format/all"
	"lede/app/screens/sheet"
	"lede/app/widgets"
	"lede/app/widgets/widgettest"
)

func TestMain(m *testing.M) {
	widgets.UseBundledFontsOnly()
	m.Run()
}

type bench struct {
	*Dialog
	t        *testing.T
	store    annotate.Store
	queue    chan func()
	imported []*format.ImportReport
	failed   []error
	shown    []annotate.ID
}

func newBench(t *testing.T) (*bench, Options) {
	t.Helper()
	test.NewTempApp(t)
	w := test.NewTempWindow(t, canvas.NewText("below", nil))
	w.Resize(fyne.NewSize(1280, 800))
	b := &bench{t: t, store: annotest.NewMemory(annotest.NewEnv()), queue: make(chan func(), 100000)}
	return b, Options{
		Window: w, Store: b.store, Actor: "ana", Annotator: "ana", Env: annotest.NewEnvAt(annotest.Start, 1),
		Dispatch:   func(f func()) { b.queue <- f },
		OnImported: func(r *format.ImportReport) { b.imported = append(b.imported, r) },
		OnFailed:   func(err error) { b.failed = append(b.failed, err) },
		OnShow:     func(id annotate.ID) { b.shown = append(b.shown, id) },
	}
}

func open(t *testing.T, paths ...string) *bench {
	t.Helper()
	b, o := newBench(t)
	b.Dialog = Open(o, paths)
	b.rest()
	return b
}

// rest runs what comes back until nothing is under way.
func (b *bench) rest() { b.until("rest", func() bool { return !b.work.Busy() }) }

func (b *bench) until(what string, holds func() bool) {
	b.t.Helper()
	deadline := time.After(20 * time.Second)
	for !holds() {
		select {
		case f := <-b.queue:
			f()
		case <-deadline:
			b.t.Fatalf("waited for %s in vain; the dialog says %q", what, b.said())
		}
	}
}

// said is all text of the dialog.
func (b *bench) said() string {
	return strings.Join(widgettest.Words(b.body), "\n")
}

func (b *bench) wants(parts ...string) {
	b.t.Helper()
	said := b.said()
	for _, p := range parts {
		if !strings.Contains(said, p) {
			b.t.Errorf("the dialog does not say %q but\n%s", p, said)
		}
	}
}

func (b *bench) articles() []annotate.ArticleRow {
	b.t.Helper()
	rows, err := b.store.Articles(context.Background(), annotate.ArticleQuery{})
	if err != nil {
		b.t.Fatal(err)
	}
	return rows
}

func (b *bench) text(i int) string {
	b.t.Helper()
	_, text, err := b.store.Article(context.Background(), b.articles()[i].Article.ID)
	if err != nil {
		b.t.Fatal(err)
	}
	return text.String()
}

func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestFolderOfTexts(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{"a.txt": "First.", "b.txt": "Second 港口.", "c.bin": "\x01"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	b := open(t, dir)
	b.wants("2 new articles", "Text files (told by the content)", "First.", "Second 港口.", "Import 2 articles", "c.bin")
	if n := len(b.articles()); n > 0 || len(b.imported) > 0 {
		t.Fatalf("looking imported %d articles", n)
	}
	b.done() // Enter
	b.rest()
	b.wants("Imported", "2 new articles")
	if n := len(b.articles()); n != 2 || len(b.imported) != 1 {
		t.Errorf("%d articles, %d reports", n, len(b.imported))
	}
	b.done()
	if b.sheet.Shown() {
		t.Error("Enter did not close the dialog after the import")
	}
}

func TestFilesWithoutUTF8ShowTheirTextInTheLikelyEncoding(t *testing.T) {
	latin := write(t, "z.txt", "Das Parlament in Z\xfcrich tagt, \xfcber Br\xfccken geht man nicht.")
	b := open(t, latin)
	b.wants("windows-1252 (likely)", "Zürich tagt", "Import 1 article")
	b.done()
	b.rest()
	if got := b.text(0); !strings.HasPrefix(got, "Das Parlament in Zürich") {
		t.Errorf("imported %q", got)
	}
}

// Several files may not all be in the encoding of the one that is not UTF-8, so
// nothing is chosen for the person.
func TestAmongSeveralFilesTheEncodingIsAsked(t *testing.T) {
	b := open(t, write(t, "a.txt", "Plain."), write(t, "z.txt", "Z\xfcrich \xfcber alles"))
	b.wants("not UTF-8", "Choose the encoding above", "Zürich", "only for files that are not Unicode")
	if b.button.Off == false || b.encoding != "" {
		t.Errorf("one can import with the encoding %q unasked", b.encoding)
	}
	field := b.named["Encoding"].(*sheet.Choice)
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	b.rest()
	b.wants("Import 2 articles")
	b.done()
	b.rest()
	if got := b.text(1); got != "Zürich über alles" {
		t.Errorf("imported %q", got)
	}
}

func TestTableAsksForTheColumnAndTheOrderOfDates(t *testing.T) {
	b := open(t, write(t, "t.csv", "id,headline,story,date\n1,Port closes,The port closed.,03/04/2026\n2,Port opens,It opened.,05/04/2026\n"))
	b.wants("Choose above where the text is")
	column := b.named["Text is in"].(*sheet.Choice)
	if !slices.Equal(column.Titles, []string{"id", "headline", "story", "date"}) {
		t.Fatalf("offered are %q", column.Titles)
	}
	b.set("text-column", "story")
	b.rest()
	b.wants("Choose above which is meant")
	dates := b.named["Dates"].(*sheet.Choice)
	dates.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown}) // day first
	b.rest()
	b.wants("2 new articles", "The port closed.")
	b.done()
	b.rest()
	rows := b.articles()
	if len(rows) != 2 || rows[0].Article.PublishedISO != "2026-04-03" || b.text(0) != "The port closed." {
		t.Errorf("imported %+v", rows)
	}
}

func TestTheSameAgainIsSaid(t *testing.T) {
	path := write(t, "a.txt", "First.")
	b := open(t, path)
	b.done()
	b.rest()
	b.Close()
	again := Open(b.o, []string{path})
	b.Dialog = again
	b.rest()
	b.wants("1 there already", "Already there", "keep the article, add what further annotators did")
	b.named["Already there"].(*sheet.Choice).TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd}) // keep both
	b.rest()
	b.done()
	b.rest()
	if n := len(b.articles()); n != 2 {
		t.Errorf("%d articles after keeping both", n)
	}
}

// gated is a store whose import waits after its first batch.
type gated struct {
	annotate.Store
	reached chan struct{}
	gate    chan struct{}
}

func (g gated) BeginImport(ctx context.Context, info annotate.Import) (annotate.Importer, error) {
	i, err := g.Store.BeginImport(ctx, info)
	return gatedImporter{i, g}, err
}

type gatedImporter struct {
	annotate.Importer
	g gated
}

func (i gatedImporter) Add(ctx context.Context, batch []annotate.ImportArticle) error {
	select {
	case i.g.reached <- struct{}{}:
	default:
	}
	select {
	case <-i.g.gate:
	case <-ctx.Done():
		return ctx.Err()
	}
	return i.Importer.Add(ctx, batch)
}

func slow(t *testing.T) (*bench, gated) {
	b, o := newBench(t)
	g := gated{b.store, make(chan struct{}, 1), make(chan struct{})}
	o.Store = g
	b.Dialog = Open(o, []string{write(t, "a.txt", "First.")})
	b.rest()
	b.done()
	select {
	case <-g.reached:
	case <-time.After(20 * time.Second):
		t.Fatal("the import did not begin")
	}
	return b, g
}

func TestCancelLeavesTheProjectAsItWas(t *testing.T) {
	b, _ := slow(t)
	before, err := b.store.Position(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	b.cancel() // Esc
	b.rest()
	b.wants("nothing was imported, the project is as it was", "Import articles")
	after, err := b.store.Position(context.Background())
	if err != nil || after != before || len(b.articles()) > 0 || len(b.imported) > 0 {
		t.Errorf("position %d, was %d; %d articles; %v", after, before, len(b.articles()), err)
	}
}

// A project that is closed while an import goes on in the background must not be
// closed under it.
func TestEndWaitsForTheImport(t *testing.T) {
	b, g := slow(t)
	b.Close()
	b.End()
	if b.work.Busy() || len(b.articles()) > 0 {
		t.Errorf("busy %v, %d articles", b.work.Busy(), len(b.articles()))
	}
	if i, err := b.store.BeginImport(context.Background(), annotate.Import{ID: "next"}); err != nil {
		t.Errorf("the import still holds the project: %v", err)
	} else if err := i.Abort(context.Background()); err != nil {
		t.Error(err)
	}
	close(g.gate)
}

// One need not wait for the counting; what it would have asked is asked then.
func TestAnImportThatFailsComesBackToItsQuestion(t *testing.T) {
	b := open(t, write(t, "t.csv", "id,text,date\n1,The port closed.,03/04/2026\n"))
	b.problem = nil
	b.ready("Import", true) // as while the counting goes on
	b.done()
	b.rest()
	b.wants("Nothing was imported, the project is as it was", "Choose above which is meant")
	b.set("date-order", "dmy")
	b.rest()
	b.done()
	b.rest()
	if rows := b.articles(); len(rows) != 1 || rows[0].Article.PublishedISO != "2026-04-03" {
		t.Errorf("imported %+v", rows)
	}
}

func TestGoingOnWorkingWhileAnImportRuns(t *testing.T) {
	b, g := slow(t)
	b.Close()
	close(g.gate)
	b.until("the import", func() bool { return b.state == finished })
	if b.sheet.Shown() || len(b.imported) != 1 || len(b.articles()) != 1 {
		t.Errorf("shown %v, %d reports, %d articles", b.sheet.Shown(), len(b.imported), len(b.articles()))
	}
}

func TestErrorsAreSentences(t *testing.T) {
	b := open(t, filepath.Join(t.TempDir(), "missing.txt"))
	b.wants("there is no such file or folder")
	bad := open(t, write(t, "x.jsonl", "{\"text\":\"abc\",\"spans\":[{\"label\":\"actor\",\"start\":0,\"end\":9}]}\n"))
	bad.wants("x.jsonl:1", "outside the text")
	for _, one := range []*bench{b, bad} {
		if strings.Contains(one.said(), "--") || !one.button.Off {
			t.Errorf("the person is told %q", one.said())
		}
	}
}

func TestPaste(t *testing.T) {
	b, o := newBench(t)
	b.Dialog = Paste(o, "Dockers walk out\r\n\r\nAbout 4,000 “dockers” 👩‍👩‍👧 walked out.\r\nNobody goes back.")
	b.wants("Paste an article", "57 characters", "Add the article")
	if b.pasting.title != "Dockers walk out" {
		t.Errorf("the title is %q", b.pasting.title)
	}
	b.pasting.source, b.pasting.date = "Varno Tribune", "03/04/2026"
	b.done()
	b.rest()
	b.wants("Choose above which is meant")
	b.set("date-order", "mdy")
	b.done()
	b.rest()
	rows := b.articles()
	if len(rows) != 1 || rows[0].Article.Title != "Dockers walk out" || rows[0].Article.Source != "Varno Tribune" || rows[0].Article.PublishedISO != "2026-03-04" {
		t.Fatalf("imported %+v", rows)
	}
	if got := b.text(0); got != "About 4,000 “dockers” 👩‍👩‍👧 walked out.\nNobody goes back." {
		t.Errorf("the text is %q", got)
	}
	if b.sheet.Shown() || len(b.imported) != 1 || len(b.shown) != 1 || b.shown[0] != rows[0].Article.ID {
		t.Errorf("shown %v, imported %d, showed %v", b.sheet.Shown(), len(b.imported), b.shown)
	}
}

func TestPasteOfNothing(t *testing.T) {
	b, o := newBench(t)
	b.Dialog = Paste(o, "  \n ")
	b.wants("no text")
	b.done()
	if b.work.Busy() || len(b.articles()) > 0 {
		t.Error("nothing was pasted, but something is imported")
	}
}

func TestSplitTitle(t *testing.T) {
	for in, want := range map[string][2]string{
		"Title\n\nText.":                   {"Title", "Text."},
		"\n\nTitle\r\n \r\nText.\r\nMore.": {"Title", "Text.\nMore."},
		"One line":                         {"", "One line"},
		"A sentence.\nThe next.":           {"", "A sentence.\nThe next."},
		strings.Repeat("x", 200) + "\n\ny": {"", strings.Repeat("x", 200) + "\n\ny"},
	} {
		if title, rest := splitTitle(in); title != want[0] || rest != want[1] {
			t.Errorf("%q is split into %q and %q", in, title, rest)
		}
	}
}

func TestPathsInTheField(t *testing.T) {
	paths := []string{filepath.Join(t.TempDir(), "a b.txt"), filepath.Join(t.TempDir(), "c")}
	if got := unspell(spell(paths)); !slices.Equal(got, paths) {
		t.Errorf("there and back is %q", got)
	}
	if got := unspell(" ; "); got != nil {
		t.Errorf("no path became %q", got)
	}
}

func ctrlEnter() fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl}
}

func TestCtrlEnterAddsThePastedArticle(t *testing.T) {
	b, o := newBench(t)
	b.Dialog = Paste(o, "")
	test.Type(b.from, "Dockers walk out, and about four thousand of them stand before the gates of the harbour today")
	b.from.TypedShortcut(ctrlEnter())
	b.rest()
	rows := b.articles()
	if len(rows) != 1 || b.sheet.Shown() {
		t.Fatalf("%d articles; the dialog is there still: %v", len(rows), b.sheet.Shown())
	}
	if want := "Dockers walk out, and about four thousand of them stand before the gates of the…"; rows[0].Article.Title != want {
		t.Errorf("the title is %q, want %q", rows[0].Article.Title, want)
	}
}

func TestTitleOfferedIsTheFirstLine(t *testing.T) {
	b, o := newBench(t)
	b.Dialog = Paste(o, "\n  Dockers   walk out \nAll of them.")
	if got := b.title.PlaceHolder; got != "Dockers walk out" {
		t.Errorf("the title offered is %q", got)
	}
	b.done()
	b.rest()
	if got := b.articles()[0].Article.Title; got != "Dockers walk out" {
		t.Errorf("the title is %q", got)
	}
}

func TestWhatWasTypedIsKeptUntilItIsAdded(t *testing.T) {
	b, o := newBench(t)
	o.Draft = &Draft{}
	b.Dialog = Paste(o, "from the clipboard")
	b.cancel()
	b.Dialog = Paste(o, "")
	if b.pasting.text != "" {
		t.Fatalf("what nobody typed was kept: %q", b.pasting.text)
	}
	test.Type(b.from, "typed by hand")
	test.Type(b.title, "A title")
	b.from.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if b.sheet.Shown() {
		t.Fatal("Esc did not close the dialog")
	}
	for range 2 { // looking at it does not lose it
		b.Dialog = Paste(o, "from the clipboard")
		b.wants("your draft from before", "Take the clipboard instead")
		if b.from.Text != "typed by hand" || b.title.Text != "A title" {
			t.Fatalf("the dialog holds %q with the title %q", b.from.Text, b.title.Text)
		}
		b.cancel()
	}
	b.Dialog = Paste(o, "")
	b.done()
	b.rest()
	if b.Dialog = Paste(o, ""); b.pasting.text != "" || len(b.articles()) != 1 {
		t.Errorf("%q is a draft still after it was added; %d articles", b.pasting.text, len(b.articles()))
	}
}

func TestPasteIsReachedByTab(t *testing.T) {
	b, o := newBench(t)
	b.Dialog = Paste(o, "A text.")
	c := o.Window.Canvas()
	seen := map[fyne.Focusable]bool{}
	for range 12 {
		c.FocusNext()
		if f, tabs := c.Focused().(fyne.Tabbable); tabs && f.AcceptsTab() {
			t.Fatalf("%T keeps Tab", f)
		}
		seen[c.Focused()] = true
	}
	if len(seen) != 7 || !seen[b.from] || !seen[b.title] || !seen[b.button.Surface] {
		t.Errorf("Tab reaches %d parts of the dialog", len(seen))
	}
}

func TestPickersOpen(t *testing.T) {
	for name, browse := range map[string]func(*Dialog){"file": (*Dialog).browseFile, "folder": (*Dialog).browseFolder} {
		b := open(t, write(t, "a.txt", "A text."))
		browse(b.Dialog)
		if top := b.sheet.Canvas().Overlays().Top(); top == fyne.CanvasObject(b.sheet) {
			t.Errorf("%s: nothing is shown", name)
		}
	}
}
