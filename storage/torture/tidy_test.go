//go:build linux

package torture

import (
	"cmp"
	"context"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/edit"
)

// mark begins a word that stands in one article only: in its name, its title and its text.
const mark = "zq"

// tidy lets go of something.
func (w *worker) tidy() {
	switch w.random.IntN(5) {
	case 0:
		w.compact()
	case 1, 2:
		w.purge()
	case 3:
		w.shrink()
	default:
		w.bin()
	}
}

// fold finds out what can be undone.
func (w *worker) fold() error {
	w.stacks = edit.Stacks{}
	history, err := w.store.History(context.Background(), annotate.HistoryQuery{WithoutOps: true, StackedOnly: true})
	for _, c := range history {
		w.stacks.Fold(c, actor)
	}
	return err
}

func (w *worker) refold() {
	if err := w.fold(); err != nil {
		w.failed("read", err, "")
	}
}

// bin moves some articles to the bin.
func (w *worker) bin() {
	ctx := context.Background()
	ids, err := w.some(annotate.Live)
	if err != nil || len(ids) == 0 {
		return
	}
	c, _, err := w.edit.Do(ctx, w.store, edit.BinArticles(), ids, nil)
	w.apply("bin", c, err)
}

// some draws a few articles that are there, or in the bin.
func (w *worker) some(presence annotate.Presence) (ids []annotate.ID, err error) {
	rows, err := w.store.Articles(context.Background(), annotate.ArticleQuery{Presence: presence})
	if err != nil {
		w.failed("read", err, "")
		return nil, err
	}
	for range min(len(rows), 1+w.random.IntN(3)) {
		ids = append(ids, rows[w.random.IntN(len(rows))].Article.ID)
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// shrink writes the file anew: nothing that was acknowledged may go with it.
func (w *worker) shrink() {
	say("shrinking")
	if err := w.store.Shrink(context.Background(), nil); err != nil {
		w.failed("shrink", err, "")
		return
	}
	say("shrunk")
}

// compact gives up changes up to some place in the history.
func (w *worker) compact() {
	ctx := context.Background()
	changes, err := w.store.History(ctx, annotate.HistoryQuery{WithoutOps: true})
	if err != nil || len(changes) == 0 {
		w.failed("read", err, "")
		return
	}
	through := changes[w.random.IntN(len(changes))].Position
	w.give("compact", fmt.Sprint(through), nil, func() (annotate.Change, error) { return w.store.Compact(ctx, actor, through, nil) })
}

// purge removes articles for good that are in the bin.
func (w *worker) purge() {
	ctx := context.Background()
	ids, err := w.some(annotate.Deleted)
	if err != nil {
		return
	}
	if len(ids) == 0 {
		w.bin()
		return
	}
	gone := map[annotate.ID]bool{}
	for _, i := range ids {
		gone[i] = true
	}
	sets, marks, err := w.inside(gone)
	if err != nil {
		w.failed("read", err, "")
		return
	}
	what := fmt.Sprintf("%s %s %s", listed(ids), listed(sets), listed(marks))
	w.give("purge", what, gone, func() (annotate.Change, error) { return w.store.Purge(ctx, actor, ids) })
}

// listed is a list as one word.
func listed[T ~string](words []T) string {
	all := []string{"-"}
	for _, w := range words {
		all = append(all, string(w))
	}
	return strings.Join(all, ",")
}

// inside are the annotation sets that some articles in the bin have, or had, and the words
// that stand in no other article.
func (w *worker) inside(articles map[annotate.ID]bool) (sets []annotate.ID, marks []string, err error) {
	ctx := context.Background()
	for kept, err := range w.store.Unseen(ctx) {
		if err != nil {
			return nil, nil, err
		}
		if !articles[kept.Article.ID] {
			continue
		}
		if strings.HasPrefix(kept.Article.Ref, mark) {
			marks = append(marks, kept.Article.Ref)
		}
		for _, set := range kept.Sets {
			sets = append(sets, set.Set.ID)
		}
	}
	history, err := w.store.History(ctx, annotate.HistoryQuery{})
	for _, c := range history {
		for _, op := range c.Ops {
			if op.Kind == annotate.KindSet && articles[owner(op)] {
				sets = append(sets, op.ID)
			}
		}
	}
	slices.Sort(sets)
	return slices.Compact(sets), marks, err
}

// give gives something up. It says so before, and what is to be there afterwards: whoever
// is killed in the middle has done all of it, or nothing.
func (w *worker) give(what, of string, gone map[annotate.ID]bool, do func() (annotate.Change, error)) {
	want, err := w.outline(gone)
	before, err2 := w.store.Position(context.Background())
	if err != nil || err2 != nil {
		w.failed("read", cmp.Or(err, err2), "")
		return
	}
	say("try %s %d %s", what, want, of)
	done, err := do()
	if err != nil {
		w.failed(what, err, "")
		if now, err := w.store.Position(context.Background()); err == nil && now != before && !w.shared {
			say("BAD %s: it failed, and there is a change", what)
		}
		say("not")
		return
	}
	say("did %s", acknowledge(what, done))
	w.refold()
	if now, err := w.outline(nil); err != nil {
		w.failed("read", err, "")
	} else if now != want {
		say("BAD %s: other records are there than before", what)
	}
}

// outline is a checksum of all that a project shows but its history, without some articles;
// 0 if others change it meanwhile.
func (w *worker) outline(without map[annotate.ID]bool) (uint64, error) {
	if w.shared {
		return 0, nil
	}
	return outline(w.store, without)
}

func outline(s annotate.Store, without map[annotate.ID]bool) (uint64, error) {
	lines, err := annotest.Dump(context.Background(), s)
	if err != nil {
		return 0, err
	}
	h := fnv.New64a()
	skipped := false
	for _, line := range lines {
		if strings.HasPrefix(line, " ") && skipped { // what lies in an article
			continue
		}
		skipped = false
		for i := range without {
			skipped = skipped || strings.Contains(line, string(i))
		}
		first, rest, _ := strings.Cut(line, " ")
		counts := strings.HasPrefix(rest, "of ") && (first == string(annotate.Live) || first == string(annotate.Deleted))
		if !skipped && !counts && !slices.Contains([]string{"stats", "position", "change", "begins"}, first) {
			_, _ = h.Write([]byte(line + "\n"))
		}
	}
	for kept, err := range s.Unseen(context.Background()) { // the bin
		if err != nil {
			return 0, err
		}
		if !without[kept.Article.ID] {
			_, _ = fmt.Fprintf(h, "%+v %+v %+v %v\n", kept.Article, kept.State, kept.Sets, kept.Text)
		}
	}
	return max(h.Sum64(), 1), nil
}
