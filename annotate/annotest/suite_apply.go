package annotest

import (
	"encoding/json"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/text"
)

func testCreate(t testing.TB, open func(testing.TB) Harness) {
	w := newWorld(t, open)
	before := w.dump()
	all, err := w.History(ctx, annotate.HistoryQuery{})
	w.must(err)
	same(w, "changes", 1, len(all))
	same(w, "cause", annotate.CauseCreate, all[0].Cause)
	same(w, "actor", "ana", all[0].Actor)
	same(w, "ops", 6, len(all[0].Ops))
	same(w, "position", 1, all[0].Position)
	same(w, "version of the schema", 1, w.Info().SchemaVersion)
	stacked, err := w.History(ctx, annotate.HistoryQuery{StackedOnly: true})
	w.must(err)
	same(w, "changes to undo", 0, len(stacked))

	_, err = w.Projects.Create(ctx, w.Path, "ana", nil)
	w.fails(err, annotate.ErrExists)
	_, err = w.Projects.Open(ctx, w.Other(), annotate.ModeWrite)
	w.fails(err, annotate.ErrNotFound)
	_, err = w.Projects.Create(ctx, w.Other(), "ana", []annotate.Record{w.actor, w.actor})
	w.fails(err, annotate.ErrConflict)
	w.reopen(annotate.ModeWrite)
	w.unchanged(before)
	w.clean()
}

func testModes(t testing.TB, open func(testing.TB) Harness) {
	w := newWorld(t, open)
	second, err := w.Projects.Open(ctx, w.Path, annotate.ModeWindow)
	w.must(err)
	if info := second.Info(); !info.ReadOnly || info.Why == "" {
		w.Fatalf("a second window may write: %+v", info)
	}
	label := annotate.Label{ID: w.newID(), Name: "event"}
	_, err = second.Apply(ctx, w.change(annotate.Create(label)))
	w.fails(err, annotate.ErrReadOnly)
	_, err = second.BeginImport(ctx, annotate.Import{ID: w.newID()})
	w.fails(err, annotate.ErrReadOnly)

	line, err := w.Projects.Open(ctx, w.Path, annotate.ModeWrite)
	w.must(err)
	position, err := w.Position(ctx)
	w.must(err)
	_, err = line.Apply(ctx, w.change(annotate.Create(label)))
	w.must(err)
	for _, s := range []annotate.Store{w.Store, second, line} {
		now, err := s.Position(ctx)
		w.must(err)
		same(w, "position", position+1, now)
		same(w, "version of the schema", 2, s.Info().SchemaVersion)
	}
	w.must(line.Close())
	w.must(second.Close())
	w.reopen(annotate.ModeWindow)
	same(w, "read-only", false, w.Info().ReadOnly)
	w.reopen(annotate.ModeRead)
	same(w, "read-only", true, w.Info().ReadOnly)
	w.refuse(annotate.ErrReadOnly, annotate.Update(label, label))
}

func testApply(t testing.TB, open func(testing.TB) Harness) {
	w := newWorld(t, open)
	renamed := w.actor
	renamed.Title = "Person or group"
	renamed.Extra = annotate.Extra{"zz": json.RawMessage(`{"kept": [1.0, "x"]}`)}
	c := w.change(annotate.Update(w.actor, renamed), annotate.Create(annotate.Rule{ID: w.newID(), Name: "r"}))
	c.Article = "anywhere"
	first, err := w.Apply(ctx, c)
	w.must(err)
	if first.ID != c.ID || first.Replica == "" || first.Replica != w.Info().Replica || len(first.Ops) != 2 {
		w.Fatalf("not filled in: %+v", first)
	}
	schema, err := w.Schema(ctx)
	w.must(err)
	if got, _ := schema.Label(w.actor.ID); !annotate.SameRecord(got, renamed) {
		w.Fatalf("want %+v, got %+v", renamed, got)
	}
	same(w, "version of the schema", 2, schema.Version)
	_, err = w.Apply(ctx, c)
	w.fails(err, annotate.ErrExists)
	again := w.change(annotate.Update(renamed, w.actor))
	again.ID = c.ID
	_, err = w.Apply(ctx, again)
	w.fails(err, annotate.ErrExists)
	_, err = w.Apply(ctx, w.change())
	w.fails(err, annotate.ErrNothing)

	w.reopen(annotate.ModeWrite)
	second := w.apply(annotate.Update(renamed, w.actor))
	same(w, "position", first.Position+1, second.Position)
	same(w, "sequence", first.Seq+1, second.Seq)
	same(w, "replica", first.Replica, second.Replica)
	if second.Clock <= first.Clock {
		w.Fatalf("the clock goes back from %d to %d", first.Clock, second.Clock)
	}
	all, err := w.History(ctx, annotate.HistoryQuery{})
	w.must(err)
	same(w, "changes", 3, len(all))
	same(w, "article of the change", "anywhere", string(all[1].Article))
	for i, op := range all[1].Ops {
		if want := c.Ops[i]; op.Kind != want.Kind || op.ID != want.ID ||
			!annotate.SameRecord(op.Before, want.Before) || !annotate.SameRecord(op.After, want.After) {
			w.Fatalf("op %d: want %+v, got %+v", i, want, op)
		}
	}
	w.clean()
}

func testConflict(t testing.TB, open func(testing.TB) Harness) {
	w := newWorld(t, open)
	item := w.item("a", "one two three")
	w.imports(item)
	set := w.set(item.Article.ID, w.ana)
	span := w.span(set.ID, w.actor, 0, 3)
	w.apply(annotate.Create(set), annotate.Create(span))
	moved, other := span, span
	moved.Fragments = annotate.Fragments{{Start: 4, End: 7}}
	other.Note = "stale"
	// A first op that is fine must not stay when a later one is refused.
	fine := annotate.Create(w.span(set.ID, w.quote, 1, 2))
	w.refuse(annotate.ErrConflict, fine, annotate.Update(other, moved))
	w.refuse(annotate.ErrConflict, fine, annotate.Create(span))
	w.refuse(annotate.ErrConflict, fine, annotate.Delete(other))
	extra := span
	extra.Extra = annotate.Extra{"zz": json.RawMessage("1")}
	w.refuse(annotate.ErrConflict, fine, annotate.Update(extra, moved))
	gone := w.span(set.ID, w.actor, 0, 3)
	w.refuse(annotate.ErrConflict, fine, annotate.Delete(gone))
	w.refuse(annotate.ErrConflict, fine, annotate.Update(gone, gone))

	// Several ops on one record in one change are carried out in their order.
	w.apply(annotate.Update(span, moved), annotate.Update(moved, other), annotate.Delete(other))
	w.refuse(annotate.ErrConflict, annotate.Update(span, moved))
	w.apply(annotate.Create(span))
	has, err := w.Has(ctx, annotate.KindSpan, gone.ID)
	w.must(err)
	same(w, "has what never was", false, has)
	w.clean()
}

func testStructure(t testing.TB, open func(testing.TB) Harness) {
	w := newWorld(t, open)
	item, second := w.item("a", "naïve 😀 text"), w.item("b", "")
	imported := w.imports(item, second)
	set, other := w.set(item.Article.ID, w.ana), w.set(second.Article.ID, w.ana)
	theirs := w.set(item.Article.ID, w.ben)
	span, next := w.span(set.ID, w.actor, 0, 12), w.span(set.ID, w.quote, 0, 12)
	far := w.span(theirs.ID, w.quote, 6, 7)
	link := annotate.Relation{ID: w.newID(), Set: set.ID, Type: w.speaker.ID, From: span.ID, To: next.ID}
	span.Entity = w.ada.ID
	w.apply(annotate.Create(link), annotate.Create(span), annotate.Create(next), annotate.Create(set),
		annotate.Create(other), annotate.Create(theirs), annotate.Create(far))

	for _, f := range []annotate.Fragments{
		nil,
		{{Start: 0, End: 13}},
		{{Start: -1, End: 2}},
		{{Start: 2, End: 2}},
		{{Start: 3, End: 2}},
		{{Start: 0, End: 2}, {Start: 2, End: 4}},
		{{Start: 4, End: 5}, {Start: 0, End: 1}},
		{{Start: 0, End: 5}, {Start: 3, End: 8}},
	} {
		bad := span
		bad.Fragments = f
		w.refuse(annotate.ErrInvalid, annotate.Update(span, bad))
		bad.ID = w.newID()
		w.refuse(annotate.ErrInvalid, annotate.Create(bad))
	}
	w.refuse(annotate.ErrInvalid, annotate.Create(w.span(other.ID, w.actor, 0, 1))) // no text at all
	w.refuse(annotate.ErrInvalid, annotate.Create(w.span(w.newID(), w.actor, 0, 1)))
	w.refuse(annotate.ErrInvalid, annotate.Create(w.span(set.ID, annotate.Label{ID: "no label"}, 0, 1)))
	lost := w.span(set.ID, w.actor, 0, 1)
	lost.Entity = "nobody"
	w.refuse(annotate.ErrInvalid, annotate.Create(lost))
	w.refuse(annotate.ErrInvalid, annotate.Create(w.set(w.newID(), w.ana)))
	w.refuse(annotate.ErrInvalid, annotate.Create(w.set(second.Article.ID, annotate.Annotator{ID: "nobody"})))
	for _, bad := range []annotate.Relation{
		{ID: w.newID(), Set: set.ID, Type: w.speaker.ID, From: span.ID, To: far.ID},
		{ID: w.newID(), Set: set.ID, Type: w.speaker.ID, From: w.newID(), To: next.ID},
		{ID: w.newID(), Set: set.ID, Type: "no type", From: span.ID, To: next.ID},
		{ID: w.newID(), Set: theirs.ID, Type: w.speaker.ID, From: span.ID, To: next.ID},
	} {
		w.refuse(annotate.ErrInvalid, annotate.Create(bad))
	}
	for _, used := range []annotate.Record{w.actor, w.ana, w.ada, w.speaker, set, span} {
		w.refuse(annotate.ErrInvalid, annotate.Delete(used))
	}
	w.refuseFixed(item, set, theirs, span, imported)
	w.apply(annotate.Delete(link), annotate.Delete(next), annotate.Delete(span), annotate.Delete(set))
	w.apply(annotate.Delete(w.actor), annotate.Delete(w.ada), annotate.Delete(w.speaker))
	w.clean()
}

// refuseFixed tries to alter what never changes.
func (w *world) refuseFixed(item annotate.ImportArticle, set, theirs annotate.AnnotationSet, span annotate.Span, imported annotate.Change) {
	w.Helper()
	a, _, err := w.Article(ctx, item.Article.ID)
	w.must(err)
	shorter := a
	shorter.Length--
	w.refuse(annotate.ErrInvalid, annotate.Update(a, shorter))
	w.refuse(annotate.ErrInvalid, annotate.Delete(a))
	fresh := a
	fresh.ID = w.newID()
	w.refuse(annotate.ErrInvalid, annotate.Create(fresh))
	state := annotate.ArticleState{ID: a.ID, Presence: annotate.Live}
	w.refuse(annotate.ErrInvalid, annotate.Delete(state))
	w.refuse(annotate.ErrInvalid, annotate.Update(state, annotate.ArticleState{ID: a.ID, Presence: "hidden"}))
	moved := span
	moved.Set = theirs.ID
	w.refuse(annotate.ErrInvalid, annotate.Update(span, moved))
	nowhere := set
	nowhere.Status = "finished"
	w.refuse(annotate.ErrInvalid, annotate.Update(set, nowhere))
	imp := imported.Ops[len(imported.Ops)-1].After.(annotate.Import)
	w.refuse(annotate.ErrInvalid, annotate.Delete(imp))
	staged := imp
	staged.State = annotate.ImportStaged
	w.refuse(annotate.ErrInvalid, annotate.Update(imp, staged))
	mismatch := annotate.Update(w.actor, w.actor)
	mismatch.ID = w.quote.ID
	mismatch.Before = w.quote
	w.refuse(annotate.ErrInvalid, mismatch)
	w.refuse(annotate.ErrInvalid, annotate.Op{Kind: "dream", ID: "x"})
}

func testUnique(t testing.TB, open func(testing.TB) Harness) {
	w := newWorld(t, open)
	item := w.item("a", "text")
	w.imports(item)
	set := w.set(item.Article.ID, w.ana)
	w.apply(annotate.Create(set))
	w.refuse(annotate.ErrInvalid, annotate.Create(w.set(item.Article.ID, w.ana)))
	theirs := set
	theirs.Annotator = w.ben.ID
	w.apply(annotate.Update(set, theirs), annotate.Create(w.set(item.Article.ID, w.ana)))
	w.refuse(annotate.ErrInvalid, annotate.Update(theirs, set))

	w.refuse(annotate.ErrInvalid, annotate.Create(annotate.Label{ID: w.newID(), Name: "actor"}))
	w.apply(annotate.Create(annotate.Label{ID: w.newID(), Name: "Actor"}))
	w.refuse(annotate.ErrInvalid, annotate.Create(annotate.Label{ID: w.newID(), Name: ""}))
	w.refuse(annotate.ErrInvalid, annotate.Create(annotate.RelationType{ID: w.newID(), Name: "speaker"}))
	w.apply(annotate.Create(annotate.RelationType{ID: w.newID(), Name: "actor"}))
	w.apply(annotate.Create(annotate.Annotator{ID: w.newID(), Name: "Jörg", Kind: annotate.Human}))
	for _, taken := range []string{"ANA", "jÖRG", "all", "GOLD", " "} {
		w.refuse(annotate.ErrInvalid, annotate.Create(annotate.Annotator{ID: w.newID(), Name: taken, Kind: annotate.Human}))
	}
	// Two labels may change names in one step, as what counts is the end of it.
	actor, quote := w.actor, w.quote
	actor.Name, quote.Name = quote.Name, actor.Name
	w.apply(annotate.Update(w.actor, actor), annotate.Update(w.quote, quote))
	// A name is free again once nothing in use has it.
	w.apply(annotate.Delete(actor))
	w.apply(annotate.Create(annotate.Label{ID: w.newID(), Name: "quote"}))
	w.refuse(annotate.ErrInvalid, annotate.Create(actor))
	w.clean()
}

// offsetCases are words in texts in which code points, bytes, UTF-16 units and
// graphemes all differ.
var offsetCases = []struct{ body, word string }{
	{"The mayor said “We will not leave.”", "“We will not leave.”"},
	{"👩‍👩‍👧‍👦 said Ada, and 😀 again", "Ada"},
	{"قال الرئيس إن الحرب انتهت", "الرئيس"},
	{"习近平在北京表示:我们会赢。", "北京"},
	{"e\u0301tude \U0001F1FA\U0001F1E6 de cas", "de"},
	{"𝔸𝔹ℂ x", "x"},
}

func testOffsets(t testing.TB, open func(testing.TB) Harness) {
	w := newWorld(t, open)
	for _, c := range offsetCases {
		item := w.item(c.word, c.body)
		w.imports(item)
		body := text.New(c.body)
		at := text.New(c.body[:strings.Index(c.body, c.word)]).Len()
		want := text.Range{Start: at, End: at + text.New(c.word).Len()}
		set := w.set(item.Article.ID, w.ana)
		span := w.span(set.ID, w.quote, want.Start, want.End)
		w.apply(annotate.Create(set), annotate.Create(span))
		d := w.document(item.Article.ID)
		same(w, "text", c.body, d.Text.String())
		same(w, "length", body.Len(), d.Article.Length)
		same(w, "hash", text.SHA256(c.body), d.Article.TextHash)
		same(w, "start of "+c.word, want.Start, d.Sets[0].Spans[0].Fragments.Start())
		same(w, "word", c.word, d.Text.Quote(d.Sets[0].Spans[0].Fragments))
	}
	w.reopen(annotate.ModeRead)
	i := 0
	for d, err := range w.Documents(ctx, annotate.DocumentQuery{}) {
		w.must(err)
		same(w, "word", offsetCases[i].word, d.Text.Quote(d.Sets[0].Spans[0].Fragments))
		i++
	}
	same(w, "documents", len(offsetCases), i)
}
