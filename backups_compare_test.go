package main_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"lede/annotate"
	"lede/app/backups"
)

// articles imports articles with two spans each.
func (w *world) articles(s annotate.Store, label, ana annotate.ID, refs ...string) {
	w.Helper()
	im, err := s.BeginImport(ctx, annotate.Import{ID: w.env.NewID(), Format: "text"})
	w.must(err)
	var batch []annotate.ImportArticle
	for _, ref := range refs {
		batch = append(batch, annotate.ImportArticle{
			Article: annotate.Article{ID: annotate.ID("article-" + ref), Ref: ref, Title: ref + " \u202bשביתה\u202c 🗞", Intake: 1}, Text: "Some text of " + ref,
			Sets: []annotate.SetData{{Set: annotate.AnnotationSet{ID: annotate.ID("set-" + ref), Annotator: ana}, Annotator: annotate.Annotator{ID: ana, Name: "ana"}, Spans: []annotate.Span{
				{ID: annotate.ID("one-" + ref), Label: label, Fragments: annotate.Fragments{{Start: 0, End: 4}}},
				{ID: annotate.ID("two-" + ref), Label: label, Fragments: annotate.Fragments{{Start: 5, End: 9}}},
			}}},
		})
	}
	w.must(im.Add(ctx, batch))
	_, err = im.Commit(ctx, annotate.Change{ID: w.env.NewID(), Actor: "ana", Cause: annotate.CauseImport, Title: "Import"})
	w.must(err)
}

// span is one of an article's as it is now.
func span(w *world, s annotate.Store, article, id string) annotate.Span {
	w.Helper()
	doc, err := s.Document(ctx, annotate.ID("article-"+article))
	w.must(err)
	for _, x := range doc.Sets[0].Spans {
		if x.ID == annotate.ID(id) {
			x.Set = doc.Sets[0].Set.ID
			return x
		}
	}
	w.Fatalf("there is no span %s", id)
	return annotate.Span{}
}

// TestCompare counts articles and spans that would go, come back and change.
func TestCompare(t *testing.T) {
	w := newWorld(t)
	s, err := w.Open(ctx, w.path, annotate.ModeWrite)
	w.must(err)
	label, ana := annotate.Label{ID: "l", Name: "actor"}, annotate.Annotator{ID: "ana", Name: "ana", Kind: annotate.Human}
	apply := func(ops ...annotate.Op) {
		t.Helper()
		_, err := s.Apply(ctx, annotate.Change{ID: w.env.NewID(), Actor: "ana", Cause: annotate.CauseManual, Title: "x", Ops: ops})
		w.must(err)
	}
	apply(annotate.Create(label), annotate.Create(ana))
	w.articles(s, "l", "ana", "a", "b", "c", "d")
	then := filepath.Join(w.dir, "then.lede")
	w.must(s.Backup(ctx, then))
	if d, unread, err := backups.CompareFiles(ctx, w.Keeper, w.path, then, nil); err != nil || unread != nil || !d.None() || d.Steps != 0 {
		t.Fatalf("nothing has changed: %+v, %v, %v", d, unread, err)
	}

	w.articles(s, "l", "ana", "e")
	one := span(w, s, "a", "one-a")
	apply(annotate.Delete(one))
	two := span(w, s, "a", "two-a")
	noted := two
	noted.Note = "a note"
	apply(annotate.Update(two, noted))
	added := two
	added.ID = "three-a"
	added.Fragments = annotate.Fragments{{Start: 0, End: 9}}
	apply(annotate.Create(added))
	live := annotate.ArticleState{ID: "article-b", Presence: annotate.Live}
	binned := live
	binned.Presence = annotate.Deleted
	apply(annotate.Update(live, binned))
	apply(annotate.Create(annotate.Label{ID: "m", Name: "event"}))

	calls := 0
	d, unread, err := backups.CompareFiles(ctx, w.Keeper, w.path, then, func(done, total int) {
		if calls++; done > total {
			t.Errorf("%d of %d", done, total)
		}
	})
	if err != nil || unread != nil || calls != 8 {
		t.Fatalf("%v, %v, %d times told", unread, err, calls)
	}
	if want := (backups.Count{Articles: 1, Spans: 3}); d.Lost != want {
		t.Errorf("would be gone: %+v", d.Lost)
	}
	if want := (backups.Count{Articles: 1, Spans: 3}); d.Back != want {
		t.Errorf("would come back: %+v", d.Back)
	}
	if d.Changed != 1 || d.Edited != 1 || !d.Schema || d.Steps != 6 || d.None() {
		t.Errorf("%+v", d)
	}
	said := map[string]bool{}
	for _, a := range d.Articles {
		switch a.Article.Ref {
		case "a":
			said["a"] = a.Lost == 1 && a.Returned == 1 && a.Changed == 1 && !a.Gone && !a.Back
		case "b":
			said["b"] = a.Back && a.Returned == 2
		case "e":
			said["e"] = a.Gone && a.Lost == 2
		default:
			t.Errorf("%s is the same", a.Article.Ref)
		}
	}
	if len(said) != 3 || !said["a"] || !said["b"] || !said["e"] {
		t.Errorf("articles: %+v", d.Articles)
	}
	w.must(s.Close())

	// Of a project that is damaged only the backup is known; a damaged backup is an error.
	broken := filepath.Join(w.dir, "broken.lede")
	w.must(os.WriteFile(broken, []byte("SQLite format 3\x00 and no more"), 0o600))
	if d, unread, err = backups.CompareFiles(ctx, w.Keeper, broken, then, nil); err != nil || unread == nil || d.Then.Articles != 4 {
		t.Errorf("a damaged project: %+v, %v, %v", d, unread, err)
	}
	if _, _, err = backups.CompareFiles(ctx, w.Keeper, w.path, broken, nil); !errors.Is(err, annotate.ErrDamaged) {
		t.Errorf("a damaged backup: %v", err)
	}
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	if _, _, err = backups.CompareFiles(ctx, w.Keeper, w.path, then, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("given up: %v", err)
	}
}
