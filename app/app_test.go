package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/schema"
	"lede/annotate/text"
	"lede/app/settings"
	"lede/app/textview"
	"lede/app/widgets"
	"lede/assets/schemas"
)

// harness is a window without a screen, on projects in memory. Functions that
// the program sends to its main goroutine wait until settle runs them.
type harness struct {
	t        *testing.T
	shell    *shell
	projects *annotest.MemoryProjects
	settings *settings.Store

	mu    sync.Mutex
	queue []func()
	aside atomic.Int32 // what runs in the background
}

const project = "/projects/port.lede"

var articleText = "Dockers said “no” on Monday. The port authority said “yes” later.\nA second paragraph."

// newHarness opens a window on a project with the given number of articles.
func newHarness(t *testing.T, articles int) *harness {
	t.Helper()
	widgets.UseBundledFontsOnly()
	env := annotest.NewEnv()
	dir := t.TempDir()
	h := &harness{t: t, projects: annotest.NewMemoryProjects(env)}
	h.settings = settings.Open(settings.Options{ConfigDir: dir, StateDir: filepath.Join(dir, "state"), Now: env.Now, NewID: env.NewID})
	h.set(func(v *settings.Settings) { v.Annotator, v.Actor = "ana", "ana" })
	raw, _ := schemas.Read(schemas.Default)
	news, err := schema.Parse(schemas.Default, raw)
	if err != nil {
		t.Fatal(err)
	}
	store, err := h.projects.Create(context.Background(), project, "ana", news.Records(env))
	if err != nil {
		t.Fatal(err)
	}
	h.fill(store, articles)
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	h.open(env)
	return h
}

func (h *harness) set(alter func(*settings.Settings)) {
	h.t.Helper()
	if err := h.settings.Change(alter); err != nil {
		h.t.Fatal(err)
	}
}

func (h *harness) fill(store annotate.Store, n int) {
	h.t.Helper()
	env := annotest.NewEnvAt(annotest.Start, 7)
	ctx := context.Background()
	in, err := store.BeginImport(ctx, annotate.Import{ID: env.NewID(), State: annotate.ImportStaged, Format: "text", Articles: n})
	if err != nil {
		h.t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(articleText))
	hash := hex.EncodeToString(sum[:])
	var batch []annotate.ImportArticle
	for i := range n {
		ref := string(rune('a' + i))
		words := text.New(articleText)
		batch = append(batch, annotate.ImportArticle{Text: articleText, Article: annotate.Article{
			ID: env.NewID(), Ref: ref, Title: "Title " + ref, Source: "Wire", TextHash: hash, Intake: text.IntakeVersion, Length: words.Len(),
		}})
	}
	if n > 0 {
		if err := in.Add(ctx, batch); err != nil {
			h.t.Fatal(err)
		}
	}
	if _, err := in.Commit(ctx, annotate.Change{ID: env.NewID(), Actor: "ana", Cause: annotate.CauseImport, Title: "Import"}); err != nil {
		h.t.Fatal(err)
	}
}

// open starts the program on the project.
func (h *harness) open(env annotate.Env) {
	h.t.Helper()
	a := test.NewApp()
	h.t.Cleanup(a.Quit)
	s := newShell(a, Options{
		ID: "test", Name: "Lede", Version: "0", Projects: h.projects, Settings: h.settings, Env: env, Path: project,
	})
	s.faces = textview.BundledFaces()
	s.dispatch = h.later
	s.later = func(_ time.Duration, f func()) { h.later(f) }
	s.aside = func(f func()) {
		h.aside.Add(1)
		go func() {
			defer h.aside.Add(-1)
			f()
		}()
	}
	h.shell = s
	s.start()
	h.until("the project is open", func() bool { return s.work != nil && !s.opening })
	s.win.Resize(fyne.NewSize(1280, 800))
	h.t.Cleanup(func() { s.leave() })
}

func (h *harness) later(f func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.queue = append(h.queue, f)
}

// settle runs what waits for the main goroutine until nothing goes on.
func (h *harness) settle() {
	for {
		idle := h.aside.Load() == 0 && (h.shell.work == nil || !h.shell.work.steps.Busy())
		h.mu.Lock()
		waiting := h.queue
		h.queue = nil
		h.mu.Unlock()
		if len(waiting) == 0 && idle {
			return
		}
		if len(waiting) == 0 {
			time.Sleep(100 * time.Microsecond)
		}
		for _, f := range waiting {
			f()
		}
	}
}

// until settles until something is so.
func (h *harness) until(what string, so func() bool) {
	h.t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for !so() {
		if time.Now().After(deadline) {
			h.t.Fatalf("waited in vain: %s", what)
		}
		h.settle()
		time.Sleep(time.Millisecond)
	}
	h.settle()
}

// saved waits until every change is on disk.
func (h *harness) saved() {
	h.shell.work.session.Flush()
	h.settle()
}

func (h *harness) view() *textview.View { return h.shell.work.reader.View }

// press types a key into the text as the driver does: down, key, character, up.
func (h *harness) press(names ...fyne.KeyName) {
	h.t.Helper()
	for _, n := range names {
		e := &fyne.KeyEvent{Name: n}
		h.view().KeyDown(e)
		h.view().TypedKey(e)
		if len(n) == 1 {
			h.view().TypedRune([]rune(strings.ToLower(string(n)))[0])
		}
		h.view().KeyUp(e)
	}
	h.settle()
}

// ctrl types a key with Ctrl, by way of the menu bar and the canvas.
func (h *harness) ctrl(n fyne.KeyName) {
	e := &fyne.KeyEvent{Name: n}
	h.view().KeyDown(e)
	h.view().TypedShortcut(&desktop.CustomShortcut{KeyName: n, Modifier: fyne.KeyModifierShortcutDefault})
	h.view().KeyUp(e)
	h.settle()
}

// at is the range of words in the article.
func (h *harness) at(words string) text.Range {
	h.t.Helper()
	before, _, ok := strings.Cut(articleText, words)
	if !ok {
		h.t.Fatalf("%q is not in the article", words)
	}
	start := len([]rune(before))
	return text.Range{Start: start, End: start + len([]rune(words))}
}

// click presses the pointer on a character of the text.
func (h *harness) click(offset, times int) {
	h.t.Helper()
	place, seen := h.view().LocateXY(offset)
	if !seen {
		h.t.Fatalf("character %d is out of sight", offset)
	}
	e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary, PointEvent: fyne.PointEvent{Position: place.AddXY(2, 0)}}
	for range times {
		h.view().MouseDown(e)
		h.view().MouseUp(e)
	}
	h.settle()
}

// spans reads the spans of the open article from the store, as label and text.
func (h *harness) spans() []string {
	h.t.Helper()
	h.saved()
	doc, err := h.shell.work.store.Document(context.Background(), h.shell.work.session.Doc().Article.ID)
	if err != nil {
		h.t.Fatal(err)
	}
	var found []string
	for _, set := range doc.Sets {
		for _, s := range set.Spans {
			label, _ := h.shell.work.session.Schema().Label(s.Label)
			found = append(found, label.Name+" "+doc.Text.Quote(s.Fragments))
		}
	}
	return found
}

func (h *harness) wantSpans(want ...string) {
	h.t.Helper()
	got, _ := json.Marshal(h.spans())
	expected, _ := json.Marshal(want)
	if string(got) != string(expected) {
		h.t.Fatalf("spans are %s, want %s", got, expected)
	}
}

// attributes sets something directly, as another part of the program would.
func (h *harness) do(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
	h.settle()
}
