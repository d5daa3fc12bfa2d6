package storage

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"lede/annotate"
	"lede/annotate/annotest"
)

var ctx = context.Background()

// project is a small project under test.
type project struct {
	testing.TB
	*store
	actor annotate.Label
	ana   annotate.Annotator
	newID func() id
}

func newProject(t testing.TB, path string) *project {
	t.Helper()
	p := &project{TB: t, newID: annotest.NewEnvAt(annotest.Start, 1).NewID}
	p.actor = annotate.Label{ID: p.newID(), Name: "actor", Title: "Actor", Hotkey: "1"}
	p.ana = annotate.Annotator{ID: p.newID(), Name: "ana", Kind: annotate.Human}
	s, err := New(Options{Env: annotest.NewEnv(), InstallID: "test"}).Create(ctx, path, "ana", []annotate.Record{p.actor, p.ana})
	if err != nil {
		t.Fatal(err)
	}
	p.store = s.(*store)
	t.Cleanup(func() { _ = p.store.Close() })
	return p
}

func (p *project) must(err error) {
	p.Helper()
	if err != nil {
		p.Fatal(err)
	}
}

// annotated imports an article with one span of ana's.
func (p *project) annotated(ref, body string) annotate.ImportArticle {
	p.Helper()
	item := annotate.ImportArticle{
		Article: annotate.Article{ID: p.newID(), Ref: ref, Title: ref, Intake: 1}, Text: body,
		Sets: []annotate.SetData{{Set: annotate.AnnotationSet{ID: p.newID(), Annotator: p.ana.ID}, Annotator: p.ana, Spans: []annotate.Span{
			{ID: p.newID(), Label: p.actor.ID, Fragments: annotate.Fragments{{Start: 0, End: 4}}},
		}}},
	}
	im, err := p.BeginImport(ctx, annotate.Import{ID: p.newID(), Format: "text", Source: ref})
	p.must(err)
	p.must(im.Add(ctx, []annotate.ImportArticle{item}))
	_, err = im.Commit(ctx, annotate.Change{ID: p.newID(), Actor: "ana", Cause: annotate.CauseImport, Title: "Import"})
	p.must(err)
	return item
}

// rule is a small change.
func (p *project) rule() annotate.Change {
	return annotate.Change{
		ID: p.newID(), Actor: "ana", Cause: annotate.CauseManual, Title: "Rule",
		Ops: []annotate.Op{annotate.Create(annotate.Rule{ID: p.newID(), Name: "r"})},
	}
}

// onlyFile expects that a project at rest is one file and nothing else.
func onlyFile(t testing.TB, path string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != filepath.Base(path) {
			t.Errorf("%s lies beside the project", e.Name())
		}
	}
	if raw, err := os.ReadFile(path); err != nil || len(raw) < 20 || raw[18] != 1 || raw[19] != 1 {
		t.Errorf("%s is not in rollback-journal mode: %v", path, err)
	}
}
