//go:build linux

package torture

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"os"
	"slices"
	"strings"

	"lede/annotate"
)

// acknowledgement is a change that a worker was told is saved.
type acknowledgement struct {
	id, undoes, redoes annotate.ID
	position           int64
	parts              map[annotate.ID]part // what it did, by whose records they are
}

// part is what a change did to the records of one article, of one annotation set, or of
// the project: how many ops, and their checksum.
type part struct {
	ops int
	sum uint64
}

// owner is the article that an op is about, or the set in which its record lies; "" for
// the project.
func owner(op annotate.Op) annotate.ID {
	r := op.After
	if r == nil {
		r = op.Before
	}
	switch r := r.(type) {
	case annotate.Article, annotate.ArticleState:
		return op.ID
	case annotate.AnnotationSet:
		return r.Article
	case annotate.Span:
		return r.Set
	case annotate.Relation:
		return r.Set
	}
	return ""
}

func acknowledged(c annotate.Change) acknowledgement {
	a := acknowledgement{c.ID, c.Undoes, c.Redoes, c.Position, map[annotate.ID]part{}}
	for _, op := range c.Ops {
		h := fnv.New64a()
		_, _ = fmt.Fprintf(h, "%s %s\n", op.Kind, op.ID)
		for _, r := range []annotate.Record{op.Before, op.After} {
			if imp, ok := r.(annotate.Import); ok { // of what was purged it says that it did not bring it
				imp.Articles, imp.Sets, imp.Spans = 0, 0, 0
				r = imp
			}
			if r == nil {
				continue
			}
			raw, err := annotate.EncodeRecord(r)
			if err != nil {
				panic(err) // the store has just encoded it
			}
			_, _ = h.Write(append(raw, '\n'))
		}
		p := a.parts[owner(op)]
		a.parts[owner(op)] = part{p.ops + 1, p.sum*31 + h.Sum64()}
	}
	return a
}

// acknowledge is a line that says so. It ends with a dot: a line that was cut off does not.
func acknowledge(what string, c annotate.Change) string {
	a := acknowledged(c)
	var b strings.Builder
	_, _ = fmt.Fprintf(&b, "%s|-%s -%s -%s %d %d", what, a.id, a.undoes, a.redoes, a.position, len(a.parts))
	for _, of := range slices.Sorted(maps.Keys(a.parts)) {
		_, _ = fmt.Fprintf(&b, " -%s %d %d", of, a.parts[of].ops, a.parts[of].sum)
	}
	return b.String() + " ."
}

func readAcknowledgement(line string) (what string, a acknowledgement, whole bool) {
	what, rest, _ := strings.Cut(line, "|")
	if !strings.HasSuffix(rest, " .") {
		return "", a, false
	}
	in := strings.NewReader(rest)
	var n int
	named := func(id *annotate.ID) {
		_, _ = fmt.Fscan(in, (*string)(id))
		*id = (*id)[1:]
	}
	named(&a.id)
	named(&a.undoes)
	named(&a.redoes)
	_, _ = fmt.Fscan(in, &a.position, &n)
	a.parts = make(map[annotate.ID]part, n)
	for range n {
		var of annotate.ID
		var p part
		named(&of)
		_, _ = fmt.Fscan(in, &p.ops, &p.sum)
		a.parts[of] = p
	}
	return what, a, true
}

// tidying is a compaction or a purge that a worker began.
type tidying struct {
	through  int64                // of a compaction
	gone     map[annotate.ID]bool // of a purge: articles, and sets in them
	articles []annotate.ID
	marks    []string // words that stand in these articles only
	want     uint64   // the outline of what is to be there afterwards; 0: nobody knows
	done     bool
	refused  bool            // it was told that it failed
	change   acknowledgement // that it made
	wiped    bool            // the file was shrunk afterwards
	seen     bool            // what it left was held against what was there
}

// hearTidy takes in what a worker says of what it gives up.
func (v *victim) hearTidy(d *doomed, what, rest string) {
	switch what {
	case "try":
		var t tidying
		words := strings.Fields(rest)
		_, _ = fmt.Sscan(words[1], &t.want)
		if words[0] == "compact" {
			_, _ = fmt.Sscan(words[2], &t.through)
		} else {
			t.gone = map[annotate.ID]bool{}
			for _, i := range strings.Split(words[2], ",")[1:] {
				t.articles = append(t.articles, annotate.ID(i))
				t.gone[annotate.ID(i)] = true
			}
			for _, i := range strings.Split(words[3], ",")[1:] {
				t.gone[annotate.ID(i)] = true
			}
			t.marks = strings.Split(words[4], ",")[1:]
		}
		d.trying = &t
		v.tidied = append(v.tidied, &t)
	case "did":
		what, a, whole := readAcknowledgement(rest)
		if !whole {
			return
		}
		d.trying.done, d.trying.change = true, a
		v.acked = append(v.acked, a)
		v.said["ack"]++
		v.work[what]++
	case "not": // after a sync that failed it may be there nevertheless, once the worker is dead
		d.trying.refused = true
	case "shrinking":
		d.before = slices.DeleteFunc(slices.Clone(v.tidied), func(t *tidying) bool { return !t.done })
	case "shrunk":
		for _, t := range d.before {
			t.wiped = true
		}
	}
}

// undecided says whether a compaction or a purge had no answer.
func (v *victim) undecided() bool {
	return slices.ContainsFunc(v.tidied, func(t *tidying) bool { return !t.done })
}

// sound holds what is in a project against what was acknowledged.
func (v *victim) sound(s annotate.Store) error {
	v.checks++
	problems, err := s.Check(context.Background())
	if err != nil {
		return fmt.Errorf("check: %w", err)
	}
	if len(problems) > 0 {
		return fmt.Errorf("check: %+v", problems)
	}
	history, err := s.History(context.Background(), annotate.HistoryQuery{})
	if err != nil {
		return err
	}
	if err := v.decide(s, history); err != nil {
		return err
	}
	return errors.Join(v.purged(s), v.outlined(s))
}

// decide finds out which of the compactions and purges that had no answer are done: as a
// whole or not at all, so that one of the ways in which they can have ended is what is there.
func (v *victim) decide(s annotate.Store, history []annotate.Change) error {
	var open, not []*tidying
	for _, t := range v.tidied {
		switch {
		case t.done:
		case slices.ContainsFunc(t.articles, func(i annotate.ID) bool { return still(s, i) }):
			not = append(not, t)
		default:
			open = append(open, t)
		}
	}
	const most = 8 // of many that failed, one of the last at most is there
	open = open[max(0, len(open)-most):]
	least, why := -1, ""
	for way := range 1 << len(open) {
		done := 0
		for i, t := range open {
			if t.done = way>>i&1 == 1; t.done {
				done++
			}
		}
		missing, wrong := differ(history, v.tidied, v.acked)
		if wrong == "" {
			wrong = v.unknown(history, open, done)
		}
		if wrong == "" {
			v.half[1] += done
			v.half[0] += len(open) - done + len(not)
			// Of what failed, or another worker may have done, nobody knows what it found later.
			v.spared = slices.DeleteFunc(slices.Concat(open, not), func(t *tidying) bool { return t.done || t.refused || t.want == 0 })
			v.tidied = slices.DeleteFunc(v.tidied, func(t *tidying) bool { return !t.done })
			return nil
		}
		if least < 0 || missing < least {
			least, why = missing, wrong
		}
	}
	v.lost += least
	return fmt.Errorf("%d of %d acknowledged changes are lost, with %d compactions and purges that had no answer: %s", least, len(v.acked), len(open), why)
}

// unknown holds the changes that say of a compaction or a purge, and that nobody was told
// of, against those that are taken as done; how many and in which order is known where a
// worker was alone.
func (v *victim) unknown(history []annotate.Change, open []*tidying, done int) string {
	var found []annotate.Change
	for _, c := range history {
		tidy := c.Cause == annotate.CauseCompact || c.Cause == annotate.CausePurge
		if tidy && !slices.ContainsFunc(v.acked, func(a acknowledgement) bool { return a.id == c.ID }) {
			found = append(found, c)
		}
	}
	if len(found) > done || len(found) < done && open[0].want != 0 { // what another worker compacted may have said of some
		return fmt.Sprintf("%d changes say of a compaction or purge without an answer, and %d were done", len(found), done)
	}
	for _, c := range found {
		v.acked = append(v.acked, acknowledged(c))
	}
	for _, t := range open {
		if t.done && t.want != 0 && len(found) > 0 {
			t.change, found = acknowledged(found[0]), found[1:]
		}
	}
	return ""
}

// differ counts the acknowledged changes that are not in a history, or not as they are to
// be after some compactions and purges, and says what is wrong with one, "" if nothing is.
func differ(history []annotate.Change, tidied []*tidying, acked []acknowledgement) (missing int, wrong string) {
	base, gone := int64(0), map[annotate.ID]bool{}
	for _, t := range tidied {
		if t.done {
			base = max(base, t.through)
			maps.Copy(gone, t.gone)
		}
	}
	there := map[annotate.ID]annotate.Change{}
	for _, c := range history {
		there[c.ID] = c
	}
	wrong = beginning(history, base)
	for _, a := range acked {
		if is := a.differs(there, base, gone); is != "" {
			missing++
			wrong = fmt.Sprintf("change %d: %s", a.position, is)
		}
	}
	return missing, wrong
}

// beginning says what is wrong with the first change of a history that was given up to
// a position, 0 for not at all.
func beginning(history []annotate.Change, base int64) string {
	switch {
	case len(history) == 0:
		return ""
	case base == 0 && (history[0].Replaced != nil || history[0].Position != 1):
		return fmt.Sprintf("the history begins at %d", history[0].Position)
	case base == 0:
		return ""
	}
	c := history[0]
	if r := c.Replaced; c.Position != base || c.Cause != annotate.CauseBaseline || c.Title != annotate.BaselineTitle || r == nil || int64(r.Changes) != base {
		return fmt.Sprintf("the history begins with change %d (%s, %+v), and was given up to %d", c.Position, c.Cause, r, base)
	}
	return ""
}

// differs says what is wrong with a change of a history that was given up to a position,
// and from which articles are gone.
func (a acknowledgement) differs(history map[annotate.ID]annotate.Change, base int64, gone map[annotate.ID]bool) string {
	c, there := history[a.id]
	switch {
	case a.position <= base && there && c.Replaced == nil:
		return "it was given up, and is there"
	case a.position <= base:
		return ""
	case !there:
		return "it is not there"
	case c.Position != a.position:
		return fmt.Sprintf("it is at %d", c.Position)
	}
	want, purged := maps.Clone(a.parts), 0
	for of, p := range a.parts {
		if gone[of] {
			purged += p.ops
			delete(want, of)
		}
	}
	is := acknowledged(c)
	switch refers := func(id annotate.ID) annotate.ID { // what it refers to may have been given up
		if _, there := history[id]; !there {
			return ""
		}
		return id
	}; {
	case !maps.Equal(want, is.parts):
		return "its ops are others"
	case c.Purged != purged:
		return fmt.Sprintf("%d of its records are said to be purged, and %d were", c.Purged, purged)
	case purged > 0 && c.Title != annotate.PurgedTitle:
		return "its title may say something of what was purged"
	case refers(a.undoes) != c.Undoes || refers(a.redoes) != c.Redoes:
		return "it takes back another change, or brings another one back"
	}
	return ""
}

// still says whether an article is there, or in the bin.
func still(s annotate.Store, article annotate.ID) bool {
	_, err := s.PlanPurge(context.Background(), []annotate.ID{article})
	_, _, gone := s.Article(context.Background(), article)
	return !errors.Is(err, annotate.ErrInvalid) || gone == nil
}

// purged expects that no purged article is there, and each that was to be and was not.
func (v *victim) purged(s annotate.Store) error {
	ctx := context.Background()
	for _, t := range v.tidied {
		for _, i := range t.articles {
			if still(s, i) {
				return fmt.Errorf("article %s was purged, and is there", i)
			}
		}
	}
	for _, t := range v.spared {
		if len(t.articles) == 0 {
			continue
		}
		if _, err := s.PlanPurge(ctx, t.articles); err != nil {
			return fmt.Errorf("articles in the bin were not purged, and are not there: %w", err)
		}
	}
	return nil
}

// outlined holds what was there after the last compaction or purge against what was to be:
// no record may have gone with it, or come back.
func (v *victim) outlined(s annotate.Store) error {
	var last *tidying
	for _, t := range v.tidied {
		if last == nil || t.change.position > last.change.position || t.change.position == 0 {
			last = t
		}
	}
	if last == nil || last.want == 0 || last.change.position == 0 || last.seen && v.random.IntN(4) > 0 {
		return nil
	}
	then, err := s.AsOf(context.Background(), last.change.position, nil)
	if err != nil {
		return fmt.Errorf("as of %d: %w", last.change.position, err)
	}
	got, err := outline(then, nil)
	if err := errors.Join(err, then.Close()); err != nil {
		return err
	}
	if got != last.want {
		return fmt.Errorf("after the compaction or purge at %d other records were there than before", last.change.position)
	}
	last.seen = true
	v.outlines++
	return nil
}

// traces expects no byte of what was purged before the file was shrunk in the file, and
// those of what was not purged.
func (v *victim) traces() error {
	raw, err := os.ReadFile(v.path)
	if err != nil {
		return err
	}
	for _, t := range v.tidied {
		for _, m := range t.marks {
			if t.wiped && bytes.Contains(raw, []byte(m)) {
				return fmt.Errorf("the file holds %s of a purged article, after it was shrunk", m)
			}
		}
	}
	for _, t := range v.spared {
		for _, m := range t.marks {
			if !bytes.Contains(raw, []byte(m)) {
				return fmt.Errorf("the file does not hold %s of an article that was not purged", m)
			}
		}
	}
	v.spared = nil
	return nil
}
