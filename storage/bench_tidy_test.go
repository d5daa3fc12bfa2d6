package storage

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"lede/annotate"
)

// BenchmarkTidy puts a tenth of 10,000 articles into the bin and purges them, gives up
// all of the history and shrinks the file.
func BenchmarkTidy(b *testing.B) {
	const articles = 10000
	for range b.N {
		b.StopTimer()
		p := newProject(b, filepath.Join(b.TempDir(), "p.lede"))
		items := p.news(p.speaker(), 0, articles)
		p.bring(items)
		var ops []annotate.Op
		var ids []annotate.ID
		for _, a := range items[:articles/10] {
			ids = append(ids, a.Article.ID)
			ops = append(ops, annotate.Update(annotate.ArticleState{ID: a.Article.ID, Presence: annotate.Live},
				annotate.ArticleState{ID: a.Article.ID, Presence: annotate.Deleted}))
		}
		_, err := p.Apply(ctx, annotate.Change{ID: p.newID(), Actor: "ana", Cause: annotate.CauseManual, Title: "Bin", Ops: ops})
		p.must(err)
		p.indexedWithin(10 * time.Minute)
		before, err := p.Room(ctx)
		p.must(err)
		b.StartTimer()
		began := time.Now()
		lap := func() time.Duration {
			d := time.Since(began).Round(time.Millisecond)
			began = time.Now()
			return d
		}
		_, err = p.Purge(ctx, "ana", ids)
		p.must(err)
		purged := lap()
		position, err := p.Position(ctx)
		p.must(err)
		_, err = p.Compact(ctx, "ana", position, nil)
		p.must(err)
		compacted := lap()
		p.must(p.Shrink(ctx, nil))
		b.StopTimer()
		after, err := p.Room(ctx)
		p.must(err)
		fmt.Printf("%d articles: purge of a tenth %v, compaction %v, shrinking from %d to %d MB %v\n",
			articles, purged, compacted, before.Size>>20, after.Size>>20, lap())
		p.clean()
		p.must(p.Close())
	}
}
