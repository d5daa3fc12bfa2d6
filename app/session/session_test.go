package session_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/edit"
	"lede/annotate/filter"
	"lede/annotate/text"
	"lede/app/session"
)

const (
	actor = annotate.ID("l-actor")
	event = annotate.ID("l-event")
)

var texts = []string{
	"Ilse Brandvik said: “Nobody goes back.” The port is closed.",
	"港口谈判破裂。Workers 👩‍👩‍👧 walked out.",
	"نقابة الموانئ رفضت العرض. A third article.",
}

// bench is a session with its store and all it told its observers.
type bench struct {
	*session.Session
	t      *testing.T
	store  annotate.Store
	events []session.Event
	queue  chan func()
}

func newStore(t *testing.T) annotate.Store {
	t.Helper()
	ctx := context.Background()
	env := annotest.NewEnv()
	store, err := annotest.NewMemoryProjects(env).Create(ctx, "test.lede", "ana", []annotate.Record{
		annotate.Label{ID: actor, Name: "actor", Title: "Actor", Hotkey: "1"},
		annotate.Label{ID: event, Name: "event", Title: "Event", Hotkey: "2"},
		annotate.RelationType{ID: "r-about", Name: "about", Title: "about"},
	})
	if err != nil {
		t.Fatal(err)
	}
	imported := annotate.Import{ID: env.NewID(), Format: "text", Source: "folder"}
	importer, err := store.BeginImport(ctx, imported)
	if err != nil {
		t.Fatal(err)
	}
	var batch []annotate.ImportArticle
	for i, body := range texts {
		in := text.New(body)
		batch = append(batch, annotate.ImportArticle{Text: body, Article: annotate.Article{
			ID: annotate.ID(fmt.Sprintf("a%d", i)), Ref: fmt.Sprintf("ref%d", i), Title: fmt.Sprintf("Article %d", i),
			Source: "Varno Tribune", TextHash: text.SHA256(body), Length: in.Len(), Intake: 1,
		}})
	}
	if err := importer.Add(ctx, batch); err != nil {
		t.Fatal(err)
	}
	if _, err := importer.Commit(ctx, annotate.Change{ID: env.NewID(), Actor: "ana", Cause: annotate.CauseImport, Title: "Import folder"}); err != nil {
		t.Fatal(err)
	}
	return store
}

var spaces = 0

func start(t *testing.T, store annotate.Store, who string) *bench {
	t.Helper()
	spaces++ // every session makes identifiers of its own
	b := &bench{t: t, store: store, queue: make(chan func(), 1000)}
	s, err := session.New(context.Background(), session.Options{
		Store: store, Env: annotest.NewEnvAt(annotest.Start, spaces), Actor: who, Annotator: who,
		Dispatch: func(f func()) { b.queue <- f },
	})
	if err != nil {
		t.Fatal(err)
	}
	b.Session = s
	s.Observe(func(e session.Event) { b.events = append(b.events, e) })
	b.must(s.List().Reload(context.Background()))
	return b
}

func (b *bench) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// settle waits until everything is written and the observers know.
// filter narrows the list.
func (b *bench) filter(typed string) {
	b.t.Helper()
	f, err := filter.Parse(typed)
	b.must(err)
	b.List().Filter(f)
}

func (b *bench) settle() {
	b.Flush()
	for b.pending() > 0 {
		(<-b.queue)()
	}
}

func (b *bench) pending() int {
	for i := len(b.events) - 1; i >= 0; i-- {
		if e, ok := b.events[i].(session.SavedChanged); ok {
			return e.Pending
		}
	}
	return 0
}

func (b *bench) open(id annotate.ID) {
	b.t.Helper()
	b.must(b.Open(context.Background(), id))
	_, ok, err := b.List().Row(context.Background(), 0)
	if !ok || err != nil {
		b.t.Fatalf("row 0: %v %v", ok, err)
	}
}

func (b *bench) tag(label annotate.ID, words string) {
	b.t.Helper()
	at := strings.Index(b.Doc().Text.String(), words)
	if at < 0 {
		b.t.Fatalf("%q is not in the text", words)
	}
	from := b.Doc().Text.RuneOf(at)
	b.Select(text.Range{Start: from, End: from + len([]rune(words))})
	did, err := b.Label(label)
	if !did || err != nil {
		b.t.Fatalf("label %q: %v %v", words, did, err)
	}
}

// stored lists an article's spans as the store has them: "annotator label text".
func stored(t *testing.T, store annotate.Store, article annotate.ID) string {
	t.Helper()
	doc, err := store.Document(context.Background(), article)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, set := range doc.Sets {
		for _, span := range set.Spans {
			out = append(out, set.Annotator.Name+" "+string(span.Label)+" "+doc.Text.Quote(span.Fragments))
		}
	}
	return strings.Join(out, "; ")
}

func TestTaggingIsSavedAndComesBack(t *testing.T) {
	store := newStore(t)
	b := start(t, store, "ana")
	b.open("a0")
	b.tag(actor, "Ilse Brandvik")
	b.open("a1")
	b.tag(event, "walked out")
	b.tag(actor, "Workers 👩‍👩‍👧")
	b.settle()
	if got, want := stored(t, store, "a0"), "ana l-actor Ilse Brandvik"; got != want {
		t.Errorf("a0: %s, want %s", got, want)
	}
	if got, want := stored(t, store, "a1"), "ana l-actor Workers 👩‍👩‍👧; ana l-event walked out"; got != want {
		t.Errorf("a1: %s, want %s", got, want)
	}
	if row, _, _ := b.List().Row(context.Background(), 1); row.Spans != 2 || row.Status != annotate.InProgress {
		t.Errorf("row: %+v", row)
	}
	b.Close()
	again := start(t, store, "ana")
	again.open("a1")
	if len(again.Doc().Spans()) != 2 || again.Annotator().ID == "" {
		t.Errorf("after a restart: %+v by %+v", again.Doc().Spans(), again.Annotator())
	}
}

func TestUndoGoesBackThroughArticlesAndRestarts(t *testing.T) {
	ctx := context.Background()
	store := newStore(t)
	b := start(t, store, "ana")
	b.open("a0")
	b.tag(actor, "Ilse Brandvik")
	b.open("a1")
	b.tag(event, "walked out")
	b.settle()
	b.Close()

	b = start(t, store, "ana")
	b.open("a2")
	if step, ok := b.NextUndo(); !ok || step.Title != "Tag “walked out” as Event" {
		t.Errorf("next undo: %+v", step)
	}
	b.must(b.Undo(ctx))
	if b.Doc().Article.ID != "a1" || len(b.Doc().Spans()) != 0 {
		t.Errorf("undo shows %s with %d spans, want a1 with none", b.Doc().Article.ID, len(b.Doc().Spans()))
	}
	if got := b.Doc().Text.Slice(b.Selection()); got != "walked out" {
		t.Errorf("undo selects %q, want where the span was", got)
	}
	b.must(b.Undo(ctx))
	b.settle()
	if stored(t, store, "a0")+stored(t, store, "a1") != "" || b.Annotator().ID != "" {
		t.Errorf("left: %s %s by %+v", stored(t, store, "a0"), stored(t, store, "a1"), b.Annotator())
	}
	if row, _, _ := b.List().Row(ctx, 0); row.Status != annotate.New || row.Spans != 0 {
		t.Errorf("row after undo: %+v", row)
	}
	b.must(b.Redo(ctx))
	b.must(b.Redo(ctx))
	b.settle()
	if stored(t, store, "a0") != "ana l-actor Ilse Brandvik" || stored(t, store, "a1") != "ana l-event walked out" {
		t.Errorf("redone: %s / %s", stored(t, store, "a0"), stored(t, store, "a1"))
	}
	if step, ok := b.NextUndo(); !ok || b.Annotator().ID == "" {
		t.Errorf("after redo: %+v, %+v", step, b.Annotator())
	}
}

func TestUndoingAnImportAsksAndTakesTheArticleAway(t *testing.T) {
	ctx := context.Background()
	b := start(t, newStore(t), "ana")
	b.open("a0")
	step, ok := b.NextUndo()
	if !ok || step.Asks == "" {
		t.Fatalf("undoing an import must ask first: %+v", step)
	}
	b.must(b.Undo(ctx))
	if b.Doc() != nil {
		t.Error("the article is still open")
	}
	b.must(b.List().Reload(ctx))
	if b.List().Len() != 0 {
		t.Errorf("%d rows", b.List().Len())
	}
	b.must(b.Redo(ctx))
	b.must(b.List().Reload(ctx))
	if b.List().Len() != len(texts) {
		t.Errorf("%d rows after redo", b.List().Len())
	}
}

func TestUndoNamesTheLaterChange(t *testing.T) {
	ctx := context.Background()
	store := newStore(t)
	ana := start(t, store, "ana")
	ana.open("a0")
	ana.tag(actor, "Ilse Brandvik")
	ana.settle()

	ben := start(t, store, "ben")
	ben.must(ben.Annotate(ctx, "ana")) // ben works on ana's set
	ben.open("a0")
	ben.Choose(ben.Doc().Spans()[0].ID)
	if _, err := ben.Label(event); err != nil {
		t.Fatal(err)
	}
	ben.settle()

	// ana has not polled: her window shows the old label until the store refuses.
	ana.must(ana.Undo(ctx))
	ana.settle()
	refused := ""
	for _, e := range ana.events {
		if r, ok := e.(session.Refused); ok {
			refused += r.Err.Error()
		}
	}
	if !strings.Contains(refused, "“Retag “Ilse Brandvik” as Event” by ben changed the same thing later") {
		t.Fatalf("the conflict was told as %q", refused)
	}
	if got := stored(t, store, "a0"); got != "ana l-event Ilse Brandvik" {
		t.Errorf("stored: %s", got)
	}
	if got := ana.Doc().Spans()[0].Label; got != event {
		t.Errorf("ana sees %s, want what is on disk", got)
	}
	if _, ok := ana.NextUndo(); !ok {
		t.Error("the refused undo must leave the step on the stack")
	}
}

func TestOtherProgramsChangesAppear(t *testing.T) {
	ctx := context.Background()
	store := newStore(t)
	ana, ben := start(t, store, "ana"), start(t, store, "ben")
	ana.open("a0")
	ben.open("a0")
	ben.tag(actor, "Ilse Brandvik")
	ben.settle()
	ana.must(ana.Poll(ctx))
	if len(ana.Annotators()) != 1 || len(ana.Doc().Spans()) != 0 {
		t.Errorf("annotators %v, spans %v", ana.Annotators(), ana.Doc().Spans())
	}
	ana.must(ana.Show(ctx, "ben"))
	if len(ana.Doc().Spans()) != 1 || ana.ReadOnly() == "" {
		t.Errorf("ben's work: %v, read-only %q", ana.Doc().Spans(), ana.ReadOnly())
	}
	ana.Choose(ana.Doc().Spans()[0].ID)
	if _, err := ana.Label(event); !errors.Is(err, annotate.ErrReadOnly) {
		t.Errorf("changing ben's work: %v", err)
	}
	ben.tag(event, "goes back")
	ben.settle()
	ana.must(ana.Poll(ctx))
	if len(ana.Doc().Spans()) != 2 {
		t.Errorf("a remote span is missing: %v", ana.Doc().Spans())
	}
	if _, ok := ana.NextUndo(); !ok {
		t.Error("ana's own import is still hers to undo")
	}
}

func TestMovingEnds(t *testing.T) {
	b := start(t, newStore(t), "ana")
	b.open("a0")
	b.tag(actor, "Brandvik")
	quote := func() string { return b.Doc().Text.Quote(b.Doc().Spans()[0].Fragments) }
	for _, step := range []struct {
		start, outward bool
		want           string
	}{
		{true, true, "Ilse Brandvik"},
		{true, true, "Ilse Brandvik"}, // the start of the text
		{false, true, "Ilse Brandvik said"},
		{false, false, "Ilse Brandvik"},
		{true, false, "Brandvik"},
		{true, false, "Brandvik"}, // a span never becomes empty
	} {
		b.must(b.MoveEnd(step.start, step.outward, b.Granularity()))
		if quote() != step.want {
			t.Errorf("%+v: got %q", step, quote())
		}
	}
	b.SetGranularity(text.Character)
	b.must(b.MoveEnd(false, false, b.Granularity()))
	if quote() != "Brandvi" {
		t.Errorf("by character: %q", quote())
	}
}

func TestFragmentsJoinAndPart(t *testing.T) {
	b := start(t, newStore(t), "ana")
	b.open("a0")
	b.tag(actor, "Ilse")
	id := b.Chosen()
	b.must(b.AddFragment(text.Range{Start: 14, End: 18}))
	span, _ := b.Doc().Span(id)
	if len(span.Fragments) != 2 || b.Doc().Text.Quote(span.Fragments) != "Ilse said" {
		t.Fatalf("two parts: %+v", span.Fragments)
	}
	b.must(b.RemoveFragment(id, 0))
	span, _ = b.Doc().Span(id)
	if b.Doc().Text.Quote(span.Fragments) != "said" {
		t.Errorf("one part left: %+v", span.Fragments)
	}
}

func TestDoneAndNextFollowsTheFilter(t *testing.T) {
	ctx := context.Background()
	b := start(t, newStore(t), "ana")
	b.filter("status:new,in_progress")
	b.must(b.List().Reload(ctx))
	b.open("a0")
	for i, want := range []annotate.ID{"a1", "a2"} {
		if more, err := b.DoneAndNext(ctx); !more || err != nil || b.Doc().Article.ID != want {
			t.Fatalf("step %d: %v %v, at %s", i, more, err, b.Doc().Article.ID)
		}
	}
	if more, err := b.DoneAndNext(ctx); more || err != nil {
		t.Errorf("after the last: %v %v", more, err)
	}
	b.settle()
	b.must(b.List().Reload(ctx))
	if c := b.List().Count(); b.List().Len() != 0 || c.Total != 0 {
		t.Errorf("%d rows, %+v", b.List().Len(), c)
	}
}

func TestDoneAndNextPassesWhatIsDone(t *testing.T) {
	ctx := context.Background()
	b := start(t, newStore(t), "ana")
	b.open("a1")
	b.must(b.SetStatus(annotate.Done, ""))
	b.open("a0")
	if more, err := b.DoneAndNext(ctx); !more || err != nil || b.Doc().Article.ID != "a2" {
		t.Fatalf("%v %v, at %s, not at a2", more, err, b.Doc().Article.ID)
	}
	b.open("a0")
	b.must(b.SetStatus(annotate.InProgress, ""))
	b.open("a2")
	if more, err := b.DoneAndNext(ctx); !more || err != nil || b.Doc().Article.ID != "a0" {
		t.Fatalf("from the end: %v %v, at %s, not at a0", more, err, b.Doc().Article.ID)
	}
	if more, err := b.DoneAndNext(ctx); more || err != nil || b.Doc().Article.ID != "a0" {
		t.Errorf("all are done: %v %v, at %s", more, err, b.Doc().Article.ID)
	}
}

func TestUndoFindsTheAnnotatorWhoseWorkItWas(t *testing.T) {
	ctx := context.Background()
	b := start(t, newStore(t), "ana")
	b.open("a0")
	b.tag(actor, "Ilse Brandvik")
	b.must(b.Annotate(ctx, "ben"))
	b.open("a1")
	b.tag(event, "walked out")
	b.must(b.Annotate(ctx, "ana"))
	b.must(b.Undo(ctx))
	if b.Annotator().Name != "ben" || b.Doc().Article.ID != "a1" || len(b.Doc().Spans()) != 0 {
		t.Errorf("as %s at %s: %v", b.Annotator().Name, b.Doc().Article.ID, b.Doc().Spans())
	}
	b.must(b.Undo(ctx))
	b.settle()
	if b.Annotator().Name != "ana" || stored(t, b.store, "a0")+stored(t, b.store, "a1") != "" {
		t.Errorf("as %s: %s %s", b.Annotator().Name, stored(t, b.store, "a0"), stored(t, b.store, "a1"))
	}
}

func TestCommandLineAndWindowUndoAlike(t *testing.T) {
	ctx := context.Background()
	store := newStore(t)
	b := start(t, store, "ana")
	b.open("a0")
	b.tag(actor, "Ilse Brandvik")
	b.settle()
	history, err := store.History(ctx, annotate.HistoryQuery{StackedOnly: true})
	b.must(err)
	var stacks edit.Stacks
	for _, c := range history {
		stacks.Fold(c, "ana")
	}
	target := history[len(history)-1]
	e := edit.Editor{Env: annotest.NewEnvAt(annotest.Start, 4000), Actor: "ana"}
	if stacks.Undo[len(stacks.Undo)-1] != target.ID {
		t.Fatalf("stacks %+v", stacks)
	}
	_, err = store.Apply(ctx, e.Undo(target))
	b.must(err)
	b.must(b.Poll(ctx))
	if len(b.Doc().Spans()) != 0 {
		t.Error("the window still shows the span")
	}
	if step, ok := b.NextRedo(); !ok || step.Title != target.Title {
		t.Errorf("next redo: %+v", step)
	}
}
