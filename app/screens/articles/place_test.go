package articles

import (
	"context"
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/edit"
	"lede/annotate/filter"
	"lede/annotate/text"
	"lede/app/session"
	"lede/app/widgets"
)

const label = annotate.ID("l-actor")

// bench is a panel over a project, whose background work is done when the test says so.
type bench struct {
	*Panel
	t     *testing.T
	s     *session.Session
	store annotate.Store
	env   annotate.Env
	aside []func()
	queue chan func()
}

func newBench(t *testing.T, n int) *bench {
	t.Helper()
	widgets.UseBundledFontsOnly()
	a := test.NewApp()
	t.Cleanup(a.Quit)
	ctx := context.Background()
	b := &bench{t: t, env: annotest.NewEnv(), queue: make(chan func(), 10_000)}
	store, err := annotest.NewMemoryProjects(b.env).Create(ctx, "test.lede", "ana", []annotate.Record{
		annotate.Label{ID: label, Name: "actor", Title: "Actor", Hotkey: "1"},
	})
	b.must(err)
	b.store = store
	b.add("a", n)
	b.s, err = session.New(ctx, session.Options{
		Store: store, Env: b.env, Actor: "ana", Annotator: "ana", Dispatch: func(f func()) { b.queue <- f },
	})
	b.must(err)
	w := test.NewWindow(nil)
	t.Cleanup(w.Close)
	b.Panel = New(Options{
		Session: b.s, Canvas: w.Canvas(), SearchKey: "Ctrl+K",
		Open:     func(id annotate.ID) { b.must(b.s.Open(ctx, id)) },
		Saved:    Saved{Filters: func() []SavedFilter { return nil }},
		Done:     func() {},
		Tell:     func(err error) { b.must(err) },
		Later:    func(_ time.Duration, f func()) { f() },
		Dispatch: func(f func()) { b.queue <- f },
		Aside:    func(f func()) { b.aside = append(b.aside, f) },
	})
	b.s.Observe(func(e session.Event) {
		switch e := e.(type) {
		case session.ArticleOpened:
			b.Opened()
		case session.Changed:
			b.Changed(e.Change)
		case session.ListChanged:
			b.Reload()
		case session.SavedChanged:
			if e.Pending == 0 {
				b.Panel.Saved()
			}
		}
	})
	w.SetContent(b.Object)
	w.Resize(fyne.NewSize(Width, 800))
	b.Reload()
	b.settle(nil)
	return b
}

func (b *bench) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// add imports articles.
func (b *bench) add(prefix string, n int) {
	b.t.Helper()
	ctx := context.Background()
	in, err := b.store.BeginImport(ctx, annotate.Import{ID: b.env.NewID(), Format: "text", Source: "folder"})
	b.must(err)
	var batch []annotate.ImportArticle
	for i := range n {
		ref := fmt.Sprintf("%s%04d", prefix, i)
		body := "Nobody goes back. " + ref
		batch = append(batch, annotate.ImportArticle{Text: body, Article: annotate.Article{
			ID: annotate.ID(ref), Ref: ref, Title: "Article " + ref, Source: "Wire",
			TextHash: text.SHA256(body), Length: text.New(body).Len(), Intake: 1,
		}})
	}
	b.must(in.Add(ctx, batch))
	_, err = in.Commit(ctx, annotate.Change{ID: b.env.NewID(), Actor: "bo", Cause: annotate.CauseImport, Title: "Import"})
	b.must(err)
}

// settle does what waits, and looks after every step.
func (b *bench) settle(look func()) {
	b.t.Helper()
	for {
		b.s.Flush()
		select {
		case f := <-b.queue:
			f()
			if look != nil {
				look()
			}
			continue
		default:
		}
		if len(b.aside) == 0 {
			return
		}
		job := b.aside[0]
		b.aside = b.aside[1:]
		job()
	}
}

// seen are the titles of the rows in sight.
func (b *bench) seen() (refs []string) {
	first, n := b.rows.Sight()
	for i := first; i < first+n; i++ {
		row, ok := b.s.List().Peek(i)
		if !ok {
			refs = append(refs, "…")
			continue
		}
		refs = append(refs, row.Article.Ref)
	}
	return refs
}

// scroll goes down to a row.
func (b *bench) scroll(row int) {
	b.rows.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -float32(row)*rowHeight)})
	b.settle(nil)
}

func (b *bench) open(ref string) {
	b.t.Helper()
	b.must(b.s.Open(context.Background(), annotate.ID(ref)))
	b.settle(nil)
}

// stays does something, and wants the same articles on screen from then on.
func (b *bench) stays(what string, do func()) {
	b.t.Helper()
	want := fmt.Sprint(b.seen())
	look := func() {
		b.t.Helper()
		if got := fmt.Sprint(b.seen()); got != want {
			b.t.Fatalf("%s: the list shows %s, not %s", what, got, want)
		}
	}
	do()
	look()
	b.settle(look)
}

func (b *bench) filtered(typed string) {
	b.t.Helper()
	f, err := filter.Parse(typed)
	b.must(err)
	b.pass(f)
	b.settle(nil)
}

func (b *bench) tag() {
	b.t.Helper()
	b.s.Select(text.Range{Start: 0, End: 6})
	_, err := b.s.Label(label)
	b.must(err)
}

// others makes a change as another program does.
func (b *bench) others(article string) {
	b.t.Helper()
	ctx := context.Background()
	doc, err := b.store.Document(ctx, annotate.ID(article))
	b.must(err)
	after := doc.Article
	after.Title += " anew"
	_, err = b.store.Apply(ctx, annotate.Change{
		ID: b.env.NewID(), Actor: "bo", Cause: annotate.CauseManual, Title: "Edit", Article: after.ID, Ops: []annotate.Op{annotate.Update(doc.Article, after)},
	})
	b.must(err)
}

func TestTheListKeepsItsPlace(t *testing.T) {
	b := newBench(t, 400)
	b.pass(filter.Term(annotate.FilterSource, "Wire"))
	b.settle(nil)
	b.scroll(250)
	if got := b.seen()[0]; got != "a0250" {
		t.Fatalf("row %s is on top", got)
	}
	b.open("a0253")
	b.stays("a tag under a filter", b.tag)
	b.stays("a status under a filter", func() { b.must(b.s.SetStatus(annotate.Done, "")) })
	b.stays("a change by others", func() {
		b.others("a0255")
		b.must(b.s.Poll(context.Background()))
	})
	b.stays("more articles at the end", func() {
		b.add("b", 50)
		b.must(b.s.Poll(context.Background()))
		b.Reload()
	})
	if n := b.s.List().Len(); n != 450 {
		t.Errorf("%d rows", n)
	}
	b.stays("a binned article above", func() {
		step, err := b.s.Deed(edit.BinArticles(), []annotate.ID{"a0003"})
		b.must(err)
		b.must(step.Write(context.Background(), func(int, int) {}))
		b.must(b.s.WroteDeed(context.Background(), step))
		b.Reload()
	})
	b.stays("another's work on screen", b.Reload)
}

// An order by the last edit moves what is edited to the top: what is read stays.
func TestTheListKeepsItsPlaceInAnOrderThatMoves(t *testing.T) {
	b := newBench(t, 400)
	b.sort(annotate.SortEdited, true)
	b.settle(nil)
	b.scroll(250)
	first, _ := b.rows.Sight()
	was := b.seen()
	b.others(was[0])
	b.must(b.s.Poll(context.Background()))
	b.Reload()
	b.settle(nil)
	now, _ := b.rows.Sight()
	if got := b.seen(); now != first || fmt.Sprint(got[1:]) != fmt.Sprint(was[1:]) {
		t.Errorf("the list shows %s from row %d, after %s from row %d", got, now, was, first)
	}
	b.others(was[len(was)-1]) // the last in sight goes above all
	b.Reload()
	b.settle(nil)
	if got := b.seen(); got[1] != was[1] {
		t.Errorf("the list shows %s after %s", got, was)
	}
}

func TestAFilterBeginsAtTheTop(t *testing.T) {
	b := newBench(t, 400)
	b.scroll(250)
	b.filtered("ref:a000*")
	if got := fmt.Sprint(b.seen()); got != "[a0000 a0001 a0002 a0003 a0004 a0005 a0006 a0007 a0008 a0009]" {
		t.Errorf("the list shows %s", got)
	}
	if n := b.s.List().Len(); n != 10 {
		t.Errorf("%d rows", n)
	}
}

func TestTheListFollowsAnArticleOpenedFromElsewhere(t *testing.T) {
	b := newBench(t, 400)
	shows := func(ref string) {
		t.Helper()
		for _, seen := range b.seen() {
			if seen == ref {
				if at, ok := b.current(); !ok || b.s.Doc().Article.Ref != ref || at == 0 {
					t.Fatalf("%s is open, in row %d (%v)", b.s.Doc().Article.Ref, at, ok)
				}
				return
			}
		}
		t.Fatalf("the list shows %s, without %s", b.seen(), ref)
	}
	step := func(key fyne.KeyName) {
		b.rows.TypedKey(&fyne.KeyEvent{Name: key})
		b.settle(nil)
	}
	b.open("a0317")
	shows("a0317")
	step(fyne.KeyDown)
	shows("a0318")
	step(fyne.KeyUp)
	step(fyne.KeyUp)
	shows("a0316")
	b.open("a0199") // at the end of a page
	_, err := b.s.Next(context.Background(), false)
	b.must(err)
	b.settle(nil)
	shows("a0200")
	b.sort(annotate.SortTitle, true)
	b.settle(nil)
	b.open("a0010")
	shows("a0010")
	if at, _ := b.current(); at != 389 {
		t.Errorf("row %d", at)
	}
}

// An arrow key need not wait until the row is known.
func TestTheListStepsFromAnArticleItHasNotFoundYet(t *testing.T) {
	b := newBench(t, 400)
	b.must(b.s.Open(context.Background(), "a0317"))
	b.rows.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	if ref := b.s.Doc().Article.Ref; ref != "a0318" {
		t.Errorf("%s is open", ref)
	}
	b.rows.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	if ref := b.s.Doc().Article.Ref; ref != "a0000" {
		t.Errorf("%s is open", ref)
	}
}

func TestStepsFromAnArticleOutsideTheFilter(t *testing.T) {
	b := newBench(t, 400)
	b.filtered("ref:*5")
	b.open("a0317")
	if at, ok := b.current(); ok || b.reveal {
		t.Errorf("row %d is marked", at)
	}
	b.rows.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	b.settle(nil)
	if ref := b.s.Doc().Article.Ref; ref != "a0325" {
		t.Errorf("%s is open", ref)
	}
	b.open("a0317")
	b.rows.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	if ref := b.s.Doc().Article.Ref; ref != "a0315" {
		t.Errorf("%s is open", ref)
	}
}

// In the order of the last edit, work moves an article; the next one is the row below all
// the same.
func TestNextIsTheRowBelow(t *testing.T) {
	ctx := context.Background()
	for _, typed := range []string{"", "source:Wire"} {
		b := newBench(t, 30)
		b.sort(annotate.SortEdited, true)
		b.settle(nil)
		b.filtered(typed)
		if typed == "" {
			b.sort(annotate.SortEdited, true)
			b.settle(nil)
		}
		var shown []string
		for i := range 30 {
			row, _ := b.s.List().Peek(i)
			shown = append(shown, row.Article.Ref)
		}
		is := func(what string, row int) {
			t.Helper()
			b.settle(nil)
			if ref := b.s.Doc().Article.Ref; ref != shown[row] {
				t.Fatalf("%q: %s is open after %s, not %s; the list was %s", typed, ref, what, shown[row], shown)
			}
		}
		b.open(shown[8])
		b.tag()
		b.settle(nil)
		_, err := b.s.Next(ctx, false)
		b.must(err)
		is("a tag and next", 9)
		b.tag()
		b.settle(nil)
		_, err = b.s.DoneAndNext(ctx)
		b.must(err)
		is("a tag, done and next", 10)
		b.tag()
		b.settle(nil)
		if typed == "" { // the list on screen still has the rows before
			_, err = b.s.Next(ctx, true)
			b.must(err)
			is("a tag and previous", 9)
			_, err = b.s.Next(ctx, false)
			b.must(err)
			is("next again", 10)
		}
	}
}

func TestTheKeyOfTheSearchGivesWayToWords(t *testing.T) {
	b := newBench(t, 3)
	hint := func() (shown bool) {
		test.WidgetRenderer(b.search)
		for _, o := range test.LaidOutObjects(b.Object) {
			if w, ok := o.(*widgets.Words); ok && w.Text == "Ctrl+K" && w.Visible() {
				shown = true
			}
		}
		return shown
	}
	if !hint() {
		t.Fatal("the key is not shown")
	}
	b.filtered("source:reuters status:new,in_progress")
	if hint() {
		t.Error("the key is over the filter")
	}
	b.ClearFilter()
	b.settle(nil)
	if !hint() {
		t.Error("the key is not shown again")
	}
}

func TestTheFootFits(t *testing.T) {
	b := newBench(t, 3)
	for _, sorted := range []annotate.ArticleSort{annotate.SortOrder, annotate.SortEdited} {
		b.sort(sorted, sorted != annotate.SortOrder)
		for _, typed := range []string{"", "source:Wire"} {
			b.filtered(typed)
			b.all = annotate.ArticleCount{Total: 100_000, Flagged: 1200, Status: map[annotate.Status]int{annotate.Done: 21_033, annotate.Skipped: 2100}}
			b.Refresh()
			line := widgets.NewLine(b.footer.Text, b.footer.TextSize, b.footer.Color)
			if need, room := line.MinSize().Width, b.footer.Size().Width; need > room || b.footer.Text == "" {
				t.Errorf("%q needs %v of %v", b.footer.Text, need, room)
			}
			t.Log(b.footer.Text)
		}
	}
}
