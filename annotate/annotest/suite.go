package annotest

import (
	"context"
	"errors"
	"testing"

	"lede/annotate"
)

// Harness is what the suite needs of a kind of store: projects, and the path of
// one that is not there yet. Closing a store and opening the path again must
// bring everything back.
type Harness struct {
	Projects annotate.Projects
	Path     string
	// Other makes another path that is not there yet.
	Other func() string
}

// TestStore runs the conformance suite. open is called for every case, and many
// times by those that draw random projects.
func TestStore(t *testing.T, open func(t testing.TB) Harness) {
	for _, c := range suite {
		t.Run(c.name, func(t *testing.T) { c.run(t, open) })
	}
}

// suite are the cases. Each gets a maker of harnesses.
var suite = []struct {
	name string
	run  func(t testing.TB, open func(testing.TB) Harness)
}{
	{"Create", testCreate},
	{"Modes", testModes},
	{"TakeOver", testTakeOver},
	{"Apply", testApply},
	{"Conflict", testConflict},
	{"Structure", testStructure},
	{"Unique", testUnique},
	{"Offsets", testOffsets},
	{"Import", testImport},
	{"ImportUndo", testImportUndo},
	{"ImportRefused", testImportRefused},
	{"ImportAdds", testImportAdds},
	{"Bin", testBin},
	{"List", testList},
	{"Filter", testFilter},
	{"Sort", testSort},
	{"Coded", testCoded},
	{"Search", testSearch},
	{"SearchSpans", testSearchSpans},
	{"Schema", testSchema},
	{"Mentions", testMentions},
	{"Snapshot", testSnapshot},
	{"History", testHistory},
	{"Past", testPast},
	{"Dependents", testDependents},
	{"TakeBack", testTakeBack},
	{"AsOf", testAsOf},
	{"LookBack", testLookBack},
	{"AsOfTidied", testAsOfTidied},
	{"Compact", testCompact},
	{"Purge", testPurge},
	{"Backup", testBackup},
	{"Unseen", testUnseen},
	{"RestoreRefused", testRestoreRefused},
	{"GoBack", testGoBack},
	{"Salvage", testSalvage},
	{"Random", testRandom},
	{"Whole", testWhole},
}

var ctx = context.Background()

// world is a project under test with known contents.
type world struct {
	testing.TB
	Harness
	annotate.Store
	newID func() id

	actor, quote annotate.Label
	speaker      annotate.RelationType
	ana, ben     annotate.Annotator
	ada          annotate.Entity
}

func newWorld(t testing.TB, open func(testing.TB) Harness) *world {
	t.Helper()
	newID := NewEnvAt(Start, 7).NewID
	w := &world{
		TB: t, Harness: open(t), newID: newID,
		actor:   annotate.Label{ID: newID(), Name: "actor", Title: "Actor", Color: "#0072b2", Hotkey: "1"},
		quote:   annotate.Label{ID: newID(), Name: "quote", Title: "Quote", Color: "#d55e00", Hotkey: "3", Order: 1},
		speaker: annotate.RelationType{ID: newID(), Name: "speaker", Title: "Speaker"},
		ana:     annotate.Annotator{ID: newID(), Name: "ana", Kind: annotate.Human},
		ben:     annotate.Annotator{ID: newID(), Name: "ben", Kind: annotate.Human},
		ada:     annotate.Entity{ID: newID(), Kind: "person", Name: "Ada"},
	}
	s, err := w.Projects.Create(ctx, w.Path, "ana", []annotate.Record{w.actor, w.quote, w.speaker, w.ana, w.ben, w.ada})
	w.must(err)
	w.Store = s
	t.Cleanup(func() { _ = w.Store.Close() })
	return w
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// fails expects an error of a kind.
func (w *world) fails(err, kind error) {
	w.Helper()
	if !errors.Is(err, kind) {
		w.Fatalf("want %q, got %v", kind, err)
	}
	if err.Error() == "" {
		w.Fatal("the error says nothing")
	}
}

// same expects two equal values, told apart by how they print.
func same[T comparable](w *world, what string, want, got T) {
	w.Helper()
	if want != got {
		w.Fatalf("%s: want %v, got %v", what, want, got)
	}
}

// reopen closes the project and opens it again.
func (w *world) reopen(mode annotate.Mode) {
	w.Helper()
	w.must(w.Store.Close())
	s, err := w.Projects.Open(ctx, w.Path, mode)
	w.must(err)
	w.Store = s
}

func (w *world) change(ops ...annotate.Op) annotate.Change {
	return annotate.Change{ID: w.newID(), Actor: "ana", Cause: annotate.CauseManual, Title: "Test", Ops: ops}
}

func (w *world) apply(ops ...annotate.Op) annotate.Change {
	w.Helper()
	c, err := w.Apply(ctx, w.change(ops...))
	w.must(err)
	return c
}

// refuse applies ops that must be refused, and expects nothing of them.
func (w *world) refuse(kind error, ops ...annotate.Op) {
	w.Helper()
	w.refuseChange(kind, w.change(ops...))
}

func (w *world) refuseChange(kind error, c annotate.Change) {
	w.Helper()
	before := w.dump()
	_, err := w.Apply(ctx, c)
	w.fails(err, kind)
	w.unchanged(before)
}

func (w *world) dump() []string {
	w.Helper()
	lines, err := Dump(ctx, w.Store)
	w.must(err)
	return lines
}

func (w *world) unchanged(before []string) {
	w.Helper()
	if diff := Diff(before, w.dump()); diff != "" {
		w.Fatalf("the project differs: %s", diff)
	}
}

// undo takes a change back.
func (w *world) undo(c annotate.Change) annotate.Change {
	return annotate.Change{
		ID: w.newID(), Actor: "ana", Cause: annotate.CauseUndo, Title: "Undo " + c.Title, Undoes: c.ID, Ops: inverse(c.Ops),
	}
}

// redo brings an undone change back.
func (w *world) redo(c annotate.Change) annotate.Change {
	return annotate.Change{
		ID: w.newID(), Actor: "ana", Cause: annotate.CauseRedo, Title: "Redo " + c.Title, Redoes: c.ID, Ops: again(c.Ops),
	}
}

// inverse are the ops that take others back. An import is never deleted: it
// goes unseen.
func inverse(ops []annotate.Op) []annotate.Op {
	inverted := make([]annotate.Op, len(ops))
	for i, op := range ops {
		inverted[len(ops)-1-i] = op.Inverse()
		if imp, ok := op.After.(annotate.Import); ok && op.Before == nil {
			inverted[len(ops)-1-i] = annotate.Update(imp, undone(imp))
		}
	}
	return inverted
}

// again are the ops that bring back what inverse took.
func again(ops []annotate.Op) []annotate.Op {
	repeated := make([]annotate.Op, len(ops))
	for i, op := range ops {
		repeated[i] = op
		if imp, ok := op.After.(annotate.Import); ok && op.Before == nil {
			repeated[i] = annotate.Update(undone(imp), imp)
		}
	}
	return repeated
}

func undone(imp annotate.Import) annotate.Import {
	imp.State = annotate.ImportUndone
	return imp
}

// item is an article without annotations.
func (w *world) item(ref, body string) annotate.ImportArticle {
	return annotate.ImportArticle{Article: annotate.Article{ID: w.newID(), Ref: ref, Title: "Title of " + ref, Source: "Reuters", Intake: 1}, Text: body}
}

// begin starts an import.
func (w *world) begin() annotate.Importer {
	w.Helper()
	im, err := w.BeginImport(ctx, annotate.Import{ID: w.newID(), Format: "text", Source: "folder"})
	w.must(err)
	return im
}

func (w *world) commit(im annotate.Importer) annotate.Change {
	w.Helper()
	c, err := im.Commit(ctx, annotate.Change{ID: w.newID(), Actor: "ana", Cause: annotate.CauseImport, Title: "Import"})
	w.must(err)
	return c
}

// imports brings articles in.
func (w *world) imports(items ...annotate.ImportArticle) annotate.Change {
	w.Helper()
	im := w.begin()
	w.must(im.Add(ctx, items))
	return w.commit(im)
}

// set is a new annotation set.
func (w *world) set(article id, by annotate.Annotator) annotate.AnnotationSet {
	return annotate.AnnotationSet{ID: w.newID(), Article: article, Annotator: by.ID, Status: annotate.InProgress}
}

// span is a new span with one fragment.
func (w *world) span(set id, label annotate.Label, start, end int) annotate.Span {
	return annotate.Span{
		ID: w.newID(), Set: set, Label: label.ID, Origin: annotate.OriginManual,
		Fragments: annotate.Fragments{{Start: start, End: end}},
	}
}

func (w *world) document(article id) *annotate.Document {
	w.Helper()
	d, err := w.Document(ctx, article)
	w.must(err)
	return d
}

// clean expects that Check finds nothing.
func (w *world) clean() {
	w.Helper()
	problems, err := w.Check(ctx)
	w.must(err)
	for _, p := range problems {
		w.Errorf("check: %s: %s", p.Where, p.What)
	}
	if len(problems) > 0 {
		w.FailNow()
	}
}
