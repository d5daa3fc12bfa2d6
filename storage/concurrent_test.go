package storage

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"lede/annotate"
)

// TestTogether writes, imports and reads at the same time, from two programs'
// worth of stores. Nobody fails, and every change has a place of its own.
func TestTogether(t *testing.T) {
	p := newProject(t, filepath.Join(t.TempDir(), "p.lede"))
	first := p.annotated("first", "some text")
	line, err := p.projects.Open(ctx, p.path, annotate.ModeWrite)
	p.must(err)
	d, err := p.Document(ctx, first.Article.ID)
	p.must(err)
	const each = 40
	var wg sync.WaitGroup
	errs := make(chan error, 1000)
	for who, s := range []annotate.Store{p.store, p.store, line} {
		wg.Go(func() {
			for n := range each {
				sp := annotate.Span{ID: annotate.NewID(), Set: d.Sets[0].Set.ID, Label: p.actor.ID, Origin: "manual", Fragments: annotate.Fragments{{Start: n % 4, End: 5}}}
				_, err := s.Apply(ctx, annotate.Change{ID: annotate.NewID(), Actor: fmt.Sprint(who), Title: "Tag", Ops: []annotate.Op{annotate.Create(sp)}})
				errs <- err
			}
		})
	}
	wg.Go(func() { errs <- importTwenty(line) })
	wg.Go(func() {
		for range 20 {
			articles := 0
			for _, err := range p.Documents(ctx, annotate.DocumentQuery{}) {
				errs <- err
				articles++
			}
			if articles != 1 && articles != 21 {
				errs <- fmt.Errorf("%d articles are half an import", articles)
			}
			_, err := p.Position(ctx)
			errs <- errors.Join(err, map[bool]error{true: errors.New("no position")}[p.Info().SchemaVersion == 0])
		}
	})
	wg.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			t.Error(err)
		}
	}
	position, err := p.Position(ctx)
	p.must(err)
	if want := int64(2 + 3*each + 1); position != want {
		t.Errorf("%d changes, want %d", position, want)
	}
	problems, err := line.Check(ctx)
	if err != nil || len(problems) > 0 {
		t.Errorf("%v %+v", err, problems)
	}
	p.must(line.Close())
	p.must(p.Close())
	onlyFile(t, p.path)
}

// importTwenty imports 20 articles in ten batches.
func importTwenty(s annotate.Store) error {
	im, err := s.BeginImport(ctx, annotate.Import{Format: "text"})
	for n := 0; n < 10 && err == nil; n++ {
		err = im.Add(ctx, []annotate.ImportArticle{{Text: fmt.Sprint("text ", n)}, {Text: fmt.Sprint("more ", n)}})
	}
	if err == nil {
		_, err = im.Commit(ctx, annotate.Change{ID: annotate.NewID(), Cause: annotate.CauseImport, Title: "Import"})
	}
	return err
}
