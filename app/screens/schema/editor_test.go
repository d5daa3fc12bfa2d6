package schema

import (
	"context"
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
	file "lede/annotate/schema"
	"lede/annotate/text"
	"lede/app/screens/sheet"
	"lede/app/session"
	"lede/app/textview"
	"lede/app/textview/layout"
	"lede/app/textview/typeface"
	"lede/app/widgets"
	"lede/app/widgets/widgettest"
	"lede/assets/schemas"
)

func TestMain(m *testing.M) {
	widgets.UseBundledFontsOnly()
	m.Run()
}

const article = "Dockers said “no” on Monday. The port authority walked out in Varno."

// bench is the open screen on a project with one article and three spans.
type bench struct {
	t       *testing.T
	e       *Editor
	c       fyne.Canvas
	s       *session.Session
	mods    fyne.KeyModifier
	queue   chan func()
	pending int
	patient bool // press waits until nothing is under way
}

func open(t *testing.T) *bench {
	t.Helper()
	ctx, env := context.Background(), annotest.NewEnv()
	raw, _ := schemas.Read("news")
	f, err := file.Parse("news", raw)
	if err != nil {
		t.Fatal(err)
	}
	store, err := annotest.NewMemoryProjects(env).Create(ctx, "p.lede", "ana", f.Records(env))
	if err != nil {
		t.Fatal(err)
	}
	importer, err := store.BeginImport(ctx, annotate.Import{ID: env.NewID()})
	if err != nil {
		t.Fatal(err)
	}
	if err := importer.Add(ctx, []annotate.ImportArticle{{Article: annotate.Article{ID: "a", Ref: "a", Length: len([]rune(article))}, Text: article}}); err != nil {
		t.Fatal(err)
	}
	if _, err := importer.Commit(ctx, annotate.Change{ID: env.NewID(), Actor: "ana", Cause: annotate.CauseImport}); err != nil {
		t.Fatal(err)
	}
	b := &bench{t: t, queue: make(chan func(), 1000), patient: true}
	dispatch := func(f func()) { b.queue <- f }
	b.s, err = session.New(ctx, session.Options{Store: store, Env: env, Actor: "ana", Annotator: "ana", Dispatch: dispatch})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.s.Open(ctx, "a"); err != nil {
		t.Fatal(err)
	}
	b.tag("actor", "Dockers")
	b.tag("actor", "port authority")
	b.tag("event", "walked out")
	test.NewTempApp(t)
	w := test.NewTempWindow(t, canvas.NewText("below", nil))
	w.Resize(fyne.NewSize(1280, 800))
	b.c = w.Canvas()
	faces := textview.BundledFaces()
	b.s.Observe(func(e session.Event) {
		switch e := e.(type) {
		case session.SchemaChanged:
			if b.e != nil {
				b.e.Changed()
			}
		case session.SavedChanged:
			b.pending = e.Pending
		}
	})
	b.e = Open(Options{
		Session: b.s, Canvas: b.c, Mods: func() fyne.KeyModifier { return b.mods }, Soon: dispatch, Dispatch: dispatch,
		Later:  func(_ time.Duration, f func()) { dispatch(f) },
		Fonts:  &layout.Bundle{Sans: faces.Chain(typeface.Sans), SansBold: faces.Chain(typeface.SansBold), Serif: faces.Chain(typeface.Serif), SerifBold: faces.Chain(typeface.SerifBold)},
		Export: func() {}, ChooseFile: func([]string, func(string)) {},
		KeyOwner: func(key string) string {
			if key == "r" {
				return "Relate to another span…"
			}
			return ""
		},
	})
	b.settle()
	return b
}

// tag labels words of the article.
func (b *bench) tag(label, words string) {
	b.t.Helper()
	l, _ := b.s.Schema().LabelNamed(label)
	at := b.s.Doc().Text.RuneOf(strings.Index(article, words))
	b.s.Select(text.Range{Start: at, End: at + len([]rune(words))})
	if _, err := b.s.Label(l.ID); err != nil {
		b.t.Fatal(err)
	}
}

// settle does what waits, until nothing is under way.
func (b *bench) settle() {
	b.t.Helper()
	b.s.Flush()
	for quiet := 0; quiet < 20; {
		select {
		case f := <-b.queue:
			f()
			quiet = 0
		case <-time.After(2 * time.Millisecond):
			if quiet++; b.e != nil && b.e.work.Busy() || b.pending > 0 {
				quiet = 0
			}
		}
	}
}

// press sends what Fyne sends of one press; each goes to what has the focus by then.
func (b *bench) press(name fyne.KeyName, typed rune) {
	e := &fyne.KeyEvent{Name: name}
	if f, ok := b.c.Focused().(desktop.Keyable); ok {
		f.KeyDown(e)
	}
	switch f := b.c.Focused(); {
	case name == fyne.KeyTab && b.mods != 0:
		b.c.FocusPrevious()
	case name == fyne.KeyTab:
		b.c.FocusNext()
	case f != nil:
		f.TypedKey(e)
	case b.c.OnTypedKey() != nil:
		b.c.OnTypedKey()(e)
	}
	if f := b.c.Focused(); f != nil && typed != 0 {
		f.TypedRune(typed)
	}
	if f, ok := b.c.Focused().(desktop.Keyable); ok {
		f.KeyUp(e)
	}
	if b.patient {
		b.settle()
	}
}

func (b *bench) keys(names ...fyne.KeyName) {
	for _, n := range names {
		b.press(n, 0)
	}
}

func (b *bench) typed(s string) {
	for _, r := range s {
		b.c.Focused().TypedRune(r)
	}
}

// to gives the keyboard to a field of the form.
func (b *bench) to(name string) fyne.Focusable {
	b.t.Helper()
	f := b.e.form.fields[name]
	if f == nil {
		b.t.Fatalf("the form has no field %q", name)
	}
	b.c.Focus(f)
	return f
}

// write puts text into a field and goes on to the next one.
func (b *bench) write(name, words string) {
	b.t.Helper()
	b.to(name).(*widgets.Field).SetText(words)
	b.keys(fyne.KeyTab)
}

func (b *bench) choose(name string) {
	b.t.Helper()
	i := slices.IndexFunc(b.e.list.lines, func(it item) bool { return it.title == name })
	if i < 0 {
		b.t.Fatalf("there is no line %q", name)
	}
	b.e.choose(b.e.list.lines[i].id)
	b.c.Focus(b.e.list)
	b.settle()
}

func (b *bench) label(name string) annotate.Label {
	b.t.Helper()
	l, ok := b.s.Schema().LabelNamed(name)
	if !ok {
		b.t.Fatalf("there is no label %q", name)
	}
	return l
}

func (b *bench) attribute(name string) annotate.Attribute {
	b.t.Helper()
	for _, a := range b.s.Schema().Attributes {
		if a.Name == name {
			return a
		}
	}
	b.t.Fatalf("there is no attribute %q", name)
	return annotate.Attribute{}
}

// spans lists the labels of the spans in the text.
func (b *bench) spans() string {
	var all []string
	for _, span := range b.s.Doc().Spans() {
		l, _ := b.s.Schema().Label(span.Label)
		all = append(all, l.Name)
	}
	return strings.Join(all, " ")
}

// seen says whether words stand on the topmost sheet.
func (b *bench) seen(words string) bool {
	top, ok := b.c.Overlays().Top().(*sheet.Sheet)
	return ok && strings.Contains(strings.Join(widgettest.Words(top.Content), "\n"), words)
}

func (b *bench) undo() {
	b.e.Undo()
	b.settle()
}

func (b *bench) redo() {
	b.e.Redo()
	b.settle()
}
