package duplicates

import (
	"context"
	"runtime"
	"slices"
	"sync"

	"lede/annotate"
	"lede/annotate/edit"
	"lede/annotate/filter"
	"lede/annotate/split"
	"lede/annotate/text"
)

// Key is the further fact (Meta) of a copy that was marked: the ref of the first of its
// cluster, which has none itself.
const Key = "copy-of"

// Options say where copies are looked for.
type Options struct {
	Threshold float64 // from which articles are copies, above 0 to 1; 0 = split.Threshold
	Filter    *annotate.Filter
	Annotator annotate.ID // whose spans and status are told
	Progress  func(done, total int)
}

// Copy is an article of a cluster.
type Copy struct {
	annotate.ArticleRow
	Alike float64 // to the first of the cluster, from 0 to 1; 1 for itself
}

// Cluster is copies of one another in project order, two at least.
type Cluster []Copy

// Found is what Find found.
type Found struct {
	Threshold float64
	Searched  int // articles
	Clusters  []Cluster
	Copies    int // articles in clusters
}

// Find looks for copies among the articles of a project. It reads every text once, and
// holds half a kilobyte for each that is another; ctx ends it at any time.
func Find(ctx context.Context, store annotate.Store, o Options) (*Found, error) {
	if o.Threshold == 0 {
		o.Threshold = split.Threshold
	}
	count, err := store.Count(ctx, annotate.ArticleQuery{Filter: o.Filter})
	if err != nil {
		return nil, err
	}
	ids, signatures, err := sign(ctx, store, o, count.Total)
	if err != nil {
		return nil, err
	}
	found := &Found{Threshold: o.Threshold, Searched: len(ids)}
	for _, at := range split.Clusters(signatures, o.Threshold) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		of := make([]annotate.ID, len(at))
		alike := map[annotate.ID]float64{}
		for i, k := range at {
			of[i] = ids[k]
			alike[ids[k]] = split.Alike(signatures[at[0]], signatures[k])
		}
		rows, err := store.Articles(ctx, annotate.ArticleQuery{Articles: of, Annotator: o.Annotator})
		if err != nil {
			return nil, err
		}
		var c Cluster
		for _, row := range rows {
			c = append(c, Copy{row, alike[row.Article.ID]})
		}
		if len(c) > 1 { // some may have gone to the bin meanwhile
			found.Clusters, found.Copies = append(found.Clusters, c), found.Copies+len(c)
		}
	}
	return found, nil
}

// sign makes the signatures of the articles on all processors, one for each text.
func sign(ctx context.Context, store annotate.Store, o Options, total int) ([]annotate.ID, []split.Signature, error) {
	type job struct {
		text *text.Text
		to   *split.Signature
	}
	jobs := make(chan job, 64)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			defer annotate.Guard()
			for j := range jobs {
				*j.to = split.Sign(j.text)
			}
		})
	}
	var ids []annotate.ID
	var signed []*split.Signature
	var fault error
	byHash := map[string]*split.Signature{}
	// The annotator "-" is nobody: no annotation set is read.
	q := annotate.DocumentQuery{Annotators: []annotate.ID{"-"}, Filter: o.Filter, Me: o.Annotator}
	for doc, err := range store.Documents(ctx, q) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			fault = err
			break
		}
		s := byHash[doc.Article.TextHash]
		if s == nil {
			s = new(split.Signature)
			byHash[doc.Article.TextHash] = s
			jobs <- job{doc.Text, s}
		}
		ids, signed = append(ids, doc.Article.ID), append(signed, s)
		if o.Progress != nil {
			o.Progress(len(ids), max(total, len(ids)))
		}
	}
	close(jobs)
	workers.Wait()
	signatures := make([]split.Signature, len(signed))
	for i, s := range signed {
		signatures[i] = *s
	}
	return ids, signatures, fault
}

// Mark writes into each copy but the first of its cluster which one that is, and takes
// away what is not so any more, so that a filter finds one article of each story:
// -meta.copy-of:*. The ids are the articles that it is about.
func (f *Found) Mark(ctx context.Context, store annotate.Store) (edit.Deed, []annotate.ID, error) {
	first := map[annotate.ID]string{}
	var ids []annotate.ID
	for _, c := range f.Clusters {
		for _, copied := range c[1:] {
			first[copied.Article.ID] = c[0].Article.Ref
			ids = append(ids, copied.Article.ID)
		}
	}
	marked, err := filter.Parse("meta." + Key + ":*")
	if err != nil {
		return edit.Deed{}, nil, err
	}
	rows, err := store.Articles(ctx, annotate.ArticleQuery{Filter: marked})
	if err != nil {
		return edit.Deed{}, nil, err
	}
	for _, row := range rows {
		if _, is := first[row.Article.ID]; !is {
			ids = append(ids, row.Article.ID)
		}
	}
	return edit.Facts("Mark copies: %s", func(a *annotate.Article) {
		if ref, is := first[a.ID]; is {
			a.Meta = a.Meta.With(Key, annotate.StringValue(ref))
		} else {
			a.Meta = a.Meta.With(Key, nil)
		}
	}), slices.Clip(ids), nil
}

// ClusterOf is the cluster that an article is in; false if it has no copies.
func (f *Found) ClusterOf(article annotate.ID) (Cluster, bool) {
	for _, c := range f.Clusters {
		if slices.ContainsFunc(c, func(x Copy) bool { return x.Article.ID == article }) {
			return c, true
		}
	}
	return nil, false
}
